"""Views → pictures as SVG text, for the page and for a document.

Each picture says in words what it shows (`title`, `desc`), prints its numbers, and tells its parts
apart by patterns as well as by colour, so that it can be read in black and white. Sizes follow the
`viewBox`; nothing is loaded from anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import accumulate
from typing import NamedTuple

from cchc_cli.core.message import Message, msg
from cchc_cli.core.overview import Entry, Quarter, Strip, Summary
from cchc_cli.core.report.view import Figures, FiguresOf
from cchc_cli.core.status import DONE, Status
from cchc_cli.i18n import say
from cchc_cli.render.labels import STATUS
from cchc_cli.render.width import one_line

_WIDTH = 400  # of every picture, in units of its viewBox; a letter of the text is at most 7 wide
_TEXT = 12
_LETTER = 7.0
# With every Vietnamese letter, unlike older Liberation Sans: resvg takes the first that is there.
_FONT = "Arial, DejaVu Sans, sans-serif"
_INK, _PAPER, _RULE = "#1a1a1a", "#ffffff", "#767676"


class Sort(NamedTuple):
    """Statuses drawn as one: its name, their sum, its colour, and what is drawn on the colour."""

    id: str
    name: Message
    statuses: tuple[Status, ...]
    colour: str
    pattern: str = ""

    def count(self, figures: Figures) -> int:
        """How many of the figures are of this sort."""
        return sum(int(getattr(figures, status.value)) for status in self.statuses)


_SLANTED = "M0 8L8 0M-2 2L2-2M6 10L10 6"
# Colours of Okabe and Ito, light enough for black numbers; they add up to every status.
SORTS = (
    Sort("done", msg("done"), DONE, "#56b4e9"),
    Sort("overdue", STATUS[Status.OVERDUE], (Status.OVERDUE,), "#e69f00", _SLANTED),
    Sort("soon", STATUS[Status.DUE_SOON], (Status.DUE_SOON,), "#f0e442", "M0 4H8M4 0V8"),
    Sort("progress", STATUS[Status.IN_PROGRESS], (Status.IN_PROGRESS,), "#9ad9c3", "M0 2H8M0 6H8"),
    Sort("ahead", STATUS[Status.NOT_DUE], (Status.NOT_DUE,), "#ffffff"),
    Sort(
        "undated",
        msg("no day to be judged by"),
        (Status.WAITING, Status.CONTINUOUS, Status.NO_DUE_DATE),
        "#d9d9d9",
        "M2 0V8M6 0V8",
    ),
    Sort(
        "halted",
        msg("suspended or cancelled"),
        (Status.SUSPENDED, Status.CANCELLED),
        "#bdbdbd",
        "M0 0L8 8M0 8L8 0",
    ),
)  # fmt: skip


def by_field(summary: Summary) -> str:
    """Bars of the fields, each divided by status."""
    title = msg("Occurrences by field, {year}", year=summary.year)
    return _bars("field", title, summary.by_field, lambda row: f"{row.id}. {row.name}")


def by_unit(summary: Summary) -> str:
    """Bars of the units in charge, each divided by status."""
    title = msg("Occurrences by unit in charge, {year}", year=summary.year)
    return _bars("unit", title, summary.by_unit, lambda row: row.name or "-")


def _bars(
    id_: str, title: Message, rows: Sequence[FiguresOf], name: Callable[[FiguresOf], str]
) -> str:
    """One bar a row, its name above it and its total at its end; all on one scale."""
    sorts = [sort for sort in SORTS if any(sort.count(row.figures) for row in rows)]
    longest = max((row.figures.total for row in rows), default=0) or 1
    room = _WIDTH - 40
    drawn = _Drawing(id_, sorts)
    y = drawn.legend(0)
    said = []
    for row in rows:
        for line in _lines(name(row), _WIDTH):
            y += 16
            drawn.text(0, y, line)
        y += 5
        counts = [(sort, sort.count(row.figures)) for sort in sorts]
        ends = list(accumulate((count for _sort, count in counts), initial=0))
        for (sort, count), begin in zip(counts, ends, strict=False):
            if count:
                box = _Box(begin * room / longest, y, count * room / longest, 20)
                drawn.part(sort, box, str(count))
        drawn.text(
            row.figures.total * room / longest + 5, y + 15, str(row.figures.total), bold=True
        )
        y += 24
        parts = ", ".join(f"{say(sort.name)} {count}" for sort, count in counts if count)
        said.append(f"{name(row)}: {row.figures.total} ({parts or '-'})")
    return drawn.svg(y + 4, title, said)


def timeline(summary: Summary, entries: Iterable[Entry]) -> str:
    """Columns of the months: what falls due in each, divided by status, and the as-of day."""
    months = [dict.fromkeys((sort.id for sort in SORTS), 0) for _month in range(12)]
    of_status = {status.value: sort.id for sort in SORTS for status in sort.statuses}
    for entry in entries:
        if entry.due is not None and entry.field:
            months[entry.due.month - 1][of_status[entry.status]] += 1
    sorts = [sort for sort in SORTS if any(month[sort.id] for month in months)]
    drawn = _Drawing("timeline", sorts)
    top = drawn.legend(0) + 34
    high, base, wide = 120, top + 120, _WIDTH / 12
    highest = max((sum(month.values()) for month in months), default=0) or 1
    said = []
    for number, month in enumerate(months):
        y, total = float(base), sum(month.values())
        for sort in sorts:
            tall = month[sort.id] * high / highest
            if tall:
                y -= tall
                box = _Box(number * wide + 4, y, wide - 8, tall)
                drawn.part(sort, box, str(month[sort.id]))
        drawn.text((number + 0.5) * wide, y - 5, str(total or ""), anchor="middle", bold=True)
        drawn.text((number + 0.5) * wide, base + 16, str(number + 1), anchor="middle")
        parts = ", ".join(f"{say(sort.name)} {month[sort.id]}" for sort in sorts if month[sort.id])
        if total:
            said.append(say(msg("month {month}: {count} ({parts})", month=number + 1, count=total,
                                parts=parts)))  # fmt: skip
    drawn.line(0, base, _WIDTH, base)
    if summary.as_of.year == summary.year:
        x = (summary.as_of.month - 1 + summary.as_of.day / 31) * wide
        anchor, beside = ("end", x - 4) if x > _WIDTH / 2 else ("start", x + 4)
        drawn.line(x, top - 26, x, base + 4, dashed=True)
        drawn.text(beside, top - 18, say(msg("as of {day}", day=summary.as_of)), anchor=anchor)
    drawn.text(_WIDTH / 2, base + 34, say(msg("month in which it falls due")), anchor="middle")
    title = msg("What falls due in {year}, month by month", year=summary.year)
    return drawn.svg(base + 42, title, said)


def field_strip(summary: Summary) -> str:
    """Quarters of the fields."""
    title = msg("Fields by quarter, {year}", year=summary.year)
    return _strip("field-strip", title, summary.field_strip, lambda row: f"{row.id}. {row.name}")


def unit_strip(summary: Summary) -> str:
    """Quarters of the units in charge."""
    title = msg("Units in charge by quarter, {year}", year=summary.year)
    return _strip("unit-strip", title, summary.unit_strip, lambda row: row.name or "-")


def strip_heads() -> list[str]:
    """What stands over the columns of a strip: the years before, and the four quarters."""
    quarters = (msg("Quarter {number}", number=number) for number in ("I", "II", "III", "IV"))
    return [say(msg("earlier years")), *map(say, quarters)]


def _strip(id_: str, title: Message, rows: Sequence[Strip], name: Callable[[Strip], str]) -> str:
    """One line a row, a square for each quarter: the darker, the more of it is overdue."""
    with_earlier = any(row.earlier for row in rows)
    heads = strip_heads()[not with_earlier :]
    wide = _WIDTH / len(heads)
    drawn = _Drawing(id_, [])
    y = 14
    for place, head in enumerate(heads):
        drawn.text((place + 0.5) * wide, y, head, anchor="middle", bold=True)
    said = []
    for row in rows:
        for line in _lines(name(row), _WIDTH):
            y += 17
            drawn.text(0, y, line)
        y += 5
        cells = [Quarter(row.earlier, 0, row.earlier)] * with_earlier + list(row.quarters)
        words = [_earlier_words(row.earlier)] * with_earlier + [_words(q) for q in row.quarters]
        for place, (cell, lines) in enumerate(zip(cells, words, strict=True)):
            drawn.cell(_Box(place * wide + 1, y, wide - 2, 34), cell, lines)
        y += 38
        texts = (f"{head} {', '.join(ws)}" for head, ws in zip(heads, words, strict=True))
        said.append(f"{name(row)}: {'; '.join(texts)}")
    return drawn.svg(y + 4, title, said)


def _words(cell: Quarter) -> list[str]:
    """A quarter in words: nothing due, or how much is done, and below it how much is overdue."""
    if not cell.due:
        return ["–"]
    done = say(msg("{done}/{due} done", done=cell.done, due=cell.due))
    return [done, *_earlier_words(cell.overdue)] if cell.overdue else [done]


def _earlier_words(count: int) -> list[str]:
    return [say(msg("overdue {count}", count=count))] if count else ["–"]


# From nothing overdue to all of it; the numbers in each square are dark enough on all of them.
_HEAT = ("#ffffff", "#fdebc8", "#f7c873", "#e69f00")


class _Box(NamedTuple):
    """A rectangle from its upper left corner."""

    x: float
    y: float
    wide: float
    tall: float

    @property
    def middle(self) -> float:
        """Where it is halfway across."""
        return self.x + self.wide / 2


class _Drawing:
    """Shapes put down one after the other, and the patterns that they use."""

    def __init__(self, id_: str, sorts: Sequence[Sort]) -> None:
        self._id = id_
        self._sorts = sorts
        self._shapes: list[str] = []

    def text(
        self, x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False
    ) -> None:
        """One line of text; `y` is its baseline."""
        weight = ' font-weight="bold"' if bold else ""
        place = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self._shapes.append(
            f'<text class="ink" x="{_n(x)}" y="{_n(y)}"{place}{weight} fill="{_INK}">'
            f"{escape(one_line(text))}</text>"
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False) -> None:
        """A rule."""
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        self._shapes.append(
            f'<line class="rule" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" '
            f'stroke="{_INK}" stroke-width="1.5"{dash}/>'
        )

    def part(self, sort: Sort, box: _Box, label: str = "") -> None:
        """A part of a bar in colour and pattern, with its number where there is room for it."""
        self._box(box, sort.colour)
        if sort.pattern:
            self._box(box, f"url(#{self._id}-{sort.id})")
        taken = len(label) * 7.5 + 4
        if label and box.wide >= taken + 2 and box.tall >= 15:
            centre = box.y + box.tall / 2
            if sort.pattern:
                self._shapes.append(
                    f'<rect x="{_n(box.middle - taken / 2)}" y="{_n(centre - 7)}" '
                    f'width="{_n(taken)}" height="14" fill="{_PAPER}"/>'
                )
            self._on_paper(box.middle, centre + 4.5, label)

    def cell(self, box: _Box, cell: Quarter, lines: list[str]) -> None:
        """A square of a heat strip, the darker the more of it is overdue, with its words."""
        self._box(box, _HEAT[cell.heat], dashed=not cell.due)
        for place, line in enumerate(lines):
            below = 21 + 14 * place - 7 * (len(lines) - 1)
            late = cell.overdue > 0 and place == len(lines) - 1
            self._on_paper(box.middle, box.y + below, line, bold=late)

    def legend(self, y: float) -> float:
        """What each colour and pattern means; the height that it ends at."""
        x = 0.0
        y += 14
        for sort in self._sorts:
            name = say(sort.name)
            taken = 20 + len(name) * _LETTER + 14
            if x and x + taken - 14 > _WIDTH:
                x, y = 0.0, y + 18
            self.part(sort, _Box(x, y - 11, 14, 14))
            self.text(x + 19, y, name)
            x += taken
        return y + 6

    def svg(self, height: float, title: Message, said: Iterable[str]) -> str:
        """The whole picture; `said` tells in words what it shows."""
        name, told = one_line(say(title)), "; ".join(map(one_line, said)) or "-"
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
            f'viewBox="0 0 {_WIDTH} {_n(height)}" aria-labelledby="{self._id}-t {self._id}-d" '
            f'font-family="{_FONT}" font-size="{_TEXT}">\n'
            f'<title id="{self._id}-t">{escape(name)}</title>\n'
            f'<desc id="{self._id}-d">{escape(told)}.</desc>\n'
        )
        patterns = "".join(self._patterns())
        return f"{head}<defs>{patterns}</defs>\n" + "\n".join(self._shapes) + "\n</svg>\n"

    def _patterns(self) -> Iterator[str]:
        for sort in self._sorts:
            if sort.pattern:
                yield (
                    f'<pattern id="{self._id}-{sort.id}" width="8" height="8" '
                    f'patternUnits="userSpaceOnUse"><path d="{sort.pattern}" stroke="{_INK}" '
                    f'stroke-width="1" fill="none"/></pattern>'
                )

    def _box(self, box: _Box, fill: str, *, dashed: bool = False) -> None:
        dash = ' stroke-dasharray="3 3"' if dashed else ""
        self._shapes.append(
            f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.wide)}" height="{_n(box.tall)}" '
            f'fill="{fill}" stroke="{_RULE}"{dash}/>'
        )

    def _on_paper(self, x: float, y: float, text: str, *, bold: bool = False) -> None:
        """Text on a light ground, which stays so on a dark screen."""
        weight = ' font-weight="bold"' if bold else ""
        self._shapes.append(
            f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="middle"{weight} fill="{_INK}">'
            f"{escape(text)}</text>"
        )


def _n(value: float) -> str:
    """A number as short as can be, so that the same picture has the same bytes everywhere."""
    return f"{value:.1f}".removesuffix(".0")


def _lines(text: str, wide: float) -> list[str]:
    """`text` broken at words to fit into so many units."""
    import textwrap

    return textwrap.wrap(one_line(text), int(wide / _LETTER)) or ["-"]
