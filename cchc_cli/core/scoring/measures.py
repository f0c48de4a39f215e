"""What the records of the plans answer by themselves, with the items behind each answer.

A measure tells three things: the answer as of a day, the best answer that can still be reached
before the year ends, and why. Where the records do not answer, there is no answer; a measure is
never zero because nobody recorded anything to be measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Duty, Measure, MeasureKind, Plan, Task
from cchc_cli.core.periods import parse_period
from cchc_cli.core.report.build import together
from cchc_cli.core.scoring.rules import Answer, percent
from cchc_cli.core.status import DONE, Status
from cchc_cli.core.units import Role

Agendas = Callable[[Plan, date], Agenda]
"""The agenda of a plan on a day."""


_MISSED = (Status.OVERDUE, Status.DONE_LATE)


class Measured(NamedTuple):
    """What a measure found; `best` is what can still be reached, `items` what it rests on.

    `answer` None: the records do not answer (yet).
    """

    answer: Answer | None
    best: Answer | None
    why: tuple[Message, ...]
    items: tuple[Item, ...] = ()


class Year(NamedTuple):
    """The year that is scored, the day as of which, and the plans with their agendas."""

    year: int
    as_of: date
    plans: Mapping[str, Plan]
    agendas: Agendas

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 12, 31)

    @property
    def over(self) -> bool:
        """Whether it has ended by the as-of day."""
        return self.as_of > self.last

    def agenda(self, plan: Plan) -> Agenda:
        """The agenda as of the day; what happens after the year is no part of it."""
        return self.agendas(plan, min(self.as_of, self.last))

    def later(self, plan: Plan) -> Agenda:
        """The agenda as of the day itself: a report of a year may fall due after it."""
        return self.agendas(plan, self.as_of)


def measured(measure: Measure, year: Year) -> Measured:
    """What the records answer."""
    plan = _plan(measure, year)
    if isinstance(plan, Message):
        return Measured(None, None, (plan,))
    return _MEASURES[measure.kind](measure, plan, year)


def _plan(measure: Measure, year: Year) -> Plan | Message:
    """The plan named; else the only plan of just that year, or the only one that covers it."""
    wanted = year.year + measure.shift
    if measure.plan is not None:
        named = year.plans.get(str(measure.plan))
        return named or msg("there is no plan “{plan}”", plan=measure.plan)
    covering = [plan for plan in year.plans.values() if wanted in plan.period]
    of_year = [plan for plan in covering if plan.period.first == plan.period.last]
    for found in (of_year, covering):
        if len(found) == 1:
            return found[0]
    if not covering:
        return msg("no plan covers {year}", year=wanted)
    names = ", ".join(str(plan.id) for plan in covering)
    return msg("several plans cover {year}, and the list names none: {plans}", year=wanted,
               plans=names)  # fmt: skip


def _completion(measure: Measure, plan: Plan, year: Year) -> Measured:
    """The share of the occurrences due in the year that all who lead them have done."""
    agenda = year.agenda(plan)
    work = [
        items
        for task in agenda.plan.tasks
        for items in _by_period(agenda.of(task))
        if _due_in(items[0], year.year + measure.shift)
        and together([i.standing for i in items]).status is not Status.CANCELLED
    ]
    finished = [items for items in work if all(i.status in DONE for i in items)]
    undated = [items for items in finished if _undated(items)]
    done = len(finished) - len(undated)
    rate = percent(Decimal(done), Decimal(len(work)))
    every = tuple(item for items in work for item in items)
    if rate is None:
        return Measured(None, None, (msg("nothing of {plan} is due in that year", plan=plan.id),))
    why = msg("{done} of {count} occurrences of {plan} due in {year} are done", done=done,
              count=len(work), plan=plan.id, year=year.year + measure.shift)  # fmt: skip
    best = Decimal(100)  # what is late can still be done, and a day that is missing be recorded
    if year.over:
        best = percent(Decimal(len(finished)), Decimal(len(work))) or Decimal(0)
    return Measured(rate, best, (why, *_of_undated(undated)), every)


def _reports(measure: Measure, plan: Plan, year: Year) -> Measured:
    """The share of the reports of the year that were done in time; each unit owes its own."""
    agenda, wanted = year.later(plan), year.year + measure.shift
    items = [
        item
        for of in (_work(agenda.plan) if measure.task else agenda.plan.duties)
        if measure.task is None or of.id == measure.task
        for item in agenda.of(of)
        if item.due is not None
        and _of_year(item, wanted)
        and _leads(item)
        and item.status is not Status.CANCELLED
    ]
    if not items:
        why = msg("no report of {year} has a due day in {plan}", year=wanted, plan=plan.id)
        return Measured(None, None, (why,))
    late = sum(item.status in _MISSED for item in items)
    in_time = sum(item.status is Status.DONE_ON_TIME for item in items)
    why = msg("{done} of {count} reports of {year} in {plan} were sent in time, {late} were not",
              done=in_time, count=len(items), year=wanted, plan=plan.id, late=late)  # fmt: skip
    whole = Decimal(len(items))
    return Measured(
        percent(Decimal(in_time), whole), percent(whole - late, whole),
        (why, *_of_undated([[item] for item in items if _undated([item])])), tuple(items),
    )  # fmt: skip


def _done_on_time(measure: Measure, plan: Plan, year: Year) -> Measured:
    """Whether all who lead a task have done its occurrence of the year in time."""
    agenda = year.later(plan)
    of = next((t for t in _work(agenda.plan) if t.id == measure.task), None)
    if of is None:
        return Measured(None, None, (msg("{plan} has no task “{task}”", plan=plan.id,
                                         task=measure.task or "-"),))  # fmt: skip
    wanted = year.year + measure.shift
    items = [i for i in agenda.of(of) if _of_year(i, wanted) and _leads(i)
             and i.status is not Status.CANCELLED]  # fmt: skip
    if not items:
        why = msg("{task} has no occurrence of {year}", task=of.id, year=wanted)
        return Measured(None, None, (why,))
    due = max((i.due for i in items if i.due), default=None)
    if due is None:
        why = msg("{task} has no due day in {year}", task=of.id, year=wanted)
        return Measured(None, None, (why,), tuple(items))
    if all(i.status is Status.DONE_ON_TIME for i in items):
        why = msg("{task} ({period}) was done by {due}", task=of.id, period=wanted, due=due)
        return Measured(answer=True, best=True, why=(why,), items=tuple(items))
    if any(i.status in _MISSED for i in items):
        why = msg("{task} ({period}) was not done by {due}", task=of.id, period=wanted, due=due)
        return Measured(answer=False, best=False, why=(why,), items=tuple(items))
    why = msg("{task} ({period}) is due on {due}", task=of.id, period=wanted, due=due)
    told = _of_undated([[item] for item in items if _undated([item])])
    return Measured(None, best=True, why=told or (why,), items=tuple(items))


def _work(plan: Plan) -> list[Task | Duty]:
    return [*plan.tasks, *plan.duties]


def _by_period(items: Iterable[Item]) -> Iterable[Sequence[Item]]:
    """Those of the leads, by period."""
    found: dict[str, list[Item]] = {}
    for item in items:
        if _leads(item):
            found.setdefault(item.period, []).append(item)
    return found.values()


def _undated(items: Sequence[Item]) -> bool:
    """Whether they are done on a day that somebody has not recorded."""
    return any(
        item.status in DONE and any(record.completed_on is None for record in item.records)
        for item in items
    )


def _of_undated(work: Sequence[Sequence[Item]]) -> tuple[Message, ...]:
    """What cannot be counted, because nobody knows when it was done."""
    if not work:
        return ()
    names = ", ".join(f"{items[0].of.id} ({items[0].period})" for items in work)
    return (msg("done on a day that nobody has recorded, so not counted: {names}", names=names),)


def _leads(item: Item) -> bool:
    return item.assignment.role is Role.LEAD


def _due_in(item: Item, year: int) -> bool:
    """By the plan, or as extended: an extension into the next year takes nothing out of this."""
    due = (item.occurrence.original_due if item.occurrence else None) or item.due
    return due is not None and due.year == year


def _of_year(item: Item, year: int) -> bool:
    """Whether it is of a period of the year; without one, whether it is due in it."""
    period = parse_period(item.period)
    return period.year == year if period is not None else _due_in(item, year)


_MEASURES: Mapping[MeasureKind, Callable[[Measure, Plan, Year], Measured]] = {
    MeasureKind.PLAN_COMPLETION: _completion,
    MeasureKind.REPORTS_ON_TIME: _reports,
    MeasureKind.DONE_ON_TIME: _done_on_time,
}
