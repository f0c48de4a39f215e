"""`cchc extend I.3 --to 2022-03-31`: a document grants a later due day (gia hạn)."""

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
    label,
    refuse,
)
from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.recording import PeriodOption, TaskArgument, only_item
from cchc_cli.cli.settings import PlanOption, a_day
from cchc_cli.core.message import msg
from cchc_cli.core.model import Duty
from cchc_cli.core.status import DONE
from cchc_cli.i18n import _
from cchc_cli.syntax.emit import Value

HELP = _("Record that a document grants a later due day.")


def run(
    ctx: typer.Context,
    task: TaskArgument,
    to: Annotated[date, typer.Option(parser=a_day, metavar=_("DATE"), help=_("the new due day"))],
    authority: AuthorityOption,
    reason: ReasonOption,
    period: PeriodOption = None,
    on: HoldsFromOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add an extension; 1 if the result would have errors."""

    def entry(case: Case) -> Entry:
        if isinstance(case.of, Duty):
            refuse(msg("{task} is a reporting duty: its due day stands in reporting.yaml",
                       task=case.of.id), "TASK")  # fmt: skip
        open_ones = [item for item in case.periods if item.status not in DONE]
        chosen = only_item(case.periods, period, open_ones)
        if chosen.occurrence is None:
            refuse(msg("{task} has no due day to extend: “{text}”; a document that sets one "
                       "changes the words: cchc reword {task} --deadline …", task=case.of.id,
                       text=case.of.deadline or "-"), "TASK")  # fmt: skip
        if chosen.due is not None and to <= chosen.due:
            refuse(msg("{to} is not later than the due day {due}; for an earlier one, change the "
                       "words: cchc reword {task} --deadline …", to=to, due=chosen.due,
                       task=case.of.id), "--to")  # fmt: skip
        named: dict[str, Value] = {"period": chosen.occurrence.period}
        subject = msg("extension: {what} to {day}", what=label(case, named), day=to)
        alone = len(case.periods) == 1
        return Entry(
            "extensions", {"task": case.of.id, **({} if alone else named), "to": to}, subject
        )

    return decide(ctx, task, Decision.of(on, authority, reason, plan, dry_run, commit), entry)
