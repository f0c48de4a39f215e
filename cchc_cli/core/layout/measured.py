"""A document as a reader sees it: what is set how, whatever style or default says so.

Lengths are millimetres, sizes and gaps points. Values are effective: defaults, styles, numbering
and direct formatting are already added up. Places are for people.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from cchc_cli.core.message import Message


class Align(enum.Enum):
    """Where lines end."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFIED = "justified"


class Spacing(enum.Enum):
    """How a line's height is told: as a multiple of single spacing, or in points."""

    MULTIPLE = "multiple"
    EXACT = "exact"
    AT_LEAST = "at least"


class Fonts(NamedTuple):
    """The font of each script; None is not told, which Word shows in Times New Roman."""

    ascii: str | None = None
    high_ansi: str | None = None
    east_asian: str | None = None
    complex: str | None = None


class Run(NamedTuple):
    """Text of one look. Capitals by format ("all caps") are capitals in `text`.

    `colour` is six hex digits, or None where the reader's program chooses (black).
    """

    text: str
    fonts: Fonts = Fonts()
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str | None = None


class Cell(NamedTuple):
    """Which cell of which table a paragraph stands in, counted from 0 and from the outermost."""

    table: int
    row: int
    column: int


class Paragraph(NamedTuple):
    """One paragraph; its runs hold line breaks and tabs as such.

    `line` is a multiple or points as `spacing` says. `ruled` is a line of any make at it: a border
    above or below, or one drawn. `contextual` drops its gaps beside one of the same `style`.
    """

    runs: tuple[Run, ...]
    place: Message
    align: Align = Align.LEFT
    first_line: float = 0.0
    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    spacing: Spacing = Spacing.MULTIPLE
    line: float = 1.0
    contextual: bool = False
    style: str = ""
    ruled: bool = False
    outline: int | None = None
    numbered: bool = False
    cell: Cell | None = None
    section: int = 0

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(run.text for run in self.runs)


class Number(NamedTuple):
    """A page number on the pages of one `kind`: "default", "first" or "even"."""

    kind: str
    in_header: bool
    centred: bool
    run: Run


class Section(NamedTuple):
    """Pages of one make. `first_differs` is a header of its own for its first page.

    `start` is the number its pages begin with, None if they go on from those before; `arabic` is
    how the number is written. `continues` begins in the middle of a page.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float
    first_differs: bool = False
    start: int | None = None
    arabic: bool = True
    continues: bool = False
    numbers: tuple[Number, ...] = ()


class Row(NamedTuple):
    """One row of a table: repeated on each page it goes on to, and whether it may be split."""

    cells: int
    repeated: bool = False
    splits: bool = True


class Table(NamedTuple):
    """One table that stands in no other."""

    rows: tuple[Row, ...]
    place: Message
    section: int = 0


class Document(NamedTuple):
    """A document from top to bottom; paragraphs in cells stand among the others."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
