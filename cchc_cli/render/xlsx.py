"""Excel files: the form that a unit fills in, any listing, and the table of a score.

Same content, same bytes. Every text is written as text, whatever it begins with, so that nothing
in a plan becomes a formula.
"""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from cchc_cli.core.agenda import Item
from cchc_cli.core.form import (
    COLUMNS,
    COMPLETED,
    DOCUMENT_DAY,
    ENTRIES,
    FIRST_RECORD,
    FORMAT,
    GUIDE,
    HEADING_ROW,
    IDENTITY,
    MAIN,
    MARK,
    STATE,
    STATES,
    TECHNICAL,
    Cell,
    Head,
    Holds,
    issued,
)
from cchc_cli.core.message import Message, msg
from cchc_cli.core.periods import Days
from cchc_cli.core.scoring.sheet import Row, Sheet
from cchc_cli.core.status import Status
from cchc_cli.i18n import day, say
from cchc_cli.render.docx import repacked
from cchc_cli.render.labels import part, status, who
from cchc_cli.render.scoring import EXAMPLE, HEADS, proofs

if TYPE_CHECKING:  # slow to import
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FONT = "Times New Roman"
_GREY, _YELLOW, _BLUE, _GREEN, _RED = "F2F2F2", "FFFBE6", "D9E2F3", "E2EFDA", "C00000"
_NARROW = 13  # columns up to this width are centred
_DAY = "dd/mm/yyyy"
_AS_TEXT = "@"  # so that no spreadsheet makes a date of a document number such as 12/3
_LONGEST = 32_000  # what a cell can hold, nearly
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_HINT = (
    "Chỉ điền các ô màu vàng nhạt; dòng không có gì mới thì để trống. "
    "Cách điền: xem trang “Hướng dẫn”."
)
_GUIDE = """\
Cách điền biểu

1. Chỉ điền các ô màu vàng nhạt của trang “Biểu nhập”; các ô màu xám là nội dung của kế hoạch, đã
khóa, xin không sửa, không thêm dòng.

2. Dòng nào không có gì mới thì để trống cả dòng.

3. Trạng thái: chọn “đang thực hiện” hoặc “hoàn thành”. Để trống nghĩa là không thay đổi. Quá hạn
hay đúng hạn do chương trình tự tính.

4. Ngày hoàn thành: bắt buộc khi chọn “hoàn thành”; là ngày hoàn thành thực tế, viết theo thứ tự
ngày/tháng/năm, năm đủ bốn chữ số, ví dụ 15/12/2022.

5. Văn bản minh chứng: ghi số, ký hiệu (ví dụ Quyết định số 123/QĐ-SKHCN), ngày văn bản và trích
yếu. Hoàn thành mà chưa có minh chứng vẫn được ghi nhận, nhưng được đếm riêng.

6. Ghi chú; khó khăn, vướng mắc; đề xuất, kiến nghị: ghi ngắn gọn, xuống dòng trong ô bằng
Alt+Enter.

7. Muốn sửa điều đã ghi nhận từ trước (ví dụ sai ngày hoàn thành) thì báo cho đơn vị đầu mối kèm lý
do; biểu này chỉ bổ sung, không xóa.

8. Lưu tệp dạng .xlsx, không đặt mật khẩu, rồi gửi lại cho đơn vị đầu mối.
"""
_HEADINGS: tuple[tuple[Message, int], ...] = (
    (msg("Task"), 8),
    (msg("Period"), 11),
    (msg("Name"), 60),
    (msg("Unit"), 12),
    (msg("Role"), 20),
    (msg("Deadline as printed"), 24),
    (msg("Due"), 12),
    (msg("Last working day"), 13),
    (msg("Status"), 22),
    (msg("Documents"), 11),
    (msg("Field"), 9),
    (msg("Plan"), 16),
)


class _Look(NamedTuple):
    """How a cell looks, and whether it may be written in."""

    fill: str = ""
    bold: bool = False
    size: int = 12
    colour: str = "000000"
    centred: bool = False
    framed: bool = True
    wrapped: bool = True
    unlocked: bool = False


class Request(NamedTuple):
    """A form to be issued: its head in ids and in words, and each item with its entries so far."""

    head: Head
    plan_name: str
    unit_name: str
    period_name: str
    window: Days
    lines: Sequence[tuple[Item, int]]


def form(request: Request) -> bytes:
    """A form as a file. Whoever calls sees to it that Vietnamese is spoken."""
    book = _book(f"{' '.join(request.head)}", request.window.last)
    main = _protected(book, MAIN)
    technical = _protected(book, TECHNICAL)
    _top(main, request)
    named = ((MARK, str(FORMAT)), *zip(request.head._fields, request.head, strict=True))
    for row, (name, value) in enumerate(named, 1):
        _put(technical, row, 1, name)
        _put(technical, row, 2, value)
    for row, (item, seen) in enumerate(request.lines, 1):
        identity = _identity(item)
        _line(main, HEADING_ROW + row, identity, late=item.status is Status.OVERDUE)
        for column, cell in enumerate(issued(request.head, identity, seen), 1):
            _put(technical, FIRST_RECORD - 1 + row, column, str(cell))
    if request.lines:
        _rules(main, HEADING_ROW + len(request.lines))
    _layout(main, request.window)
    _guide(_protected(book, GUIDE))
    book.move_sheet(TECHNICAL, 1)
    technical.sheet_state = "hidden"
    book.security.lockStructure = True
    return _bytes(book)


def listing(items: Sequence[Item], as_of: date) -> bytes:
    """An agenda as a table with filters."""
    book = _book("cchc", as_of)
    sheet = book.create_sheet(say(msg("Tasks")))
    names, widths = [say(name) for name, _ in _HEADINGS], [width for _, width in _HEADINGS]
    names[8] = say(msg("Status on {day}", day=as_of))
    for column, name in enumerate(names, 1):
        _style(_put(sheet, 1, column, name), _heading(_BLUE))
        sheet.column_dimensions[_letter(column)].width = widths[column - 1]
    for row, item in enumerate(items, 2):
        cells = _cells(item)
        for column, value in enumerate(cells, 1):
            centred = widths[column - 1] <= _NARROW
            _style(_put(sheet, row, column, value), _Look(centred=centred))
        _height(sheet, row, [(str(v), w) for v, w in zip(cells, widths, strict=True)])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{_letter(len(names))}{len(items) + 1}"
    _paper(sheet, "1:1")
    return _bytes(book)


# -- the form --------------------------------------------------------------------------------------


def _identity(item: Item) -> tuple[Cell, ...]:
    words = (item.of.name, item.wording)
    name, wording = (_writable(str(text)) for text in words)
    return str(item.of.id), item.period, name, wording, item.due, part(item), status(item.standing)


def _top(sheet: Worksheet, request: Request) -> None:
    """Title, unit, period, and the two rows of headings."""
    first, last = (day(end) for end in request.window)
    period = f"Kỳ báo cáo: {request.period_name} (từ ngày {first} đến ngày {last})"
    lines = (
        ("BIỂU CẬP NHẬT TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ", 15, True),
        (f"Đơn vị: {request.unit_name}", 13, True),
        (f"{period}. {request.plan_name}", 12, False),
        (_HINT, 12, False),
    )
    for row, (text, size, bold) in enumerate(lines, 1):
        look = _Look(bold=bold, size=size, framed=False, wrapped=False)
        _style(_put(sheet, row, 1, text), look)
    bands = (("Theo kế hoạch (đã khóa)", 1, len(IDENTITY), _BLUE),
             ("Đơn vị điền", STATE, len(COLUMNS), _GREEN))  # fmt: skip
    for text, start, end, fill in bands:
        for column in range(start, end + 1):
            cell = _put(sheet, HEADING_ROW - 1, column, text if column == start else None)
            _style(cell, _heading(fill))
        sheet.merge_cells(
            start_row=HEADING_ROW - 1, end_row=HEADING_ROW - 1, start_column=start, end_column=end
        )
    for number, (heading, width, _holds) in enumerate(COLUMNS, 1):
        cell = _put(sheet, HEADING_ROW, number, heading)
        _style(cell, _heading(_BLUE if number <= len(IDENTITY) else _GREEN))
        sheet.column_dimensions[_letter(number)].width = width


def _heading(fill: str) -> _Look:
    return _Look(fill, bold=True, centred=True)


def _line(sheet: Worksheet, row: int, identity: Sequence[Cell], *, late: bool) -> None:
    for number, (column, value) in enumerate(zip(IDENTITY, identity, strict=True), 1):
        colour = _RED if late and column is IDENTITY[-1] else "000000"
        cell = _put(sheet, row, number, value)
        _style(cell, _Look(_GREY, colour=colour, centred=column.width <= _NARROW))
    _height(sheet, row, [(str(v or ""), c.width) for c, v in zip(IDENTITY, identity, strict=True)])
    for number, column in enumerate(ENTRIES, len(identity) + 1):
        cell = sheet.cell(row, number)
        _style(cell, _Look(_YELLOW, centred=column.width <= _NARROW, unlocked=True))
        cell.number_format = _DAY if column.holds is Holds.DAY else _AS_TEXT


def _rules(sheet: Worksheet, last: int) -> None:
    """The drop-down of states, and dates where dates belong.

    A date is asked for with a warning, not enforced: a text such as 15/12/2022 is read as well, on
    a computer whose language writes dates another way round.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    states = DataValidation(
        "list", formula1=f'"{",".join(STATES)}"', allow_blank=True, showErrorMessage=True,
        errorTitle="Trạng thái", error="Chọn một trạng thái trong danh sách, hoặc để trống.",
    )  # fmt: skip
    days = DataValidation(
        "date", operator="between", formula1="DATE(2000,1,1)", formula2="DATE(2099,12,31)",
        allow_blank=True, showErrorMessage=True, errorStyle="warning", errorTitle="Ngày",
        error="Viết ngày/tháng/năm, năm đủ bốn chữ số, ví dụ 15/12/2022.", showInputMessage=True,
        promptTitle="Ngày", prompt="ngày/tháng/năm, ví dụ 15/12/2022",
    )  # fmt: skip
    states.add(f"{_letter(STATE)}{HEADING_ROW + 1}:{_letter(STATE)}{last}")
    for column in (COMPLETED, DOCUMENT_DAY):
        days.add(f"{_letter(column)}{HEADING_ROW + 1}:{_letter(column)}{last}")
    sheet.add_data_validation(states)
    sheet.add_data_validation(days)


def _layout(sheet: Worksheet, window: Days) -> None:
    sheet.freeze_panes = f"D{HEADING_ROW + 1}"
    sheet.row_dimensions[HEADING_ROW].height = 50
    sheet.row_dimensions[HEADING_ROW - 1].height = 22
    _paper(sheet, f"{HEADING_ROW - 1}:{HEADING_ROW}")
    sheet.oddFooter.left.text = f"Tình trạng tính đến ngày {day(window.last)}"
    sheet.oddFooter.right.text = "Trang &P/&N"


def _guide(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 100
    _paper(sheet, "1:1")
    for row, text in enumerate(_GUIDE.split("\n\n"), 1):
        look = _Look(bold=row == 1, size=15 if row == 1 else 13, framed=False)
        shown = " ".join(text.split())
        _style(_put(sheet, row, 1, shown), look)
        _height(sheet, row, [(shown, 95)])


# -- scores ----------------------------------------------------------------------------------------


def scores(found: Sheet, title: str) -> bytes:
    """The table of a score as a file: what is known is filled in, the rest is for people."""
    book = _book(title, found.as_of)
    sheet = book.create_sheet("Chấm điểm")
    names = [*map(say, HEADS[:7]), *(one.name for one in found.rounds), say(HEADS[7])]
    widths = [8, 50, 9, 14, 34, 44, 10, *(12 for _one in found.rounds), 12]
    for row, text in enumerate(_about(found), 1):
        _style(
            _put(sheet, row, 1, text), _Look(bold=row == 1, size=14, framed=False, wrapped=False)
        )
    start = len(_about(found)) + 2
    for number, (name, width) in enumerate(zip(names, widths, strict=True), 1):
        _style(_put(sheet, start, number, name), _heading(_BLUE))
        sheet.column_dimensions[_letter(number)].width = width
    _height(sheet, start, list(zip(names, widths, strict=True)))
    for place, line in enumerate(found.rows, start + 1):
        _score_line(sheet, place, line, widths)
    sheet.freeze_panes = f"C{start + 1}"
    _paper(sheet, f"{start}:{start}")
    sheet.oddFooter.right.text = "Trang &P/&N"
    return _bytes(book)


def _about(found: Sheet) -> list[str]:
    lines = [f"CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM {found.year}", found.list_name]
    if found.example:
        lines.append(say(EXAMPLE))
    return lines


def _score_line(sheet: Worksheet, place: int, line: Row, widths: Sequence[int]) -> None:
    heading = line.level == 0
    texts = [line.id, line.name, line.maximum, line.declared, line.rule, proofs(line), line.points,
             *line.rounds, ""]  # fmt: skip
    for number, (text, width) in enumerate(zip(texts, widths, strict=True), 1):
        free = not (heading or text) and number in {4, 7, len(texts)}
        fill = _GREEN if heading else _YELLOW if free else ""
        look = _Look(fill, bold=line.level < 2 and not line.rule, centred=width <= 14)
        _style(_put(sheet, place, number, text), look)
    _height(sheet, place, list(zip(texts, widths, strict=True)))


# -- any file --------------------------------------------------------------------------------------


def _book(title: str, as_of: date) -> Workbook:
    """An empty file that names no person and no time of the clock."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.title = title
    book.properties.creator = ""
    time = datetime(as_of.year, as_of.month, as_of.day)  # noqa: DTZ001
    book.properties.created = book.properties.modified = time
    return book


def _protected(book: Workbook, title: str) -> Worksheet:
    """A sheet whose cells are locked, without a password; columns and rows may be widened."""
    sheet = book.create_sheet(title)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    return sheet


def _paper(sheet: Worksheet, repeated: str) -> None:
    """A4 across, as wide as the table, the headings on each page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = repeated
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = 0.4  # inches
    margins.bottom = 0.6


def _put(sheet: Worksheet, row: int, column: int, value: Cell | int) -> Any:  # noqa: ANN401
    """A cell with a value; a text stays one, even when somebody edits it later."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _writable(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = _DAY
    return cell


def _writable(text: str) -> str:
    """`text` with what no cell can hold written out, and cut to what it can hold."""
    lines = "\n".join(text.splitlines())
    return _UNWRITABLE.sub(lambda c: f"\\u{ord(c.group()):04x}", lines)[:_LONGEST]


def _style(cell: Any, look: _Look) -> None:  # noqa: ANN401
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    cell.font = Font(_FONT, look.size, look.bold, color=look.colour)
    cell.alignment = Alignment("center" if look.centred else None, "center", wrap_text=look.wrapped)
    if look.fill:
        cell.fill = PatternFill("solid", look.fill)
    if look.framed:
        line = Side("thin", "A6A6A6")
        cell.border = Border(line, line, line, line)
    if look.unlocked:
        cell.protection = Protection(locked=False)


def _height(sheet: Worksheet, row: int, texts: Sequence[tuple[str, int]]) -> None:
    """Room for the longest text of a row: not every program makes it by itself."""
    lines = max(
        sum(len(textwrap.wrap(line, width) or " ") for line in text.split("\n"))
        for text, width in texts
    )
    sheet.row_dimensions[row].height = 8 + 16 * max(lines, 1)  # points


def _letter(column: int) -> str:
    return chr(64 + column)


def _cells(item: Item) -> tuple[Cell | int, ...]:
    return (
        str(item.of.id),
        item.period,
        str(item.of.name),
        who(item),
        part(item),
        item.wording,
        item.due,
        item.last_working_day,
        status(item.standing),
        sum(len(record.evidence) for record in item.records),
        item.field,
        item.plan,
    )


def _bytes(book: Workbook) -> bytes:
    from openpyxl.writer.excel import ExcelWriter

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()  # `book.save` would write the time of the clock
    return repacked(out.getvalue())
