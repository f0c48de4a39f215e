"""What the `holidays` package knows of a year in Vietnam → a working calendar to start from.

The package has the holidays of the Labour Code, the days in lieu, and the working days that were
swapped with a Saturday. Swaps are decided anew each year, often weeks before, so that a coming year
is never complete; and the package has missed some of past years, too.
"""

from __future__ import annotations

import re
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

from cchc_cli.core.workdays import SATURDAY, SUNDAY, CalendarDay, CalendarYear

FIRST_YEAR = 2014  # the first whole year under the Labour Code of 2012
LAST_YEAR = 2099  # as far as the package knows the lunar calendar

_SWAPPED = re.compile(r"thay cho ngày (\d\d)/(\d\d)/(\d{4})")
_IN_LIEU = "(nghỉ bù)"
_CULTURE_DAY = "Ngày Văn hóa Việt Nam"
# The package's name for the second day before Tết, true only if the old year ends on day 30.
_DAY_BEFORE_EVE = "29 Tết"


class NationalYear(NamedTuple):
    """A year's calendar; `decided` is whether the package knows the swapped days of its time."""

    record: CalendarYear
    decided: bool
    origin: str


def national_year(year: int) -> NationalYear:
    """The calendar of one year from `FIRST_YEAR` to `LAST_YEAR`."""
    import holidays  # noqa: PLC0415  # slow to import, and of use to one command only

    origin = f"holidays {version('holidays')}"
    years = range(FIRST_YEAR, LAST_YEAR + 1)  # all of them: a swap may reach into the year before
    known = holidays.country_holidays("VN", years=years, language="vi")
    swapped = {day: worked for day, name in known.items() if (worked := _worked_instead(name))}
    named = sorted((day, name) for day, name in known.items() if day.year == year)
    made_up = sorted((worked, day) for day, worked in swapped.items() if worked.year == year)
    record = CalendarYear(
        year=year,
        rest=frozenset((SATURDAY, SUNDAY)),
        closed=tuple(_closed(day, name, swapped.get(day), origin) for day, name in named),
        working=tuple(_working(day, instead_of, origin) for day, instead_of in made_up),
    )
    return NationalYear(record, year <= max(day.year for day in swapped), origin)


def _worked_instead(name: str) -> date | None:
    """The Saturday worked for a day off that was swapped."""
    match = _SWAPPED.search(name)
    return date(int(match[3]), int(match[2]), int(match[1])) if match else None


def _closed(day: date, name: str, worked: date | None, origin: str) -> CalendarDay:
    if worked is not None:
        return CalendarDay(day, f"Nghỉ hoán đổi, làm bù ngày {worked:%d/%m/%Y}", _package(origin))
    if name == _DAY_BEFORE_EVE:
        name = "Nghỉ Tết Nguyên Đán"
    return CalendarDay(day, name, _law(day.year, name))


def _working(day: date, instead_of: date, origin: str) -> CalendarDay:
    return CalendarDay(day, f"Làm bù cho ngày nghỉ {instead_of:%d/%m/%Y}", _package(origin))


def _package(origin: str) -> str:
    return f"Theo gói Python {origin}; chưa ghi văn bản"


def _law(year: int, name: str) -> str:
    """The article that makes a day a holiday or gives the day in lieu of it."""
    if year < 2021:
        return "Bộ luật Lao động 2012, Điều 115"
    if _IN_LIEU in name:
        return "Bộ luật Lao động 2019, Điều 111 khoản 3"
    if name == _CULTURE_DAY:
        return "Nghị quyết số 28/2026/QH16"
    return "Bộ luật Lao động 2019, Điều 112"
