"""An Excel file (.xlsx) → what stands in it, each sheet as one table.

Source: ISO/IEC 29500-1. A formula counts as what it gave when the file was saved. Dates and
numbers are shown as their format says where it is a plain one; where Excel may show them otherwise
they are doubted, as is everything that is hidden. Text in an old encoding is recognised and
converted as that of a Word file is (`legacy`): by its fonts and its words, once for all sheets.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from cchc_cli.core.intake.content import Cell, Content, Doubt, Paragraph, Row, Table
from cchc_cli.core.message import Message, msg
from cchc_cli.documents.legacy import Decision, Piece, decide, decoded, refusal
from cchc_cli.documents.package import CannotRead, Package

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_ROWS, _MAX_COLUMNS = 20_000, 60
_BLANKS = {ord(c): " " for c in "\t\u00a0\u202f\u3000"} | dict.fromkeys(range(0x2000, 0x200B), " ")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|(yyyy|yy|mmmm|mmm|mm|m|dd|d)|\[\$[^]]*\]|([-/. ,])|(.)')
_LOCAL_DATES = {14: "dd/mm/yyyy", 22: "dd/mm/yyyy"}  # shown as the computer is set
_FIRST_DAY = datetime.date(1899, 12, 30)


_At = tuple[int, int]  # row and column, from 1


class _Style(NamedTuple):
    """How a cell shows numbers: its format, and whether Excel takes it from the computer."""

    code: str = "General"
    local: bool = False
    bold: bool = False
    font: str = ""


class _Rich(NamedTuple):
    """A text in pieces, those in the font of the cell without one; a part may be struck out."""

    pieces: tuple[Piece, ...] = ()
    struck: bool = False


class _Sheet(NamedTuple):
    name: str
    part: str
    hidden: bool


def read(content: bytes) -> Content:
    """What stands in the sheets. Raises `CannotRead` for what no office makes."""
    return _Reader(Package(content)).content()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.doubts: list[Doubt] = []
        book = self.package.xml("xl/workbook.xml")
        if book is None:
            raise CannotRead(msg("the file has no sheet"))
        settings = book.find(f"{_MAIN}workbookPr")
        self.since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        self.sheets = list(_sheets(book, self._relations()))
        self.shared = self._shared()
        self.styles = self._styles()
        self.decision = Decision()

    def content(self) -> Content:
        """All sheets that are shown."""
        shown = dict(self._shown_sheets())
        self.decision = decide(map(self._pieces, _all_cells(shown.values())))
        if self.decision.unreadable:
            raise CannotRead(*refusal(self.decision.unreadable))
        self.doubts += self.decision.doubts
        tables = [
            Table(tuple(self._rows(name, root)), msg("sheet “{sheet}”", sheet=name))
            for name, root in shown.items()
        ]
        outside = [name for name in self.package.names if name.startswith("xl/externalLinks/")]
        if outside:
            self._doubt(msg("the file refers to other files; they are not looked at"))
        return Content(tuple(tables), tuple(self.doubts))

    def _shown_sheets(self) -> Iterator[tuple[str, Element]]:
        for sheet in self.sheets:
            if sheet.hidden:
                self._doubt(msg("the sheet “{sheet}” is hidden and is not read", sheet=sheet.name))
                continue
            root = self.package.xml(sheet.part)
            if root is not None:
                yield sheet.name, root

    def _doubt(self, message: Message, place: Message | None = None) -> None:
        self.doubts.append(Doubt(message, place))

    # -- the parts ---------------------------------------------------------------------------------

    def _relations(self) -> dict[str, str]:
        root = self.package.xml("xl/_rels/workbook.xml.rels")
        found = {}
        for each in root if root is not None else ():
            target = each.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if each.get("TargetMode") != "External":
                found[each.get("Id", "")] = path
        return found

    def _shared(self) -> list[_Rich]:
        """Texts that cells share."""
        root = self.package.xml("xl/sharedStrings.xml")
        return [_rich(item) for item in root] if root is not None else []

    def _styles(self) -> list[_Style]:
        root = self.package.xml("xl/styles.xml")
        if root is None:
            return []
        own = {int(n.get("numFmtId", "0")): n.get("formatCode", "")
               for n in root.iter(f"{_MAIN}numFmt")}  # fmt: skip
        fonts = [(font.find(f"{_MAIN}b") is not None, _name(font.find(f"{_MAIN}name")))
                 for font in root.iterfind(f"{_MAIN}fonts/{_MAIN}font")]  # fmt: skip
        found = []
        for each in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
            number, font = int(each.get("numFmtId", "0")), int(each.get("fontId", "0"))
            code = own.get(number) or _LOCAL_DATES.get(number) or _BUILT_IN.get(number, "General")
            bold, name = fonts[font] if font < len(fonts) else (False, "")
            found.append(_Style(code, number in _LOCAL_DATES, bold, name))
        return found

    # -- the rows ----------------------------------------------------------------------------------

    def _rows(self, sheet: str, root: Element) -> Iterator[Row]:
        merged = _merged(root)
        hidden = _hidden_columns(root)
        held: dict[int, dict[int, Cell]] = {}
        for number, row in enumerate(root.iterfind(f"{_MAIN}sheetData/{_MAIN}row"), 1):
            at = int(row.get("r") or number)
            place = _place(sheet, at)
            cells = dict(self._cells(sheet, at, row))
            if not cells:
                continue
            if at > _MAX_ROWS or len(held) > _MAX_ROWS:
                raise _too_much()
            if row.get("hidden") in ("1", "true"):
                self._doubt(msg("the row is hidden in Excel; it is read, too"), place)
            held[at] = cells
        for column in sorted(hidden & {c for cells in held.values() for c in cells}):
            message = msg("the column {column} is hidden in Excel; it is read, too",
                          column=_letters(column))  # fmt: skip
            self._doubt(message, msg("sheet “{sheet}”", sheet=sheet))
        width = max((c for cells in held.values() for c in cells), default=0)
        for at in range(min(held, default=1), max(held, default=0) + 1):
            yield Row(tuple(_laid_out(held.get(at, {}), at, width, merged)), _place(sheet, at))

    def _cells(self, sheet: str, row: int, element: Element) -> Iterator[tuple[int, Cell]]:
        column = 0
        for cell in element.iterfind(f"{_MAIN}c"):
            found = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(found[1]) if found else column + 1
            style = self._style(cell)
            text = self._text(cell, style, msg("sheet “{sheet}”, cell {cell}", sheet=sheet,
                                               cell=f"{_letters(column)}{row}"))  # fmt: skip
            if not text.strip():
                continue
            if column > _MAX_COLUMNS:
                raise _too_much()
            lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
            yield column, Cell(tuple(Paragraph(line, bold=style.bold) for line in lines if line))

    def _style(self, cell: Element) -> _Style:
        number = int(cell.get("s", "0"))
        return self.styles[number] if number < len(self.styles) else _Style()

    def _text(self, cell: Element, style: _Style, place: Message) -> str:
        kind = cell.get("t", "n")
        value = cell.findtext(f"{_MAIN}v", "")
        text = value
        if kind in _TEXTS:
            text = decoded(self._pieces(cell), self.decision)
            if self._rich(cell).struck:
                self._doubt(msg("a part of the cell is struck out; it is read, too"), place)
        elif kind == "e":
            self._doubt(msg("the cell shows the error {text}", text=value), place)
        elif kind == "b":
            text = "TRUE" if value == "1" else "FALSE"
        elif kind in ("n", "d") and value:
            text, sure = _shown(value, style, since_1904=self.since_1904)
            if not sure:
                self._doubt(msg("the cell holds {value}; it is entered as “{text}”: see how Excel "
                                "shows it", value=value, text=text), place)  # fmt: skip
        if cell.find(f"{_MAIN}f") is not None:
            self._doubt(msg("the cell holds a formula; what it last gave is entered: “{text}”",
                            text=text), place)  # fmt: skip
        return unicodedata.normalize("NFC", text.translate(_BLANKS))

    def _pieces(self, cell: Element) -> list[Piece]:
        """The text of a cell with its fonts; nothing of a number."""
        font = self._style(cell).font
        return [piece if piece.font else piece._replace(font=font)
                for piece in self._rich(cell).pieces]  # fmt: skip

    def _rich(self, cell: Element) -> _Rich:
        kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v", "")
        if kind == "s":
            if not (value.isdecimal() and int(value) < len(self.shared)):
                raise CannotRead(msg("a cell refers to a text that is not in the file"))
            return self.shared[int(value)]
        if kind == "inlineStr":
            inline = cell.find(f"{_MAIN}is")
            return _rich(inline) if inline is not None else _Rich()
        return _Rich((Piece(value),)) if kind == "str" else _Rich()


_TEXTS = ("s", "inlineStr", "str")
_BUILT_IN = {
    1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 49: "@",
}  # fmt: skip


def _sheets(book: Element, relations: Mapping[str, str]) -> Iterator[_Sheet]:
    for sheet in book.iter(f"{_MAIN}sheet"):
        part = relations.get(sheet.get(_RELATION, ""), "")
        hidden = sheet.get("state", "visible") != "visible"
        yield _Sheet(sheet.get("name", "?"), part, hidden)


def _all_cells(sheets: Iterable[Element]) -> Iterator[Element]:
    for root in sheets:
        yield from root.iterfind(f"{_MAIN}sheetData/{_MAIN}row/{_MAIN}c")


def _rich(item: Element) -> _Rich:
    pieces = [Piece(_unescaped(item.findtext(f"{_MAIN}t", "")))]
    struck = False
    for run in item.iterfind(f"{_MAIN}r"):
        font = _name(run.find(f"{_MAIN}rPr/{_MAIN}rFont"))
        pieces.append(Piece(_unescaped(run.findtext(f"{_MAIN}t", "")), font))
        struck = struck or run.find(f"{_MAIN}rPr/{_MAIN}strike") is not None
    return _Rich(tuple(piece for piece in pieces if piece.text), struck)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _name(font: Element | None) -> str:
    return "" if font is None else font.get("val", "")


def _hidden_columns(root: Element) -> set[int]:
    found: set[int] = set()
    for column in root.iterfind(f"{_MAIN}cols/{_MAIN}col"):
        if column.get("hidden") in ("1", "true"):
            last = min(int(column.get("max", "0")), _MAX_COLUMNS)
            found |= set(range(int(column.get("min", "1")), last + 1))
    return found


def _merged(root: Element) -> dict[_At, tuple[int, int]]:
    """Every cell of a merged range by (row, column): the row and width of the range it is in.

    Only the first column of a range is named; those to the right are part of that cell.
    """
    found: dict[_At, tuple[int, int]] = {}
    for each in root.iterfind(f"{_MAIN}mergeCells/{_MAIN}mergeCell"):
        ends = [_PLACE.fullmatch(end) for end in each.get("ref", "").split(":")]
        if len(ends) != 2 or not all(ends):
            continue
        (left, top), (right, bottom) = ((_column(e[1]), int(e[2])) for e in ends if e)
        for row in range(top, min(bottom, top + _MAX_ROWS) + 1):
            found[row, left] = (top, min(right, _MAX_COLUMNS) - left + 1)
        if len(found) > _MAX_ROWS * 10:
            raise _too_much()
    return found


def _laid_out(
    cells: Mapping[int, Cell], row: int, width: int, merged: Mapping[_At, tuple[int, int]]
) -> Iterator[Cell]:
    """Every cell of a row up to a width, merged ones as one."""
    column = 1
    while column <= width:
        top, wide = merged.get((row, column), (row, 1))
        cell = cells.get(column, Cell())
        wide = max(1, min(wide, width - column + 1))
        yield Cell((), wide, merged=True) if top < row else cell._replace(columns=wide)
        column += wide


def _shown(value: str, style: _Style, *, since_1904: bool) -> tuple[str, bool]:
    """What a number shows, and whether Excel surely shows it so."""
    try:
        number = float(value)
    except ValueError:
        return value, False
    code = style.code.split(";")[0]
    if code in ("General", "@", "0"):
        whole = number == int(number) and abs(number) < 1e11
        return (str(int(number)), True) if whole else (value, False)
    if not re.search(r"[dmy]", re.sub(r'"[^"]*"|\[[^]]*\]|\\.', "", code.lower())):
        return value, False
    try:
        day = (_FIRST_DAY if not since_1904 else datetime.date(1904, 1, 1)) + datetime.timedelta(
            days=int(number)
        )
    except OverflowError:
        return value, False
    written = _written(day, code)
    if written is None:
        return f"{day.day:02}/{day.month:02}/{day.year}", False
    return written, not style.local


def _written(day: datetime.date, code: str) -> str | None:
    """A day in a format of figures; None if the format has more than these."""
    forms = {
        "yyyy": f"{day.year}", "yy": f"{day.year % 100:02}", "mm": f"{day.month:02}",
        "m": str(day.month), "dd": f"{day.day:02}", "d": str(day.day),
    }  # fmt: skip
    text = ""
    for quoted, escaped, part, mark, other in _TOKEN.findall(code.lower()):
        if other or (part and part not in forms):
            return None
        text += quoted or escaped or mark or (forms[part] if part else "")
    return text


def _too_much() -> CannotRead:
    return CannotRead(msg("the file holds far more cells than a plan"),
                      msg("delete empty rows and columns that have a format"))  # fmt: skip


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _place(sheet: str, row: int) -> Message:
    return msg("sheet “{sheet}”, row {row}", sheet=sheet, row=row)
