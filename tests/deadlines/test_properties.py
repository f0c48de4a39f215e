"""What holds for every text: no exception, honest places, one meaning whatever the spelling."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from cchc_cli.core.deadlines.grammar import parse
from cchc_cli.core.deadlines.occurrences import Event, Scope, resolve
from cchc_cli.core.deadlines.terms import Kind
from cchc_cli.core.periods import Years
from cchc_cli.core.workdays import WorkCalendar

WORDS = """
trước ngày sau khi có tháng quý năm báo cáo kế hoạch hằng hàng mỗi cuối đầu của kỳ đến hết từ chậm
nhất là vào trong và hoặc định kỳ tiếp theo liền kề các những I II III IV 1 2 6 12 15 20 30 31 99
2021 2022 2025 20/12 31/11 6/2025 2021-2025 ( ) , ; : - – / . thường xuyên làm việc kể lần giờ h
17 sáu đột xuất yêu cầu giai đoạn trở đi nửa giữa thứ tuần năm tư thang sau mùng rằm âm lịch + tùy
""".split()
ODD = [
    "٢٠٢٢",
    "²",
    "Ⅳ",
    "１２",
    "\u0301",
    "\u0323",
    "\u200b",
    "\ufeff",
    "ﬁ",
    "İ",
    "ß",
    "9" * 40,
    "é",
]
SCOPE = Scope(
    Years(2021, 2025),
    WorkCalendar(),
    events=(Event("E.1", "event", date(2022, 4, 29)),),
)
odd_phrases = st.lists(st.sampled_from(WORDS + ODD), min_size=1, max_size=14)
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
days = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@given(st.text(max_size=200))
@example("9" * 5000)
@example("(" * 2000)
@example("trước " * 500)
def test_no_text_whatever_raises(text: str) -> None:
    resolve(parse(text), SCOPE)


@given(odd_phrases.map(" ".join) | odd_phrases.map("".join))
def test_no_phrase_of_odd_characters_raises(text: str) -> None:
    resolve(parse(text), SCOPE)


@given(phrases)
def test_no_phrase_raises_and_every_place_lies_in_the_text(text: str) -> None:
    found = parse(text)
    for place in (found.remainder, found.event, found.work):
        if place is not None:
            start, end = place
            assert 0 <= start < end <= len(text)
    for occurrence in resolve(found, SCOPE).occurrences:
        if occurrence.start is not None and occurrence.due is not None:
            assert occurrence.start <= occurrence.due
    assert (found.kind is Kind.UNKNOWN) == (found.problem is not None)


@given(phrases)
def test_composed_and_decomposed_letters_mean_the_same(text: str) -> None:
    composed = resolve(parse(unicodedata.normalize("NFC", text)), SCOPE)
    decomposed = resolve(parse(unicodedata.normalize("NFD", text)), SCOPE)
    assert composed.occurrences == decomposed.occurrences


@given(phrases)
def test_capitals_and_further_blanks_change_nothing(text: str) -> None:
    shouted = "  " + text.upper().replace(" ", "   ")
    assert resolve(parse(text), SCOPE).occurrences == resolve(parse(shouted), SCOPE).occurrences


@given(phrases)
def test_periods_are_names_so_none_is_given_twice(text: str) -> None:
    periods = [o.period for o in resolve(parse(text), SCOPE).occurrences]
    assert len(periods) == len(set(periods))


@given(days)
def test_before_a_day_is_the_day_before_it(day: date) -> None:
    for text in (f"trước ngày {day:%d/%m/%Y}", f"trước {day.day} tháng {day.month} năm {day.year}"):
        (occurrence,) = resolve(parse(text), SCOPE).occurrences
        assert occurrence.due == day - timedelta(days=1)


@given(days)
def test_by_a_day_is_that_day(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"chậm nhất ngày {day:%d-%m-%Y}", day.isoformat()):
        (occurrence,) = resolve(parse(text), SCOPE).occurrences
        assert occurrence.due == day


@given(days, st.integers(1, 400))
def test_a_term_in_days_never_ends_early_nor_on_a_day_of_rest(day: date, count: int) -> None:
    text = f"Trong {count} ngày kể từ ngày {day:%d/%m/%Y}"
    (occurrence,) = resolve(parse(text), SCOPE).occurrences
    assert occurrence.due is not None
    assert occurrence.due >= day + timedelta(days=count)
    assert SCOPE.calendar.is_working(occurrence.due)
