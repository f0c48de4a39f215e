"""`cchc done I.1`: a unit has completed an occurrence."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.recording import (
    ChecksumOption,
    DocDateOption,
    DocOption,
    FileOption,
    NoteOption,
    OwnUnitOption,
    PeriodOption,
    Proof,
    TaskArgument,
    TitleOption,
    Wanted,
    evidence_of,
    past,
    record,
)
from cchc_cli.cli.settings import PlanOption, a_day, today
from cchc_cli.i18n import _
from cchc_cli.syntax.emit import Value

HELP = _("Record that your unit has completed a task.")


def run(
    ctx: typer.Context,
    task: TaskArgument,
    period: PeriodOption = None,
    on: Annotated[
        date | None,
        typer.Option(
            parser=a_day, metavar=_("DATE"), help=_("the day of completion (default: today)")
        ),
    ] = None,
    doc: DocOption = None,
    doc_date: DocDateOption = None,
    title: TitleOption = None,
    file: FileOption = None,
    checksum: ChecksumOption = False,
    note: NoteOption = None,
    reason: Annotated[
        str | None,
        typer.Option(metavar=_("TEXT"), help=_("why an earlier entry is corrected by this one")),
    ] = None,
    unit: OwnUnitOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add a done mark; 1 if it would contradict what is recorded."""
    entry: dict[str, Value] = {
        "state": "done", "completed_on": past(on or today(), "--on"), "recorded_on": today(),
    }  # fmt: skip
    evidence = evidence_of(ctx, Proof(doc, doc_date, title, file, checksum))
    if evidence:
        entry["evidence"] = evidence
    entry |= {k: v for k, v in (("note", note), ("reason", reason)) if v is not None}
    wanted = Wanted(task, period, unit, plan, dry_run, commit)
    return record(ctx, wanted, entry, of_done=reason is not None)
