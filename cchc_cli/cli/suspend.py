"""`cchc suspend I.4`: a document holds work up for a time (tạm dừng)."""

from __future__ import annotations

from datetime import date
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
    refuse,
)
from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.halting import halt
from cchc_cli.cli.recording import PeriodOption, TaskArgument
from cchc_cli.cli.settings import PlanOption, a_day
from cchc_cli.core.message import msg
from cchc_cli.core.model import HaltKind
from cchc_cli.i18n import _
from cchc_cli.syntax.emit import Value

HELP = _("Record that a document suspends a task.")


def run(
    ctx: typer.Context,
    task: TaskArgument,
    authority: AuthorityOption,
    reason: ReasonOption,
    period: PeriodOption = None,
    until: Annotated[
        date | None,
        typer.Option(
            parser=a_day, metavar=_("DATE"), help=_("the last day of it, if the document names one")
        ),
    ] = None,
    on: HoldsFromOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add a suspension; 1 if the result would have errors."""
    decision = Decision.of(on, authority, reason, plan, dry_run, commit)
    if until is not None and until < decision.on:
        refuse(msg("{until} lies before {on}, when the document begins to hold", until=until,
                   on=decision.on), "--until")  # fmt: skip
    last: dict[str, Value] = {} if until is None else {"until": until}

    def entry(case: Case) -> Entry:
        return halt(case, HaltKind.SUSPENDED, decision, period, **last)

    return decide(ctx, task, decision, entry)
