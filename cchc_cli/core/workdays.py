"""The working calendar: which days a public office works.

It is data, one record per year, each closed or extra working day with its source. A year without
data is never "a year without holidays": callers ask `knows` and warn. Until then only the weekly
rest (Saturday, Sunday: Quyết định 188/1999/QĐ-TTg) is certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

SATURDAY, SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)


class CalendarDay(NamedTuple):
    """A day that differs from the weekly pattern, why, and by which document."""

    day: date
    name: str
    source: str


class CalendarYear(NamedTuple):
    """One year: weekdays of rest (Monday = 0), days closed, and days worked instead."""

    year: int
    rest: frozenset[int]
    closed: tuple[CalendarDay, ...]
    working: tuple[CalendarDay, ...]


class WorkCalendar(NamedTuple):
    """All years at hand; `closed` and `working` gather the days of all their records."""

    years: Mapping[int, CalendarYear] = MappingProxyType({})
    closed: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    @classmethod
    def of(cls, years: Iterable[CalendarYear]) -> WorkCalendar:
        """Join the records of several years."""
        by_year = {record.year: record for record in years}
        closed = frozenset(d.day for record in by_year.values() for d in record.closed)
        working = frozenset(d.day for record in by_year.values() for d in record.working)
        return cls(by_year, closed, working)

    def knows(self, year: int) -> bool:
        """Whether the days of that year are on record."""
        return year in self.years

    def is_working(self, day: date) -> bool:
        """Whether the office works that day, as far as the records tell."""
        if day in self.working:
            return True
        if day in self.closed:
            return False
        record = self.years.get(day.year)
        return day.weekday() not in (record.rest if record else (SATURDAY, SUNDAY))

    def on_or_before(self, day: date) -> date:
        """The last working day not after `day`."""
        while not self.is_working(day):
            day -= _ONE_DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The first working day not before `day` (Bộ luật Dân sự 2015, art. 148(5))."""
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself is not counted (art. 147(2))."""
        for _ in range(count):
            day = self.on_or_after(day + _ONE_DAY)
        return day
