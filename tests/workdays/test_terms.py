"""When a term ends: the cases that officials argue about, on the real calendar of 2021–2026.

Bộ luật Dân sự 2015: the first day is not counted (art. 147(2)); a month that lacks the day ends on
its last one (art. 148(3)); a term ending on a day of rest runs to the next working day (148(5)).
"""

from __future__ import annotations

from datetime import date

import pytest

from cchc_cli.core.deadlines.grammar import parse
from cchc_cli.core.deadlines.occurrences import LAW_FIRST_DAY, LAW_REST_DAY, Event, Scope, resolve
from cchc_cli.core.periods import Years
from cchc_cli.core.workdays import WorkCalendar


def day(text: str) -> date:
    """A day as officials write it: 31/01/2022."""
    number, month, year = text.split("/")
    return date(int(year), int(month), int(number))


def scope(calendar: WorkCalendar, event: str) -> Scope:
    return Scope(Years(2021, 2026), calendar, events=(Event("E", "Văn bản", day(event)),))


ENDS = [
    # wording, day of the event, last day of the term
    pytest.param("Trong 15 ngày kể từ ngày ban hành", "01/06/2022", "16/06/2022",
                 id="the day of the event is not counted"),
    pytest.param("Trong 1 ngày kể từ ngày ban hành", "01/06/2022", "02/06/2022",
                 id="one day from Wednesday is Thursday"),
    pytest.param("Trong 10 ngày kể từ ngày ban hành", "01/06/2022", "13/06/2022",
                 id="a term ending on Saturday runs to Monday"),
    pytest.param("Trong 10 ngày kể từ ngày ban hành", "02/06/2022", "13/06/2022",
                 id="a term ending on Sunday runs to Monday"),
    pytest.param("Trong 15 ngày kể từ ngày ban hành", "17/01/2022", "07/02/2022",
                 id="a term ending on the first of Tết 2022 runs to the Monday after Tết"),
    pytest.param("Trong 10 ngày kể từ ngày ban hành", "20/04/2022", "04/05/2022",
                 id="30/4/2022 is a Saturday: the days in lieu are 2 and 3 May"),
    pytest.param("Trong 10 ngày kể từ ngày ban hành", "22/08/2022", "05/09/2022",
                 id="Quốc khánh 2022 closes 1 and 2 September, then comes a weekend"),
    pytest.param("Trong 15 ngày kể từ ngày ban hành", "14/04/2024", "02/05/2024",
                 id="29/4/2024 was swapped for a Saturday: closed, as 30/4 and 1/5"),
    pytest.param("Trong 10 ngày kể từ ngày ban hành", "24/04/2024", "04/05/2024",
                 id="Saturday 04/5/2024 was worked: a term may end on it"),
    pytest.param("Trong 10 ngày kể từ ngày ban hành", "16/04/2025", "26/04/2025",
                 id="Saturday 26/4/2025 was worked: a term may end on it"),
    pytest.param("Trong 10 ngày kể từ ngày ban hành", "22/12/2025", "05/01/2026",
                 id="1 and 2 January 2026 were off: the term runs to Monday 5/1"),
    pytest.param("Trong 10 ngày kể từ ngày ban hành", "14/11/2026", "25/11/2026",
                 id="Ngày Văn hóa Việt Nam is a holiday from 2026"),
    pytest.param("Trong 10 ngày kể từ ngày ban hành", "14/11/2025", "24/11/2025",
                 id="and was none in 2025"),
    pytest.param("Trong 01 tháng kể từ ngày ban hành", "31/01/2022", "28/02/2022",
                 id="31 January and a month is 28 February"),
    pytest.param("Trong 01 tháng kể từ ngày ban hành", "31/01/2024", "29/02/2024",
                 id="in a leap year it is 29 February"),
    pytest.param("Trong 01 tháng kể từ ngày ban hành", "28/02/2022", "28/03/2022",
                 id="28 February and a month is 28 March, not its end"),
    pytest.param("Trong 03 tháng kể từ ngày ban hành", "31/08/2022", "30/11/2022",
                 id="31 August and three months is 30 November"),
    pytest.param("Trong 01 năm kể từ ngày ban hành", "29/02/2024", "28/02/2025",
                 id="29 February and a year is 28 February"),
    pytest.param("Trong 01 tháng kể từ ngày ban hành", "30/12/2022", "30/01/2023",
                 id="a month over the turn of the year"),
    pytest.param("Trong 05 ngày làm việc kể từ ngày ban hành", "01/06/2022", "08/06/2022",
                 id="five working days from Wednesday end on Wednesday"),
    pytest.param("Trong 05 ngày làm việc kể từ ngày ban hành", "04/06/2022", "10/06/2022",
                 id="from a Saturday, Monday is the first of five"),
    pytest.param("Trong 05 ngày làm việc kể từ ngày ban hành", "28/01/2022", "11/02/2022",
                 id="Tết 2022: five working days from Friday 28/1 end on 11/2"),
    pytest.param("Trong 01 ngày làm việc kể từ ngày ban hành", "31/01/2022", "07/02/2022",
                 id="counted from within Tết, the first working day is the one after it"),
    pytest.param("Trong 01 ngày làm việc kể từ ngày ban hành", "03/05/2024", "04/05/2024",
                 id="a Saturday worked instead counts as a working day"),
    pytest.param("Trong 02 ngày làm việc kể từ ngày ban hành", "26/04/2024", "03/05/2024",
                 id="over 29/4–01/5/2024, two working days take a week"),
]  # fmt: skip


@pytest.mark.parametrize(("wording", "event", "expected"), ENDS)
def test_the_last_day_of_a_term(
    office_days: WorkCalendar, wording: str, event: str, expected: str
) -> None:
    found = resolve(parse(wording), scope(office_days, event))
    assert [o.due for o in found.occurrences] == [day(expected)]
    assert found.missing_years == ()


def test_the_law_is_named_where_it_moved_the_end(office_days: WorkCalendar) -> None:
    moved = resolve(parse("Trong 10 ngày kể từ ngày ban hành"), scope(office_days, "01/06/2022"))
    stays = resolve(parse("Trong 15 ngày kể từ ngày ban hành"), scope(office_days, "01/06/2022"))
    assert [step.law for step in moved.occurrences[0].steps] == [LAW_FIRST_DAY, "", LAW_REST_DAY]
    assert LAW_REST_DAY not in [step.law for step in stays.occurrences[0].steps]


def test_a_fixed_day_is_never_moved(office_days: WorkCalendar) -> None:
    """It is no term: 01/5/2022 is a holiday and a Sunday, and stays."""
    found = resolve(parse("Chậm nhất ngày 01/5/2022"), Scope(Years(2022, 2022), office_days))
    assert [o.due for o in found.occurrences] == [date(2022, 5, 1)]
    assert office_days.on_or_before(date(2022, 5, 1)) == date(2022, 4, 29)


@pytest.mark.parametrize(
    ("wording", "event", "missing"),
    [
        pytest.param("Trong 15 ngày kể từ ngày ban hành", "01/06/2030", (2030,),
                     id="the year of the end"),
        pytest.param("Trong 30 ngày kể từ ngày ban hành", "01/12/2026", (),
                     id="not the next year, as the end stays in this one"),
        pytest.param("Trong 10 ngày làm việc kể từ ngày ban hành", "25/12/2026", (2027,),
                     id="working days that reach into a year without data"),
        pytest.param("Trong 10 ngày kể từ ngày ban hành", "21/12/2030", (2030,),
                     id="an end on Tuesday 31/12 stays in its year"),
    ],
)  # fmt: skip
def test_a_year_without_data_is_told(
    office_days: WorkCalendar, wording: str, event: str, missing: tuple[int, ...]
) -> None:
    assert resolve(parse(wording), scope(office_days, event)).missing_years == missing


def test_a_term_rolling_into_a_year_without_data_is_told(office_days: WorkCalendar) -> None:
    """31/12/2022 is a Saturday: without the calendar of 2023, 02/01/2023 looks like a workday."""
    only_2022 = WorkCalendar.of([office_days.years[2022]])
    term = parse("Trong 10 ngày kể từ ngày ban hành")
    assert resolve(term, scope(only_2022, "21/12/2022")).missing_years == (2023,)
    known = resolve(term, scope(office_days, "21/12/2022"))
    assert [o.due for o in known.occurrences] == [date(2023, 1, 3)]


def test_without_data_only_the_weekend_is_certain() -> None:
    bare = WorkCalendar()
    assert not bare.knows(2022)
    assert not bare.is_working(date(2022, 6, 4))
    assert not bare.is_working(date(2022, 6, 5))
    assert bare.is_working(date(2022, 2, 1))
