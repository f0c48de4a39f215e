"""What stands in a document of another program, whichever program that was.

Text is in NFC and in Unicode letters, with ordinary blanks; nothing else about it is changed.
Places are for people: a table, a page, a row.
"""

from __future__ import annotations

from typing import NamedTuple

from cchc_cli.core.message import Message


class Doubt(NamedTuple):
    """Something that a person has to look at, and where; `place` None is the whole document."""

    message: Message
    place: Message | None = None


class Paragraph(NamedTuple):
    """One paragraph. `number` is what the program prints before it by itself ("1.", "II.", "-").

    `deleted` is text struck out by a tracked change, which is not part of `text`.
    """

    text: str
    number: str = ""
    bold: bool = False
    deleted: str = ""


class Cell(NamedTuple):
    """One cell, `columns` grid columns wide.

    `merged` cells continue the one above and hold nothing of their own. Lines of a PDF are
    paragraphs, too: it does not tell where one ends.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    columns: int = 1
    merged: bool = False


class Row(NamedTuple):
    """One row as it stands in the file; `heading` says that the program repeats it on each page."""

    cells: tuple[Cell, ...]
    place: Message
    heading: bool = False


class Table(NamedTuple):
    """One table."""

    rows: tuple[Row, ...]
    place: Message


class Body(NamedTuple):
    """A paragraph outside tables, and where."""

    paragraph: Paragraph
    place: Message


class Content(NamedTuple):
    """A document from top to bottom. `doubts` are those of reading it, such as its encoding.

    `wrapped`: paragraphs in cells are lines that end where the column does (PDF).
    """

    blocks: tuple[Body | Table, ...]
    doubts: tuple[Doubt, ...] = ()
    wrapped: bool = False
