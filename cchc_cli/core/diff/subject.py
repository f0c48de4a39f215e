"""Changes that concern one task, unit or event, by the names that it had over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cchc_cli.core.amendments import in_force
from cchc_cli.core.diff.changes import Change, Kind, Words
from cchc_cli.core.diff.tasks import Cell, Numbering, reached
from cchc_cli.core.model import (
    Activity,
    Finding,
    Group,
    Plan,
    Progress,
    Task,
    Transfer,
    Unit,
    Visit,
    Workspace,
)
from cchc_cli.core.units import Directory

# A section is called “IV.3”, and so may be a task.
_NO_TASK = (Kind.SECTION_CHANGED, Kind.TEXT_CHANGED)

_GONE = ("_removed", "_erased")  # called as they were


class Subject(NamedTuple):
    """What changes are looked for: everything, a task, event, duty … by its `name`, or `units`.

    `plan` is the only one to look in. In a plan that `names` has, it is called otherwise; None: not
    at all, since that name was of something else then.
    """

    name: str | None = None
    units: frozenset[str] = frozenset()
    plan: str | None = None
    names: tuple[tuple[str, str | None], ...] = ()

    def in_plan(self, plan: str) -> str | None:
        """How it is called in a plan, without regard to capitals."""
        name = dict(self.names).get(plan, self.name)
        return None if name is None else name.casefold()


def with_predecessors(unit: Unit, units: Iterable[Unit]) -> frozenset[str]:
    """A unit and all whose work came to it, one after the other."""
    every = list(units)
    names: set[str] = set()
    found = {str(unit.id)}
    while found:
        names |= found
        found = {str(u.id) for u in every if u.successor and str(u.successor) in found} - names
    return frozenset(names)


def ids(plan: Plan) -> Iterator[str]:
    """What can be asked for by its id in a plan: work, events, visits and activities."""
    for task in in_force(plan).tasks:
        yield str(task.id)
    for duty in plan.duties:
        yield str(duty.id)
    for event in plan.events:
        yield str(event.id)
    for inspection in plan.inspections:
        for visit in inspection.visits:
            yield from map(str, (visit.id, *(finding.id for finding in visit.findings)))
    for communication in plan.communications:
        yield from (str(activity.id) for activity in communication.activities)


def untouched(before: Workspace, after: Workspace, subject: Subject) -> bool:
    """Whether only rows of other tasks differ, so that no change can concern this one."""
    if subject.name is None or subject.units or not _alike(before, after):
        return False
    rows = [
        [
            task
            for name in sorted(side.plans)
            for task in side.plans[name].tasks
            if str(task.id).casefold() == subject.in_plan(name)
        ]
        for side in (before, after)
    ]
    return bool(rows[0]) and rows[0] == rows[1]


def _alike(before: Workspace, after: Workspace) -> bool:
    """Whether all but the task tables is the same."""
    sides = [
        (
            side.office, side.units, side.groups, side.calendar,
            {name: plan._replace(appendix=None) for name, plan in side.plans.items()},
        )
        for side in (before, after)
    ]  # fmt: skip
    return sides[0] == sides[1]


def concerning(
    changes: Iterable[Change], subject: Subject, before: Workspace, after: Workspace
) -> list[Change]:
    """The changes from one state to the other that concern it; `subject` as of the later one."""
    found = [change for change in changes if subject.plan in (None, change.plan)]
    if subject.units:
        known = [Directory(side.units, side.groups) for side in (before, after)]
        return [c for c in found if not subject.units.isdisjoint(_units(c, *known))]
    if subject.name is None:
        return found
    sides = {True: (earlier(changes, subject, after), before), False: (subject, after)}
    return [c for c in found if _concerns(c, *sides[c.kind.value.endswith(_GONE)])]


def earlier(changes: Iterable[Change], subject: Subject, after: Workspace) -> Subject:
    """The subject as it was called before these changes."""
    plan, names = subject.plan, dict(subject.names)
    plans: dict[str, str] = {}
    renumbered: dict[str, dict[str, str]] = {}
    for change in changes:
        was, now = change.before, change.after
        if change.kind is Kind.PLAN_RENAMED:
            plans[change.plan] = str(was)
            plan = str(was) if plan == change.plan else plan
        elif isinstance(was, Numbering) and isinstance(now, Numbering) and was.id != now.id:
            renumbered.setdefault(change.plan, {})[now.id.casefold()] = was.id
    for later, known in renumbered.items():
        called = subject.in_plan(later)
        other = _has(after, later, called) and any(
            called == was.casefold() for was in known.values()
        )
        if called is not None:
            names[later] = known.get(called, None if other else called)
    moved = tuple((plans.get(later, later), name) for later, name in names.items())
    return subject._replace(plan=plan, names=moved)


def _concerns(change: Change, subject: Subject, side: Workspace) -> bool:
    """Whether it is about the subject as it was called on that side."""
    called = subject.in_plan(change.plan)
    if called is None or change.kind in _NO_TASK:
        return False
    if change.kind in (Kind.PLAN_ADDED, Kind.PLAN_REMOVED):
        return _has(side, change.plan, called)
    if isinstance(change.before, Numbering) and called == change.before.id.casefold():
        return not _has(side, change.plan, called)  # this is what has become of it
    awaited = {event.casefold() for words in (change.before, change.after)
               if isinstance(words, Words) for event in words.events}  # fmt: skip
    return called == change.subject.casefold() or called in awaited


def _has(side: Workspace, plan: str, called: str | None) -> bool:
    known = side.plans.get(plan)
    return known is not None and any(called == name.casefold() for name in ids(known))


def _units(change: Change, before: Directory, after: Directory) -> Iterator[str]:
    """The units that a change concerns: themselves, what they recorded, work that came or went."""
    if change.kind.value.startswith("unit_"):
        yield change.subject
    if change.kind in (Kind.PLAN_ADDED, Kind.PLAN_REMOVED):  # with all its work
        yield from (after if change.kind is Kind.PLAN_ADDED else before).units
    was, now = _reached(change.before, before), _reached(change.after, after)
    yield from was ^ now
    for record in (change.before, change.after):
        if isinstance(record, Progress) and record.unit is not None:
            yield str(record.unit)
        if isinstance(record, Transfer):
            yield from (str(record.giver), str(record.taker))


def _reached(value: object, directory: Directory) -> set[str]:
    """The units that a value of a change names to do the work."""
    if isinstance(value, Task):
        return {u for text in (value.lead, value.support) for u in reached(text, directory)}
    if isinstance(value, Cell):
        return set(value.units)
    if isinstance(value, Visit | Finding | Activity):
        return {str(value.unit)} if value.unit else set()
    return set(map(str, value.members)) if isinstance(value, Group) else set()
