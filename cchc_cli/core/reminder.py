"""What each unit owes → one follow-up letter (công văn đôn đốc) a unit.

A unit gets a letter for what it leads and has not done: overdue, or due within some days. What it
supports is mentioned in that letter, and gives none by itself. Letters consist of plain values,
as reports do: see `core.report.view`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item, Work, by_urgency
from cchc_cli.core.deadlines.terms import WAITS
from cchc_cli.core.model import Finding, Office, Task, Unit
from cchc_cli.core.report.words import Words, in_words, plan_name, stated
from cchc_cli.core.status import Status
from cchc_cli.core.units import Role

_OWED = (Status.OVERDUE, Status.DUE_SOON)


@dataclass(frozen=True, slots=True)
class Owed:
    """One occurrence of one task, reporting duty or finding that is not done.

    Of a finding, the measure stands in place of `products`.
    `lead`, `support` and `deadline` are the cells as printed; `why` are the steps from the printed
    words to the due day, and `counted` says that the words alone do not tell it: it is counted from
    an event, or a later day was granted. `via` is the group that the unit is reached through, else
    "". `original_due` is the due day by the plan where a later one was granted, and
    `last_working_day` is set where the due day lies ahead and is a day of rest. `text` is the
    status in words with its `days`, late or left.
    """

    id: str
    name: str
    period_name: str
    products: tuple[str, ...]
    lead: str
    support: str
    deadline: str
    via: str
    why: tuple[str, ...]
    counted: bool
    due: date
    original_due: date | None
    last_working_day: date | None
    status: str
    days: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything in one letter from the office (`issuer`, under its `superior`) to one unit.

    The rows are those overdue on `as_of`, then those due within `within` days from then, that day
    included. `supported` is what others lead. `errors` in the plan files make any list incomplete.
    `None` is a blank.
    """

    plan: str
    plan_name: str
    superior: str | None
    issuer: str | None
    place: str | None
    symbol: str | None
    unit_id: str
    unit: str
    as_of: date
    within: int
    overdue: int
    due_soon: int
    rows: tuple[Owed, ...]
    supported: tuple[Owed, ...]
    errors: int


class Round(NamedTuple):
    """The letters of one plan, in the order of the units; who owes nothing; what no unit gets.

    `unaddressed` are owed by units that the plan does not name.
    """

    letters: tuple[Letter, ...]
    free: tuple[Unit, ...]
    unaddressed: tuple[Item, ...]


class Sender(NamedTuple):
    """Who writes, in which words; `within` as for the agenda, `errors` those of the plan files."""

    office: Office | None
    words: Words
    within: int
    errors: int = 0


def remind(agenda: Agenda, sender: Sender, unit: Unit | None = None) -> Round:
    """The letters to one unit or to all, as of the agenda's day."""
    owed = [item for item in by_urgency(agenda.items(unit=unit)) if item.status in _OWED]
    writer = _Writer(agenda, sender)
    units = [unit] if unit is not None else list(agenda.directory.units.values())
    letters: list[Letter] = []
    free: list[Unit] = []
    for each in units:
        mine = [item for item in owed if item.unit is not None and item.unit.id == each.id]
        leads = [item for item in mine if item.assignment.role is Role.LEAD]
        if leads:
            helps = [item for item in mine if item.assignment.role is Role.SUPPORT]
            letters.append(writer.letter(each, leads, helps))
        else:
            free.append(each)
    nobody = [i for i in owed if i.unit is None and i.assignment.role is Role.LEAD]
    return Round(tuple(letters), tuple(free), tuple(nobody))


class _Writer:
    def __init__(self, agenda: Agenda, sender: Sender) -> None:
        self._agenda = agenda
        self._sender = sender
        self._events = {str(event.id): str(event.name) for event in agenda.plan.events}

    def letter(self, unit: Unit, leads: list[Item], helps: list[Item]) -> Letter:
        plan, office = self._agenda.plan, self._sender.office
        return Letter(
            plan=str(plan.id),
            plan_name=plan_name(plan),
            superior=stated(office.parent) if office else None,
            issuer=stated(office.agency) if office else None,
            place=stated(office.place) if office else None,
            symbol=stated(office.symbol) if office else None,
            unit_id=str(unit.id),
            unit=str(unit.name),
            as_of=self._agenda.as_of,
            within=self._sender.within,
            overdue=_count(leads, Status.OVERDUE),
            due_soon=_count(leads, Status.DUE_SOON),
            rows=self._rows(leads),
            supported=self._rows(helps),
            errors=self._sender.errors,
        )

    def _rows(self, items: Iterable[Item]) -> tuple[Owed, ...]:
        return tuple(self._row(item) for item in items)

    def _row(self, item: Item) -> Owed:
        occurrence, of = item.occurrence, item.of
        assert occurrence is not None
        assert occurrence.due is not None  # or nothing would be overdue or due soon
        ahead = occurrence.due >= self._agenda.as_of
        via = item.assignment.via
        return Owed(
            id=str(of.id),
            name=str(of.name),
            period_name=in_words(str(occurrence.period), self._events, self._sender.words),
            products=_expected(of),
            lead="" if isinstance(of, Finding) else str(of.lead or ""),
            support=str(of.support or "") if isinstance(of, Task) else "",
            deadline=item.wording,
            via=str(via.name) if via else "",
            why=tuple(self._sender.words.say(step.message) for step in occurrence.steps),
            counted=item.deadline.kind in WAITS or occurrence.original_due is not None,
            due=occurrence.due,
            original_due=occurrence.original_due,
            last_working_day=item.last_working_day if ahead else None,
            status=item.status.value,
            days=item.standing.days,
            text=self._sender.words.status(item.standing),
        )


def _expected(of: Work) -> tuple[str, ...]:
    """What is to come of it: the products of a task, the measure of a finding."""
    match of:
        case Task():
            return tuple(map(str, of.products))
        case Finding():
            return (str(of.measure),) if of.measure else ()
    return ()


def _count(items: Iterable[Item], status: Status) -> int:
    return sum(item.status is status for item in items)
