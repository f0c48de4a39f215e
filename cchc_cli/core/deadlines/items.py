"""Rules that read one item: a clause or rhythm, with what names it, refines it or limits it.

"Báo cáo quý: trước ngày 15 của tháng cuối quý" has a label; "hằng quý (trước ngày 15 …)" is a
rhythm refined; "hằng năm, từ năm 2022" is limited; "trình UBND tỉnh trước ngày …" names the work.
"""

from __future__ import annotations

from cchc_cli.core.deadlines import words
from cchc_cli.core.deadlines.clauses import OPEN_ENDS, UNITS, ClauseRules
from cchc_cli.core.deadlines.cursor import phrase_list
from cchc_cli.core.deadlines.drafts import (
    WHICH_CYCLE,
    WHICH_YEAR,
    Backwards,
    Draft,
    Unclear,
    after_cycle,
    is_numbered_year,
    lacks_year,
    narrowed,
    opened,
    refines,
    whens_of,
    with_year,
)
from cchc_cli.core.deadlines.lexer import Token
from cchc_cli.core.deadlines.terms import (
    ASSUMED_YEAR,
    SLOT_YEAR,
    Anchor,
    Bound,
    Day,
    InCycle,
    Months,
    Unit,
    months_of,
    year_of,
)

_LEAD_INS = phrase_list(words.LEAD_INS)
WORK = phrase_list(words.WORK)
_DAY_OF_MONTH = ("tháng", "hằng", ", tháng", "trong tháng", "của tháng")


class ItemRules(ClauseRules):
    """The rules, as moves of a cursor."""

    worded: tuple[int, int] | None = None  # the part of the text that names the work
    labelled: Unit | None = None  # the length of the report that a label names
    reported: tuple[Months, ...] = ()  # the periods of the reports that labels name
    numbered = False  # whether the label names one report ("quý I"), not every one of its kind
    refined = False  # whether a nearer deadline followed a period, without a colon between them

    def item(self, previous: Draft | None) -> list[Draft] | None:
        """The drafts of one item."""
        start = self.at
        for opening in (self.label, self.lead_in, self.work):
            self.at = start
            self.lead_in()
            self.labelled, self.numbered, self.reported = None, False, ()
            if not opening():
                continue
            if opening == self.label:
                self.lead_in()
                self.work(named=True)
            inherits = previous if opening == self.lead_in else None
            found = self.rhythm() or self._periodic(inherits)
            if found is None or (opening == self.label and not _dated(found[0])):
                continue
            found = self._refined(found)
            if self.numbered and any(
                isinstance(months_of(w), InCycle) for d in found for w in whens_of(d)
            ):
                continue  # "báo cáo quý I trước ngày 15 của tháng cuối quý": of every quarter?
            found = [_of_report(draft, self.labelled) for draft in found]
            self._label_behind()
            return self._limited([self._after_reported(draft) for draft in found])
        return None

    def _periodic(self, previous: Draft | None) -> list[Draft] | None:
        """A clause after "định kỳ", or a rhythm in parentheses after it."""
        if self.take("định kỳ") and self.take("("):
            found = self.rhythm()
            return found if self.take(")") else None
        clause = self.clause(previous)
        return [clause] if clause is not None else None

    # -- what stands before -----------------------------------------------------------------------

    def lead_in(self) -> bool:
        """Words that say nothing about time: "Thời hạn hoàn thành:", "phải được"."""
        while self.take_from(_LEAD_INS) or self._turn():
            self.take(":")
        return True

    def _turn(self) -> bool:
        """ "Đợt 2", "lần thứ nhất", "giai đoạn I:": which of several, not when."""
        start = self.at
        stage = self.take("giai đoạn")
        if stage or self.take("đợt", "lần"):
            self.take("thứ")
            counted = self.quarter_number() or self.take_number(1, 12) or self.take("nhất")
            if counted and (not stage or self.sees(":")):
                return True
        self.at = start
        return False

    def work(self, *, named: bool = False) -> bool:
        """The work itself, up to the word that bounds it: "trình UBND tỉnh | trước ngày …".

        Words are the work if a verb of the trade is among them, or if a label has `named` it.
        """
        reached = self.furthest
        begin = verb = self.at  # `verb`: behind the last verb; what stands there is no noun's
        by_rule = False  # whether "theo" was read: only a marked bound is the work's own, then
        while not self.done:
            if self.take_from(WORK) is not None:
                named, verb = True, self.at
            if named and self._bound_comes(after_noun=self.at > verb, marked=by_rule):
                first, last = self.tokens[begin], self.tokens[self.at - 1]
                self.worded = self.worded or (first.start, last.end)
                return True
            token = self.peek()
            if token is None or not (token.is_word or token.word in ",:/-&"):
                break
            if self._tells():
                break
            by_rule = by_rule or "theo" in token.readings
            self.advance()
        self.furthest = reached if self.done or not named else max(reached, self.at)
        self.at = begin
        return False

    def _tells(self, ahead: int = 0) -> bool:
        """Whether a word or phrase comes that changes what a date means."""
        token = self.peek(ahead)
        told = token is not None and bool(token.readings & words.TELLING)
        return told or any(self.sees(phrase, ahead) for phrase in words.HEDGES)

    def _bound_comes(self, *, after_noun: bool, marked: bool) -> bool:
        """Whether a clause begins here that bounds the work, and is not part of a noun's name.

        "Kế hoạch năm 2023", "đề án 06 tháng 12/2022" and "nghị quyết quý II" are names.
        """
        before = self.tokens[self.at - 1] if self.at else None
        if before is not None and before.is_word and self._counted(before):
            return False
        start = self.at
        colon = self.take(":")
        recurs = self.sees("định kỳ") or self.rhythm() is not None
        found = None if recurs else self.clause(None)
        self.at = start
        if found is not None and not (found.marked or colon):
            if marked or (after_noun and self._of_a_name(found)):
                return False
        elif found is None and not recurs:
            return False
        self.take(":")
        return True

    def _of_a_name(self, found: Draft) -> bool:
        """Whether the time that comes, `found` without a bound, is part of the noun before it."""
        if self.sees("trong") or self.sees("vào"):
            return False
        year = is_numbered_year(found) or _is_year_range(found)
        return year or any(self._behind(phrase) for phrase in words.DOCUMENTS)

    def _counted(self, before: Token) -> bool:
        """Whether a number or unit comes that belongs to the word before it."""
        unit = any(self.sees(unit) for unit in ("tháng", "quý", "năm", "kỳ"))
        if unit and before.word in words.COUNTING:
            return not (before.word == "tư" and self._behind("đầu tư"))
        if self.number(1, 31) is None:
            return False
        return any(self.sees(then, 1) for then in _DAY_OF_MONTH)

    def _behind(self, phrase: str) -> bool:
        """Whether `phrase` stands directly before the cursor."""
        length = len(phrase.split())
        return self.at >= length and self.sees(phrase, -length)

    def label(self) -> bool:
        """ "Báo cáo quý:", "báo cáo tháng 6 và 6 tháng đầu năm": the report, not its deadline."""
        self.take("gửi", "nộp", "đối với")
        if not self._report():
            return False
        self.take("là", ":", ",")
        self.take("gửi", "nộp")
        return True

    def _report(self) -> bool:
        """The name of a report; sets its length, if it has one."""
        if not self.take("báo cáo"):
            return False
        self.take("kết quả", "sơ kết", "tổng kết", "tổng hợp", "tài chính", "thống kê", "công tác")
        self.take("định kỳ")
        self.take("đầu", "giữa", "cuối")
        if not self._labelled_period():
            return False
        alone = True
        while True:
            start = self.at
            if not (self.separator() and self._labelled_period()):
                self.at = start
                break
            alone = False
        self.labelled = self.labelled if alone else None
        return True

    def _labelled_period(self) -> bool:
        """The period that a report is for; sets its length."""
        start = self.at
        period = self.part_of_year() or self.quarter() or self.month() or self.year()
        if period is not None:
            self.numbered = isinstance(period, Months)
            if isinstance(period, Months):
                self.reported += (period,)
            self.labelled = None  # a date of one report is not one of every report of its length
            return True
        self.at = start
        self.take(*words.EACH, "của")
        self.labelled = self.take_from(UNITS)
        if self.labelled is not None and not self.qualified(self.labelled):
            return True
        self.at = start
        return False

    def _after_reported(self, draft: Draft) -> Draft:
        """The draft in the year of the report that a label names.

        Raises `Unclear` where the date could lie in either of two years: "báo cáo quý IV/2022
        trước ngày 10/01".
        """
        if not lacks_year(draft.when) and year_of(draft.when) != ASSUMED_YEAR:
            return draft
        months = months_of(draft.when)
        if not self.reported or not isinstance(months, Months):
            return draft
        *others, period = self.reported
        fixed = period.year is not None and period.year.anchor is Anchor.ABSOLUTE
        if months.first < (period.last if fixed else period.first) or (fixed and others):
            raise Unclear(WHICH_YEAR)
        if period.year is None or not fixed:
            return draft
        return draft._replace(when=with_year(draft.when, period.year))

    # -- what stands behind -----------------------------------------------------------------------

    def _label_behind(self) -> None:
        """ "… đối với báo cáo quý 1": the report, named after its deadline."""
        start = self.at
        paren = self.take("(")
        if self.take("đối với", "cho", "với"):
            named = self._report() or self._labelled_period() or self._plain_words()
            if named and (not paren or self.take(")")):
                return
        self.at = start

    def _plain_words(self) -> bool:
        """Words that say nothing of time, and perhaps the quarter that they belong to."""
        begin = self.at
        while not self.done and self.tokens[self.at].is_word:
            if self._tells() or self.tokens[self.at].readings & {"và", "theo"}:
                break
            self.advance()
        if self.at == begin:
            return False
        place = self.at
        period = self.quarter()
        if isinstance(period, Months) and period.year is not None:
            self.at = place  # "… của quý I năm sau": the year may be meant for the date
        return True

    def work_behind(self) -> None:
        """ "… để tổng hợp báo cáo UBND tỉnh": takes the rest, which may say nothing of time."""
        start = self.at
        self.take(",", ";", "-")
        paren = self.take("(")
        self.take("và")
        rest = self.tokens[self.at :]
        closed = not paren or (rest != [] and rest[-1].word == ")")
        silent = closed and all(
            (token.is_word or token.word in ",:/-&()")
            and not (self._tells(ahead) or "theo" in token.readings)
            for ahead, token in enumerate(rest)
        )
        if silent and (self.take("để", "nhằm") or self.take_from(WORK) is not None):
            self.advance(len(self.tokens) - self.at)
            self.worded = self.worded or (rest[0].start, rest[-1].end)
        else:
            self.at = start

    def _refined(self, first: list[Draft]) -> list[Draft]:
        """`first`, or the nearer deadline that follows it: "hằng quý (trước ngày 15 …)"."""
        head = first[0]
        if head.marked or len(first) > 1:
            return first  # "hằng quý, hằng năm (trước ngày 15 …)": of both?
        start = self.at
        colon = self.take(":", "-")
        comma = not colon and self.take(",")
        paren = self.take("(")
        self.lead_in()
        self.take("nộp", "gửi", "hoàn thành", "xong")
        second = self._clauses()
        if second and paren and not self.take(")"):
            second = []
        limits = any(is_numbered_year(draft) or draft.open_end for draft in second)
        years = limits or any(_is_year_range(draft) for draft in second)
        if (
            second
            and not (years and head.each)
            and refines(head, second, named=paren or colon, comma=comma)
        ):
            self._trailing_year(head)
            self.refined = not colon
            return [narrowed(draft, head) for draft in second]
        self.at = start
        return first

    def _clauses(self) -> list[Draft]:
        """One or more clauses joined by "và" or commas, inside a refinement."""
        drafts: list[Draft] = []
        start = self.at
        while (clause := self.clause(drafts[-1] if drafts else None)) is not None:
            if drafts and self._label_ends():
                break  # the label of the next item: "quý I: trước 10/3; 6 tháng: …"
            drafts.append(clause)
            start = self.at
            if not self.separator():
                break
        self.at = start
        return drafts

    def _label_ends(self) -> bool:
        """Whether what was just read is followed by its own deadline."""
        start = self.at
        self.take("nộp", "gửi")
        ends = self.sees(":") or self.sees("(") or self.bounded() is not None
        self.at = start
        return ends

    def _trailing_year(self, head: Draft) -> None:
        """Take a "hằng năm" after the parentheses, which says nothing new after a rhythm."""
        start = self.at
        if self.named_year() != SLOT_YEAR or head.each is None:
            self.at = start

    def _limited(self, drafts: list[Draft]) -> list[Draft]:
        """With "từ năm 2022", "giai đoạn 2021-2025" or "và các năm tiếp theo" after them."""
        one_year = len(drafts) == 1 and is_numbered_year(drafts[0])
        if one_year and self.take_from(OPEN_ENDS) is not None:
            self.take("của giai đoạn", "trong giai đoạn")
            return [opened(drafts[0])]
        start = self.at
        paren = self.take("(", ", (")
        comma = not paren and self.take(",")
        opens = self.take("bắt đầu", "tính", "kể") or self.sees("từ")
        named = self.take("trong giai đoạn", "giai đoạn", "từ", "trong các", "các", "của")
        named = self.take("năm") or named or paren or comma
        since = self.absolute_year() if named else None
        recurring = all(d.each or year_of(d.when) == SLOT_YEAR for d in drafts)
        if since is None or not recurring:
            self.at = start
            return drafts
        until = None if opens else since  # "hằng quý năm 2022": of that year alone
        if self.take("đến hết", "đến", "-", "tới"):
            self.take("năm")
            until = self.absolute_year()
            if until is None:
                self.at = start
                return drafts
        elif self.take("trở đi") or self.take_from(OPEN_ENDS) is not None:
            until = None
        self.take(")")
        last = until.value if until else None
        if last is not None and last < since.value:
            raise Backwards  # "hằng năm (2024-2022)"
        return [d._replace(since=since.value, until=last) for d in drafts]


def _of_report(draft: Draft, length: Unit | None) -> Draft:
    """The draft as a deadline of every report of that length, if a label names one."""
    if length is None:
        return draft
    when = after_cycle(draft.when, length)
    months = months_of(when)
    if isinstance(months, InCycle) and months.unit is not None and months.unit < length:
        raise Unclear(WHICH_CYCLE)  # "báo cáo năm: ngày 15 hằng tháng"
    return draft._replace(when=when, each=draft.each or length)


def _dated(draft: Draft) -> bool:
    """Whether a label may stand before it: a bound, or a day."""
    return draft.marked or isinstance(draft.when, Day)


def _is_year_range(draft: Draft) -> bool:
    """ "2022-2024": years that limit a rhythm rather than refine it."""
    opening = draft.opening
    return opening is not None and is_numbered_year(draft._replace(opening=None, bound=Bound.FROM))
