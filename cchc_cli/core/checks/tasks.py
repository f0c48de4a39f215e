"""Tasks: there are some, and each has a lead, a product and a deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_cli.core.checks.context import Context, Found
from cchc_cli.core.diagnostics import Diagnostic, error, warning
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Plan, Task
from cchc_cli.core.source import Span

_FIELDS = re.compile(r"^fields(?= *:)", re.MULTILINE)
_WITHOUT: dict[str, Message] = {
    "lead": msg("the task has no lead unit"),
    "products": msg("the task has no product"),
    "deadline": msg("the task has no deadline"),
}


def check_any_field(context: Context) -> Iterator[Diagnostic]:
    """The task table has fields: an empty one gives a plan without tasks.

    Where nothing tells of tasks yet, the plan is only begun; else its table has been lost.
    """
    for base, plan in context.plans:
        if plan.appendix is None or plan.fields or not context.whole(f"{base}appendix.yaml"):
            continue
        place = _fields_key(context, f"{base}appendix.yaml")
        about = {"subject": str(plan.id), "found": "fields"}
        if _tells_of_tasks(plan):
            message = msg("the appendix has no field, and so the plan has no tasks")
            hint = msg("enter the task table below “fields:”, or take it from an earlier version")
            yield error("CCHC104", place, message, hint=hint, **about)
        else:
            message = msg("the plan is only begun: it has no tasks yet")
            hint = msg("enter the task table below “fields:”; see: cchc explain CCHC107")
            yield warning("CCHC107", place, message, hint=hint, **about)


def _tells_of_tasks(plan: Plan) -> bool:
    """Whether anything was recorded or decided about tasks, or waits for them."""
    return any(
        (plan.progress, plan.events, plan.acknowledged, plan.extensions, plan.halts, plan.transfers,
         plan.rewordings, plan.additions)
    )  # fmt: skip


def _fields_key(context: Context, path: str) -> Span:
    """Where the fields are announced."""
    return next(context.pages[path].find(_FIELDS), Found("", Span(path))).span


def check_complete_tasks(context: Context) -> Iterator[Diagnostic]:
    """A task names who leads it, what comes out of it, and by when."""
    for _base, plan in context.plans:
        for task in plan.tasks:
            if task.lead and task.deadline and task.products:
                continue
            if context.sound(task.span):
                for key in _missing(task):
                    yield warning(
                        "CCHC304", task.id.span, _WITHOUT[key], subject=str(task.id), found=key
                    )


def _missing(task: Task) -> Iterator[str]:
    if not task.lead:
        yield "lead"
    if not task.products:
        yield "products"
    if not task.deadline:
        yield "deadline"
