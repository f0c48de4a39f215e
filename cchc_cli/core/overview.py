"""A plan as of one day → the overview of one year: what a page and a terminal show.

The figures are those of the report of that year (`core/report/build`, which says what a year
counts), and the lists those of `cchc due`: what is overdue or due soon stands in them whatever year
counts it. Everything is derived, and what only a person can know stays open: a command to type next
has “…” in place of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cchc_cli.core.agenda import Agenda, Item, Work
from cchc_cli.core.model import Duty, Plan, Task
from cchc_cli.core.periods import parse_period
from cchc_cli.core.report import view
from cchc_cli.core.report.build import Scene, build, together
from cchc_cli.core.report.words import Words, in_words
from cchc_cli.core.status import DONE, Standing, Status
from cchc_cli.core.units import Role

_URGENT = (Status.OVERDUE, Status.DUE_SOON)


@dataclass(frozen=True, slots=True)
class Quarter:
    """What falls due in a calendar quarter: how much, and how much of it is done or overdue."""

    due: int = 0
    done: int = 0
    overdue: int = 0

    @property
    def heat(self) -> int:
        """From 0, nothing overdue, to 3, all of it; whatever is overdue counts for 1 at least."""
        return -(-3 * self.overdue // self.due) if self.due else 0


@dataclass(frozen=True, slots=True)
class Strip:
    """The four quarters of a field or unit; `earlier` is overdue from the years before."""

    id: str
    name: str
    earlier: int
    quarters: tuple[Quarter, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one year, as its report counts them.

    A *count* is of occurrences: one task in one of its periods, or a task without any period. In
    `by_unit` and `unit_strip` what several units lead together counts for each of them. `soon` is
    how many days before its due day something counts as due soon.
    """

    plan: str
    plan_name: str
    issuer: str | None
    year: int
    as_of: date
    soon: int
    tasks: int
    updates: int
    silent: tuple[str, ...]
    errors: int
    figures: view.Figures
    statuses: tuple[view.StatusCount, ...]
    by_field: tuple[view.FiguresOf, ...]
    by_unit: tuple[view.FiguresOf, ...]
    field_strip: tuple[Strip, ...]
    unit_strip: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Where one unit in charge stands; a group stands for units that nobody has named."""

    unit: str
    name: str
    status: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One occurrence of a task or reporting duty.

    `field` is "" for a duty. `deadline` are the printed words, `why` the steps from them to the due
    day. `counted` is False for what the figures of another year hold. `commands` are what to type
    next, the first one first; none where nothing is left to do.
    """

    task: str
    name: str
    field: str
    period: str
    period_name: str
    deadline: str
    start: date | None
    due: date | None
    original_due: date | None
    last_working_day: date | None
    status: str
    text: str
    why: tuple[str, ...]
    counted: bool
    parts: tuple[Part, ...]
    waits_for: tuple[str, ...]
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskEntries:
    """A task as the report’s appendix has it, with the occurrences that the year counts."""

    row: view.Row
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FieldTasks:
    """The tasks of one field, in printed order."""

    id: str
    name: str
    tasks: tuple[TaskEntries, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page. `timeline` is what falls due in the year, in order of days."""

    summary: Summary
    overdue: tuple[Entry, ...]
    due_soon: tuple[Entry, ...]
    waiting: tuple[Entry, ...]
    no_due_date: tuple[Entry, ...]
    timeline: tuple[Entry, ...]
    fields: tuple[FieldTasks, ...]


def only_field(plan: Plan, field: str | None) -> Plan:
    """The plan with the tasks of one field alone; as it is for None."""
    if field is None or plan.appendix is None:
        return plan
    fields = tuple(area for area in plan.fields if area.id == field)
    return plan._replace(appendix=plan.appendix._replace(fields=fields))


def summarise(scene: Scene, agenda: Agenda, soon: int, words: Words) -> Summary:
    """The figures of the year of `scene.period`; of one unit only if `scene` names it."""
    return summary_of(build(scene, agenda, soon, words), scene, agenda, soon)


def summary_of(report: view.Report, scene: Scene, agenda: Agenda, soon: int) -> Summary:
    """The figures of the year of a report; whatever its period, they are those of the year."""
    part, unit = report.parts[0], scene.unit
    by_unit = part.by_unit
    if unit is not None:
        by_unit = (view.FiguresOf(str(unit.id), str(unit.name), part.figures),)
    strips = _Strips(agenda, scene)
    return Summary(
        plan=report.plan,
        plan_name=report.plan_name,
        issuer=report.issuer,
        year=report.year,
        as_of=report.as_of,
        soon=soon,
        tasks=strips.tasks,
        updates=report.updates,
        silent=report.silent,
        errors=report.errors,
        figures=part.figures,
        statuses=part.statuses,
        by_field=part.by_field,
        by_unit=by_unit,
        field_strip=strips.of("field", part.by_field),
        unit_strip=strips.of("unit", by_unit),
    )


def overview(
    scene: Scene, agenda: Agenda, soon: int, words: Words, *, several_plans: bool = False
) -> Overview:
    """Everything about a year of the whole office; with `several_plans`, commands name the plan."""
    report = build(scene, agenda, soon, words)
    found = _Entries(agenda, report, words, several_plans=several_plans)
    of_tasks = {id(task): tuple(found.of(task)) for task in agenda.plan.tasks}
    others: list[Work] = [*agenda.plan.duties, *agenda.findings]
    every = [entry for entries in of_tasks.values() for entry in entries]
    every += [entry for other in others for entry in found.of(other)]
    every.sort(key=lambda entry: entry.due or date.max)
    year = scene.period.year

    def having(status: Status) -> tuple[Entry, ...]:
        return tuple(entry for entry in every if entry.status == status.value)

    return Overview(
        summary=summary_of(report, scene, agenda, soon),
        overdue=having(Status.OVERDUE),
        due_soon=having(Status.DUE_SOON),
        waiting=having(Status.WAITING),
        no_due_date=having(Status.NO_DUE_DATE),
        timeline=tuple(entry for entry in every if entry.due and entry.due.year == year),
        fields=tuple(_field(area, agenda, of_tasks) for area in report.appendix),
    )


def _field(
    area: view.FieldRows, agenda: Agenda, entries: Mapping[int, tuple[Entry, ...]]
) -> FieldTasks:
    tasks = [task for task in agenda.plan.tasks if task.field == area.id]
    return FieldTasks(
        area.id,
        area.name,
        tuple(
            TaskEntries(row, tuple(entry for entry in entries[id(task)] if entry.counted))
            for row, task in zip(area.rows, tasks, strict=True)
        ),
    )


class _Strips:
    """Counts of the year’s quarters, by sort (field or unit) and id; and of the tasks led."""

    def __init__(self, agenda: Agenda, scene: Scene) -> None:
        self._counts: dict[tuple[str, str], dict[tuple[int, str], int]] = {}
        self._year = scene.period.year
        self.tasks = 0
        for task in agenda.plan.tasks:
            items = [i for i in agenda.of(task) if i.assignment.role is Role.LEAD]
            if scene.unit is not None:
                items = [i for i in items if i.unit is not None and i.unit.id == scene.unit.id]
            self.tasks += bool(items)
            for group in _by_period(items):
                found = together([item.standing for item in group])
                self._add("field", str(task.field), group[0].due, found)
                for item in group:
                    self._add("unit", item.who[0], item.due, item.standing)

    def _add(self, sort: str, of: str, due: date | None, found: Standing) -> None:
        if due is None or due.year > self._year:
            return
        quarter = (due.month - 1) // 3 if due.year == self._year else -1
        counts = self._counts.setdefault((sort, of), {})
        what = "done" if found.status in DONE else found.status.value
        for key in ((quarter, "due"), (quarter, what)):
            counts[key] = counts.get(key, 0) + 1

    def of(self, sort: str, rows: Iterable[view.FiguresOf]) -> tuple[Strip, ...]:
        """One strip for each row."""
        return tuple(self._strip(row, self._counts.get((sort, row.id), {})) for row in rows)

    @staticmethod
    def _strip(row: view.FiguresOf, counts: Mapping[tuple[int, str], int]) -> Strip:
        def count(quarter: int, what: str) -> int:
            return counts.get((quarter, what), 0)

        overdue = Status.OVERDUE.value
        return Strip(
            row.id,
            row.name,
            count(-1, overdue),
            tuple(Quarter(count(q, "due"), count(q, "done"), count(q, overdue)) for q in range(4)),
        )


class _Entries:
    """The occurrences of tasks, duties and findings that the page shows."""

    def __init__(
        self, agenda: Agenda, report: view.Report, words: Words, *, several_plans: bool
    ) -> None:
        self._agenda = agenda
        self._words = words
        self._year = report.year
        self._of_plan = f" --plan {agenda.plan.id}" if several_plans else ""
        self._events = {str(event.id): str(event.name) for event in agenda.plan.events}
        self._pending = {
            str(event.id)
            for event in agenda.plan.events
            if event.on is None or event.on > agenda.as_of
        }
        self._counted = {
            (row.id, line.period)
            for area in report.appendix
            for row in area.rows
            for line in row.lines
            if line.counted
        }

    def of(self, what: Work) -> Iterator[Entry]:
        """What the year counts of some work, and what is urgent whatever year counts it."""
        items = [item for item in self._agenda.of(what) if item.assignment.role is Role.LEAD]
        for group in _by_period(items):
            found = together([item.standing for item in group])
            counted = self._is_counted(group[0])
            if counted or found.status in _URGENT:
                yield self._entry(group, found, counted=counted)

    def _is_counted(self, item: Item) -> bool:
        if isinstance(item.of, Task):
            return (str(item.of.id), item.period) in self._counted
        period = parse_period(item.period)
        year = item.due.year if item.due else (period.year if period else self._year)
        return year == self._year

    def _entry(self, group: list[Item], found: Standing, *, counted: bool) -> Entry:
        first = group[0]
        of, occurrence = first.of, first.occurrence
        ahead = first.due is not None and first.due >= self._agenda.as_of
        owing = found.status not in DONE and ahead
        return Entry(
            task=str(of.id),
            name=str(of.name),
            field=first.field,
            period=first.period,
            period_name=in_words(first.period, self._events, self._words),
            deadline=first.wording,
            start=occurrence.start if occurrence else None,
            due=first.due,
            original_due=occurrence.original_due if occurrence else None,
            last_working_day=first.last_working_day if owing else None,
            status=found.status.value,
            text=self._words.status(found),
            why=self._why(first),
            counted=counted,
            parts=tuple(
                Part(*item.who, item.status.value, self._words.status(item.standing))
                for item in group
            ),
            waits_for=tuple(self._events[event] for event in self._linked(of)),
            commands=tuple(self._commands(group, found)),
        )

    def _why(self, item: Item) -> tuple[str, ...]:
        """The steps to the due day; without one, why there is none."""
        say = self._words.say
        steps = item.occurrence.steps if item.occurrence else ()
        if steps or isinstance(item.of, Duty):
            return tuple(f"{say(s.message)} ({s.law})" if s.law else say(s.message) for s in steps)
        found = self._agenda.schedule.of(item.of)
        return tuple(say(problem) for problem in found.resolution.problems)

    def _linked(self, of: Work) -> list[str]:
        events = of.events if isinstance(of, Task) else ()
        return [str(event) for event in events if str(event) in self._pending]

    def _commands(self, group: list[Item], found: Standing) -> Iterator[str]:
        item = group[0]
        task = f"{item.of.id}{self._of_plan}"
        if found.status is Status.WAITING:
            for event in self._linked(item.of):
                yield f'cchc event record {event}{self._of_plan} --on … --doc "…"'
            if not self._linked(item.of):
                yield f'cchc event link {task} … --name "…"'
        if found.status is Status.NO_DUE_DATE and isinstance(item.of, Task):
            yield f"cchc show {task}"
        if found.status not in (Status.OVERDUE, Status.DUE_SOON, Status.IN_PROGRESS):
            return
        period = f" --period {item.period}" if item.period else ""
        for owing in group:
            if owing.status not in DONE:
                unit = owing.unit.id if owing.unit else "…"
                yield f'cchc done {task} --unit {unit}{period} --on … --doc "…"'
        if found.status is Status.OVERDUE and isinstance(item.of, Task):
            yield f'cchc extend {task}{period} --to … --on … --authority "…" --reason "…"'


def _by_period(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items of one task, duty or finding, occurrence by occurrence."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.period, []).append(item)
    yield from groups.values()
