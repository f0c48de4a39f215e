"""`cchc log`: who changed what and when, however the thing was called then."""

from __future__ import annotations

import itertools
import json
import shutil
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

from cchc_cli.core.diff.compare import compare
from cchc_cli.core.diff.subject import Subject, concerning, earlier, ids, untouched
from cchc_cli.store import history as store
from cchc_cli.store.git import Objects
from cchc_cli.syntax.load import File

from .conftest import APPENDIX, PLAN, PROGRESS, Repo

Told = list[tuple[str, list[str]]]


def log(repo: Repo, *arguments: str) -> Told:
    """The commits by their names in the story, and the changes of each."""
    done = repo.cchc("log", *arguments, "--format", "json")
    assert done.code == 0, done.err
    found = []
    for one in json.loads(done.out)["commits"]:
        changes = one["changes"]
        said = [f"{c['kind']} {c['subject']}" for c in changes] if changes is not None else ["?"]
        found.append((repo.commits[one["commit"]], said))
    return found


BEGUN = ("first", ["plan_added cchc-2021-2025"])
TASK = [
    ("moved", ["task_renumbered II.4", "task_moved II.4"]),
    ("deadline reworded", ["deadline_changed I.4"]),
    BEGUN,
]


@pytest.mark.parametrize(
    ("asked", "told_of"),
    [
        ("II.4", TASK),
        ("ii.4", TASK),
        ("I.4", [("moved", ["task_renumbered II.4"]), *TASK[1:]]),  # what has become of it
        ("I.3", [("taken back", ["progress_taken_back I.3"]),
                 ("recorded", ["progress_recorded I.3"]), BEGUN]),
        ("PTT", [("by the new unit", ["progress_recorded I.1"]),
                 ("unit renamed", ["unit_merged TTR", "unit_added PTT"])]),
        ("E.IV.2", [BEGUN]),
    ],
)  # fmt: skip
def test_what_happened_to_one_thing(told: Repo, asked: str, told_of: Told) -> None:
    found = log(told, asked)
    if asked == "PTT":  # and its predecessor, whose work it was
        assert found[-1][0] == "first"
        assert "unit_added TTR" in found[-1][1]
        found = found[:-1]
    assert found == told_of


def test_everything_in_the_newest_first_and_a_new_layout_is_nothing(told: Repo) -> None:
    names = [name for name, _changes in log(told)]
    assert names == [n for n in reversed(list(told.commits.values())) if n != "reformatted"]
    assert [name for name, _changes in log(told, "-n", "2")] == names[:2]
    assert log(told, "--plan", "cchc-2021-2025")[1][0] == "moved"


def test_the_author_and_the_day_stand_with_the_words_of_diff(told: Repo) -> None:
    done = told.cchc("log", "II.4")
    lines = done.out.splitlines()
    assert lines[0].endswith("  2022-02-01  Minh")
    assert lines[1] == "  • II.4: renumbered: I.4 → II.4"
    assert lines[3].endswith("  2021-12-01  Minh")
    assert "deadline: “Quý I năm kế hoạch” → “Quý II năm kế hoạch”" in done.out
    assert lines[-1] == "Commits: 3."
    assert "Commit: 3." in told.cchc("log", "II.4", "--lang", "vi").out


def test_each_change_has_the_documented_form(told: Repo) -> None:
    schema = json.loads(
        (Path(__file__).parents[2] / "docs" / "diff.schema.json").read_text("utf-8")
    )
    of_changes = {"$ref": "#/definitions/change", "definitions": schema["definitions"]}
    commits = json.loads(told.cchc("log", "--format", "json").out)["commits"]
    changes = [change for one in commits for change in one["changes"]]
    assert len(changes) > 20
    for change in changes:
        jsonschema.validate(change, of_changes)


def test_a_status_is_as_of_the_day_of_the_commit(repo: Repo) -> None:
    """The same extension excuses nothing in time, and something afterwards."""
    for day, name in (("2021-12-30", "in time"), ("2022-01-30", "too late")):
        repo.edit("deadline: Trước ngày 20/12 năm báo cáo\n      - id: I.2",
                  "deadline: Trước ngày 22/12 năm báo cáo\n      - id: I.2")  # fmt: skip
        repo.commit(name, day if name == "too late" else "2021-12-10")
        repo.edit("deadline: Trước ngày 22/12 năm báo cáo\n      - id: I.2",
                  "deadline: Trước ngày 20/12 năm báo cáo\n      - id: I.2")  # fmt: skip
        repo.commit(f"{name}, back", day)
    found = json.loads(repo.cchc("log", "I.1", "--format", "json").out)["commits"]
    weakens = {repo.commits[one["commit"]]: one["changes"][0]["weakens"] for one in found}
    assert (weakens["in time"], weakens["too late"]) == (False, True)


def test_each_side_of_a_merge_is_told_by_its_own_commits(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "side")
    repo.edit("products: [Báo cáo kết quả theo dõi", "products: [Báo cáo theo dõi")
    repo.commit("on the side", "2022-04-01", "Hoa")
    repo.git("checkout", "-q", "main")
    repo.write(PROGRESS, (repo.root / PROGRESS).read_text("utf-8") + "  - {task: I.1, note: x}\n")
    repo.commit("meanwhile", "2022-04-02")
    repo.git("merge", "-q", "--no-commit", "side", day="2022-04-03")
    repo.edit("name: Xây dựng Kế hoạch CCHC hằng năm", "name: Kế hoạch CCHC hằng năm")
    repo.commit("merge", "2022-04-03")
    assert log(repo)[:3] == [
        ("merge", ["task_reworded I.1"]),
        ("meanwhile", ["progress_recorded I.1"]),
        ("on the side", ["product_changed II.5"]),
    ]


def test_a_commit_that_nobody_can_read_is_named_and_passed_over(repo: Repo) -> None:
    text = (repo.root / APPENDIX).read_text("utf-8")
    repo.write(APPENDIX, text + "<<<<<<< HEAD\n")
    repo.commit("broken", "2022-04-01")
    repo.write(APPENDIX, text.replace("name: Xây dựng Kế hoạch CCHC", "name: Kế hoạch CCHC"))
    repo.commit("mended", "2022-04-02")
    assert log(repo, "I.1")[:2] == [("mended", ["task_reworded I.1"]), ("broken", ["?"])]
    assert "its plans have 1 errors: passed over" in repo.cchc("log").out


def test_a_plan_whose_folder_is_renamed_is_the_same_plan(repo: Repo) -> None:
    repo.git("mv", PLAN, "plans/cchc")
    for file in (repo.root / "plans" / "cchc").glob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("cchc-2021-2025", "cchc"), "utf-8")
    repo.commit("renamed", "2022-04-01")
    assert log(repo, "II.4") == TASK
    assert log(repo, "II.4", "--plan", "cchc") == TASK
    assert log(repo)[0] == ("renamed", ["plan_renamed cchc"])


def test_a_plan_root_that_moves_within_the_repository(repo: Repo) -> None:
    (repo.root / "so").mkdir()
    repo.git("mv", "plans", "so/plans")
    repo.commit("into a folder", "2022-04-01")
    assert log(repo, "--root", "so", "II.4") == TASK

    assert repo.cchc("diff", "HEAD~1", "--root", "so").out.endswith("No change in the plans.\n")


def test_the_beginning_that_a_shallow_clone_lacks(told: Repo, tmp_path: Path) -> None:
    clone = Repo(tmp_path, told._cchc)
    shutil.rmtree(tmp_path / ".git")
    clone.git("clone", "-q", "--depth", "4", told.root.as_uri(), "office")
    clone.root, clone.commits = tmp_path / "office", told.commits
    assert log(clone, "II.4") == TASK[:1]
    done = clone.cchc("log", "II.4")
    assert "this shallow clone holds nothing before" in done.err
    assert "git fetch --unshallow" in done.err


def test_where_there_is_no_history(office: Path, told: Repo) -> None:
    nowhere = told._cchc("log", cwd=office)
    assert (nowhere.code, "is in no git repository" in nowhere.err) == (3, True)
    unknown = told.cchc("log", "I.77")
    assert (unknown.code, "knows no “I.77”; did you mean: " in unknown.err) == (2, True)
    assert told.cchc("log", "--plan", "x").code == 2


def test_each_state_of_a_file_and_each_folder_is_read_once(
    told: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()
    parsed: Counter[str] = Counter()
    content, read_file, reread = Objects.content, store.read_file, store.reread

    def counted(self: Objects, name: str, path: str) -> bytes:
        read[name] += 1
        return content(self, name, path)

    def counting(source: store.SourceFile) -> File:
        parsed[source.path + source.text] += 1
        return read_file(source)

    def counting_rows(
        source: store.SourceFile, earlier: store.SourceFile, known: File
    ) -> File | None:
        found = reread(source, earlier, known)
        parsed[source.path + source.text] += found is not None
        return found

    monkeypatch.setattr(store, "reread", counting_rows)
    monkeypatch.setattr(Objects, "content", counted)
    monkeypatch.setattr(store, "read_file", counting)
    with store.History(told.root) as history:
        for commit in history.commits.values():
            history.state(commit)
    raw = [
        line.split() for line in told.git("log", "--format=", "--raw", "--no-abbrev").split("\n")
    ]
    blobs = {line[3] for line in raw if line and line[-1].endswith(".yaml")} - {"0" * 40}
    assert set(read.values()) == set(parsed.values()) == {1}
    assert blobs <= set(read)
    assert len(parsed) == len(blobs)


def test_a_commit_that_is_skipped_holds_nothing_of_the_task(told: Repo) -> None:
    """Where only rows of others differ nothing is compared; were it, nothing would be found."""
    skipped = 0
    with store.History(told.root) as history:
        newest_first = list(history.commits.values())
        for after, before in itertools.pairwise(newest_first):
            sides = history.state(before).workspace, history.state(after).workspace
            changes = compare(*sides, after.day)
            plan = sides[1].plans["cchc-2021-2025"]
            for name in {*ids(plan), "I", "II", "VP", "I.4", "II.4"}:
                if untouched(*sides, Subject(name)):
                    skipped += 1
                    assert concerning(changes, Subject(name), *sides) == []
                    was = earlier(changes, Subject(name), sides[1])
                    assert was.in_plan(str(plan.id)) == name.casefold()
    assert skipped > 20


def test_a_unit_is_told_of_work_that_came_or_left_and_of_none_that_stayed(repo: Repo) -> None:
    rest = "\n        support: Các phòng, đơn vị thuộc Sở"
    repo.edit(f"lead: Trung tâm Ứng dụng và Dịch vụ KHCN{rest}", f"lead: Văn phòng Sở{rest}")
    repo.commit("given to another", "2022-04-01")
    repo.write(f"{PLAN}/amendments.yaml",
               "transfers:\n  - {task: I.1, from: VP, to: TDC, on: 2022-04-02, authority: QĐ 1, "
               "reason: Phân công lại}\n")  # fmt: skip
    repo.commit("transferred", "2022-04-02")
    assert [name for name, _ in log(repo, "TTUD")] == ["given to another", "first"]
    assert [name for name, _ in log(repo, "TDC")] == ["transferred", "first"]
    assert log(repo, "Văn phòng Sở")[:2] == [
        ("transferred", ["amendment_added I.1"]),
        ("given to another", ["lead_changed I.5"]),
    ]


def test_an_event_with_the_days_that_follow_from_it(repo: Repo) -> None:
    events = repo.root / PLAN / "events.yaml"
    text = events.read_text("utf-8")
    start = text.index("  - id: E.IV.2\n")
    end = text.find("  - id:", start + 1)
    entry = text[start:end] if end > 0 else text[start:]
    repo.write(
        f"{PLAN}/events.yaml", text.replace(entry, f"{entry.rstrip()}\n    on: 2022-03-30\n")
    )
    repo.commit("it happened", "2022-04-01", "Hoa")
    assert log(repo, "E.IV.2")[0][0] == "it happened"
    assert "event_changed E.IV.2" in log(repo, "E.IV.2")[0][1]
    assert log(repo, "IV.2")[0] == ("it happened", ["deadline_changed IV.2"])
