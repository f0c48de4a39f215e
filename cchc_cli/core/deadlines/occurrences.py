"""Deadlines → dated occurrences, each with the steps that led to its date.

Bounds: `start` and `due` are inclusive days; `boundary` is the day that "trước ngày D" excludes,
so `due` is the day before it. A fixed date is never moved off a day of rest. A term (thời hạn)
counted from an event is: Bộ luật Dân sự 2015, art. 147(2) and 148(5).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from cchc_cli.core.deadlines.terms import (
    Anchor,
    Bound,
    Day,
    Deadline,
    InCycle,
    Kind,
    Months,
    Offset,
    OffsetUnit,
    Term,
    Unit,
    When,
    YearRef,
    months_of,
    parts,
    year_of,
)
from cchc_cli.core.message import Message, msg
from cchc_cli.core.periods import Days, Period, Years
from cchc_cli.core.workdays import WorkCalendar

_ONE_DAY = timedelta(days=1)
LAW_FIRST_DAY = "Bộ luật Dân sự 2015, Điều 147 khoản 2"
LAW_MONTHS = "Bộ luật Dân sự 2015, Điều 148 khoản 3"
LAW_REST_DAY = "Bộ luật Dân sự 2015, Điều 148 khoản 5"
LAW_EDGES = "Bộ luật Dân sự 2015, Điều 146"


class Step(NamedTuple):
    """One step from the words to the date, and the law it rests on, if any."""

    message: Message
    law: str = ""


class Event(NamedTuple):
    """Something that deadlines wait for; `on` is None until it has happened."""

    id: str
    name: str
    on: date | None = None
    document: str = ""


class Occurrence(NamedTuple):
    """One time that a deadline falls due, under a `period` label unique within its task.

    `original_due` is the due day by the plan, where a document has set another one. `wording` are
    the words it is due by, where other words are in force by now.
    """

    period: str
    start: date | None
    due: date | None
    boundary: date | None = None
    steps: tuple[Step, ...] = ()
    original_due: date | None = None
    wording: str | None = None


class Scope(NamedTuple):
    """What occurrences are derived for.

    `year` limits recurring deadlines to one year and stands in where the text names none. Nothing
    exists whose whole window ended before `effective`.
    """

    plan: Years
    calendar: WorkCalendar
    year: int | None = None
    effective: date | None = None
    events: tuple[Event, ...] = ()


class Resolution(NamedTuple):
    """The occurrences of one deadline, and why some or all could not be given."""

    occurrences: tuple[Occurrence, ...] = ()
    problems: tuple[Message, ...] = ()
    missing_years: tuple[int, ...] = ()  # years whose working days were needed and are not known


class _NoDate(Exception):
    """This occurrence has no date; the message says why. Never leaves this module."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.template)
        self.message = message


class _Frame(NamedTuple):
    """What the words of one occurrence are relative to."""

    year: int
    cycle: Period
    scope: Scope
    needed: set[int]  # years whose working days were asked for
    steps: list[Step]

    def note(self, message: Message, law: str = "") -> None:
        step = Step(message, law)
        if step not in self.steps:
            self.steps.append(step)


def resolve(deadline: Deadline, scope: Scope) -> Resolution:
    """Derive every occurrence of `deadline` in `scope`, in order of time."""
    needed: set[int] = set()
    found: list[Occurrence] = []
    problems: list[Message] = [] if deadline.problem is None else [deadline.problem]
    for results in (
        _from_terms(deadline, scope, needed),
        _from_offset(deadline, scope, needed),
        _from_events(deadline, scope),
    ):
        for result in results:
            if isinstance(result, Occurrence):
                found.append(result)
            elif result not in problems:
                problems.append(result)
    alive = [o for o in found if not _over_before(o, scope.effective)]
    alive.sort(key=lambda o: (o.due or date.max, o.start or date.max))
    missing = tuple(sorted(year for year in needed if not scope.calendar.knows(year)))
    return Resolution(tuple(_uniquely_named(alive)), tuple(problems), missing)


def _over_before(occurrence: Occurrence, effective: date | None) -> bool:
    return effective is not None and occurrence.due is not None and occurrence.due < effective


def _uniquely_named(occurrences: list[Occurrence]) -> Iterator[Occurrence]:
    """Where two share a period, each is named by its due day instead."""
    labels = [o.period for o in occurrences]
    seen: set[str] = set()
    for occurrence in occurrences:
        shared = labels.count(occurrence.period) > 1 and occurrence.due is not None
        label = str(occurrence.due) if shared else occurrence.period
        if label not in seen:
            seen.add(label)
            yield occurrence._replace(period=label)


# -- terms -----------------------------------------------------------------------------------------


def _from_terms(
    deadline: Deadline, scope: Scope, needed: set[int]
) -> Iterator[Occurrence | Message]:
    several = len(deadline.terms) > 1
    for term in deadline.terms:
        assumed = any(_anchor(when) is Anchor.ASSUMED for when in parts(term))
        if assumed and scope.year is None and scope.plan.first != scope.plan.last:
            yield msg("the text names no year, and the plan has several")
            continue
        if term.each is None:
            year = scope.year or scope.plan.first
            yield _occurrence(term, Period(year, 1, 12), scope, needed, own_label=True)
            continue
        for cycle in _cycles(term, scope):
            own_label = several and term.each is Unit.YEAR
            yield _occurrence(term, cycle, scope, needed, own_label=own_label)


def _cycles(term: Term, scope: Scope) -> Iterator[Period]:
    """Every cycle of the plan (or of the one year asked for) in which the term recurs."""
    assert term.each is not None
    years: Iterable[int] = scope.plan.all if scope.year is None else (scope.year,)
    for year in years:
        if (term.since or year) <= year <= (term.until or year):
            for first in range(1, 13, term.each):
                yield Period(year, first, first + term.each - 1)


def _occurrence(
    term: Term, cycle: Period, scope: Scope, needed: set[int], *, own_label: bool
) -> Occurrence | Message:
    frame = _Frame(cycle.year, cycle, scope, needed, [])
    try:
        label = _label(term, frame) if own_label else cycle.label
        start, due, boundary = _bounds(term, frame)
    except _NoDate as reason:
        return reason.message
    if start is not None and due is not None and start > due:
        return msg("the end lies before the start")
    return Occurrence(label, start, due, boundary, tuple(frame.steps))


def _bounds(term: Term, frame: _Frame) -> tuple[date | None, date | None, date | None]:
    """(start, due, boundary) of a term in one frame."""
    days = _days(term.when, frame)
    if term.opening is not None:
        start = _days(term.opening, frame).first
        frame.note(msg("from {start}", start=start))
        return start, *_end(term.bound, days, frame)
    match term.bound:
        case Bound.FROM:
            frame.note(msg("starts on {day}; the text gives no last day", day=days.first))
            return days.first, None, None
        case Bound.AFTER:
            start = days.last + _ONE_DAY
            frame.note(msg("starts after {day}; the text gives no last day", day=days.last))
            return start, None, None
        case Bound.EDGE:
            message = msg("“đầu” is day {day}; the text gives no last day", day=days.first)
            frame.note(message, LAW_EDGES)
            return days.first, None, None
        case Bound.WITHIN:
            start_day = None if isinstance(term.when, Day) else days.first
            frame.note(msg("due on {due}, that day included", due=days.last))
            return start_day, days.last, None
    return None, *_end(term.bound, days, frame)


def _end(bound: Bound, days: Days, frame: _Frame) -> tuple[date, date | None]:
    """(due, boundary) where work ends by, or before, these days."""
    if bound is Bound.BEFORE:
        due = days.first - _ONE_DAY
        frame.note(
            msg("“trước” {boundary} excludes that day: due on {due}", boundary=days.first, due=due)
        )
        return due, days.first
    frame.note(msg("due on {due}, that day included", due=days.last))
    return days.last, None


# -- whens → days ----------------------------------------------------------------------------------


def _days(when: When, frame: _Frame) -> Days:
    if isinstance(when, Day):
        assert when.of is not None
        return _day(when, _period_days(when.of, frame), frame)
    return _period_days(when, frame)


def _day(day: Day, within: Days, frame: _Frame) -> Days:
    """The one day that `day` names within some days."""
    if day.working:
        return _working_day(day.number, within, frame)
    if day.number == -1:
        return Days(within.last, within.last)
    last = calendar.monthrange(within.first.year, within.first.month)[1]
    if day.number > last and isinstance(day.of, Months):
        raise _NoDate(
            msg("{day}/{month}/{year} does not exist", day=day.number, month=within.first.month,
                year=within.first.year)
        )  # fmt: skip
    if day.number > last:
        frame.note(msg("that month ends on day {last}", last=last))
    found = within.first.replace(day=min(day.number, last))
    return Days(found, found)


def _working_day(number: int, within: Days, frame: _Frame) -> Days:
    days = frame.scope.calendar
    frame.needed.add(within.last.year)
    if number == -1:
        found = days.on_or_before(within.last)
        frame.note(msg("the last working day up to {last} is {day}", last=within.last, day=found))
    else:
        found = days.on_or_after(within.first)
        frame.note(
            msg("the first working day from {first} is {day}", first=within.first, day=found)
        )
    return Days(found, found)


def _period_days(months: Months | InCycle, frame: _Frame) -> Days:
    if isinstance(months, Months):
        assert months.year is not None
        period = Period(_year(months.year, frame), months.first, months.last)
    else:
        period = _cycle_part(months, frame)
    days = period.days
    if period.length > 1 or isinstance(months, InCycle):
        first, last = days
        frame.note(msg("{period} is {first} to {last}", period=period.name, first=first, last=last))
    return days


def _cycle_part(part: InCycle, frame: _Frame) -> Period:
    """The months a cycle-relative part stands for."""
    assert part.unit is not None
    cycle, length = frame.cycle, int(part.unit)
    if length < cycle.length:  # "tháng sau" within a quarter: after which of its months?
        raise _NoDate(msg("needs one reporting period, and the text has several"))
    whole = Period(cycle.year, cycle.first, cycle.first + length - 1).shifted(part.shift)
    if part.nth == 0:
        return whole
    month = whole.last if part.nth == -1 else whole.first + part.nth - 1
    return Period(whole.year, month, month)


def _year(ref: YearRef, frame: _Frame) -> int:
    plan = frame.scope.plan
    match ref.anchor:
        case Anchor.ABSOLUTE:
            return ref.value
        case Anchor.PLAN_FIRST:
            return plan.first + ref.value
        case Anchor.PLAN_LAST:
            return plan.last + ref.value
        case Anchor.PRECEDING_FIRST:
            return 2 * plan.first - plan.last - 1 + ref.value
        case Anchor.ASSUMED:
            frame.note(msg("the text names no year: taken as {year}", year=frame.year))
            return frame.year
        case Anchor.SLOT:
            year = frame.year + ref.value
            frame.note(msg("the year of this occurrence is {year}", year=frame.year))
            if ref.value:
                frame.note(msg("counted from it, the year meant is {year}", year=year))
            return year


def _anchor(when: When) -> Anchor | None:
    year = year_of(when)
    return year.anchor if year is not None else None


def _label(term: Term, frame: _Frame) -> str:
    """A period label from the shape of the term itself."""
    when = term.when
    if isinstance(when, Day):
        return _days(when, frame._replace(steps=[])).first.isoformat()
    days = _period_days(when, frame._replace(steps=[]))
    last = Period(days.last.year, days.first.month, days.last.month).label
    if term.opening is None:
        return last
    first = _period_days_of(term.opening, frame)
    if (first.first.month, days.last.month) == (1, 12):
        return f"{first.first.year}-{days.last.year}"
    return f"{first.first:%Y-%m}..{days.last:%Y-%m}"


def _period_days_of(when: When, frame: _Frame) -> Days:
    months = months_of(when)
    assert months is not None
    return _period_days(months, frame._replace(steps=[]))


# -- offsets and events ----------------------------------------------------------------------------


def _from_offset(
    deadline: Deadline, scope: Scope, needed: set[int]
) -> Iterator[Occurrence | Message]:
    offset = deadline.offset
    if offset is None:
        return
    if offset.anchor is None:
        for event in scope.events:
            if event.on is not None:
                yield _counted(offset, event.on, event.id, scope, needed)
        return
    term = Term(Bound.BY, offset.anchor, each=offset.each)
    cycles = _cycles(term, scope) if offset.each else [Period(scope.plan.first, 1, 12)]
    for cycle in cycles:
        frame = _Frame(cycle.year, cycle, scope, needed, [])
        day = _days(offset.anchor, frame).first
        label = cycle.label if offset.each else day.isoformat()
        yield _counted(offset, day, label, scope, needed)


def _counted(
    offset: Offset, origin: date, label: str, scope: Scope, needed: set[int]
) -> Occurrence:
    """Count a term from `origin`, which is itself not counted (art. 147(2))."""
    steps = [Step(msg("counted from {day}, that day not included", day=origin), LAW_FIRST_DAY)]
    if offset.unit is OffsetUnit.WORKING_DAY:
        end = scope.calendar.add(origin, offset.length)
        needed.update(range(origin.year, end.year + 1))
        steps.append(Step(msg("{count} working days end on {day}", count=offset.length, day=end)))
    else:
        end, step = _plain_end(offset, origin)
        steps.append(step)
        open_day = scope.calendar.on_or_after(end)
        needed.update((end.year, open_day.year))
        if open_day != end:
            message = msg("{day} is a day of rest: the term ends on {open}", day=end, open=open_day)
            steps.append(Step(message, LAW_REST_DAY))
        end = open_day
    if offset.starts:
        return Occurrence(label, end + _ONE_DAY, None, None, tuple(steps))
    return Occurrence(label, None, end, None, tuple(steps))


def _plain_end(offset: Offset, origin: date) -> tuple[date, Step]:
    """The last day of a term in days, weeks, months or years, before any day of rest."""
    count = offset.length
    match offset.unit:
        case OffsetUnit.WEEK:
            end = origin + timedelta(weeks=count)
            return end, Step(msg("{count} weeks end on {day}", count=count, day=end))
        case OffsetUnit.MONTH:
            end = _months_later(origin, count)
            return end, Step(msg("{count} months end on {day}", count=count, day=end), LAW_MONTHS)
        case OffsetUnit.YEAR:
            end = _months_later(origin, 12 * count)
            return end, Step(msg("{count} years end on {day}", count=count, day=end), LAW_MONTHS)
    end = origin + timedelta(days=count)
    return end, Step(msg("{count} days end on {day}", count=count, day=end))


def _months_later(origin: date, count: int) -> date:
    """The same day of a later month, or its last day where it lacks that one (art. 148(3))."""
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415  # slow, and rarely needed

    return origin + relativedelta(months=count)


def _from_events(deadline: Deadline, scope: Scope) -> Iterator[Occurrence]:
    """An event without an offset opens the work on its day; no last day is made up."""
    if deadline.kind is not Kind.EVENT:
        return
    for event in scope.events:
        if event.on is not None:
            happened = msg(
                "{event} on {day}: starts; no last day is stated", event=event.name, day=event.on
            )
            step = Step(happened)
            yield Occurrence(event.id, event.on, None, None, (step,))
