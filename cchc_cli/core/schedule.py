"""A plan's tasks and duties → their deadlines and occurrences, each wording read once."""

from __future__ import annotations

from typing import NamedTuple

from cchc_cli.core.deadlines import occurrences as calendar_of
from cchc_cli.core.deadlines.grammar import parse
from cchc_cli.core.deadlines.occurrences import Occurrence, Resolution, Scope, resolve
from cchc_cli.core.deadlines.terms import Deadline, Kind
from cchc_cli.core.message import msg
from cchc_cli.core.model import Duty, Plan, Task
from cchc_cli.core.workdays import WorkCalendar

NO_DEADLINE = Deadline("", Kind.UNKNOWN, problem=msg("the task has no deadline"))


class Scheduled(NamedTuple):
    """A deadline and what follows from it."""

    deadline: Deadline
    resolution: Resolution

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """The occurrences, in order of time."""
        return self.resolution.occurrences


class Schedule:
    """The schedule of one plan."""

    def __init__(self, plan: Plan, calendar: WorkCalendar) -> None:
        self._scope = Scope(plan.period, calendar, effective=plan.effective)
        self._events = {
            str(event.id): calendar_of.Event(event.id, event.name, event.on, event.document or "")
            for event in plan.events
        }
        self._known: dict[tuple[str, tuple[str, ...]], Scheduled] = {}

    def of_task(self, task: Task) -> Scheduled:
        """What a task's deadline gives; its pinned reading stands in for the printed words."""
        wording = task.reading.wording if task.reading else task.deadline
        return self.of_wording(wording or "", tuple(str(event) for event in task.events))

    def of_wording(self, wording: str, events: tuple[str, ...] = ()) -> Scheduled:
        """What any wording gives within this plan."""
        key = (str(wording), events)
        found = self._known.get(key)
        if found is None:
            deadline = parse(wording) if wording.strip() else NO_DEADLINE
            waited = tuple(self._events[event] for event in events if event in self._events)
            scope = self._scope._replace(events=waited)
            found = self._known[key] = Scheduled(deadline, resolve(deadline, scope))
        return found

    def of_duty(self, duty: Duty) -> tuple[Occurrence, ...]:
        """A duty's windows, each with the due day its deadline gives for the same period."""
        windows = self.of_wording(duty.window).occurrences
        due = {o.period: o for o in self.of_wording(duty.deadline or "").occurrences}
        found = []
        for window in windows:
            last = due.get(window.period)
            found.append(
                Occurrence(
                    window.period,
                    window.start,
                    last.due if last else None,
                    last.boundary if last else None,
                    (*window.steps, *(last.steps if last else ())),
                )
            )
        return tuple(found)
