"""`cchc add II.6 --name …`: a document adds a task to a field (bổ sung)."""

from __future__ import annotations

from typing import Annotated

import typer

from cchc_cli.cli.amending import (
    AuthorityOption,
    Decision,
    Entry,
    HoldsFromOption,
    ReasonOption,
    carry_out,
    refuse,
    words,
)
from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.reword import ProductsOption
from cchc_cli.cli.settings import Opened, PlanOption, chosen_plans
from cchc_cli.core.amendments import in_force
from cchc_cli.core.lineage import id_prefix
from cchc_cli.core.message import msg
from cchc_cli.core.model import Plan
from cchc_cli.i18n import _
from cchc_cli.syntax.emit import Value

HELP = _("Record that a document adds a task to the plan.")


def run(
    ctx: typer.Context,
    task: Annotated[
        str,
        typer.Argument(
            metavar="TASK", help=_("the id of the new task: its field, a point and its number")
        ),
    ],
    name: Annotated[
        str, typer.Option(parser=words, metavar=_("TEXT"), help=_("what is to be done"))
    ],
    lead: Annotated[
        str,
        typer.Option(parser=words, metavar=_("TEXT"), help=_("who leads it, as the document says")),
    ],
    deadline: Annotated[
        str, typer.Option(parser=words, metavar=_("TEXT"), help=_("its deadline, in words"))
    ],
    authority: AuthorityOption,
    reason: ReasonOption,
    support: Annotated[
        str | None, typer.Option(parser=words, metavar=_("TEXT"), help=_("who supports it"))
    ] = None,
    products: ProductsOption = None,
    on: HoldsFromOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add a task; 1 if the result would have errors."""
    decision = Decision.of(on, authority, reason, plan, dry_run, commit)
    said: dict[str, Value | None] = {
        "name": name, "products": products, "lead": lead, "support": support, "deadline": deadline,
    }  # fmt: skip

    def made(opened: Opened) -> tuple[Plan, str, Entry]:
        of_plan = _plan(chosen_plans(opened, decision.plan))
        place = _place(of_plan, task)
        values = {**place, **{key: value for key, value in said.items() if value}}
        return of_plan, task, Entry("additions", values, msg("addition: {task}", task=task))

    return carry_out(ctx, decision, made)


def _plan(plans: list[Plan]) -> Plan:
    if len(plans) != 1:
        known = ", ".join(str(plan.id) for plan in plans)
        refuse(msg("to which plan is it added? There are: {known}", known=known), "--plan")
    return plans[0]


def _place(plan: Plan, task: str) -> dict[str, Value]:
    """The id, field and number of a new task; a usage error if they are taken or do not fit."""
    field, _point, number = task.removeprefix(id_prefix(plan)).rpartition(".")
    fields = {str(area.id): area for area in plan.fields}
    taken = {str(each.id) for each in in_force(plan).tasks}
    if task in taken or task in {str(duty.id) for duty in plan.duties}:
        refuse(msg("{task} is there already; a new task of this field could be {free}", task=task,
                   free=_free(plan, field, taken)), "TASK")  # fmt: skip
    if field not in fields or not number:
        refuse(msg("“{task}” is no id for a new task: write the id of its field, a point and a "
                   "number, such as {free}; the fields are: {known}", task=task,
                   free=_free(plan, next(iter(fields), "I"), taken), known=", ".join(fields)),
               "TASK")  # fmt: skip
    return {"id": task, "field": field, "number": number}


def _free(plan: Plan, field: str, taken: set[str]) -> str:
    """The first id after all those of a field."""
    prefix = id_prefix(plan)
    ids = [one.removeprefix(prefix).rpartition(".") for one in taken]
    last = max((int(n) for area, _point, n in ids if area == field and n.isdecimal()), default=0)
    return f"{prefix}{field}.{last + 1}"
