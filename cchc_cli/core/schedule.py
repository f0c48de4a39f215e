"""A plan's tasks and duties → their deadlines and occurrences, each wording read once."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from cchc_cli.core.deadlines import occurrences as calendar_of
from cchc_cli.core.deadlines.grammar import parse
from cchc_cli.core.deadlines.occurrences import Occurrence, Resolution, Scope, Step, resolve
from cchc_cli.core.deadlines.terms import Deadline, Kind
from cchc_cli.core.message import msg
from cchc_cli.core.model import Duty, Extension, Plan, Task
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
    """The schedule of one plan, with the events and extensions known on `as_of` (None: all)."""

    def __init__(self, plan: Plan, calendar: WorkCalendar, as_of: date | None = None) -> None:
        self._scope = Scope(plan.period, calendar, effective=plan.effective)
        self._events = {
            str(event.id): calendar_of.Event(event.id, event.name, event.on, event.document or "")
            for event in plan.events
            if event.on is None or as_of is None or event.on <= as_of
        }
        self._extensions: dict[str, list[Extension]] = {}
        for extension in sorted(plan.extensions, key=lambda extension: extension.on):
            if as_of is None or extension.on <= as_of:
                self._extensions.setdefault(str(extension.task), []).append(extension)
        self._known: dict[tuple[str, tuple[str, ...]], Scheduled] = {}
        self._extended: dict[str, Scheduled] = {}

    def of_task(self, task: Task) -> Scheduled:
        """What a task's deadline gives; its pinned reading stands in for the printed words."""
        wording = task.reading.wording if task.reading else task.deadline
        scheduled = self.of_wording(wording or "", tuple(str(event) for event in task.events))
        granted = self._extensions.get(str(task.id))
        if not granted:
            return scheduled
        if task.id not in self._extended:
            self._extended[str(task.id)] = _extended(scheduled, granted)
        return self._extended[str(task.id)]

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

    @property
    def missing_years(self) -> set[int]:
        """Years whose working days were needed for what has been scheduled, and are not known."""
        known = self._known.values()
        return {year for scheduled in known for year in scheduled.resolution.missing_years}

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


def _extended(scheduled: Scheduled, granted: list[Extension]) -> Scheduled:
    """The occurrences with the later due days granted for them; the last document holds."""
    occurrences = list(scheduled.occurrences)
    for extension in granted:
        for place, occurrence in enumerate(occurrences):
            only = extension.period is None and len(occurrences) == 1
            if only or occurrence.period == extension.period:
                occurrences[place] = _with_later_due(occurrence, extension)
    found = tuple(occurrences)
    return Scheduled(scheduled.deadline, scheduled.resolution._replace(occurrences=found))


def _with_later_due(occurrence: Occurrence, extension: Extension) -> Occurrence:
    granted = msg(
        "extended to {to} by {authority} of {on}",
        to=extension.to,
        authority=extension.authority,
        on=extension.on,
    )
    return occurrence._replace(
        due=extension.to,
        boundary=None,
        original_due=occurrence.original_due or occurrence.due,
        steps=(*occurrence.steps, Step(granted)),
    )
