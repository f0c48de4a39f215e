"""What is on record about one task, fact by fact, so that each can be followed back by itself."""

from __future__ import annotations

from typing import NamedTuple

from cchc_cli.core.amendments import in_force
from cchc_cli.core.diff import tasks
from cchc_cli.core.diff.compare import renamed_plans
from cchc_cli.core.diff.records import ANY, NOWHERE, bare, keyed, task_of
from cchc_cli.core.model import Addition, Amendment, Plan, Progress, Task, Workspace

_CELLS = ("name", "products", "lead", "support", "deadline", "reading", "events", "parent")


class Named(NamedTuple):
    """A task as it is called in a state: the names of its plan and of itself."""

    plan: str
    task: str


class Fact(NamedTuple):
    """A cell of the printed row, a decision or an entry. `key` tells it from all others."""

    key: tuple[object, ...]
    label: str
    value: object

    def agrees(self, other: Fact) -> bool:
        """Whether one of the same key says the same: of a record the key says all of it."""
        return len(self.key) > 1 or self.value == other.value


def facts(state: Workspace, named: Named) -> dict[tuple[object, ...], Fact]:
    """The facts of a task by their keys; none where there is no such task."""
    plan = state.plans.get(named.plan)
    row = plan and _row(plan, named.task)
    if plan is None or row is None:
        return {}
    row = row._replace(events=tuple(sorted(row.events)))  # their order says nothing
    cells = ((key, getattr(row, key)) for key in _CELLS)
    found = [Fact((key,), key, value) for key, value in cells if value]
    for label, records in (("decision", plan.amendments), ("progress", plan.progress)):
        own = [one for one in records if task_of(one) == named.task]
        for key, record in keyed(own, _said).items():
            found.append(Fact((label, *key), label, record))
    return {fact.key: fact for fact in found}


def _row(plan: Plan, name: str) -> Task | None:
    """The row as printed, or as a document added it."""
    found = next((task for task in in_force(plan).tasks if task.id == name), None)
    return found and (found.printed or found)


def _said(one: Amendment | Progress) -> object:
    """The record without its place and without the name of its task."""
    if isinstance(one, Addition):  # the cells of its task are facts of their own
        return bare(one._replace(task=Task(ANY, ANY, ANY, NOWHERE)))
    return bare(one._replace(task=ANY))


def earlier_name(named: Named, before: Workspace, after: Workspace) -> Named | None:
    """How the task was called in an earlier state; None where it was not there."""
    name = renamed_plans(before, after).get(named.plan, named.plan)
    was, now = before.plans.get(name), after.plans.get(named.plan)
    if was is None or now is None:
        return None
    if was.appendix is now.appendix and was.additions == now.additions:
        return Named(name, named.task)
    pairing = tasks.paired(in_force(was).tasks, in_force(now).tasks)
    pair = next((p for p in pairing.pairs if p.after and p.after.id == named.task), None)
    return Named(name, str(pair.before.id)) if pair and pair.before else None
