"""`cchc blame`: who set each fact of a task as it is now."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from .conftest import APPENDIX, PLAN, PROGRESS, Repo

FIRST = {"name": "first", "products": "first", "lead": "first", "support": "first"}


def blame(repo: Repo, *arguments: str) -> dict[str, str | None]:
    """Each fact with the commit that set it, by its name in the story; entries are numbered."""
    done = repo.cchc("blame", *arguments, "--format", "json")
    assert done.code == 0, done.err
    found: dict[str, str | None] = {}
    for fact in json.loads(done.out)["facts"]:
        name = fact["fact"]
        if name in ("decision", "progress"):
            name += str(1 + sum(known.startswith(name) for known in found))
        assert fact["committed"] or fact["commit"] is None
        commit = repo.commits[fact["commit"]] if fact["commit"] else "?"
        found[name] = commit if fact["committed"] else None
    return found


def test_a_task_that_was_moved_keeps_who_wrote_what(told: Repo) -> None:
    """Not the move, and not the new layout, but the one who reworded the deadline."""
    assert blame(told, "II.4") == FIRST | {"deadline": "deadline reworded"}


def test_each_entry_of_progress_by_itself(told: Repo) -> None:
    assert blame(told, "I.3") == FIRST | {
        "deadline": "first", "progress1": "recorded", "progress2": "taken back",
    }  # fmt: skip


def test_what_is_written_otherwise_or_in_another_order_was_not_set_anew(repo: Repo) -> None:
    repo.edit("{document: Quyết định số 1, date", "{document: 'Quyết định số 1', date", PROGRESS)
    text = (repo.root / APPENDIX).read_text("utf-8")
    start, end = text.index("      - id: I.3\n"), text.index("      - id: I.5\n")
    repo.write(APPENDIX, text[:start] + text[end : text.index("  - id: II\n")] + text[start:end]
               + text[text.index("  - id: II\n") :])  # fmt: skip
    repo.commit("another order", "2022-04-01", "Hoa")
    assert "another order" not in blame(repo, "I.3").values()
    assert "another order" not in blame(repo, "I.5").values()


def test_a_value_that_came_back_is_of_who_brought_it_back(repo: Repo) -> None:
    for name, old, new in (
        ("away", "Quý II năm", "Quý III năm"),
        ("back", "Quý III năm", "Quý II năm"),
    ):
        text = (repo.root / APPENDIX).read_text("utf-8")
        start = text.index("id: II.4")
        repo.write(APPENDIX, text[:start] + text[start:].replace(old, new, 1))
        repo.commit(name, "2022-04-01")
    assert blame(repo, "II.4")["deadline"] == "back"


def test_what_is_not_committed_is_marked(repo: Repo) -> None:
    entries = (repo.root / PROGRESS).read_text("utf-8")
    repo.write(PROGRESS, entries + "  - {task: I.3, period: 2021-Q4, note: mới}\n")
    repo.edit(
        "name: Xây dựng Kế hoạch tuyên tuyền CCHC giai đoạn",
        "name: Kế hoạch tuyên truyền CCHC giai đoạn",
    )
    found = blame(repo, "I.3")
    assert (found["name"], found["progress2"], found["progress3"]) == (None, "taken back", None)
    assert "not committed" in repo.cchc("blame", "I.3").out
    assert "chưa commit" in repo.cchc("blame", "I.3", "--lang", "vi").out
    assert blame(repo, "I.3", "--rev", "HEAD~5") == FIRST | {"deadline": "first"} | {
        "progress1": "recorded"
    }


def test_decisions_of_documents_too(repo: Repo) -> None:
    repo.write(f"{PLAN}/amendments.yaml",
               "extensions:\n  - {task: II.4, period: 2022, to: 2022-07-31, on: 2022-04-01, "
               "authority: CV 1, reason: Chờ}\n")  # fmt: skip
    repo.commit("extended", "2022-04-01", "Hoa")
    assert blame(repo, "II.4")["decision1"] == "extended"


def test_each_side_of_a_merge_keeps_what_it_set(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "side")
    repo.edit("name: Xây dựng Kế hoạch CCHC hằng năm", "name: Kế hoạch CCHC hằng năm")
    repo.commit("on the side", "2022-04-01", "Hoa")
    repo.git("checkout", "-q", "main")
    repo.edit("Trước ngày 20/12 năm báo cáo\n      - id: I.2", "Năm 2022\n      - id: I.2")
    repo.commit("meanwhile", "2022-04-02")
    repo.git("merge", "-q", "--no-edit", "side", day="2022-04-03")
    found = blame(repo, "I.1")
    assert (found["name"], found["deadline"], found["lead"]) == (
        "on the side",
        "meanwhile",
        "first",
    )


def test_in_a_shallow_clone_what_is_older_is_not_known(told: Repo, tmp_path: Path) -> None:
    clone = Repo(tmp_path, told._cchc)
    shutil.rmtree(tmp_path / ".git")
    clone.git("clone", "-q", "--depth", "4", told.root.as_uri(), "office")
    clone.root, clone.commits = tmp_path / "office", told.commits
    assert set(blame(clone, "I.3").values()) == {"?"}
    assert "git fetch --unshallow" in clone.cchc("blame", "I.3").err


def test_a_task_that_there_is_not_and_no_git(told: Repo, office: Path) -> None:
    assert told.cchc("blame", "I.77").code == 2
    nowhere = told._cchc("blame", "I.1", cwd=office)
    assert (nowhere.code, "is in no git repository" in nowhere.err) == (3, True)
