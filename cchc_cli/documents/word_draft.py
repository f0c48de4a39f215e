"""The body of a Word file → what stands in it, before its letters are converted.

Everything that holds text is walked, whatever it is called, so that nothing is lost to an element
that nobody thought of; what is left out on purpose (struck-out text, hidden text, pictures) is
noted where it stands. The walk is as deep as the file nests, so that depth is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from cchc_cli.core.message import Message, msg
from cchc_cli.documents.legacy import Piece, encoding_of
from cchc_cli.documents.numbering import Numbering, Printed
from cchc_cli.documents.package import CannotRead
from cchc_cli.documents.word_parts import MC, Parts, W
from cchc_cli.documents.wordml import (
    Look,
    Styles,
    chosen,
    look,
    number_of,
    switch,
    value_of,
)

MAX_CELLS = 200_000  # of all tables; a plan of 1,000 tasks has 6,000
_MAX_DEPTH = 60  # a table in a cell of a table in a text box takes about 20
_MAX_COLUMNS = 63  # of Word itself

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class ParagraphDraft:
    """One paragraph. What is `hidden` or `deleted` is not among its `pieces`."""

    pieces: list[Piece] = field(default_factory=list)
    inserted: list[Piece] = field(default_factory=list)
    deleted: list[Piece] = field(default_factory=list)
    hidden: list[Piece] = field(default_factory=list)
    number: Printed = field(default_factory=Printed)
    bold: bool | None = None  # None until there is text
    notes: list[Message] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def note(self, message: Message) -> None:
        """Say something of the paragraph, once."""
        if message not in self.notes:
            self.notes.append(message)


class CellDraft(NamedTuple):
    """One cell; a `merged` one continues the cell above."""

    paragraphs: list[ParagraphDraft]
    columns: int = 1
    merged: bool = False
    notes: tuple[Message, ...] = ()


class RowDraft(NamedTuple):
    """One row; a `deleted` one is struck out by a tracked change, an `inserted` one put in."""

    cells: list[CellDraft]
    heading: bool = False
    inserted: bool = False
    deleted: bool = False


class TableDraft(NamedTuple):
    """One table."""

    rows: list[RowDraft]


Block = ParagraphDraft | TableDraft


class Walker:
    """Walks one document once. `comments` and `pictures` count what is not read."""

    def __init__(self, parts: Parts) -> None:
        self._styles = Styles(parts.of_kind("styles"))
        self._numbering = Numbering(parts.of_kind("numbering"), self._styles.style_lists())
        self._cells = 0
        self.comments = 0
        self.pictures = 0
        self.elsewhere = 0
        self._takes: dict[str, Callable[[Element, _Spot], None]] = {
            f"{W}r": self._run,
            f"{W}t": _text,
            f"{W}delText": _text,
            f"{_M}t": _formula,
            f"{W}tab": _literal(" "),
            f"{W}ptab": _literal(" "),
            f"{W}br": _literal("\n"),
            f"{W}cr": _literal("\n"),
            f"{W}noBreakHyphen": _literal("-"),
            f"{W}softHyphen": _literal("\u00ad"),
            f"{W}sym": _symbol,
            f"{W}ins": self._inserted,
            f"{W}moveTo": self._inserted,
            f"{W}del": self._deleted,
            f"{W}moveFrom": self._deleted,
            f"{W}instrText": _instruction,
            f"{W}footnoteReference": _note_reference,
            f"{W}endnoteReference": _note_reference,
            f"{W}commentReference": self._comment,
            f"{W}txbxContent": _box,
            f"{MC}AlternateContent": self._alternatives,
        }

    def blocks(self, container: Element) -> list[Block]:
        """The paragraphs and tables of the body, from top to bottom."""
        return list(self._blocks(container, 0, counted=True))

    # Paragraphs and tables

    def _blocks(self, container: Element, depth: int, *, counted: bool) -> Iterator[Block]:
        joined: ParagraphDraft | None = None  # its end is struck out, so the next one goes on
        for element in self._inside(container, depth, {f"{W}p", f"{W}tbl"}):
            if element.tag == f"{W}tbl":
                if joined:
                    yield from self._ended(joined, depth, counted=counted)
                    joined = None
                yield self._table(element, depth + 1, counted=counted)
                continue
            paragraph = joined or ParagraphDraft()
            ends = self._paragraph(element, paragraph, depth, counted=counted)
            joined = None if ends else paragraph
            if ends:
                yield from self._ended(paragraph, depth, counted=counted)
        if joined:
            yield from self._ended(joined, depth, counted=counted)

    def _inside(self, container: Element, depth: int, wanted: set[str]) -> Iterator[Element]:
        """Elements of a container in order, also those that stand in wrappers of any kind."""
        _bound(depth)
        for element in container:
            if element.tag in wanted:
                yield element
            elif element.tag in {f"{W}altChunk", f"{W}subDoc"}:
                self.elsewhere += 1
            elif element.tag == f"{MC}AlternateContent":
                if (found := chosen(element)) is not None:
                    yield from self._inside(found, depth + 1, wanted)
            elif len(element) and not element.tag.endswith(("Pr", "PrEx")):
                yield from self._inside(element, depth + 1, wanted)

    def _ended(self, paragraph: ParagraphDraft, depth: int, *, counted: bool) -> Iterator[Block]:
        """A paragraph, then what stands in its text boxes."""
        if paragraph.boxes:
            paragraph.note(msg("a text box stands here; its text comes after this paragraph"))
        yield paragraph
        for box in paragraph.boxes:
            yield from self._blocks(box, depth + 2, counted=counted)

    def _paragraph(
        self, element: Element, into: ParagraphDraft, depth: int, *, counted: bool
    ) -> bool:
        """Read a paragraph; False if its end is struck out."""
        properties = element.find(f"{W}pPr")
        name = value_of(properties.find(f"{W}pStyle")) if properties is not None else None
        style = self._styles.paragraph(name)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if counted and (held := self._list(properties, name)) is not None:
            into.number = self._numbering.next(*held)
            if not into.number.known:
                into.note(msg("Word prints a number here that cannot be told"))
        self._walk(element, _Spot(into, style.look, style.look, depth))
        return mark is None or (mark.find(f"{W}del") is None and mark.find(f"{W}moveFrom") is None)

    def _list(self, properties: Element | None, style_name: str | None) -> tuple[str, int] | None:
        """The list and the level that a paragraph is numbered by: its own, or of its style."""
        style = self._styles.paragraph(style_name)
        own = properties.find(f"{W}numPr") if properties is not None else None
        number = value_of(own.find(f"{W}numId")) if own is not None else None
        level = value_of(own.find(f"{W}ilvl")) if own is not None else None
        if number is None:
            number = style.list
            if number is not None and level is None and style.level is None:
                return number, self._numbering.level_of_style(number, style.lists_at)
            level = level or str(style.level or 0)
        if number in {None, "0"}:  # 0 takes a paragraph out of the list of its style
            return None
        return str(number), number_of(level, 0)

    def _table(self, element: Element, depth: int, *, counted: bool) -> TableDraft:
        rows: list[RowDraft] = []
        merging: set[int] = set()  # the columns whose cell above can be continued
        for row in self._inside(element, depth, {f"{W}tr"}):
            properties = row.find(f"{W}trPr")
            held = _RowSays() if properties is None else _row_says(properties)
            # Word repeats the first rows only.
            heading = held.heading and all(above.heading for above in rows)
            count = counted and not held.deleted
            cells, merging_here = self._row(row, held, merging, depth + 1, counted=count)
            rows.append(RowDraft(cells, heading, held.inserted, held.deleted))
            merging = merging if held.deleted else merging_here
        return TableDraft(rows)

    def _row(
        self, row: Element, says: _RowSays, above: set[int], depth: int, *, counted: bool
    ) -> tuple[list[CellDraft], set[int]]:
        """The cells of a row, and the columns at which one can be continued below."""
        cells = [CellDraft([], says.before)] if says.before else []
        merging: set[int] = set()
        at = says.before
        for cell in self._inside(row, depth, {f"{W}tc"}):
            self._cells += 1
            if self._cells > MAX_CELLS:
                raise CannotRead(msg("the tables have more than {limit} cells", limit=MAX_CELLS))
            properties = cell.find(f"{W}tcPr")
            columns, down, across, notes = _cell_says(properties)
            merged = down == "continue" and at in above
            if down:
                merging.add(at)
            beside = across == "continue" and bool(cells) and at > says.before
            alone = counted and not merged and not beside
            paragraphs = self._flat(cell, depth + 1, counted=alone)
            if beside:
                left = cells[-1]
                lost = tuple(_hidden_by_merge(paragraphs))
                cells[-1] = left._replace(columns=left.columns + columns, notes=left.notes + lost)
            else:
                cells.append(CellDraft(paragraphs, columns, merged, notes))
            at += columns
        if says.after:
            cells.append(CellDraft([], says.after))
        return cells, merging

    def _flat(self, cell: Element, depth: int, *, counted: bool) -> list[ParagraphDraft]:
        """The paragraphs of a cell; those of a table in it, too."""
        out: list[ParagraphDraft] = []
        for block in self._blocks(cell, depth, counted=counted):
            if isinstance(block, ParagraphDraft):
                out.append(block)
                continue
            inner = [p for row in block.rows for one in row.cells for p in one.paragraphs]
            if inner:
                note = msg("a table stands in this cell; it is read as text, cell after cell")
                inner[0].note(note)
            out += inner
        return out

    # What stands in a paragraph

    def _walk(self, element: Element, spot: _Spot) -> None:
        _bound(spot.depth)
        for child in element:
            take = self._takes.get(child.tag)
            if take is not None:
                take(child, spot)
            elif child.tag.endswith(_PICTURES):
                self.pictures += 1
            elif len(child) and not child.tag.endswith("Pr"):
                self._walk(child, spot.deeper())

    def _run(self, run: Element, spot: _Spot) -> None:
        properties = run.find(f"{W}rPr")
        shown = spot.base
        if properties is not None:
            style = value_of(properties.find(f"{W}rStyle"))
            shown = look(self._styles.character(shown, style) if style else shown, properties)
        self._walk(run, spot.deeper()._replace(look=shown))

    def _inserted(self, element: Element, spot: _Spot) -> None:
        self._walk(element, spot.deeper()._replace(inserted=True))

    def _deleted(self, element: Element, spot: _Spot) -> None:
        self._walk(element, spot.deeper()._replace(deleted=True))

    def _alternatives(self, element: Element, spot: _Spot) -> None:
        if (found := chosen(element)) is not None:
            self._walk(found, spot.deeper())

    def _comment(self, _: Element, __: _Spot) -> None:
        self.comments += 1


class _Spot(NamedTuple):
    """Where the walk is: the paragraph it fills, and what holds for the text here."""

    into: ParagraphDraft
    base: Look  # of the paragraph
    look: Look
    depth: int
    inserted: bool = False
    deleted: bool = False

    def deeper(self) -> _Spot:
        return self._replace(depth=self.depth + 1)

    def add(self, text: str, look: Look | None = None) -> None:
        """Add text that is shown in a look (that of the spot, if none is given)."""
        shown = look or self.look
        piece = Piece(text, shown.font, shown.capitals)
        if self.deleted:
            self.into.deleted.append(piece)
        elif shown.hidden:
            self.into.hidden.append(piece)
        else:
            self.into.pieces.append(piece)
            if self.inserted:
                self.into.inserted.append(piece)
            if text.strip():
                self.into.bold = shown.bold and self.into.bold is not False


_PICTURES = ("}blip", "}imagedata", "}OLEObject", "}chart", "}relIds")
_BLANKS = str.maketrans("\t\r\n", "   ")  # lines of the XML are none of the document


def _bound(depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise CannotRead(msg("the file nests deeper than {limit} levels", limit=_MAX_DEPTH))


def _text(element: Element, spot: _Spot) -> None:
    text = (element.text or "").translate(_BLANKS)
    # Blanks at the ends count only where the file says so.
    text = text if element.get(_SPACE) == "preserve" else text.strip(" ")
    if text:
        spot.add(text)
        if any("\uf000" <= letter <= "\uf0ff" for letter in text):
            _note_symbol(spot, spot.look.font, text)


def _literal(text: str) -> Callable[[Element, _Spot], None]:
    def take(_: Element, spot: _Spot) -> None:
        spot.add(text)

    return take


def _symbol(element: Element, spot: _Spot) -> None:
    """A letter of a font of symbols: unknown, unless the font shows Vietnamese letters."""
    font, code = element.get(f"{W}font", ""), element.get(f"{W}char", "")
    try:
        letter = chr(int(code, 16))
    except (ValueError, OverflowError):
        letter = "\ufffd"
    spot.add(letter, spot.look._replace(font=font))
    _note_symbol(spot, font, letter)


def _note_symbol(spot: _Spot, font: str, text: str) -> None:
    if not spot.deleted and encoding_of(font) is None:
        spot.into.note(msg(
            "a symbol of the font {font} stands in “{text}”; see what it looks like in Word",
            font=font or "?", text=text))  # fmt: skip


def _formula(element: Element, spot: _Spot) -> None:
    spot.add(element.text or "")
    spot.into.note(msg("a formula stands here; compare its text"))


def _instruction(element: Element, spot: _Spot) -> None:
    """What makes Word compute something; its result stands beside it, but for these numbers."""
    if (element.text or "").strip().upper().startswith(("AUTONUM", "LISTNUM")):
        spot.into.note(msg("Word prints a number here that cannot be told"))


def _note_reference(_: Element, spot: _Spot) -> None:
    spot.into.note(msg("a footnote belongs to this text; it is not read"))


def _box(element: Element, spot: _Spot) -> None:
    spot.into.boxes.append(element)


class _RowSays(NamedTuple):
    heading: bool = False
    inserted: bool = False
    deleted: bool = False
    before: int = 0  # columns left free
    after: int = 0


def _row_says(properties: Element) -> _RowSays:
    def columns(name: str) -> int:
        number = number_of(value_of(properties.find(f"{W}{name}")), 0)
        return min(max(number, 0), _MAX_COLUMNS)

    return _RowSays(
        switch(properties.find(f"{W}tblHeader"), default=False),
        properties.find(f"{W}ins") is not None,
        properties.find(f"{W}del") is not None,
        columns("gridBefore"),
        columns("gridAfter"),
    )


def _cell_says(properties: Element | None) -> tuple[int, str, str, tuple[Message, ...]]:
    """Columns, merge downward and across ("", "restart", "continue"), and what is to be noted."""
    if properties is None:
        return 1, "", "", ()
    columns = number_of(value_of(properties.find(f"{W}gridSpan")), 1)
    changed = any(properties.find(f"{W}cell{kind}") is not None for kind in _CHANGES)
    note = (msg("this cell was put in, struck out or merged by a tracked change"),)
    return (
        min(max(columns, 1), _MAX_COLUMNS),
        _merge(properties.find(f"{W}vMerge")),
        _merge(properties.find(f"{W}hMerge")),
        note if changed else (),
    )


_CHANGES = ("Ins", "Del", "Merge")


def _merge(element: Element | None) -> str:
    return "" if element is None else value_of(element) or "continue"


def _hidden_by_merge(paragraphs: list[ParagraphDraft]) -> Iterator[Message]:
    text = " ".join("".join(piece.text for piece in one.pieces) for one in paragraphs).strip()
    if text:
        yield hidden_by_merge(text)


def hidden_by_merge(text: str) -> Message:
    """What is said of text in a cell that Word shows as a part of another."""
    return msg("a merged cell hides the text “{text}”; it is not read", text=text)
