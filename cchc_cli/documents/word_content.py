"""A Word file (.docx) → what stands in it, as Word prints it with all changes accepted.

Source: ISO/IEC 29500-1. Nothing outside the file is looked at.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from cchc_cli.core.intake.content import Body, Cell, Content, Doubt, Paragraph, Row, Table
from cchc_cli.core.message import Message, msg
from cchc_cli.documents.legacy import Decision, Piece, decide, decoded, refusal
from cchc_cli.documents.package import CannotRead
from cchc_cli.documents.word_draft import (
    Block,
    CellDraft,
    ParagraphDraft,
    RowDraft,
    TableDraft,
    Walker,
    hidden_by_merge,
)
from cchc_cli.documents.word_parts import Parts

_BEGIN = 40  # characters of a paragraph by which it is found again
_BLANKS = dict.fromkeys(map(ord, "\t\u00a0\u202f\u205f\u3000"), " ")
_BLANKS |= dict.fromkeys(range(0x2000, 0x200B), " ")
# Optional hyphens, and letters without width or ink.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_AS_PRINTED = {**_BLANKS, **_INVISIBLE, 0x2011: "-"}


def read(content: bytes) -> Content:
    """What stands in a .docx. Raises `CannotRead` if it is none, or beyond what offices make."""
    parts = Parts(content)
    walker = Walker(parts)
    blocks = walker.blocks(parts.body)
    decision = decide(pieces for block in blocks for pieces in _texts(block))
    if decision.unreadable:
        raise CannotRead(*refusal(decision.unreadable))
    finisher = _Finisher(decision)
    held = tuple(finisher.blocks(blocks))
    return Content(held, (*decision.doubts, *_of_the_whole(walker, finisher), *finisher.doubts))


def plain(text: str) -> str:
    """Text in NFC with ordinary blanks and hyphens; nothing else about it is changed."""
    return unicodedata.normalize("NFC", text.translate(_AS_PRINTED))


def _texts(block: Block) -> Iterator[list[Piece]]:
    """All stretches of text in a block, also those that are not read."""
    if isinstance(block, ParagraphDraft):
        yield block.pieces
        yield block.deleted
        yield block.hidden
        return
    for row in block.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                yield from _texts(paragraph)


def _of_the_whole(walker: Walker, finisher: _Finisher) -> Iterator[Doubt]:
    if finisher.tracked:
        yield Doubt(msg(
            "the document has tracked changes: what was put in is read, what was struck out is "
            "not; see in Word whether that is what holds"))  # fmt: skip
    if walker.comments:
        yield Doubt(msg("comments in the margin: {count}; they are not read",
                        count=walker.comments))  # fmt: skip
    if walker.pictures:
        yield Doubt(msg("pictures and embedded objects: {count}; what they show is not read",
                        count=walker.pictures))  # fmt: skip
    if walker.elsewhere:
        yield Doubt(msg("parts that stand in other files or formats: {count}; they are not read",
                        count=walker.elsewhere))  # fmt: skip


class _Finisher:
    """Converts the letters, names the places and collects the doubts, in order."""

    def __init__(self, decision: Decision) -> None:
        self._decision = decision
        self.doubts: list[Doubt] = []
        self.tracked = False

    def blocks(self, drafts: Iterable[Block]) -> Iterator[Body | Table]:
        """Paragraphs that print something, and tables."""
        paragraphs = tables = 0
        for draft in drafts:
            if isinstance(draft, TableDraft):
                tables += 1
                yield self._table(draft, tables)
                continue
            paragraphs += 1
            begin = self._text(draft.pieces or draft.deleted).strip()
            place = msg("paragraph {number}: “{begin}”", number=paragraphs, begin=_short(begin))
            if paragraph := self._paragraph(draft, place):
                yield Body(paragraph, place)

    def _table(self, draft: TableDraft, number: int) -> Table:
        rows = []
        for at, row in enumerate(draft.rows, start=1):
            place = msg("table {table}, row {row}", table=number, row=at)
            if row.deleted:
                self._struck_out(row, place)
                continue
            cells = tuple(
                self._cell(cell, msg("table {table}, row {row}, cell {cell}",
                                     table=number, row=at, cell=column))
                for column, cell in enumerate(row.cells, start=1)
            )  # fmt: skip
            if row.inserted:
                self._change(msg("tracked change: this row is put in"), place)
            rows.append(Row(cells, place, row.heading))
        return Table(tuple(rows), msg("table {table}", table=number))

    def _struck_out(self, row: RowDraft, place: Message) -> None:
        cells = (self._text(_all_text(cell)).strip() for cell in row.cells)
        text = " | ".join(cells)
        self._change(msg("tracked change: this row is struck out: “{text}”", text=text), place)

    def _cell(self, draft: CellDraft, place: Message) -> Cell:
        self.doubts += (Doubt(note, place) for note in draft.notes)
        if draft.merged:
            text = self._text(_all_text(draft)).strip()
            if text:
                self.doubts.append(Doubt(hidden_by_merge(text), place))
            return Cell((), draft.columns, merged=True)
        paragraphs = (self._paragraph(one, place) for one in draft.paragraphs)
        return Cell(tuple(one for one in paragraphs if one), draft.columns)

    def _paragraph(self, draft: ParagraphDraft, place: Message) -> Paragraph | None:
        text, deleted = self._text(draft.pieces), self._text(draft.deleted)
        number = self._text([Piece(draft.number.text, draft.number.font)])
        self.doubts += (Doubt(note, place) for note in draft.notes)
        hidden = self._text(draft.hidden).strip()
        if hidden:
            self.doubts.append(Doubt(msg("hidden text “{text}” is not read", text=hidden), place))
        self._changes(self._text(draft.inserted).strip(), deleted.strip(), place)
        if not (text.strip() or number or deleted.strip()):
            return None
        return Paragraph(text, number, bool(draft.bold), deleted)

    def _changes(self, new: str, old: str, place: Message) -> None:
        if new and old:
            message = msg("tracked change: “{old}” is struck out, “{new}” is put in", old=old,
                          new=new)  # fmt: skip
        elif new:
            message = msg("tracked change: “{new}” is put in", new=new)
        elif old:
            message = msg("tracked change: “{old}” is struck out", old=old)
        else:
            return
        self._change(message, place)

    def _change(self, message: Message, place: Message) -> None:
        self.tracked = True
        self.doubts.append(Doubt(message, place))

    def _text(self, pieces: Iterable[Piece]) -> str:
        return plain(decoded(pieces, self._decision))


def _short(text: str) -> str:
    return text if len(text) <= _BEGIN else f"{text[:_BEGIN].rstrip()}…"


def _all_text(cell: CellDraft) -> Iterator[Piece]:
    for paragraph in cell.paragraphs:
        yield from paragraph.pieces
        yield from paragraph.deleted
        yield Piece(" ")
