"""The figures of a year as lines for a pipe and for a terminal: bars, and a strip of quarters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cchc_cli.core.overview import Quarter, Strip
from cchc_cli.core.report.view import Figures, FiguresOf
from cchc_cli.core.status import Status
from cchc_cli.i18n import say
from cchc_cli.render.charts import SORTS, strip_heads
from cchc_cli.render.labels import STATUS
from cchc_cli.render.width import aligned, one_line

_LENGTH = 24  # of the longest bar, in columns
# For done, overdue, due soon, in progress, not yet due, without a day, halted; for nothing to all
# of it overdue. Each is told from the others without colour.
BLOCKS = "━█▓▒░·×"
_HEAT = "░▒▓█"
_PLAIN, _PLAIN_HEAT = "=!+~.-x", ".+*#"
_COLOURS = ("green", "bold red", "yellow", "cyan", "", "dim", "dim")


class Piece(NamedTuple):
    """A piece of a bar and the colour that a terminal gives it."""

    text: str
    colour: str


class Bar(NamedTuple):
    """A field or unit: its bar, its total, and what is counted in it."""

    id: str
    name: str
    pieces: list[Piece]
    total: int
    counts: str

    @property
    def text(self) -> str:
        """The bar without colours."""
        return "".join(piece.text for piece in self.pieces)


def bars(rows: Sequence[FiguresOf], *, blocks: bool) -> list[Bar]:
    """One bar a row, all on one scale, whatever there is of a sort in one sign at least."""
    longest = max((row.figures.total for row in rows), default=0) or 1
    signs = BLOCKS if blocks else _PLAIN
    return [
        Bar(
            row.id,
            one_line(row.name),
            [
                Piece(sign * max(1, round(sort.count(row.figures) * _LENGTH / longest)), colour)
                for sort, sign, colour in zip(SORTS, signs, _COLOURS, strict=True)
                if sort.count(row.figures)
            ],
            row.figures.total,
            counts(row.figures),
        )
        for row in rows
    ]


def counts(figures: Figures) -> str:
    """Every sort that occurs, with its count."""
    found = (f"{say(sort.name)} {sort.count(figures)}" for sort in SORTS if sort.count(figures))
    return ", ".join(found) or "-"


def legend(figures: Figures, *, blocks: bool) -> str:
    """What each sign of a bar means, of those that occur."""
    signs = zip(SORTS, BLOCKS if blocks else _PLAIN, strict=True)
    return "  ".join(f"{sign} {say(sort.name)}" for sort, sign in signs if sort.count(figures))


def plain(found: Iterable[Bar]) -> list[str]:
    """One line a bar, aligned; for pipes."""
    return aligned(
        [[bar.id or "-", bar.text, str(bar.total), bar.counts, bar.name] for bar in found]
    )


def by_status(figures: Figures) -> dict[Status, int]:
    """The figures as `listing.footer` takes them."""
    return {status: int(getattr(figures, status.value)) for status in Status}


def strip(rows: Sequence[Strip], *, blocks: bool) -> list[str]:
    """A table of the quarters: of what is due, what is done, and in brackets what is overdue."""
    table = [["", *strip_heads()]]
    heat = _HEAT if blocks else _PLAIN_HEAT
    for row in rows:
        earlier = f"{heat[3]} ({row.earlier})" if row.earlier else "-"
        table.append([row.id or "-", earlier, *(_cell(each, heat) for each in row.quarters)])
    return aligned(table)


def _cell(quarter: Quarter, heat: str) -> str:
    if not quarter.due:
        return "-"
    late = f" ({quarter.overdue})" if quarter.overdue else ""
    return f"{heat[quarter.heat]} {quarter.done}/{quarter.due}{late}"


def overdue_name() -> str:
    """The word for what the brackets of a strip count."""
    return say(STATUS[Status.OVERDUE])
