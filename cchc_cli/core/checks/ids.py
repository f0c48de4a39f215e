"""Ids, printed numbers and names: each once, each where it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import TypeVar

from cchc_cli.core.agenda import Work
from cchc_cli.core.checks.context import Context
from cchc_cli.core.diagnostics import Diagnostic, Related, error, warning
from cchc_cli.core.lineage import id_prefix
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Activity, Channel, Event, Field, Group, Plan, Task, Unit, Visit
from cchc_cli.core.source import Span
from cchc_cli.core.wording import fold

Named = TypeVar("Named", Unit | Group, Field, Event, Work | Visit | Activity, Channel)


def check_duplicate_ids(context: Context) -> Iterator[Diagnostic]:
    """An id names one thing. Units and groups share their ids.

    So do tasks, duties, visits of inspections, what they found, and activities of communication.
    """
    workspace = context.workspace
    yield from _repeated(chain[Unit | Group](workspace.units, workspace.groups))
    for _base, plan in context.plans:
        yield from _repeated(plan.fields)
        yield from _repeated(_work(plan))
        yield from _repeated(plan.events)
        for communication in plan.communications:
            yield from _repeated(communication.channels)


def _work(plan: Plan) -> Iterator[Work | Visit | Activity]:
    yield from plan.tasks
    yield from plan.duties
    for inspection in plan.inspections:
        yield from inspection.visits
    yield from plan.findings
    for communication in plan.communications:
        yield from communication.activities


def _repeated(records: Iterable[Named]) -> Iterator[Diagnostic]:
    first: dict[str, Named] = {}
    for record in records:
        earlier = first.setdefault(record.id, record)
        if earlier is not record:
            related = (Related(earlier.id.span, msg("first given here")),)
            message = msg("the id “{id}” is given twice", id=record.id)
            hint = _from_number(record) if isinstance(record, Task) else None
            yield error(
                "CCHC201", record.id.span, message, hint=hint, related=related,
                subject=str(record.id), found=str(record.id),
            )  # fmt: skip


def check_task_ids(context: Context) -> Iterator[Diagnostic]:
    """A task’s id is the id of its field, a point, and its printed number.

    Before that a plan that carries out another may have its years, “2023.”.
    """
    for _base, plan in context.plans:
        seen: set[str] = set()  # what is given twice has been reported
        prefix = id_prefix(plan)
        for area in plan.fields:
            for task in area.tasks:
                fits = task.id.removeprefix(prefix) == _wanted(task)
                if not fits and task.id not in seen and context.sound(task.span):
                    message = msg("number {number} of field {field} has the id “{id}”",
                                  number=task.number, field=area.id, id=task.id)  # fmt: skip
                    yield error(
                        "CCHC202", task.id.span, message, hint=_from_number(task),
                        subject=str(task.id), found=str(task.id),
                    )  # fmt: skip
                seen.add(task.id)


def _wanted(task: Task) -> str:
    return f"{task.field}.{task.number}"


def _from_number(task: Task) -> Message | None:
    """The id that fits the place of a task; None if it has that one."""
    wanted = _wanted(task)
    if task.id == wanted:
        return None
    return msg("write {wanted}, or mend the number", wanted=wanted)


def check_numbering(context: Context) -> Iterator[Diagnostic]:
    """The printed numbers of a field’s tasks run 1, 2, 3 … without a gap."""
    for _base, plan in context.plans:
        prefix = id_prefix(plan)
        for area in plan.fields:
            ids = (task.id.removeprefix(prefix) == _wanted(task) for task in area.tasks)
            if not context.sound(area.span) or not all(ids):
                continue
            for before, number, task in _steps(area):
                if number > before + 1:
                    message = msg("number {number} follows {before}: is a task missing?",
                                  number=number, before=before or msg("the heading"))  # fmt: skip
                    yield warning(
                        "CCHC206", task.number.span, message, subject=str(task.id),
                        found=f"{before} → {number}",
                    )  # fmt: skip


def _steps(area: Field) -> Iterator[tuple[int, int, Task]]:
    """Every number with the one before it; 0 stands before the first."""
    numbered = [(int(t.number), t) for t in area.tasks if t.number.isdecimal()]
    if numbered:
        yield 0, *numbered[0]
    for (before, _), (number, task) in pairwise(numbered):
        yield before, number, task


def check_shared_names(context: Context) -> Iterator[Diagnostic]:
    """A name or alias belongs to one unit or group, whatever its capitals and marks."""
    for who, name, owner in context.shared_names:
        message = msg("“{name}” means both “{one}” and “{other}”",
                      name=name, one=who.id, other=owner.id)  # fmt: skip
        related = (Related(_same(owner, name), msg("the other one")),)
        yield error(
            "CCHC209", name.span, message, related=related, subject=str(who.id), found=str(name)
        )


def _same(owner: Unit | Group, name: str) -> Span:
    """Where `owner` is given the same name."""
    names = (owner.id, owner.name, *owner.aliases)
    return next((other.span for other in names if fold(other) == fold(name)), owner.span)
