"""Many offices → one picture: each office is summed up by itself, and the sums are added.

Figures are those of the report of a year (`core/report/cases`). A summary is small and holds
nothing of the plans it was made of, so that any number of offices can be read one after another.
A field of another plan is the same field if its name is the same, whatever its case and marks;
other names are fields of their own. What nobody has counted has no rate: None, never 0 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.lineage import Lineage
from cchc_cli.core.message import Message
from cchc_cli.core.model import Plan, Workspace
from cchc_cli.core.periods import Period, parse_period
from cchc_cli.core.report.cases import Cases, Occasion, Scene, Share
from cchc_cli.core.report.view import Figures
from cchc_cli.core.report.words import stated
from cchc_cli.core.status import DONE, HALTED, Status
from cchc_cli.core.units import Directory, Role
from cchc_cli.core.wording import fold

_COUNTS = tuple(field.name for field in fields(Figures))


class Asked(NamedTuple):
    """The day to judge by, and the period: figures are of its year, reports of periods in it."""

    as_of: date
    period: Period

    @property
    def year(self) -> Period:
        """The year of the figures."""
        return Period(self.period.year, 1, 12)


class Known(NamedTuple):
    """An office as it was read: how it is called, from which commit, and with how many errors.

    `revision` is the id of a commit, None outside git; `changed` says that the files are not as
    that commit has them.
    """

    office: str
    revision: str | None
    changed: bool
    errors: int


class Late(NamedTuple):
    """The figures of one field or unit, and by how many days the latest of it is overdue."""

    id: str
    name: str
    figures: Figures
    longest: int | None


class Report(NamedTuple):
    """One period of a reporting duty for one unit, whose window ended on the day `ends`.

    `due` is None where the plan names no day; `days` are late if overdue or done late.
    """

    plan: str
    duty: str
    name: str
    period: str
    unit: str
    unit_name: str
    ends: date
    due: date | None
    status: Status
    days: int | None
    completed_on: date | None

    @property
    def missing(self) -> bool:
        """Whether it ought to be there; without a due day, from the end of its window on."""
        if self.due is None:
            return self.status not in (*DONE, *HALTED)
        return self.status is Status.OVERDUE


class OfficeSummary(NamedTuple):
    """What one office adds to the whole."""

    known: Known
    agency: str
    parent: str | None
    plans: tuple[str, ...]
    figures: Figures
    longest: int | None
    fields: tuple[Late, ...]
    units: tuple[Late, ...]
    reports: tuple[Report, ...]


class Skipped(NamedTuple):
    """An office that is in no figure, and why."""

    office: str
    reason: Message
    hint: Message | None = None


def counted_plans(workspace: Workspace, asked: Asked) -> list[Agenda]:
    """The plans whose work counts in a year, all that have begun by then, as of the day.

    The only place that decides it: where plans share work, it is here that it is left to one.
    """
    directory = Directory(workspace.units, workspace.groups)
    lineage = Lineage(workspace, directory)
    agendas = [
        Agenda(lineage.joined(plan), directory, workspace.calendar, asked.as_of, workspace.soon)
        for plan in workspace.plans.values()
        if plan.period.first <= asked.period.year
    ]
    lineage.shown_once(agendas)
    return agendas


class Counted(NamedTuple):
    """One plan of an office, ready to be counted."""

    agenda: Agenda
    occasions: tuple[Occasion, ...]

    @property
    def plan(self) -> Plan:
        """The plan as it stands on the day."""
        return self.agenda.plan


def counted(workspace: Workspace, asked: Asked, *, support: bool = True) -> Iterator[Counted]:
    """Each plan that counts, with all its occurrences; without `support`, of the leads alone."""
    for agenda in counted_plans(workspace, asked):
        scene = Scene(agenda.plan, workspace.office, workspace.calendar, asked.year)
        role = None if support else Role.LEAD
        cases = Cases(scene, agenda, workspace.soon, role)
        yield Counted(agenda, tuple(cases.occasions()))


def summarise(workspace: Workspace, known: Known, asked: Asked) -> OfficeSummary:
    """One office on a day; nothing in it leads back to its plans."""
    whole: list[Share] = []
    by_field: dict[str, tuple[str, list[Share]]] = {}
    by_unit: dict[tuple[str, str], list[Share]] = {}
    reports: list[Report] = []
    plans = []
    for each in counted(workspace, asked, support=False):
        plans.append(str(each.plan.id))
        names = {str(area.id): str(area.name) for area in each.plan.fields}
        for area in each.plan.fields:
            if area.tasks:
                by_field.setdefault(fold(area.name), (str(area.name), []))
        for occasion in each.occasions:
            if occasion.whole.counted:
                whole.append(occasion.whole)
                by_field[fold(names[str(occasion.task.field)])][1].append(occasion.whole)
            for share in occasion.leads:
                if share.counted and share.item is not None:
                    by_unit.setdefault(share.item.who, []).append(share)
        reports += reports_of(each.agenda, asked)
    return OfficeSummary(
        known,
        agency_of(workspace),
        stated(workspace.office.parent) if workspace.office else None,
        tuple(plans),
        figures(whole),
        _longest(whole),
        tuple(_late(key, name, shares) for key, (name, shares) in by_field.items()),
        tuple(_late(*who, shares) for who, shares in by_unit.items()),
        tuple(reports),
    )


def agency_of(workspace: Workspace) -> str:
    """The name of the office, "" where it has none on record."""
    return (stated(workspace.office.agency) if workspace.office else None) or ""


def _late(id_: str, name: str, shares: list[Share]) -> Late:
    return Late(id_, name, figures(shares), _longest(shares))


def _longest(shares: Iterable[Share]) -> int | None:
    late = (s.standing.days for s in shares if s.standing.status is Status.OVERDUE)
    return max((days for days in late if days is not None), default=None)


def reports_of(agenda: Agenda, asked: Asked) -> Iterator[Report]:
    """The reports of the plan’s duties whose windows ended between its first day and the day."""
    plan = agenda.plan
    for duty in plan.duties:
        windows = agenda.schedule.of_wording(duty.window).occurrences
        ends = {window.period: window.due for window in windows}
        for item in agenda.of(duty):
            last = ends.get(item.period)
            if last is None or last > asked.as_of or last < (plan.effective or last):
                continue
            if _within(item.period, asked.period):
                days = [record.completed_on for record in item.records]
                yield Report(
                    str(plan.id), str(duty.id), str(duty.name), str(item.period), *item.who, last,
                    item.due, item.status, item.standing.days,
                    max((day for day in days if day), default=None),
                )  # fmt: skip


def _within(label: str, period: Period) -> bool:
    found = parse_period(label)
    if found is None or found.year != period.year:
        return False
    return period.first <= found.first and found.last <= period.last


def figures(shares: Iterable[Share]) -> Figures:
    """Counts by status, with the evidence behind what is done."""
    shares = list(shares)
    counts = Counter(share.standing.status for share in shares)
    done = sum(counts[status] for status in DONE)
    proven = sum(share.evidenced for share in shares)
    return Figures(
        total=len(shares),
        **{status.value: counts[status] for status in Status},
        halted=sum(counts[status] for status in HALTED),
        done=done,
        with_evidence=proven,
        without_evidence=done - proven,
    )


NOTHING = figures(())


def rate(found: Figures) -> float | None:
    """The share of what is done, from 0 to 1; None of nothing."""
    return found.done / found.total if found.total else None


def together(one: Figures, other: Figures) -> Figures:
    """The sum of two."""
    return Figures(*(getattr(one, name) + getattr(other, name) for name in _COUNTS))


class Reports(NamedTuple):
    """How many reports ought to be there or are, how many of them late or missing."""

    total: int = 0
    done: int = 0
    late: int = 0
    missing: int = 0

    def plus(self, report: Report) -> Reports:
        """With one more."""
        return Reports(
            self.total + 1,
            self.done + (report.status in DONE),
            self.late + (report.status is Status.DONE_LATE),
            self.missing + report.missing,
        )


class OfficeRow(NamedTuple):
    """One office in the whole. `rank` is None where there is nothing to rank it by."""

    known: Known
    agency: str
    plans: tuple[str, ...]
    figures: Figures
    longest: int | None
    reports: Reports
    rank: int | None = None


class FieldRow(NamedTuple):
    """A field under all its spellings; `key` is its name without case and marks.

    `offices` are those that have something to count in it.
    """

    key: str
    name: str
    offices: int
    figures: Figures


class UnitRow(NamedTuple):
    """A unit of one office."""

    office: str
    agency: str
    unit: Late


class MissingRow(NamedTuple):
    """A report that units of an office still owe; `days` are late, None without a due day."""

    office: str
    agency: str
    plan: str
    duty: str
    name: str
    period: str
    ends: date
    due: date | None
    days: int | None
    units: tuple[str, ...]


class Rollup:
    """Adds summaries up as they come; it keeps a few small rows of each office and no more."""

    def __init__(self) -> None:
        self.total = NOTHING
        self.reports = Reports()
        self.skipped: list[Skipped] = []
        self.units: list[UnitRow] = []
        self.missing: list[MissingRow] = []
        self._offices: list[OfficeRow] = []
        self._fields: dict[str, FieldRow] = {}

    def add(self, found: OfficeSummary | Skipped) -> None:
        """One office more, or one that could not be read."""
        if isinstance(found, Skipped):
            self.skipped.append(found)
            return
        of_office = Reports()
        for report in found.reports:
            of_office = of_office.plus(report)
        self.total = together(self.total, found.figures)
        self.reports = Reports(*map(sum, zip(self.reports, of_office, strict=True)))
        self._offices.append(
            OfficeRow(
                found.known, found.agency, found.plans, found.figures, found.longest, of_office
            )
        )
        for area in found.fields:
            row = self._fields.get(area.id) or FieldRow(area.id, area.name, 0, NOTHING)
            self._fields[area.id] = row._replace(
                offices=row.offices + bool(area.figures.total),
                figures=together(row.figures, area.figures),
            )
        office = found.known.office
        self.units += (UnitRow(office, found.agency, unit) for unit in found.units)
        self.missing += _missing(office, found.agency, found.reports)

    @property
    def with_errors(self) -> int:
        """How many of the offices read have errors in their plans."""
        return sum(bool(row.known.errors) for row in self._offices)

    @property
    def fields(self) -> list[FieldRow]:
        """Every field, in the order in which they were met."""
        return list(self._fields.values())

    def ranking(self) -> list[OfficeRow]:
        """All offices, the highest rate first, then the least overdue; equals share a rank.

        Those without anything to count come last, without a rank.
        """
        ranked: list[OfficeRow] = []
        for place, row in enumerate(sorted(self._offices, key=_merit), 1):
            before = ranked[-1] if ranked else None
            if not row.figures.total:
                ranked.append(row)
            elif before is not None and _merit(before) == _merit(row):
                ranked.append(row._replace(rank=before.rank))
            else:
                ranked.append(row._replace(rank=place))
        return ranked

    def late_offices(self) -> list[OfficeRow]:
        """Offices with something overdue, the most first, then the longest."""
        late = (row for row in self._offices if row.figures.overdue)
        return sorted(late, key=lambda row: (-row.figures.overdue, -(row.longest or 0)))

    def late_units(self) -> list[UnitRow]:
        """Units with something overdue, likewise."""
        late = (row for row in self.units if row.unit.figures.overdue)
        return sorted(late, key=lambda r: (-r.unit.figures.overdue, -(r.unit.longest or 0)))


def _merit(row: OfficeRow) -> tuple[bool, float, int]:
    found = rate(row.figures)
    return found is None, -(found or 0.0), row.figures.overdue


def _missing(office: str, agency: str, reports: Iterable[Report]) -> Iterator[MissingRow]:
    """One row a report, with all the units that owe it."""
    grouped: dict[tuple[str, str, str], list[Report]] = {}
    for report in reports:
        if report.missing:
            grouped.setdefault((report.plan, report.duty, report.period), []).append(report)
    for owed in grouped.values():
        first = owed[0]
        days = [report.days for report in owed if report.days is not None]
        yield MissingRow(
            office, agency, first.plan, first.duty, first.name, first.period, first.ends,
            first.due, max(days, default=None), tuple(report.unit for report in owed),
        )  # fmt: skip


def counts(found: Figures) -> Mapping[str, int]:
    """The figures by their stable names."""
    return {name: getattr(found, name) for name in _COUNTS}
