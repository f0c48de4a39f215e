"""Expression by expression: what is said, for the year 2022 of a plan for 2021–2025."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from cchc_cli.core.deadlines import words
from cchc_cli.core.deadlines.drafts import SIX_OR_AFTER
from cchc_cli.core.deadlines.grammar import parse
from cchc_cli.core.deadlines.occurrences import Event, Resolution, Scope, resolve
from cchc_cli.core.deadlines.terms import Kind
from cchc_cli.core.message import msg
from cchc_cli.core.periods import Years
from cchc_cli.core.workdays import WorkCalendar

PLAN = Years(2021, 2025)


def reading(text: str, year: int | None = 2022, **scope: object) -> Resolution:
    return resolve(parse(text), Scope(PLAN, WorkCalendar(), year=year, **scope))  # type: ignore[arg-type]


def days(text: str, year: int | None = 2022) -> list[str]:
    """Due days as `MM-DD` of 2022, or in full in other years."""
    found = [str(o.due) for o in reading(text, year).occurrences]
    return [day.removeprefix("2022-") for day in found]


QUARTER_ENDS = ["03-31", "06-30", "09-30", "12-31"]

CLEAR = [
    # the year of the report is the year of its deadline, and a rhythm of one year ends with it
    ("Báo cáo năm 2021 trước ngày 15/12", ["2021-12-14"]),
    ("Báo cáo quý: ngày 5 tháng sau", ["04-05", "07-05", "10-05", "2023-01-05"]),
    ("Hằng quý năm 2021", []),
    # exclusive and inclusive bounds
    ("Trước ngày 20/12 năm báo cáo", ["12-19"]),
    ("Truớc 25/12 năm báo cáo", ["12-24"]),
    ("đến ngày 20/12/2022", ["12-20"]),
    ("đến hết ngày 30 tháng 6 năm 2022", ["06-30"]),
    ("chậm nhất là ngày 20/12/2022", ["12-20"]),
    ("Không muộn hơn 31/12/2022", ["12-31"]),
    ("Trước năm 2025", ["2024-12-31"]),
    ("Trước tháng 6/2022", ["05-31"]),
    ("Trước quý III/2022", ["06-30"]),
    # an hour of day D leaves D as the last day
    ("Trước 17h00 ngày 25/12/2022", ["12-25"]),
    ("trước 17 giờ 30 phút ngày 25/12/2022", ["12-25"]),
    ("Trước 0h ngày 25/12/2022", ["12-24"]),
    # "năm" is year and five, "trước" is before and ago
    ("trước ngày 20/12 năm trước", ["2021-12-19"]),
    ("Trước 30 tháng 5 của năm trước năm kế hoạch", ["2021-05-29"]),
    ("Báo cáo năm trước ngày 15/12", ["12-14"]),
    ("báo cáo năm trước liền kề trước ngày 15/01", ["01-14"]),
    ("6 tháng năm 2022", ["06-30"]),
    # quarters
    ("Quý IV năm 2021", ["2021-12-31"]),
    ("quí 3 năm 2022", ["09-30"]),
    ("Quý II, III năm 2022", ["06-30", "09-30"]),
    ("Quý 1, 2/2022", ["03-31", "06-30"]),
    ("Quý 3 và 4 năm 2022", ["09-30", "12-31"]),
    ("Quý IV/2026 đến hết Quý II/2027", ["2027-06-30"]),
    ("QUÝ I-2022", ["03-31"]),
    ("Quý I, 2022", ["03-31"]),
    ("năm 2022, quý IV", ["12-31"]),
    ("Quý IV/2022 (trước 15/12)", ["12-14"]),
    ("Cuối mỗi quý", QUARTER_ENDS),
    # months, half-years, nine months
    ("6/2025", ["2025-06-30"]),
    ("Tháng 11-12/2022", ["12-31"]),
    ("tháng mười hai năm 2022", ["12-31"]),
    ("tháng năm năm 2022", ["05-31"]),
    ("6 tháng đầu năm", ["06-30"]),
    ("06 tháng cuối năm 2022", ["12-31"]),
    ("9 tháng đầu năm 2022", ["09-30"]),
    ("Từ tháng 11 đến tháng 2/2023", ["2023-02-28"]),
    ("30 tháng 6 và 31 tháng 12", ["06-30", "12-31"]),
    # years
    ("Năm 2021 -2022", ["12-31"]),
    ("Năm 2021–2022", ["12-31"]),
    ("2021, 2022", ["2021-12-31", "12-31"]),
    ("Năm 2022 và các năm tiếp theo", ["12-31"]),
    ("Hằng năm, từ năm 2022", ["12-31"]),
    ("Từ năm 2023, hằng năm", []),
    ("Hằng năm (2023-2024)", []),
    ("Trước ngày 31/12 năm cuối của kỳ kế hoạch", ["2025-12-30"]),
    # days within cycles
    ("trước ngày 20 tháng cuối quý", ["03-19", "06-19", "09-19", "12-19"]),
    ("chậm nhất ngày 10 của tháng đầu Quý sau", ["04-10", "07-10", "10-10", "2023-01-10"]),
    ("ngày 20 tháng 3, 6, 9, 12 hằng năm", ["03-20", "06-20", "09-20", "12-20"]),
    ("trước ngày 25 tháng 3, tháng 6, tháng 9 và tháng 12", ["03-24", "06-24", "09-24", "12-24"]),
    ("định kỳ 06 tháng (trước ngày 20/6 và ngày 20/12)", ["06-19", "12-19"]),
    ("15 ngày đầu mỗi quý", ["01-15", "04-15", "07-15", "10-15"]),
    ("ngày 30 hoặc 31 của tháng cuối quý", QUARTER_ENDS),
    ("Trước 15/6 và 15/01 năm sau", ["06-14", "2023-01-14"]),
    # labels, work, afterthoughts
    ("Báo cáo quý I trước ngày 15/3; báo cáo 6 tháng trước ngày 15/6", ["03-14", "06-14"]),
    ("báo cáo tháng 6 và 6 tháng đầu năm trước ngày 16 tháng 6", ["06-15"]),
    ("Quý I: trước ngày 10/3; 6 tháng: trước ngày 10/6", ["03-09", "06-09"]),
    ("Trình UBND tỉnh ban hành trước ngày 15/10/2022", ["10-14"]),
    ("Trước ngày 15/12/2022 để tổng hợp báo cáo UBND tỉnh", ["12-14"]),
    ("định kỳ quý IV hằng năm hoặc đột xuất khi có yêu cầu", ["12-31"]),
    ("Theo Quyết định số 468/QĐ-TTg ngày 27/3/2021, hoàn thành trước 30/6/2022", ["06-29"]),
    ("Thường xuyên, báo cáo trước ngày 15/12 hằng năm", ["12-14"]),
    ("Báo cáo tài chính năm: trước ngày 15/5 của năm tiếp theo", ["2023-05-14"]),
    (
        "quý III nộp chậm nhất là ngày 30/10 và quý IV nộp chậm nhất là ngày 30/01 của năm sau",
        ["10-30", "2023-01-30"],
    ),
    ("định kỳ hằng quý, vào ngày 20 tháng sau", ["04-20", "07-20", "10-20", "2023-01-20"]),
    ("Đợt 2 gửi trước ngày 05 tháng 9 hằng năm", ["09-04"]),
    ("Bộ Nội vụ xem xét, ban hành trước ngày 28/5/2022", ["05-27"]),
    ("đến năm 2022, định hướng đến năm 2030", ["12-31"]),
    ("Phấn đấu hoàn thành trong quý III/2022", ["09-30"]),
    ("Trước ngày 30/9/2022 (gửi về Sở Nội vụ)", ["09-29"]),
    ("Trước ngày 31/3 năm ngân sách tiếp theo", ["2023-03-30"]),
    ("Các năm 2021, 2022, 2023", ["2021-12-31", "12-31", "2023-12-31"]),
    ("Quý IV/2022 (tháng 11)", ["11-30"]),
    ("Ngày 15-20/5/2022", ["05-20"]),
    (
        "Trước 15/12/2022 đối với các sở; trước 20/12/2022 đối với UBND cấp huyện",
        ["12-14", "12-19"],
    ),
    (
        "Năm 2022: trước ngày 30/11; năm 2023: trước ngày 30/11",
        ["11-29", "2023-11-29"],
    ),
    # spelling
    ("Trước ngày ngày 20 tháng 12 hàng năm", ["12-19"]),
    ("sáu (06) tháng đầu năm", ["06-30"]),
    ("TRUOC NGAY 15/12/2022", ["12-14"]),
    ("Quy I nam 2022", ["03-31"]),
    ("trước ngày15/12/2022", ["12-14"]),
    ("ngày 06 (sáu) tháng 06 (sáu)", ["06-06"]),
    ("2022-09-30T00:00:00", ["09-30"]),
    # "sau" without marks is six or after: read where only one of them makes sense
    ("6 thang dau nam", ["06-30"]),
    ("trong sau thang dau nam", ["06-30"]),
    ("hang thang, truoc ngay 5 thang sau", [f"{m:02}-04" for m in range(2, 13)] + ["2023-01-04"]),
    # a range may go on into the next year, or begin in the one before
    ("tháng 12/2022 - 01/2023", ["2023-01-31"]),
    ("quý IV đến quý I năm 2023", ["2023-03-31"]),
    ("từ ngày 20/12 đến ngày 10/01/2023", ["2023-01-10"]),
    ("từ tháng đầu quý đến tháng cuối quý", QUARTER_ENDS),
    ("Từ ngày 20/12 năm báo cáo - 10/01 năm sau", ["2023-01-10"]),
    # days that only look like those of the lunar calendar
    ("Trước ngày mùng 10 của tháng cuối quý", ["03-09", "06-09", "09-09", "12-09"]),
    ("Tổ chức Tết Dương lịch trước ngày 01/01/2023", ["12-31"]),
    ("Sau Tết Nguyên đán, chậm nhất ngày 15/02/2022", ["02-15"]),
]

NOT_UNDERSTOOD = [
    # words of the work, numbers of projects and years of documents are no dates
    "Ban hành Kế hoạch CCHC năm 2023 trước ngày 31/12",
    "Công bố Chỉ số CCHC năm 2021",
    "Triển khai Nghị quyết tháng 6/2022",
    "Hoàn thành Đề án 06 tháng 12/2022",
    "Báo cáo kết quả thực hiện Đề án 06 hằng tháng",
    "Thứ 2 hằng tháng",
    "3 tháng, 6 tháng, 9 tháng, năm",
    "Tổ chức hai năm một lần",
    "Hoàn thành ba tháng đầu năm 2022",
    "Trực 24/7",
    "Hoàn thành 2/3 trong năm 2022",
    "Miễn nộp báo cáo quý I/2022",
    # a date that may lie in either of two years
    "Tháng 12 và tháng 01/2023",
    "Báo cáo quý IV/2022 trước ngày 10/01",
    "Báo cáo quý IV trước ngày 10/01",
    "Quý IV/2022 (trước ngày 15/01)",
    "Quý IV năm 2022 và 2023",
    "Quý IV/2022 - 2023",
    "Năm 2022, hằng quý",
    "Năm 2021-2025 (trước ngày 15/12)",
    # one bound for two periods, a stray number, a condition
    "Hằng quý, hằng năm (trước ngày 15/12)",
    "Quý I, quý II (trước ngày 15/6)",
    "Tháng 6.2022",
    "Quý I; 2022",
    "Năm 2022 với điều kiện bố trí được kinh phí",
    "Hằng quý hoặc đột xuất trừ quý IV",
    "Trong 30 ngày kể từ ngày ký nhưng không quá ngày 30/6/2022",
    # so long before something that nobody has named; a year reckoned from another
    "trước 6 tháng",
    "trước 03 tháng",
    "trước 2 năm",
    "trước 5 ngày",
    "Báo cáo trước 9 tháng",
    "trước 6 tháng năm 2022",
    "năm kế hoạch + 1",
    "quý I năm kế hoạch + 1",
    "quý I năm kế hoạch - 1",
    "trước ngày 15/01 năm N+1",
    "năm (N-1)",
    # meetings, shares of the work, weeks, and stages
    "Trình HĐND tỉnh tại kỳ họp cuối năm 2022",
    "Trước kỳ họp HĐND 15 ngày",
    "Giải ngân 100% trước ngày 31/01/2023",
    "Tuần 3 tháng 4/2018",
    "Khoảng tháng 8/2022",
    "Ít nhất 01 lần/năm",
    "Quý I/2022 và thường xuyên",
    # counted from the day of the document, which nobody has said
    "Năm nay",
    "Tháng tới",
    "Năm cuối nhiệm kỳ",
    "trước ngày 20/12/2022 và " * 4000,
    "Trước ngày 31/11/2022",
    "29/02/2023",
    "15/13/2022",
    "trước ngày 20/12/22",
    "ngày 15 (mười sáu) tháng 6",
    "chậm nhất ngày 20 của tháng cuối kỳ báo cáo",
    "Từ tháng 11 đến tháng 2 hằng năm",
    "từ ngày 16/10 của năm trước đến ngày 15/4 của năm sau",
    "Quý IV/2021, Quý I",
    "Quý IV/2021 và các năm tiếp theo",
    "Quý I, 2/2022",
    "tháng 6 hoặc tháng 7 năm 2022",
    "Năm học 2022-2023",
    "tầm nhìn đến năm 2030",
    "Ngày 10/3 âm lịch",
    "2 lần/năm",
    "Hoàn thành 50% trước 30/6/2022",
    "Không hoàn thành trước 31/12/2022",
    "Đã hoàn thành trước 31/12/2022",
    "Hoàn thành hai tháng trước ngày 30/6/2022",
    "kể từ ngày 26 của tháng cuối quý trước đến ngày 25 của tháng cuối quý sau",
    "20 ngày trước ngày 30/6/2022",
    "Ít nhất 30 ngày trước ngày 30/6/2022",
    "từ ngày 01/3 đến ngày 15/3, báo cáo trước ngày 20/3",
    "Hằng quý, trước ngày 25",
    "Hằng quý, trước ngày 15/12",
    "báo cáo quý I trước ngày 15 của tháng cuối quý",
    "Quý V/2022",
    "Giữa năm 2022",
    "",
    "   ",
    "…",
]


@pytest.mark.parametrize(("text", "expected"), CLEAR)
def test_a_clear_text_gives_its_days(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_a_text_open_to_two_readings_gives_no_day_and_says_why(text: str) -> None:
    found = parse(text)
    assert found.kind is Kind.UNKNOWN
    assert found.problem is not None
    assert reading(text).occurrences == ()


LUNAR = [
    ("Trước Tết Trung thu năm 2022", "Tết Trung thu"),
    ("Rằm tháng Giêng", "Rằm tháng Giêng"),
    ("Hoàn thành trước rằm tháng 7/2022", "rằm"),
    ("Tổ chức Giỗ Tổ Hùng Vương ngày 10/3", "Giỗ Tổ"),
    ("Trước ngày 10/3 để tổ chức Giỗ Tổ", "Giỗ Tổ"),
    ("Trước ngày 15/8 cho Trung thu", "cho Trung thu"),
    ("10/3 (ÂL)", "ÂL"),
    ("10/3 al", "al"),
    ("ngay 10/3 am lich", "am lich"),
    ("Tết Đoan Ngọ 5/5", "Tết Đoan Ngọ"),
    ("Lễ Vu Lan 15/7", "Vu Lan"),
    ("ngày mùng 10 tháng 3", "mùng 10"),
    ("trước ngày mồng 5/5/2022", "mồng 5"),
    ("Trước ngày 23 tháng Chạp", "tháng Chạp"),
    ("thang gieng nam 2022", "thang gieng"),
    ("Trong 15 ngày kể từ ngày mùng 10/3/2022", "mùng 10"),
]


@pytest.mark.parametrize(("text", "words_of_the_moon"), LUNAR)
def test_a_day_of_the_lunar_calendar_is_never_taken_for_a_solar_one(
    text: str, words_of_the_moon: str
) -> None:
    found = parse(text)
    assert found.kind is Kind.UNKNOWN
    assert reading(text).occurrences == ()
    assert found.problem == msg("“{words}” may go by the lunar calendar", words=words_of_the_moon)


@pytest.mark.parametrize(
    "text",
    ["sau thang dau nam", "sau tháng đầu năm 2022", "sau thang", "sau thang cuoi nam",
     "truoc ngay 15 thang sau", "thang sau", "bao cao sau thang truoc ngay 15/6"],
)  # fmt: skip
def test_six_months_and_after_a_month_are_not_taken_for_each_other(text: str) -> None:
    found = parse(text)
    assert found.kind is Kind.UNKNOWN
    assert found.problem == SIX_OR_AFTER


BACKWARDS = [
    "năm 2022 - 2021",
    "giai đoạn 2025-2021",
    "quý IV đến quý II năm 2022",
    "Quý IV/2022 đến quý II/2022",
    "từ 20/12/2022 đến 10/12/2022",
    "từ ngày 20/12 đến ngày 10/12/2022",
    "tháng 12-11/2022",
    "hằng năm (2024-2022)",
    "từ ngày 25 đến ngày 20 hằng tháng",
    "từ ngày 20/12 năm báo cáo đến ngày 10/12 năm báo cáo",
]


@pytest.mark.parametrize("text", BACKWARDS)
def test_a_range_that_ends_before_it_starts_is_impossible(text: str) -> None:
    found = parse(text)
    assert found.kind is Kind.UNKNOWN
    assert found.impossible
    assert found.words(found.remainder) == text


@pytest.mark.parametrize(
    ("text", "first_not_understood"),
    [
        ("Nhiệm vụ thường xuyên", "Nhiệm vụ thường xuyên"),
        ("trước ngày 15/01/N+1", "15/01/N+1"),
        ("Nếu kịp, trước ngày 20/12/2022", "Nếu kịp, trước ngày 20/12/2022"),
        ("Lãnh đạo Sở, trước ngày 20/12/2022", "Lãnh đạo Sở, trước ngày 20/12/2022"),
        ("Hoàn thành 50% trước 30/6/2022", "50% trước 30/6/2022"),
        ("Trước ngày 20/12/2022 nếu kịp", "nếu kịp"),
        ("Năm học 2022-2023", "học 2022-2023"),
        ("Quý I, 2/2022", "Quý I, 2/2022"),
    ],
)
def test_the_first_words_not_understood_are_pointed_at(
    text: str, first_not_understood: str
) -> None:
    found = parse(text)
    assert found.words(found.remainder) == first_not_understood


@pytest.mark.parametrize("text", ["Trước ngày 31/11/2022", "29/02/2023", "ngày 32 tháng 12"])
def test_a_day_that_no_calendar_has_is_impossible_and_pointed_at(text: str) -> None:
    found = parse(text)
    assert found.impossible
    assert found.words(found.remainder) in text


def test_29_february_of_every_year_exists_in_leap_years_only() -> None:
    found = reading("29/02 hằng năm", year=None)
    assert [str(o.due) for o in found.occurrences] == ["2024-02-29"]
    assert found.problems


def test_day_30_of_every_month_is_the_last_of_february() -> None:
    assert days("ngày 30 hằng tháng")[1] == "02-28"


def test_before_a_day_keeps_both_the_boundary_and_the_last_day() -> None:
    (occurrence,) = reading("Trước ngày 20/12 năm báo cáo").occurrences
    assert (occurrence.boundary, occurrence.due) == (date(2022, 12, 20), date(2022, 12, 19))


def test_without_a_year_the_whole_period_is_given() -> None:
    assert len(reading("Hằng năm", year=None).occurrences) == 5
    assert len(reading("Hằng quý", year=None).occurrences) == 20


def test_a_text_that_names_no_year_gives_none_in_a_plan_of_several() -> None:
    found = reading("Quý II", year=None)
    assert found.occurrences == ()
    assert found.problems
    assert days("Quý II") == ["06-30"]


@pytest.mark.parametrize(
    "text",
    ["Sau khi có hướng dẫn của Bộ, ngành TW", "Theo quy định của Trung ương", "Khi có yêu cầu",
     "Năm 2022, sau khi có văn bản của UBND tỉnh", "Hằng năm theo kế hoạch của UBND tỉnh",
     "Hoàn thành tuỳ tình hình trước ngày 20/12/2022"],
)  # fmt: skip
def test_an_event_gives_no_day_before_it_has_happened(text: str) -> None:
    assert parse(text).kind is Kind.EVENT
    assert reading(text).occurrences == ()


def test_an_event_that_has_happened_opens_the_work_without_inventing_its_end() -> None:
    happened = Event("E.1", "Hướng dẫn của Bộ", date(2022, 5, 10))
    (occurrence,) = reading("Sau khi có hướng dẫn của Bộ", events=(happened,)).occurrences
    assert (occurrence.start, occurrence.due) == (date(2022, 5, 10), None)


def test_an_offset_follows_its_event_and_names_the_law() -> None:
    happened = Event("E.1", "Ngày được giao", date(2022, 4, 15))
    found = reading("Trong 15 ngày kể từ ngày được giao", events=(happened,))
    (occurrence,) = found.occurrences
    assert occurrence.due == date(2022, 5, 2), "30/4 is a Saturday"
    laws = [step.law for step in occurrence.steps if step.law]
    assert laws == [
        "Bộ luật Dân sự 2015, Điều 147 khoản 2",
        "Bộ luật Dân sự 2015, Điều 148 khoản 5",
    ]
    assert found.missing_years == (2022,), "a year without calendar is said, never passed over"


def test_a_fixed_day_of_rest_is_not_moved() -> None:
    assert days("30/4/2022") == ["04-30"], "a Saturday and a holiday"


def test_two_days_of_one_year_have_two_names() -> None:
    found = reading("chậm nhất vào ngày 20/6 và ngày 20/12 hàng năm")
    assert [o.period for o in found.occurrences] == ["2022-06-20", "2022-12-20"]


def test_the_work_named_in_a_cell_is_told_apart_from_its_time() -> None:
    found = parse("Trình UBND tỉnh trước ngày 15/10/2022")
    assert found.words(found.work) == "Trình UBND tỉnh"


def test_every_word_that_the_rules_look_for_is_found_without_its_marks() -> None:
    folder = Path(words.__file__).parent
    sought: set[str] = set()
    for module in folder.glob("*.py"):
        for call in re.findall(r"self\.(?:take|sees)\(([^()]*)\)", module.read_text("utf-8")):
            sought |= {word for text in re.findall(r'"([^"]*)"', call) for word in text.split()}
    tables = (words.BOUNDS, words.FROM, words.TO, words.SHIFTS, words.LEAD_INS, words.WORK)
    sought |= {word for table in tables for phrase in table for word in phrase.split()}
    marked = {word for word in sought if not word.isascii() and word.isalpha()}
    assert marked - words.VOCABULARY == set()
