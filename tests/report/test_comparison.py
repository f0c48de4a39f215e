"""The statistical appendix of two years side by side, filled from what is on record.

What was inspected and told is invented.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.report.comparison import year_before

from .conftest import ROOT

Run = Callable[..., Any]
PLAN = "plans/cchc-2021-2025"
KEPT = {
    "inspection/2022.yaml": """\
year: 2022
visits:
  - id: KT.2022.1
    unit: KHTC
    held_on: 2022-06-14
    findings:
      - {id: KT.2022.1.1, name: Chưa niêm yết (ví dụ), deadline: Tháng 7 năm 2022}
      - {id: KT.2022.1.2, name: Sổ thiếu cột (ví dụ), deadline: Tháng 9 năm 2022}
""",
    "inspection/2023.yaml": """\
year: 2023
visits:
  - {id: KT.2023.1, unit: KHTC, held_on: 2023-05-10}
  - {id: KT.2023.2, unit: VP, held_on: 2023-05-11}
  - {id: KT.2023.3, unit: VP, held_on: 2023-09-11}
""",
    "communication/2022.yaml": """\
year: 2022
channels:
  - {id: cong, name: Cổng thông tin điện tử, measure: "tin, bài"}
  - {id: hoi-nghi, name: Hội nghị}
activities:
  - id: TT.2022.1
    channel: cong
    name: Đăng bài
    held: [{on: 2022-03-04, quantity: 4}, {on: 2022-05-04, quantity: 3}]
  - {id: TT.2022.2, channel: hoi-nghi, name: Hội nghị, held: [{on: 2022-05-04}]}
""",
    "communication/2023.yaml": """\
year: 2023
channels:
  - {id: cong, name: Cổng thông tin điện tử, measure: "tin, bài"}
activities:
  - {id: TT.2023.1, channel: cong, name: Đăng bài, held: [{on: 2023-03-04, quantity: 9}]}
""",
    "progress/KHTC.yaml": """\
unit: KHTC
progress:
  - {task: KT.2022.1.1, period: 2022-07, state: done, completed_on: 2022-07-10}
""",
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plan with two years of inspection and communication."""
    root = tmp_path_factory.mktemp("kept")
    shutil.copytree(ROOT / "plans", root / "plans")
    for path, text in KEPT.items():
        (root / PLAN / path).parent.mkdir(exist_ok=True)
        (root / PLAN / path).write_text(text, "utf-8")
    return root


@pytest.fixture
def lines(kept: Path, tmp_path: Path, cchc: Run) -> Callable[..., dict[str, list[str]]]:
    """The lines of the statistical appendix by their numbers, and the whole text under ""."""

    def of(*arguments: str) -> dict[str, list[str]]:
        ran = cchc("report", "--format", "md", "--out", str(tmp_path), *arguments, cwd=kept)
        assert ran.code == 0, ran.err
        text = next(tmp_path.glob("*.md")).read_text("utf-8")
        appendix = text[text.index("## Phụ lục I:") : text.index("## Phụ lục II:")]
        rows = [
            [cell.strip().lstrip("\\") for cell in line.split("|")[1:-1]]
            for line in appendix.splitlines()
            if line.startswith("|")
        ]
        return {"": [text], **{cells[0]: cells[3:] for cells in rows}}

    return of


BLANK = "…………"


def test_two_years_side_by_side(lines: Callable[..., dict[str, list[str]]]) -> None:
    found = lines("--period", "2023")
    assert found["1.1"] == ["26", "26", "0"]
    assert found["1.8"] == ["36", "14", "+22"]
    assert (found["2.1"], found["2.2"]) == (["2", "1", "+1"], ["0", "2", "-2"])
    assert found["2.3"] == ["0", "1", "-1"]
    assert found["10.1.2"] == ["1", "2", "-1"]
    assert found["10.1.3"] == ["9", "7", "+2"]
    # A channel of the year before alone: blank now, not zero; its quantity nobody has told.
    assert (found["10.2.2"], found["10.2.3"]) == ([BLANK, "1", ""], [BLANK, BLANK, ""])
    assert found["3.1"] == [BLANK, BLANK, ""]
    assert "tính đến hết ngày 14 tháng 12 năm 2022" in found[""][0]


def test_what_is_on_record_is_told_in_one_sentence(
    lines: Callable[..., dict[str, list[str]]],
) -> None:
    (text,) = lines("--period", "2022")[""]
    assert "đã kiểm tra 1 đơn vị (1 cuộc kiểm tra), phát hiện 2 vấn đề; đã xử lý 1 vấn đề." in text
    assert "còn 1 vấn đề chưa xử lý, trong đó 1 vấn đề quá hạn." in text
    told = "Cổng thông tin điện tử: 1 hoạt động, 2 lượt, 7 tin, bài; Hội nghị: 1 hoạt động, 1 lượt."
    assert told in text


def test_a_year_that_nobody_kept_stays_blank(lines: Callable[..., dict[str, list[str]]]) -> None:
    found = lines("--period", "2025")
    assert found["2.1"] == [BLANK, BLANK, ""]
    assert "10" not in found
    assert "cuộc kiểm tra" not in found[""][0]


def test_a_units_report_has_no_figures_of_the_whole_office(
    lines: Callable[..., dict[str, list[str]]],
) -> None:
    found = lines("--period", "2023", "--unit", "VP")
    assert found["2.1"] == [BLANK, BLANK, ""]
    assert found["1.1"][0] == found["1.1"][1]


@pytest.mark.parametrize(
    ("office", "period", "as_of", "expected"),
    [
        ("real", "2023-Q1", "", ("2022-Q1", date(2022, 3, 14))),
        ("real", "2023", "", ("2022", date(2022, 12, 14))),
        ("real", "2023", "2023-12-31", ("2022", date(2022, 12, 31))),
        ("real", "2021-Q1", "", None),  # 2020 is no year of the plan
        ("real", "2022-Q1", "", None),  # a year before, the plan was not in force
        ("sample", "2022", "", None),
    ],
)
def test_which_period_stands_beside(
    shown: Callable[..., Any],
    office: str,
    period: str,
    as_of: str,
    expected: tuple[str, date] | None,
) -> None:
    scene, agenda = shown(office, period, None, as_of)
    found = year_before(scene, agenda.as_of)
    assert (found and (found.period.label, found.as_of)) == expected


@pytest.mark.parametrize(
    ("figure", "place"),
    [
        ("2.2", f"{PLAN}/inspection/2022.yaml:7"),
        ("inspection.settled", f"{PLAN}/progress/KHTC.yaml:3"),
        ("10.1.3", f"{PLAN}/communication/2022.yaml:9"),
        ("communication.hoi-nghi.times", f"{PLAN}/communication/2022.yaml:10"),
    ],
)
def test_each_is_followed_to_its_records(kept: Path, cchc: Run, figure: str, place: str) -> None:
    done = cchc("show", "--report", "2022", figure, cwd=kept)
    assert done.code == 0
    assert place in done.out.replace("  ", "\n").split()
