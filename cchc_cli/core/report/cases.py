"""What a report is about: the occurrences of its office or unit, and which of them it counts.

Counted are, for a report in year Y: what falls due in Y, by the plan or as extended; what fell due
earlier and is still owed, or was completed or cancelled since Y's reporting window opened; and what
has no due day at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.model import Halt, Office, Plan, Progress, Task, Unit
from cchc_cli.core.periods import Days, Period
from cchc_cli.core.progress import known_by
from cchc_cli.core.report.windows import window
from cchc_cli.core.status import DONE, HALTED, Standing, Status, halted, standing
from cchc_cli.core.units import Role
from cchc_cli.core.workdays import WorkCalendar


class Scene(NamedTuple):
    """What a report is about; `unit` None is the whole office, `errors` those of the plan files."""

    plan: Plan
    office: Office | None
    calendar: WorkCalendar
    period: Period
    unit: Unit | None = None
    errors: int = 0


def together(standings: Sequence[Standing]) -> Standing:
    """Where an occurrence stands that several units lead: done only when all of them are."""
    owing = [s for s in standings if s.status not in DONE]
    if owing:
        urgency = list(Status)
        first = min(owing, key=lambda s: urgency.index(s.status))
        begun = first.status is Status.NOT_DUE and len(owing) < len(standings)
        return first._replace(status=Status.IN_PROGRESS) if begun else first
    for status in (Status.DONE_UNDATED, Status.DONE_LATE, Status.DONE_NO_DUE_DATE):
        found = [s for s in standings if s.status is status]
        if found:
            return max(found, key=lambda s: s.days or 0)
    return Standing(Status.DONE_ON_TIME)


@dataclass(frozen=True, slots=True)
class Case:
    """One occurrence of one task, for the items of one unit or of all units in charge."""

    task: Task
    occurrence: Occurrence | None
    items: tuple[Item, ...]
    standing: Standing
    halt: Halt | None = None

    @property
    def period(self) -> str:
        """The label of its period, empty for work without one."""
        return str(self.occurrence.period) if self.occurrence else ""

    @property
    def due(self) -> date | None:
        """The last permitted day."""
        return self.occurrence.due if self.occurrence else None

    @property
    def done(self) -> bool:
        """Whether every unit in charge has done it."""
        return self.standing.status in DONE

    @property
    def stopped_by(self) -> Halt | None:
        """The document that stops it; None if it goes on, or is done in spite of it."""
        return self.halt if self.standing.status in HALTED else None

    @property
    def records(self) -> tuple[Progress, ...]:
        """Each record once: a supporting unit may stand on the same ones as the leads."""
        return tuple({id(r): r for item in self.items for r in item.records}.values())

    @property
    def finished(self) -> date | None:
        """The last day known of its completion."""
        days = [record.completed_on or record.recorded_on for record in self.records]
        return max((day for day in days if day), default=None)

    @property
    def evidenced(self) -> bool:
        """Done, and every unit in charge has named a document."""
        return self.done and all(record.evidence for record in self.records)


class Share(NamedTuple):
    """What one unit, or all who lead it together, have of an occurrence in the figures of a year.

    `item` is None for all together; `finished` is the last day known of its completion.
    """

    item: Item | None
    standing: Standing
    counted: bool
    evidenced: bool
    finished: date | None


class Occasion(NamedTuple):
    """One occurrence of a task: the whole, each lead’s share, and who supports."""

    task: Task
    occurrence: Occurrence | None
    whole: Share
    leads: tuple[Share, ...]
    support: tuple[Item, ...]


class Cases:
    """Every case of a report, by the role that its office or unit has in it.

    With a `role`, nobody is looked for who has another: figures are of leads.
    """

    def __init__(self, scene: Scene, agenda: Agenda, soon: int, role: Role | None = None) -> None:
        self.scene = scene
        self.agenda = agenda
        self._soon = soon
        plan, period = scene.plan, scene.period
        self.window = window(plan, scene.calendar, period)
        self.next = window(plan, scene.calendar, period.shifted(1))
        self.year_first = window(plan, scene.calendar, Period(period.year, 1, 12)).first
        self.tasks = [(task, tuple(agenda.of(task, role))) for task in plan.tasks]
        roles = (Role.LEAD,) if scene.unit is None else (Role.LEAD, Role.SUPPORT)
        self.by_role = {role: list(self._of(role)) for role in roles}
        self.every = [case for cases in self.by_role.values() for case in cases]

    @property
    def days(self) -> Days:
        """The days that the report covers."""
        return Days(self.window.first, self.window.last)

    def _of(self, role: Role) -> Iterator[Case]:
        """Every occurrence of every task that the report's unit (or office) has in that role."""
        unit = self.scene.unit
        for task, items_of_task in self.tasks:
            scheduled = self.agenda.schedule.of_task(task)
            mine: dict[str, list[Item]] = defaultdict(list)
            for item in items_of_task:
                if item.assignment.role is role and (unit is None or _is(item, unit)):
                    mine[item.period].append(item)
            for occurrence in scheduled.slots:
                items = mine[occurrence.period if occurrence else ""]
                halt = self.agenda.halt(str(task.id), occurrence)
                if items:
                    found = together([item.standing for item in items])
                elif self.agenda.leaves(task, occurrence.period if occurrence else ""):
                    continue  # counted in another plan
                elif unit is None:  # nobody known leads it; it is counted all the same
                    found = standing(
                        scheduled.deadline.kind, occurrence, (), self.agenda.as_of, self._soon
                    )
                    found = halted(found, halt)
                else:
                    continue
                yield Case(task, occurrence, tuple(items), found, halt)

    @cached_property
    def of_units(self) -> Mapping[tuple[str, str], list[Case]]:
        """What each unit leads, by its id and name; what several lead together is of each."""
        grouped: dict[tuple[str, str], list[Case]] = {
            (str(unit.id), str(unit.name)): [] for unit in self.agenda.directory.units.values()
        }
        for task, items in self.tasks:
            for item in items:
                if item.assignment.role is Role.LEAD:
                    case = Case(task, item.occurrence, (item,), item.standing, item.halt)
                    grouped.setdefault(item.who, []).append(case)
        return grouped

    def occasions(self) -> Iterator[Occasion]:
        """Every occurrence of every task, with each lead’s share of it."""
        support: dict[tuple[int, str], list[Item]] = defaultdict(list)
        for task, items in self.tasks:
            for item in items:
                if item.assignment.role is Role.SUPPORT:
                    support[id(task), item.period].append(item)
        for case in self.by_role[Role.LEAD]:
            yield Occasion(
                case.task,
                case.occurrence,
                self._share(None, case),
                tuple(self._share(item, _alone(case, item)) for item in case.items),
                tuple(support.get((id(case.task), case.period), ())),
            )

    def _share(self, item: Item | None, case: Case) -> Share:
        return Share(item, case.standing, self.counted(case), case.evidenced, case.finished)

    def by_field(self, cases: Iterable[Case]) -> Mapping[str, list[Case]]:
        """Cases by the id of their field, in printed order; every field is there."""
        grouped: dict[str, list[Case]] = {str(area.id): [] for area in self.scene.plan.fields}
        for case in cases:
            grouped[str(case.task.field)].append(case)
        return grouped

    def counted(self, case: Case) -> bool:
        """The rule at the head of this module."""
        year, due = self.scene.period.year, case.due
        if case.done and (due is None or due.year != year):
            return case.finished is None or case.finished >= self.year_first
        if case.standing.status is Status.CANCELLED and (due is None or due.year < year):
            return case.halt is None or case.halt.on >= self.year_first
        if due is None:
            start = case.occurrence.start if case.occurrence else None
            return start is None or start.year <= year
        # What was extended into the next year is still of this one.
        original = case.occurrence.original_due if case.occurrence else None
        return (original or due).year <= year

    def upcoming(self, case: Case) -> bool:
        """Whether it falls due from the as-of day to the end of the next window."""
        due, halt = case.due, case.stopped_by
        if due is None or case.done or (halt and (halt.until is None or halt.until >= due)):
            return False
        return self.agenda.as_of <= due <= self.next.last

    def halted(self, case: Case) -> bool:
        """Stopped, and of this report: counted, or by a document of its window."""
        halt = case.stopped_by
        return halt is not None and (self.counted(case) or halt.on >= self.window.first)

    def entered(self, record: Progress) -> bool:
        """By the as-of day, as far as anybody can tell."""
        return known_by(record, self.agenda.as_of)

    @property
    def updates(self) -> list[Progress]:
        """The entries of the report's unit (or of all) up to the as-of day."""
        unit = self.scene.unit
        return [
            record
            for record in self.scene.plan.progress
            if self.entered(record) and (unit is None or record.unit == unit.id)
        ]


def _alone(case: Case, item: Item) -> Case:
    """The occurrence as one unit has it."""
    return Case(case.task, case.occurrence, (item,), item.standing, item.halt)


def _is(item: Item, unit: Unit) -> bool:
    return item.unit is not None and item.unit.id == unit.id
