"""The documents of an inspection: the record of a visit, and the report on a year's results.

They consist of plain values, as reports do: see `core.report.view`. `None` is a blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.inspection import Problem, figures, problems
from cchc_cli.core.model import Evidence, Inspection, Office, Plan, Visit
from cchc_cli.core.periods import Days
from cchc_cli.core.report.words import Words, plan_name, stated


@dataclass(frozen=True, slots=True)
class Head:
    """Who inspects, and on what ground: the document `authority` of the day `on`."""

    plan_name: str
    superior: str | None
    issuer: str | None
    place: str | None
    symbol: str | None
    year: int
    authority: str | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the team."""

    name: str
    role: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A problem found with a unit; `deadline` in words, `due` its day, `text` where it stands."""

    id: str
    unit: str
    name: str
    measure: str | None
    deadline: str | None
    due: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """A visit as planned and held; `record` is the document that records it."""

    id: str
    unit: str
    deadline: str | None
    held_on: date | None
    scope: str | None
    record: str | None
    problems: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """The record of a visit, to be completed by hand and signed."""

    head: Head
    visit: Inspected
    team: tuple[Person, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a year's inspection came to as of a day, in numbers and problem by problem.

    `visits` are those planned for the year, `held` and `units` of them how many have been held,
    with how many units. `found` are the problems, of which `settled`, `cancelled` and `open` (of
    them `overdue`) add up. `errors` in the plan files make any list incomplete.
    """

    head: Head
    as_of: date
    team: tuple[Person, ...]
    visits: tuple[Inspected, ...]
    rows: tuple[Row, ...]
    held: int
    units: int
    found: int
    settled: int
    cancelled: int
    open: int
    overdue: int
    errors: int


def record(agenda: Agenda, office: Office | None, visit: Visit, words: Words) -> Record:
    """The record of a visit of the agenda's plan."""
    inspection = next(i for i in agenda.plan.inspections if visit in i.visits)
    found = [problem for problem in problems(agenda) if problem.visit.id == visit.id]
    return Record(
        _head(agenda.plan, office, inspection),
        _inspected(agenda, visit),
        _team(agenda, inspection),
        _rows(agenda, found, words),
    )


def results(
    agenda: Agenda, office: Office | None, year: int, words: Words, errors: int
) -> Results | None:
    """The results of a year as of the agenda's day; None where nothing is kept of the year."""
    inspection = next((i for i in agenda.plan.inspections if i.year == year), None)
    found = figures(agenda, Days(date(year, 1, 1), date(year, 12, 31)))
    if inspection is None or found is None:
        return None
    settled = [problem for problem in found.found if problem.settled]
    cancelled = [problem for problem in found.found if problem.cancelled]
    still = [problem for problem in found.found if problem not in (*settled, *cancelled)]
    return Results(
        _head(agenda.plan, office, inspection),
        agenda.as_of,
        _team(agenda, inspection),
        tuple(_inspected(agenda, visit) for visit in inspection.visits),
        _rows(agenda, found.found, words),
        held=len(found.held),
        units=len(found.units),
        found=len(found.found),
        settled=len(settled),
        cancelled=len(cancelled),
        open=len(still),
        overdue=sum(problem.overdue for problem in still),
        errors=errors,
    )


def _head(plan: Plan, office: Office | None, inspection: Inspection) -> Head:
    return Head(
        plan_name=plan_name(plan),
        superior=stated(office.parent) if office else None,
        issuer=stated(office.agency) if office else None,
        place=stated(office.place) if office else None,
        symbol=stated(office.symbol) if office else None,
        year=inspection.year,
        authority=stated(inspection.authority),
        on=inspection.on,
    )


def _team(agenda: Agenda, inspection: Inspection) -> tuple[Person, ...]:
    return tuple(
        Person(
            str(member.name),
            stated(member.role),
            _unit(agenda, member.unit) if member.unit else None,
        )
        for member in inspection.team
    )


def _unit(agenda: Agenda, name: str | None) -> str:
    unit = agenda.directory.units.get(str(name))
    return str(unit.name if unit else name)


def _inspected(agenda: Agenda, visit: Visit) -> Inspected:
    held_on = visit.held_on if visit.held_on and visit.held_on <= agenda.as_of else None
    return Inspected(
        str(visit.id),
        _unit(agenda, visit.unit),
        stated(visit.deadline),
        held_on,
        stated(visit.scope),
        _cited(visit.record) if visit.record else None,
        len(visit.findings) if held_on else None,
    )


def _cited(record: Evidence) -> str | None:
    """A document as papers cite it."""
    if record.document and record.date:
        return f"{record.document} ngày {record.date:%d/%m/%Y}"
    return stated(record.document or record.title)


def _rows(agenda: Agenda, found: Iterable[Problem], words: Words) -> tuple[Row, ...]:
    """One row an occurrence: most problems have just one."""
    return tuple(
        Row(
            str(problem.finding.id),
            _unit(agenda, problem.finding.unit),
            str(problem.finding.name),
            stated(problem.finding.measure),
            stated(problem.finding.deadline),
            item.due,
            words.status(item.standing),
        )
        for problem in found
        for item in problem.items
    )
