"""`--rev`: any command that reads, on the plans as they were, with nothing touched."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from .conftest import Repo

# Every verb either answers from the revision or refuses; a new one has to decide, too.
READS = {
    "due": [], "list": [], "show": ["I.4"], "waiting": [], "validate": [], "log": ["I.4"],
    "resolve": ["Quý I năm kế hoạch"], "report": ["--period", "2022", "--out", "OUT"],
    "publish": ["appendix", "--year", "2022", "--out", "OUT"],
    "remind": ["--out", "OUT"], "calendar": ["--unit", "VP", "--out", "OUT"],
    "form": ["--unit", "VP", "--period", "2022", "--out", "OUT/form.xlsx"],
    "status": [], "page": ["--as-of", "2022-04-01", "--out", "OUT/page.html"],
    "export": ["--out", "OUT/list.xlsx"], "frozen": [], "event": ["list"], "unit": ["list"],
    "inspection": ["list"], "communication": ["list"],
    "rollup": ["."],
}  # fmt: skip
_DECIDED = ["I.4", "--to", "2022-05-31", "--on", "2022-01-01", "--authority", "A", "--reason", "R"]
_ON = ["--on", "2022-01-01", "--authority", "A", "--reason", "R"]
WRITES = {
    "done": ["I.4", "--unit", "VP"], "start": ["I.4", "--unit", "VP"],
    "note": ["I.4", "--unit", "VP", "--note", "x"],
    "undo-done": ["I.4", "--unit", "VP", "--reason", "x"],
    "extend": _DECIDED, "suspend": ["I.4", *_ON], "resume": ["I.4", *_ON], "cancel": ["I.4", *_ON],
    "transfer": ["I.4", "--from", "VP", "--to", "TTR", *_ON],
    "reword": ["I.4", "--name", "x", *_ON],
    "add": ["I", "--name", "x", "--lead", "VP", "--deadline", "Năm 2022", *_ON],
    "collect": ["x.xlsx"], "workdays": ["2027"], "schema": [], "config": ["unit", "VP"], "diff": [],
    "git-setup": [], "import": ["x.docx"],
    "plan-year": ["2022"], "plan-period": ["2026-2030"],
}  # fmt: skip
# No plans, or none of a revision; asks questions; git’s own; tested with its history.
ELSEWHERE = {
    "explain", "init", "completion", "update", "merge-progress", "git-diff", "blame",
    "doctor", "check-docx", "score", "scoring",
}  # fmt: skip


def everything(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def named(told: Repo, name: str) -> str:
    return next(one for one, called in told.commits.items() if called == name)


def test_every_verb_has_been_thought_of(told: Repo) -> None:
    commands = told.cchc("--help").out.split("Commands:")[1]
    verbs = re.findall(r"^  ([a-z-]+)  ", commands, re.MULTILINE)
    assert "undo-done" in verbs
    assert set(verbs) <= {*READS, *WRITES, *ELSEWHERE}


@pytest.mark.parametrize("verb", READS)
def test_what_reads_answers_from_the_revision(told: Repo, tmp_path: Path, verb: str) -> None:
    before = everything(told.root)
    arguments = [word.replace("OUT", str(tmp_path / "out")) for word in READS[verb]]
    done = told.cchc(verb, *arguments, "--rev", named(told, "recorded"))
    assert done.code == 0, done.err
    assert everything(told.root) == before


@pytest.mark.parametrize("verb", WRITES)
def test_what_writes_refuses(told: Repo, tmp_path: Path, verb: str) -> None:
    before = everything(told.root)
    env = {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    done = told._cchc(verb, *WRITES[verb], "--rev", "HEAD~1", cwd=told.root, env=env)
    assert (done.code, "plans as they are now; leave out --rev" in done.err) == (2, True), done.err
    assert everything(told.root) == before
    assert everything(tmp_path) == {}


def test_the_plan_as_it_was_and_not_as_it_is(told: Repo) -> None:
    first = named(told, "first")
    assert "Quý I năm kế hoạch" in told.cchc("show", "I.4", "--rev", first).out
    now = told.cchc("show", "II.4")
    assert "Quý II năm kế hoạch" in now.out
    assert told.cchc("--rev", "main", "show", "II.4").out == now.out
    assert told.cchc("show", "II.4", f"--rev={first}").code == 2
    asked = ("due", "--as-of", "2022-01-02", "--unit", "VP", "--format", "json", "--rev")
    status = {
        name: {item["task"]: item["status"] for item in json.loads(done.out)["items"]}.get("I.3")
        for name in ("first", "recorded")
        if (done := told.cchc(*asked, named(told, name)))
    }
    assert status == {"first": "overdue", "recorded": None}


def test_a_report_is_written_by_the_template_of_its_time(repo: Repo, tmp_path: Path) -> None:
    repo.write("templates/report.md.jinja", "cũ\n")
    repo.commit("old template", "2022-04-01")
    repo.write("templates/report.md.jinja", "mới\n")
    out = str(tmp_path / "out")
    command = ("report", "--period", "2022", "--format", "md", "--out", out)
    assert repo.cchc(*command, "--rev", "HEAD").code == 0
    (written,) = Path(out).iterdir()
    assert written.read_text("utf-8") == "cũ\n"


def test_no_template_of_today_for_plans_that_had_none(repo: Repo, tmp_path: Path) -> None:
    repo.write("templates/report.md.jinja", "mới\n")
    out = str(tmp_path / "out")
    assert repo.cchc("report", "--period", "2022", "--format", "md", "--out", out, "--rev",
                     "HEAD").code == 0  # fmt: skip
    (written,) = Path(out).iterdir()
    assert written.read_text("utf-8") != "mới\n"


@pytest.mark.parametrize("verb", ["due", "resolve", "validate", "log"])
def test_a_revision_that_there_is_not(told: Repo, verb: str) -> None:
    arguments = ["Năm 2022", "--year", "2022"] if verb == "resolve" else []
    done = told.cchc(verb, *arguments, "--rev", "no-such")
    assert (done.code, "git knows no revision “no-such”" in done.err) == (3, True)


def test_a_revision_before_there_were_plans(repo: Repo) -> None:
    repo.git("checkout", "-q", "--orphan", "empty")
    repo.git("rm", "-rfq", ".")
    repo.git("commit", "-q", "--allow-empty", "-m", "empty")
    repo.git("checkout", "-q", "main")
    done = repo.cchc("due", "--rev", "empty")
    assert (done.code, done.err) == (3, "cchc: there are no plans in “empty”\n")


def test_validate_does_not_look_for_files_that_are_not_of_the_revision(repo: Repo) -> None:
    done = repo.cchc("validate", "--rev", "HEAD")
    assert "the files of evidence are not looked at" in done.err
    assert "evidence" not in repo.cchc("validate").err
