"""`cchc update`: a unit goes through what it has open, one by one, and says where it stands."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import click
import typer

from cchc_cli.cli.asking import ask
from cchc_cli.cli.console import wrapped, write
from cchc_cli.cli.recording import OwnUnitOption, Proof, Wanted, evidence_of, own_unit, past, record
from cchc_cli.cli.settings import (
    AsOfOption,
    PlanOption,
    a_day,
    chosen_plans,
    open_plans,
    plan_root,
    today,
    warn_of_errors,
)
from cchc_cli.core.agenda import Item, by_urgency
from cchc_cli.core.message import Message, msg
from cchc_cli.core.status import DONE, HALTED
from cchc_cli.core.units import Role
from cchc_cli.core.wording import fold
from cchc_cli.i18n import _, day, say
from cchc_cli.render.labels import status
from cchc_cli.render.listing import due_day
from cchc_cli.render.width import one_line
from cchc_cli.syntax.emit import Value

HELP = _("Go through what your unit has open, one by one, and record where it stands.")

_DONE, _BEGUN, _REMARK, _STOP, _SKIP = "h", "d", "k", "q", ""  # hoàn thành, đang, khó khăn


def run(
    ctx: typer.Context,
    unit: OwnUnitOption = None,
    as_of: AsOfOption = None,
    plan: PlanOption = None,
) -> int:
    """Ask about each open occurrence that the unit leads; 1 if something could not be recorded."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        message = msg("this asks questions on a terminal; elsewhere use “cchc done” for one task, "
                      "or “cchc form” for all")  # fmt: skip
        raise click.UsageError(say(message), ctx)
    plan_root(ctx)  # of no other revision
    opened = open_plans(ctx)
    of_unit = own_unit(opened, unit)
    agendas = opened.agendas(chosen_plans(opened, plan), as_of or today())
    leading = [i for agenda in agendas for i in agenda.items(unit=of_unit, role=Role.LEAD)]
    items = by_urgency(item for item in leading if item.status not in (*DONE, *HALTED))
    warn_of_errors(opened, [agenda.schedule for agenda in agendas])
    write(say(msg("{unit}: {count} open, the most urgent first", unit=of_unit.name,
                  count=len(items))))  # fmt: skip
    return _walk(ctx, items, str(of_unit.id))


def _walk(ctx: typer.Context, items: Sequence[Item], unit: str) -> int:
    """Ask about each; every answer is written before the next question."""
    codes: list[int] = []
    try:
        for number, item in enumerate(items, 1):
            _introduce(item, f"{number}/{len(items)}")
            key = ask(_choices(), _key)
            if key == _STOP:
                break
            entry = _entry(ctx, key)
            if entry:
                wanted = Wanted(str(item.of.id), item.period or None, unit, item.plan, False, False)
                codes.append(record(ctx, wanted, entry))
    finally:  # also when somebody leaves by Ctrl-C
        count = codes.count(0)
        write("\n" + say(msg("Recorded: {count}. Everything recorded is kept.", count=count)))
    return max(codes, default=0)


def _introduce(item: Item, number: str) -> None:
    head = msg("[{number}] {task} ({period}): due {due}, {status}", number=number, task=item.of.id,
               period=item.period or "-", due=due_day(item),
               status=status(item.standing))  # fmt: skip
    wording = f" [{one_line(item.wording)}]" if item.wording else ""
    write("\n" + "\n".join(wrapped([say(head), one_line(item.of.name) + wording])))


# -- questions -------------------------------------------------------------------------------------


def _choices() -> Message:
    return msg("h done, d in progress, k difficulty or note, Enter skip, q stop")


def _key(text: str) -> str:
    key = fold(text)
    if key not in (_DONE, _BEGUN, _REMARK, _STOP, _SKIP):
        raise typer.BadParameter(say(msg("type h, d, k or q, or only press Enter")))
    return key


def _text(question: Message) -> str | None:
    return ask(question, str.strip) or None


def _entry(ctx: typer.Context, key: str) -> Mapping[str, Value]:
    """What is said about one occurrence; empty if nothing."""
    entry: dict[str, Value] = {}
    difficulty, remark = msg("difficulty met (Enter: none)"), msg("note (Enter: none)")
    if key == _DONE:
        completed = msg("day of completion")
        on = ask(completed, lambda text: past(a_day(text)), day(today()))
        entry = {"state": "done", "completed_on": on}
        evidence = evidence_of(ctx, Proof(_text(msg("document that proves it (Enter: none)"))))
        if evidence:
            entry["evidence"] = evidence
    elif key == _BEGUN:
        entry = {"state": "in_progress"}
    elif key == _SKIP:
        return {}
    given = {"difficulty": _text(difficulty)}
    if key == _REMARK:
        given["note"] = _text(remark)
    said = {**entry, **{name: text for name, text in given.items() if text}}
    return {**said, "recorded_on": today()} if said else {}
