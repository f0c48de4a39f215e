"""Plans that share work: the tasks of an annual plan carry out those of the plan above it.

What is recorded about shared work is recorded once, in either plan, and counts in both. Where one
task carries out an occurrence of the parent, both are the same: entries of either are entries of
both. Where several tasks of one plan do, each is a part: for a unit that leads parts of it the
occurrence is begun once any of these is, and done once all are. If more than one plan divides the
same occurrence, the latest does.

A plan whose parent is not known, or that is its own ancestor, shares nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.amendments import in_force
from cchc_cli.core.founding import shortest
from cchc_cli.core.model import Evidence, Plan, Progress, State, Task, Workspace
from cchc_cli.core.progress import counts_from, effective
from cchc_cli.core.schedule import Schedule
from cchc_cli.core.source import Text
from cchc_cli.core.units import Directory, Role


class Node(NamedTuple):
    """One occurrence of a task; `period` is empty for work without periods."""

    plan: str
    task: str
    period: str


class _Made(NamedTuple):
    """An entry with the occurrence under which it stands, and the day by which it is ordered."""

    on: date
    at: Node
    entry: Progress


class Lineage:
    """What the plans of a workspace share; false, and of no cost, where they share nothing."""

    def __init__(self, workspace: Workspace, directory: Directory) -> None:
        self._workspace = workspace
        self._directory = directory
        self._plans = {str(plan.id): plan for plan in workspace.plans.values()}
        self._parents = {
            name: str(plan.parent)
            for name, plan in self._plans.items()
            if plan.parent in self._plans and name not in circle(plan, self._plans)
        }

    def __bool__(self) -> bool:
        return bool(self._parents)

    # -- plans -------------------------------------------------------------------------------------

    def ancestors(self, plan: str) -> Iterator[Plan]:
        """The plan that it carries out, the one which that carries out, and so on."""
        while plan in self._parents:
            plan = self._parents[plan]
            yield self._plans[plan]

    def family(self, plan: Plan) -> list[Plan]:
        """A plan and all that carry it out, directly or not."""
        below = (
            one
            for name, one in self._plans.items()
            if any(above.id == plan.id for above in self.ancestors(name))
        )
        return [plan, *below]

    def with_events(self, plan: Plan) -> Plan:
        """The plan with the events of its ancestors, which its tasks may wait for, too."""
        if str(plan.id) not in self._parents:
            return plan
        known = {str(event.id): event for event in plan.events}
        for above in self.ancestors(str(plan.id)):
            known = {str(event.id): event for event in above.events} | known
        return plan._replace(events=tuple(known.values()))

    def joined(self, plan: Plan, *, parts: bool = True) -> Plan:
        """The plan with all entries about its work, in whatever plan they stand, under its ids.

        Without `parts`, what only follows from those is left out.
        """
        local = self._local.get(str(plan.id), {}) if self._parents else {}
        keys = {(at.task, at.period) for at in local.values()}
        own = [e for e in plan.progress if (str(e.task), str(e.period or "")) not in keys]
        of = self._entries if parts else self._made
        shared = [_called(made.entry, at) for whole, at in local.items() for made in of(whole)]
        return self.with_events(plan)._replace(progress=(*own, *shared))

    # -- occurrences -------------------------------------------------------------------------------

    def carried_out(self, plan: str) -> Mapping[Node, tuple[Node, ...]]:
        """The occurrences of its parent that a plan carries out, each with its own that do."""
        return self._uses.get(plan, {})

    def whole(self, at: Node) -> Node:
        """The occurrence furthest up that is the same work, under which all of it is kept."""
        while (up := self._ups.get(at)) is not None and len(self._uses[at.plan][up]) == 1:
            at = up
        return at

    def parts_of(self, at: Node, unit: str) -> list[Node]:
        """The parts into which an occurrence is divided for a unit; none if it is not."""
        if not self._parents:
            return []
        parts = self._parts.get(self.whole(at), ())
        return [part for part in parts if any(unit in line for line in self._lines(part))]

    def home(self, at: Node, unit: str) -> Node:
        """Where a unit goes on recording about an occurrence: where its last entry stands."""
        if not self._parents:
            return at
        own = [made for made in self._made(self.whole(at)) if made.entry.unit == unit]
        return own[-1].at if own else at

    def shown_once(self, agendas: Sequence[Agenda]) -> None:
        """Leave shared work to the agenda of the plan that carries it out, the latest one."""
        if not self._parents:
            return
        ranked = sorted(agendas, key=lambda agenda: self._rank(str(agenda.plan.id)), reverse=True)
        found = [(agenda, list(self._shared_items(agenda))) for agenda in ranked]
        taken = {
            (self._divided[at], *_who(item))
            for _agenda, items in found for at, item in items if at in self._divided
        }  # fmt: skip
        for agenda, items in found:
            keys = [((self.whole(at), *_who(item)), item) for at, item in items]
            agenda.leave(frozenset(item.key for key, item in keys if key in taken))
            taken |= {key for key, _item in keys}

    def _shared_items(self, agenda: Agenda) -> Iterator[tuple[Node, Item]]:
        plan = str(agenda.plan.id)
        local = set(self._local.get(plan, {}).values())
        tasks = {at.task for at in local}
        for task in agenda.plan.tasks:
            if str(task.id) in tasks:
                for item in agenda.of(task):
                    at = Node(plan, str(task.id), item.period)
                    if at in local:
                        yield at, item

    def _rank(self, plan: str) -> tuple[int, int, str]:
        """Of plans that share work, the one further down and later has the highest."""
        return sum(1 for _above in self.ancestors(plan)), self._plans[plan].period.first, plan

    # -- what carries out what ---------------------------------------------------------------------

    @cached_property
    def _tasks(self) -> Mapping[tuple[str, str], Task]:
        plans = {*self._parents, *self._parents.values()}
        return {
            (name, str(task.id)): task
            for name in sorted(plans)
            for task in in_force(self._plans[name]).tasks
        }

    @cached_property
    def _ups(self) -> Mapping[Node, Node]:
        """Every occurrence of a linked task, with that of the parent which it belongs to."""
        found = {}
        for name, parent in sorted(self._parents.items()):
            plan = in_force(self.with_events(self._plans[name]))
            schedule = Schedule(plan, self._workspace.calendar)
            for task in plan.tasks:
                if task.parent is not None:
                    for slot in schedule.of_task(task).slots:
                        period = slot.period if slot else ""
                        above = str(task.parent.period or period)
                        up = Node(parent, str(task.parent.task), above)
                        found[Node(name, str(task.id), period)] = up
        return found

    @cached_property
    def _uses(self) -> Mapping[str, Mapping[Node, tuple[Node, ...]]]:
        """By plan: what it carries out of its parent, and by which of its own occurrences."""
        found: dict[str, dict[Node, tuple[Node, ...]]] = defaultdict(dict)
        for at, up in self._ups.items():
            found[at.plan][up] = (*found[at.plan].get(up, ()), at)
        return found

    @cached_property
    def _parts(self) -> Mapping[Node, tuple[Node, ...]]:
        """What is divided, with its parts."""
        found = {}
        for plan in sorted(self._uses, key=self._rank):
            for up, parts in self._uses[plan].items():
                if len(parts) > 1:
                    found[self.whole(up)] = parts
        return found

    @cached_property
    def _divided(self) -> Mapping[Node, Node]:
        """Every part, with what it is part of."""
        return {part: whole for whole, parts in self._parts.items() for part in parts}

    @cached_property
    def _same(self) -> Mapping[Node, list[Node]]:
        """What several plans share, with every occurrence that is this work, the oldest first."""
        found: dict[Node, dict[Node, None]] = defaultdict(dict)
        for at in sorted({*self._ups, *self._ups.values()}, key=lambda at: self._rank(at.plan)):
            found[self.whole(at)][at] = None
        return {whole: list(nodes) for whole, nodes in found.items()}

    @cached_property
    def _local(self) -> Mapping[str, Mapping[Node, Node]]:
        """By plan: what it shares, with its own occurrence of it."""
        found: dict[str, dict[Node, Node]] = defaultdict(dict)
        for whole, nodes in self._same.items():
            for at in nodes:
                found[at.plan][whole] = at
        return found

    # -- what was recorded -------------------------------------------------------------------------

    @cached_property
    def _recorded(self) -> Mapping[Node, list[Progress]]:
        found: dict[Node, list[Progress]] = defaultdict(list)
        for name in {*self._parents, *self._parents.values()}:
            for entry in self._plans[name].progress:
                found[Node(name, str(entry.task), str(entry.period or ""))].append(entry)
        return found

    def _made(self, whole: Node) -> list[_Made]:
        """What was recorded about shared work itself, in order.

        Entries of one file keep their order; those of several are ordered by their days of entry,
        those of the plan above first.
        """
        found = [
            made for at in self._same.get(whole, [whole]) for made in _in_order(at, self._recorded)
        ]
        return sorted(found, key=lambda made: made.on)

    def _entries(self, whole: Node) -> list[_Made]:
        """What was recorded about shared work or follows from its parts, in order."""
        return sorted([*self._made(whole), *self._from_parts(whole)], key=lambda made: made.on)

    def _from_parts(self, whole: Node) -> Iterator[_Made]:
        led: dict[tuple[str, ...], list[list[Progress]]] = defaultdict(list)
        for part in self._parts.get(whole, ()):
            entries = [made.entry for made in self._entries(part)]
            for line in self._lines(part):
                led[line].append([e for e in entries if str(e.unit) in line])
        for line, parts in led.items():
            for entry in _together(parts):
                unit = Text(line[0], entry.span)
                made = entry._replace(unit=unit, period=Text(whole.period, entry.span))
                yield _Made(counts_from(made) or date.min, whole, made)

    def _lines(self, at: Node) -> Iterator[tuple[str, ...]]:
        """Every unit that leads a task, each with those to whom its work passes in time."""
        for assignment in self._directory.assignments(self._tasks[at.plan, at.task]):
            if assignment.role is Role.LEAD and assignment.unit is not None:
                yield tuple(self._line(at, str(assignment.unit.id)))

    def _line(self, at: Node, unit: str) -> list[str]:
        found = [unit]
        for giver in found:
            known = self._directory.units.get(giver)
            takers = [str(known.successor)] if known is not None and known.successor else []
            takers += [
                str(t.taker)
                for t in self._plans[at.plan].transfers
                if (str(t.task), str(t.giver)) == (at.task, giver)
            ]
            found += [taker for taker in takers if taker not in found]
        return found


def id_prefix(plan: Plan) -> str:
    """What stands before the ids of the tasks of a plan that carries out another, as "2023."."""
    return f"{shortest(plan.period)}." if plan.parent is not None else ""


def circle(plan: Plan, plans: Mapping[str, Plan]) -> list[str]:
    """The plans through which a plan comes to carry out itself; none if it does not."""
    found: list[str] = []
    at: Plan | None = plan
    while at is not None and at.parent is not None and str(at.id) not in found:
        found.append(str(at.id))
        at = plans.get(str(at.parent))
    return found if at is not None and at.parent is not None and at.id == plan.id else []


def _who(item: Item) -> tuple[str, Role]:
    return item.who[0], item.assignment.role


def _called(entry: Progress, at: Node) -> Progress:
    """An entry under the name that its work has in a plan; it keeps its place."""
    period = Text(at.period, entry.span) if at.period else None
    return entry._replace(task=Text(at.task, entry.task.span), period=period)


def _in_order(at: Node, recorded: Mapping[Node, list[Progress]]) -> Iterator[_Made]:
    """The entries about one occurrence; one without a day stands where the last one did."""
    last: dict[str, date] = {}
    for entry in recorded.get(at, ()):
        unit = str(entry.unit)
        day = entry.recorded_on or counts_from(entry) or date.min
        last[unit] = max(last.get(unit, date.min), day)
        yield _Made(last[unit], at, entry)


class _Together(NamedTuple):
    """How the parts stand together on a day."""

    state: State | None = None
    completed_on: date | None = None
    evidence: tuple[Evidence, ...] = ()


def _together(parts: Sequence[Sequence[Progress]]) -> Iterator[Progress]:
    """Entries about several parts → those that say how the whole stood on any day."""
    before = _Together()
    for day in sorted({counts_from(e) or date.min for part in parts for e in part}):
        found = [effective(part, day) for part in parts]
        now = _standing(found)
        if now != before:
            latest = max((e for e in found if e is not None), key=lambda e: counts_from(e) or day)
            yield from _steps(latest, before, now, None if day == date.min else day)
        before = now
    for entry in (e for part in parts for e in part):
        if entry.note or entry.difficulty or entry.proposal:
            yield entry._replace(state=None, completed_on=None, evidence=(), reason=None)


def _standing(found: Iterable[Progress | None]) -> _Together:
    entries = list(found)
    known = [e for e in entries if e is not None]
    if all(e is not None and e.state is State.DONE for e in entries):
        days = [e.completed_on for e in known]
        last = None if None in days else max(day for day in days if day is not None)
        return _Together(State.DONE, last, tuple(one for e in known for one in e.evidence))
    begun = any(e.state in (State.DONE, State.IN_PROGRESS) for e in known)
    return _Together(State.IN_PROGRESS) if begun else _Together()


def _steps(
    latest: Progress, before: _Together, now: _Together, day: date | None
) -> Iterator[Progress]:
    """The entries that lead from one standing of the parts to the next."""
    bare = latest._replace(
        completed_on=None, recorded_on=day, evidence=(), note=None, difficulty=None, proposal=None
    )
    was_done = before.state is State.DONE
    why = (latest.reason or Text("", latest.span)) if was_done else None
    if was_done and now.state is not State.DONE:
        yield bare._replace(state=State.REOPENED, reason=why)
        why = None
    if now.state is not None:
        yield bare._replace(
            state=now.state, completed_on=now.completed_on, evidence=now.evidence, reason=why
        )
