"""Tasks: there are some, and each has a lead, a product and a deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_cli.core.checks.context import Context, Found
from cchc_cli.core.diagnostics import Diagnostic, error, warning
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Task
from cchc_cli.core.source import Span

_FIELDS = re.compile(r"^fields(?= *:)", re.MULTILINE)
_WITHOUT: dict[str, Message] = {
    "lead": msg("the task has no lead unit"),
    "products": msg("the task has no product"),
    "deadline": msg("the task has no deadline"),
}


def check_any_field(context: Context) -> Iterator[Diagnostic]:
    """The task table has fields: an empty one gives a plan without tasks."""
    for base, plan in context.plans:
        if plan.appendix is not None and not plan.fields and context.whole(f"{base}appendix.yaml"):
            message = msg("the appendix has no field, and so the plan has no tasks")
            hint = msg("enter the task table below “fields:”, or take it from an earlier version")
            yield error(
                "CCHC104", _fields_key(context, f"{base}appendix.yaml"), message, hint=hint,
                subject=str(plan.id), found="fields",
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
