"""Excel files: what a cell shows is what is read, and what may be shown otherwise is named."""

from __future__ import annotations

import datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from workbooks import saved

from cchc_cli.core.intake.content import Content, Table
from cchc_cli.documents.package import CannotRead
from cchc_cli.documents.sheets import read
from cchc_cli.i18n import say

Value = Any  # of whatever kind a cell or record has

DAY = datetime.datetime(2022, 3, 5, tzinfo=None)  # noqa: DTZ001  # Excel knows no time zones


def read_cell(value: Value, form: str = "General") -> tuple[str, list[str]]:
    book = openpyxl.Workbook()
    book.active["B2"] = value
    book.active["B2"].number_format = form
    book.active["C2"] = "x"
    content = read(saved(book))
    return texts(content)[0][1], [say(doubt.message) for doubt in content.doubts]


def texts(content: Content, number: int = 0) -> list[list[str]]:
    block = content.blocks[number]
    assert isinstance(block, Table)
    return [["\n".join(p.text for p in cell.paragraphs) for cell in row.cells]
            for row in block.rows]  # fmt: skip


SHOWN = {
    ("Quý I", "General"): "Quý I",
    (5, "General"): "5",
    (2022, "0"): "2022",
    ("một\nhai", "General"): "một\nhai",
    (DAY, "dd/mm/yyyy"): "05/03/2022",
    (DAY, "d/m/yyyy"): "5/3/2022",
    (DAY, "mm/yyyy"): "03/2022",
    (DAY, '"tháng" m"/"yyyy'): "tháng 3/2022",
    (DAY, "dd\\-mm\\-yy"): "05-03-22",
}


@pytest.mark.parametrize(("value", "form"), SHOWN)
def test_a_cell_is_read_as_excel_shows_it(value: Value, form: str) -> None:
    assert read_cell(value, form) == (SHOWN[value, form], [])


DOUBTED = {
    (DAY, "mm-dd-yy"): "05/03/2022",  # number 14, shown as the computer is set
    (DAY, "d mmmm yyyy"): "05/03/2022",
    (1.5, "General"): "1.5",
    (0.25, "0%"): "0.25",
}


@pytest.mark.parametrize(("value", "form"), DOUBTED)
def test_what_may_be_shown_otherwise_is_doubted(value: Value, form: str) -> None:
    text, doubts = read_cell(value, form)
    assert text == DOUBTED[value, form]
    assert len(doubts) == 1
    assert "see how Excel shows it" in doubts[0]


def test_a_formula_counts_as_what_it_last_gave() -> None:
    text, doubts = read_cell("=1+1")
    assert text == ""  # openpyxl saves no value
    assert doubts == ["the cell holds a formula; what it last gave is entered: “”"]


def test_what_is_hidden_is_named() -> None:
    book = openpyxl.Workbook()
    for row in (["TT", "Nhiệm vụ"], [1, "Một"], [2, "Hai"]):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Nháp").append(["cũ"])
    book["Nháp"].sheet_state = "hidden"
    content = read(saved(book))
    assert texts(content) == [["TT", "Nhiệm vụ"], ["1", "Một"], ["2", "Hai"]]
    assert len(content.blocks) == 1
    assert [say(doubt.message) for doubt in content.doubts] == [
        "the sheet “Nháp” is hidden and is not read",
        "the row is hidden in Excel; it is read, too",
        "the column B is hidden in Excel; it is read, too",
    ]


def test_merged_cells_are_one_cell_or_go_on_below() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["C2"] = "I", "a", "b"
    sheet["A3"] = "c"
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("C2:C3")
    content = read(saved(book))
    block = content.blocks[0]
    assert isinstance(block, Table)
    shapes = [[(cell.columns, cell.merged) for cell in row.cells] for row in block.rows]
    assert shapes == [[(3, False)], [(1, False)] * 3, [(1, False), (1, False), (1, True)]]


def test_bold_text_is_known_as_bold() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Chỉ đạo"
    book.active["A1"].font = Font(bold=True)
    block = read(saved(book)).blocks[0]
    assert isinstance(block, Table)
    assert block.rows[0].cells[0].paragraphs[0].bold


def test_a_cell_at_the_far_end_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "x"
    with pytest.raises(CannotRead):
        read(saved(book))
