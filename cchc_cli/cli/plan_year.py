"""`cchc plan-year 2023`: the annual plan that carries out a period plan, as a draft in YAML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

import typer

from cchc_cli.cli.entries import DryRunOption, read_files
from cchc_cli.cli.founding import (
    findings_of,
    free_id,
    new_files,
    noted,
    reader_of,
    source,
    summed_up,
)
from cchc_cli.cli.settings import AsOfOption, plan_root, today
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Plan
from cchc_cli.core.periods import Years
from cchc_cli.core.planning.annual import Annual, LeftOut, Row, Share, Why, derived
from cchc_cli.core.planning.drafting import Draft, annual_draft, new_id
from cchc_cli.i18n import _, say
from cchc_cli.store.writing import one_writer, write_changes

HELP = _("Derive the plan of a year from the period plan, as a draft tied to it task by task.")

_SHARES: dict[Share, Message] = {
    Share.DATED: msg("due in the year"),
    Share.CARRIED: msg("carried over from earlier years, not done, with the old deadline"),
    Share.RUNNING: msg("begun, and due in a later year"),
    Share.WAITING: msg("waiting for an event"),
    Share.CONTINUOUS: msg("continuous, without a last day"),
    Share.UNDATED: msg("without a day: the words give none"),
}
_WHYS: dict[Why, Message] = {
    Why.DONE: msg("done already"),
    Why.CANCELLED: msg("dropped by a document"),
}


def run(
    ctx: typer.Context,
    year: Annotated[int, typer.Argument(metavar="YEAR", help=_("the year, such as 2023"))],
    of_plan: Annotated[
        str | None, typer.Option("--from", help=_("the period plan (the only one of that year)"))
    ] = None,
    new: Annotated[
        str | None, typer.Option("--id", help=_("the id of the new plan (cchc-2023)"))
    ] = None,
    as_of: AsOfOption = None,
    dry_run: DryRunOption = False,
) -> int:
    """Write a new plan and tell what is in it; 1 if it has errors."""
    root = plan_root(ctx)
    with one_writer(root):
        files = read_files(root)
        plans = files.loaded.workspace.plans.values()
        fitting = [p for p in plans if year in p.period and p.parent is None]
        opened, parent = source(files, of_plan, fitting, "--from")
        _in_its_period(parent, year)
        years = Years(year, year)
        plan = new or new_id(parent, years)
        hint = msg("what the period plan has since and this one lacks: “cchc validate --plan "
                   "{plan}”; for another draft give another --id", plan=plan)  # fmt: skip
        free_id(files, plan, hint)
        day = as_of or today()
        agenda = opened.agenda(parent, day)
        annual = derived(agenda, year, reader_of(agenda, years))
        draft = annual_draft(annual, agenda.plan, plan, opened.workspace.office)
        notes = _notes(annual, draft, parent)
        changes = new_files(draft, plan, years, notes, ["acknowledged"])
        found = findings_of(files.after(changes), plan)
        if not dry_run:
            write_changes(root, changes)
    head = msg("{plan}: {count} tasks from {parent}, as of {day}", plan=plan,
               count=len(draft.ids), parent=parent.id, day=day)  # fmt: skip
    lines = [say(head), *_told(annual, draft), "", *(change.path for change in changes)]
    return summed_up(lines, found, _steps(plan), dry_run=dry_run)


def _in_its_period(parent: Plan, year: int) -> None:
    if year not in parent.period:
        message = msg("{year} is not a year of {plan} ({period})", year=year, plan=parent.id,
                      period=str(parent.period))  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="YEAR")


def _told(annual: Annual, draft: Draft) -> Iterator[str]:
    """How many tasks there are of each share, and which; of what is due, those in other words."""
    rows = list(zip(draft.ids, annual.rows, strict=True))
    for share, name in _SHARES.items():
        own = [(task, row) for task, row in rows if row.share is share]
        if own:
            yield say(msg("- {what}: {count}", what=name, count=len(own)))
        if share is not Share.DATED:
            yield from (f"  {_row(task, row)}" for task, row in own)
    reworded = [(t, row) for t, row in rows if row.share is Share.DATED and not row.kept]
    if reworded:
        what = msg("with other words for the same day")
        yield say(msg("- {what}: {count}", what=what, count=len(reworded)))
        yield from (f"  {_row(task, row)}" for task, row in reworded)
    if annual.left_out:
        what = msg("left out")
        yield say(msg("- {what}: {count}", what=what, count=len(annual.left_out)))
        yield from (f"  {line}" for line in _left_out(annual.left_out))
    for task, row in rows:
        if row.suspended:
            yield say(msg("  {task}: suspended by a document at the moment", task=task))


def _row(task: str, row: Row) -> str:
    """A task with the one it carries out, and its deadline."""
    of = f"{row.of.id} ({row.period})" if row.period else str(row.of.id)
    words = row.deadline or say(msg("no deadline: no words give the day; set it by hand"))
    return f"{task} ← {of}: {words}"


def _left_out(left: tuple[LeftOut, ...]) -> Iterator[str]:
    for why, name in _WHYS.items():
        own = [f"{one.of.id} ({one.period})" if one.period else str(one.of.id)
               for one in left if one.why is why]  # fmt: skip
        if own:
            yield say(msg("{what}: {tasks}", what=name, tasks=", ".join(own)))


def _notes(annual: Annual, draft: Draft, parent: Plan) -> dict[str, str]:
    """What stands above the values in each file, for whoever works on the draft."""
    counts = Counter(row.share for row in annual.rows)
    plan = [
        msg("Draft of the annual plan, derived from {parent} by “cchc plan-year”; not signed yet.",
            parent=parent.id),
        msg("To write: “…” in subject and preamble, the purposes and who does what (copied word "
            "for word from {parent}: words of the whole period are to be adapted).",
            parent=parent.id),
        msg("The line “parent” ties it to {parent}: progress recorded in one counts in the other.",
            parent=parent.id),
        msg("Number, day and signature are left open; nobody has given them."),
    ]  # fmt: skip
    appendix = [
        msg("Draft of the task table. Add, split and reword tasks freely before it is signed; then "
            "never again."),
        msg("“parent” says what a task carries out. To split it, give each part the same “parent” "
            "with its period; whoever leads the parts records progress for these."),
        msg("Ids are the year, the field and the number: renumber both before it is signed."),
        msg("After every change: cchc validate. What is left out of {parent} is told there; a "
            "reason for it goes into acknowledged.yaml.", parent=parent.id),
    ]  # fmt: skip
    for share in (Share.CARRIED, Share.RUNNING, Share.WAITING, Share.UNDATED):
        if counts[share]:
            own = [f"{task} ({row.of.id}{f', {row.period}' if row.period else ''})"
                   for task, row in zip(draft.ids, annual.rows, strict=True)
                   if row.share is share]  # fmt: skip
            appendix.append(msg("{what}: {tasks}", what=_SHARES[share], tasks=", ".join(own)))
    return {"plan": noted(plan), "appendix": noted(appendix)}


def _steps(plan: str) -> list[Message]:
    return [
        msg("look the draft over and edit plans/{plan}: add, split, reword; see: cchc list --plan "
            "{plan}", plan=plan),
        msg("cchc validate --plan {plan}", plan=plan),
        msg("cchc publish plan --plan {plan}", plan=plan),
        msg("git add plans/{plan}; git commit -m {plan}", plan=plan),
    ]  # fmt: skip
