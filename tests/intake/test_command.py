"""`cchc import`: what an office gets from a file, and what it never does."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from samples import COLUMNS, GOLD, packed, word_file
from workbooks import saved, workbook

from cchc_cli.store.soffice import convert

Run = Callable[..., Any]
FOUNDING = ("--agency", "Sở Thử", "--years", "2026-2030", "--units")


def plan_files(root: Path) -> dict[str, bytes]:
    paths = (path for path in (root / "plans").rglob("*") if path.is_file())
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in paths if p.name[0] != "."}


@pytest.fixture
def founded(tmp_path: Path, cchc: Run) -> Path:
    """An office that has only just begun."""
    units = tmp_path / "units.txt"
    units.write_text("VP: Văn phòng Sở\nTTR: Thanh tra Sở\n", encoding="utf-8")
    done = cchc("init", str(tmp_path / "so"), *FOUNDING, str(units), cwd=tmp_path)
    assert done.code == 0, done.err
    return tmp_path / "so"


def small_book(*rows: list[Any], names: tuple[str, ...] = COLUMNS, title: str = "") -> bytes:
    book = openpyxl.Workbook()
    if title:
        book.active.append([title])
    book.active.append(list(names))
    for row in rows:
        book.active.append(row)
    return saved(book)


# -- a new plan ------------------------------------------------------------------------------------


def test_a_second_plan_is_written_beside_the_first_and_validate_finds_no_error(
    office: Path, cchc: Run
) -> None:
    before = plan_files(office)
    (office / "ke-hoach.docx").write_bytes(word_file("A"))
    done = cchc("import", "ke-hoach.docx", "--plan", "thu", cwd=office)
    assert done.code == 0, done.err
    after = plan_files(office)
    new = {path: after[path] for path in after.keys() - before.keys()}
    assert {path: after[path] for path in before} == before
    names = ("acknowledged", "appendix", "events", "plan", "reporting")
    assert sorted(new) == [f"plans/thu/{name}.yaml" for name in names]
    assert "read: 1 tables with 33 rows: 7 fields, 26 tasks" in done.out
    assert "the checks find: errors 0" in done.out
    assert "cchc validate --plan thu" in done.out
    validated = cchc("validate", "--plan", "thu", cwd=office)
    assert validated.code == 0, validated.out
    listed = cchc("list", "--plan", "thu", cwd=office)
    assert "26 tasks listed." in listed.out
    # Every list says of the imported plan what it says of the real one.
    real = cchc("list", "--plan", "cchc-2021-2025", cwd=office)
    unlinked = [line for line in real.out.splitlines() if "IV.1" not in line]
    assert [line for line in listed.out.splitlines() if "IV.1" not in line] == unlinked


def test_the_list_of_doubts_stands_beside_the_file_to_be_ticked_off(
    office: Path, cchc: Run
) -> None:
    (office / "ke-hoach.docx").write_bytes(word_file("B"))
    done = cchc("import", "ke-hoach.docx", "--plan", "thu", cwd=office)
    listing = (office / "ke-hoach-can-xem-lai.md").read_text(encoding="utf-8")
    assert listing.count("- [ ]") == int(done.out.split("To look at: ")[1].split()[0]) == 24
    assert "table 1, row 40: the row goes on with VII.3" in listing
    assert "CCHC402" in listing
    assert done.out.count("is merged with the one above") == 12
    assert "… and 8 more of this kind" in done.out
    again = cchc("import", "ke-hoach.docx", "--plan", "thu-2", cwd=office)
    assert again.code == 0, again.err
    assert (office / "ke-hoach-can-xem-lai-2.md").is_file()
    assert (office / "ke-hoach-can-xem-lai.md").read_text(encoding="utf-8") == listing


def test_what_is_there_is_never_overwritten(office: Path, cchc: Run) -> None:
    (office / "ke-hoach.docx").write_bytes(word_file("A"))
    before = plan_files(office)
    refused = cchc("import", "ke-hoach.docx", cwd=office)
    assert refused.code == 3
    assert "there is a plan “cchc-2021-2025” already; nothing was written" in refused.err
    assert "cchc import FILE --update --plan cchc-2021-2025" in refused.err
    assert plan_files(office) == before
    assert not list(office.glob("*.md"))


def test_a_new_office_imports_into_the_plan_that_it_has_begun(founded: Path, cchc: Run) -> None:
    (founded / "bang.xlsx").write_bytes(
        small_book(["I", "Chỉ đạo điều hành"],
                   [1, "Xây dựng Kế hoạch năm", "Kế hoạch", "Văn phòng Sở", "Thanh tra Sở",
                    "Quý I năm kế hoạch"])
    )  # fmt: skip
    base = "plans/cchc-2026-2030"
    before = plan_files(founded)
    done = cchc("import", "bang.xlsx", cwd=founded)
    assert done.code == 0, done.out + done.err
    after = plan_files(founded)
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {f"{base}/plan.yaml", f"{base}/appendix.yaml"}
    assert cchc("validate", cwd=founded).code == 0
    assert "Quý I năm kế hoạch" in cchc("list", cwd=founded).out
    # Now something is recorded in it.
    assert cchc("import", "bang.xlsx", "--years", "2026-2030", cwd=founded).code == 3
    assert plan_files(founded) == after


def test_a_plan_that_tells_of_parts_is_no_longer_only_begun(founded: Path, cchc: Run) -> None:
    plan = founded / "plans/cchc-2026-2030/plan.yaml"
    with plan.open("a", encoding="utf-8") as file:
        file.write("document:\n  type: KẾ HOẠCH\n  subject: Thử\n  parts:\n    - number: I\n"
                   "      title: MỤC ĐÍCH\n")  # fmt: skip
    (founded / "bang.xlsx").write_bytes(saved(workbook()))
    before = plan_files(founded)
    done = cchc("import", "bang.xlsx", "--plan", "cchc-2026-2030", cwd=founded)
    assert done.code == 3
    assert "there is a plan" in done.err
    assert plan_files(founded) == before


def test_years_come_from_the_title_or_are_asked_for(founded: Path, cchc: Run) -> None:
    row = [1, "Việc thử", "Kế hoạch", "Văn phòng Sở", "", "Quý I năm 2027"]
    (founded / "a.xlsx").write_bytes(small_book(row, title="NHIỆM VỤ GIAI ĐOẠN 2027 - 2028"))
    done = cchc("import", "a.xlsx", "--plan", "a", cwd=founded)
    assert "the years 2027-2028 are those that the title names" in done.out
    assert "period: 2027-2028" in (founded / "plans/a/plan.yaml").read_text(encoding="utf-8")
    (founded / "b.xlsx").write_bytes(small_book(row))
    refused = cchc("import", "b.xlsx", "--plan", "b", cwd=founded)
    assert refused.code == 2
    assert "--years 2026-2030" in refused.err
    given = cchc("import", "a.xlsx", "--plan", "b", "--years", "2027", cwd=founded)
    assert "the title names the years 2027-2028, the plan has 2027-2027" in given.out


@pytest.mark.parametrize("plan", ["kế hoạch", "calendar", "../ra-ngoai"])
def test_a_plan_id_that_cannot_be_is_a_usage_error(founded: Path, cchc: Run, plan: str) -> None:
    (founded / "a.xlsx").write_bytes(saved(workbook()))
    done = cchc("import", "a.xlsx", "--plan", plan, cwd=founded)
    assert done.code == 2
    assert "--plan" in done.err


# -- what cannot be read stays as it is, and is named ----------------------------------------------


def test_an_unknown_unit_stays_as_printed_with_the_name_that_may_be_meant(
    founded: Path, cchc: Run
) -> None:
    (founded / "a.xlsx").write_bytes(
        small_book([1, "Việc thử", "Kế hoạch", "Văn phòg Sở", "Công đoàn", "Quý I năm 2027"])
    )
    done = cchc("import", "a.xlsx", "--plan", "a", "--years", "2027", cwd=founded)
    assert done.code == 1
    assert "errors 2" in done.out
    assert "Enter each in plans/units.yaml" in done.out
    appendix = (founded / "plans/a/appendix.yaml").read_text(encoding="utf-8")
    assert "lead: Văn phòg Sở\n" in appendix
    assert "support: Công đoàn\n" in appendix
    listing = (founded / "a-can-xem-lai.md").read_text(encoding="utf-8")
    assert "I.1: no unit or group is called “Văn phòg Sở”" in listing
    assert "did you mean “Văn phòng Sở”?" in listing
    assert "no unit or group is called “Công đoàn”" in listing


def test_an_empty_deadline_and_one_that_is_not_read_are_named_and_not_filled(
    founded: Path, cchc: Run
) -> None:
    (founded / "a.xlsx").write_bytes(
        small_book(
            [1, "Việc một", "Kế hoạch", "Văn phòng Sở", "", "Quý I năm 2027"],
            [2, "Việc hai", "Kế hoạch", "Văn phòng Sở", "", ""],
            [3, "Việc ba", "Kế hoạch", "Văn phòng Sở", "", "Giữa kỳ học"],
            [5, "Việc năm", "Kế hoạch", "Văn phòng Sở", "", "Ngày 31/11/2027"],
        )
    )
    done = cchc("import", "a.xlsx", "--plan", "a", "--years", "2027", cwd=founded)
    assert done.code == 1  # there is no 31/11
    assert "empty cells: product 0, lead 0, support 4, deadline 1" in done.out
    assert "I: number 5 follows 3" in done.out
    assert "pin a “reading”" in done.out
    appendix = (founded / "plans/a/appendix.yaml").read_text(encoding="utf-8")
    assert appendix.count("deadline:") == 3
    listing = (founded / "a-can-xem-lai.md").read_text(encoding="utf-8")
    assert "I.2: the task has no deadline" in listing
    assert "I.3: not understood from “Giữa kỳ học” on" in listing
    assert "“Ngày 31/11/2027” is no day of any calendar" in listing


def test_what_has_no_place_in_a_plan_is_named_with_its_words(founded: Path, cchc: Run) -> None:
    (founded / "a.xlsx").write_bytes(
        small_book(
            [1, "Việc một", "Văn phòng Sở", "Quý I năm 2027", "12 triệu", "Quan trọng"],
            ["Người lập biểu", "", "", "", "", ""],
            names=("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Kinh phí", "Ghi chú"),
        )
    )
    done = cchc("import", "a.xlsx", "--plan", "a", "--years", "2027", cwd=founded)
    said = done.out
    assert "row 2: the column “Kinh phí” has no place in a plan; it says “12 triệu”" in said
    assert "row 2: the column “Ghi chú” has no place in a plan; it says “Quan trọng”" in said
    assert "row 3: the row is no task and is left out: “Người lập biểu”" in said
    assert "texts left out of the table: 3" in said


# -- comparing -------------------------------------------------------------------------------------


def test_update_finds_no_difference_where_there_is_none(office: Path, cchc: Run) -> None:
    (office / "ke-hoach.docx").write_bytes(word_file("A"))
    before = plan_files(office)
    done = cchc("import", "ke-hoach.docx", "--update", cwd=office)
    assert done.code == 0, done.err
    assert "Changes: 1, of which 0 weaken accountability." in done.out
    assert "only spaces or line breaks differ" in done.out  # the blanks for number and day
    assert plan_files(office) == before


def test_the_plan_that_is_published_comes_back_word_for_word(office: Path, cchc: Run) -> None:
    made = cchc("publish", "plan", cwd=office)
    assert made.code == 0, made.err
    done = cchc("import", made.out.strip(), "--update", cwd=office)
    assert done.code == 0, done.err
    assert "Changes: 1, of which 0 weaken accountability." in done.out
    assert "only spaces or line breaks differ" in done.out  # the blanks for number and day


@pytest.mark.libreoffice
def test_the_text_of_a_published_pdf_comes_back_with_every_blank(office: Path, cchc: Run) -> None:
    """The blank of "PHÁP TRỌNG", which is narrow in print, is one."""
    made = cchc("publish", "plan", "--format", "pdf", cwd=office)
    assert made.code == 0, made.err
    done = cchc("import", made.out.strip(), "--update", cwd=office)
    assert done.code == 0, done.err
    assert "only spaces or line breaks differ" in done.out  # of the appendix: its blanks
    assert "• Phần" not in done.out


def test_update_shows_what_a_changed_file_means_and_writes_nothing(office: Path, cchc: Run) -> None:
    book = workbook()
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if row[1].value == GOLD[0].name:
            row[3].value = "Thanh tra Sở"
        if row[1].value == GOLD[2].name:
            row[5].value = "Quý I năm 2022"
    (office / "moi.xlsx").write_bytes(saved(book))
    before = plan_files(office)
    done = cchc("import", "moi.xlsx", "--update", cwd=office)
    assert done.code == 0, done.err
    assert "I.1" in done.out
    assert "I.1: lead: “Văn phòng Sở” (VP) → “Thanh tra Sở” (TTR)" in done.out
    assert "“Quý IV năm 2021” → “Quý I năm 2022”" in done.out
    assert "nothing was written" in done.err
    assert plan_files(office) == before
    assert not list(office.glob("*.md"))


def test_update_asks_which_plan_where_there_are_several(office: Path, cchc: Run) -> None:
    (office / "a.docx").write_bytes(word_file("A"))
    assert cchc("import", "a.docx", "--plan", "thu", cwd=office).code == 0
    refused = cchc("import", "a.docx", "--update", cwd=office)
    assert refused.code == 2
    assert "cchc-2021-2025, thu" in refused.err
    assert cchc("import", "a.docx", "--update", "--plan", "thu", cwd=office).code == 0
    assert cchc("import", "a.docx", "--update", "--plan", "x", cwd=office).code == 2


# -- files that are no plan ------------------------------------------------------------------------

REFUSED = {
    "a text that was taken from a PDF": (
        "a.txt", "1 Xây dựng Kế hoạch Văn phòng Sở".encode(), "plain text does not keep"
    ),
    "a table as text": ("a.csv", "TT,Nhiệm vụ\n1,Thử".encode("utf-16"), "plain text does not"),
    "an old Excel file": ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "has a password, or is of"),
    "a text of LibreOffice": ("a.odt", packed({"content.xml": "<x/>"}), "“.odt” is not read"),
    "slides": ("a.pptx", packed({"ppt/presentation.xml": "<x/>"}), "“.pptx” is not read"),
    "a damaged file": ("a.docx", b"PK\x03\x04 and then nothing", "this is no Word or Excel file"),
    "an empty file": ("a.docx", b"", "plain text does not"),
    "a Word file without a table": (
        "a.docx",
        packed({"word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/'
                'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p>'
                "</w:body></w:document>"}),
        "there is no table in the file",
    ),
    "a table of something else": (
        "a.xlsx", small_book([1, "Nguyễn Văn A"], names=("STT", "Họ và tên")),
        "none of the 1 tables has the headings of a task table",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_imported_is_refused_with_what_to_do(
    office: Path, cchc: Run, name: str
) -> None:
    file, content, why = REFUSED[name]
    (office / file).write_bytes(content)
    before = plan_files(office)
    done = cchc("import", file, "--plan", "x", "--years", "2022", cwd=office)
    assert done.code == 3
    assert why in done.err
    assert "  → " in done.err
    assert "Traceback" not in done.err
    assert plan_files(office) == before
    assert not list(office.glob("*.md"))


def test_a_file_that_is_not_there_or_far_too_large_is_refused_at_once(
    office: Path, cchc: Run
) -> None:
    assert cchc("import", "khong-co.docx", cwd=office).code == 3
    with (office / "lon.docx").open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200_000_000)
    done = cchc("import", "lon.docx", cwd=office)
    assert done.code == 3
    assert "larger than 60 MB" in done.err


def test_without_pdfplumber_a_pdf_is_refused_with_how_to_get_it(
    office: Path, cchc: Run, tmp_path: Path
) -> None:
    absent = tmp_path / "absent"
    absent.mkdir()
    (absent / "pdfplumber.py").write_text("raise ImportError\n")
    (office / "a.pdf").write_bytes(b"%PDF-1.7\n")
    env = {"PYTHONPATH": os.pathsep.join([str(absent), str(Path(__file__).parents[2])])}
    done = cchc("import", "a.pdf", cwd=office, env=env)
    assert done.code == 3
    assert "cchc[pdf]" in done.err


@pytest.mark.libreoffice
def test_an_old_word_file_is_read_through_libreoffice(office: Path, cchc: Run) -> None:
    with zipfile.ZipFile(io.BytesIO(word_file("A"))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    # LibreOffice writes no table into a .doc file that ends with one.
    name = "word/document.xml"
    parts[name] = parts[name].replace("<w:sectPr>", "<w:p/><w:sectPr>")
    (office / "cu.doc").write_bytes(convert(packed(parts), ".docx", "doc"))
    done = cchc("import", "cu.doc", "--plan", "cu", cwd=office)
    assert done.code == 0, done.out + done.err
    assert "7 fields, 26 tasks" in done.out
