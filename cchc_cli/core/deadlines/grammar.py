"""The grammar: a whole text → a `Deadline`.

The text is understood to its last token or not at all. A wrong date is worse than none, so where a
phrase allows two readings that give different days, there is no rule for it.

A deadline is a list of items; an item is a clause ("trước ngày 15/12"), a rhythm ("hằng quý"), or
one of them refined by a second ("hằng quý (trước ngày 15 của tháng cuối quý)").
"""

from __future__ import annotations

from typing import NamedTuple

from cchc_cli.core.deadlines import words
from cchc_cli.core.deadlines.cursor import phrase_list, phrase_table
from cchc_cli.core.deadlines.lexer import Token, tokenize
from cchc_cli.core.deadlines.terms import (
    ASSUMED_YEAR,
    SLOT_YEAR,
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
    YearRef,
    months_of,
    parts,
    year_of,
)
from cchc_cli.core.deadlines.whens import WhenRules
from cchc_cli.core.message import Message, msg

_BOUNDS = phrase_table(words.BOUNDS)
_LEAD_INS = phrase_list(words.LEAD_INS)
_CONTINUOUS = phrase_list(words.CONTINUOUS)
_CONTINUOUS_TAILS = phrase_list(words.CONTINUOUS_TAILS)
_EVENT_HEADS = phrase_list(words.EVENT_HEADS)
_AD_HOC = phrase_list(words.AD_HOC)
_OPEN_ENDS = phrase_list(words.OPEN_ENDS)
_FROM = phrase_list(
    ["từ", "kể từ", "tính từ", "bắt đầu từ", "từ sau", "áp dụng từ", "được tính từ", "thực hiện từ"]
)
_TO = phrase_table(
    {
        "đến hết": Bound.BY,
        "cho đến hết": Bound.BY,
        "cho đến": Bound.BY,
        "đến trước": Bound.BEFORE,
        "đến": Bound.BY,
        "tới": Bound.BY,
        "tới hết": Bound.BY,
        "-": Bound.BY,
    }
)
_UNITS = phrase_table(
    {
        "năm": Unit.YEAR,
        "01 năm": Unit.YEAR,
        "1 năm": Unit.YEAR,
        "quý": Unit.QUARTER,
        "01 quý": Unit.QUARTER,
        "1 quý": Unit.QUARTER,
        "3 tháng": Unit.QUARTER,
        "03 tháng": Unit.QUARTER,
        "ba tháng": Unit.QUARTER,
        "tháng": Unit.MONTH,
        "01 tháng": Unit.MONTH,
        "1 tháng": Unit.MONTH,
        "6 tháng": Unit.HALF,
        "06 tháng": Unit.HALF,
        "sáu tháng": Unit.HALF,
        "nửa năm": Unit.HALF,
    }
)
_WORK = phrase_list(words.WORK)
_ONCE = ("một lần", "1 lần", "01 lần", "/ lần", "/ 1 lần", "/ 01 lần")
_OFFSET_HEADS = phrase_list(
    ["trong thời hạn", "trong thời gian", "trong vòng", "trong", "thời hạn", "sau", "chậm nhất",
     "chậm nhất là", "chậm nhất sau", "không quá", "tối đa", "trong tối đa", "trong thời hạn tối đa",
     "trong thời hạn không quá", "tối đa là", "trong thời hạn chậm nhất", "trong không quá",
     "muộn nhất", "muộn nhất là", "muộn nhất sau", "chậm nhất trong", "chậm nhất trong thời hạn",
     "trong vòng không quá", "trong vòng tối đa", "tối đa không quá", "thời gian", "vòng",
     "thời hạn không quá", "chậm nhất không quá", "trong khoảng thời gian"]
)  # fmt: skip
_OFFSET_UNITS = phrase_table(
    {
        "ngày làm việc": OffsetUnit.WORKING_DAY,
        "ngày": OffsetUnit.DAY,
        "tuần": OffsetUnit.WEEK,
        "tháng": OffsetUnit.MONTH,
        "năm": OffsetUnit.YEAR,
    }
)
_COUNTED_FROM = phrase_list(
    ["kể từ", "tính từ", "từ", "sau khi", "sau", "kể từ khi", "từ khi", "tính từ khi", "kể từ thời điểm",
     "tính từ thời điểm", "từ thời điểm", "kể từ lúc"]
)  # fmt: skip
_CYCLE_ENDS = phrase_table(
    {
        "kết thúc quý": InCycle(Unit.QUARTER),
        "kết thúc tháng": InCycle(Unit.MONTH),
        "kết thúc năm": Months(1, 12, SLOT_YEAR),
        "kết thúc năm dương lịch": Months(1, 12, SLOT_YEAR),
        "hết quý": InCycle(Unit.QUARTER),
        "hết năm": Months(1, 12, SLOT_YEAR),
        "hết tháng": InCycle(Unit.MONTH),
        "cuối cùng của quý": InCycle(Unit.QUARTER),
        "cuối cùng của tháng": InCycle(Unit.MONTH),
        "cuối cùng của năm": Months(1, 12, SLOT_YEAR),
    }
)
_CYCLE_NAMES = (
    "báo cáo", "dương lịch", "kế hoạch", "của kỳ báo cáo", "thuộc kỳ báo cáo", "đó", "hằng năm",
)  # fmt: skip


class _Draft(NamedTuple):
    """A term before its missing months and years are filled in."""

    bound: Bound
    when: When
    opening: When | None = None
    each: Unit | None = None  # a rhythm, or the report that the label names
    since: int | None = None
    until: int | None = None
    marked: bool = False  # whether the text itself gave the bound ("trước", "từ")
    open_end: bool = False


def parse(text: str) -> Deadline:
    """Read the whole of `text`. Never raises; what is not understood is `Kind.UNKNOWN`."""
    tokens = _unwrapped(tokenize(text))
    if not tokens:
        return Deadline(text, Kind.UNKNOWN, problem=msg("no words to read"), remainder=(0, len(text)))
    grammar = _Grammar(tokens)
    found = (
        grammar.whole(grammar.continuous)
        or grammar.whole(grammar.offset)
        or grammar.whole(grammar.items)
        or grammar.event()
    )
    if found is not None:
        return found._replace(text=text)
    return _unknown(text, tokens, grammar)


def _unknown(text: str, tokens: list[Token], grammar: _Grammar) -> Deadline:
    place = min(grammar.furthest, len(tokens) - 1)
    remainder = (tokens[place].start, tokens[-1].end)
    problem: Message = msg("not understood from “{rest}” on", rest=text[slice(*remainder)])
    if grammar.impossible:
        problem = msg("names a day that does not exist")
    elif grammar.problem is not None:
        problem = grammar.problem
    impossible = grammar.impossible
    return Deadline(
        text, Kind.UNKNOWN, problem=problem, impossible=impossible, remainder=remainder
    )


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """Without list markers in front, closing punctuation, quotes, and parentheses around all."""
    while tokens and tokens[0].word in ("-", "+", "*", "•", "“", '"', "'", ":"):
        tokens = tokens[1:]
    while tokens and tokens[-1].word in (".", ";", ",", "”", '"', "'", ":", "/", "-"):
        tokens = tokens[:-1]
    if tokens and tokens[0].word == "(" and tokens[-1].word == ")":
        inner = tokens[1:-1]
        if not any(token.word in "()" for token in inner):
            return _unwrapped(inner)
    return tokens


class _Grammar(WhenRules):
    """The rules above the level of one when."""

    problem: Message | None = None

    def whole(self, rule):  # type: ignore[no-untyped-def]
        """What `rule` reads if it takes every token, else None."""
        self.at = 0
        found = rule()
        return found if self.done else None

    # -- whole deadlines --------------------------------------------------------------------------

    def continuous(self) -> Deadline | None:
        """ "Thường xuyên", "thường xuyên, hằng năm"."""
        self.lead_in()
        self.take_from(_WORK)
        if self.take("hằng năm", "hằng ngày", "hằng tháng", "hằng quý"):
            self.take(",", "và")
        if not self.take_from(_CONTINUOUS):
            return None
        while True:
            start = self.at
            self.take(",", ";", "và", "hoặc", "(", "/")
            self.take("và", "hoặc")
            tail = self.take_from(_CONTINUOUS_TAILS)
            if tail is None:
                self.at = start
                break
            self.take(")")
        return Deadline("", Kind.CONTINUOUS)

    def event(self) -> Deadline | None:
        """ "Sau khi có …": no date before the event; a date after a comma still counts."""
        for split in range(len(self.tokens) - 1, 0, -1):
            if self.tokens[split].word in (",", ";", "nhưng", "và"):
                head, tail = self.tokens[:split], self.tokens[split + 1 :]
                rest = _Grammar(tail)
                dated = rest.whole(rest.items)
                name = _Grammar(head).event_name()
                if dated is not None and name and any(t.is_word for t in tail):
                    return dated._replace(event=name)  # type: ignore[no-any-return]
        self.at = 0
        name = self.event_name()
        if not name:
            return self._period_with_condition()
        return Deadline("", Kind.EVENT, event=name)

    def _period_with_condition(self) -> Deadline | None:
        """ "Năm 2022, sau khi có …", "Hằng năm theo quy định": the day follows from the event."""
        self.at = 0
        if self.item(None) is None:
            return None
        self.take(",", ";", "-")
        if self.take("(") and self.tokens[-1].word != ")":
            return None
        rest = _Grammar(self.tokens[self.at :])
        name = rest.event_name()
        return Deadline("", Kind.EVENT, event=name) if name else None

    def event_name(self) -> str:
        """The words of an event, empty if no event comes here."""
        self.at = 0
        self.lead_in()
        self.take_from(_WORK)
        self.take("vào", "trong", "chậm nhất", "ngay")
        start = self.at
        if self.take_from(_EVENT_HEADS) is None or self.tokens[start].word == "ngày":
            self.at = start
            return ""
        if self.tokens[self.at - 1].word == "sau" and self.peek() is None:
            return ""
        return " ".join(token.word for token in self.tokens[start:])

    def offset(self) -> Deadline | None:
        """ "Trong 15 ngày làm việc kể từ ngày 01/3/2022", "sau 45 ngày kể từ ngày đăng Công báo"."""
        self.lead_in()
        start = self.at
        if not (self.label() or self.rhythm()):
            self.at = start
        self.take(",", ":")
        starts = self.sees("sau") and not self.sees("sau khi")
        while self.take_from(_OFFSET_HEADS):
            pass
        self.take("là", "ngày thứ", "ngày")
        count = self.take_number(1, 999)
        unit = self.take_from(_OFFSET_UNITS) if count else None
        if count is None and self.sees("ngày thứ"):
            return None
        if count is not None and unit is None and self.tokens[self.at - 2].word in ("thứ", "thu"):
            unit = OffsetUnit.DAY  # "ngày thứ 90 kể từ …"
        if count is None or unit is None:
            return None
        self.take("(", ")")
        self.take(",")
        counted = self.take_from(_COUNTED_FROM)
        if counted is None:
            if self.done:
                return Deadline("", Kind.OFFSET, offset=Offset(count, unit, starts=starts))
            return None
        begin = self.at
        if self.take_from(_FROM) or self.sees("đến"):
            return None  # "từ 02 đến 05 ngày": a range of durations
        anchor = self._offset_anchor()
        if anchor is not None and self.done:
            each = cycle_of([anchor])
            found = Offset(count, unit, anchor, starts, each)
            return Deadline("", Kind.OFFSET, offset=found)
        name = " ".join(token.word for token in self.tokens[begin:])
        self.advance(len(self.tokens) - self.at)
        if not name:
            return None
        return Deadline("", Kind.OFFSET, offset=Offset(count, unit, starts=starts), event=name)

    def _offset_anchor(self) -> When | None:
        """A date or the end of a cycle that an offset counts from."""
        start = self.at
        day = self.day()
        if day is not None and isinstance(day.of, Months) and day.of.year is not None:
            if day.of.year.anchor is Anchor.ABSOLUTE:
                return day
        self.at = start
        self.take("ngày")
        cycle = self.take_from(_CYCLE_ENDS)
        if cycle is not None:
            self.take(*_CYCLE_NAMES)
            return Day(-1, cycle)
        self.at = start
        return None

    # -- items ------------------------------------------------------------------------------------

    def items(self) -> Deadline | None:
        """A list of items, perhaps ended by "hoặc đột xuất khi có yêu cầu"."""
        drafts: list[_Draft] = []
        ad_hoc = False
        while True:
            self.glued = False
            found = self.item(drafts[-1] if drafts else None)
            if found is None or (self.glued and any(not draft.marked for draft in drafts)):
                return None  # "tháng 6 và quý II trước ngày …": does the bound go for both?
            drafts += found
            start = self.at
            self.take(",", ";", "-")
            if drafts and self.ad_hoc():
                ad_hoc = True
                break
            self.at = start
            if not self._separator():
                break
        if not self.done:
            return None
        terms = self.completed(drafts)
        if terms is None:
            return None
        return Deadline("", _kind(terms, drafts), terms, ad_hoc=ad_hoc, work=self.worded)

    def _separator(self) -> bool:
        taken = self.take(",", ";", "+", ".")
        return self.take("và", "&") or taken

    def ad_hoc(self) -> bool:
        """ "hoặc đột xuất khi có yêu cầu": takes the rest, which may hold no date."""
        start = self.at
        self.take("và", "hoặc", "hay")
        self.take("báo cáo")
        rest = self.tokens[self.at :]
        if self.take_from(_AD_HOC) and all(token.value is None for token in rest):
            self.advance(len(self.tokens) - self.at)
            return True
        self.at = start
        return False

    def item(self, previous: _Draft | None) -> list[_Draft] | None:
        """A clause or rhythm, with what names it, refines it or limits it."""
        start = self.at
        for opening in (self.label, self.lead_in, self.work):
            self.at = start
            self.lead_in()
            self.labelled = None
            if not opening():
                continue
            found = self.rhythm() or self.periodic(previous)
            if found is None or (opening == self.label and not found[0].marked):
                continue
            found = self.refined(found)
            found = [draft._replace(each=draft.each or self.labelled) for draft in found]
            self.label_behind()
            return self.limited(found)
        return None

    def lead_in(self) -> bool:
        """Words that say nothing about time: "Thời hạn hoàn thành:", "phải được"."""
        while self.take_from(_LEAD_INS):
            self.take(":")
        return True

    def work(self) -> bool:
        """The work itself, up to the word that bounds it: "trình UBND tỉnh | trước ngày …"."""
        begin = self.at
        if self.take_from(_WORK) is None:
            return False
        while not self.done:
            if self._bound_comes():
                self.worded = self.worded or (self.tokens[begin].start, self.tokens[self.at - 1].end)
                return True
            token = self.tokens[self.at]
            if not (token.is_word or token.word in ",:/-&") or token.readings & words.TELLING:
                return False
            self.advance()
        return False

    def _bound_comes(self) -> bool:
        """Whether a clause that says "before", "by", "in" or "from" begins here."""
        start = self.at
        self.take(":")
        marked = self.bounded() or self.from_clause()
        if marked is None and self.take("trong", "vào"):
            marked = self.when()  # type: ignore[assignment]
        if marked is None and start > 0:
            marked = self.when()  # type: ignore[assignment]
        self.at = start
        if marked is not None:
            self.take(":")
        return marked is not None

    def periodic(self, previous: _Draft | None) -> list[_Draft] | None:
        """A clause after "định kỳ", or a rhythm in parentheses after it."""
        if self.take("định kỳ") and self.take("("):
            found = self.rhythm()
            return found if self.take(")") else None
        return self.clause(previous)

    worded: tuple[int, int] | None = None  # the part of the text that names the work
    labelled: Unit | None = None  # the length of the report that a label names

    def label(self) -> bool:
        """ "Báo cáo quý:", "báo cáo tháng 6 và 6 tháng đầu năm": the report, not its deadline."""
        self.take("gửi", "nộp", "đối với")
        if not self.take("báo cáo"):
            return False
        self.take("kết quả", "sơ kết", "tổng kết")
        self.take("định kỳ")
        units = [self._labelled_period()]
        while units[-1] is not False:
            start = self.at
            if not self._separator():
                break
            more = self._labelled_period()
            if more is False:
                self.at = start
                break
            units.append(more)
        if units[-1] is False:
            return False
        self.labelled = units[0] if len(units) == 1 and isinstance(units[0], Unit) else None
        self.take("là", ":", ",")
        self.take("gửi", "nộp")
        return True

    def _labelled_period(self) -> Unit | None | bool:
        """The period a report is for: its length, None for a length with no cycle, False if none."""
        start = self.at
        self.take(*words.EACH, "của")
        unit = self.take_from(_UNITS)
        if unit is not None and not self._qualified(unit):
            return unit
        self.at = start
        period = self.part_of_year() or self.quarter() or self.month() or self.year()
        if period is None:
            self.at = start
            return False
        return _unit(period) if isinstance(period, Months) else period.unit

    def label_behind(self) -> None:
        """ "… đối với báo cáo quý 1": the report, named after its deadline."""
        start = self.at
        paren = self.take("(")
        self.take("đối với", "cho", "với")
        if self.at == start or not self.label() or (paren and not self.take(")")):
            self.at = start

    def rhythm(self) -> list[_Draft] | None:
        """ "Hằng quý", "định kỳ 6 tháng", "mỗi năm một lần", "hằng quý, hằng năm"."""
        start = self.at
        periodic = self.take("định kỳ")
        each = self.take("hằng", "mỗi", "từng", "theo") if not self.sees("theo quy") else False
        self.take("từng")
        unit = self.take_from(_UNITS)
        if unit is None:
            self.at = start
            return None
        once = self.take(*_ONCE)
        if not (periodic or each or once) or self._qualified(unit):
            self.at = start
            return None
        drafts = [_each(unit)]
        while True:
            place = self.at
            self.take(",", ";")
            self.take("và")
            self.take("định kỳ")
            self.take("hằng", "mỗi", "từng")
            more = self.take_from(_UNITS)
            if more is None or place == self.at - 1 or self._qualified(more):
                self.at = place
                break
            self.take(*_ONCE)
            drafts.append(_each(more))
        return drafts

    def _qualified(self, unit: Unit) -> bool:
        """Whether the unit just taken goes on as something else: "quý IV", "6 tháng đầu năm"."""
        token = self.peek()
        if token is None:
            return False
        if token.value is not None or token.word in words.ROMAN:
            return True
        if unit is Unit.HALF and (self.sees("đầu") or self.sees("cuối")):
            return True
        return self.sees("cuối") or self.sees("học") or self.sees("tài chính")

    glued = False  # whether a bound followed a period without anything between them

    def refined(self, first: list[_Draft]) -> list[_Draft]:
        """`first`, or the nearer deadline that follows it: "hằng quý (trước ngày 15 …)"."""
        head = first[0]
        if head.marked:
            return first
        start = self.at
        colon = self.take(":", "-")
        comma = not colon and self.take(",")
        paren = self.take("(")
        self.lead_in()
        second = self.clauses(head)
        if second and paren and not self.take(")"):
            second = None
        if second and not (colon or comma or paren):
            self.glued = True
        if second and self._refines(head, second, paren=paren, colon=colon, comma=comma):
            self._trailing_year(second)
            narrowed = [_narrowed(draft, head) for draft in second]
            if all(draft is not None for draft in narrowed):
                return [draft for draft in narrowed if draft is not None]
        self.at = start
        return first

    def _trailing_year(self, drafts: list[_Draft]) -> None:
        """Take a "hằng năm" after the parentheses, which says nothing new."""
        start = self.at
        if self.named_year() != SLOT_YEAR or any(d.each is None for d in drafts):
            self.at = start

    def _refines(
        self, head: _Draft, second: list[_Draft], *, paren: bool, colon: bool, comma: bool
    ) -> bool:
        if head.each is not None or paren or colon:
            return True
        if not all(draft.marked for draft in second):
            return False
        return not comma or all(_inside(draft, head) for draft in second)

    def clauses(self, head: _Draft) -> list[_Draft] | None:
        """One or more clauses joined by "và" or commas, inside a refinement."""
        drafts = self.clause(None)
        if drafts is None and head.each is Unit.MONTH:
            self.take("trước") or self.take("ngày")
        if drafts is None:
            return None
        while True:
            start = self.at
            if not self._separator():
                break
            more = self.clause(drafts[-1])
            if more is None:
                self.at = start
                break
            drafts += more
        return drafts

    def limited(self, drafts: list[_Draft]) -> list[_Draft]:
        """With "từ năm 2022", "giai đoạn 2021-2025" or "và các năm tiếp theo" after them."""
        start = self.at
        if len(drafts) == 1 and _is_year(drafts[0]) and self.take_from(_OPEN_ENDS):
            self.take("của giai đoạn", "trong giai đoạn")
            return [_opened(drafts[0])]
        self.take(",", "(")
        self.take("bắt đầu", "tính", "kể")
        self.take("trong giai đoạn", "giai đoạn", "từ", "trong các", "các", "của")
        self.take("năm")
        since = self.absolute_year()
        recurring = all(d.each or year_of(d.when) == SLOT_YEAR for d in drafts)
        if since is None or not recurring or self.at == start + 1:
            self.at = start
            return drafts
        until: int | None = None
        if self.take("đến hết", "đến", "-", "tới"):
            self.take("năm")
            last = self.absolute_year()
            if last is None:
                self.at = start
                return drafts
            until = last.value
        else:
            self.take("trở đi") or self.take_from(_OPEN_ENDS)
        self.take(")")
        return [d._replace(since=since.value, until=until) for d in drafts]

    # -- clauses ----------------------------------------------------------------------------------

    def clause(self, previous: _Draft | None) -> list[_Draft] | None:
        """One bounded when, or a range; without a bound of its own it keeps the previous one."""
        start = self.at
        for rule in (self.from_clause, self.bounded, self.edge):
            found = rule()
            if found is not None:
                return [found]
            self.at = start
        self.take("trong khoảng", "vào khoảng", "trong", "vào", "ngay trong")
        stated = self.at > start and not self.sees("ngày")
        if self.take("giai đoạn", "thời kỳ"):
            ranged = self.from_clause()
            if ranged is not None:
                return [ranged._replace(marked=False)]
        fraction = self.first_days()
        if fraction is not None:
            return [fraction]
        hour = self.time_of_day()
        when = self.when(previous.when if previous and not stated else None)
        if when is None:
            self.at = start
            return None
        ranged = self.range_from(when)
        if ranged is not None:
            return [ranged]
        if self.take("trở đi", "trở về sau"):
            return [_Draft(Bound.FROM, when, marked=True)]
        bound = Bound.WITHIN
        if previous and not stated and _alike(previous.when, when):
            if isinstance(when, Months) and isinstance(previous.when, Day):
                when = Day(previous.when.number, when)
            bound = previous.bound if previous.bound in (Bound.BEFORE, Bound.BY) else Bound.WITHIN
        if hour is not None and bound is Bound.BEFORE:
            bound = Bound.BY
        return [_Draft(bound, when, marked=bound is not Bound.WITHIN)]

    def from_clause(self) -> _Draft | None:
        """ "Từ A đến B", "từ A trở đi"."""
        if not self.take_from(_FROM):
            return None
        self.time_of_day()
        opening = self.when() or self._bare_opening()
        if opening is None:
            return None
        ranged = self.range_from(opening)
        if ranged is not None:
            return ranged._replace(marked=True)
        self.take("trở đi", "trở về sau")
        draft = _Draft(Bound.FROM, opening, marked=True)
        if _is_year(draft) and self.take_from(_OPEN_ENDS):
            return _opened(draft)
        return draft

    def _bare_opening(self) -> Day | None:
        """ "từ 05 - 31/8": a day whose month stands at the other end."""
        if self.number(1, 31) and (self.sees("-", 1) or self.sees("đến", 1)):
            return Day(self.take_number(1, 31) or 0)
        return None

    def range_from(self, opening: When) -> _Draft | None:
        """After `opening`: "đến hết B", "- B"."""
        start = self.at
        bound = self.take_from(_TO)
        if bound is None:
            return None
        hour = self.time_of_day()
        if hour is not None and hour > 0:
            bound = Bound.BY
        closing = self.when() if isinstance(opening, Day) else None
        if closing is None:
            closing = self.continuation(opening) or self.when()
        if closing is None or isinstance(closing, Day) != isinstance(opening, Day):
            self.at = start
            return None
        return _Draft(bound, closing, opening)

    def bounded(self) -> _Draft | None:
        """ "Trước ngày D", "chậm nhất ngày D", "cuối quý II"."""
        name = self.take_from(_BOUNDS)
        if name is None:
            return None
        end_of = self.tokens[self.at - 1].word in ("cuối", "hết", "cuoi", "het")
        self.take(":", "vào", "là")
        hour = self.time_of_day()
        when = self.when()
        if when is None and end_of:
            when = self.whole_period()
        if when is None:
            return None
        bound = Bound.BEFORE if name == words.BEFORE else Bound.BY
        if hour is not None and hour > 0:
            bound = Bound.BY  # before an hour of day D: D itself is the last day
        return _Draft(bound, when, marked=True)

    def first_days(self) -> _Draft | None:
        """ "15 ngày đầu mỗi quý": its first to its fifteenth day."""
        start = self.at
        count = self.take_number(2, 28)
        if count is not None and self.take("ngày đầu tiên", "ngày đầu"):
            self.take("của")
            of = self.whole_period()
            if of is not None:
                of = of if isinstance(of, Months) or of.nth else of._replace(nth=1)
                if isinstance(of, Months):
                    of = of._replace(last=of.first)
                return _Draft(Bound.BY, Day(count, of), Day(1, of))
        self.at = start
        return None

    def edge(self) -> _Draft | None:
        """ "Sau ngày D", "đầu tháng 01/2018"."""
        if self.take("sau"):
            when = self.when()
            return _Draft(Bound.AFTER, when, marked=True) if when is not None else None
        if self.take("vào đầu", "ngay từ đầu", "từ đầu", "đầu"):
            when = self.when() or self.whole_period()
            if isinstance(when, Months):
                return _Draft(Bound.EDGE, when, marked=True)
        return None

    def time_of_day(self) -> int | None:
        """ "17h00 ngày", "17 giờ 30 phút, ": the hour, taken."""
        start = self.at
        if self.take("sáng", "chiều", "trưa") and (self.sees("ngày") or self.number(1, 31)):
            return 12
        self.at = start
        hour = self.take_number(0, 24)
        if hour is not None and self.take("giờ", "h", "g", ":"):
            self.take_number(0, 59)
            self.take("phút", "'", "p")
            self.take(",", "của")
            if self.sees("ngày") or self.number(1, 31):
                return hour
        self.at = start
        return None

    # -- completing -------------------------------------------------------------------------------

    def completed(self, drafts: list[_Draft]) -> tuple[Term, ...] | None:
        """The drafts with their months and years; None if that takes a guess."""
        filled: list[Term] = []
        month: Months | InCycle | None = None
        next_month: int | None = None
        year: YearRef | None = None
        if any(d.opening for d in drafts) and any(
            d.opening is None and d.bound in (Bound.BEFORE, Bound.BY) for d in drafts
        ):
            return None  # "từ ngày … đến ngày …, trước ngày …": a window, or a second deadline?
        explicit = {year_of(w) for d in drafts for w in _whens(d)} - {None}
        for draft in reversed(drafts):
            when = _with_month(draft.when, month, draft.each)
            if when is None:
                return None
            month = when.of if isinstance(when, Day) else None
            when = _with_year(when, year, next_month)
            if when is None:
                return None
            months = months_of(when)
            next_month = months.first if isinstance(months, Months) else None
            opening = draft.opening
            if opening is not None:
                opening = _with_month(opening, month, draft.each)
                opening = _opening_year(opening, when) if opening is not None else None
                if opening is None:
                    return None
            year = year_of(opening if opening is not None else when) or year
            year = None if year == ASSUMED_YEAR else year
            filled.append(
                Term(draft.bound, when, opening, draft.each, draft.since, draft.until)
            )
        terms = [self._with_cycle(term) for term in reversed(filled)]
        if any(term is None for term in terms):
            return None
        if ASSUMED_YEAR in {year_of(w) for t in filled for w in parts(t)} and explicit:
            if explicit != {SLOT_YEAR}:
                return None  # "Quý IV/2021, Quý I": of which year?
            return tuple(_assumed_to_slot(term) for term in terms if term is not None)
        return tuple(term for term in terms if term is not None)

    def _with_cycle(self, term: Term) -> Term | None:
        """The term with its cycle, and the length of "kỳ báo cáo" where the rest tells it."""
        cycles = [m for w in parts(term) if isinstance(m := months_of(w), InCycle)]
        units = [m.unit for m in cycles if m.unit is not None]
        unit = max(units) if units else term.each
        if any(cycle.unit is None for cycle in cycles):
            if unit is None:
                self.problem = msg("needs the reporting period: month, quarter, half-year or year?")
                return None
            term = term._replace(
                when=_with_unit(term.when, unit),
                opening=_with_unit(term.opening, unit) if term.opening is not None else None,
            )
        if term.each is Unit.HALF and not cycles and not _is_each(term):
            return term._replace(each=None if year_of(term.when) != SLOT_YEAR else Unit.YEAR)
        return term._replace(each=cycle_of(parts(term)))


def cycle_of(whens: list[When]) -> Unit | None:
    """The cycle in which these recur; None if they come once."""
    months = [months_of(when) for when in whens]
    units = [m.unit for m in months if isinstance(m, InCycle) and m.unit is not None]
    if units:
        return max(units)
    years = [m.year for m in months if isinstance(m, Months) and m.year is not None]
    if any(year.anchor is Anchor.SLOT for year in years):
        return Unit.YEAR
    return None


# -- helpers on drafts and whens -------------------------------------------------------------------


def _each(unit: Unit) -> _Draft:
    """ "Hằng quý": the whole of every cycle."""
    when: When = Months(1, 12, SLOT_YEAR) if unit is Unit.YEAR else InCycle(unit)
    return _Draft(Bound.WITHIN, when, each=unit)


def _is_each(term: Term) -> bool:
    return isinstance(term.when, InCycle)


def _unit(period: Months) -> Unit | None:
    length = period.last - period.first + 1
    return Unit(length) if length in (1, 3, 6, 12) else None


def _is_year(draft: _Draft) -> bool:
    """Whether the draft is one numbered year."""
    when = draft.when
    return (
        draft.bound in (Bound.WITHIN, Bound.FROM)
        and draft.opening is None
        and isinstance(when, Months)
        and (when.first, when.last) == (1, 12)
        and when.year is not None
        and when.year.anchor is Anchor.ABSOLUTE
    )


def _opened(draft: _Draft) -> _Draft:
    """ "Năm 2022 và các năm tiếp theo": every year from that one on."""
    year = year_of(draft.when)
    assert year is not None
    when = Months(1, 12, SLOT_YEAR)
    return _Draft(Bound.WITHIN, when, each=Unit.YEAR, since=year.value, open_end=True)


def _alike(first: When, second: When) -> bool:
    """Whether a bound on `first` goes on to `second`: "trước ngày 15/6 và 15/12"."""
    return type(first) is type(second)


def _inside(draft: _Draft, head: _Draft) -> bool:
    """Whether the draft names days or months of the period that stands before it."""
    when, period = draft.when, head.when
    if not isinstance(period, Months):
        return False
    if isinstance(when, Day) and when.of is None:
        return period.first == period.last
    months = months_of(when)
    if not isinstance(months, Months) or not period.first <= months.first <= period.last:
        return False
    return isinstance(when, Day) or months.year is None


def _narrowed(draft: _Draft, head: _Draft) -> _Draft | None:
    """The nearer deadline with what the period or rhythm before it tells."""
    when = draft.when
    if isinstance(when, Day) and when.of is None:
        if isinstance(head.when, InCycle) and head.when.unit is Unit.MONTH:
            when = when._replace(of=head.when)
        elif isinstance(head.when, Months) and head.when.first == head.when.last:
            when = when._replace(of=head.when)
        elif not isinstance(head.when, Months) or draft.opening is None:
            pass
    year = year_of(head.when)
    if year is not None and year_of(when) is None:
        months = months_of(when)
        if isinstance(months, Months):
            named = months._replace(year=year)
            when = when._replace(of=named) if isinstance(when, Day) else named
    elif head.each is not None and year_of(when) is None:
        months = months_of(when)
        if isinstance(months, Months):
            named = months._replace(year=SLOT_YEAR)
            when = when._replace(of=named) if isinstance(when, Day) else named
    each = head.each
    if each is None and isinstance(head.when, Months):
        each = _unit(head.when)
    return draft._replace(when=when, each=draft.each or each, marked=True)


def _whens(draft: _Draft) -> list[When]:
    return [draft.when] if draft.opening is None else [draft.opening, draft.when]


def _with_month(when: When, month: Months | InCycle | None, each: Unit | None) -> When | None:
    if not isinstance(when, Day) or when.of is not None:
        return when
    if month is not None:
        return when._replace(of=month)
    return when._replace(of=InCycle(Unit.MONTH)) if each is Unit.MONTH else None


def _with_year(when: When, year: YearRef | None, next_month: int | None) -> When | None:
    """The when in its own year, or in that of its right neighbour."""
    months = months_of(when)
    if not isinstance(months, Months) or months.year is not None:
        return when
    if year is not None and year.anchor is not Anchor.ABSOLUTE and year != SLOT_YEAR:
        if next_month is None or months.first <= next_month:
            return None  # "10/01 và 20/6 năm sau": 10/01 of which year?
        year = year._replace(value=year.value - 1)
    filled = months._replace(year=year or ASSUMED_YEAR)
    return when._replace(of=filled) if isinstance(when, Day) else filled


def _opening_year(opening: When, closing: When) -> When | None:
    """The opening of a range in the year of its closing, or in the one before where it must be."""
    months, end = months_of(opening), months_of(closing)
    first, last = year_of(opening), year_of(closing)
    if first and last and first.anchor is Anchor.SLOT and first.value < 0 < last.value:
        return None  # "năm trước … năm sau": two years around this one, or next to each other?
    if not isinstance(months, Months) or months.year is not None or not isinstance(end, Months):
        return opening
    assert end.year is not None
    year = end.year
    if _order(opening) > _order(closing):
        if year in (SLOT_YEAR, ASSUMED_YEAR):
            return None  # "từ tháng 11 đến tháng 02 hằng năm": which of the two years?
        year = year._replace(value=year.value - 1)
    filled = months._replace(year=year)
    return opening._replace(of=filled) if isinstance(opening, Day) else filled


def _order(when: When) -> tuple[int, int]:
    months = months_of(when)
    assert isinstance(months, Months)
    return months.first, when.number if isinstance(when, Day) else 0


def _with_unit(when: When, unit: Unit) -> When:
    months = months_of(when)
    if not isinstance(months, InCycle) or months.unit is not None:
        return when
    if unit is Unit.YEAR and months.nth == -1:
        named: Months | InCycle = Months(12, 12, SLOT_YEAR._replace(value=months.shift))
    else:
        named = months._replace(unit=unit)
    return when._replace(of=named) if isinstance(when, Day) else named


def _assumed_to_slot(term: Term) -> Term:
    def fixed(when: When) -> When:
        months = months_of(when)
        if not isinstance(months, Months) or months.year != ASSUMED_YEAR:
            return when
        named = months._replace(year=SLOT_YEAR)
        return when._replace(of=named) if isinstance(when, Day) else named

    opening = fixed(term.opening) if term.opening is not None else None
    return term._replace(when=fixed(term.when), opening=opening, each=term.each or Unit.YEAR)


def _kind(terms: tuple[Term, ...], drafts: list[_Draft]) -> Kind:
    if any(term.bound in (Bound.FROM, Bound.AFTER, Bound.EDGE) for term in terms):
        return Kind.OPEN
    if any(draft.open_end for draft in drafts):
        return Kind.OPEN
    if any(term.each is not None for term in terms):
        return Kind.EACH
    if any(term.opening is not None for term in terms):
        return Kind.RANGE
    if all(isinstance(term.when, Day) for term in terms):
        return Kind.DAY
    return Kind.PERIOD
