"""`cchc transfer I.5 --from TTUD --to VP`: a document gives open work to another unit."""

from __future__ import annotations

from typing import Annotated

import typer

from cchc_cli.cli.amending import (
    AuthorityOption,
    Case,
    Decision,
    Entry,
    HoldsFromOption,
    ReasonOption,
    decide,
    must_exist,
    refuse,
)
from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.recording import TaskArgument
from cchc_cli.cli.settings import PlanOption, unit_called
from cchc_cli.core.message import msg
from cchc_cli.core.model import Unit
from cchc_cli.core.status import DONE
from cchc_cli.core.units import Role
from cchc_cli.i18n import _

HELP = _("Record that a document gives open work to another unit.")


def run(
    ctx: typer.Context,
    task: TaskArgument,
    to: Annotated[str, typer.Option(metavar=_("UNIT"), help=_("the unit that takes it"))],
    authority: AuthorityOption,
    reason: ReasonOption,
    giver: Annotated[
        str | None,
        typer.Option(
            "--from", metavar=_("UNIT"), help=_("the unit that gives it (default: its only lead)")
        ),
    ] = None,
    on: HoldsFromOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add a transfer; 1 if the result would have errors."""
    decision = Decision.of(on, authority, reason, plan, dry_run, commit)

    def entry(case: Case) -> Entry:
        taker = unit_called(case.opened, to, "--to")
        must_exist(taker, decision.on, "--to")
        given = _giver(case, giver, decision)
        if given.id == taker.id:
            refuse(msg("{unit} has it already; name another unit", unit=taker.id), "--to")
        return Entry(
            "transfers",
            {"task": str(case.of.id), "from": str(given.id), "to": str(taker.id)},
            msg("transfer: {task} from {giver} to {taker}", task=case.of.id, giver=given.id,
                taker=taker.id),
        )  # fmt: skip

    return decide(ctx, task, decision, entry)


def _giver(case: Case, name: str | None, decision: Decision) -> Unit:
    """The unit named, or the only one that leads what is open; it must have open work."""
    still = [item for item in case.items if item.status not in DONE and item.unit]
    every = {str(i.unit.id): i.unit for i in still if i.unit}
    leads = {str(i.unit.id): i.unit for i in still if i.unit and i.assignment.role is Role.LEAD}
    if not every:
        refuse(msg("nothing of {task} is open on {day}: there is nothing to hand over",
                   task=case.of.id, day=decision.on), "TASK")  # fmt: skip
    known = ", ".join(every)
    if name is None:
        if len(leads) != 1:
            refuse(msg("which unit gives it? Its units are: {known}", known=known), "--from")
        return next(iter(leads.values()))
    unit = unit_called(case.opened, name, "--from")
    if str(unit.id) not in every:
        refuse(msg("{unit} has no open work of {task} on {day}; these have: {known}",
                   unit=unit.id, task=case.of.id, day=decision.on, known=known),
               "--from")  # fmt: skip
    return unit
