"""`cchc validate` on the command line: forms, exit codes, and what it leaves alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
BASE = Path(__file__).parent / "base"
SLIP = "Kế hoạch tuyên tuyền"


@pytest.fixture(name="office")
def office_fixture(tmp_path: Path) -> Path:
    """A sound plan in a folder of its own."""
    shutil.copytree(BASE, tmp_path / "office")
    return tmp_path / "office"


def change(office: Path, old: str, new: str, name: str = "vi-du/appendix.yaml") -> None:
    path = office / "plans" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_sound_plan_is_told_to_be_sound(cchc: Run, office: Path) -> None:
    answer = cchc("validate", cwd=office)
    said = "errors: 0, warnings: 0, acknowledged: 0; read 1 tasks from 6 files.\n"
    assert (answer.code, answer.out, answer.err) == (0, said, "")


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--strict"], 1)])
def test_a_warning_fails_only_if_asked_to(
    cchc: Run, office: Path, arguments: list[str], code: int
) -> None:
    change(office, "Xây dựng Kế hoạch", SLIP)
    assert cchc("validate", *arguments, cwd=office).code == code


def test_an_error_always_fails(cchc: Run, office: Path) -> None:
    change(office, "lead: Văn phòng Sở", "lead: Thanh tra")
    assert cchc("validate", cwd=office).code == 1


def test_findings_as_json(cchc: Run, office: Path) -> None:
    change(office, "Xây dựng Kế hoạch", SLIP)
    answer = json.loads(cchc("validate", "--format", "json", cwd=office).out)
    assert answer == {
        "findings": [
            {
                "code": "CCHC402",
                "severity": "warning",
                "file": "plans/vi-du/appendix.yaml",
                "line": 8,
                "column": 24,
                "end_line": 8,
                "end_column": 35,
                "message": "“tuyên tuyền” is misspelled",
                "hint": "did you mean “tuyên truyền”?",
                "subject": "I.1",
                "found": "tuyên tuyền",
                "related": [],
            }
        ],
        "summary": {"errors": 0, "warnings": 1, "acknowledged": 0, "tasks": 1, "files": 6},
    }


def test_findings_as_annotations_and_nothing_else(cchc: Run, office: Path) -> None:
    change(office, "lead: Văn phòng Sở", 'lead: "Thanh tra 100%, ::error::x"')
    answer = cchc("validate", "--format", "github", cwd=office)
    assert answer.out == (
        "::error file=plans/vi-du/appendix.yaml,line=10,col=16,endLine=10,endColumn=42,"
        "title=CCHC203::I.1: no unit or group is called “Thanh tra 100%25, ::error::x”\n"
    )
    assert answer.err == ("errors: 1, warnings: 0, acknowledged: 0; read 1 tasks from 6 files.\n")
    change(office, 'lead: "Thanh tra 100%, ::error::x"', "lead: Văn phòng Sở")
    assert cchc("validate", "--format", "github", cwd=office).out == ""


def test_one_plan_of_several(cchc: Run, office: Path) -> None:
    shutil.copytree(office / "plans" / "vi-du", office / "plans" / "khac")
    for name in ("plan.yaml", "appendix.yaml"):
        change(office, "vi-du", "khac", f"khac/{name}")
    change(office, "Xây dựng Kế hoạch", SLIP, "khac/appendix.yaml")
    assert "warnings: 0" in cchc("validate", "--plan", "vi-du", cwd=office).out
    answer = cchc("validate", "--plan", "khac", cwd=office)
    assert "warnings: 1, acknowledged: 0; read 1 tasks from 8 files." in answer.out
    assert "read 2 tasks" in cchc("validate", cwd=office).out


def test_a_plan_that_cannot_be_read_can_be_asked_for(cchc: Run, office: Path) -> None:
    change(office, "period: 2022-2023", "period: bốn năm", "vi-du/plan.yaml")
    assert cchc("validate", "--plan", "vi-du", cwd=office).code == 1


@pytest.mark.parametrize("arguments", [["--plan", "xyz"], ["--format", "xml"], ["--fast"]])
def test_what_cannot_be_asked_is_a_mistake_of_usage(
    cchc: Run, office: Path, arguments: list[str]
) -> None:
    answer = cchc("validate", *arguments, cwd=office)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err


def test_without_plans_nothing_can_run(cchc: Run, tmp_path: Path) -> None:
    answer = cchc("validate", cwd=tmp_path)
    assert (answer.code, answer.out) == (3, "")
    assert "Traceback" not in answer.err


def test_the_findings_survive_a_console_without_vietnamese(cchc: Run, office: Path) -> None:
    change(office, "Xây dựng Kế hoạch", SLIP)
    poor = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LANG": "C"}
    answer = cchc("validate", cwd=office, env=poor)
    assert "I.1: \udc93tuy\udcean tuyen\udc94 is misspelled" in answer.out  # “, ê and ” of cp1252
    found = json.loads(cchc("validate", "--format", "json", cwd=office, env=poor).out)
    assert found["findings"][0]["found"] == "tuyên tuyền"


def test_validating_writes_nothing(cchc: Run, office: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in office.rglob("*")}
    cchc("validate", cwd=office)
    assert {path: path.stat().st_mtime_ns for path in office.rglob("*")} == before
