"""A plan's tasks and duties → their deadlines and occurrences, each wording read once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from cchc_cli.core.deadlines import occurrences as calendar_of
from cchc_cli.core.deadlines.grammar import parse
from cchc_cli.core.deadlines.occurrences import Occurrence, Resolution, Scope, Step, resolve
from cchc_cli.core.deadlines.terms import WAITS, Deadline, Kind
from cchc_cli.core.message import msg
from cchc_cli.core.model import Activity, Addition, Duty, Extension, Finding, Plan, Rewording, Task
from cchc_cli.core.progress import counts_from
from cchc_cli.core.source import Text
from cchc_cli.core.workdays import WorkCalendar

NO_DEADLINE = Deadline("", Kind.UNKNOWN, problem=msg("the task has no deadline"))


# Schedules of many days, and of many states of a plan, read the same few wordings.
read = lru_cache(maxsize=1024)(parse)


class Scheduled(NamedTuple):
    """A deadline and what follows from it.

    `also_open` says that there is work beside the occurrences that has none of its own: it waits
    for another event, or by words that came later it goes on, or cannot be dated.
    """

    deadline: Deadline
    resolution: Resolution
    also_open: bool = False

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """The occurrences, in order of time."""
        return self.resolution.occurrences

    @property
    def slots(self) -> tuple[Occurrence | None, ...]:
        """What there is to do: every occurrence, and None for work that has none; never empty."""
        return (*self.occurrences, None) if self.also_open else self.occurrences or (None,)


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
        for extension in plan.extensions:
            if as_of is None or extension.on <= as_of:
                self._extensions.setdefault(str(extension.task), []).append(extension)
        self._entries = plan.progress
        self._known: dict[tuple[str, tuple[str, ...]], Scheduled] = {}
        self._amended: dict[str, Scheduled] = {}

    def of_task(self, task: Task) -> Scheduled:
        """What a task's deadline gives; its pinned reading stands in for the printed words.

        What documents have changed is taken in order of their days.
        """
        if not task.amended and task.id not in self._extensions:
            return self.by_words(task)
        if task.id not in self._amended:
            self._amended[str(task.id)] = self._with_amendments(task)
        return self._amended[str(task.id)]

    def of(self, work: Task | Finding) -> Scheduled:
        """What the deadline of a task or finding gives."""
        return self.of_finding(work) if isinstance(work, Finding) else self.of_task(work)

    def of_finding(self, finding: Finding) -> Scheduled:
        """What the deadline of a finding gives from the day on which it was found."""
        found = self.by_words(finding)
        ahead = [o for o in found.occurrences if not _closed(o, finding.found_on or date.min)]
        if ahead:  # else its only day was over before it was found, which a check tells
            found = _with(found, ahead)
        for granted in sorted(self._extensions.get(str(finding.id), ()), key=lambda e: e.on):
            found = _extended(found, granted)
        return found

    def by_words(
        self, worded: Task | Rewording | Finding | Activity, events: tuple[Text, ...] | None = None
    ) -> Scheduled:
        """What the words alone give, whatever has been amended.

        `events` are those of the task, which a rewording does not know.
        """
        wording = worded.reading.wording if worded.reading else worded.deadline
        if events is None:
            events = worded.events if isinstance(worded, Task) else ()
        return self.of_wording(wording or "", tuple(str(event) for event in events))

    def _with_amendments(self, task: Task) -> Scheduled:
        first = task.printed or task
        found, words = self.by_words(first), first.deadline
        steps = [*task.amended, *self._extensions.get(str(task.id), ())]
        for step in sorted(steps, key=lambda step: step.on):
            if isinstance(step, Extension):
                found = _extended(found, step)
            elif isinstance(step, Addition):
                found = _added(found, step)
            elif step.deadline is not None:
                later = self.by_words(step, task.events)
                recorded = self._recorded(str(task.id), step.on)
                found = _reworded(found, later, step, str(words or ""), recorded)
                words = step.deadline
        return found

    def _recorded(self, task: str, day: date) -> set[str]:
        """The periods of a task of which something had been recorded before `day`."""
        return {
            str(entry.period or "")
            for entry in self._entries
            if entry.task == task and ((counts_from(entry) or date.min) < day)
        }

    def of_wording(self, wording: str, events: tuple[str, ...] = ()) -> Scheduled:
        """What any wording gives within this plan."""
        key = (str(wording), events)
        found = self._known.get(key)
        if found is None:
            deadline = read(str(wording)) if wording.strip() else NO_DEADLINE
            waited = tuple(self._events[event] for event in events if event in self._events)
            scope = self._scope._replace(events=waited)
            resolution = resolve(deadline, scope)
            waits = deadline.kind in WAITS and len(resolution.occurrences) < len(events)
            also_open = waits and bool(resolution.occurrences)
            found = self._known[key] = Scheduled(deadline, resolution, also_open)
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


def _with(scheduled: Scheduled, occurrences: Iterable[Occurrence]) -> Scheduled:
    resolution = scheduled.resolution._replace(occurrences=tuple(occurrences))
    return scheduled._replace(resolution=resolution)


def _added(scheduled: Scheduled, addition: Addition) -> Scheduled:
    """Without what would have been due before the task was there."""
    return _with(scheduled, (o for o in scheduled.occurrences if not _closed(o, addition.on)))


def _closed(occurrence: Occurrence, on: date) -> bool:
    """Whether its last day was over when a document of the day `on` came."""
    return occurrence.due is not None and occurrence.due < on


def _reworded(
    before: Scheduled, after: Scheduled, rewording: Rewording, words: str, recorded: set[str]
) -> Scheduled:
    """The deadline by its new words, with what stays due by the earlier `words`.

    That is what was due before the document's day; a period for which the new words give a day
    before that; and what is `recorded` of a period that the new words no longer have. Where each
    wording leaves one occurrence to do, it is the same one and keeps the name of its period.
    """
    given = {o.period: o for o in after.occurrences}
    ahead = {period: o for period, o in given.items() if not _closed(o, rewording.on)}
    still_open = [o for o in before.occurrences if not _closed(o, rewording.on)]
    if len(still_open) == len(ahead) == 1:
        (only,) = ahead.values()
        ahead = {still_open[0].period: only._replace(period=still_open[0].period)}
    kept = [
        o._replace(wording=o.wording or words)
        for o in before.occurrences
        if _closed(o, rewording.on)
        or (o.period not in ahead and (o.period in given or o.period in recorded))
    ]
    earlier = {o.period: o for o in before.occurrences}
    periods = {o.period for o in kept}
    new = [
        _by_document(o, earlier.get(o.period), rewording)
        for o in ahead.values()
        if o.period not in periods
    ]
    found = _with(after, sorted([*kept, *new], key=lambda o: o.due or o.start or date.max))
    return found._replace(also_open=after.also_open or (bool(kept) and not given))


def _by_document(
    occurrence: Occurrence, earlier: Occurrence | None, rewording: Rewording
) -> Occurrence:
    why = msg("worded so by {authority} of {on}", authority=rewording.authority, on=rewording.on)
    original = (earlier.original_due or earlier.due) if earlier else None
    return occurrence._replace(
        original_due=original if original != occurrence.due else None,
        steps=(*occurrence.steps, Step(why)),
    )


def _extended(scheduled: Scheduled, granted: Extension) -> Scheduled:
    """The occurrences with the later due day granted for one of them."""
    alone = granted.period is None and len(scheduled.occurrences) == 1
    return _with(
        scheduled,
        (
            _with_later_due(o, granted) if alone or o.period == granted.period else o
            for o in scheduled.occurrences
        ),
    )


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
