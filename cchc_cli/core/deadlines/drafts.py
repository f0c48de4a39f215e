"""Terms in the making: what clauses read, before missing months and years are filled in.

"Trước ngày 15/6 và 15/12 hằng năm" leaves the year of 15/6 to its neighbour. Filling it in takes
the nearest neighbour on the right, and only where no other reading gives other days; where it
would take a guess, `Unclear` says so.
"""

from __future__ import annotations

from typing import NamedTuple

from cchc_cli.core.deadlines.terms import (
    ASSUMED_YEAR,
    SLOT_YEAR,
    Anchor,
    Bound,
    Day,
    InCycle,
    Kind,
    Months,
    Term,
    Unit,
    When,
    YearRef,
    months_of,
    parts,
    year_of,
)
from cchc_cli.core.message import Message, msg


class Draft(NamedTuple):
    """A term whose whens may lack month or year.

    `each` is the rhythm that the text names, or the length of the report that a label names.
    `marked` says that the text itself gave the bound ("trước", "từ"). `since` and `until` are the
    first and last year, inclusive.
    """

    bound: Bound
    when: When
    opening: When | None = None
    each: Unit | None = None
    since: int | None = None
    until: int | None = None
    marked: bool = False
    open_end: bool = False


class Unclear(Exception):
    """Going on would take a guess; the message says about what. Never leaves the grammar."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.template)
        self.message = message


class Backwards(Unclear):
    """A range that ends before it starts."""

    def __init__(self) -> None:
        super().__init__(msg("the end lies before the start"))


_STARTS = (Bound.FROM, Bound.AFTER, Bound.EDGE)
_RELATIVE = (Anchor.SLOT, Anchor.ASSUMED)

WHICH_YEAR = msg("one of its dates could lie in either of two years")
WHICH_MONTH = msg("a day without a month")
WHICH_CYCLE = msg("needs the reporting period: month, quarter, half-year or year?")
SIX_OR_AFTER = msg("“sau” and “sáu” are not told apart: six, or after?")
WHICH_END = msg("a window of days and a due day side by side: which of them counts?")


def each_cycle(unit: Unit) -> Draft:
    """ "Hằng quý": the whole of every cycle."""
    when: When = Months(1, 12, SLOT_YEAR) if unit is Unit.YEAR else InCycle(unit)
    return Draft(Bound.WITHIN, when, each=unit)


def unit_of(period: Months) -> Unit | None:
    """The cycle that a calendar period is one of."""
    length = period.last - period.first + 1
    return Unit(length) if length in (1, 3, 6, 12) else None


def is_numbered_year(draft: Draft) -> bool:
    """Whether the draft is one year with its number, perhaps after "từ"."""
    when = draft.when
    return (
        draft.bound in (Bound.WITHIN, Bound.FROM)
        and draft.opening is None
        and isinstance(when, Months)
        and (when.first, when.last) == (1, 12)
        and when.year is not None
        and when.year.anchor is Anchor.ABSOLUTE
    )


def opened(draft: Draft) -> Draft:
    """ "Năm 2022 và các năm tiếp theo": every year from that one on."""
    year = year_of(draft.when)
    assert year is not None
    return each_cycle(Unit.YEAR)._replace(since=year.value, open_end=True)


def with_year(when: When, year: YearRef) -> When:
    """The when in that year, if it is one that has a year."""
    months = months_of(when)
    if not isinstance(months, Months):
        return when
    named = months._replace(year=year)
    return when._replace(of=named) if isinstance(when, Day) else named


def lacks_year(when: When) -> bool:
    """Whether the when needs a year and has none yet."""
    months = months_of(when)
    return isinstance(months, Months) and months.year is None


# -- a period or rhythm, and the nearer deadline that follows it -----------------------------------


def inside(draft: Draft, head: Draft) -> bool:
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


def refines(head: Draft, second: list[Draft], *, named: bool, comma: bool) -> bool:
    """Whether the clauses after a period or rhythm say more nearly when within it.

    `named` says that parentheses or a colon join them, `comma` that a comma does. Raises `Unclear`
    where they may as well be a second deadline.
    """
    cyclic = any(isinstance(months_of(when), InCycle) for d in second for when in whens_of(d))
    if head.each is not None:
        if named or cyclic or _as_often(head.each, second):
            return True
        raise Unclear(WHICH_END)  # "hằng quý, trước ngày 15/12"
    if cyclic:
        return False  # "quý I, trước ngày 15 của tháng cuối quý": of every quarter?
    within = all(inside(draft, head) for draft in second)
    marked = all(draft.marked for draft in second)
    if comma and marked and not within and all(isinstance(d.when, Day) for d in second):
        raise Unclear(WHICH_END)
    if comma:
        return within and (marked or is_numbered_year(head))
    if marked and not all(_surely_after(draft, head) for draft in second):
        raise Unclear(WHICH_YEAR)  # "quý IV/2022 (trước ngày 15/01)"
    return marked or within


def _surely_after(draft: Draft, head: Draft) -> bool:
    """Whether the date is in the period that stands before it, or has a year that is clear.

    "Quý III nộp chậm nhất ngày 30/10" is; a month before the period, or after one that has its
    year, may lie in either of two years.
    """
    period, months = head.when, months_of(draft.when)
    if not isinstance(period, Months) or not lacks_year(draft.when) or inside(draft, head):
        return True
    absolute = period.year is not None and period.year.anchor is Anchor.ABSOLUTE
    return isinstance(months, Months) and months.first >= period.first and not absolute


def _as_often(each: Unit, second: list[Draft]) -> bool:
    """Whether these can be the dates of a rhythm: one date does for each year or month only."""
    lone = all(isinstance(d.when, Day) and d.when.of is None for d in second)
    return lone or len(second) > 1 or each is Unit.YEAR


def narrowed(draft: Draft, head: Draft) -> Draft:
    """The nearer deadline, with what the period or rhythm before it tells."""
    when = draft.when
    if isinstance(when, Day) and when.of is None:
        match head.when:
            case InCycle(unit=Unit.MONTH) as month:
                when = when._replace(of=month)
            case Months(first=first, last=last) as month if first == last:
                when = when._replace(of=month)
    when = after_cycle(when, head.each)
    year = year_of(head.when) or (SLOT_YEAR if head.each is not None else None)
    if year is not None and lacks_year(when):
        if year.anchor is Anchor.SLOT and year.value:
            raise Unclear(WHICH_YEAR)  # "báo cáo năm trước, trước ngày 15/01"
        when = with_year(when, year)
    each = head.each
    if each is None and isinstance(head.when, Months):
        each = unit_of(head.when)
    draft = draft._replace(when=when, each=draft.each or each, marked=True)
    opening = year_of(head.opening) if head.opening is not None else None
    if opening is None or year is None or opening.anchor is not Anchor.ABSOLUTE:
        return draft
    if year_of(when) != SLOT_YEAR and not isinstance(months_of(when), InCycle):
        raise Unclear(WHICH_YEAR)  # "2021-2025 (trước ngày 15/12)": in each year, or in the last?
    return draft._replace(since=opening.value, until=year.value)


def after_cycle(when: When, each: Unit | None) -> When:
    """ "Hằng quý, vào ngày 20 tháng sau": of the month after the quarter, not after each month."""
    months = months_of(when)
    if each in (None, Unit.MONTH) or not isinstance(months, InCycle) or months.nth:
        return when
    if months.unit is not Unit.MONTH:
        return when
    if months.shift != 1:
        raise Unclear(WHICH_MONTH)
    after = InCycle(each, 1, 1)
    return when._replace(of=after) if isinstance(when, Day) else after


# -- drafts → terms --------------------------------------------------------------------------------


def complete(drafts: list[Draft]) -> tuple[Term, ...]:
    """The terms of a whole text. Raises `Unclear` where that would take a guess."""
    limited = _since(drafts)
    if limited is drafts:
        _check_years(drafts)
    drafts = limited
    if len(drafts) > 1 and any(d.bound in _STARTS for d in drafts):
        raise Unclear(WHICH_END)
    bounded = (Bound.BEFORE, Bound.BY)
    if any(d.opening for d in drafts) and any(
        d.opening is None and d.bound in bounded for d in drafts
    ):
        raise Unclear(WHICH_END)
    terms = [_with_cycle(term) for term in _filled(drafts)]
    for term in terms:
        _check_order(term)
    stated = {year_of(when) for d in drafts for when in whens_of(d)} - {None}
    if stated <= {ASSUMED_YEAR} or ASSUMED_YEAR not in {
        year_of(when) for t in terms for when in parts(t)
    }:
        return tuple(terms)
    if any(year is not None and year.anchor not in _RELATIVE for year in stated):
        raise Unclear(WHICH_YEAR)  # "Quý IV/2021, Quý I"
    return tuple(_recurring(term) for term in terms)


def _check_years(drafts: list[Draft]) -> None:
    """Raise `Unclear` for dates of a year and of every year side by side, or a year left over."""
    fixed = recurring = False
    for draft, before in zip(drafts, (None, *drafts), strict=False):
        years = [year for when in whens_of(draft) if (year := year_of(when)) is not None]
        fixed |= any(year.anchor is Anchor.ABSOLUTE for year in years)
        limited = draft.open_end or draft.since is not None
        cyclic = any(isinstance(months_of(when), InCycle) for when in whens_of(draft))
        recurring |= not limited and (cyclic or any(y.anchor is Anchor.SLOT for y in years))
        if before is not None and is_numbered_year(draft) and _dated_part_of_year(before.when):
            raise Unclear(WHICH_YEAR)  # "quý IV năm 2022 và 2023"
    if fixed and recurring:
        raise Unclear(WHICH_YEAR)  # "năm 2022, hằng quý"


def _dated_part_of_year(when: When) -> bool:
    months = months_of(when)
    return (
        isinstance(months, Months)
        and (months.first, months.last) != (1, 12)
        and months.year is not None
        and months.year.anchor is Anchor.ABSOLUTE
    )


def _since(drafts: list[Draft]) -> list[Draft]:
    """ "Từ năm 2022, hằng năm": the first draft only limits the others."""
    first, rest = drafts[0], drafts[1:]
    year = year_of(first.when)
    if first.bound is not Bound.FROM or not is_numbered_year(first) or not rest or year is None:
        return drafts
    if any(draft.each is None for draft in rest):
        return drafts
    return [draft._replace(since=year.value) for draft in rest]


def whens_of(draft: Draft) -> list[When]:
    """The whens of a draft."""
    return [draft.when] if draft.opening is None else [draft.opening, draft.when]


def _filled(drafts: list[Draft]) -> list[Term]:
    """Every when with month and year: its own, or those of its right neighbour."""
    filled: list[Term] = []
    right: When | None = None
    year: YearRef | None = None
    for draft in reversed(drafts):
        when = _with_year_of(_with_month_of(draft.when, right, draft.each), right, year)
        opening = draft.opening
        if opening is not None:
            opening = _opening_year(_with_month_of(opening, when, draft.each), when)
        right = when
        year = year_of(when if opening is None else opening) or year
        if year == ASSUMED_YEAR:
            year = None
        filled.append(Term(draft.bound, when, opening, draft.each, draft.since, draft.until))
    return filled[::-1]


def _with_month_of(when: When, right: When | None, each: Unit | None) -> When:
    if not isinstance(when, Day) or when.of is not None:
        return when
    if isinstance(right, Day):
        return when._replace(of=right.of)
    if each is Unit.MONTH:
        return when._replace(of=InCycle(Unit.MONTH))
    raise Unclear(WHICH_MONTH)


def _with_year_of(when: When, right: When | None, year: YearRef | None) -> When:
    if not lacks_year(when):
        return when
    if year is not None and year.anchor is Anchor.SLOT and year.value:
        # "15/6 và 15/01 năm sau": only an earlier month tells that 15/6 lies a year earlier.
        if right is None or _order(when)[0] <= _order(right)[0]:
            raise Unclear(WHICH_YEAR)
        year = year._replace(value=year.value - 1)
    if year is not None and year.anchor is Anchor.ABSOLUTE and right is not None:
        later, sooner = months_of(when), months_of(right)
        if isinstance(later, Months) and isinstance(sooner, Months) and later.first > sooner.last:
            raise Unclear(WHICH_YEAR)  # "tháng 12 và tháng 01/2023"
    return with_year(when, year or ASSUMED_YEAR)


def _opening_year(opening: When, closing: When) -> When:
    """The opening of a range in the year of its closing, or in the one before where it must be."""
    first, last = year_of(opening), year_of(closing)
    if first and last and first.anchor is Anchor.SLOT and first.value < 0 < last.value:
        raise Unclear(WHICH_YEAR)  # "năm trước … năm sau": around this year, or side by side?
    before, after = months_of(opening), months_of(closing)
    if (
        isinstance(before, InCycle)
        and isinstance(after, InCycle)
        and before.shift < 0 < after.shift
    ):
        raise Unclear(WHICH_YEAR)  # "tháng cuối quý trước … tháng cuối quý sau"
    if not lacks_year(opening) or last is None:
        return opening
    if _order(opening) > _order(closing):
        if last in (SLOT_YEAR, ASSUMED_YEAR):
            raise Unclear(WHICH_YEAR)  # "từ tháng 11 đến tháng 02 hằng năm"
        if _months_around(opening, closing) > 6:
            raise Backwards  # "quý IV đến quý II năm 2022", and not the winter "tháng 11 - 02/2023"
        last = last._replace(value=last.value - 1)
    return with_year(opening, last)


def _months_around(opening: When, closing: When) -> int:
    """How many months a range has that goes on into the next year, the first and last included."""
    first, last = months_of(opening), months_of(closing)
    assert isinstance(first, Months)
    assert isinstance(last, Months)
    return last.last + 13 - first.first


def _check_order(term: Term) -> None:
    """Raise `Backwards` for a range whose end lies before its start whatever the year."""
    if term.opening is None:
        return
    start, end = _place(term.opening, first=True), _place(term.when, first=False)
    if start is not None and end is not None and start[0] == end[0] and start[1:] > end[1:]:
        raise Backwards


def _place(when: When, *, first: bool) -> tuple[object, int, int, int] | None:
    """What a when is counted from, then its years or cycles from there, month and day."""
    months = months_of(when)
    number = when.number if isinstance(when, Day) else (1 if first else -1)
    day = number if number > 0 else 32
    match months:
        case Months(year=YearRef(anchor=anchor, value=value)):
            return anchor, value, (months.first if number > 0 else months.last), day
        case InCycle(unit=Unit() as unit, shift=shift, nth=nth):
            last = nth < 0 or (nth == 0 and number < 0)
            return unit, shift, (int(unit) if last else max(nth, 1)), day
    return None


def _order(when: When) -> tuple[int, int]:
    """Month and day, for telling which comes first in a year."""
    months = months_of(when)
    if not isinstance(months, Months):
        return 0, 0
    if isinstance(when, Day) and when.number == -1:
        return months.last, 31
    return months.first, when.number if isinstance(when, Day) else 0


def _with_cycle(term: Term) -> Term:
    """The term with its cycle, and the length of "kỳ báo cáo" where the rest tells it."""
    cycles = [m for when in parts(term) if isinstance(m := months_of(when), InCycle)]
    units = [cycle.unit for cycle in cycles if cycle.unit is not None]
    if any(cycle.unit is None for cycle in cycles):
        unit = max(units) if units else term.each
        if unit is None:
            raise Unclear(WHICH_CYCLE)
        opening = _with_unit(term.opening, unit) if term.opening is not None else None
        term = term._replace(when=_with_unit(term.when, unit), opening=opening)
    return term._replace(each=cycle_of(parts(term)))


def _with_unit(when: When, unit: Unit) -> When:
    months = months_of(when)
    if not isinstance(months, InCycle) or months.unit is not None:
        return when
    named: Months | InCycle = months._replace(unit=unit)
    if unit is Unit.YEAR and months.nth == -1:
        named = Months(12, 12, SLOT_YEAR._replace(value=months.shift))
    return when._replace(of=named) if isinstance(when, Day) else named


def _recurring(term: Term) -> Term:
    """The term in every year, because its neighbours are."""
    whens = [with_year(w, SLOT_YEAR) if year_of(w) == ASSUMED_YEAR else w for w in parts(term)]
    opening = whens[0] if term.opening is not None else None
    return term._replace(when=whens[-1], opening=opening, each=term.each or Unit.YEAR)


def cycle_of(whens: list[When]) -> Unit | None:
    """The cycle in which these recur; None if they come once."""
    months = [months_of(when) for when in whens]
    units = [m.unit for m in months if isinstance(m, InCycle) and m.unit is not None]
    if units:
        return max(units)
    years = [m.year for m in months if isinstance(m, Months) and m.year is not None]
    return Unit.YEAR if any(year.anchor is Anchor.SLOT for year in years) else None


def kind_of(terms: tuple[Term, ...], drafts: list[Draft]) -> Kind:
    """The class of a deadline made of these terms."""
    if any(term.bound in _STARTS for term in terms):
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
