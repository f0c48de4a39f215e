"""`cchc validate --format sarif`: what a code-hosting service needs to show the findings."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
BASE = Path(__file__).parent / "base"


@pytest.fixture(name="office")
def office_fixture(tmp_path: Path) -> Path:
    """A sound plan in a folder of its own."""
    shutil.copytree(BASE, tmp_path / "office")
    return tmp_path / "office"


def change(office: Path, old: str, new: str) -> None:
    path = office / "plans" / "vi-du" / "appendix.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def the_run(text: str) -> dict[str, Any]:
    """The only run of a log, once it has what the standard requires of every log."""
    log = json.loads(text)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "cchc"
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        ids = [other["id"] for other in result.get("relatedLocations", [])]
        assert len(set(ids)) == len(ids)
        for place in (*result["locations"], *result.get("relatedLocations", [])):
            where = place["physicalLocation"]
            assert not where["artifactLocation"]["uri"].startswith(("/", "file:"))
            region = where["region"]
            assert min(region.values()) >= 1
            assert (region["startLine"], region["startColumn"]) <= (
                region["endLine"],
                region["endColumn"],
            )
    return dict(run)


def test_a_finding_has_its_rule_its_place_and_what_to_do(cchc: Run, office: Path) -> None:
    change(office, "lead: Văn phòng Sở", "lead: Văn phòn Sở")
    answer = cchc("validate", "--format", "sarif", cwd=office)
    assert answer.code == 1
    assert answer.err == "errors: 1, warnings: 0, acknowledged: 0; read 1 tasks from 6 files.\n"
    run = the_run(answer.out)
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "CCHC203"
    assert rule["shortDescription"]["text"] == "No such unit or group"
    assert rule["fullDescription"]["text"].startswith("A cell for the lead")
    assert "## Wrong" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    (result,) = run["results"]
    assert result["message"]["text"] == (
        "I.1: no unit or group is called “Văn phòn Sở”\n→ did you mean “Văn phòng Sở”?"
    )
    assert result["suppressions"] == []
    where = result["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "plans/vi-du/appendix.yaml"
    assert where["region"] == {
        "startLine": 10, "startColumn": 15, "endLine": 10, "endColumn": 26,
    }  # fmt: skip
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_sound_plan_gives_an_empty_log(cchc: Run, office: Path) -> None:
    answer = cchc("validate", "--format", "sarif", cwd=office)
    assert (answer.code, the_run(answer.out)["results"]) == (0, [])


def test_every_finding_of_a_broken_plan_is_in_it_with_the_other_places(cchc: Run) -> None:
    arguments = ("validate", "--root", "tests/data/broken", "--format")
    as_json = json.loads(cchc(*arguments, "json").out)["findings"]
    results = the_run(cchc(*arguments, "sarif").out)["results"]
    assert [r["ruleId"] for r in results] == [f["code"] for f in as_json]
    twice = next(r for r in results if r["ruleId"] == "CCHC201")
    (other,) = twice["relatedLocations"]
    assert other["message"]["text"] == "first given here"
    assert other["physicalLocation"]["region"]["startLine"] == 13


def test_what_was_acknowledged_is_suppressed_with_its_reason(cchc: Run) -> None:
    answer = cchc("validate", "--format", "sarif", cwd=ROOT)
    assert answer.code == 0
    results = the_run(answer.out)["results"]
    assert len(results) == 18
    for result in results:
        (suppression,) = result["suppressions"]
        assert suppression["kind"] == "external"
        assert suppression["status"] == "accepted"
        assert len(suppression["justification"]) > 10


def test_the_rules_speak_the_language_of_the_reader(cchc: Run) -> None:
    answer = cchc("validate", "--format", "sarif", "--lang", "vi", cwd=ROOT)
    driver = the_run(answer.out)["tool"]["driver"]
    assert driver["language"] == "vi"
    rule = next(rule for rule in driver["rules"] if rule["id"] == "CCHC402")
    assert rule["shortDescription"]["text"] == "Lỗi chính tả"


def test_no_text_of_a_plan_becomes_a_link_or_a_blank(cchc: Run, office: Path) -> None:
    change(office, "lead: Văn phòng Sở", 'lead: "Mở [bấm](http://x.vn) {0} nhé"')
    answer = cchc("validate", "--format", "sarif", cwd=office)
    text = the_run(answer.out)["results"][0]["message"]["text"]
    assert r"“Mở \[bấm\](http://x.vn) {{0}} nhé”" in text


def test_files_are_named_from_the_top_of_the_repository(cchc: Run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    office = tmp_path / "Sở KH&CN, 100%"
    shutil.copytree(BASE, office)
    change(office, "lead: Văn phòng Sở", "lead: Thanh tra")
    answer = cchc("validate", "--format", "sarif", cwd=office / "plans")
    (place,) = the_run(answer.out)["results"][0]["locations"]
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "S%E1%BB%9F%20KH%26CN%2C%20100%25/plans/vi-du/appendix.yaml"
    answer = cchc("validate", "--format", "github", cwd=office)
    file = re.search("file=(.*),line=10,", answer.out)
    assert file is not None
    assert file[1] == "Sở KH&CN%2C 100%25/plans/vi-du/appendix.yaml"


def test_a_line_break_in_a_value_ends_no_annotation(cchc: Run, office: Path) -> None:
    change(office, "lead: Văn phòng Sở", r'lead: "Thanh tra\n::error::x\n:,%0A"')
    answer = cchc("validate", "--format", "github", cwd=office)
    lines = answer.out.splitlines()
    assert [line for line in lines if not line.startswith("::error file=")] == []
    assert [line for line in lines if line.count("%250A") != 1] == []
