"""The days that a report covers.

The window of a report is not the calendar period of the same name: "quý I" of a report runs from
15/12 to 14/3, while the task deadline "Quý I" is the calendar quarter. Windows are data (the plan's
reporting duties); a period that no duty covers has the window of Nghị định 09/2019/NĐ-CP, Điều 12.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from cchc_cli.core.deadlines.occurrences import Scope, resolve
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Duty, Plan
from cchc_cli.core.periods import Days, Period, parse_period
from cchc_cli.core.schedule import read
from cchc_cli.core.workdays import WorkCalendar

DECREE = "Nghị định 09/2019/NĐ-CP, Điều 12"


class Window(NamedTuple):
    """The days a report covers, both inclusive; `basis` names the rule."""

    first: date
    last: date
    basis: str


def window(plan: Plan, calendar: WorkCalendar, period: Period) -> Window:
    """The window of the first reporting duty that covers the period, else that of the decree."""
    found = covered(plan, calendar, period)
    return found[1] if found else by_decree(period)


def by_decree(period: Period) -> Window:
    """From day 15 of the month before the period to day 14 of its last month, both inclusive.

    Nghị định 09/2019/NĐ-CP, Điều 12 says so of months, quarters, half-years and years, each in its
    own words; half-years and years are cumulative from 15/12 (the second half-year from 15/6).
    """
    year, before = (period.year, period.first - 1) if period.first > 1 else (period.year - 1, 12)
    return Window(date(year, before, 15), date(period.year, period.last, 14), DECREE)


def covered(plan: Plan, calendar: WorkCalendar, period: Period) -> tuple[Duty, Window] | None:
    """The first reporting duty that covers the period, and its window for it."""
    for duty in plan.duties:
        scope = Scope(plan.period, calendar, year=period.year)
        for found in resolve(read(str(duty.window)), scope).occurrences:
            if found.period == period.label and found.start and found.due:
                return duty, Window(found.start, found.due, str(duty.basis or duty.name))
    return None


def internal(period: Period) -> Message | None:
    """What a report of the period is if the regime has none of it; None for the others.

    Reports on administrative reform are those of quarter I, the first six months, quarter III and
    the year; where quarters II and IV end, the other two stand in their place.
    """
    quarter = period.last // 3 if period.length == 3 else 0
    if quarter not in {2, 4}:
        return None
    instead = Period(period.year, 1, period.last)
    return msg("an internal report by quarter; it does not stand for the report of {period}",
               period=instead.name)  # fmt: skip


class Ended(NamedTuple):
    """A period whose window has ended, on `window.last`."""

    period: Period
    window: Window


def ended(plan: Plan, calendar: WorkCalendar, days: Days) -> list[Ended]:
    """The periods of the plan’s reporting duties whose windows end on one of `days`, in order.

    A plan without duties has none: by which periods it is reported, nobody has said.
    """
    found: dict[str, Ended] = {}
    for duty in plan.duties:
        deadline = read(str(duty.window))
        for year in plan.period.all:
            for occurrence in resolve(
                deadline, Scope(plan.period, calendar, year=year)
            ).occurrences:
                period = parse_period(occurrence.period)
                if period is not None and occurrence.start and occurrence.due:
                    found[period.label] = Ended(period, window(plan, calendar, period))
    first = max(days.first, plan.effective or days.first)
    ends = [each for each in found.values() if first <= each.window.last <= days.last]
    return sorted(ends, key=lambda each: (each.window.last, each.period))
