"""`cchc resume I.4`: a document takes suspended or cancelled work up again."""

from __future__ import annotations

import typer

from cchc_cli.cli.amending import (
    AuthorityOption,
    Case,
    Decision,
    Entry,
    HoldsFromOption,
    ReasonOption,
    decide,
)
from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.halting import halt
from cchc_cli.cli.recording import PeriodOption, TaskArgument
from cchc_cli.cli.settings import PlanOption
from cchc_cli.core.model import HaltKind
from cchc_cli.i18n import _

HELP = _("Record that a document takes a suspended task up again.")


def run(
    ctx: typer.Context,
    task: TaskArgument,
    authority: AuthorityOption,
    reason: ReasonOption,
    period: PeriodOption = None,
    on: HoldsFromOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add a resumption; 1 if the result would have errors."""
    decision = Decision.of(on, authority, reason, plan, dry_run, commit)

    def entry(case: Case) -> Entry:
        return halt(case, HaltKind.RESUMED, decision, period)

    return decide(ctx, task, decision, entry)
