"""`cchc reword I.4 --deadline "Quý II hằng năm"`: a document words a task anew (điều chỉnh)."""

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
    refuse,
    words,
)
from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.recording import TaskArgument
from cchc_cli.cli.settings import PlanOption
from cchc_cli.core.message import msg
from cchc_cli.core.model import Duty, Finding
from cchc_cli.i18n import _
from cchc_cli.syntax.emit import Value

HELP = _("Record that a document words a task anew.")

ProductsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--product", parser=words, metavar=_("TEXT"), help=_("a product; may be repeated")
    ),
]


def run(
    ctx: typer.Context,
    task: TaskArgument,
    authority: AuthorityOption,
    reason: ReasonOption,
    name: Annotated[
        str | None, typer.Option(parser=words, metavar=_("TEXT"), help=_("its new name"))
    ] = None,
    products: ProductsOption = None,
    deadline: Annotated[
        str | None,
        typer.Option(parser=words, metavar=_("TEXT"), help=_("its new deadline, in words")),
    ] = None,
    on: HoldsFromOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add a rewording; 1 if the result would have errors."""
    decision = Decision.of(on, authority, reason, plan, dry_run, commit)

    def entry(case: Case) -> Entry:
        task = case.of
        if isinstance(task, Duty):
            refuse(msg("{task} is a reporting duty: its due day stands in reporting.yaml",
                       task=task.id), "TASK")  # fmt: skip
        if isinstance(task, Finding):
            refuse(msg("{task} is a finding of an inspection: its words stand in {path}",
                       task=task.id, path=task.span.path), "TASK")  # fmt: skip
        said: dict[str, Value | None] = {"name": name, "products": products, "deadline": deadline}
        new = {key: value for key, value in said.items() if value}
        if not new:
            refuse(msg("what is worded anew? Give --name, --product or --deadline"), "--deadline")
        present = {"name": task.name, "products": [*task.products], "deadline": task.deadline}
        if all(present[key] == value for key, value in new.items()):
            refuse(msg("{task} is worded so already; nothing to do", task=task.id), "TASK")
        return Entry("rewordings", {"task": str(task.id), **new},
                     msg("rewording: {task}", task=task.id))  # fmt: skip

    return decide(ctx, task, decision, entry)
