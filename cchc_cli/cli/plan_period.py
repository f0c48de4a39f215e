"""`cchc plan-period 2026-2030 --from PLAN`: the next period's plan is begun with what goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
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
from cchc_cli.core.periods import Years, parse_years
from cchc_cli.core.planning.drafting import new_id, period_draft
from cchc_cli.core.planning.period import Fate, Outcome, outcomes
from cchc_cli.i18n import _, say
from cchc_cli.render.markdown import escaped
from cchc_cli.render.width import one_line
from cchc_cli.store.output import free_name, replace_file
from cchc_cli.store.writing import one_writer, write_changes

HELP = _("Begin the plan of the next period with the work that goes on; list the rest to decide.")

_FATES: dict[Fate, Message] = {
    Fate.CARRIED: msg("carried over: recurring or continuous, and the words fit"),
    Fate.OPEN: msg("to decide: carry over in other words, or end"),
    Fate.STALE: msg("to decide: names a unit that no longer exists"),
    Fate.FINISHED: msg("finished, not carried over"),
    Fate.CANCELLED: msg("dropped by a document, not carried over"),
}
_TO_DECIDE = (Fate.OPEN, Fate.STALE)


def run(
    ctx: typer.Context,
    period: Annotated[str, typer.Argument(metavar="2026-2030", help=_("the years of the plan"))],
    of_plan: Annotated[str | None, typer.Option("--from", help=_("the plan that ends"))] = None,
    new: Annotated[
        str | None, typer.Option("--id", help=_("the id of the new plan (cchc-2026-2030)"))
    ] = None,
    as_of: AsOfOption = None,
    dry_run: DryRunOption = False,
) -> int:
    """Write a new plan and the list of what is to be decided; 1 if the plan has errors."""
    root = plan_root(ctx)
    years = _years(period)
    with one_writer(root):
        files = read_files(root)
        plans = files.loaded.workspace.plans.values()
        ending = [p for p in plans if p.parent is None and p.period.last < years.first]
        opened, before = source(files, of_plan, ending, "--from")
        plan = new or new_id(before, years)
        free_id(files, plan, msg("edit that one, or give another id with --id"))
        day = as_of or today()
        agenda = opened.agenda(before, day)
        found = outcomes(agenda, years, reader_of(agenda, years))
        draft = period_draft(
            [one.of for one in found if one.fate is Fate.CARRIED], agenda.plan, plan, years
        )
        beside = ["acknowledged", "events", "reporting"]
        changes = new_files(draft, plan, years, _notes(before), beside)
        checked = findings_of(files.after(changes), plan)
        listing = free_name(Path(), f"{plan}-can-quyet-dinh")
        if not dry_run:
            replace_file(listing, _listed(found, before, plan).encode())
            write_changes(root, changes)
    head = msg("{plan}: {count} tasks from {parent}, as of {day}", plan=plan,
               count=len(draft.ids), parent=before.id, day=day)  # fmt: skip
    lines = [say(head), *_told(found), "", *(change.path for change in changes)]
    lines += [say(msg("{file} (what is to be decided, as a list to tick off)", file=str(listing)))]
    return summed_up(lines, checked, _steps(plan, str(listing)), dry_run=dry_run)


def _years(text: str) -> Years:
    found = parse_years(text)
    if found is None:
        message = msg("“{text}” are no years; write them as 2026-2030", text=text)
        raise typer.BadParameter(say(message), param_hint="2026-2030")
    return found


def _told(found: Sequence[Outcome]) -> Iterator[str]:
    for fate, name in _FATES.items():
        own = [one for one in found if one.fate is fate]
        if own:
            yield say(msg("- {what}: {count}", what=name, count=len(own)))
        if fate in _TO_DECIDE:
            yield from (f"  {_line(one)}" for one in own)
        elif own:
            yield f"  {', '.join(str(one.of.id) for one in own)}"


def _line(one: Outcome) -> str:
    return one_line(say(msg("{task} [{words}]: {why}", task=one.of.id,
                            words=one.of.deadline or "-", why=one.why)))  # fmt: skip


def _listed(found: Sequence[Outcome], before: Plan, plan: str) -> str:
    """The list to work through, as Markdown with boxes to tick."""
    title = msg("To decide for {plan}, from {parent}", plan=plan, parent=before.id)
    lines = [f"# {escaped(say(title))}"]
    for fate, name in _FATES.items():
        own = [one for one in found if one.fate is fate]
        if own:
            heading = say(name)
            lines += ["", f"## {heading[:1].upper()}{heading[1:]} ({len(own)})", ""]
            box = "[ ] " if fate in _TO_DECIDE else ""
            lines += [f"- {box}{escaped(_line(one))}: {escaped(one_line(one.of.name))}"
                      for one in own]  # fmt: skip
    late = [one for one in found if one.unfinished and one.fate is not Fate.CANCELLED]
    if late:
        what = msg("Not done in the old period: finish, carry over or drop")
        lines += ["", f"## {say(what)} ({len(late)})", ""]
        lines += [f"- [ ] {one.of.id}: {', '.join(one.unfinished)}" for one in late]
    return "\n".join([*lines, ""])


def _notes(before: Plan) -> dict[str, str]:
    """What stands above the values in each file, for whoever works on the draft."""
    return {
        "plan": noted([
            msg("Draft of a plan, begun from {parent} by “cchc plan-period”; not signed yet.",
                parent=before.id),
            msg("Its text is to be written: nothing of it was copied. “…” is to be filled in."),
        ]),
        "appendix": noted([
            msg("Draft of the task table: what goes on from {parent} in the same words. Add, "
                "reword and delete freely before it is signed.", parent=before.id),
            msg("What somebody has to decide is not in it: see the list that was written beside."),
        ]),
    }  # fmt: skip


def _steps(plan: str, listing: str) -> list[Message]:
    return [
        msg("decide what stands in {file}, and enter what goes on into plans/{plan}/appendix.yaml",
            file=listing, plan=plan),
        msg("cchc validate --plan {plan}, then cchc list --plan {plan}", plan=plan),
        msg("git add plans/{plan}; git commit -m {plan}", plan=plan),
    ]  # fmt: skip
