"""`cchc check-docx` as an official runs it; and what this program itself writes conforms."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.layout.rules import RULES, check
from cchc_cli.documents.word_layout import read_layout
from cchc_cli.i18n import activate, say

from .conftest import PAGES, body, report, size
from .test_rules import PLAIN

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "report" / "office"
NARROW = PAGES["portrait"].replace('left="1701"', 'left="1440"')


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with three Word files, and no plans."""
    (tmp_path / "đúng.docx").write_bytes(report())
    small = "".join(body(f"{n}. Đã xong.", size(12)) for n in range(40))
    (tmp_path / "sai.docx").write_bytes(report(portrait=NARROW, second=small))
    (tmp_path / "hỏng.docx").write_bytes(b"PK not at all")
    return tmp_path


def test_a_file_that_conforms_is_told_in_one_sentence(cchc: Run, here: Path) -> None:
    ran = cchc("check-docx", "đúng.docx", cwd=here)
    assert (ran.code, ran.err) == (0, "")
    first, scope = ran.out.splitlines()
    assert first == f"đúng.docx: no deviation; rules checked: {len(RULES)}"
    assert "not what the document says" in scope


def test_forty_places_are_one_line_and_each_rule_says_how_to_mend_it(cchc: Run, here: Path) -> None:
    ran = cchc("check-docx", "sai.docx", "--lang", "vi", cwd=here)
    assert ran.code == 1
    expected = f"""\
sai.docx: sai thể thức 2 điểm; đã kiểm tra {len(RULES)} quy tắc
  1. lề trang: trên và dưới 20–25 mm, trái 30–35 mm, phải 15–20 mm
     thấy: lề trái 25,4 mm — phần trang (section) 1
     Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục I.3
     → Bố cục (Layout) > Lề (Margins) > Lề Tùy chỉnh (Custom Margins)
  2. nội dung: cỡ chữ 13–14
     thấy: cỡ chữ 12 — đoạn 6 (“0. Đã xong.”); đoạn 7 (“1. Đã xong.”); \
đoạn 8 (“2. Đã xong.”); … (tất cả 40 chỗ)
     Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.6.e
     → chọn chữ; Trang đầu (Home) > Phông chữ (Font): phông, cỡ, đậm (B), nghiêng (I), màu
  Chỉ đo thể thức: chưa kiểm tra nội dung văn bản, cũng chưa kiểm tra những gì phải nhìn \
bằng mắt như độ dài đường kẻ, con dấu.
"""
    assert ran.out == expected


def test_several_files_are_told_one_after_the_other(cchc: Run, here: Path) -> None:
    ran = cchc("check-docx", "đúng.docx", "sai.docx", cwd=here)
    assert ran.code == 1
    assert ran.out.index("đúng.docx") < ran.out.index("sai.docx")


def test_a_file_that_cannot_be_read_does_not_hide_the_others(cchc: Run, here: Path) -> None:
    ran = cchc("check-docx", "hỏng.docx", "missing.docx", "đúng.docx", cwd=here)
    assert ran.code == 3
    assert "cchc: hỏng.docx: this is no Word or Excel file" in ran.err
    assert "cchc: missing.docx: it cannot be read: it does not exist" in ran.err
    assert "đúng.docx: no deviation" in ran.out


def test_json_has_what_the_help_names(cchc: Run, here: Path) -> None:
    ran = cchc("check-docx", "sai.docx", "đúng.docx", "--format", "json", cwd=here)
    assert ran.code == 1
    wrong, right = json.loads(ran.out)
    assert right == {"file": "đúng.docx", "rules": len(RULES), "conforms": True, "deviations": []}
    assert len(wrong["deviations"]) == 41
    assert wrong["deviations"][1] == {
        "rule": "body-size",
        "advice": False,
        "place": "paragraph 6",
        "text": "0. Đã xong.",
        "found": "size 12 pt",
        "wanted": "text: 13–14 pt",
        "article": "Decree 30/2020/NĐ-CP, Appendix I, Part I, section II.6.e",
        "mend": "select the text; Home > Font: font, size, B, I, colour",
    }


def test_advice_alone_does_not_fail(cchc: Run, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(report(tasks=PLAIN))
    ran = cchc("check-docx", "a.docx", cwd=tmp_path)
    assert ran.code == 0
    assert "a.docx: no deviation" in ran.out
    assert "Advice, which the decree leaves open:\n  * long tables repeat" in ran.out


def test_without_a_file_or_in_an_unknown_format_usage_is_told(cchc: Run, here: Path) -> None:
    assert cchc("check-docx", cwd=here).code == 2
    assert cchc("check-docx", "đúng.docx", "--format", "xml", cwd=here).code == 2


@pytest.mark.parametrize(
    "command",
    [
        ("report", "--period", "2022-Q1"),
        ("report", "--period", "2022-H1"),
        ("report", "--period", "2022-Q2"),
        ("report", "--period", "2022"),
        ("report", "--period", "2022-Q2", "--unit", "VP"),
        ("publish", "appendix", "--year", "2022"),
        ("remind", "--as-of", "2022-06-25"),
    ],
    ids=" ".join,
)
def test_what_this_program_writes_conforms(
    cchc: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    ran = cchc(*command, "--format", "docx", "--out", str(tmp_path), cwd=SAMPLE)
    assert (ran.code, ran.err) == (0, "")
    files = sorted(tmp_path.glob("*.docx"))
    assert files
    activate("en")
    found = {
        (each.rule.id, say(each.place), say(each.found))
        for file in files
        for each in check(read_layout(file.read_bytes()))
    }
    assert found == set()


def test_a_signed_plan_is_printed_as_signed_even_where_its_letters_break_a_rule(
    cchc: Run, tmp_path: Path
) -> None:
    assert cchc("publish", "plan", "--out", str(tmp_path), cwd=ROOT).code == 0
    ran = cchc("check-docx", *map(str, tmp_path.glob("*.docx")), "--format", "json", cwd=ROOT)
    (file,) = json.loads(ran.out)
    (deviation,) = file["deviations"]
    assert "PHỤ LỤC" in json.dumps(deviation, ensure_ascii=False)
