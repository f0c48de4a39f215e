"""Rules that read one *when*: a day, a month, a quarter, a part of a year, a year.

Each rule takes what it understands and returns a value, or leaves the cursor and returns None.
A missing month or year stays None here; `grammar` completes it from the neighbours.
"""

from __future__ import annotations

from cchc_cli.core.deadlines import words
from cchc_cli.core.deadlines.cursor import Cursor, phrase_list, phrase_table
from cchc_cli.core.deadlines.drafts import SIX_OR_AFTER, Unclear
from cchc_cli.core.deadlines.lexer import numeral
from cchc_cli.core.deadlines.terms import (
    ASSUMED_YEAR,
    SLOT_YEAR,
    Anchor,
    Day,
    InCycle,
    Months,
    Unit,
    When,
    YearRef,
)

_SHIFTS = phrase_table(words.SHIFTS)
_REFERENCES = phrase_list(words.REFERENCES)
_POSITIONS = phrase_table(
    {"đầu": 1, "đầu tiên": 1, "cuối": -1, "cuối cùng": -1, "kết thúc": -1, "thứ nhất": 1}
)
_NOUNS = phrase_table(
    {"năm": Unit.YEAR, "quý": Unit.QUARTER, "tháng": Unit.MONTH, "kỳ": None, "nửa năm": Unit.HALF}
)
_PLAN_WORDS = phrase_list(
    ["kế hoạch", "tài chính", "ngân sách", "trung hạn", "đầu tư công", "đầu tư", "của",
     "giai đoạn", "kỳ", "thời kỳ", "thực hiện", "này"]
)  # fmt: skip
_PLAN_SHIFTS = phrase_table({"trước": -1, "sau": 1, "tiếp theo": 1, "kế tiếp": 1})
_SPECIAL_DAYS = phrase_table(
    {
        "làm việc cuối cùng": Day(-1, working=True),
        "làm việc đầu tiên": Day(1, working=True),
        "cuối cùng": Day(-1),
        "cuối": Day(-1),
        "đầu tiên": Day(1),
    }
)
FIRST_YEAR, LAST_YEAR = 1945, 2099


class WhenRules(Cursor):
    """The rules, as moves of a cursor."""

    month_named = False  # whether the last day was written "ngày D tháng M"
    impossible: tuple[int, int] | None = None  # tokens of a date that no calendar has
    six_or_after = False  # whether "thang sau" was read, which may be June or the next month
    arabic = False  # whether the last quarter was written with an Arabic numeral
    _day_from = 0

    def when(self, like: When | None = None) -> When | None:
        """Any when. After `like`, a bare number may continue it: "quý II, III"."""
        start = self.at
        if like is not None and self._quarter_or_month(like):
            return self.continuation(like) if self.arabic else None
        for rule in (self.part_of_year, self.day, self.quarter, self.month, self.year):
            found = rule()
            if found is not None:
                return found
            self.at = start
        return self.continuation(like) if like is not None else None

    def _quarter_or_month(self, like: When) -> bool:
        """ "quý 1, 2/2022": the second is a quarter, not February; "quý I, 2/2022" is neither."""
        after_quarter = isinstance(like, Months) and like.last - like.first == 2
        return after_quarter and self.number(1, 4) is not None and self.sees("/", 1)

    # -- years ------------------------------------------------------------------------------------

    def absolute_year(self) -> YearRef | None:
        """Four digits."""
        token = self.peek()
        if token is None or token.digits != 4:
            return None
        year = self.take_number(FIRST_YEAR, LAST_YEAR)
        return YearRef(Anchor.ABSOLUTE, year) if year else None

    def year_suffix(self) -> YearRef | None:
        """The year after a day, month or quarter: "/2022", "năm báo cáo", "hằng năm"."""
        start = self.at
        if self.take("/", "-"):
            self.take("năm")
            year = self.absolute_year() or self.relative_year()
            if year is not None:
                return year
            self.at = start
        self.take(",")
        self.take("của", "trong", "thuộc", "vào", "ở")
        year = self.named_year() or self.absolute_year()
        if year is not None:
            return year
        self.at = start
        return ASSUMED_YEAR if self.take("trong năm", "của năm") else None

    def named_year(self) -> YearRef | None:
        """ "năm 2022", "năm sau", "hằng năm", "kỳ báo cáo"."""
        start = self.at
        if self.take("kỳ báo cáo đó", "kỳ báo cáo", "kỳ kế hoạch"):
            return SLOT_YEAR
        if self.take("cùng năm"):
            return SLOT_YEAR
        if self.take(*words.EACH):
            if self.take("năm"):
                nearer = self.named_year() if self.take("của") else None
                return nearer or SLOT_YEAR
        elif self.take("năm"):
            year = self.absolute_year() or self.plan_year() or self.relative_year()
            if year is not None:
                return year
        self.at = start
        return None

    def relative_year(self) -> YearRef | None:
        """After "năm": "báo cáo", "trước kỳ báo cáo", "liền kề sau năm đánh giá"."""
        start = self.at
        found = self.shift()
        if found is None or self._reckons():
            self.at = start
            return None
        return YearRef(Anchor.SLOT, found[0])

    def _reckons(self) -> bool:
        """Whether years are added to the one just named: "năm kế hoạch + 1"."""
        sign = self.sees("+") or self.sees("-")
        return sign and self.number(1, 9, 1) is not None and not self._of_a_date(2)

    def _of_a_date(self, ahead: int) -> bool:
        return any(self.sees(then, ahead) for then in ("/", "-", ".", "tháng"))

    def shift(self) -> tuple[int, Unit | None, bool] | None:
        """After a noun: how many to add, and against what: (shift, noun's unit, noun given)."""
        start = self.at
        shift = self.take_from(_SHIFTS)
        if shift is None:
            return None
        if self.peek() is not None and (self.sees("khi") or self._bounds_a_day(shift)):
            self.at = start  # "sau khi …" is an event, "báo cáo năm trước ngày 15/12" a bound
            return None
        unit, given = self._reference()
        return shift, unit, given

    def _bounds_a_day(self, shift: int) -> bool:
        token = self.peek()
        return shift == -1 and token is not None and (self.sees("ngày") or token.value is not None)

    def _reference(self) -> tuple[Unit | None, bool]:
        """ "của năm báo cáo", "ngay sau quý báo cáo"; the noun's unit and whether one was given."""
        start = self.at
        self.take("ngay sau", "so với", "của", "với", "sau", "thuộc")
        for phrase, unit in _NOUNS:
            if self._sees(phrase):
                self.advance(len(phrase))
                if self.take_from(_REFERENCES):
                    self.take("đó", "này")
                    return unit, True
                break
        self.at = start
        return None, False

    def plan_year(self) -> YearRef | None:
        """After "năm": "cuối của kỳ kế hoạch", "thứ tư của kế hoạch 5 năm giai đoạn trước"."""
        start = self.at
        nth = self.nth()
        self.take("của")
        if nth is None or not self.take("kỳ", "giai đoạn", "thời kỳ", "kế hoạch"):
            self.at = start
            return None
        shift = 0
        while True:
            if self.take_from(_PLAN_WORDS):
                continue
            if self.number(3, 10) and self.sees("năm", 1):
                self.advance(2)
                continue
            moved = self.take_from(_PLAN_SHIFTS) if shift == 0 else None
            if moved is None:
                break
            shift = moved
        match shift, nth:
            case 0, -1:
                return YearRef(Anchor.PLAN_LAST, 0)
            case 0, _:
                return YearRef(Anchor.PLAN_FIRST, nth - 1)
            case -1, -1:
                return YearRef(Anchor.PLAN_FIRST, -1)
            case -1, _:
                return YearRef(Anchor.PRECEDING_FIRST, nth - 1)
            case _, -1:
                self.at = start  # how long the next period is, nobody has said
                return None
        return YearRef(Anchor.PLAN_LAST, nth)

    def nth(self) -> int | None:
        """ "đầu tiên", "cuối", "thứ tư": from 1, or -1 for the last."""
        start = self.at
        if self.take("thứ"):
            token = self.peek()
            value = self.number(1, 12) or (numeral([token]) if token else None)
            if value:
                self.advance()
                return value
            self.at = start
        return self.take_from(_POSITIONS)

    def year(self) -> Months | None:
        """A whole year."""
        start = self.at
        if self.take("cả năm", "trong năm", "suốt năm", "toàn năm"):
            year = self.absolute_year() or self.relative_year()
            return Months(1, 12, year)
        if self.sees("các năm") and self.number(FIRST_YEAR, LAST_YEAR, 2):
            self.advance()
        year = self.absolute_year()
        if year is None:
            year = self.named_year()
        if year is not None:
            return Months(1, 12, year)
        if self.take("năm") and not self._word_follows():
            return Months(1, 12)
        self.at = start
        return None

    def _word_follows(self) -> bool:
        token = self.peek()
        return token is not None and (token.is_word or token.value is not None)

    # -- parts of a year --------------------------------------------------------------------------

    def quarter(self) -> Months | InCycle | None:
        """ "Quý II/2022", "quý 3 năm báo cáo", "quý sau"."""
        self.take("các", "những")
        if not self.take("quý", "q"):
            return None
        number = self.quarter_number()
        if number is not None:
            return Months(number * 3 - 2, number * 3, self.year_suffix())
        found = self.shift()
        if found is not None and (found[1] in (Unit.QUARTER, None)):
            return InCycle(Unit.QUARTER, found[0])
        return None

    def quarter_number(self) -> int | None:
        """I–IV, 1–4, or a numeral; taken."""
        token = self.peek()
        if token is None:
            return None
        number = words.ROMAN.get(token.word) or self.number(1, 4)
        self.arabic = token.value is not None
        if number is None and token.word in ("một", "hai", "ba", "bốn", "tư"):
            number = words.NUMERALS[token.word]
        if number is not None:
            self.advance()
        return number

    def part_of_year(self) -> Months | None:
        """ "6 tháng đầu năm 2022", "9 tháng", "nửa cuối năm"."""
        if self.take("nửa đầu năm"):
            return Months(1, 6, self._year_after_nam())
        if self.take("nửa cuối năm"):
            return Months(7, 12, self._year_after_nam())
        unmarked = False
        ahead = self.at > 0 and "trước" in self.tokens[self.at - 1].readings
        self.take("trong")
        count = self.take_number(1, 11)
        if count is None and self.sees("sáu tháng"):
            unmarked = self.sees("sau")
            self.advance()
            count = 6
        if count is None or not self.take("tháng"):
            return None
        if self.take("đầu", "cuối"):
            first = 1 if self.tokens[self.at - 1].word in ("đầu", "dau") else 13 - count
            self.take("của")
            last = first + count - 1
            if self.take("năm"):
                return Months(first, last, self._year_after_nam())
            return Months(first, last, self.year_suffix())
        if unmarked and self.number(1, 12) is None:
            raise Unclear(SIX_OR_AFTER)
        if ahead or unmarked:
            return None  # "trước 6 tháng": that long before something it does not name
        if count in (6, 9) and self.month_number() is None:  # "6 tháng 12" is a day
            return Months(1, count, self.year_suffix())
        return None

    def _year_after_nam(self) -> YearRef | None:
        """The year where the word "năm" has just been taken."""
        return self.absolute_year() or self.relative_year() or self.year_suffix()

    def month(self) -> Months | InCycle | None:
        """ "tháng 6/2025", "6/2025", "tháng mười hai", "tháng cuối quý", "tháng sau"."""
        token = self.peek()
        if self.number(1, 12) and self.sees("/", 1):
            year_token = self.peek(2)
            if year_token is not None and year_token.digits == 4:
                number = self.take_number(1, 12)
                assert number is not None
                year = self.year_suffix()
                return Months(number, number, year) if year else None
        short = token is not None and token.word in ("t", "th")
        if short and self.number(1, 12, 1) is None:
            return None
        several = self.take("các", "những")
        if not (self.take("tháng") or (short and self.take("t", "th"))):
            return None
        number = self.month_number()
        if number is not None:
            return Months(number, number, self.year_suffix())
        return None if several else self.month_of_cycle()

    def month_number(self) -> int | None:
        """1–12 in digits or words, taken. "tháng năm" is May only before another "năm"."""
        number = self.take_number(1, 12)
        if number is not None:
            return number
        token = self.peek()
        if token is not None and token.value is not None and token.digits <= 2:
            self.impossible = (max(self.at - 1, 0), self.at + 1)
            return None
        first, second = self.peek(), self.peek(1)
        if first and second and first.word == "mười" and second.word in ("một", "hai"):
            self.advance(2)
            return numeral([first, second])
        if first and first.word == "năm" and not (self.sees("năm", 1) or self.sees("/", 1)):
            return None
        number = numeral([first]) if first else None
        if number is not None:
            self.advance()
        return number

    def month_of_cycle(self) -> Months | InCycle | None:
        """After "tháng": "cuối quý", "đầu quý sau", "trước kỳ báo cáo", "báo cáo"."""
        start = self.at
        nth = self.nth()
        if nth is not None:
            found = self._nth_month_of(nth)
            if found is not None:
                self.take("thuộc kỳ báo cáo", "của kỳ báo cáo", "kỳ báo cáo")
                return found
            self.at = start
        if self.take("thuộc kỳ báo cáo"):
            return InCycle(Unit.MONTH)
        unmarked = self.sees("sau") and self.sees("sáu")
        shifted = self.shift()
        if shifted is None:
            return None
        self.six_or_after |= unmarked
        shift, unit, given = shifted
        if not given or unit is Unit.MONTH or shift == 0:
            return InCycle(Unit.MONTH, shift)
        if unit is Unit.YEAR:
            year = YearRef(Anchor.SLOT, shift)
            return Months(1, 1, year) if shift > 0 else Months(12, 12, year)
        return InCycle(unit, shift, 1 if shift > 0 else -1)

    def _nth_month_of(self, nth: int) -> Months | InCycle | None:
        self.take("của", "trong")
        self.take(*words.EACH)
        if self.take("quý"):
            quarter = self.quarter_number()
            if quarter is not None:
                month = quarter * 3 if nth == -1 else quarter * 3 - 3 + nth
                return Months(month, month, self.year_suffix()) if nth <= 3 else None
            found = self.shift()
            return InCycle(Unit.QUARTER, found[0] if found else 0, nth) if nth <= 3 else None
        if self.take("kỳ báo cáo", "kỳ"):
            return InCycle(None, 0, nth)
        if self.take("6 tháng", "nửa năm", "06 tháng"):
            return InCycle(Unit.HALF, 0, nth) if nth <= 6 else None
        start = self.at
        if self.take("năm"):
            month = 12 if nth == -1 else nth
            year = self.absolute_year() or self.relative_year() or self.year_suffix()
            return Months(month, month, year)
        self.at = start
        return None

    # -- days -------------------------------------------------------------------------------------

    def day(self) -> Day | None:
        """ "ngày 20/12", "20 tháng 6 năm 2022", "ngày 15 của tháng cuối quý", "2026-09-30"."""
        self._day_from = self.at
        named_before, self.month_named = self.month_named, False
        named = self.take("vào các ngày", "vào ngày", "trong ngày", "các ngày", "ngày")
        if named:
            special = self.take_from(_SPECIAL_DAYS)
            if special is not None:
                return self._special_day(special)
        if named:
            self.take("ngày")  # "ngày ngày", a frequent slip
            self.take("mùng", "mồng")
        if named and self.sees("thứ") and self.number(1, 31, 1):
            self.advance()  # "ngày thứ 30 của tháng"
        start = self.at
        if self.take("30 hoặc 31", "30 hoặc ngày 31"):
            self.take("của", "trong")
            of = self.whole_period()
            return Day(-1, of) if of is not None else None
        found = (
            self._iso_day()
            or self._numeric_day(named=named)
            or (self._spaced_day() if named else None)
            or self._day_and_month(named=named)
        )
        if found is None and named:
            self.at = start
            found = self._day_alone()
        if found is None:
            self.month_named = named_before
        return found

    def _iso_day(self) -> Day | None:
        token = self.peek()
        if token is None or token.digits != 4 or not (self.sees("-", 1) and self.sees("-", 3)):
            return None
        month, day = self.number(1, 99, 2), self.number(1, 99, 4)
        if token.value is None or month is None or day is None:
            return None
        self.advance(5)
        if self.take("t"):  # the time of day that a spreadsheet adds
            while (rest := self.peek()) is not None and (
                rest.value is not None or rest.word == ":"
            ):
                self.advance()
        return self._checked(day, month, YearRef(Anchor.ABSOLUTE, token.value))

    def _numeric_day(self, *, named: bool) -> Day | None:
        """D/M, D/M/Y, D.M.Y, D-M-Y."""
        day, month = self.number(1, 99), self.number(1, 99, 2)
        separator = self.peek(1)
        if day is None or month is None or separator is None or separator.word not in "/.-":
            return None
        year_token = self.peek(4)
        full = self.sees(separator.word, 3) and year_token is not None and year_token.digits == 4
        if not full and (separator.word == "-" or (separator.word == "." and not named)):
            return None  # "20-25" is a range, "1.2" a number
        if self.sees(separator.word, 3) and not full and separator.word != "-":
            return None  # a year of two digits could be anything
        if not (named or full) and self._fraction(day, month):
            return None
        self.advance(3)
        if full:
            self.advance(1)
            return self._checked(day, month, self.absolute_year())
        return self._checked(day, month, self.year_suffix())

    def _fraction(self, count: int, of: int) -> bool:
        """Whether "D/M" ahead may be no date: "24/7", "2/3 trong năm"."""
        return (count, of) == (24, 7) or self.sees("trong", 3)

    def _spaced_day(self) -> Day | None:
        """After "ngày": D M Y with nothing between."""
        year_token = self.peek(2)
        day, month = self.number(1, 31), self.number(1, 12, 1)
        if day is None or month is None or year_token is None or year_token.digits != 4:
            return None
        self.advance(2)
        return self._checked(day, month, self.absolute_year())

    def _day_and_month(self, *, named: bool) -> Day | None:
        """D tháng M; with "ngày" before it, D của tháng cuối quý and D hằng tháng, too."""
        number = self.take_number(1, 99)
        if number is None:
            return None
        whole = self.take("của", "trong", ",")
        self.take("các", "những", *words.EACH)
        if self.tokens[self.at - 1].word in ("hằng", "mỗi", "từng"):
            if not named:
                return None
            return Day(number, InCycle(Unit.MONTH)) if self.take("tháng") else None
        if not self.take("tháng"):
            return None
        month = self.month_number()
        if month is not None:
            self.month_named = True
            return self._checked(number, month, self.year_suffix())
        if not named:
            return None  # "3 tháng", "đề án 06 hằng tháng"
        of = self.month_of_cycle()
        if of is None and (whole or not self._word_follows()):
            of = InCycle(Unit.MONTH)
        if of is None:
            return None
        if isinstance(of, InCycle):
            self._cycle_year()
        return Day(number, of) if number <= 31 else None

    def _day_alone(self) -> Day | None:
        """D hằng tháng, D quý sau, or D whose month stands elsewhere."""
        number = self.take_number(1, 31)
        if number is None:
            return None
        start = self.at
        self.take("của", "trong")
        quarter = self.quarter() if self.sees("quý") else None
        if isinstance(quarter, InCycle) and quarter.shift > 0:
            return Day(number, quarter._replace(nth=1))
        self.at = start
        return Day(number)

    def _special_day(self, special: Day) -> Day | None:
        self.take("của", "trong", "thuộc")
        of = self.whole_period()
        if of is None:
            return None
        return special._replace(of=of)

    def whole_period(self) -> Months | InCycle | None:
        """A month, quarter or year as a whole, named or as each of its kind: "quý", "tháng 3"."""
        start = self.at
        for rule in (self.part_of_year, self.quarter, self.month, self.year):
            found = rule()
            if found is not None:
                return found
            self.at = start
        each = self.take("hằng", "mỗi", "từng")
        if self.take("quý"):
            self.take("báo cáo")
            return InCycle(Unit.QUARTER)
        if self.take("tháng"):
            self.take("báo cáo")
            return InCycle(Unit.MONTH)
        if self.take("năm"):
            return Months(1, 12, SLOT_YEAR if each else None)
        self.at = start
        return None

    def _cycle_year(self) -> None:
        """Take a "hằng năm" or "năm báo cáo" that adds nothing to a recurring month."""
        start = self.at
        year = self.year_suffix()
        if year not in (SLOT_YEAR, None):
            self.at = start

    def _checked(self, day: int, month: int, year: YearRef | None) -> Day | None:
        if not exists(day, month, year):
            self.impossible = (self._day_from, self.at)
            return None
        return Day(day, Months(month, month, year))

    # -- bare continuations -----------------------------------------------------------------------

    def continuation(self, like: When) -> When | None:
        """A bare number that continues `like`: "quý II, III", "tháng 3, 6, 9", "2021-2022"."""
        start = self.at
        found = self._continuation(like)
        if found is None:
            self.at = start
        return found

    def _continuation(self, like: When) -> When | None:
        if isinstance(like, Day):
            if isinstance(like.of, Months) and self.month_named:
                month = self.take_number(1, 12)
                self.month_named = month is not None
                return self._checked(like.number, month, self.year_suffix()) if month else None
            start = self.at
            found = self._day_and_month(named=True) if like.of is None else None
            if found is None:
                self.at = start
            return found or self._day_alone()
        if isinstance(like, InCycle):
            return None
        match like.last - like.first:
            case 2:
                number = self.quarter_number()
                if number is not None:
                    return Months(number * 3 - 2, number * 3, self.year_suffix())
            case 0:
                number = self.take_number(1, 12)
                if number is not None:
                    return Months(number, number, self.year_suffix())
        return None


def exists(day: int, month: int, year: YearRef | None) -> bool:
    """Whether a calendar has that day (29/02 if the year is not fixed)."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    if month == 2:
        fixed = year is not None and year.anchor is Anchor.ABSOLUTE
        leap = not fixed or (year is not None and _is_leap(year.value))
        return day <= (29 if leap else 28)
    return day <= (30 if month in (4, 6, 9, 11) else 31)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
