"""Tasks: each has a lead, a product and a deadline."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_cli.core.checks.context import Context
from cchc_cli.core.diagnostics import Diagnostic, warning
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Task

_WITHOUT: dict[str, Message] = {
    "lead": msg("the task has no lead unit"),
    "products": msg("the task has no product"),
    "deadline": msg("the task has no deadline"),
}


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
