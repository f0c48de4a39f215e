"""States that git keeps: read as they are, with nothing touched and a clear answer in trouble."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.store import git as store
from cchc_cli.store.files import read_plans
from cchc_cli.syntax import decode_bytes

Run = Callable[..., Any]
APPENDIX = "plans/cchc-2021-2025/appendix.yaml"
QUARTER, LATER = "deadline: Quý IV năm 2021", "deadline: Quý I năm 2022"
I_3 = "deadline_changed I.3"


def git(folder: Path, *arguments: str) -> str:
    """Run git with a name and nothing of the settings of this machine."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    env |= {
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip
    command = ["git", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=True)
    return done.stdout.decode().strip()


def commit(folder: Path, subject: str = "x") -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", subject)
    return git(folder, "rev-parse", "HEAD")


def edit(root: Path, old: str, new: str, path: str = APPENDIX) -> None:
    file = root / path
    text = file.read_bytes().decode()
    assert text.count(old) == 1
    file.write_bytes(text.replace(old, new).encode())


@pytest.fixture
def repo(office: Path) -> Path:
    """A repository with two commits: first with I.3 due in a quarter, then with another product."""
    git(office, "init", "-q", "-b", "main")
    commit(office, "first")
    edit(office, "products: [Báo cáo kết quả kiểm tra]", "products: [Báo cáo]")
    commit(office)
    return office


@pytest.fixture
def changes(cchc_in: Run) -> Callable[..., list[str]]:
    """Which changes the command finds, each as its kind and subject."""

    def run(folder: Path, *arguments: str) -> list[str]:
        done = cchc_in(folder, "--format", "json", *arguments)
        assert (done.code, done.err) == (0, "")
        return [f"{c['kind']} {c['subject']}" for c in json.loads(done.out)["changes"]]

    return run


def test_the_last_commit_and_the_working_tree(repo: Path, changes: Run) -> None:
    assert changes(repo) == []
    edit(repo, QUARTER, LATER)
    assert changes(repo) == [I_3]
    assert changes(repo, "HEAD~1") == [I_3, "product_changed I.2"]


def test_two_revisions_by_any_name_of_them(repo: Path, changes: Run) -> None:
    git(repo, "tag", "-a", "v1", "-m", "v1", "HEAD~1")
    edit(repo, QUARTER, LATER)  # none of their business
    first = git(repo, "rev-parse", "HEAD~1")
    for name in ("HEAD~1", "v1", first, first[:12], "main^", ":/first"):
        assert changes(repo, name, "main") == ["product_changed I.2"], name


def test_what_is_staged_and_not_what_is_not(repo: Path, changes: Run) -> None:
    edit(repo, QUARTER, LATER)
    git(repo, "add", APPENDIX)
    edit(repo, LATER, "deadline: Quý II năm 2022")
    new = repo / "plans" / "cchc-2021-2025" / "progress"
    new.mkdir()
    (new / "VP.yaml").write_text("unit: VP\nprogress:\n  - {task: I.3, note: a}\n", "utf-8")
    assert changes(repo, "--staged") == [I_3]
    assert changes(repo, "HEAD~1", "--staged") == [I_3, "product_changed I.2"]
    assert changes(repo) == [I_3, "progress_recorded I.3"]


def test_json_names_the_commits(repo: Path, cchc_in: Run) -> None:
    found = json.loads(cchc_in(repo, "HEAD~1", "--format", "json").out)
    commit_of = git(repo, "rev-parse", "HEAD~1")
    assert found["before"] == {"name": "HEAD~1", "commit": commit_of}
    assert found["after"] == {"name": "working tree", "commit": None}


def test_the_exit_code_tells_only_if_asked(repo: Path, cchc_in: Run) -> None:
    assert cchc_in(repo, "--exit-code").code == 0
    edit(repo, QUARTER, LATER)
    assert cchc_in(repo).code == 0
    assert cchc_in(repo, "--exit-code").code == 1


def test_the_plans_in_a_folder_of_a_larger_repository(
    office: Path, tmp_path_factory: pytest.TempPathFactory, changes: Run
) -> None:
    outer = tmp_path_factory.mktemp("outer")
    root = outer / "phòng ban" / "cơ quan"
    root.parent.mkdir()
    shutil.copytree(office, root)
    shutil.copytree(office / "plans", outer / "plans")  # of somebody else
    git(outer, "init", "-q")
    commit(outer)
    edit(root, QUARTER, LATER)
    assert changes(root) == [I_3]
    assert changes(outer, "--root", str(root)) == [I_3]
    git(outer, "add", "--all")
    assert changes(root, "--staged") == [I_3]
    assert changes(root / "plans", "HEAD", "--staged") == [I_3]


def test_line_ends_of_windows_are_no_change(repo: Path, changes: Run) -> None:
    for file in (repo / "plans").rglob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert changes(repo) == []
    commit(repo)
    assert changes(repo, "HEAD~1", "HEAD") == []


def test_a_revision_holds_the_files_that_are_read_from_a_folder(repo: Path) -> None:
    (repo / "plans" / ".hidden.yaml").write_text("x: [", "utf-8")
    (repo / "plans" / "notes.txt").write_text("x", "utf-8")
    (repo / "plans" / "UNITS.YML").write_text("x", "utf-8")
    commit(repo)
    sources, problems = read_plans(repo)
    tree = store.read_revision(repo, "HEAD")
    assert (tree.sources, tree.problems) == (sources, problems)
    assert store.read_index(repo)._replace(commit=tree.commit) == tree


def test_templates_are_compared_by_name(repo: Path, changes: Run) -> None:
    (repo / "templates").mkdir()
    (repo / "templates" / "report.md.jinja").write_text("x\n", "utf-8")
    (repo / "templates" / "build.py").write_text("x\n", "utf-8")
    commit(repo)
    (repo / "templates" / "report.md.jinja").write_bytes(b"x\r\n")
    assert changes(repo) == []
    (repo / "templates" / "report.md.jinja").write_text("y\n", "utf-8")
    assert changes(repo, "HEAD~1") == ["template_added report.md.jinja"]
    assert changes(repo) == ["template_changed report.md.jinja"]


def test_nothing_is_touched(repo: Path, cchc_in: Run) -> None:
    edit(repo, QUARTER, LATER)

    def everything() -> dict[Path, tuple[int, bytes]]:
        files = (path for path in repo.rglob("*") if path.is_file())
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = everything()
    for arguments in ([], ["HEAD~1"], ["HEAD~1", "HEAD"], ["--staged"]):
        assert cchc_in(repo, *arguments).code == 0
    assert everything() == before


def test_plans_that_came_later_are_all_new(repo: Path, cchc_in: Run) -> None:
    git(repo, "checkout", "-q", "--orphan", "empty")
    git(repo, "rm", "-rfq", ".")
    git(repo, "commit", "-q", "--allow-empty", "-m", "empty")
    git(repo, "checkout", "-q", "main")
    done = cchc_in(repo, "empty", "main")
    assert done.code == 0
    assert done.err == "cchc: there are no plans in “empty”\n"
    assert "plan added: period “2021-2025”" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--", "-x"], "git knows no revision “-x”"),
        (["--", "--output=stolen"], "git knows no revision “--output=stolen”"),
        (["main..HEAD"], "name two revisions: cchc diff A B"),
        (["no-such"], "“git log --oneline” and “git branch -a” list what there is"),
        ([f"HEAD:{APPENDIX}"], "git knows no revision"),
        ([""], "working tree"),
        (["HEAD", "empty-folder"], "nor does that folder hold a folder “plans”"),
    ],
)
def test_a_revision_that_is_none(repo: Path, cchc_in: Run, arguments: list[str], said: str) -> None:
    (repo / "empty-folder").mkdir()
    done = cchc_in(repo, *arguments)
    assert said in done.err + done.out
    assert done.code == (0 if arguments == [""] else 3)
    assert not (repo / "stolen").exists()


def test_staged_and_two_revisions_do_not_go_together(repo: Path, cchc_in: Run) -> None:
    done = cchc_in(repo, "HEAD~1", "HEAD", "--staged")
    assert (done.code, "with --staged name one revision at most" in done.err) == (2, True)


def test_a_shallow_clone_says_how_to_get_the_rest(
    repo: Path, tmp_path_factory: pytest.TempPathFactory, cchc_in: Run
) -> None:
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "-q", "--depth", "1", repo.as_uri(), "office")
    done = cchc_in(clone / "office", "HEAD~1")
    assert done.code == 3
    assert "git knows no revision “HEAD~1” in this shallow clone" in done.err
    assert "git fetch --unshallow" in done.err
    assert cchc_in(clone / "office").code == 0


def test_without_git_two_folders_can_be_compared(
    office: Path, tmp_path_factory: pytest.TempPathFactory, cchc: Run
) -> None:
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(office / "plans", other / "plans")
    edit(other, QUARTER, LATER)
    nowhere = {"PATH": str(other)}
    refused = cchc("diff", cwd=office, env=nowhere)
    assert refused.code == 3
    assert "git is not installed, or not found" in refused.err
    assert "cchc diff FOLDER FOLDER" in refused.err
    done = cchc("diff", ".", str(other), cwd=office, env=nowhere)
    assert (done.code, "1 occurrence affected" in done.out) == (0, True)


def test_outside_any_repository(office: Path, cchc: Run) -> None:
    done = cchc("diff", cwd=office, env={"GIT_CEILING_DIRECTORIES": str(office.parent)})
    assert (done.code, "is in no git repository" in done.err) == (3, True)


def test_before_the_first_commit(office: Path, cchc_in: Run) -> None:
    git(office, "init", "-q")
    done = cchc_in(office)
    assert (done.code, "nothing has been committed yet" in done.err) == (3, True)


@pytest.mark.parametrize("broken", ["before", "after"])
def test_a_plan_that_cannot_be_read_on_one_side(repo: Path, cchc_in: Run, broken: str) -> None:
    edit(repo, QUARTER, "deadline: [Quý IV năm 2021")
    if broken == "before":
        commit(repo)
        edit(repo, "deadline: [Quý IV năm 2021", QUARTER)
    done = cchc_in(repo)
    name = "HEAD" if broken == "before" else "working tree"
    assert done.code == 3
    assert done.out == ""
    assert f"errors in the plans of “{name}”: they cannot be compared" in done.err
    assert "error[CCHC004]" in done.err


def test_errors_that_leave_everything_readable_hinder_nobody(repo: Path, changes: Run) -> None:
    edit(repo, QUARTER, f"{QUARTER}\u200b")  # a hidden character
    edit(repo, "plan: cchc-2021-2025", "plan: khac")
    (repo / "plans" / "stray.yaml").write_text("a: 1\n", "utf-8")
    (repo / "plans" / "office.yaml").unlink()
    commit(repo)
    found = changes(repo, "HEAD~1", "HEAD", "--root", ".")
    assert [name.strip() for name in found] == [I_3, "office_changed"]


def test_an_unfinished_merge(repo: Path, cchc_in: Run) -> None:
    git(repo, "checkout", "-q", "-b", "other")
    edit(repo, QUARTER, LATER)
    commit(repo)
    git(repo, "checkout", "-q", "main")
    edit(repo, QUARTER, "deadline: Quý II năm 2022")
    commit(repo)
    with pytest.raises(subprocess.CalledProcessError):
        git(repo, "merge", "-q", "other")
    done = cchc_in(repo, "--staged")
    assert (done.code, f"the merge of “{APPENDIX}” is not finished" in done.err) == (3, True)


def test_a_link_in_a_revision_is_not_followed(repo: Path, cchc_in: Run) -> None:
    (repo / "plans" / "cchc-2021-2025" / "events.yaml").unlink()
    (repo / "plans" / "cchc-2021-2025" / "events.yaml").symlink_to("reporting.yaml")
    commit(repo)
    done = cchc_in(repo, "HEAD", "HEAD~1")
    assert done.code == 3
    assert "events.yaml:1:1: error[CCHC001] a link is not followed in a revision" in done.err


def test_a_submodule_in_a_revision_is_named(
    repo: Path, tmp_path_factory: pytest.TempPathFactory, cchc_in: Run
) -> None:
    other = tmp_path_factory.mktemp("sub")
    git(other, "init", "-q")
    (other / "plan.yaml").write_text("id: khac\n", "utf-8")
    commit(other)
    git(repo, "submodule", "add", "-q", str(other), "plans/khac")
    commit(repo)
    done = cchc_in(repo, "HEAD", "HEAD~1")
    assert done.code == 3
    assert "plans/khac:1:1: error[CCHC001] this is a submodule" in done.err


def test_a_file_that_is_too_large(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (store, decode_bytes):
        monkeypatch.setattr(module, "MAX_BYTES", 5000)
    tree = store.read_revision(repo, "HEAD")
    found: list[Diagnostic] = tree.problems
    large = [str(p.relative_to(repo).as_posix()) for p in (repo / "plans").rglob("*.yaml")
             if p.stat().st_size > 5000]  # fmt: skip
    assert sorted((d.code, d.span.path) for d in found) == sorted(("CCHC003", p) for p in large)
    assert len(large) >= 2
    assert "plans/units.yaml" in {source.path for source in tree.sources}


def test_more_files_than_a_pipe_holds(repo: Path) -> None:
    progress = repo / "plans" / "cchc-2021-2025" / "progress"
    progress.mkdir()
    for number in range(3000):
        (progress / f"U{number}.yaml").write_text(f"unit: U{number}\n" + "# x\n" * 30, "utf-8")
    commit(repo)
    assert len(store.read_revision(repo, "HEAD").sources) > 3000


def test_what_is_staged_from_within_a_hook(
    office: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outer = tmp_path_factory.mktemp("outer")
    shutil.copytree(office, outer / "office")
    git(outer, "init", "-q")
    commit(outer)
    hook = outer / ".git" / "hooks" / "pre-commit"
    command = f"'{sys.executable}' -m cchc_cli diff --staged --root office --format github"
    hook.write_text(f"#!/bin/sh\n{command} > seen\n", "utf-8")
    hook.chmod(0o755)
    edit(outer / "office", QUARTER, LATER)
    git(outer, "add", "--all")
    git(outer, "commit", "-q", "-m", "x")
    assert "title=I.3::" in (outer / "seen").read_text("utf-8")
