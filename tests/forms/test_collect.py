"""Filled forms come back: what is recorded, what is refused by cell, all or nothing, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Office = Any  # the office of conftest.py
Fill = Callable[..., int]


def midnight(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A day as a spreadsheet keeps it."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001  # without a zone, too


DONE = {"state": "hoàn thành", "completed": midnight(2022, 3, 10)}


def test_what_the_unit_wrote_is_shown_and_recorded(office: Office, fill: Fill) -> None:
    path = office.form()
    row = fill(
        path, "II.2", **DONE, document="Báo cáo số 12/BC-KHTC", document_day=date(2022, 3, 11),
        title="Kết quả rà soát", note="Đủ hồ sơ", difficulty="Thiếu người: 2", proposal="Bổ sung",
    )  # fmt: skip
    fill(path, "III.2", None, state="Đang Thực Hiện")
    done = office.run("collect", str(path))
    assert done.code == 0, done.err
    assert f"row {row}: KHTC II.2 (2022): done on 2022-03-10" in done.out
    assert "12/BC-KHTC" in done.out
    assert "2 entries recorded" in done.out
    today = office.run("due", "--format", "json").out.split('"as_of": "')[1][:10]
    assert office.entries() == (
        "# yaml-language-server: $schema=../../.schema/progress.json\n"
        "unit: KHTC\nprogress:\n"
        '  - task: II.2\n    period: 2022\n    state: done\n    completed_on: 2022-03-10\n'
        f'    recorded_on: {today}\n    evidence:\n      - document: Báo cáo số 12/BC-KHTC\n'
        "        date: 2022-03-11\n        title: Kết quả rà soát\n    note: Đủ hồ sơ\n"
        '    difficulty: "Thiếu người: 2"\n    proposal: Bổ sung\n'
        f"  - task: III.2\n    state: in_progress\n    recorded_on: {today}\n"
    )  # fmt: skip
    assert office.run("validate").code == 0


def test_a_form_left_blank_records_nothing(office: Office) -> None:
    done = office.run("collect", str(office.form()))
    assert done.code == 0
    assert "0 entries" in done.out
    assert office.entries() == ""


def test_a_dry_run_shows_everything_and_writes_nothing(office: Office, fill: Fill) -> None:
    path = office.form()
    fill(path, "II.2", **DONE)
    shown = office.run("collect", "--dry-run", str(path))
    assert shown.code == 0
    assert "done on 2022-03-10" in shown.out
    assert "+  - task: II.2" in shown.out
    assert office.entries() == ""


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (midnight(2022, 3, 5, 14, 30), "2022-03-05"),
        (44625, "2022-03-05"),
        (44625.5, "2022-03-05"),
        ("05/03/2022", "2022-03-05"),
        ("5/3/2022", "2022-03-05"),
        ("5-3-2022", "2022-03-05"),
        (" 05.03.2022 ", "2022-03-05"),
        ("2022-03-05", "2022-03-05"),
    ],
)
def test_days_as_people_and_spreadsheets_write_them(
    office: Office, fill: Fill, given: object, kept: str
) -> None:
    path = office.form()
    fill(path, "II.2", state="hoan thanh", completed=given)
    done = office.run("collect", str(path))
    assert done.code == 0, done.err
    assert f"completed_on: {kept}" in office.entries()


def test_a_number_in_a_text_column_is_its_digits(office: Office, fill: Fill) -> None:
    path = office.form()
    fill(path, "II.2", note=2022.0, proposal="Xin\u200b thêm\u00a0người\tvà\r\nkinh phí ")
    assert office.run("collect", str(path)).code == 0
    assert "note: 2022\n" in office.entries()
    assert 'proposal: "Xin thêm\u00a0người và\\nkinh phí"' in office.entries()


REFUSED = {
    "a day that is none": ({"completed": "31/02/2022"}, "I", "31/02/2022"),
    "a year of two digits": ({"completed": "5/3/22"}, "I", "two digits"),
    "words for a day": ({"completed": "hôm qua"}, "I", "hôm qua"),
    "a number far from any day": ({"completed": 15122022}, "I", "no date"),
    "a year for a day": ({"completed": 2022}, "I", "2022"),
    "a day to come": ({"completed": "01/01/2090"}, "I", "later than today"),
    "a slip in the year": ({"completed": "10/03/2012"}, "I", "2012-03-10"),
    "completed without a day": ({"completed": None}, "I", "missing"),
    "a day without completion": ({"state": None}, "H", "hoàn thành"),
    "an unknown state": ({"state": "gần xong"}, "H", "gần xong"),
    "a formula": ({"note": "=1+1"}, "M", "formula"),
    "an error": ({"note": "#REF!"}, "M", "formula"),
    "a day of a document without document": ({"document_day": "05/03/2022"}, "J", "no document"),
    "a document of the future": ({"document": "x", "document_day": "1/1/2090"}, "K", "later"),
    "a number that became a date": ({"document": midnight(2022, 3, 12)}, "J", "date of this text"),
    "a deadline moved by hand": ({"due": midnight(2023, 3, 12)}, "E", "Hạn cuối"),
    "a deadline put into words": ({"due": "cuối năm"}, "E", "Hạn cuối"),
    "a name mended": ({"name": "Tên khác"}, "C", "Nhiệm vụ"),
    "a status mended": ({"status": "hoàn thành đúng hạn"}, "G", "Tình trạng"),
    "a row for another year": ({"of_period": "2030"}, "A", "2030"),
    "a row made into a copy of another": ({"of_period": "2021"}, "A", "row"),
}


@pytest.mark.parametrize(("cells", "column", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_refused_by_cell_and_nothing_is_written(
    office: Office, fill: Fill, cells: dict[str, object], column: str, said: str
) -> None:
    path = office.form()
    fill(path, "IV.4", **DONE)
    row = fill(path, "II.2", **{**DONE, **cells})
    refused = office.run("collect", str(path))
    assert refused.code == 1
    assert f"{path}, cell {column}{row}: " in refused.err
    first = next(line for line in refused.err.splitlines() if f"cell {column}{row}:" in line)
    assert said in first
    assert "  → " in refused.err, "and what to do about it"
    assert "Traceback" not in refused.err
    assert office.entries() == ""


def test_a_blank_row_may_not_be_altered_either(office: Office, fill: Fill) -> None:
    path = office.form()
    row = fill(path, "II.2", deadline="Quý IV")
    refused = office.run("collect", str(path))
    assert refused.code == 1
    assert f"cell D{row}" in refused.err


def test_every_mistake_is_named_at_once(office: Office, fill: Fill) -> None:
    path = office.form()
    fill(path, "II.2", state="xong", completed="5/3/22", document_day="32/1/2022")
    fill(path, "IV.4", state="hoàn thành")
    refused = office.run("collect", str(path))
    assert refused.err.count(", cell ") == 3, "a row that cannot be read is not judged further"


def test_a_task_that_is_no_longer_in_the_plan_is_refused(office: Office, fill: Fill) -> None:
    path = office.form()
    row = fill(path, "VI.2", "2021-2022", **DONE)
    appendix = office.root / "plans/cchc-2021-2025/appendix.yaml"
    text = appendix.read_text("utf-8")
    assert text.count("- id: VI.2\n") == 1
    appendix.write_text(text.replace("- id: VI.2\n", "- id: VI.3\n"), "utf-8")
    refused = office.run("collect", str(path))
    assert refused.code == 1
    assert f"cell A{row}" in refused.err
    assert "VI.2" in refused.err


def test_a_name_changed_in_the_plan_meanwhile_is_no_fault_of_the_unit(
    office: Office, fill: Fill
) -> None:
    path = office.form()
    fill(path, "IV.4", **DONE)
    appendix = office.root / "plans/cchc-2021-2025/appendix.yaml"
    text = appendix.read_text("utf-8")
    assert "Thực hiện tinh giản biên chế" in text
    appendix.write_text(text.replace("Thực hiện tinh giản", "Tiếp tục tinh giản"), "utf-8")
    assert office.run("collect", str(path)).code == 0


def test_one_bad_form_of_two_and_nothing_is_written(office: Office, fill: Fill) -> None:
    good, bad = office.form("KHTC"), office.form("VP")
    fill(good, "II.2", **DONE)
    fill(bad, "I.2", state="hoàn thành")
    refused = office.run("collect", str(good), str(bad))
    assert refused.code == 1
    assert office.entries("KHTC") == office.entries("VP") == ""
    fill(bad, "I.2", completed="10/3/2022")
    both = office.run("collect", str(good), str(bad))
    assert both.code == 0, both.err
    assert "II.2" in office.entries("KHTC")
    assert "I.2" in office.entries("VP")


def test_a_disk_that_fails_at_the_second_file_leaves_the_first_alone(
    office: Office, fill: Fill
) -> None:
    first, second = office.form("KHTC"), office.form("VP")
    fill(first, "II.2", **DONE)
    fill(second, "I.2", **DONE)
    folder = office.root / "plans/cchc-2021-2025/progress"
    folder.mkdir()
    (folder / "VP.yaml").symlink_to(office.root / "elsewhere.yaml")
    refused = office.run("collect", str(first), str(second))
    assert refused.code in {1, 3}
    assert office.entries("KHTC") == ""
    assert sorted(p.name for p in folder.iterdir()) == ["VP.yaml"]


def test_collected_twice_is_collected_once(office: Office, fill: Fill) -> None:
    path = office.form()
    fill(path, "II.2", **DONE, document="QĐ số 1", note="Đủ")
    fill(path, "III.2", None, state="đang thực hiện")
    assert office.run("collect", str(path), str(path)).code == 0, "named twice on one line"
    before = office.entries()
    assert before.count("- task:") == 2
    again = office.run("collect", str(path))
    assert again.code == 0
    assert again.out.count("on record already") == 2
    assert office.entries() == before


def test_later_events_do_not_make_an_old_form_new(office: Office, fill: Fill) -> None:
    path = office.form()
    fill(path, "II.2", **DONE)
    fill(path, "IV.4", state="đang thực hiện")
    office.run("collect", str(path))
    office.run("undo-done", "II.2", "--period", "2022", "-u", "KHTC", "--reason", "Nhầm")
    office.run("done", "IV.4", "--period", "2022", "-u", "KHTC", "--on", "2022-03-12")
    before = office.entries()
    assert office.run("collect", str(path)).code == 0
    assert office.entries() == before, "neither done again, nor in progress again"
    newer = office.form(name="new.xlsx")
    fill(newer, "II.2", **DONE)
    assert office.run("collect", str(newer)).code == 0
    assert office.entries().count("state: done") == 3, "a form issued afterwards says it anew"


def test_only_what_is_new_is_added(office: Office, fill: Fill) -> None:
    path = office.form()
    fill(path, "II.2", **DONE, document="QĐ số 1")
    office.run("done", "II.2", "--period", "2022", "-u", "KHTC", "--on", "2022-03-10")
    before = office.entries()
    assert office.run("collect", str(path)).code == 0
    added = office.entries().removeprefix(before)
    assert "document: QĐ số 1" in added
    assert "state" not in added
    fill(path, "II.2", note="thêm sau")
    assert office.run("collect", str(path)).code == 0
    assert office.entries().count("QĐ số 1") == 1
    assert "note: thêm sau" in office.entries()


def test_a_form_does_not_overturn_what_is_on_record(office: Office, fill: Fill) -> None:
    forms = {column: office.form(name=f"{column}.xlsx") for column in "HI"}
    office.run("done", "II.2", "--period", "2022", "-u", "KHTC", "--on", "2022-03-01")
    before = office.entries()
    for cells, column, remedy in ((DONE, "I", "--reason"),
                                  ({"state": "đang thực hiện"}, "H", "undo-done")):  # fmt: skip
        row = fill(forms[column], "II.2", **cells)
        refused = office.run("collect", str(forms[column]))
        assert refused.code == 1
        assert f"cell {column}{row}: already recorded as done on 2022-03-01" in refused.err
        assert remedy in refused.err
    assert office.entries() == before


def test_two_forms_that_contradict_each_other_are_refused(office: Office, fill: Fill) -> None:
    one, two = office.form(name="1.xlsx"), office.form(name="2.xlsx")
    fill(one, "II.2", **DONE)
    row = fill(two, "II.2", state="hoàn thành", completed="11/3/2022")
    refused = office.run("collect", str(one), str(two))
    assert refused.code == 1
    assert f"{two}, cell I{row}" in refused.err
    assert office.entries() == ""


def test_a_form_of_another_plan_or_another_version_is_refused(office: Office, fill: Fill) -> None:
    for cell, value, said in (("B2", "khac-2030", "khac-2030"), ("B3", "ABC", "ABC"),
                              ("B1", "2", "version 2"), ("A1", "x", "no form")):  # fmt: skip
        path = office.form(name=f"{cell}.xlsx")
        fill(path, "II.2", **DONE)
        book = openpyxl.load_workbook(path)
        book["cchc"][cell].value = value
        book.save(path)
        refused = office.run("collect", str(path))
        assert refused.code == 1, cell
        assert said in refused.err or "altered" in refused.err
        assert office.entries() == ""


def test_one_commit_for_all_forms(
    office: Office, fill: Fill, under_git: Callable[..., Any]
) -> None:
    git = under_git(office.root)
    one, two = office.form("KHTC"), office.form("VP")
    fill(one, "II.2", **DONE)
    fill(two, "I.2", **DONE)
    done = office.run("collect", "--commit", str(one), str(two))
    assert done.code == 0, done.err
    assert git("log", "--format=%s", "-1").strip() == "progress: KHTC 2022-Q1, VP 2022-Q1"
    assert len(git("show", "--name-only", "--format=").split()) == 2


def test_a_shell_that_does_not_expand_a_pattern(office: Office, fill: Fill) -> None:
    fill(office.form("KHTC"), "II.2", **DONE)
    fill(office.form("VP"), "I.2", **DONE)
    (office.root / "~$VP-2022-Q1.xlsx").write_bytes(b"open in Excel")
    done = office.run("collect", "*.xlsx")
    assert done.code == 0, done.err
    assert "2 entries recorded" in done.out
    refused = office.run("collect", "*.xls")
    assert refused.code == 3
    assert "“*.xls” cannot be read" in refused.err


def test_a_file_that_is_not_there(office: Office, tmp_path: Path) -> None:
    refused = office.run("collect", str(tmp_path / "none.xlsx"))
    assert refused.code == 3
    assert "none.xlsx" in refused.err
