"""A plan as of one day → the report of one period.

The window of a report is not the calendar period of the same name: "quý I" of a report runs from
15/12 to 14/3, while the task deadline "Quý I" is the calendar quarter. Windows are data (the plan's
reporting duties); a period that no duty covers has the window of Nghị định 09/2019/NĐ-CP, Điều 12.

Counted are, for a report in year Y: what falls due in Y, by the plan or as extended; what fell due
earlier and is still owed, or was completed or cancelled since Y's reporting window opened; and what
has no due day at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.deadlines.grammar import parse
from cchc_cli.core.deadlines.occurrences import Occurrence, Scope, resolve
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Duty, Evidence, Halt, Office, Plan, Progress, State, Task, Unit
from cchc_cli.core.periods import Days, Period, parse_period
from cchc_cli.core.progress import counts_from
from cchc_cli.core.report import view
from cchc_cli.core.report.words import Words, cell, in_words, plan_name, stated
from cchc_cli.core.status import DONE, HALTED, Standing, Status, halted, standing
from cchc_cli.core.units import Role
from cchc_cli.core.workdays import WorkCalendar

DECREE = "Nghị định 09/2019/NĐ-CP, Điều 12"


class Window(NamedTuple):
    """The days a report covers, both inclusive; `basis` names the rule."""

    first: date
    last: date
    basis: str


class Scene(NamedTuple):
    """What a report is about; `unit` None is the whole office, `errors` those of the plan files."""

    plan: Plan
    office: Office | None
    calendar: WorkCalendar
    period: Period
    unit: Unit | None = None
    errors: int = 0


def window(plan: Plan, calendar: WorkCalendar, period: Period) -> Window:
    """The window of the first reporting duty that covers the period, else that of the decree."""
    covered = _covered(plan, calendar, period)
    return covered[1] if covered else by_decree(period)


def by_decree(period: Period) -> Window:
    """From day 15 of the month before the period to day 14 of its last month, both inclusive.

    Nghị định 09/2019/NĐ-CP, Điều 12 says so of months, quarters, half-years and years, each in its
    own words; half-years and years are cumulative from 15/12 (the second half-year from 15/6).
    """
    year, before = (period.year, period.first - 1) if period.first > 1 else (period.year - 1, 12)
    return Window(date(year, before, 15), date(period.year, period.last, 14), DECREE)


def _covered(plan: Plan, calendar: WorkCalendar, period: Period) -> tuple[Duty, Window] | None:
    """The first reporting duty that covers the period, and its window for it."""
    for duty in plan.duties:
        scope = Scope(plan.period, calendar, year=period.year)
        for found in resolve(parse(duty.window), scope).occurrences:
            if found.period == period.label and found.start and found.due:
                return duty, Window(found.start, found.due, str(duty.basis or duty.name))
    return None


def internal(period: Period) -> Message | None:
    """What a report of the period is if the regime has none of it; None for the others.

    Reports on administrative reform are those of quarter I, the first six months, quarter III and
    the year; where quarters II and IV end, the other two stand in their place.
    """
    quarter = period.last // 3 if period.length == 3 else 0
    if quarter not in {2, 4}:
        return None
    instead = Period(period.year, 1, period.last)
    return msg("an internal report by quarter; it does not stand for the report of {period}",
               period=instead.name)  # fmt: skip


class Ended(NamedTuple):
    """A period whose window has ended, on `window.last`."""

    period: Period
    window: Window


def ended(plan: Plan, calendar: WorkCalendar, days: Days) -> list[Ended]:
    """The periods of the plan’s reporting duties whose windows end on one of `days`, in order.

    A plan without duties has none: by which periods it is reported, nobody has said.
    """
    found: dict[str, Ended] = {}
    for duty in plan.duties:
        deadline = parse(duty.window)
        for year in plan.period.all:
            for occurrence in resolve(
                deadline, Scope(plan.period, calendar, year=year)
            ).occurrences:
                period = parse_period(occurrence.period)
                if period is not None and occurrence.start and occurrence.due:
                    found[period.label] = Ended(period, window(plan, calendar, period))
    first = max(days.first, plan.effective or days.first)
    ends = [each for each in found.values() if first <= each.window.last <= days.last]
    return sorted(ends, key=lambda each: (each.window.last, each.period))


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
class _Case:
    """One occurrence of one task, for the items of one unit or of all units in charge."""

    task: Task
    occurrence: Occurrence | None
    items: tuple[Item, ...]
    standing: Standing
    halt: Halt | None = None

    @property
    def due(self) -> date | None:
        return self.occurrence.due if self.occurrence else None

    @property
    def done(self) -> bool:
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


def build(scene: Scene, agenda: Agenda, soon: int, words: Words) -> view.Report:
    """The report of one period as of the agenda's day; `soon` as for the agenda."""
    return _Builder(scene, agenda, soon, words).report()


class _Builder:
    def __init__(self, scene: Scene, agenda: Agenda, soon: int, words: Words) -> None:
        self.scene = scene
        self.agenda = agenda
        self.words = words
        self._soon = soon
        plan, period = scene.plan, scene.period
        self.window = window(plan, scene.calendar, period)
        self.next = window(plan, scene.calendar, period.shifted(1))
        self.year_first = window(plan, scene.calendar, Period(period.year, 1, 12)).first
        self._events = {str(event.id): str(event.name) for event in plan.events}
        self._fields = {str(area.id): str(area.name) for area in plan.fields}
        self._names = {str(task.id): str(task.name) for task in plan.tasks}
        self._tasks = [(task, tuple(agenda.of(task))) for task in plan.tasks]
        self._items = {id(task): items for task, items in self._tasks}

    def report(self) -> view.Report:
        scene, plan, office = self.scene, self.scene.plan, self.scene.office
        roles = (Role.LEAD,) if scene.unit is None else (Role.LEAD, Role.SUPPORT)
        cases = {role: list(self._cases(role)) for role in roles}
        every = [case for role in roles for case in cases[role]]
        agency = stated(office.agency) if office else None
        unit = str(scene.unit.name) if scene.unit else None
        above = agency if unit else (stated(office.parent) if office else None)
        remarks = self._remarks()
        updates = self._updates()
        return view.Report(
            plan=str(plan.id),
            plan_name=plan_name(plan),
            superior=above,
            issuer=unit or agency,
            unit=unit,
            place=stated(office.place) if office else None,
            symbol=stated(office.symbol) if office and not unit else None,
            addressee=self._addressee(),
            signer=_signer(office) if office and not unit else None,
            period=scene.period.label,
            period_name=self.words.say(scene.period.name),
            internal=self.words.say(beside) if (beside := internal(scene.period)) else "",
            year=scene.period.year,
            first=self.window.first,
            last=self.window.last,
            basis=self.window.basis,
            year_first=self.year_first,
            as_of=self.agenda.as_of,
            next_name=self.words.say(scene.period.shifted(1).name),
            next_first=self.next.first,
            next_last=self.next.last,
            tasks=len({id(case.task) for case in every}),
            updates=sum(updates.values()),
            silent=self._silent(updates),
            unmatched=self._unmatched(),
            errors=scene.errors,
            fields=self._fields_results(every),
            parts=tuple(self._part(role, cases[role]) for role in roles),
            statistics=self._statistics(cases[Role.LEAD]),
            difficulties=tuple(self._remark(r, r.difficulty) for r in remarks if r.difficulty),
            proposals=tuple(self._remark(r, r.proposal) for r in remarks if r.proposal),
            appendix=self._appendix(every),
        )

    def _addressee(self) -> str | None:
        """Whom a unit's report goes to; of the office's report nobody has said it."""
        scene = self.scene
        covered = _covered(scene.plan, scene.calendar, scene.period)
        if scene.unit is None or covered is None:
            return None
        to = self.agenda.addressee(covered[0])
        return str(to.name) if to is not None and to.id != scene.unit.id else None

    # -- cases -------------------------------------------------------------------------------------

    def _cases(self, role: Role) -> Iterator[_Case]:
        """Every occurrence of every task that the report's unit (or office) has in that role."""
        unit = self.scene.unit
        for task, items_of_task in self._tasks:
            scheduled = self.agenda.schedule.of_task(task)
            mine: dict[str, list[Item]] = defaultdict(list)
            for item in items_of_task:
                if item.assignment.role is role and (unit is None or _is(item, unit)):
                    mine[_period(item.occurrence)].append(item)
            for occurrence in scheduled.slots:
                items = mine[_period(occurrence)]
                halt = self.agenda.halt(str(task.id), occurrence)
                if items:
                    found = together([item.standing for item in items])
                elif unit is None:  # nobody known leads it; it is counted all the same
                    found = standing(
                        scheduled.deadline.kind, occurrence, (), self.agenda.as_of, self._soon
                    )
                    found = halted(found, halt)
                else:
                    continue
                yield _Case(task, occurrence, tuple(items), found, halt)

    def _counted(self, case: _Case) -> bool:
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

    def _upcoming(self, case: _Case) -> bool:
        due, halt = case.due, case.stopped_by
        if due is None or case.done or (halt and (halt.until is None or halt.until >= due)):
            return False
        return self.agenda.as_of <= due <= self.next.last

    def _halted(self, case: _Case) -> bool:
        """Stopped, and of this report: counted, or by a document of its window."""
        halt = case.stopped_by
        return halt is not None and (self._counted(case) or halt.on >= self.window.first)

    # -- figures -----------------------------------------------------------------------------------

    def _part(self, role: Role, cases: Sequence[_Case]) -> view.Part:
        whole = self.scene.unit is None
        counted = [case for case in cases if self._counted(case)]
        totals = figures(counted)

        def having(*statuses: Status) -> tuple[view.Row, ...]:
            return self._rows(c for c in counted if c.standing.status in statuses)

        return view.Part(
            role="" if whole else role.value,
            figures=totals,
            statuses=tuple(
                view.StatusCount(s.value, self.words.name(s), getattr(totals, s.value))
                for s in Status
            ),
            by_field=self._by_field(counted),
            by_unit=self._by_unit() if whole else (),
            done=self._entered(cases, self._completed),
            undated=self._entered(counted, _completed_some_day),
            overdue=having(Status.OVERDUE),
            upcoming=self._rows(case for case in cases if self._upcoming(case)),
            waiting=having(Status.WAITING),
            continuous=having(Status.CONTINUOUS),
            no_due_date=having(Status.NO_DUE_DATE),
            halted=self._halted_rows(cases),
        )

    def _by_field(self, counted: Sequence[_Case]) -> tuple[view.FiguresOf, ...]:
        return tuple(
            view.FiguresOf(field, self._fields[field], figures(cases))
            for field, cases in self._grouped(counted).items()
            if cases or self.scene.unit is None
        )

    def _grouped(self, cases: Iterable[_Case]) -> Mapping[str, list[_Case]]:
        """Cases by field, in printed order."""
        grouped: dict[str, list[_Case]] = {field: [] for field in self._fields}
        for case in cases:
            grouped[str(case.task.field)].append(case)
        return grouped

    def _fields_results(self, every: Iterable[_Case]) -> tuple[view.FieldResults, ...]:
        """Each field that the office, or the unit, has a part in."""
        found = []
        for field, cases in self._grouped(every).items():
            counted = [case for case in cases if self._counted(case)]
            late = (case for case in counted if case.standing.status is Status.OVERDUE)
            if cases or self.scene.unit is None:
                found.append(
                    view.FieldResults(
                        field,
                        self._fields[field],
                        figures(counted),
                        self._entered((c for c in cases if c.done), self._completed),
                        self._rows(late),
                    )
                )
        return tuple(found)

    def _statistics(self, leads: Sequence[_Case]) -> view.Statistics:
        found = figures(case for case in leads if self._counted(case))
        return view.Statistics(
            tasks=len({id(case.task) for case in leads}),
            total=found.total,
            done=found.done,
            rate=_percent(found.done, found.total),
            on_time=found.done_on_time,
            late=found.done_late,
            unjudged=found.done_undated + found.done_no_due_date,
            overdue=found.overdue,
        )

    def _by_unit(self) -> tuple[view.FiguresOf, ...]:
        """Each unit's own share as lead; what several lead together counts for each of them."""
        grouped: dict[tuple[str, str], list[_Case]] = {
            (str(unit.id), str(unit.name)): [] for unit in self.agenda.directory.units.values()
        }
        for task, items in self._tasks:
            for item in items:
                if item.assignment.role is not Role.LEAD:
                    continue
                case = _Case(task, item.occurrence, (item,), item.standing, item.halt)
                if self._counted(case):
                    grouped.setdefault(item.who, []).append(case)
        return tuple(
            view.FiguresOf(unit, name, figures(cases))
            for (unit, name), cases in grouped.items()
            if cases
        )

    # -- lists -------------------------------------------------------------------------------------

    def _rows(self, cases: Iterable[_Case]) -> tuple[view.Row, ...]:
        """One row a task, in printed order."""
        return tuple(
            self._row([(case, ()) for case in group])
            for _task, group in groupby(cases, key=lambda case: id(case.task))
        )

    def _halted_rows(self, cases: Iterable[_Case]) -> tuple[view.Row, ...]:
        """One row a task and document that stops it, in printed order."""
        found: dict[tuple[int, Halt | None], list[_Case]] = defaultdict(list)
        for case in filter(self._halted, cases):
            found[id(case.task), case.stopped_by].append(case)
        return tuple(self._row([(case, ()) for case in group]) for group in found.values())

    def _entered(
        self, cases: Iterable[_Case], wanted: Callable[[Progress], bool]
    ) -> tuple[view.Row, ...]:
        """The tasks with entries of one sort, and those entries."""
        found = [(case, tuple(r for r in case.records if self._known(r) and wanted(r)))
                 for case in cases]  # fmt: skip
        return tuple(
            self._row(list(group))
            for _task, group in groupby(
                ((case, records) for case, records in found if records),
                key=lambda pair: id(pair[0].task),
            )
        )

    def _completed(self, record: Progress) -> bool:
        """Done within the window, by the real day and not by the day of entry."""
        day = record.completed_on
        if record.state is not State.DONE or day is None:
            return False
        return self.window.first <= day <= self.window.last

    def _known(self, record: Progress) -> bool:
        """Entered by the as-of day, as far as anybody can tell."""
        day = counts_from(record)
        return day is None or day <= self.agenda.as_of

    def _row(self, found: Sequence[tuple[_Case, tuple[Progress, ...]]]) -> view.Row:
        task, last = found[0][0].task, found[-1][0]
        steps = last.occurrence.steps if last.occurrence else ()
        mine = last.items[0].assignment if self.scene.unit else None
        return view.Row(
            id=str(task.id),
            number=str(task.number),
            name=str(task.name),
            field=str(task.field or ""),
            products=tuple(str(product) for product in task.products),
            lead=self._cell(found, Role.LEAD),
            support=self._cell(found, Role.SUPPORT),
            deadline=str(task.deadline or ""),
            role=mine.role.value if mine else "",
            via=str(mine.via.name) if mine and mine.via else "",
            waits_for=tuple(self._events[e] for e in map(str, task.events) if e in self._events),
            why=tuple(self.words.say(step.message) for step in steps),
            lines=tuple(self._line(case, records) for case, records in found),
        )

    def _cell(self, found: Sequence[tuple[_Case, tuple[Progress, ...]]], role: Role) -> str:
        """Who leads or supports as printed, with those to whom the work has passed on since."""
        task = found[0][0].task
        periods = {_period(case.occurrence) for case, _records in found}
        items = (item for item in self._items[id(task)] if _period(item.occurrence) in periods)
        return cell(task, role, items, self.words.say)

    def _line(self, case: _Case, records: tuple[Progress, ...]) -> view.Line:
        owing = [item for item in case.items if item.status not in DONE]
        ahead = case.due is not None and case.due >= self.agenda.as_of
        return view.Line(
            period=_period(case.occurrence),
            period_name=in_words(_period(case.occurrence), self._events, self.words),
            start=case.occurrence.start if case.occurrence else None,
            due=case.due,
            extension=self._extension(case),
            last_working_day=case.items[0].last_working_day if owing and ahead else None,
            days=case.standing.days,
            status=case.standing.status.value,
            text=self.words.status(case.standing),
            counted=self._counted(case),
            owed_by=tuple(i.who[1] for i in owing) if len(owing) < len(case.items) else (),
            entries=tuple(self._entry(record) for record in records),
            halt=_decision(case.stopped_by),
        )

    def _extension(self, case: _Case) -> view.Extension | None:
        occurrence = case.occurrence
        if occurrence is None or occurrence.original_due is None:
            return None
        granted = occurrence.steps[-1].message  # the document that holds comes last
        return view.Extension(occurrence.original_due, self.words.say(granted))

    def _entry(self, record: Progress) -> view.Entry:
        return view.Entry(
            unit=self._unit_name(record),
            completed_on=record.completed_on,
            recorded_on=record.recorded_on,
            evidence=tuple(self._evidence(evidence) for evidence in record.evidence),
            note=stated(record.note),
        )

    def _evidence(self, evidence: Evidence) -> str:
        document = stated(evidence.document)
        if document and evidence.date:
            document = self.words.say(
                msg("{document} of {day}", document=document, day=evidence.date)
            )
        pieces = (document, stated(evidence.title), stated(evidence.file))
        return "; ".join(piece for piece in pieces if piece)

    def _appendix(self, every: Iterable[_Case]) -> tuple[view.FieldRows, ...]:
        """Each task with what the figures count of it and what falls due next."""
        lines: dict[int, list[_Case]] = defaultdict(list)
        known: dict[int, _Case] = {}
        for case in every:
            known.setdefault(id(case.task), case)
            if self._counted(case) or self._upcoming(case):
                lines[id(case.task)].append(case)
        return tuple(
            view.FieldRows(
                str(area.id),
                str(area.name),
                tuple(
                    self._appendix_row(known[id(task)], lines[id(task)])
                    for task in area.tasks
                    if id(task) in known
                ),
            )
            for area in self.scene.plan.fields
        )

    def _appendix_row(self, any_case: _Case, cases: Sequence[_Case]) -> view.Row:
        row = self._row([(case, ()) for case in cases] or [(any_case, ())])
        return row if cases else replace(row, lines=())

    # -- what units wrote --------------------------------------------------------------------------

    def _updates(self) -> Mapping[str, int]:
        """Entries up to the as-of day, by unit."""
        unit = self.scene.unit
        return Counter(
            str(record.unit)
            for record in self.scene.plan.progress
            if self._known(record) and (unit is None or record.unit == unit.id)
        )

    def _silent(self, updates: Mapping[str, int]) -> tuple[str, ...]:
        leads = {
            str(item.unit.id)
            for _task, items in self._tasks
            for item in items
            if item.unit is not None and item.assignment.role is Role.LEAD
        }
        wanted = self.scene.unit
        return tuple(
            str(unit.name)
            for id_, unit in self.agenda.directory.units.items()
            if (id_ in leads if wanted is None else unit is wanted) and not updates.get(id_)
        )

    def _unmatched(self) -> tuple[str, ...]:
        """Entries that no figure can hold: no such task, period, or part of the unit in it."""
        unit = self.scene.unit
        known = {key for _task, items in self._tasks for item in items for key in _keys(item)}
        return tuple(
            f"{self._unit_name(record)}, {record.task} ({record.period or '-'})"
            for record in self.scene.plan.progress
            if (unit is None or record.unit == unit.id)
            and self._known(record)
            and _key_of(record) not in known
        )

    def _remarks(self) -> list[Progress]:
        """Entries made in the window, and earlier ones about work that is not done yet."""
        unit = self.scene.unit
        done = {
            key
            for _task, items in self._tasks
            for item in items
            if item.status in DONE
            for key in _keys(item)
        }
        return [
            record
            for record in self.scene.plan.progress
            if (unit is None or record.unit == unit.id)
            and _on_record(record, self.agenda.as_of)
            and (
                record.recorded_on is None
                or record.recorded_on >= self.window.first
                or _key_of(record) not in done
            )
        ]

    def _remark(self, record: Progress, text: str | None) -> view.Remark:
        return view.Remark(
            unit=self._unit_name(record),
            task=str(record.task),
            name=self._names.get(str(record.task), ""),
            period=str(record.period or ""),
            period_name=in_words(str(record.period or ""), self._events, self.words),
            text=str(text or ""),
        )

    def _unit_name(self, record: Progress) -> str:
        unit = self.agenda.directory.units.get(str(record.unit))
        return str(unit.name) if unit else str(record.unit or "")


def figures(cases: Iterable[_Case]) -> view.Figures:
    """Counts by status, with the evidence behind what is done."""
    cases = list(cases)
    counts = Counter(case.standing.status for case in cases)
    done = sum(counts[status] for status in DONE)
    proven = sum(case.evidenced for case in cases)
    return view.Figures(
        total=len(cases),
        **{status.value: counts[status] for status in Status},
        halted=sum(counts[status] for status in HALTED),
        done=done,
        with_evidence=proven,
        without_evidence=done - proven,
    )


def _percent(count: int, total: int) -> str | None:
    """A share in percent as it is written in Vietnamese, "38,5"; None of nothing.

    Only all of it is 100.
    """
    if not total:
        return None
    share = 100 * count / total
    return f"{share if count == total else min(share, 99.9):.1f}".replace(".", ",")


def _signer(office: Office) -> view.Signer | None:
    signer = office.signer
    if signer is None:
        return None
    lines = (*(signer.authority or "").splitlines(), *signer.title.splitlines())
    return view.Signer(tuple(str(line) for line in lines), str(signer.name))


def _decision(halt: Halt | None) -> view.Decision | None:
    if halt is None:
        return None
    return view.Decision(str(halt.authority), halt.on, halt.until, str(halt.reason))


def _period(occurrence: Occurrence | None) -> str:
    return str(occurrence.period) if occurrence else ""


def _keys(item: Item) -> Iterator[tuple[str, str, str]]:
    """What entries about it are found by: those who held it and the one who does, task, period."""
    holders = [step.giver for step in item.passed] + ([item.unit] if item.unit else [])
    for unit in holders:
        yield str(unit.id), str(item.of.id), _period(item.occurrence)


def _key_of(record: Progress) -> tuple[str, str, str]:
    return str(record.unit), str(record.task), str(record.period or "")


def _completed_some_day(record: Progress) -> bool:
    return record.state is State.DONE and record.completed_on is None


def _on_record(record: Progress, as_of: date) -> bool:
    return record.recorded_on is None or record.recorded_on <= as_of


def _is(item: Item, unit: Unit) -> bool:
    return item.unit is not None and item.unit.id == unit.id
