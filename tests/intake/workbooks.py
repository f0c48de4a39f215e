"""Excel files of the real plan’s table, in the ways in which offices make them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import groupby

import openpyxl
from openpyxl.styles import Font
from samples import COLUMNS, GOLD, GoldRow

SUBJECT = "DANH MỤC CÁC NHIỆM VỤ TRỌNG TÂM CÔNG TÁC CẢI CÁCH HÀNH CHÍNH GIAI ĐOẠN 2021 - 2025"


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(gold: GoldRow, order: Sequence[int]) -> list[str | int]:
    cells = ["\n".join(lines) for lines in gold.cells]
    return [int(cells[at]) if at == 0 else cells[at] for at in order]


def workbook(
    order: Sequence[int] = range(6), names: Sequence[str] = COLUMNS, *, two_lines: bool = False,
    sheets: int = 1,
) -> openpyxl.Workbook:  # fmt: skip
    """The 26 rows, the fields in merged rows; columns in `order` under `names`."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    fields = [(key, list(rows)) for key, rows in groupby(GOLD, lambda g: (g.field, g.field_name))]
    share = -(-len(fields) // sheets)
    for number in range(sheets):
        sheet = book.create_sheet(f"Phụ lục {number + 1}")
        if not number:
            sheet.append(["PHỤ LỤC"])
            sheet.append([SUBJECT])
            sheet.merge_cells("A1:F1")
            sheet.merge_cells("A2:F2")
        sheet.append([names[at] for at in order])
        if two_lines:
            at = sheet.max_row
            for column in range(1, 7):
                cell = sheet.cell(at, column)
                if str(cell.value).startswith("Đơn vị"):
                    sheet.cell(at + 1, column, str(cell.value).removeprefix("Đơn vị "))
                    cell.value = "Đơn vị" if column == 4 else None
                else:
                    sheet.merge_cells(start_row=at, end_row=at + 1, start_column=column,
                                      end_column=column)  # fmt: skip
            sheet.merge_cells(start_row=at, end_row=at, start_column=4, end_column=5)
        for (field, name), rows in fields[number * share : (number + 1) * share]:
            sheet.append([field, name])
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=2,
                              end_column=6)  # fmt: skip
            for gold in rows:
                sheet.append(_row(gold, order))
    return book


def in_font(book: openpyxl.Workbook, name: str, encode: Callable[[str], str]) -> openpyxl.Workbook:
    """The book as an office of before Unicode typed it: every text in that font."""
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value, cell.font = encode(cell.value), Font(name=name)
    return book
