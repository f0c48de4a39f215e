"""`cchc undo-done I.1 --reason …`: a done mark was wrong; it stays on record with the reason."""

from __future__ import annotations

from typing import Annotated

import typer

from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.recording import (
    OwnUnitOption,
    PeriodOption,
    TaskArgument,
    Wanted,
    record,
)
from cchc_cli.cli.settings import PlanOption, today
from cchc_cli.i18n import _
from cchc_cli.syntax.emit import Value

HELP = _("Take a done mark back, with the reason; the mark stays on record.")


def run(
    ctx: typer.Context,
    task: TaskArgument,
    reason: Annotated[str, typer.Option(metavar=_("TEXT"), help=_("why it is taken back"))],
    period: PeriodOption = None,
    unit: OwnUnitOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add an entry that takes the done mark back from today on."""
    entry: dict[str, Value] = {"state": "reopened", "recorded_on": today(), "reason": reason}
    wanted = Wanted(task, period, unit, plan, dry_run, commit)
    return record(ctx, wanted, entry, of_done=True)
