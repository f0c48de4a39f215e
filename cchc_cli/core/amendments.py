"""The plan as later documents have it: tasks added, and tasks in other words.

What was printed stays on record in the task; no day before a document's own is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from cchc_cli.core.model import Addition, Plan, Rewording, Task


def in_force(plan: Plan, as_of: date | None = None) -> Plan:
    """`plan` as recorded → with what has been decided by `as_of`, inclusive (None: all of it)."""
    if plan.appendix is None or not (plan.additions or plan.rewordings):
        return plan
    added = _by_field(a for a in plan.additions if as_of is None or a.on <= as_of)
    reworded = _by_task(r for r in plan.rewordings if as_of is None or r.on <= as_of)
    fields = tuple(
        area._replace(
            tasks=tuple(
                _in_other_words(task, reworded.get(str(task.id), ()))
                for task in (*area.tasks, *added.get(str(area.id), ()))
            )
        )
        for area in plan.fields
    )
    return plan._replace(appendix=plan.appendix._replace(fields=fields))


def _by_field(additions: Iterable[Addition]) -> Mapping[str, list[Task]]:
    found: dict[str, list[Task]] = {}
    for one in sorted(additions, key=lambda addition: addition.on):
        task = one.task._replace(field=one.field, amended=(one,))
        found.setdefault(str(one.field), []).append(task)
    return found


def _by_task(rewordings: Iterable[Rewording]) -> Mapping[str, list[Rewording]]:
    found: dict[str, list[Rewording]] = {}
    for one in sorted(rewordings, key=lambda rewording: rewording.on):
        found.setdefault(str(one.task), []).append(one)
    return found


def _in_other_words(task: Task, rewordings: Iterable[Rewording]) -> Task:
    for one in rewordings:
        task = task._replace(
            name=one.name or task.name,
            products=one.products or task.products,
            deadline=one.deadline or task.deadline,
            reading=one.reading if one.deadline else task.reading,
            amended=(*task.amended, one),
            printed=task.printed or task,
        )
    return task
