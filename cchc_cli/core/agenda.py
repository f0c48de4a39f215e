"""Who owes what by when: the items behind every listing and report.

An item is one occurrence of one task (or reporting duty, or finding of an inspection) for one unit
in one role. Every task gives at least one item, so that none is ever out of sight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from cchc_cli.core.amendments import in_force
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.deadlines.terms import Deadline
from cchc_cli.core.handover import Handover, Handovers
from cchc_cli.core.model import Duty, Finding, Halt, Plan, Progress, State, Task, Unit
from cchc_cli.core.progress import effective
from cchc_cli.core.schedule import NO_DEADLINE, Schedule
from cchc_cli.core.status import DONE, Standing, Status, halt_of, halted, standing
from cchc_cli.core.units import Assignment, Directory, Role
from cchc_cli.core.workdays import WorkCalendar

Work = Task | Duty | Finding
"""What units owe."""

Key = tuple[str, str, str, Role]  # task, period, unit or group, role


class Item(NamedTuple):
    """One line of an agenda.

    `of` is the task, duty or finding. `unit` is None where an open group is named and nobody knows
    who is in it. `last_working_day` is set where the due day is a day of rest. `passed` are the
    handovers through which the work came to its unit, `inherited` the units that had its role
    before; none where it had that role itself. `halt` is what holds the work up.
    """

    plan: str
    of: Work
    assignment: Assignment
    deadline: Deadline
    occurrence: Occurrence | None
    standing: Standing
    records: tuple[Progress, ...]
    last_working_day: date | None = None
    passed: tuple[Handover, ...] = ()
    halt: Halt | None = None
    inherited: tuple[Unit, ...] = ()

    @property
    def status(self) -> Status:
        """The derived status."""
        return self.standing.status

    @property
    def unit(self) -> Unit | None:
        """The unit, None for an open group."""
        return self.assignment.unit

    @property
    def who(self) -> tuple[str, str]:
        """Id and name of its unit, or of the group that stands for units nobody has named."""
        named = self.unit or self.assignment.via
        return (str(named.id), str(named.name)) if named else ("", "")

    @property
    def key(self) -> Key:
        """What tells it from every other item of its agenda."""
        return str(self.of.id), self.period, self.who[0], self.assignment.role

    @property
    def period(self) -> str:
        """The name of its period, empty for work without one."""
        return self.occurrence.period if self.occurrence else ""

    @property
    def due(self) -> date | None:
        """The last permitted day."""
        return self.occurrence.due if self.occurrence else None

    @property
    def field(self) -> str:
        """The id of the task's field, empty for what is no task."""
        return str(self.of.field) if isinstance(self.of, Task) else ""

    @property
    def wording(self) -> str:
        """The deadline in words, as it is in force for this occurrence."""
        earlier = self.occurrence.wording if self.occurrence else None
        return str(earlier or self.of.deadline or "")


class _Owed(NamedTuple):
    """Work with who is named for it, and when it is due; None: at no time of its own."""

    of: Work
    assignments: list[Assignment]
    deadline: Deadline
    slots: tuple[Occurrence | None, ...]


class _Charge(NamedTuple):
    """A part in one occurrence as it is held on a day, and the handovers that led there.

    `first` are the parts, as the plan gives them, that have come together in it.
    """

    assignment: Assignment
    passed: tuple[Handover, ...] = ()
    first: tuple[Assignment, ...] = ()

    @property
    def units(self) -> list[Unit]:
        """Those who held it one after the other, the last one now."""
        assert self.assignment.unit is not None
        givers = {str(step.giver.id): step.giver for step in self.passed}
        return [*givers.values(), self.assignment.unit]

    @property
    def inherited(self) -> tuple[Unit, ...]:
        """Those who had the role at first; none if the holder did, too."""
        unit, role, _via = self.assignment
        units = tuple(part.unit for part in self.first if part.unit and part.role is role)
        return () if unit in units else units


class Agenda:
    """All items of one plan as of one day. `plan` is as later documents have it on that day.

    `elsewhere` are the items left to the agenda of another plan that is listed with this one.
    """

    def __init__(
        self, plan: Plan, directory: Directory, calendar: WorkCalendar, as_of: date, soon: int
    ) -> None:
        self.plan = plan = in_force(plan, as_of)
        self.directory = directory
        self.as_of = as_of
        self.schedule = Schedule(plan, calendar, as_of)
        self.calendar = calendar
        self._soon = soon
        self._entries = _by_occurrence(plan.progress)
        self._handovers = Handovers(directory.units, plan.transfers, as_of)
        self._halts = _by_task(plan.halts, as_of)
        self.elsewhere: frozenset[Key] = frozenset()
        self._left: frozenset[tuple[str, str]] = frozenset()

    def items(
        self,
        *,
        unit: Unit | None = None,
        role: Role | None = None,
        field: str | None = None,
    ) -> Iterator[Item]:
        """Items of one unit (or of all), in one role (or any), of one field (or all)."""
        for task in self.plan.tasks:
            if field is not None and task.field != field:
                continue
            assignments = self.directory.assignments(task)
            if self._may_fit(assignments, unit, role):
                scheduled = self.schedule.of_task(task)
                owed = _Owed(task, assignments, scheduled.deadline, scheduled.slots)
                yield from self._items(owed, unit, role)
        if field is None and role is not Role.SUPPORT:
            for duty in self.plan.duties:
                yield from self._duty_items(duty, unit)
            for finding in self.findings:
                yield from self._finding_items(finding, unit)

    def of(self, work: Work, role: Role | None = None) -> Iterator[Item]:
        """Every item of one task, duty or finding; of a task in one role only, if that is named."""
        match work:
            case Duty():
                yield from self._duty_items(work, None)
            case Finding():
                yield from self._finding_items(work, None)
            case Task():
                assignments = self.directory.assignments(work)
                scheduled = self.schedule.of_task(work)
                owed = _Owed(work, assignments, scheduled.deadline, scheduled.slots)
                yield from self._items(owed, role=role)

    @property
    def findings(self) -> Iterator[Finding]:
        """What inspections had found by that day."""
        return found_by(self.plan, self.as_of)

    def _finding_items(self, finding: Finding, unit: Unit | None) -> Iterator[Item]:
        inspected = self.directory.units.get(str(finding.unit))  # None: it must not vanish
        assignments = [Assignment(inspected, Role.LEAD)]
        if self._may_fit(assignments, unit, None):
            scheduled = self.schedule.of_finding(finding)
            yield from self._items(
                _Owed(finding, assignments, scheduled.deadline, scheduled.slots), unit
            )

    def leave(self, elsewhere: frozenset[Key]) -> None:
        """Leave items to the agenda of another plan that is listed with this one."""
        self.elsewhere = elsewhere
        self._left = frozenset(key[:2] for key in elsewhere)

    def leaves(self, task: Task, period: str) -> bool:
        """Whether anything of an occurrence is left to another agenda."""
        return (str(task.id), period) in self._left

    def _may_fit(
        self, assignments: Iterable[Assignment], unit: Unit | None, role: Role | None
    ) -> bool:
        """Whether work may be asked for; what is handed over can turn up with any unit."""
        return bool(self._handovers) or any(_fits(a, unit, role) for a in assignments)

    def _duty_items(self, duty: Duty, unit: Unit | None) -> Iterator[Item]:
        mentions = self.directory.read(duty.lead).mentions
        assignments = [
            assignment
            for mention in mentions
            for assignment in (
                [Assignment(mention.who, Role.LEAD)]
                if isinstance(mention.who, Unit)
                else self.directory.through(mention.who, Role.LEAD)
            )
            if assignment.unit is None or assignment.unit.id != duty.to
        ]
        if self._may_fit(assignments, unit, None):
            deadline = self.schedule.of_wording(duty.deadline or "").deadline
            if not duty.deadline:
                deadline = NO_DEADLINE
            owed = _Owed(duty, assignments, deadline, self.schedule.of_duty(duty) or (None,))
            yield from self._items(owed, unit)

    def _items(
        self, owed: _Owed, unit: Unit | None = None, role: Role | None = None
    ) -> Iterator[Item]:
        of, assignments, deadline, slots = owed
        charges = [_Charge(assignment) for assignment in assignments]
        for occurrence in slots:
            period = occurrence.period if occurrence else ""
            rest = self._before_rest(occurrence)
            halt = self.halt(str(of.id), occurrence)
            if self._handovers:
                charges = self._in_charge(of, occurrence, assignments)
            for charge in charges:
                if not _fits(charge.assignment, unit, role):
                    continue
                records = self._records_for(of, period, charge, charges)
                found = standing(deadline.kind, occurrence, records, self.as_of, self._soon)
                found = halted(found, halt)
                item = Item(
                    str(self.plan.id), of, charge.assignment, deadline, occurrence, found, records,
                    rest, charge.passed, halt, charge.inherited,
                )  # fmt: skip
                if not self.elsewhere or item.key not in self.elsewhere:
                    yield item

    def _in_charge(
        self, of: Work, occurrence: Occurrence | None, assignments: list[Assignment]
    ) -> list[_Charge]:
        """Who holds each part now; parts that have come to the same unit are one, leads first."""
        task, period = str(of.id), occurrence.period if occurrence else ""

        def done_by(unit: Unit, day: date) -> bool:
            entry = effective(self.entries(str(unit.id), task, period), day)
            return entry is not None and entry.state is State.DONE

        held: dict[str, _Charge] = {}
        unnamed = []
        for assignment in assignments:
            if assignment.unit is None:
                unnamed.append(_Charge(assignment))
                continue
            passed = self._handovers.of(task, assignment.unit, done_by)
            holder = passed[-1].taker if passed else assignment.unit
            if isinstance(of, Duty) and self._to_itself(of, occurrence, holder, passed):
                continue
            first = held.get(str(holder.id))
            if first is None:
                held[str(holder.id)] = _Charge(
                    assignment._replace(unit=holder), passed, (assignment,)
                )
            else:
                held[str(holder.id)] = first._replace(
                    passed=(*first.passed, *passed), first=(*first.first, assignment)
                )
        return [*held.values(), *unnamed]

    def _to_itself(
        self, duty: Duty, occurrence: Occurrence | None, holder: Unit, passed: tuple[Handover, ...]
    ) -> bool:
        """Whether who reports and who is reported to were one already as the window began."""
        to, followed = self._reported_to(duty)
        start = occurrence.start if occurrence else None
        if to is None or start is None:
            return False
        together = all(step.on <= start for step in (*passed, *followed))
        return to.id == holder.id and together

    def addressee(self, duty: Duty) -> Unit | None:
        """The unit that a duty reports to, or who holds its work by now; None if it names none."""
        return self._reported_to(duty)[0]

    def _reported_to(self, duty: Duty) -> tuple[Unit | None, tuple[Handover, ...]]:
        to = self.directory.units.get(str(duty.to))
        if to is None:
            return None, ()
        followed = self._handovers.of("", to, lambda _unit, _day: False)
        return (followed[-1].taker if followed else to), followed

    def halt(self, task: str, occurrence: Occurrence | None) -> Halt | None:
        """What holds an occurrence up."""
        return halt_of(self._halts.get(task, ()), occurrence, self.as_of)

    def _before_rest(self, occurrence: Occurrence | None) -> date | None:
        """The last working day before a due day of rest; None if the year is not on record."""
        due = occurrence.due if occurrence else None
        if due is None or not self.calendar.knows(due.year) or self.calendar.is_working(due):
            return None
        return self.calendar.on_or_before(due)

    def _records_for(
        self, of: Work, period: str, charge: _Charge, all_of_them: list[_Charge]
    ) -> tuple[Progress, ...]:
        """What the unit recorded; without that, a supporting unit stands where the leads stand."""
        task = str(of.id)
        if charge.assignment.unit is not None:
            own = self._recorded(charge, task, period)
            if own is not None:
                return (own,)
        if charge.assignment.role is Role.LEAD:
            return ()
        leads = [c for c in all_of_them if c.assignment.role is Role.LEAD and c.assignment.unit]
        records = [self._recorded(lead, task, period) for lead in leads]
        return tuple(r for r in records if r is not None) if all(records) else ()

    def entries(self, unit: str, task: str, period: str) -> Sequence[Progress]:
        """What a unit has recorded about an occurrence, in order, whatever the day."""
        return self._entries.get((unit, task, period), ())

    def _recorded(self, charge: _Charge, task: str, period: str) -> Progress | None:
        """What those recorded who held the work one after the other."""
        entries = [e for unit in charge.units for e in self.entries(str(unit.id), task, period)]
        return effective(entries, self.as_of)


def found_by(plan: Plan, day: date) -> Iterator[Finding]:
    """What inspections held by that day have found."""
    return (f for f in plan.findings if f.found_on is not None and f.found_on <= day)


def _fits(assignment: Assignment, unit: Unit | None, role: Role | None) -> bool:
    if role is not None and assignment.role is not role:
        return False
    return unit is None or (assignment.unit is not None and assignment.unit.id == unit.id)


def _by_occurrence(progress: Iterable[Progress]) -> Mapping[tuple[str, str, str], list[Progress]]:
    """Entries by unit, task and period, in the order in which they were made."""
    found: dict[tuple[str, str, str], list[Progress]] = {}
    for entry in progress:
        found.setdefault((str(entry.unit), str(entry.task), str(entry.period or "")), []).append(
            entry
        )
    return found


def _by_task(halts: Iterable[Halt], as_of: date) -> Mapping[str, list[Halt]]:
    """Halts in force by `as_of`, by task, in order of their days."""
    found: dict[str, list[Halt]] = {}
    for halt in sorted(halts, key=lambda halt: halt.on):
        if halt.on <= as_of:
            found.setdefault(str(halt.task), []).append(halt)
    return found


def summary(items: Iterable[Item]) -> dict[Status, int]:
    """How many items have each status; every status is present, so that they add up."""
    counts = Counter(item.status for item in items)
    return {status: counts.get(status, 0) for status in Status}


def without_evidence(items: Iterable[Item]) -> int:
    """How many of the items are done, but not every unit concerned named a document."""
    done = (item for item in items if item.status in DONE)
    return sum(not all(record.evidence for record in item.records) for item in done)


def by_urgency(items: Iterable[Item]) -> list[Item]:
    """The most urgent first: by due day, then in printed order; without a day last."""
    return sorted(items, key=lambda item: item.due or date.max)
