"""A machine is set up: whatever is missing is said in one line, with what to do about it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PLAN = "plans/vi-du-2025-2026"


@pytest.fixture
def thu(clerk: Run, here: Path) -> Path:
    """An invented office without fault."""
    assert clerk("init", "thu", "--demo").code == 0
    return here / "thu"


@pytest.fixture
def ask(clerk: Run) -> Callable[..., tuple[int, dict[str, dict[str, str]]]]:
    """Exit code and findings that are not in order, by what they are about."""

    def run(**env: str) -> tuple[int, dict[str, dict[str, str]]]:
        answer = clerk("doctor", "--format", "json", inside="thu", **env)
        assert "Traceback" not in answer.err
        found = json.loads(answer.out)
        return answer.code, {each["check"]: each for each in found if each["level"] != "ok"}

    return run


def test_a_sound_installation_is_told_line_by_line(clerk: Run, thu: Path) -> None:
    answer = clerk("doctor", inside="thu")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert all(line.startswith("ok: ") for line in lines), answer.out
    plans = "no errors (plans: vi-du-2025-2026; 14 files)"
    for said in ("Python 3.", "cchc 0.", "git version", "Vietnamese", str(thu), plans, "schemas"):
        assert any(said in line for line in lines), said


def test_a_problem_is_said_in_one_line_with_what_to_do(clerk: Run) -> None:
    answer = clerk("doctor", CCHC_LANG="vi")
    assert answer.code == 1
    (line,) = [line for line in answer.out.splitlines() if line.startswith("có vấn đề: ")]
    assert "không tìm thấy kế hoạch" in line
    assert "→" in line


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def spoil_word(thu: Path) -> None:
    path = thu / "templates" / "report.docx"
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"{%p if", b"{%p oops"))
    path.write_bytes(out.getvalue())


@pytest.mark.parametrize(
    ("break_it", "about", "level", "said", "to_do"),
    [
        (lambda t: replace(t / PLAN / "appendix.yaml", "lead: Trung tâm", "lead: Trung âm"),
         "plans", "problem", "the plan files have", "cchc validate"),
        (lambda t: (t / "plans" / "office.yaml").write_bytes(b"\0\xff"),
         "plans", "problem", "the plan files have 1 errors", "cchc validate"),
        (lambda t: (t / "plans" / "calendar" / "2026.yaml").unlink(),
         "calendar", "warning", "no working calendar for 2026", "cchc workdays 2026"),
        (lambda t: (t / "plans" / ".schema" / "units.json").unlink(),
         "schema", "warning", "of another version: units", "cchc schema"),
        (lambda t: replace(t / "plans" / ".schema" / "plan.json", '"effective"', '"effektiv"'),
         "schema", "warning", "of another version: plan", "cchc schema"),
        (lambda t: (t / "plans" / ".schema" / "plan.json").write_text("{"),
         "schema", "warning", "of another version: plan", "cchc schema"),
        (lambda t: replace(t / "templates" / "report.md.jinja", "{% if", "{% oops"),
         "templates", "problem", "templates/report.md.jinja:", "mend the template"),
        (lambda t: (t / "templates" / "reminder.docx").write_bytes(b"PK"),
         "templates", "problem", "this is not a Word file", "mend the template"),
        (spoil_word, "templates", "problem", "templates/report.docx: ", "mend the template"),
        (lambda t: (t / "plans" / ".cchc.owner").write_text("lan@may-1, 7"),
         "left-behind", "warning", "cut off: plans/.cchc.owner", "delete these files"),
        (lambda t: (t / PLAN / "progress" / ".VP.yaml.4711").write_text("unit: VP"),
         "left-behind", "warning", f"cut off: {PLAN}/progress/.VP.yaml.4711", "delete these"),
        (lambda t: (t.parent / "config.toml").write_text("unit = VP"),
         "config", "problem", "config.toml” cannot be read", "delete it"),
        (lambda t: (t.parent / "config.toml").write_text('unit = "TTUD"'),
         "unit", "warning", "no unit “TTUD”", "cchc config unit"),
        (lambda t: (t.parent / "config.toml").write_text('unit = "KH"'),
         "unit", "warning", "your unit KH ended on 2025-07-31", "cchc config unit"),
        (lambda t: (t.parent / "gitconfig").write_text(""),
         "git", "warning", "git does not know your name", "git config --global user.name"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_and_nothing_else(
    thu: Path, ask: Run, break_it: Callable[[Path], object], about: str, level: str, said: str,
    to_do: str,
) -> None:  # fmt: skip
    assert ask() == (0, {})
    break_it(thu)
    code, found = ask(EMAIL="")
    assert set(found) == {about}
    assert (code, found[about]["level"]) == (int(level == "problem"), level)
    assert said in found[about]["message"]
    assert to_do in found[about]["hint"]


def test_a_writer_at_work_left_nothing_behind(thu: Path, ask: Run) -> None:
    hold = (
        "import sys, pathlib, time\nfrom cchc_cli.store.writing import one_writer\n"
        "with one_writer(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", hold, str(thu)], stdout=subprocess.PIPE)
    assert writer.stdout
    try:
        writer.stdout.readline()
        _code, found = ask()
        assert "somebody else is writing to the plans" in found["left-behind"]["message"]
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert "cut off: plans/.cchc.owner" in ask()[1]["left-behind"]["message"]


@pytest.mark.usefixtures("thu")
def test_schemas_in_the_other_language_are_current(clerk: Run) -> None:
    assert clerk("schema", inside="thu", CCHC_LANG="vi").code == 0
    assert all(line.startswith("ok") for line in clerk("doctor", inside="thu").out.splitlines())


@pytest.mark.usefixtures("thu")
def test_without_git_and_on_an_old_console_everything_else_is_still_told(
    ask: Run, here: Path
) -> None:
    code, found = ask(PATH=str(here), PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert code == 0
    assert "git is not installed" in found["git"]["message"]
    assert "cannot write “ợ” (" in found["console"]["message"]
    assert "8859-1" in found["console"]["message"]


@pytest.mark.usefixtures("thu")
@pytest.mark.skipif(os.name == "nt", reason="a shell script")
@pytest.mark.parametrize(
    ("answer", "level"), [("DejaVu Serif", "warning"), ("Liberation Serif", "ok"), ("", None)]
)
def test_a_font_of_another_width_is_told_where_it_can_be_asked(
    clerk: Run, here: Path, answer: str, level: str | None
) -> None:
    program = here / "fc-match"
    program.write_text(f"#!/bin/sh\nprintf '{answer}'\n")
    program.chmod(0o755)
    path = f"{here}{os.pathsep}{os.environ['PATH']}"
    found = json.loads(clerk("doctor", "--format", "json", inside="thu", PATH=path).out)
    assert [each["level"] for each in found if each["check"] == "font"] == [level] * bool(level)


def test_a_check_with_a_bug_of_its_own_is_a_finding(thu: Path) -> None:
    program = (
        "from cchc_cli.__main__ import main\nfrom cchc_cli.cli import doctor\n"
        "doctor.git = doctor.read_plans = lambda *_: 1 / 0\nraise SystemExit(main(['doctor']))\n"
    )
    env = os.environ | {"CCHC_LANG": "en", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=thu, env=env, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")
    said = done.stdout.decode()
    assert "problem: git cannot be examined" in said
    assert "problem: plans cannot be examined" in said
    assert "ok: Python 3." in said


def test_every_template_is_looked_over(clerk: Run, thu: Path) -> None:
    spoilt = [path for path in sorted((thu / "templates").iterdir()) if path.name != "README.md"]
    for path in spoilt:
        path.write_text("{% if", encoding="utf-8")
    said = clerk("doctor", inside="thu").out
    assert [path.name for path in spoilt if f"templates/{path.name}" not in said] == []
