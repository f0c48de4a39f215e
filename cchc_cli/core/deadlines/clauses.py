"""Rules that read one clause: a when with its bound, a range, or a rhythm."""

from __future__ import annotations

from cchc_cli.core.deadlines import words
from cchc_cli.core.deadlines.cursor import phrase_list, phrase_table
from cchc_cli.core.deadlines.drafts import (
    SIX_OR_AFTER,
    Draft,
    Unclear,
    each_cycle,
    is_numbered_year,
    opened,
)
from cchc_cli.core.deadlines.terms import Bound, Day, InCycle, Months, Unit, When
from cchc_cli.core.deadlines.whens import WhenRules

_BOUNDS = phrase_table(words.BOUNDS)
_FROM = phrase_list(words.FROM)
_TO = phrase_table(words.TO)
OPEN_ENDS = phrase_list(words.OPEN_ENDS)
UNITS = phrase_table(
    {
        **dict.fromkeys(("năm", "1 năm", "12 tháng"), Unit.YEAR),
        **dict.fromkeys(("quý", "1 quý", "3 tháng", "ba tháng"), Unit.QUARTER),
        **dict.fromkeys(("tháng", "1 tháng"), Unit.MONTH),
        **dict.fromkeys(("6 tháng", "sáu tháng", "nửa năm"), Unit.HALF),
    }
)
_ONCE = ("một lần", "1 lần", "/ lần", "/ 1 lần")
_NO_HOUR = -1


class ClauseRules(WhenRules):
    """The rules, as moves of a cursor."""

    def separator(self) -> bool:
        """A comma, semicolon or "và", unless it stands inside a number or before a stray year."""
        following = self.peek(1)
        if self.sees(".") and following is not None and following.value is not None:
            return False  # "tháng 6.2022"
        after_year = self.at > 0 and self.tokens[self.at - 1].digits == 4
        if self.sees(";") and following is not None and following.digits == 4 and not after_year:
            return False  # "quý I; 2022"
        taken = self.take(",", ";", "+", ".")
        return self.take("và", "&") or taken

    # -- clauses ----------------------------------------------------------------------------------

    def clause(self, previous: Draft | None) -> Draft | None:
        """One bounded when, or a range; without a bound of its own it keeps the previous one."""
        start = self.at
        for rule in (self.from_clause, self.bounded, self.edge):
            found = rule()
            if found is not None:
                return found
            self.at = start
        found = self._plain(previous)
        if found is None:
            self.at = start
        return found

    def _plain(self, previous: Draft | None) -> Draft | None:
        """A when without a bound: "trong quý II", "30/9/2026", "tháng 11-12/2022"."""
        start = self.at
        self.take("trong thời hạn", "trong vòng", "ngay trong")
        self.take("trong", "vào")
        if self.at > start and not self.sees("ngày"):
            previous = None  # "trong quý II" is a clause of its own
        if self.take("giai đoạn", "thời kỳ"):
            stage = self.from_clause() or self.bounded()
            if stage is not None:
                return stage._replace(marked=False)
        fraction = self.first_days()
        if fraction is not None:
            return fraction
        hour = self.time_of_day()
        day_named_month = self.month_named
        when = self.when(previous.when if previous else None)
        if when is None:
            return None
        ranged = self.range_from(when)
        if ranged is not None:
            return ranged
        if self.take("trở đi", "trở về sau"):
            return Draft(Bound.FROM, when, marked=True)
        if previous is not None and day_named_month:
            when = _same_day(when, previous.when)
        return _inherited(when, previous, hour)

    def from_clause(self) -> Draft | None:
        """ "Từ A đến B", "từ A trở đi"."""
        if not self.take_from(_FROM):
            return None
        self.time_of_day()
        opening = self.when() or self._bare_opening()
        if opening is None:
            return self._until()
        ranged = self.range_from(opening)
        if ranged is not None:
            return ranged._replace(marked=True)
        self.take("trở đi", "trở về sau")
        draft = Draft(Bound.FROM, opening, marked=True)
        if is_numbered_year(draft) and self.take_from(OPEN_ENDS) is not None:
            return opened(draft)
        return draft

    def _until(self) -> Draft | None:
        """After "từ": an event in words, then "đến hết năm 2025": only the end is known."""
        while not self.done and self.tokens[self.at].is_word:
            if self.sees("đến") or self.sees("cho đến"):
                return self.bounded()
            self.advance()
        return None

    def _bare_opening(self) -> Day | None:
        """ "từ 05 - 31/8": a day whose month stands at the other end."""
        if self.sees("-", 1) or self.sees("đến", 1):
            number = self.take_number(1, 31)
            return Day(number) if number else None
        return None

    def range_from(self, opening: When) -> Draft | None:
        """After `opening`: "đến hết B", "- B"."""
        start = self.at
        bound = self.take_from(_TO)
        if bound is None:
            return None
        named = self.sees("năm")
        hour = self.time_of_day()
        closing = self.when() if isinstance(opening, Day) else None
        if closing is None:
            closing = self.continuation(opening) or self.when()
        if closing is None or isinstance(closing, Day) != isinstance(opening, Day):
            self.at = start
            return None
        if _whole_year(closing) and not (_whole_year(opening) or named):
            self.at = start
            return None  # "quý IV/2022 - 2023"
        return Draft(_end_bound(bound, hour), closing, opening)

    def bounded(self) -> Draft | None:
        """ "Trước ngày D", "chậm nhất ngày D", "cuối quý II"."""
        bound = self.take_from(_BOUNDS)
        if bound is None:
            return None
        end_of = bool(self.tokens[self.at - 1].readings & {"cuối", "hết"})
        self.take(":", "vào", "là")
        hour = self.time_of_day()
        when = self.when()
        if when is None and end_of:
            when = self.whole_period()
        if when is None:
            return None
        return Draft(_end_bound(bound, hour), when, marked=True)

    def first_days(self) -> Draft | None:
        """ "15 ngày đầu mỗi quý": its first to its fifteenth day."""
        start = self.at
        count = self.take_number(2, 28)
        if count is not None and self.take("ngày đầu tiên", "ngày đầu"):
            self.take("của")
            of = self.whole_period()
            if isinstance(of, InCycle) and of.nth == 0:
                of = of._replace(nth=1)
            elif isinstance(of, Months):
                of = of._replace(last=of.first)
            if of is not None:
                return Draft(Bound.BY, Day(count, of), Day(1, of))
        self.at = start
        return None

    def edge(self) -> Draft | None:
        """ "Sau ngày D", "đầu tháng 01/2018"."""
        if self.sees("sau tháng đầu năm") or self.sees("sau tháng cuối năm"):
            raise Unclear(SIX_OR_AFTER)
        if self.take("sau"):
            when = self.when()
            return Draft(Bound.AFTER, when, marked=True) if when is not None else None
        if self.take("vào đầu", "ngay từ đầu", "từ đầu", "đầu"):
            when = self.when() or self.whole_period()
            if isinstance(when, Months):
                return Draft(Bound.EDGE, when, marked=True)
        return None

    def time_of_day(self) -> int:
        """ "17h00 ngày", "chiều": the hour, taken; -1 if none comes."""
        start = self.at
        if self.take("sáng", "chiều", "trưa") and self._day_follows():
            return 12
        self.at = start
        hour = self.take_number(0, 24)
        if hour is not None and self.take("giờ", "h", "g", ":"):
            self.take_number(0, 59)
            self.take("phút", "'", "p")
            self.take(",", "của")
            if self._day_follows():
                return hour
        self.at = start
        return _NO_HOUR

    def _day_follows(self) -> bool:
        return self.sees("ngày") or self.number(1, 31) is not None

    # -- rhythms ----------------------------------------------------------------------------------

    def rhythm(self) -> list[Draft] | None:
        """ "Hằng quý", "định kỳ 6 tháng", "mỗi năm một lần", "hằng quý, hằng năm"."""
        start = self.at
        periodic = self.take("định kỳ", "1 lần /", "một lần /", "1 lần mỗi", "một lần mỗi")
        each = not self.sees("theo quy") and self.take("hằng", "mỗi", "từng", "theo từng", "theo")
        unit = self.take_from(UNITS)
        once = unit is not None and self.take(*_ONCE)
        if unit is None or self.qualified(unit) or not (once or periodic or each):
            self.at = start
            return None
        drafts = [each_cycle(unit)]
        while (more := self._further_unit()) is not None:
            drafts.append(each_cycle(more))
        return drafts

    def _further_unit(self) -> Unit | None:
        """ "…, quý và năm" after a rhythm."""
        start = self.at
        if self.separator():
            self.take("định kỳ")
            self.take("hằng", "mỗi", "từng")
            unit = self.take_from(UNITS)
            if unit is not None and not self.qualified(unit):
                self.take(*_ONCE)
                return unit
        self.at = start
        return None

    def qualified(self, unit: Unit) -> bool:
        """Whether the unit just taken goes on as something else: "quý IV", "6 tháng đầu năm"."""
        token = self.peek()
        if token is None:
            return False
        if token.value is not None or token.word in words.ROMAN:
            return True
        if unit is Unit.HALF and (self.sees("đầu") or self.sees("cuối")):
            return True
        return self.sees("cuối") or self.sees("học") or self.sees("tài chính")


def _whole_year(when: When) -> bool:
    return isinstance(when, Months) and (when.first, when.last) == (1, 12)


def _end_bound(bound: Bound, hour: int) -> Bound:
    """Before an hour of day D, D itself is the last day."""
    return Bound.BY if hour > 0 else bound


def _same_day(when: When, previous: When) -> When:
    """ "Ngày 25 tháng 3, tháng 6": day 25 of both."""
    if isinstance(previous, Day) and isinstance(when, Months) and when.first == when.last:
        return Day(previous.number, when)
    return when


def _inherited(when: When, previous: Draft | None, hour: int) -> Draft:
    """A when with the bound of the clause before it: "trước ngày 15/6 và 15/12"."""
    bound = Bound.WITHIN
    alike = previous is not None and type(previous.when) is type(when)
    if previous is not None and alike and previous.bound in (Bound.BEFORE, Bound.BY):
        bound = _end_bound(previous.bound, hour)
    return Draft(bound, when, marked=bound is not Bound.WITHIN)
