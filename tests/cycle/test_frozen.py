"""Frozen reports: an office sends its report of quarter II, and things come to light afterwards.

The office and everything that happens in it are invented.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

OFFICE = Path(__file__).parents[1] / "report" / "office"
FOLDER = "plans/mau-2022"
FROZEN = f"{FOLDER}/frozen.yaml"
Run = Callable[..., "Ran"]
Git = Callable[..., str]


class Ran(Protocol):
    """A finished command."""

    code: int
    out: str
    err: str


class Desk:
    """The plans of the office under git, and its command line."""

    def __init__(self, root: Path, git: Git, cchc: Run) -> None:
        self.root, self.git, self._cchc = root, git, cchc

    def cchc(self, *arguments: str) -> Ran:
        return self._cchc(*arguments, cwd=self.root)

    def freeze(self, *more: str, period: str = "2022-Q2") -> Ran:
        out = str(self.root.parent / "out")
        return self.cchc("report", "--period", period, "--freeze", "--format", "md", "--out", out,
                         *more)  # fmt: skip

    def add(self, path: str, text: str) -> None:
        with (self.root / FOLDER / path).open("a", encoding="utf-8") as file:
            file.write(text)

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text("utf-8")
        assert text.count(old) == 1
        (self.root / path).write_text(text.replace(old, new), "utf-8")

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "-qm", "Ghi nhận")

    @property
    def told(self) -> list[str]:
        """The changes by which the report of quarter II is explained, sorted."""
        done = self.cchc("frozen", "2022-Q2")
        assert done.code == 0, done.err
        lines = done.out.splitlines()
        return sorted(line[2:] for line in lines if line.startswith(("• ", "! ")))


@pytest.fixture
def desk(tmp_path: Path, under_git: Callable[[Path], Git], cchc: Run) -> Desk:
    root = tmp_path / "office"
    shutil.copytree(OFFICE / "plans", root / "plans")
    return Desk(root, under_git(root), cchc)


@pytest.fixture
def sent(desk: Desk) -> Desk:
    """The report of quarter II has been sent."""
    done = desk.freeze("--number", "12/BC-MAU", "--on", "2022-06-16", "--commit")
    assert (done.code, done.err) == (0, "")
    return desk


LATE = """\
  - {task: I.4, period: 2022-Q1, state: done, completed_on: 2022-03-30, recorded_on: 2022-06-20}
"""
CORRECTION = """\
  - {task: I.3, period: 2022-03, state: done, completed_on: 2022-03-30, recorded_on: 2022-06-21, \
reason: Ghi nhầm ngày}
"""
NOTE = "  - {task: II.1, period: 2022-06-30, recorded_on: 2022-06-22, note: Đã họp}\n"
EXTENSION = """\
extensions:
  - {task: II.1, to: 2022-08-31, on: 2022-06-10, authority: CV 9 (ví dụ), reason: Chờ ý kiến}
"""
LATER_EXTENSION = """\
  - {task: II.8, to: 2023-01-31, on: 2022-06-25, authority: CV 10 (ví dụ), reason: Chờ ý kiến}
"""


def test_what_is_on_record_names_the_text_and_its_commit(desk: Desk) -> None:
    head = desk.git("rev-parse", "HEAD").strip()
    done = desk.freeze("--number", "12/BC-MAU", "--on", "2022-06-16")
    assert (done.code, done.err) == (0, "")
    (written,) = (desk.root.parent / "out").iterdir()
    checksum = hashlib.sha256(written.read_bytes()).hexdigest()
    text = (desk.root / FROZEN).read_text("utf-8")
    for piece in (
        "period: 2022-Q2", "12/BC-MAU", "on: 2022-06-16", "as_of: 2022-06-14", head, checksum,
    ):  # fmt: skip
        assert piece in text
    assert "frozen.yaml" not in desk.cchc("validate").out
    # The record changes nothing of the plans: the next report can be frozen at once.
    assert desk.freeze(period="2022-Q1").code == 0


def test_an_untouched_office_gives_the_text_again(sent: Desk) -> None:
    done = sent.cchc("frozen")
    assert (done.code, done.err) == (0, "")
    (line,) = done.out.splitlines()
    assert line.startswith("mau-2022, 2022-Q2 (No. 12/BC-MAU, of 2022-06-16, figures as of")
    assert line.endswith("unchanged when made again today")
    assert sent.told == []


def test_every_difference_is_told_by_the_change_it_comes_from(sent: Desk) -> None:
    sent.add("progress/KH.yaml", LATE)
    assert [line.split(":")[0] for line in sent.told] == ["I.4"]
    sent.add("progress/TT.yaml", CORRECTION)
    sent.add("amendments.yaml", EXTENSION)
    sent.commit()
    # What holds or was entered after the day of the report cannot have changed it.
    sent.add("progress/KH.yaml", NOTE)
    sent.add("amendments.yaml", LATER_EXTENSION)
    corrected, late, *extended = sent.told
    assert corrected.startswith("I.3: progress corrected: TT, period 2022-03: done on 2022-03-30")
    assert late.startswith("I.4: progress recorded: KH, period 2022-Q1: done on 2022-03-30")
    assert [line.split(":")[0] for line in extended] == ["II.1"] * len(extended)
    assert any("extended to 2022-08-31" in line for line in extended)


def test_what_cannot_change_it_leaves_it_unchanged(sent: Desk) -> None:
    sent.add("progress/KH.yaml", NOTE)
    assert "unchanged when made again today" in sent.cchc("frozen").out


def test_another_template_of_the_office_is_told(desk: Desk) -> None:
    (desk.root / "templates").mkdir()
    template = desk.root / "templates" / "report.md.jinja"
    template.write_text("Báo cáo {{ report.period_name }}\n", "utf-8")
    desk.commit()
    assert desk.freeze("--commit").code == 0
    assert "unchanged" in desk.cchc("frozen").out
    template.write_text("Báo cáo kết quả {{ report.period_name }}\n", "utf-8")
    assert desk.told == ["templates/report.md.jinja: template changed"]


def test_a_record_that_was_altered_is_told(sent: Desk) -> None:
    sent.replace(FROZEN, "as_of: 2022-06-14", "as_of: 2022-06-13")
    done = sent.cchc("frozen", "2022-Q2")
    assert done.code == 1
    assert "or the record was altered" in done.out
    assert "Nothing has changed in the plans that bears on it" in done.out
    difference = sent.cchc("diff").out
    assert "! 2022-Q2: frozen report changed: figures as of" in difference


def test_a_commit_that_is_gone(sent: Desk, under_git: Callable[[Path], Git]) -> None:
    shutil.rmtree(sent.root / ".git")
    under_git(sent.root)
    done = sent.cchc("frozen", "2022-Q2")
    assert done.code == 0
    assert "its commit cannot be read (git knows no revision" in done.out
    assert "made again today, the text is the same" in done.out
    sent.add("progress/KH.yaml", LATE)
    done = sent.cchc("frozen", "2022-Q2")
    assert (done.code, "the text is another" in done.out) == (1, True)


def test_a_shallow_clone_says_how_to_get_the_rest(sent: Desk, tmp_path: Path, cchc: Run) -> None:
    sent.add("progress/KH.yaml", LATE)
    sent.commit()
    sent.git("clone", "-q", "--depth", "1", f"file://{sent.root}", str(tmp_path / "clone"))
    done = cchc("frozen", "2022-Q2", cwd=tmp_path / "clone")
    assert (done.code, "in this shallow clone" in done.out) == (1, True)
    assert "git fetch --unshallow" in done.out


def test_a_name_that_moves_is_no_commit(sent: Desk) -> None:
    commit = sent.git("rev-parse", "HEAD~1").strip()
    sent.replace(FROZEN, commit, "main")
    assert "“main” is no full id of a commit" in sent.cchc("frozen").out


def test_a_corrected_report_is_a_later_record(sent: Desk) -> None:
    sent.add("progress/KH.yaml", LATE)
    sent.commit()
    done = sent.freeze("--number", "13/BC-MAU")
    assert done.code == 0
    assert "2022-Q2 has been frozen before (No. 12/BC-MAU" in done.err
    first, second = sent.cchc("frozen").out.splitlines()
    assert first.endswith("changed when made again today")
    assert second.endswith("unchanged when made again today")


def test_a_number_is_given_once(sent: Desk) -> None:
    done = sent.freeze("--number", "12/BC-MAU", "--on", "2022-07-01", period="2022-Q1")
    assert (done.code, "CCHC511" in done.err) == (1, True)
    assert (sent.root / FROZEN).read_text("utf-8").count("12/BC-MAU") == 1


def test_reports_of_units_are_told_apart(desk: Desk) -> None:
    assert desk.freeze("--unit", "VP").code == 0
    assert desk.freeze().err == ""
    assert len(desk.cchc("frozen", "2022-Q2").out.splitlines()) == 2
    (line,) = desk.cchc("frozen", "--unit", "VP").out.splitlines()
    assert line.startswith("mau-2022, 2022-Q2 VP (no number recorded")


def test_what_no_commit_names_is_not_frozen(desk: Desk, tmp_path: Path, cchc: Run) -> None:
    desk.add("progress/KH.yaml", LATE)
    done = desk.freeze()
    assert done.code == 3
    assert f"not committed to git: {FOLDER}/progress/KH.yaml" in done.err
    shutil.copytree(OFFICE / "plans", tmp_path / "paper" / "plans")
    done = cchc("report", "--period", "2022-Q2", "--freeze", cwd=tmp_path / "paper")
    assert (done.code, "is in no git repository" in done.err) == (3, True)
    assert "or leave out --freeze" in done.err
    assert not (desk.root / FROZEN).exists()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--period", "2022-Q2", "--number", "12/BC-MAU"],
        ["--ended", "--freeze"],
        ["--period", "2022-Q2", "--freeze", "--dry-run"],
        ["--period", "2022-Q2", "--freeze", "--rev", "HEAD"],
    ],
)
def test_options_that_do_not_go_together(desk: Desk, arguments: list[str]) -> None:
    assert desk.cchc("report", *arguments).code == 2
    assert not (desk.root / FROZEN).exists()


def test_none_frozen_yet(desk: Desk) -> None:
    done = desk.cchc("frozen")
    assert (done.code, done.out.startswith("No report has been frozen.")) == (0, True)
