"""What the commands share that record a decision about a task, such as extend, transfer and add.

A decision is added to `amendments.yaml` with its document, and what was so before stays on record.
The answer is what is different now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Annotated, NamedTuple, NoReturn

import typer

from cchc_cli.cli.console import wrapped, write
from cchc_cli.cli.entries import commit, put, read_files, tell
from cchc_cli.cli.recording import of_period, work_of
from cchc_cli.cli.settings import (
    Opened,
    a_day,
    chosen_plans,
    opened_from,
    plan_root,
    today,
    warn_of_errors,
)
from cchc_cli.core.agenda import Item, Work
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Plan, Unit
from cchc_cli.i18n import _, say
from cchc_cli.render.labels import status, who
from cchc_cli.render.width import one_line
from cchc_cli.store.files import CannotRun
from cchc_cli.store.writing import one_writer
from cchc_cli.syntax.edit import Fact
from cchc_cli.syntax.emit import Value


def words(text: str) -> str:
    """An option that must say something."""
    if not text.strip():
        raise typer.BadParameter(say(msg("it is empty; write it as the document has it")))
    return text.strip()


HoldsFromOption = Annotated[
    date | None,
    typer.Option(
        "--on", parser=a_day, metavar=_("DATE"),
        help=_("the day from which the document holds (default: today)"),
    ),
]  # fmt: skip
AuthorityOption = Annotated[
    str, typer.Option(parser=words, metavar=_("TEXT"), help=_("the document that decides it"))
]
ReasonOption = Annotated[
    str, typer.Option(parser=words, metavar=_("TEXT"), help=_("why, as the document says"))
]


class Decision(NamedTuple):
    """A decision as given on the command line. `on` is the first day on which it holds."""

    on: date
    authority: str
    reason: str
    plan: str | None
    dry_run: bool
    commit: bool

    @classmethod
    def of(
        cls, on: date | None, authority: str, reason: str, plan: str | None,
        dry_run: bool, commit: bool,  # as they stand on the command line
    ) -> Decision:  # fmt: skip
        """Without a day, it holds from today."""
        return cls(on or today(), authority, reason, plan, dry_run, commit)


class Case(NamedTuple):
    """What a decision is about, as things stand on its day."""

    opened: Opened
    plan: Plan
    of: Work
    items: list[Item]

    @property
    def periods(self) -> list[Item]:
        """One item for each occurrence, of a unit that leads it."""
        found: dict[str, Item] = {}
        for item in self.items:
            found.setdefault(item.period, item)
        return list(found.values())


class Entry(NamedTuple):
    """What is to be added to a list of `amendments.yaml`, and how git is to call it."""

    key: str
    values: Mapping[str, Value]
    subject: Message


def decide(
    ctx: typer.Context, task: str, decision: Decision, entry: Callable[[Case], Entry]
) -> int:
    """Record a decision about a task; `entry` says what to add, or raises a usage error."""

    def made(opened: Opened) -> tuple[Plan, str, Entry]:
        plan, of = work_of(chosen_plans(opened, decision.plan), task, decision.on)
        case = Case(opened, plan, of, _items(opened, plan, str(of.id), decision.on))
        return plan, str(of.id), entry(case)

    return carry_out(ctx, decision, made)


def carry_out(
    ctx: typer.Context,
    decision: Decision,
    made: Callable[[Opened], tuple[Plan, str, Entry]],
) -> int:
    """Add an entry to a plan and say what is different; 1 if the result would have errors."""
    root = plan_root(ctx)
    with one_writer(root):
        files = read_files(root)
        before = opened_from(root, files.loaded)
        if not before.workspace.plans:
            raise CannotRun(msg("no plan can be read"), msg("run “cchc validate” to see why"))
        plan, task, (key, values, subject) = made(before)
        decided: dict[str, Value] = {
            "on": decision.on, "authority": decision.authority, "reason": decision.reason,
        }  # fmt: skip
        fact = Fact(f"plans/{plan.id}/amendments.yaml", key, {**values, **decided})
        added = put(files, [fact], dry_run=decision.dry_run)
    if added is None:
        return 1
    if not decision.dry_run:
        tell(say(msg("{task}: recorded in {path}", task=task, path=fact.path)))
    after = opened_from(root, added.files.loaded)
    lines = list(_differences(before, after, str(plan.id), task, decision.on))
    write("\n".join(wrapped(lines, hanging="    ")))
    warn_of_errors(after)
    if decision.commit and not decision.dry_run:
        commit(root, added.changes, subject)
    return 0


def refuse(message: Message, option: str) -> NoReturn:
    """A usage error that names the option to change."""
    raise typer.BadParameter(say(message), param_hint=option)


def must_exist(unit: Unit, on: date, option: str) -> None:
    """A usage error for a unit that has ended, or has not begun, on the day."""
    if unit.valid_until is not None and unit.valid_until < on:
        refuse(msg("{unit} exists until {day}; its successor is {successor}", unit=unit.id,
                   day=unit.valid_until, successor=unit.successor or "-"), option)  # fmt: skip
    if unit.valid_from is not None and unit.valid_from > on:
        refuse(msg("{unit} exists from {day} on; give --on a day when it does", unit=unit.id,
                   day=unit.valid_from), option)  # fmt: skip


def a_period(case: Case, wanted: str | None) -> dict[str, Value]:
    """The period as the plan writes it; nothing if none was asked for, else a usage error."""
    if wanted is None:
        return {}
    return {"period": of_period(case.periods, wanted).period}


def label(case: Case, period: Mapping[str, Value]) -> str:
    """A task, with the period if it is about one, as git is to call it."""
    return f"{case.of.id} ({period['period']})" if period else str(case.of.id)


# -- what is different -----------------------------------------------------------------------------


def _items(opened: Opened, plan: Plan, task: str, as_of: date) -> list[Item]:
    agenda = opened.agenda(plan, as_of)
    every: list[Work] = [*agenda.plan.tasks, *agenda.plan.duties, *agenda.findings]
    return [item for of in every if of.id == task for item in agenda.of(of)]


def _differences(before: Opened, after: Opened, plan: str, task: str, as_of: date) -> Iterator[str]:
    """Each occurrence for which the decision makes a difference, and which; alike ones together."""
    old = _standings(before, plan, task, as_of)
    new = _standings(after, plan, task, as_of)
    periods: dict[str, list[str]] = {}
    for period in dict.fromkeys((*new, *old)):
        text = _difference(old.get(period), new.get(period))
        if text:
            periods.setdefault(text, []).append(period or "-")
    yield say(msg("As of {day}", day=as_of))
    for text, alike in periods.items():
        yield f"  {task} ({', '.join(alike)}): {text}"
    if not periods:
        yield "  " + say(msg("nothing is different on that day"))
    yield from _unclear(after, after.workspace.plans[plan], task, as_of)


def _unclear(opened: Opened, plan: Plan, wanted: str, as_of: date) -> Iterator[str]:
    """Why the words of a task give no day, and where to see what can be done about it."""
    agenda = opened.agenda(plan, as_of)
    for task in agenda.plan.tasks:
        for why in agenda.schedule.of_task(task).resolution.problems if task.id == wanted else ():
            message = msg("{task}: no due day: {why}; see “cchc validate”", task=wanted, why=why)
            yield "  " + say(message)


def _difference(old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> str:
    if new is None:
        return say(msg("falls away"))
    if old is None:
        return "; ".join(new)
    pairs = (pair for pair in zip(new, old, strict=True) if pair[0] != pair[1])
    return "; ".join(say(msg("{new} instead of {old}", new=one, old=other)) for one, other in pairs)


def _standings(opened: Opened, plan: str, task: str, as_of: date) -> dict[str, tuple[str, ...]]:
    """By period: the name, the due day, the status, and the units that lead or support it."""
    found: dict[str, list[Item]] = {}
    for item in _items(opened, opened.workspace.plans[plan], task, as_of):
        found.setdefault(item.period, []).append(item)
    return {period: _standing(items) for period, items in found.items()}


def _standing(items: list[Item]) -> tuple[str, ...]:
    first = items[0]
    due = say(msg("due {day}", day=first.due)) if first.due else say(msg("no due day"))
    units = ", ".join(dict.fromkeys(who(item) for item in items))
    return f"“{one_line(first.of.name)}”", due, status(first.standing), units
