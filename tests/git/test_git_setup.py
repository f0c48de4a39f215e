"""`cchc git-setup` in real repositories: what git does with it, without it, and afterwards."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from cchc_cli.render.line_diff import difference
from cchc_cli.store.drivers import command, settings, with_block, without_block

Run = Callable[..., Any]
Git = Callable[..., "subprocess.CompletedProcess[str]"]
FILE = "plans/cchc-2021-2025/progress/VP.yaml"


def set_up(cchc: Run, git: Git, office: Path) -> None:
    """As everybody is told to do: run it and commit `.gitattributes`."""
    ran = cchc("git-setup", cwd=office)
    assert (ran.code, ran.err) == (0, "")
    git("add", ".gitattributes")
    git("commit", "-q", "-m", "git-setup")


def record(cchc: Run, office: Path, task: str, day: str, *more: str) -> None:
    given = ("done", task, "--unit", "VP", "--on", day, *more)
    ran = cchc(*given, "--doc", f"Quyết định {day}", cwd=office)
    assert ran.code == 0, ran.err


def two_branches(cchc: Run, git: Git, office: Path, *records: tuple[str, str]) -> None:
    """One clerk records on `main`, another on `khac`; the first merges."""
    for branch, (task, day) in zip(("khac", "main"), records, strict=True):
        git("checkout", "-q", *(["-b"] if branch == "khac" else []), branch)
        record(cchc, office, task, day)
        git("add", ".")
        git("commit", "-q", "-m", task)


def test_two_branches_that_record_for_one_unit_merge_cleanly(
    cchc: Run, git: Git, office: Path
) -> None:
    set_up(cchc, git, office)
    record(cchc, office, "I.2", "2022-03-01", "--period", "2022")
    git("add", ".")
    git("commit", "-q", "-m", "I.2")
    two_branches(cchc, git, office, ("I.3", "2021-12-30"), ("IV.3", "2022-12-01"))
    git("merge", "-q", "khac")
    text = (office / FILE).read_text(encoding="utf-8")
    places = [text.index(f"task: {task}") for task in ("I.2", "IV.3", "I.3")]
    assert places == sorted(places)
    assert cchc("validate", "--strict", cwd=office).code == 0


def test_the_first_entries_of_a_unit_merge_too(cchc: Run, git: Git, office: Path) -> None:
    set_up(cchc, git, office)
    two_branches(cchc, git, office, ("I.3", "2021-12-30"), ("IV.3", "2022-12-01"))
    git("merge", "-q", "khac")
    assert (office / FILE).read_text(encoding="utf-8").count("- task:") == 2


def test_a_contradiction_stays_a_conflict_with_both_values(
    cchc: Run, git: Git, office: Path
) -> None:
    set_up(cchc, git, office)
    two_branches(cchc, git, office, ("I.3", "2021-12-30"), ("I.3", "2021-12-29"))
    merged = git("merge", "khac", code=1)
    assert "both sides recorded I.3 (2021-Q4), and not the same" in merged.stderr
    assert git("status", "--porcelain").stdout == f"AA {FILE}\n"
    text = (office / FILE).read_text(encoding="utf-8")
    ours, theirs = text.index("2021-12-29"), text.index("2021-12-30")
    assert text.index("<<<<<<< ours") < ours < text.index("=======") < theirs
    assert cchc("validate", cwd=office).code == 1


def test_without_cchc_git_merges_as_it_always_did(cchc: Run, git: Git, office: Path) -> None:
    """A person who has removed `cchc` must not lose what the others recorded."""
    set_up(cchc, git, office)
    for key, value in settings("/no/such/cchc").items():
        git("config", key, value)
    two_branches(cchc, git, office, ("I.3", "2021-12-30"), ("IV.3", "2022-12-01"))
    git("merge", "khac", code=1)
    text = (office / FILE).read_text(encoding="utf-8")
    assert "<<<<<<< ours" in text
    assert "task: I.3" in text
    assert "task: IV.3" in text
    git("checkout", "--ours", FILE)
    git("commit", "-qam", "x")
    record(cchc, office, "I.2", "2022-03-01", "--period", "2022")
    assert "+  - task: I.2" in git("diff").stdout


def test_remove_leaves_git_as_it_was(cchc: Run, git: Git, office: Path) -> None:
    before = (office / ".git" / "config").read_bytes()
    cchc("git-setup", cwd=office)
    assert (office / ".gitattributes").exists()
    assert cchc("git-setup", "--remove", cwd=office).code == 0
    assert (office / ".git" / "config").read_bytes() == before
    assert not (office / ".gitattributes").exists()
    two_branches(cchc, git, office, ("I.3", "2021-12-30"), ("IV.3", "2022-12-01"))
    merged = git("merge", "khac", code=1)
    assert "<<<<<<< HEAD" in (office / FILE).read_text(encoding="utf-8")
    assert "cchc" not in merged.stderr
    assert cchc("git-setup", "--remove", cwd=office).code == 0, "twice does no harm"


def test_a_difference_is_shown_by_cchc(cchc: Run, git: Git, office: Path) -> None:
    set_up(cchc, git, office)
    git("config", "diff.cchc.command", git("config", "diff.cchc.command").stdout.split(" || ")[0]
        + "; }; f")  # fmt: skip  # no way out: what is shown comes from cchc
    units = office / "plans" / "units.yaml"
    units.write_bytes(units.read_bytes().replace(b"\n", b"\r\n", 1))
    record(cchc, office, "I.3", "2021-12-30")
    git("add", FILE)
    shown = git("diff", "HEAD").stdout
    assert f"--- /dev/null\n+++ {FILE}\n" in shown
    assert "+  - task: I.3\n" in shown
    assert "units.yaml" in shown, "that file has another attribute"
    appendix = office / "plans" / "cchc-2021-2025" / "appendix.yaml"
    appendix.write_text("fields: []\n", encoding="utf-8")
    assert "+fields: []" in git("diff").stdout
    appendix.write_bytes("fields".encode("utf-16"))
    assert "the file is UTF-16" in git("diff").stdout
    git("mv", FILE, FILE.replace("VP", "KHTC"))
    assert "KHTC.yaml" in git("diff", "-M", "HEAD").stdout


@pytest.mark.parametrize("folder", ["", "Sở 1/"])
def test_a_difference_is_said_in_words_before_its_lines(
    cchc: Run, git: Git, office: Path, folder: str
) -> None:
    if folder:
        (office / folder).mkdir()
        git("mv", "plans", f"{folder}plans")
        git("commit", "-qm", "mv")
    set_up_in = office / folder
    assert cchc("git-setup", cwd=set_up_in).code == 0
    path = f"{folder}plans/cchc-2021-2025/appendix.yaml"
    file = office / path
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Quý I năm kế hoạch", "Quý II năm kế hoạch"), encoding="utf-8")
    shown = git("diff").stdout
    words, lines = shown.split(f"\n--- {path}\n")
    assert "→ working tree, statuses as of" in words
    assert "due 3 months later" in words
    assert "+        deadline: Quý II năm kế hoạch" in lines
    git("commit", "-qam", "Quý II")
    file.write_text(file.read_text(encoding="utf-8") + "# chỉ là ghi chú\n", encoding="utf-8")
    assert git("diff").stdout.startswith(f"--- {path}\n"), "a comment says nothing"
    assert "due 3 months later" in git("diff", "HEAD~1", "HEAD").stdout
    file.write_text("fields: [\n", encoding="utf-8")
    assert git("diff").stdout.startswith("--- "), "of what cannot be read there are lines alone"
    file.unlink()
    assert f"--- {path}\n+++ /dev/null\n" in git("diff").stdout


def test_the_history_is_told_in_words_beside_the_files_of_its_time(
    cchc: Run, git: Git, office: Path
) -> None:
    set_up(cchc, git, office)
    record(cchc, office, "I.3", "2021-12-30")
    git("add", FILE)
    git("commit", "-qm", "xong I.3")
    units = office / "plans" / "units.yaml"
    units.write_text("units: []\n", encoding="utf-8")  # of today, when nobody knows VP any more
    git("commit", "-qam", "hỏng")
    shown = git("show", "--ext-diff", "HEAD~1").stdout
    assert "I.3: progress recorded: VP, period 2021-Q4" in shown
    assert "+  - task: I.3\n" in shown
    assert shown == git("log", "-p", "-1", "--ext-diff", "HEAD~1").stdout


def test_a_plan_root_in_a_sub_folder(cchc: Run, git: Git, office: Path) -> None:
    (office / "Sở 1").mkdir()
    git("mv", "plans", "Sở 1/plans")
    git("commit", "-qm", "mv")
    assert cchc("git-setup", cwd=office / "Sở 1" / "plans").code == 0
    path = f"Sở 1/{FILE}"
    assert git("check-attr", "merge", path).stdout.endswith("merge: cchc-progress\n")
    assert not (office / ".gitattributes").exists()


def test_what_would_change_can_be_seen_before(cchc: Run, git: Git, office: Path) -> None:
    before = (office / ".git" / "config").read_bytes()
    shown = cchc("git-setup", "--dry-run", cwd=office)
    assert shown.code == 0
    assert "merge.cchc-progress.driver = " in shown.out
    assert "+plans/*/progress/*.yaml diff=cchc merge=cchc-progress" in shown.out
    assert (office / ".git" / "config").read_bytes() == before
    assert git("status", "--porcelain").stdout == ""


def test_without_a_repository_nothing_is_set(cchc: Run, office: Path) -> None:
    ran = cchc("git-setup", cwd=office)
    assert (ran.code, ran.out) == (3, "")
    assert "in no git repository" in ran.err
    assert not (office / ".gitattributes").exists()


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (None, "a\nb\n", "--- /dev/null\n+++ plans/x.yaml\n@@ -0,0 +1,3 @@\n+a\n+b\n+"),
        ("a", None, "--- plans/x.yaml\n+++ /dev/null\n@@ -1 +0,0 @@\n-a"),
        ("a\r\nb\r\n", "a\r\nc\r\n", " a\n-b\n+c\n "),
        ("a\n", "a\r\n", "-a\n+a\r\n "),
        ("a\n", "a", " a\n-"),
        ("", "a", "+a"),
        ("a", "a", ""),
    ],
)
def test_a_difference_shows_what_changed_and_nothing_else(
    before: str | None, after: str | None, shown: str
) -> None:
    found = difference("plans/x.yaml", before, after)
    assert found.endswith(shown)
    assert (found == "") == (shown == "")


def test_a_difference_is_in_utf_8_whatever_the_console(cchc: Run, office: Path) -> None:
    file = office / "plans" / "units.yaml"
    poor = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    given = (str(file), "/dev/null", ".", ".", str(file), "0" * 40, "100644")
    ran = cchc("git-diff", "--", *given, cwd=office, env=poor)
    assert ran.code == 0
    assert "+    name: Văn phòng Sở\n" in ran.out
    assert cchc("git-diff", "a", "b", cwd=office).code == 2


@pytest.mark.parametrize(
    "text",
    ["", "*.pdf binary\n", "*.pdf binary", "\ufeff*.pdf binary\r\n# ghi chú\r\n", "\n\n* text\n"],
)
def test_other_attributes_stay_byte_for_byte(text: str) -> None:
    once = with_block(text)
    assert once.count("merge=cchc-progress") == 1
    assert with_block(once) == once
    assert without_block(once) == text
    assert ("\r\n" in once) == ("\r\n" in text)


def test_lines_of_an_older_version_are_replaced_where_they_stand() -> None:
    old = "*.pdf binary\n# >>> cchc git-setup\nold\n# <<< cchc git-setup\n*.zip binary\n"
    new = with_block(old)
    assert new.startswith("*.pdf binary\n# >>> cchc git-setup\n")
    assert new.endswith("# <<< cchc git-setup\n*.zip binary\n")
    assert "old" not in new
    assert without_block(new) == "*.pdf binary\n*.zip binary\n"


def test_attributes_in_another_encoding_survive(cchc: Run, git: Git, office: Path) -> None:
    del git
    path = office / ".gitattributes"
    path.write_bytes(b"# Qu\xfd I\n*.pdf binary")
    cchc("git-setup", cwd=office)
    assert path.read_bytes().endswith(b"# <<< cchc git-setup\n# Qu\xfd I\n*.pdf binary")
    cchc("git-setup", "--remove", cwd=office)
    assert path.read_bytes() == b"# Qu\xfd I\n*.pdf binary"


def test_the_command_is_one_that_the_shell_of_git_understands() -> None:
    python = PureWindowsPath(r"C:\Python 3\python.exe")
    found = PureWindowsPath(r"C:\Users\Cán bộ\.venv\Scripts\cchc.exe")
    assert command(found, python) == "'C:/Users/Cán bộ/.venv/Scripts/cchc.exe'"
    assert command(None, python) == "'C:/Python 3/python.exe' -m cchc_cli"
    assert command(PurePosixPath("/usr/bin/cchc"), python) == "/usr/bin/cchc"


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs the shell that git has")
def test_a_folder_with_a_percent_sign_and_a_quote(
    cchc: Run, git: Git, office: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    set_up(cchc, git, office)
    tool = tmp_path_factory.mktemp("100% o'clock %A") / "cchc"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cchc_cli "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    for key, value in settings(command(tool, tool)).items():
        git("config", key, value)
    two_branches(cchc, git, office, ("I.3", "2021-12-30"), ("IV.3", "2022-12-01"))
    git("merge", "-q", "khac")
