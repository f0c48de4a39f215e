"""`cchc note I.1`: a remark, a difficulty, a proposal, or further evidence."""

from __future__ import annotations

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
    record,
)
from cchc_cli.cli.settings import PlanOption, today
from cchc_cli.core.message import msg
from cchc_cli.i18n import _, say
from cchc_cli.syntax.emit import Value

HELP = _("Record a note, a difficulty, a proposal or further evidence.")


def run(
    ctx: typer.Context,
    task: TaskArgument,
    period: PeriodOption = None,
    note: NoteOption = None,
    difficulty: Annotated[
        str | None, typer.Option(metavar=_("TEXT"), help=_("a difficulty met"))
    ] = None,
    proposal: Annotated[
        str | None, typer.Option(metavar=_("TEXT"), help=_("a proposal to the office"))
    ] = None,
    doc: DocOption = None,
    doc_date: DocDateOption = None,
    title: TitleOption = None,
    file: FileOption = None,
    checksum: ChecksumOption = False,
    unit: OwnUnitOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add an entry without a state."""
    entry: dict[str, Value] = {"recorded_on": today()}
    evidence = evidence_of(ctx, Proof(doc, doc_date, title, file, checksum))
    if evidence:
        entry["evidence"] = evidence
    given = (("note", note), ("difficulty", difficulty), ("proposal", proposal))
    entry |= {key: text for key, text in given if text is not None}
    if len(entry) == 1:
        message = msg("nothing to record: give --note, --difficulty, --proposal, --doc or --file")
        raise typer.BadParameter(say(message))
    return record(ctx, Wanted(task, period, unit, plan, dry_run, commit), entry)
