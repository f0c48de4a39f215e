"""Who owes what by when: the items behind every listing and report.

An item is one occurrence of one task (or reporting duty) for one unit in one role. Every task
gives at least one item, so that none is ever out of sight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.deadlines.terms import Deadline
from cchc_cli.core.model import Duty, Plan, Progress, Task, Unit
from cchc_cli.core.progress import effective
from cchc_cli.core.schedule import NO_DEADLINE, Schedule
from cchc_cli.core.status import Standing, Status, standing
from cchc_cli.core.units import Assignment, Directory, Role
from cchc_cli.core.workdays import WorkCalendar


class Item(NamedTuple):
    """One line of an agenda.

    `of` is the task or duty. `unit` is None where an open group is named and nobody knows who is
    in it. `last_working_day` is set where the due day is a day of rest.
    """

    plan: str
    of: Task | Duty
    assignment: Assignment
    deadline: Deadline
    occurrence: Occurrence | None
    standing: Standing
    records: tuple[Progress, ...]
    last_working_day: date | None = None

    @property
    def status(self) -> Status:
        """The derived status."""
        return self.standing.status

    @property
    def unit(self) -> Unit | None:
        """The unit, None for an open group."""
        return self.assignment.unit

    @property
    def due(self) -> date | None:
        """The last permitted day."""
        return self.occurrence.due if self.occurrence else None

    @property
    def field(self) -> str:
        """The id of the task's field, empty for a duty."""
        return str(self.of.field) if isinstance(self.of, Task) else ""

    @property
    def wording(self) -> str:
        """The deadline as printed."""
        return str(self.of.deadline or "")


class Agenda:
    """All items of one plan as of one day."""

    def __init__(
        self, plan: Plan, directory: Directory, calendar: WorkCalendar, as_of: date, soon: int
    ) -> None:
        self.plan = plan
        self.directory = directory
        self.as_of = as_of
        self.schedule = Schedule(plan, calendar, as_of)
        self._calendar = calendar
        self._soon = soon
        self._entries = _by_occurrence(plan.progress)

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
            wanted = [a for a in assignments if _fits(a, unit, role)]
            if wanted:
                scheduled = self.schedule.of_task(task)
                yield from self._items(
                    task, assignments, wanted, scheduled.deadline, scheduled.occurrences
                )
        if field is None and role is not Role.SUPPORT:
            for duty in self.plan.duties:
                yield from self._duty_items(duty, unit)

    def of(self, task: Task) -> Iterator[Item]:
        """Every item of one task."""
        assignments = self.directory.assignments(task)
        scheduled = self.schedule.of_task(task)
        yield from self._items(
            task, assignments, assignments, scheduled.deadline, scheduled.occurrences
        )

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
        wanted = [a for a in assignments if _fits(a, unit, None)]
        if wanted:
            deadline = self.schedule.of_wording(duty.deadline or "").deadline
            if not duty.deadline:
                deadline = NO_DEADLINE
            yield from self._items(duty, assignments, wanted, deadline, self.schedule.of_duty(duty))

    def _items(
        self,
        of: Task | Duty,
        assignments: list[Assignment],
        wanted: list[Assignment],
        deadline: Deadline,
        occurrences: tuple[Occurrence, ...],
    ) -> Iterator[Item]:
        for occurrence in occurrences or (None,):
            period = occurrence.period if occurrence else ""
            rest = self._before_rest(occurrence)
            for assignment in wanted:
                records = self._records_for(of, period, assignment, assignments)
                found = standing(deadline.kind, occurrence, records, self.as_of, self._soon)
                yield Item(
                    str(self.plan.id), of, assignment, deadline, occurrence, found, records, rest
                )

    def _before_rest(self, occurrence: Occurrence | None) -> date | None:
        """The last working day before a due day of rest; None if the year is not on record."""
        due = occurrence.due if occurrence else None
        if due is None or not self._calendar.knows(due.year) or self._calendar.is_working(due):
            return None
        return self._calendar.on_or_before(due)

    def _records_for(
        self, of: Task | Duty, period: str, assignment: Assignment, all_of_them: list[Assignment]
    ) -> tuple[Progress, ...]:
        """What the unit recorded; without that, a supporting unit stands where the leads stand."""
        task = str(of.id)
        if assignment.unit is not None:
            own = self._recorded(assignment.unit, task, period)
            if own is not None:
                return (own,)
        if assignment.role is Role.LEAD:
            return ()
        leads = [a.unit for a in all_of_them if a.role is Role.LEAD and a.unit is not None]
        records = [self._recorded(lead, task, period) for lead in leads]
        return tuple(r for r in records if r is not None) if all(records) else ()

    def entries(self, unit: str, task: str, period: str) -> Sequence[Progress]:
        """What a unit has recorded about an occurrence, in order, whatever the day."""
        return self._entries.get((unit, task, period), ())

    def _recorded(self, unit: Unit, task: str, period: str) -> Progress | None:
        return effective(self.entries(str(unit.id), task, period), self.as_of)


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


def summary(items: Iterable[Item]) -> dict[Status, int]:
    """How many items have each status; every status is present, so that they add up."""
    counts = Counter(item.status for item in items)
    return {status: counts.get(status, 0) for status in Status}


def by_urgency(items: Iterable[Item]) -> list[Item]:
    """The most urgent first: by due day, then in printed order; without a day last."""
    return sorted(items, key=lambda item: item.due or date.max)
