"""What holds for every working calendar, be its holidays where they may.

Days are drawn mostly from where calendars go wrong: ends of months, Februaries, and the edges of
holidays. Evenly drawn dates hardly ever meet them.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cchc_cli.core.workdays import SATURDAY, SUNDAY, CalendarDay, CalendarYear, WorkCalendar

YEARS = range(2022, 2025)  # 2024 is a leap year
# Tết, 30/4–01/5, Quốc khánh, and the turns of the years.
_EDGES = [
    date(2022, 1, 28), date(2022, 1, 31), date(2022, 2, 4), date(2022, 4, 29), date(2022, 9, 1),
    date(2022, 12, 30), date(2023, 1, 1), date(2023, 1, 20), date(2023, 4, 29), date(2023, 5, 3),
    date(2024, 2, 8), date(2024, 2, 14), date(2024, 4, 26), date(2024, 5, 4), date(2024, 8, 31),
]  # fmt: skip

any_day = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
month_ends = st.builds(
    lambda year, month: date(year, month, 1) - timedelta(days=1),
    st.sampled_from(YEARS),
    st.integers(2, 12),
)
februaries = st.builds(
    lambda year, day: date(year, 2, 1) + timedelta(days=day),
    st.sampled_from(YEARS),
    st.integers(0, 29),
)
holiday_edges = st.builds(
    lambda edge, shift: edge + timedelta(days=shift), st.sampled_from(_EDGES), st.integers(-2, 2)
)
days = month_ends | februaries | holiday_edges | any_day
counts = st.integers(0, 40)


def entry(day: date) -> CalendarDay:
    return CalendarDay(day, "Ngày thử", "không có thật")


def calendar(closed: set[date], working: set[date]) -> WorkCalendar:
    """Years of weekends and such days; a day that is both is worked."""
    return WorkCalendar.of(
        CalendarYear(
            year,
            frozenset((SATURDAY, SUNDAY)),
            tuple(entry(day) for day in sorted(closed) if day.year == year),
            tuple(entry(day) for day in sorted(working) if day.year == year),
        )
        for year in YEARS
    )


weekends = days.map(lambda day: day + timedelta(days=5 - day.weekday()))  # a Saturday near it
calendars = st.builds(calendar, st.sets(days, max_size=60), st.sets(weekends, max_size=5))


@given(calendars, days, st.integers(1, 40))
def test_counting_working_days_ends_on_one(cal: WorkCalendar, start: date, count: int) -> None:
    end = cal.add(start, count)
    assert cal.is_working(end)
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert sum(map(cal.is_working, between)) == count


@given(calendars, days, counts, counts)
def test_counting_twice_is_counting_the_sum(
    cal: WorkCalendar, start: date, first: int, second: int
) -> None:
    assert cal.add(cal.add(start, first), second) == cal.add(start, first + second)


@given(calendars, days, days, counts)
def test_an_earlier_start_never_ends_later(
    cal: WorkCalendar, one: date, other: date, count: int
) -> None:
    earlier, later = sorted((one, other))
    assert cal.add(earlier, count) <= cal.add(later, count)
    assert cal.on_or_after(earlier) <= cal.on_or_after(later)
    assert cal.on_or_before(earlier) <= cal.on_or_before(later)


@given(st.sets(days, max_size=40), st.sets(weekends, max_size=5), days, days, counts)
def test_a_new_holiday_never_makes_a_deadline_earlier(
    closed: set[date], working: set[date], holiday: date, start: date, count: int
) -> None:
    before = calendar(closed, working)
    after = calendar(closed | {holiday}, working - {holiday})
    assert after.add(start, count) >= before.add(start, count)
    assert after.on_or_after(start) >= before.on_or_after(start)


@given(calendars, days)
def test_rolling_forward_is_never_earlier_and_stops_at_once(cal: WorkCalendar, day: date) -> None:
    rolled = cal.on_or_after(day)
    assert rolled >= day
    assert cal.is_working(rolled)
    assert cal.on_or_after(rolled) == rolled
    assert not any(cal.is_working(day + timedelta(days=n)) for n in range((rolled - day).days))


@given(calendars, days)
def test_rolling_back_mirrors_rolling_forward(cal: WorkCalendar, day: date) -> None:
    back = cal.on_or_before(day)
    assert back <= day
    assert cal.is_working(back)
    assert cal.on_or_before(back) == back
    assert cal.on_or_after(back + timedelta(days=1)) >= cal.on_or_after(day)
