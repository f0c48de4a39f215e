"""Stretches of the calendar: years, halves, quarters, months.

Both ends of a range are inclusive days. Labels are ``2022``, ``2022-H1``, ``2022-Q3``,
``2022-07``; the half-year label is not in ISO 8601, the rest follows it or ISO 8601-2.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

from cchc_cli.core.message import Message, msg

_ROMAN = ("I", "II", "III", "IV")
_LABEL = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<q>[1-4])|H(?P<h>[12])|(?P<m>0[1-9]|1[0-2])))?")


class Days(NamedTuple):
    """A range of days, both ends inclusive."""

    first: date
    last: date


class Period(NamedTuple):
    """Whole calendar months `first` to `last` (1–12, inclusive) of one year."""

    year: int
    first: int
    last: int

    @property
    def days(self) -> Days:
        """The first and the last day."""
        end = calendar.monthrange(self.year, self.last)[1]
        return Days(date(self.year, self.first, 1), date(self.year, self.last, end))

    @property
    def length(self) -> int:
        """Number of months."""
        return self.last - self.first + 1

    @property
    def label(self) -> str:
        """The stable name used in files and on the command line."""
        match self.length, (self.first - 1) % self.length:
            case 12, _:
                return f"{self.year}"
            case 6, 0:
                return f"{self.year}-H{self.last // 6}"
            case 3, 0:
                return f"{self.year}-Q{self.last // 3}"
            case 1, _:
                return f"{self.year}-{self.first:02}"
        return f"{self.year}-{self.first:02}..{self.last:02}"

    @property
    def name(self) -> Message:
        """The period in words."""
        match self.length, (self.first - 1) % self.length:
            case 12, _:
                return msg("the year {year}", year=self.year)
            case 6, 0 if self.first == 1:
                return msg("the first six months of {year}", year=self.year)
            case 6, 0:
                return msg("the last six months of {year}", year=self.year)
            case 3, 0:
                quarter = _ROMAN[self.last // 3 - 1]
                return msg("quarter {quarter} of {year}", quarter=quarter, year=self.year)
            case 1, _:
                return msg("month {month} of {year}", month=self.first, year=self.year)
        return msg(
            "months {first}–{last} of {year}", first=self.first, last=self.last, year=self.year
        )

    def shifted(self, steps: int) -> Period:
        """The period `steps` lengths later (earlier if negative), for lengths that divide 12."""
        months = self.year * 12 + self.first - 1 + steps * self.length
        first = months % 12 + 1
        return Period(months // 12, first, first + self.length - 1)


def parse_period(text: str) -> Period | None:
    """Read a label; None if it is not one."""
    match = _LABEL.fullmatch(text.strip().upper())
    if not match:
        return None
    year = int(match["year"])
    if match["q"]:
        return Period(year, int(match["q"]) * 3 - 2, int(match["q"]) * 3)
    if match["h"]:
        return Period(year, int(match["h"]) * 6 - 5, int(match["h"]) * 6)
    if match["m"]:
        return Period(year, int(match["m"]), int(match["m"]))
    return Period(year, 1, 12)


class Years(NamedTuple):
    """A plan's period: first and last year, inclusive."""

    first: int
    last: int

    def __contains__(self, year: object) -> bool:
        return isinstance(year, int) and self.first <= year <= self.last

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"

    @property
    def all(self) -> range:
        """Every year of the period."""
        return range(self.first, self.last + 1)


def parse_years(text: str) -> Years | None:
    """Read ``2021-2025`` or ``2022``; None if it is neither or runs backwards."""
    match = re.fullmatch(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?", text.strip())
    if not match:
        return None
    years = Years(int(match[1]), int(match[2] or match[1]))
    return years if 1900 <= years.first <= years.last <= 2200 else None
