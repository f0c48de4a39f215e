"""The year 2025 of the invented office as a whole: inspected, made known, scored and reported.

Whatever number stands in its yearly report can be followed to the entries that it is made of.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import Office

READ = "2025-12-16"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Office:
    """Two units inspected, one problem settled in time and one not; articles; declarations."""
    office = Office(shutil.copytree(demo, tmp_path_factory.mktemp("year") / "so"))
    visit = ("inspection", "visit", "2025")
    office.on("2025-02-10", *visit, "--unit", "KH", "--deadline", "Tháng 5 năm 2025")
    office.on("2025-02-10", *visit, "--unit", "TT", "--deadline", "Quý III năm 2025")
    for number, (unit, day) in enumerate((("KH", "2025-05-20"), ("TT", "2025-09-10")), 1):
        office.on(day, "inspection", "held", f"KT.2025.{number}", "--on", day)
        office.on(day, "inspection", "finding", f"KT.2025.{number}",
                  f"Hồ sơ của {unit} chưa đủ (ví dụ)", "--measure", "Bổ sung (ví dụ)",
                  "--deadline", "Trước ngày 01/12/2025")  # fmt: skip
    office.on("2025-06-20", "done", "KT.2025.1.1", "--unit", "KH", "--on", "2025-06-18",
              "--doc", "Báo cáo khắc phục (ví dụ)")  # fmt: skip
    office.on("2025-01-06", "communication", "plan", "2025", "Đăng bài về thủ tục (ví dụ)",
              "--channel", "web", "--channel-name", "Trang thông tin (ví dụ)", "--measure",
              "tin, bài", "--deadline", "Hằng quý", "--task", "I.4")  # fmt: skip
    for day, count in (("2025-03-10", "3"), ("2025-06-10", "4"), ("2025-12-15", "9")):
        office.on(day, "communication", "held", "TT.2025.1", "--on", day, "--quantity", count)
    office.on("2025-12-01", "scoring", "init", "--year", "2025")
    office.on("2025-12-10", "scoring", "declare", "1.3", "2/4", "--year", "2025", "--unit", "VP",
              "--doc", "Kế hoạch kiểm tra (ví dụ)")  # fmt: skip
    office.on("2025-12-10", "scoring", "declare", "1.4", "7", "--year", "2025", "--unit", "VP",
              "--doc", "Danh mục tin, bài (ví dụ)")  # fmt: skip
    assert office.on(READ, "validate").startswith("0 lỗi")
    return office


@pytest.fixture
def year(kept: Office, tmp_path: Path) -> Office:
    """That year, to be changed at will."""
    return Office(shutil.copytree(kept.root, tmp_path / "so"))


def row(report: str, number: str) -> list[str]:
    """The cells of a row of the statistical appendix."""
    line = next(line for line in report.splitlines() if line.startswith(f"| {number} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def traced(office: Office, figure: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        office.on(READ, "show", "--report", "2025", figure, "--format", "json")
    )
    return found


def test_the_yearly_report_tells_what_was_inspected_and_made_known(year: Office) -> None:
    year.on(READ, "report", "--period", "2025", "--format", "md")
    report = (year.root / "reports" / "vi-du-2025-2026-2025.md").read_text(encoding="utf-8")
    assert [row(report, number)[3] for number in ("2.1", "2.2", "2.3")] == ["2", "2", "1"]
    assert "7 tin, bài" in report or any(
        "7" in line and "tin, bài" in line for line in report.splitlines()
    ), "what was held after the last day of the window is of the next year"
    assert "không khớp nhiệm vụ" not in report


@pytest.mark.parametrize(
    ("figure", "place"),
    [
        ("2.1", "inspection/2025.yaml"),
        ("2.2", "inspection/2025.yaml"),
        ("2.3", "progress/KH.yaml"),
        ("done", "progress/"),
        ("communication.web.quantity", "communication/2025.yaml"),
    ],
)
def test_a_figure_leads_to_the_lines_it_was_entered_in(
    year: Office, figure: str, place: str
) -> None:
    assert place in json.dumps(traced(year, figure))


def test_a_count_has_as_many_records_as_it_counts(year: Office) -> None:
    said = json.loads(year.on(READ, "show", "--report", "2025", "--format", "json"))
    counts = {f["id"]: f["value"] for f in said["figures"] if isinstance(f["value"], int)}
    assert {"inspection.problems", "done", "field.I.done"} <= set(counts)
    for figure in ("inspection.problems", "inspection.settled", "done", "overdue", "unit.KH.done"):
        assert len(traced(year, figure)["records"]) == counts[figure]  # type: ignore[arg-type]


def test_what_is_owed_after_an_inspection_is_owed_at_the_end_of_the_year(year: Office) -> None:
    items = json.loads(year.on(READ, "due", "--unit", "TT", "--format", "json"))["items"]
    assert {"KT.2025.2.1": "overdue"}.items() <= {i["task"]: i["status"] for i in items}.items()


def test_the_score_names_each_point_and_stays_apart_from_the_appraisal(year: Office) -> None:
    before = json.loads(year.on(READ, "score", "--year", "2025", "--format", "json"))
    year.on(READ, "scoring", "appraise", "V1", "1.4", "0,5", "--year", "2025", "--name",
            "Thẩm định lần 1 (ví dụ)", "--reason", "Thiếu minh chứng (ví dụ)")  # fmt: skip
    after = json.loads(year.on(READ, "score", "--year", "2025", "--format", "json"))
    assert after["total"] == before["total"]
    assert [one["points"] for one in after["rounds"]] != []
    said = year.on(READ, "score", "--year", "2025")
    assert "VP kê khai: 7" in said
    assert "ví dụ" in said.splitlines()[1]
    for verb in ("form", "report"):
        year.on(READ, "scoring", verb, "--year", "2025")
    word = year.root / "reports" / "cham-diem-2025-bao-cao.docx"
    assert "không có chỗ nào sai thể thức" in year.on(READ, "check-docx", str(word))
