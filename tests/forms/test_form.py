"""The form that a unit gets: what it lists, what is locked, and that no text of it is a formula."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

Office = Any  # the office of conftest.py
Fill = Callable[..., int]


def midnight(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A day as a spreadsheet keeps it."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001  # without a zone, too


def sheet_of(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path)["Biểu nhập"]


def listed(path: Path) -> set[tuple[str, str | None]]:
    return {(row[0], row[1]) for row in sheet_of(path).iter_rows(min_row=7, values_only=True)}


def test_it_lists_what_is_owed_and_what_may_be_done_now(office: Office) -> None:
    found = listed(office.form())
    assert ("II.2", "2021") in found, "owed"
    assert ("II.2", "2022") in found, "open: the year has begun"
    assert ("III.2", None) in found, "continuous work has no period"
    assert ("BC.quy", "2022-Q1") in found, "the report of this very period"
    assert ("BC.quy", "2022-Q2") not in found, "its window is yet to open"
    assert ("II.2", "2023") not in found
    assert ("I.1", "2023") not in found, "without a first day, it begins with its year"


def test_what_was_done_before_the_window_is_gone_what_falls_into_it_stays(office: Office) -> None:
    for task in ("II.2", "IV.4"):
        office.run("done", task, "--period", "2021", "--unit", "KHTC", "--on", "2021-12-01")
    assert ("II.2", "2021") in listed(office.form()), "evidence may still be missing"
    assert ("II.2", "2021") not in listed(office.form(period="2022-Q2"))


def test_only_the_columns_to_fill_in_are_open(office: Office) -> None:
    path = office.form()
    book = openpyxl.load_workbook(path)
    sheet = book["Biểu nhập"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    unlocked = {cell.column_letter for cell in sheet[7] if not cell.protection.locked}
    assert unlocked == set("HIJKLMNO")
    assert all(cell.protection.locked for row in sheet["A1:O6"] for cell in row)
    assert book["cchc"].sheet_state == "hidden"
    assert sheet.freeze_panes == "D7"
    rules = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules["H"].formula1 == '"đang thực hiện,hoàn thành"'
    assert rules["I"].type == "date"


def test_it_says_who_when_and_how_it_stands_at_the_end_of_the_window(office: Office) -> None:
    sheet = sheet_of(office.form())
    assert "Kế hoạch - Tài chính" in sheet["A2"].value
    assert "15/12/2021" in sheet["A3"].value
    assert "14/03/2022" in sheet["A3"].value
    row = next(
        r for r in sheet.iter_rows(min_row=7) if (r[0].value, r[1].value) == ("II.2", "2021")
    )
    assert row[3].value == "Hằng năm"
    assert row[4].value == midnight(2021, 12, 31)
    assert row[4].number_format == "dd/mm/yyyy"
    assert row[6].value == "quá hạn 73 ngày", "in Vietnamese, whatever the command speaks"


def test_the_same_form_twice_is_the_same_file_byte_for_byte(office: Office) -> None:
    first = office.form(name="a.xlsx").read_bytes()
    assert office.form(name="b.xlsx").read_bytes() == first


def test_a_form_that_may_be_filled_in_is_not_overwritten(office: Office, fill: Fill) -> None:
    path = office.form()
    fill(path, "II.2", note="đã điền")
    before = path.read_bytes()
    again = office.run("form", "-u", "KHTC", "--period", "2022-Q1", "--out", str(path))
    assert again.code == 3
    assert "--out" in again.err
    assert path.read_bytes() == before


SIGNS = ['=HYPERLINK("http://example.org";"x")', "+84 255", "-1", "@SUM(1+1)"]


def with_names(office: Office, names: list[str]) -> None:
    """Tasks of the plan get names that a spreadsheet would take for formulas."""
    path = office.root / "plans/cchc-2021-2025/appendix.yaml"
    text = path.read_text("utf-8")
    olds = ["Xây dựng Kế hoạch CCHC hằng năm",
            "Xây dựng Kế hoạch và thành lập đoàn kiểm tra công tác CCHC hằng năm",
            "Xây dựng Kế hoạch tuyên tuyền CCHC giai đoạn 2022 - 2025",
            "Xây dựng Kế hoạch tuyên tuyền CCHC hàng năm"]  # fmt: skip
    for old, new in zip(olds, names, strict=True):
        assert f"name: {old}\n" in text
        text = text.replace(f"name: {old}\n", f"name: '{new}'\n")
    path.write_text(text, "utf-8")


def texts(content: bytes) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        (cell.value, cell.data_type)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


def test_no_text_of_the_plan_becomes_a_formula(office: Office) -> None:
    with_names(office, SIGNS)
    office.run("export", "--unit", "VP", "--out", "list.xlsx")
    for path in (office.form("VP"), office.root / "list.xlsx"):
        found = texts(path.read_bytes())
        assert {kind for _value, kind in found} == {"s"}
        assert {value for value, _kind in found} >= set(SIGNS), "and every sign is kept"


@pytest.mark.libreoffice
def test_not_even_after_libreoffice_has_saved_the_file(office: Office, tmp_path: Path) -> None:
    with_names(office, SIGNS)
    saved = by_libreoffice(office.form("VP"), tmp_path / "saved")
    found = texts(saved.read_bytes())
    assert {kind for _value, kind in found} == {"s"}
    assert {value for value, _kind in found} >= set(SIGNS)


def by_libreoffice(path: Path, folder: Path) -> Path:
    profile = (folder / "profile").resolve().as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / path.name


@pytest.mark.libreoffice
def test_a_form_filled_in_and_saved_by_libreoffice_is_read_back(
    office: Office, fill: Fill, tmp_path: Path
) -> None:
    path = office.form()
    fill(
        path, "II.2", "2021", state="hoàn thành", completed=midnight(2021, 12, 20),
        document="Báo cáo số 12/BC-KHTC", document_day="21/12/2021", note="dòng 1\ndòng 2",
    )  # fmt: skip
    fill(path, "III.2", None, state="đang thực hiện")
    saved = by_libreoffice(path, tmp_path / "saved")
    assert saved.read_bytes() != path.read_bytes()
    collected = office.run("collect", str(saved))
    assert collected.code == 0, collected.err
    text = office.entries()
    assert "completed_on: 2021-12-20" in text
    assert "date: 2021-12-21" in text
    assert 'note: "dòng 1\\ndòng 2"' in text
    assert "state: in_progress" in text
    again = office.run("collect", str(path))
    assert again.code == 0, "as saved by another program, the same form"
    assert office.entries() == text
