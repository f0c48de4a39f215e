"""The calendars in `plans/calendar/` against what the authorities announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc_cli.core.workdays import WorkCalendar
from cchc_cli.syntax.load import Loaded

YEARS = range(2021, 2027)

OFF = [
    # every day from … to … is off
    pytest.param(date(2021, 2, 10), date(2021, 2, 16), id="Tết 2021"),
    pytest.param(date(2021, 9, 2), date(2021, 9, 5), id="Quốc khánh 2021"),
    pytest.param(date(2022, 1, 29), date(2022, 2, 6), id="Tết 2022"),
    pytest.param(date(2022, 4, 30), date(2022, 5, 3), id="30/4 and 1/5 2022, with days in lieu"),
    pytest.param(date(2022, 9, 1), date(2022, 9, 4), id="Quốc khánh 2022"),
    pytest.param(date(2023, 1, 20), date(2023, 1, 26), id="Tết 2023"),
    pytest.param(date(2023, 4, 29), date(2023, 5, 3), id="Giỗ Tổ, 30/4 and 1/5 2023"),
    pytest.param(date(2024, 2, 8), date(2024, 2, 14), id="Tết 2024"),
    pytest.param(date(2024, 4, 27), date(2024, 5, 1), id="29/4/2024 swapped"),
    pytest.param(date(2024, 8, 31), date(2024, 9, 3), id="Quốc khánh 2024"),
    pytest.param(date(2025, 1, 25), date(2025, 2, 2), id="Tết 2025"),
    pytest.param(date(2025, 4, 30), date(2025, 5, 4), id="02/5/2025 swapped"),
    pytest.param(date(2025, 8, 30), date(2025, 9, 2), id="Quốc khánh 2025"),
    pytest.param(date(2026, 1, 1), date(2026, 1, 4), id="02/01/2026 swapped"),
    pytest.param(date(2026, 2, 14), date(2026, 2, 22), id="Tết 2026"),
    pytest.param(date(2026, 4, 25), date(2026, 4, 27), id="Giỗ Tổ 2026, Monday in lieu"),
    pytest.param(date(2026, 8, 29), date(2026, 9, 2), id="Quốc khánh 2026, 31/8 swapped"),
    pytest.param(date(2026, 11, 24), date(2026, 11, 24), id="Ngày Văn hóa Việt Nam 2026"),
]
WORKED_SATURDAYS = {
    2024: [date(2024, 5, 4)],
    2025: [date(2025, 4, 26)],
    2026: [date(2026, 1, 10), date(2026, 8, 22)],
}


def all_days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_every_year_of_the_plan_and_the_next_is_on_record(real_plans: Loaded) -> None:
    assert [str(d) for d in real_plans.diagnostics if "calendar" in d.span.path] == []
    assert sorted(real_plans.workspace.calendar.years) == list(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_each_day_stands_in_the_file_of_its_year_once_and_with_its_source(
    office_days: WorkCalendar, year: int
) -> None:
    record = office_days.years[year]
    for entries in (record.closed, record.working):
        days = [entry.day for entry in entries]
        assert days == sorted(set(days))
        assert {day.year for day in days} <= {year}
        assert all(entry.name.strip() and entry.source.strip() for entry in entries)


@pytest.mark.parametrize(("first", "last"), OFF)
def test_days_announced_as_off_are_off(office_days: WorkCalendar, first: date, last: date) -> None:
    assert [day for day in all_days(first, last) if office_days.is_working(day)] == []
    around = (first - timedelta(days=1), last + timedelta(days=1))
    assert [day for day in around if not office_days.is_working(day)] == []


@pytest.mark.parametrize("year", YEARS)
def test_saturdays_worked_instead_are_working_days(office_days: WorkCalendar, year: int) -> None:
    expected = WORKED_SATURDAYS.get(year, [])
    assert [entry.day for entry in office_days.years[year].working] == expected
    assert all(office_days.is_working(day) and day.weekday() == 5 for day in expected)


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_as_many_days_off_as_the_law_gives(office_days: WorkCalendar, year: int) -> None:
    """Eleven, and twelve with 24/11 from 2026: weekends are made up for, and swaps cancel out."""
    days = all_days(date(year, 1, 1), date(year, 12, 31))
    off = [day for day in days if day.weekday() < 5 and not office_days.is_working(day)]
    saturdays = len(office_days.years[year].working)
    assert len(off) - saturdays == (12 if year >= 2026 else 11)
