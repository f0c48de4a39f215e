"""`cchc start I.1`: a unit has begun work on an occurrence."""

from __future__ import annotations

import typer

from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.recording import (
    NoteOption,
    OwnUnitOption,
    PeriodOption,
    TaskArgument,
    Wanted,
    record,
)
from cchc_cli.cli.settings import PlanOption, today
from cchc_cli.i18n import _
from cchc_cli.syntax.emit import Value

HELP = _("Record that your unit has begun work on a task.")


def run(
    ctx: typer.Context,
    task: TaskArgument,
    period: PeriodOption = None,
    note: NoteOption = None,
    unit: OwnUnitOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add an entry that work is in progress."""
    entry: dict[str, Value] = {"state": "in_progress", "recorded_on": today()}
    if note is not None:
        entry["note"] = note
    return record(ctx, Wanted(task, period, unit, plan, dry_run, commit), entry)
