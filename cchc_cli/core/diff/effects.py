"""What a change means for due days: by whatever cause, each consequence once.

Due days are what all documents on record give, whatever their day; a status is as of one day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from cchc_cli.core.agenda import Agenda, Item, Work
from cchc_cli.core.amendments import in_force
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.diff.changes import Effect, Flip, Shift, Slot
from cchc_cli.core.diff.records import bare
from cchc_cli.core.lineage import Lineage
from cchc_cli.core.model import Duty, Finding, Plan, Task, Workspace
from cchc_cli.core.schedule import Schedule
from cchc_cli.core.status import DONE, Status
from cchc_cli.core.units import Directory, Role

_Parts = Mapping[tuple[str, Role], Item]


class Outlook:
    """A plan in one state: its tasks in force, when they fall due, and how they stand on a day."""

    def __init__(self, plan: Plan, workspace: Workspace, directory: Directory, as_of: date) -> None:
        self.plan = in_force(plan)
        self.directory = directory
        self.as_of = as_of
        self.tasks = tuple(self.plan.tasks)
        self.halted = {str(halt.task) for halt in plan.halts}
        self._recorded, self._workspace = plan, workspace
        self._lineage = Lineage(workspace, directory)

    @cached_property
    def grounds(self) -> tuple[object, ...]:
        """What, beside its own words, the occurrences of a task rest on."""
        plan = self._lineage.with_events(self.plan)
        calendar = self._workspace.calendar
        return plan.period, plan.effective, plan.events, plan.extensions, calendar

    @cached_property
    def _schedule(self) -> Schedule:
        return Schedule(self._lineage.with_events(self.plan), self._workspace.calendar)

    @cached_property
    def _agenda(self) -> Agenda:
        shared = self._workspace
        joined = self._lineage.joined(self._recorded)
        return Agenda(joined, self.directory, shared.calendar, self.as_of, shared.soon)

    @cached_property
    def _today(self) -> Mapping[str, Task]:
        return {str(task.id): task for task in self._agenda.plan.tasks}

    def occurrences(self, of: Work | None) -> tuple[Occurrence, ...]:
        """When some work falls due; never, where it is not there."""
        if of is None:
            return ()
        if isinstance(of, Duty):
            return self._schedule.of_duty(of)
        return self._schedule.of(of).occurrences

    def parts(self, of: Work | None) -> Mapping[str, _Parts]:
        """How every unit stands on the day, by period."""
        found: dict[str, dict[tuple[str, Role], Item]] = {}
        if isinstance(of, Task):
            of = self._today.get(str(of.id))
        elif isinstance(of, Finding):
            of = next((found for found in self._agenda.findings if found.id == of.id), None)
        if of is None:
            return found
        for item in self._agenda.of(of):
            found.setdefault(item.period, {})[_who(item), item.assignment.role] = item
        return found


def _who(item: Item) -> str:
    if item.unit is not None:
        return str(item.unit.id)
    return str(item.assignment.via.name) if item.assignment.via else ""


def undisturbed(before: Outlook, after: Outlook, old: Work | None, new: Work | None) -> bool:
    """Whether nothing that its occurrences rest on has changed; False where that takes a look."""
    if old is None or new is None or (old != new and bare(old) != bare(new)):
        return False
    amended = isinstance(new, Task) and new.printed is not None  # rests on what is recorded, too
    halted = str(new.id) in before.halted or str(new.id) in after.halted
    return not (amended or halted) and before.grounds == after.grounds


def effect(before: Outlook, after: Outlook, old: Work | None, new: Work | None) -> Effect | None:
    """What becomes of the occurrences; None if nothing does."""
    was, now = before.occurrences(old), after.occurrences(new)
    halts = any(
        of is not None and str(of.id) in side.halted for side, of in ((before, old), (after, new))
    )
    if not halts and [o[:3] for o in was] == [o[:3] for o in now]:
        return None
    shifts = list(_side_by_side(was, now))
    if not halts and not any(_differs(shift) for shift in shifts):
        return None
    old_parts, new_parts = before.parts(old), after.parts(new)
    found: list[Shift] = []
    led: dict[str, None] = {}
    for shift in shifts:
        mine = old_parts.get(shift.before.period, {}) if shift.before else {}
        theirs = new_parts.get(shift.after.period, {}) if shift.after else {}
        flips = tuple(_flips(mine, theirs))
        if not (_differs(shift) or (flips and _halted_otherwise(mine, theirs))):
            continue
        found.append(shift._replace(flips=flips))
        led |= dict.fromkeys(who for who, role in theirs or mine if role is Role.LEAD)
    return Effect(tuple(led) or _leads(after, new or old), tuple(found)) if found else None


def _leads(side: Outlook, of: Work | None) -> tuple[str, ...]:
    """Those named to lead it, where it is not there on the day."""
    if not isinstance(of, Task):
        return ()
    named = side.directory.assignments(of)
    return tuple(str(a.unit.id) for a in named if a.unit is not None and a.role is Role.LEAD)


def _side_by_side(was: Iterable[Occurrence], now: Iterable[Occurrence]) -> Iterator[Shift]:
    """Occurrences by period; where each side has just one, that is the same one."""
    old = {o.period: Slot(o.period, o.due) for o in was}
    new = {o.period: Slot(o.period, o.due) for o in now}
    if len(old) == len(new) == 1:
        yield Shift(next(iter(old.values())), next(iter(new.values())))
        return
    for period in sorted(old.keys() | new.keys(), key=lambda p: _day(new.get(p) or old[p])):
        yield Shift(old.get(period), new.get(period))


def _day(slot: Slot) -> tuple[date, str]:
    return slot.due or date.max, slot.period


def _differs(shift: Shift) -> bool:
    return shift.moved or shift.before is None or shift.after is None


def _halted_otherwise(before: _Parts, after: _Parts) -> bool:
    """Whether another suspension or cancellation is in force, or none where there was one."""
    was, now = (
        {key: i.halt and bare(i.halt) for key, i in side.items()} for side in (before, after)
    )
    return any(was[key] != now[key] for key in was.keys() & now.keys())


def _flips(before: _Parts, after: _Parts) -> Iterator[Flip]:
    for key in dict.fromkeys((*after, *before)):
        was, now = (side[key].status if key in side else None for side in (before, after))
        if was is not now:
            yield Flip(*key, was, now)


def weakens(found: Effect | None, as_of: date) -> bool:
    """Whether a day that was over on `as_of` is later or gone, or work no longer counts as late."""
    return found is not None and any(_excuses(shift, as_of) for shift in found.shifts)


def _excuses(shift: Shift, as_of: date) -> bool:
    due = shift.before.due if shift.before else None
    later = shift.after.due if shift.after else None
    if due is not None and due < as_of and (later is None or later > due):
        return True
    flips = (flip for flip in shift.flips if flip.before is Status.OVERDUE)
    return any(flip.after not in (None, Status.OVERDUE, *DONE) for flip in flips)
