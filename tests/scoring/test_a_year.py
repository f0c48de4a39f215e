"""A year of scoring in the invented office of `cchc init --demo`, each command on its own day."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from cchc_cli.core.layout.rules import check
from cchc_cli.documents.word_layout import read_layout

ROOT = Path(__file__).parents[2]
ON_A_DAY = str(Path(__file__).parents[1] / "on_a_day.py")
IS_EXAMPLE = "Bộ tiêu chí này là ví dụ"
Ran = tuple[int, str]


class Office:
    """The invented office, and its commands in Vietnamese."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("CCHC_", "LC_"))}
        self.env |= {"PYTHONUTF8": "1", "CCHC_CONFIG": str(root / "config.toml"), "COLUMNS": "200"}

    def run(self, day: str, *words: str) -> Ran:
        done = subprocess.run(
            [sys.executable, ON_A_DAY, day, *words],
            cwd=self.root, env=self.env, capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        return done.returncode, done.stdout.decode() + done.stderr.decode()

    def done(self, day: str, *words: str) -> str:
        code, said = self.run(day, *words)
        assert code == 0, (words, said)
        return said

    def score(self, day: str, *words: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            self.done(day, "score", "--year", "2025", "--format", "json", *words)
        )
        return found

    def of(self, day: str, criterion: str) -> dict[str, Any]:
        every = self.score(day)["criteria"]
        return next(one for one in every if one["criterion"] == criterion)  # type: ignore[no-any-return]

    @property
    def records(self) -> str:
        return (self.root / "plans" / "scoring" / "2025.yaml").read_text(encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path, demo: Path) -> Office:
    """Scoring has begun; the list lets the plan answer whether it was issued in time."""
    found = Office(shutil.copytree(demo, tmp_path / "thu"))
    found.done("2025-03-03", "scoring", "init", "--year", "2025")
    listed = found.root / "plans" / "scoring" / "criteria" / "vi-du.yaml"
    text = listed.read_text(encoding="utf-8")
    measure = "measure: {kind: done_on_time, task: I.1"
    assert f"# {measure}, shift: -1}}" in text
    listed.write_text(text.replace(f"# {measure}, shift: -1}}", f"{measure}}}"), encoding="utf-8")
    return found


def test_a_year_of_scoring(office: Office) -> None:
    # The list is sound, and the plan answers by itself what it can.
    office.done("2025-03-03", "validate", "--strict")
    issued = office.of("2025-03-03", "1.1.1")
    assert issued["points"] == "2"
    assert [at.partition(":")[0] for at in issued["records"]] == [
        "plans/vi-du-2025-2026/progress/VP.yaml"
    ], "where the answer is written down"
    reports = office.of("2025-03-03", "1.2")
    assert reports["points"] is None, "the demo plan gives no due day for reports"
    spring = office.score("2025-03-03")
    assert (spring["total"], spring["example"], spring["lost"]) == ("2", True, "0")

    # In summer figures are declared; what does not fit is refused, and nothing is written.
    declare = ("scoring", "declare", "--year", "2025", "--unit", "VP")
    office.done("2025-07-01", *declare, "3.2", "190/200", "--doc", "Số liệu một cửa (ví dụ)")
    office.done("2025-07-01", *declare, "7.1", "không áp dụng")
    office.done("2025-07-01", *declare, "1.6", "2")
    before = office.records
    for criterion, answer in (("2.2", "5"), ("3.2", "có"), ("2.2", "không áp dụng"),
                              ("3.2", "201/200")):  # fmt: skip
        code, said = office.run("2025-07-01", *declare, criterion, answer)
        assert (code, "CCHC706" in said) == (1, True), said
    code, said = office.run("2025-07-01", *declare, "1.1", "có")
    assert (code, "1.1.1, 1.1.2" in said) == (2, True), said
    office.done("2025-07-01", *declare, "6.2", "có", "--dry-run")
    assert office.records == before
    summer = office.score("2025-07-02")
    assert (summer["applicable"], summer["not_applicable"]) == ("94", 1)
    assert summer["lost"] == "1", "only what was taken off"

    # A later figure takes the place of the earlier one, which stays for its days.
    office.done("2025-12-20", *declare, "3.2", "198/200", "--doc", "Số liệu cả năm (ví dụ)")
    assert office.records.startswith(before)
    assert office.of("2025-12-20", "3.2")["points"] == "9.9"
    told = office.done("2025-12-20", "score", "--year", "2025", "--as-of", "2025-07-02")
    assert "9,5/10" in told
    assert IS_EXAMPLE in told

    # After the year what was not reached is lost, and an appraisal changes no point of one's own.
    own = office.score("2026-02-02")
    assert office.of("2026-02-02", "3.2")["lost"] == "0.1"
    appraise = ("scoring", "appraise", "V1", "--year", "2025")
    code, said = office.run("2026-02-02", *appraise, "3.2", "9")
    assert (code, "--name" in said) == (2, True), said
    office.done("2026-02-02", *appraise, "3.2", "9", "--name", "Thẩm định lần 1 (ví dụ)",
                "--reason", "Hai hồ sơ thiếu chứng cứ (ví dụ)")  # fmt: skip
    code, said = office.run("2026-02-02", *appraise, "3.1.1", "4,5")
    assert (code, "CCHC706" in said) == (1, True), said
    after = office.score("2026-02-02")
    assert after["total"] == own["total"]
    assert [(one["points"], one["missing"]) for one in after["rounds"]] == [("9", 21)]
    office.done("2026-02-02", "validate")


def words_of(content: bytes) -> str:
    body = docx.Document(BytesIO(content)).element.body
    return "\n".join(t.text or "" for t in body.iter(qn("w:t")))


@pytest.mark.parametrize("document", ["form", "report"])
def test_the_form_and_the_report_say_that_the_list_is_an_example(
    office: Office, document: str
) -> None:
    office.done("2025-07-01", "scoring", "declare", "1.4", "8", "--year", "2025", "--unit", "TT")
    said = office.done("2025-07-02", "scoring", document, "--year", "2025", "--out", "ra")
    word, excel = (office.root / line for line in said.splitlines())
    assert check(read_layout(word.read_bytes())) == []
    assert IS_EXAMPLE in words_of(word.read_bytes())
    sheet = openpyxl.load_workbook(excel).active
    rows = {str(row[0].value): [cell.value for cell in row] for row in sheet.iter_rows()}
    assert any(IS_EXAMPLE in str(cell) for row in rows.values() for cell in row)
    assert rows["1.4"][6] == "2"
    assert not rows["2"][6], "a field in which nobody has answered has no points, not zero"
    again = office.done("2025-07-02", "scoring", document, "--year", "2025", "--out", "lai")
    for first, second in zip((word, excel), again.splitlines(), strict=True):
        assert first.read_bytes() == (office.root / second).read_bytes(), "same content, same bytes"


def test_a_list_that_somebody_has_decided_on_is_not_called_an_example(office: Office) -> None:
    listed = office.root / "plans" / "scoring" / "criteria" / "vi-du.yaml"
    text = listed.read_text(encoding="utf-8")
    listed.write_text(text.replace("example: true", "authority: Quyết định số 1 (ví dụ)"))
    assert IS_EXAMPLE not in office.done("2025-07-01", "score", "--year", "2025")


@pytest.mark.parametrize("form", ["md", "table"])
def test_a_unit_sees_what_it_answers_for(office: Office, form: str) -> None:
    listed = office.root / "plans" / "scoring" / "criteria" / "vi-du.yaml"
    ten = "        maximum: 10\n"
    text = listed.read_text(encoding="utf-8").replace(ten, f"{ten}        unit: TT\n")
    listed.write_text(text, encoding="utf-8")
    told = office.done("2025-07-01", "score", "--year", "2025", "--unit", "TT", "--format", form)
    assert "Tỷ lệ hồ sơ giải quyết đúng hạn" in told
    assert "Quy chế chi tiêu" not in told
    assert IS_EXAMPLE in told


@pytest.mark.parametrize(("name", "year"), [("không có năm nào", "2040"), ("hai bộ", "2024")])
def test_no_list_is_ever_guessed(office: Office, name: str, year: str) -> None:
    folder = office.root / "plans" / "scoring" / "criteria"
    text = (folder / "vi-du.yaml").read_text(encoding="utf-8")
    (folder / "khac.yaml").write_text(text.replace("id: vi-du", "id: khac"), encoding="utf-8")
    code, said = office.run("2025-07-01", "score", "--year", year)
    assert code == 3, (name, said)
    assert "vi-du" in said
    assert "Traceback" not in said


def test_the_templates_are_what_their_script_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "templates")
    script = importlib.import_module("build_score_docx")

    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(content)) as file:
            return {name: file.read(name) for name in file.namelist()}

    for name, build in (("score_form", script.form), ("score_report", script.report)):
        built = parts(build())
        assert built == parts((ROOT / "templates" / f"{name}.docx").read_bytes()), name


def test_the_evidence_of_a_declared_answer_is_looked_after_as_any_other(office: Office) -> None:
    proof = office.root / "van-ban" / "mot-cua.txt"
    proof.write_text("Số liệu một cửa (ví dụ)", encoding="utf-8")
    office.done("2025-07-01", "scoring", "declare", "3.2", "97/100", "--year", "2025", "--unit",
                "VP", "--file", "van-ban/mot-cua.txt", "--checksum")  # fmt: skip
    office.done("2025-07-01", "validate", "--strict")
    proof.write_text("Số liệu khác", encoding="utf-8")
    code, said = office.run("2025-07-01", "validate")
    assert (code, "CCHC507" in said) == (1, True), said


def test_no_year_begins_that_the_example_does_not_hold(tmp_path: Path, cchc: Any) -> None:  # noqa: ANN401
    assert cchc("init", "thu", "--demo", cwd=tmp_path).code == 0
    ran = cchc("scoring", "init", "--year", "2035", cwd=tmp_path / "thu")
    assert (ran.code, "valid in 2021-2030, not in 2035" in ran.err) == (3, True), ran.err
    assert not (tmp_path / "thu" / "plans" / "scoring").exists()
