"""A listing as a file: what `due --all` says, harmless and readable in any spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pytest

Office = Any  # the office of conftest.py


AS_OF = ("--as-of", "2022-04-01")


def written(office: Office, form: str, *filters: str) -> bytes:
    path = office.root / f"x.{form}"
    done = office.run("export", "--format", form, "--out", str(path), *AS_OF, *filters)
    assert done.code == 0, done.err
    return path.read_bytes()


@pytest.mark.parametrize("filters", [(), ("-u", "VP"), ("--role", "any", "--status", "overdue")])
def test_the_json_file_is_what_due_says(office: Office, filters: tuple[str, ...]) -> None:
    said = office.run("due", "--all", "--format", "json", *AS_OF, *filters).out
    if "--status" in filters:
        said = office.run("due", "--format", "json", *AS_OF, *filters).out
    assert json.loads(written(office, "json", *filters)) == json.loads(said)


def test_excel_on_windows_shows_vietnamese_in_the_csv_file(office: Office) -> None:
    content = written(office, "csv", "-u", "VP")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == len(json.loads(written(office, "json", "-u", "VP"))["items"])
    assert rows[0]["name"] == "Xây dựng Kế hoạch CCHC hằng năm"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_csv_file_is_run_and_json_stays_as_it_is(office: Office, sign: str) -> None:
    path = office.root / "plans/cchc-2021-2025/appendix.yaml"
    text = path.read_text("utf-8")
    name = f'{sign}cmd|"/c calc"!A1'
    changed = text.replace("name: Xây dựng Kế hoạch CCHC hằng năm\n", f"name: {json.dumps(name)}\n")
    assert changed != text
    path.write_text(changed, "utf-8")
    for form in (
        "csv",
        "json",
    ):  # a control sign is an error of the plan, and exported all the same
        office.run("export", "-u", "VP", "--format", form, "--out", f"x.{form}", *AS_OF)
    rows = csv.DictReader(io.StringIO((office.root / "x.csv").read_bytes().decode("utf-8-sig")))
    assert next(row for row in rows if row["task"] == "I.1")["name"] == f"'{name}"
    items = json.loads((office.root / "x.json").read_bytes())["items"]
    assert next(item for item in items if item["task"] == "I.1")["name"] == name


def test_the_excel_file_is_a_table_with_dates_that_are_dates(office: Office) -> None:
    content = written(office, "xlsx", "-u", "VP")
    assert content == written(office, "xlsx", "-u", "VP"), "the same bytes each time"
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    items = json.loads(written(office, "json", "-u", "VP"))["items"]
    assert sheet.max_row == len(items) + 1
    assert sheet.auto_filter.ref == f"A1:L{len(items) + 1}"
    for row, item in zip(sheet.iter_rows(min_row=2), items, strict=True):
        assert (row[0].value, row[2].value) == (item["task"], item["name"])
        assert (row[6].value and f"{row[6].value:%Y-%m-%d}") == item["due"]


@pytest.mark.parametrize(
    ("name", "start"),
    [("ds.csv", "\ufeffplan,".encode()), ("ds.JSON", b"{"), ("ds.xlsx", b"PK"), ("ds", b"PK")],
)
def test_the_name_of_the_file_says_its_format(office: Office, name: str, start: bytes) -> None:
    assert office.run("export", "-u", "VP", "--out", name).code == 0
    assert (office.root / name).read_bytes().startswith(start)


def test_an_unknown_format_and_a_folder_that_is_none(office: Office) -> None:
    assert office.run("export", "--format", "pdf", "--out", "x").code == 2
    (office.root / "file").write_text("x")
    refused = office.run("export", "--out", "file/x.xlsx")
    assert refused.code == 3
    assert "Traceback" not in refused.err
