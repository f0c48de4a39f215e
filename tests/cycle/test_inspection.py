"""A year of inspections at the invented office: visits, what they found, what became of it."""

from __future__ import annotations

import importlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from .conftest import Office

ROOT = Path(__file__).parents[2]
FOUND = ("Chưa niêm yết đủ thủ tục (ví dụ)", "--measure", "Niêm yết đủ (ví dụ)")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Office:
    """KH was inspected in May 2025, with two problems; TT is to be inspected in autumn."""
    office = Office(shutil.copytree(demo, tmp_path_factory.mktemp("inspected") / "so"))
    visit = ("inspection", "visit", "2025")
    office.on("2025-02-10", *visit, "--unit", "KH", "--deadline", "Tháng 5 năm 2025",
              "--task", "I.3")  # fmt: skip
    office.on("2025-02-10", *visit, "--unit", "TT", "--deadline", "Quý IV năm 2025")
    office.on("2025-05-20", "inspection", "held", "KT.2025.1", "--on", "20/5/2025",
              "--record", "Biên bản số 01/BB-ĐKT (ví dụ)", "--doc-date", "20/5/2025")  # fmt: skip
    office.on("2025-05-21", "inspection", "finding", "KT.2025.1", *FOUND,
              "--deadline", "Trước ngày 01/7/2025")  # fmt: skip
    office.on("2025-05-21", "inspection", "finding", "KT.2025.1", "Chưa lưu hồ sơ (ví dụ)",
              "--measure", "Lập danh mục (ví dụ)", "--deadline", "Tháng 9 năm 2025")  # fmt: skip
    return office


@pytest.fixture
def inspected(kept: Office, tmp_path: Path) -> Office:
    """That office, to be changed at will."""
    return Office(shutil.copytree(kept.root, tmp_path / "so"))


def due(office: Office, day: str, unit: str) -> dict[str, str]:
    """The findings that `cchc due` lists for a unit, with their statuses."""
    said = office.on(day, "due", "--unit", unit, "--all", "--format", "json")
    items = json.loads(said)["items"]
    return {i["task"]: i["status"] for i in items if i["task"].startswith("KT.")}


def test_a_year_is_kept_in_a_file_that_a_clerk_can_read(inspected: Office) -> None:
    assert inspected.text("inspection/2025.yaml") == (
        "# yaml-language-server: $schema=../../.schema/inspection.json\n"
        "# Kiểm tra cải cách hành chính trong năm: mỗi mục của “visits” là một đơn vị được kiểm"
        " tra.\n"
        "year: 2025\n"
        "task: I.3\n"
        "visits:\n"
        "  - id: KT.2025.1\n"
        "    unit: KH\n"
        "    deadline: Tháng 5 năm 2025\n"
        "    held_on: 2025-05-20\n"
        "    record: {document: Biên bản số 01/BB-ĐKT (ví dụ), date: 2025-05-20}\n"
        "    findings:\n"
        "      - id: KT.2025.1.1\n"
        "        name: Chưa niêm yết đủ thủ tục (ví dụ)\n"
        "        measure: Niêm yết đủ (ví dụ)\n"
        "        deadline: Trước ngày 01/7/2025\n"
        "      - id: KT.2025.1.2\n"
        "        name: Chưa lưu hồ sơ (ví dụ)\n"
        "        measure: Lập danh mục (ví dụ)\n"
        "        deadline: Tháng 9 năm 2025\n"
        "  - id: KT.2025.2\n"
        "    unit: TT\n"
        "    deadline: Quý IV năm 2025\n"
    )
    assert inspected.on("2025-05-21", "validate").startswith("0 lỗi, 0 cảnh báo")


def test_what_was_found_is_owed_by_the_inspected_unit_until_it_is_settled(
    inspected: Office,
) -> None:
    assert due(inspected, "2025-05-19", "KH") == {}
    assert due(inspected, "2025-06-25", "KH") == {
        "KT.2025.1.1": "due_soon", "KT.2025.1.2": "not_due",
    }  # fmt: skip
    assert due(inspected, "2025-07-01", "KH")["KT.2025.1.1"] == "overdue"
    assert due(inspected, "2025-07-01", "VP") == {}
    refused = inspected.on("2025-07-02", "done", "KT.2025.1.1", "--unit", "VP", code=2)
    assert "KT.2025.1.1 là vấn đề phát hiện tại KH, không phải tại VP" in refused
    inspected.on("2025-07-02", "done", "KT.2025.1.1", "--unit", "KH", "--doc", "Báo cáo (ví dụ)")
    assert due(inspected, "2025-07-03", "KH")["KT.2025.1.1"] == "done_late"
    assert 'period: "2025-07-01"' in inspected.text("progress/KH.yaml")
    inspected.on("2025-07-03", "undo-done", "KT.2025.1.1", "--unit", "KH", "--reason", "Nhầm")
    assert due(inspected, "2025-07-03", "KH")["KT.2025.1.1"] == "overdue"


def test_the_successor_settles_what_was_found_with_a_unit_that_has_ended(
    inspected: Office,
) -> None:
    assert set(due(inspected, "2025-08-04", "KHTC")) == {"KT.2025.1.1", "KT.2025.1.2"}
    inspected.on("2025-09-15", "done", "KT.2025.1.2", "--unit", "KHTC", "--doc", "Danh mục")
    assert due(inspected, "2025-09-16", "KHTC")["KT.2025.1.2"] == "done_on_time"
    assert inspected.on("2025-09-16", "validate").startswith("0 lỗi, 0 cảnh báo")


def test_a_later_day_is_granted_as_for_a_task(inspected: Office) -> None:
    decided = ("--on", "2025-06-20", "--authority", "Công văn (ví dụ)", "--reason", "Chờ (ví dụ)")
    inspected.on("2025-06-20", "extend", "KT.2025.1.1", "--to", "2025-07-15", *decided)
    assert due(inspected, "2025-07-10", "KH")["KT.2025.1.1"] == "due_soon"
    refused = inspected.on("2025-06-20", "reword", "KT.2025.1.1", "--deadline", "Năm 2025",
                           *decided, code=2)  # fmt: skip
    assert "inspection/2025.yaml" in refused
    assert inspected.on("2025-06-20", "validate").startswith("0 lỗi, 0 cảnh báo")


def test_every_listing_knows_what_was_found(inspected: Office) -> None:
    out = str(inspected.root / "ra")
    day = "2025-07-03"
    letter = inspected.on(day, "remind", "--unit", "KH", "--format", "md", "--out", out)
    text = Path(letter.splitlines()[0]).read_text("utf-8")
    assert "KT.2025.1.1. Chưa niêm yết đủ thủ tục (ví dụ)" in text
    assert "| Niêm yết đủ (ví dụ) |" in text
    inspected.on(day, "calendar", "--unit", "KH", "--out", f"{out}/lich.ics")
    calendar = Path(f"{out}/lich.ics").read_text("utf-8")
    assert "Yêu cầu xử lý: Niêm yết đủ" in calendar.replace("\r\n ", "").replace("\n ", "")
    assert "KT.2025.1.1. Chưa niêm yết" in calendar.replace("\r\n ", "")
    inspected.on(day, "form", "--unit", "KH", "--period", "2025-Q2", "--out", f"{out}/form.xlsx")
    inspected.on(day, "export", "--unit", "KH", "--out", f"{out}/list.xlsx")
    for name in ("form", "list"):
        with zipfile.ZipFile(f"{out}/{name}.xlsx") as book:
            texts = b"".join(book.read(part) for part in book.namelist())
        assert b"KT.2025.1.1" in texts, name
    inspected.on(day, "page", "--out", f"{out}/page.html")
    assert "KT.2025.1.1" in Path(f"{out}/page.html").read_text("utf-8")


def test_the_plans_own_figures_are_untouched_by_what_was_found(office: Office) -> None:
    day = "2025-07-03"

    def figures() -> object:
        said = json.loads(office.on(day, "status", "--format", "json"))
        report = office.on(day, "report", "--period", "2025-Q2", "--format", "md", "--out", "ra")
        text = (office.root / report.splitlines()[0]).read_text("utf-8")
        return [plan["figures"] for plan in said["plans"]], text.count("| I.3 |")

    before = figures()
    office.on("2025-02-10", "inspection", "visit", "2025", "--unit", "KH")
    office.on("2025-05-20", "inspection", "held", "KT.2025.1", "--on", "20/5/2025")
    office.on("2025-05-20", "inspection", "finding", "KT.2025.1", *FOUND)
    for report in (office.root / "ra").iterdir():
        report.unlink()
    assert figures() == before


def test_mistakes_are_refused_with_what_to_do(inspected: Office) -> None:
    early = inspected.on("2025-06-01", "inspection", "finding", "KT.2025.2", "Thử", code=2)
    assert "cchc inspection held KT.2025.2 --on …" in early
    again = inspected.on(
        "2025-06-01", "inspection", "held", "KT.2025.1", "--on", "1/6/2025", code=2
    )
    assert "KT.2025.1 đã có ngày" in again
    future = inspected.on("2025-06-01", "inspection", "held", "KT.2025.2", "--on", "2/6/2025",
                          code=2)  # fmt: skip
    assert "--on" in future
    other = inspected.on("2026-01-05", "inspection", "held", "KT.2025.2", "--on", "5/1/2026",
                         code=1)  # fmt: skip
    assert "CCHC508" in other
    assert "held_on: 2026" not in inspected.text("inspection/2025.yaml")
    unknown = inspected.on("2025-06-01", "inspection", "held", "KT.2025.9", "--on", "1/6/2025",
                           code=2)  # fmt: skip
    assert "không có cuộc kiểm tra “KT.2025.9”; hiện có: KT.2025.2" in unknown
    ended = inspected.on("2025-12-01", "inspection", "visit", "2025", "--unit", "KHÔNG", code=2)
    assert "--unit" in ended
    none = inspected.on("2025-12-01", "inspection", "report", "2026", code=2)
    assert "cchc inspection visit 2026" in none


def test_a_dry_run_writes_nothing_and_a_commit_only_its_file(office: Office) -> None:
    visit = ("inspection", "visit", "2025", "--unit", "TT", "--deadline", "Quý IV năm 2025")
    assert "+year: 2025" in office.on("2025-02-10", *visit, "--dry-run")
    assert not (office.plan / "inspection").exists()
    said = office.on("2025-02-10", *visit, "--commit")
    assert "kiểm tra: dự kiến KT.2025.1 (TT)" in said


def text_of(content: bytes) -> str:
    paragraphs = docx.Document(io.BytesIO(content)).element.body.iter(qn("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


def test_the_record_is_filled_where_known_and_blank_elsewhere(inspected: Office) -> None:
    inspected.on("2025-03-01", "inspection", "team", "2025", "--authority",
                 "Quyết định số 15/QĐ-STHIDU (ví dụ)", "--on", "2025-03-01", "--member",
                 "Ông Ví Dụ", "--role", "Trưởng đoàn", "--unit", "VP")  # fmt: skip
    pages = {}
    for visit in ("KT.2025.1", "KT.2025.2"):
        path = inspected.on("2025-05-22", "inspection", "record", visit).strip()
        content = (inspected.root / path).read_bytes()
        assert "không có chỗ nào sai thể thức" in inspected.on("2025-05-22", "check-docx", path)
        pages[visit] = text_of(content)
    held, ahead = pages["KT.2025.1"], pages["KT.2025.2"]
    assert "Thực hiện Quyết định số 15/QĐ-STHIDU (ví dụ) ngày 01 tháng 3 năm 2025" in held
    assert "ngày 20 tháng 5 năm 2025, tại" in held
    assert "- Ông Ví Dụ, Trưởng đoàn (Văn phòng Thí Dụ)." in held
    assert "Chưa niêm yết đủ thủ tục (ví dụ)" in held
    assert "hôm nay, ngày …… tháng …… năm ………" in ahead
    assert "Chưa niêm yết" not in ahead


def test_the_report_tells_each_problem_and_its_numbers_add_up(inspected: Office) -> None:
    inspected.on("2025-07-02", "done", "KT.2025.1.1", "--unit", "KH", "--doc", "Báo cáo (ví dụ)")
    said = inspected.on("2025-10-15", "inspection", "report", "2025").splitlines()
    markdown, word = (inspected.root / path for path in said)
    text = markdown.read_text("utf-8")
    told = "Số vấn đề phát hiện: 2; đã xử lý: 1; chưa xử lý: 1, trong đó quá hạn: 1."
    assert told in text
    assert told in text_of(word.read_bytes())
    assert "theo kế hoạch 2 cuộc; đã kiểm tra 1 cuộc tại 1 đơn vị" in text
    assert "| 2 | Phòng Kế hoạch Thí Dụ | Chưa lưu hồ sơ (ví dụ) |" in text
    assert "quá hạn 15 ngày" in text
    fine = inspected.on("2025-10-15", "check-docx", str(word))
    assert "không có chỗ nào sai thể thức" in fine


def test_a_year_without_a_visit_held_blanks_nothing_into_a_zero(office: Office) -> None:
    office.on("2025-02-10", "inspection", "visit", "2025", "--unit", "TT")
    said = office.on("2025-02-10", "inspection", "report", "2025", "--format", "md").strip()
    text = (office.root / said).read_text("utf-8")
    assert "| 1 | Trung tâm Thí Dụ |  | chưa kiểm tra |  |  |" in text


@pytest.mark.parametrize("name", ["inspection_record.docx", "inspection_report.docx"])
def test_the_templates_are_what_their_script_builds(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.syspath_prepend(ROOT / "templates")
    script = importlib.import_module("build_inspection_docx")

    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return {part: file.read(part) for part in file.namelist()}

    built = parts(script.TARGETS[name]())
    assert built == parts((ROOT / "templates" / name).read_bytes()), f"run {script.__file__}"
