"""The grammar: a whole text → a `Deadline`.

The text is understood to its last token or not at all. A wrong date is worse than none, so where a
phrase allows two readings that give different days, there is no rule for it.

The rules stand in layers, each built of the one below: a *when* names days (`whens`), a *clause*
bounds work by them (`clauses`), an *item* names, refines or limits a clause (`items`), and a
deadline is a list of items, a term counted from an event, an event, or continuous work (here).
"""

from __future__ import annotations

from collections.abc import Callable

from cchc_cli.core.deadlines import words
from cchc_cli.core.deadlines.cursor import Cursor, phrase_list, phrase_table
from cchc_cli.core.deadlines.drafts import (
    SIX_OR_AFTER,
    Backwards,
    Draft,
    Unclear,
    complete,
    cycle_of,
    kind_of,
)
from cchc_cli.core.deadlines.items import WORK, ItemRules
from cchc_cli.core.deadlines.lexer import Token, numeral, tokenize
from cchc_cli.core.deadlines.terms import (
    SLOT_YEAR,
    WAITS,
    Anchor,
    Bound,
    Day,
    Deadline,
    InCycle,
    Kind,
    Months,
    Offset,
    OffsetUnit,
    Term,
    Unit,
    When,
    months_of,
    parts,
)
from cchc_cli.core.message import msg

_CONTINUOUS = phrase_list(words.CONTINUOUS)
_CONTINUOUS_TAILS = phrase_list(words.CONTINUOUS_TAILS)
_EVENT_HEADS = phrase_list(words.EVENT_HEADS)
_AD_HOC = phrase_list(words.AD_HOC)
_WHEN_NEEDED = phrase_list(words.WHEN_NEEDED)
_LIMITS_MORE = words.TELLING - {"khi", "định", "thường"}  # "khi có yêu cầu", "theo quy định"
_FURTHER_LIMITS = ("trước", "không quá", "chậm nhất", "muộn nhất", ";")
_LUNAR = phrase_list(words.LUNAR)
_LUNAR_DAYS = frozenset(words.LUNAR_DAYS)
_SOLAR_FEASTS = phrase_list(words.SOLAR_FEASTS)
_OFFSET_HEADS = phrase_list(words.OFFSET_HEADS)
_COUNTED_FROM = phrase_list(words.COUNTED_FROM)
_OFFSET_UNITS = phrase_table(
    {
        "ngày làm việc": OffsetUnit.WORKING_DAY,
        "ngày": OffsetUnit.DAY,
        "tuần": OffsetUnit.WEEK,
        "tháng": OffsetUnit.MONTH,
        "năm": OffsetUnit.YEAR,
    }
)
_LONGEST = 400  # words of a text that is read at all: no deadline is as long, and time grows fast
_YEAR = Months(1, 12, SLOT_YEAR)
_CYCLE_ENDS = phrase_table(
    {
        f"{end} {noun}": cycle
        for end in ("kết thúc", "hết", "cuối cùng của")
        for noun, cycle in (
            ("quý", InCycle(Unit.QUARTER)),
            ("tháng", InCycle(Unit.MONTH)),
            ("năm", _YEAR),
            ("năm dương lịch", _YEAR),
        )
    }
)
_CYCLE_NAMES = (
    "báo cáo", "kế hoạch", "của kỳ báo cáo", "thuộc kỳ báo cáo", "đó", "hằng năm",
)  # fmt: skip


def parse(text: str) -> Deadline:
    """Read the whole of `text`. Never raises; what is not understood is `Kind.UNKNOWN`."""
    tokens = _unwrapped(tokenize(text))
    if not tokens:
        problem = msg("no words to read")
        return Deadline(text, Kind.UNKNOWN, problem=problem, remainder=(0, len(text)))
    grammar = _Grammar(tokens)
    if len(tokens) > _LONGEST:
        return _unknown(text, tokens, grammar)._replace(text=text)
    found = (
        grammar.whole(grammar.continuous)
        or grammar.whole(grammar.offset)
        or grammar.whole(grammar.items)
        or (None if grammar.hopeless else grammar.event())
        or _unknown(text, tokens, grammar)
    )
    return _if_solar(found._replace(text=text), tokens)


def _unknown(text: str, tokens: list[Token], grammar: _Grammar) -> Deadline:
    """What is said of a text that is not understood."""
    impossible = grammar.impossible is not None or isinstance(grammar.unclear, Backwards)
    if grammar.impossible is not None:
        first, last = grammar.impossible
        place = tokens[first].start, tokens[last - 1].end
        problem = msg("“{rest}” is no day of any calendar", rest=text[slice(*place)])
    elif grammar.unclear is not None:
        place, problem = (tokens[0].start, tokens[-1].end), grammar.unclear.message
    elif grammar.furthest >= len(tokens):
        place = tokens[0].start, tokens[-1].end
        problem = msg("the words do not add up to one clear deadline")
    else:
        place = tokens[_whole_number(tokens, grammar.furthest)].start, tokens[-1].end
        problem = msg("not understood from “{rest}” on", rest=text[slice(*place)])
    return Deadline(text, Kind.UNKNOWN, problem=problem, impossible=impossible, remainder=place)


def _whole_number(tokens: list[Token], index: int) -> int:
    """`index`, or that of the number whose rest stands there: "50|%", "15|/01/N"."""
    before = tokens[index - 1] if index else None
    glued = before is not None and before.end == tokens[index].start
    number = before is not None and before.value is not None
    return index - 1 if glued and number and tokens[index].word in "/.%-" else index


def _if_solar(found: Deadline, tokens: list[Token]) -> Deadline:
    """`found`, or that there is no reading: the text may mean days of the lunar calendar.

    An event may be a feast: its day is recorded when it has come.
    """
    anchor = found.offset.anchor if found.offset is not None else None
    if found.kind in WAITS and anchor is None:
        return found
    whens: list[When | None] = [anchor, *(when for term in found.terms for when in parts(term))]
    cyclic = any(when is not None and isinstance(months_of(when), InCycle) for when in whens)
    place = _lunar_words(tokens, found.event, days=not cyclic)
    if place is None:
        return found
    problem = msg("“{words}” may go by the lunar calendar", words=found.words(place))
    return Deadline(found.text, Kind.UNKNOWN, problem=problem, remainder=place)


def _lunar_words(
    tokens: list[Token], event: tuple[int, int] | None, *, days: bool
) -> tuple[int, int] | None:
    """Where the text, outside the name of an event, speaks of the lunar calendar.

    `days` says whether "mùng 10" is enough.
    """
    cursor = Cursor(tokens)
    while not cursor.done:
        first = cursor.at
        start = tokens[first].start
        named = event is not None and event[0] <= start < event[1]
        if cursor.take_from(_SOLAR_FEASTS):
            continue
        lunar = cursor.take_from(_LUNAR) is not None
        if days and cursor.number(1, 31, 1) and tokens[first].readings & _LUNAR_DAYS:
            cursor.advance(2)
            lunar = True
        if lunar and not named:
            return start, tokens[cursor.at - 1].end
        if not lunar:
            cursor.advance()
    return None


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """Without list markers in front, closing punctuation, quotes, and parentheses around all."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].word in "-+*•“\"':":
        first += 1
    while first < last and tokens[last - 1].word in ".;,”\"':/-":
        last -= 1
    tokens = tokens[first:last]
    if tokens and tokens[0].word == "(" and tokens[-1].word == ")":
        inner = tokens[1:-1]
        if not any(token.word in "()" for token in inner):
            return _unwrapped(inner)
    return tokens


class _Grammar(ItemRules):
    """The rules for a whole deadline."""

    unclear: Unclear | None = None  # why reading on would take a guess

    @property
    def hopeless(self) -> bool:
        """Whether what stopped the reading leaves nothing to wait for, either."""
        guess = self.unclear
        return isinstance(guess, Backwards) or (guess is not None and guess.message is SIX_OR_AFTER)

    def whole(self, rule: Callable[[], Deadline | None]) -> Deadline | None:
        """What `rule` reads if it takes every token, else None."""
        self.at = 0
        found = rule()
        return found if self.done else None

    # -- lists of items ---------------------------------------------------------------------------

    def items(self) -> Deadline | None:
        """A list of items, perhaps ended by "hoặc đột xuất khi có yêu cầu"."""
        drafts: list[Draft] = []
        ad_hoc = False
        while not ad_hoc:
            self.refined = False
            found = self._clear_item(drafts[-1] if drafts else None)
            if found is None or (self.refined and any(not draft.marked for draft in drafts)):
                return None  # "tháng 6 và quý II (trước ngày …)": does the bound go for both?
            drafts += found
            self._outlook()
            ad_hoc = self._ad_hoc()
            self.work_behind()
            if not (ad_hoc or self.separator()):
                break
        if not self.done:
            return None
        try:
            terms = self._terms(drafts)
        except Unclear as guess:
            self.unclear = guess
            return None
        return Deadline("", kind_of(terms, drafts), terms, ad_hoc=ad_hoc, work=self.worded)

    def _terms(self, drafts: list[Draft]) -> tuple[Term, ...]:
        """The terms; raises `Unclear` where the drafts do not tell them."""
        if self.six_or_after and any(draft.each is None for draft in drafts):
            raise Unclear(SIX_OR_AFTER)
        return complete(drafts)

    def _clear_item(self, previous: Draft | None) -> list[Draft] | None:
        """An item; None, and the problem noted, where reading on would take a guess."""
        try:
            return self.item(previous)
        except Unclear as guess:
            self.unclear = guess
            return None

    def _outlook(self) -> None:
        """ "…, định hướng đến năm 2030": a horizon, no deadline."""
        start = self.at
        self.separator()
        horizon = self.take("định hướng", "tầm nhìn") and self.take("đến năm", "năm")
        if not horizon or self.absolute_year() is None:
            self.at = start

    def _ad_hoc(self) -> bool:
        """ "hoặc đột xuất khi có yêu cầu": takes the rest, which may hold no date."""
        start = self.at
        self.take(",", ";", "-")
        paren = self.take("(")
        joined = self.take("và", "hoặc", "hay")
        self.take("báo cáo")
        asked = self.take_from(_AD_HOC) or (joined and self.take_from(_WHEN_NEEDED))
        rest = self.tokens[self.at :]
        closed = not paren or (rest != [] and rest[-1].word == ")")
        undated = all(t.value is None and not t.readings & _LIMITS_MORE for t in rest)
        if closed and undated and asked:
            self.advance(len(rest))
            return True
        self.at = start
        return False

    # -- continuous work --------------------------------------------------------------------------

    def continuous(self) -> Deadline | None:
        """ "Thường xuyên", "thường xuyên, hằng năm"."""
        self.lead_in()
        self.take_from(WORK)
        if self.take("hằng năm", "hằng ngày", "hằng tháng", "hằng quý"):
            self.take(",", "và")
        if not self.take_from(_CONTINUOUS):
            return None
        while True:
            start = self.at
            self.take(",", ";", "(", "/")
            self.take("và", "hoặc")
            if self.take_from(_CONTINUOUS_TAILS) is None:
                self.at = start
                return Deadline("", Kind.CONTINUOUS)
            self.take(")")

    # -- events -----------------------------------------------------------------------------------

    def event(self) -> Deadline | None:
        """ "Sau khi có …": no date before the event, but for one that the text gives besides."""
        for split in range(len(self.tokens) - 1, 0, -1):
            if self.tokens[split].word in (",", ";", "nhưng", "và"):
                joined = self.tokens[split].word
                dated = self._dated_event(self.tokens[:split], self.tokens[split + 1 :], joined)
                if dated is not None:
                    return dated
        name = self.event_name()
        return Deadline("", Kind.EVENT, event=name) if name else self._conditional_period()

    def _dated_event(self, head: list[Token], tail: list[Token], joined: str) -> Deadline | None:
        """ "Sau khi có hướng dẫn, chậm nhất ngày 30/6/2022": the date counts."""
        if not any(token.is_word for token in tail):
            return None
        rest = _Grammar(tail)
        dated = rest.whole(rest.items)
        before = _Grammar(head)
        if dated is not None and before.whole(before.continuous) is not None:
            return dated  # "thường xuyên; báo cáo trước ngày 15/12 hằng năm"
        name = before.event_name()
        if dated is None or name is None or not self._limits_the_event(dated, tail, joined):
            return None
        return dated._replace(event=name)

    @staticmethod
    def _limits_the_event(dated: Deadline, tail: list[Token], joined: str) -> bool:
        """Whether the words after an event are a deadline besides it, not more of its name.

        "… thông qua Luật, dự kiến tháng 10/2022" and "sau khi tổng kết, đánh giá năm 2022" are no
        deadlines.
        """
        bounded = all(term.bound in (Bound.BEFORE, Bound.BY) for term in dated.terms)
        opening = Cursor(tail)
        if opening.take("dự kiến"):
            return False
        finishes = joined == ";" or opening.take("hoàn thành", "xong")
        return bounded and (finishes or opening.take_from(WORK) is None)

    def _conditional_period(self) -> Deadline | None:
        """ "Năm 2022, sau khi có …", "hằng năm theo quy định": the day follows from the event."""
        self.at = 0
        if self._clear_item(None) is None:
            return None
        self.take(",", ";", "-")
        if self.take("(") and self.tokens[-1].word != ")":
            return None
        name = _Grammar(self.tokens[self.at :]).event_name()
        return Deadline("", Kind.EVENT, event=name) if name else None

    def event_name(self) -> tuple[int, int] | None:
        """Where the name of an event stands in the text; None if no event comes here."""
        self.at = 0
        self.lead_in()
        self.take_from(WORK)
        self.take("vào", "trong", "chậm nhất", "ngay")
        start = self.at
        if self.take_from(_EVENT_HEADS) is None or self.done:
            return None
        return self.tokens[start].start, self.tokens[-1].end

    # -- offsets ----------------------------------------------------------------------------------

    def offset(self) -> Deadline | None:
        """ "Trong 15 ngày làm việc kể từ ngày 01/3/2022", "sau 45 ngày kể từ ngày đăng"."""
        self.lead_in()
        self.take_from(WORK)
        start = self.at
        if not (self.label() or self.rhythm()):
            self.at = start
        self.take(",", ":")
        starts = self.sees("sau") and not self.sees("sau khi")
        while self.take_from(_OFFSET_HEADS):
            pass
        length = self._length()
        if length is None:
            return None
        found = Offset(*length, starts=starts)
        self.take(",")
        if self.take_from(_COUNTED_FROM) is None:
            return Deadline("", Kind.OFFSET, offset=found)
        return self._counted_from(found)

    def _length(self) -> tuple[int, OffsetUnit] | None:
        """ "15 ngày làm việc", "ngày thứ 90"."""
        self.take("là")
        if self.take("ngày thứ", "ngày làm việc thứ"):
            working = self.tokens[self.at - 2].readings & {"việc"}
            count = self.take_number(1, 999)
            unit = OffsetUnit.WORKING_DAY if working else OffsetUnit.DAY
            return (count, unit) if count else None
        count = self.take_number(1, 999) or self._count_in_words()
        named = self.take_from(_OFFSET_UNITS) if count else None
        return (count, named) if count and named else None

    def _count_in_words(self) -> int | None:
        """ "Mười lăm ngày", "năm năm"."""
        start = self.at
        while (token := self.peek()) is not None and token.word in words.NUMERALS:
            self.advance()
        if self.at > start + 1 and self.tokens[self.at - 1].word == "năm":
            self.at -= 1  # the last "năm" is the unit
        return numeral(self.tokens[start : self.at])

    def _counted_from(self, offset: Offset) -> Deadline | None:
        """What an offset counts from: a date, the end of a cycle, or an event by its name."""
        begin = self.at
        if self.done or self.sees("đến"):
            return None
        anchor = self._anchor()
        if anchor is not None and self.done:
            dated = offset._replace(anchor=anchor, each=cycle_of([anchor]))
            return Deadline("", Kind.OFFSET, offset=dated)
        name = self.tokens[begin].start, self.tokens[-1].end
        while not self.done:
            if any(self.sees(limit) for limit in _FURTHER_LIMITS):
                return None  # "… kể từ ngày ký, nhưng không quá ngày 30/6"
            self.advance()
        return Deadline("", Kind.OFFSET, offset=offset, event=name)

    def _anchor(self) -> When | None:
        """A fixed date, or the last day of a cycle."""
        start = self.at
        day = self.day()
        fixed = day is not None and isinstance(day.of, Months) and day.of.year is not None
        if day is not None and fixed and day.of.year.anchor is Anchor.ABSOLUTE:  # type: ignore[union-attr]
            return day
        self.at = start
        self.take("ngày")
        cycle = self.take_from(_CYCLE_ENDS)
        if cycle is not None:
            self.take(*_CYCLE_NAMES)
            return Day(-1, cycle)
        self.at = start
        return None
