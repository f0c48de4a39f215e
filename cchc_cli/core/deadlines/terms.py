"""What a deadline says, as typed values: the output of the grammar, the input of the calendar.

A *when* names days relative to a `Frame` (the year of the occurrence, the plan's period, the
reporting cycle). A `Term` bounds work by one or two of them. A `Deadline` is the whole reading.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from cchc_cli.core.message import Message


class Kind(enum.Enum):
    """The class of a deadline, named after what its words give."""

    DAY = "day"  # one or more fixed days
    PERIOD = "period"  # one or more calendar periods
    RANGE = "range"  # from one time to another
    OPEN = "open"  # a start, and no end
    EACH = "each"  # again in every year, half, quarter or month
    CONTINUOUS = "continuous"  # no last day at all
    EVENT = "event"  # waits for something to happen
    OFFSET = "offset"  # counted from something that happens
    UNKNOWN = "unknown"  # not understood as a whole


WAITS = (Kind.EVENT, Kind.OFFSET)
"""Those that give no day before something has happened."""


class Unit(enum.IntEnum):
    """A cycle of the calendar, as its number of months."""

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12


class Anchor(enum.Enum):
    """What a year is counted from."""

    ABSOLUTE = "absolute"  # the number itself
    SLOT = "slot"  # the year of the occurrence: năm kế hoạch, năm báo cáo
    ASSUMED = "assumed"  # the text names no year
    PLAN_FIRST = "plan_first"  # the first year of the plan's period
    PLAN_LAST = "plan_last"  # the last one
    PRECEDING_FIRST = "preceding_first"  # the first year of the preceding period of equal length


class YearRef(NamedTuple):
    """A year: `value` is the year itself if ABSOLUTE, else the number of years to add."""

    anchor: Anchor
    value: int


SLOT_YEAR = YearRef(Anchor.SLOT, 0)
ASSUMED_YEAR = YearRef(Anchor.ASSUMED, 0)


class Months(NamedTuple):
    """Months `first` to `last` of a year, both inclusive; the year may still be missing."""

    first: int
    last: int
    year: YearRef | None = None


class InCycle(NamedTuple):
    """A part of a cycle: the whole (`nth` 0), its nth month (from 1), or its last (`nth` -1).

    `shift` counts cycles from the one at hand. `unit` None is "kỳ báo cáo", whose length the text
    does not tell.
    """

    unit: Unit | None
    shift: int = 0
    nth: int = 0


class Day(NamedTuple):
    """Day `number` (from 1) of some months, or their last (-1); if `working`, of working days."""

    number: int
    of: Months | InCycle | None = None
    working: bool = False


When = Months | InCycle | Day


class Bound(enum.Enum):
    """How a term bounds work."""

    WITHIN = "within"  # in those days: due on the last of them
    BEFORE = "before"  # before the first of those days: exclusive
    BY = "by"  # until the last of those days: inclusive
    FROM = "from"  # starts then, with no last day
    AFTER = "after"  # starts on the day after, with no last day
    EDGE = "edge"  # "đầu tháng": starts on the first day, last day not stated


class Term(NamedTuple):
    """One bound on one occurrence, or on one occurrence in each cycle `each`.

    `opening` is the start of a from–to range. Recurring terms may be limited to the years `since`
    to `until`, inclusive.
    """

    bound: Bound
    when: When
    opening: When | None = None
    each: Unit | None = None
    since: int | None = None
    until: int | None = None


class OffsetUnit(enum.Enum):
    """What an offset counts."""

    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Offset(NamedTuple):
    """A term (thời hạn) of `length` units counted from `anchor`, or from an event if None.

    `starts` says that the work starts when the term has run out ("sau 45 ngày kể từ …").
    """

    length: int
    unit: OffsetUnit
    anchor: When | None = None
    starts: bool = False
    each: Unit | None = None


class Deadline(NamedTuple):
    """The reading of a whole text.

    `event` is where the text names what it waits for (start, end). `ad_hoc` says that it adds
    "or on request". `work` is the part of the text (start, end) that names the work and not its
    time. `problem` tells why there is no reading, and `remainder` (start, end) which part of
    the text was not understood.
    """

    text: str
    kind: Kind
    terms: tuple[Term, ...] = ()
    offset: Offset | None = None
    event: tuple[int, int] | None = None
    ad_hoc: bool = False
    problem: Message | None = None
    impossible: bool = False
    remainder: tuple[int, int] | None = None
    work: tuple[int, int] | None = None

    def words(self, place: tuple[int, int] | None) -> str:
        """The words at a place of the text, empty for no place."""
        return self.text[slice(*place)] if place is not None else ""


def parts(term: Term) -> list[When]:
    """The whens of a term."""
    return [term.opening, term.when] if term.opening is not None else [term.when]


def needs_years(deadline: Deadline) -> bool:
    """Whether its days depend on the years of a plan: false if every year is named."""
    whens = [when for term in deadline.terms for when in parts(term)]
    if deadline.offset is not None and deadline.offset.anchor is not None:
        whens.append(deadline.offset.anchor)
    years = [year_of(when) for when in whens]
    return any(year is None or year.anchor is not Anchor.ABSOLUTE for year in years)


def months_of(when: When) -> Months | InCycle | None:
    """The months a when lies in."""
    return when.of if isinstance(when, Day) else when


def year_of(when: When) -> YearRef | None:
    """The year a when names, None if it names none."""
    months = months_of(when)
    return months.year if isinstance(months, Months) else None
