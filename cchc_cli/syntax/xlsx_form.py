"""A filled form (.xlsx) → records, as Excel or LibreOffice saved it.

The file comes from outside. Before the library sees it, it is held to what a form can be: so many
bytes once unpacked, and no document type, without which XML cannot be made to explode.
"""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from cchc_cli.core.deadlines.whens import FIRST_YEAR, LAST_YEAR
from cchc_cli.core.form import (
    COLUMNS,
    COMPLETED,
    DIFFICULTY,
    DOCUMENT,
    DOCUMENT_DAY,
    FIRST_RECORD,
    FORMAT,
    HEADING_ROW,
    IDENTITY,
    MAIN,
    MARK,
    NOTE,
    PROPOSAL,
    STATES,
    TECHNICAL,
    TITLE,
    Cell,
    Form,
    Head,
    Holds,
    Issued,
    Place,
    Refusal,
    Row,
    altered,
    plain,
    says_something,
    state_of,
)
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Evidence, Progress, State
from cchc_cli.core.source import Span, Text

MAX_BYTES = 20_000_000
_MAX_UNPACKED = 10_000_000  # of XML; a form of a hundred rows takes 0.2 million
_MAX_STYLES = 500_000  # the library is slow with these
_MAX_ROWS = 5_000
_HIDDEN = ("Cc", "Cf", "Zl", "Zp")  # what pasted text brings along and the plan files refuse
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")

_NO_FORM = msg("this is no form written by “cchc form”")
_WRITE_DAY = msg("write it as day/month/year, such as 15/12/2022")
_AGAIN = msg("write a new form with “cchc form” and fill it in")


class _Held(NamedTuple):
    """A cell: its value, and its kind as the library names it ("f" formula, "e" error)."""

    value: Any
    kind: str


class _Book(NamedTuple):
    """The two sheets of a form that count, and the day from which its dates are counted."""

    main: list[list[_Held]]
    technical: list[list[_Held]]
    epoch: datetime.datetime


class _Wrong(Exception):
    """A cell does not hold what it should; says why."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message.template)
        self.message, self.hint = message, hint


class _Unreadable(_Wrong):
    """The whole file is no form."""


def read_form(file: str, data: bytes) -> tuple[Form | None, list[Refusal]]:
    """The form in a file, or what is wrong with it, by cell. `file` names it for people."""
    try:
        book = _opened(data)
        head = _head(book.technical)
        records = dict(_records(book.technical))
    except _Unreadable as wrong:
        return None, [Refusal(Place(file), wrong.message, wrong.hint)]
    reader = _Reader(file, head, records, book.epoch)
    rows = reader.rows(book.main)
    return (None if reader.refusals else Form(file, head, rows)), reader.refusals


# -- the file --------------------------------------------------------------------------------------


def _opened(data: bytes) -> _Book:
    _guard(data)
    from openpyxl import load_workbook  # takes 0.1 s

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what Excel adds and no form needs
            book = load_workbook(io.BytesIO(data), read_only=True)
            main = _grid(book, MAIN, HEADING_ROW + _MAX_ROWS, len(COLUMNS))
            technical = _grid(book, TECHNICAL, FIRST_RECORD + _MAX_ROWS, len(Issued._fields))
            return _Book(main, technical, book.epoch)
    except _Unreadable:
        raise
    except Exception as failure:  # a file can be broken in more ways than the library names
        raise _Unreadable(msg("the file is damaged: it cannot be read"), _AGAIN) from failure


def _guard(data: bytes) -> None:
    """Hold a file to bounds before anything is unpacked."""
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise _Unreadable(
            msg("the file is larger than {limit} MB", limit=limit),
            msg("take pictures and other sheets out of it"),
        )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _Unreadable(
            msg("the file has a password, or is of the old kind .xls"),
            msg("save it as .xlsx without a password"),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            contents = list(_xml_parts(parts))
    except _Unreadable:
        raise
    except Exception as failure:  # a damaged archive fails in many ways
        message = msg("this is no Excel file (.xlsx)")
        raise _Unreadable(message, msg("save the form as .xlsx")) from failure
    if any(sign in content for content in contents for sign in (b"<!DOCTYPE", b"<!ENTITY", b"\0")):
        raise _Unreadable(_NO_FORM, _AGAIN)


def _xml_parts(parts: zipfile.ZipFile) -> Iterator[bytes]:
    """Each part that the library may parse, none of them unpacked beyond what the file states."""
    wanted = [part for part in parts.infolist() if not part.filename.startswith("xl/media/")]
    size = sum(part.file_size for part in wanted)
    styles = sum(part.file_size for part in wanted if part.filename.endswith("styles.xml"))
    if size > _MAX_UNPACKED or styles > _MAX_STYLES:
        raise _Unreadable(msg("the file unpacks to far more than a form can hold"), _AGAIN)
    for part in wanted:
        yield parts.read(part)


def _grid(book: Any, title: str, rows: int, columns: int) -> list[list[_Held]]:
    """The cells of a sheet up to that row and column; empty rows at the end are left out."""
    if title not in book.sheetnames:
        raise _Unreadable(_NO_FORM, _AGAIN)
    sheet = book[title]
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    found = [
        [_Held(cell.value, cell.data_type) for cell in row]
        for row in sheet.iter_rows(max_row=rows, max_col=columns)
    ]
    while found and all(held.value is None for held in found[-1]):
        found.pop()
    return found


def _head(technical: list[list[_Held]]) -> Head:
    values = [[_text(held.value) for held in row[:2]] for row in technical[: FIRST_RECORD - 1]]
    names = [MARK, "plan", "unit", "period"]
    if [row[0] for row in values if row] != names:
        raise _Unreadable(_NO_FORM, _AGAIN)
    version, *head = (row[1] for row in values)
    if version != str(FORMAT):
        message = msg("a form of version {version}; this program reads version {known}",
                      version=version, known=FORMAT)  # fmt: skip
        raise _Unreadable(message, _AGAIN)
    return Head(*head)


def _records(technical: list[list[_Held]]) -> Iterator[tuple[tuple[str, str], Issued]]:
    for row in technical[FIRST_RECORD - 1 :]:
        task, period, seen, marks = (_text(held.value) for held in row)
        if not re.fullmatch(r"\d{1,6}", seen, re.ASCII):
            raise _Unreadable(_NO_FORM, _AGAIN)
        yield (task, period), Issued(task, period, int(seen), marks)


# -- the rows --------------------------------------------------------------------------------------


class _Reader:
    """Reads the rows of one form and gathers what is wrong in them."""

    def __init__(
        self,
        file: str,
        head: Head,
        records: dict[tuple[str, str], Issued],
        epoch: datetime.datetime,
    ) -> None:
        self.file, self.head, self.records, self.epoch = file, head, records, epoch
        self.refusals: list[Refusal] = []

    def rows(self, grid: Sequence[Sequence[_Held]]) -> tuple[Row, ...]:
        """The rows in which something is written."""
        headings = grid[HEADING_ROW - 1] if len(grid) >= HEADING_ROW else ()
        for number, column in enumerate(COLUMNS, 1):
            held = headings[number - 1].value if number <= len(headings) else None
            if plain(_text(held)) != column.heading:
                message = msg("here should be the heading “{name}”", name=column.heading)
                self._refuse(Place(self.file, HEADING_ROW, number), message, _AGAIN)
                return ()
        found = []
        first_of: dict[tuple[str, str], int] = {}
        for number, cells in enumerate(grid[HEADING_ROW:], HEADING_ROW + 1):
            if all(held.value is None or _text(held.value) == "" for held in cells):
                continue
            record = self._record(number, cells, first_of)
            if record is not None:
                row = self._row(Place(self.file, number), record, cells)
                if says_something(row.said):
                    found.append(row)
        return tuple(found)

    def _record(
        self, number: int, cells: Sequence[_Held], first_of: dict[tuple[str, str], int]
    ) -> Issued | None:
        """The record of a row as it was issued; None, with the reason given, if it is not that."""
        place = Place(self.file, number, 1)
        identity = [
            self._identity(held, column.holds)
            for held, column in zip(cells, IDENTITY, strict=False)
        ]
        key = (str(identity[0] or ""), str(identity[1] or ""))
        record = self.records.get(key)
        if record is None:
            message = msg("the form was issued without a row for “{task}”, period “{period}”",
                          task=key[0], period=key[1] or "-")  # fmt: skip
            self._refuse(place, message, msg("the grey columns must stay as they were; add no row"))
            return None
        if key in first_of:
            message = msg("the same occurrence as in row {row}", row=first_of[key])
            self._refuse(place, message, msg("write all about it into one row"))
            return None
        first_of[key] = number
        changed = altered(self.head, record, identity)
        for column in changed:
            message = msg("“{name}” has been altered", name=IDENTITY[column - 1].heading)
            hint = msg("the grey columns must stay as they were; copy them from the form as issued")
            self._refuse(place._replace(column=column), message, hint)
        return None if changed else record

    def _identity(self, held: _Held, holds: Holds) -> Cell:
        if holds is Holds.DAY and held.value is not None:
            try:
                return self._day(held)
            except _Wrong:
                return _text(held.value)
        return plain(_text(held.value))

    def _row(self, place: Place, record: Issued, cells: Sequence[_Held]) -> Row:
        state: State | None = None
        texts: dict[int, Text] = {}
        days: dict[int, date] = {}
        for number, column in list(enumerate(COLUMNS, 1))[len(IDENTITY) :]:
            held = cells[number - 1]
            try:
                _refuse_formula(held, column.holds)
                if _text(held.value) == "":
                    continue
                if column.holds is Holds.STATE:
                    state = _state(held)
                elif column.holds is Holds.DAY:
                    days[number] = self._day(held)
                else:
                    texts[number] = Text(_words(held), _span(place, number))
            except _Wrong as wrong:
                self._refuse(place._replace(column=number), wrong.message, wrong.hint)
        span = _span(place, 1)
        document, day, title = texts.get(DOCUMENT), days.get(DOCUMENT_DAY), texts.get(TITLE)
        proof = (Evidence(document, day, title),) if document or day or title else ()
        said = Progress(
            Text(record.task, span),
            span,
            state,
            Text(self.head.unit, span),
            Text(record.period, span) if record.period else None,
            days.get(COMPLETED),
            evidence=proof,
            note=texts.get(NOTE),
            difficulty=texts.get(DIFFICULTY),
            proposal=texts.get(PROPOSAL),
        )
        return Row(place, record.seen, said)

    def _day(self, held: _Held) -> date:
        """A day given as a date, as the number behind one, or in words."""
        found = self._date(held.value)
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            shown = plain(_text(held.value))[:40]
            if _SHORT_YEAR.fullmatch(shown):
                message = msg("“{text}” has a year of two digits", text=shown)
            else:
                message = msg("“{text}” is no date", text=shown)
            raise _Wrong(message, _WRITE_DAY)
        return found

    def _date(self, value: Any) -> date | None:
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                return (self.epoch + datetime.timedelta(days=int(value))).date()
            except (OverflowError, ValueError):
                return None
        return _written_day(plain(value)) if isinstance(value, str) else None

    def _refuse(self, place: Place, message: Message, hint: Message) -> None:
        self.refusals.append(Refusal(place, message, hint))


def _written_day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    day, month, year, *iso = match.groups()
    if iso[0]:
        year, month, day = iso
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _state(held: _Held) -> State:
    shown = plain(_text(held.value))
    found = state_of(shown)
    if found is None:
        known = ", ".join(f"“{words}”" for words in STATES)
        message = msg("“{text}” is no state", text=shown[:40])
        raise _Wrong(message, msg("choose one of: {known}; or leave it blank", known=known))
    return found


def _refuse_formula(held: _Held, holds: Holds) -> None:
    """What a formula gives may change any day; an error is what the library makes of a bad date."""
    if held.kind == "e" and holds is Holds.DAY:
        raise _Wrong(msg("this is no date"), _WRITE_DAY)
    if held.kind in {"f", "e"}:
        raise _Wrong(msg("a formula, or an error"), msg("type the value itself"))


def _words(held: _Held) -> str:
    if isinstance(held.value, datetime.date | datetime.time):
        raise _Wrong(
            msg("the spreadsheet has made a date of this text"),
            msg("type it again with an apostrophe (') before it"),
        )
    return _text(held.value)


def _text(value: Any) -> str:
    """A value as text, without what nobody sees; line breaks stay."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime.datetime):
        value = value.date()
    text = unicodedata.normalize("NFC", str(value).replace("_x000D_", "").replace("\t", " "))
    text = "\n".join(text.splitlines())
    seen = (c for c in text if c == "\n" or unicodedata.category(c) not in _HIDDEN)
    return "\n".join(line.rstrip() for line in "".join(seen).split("\n")).strip()


def _span(place: Place, column: int) -> Span:
    return Span(place.file, place.row, column, place.row, column + 1)
