"""A clerk records what her unit did; many at once lose nothing, a killed one breaks nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

PLAN = "cchc-2021-2025"
Run = Callable[..., Any]


def entries_of(office: Path, unit: str = "VP") -> str:
    path = office / "plans" / PLAN / "progress" / f"{unit}.yaml"
    return path.read_text("utf-8") if path.exists() else ""


def status(run: Run, task: str, period: str, as_of: str) -> tuple[str, int | None]:
    value = json.loads(run("due", "--all", "--as-of", as_of, "--format", "json", "-u", "VP").out)
    (item,) = (i for i in value["items"] if (i["task"], i["period"]) == (task, period))
    return item["status"], item["days"]


def test_done_in_time_though_entered_late_is_done_in_time(clerk: Run) -> None:
    done = clerk("done", "I.1", "--period", "2021", "--on", "2021-12-15", "--doc", "QĐ số 123")
    assert done.code == 0, done.err
    assert status(clerk, "I.1", "2021", "2022-01-05") == ("done_on_time", None)
    assert status(clerk, "I.1", "2021", "2021-12-14") == ("due_soon", 5)


def test_a_clerk_names_her_unit_once(clerk: Run) -> None:
    new = {"CCHC_CONFIG": "none-yet.toml"}
    assert "cchc config unit VP" in clerk("config", **new).out
    assert clerk("config", "unit", "văn phòng", **new).code == 0
    assert clerk("config", **new).out == "unit = VP\n"
    assert clerk("start", "I.3", **new).code == 0


def test_the_only_open_period_need_not_be_named(clerk: Run, office: Path) -> None:
    assert clerk("start", "I.3").code == 0
    assert "period: 2021-Q4" in entries_of(office)


def test_the_last_open_period_of_several_need_not_be_named(clerk: Run, office: Path) -> None:
    for year in range(2021, 2025):
        assert clerk("done", "I.1", "--period", str(year), "--on", "2021-12-15").code == 0
    assert clerk("done", "I.1").code == 0
    assert entries_of(office).count("period: 2025") == 1


def test_several_open_periods_are_listed_and_nothing_is_written(clerk: Run, office: Path) -> None:
    asked = clerk("done", "I.1")
    assert asked.code == 2
    assert "2021" in asked.err
    assert "2025" in asked.err
    assert entries_of(office) == ""


def test_a_done_mark_is_taken_back_with_a_reason_and_stays_on_record(
    clerk: Run, office: Path
) -> None:
    clerk("done", "I.1", "--period", "2021", "--on", "2021-12-15")
    before = entries_of(office)
    taken_back = clerk("undo-done", "I.1", "--period", "2021", "--reason", "Nhầm văn bản")
    assert taken_back.code == 0, taken_back.err
    assert entries_of(office).startswith(before)
    assert status(clerk, "I.1", "2021", "2022-01-05") == ("done_on_time", None), "as it was then"
    assert status(clerk, "I.1", "2021", "2099-01-01")[0] == "overdue"


def test_what_is_not_done_cannot_be_taken_back(clerk: Run, office: Path) -> None:
    clerk("done", "I.3", "--on", "2021-12-15")
    clerk("undo-done", "I.3", "--reason", "Nhầm văn bản")
    before = entries_of(office)
    for task in ("I.3", "I.1"):
        again = clerk("undo-done", task, "--reason", "Nhầm văn bản")
        assert again.code == 2
        assert f"VP has not recorded {task} as done" in again.err
    assert entries_of(office) == before


def test_a_support_unit_takes_back_what_it_has_recorded_itself(clerk: Run, office: Path) -> None:
    clerk("done", "I.1", "--period", "2022", "--on", "2022-12-15", "-u", "TTR")
    taken_back = clerk("undo-done", "I.1", "--reason", "Nhầm văn bản", "-u", "TTR")
    assert taken_back.code == 0, taken_back.err
    assert "period: 2022\n    state: reopened" in entries_of(office, "TTR")


def test_the_answer_says_what_the_entry_makes_of_the_task(clerk: Run) -> None:
    late = clerk("done", "I.3", "--on", "2022-01-03")
    assert "(VP, 2021-Q4): recorded in" in late.out
    assert late.out.endswith("\n  status now: done 3 days late\n")
    corrected = clerk("done", "I.3", "--on", "2021-12-30", "--reason", "Nhầm ngày", "--dry-run")
    assert corrected.out.endswith("\n  status now: done on time\n")
    noted = clerk("note", "I.3", "--note", "Đã gửi", "--period", "2021-Q4")
    assert noted.out.count("\n") == 1, "it is what it was"


def test_done_twice_is_refused_and_says_what_to_do(clerk: Run, office: Path) -> None:
    clerk("done", "I.1", "--period", "2021", "--on", "2021-12-15")
    before = entries_of(office)
    again = clerk("done", "I.1", "--period", "2021", "--on", "2021-12-16")
    assert again.code == 1
    assert "reason" in again.err
    assert entries_of(office) == before
    corrected = clerk("done", "I.1", "--period", "2021", "--on", "2021-12-16", "--reason", "Nhầm")
    assert corrected.code == 0, corrected.err


@pytest.mark.parametrize("task", ["I.3", "III.2"])
def test_what_falls_due_once_needs_no_period_even_when_done(clerk: Run, task: str) -> None:
    assert clerk("done", task, "--on", "2021-12-15").code == 0
    again = clerk("done", task, "--on", "2021-12-16")
    assert (again.code, "CCHC502" in again.err, "--reason" in again.err) == (1, True, True)
    assert clerk("done", task, "--on", "2021-12-16", "--reason", "Nhầm ngày").code == 0


def test_the_period_that_is_suggested_is_one_of_those_listed(clerk: Run) -> None:
    asked = clerk("done", "I.2")
    assert (asked.code, "such as --period 2022" in asked.err) == (2, True)
    assert "such as --period 2021" in clerk("done", "I.1").err


def test_evidence_found_later_is_added_without_a_new_done_mark(clerk: Run) -> None:
    clerk("done", "I.1", "--period", "2021", "--on", "2021-12-15")
    clerk("note", "I.1", "--period", "2021", "--doc", "Quyết định số 123/QĐ-SKHCN")
    value = json.loads(clerk("show", "I.1", "--format", "json", "--as-of", "2099-01-01").out)
    (item,) = (i for i in value["tasks"][0]["items"] if i["period"] == "2021" and i["unit"] == "VP")
    assert (item["status"], item["evidence"]) == ("done_on_time", 1)


def test_a_unit_records_its_own_work_only(clerk: Run) -> None:
    refused = clerk("done", "VII.4", "--period", "2022", "--unit", "XX")
    assert refused.code == 2
    assert "did you mean" in refused.err or "there are" in refused.err


def test_without_a_unit_it_asks_for_one(office: Path, cchc: Run) -> None:
    env = {"CCHC_CONFIG": str(office / "none.toml")}
    refused = cchc("done", "I.1", "--period", "2021", cwd=office, env=env)
    assert refused.code == 2
    assert "cchc config unit" in refused.err


def test_a_dry_run_shows_the_change_and_makes_none(clerk: Run, office: Path) -> None:
    shown = clerk("done", "I.1", "--period", "2021", "--dry-run")
    assert shown.code == 0
    assert "+  - task: I.1" in shown.out
    assert entries_of(office) == ""


def test_the_result_is_a_sound_plan(clerk: Run) -> None:
    clerk("done", "I.1", "--period", "2021", "--on", "2021-12-15", "--doc", "QĐ: số 1 #2 “x”")
    clerk("note", "I.2", "--period", "2022", "--difficulty", "Thiếu kinh phí: 10%\n- chưa rõ")
    clerk("start", "III.2")
    checked = clerk("validate", "--strict")
    assert checked.code == 0, checked.out


def test_one_commit_holds_this_one_fact(clerk: Run, office: Path, under_git: Run) -> None:
    (office / ".gitignore").write_text(".cchc.*\nconfig.toml\n.gitignore\n")
    git = under_git(office)
    done = clerk("done", "I.3", "--on", "2021-12-20", "--commit")
    assert done.code == 0, done.err
    assert (
        git("show", "--stat", "--format=%s", "HEAD").splitlines()[0]
        == "progress: I.3 (VP, 2021-Q4)"
    )
    assert git("status", "--porcelain") == ""


TASKS = ["I.2", "II.1", "II.2", "II.3", "II.6", "III.1", "IV.4", "V.3", "VII.2", "VII.3"]


def test_twenty_people_at_once_lose_none_of_two_hundred_notes(office: Path, cchc: Run) -> None:
    env = {"CCHC_CONFIG": str(office / "none.toml")}

    def person(number: int) -> list[int]:
        return [
            cchc("note", TASKS[turn], "--period", "2023", "--unit", "VP",
                 "--note", f"ghi chú {number}-{turn}", cwd=office, env=env).code
            for turn in range(10)
        ]  # fmt: skip

    with ThreadPoolExecutor(20) as people:
        codes = [code for found in people.map(person, range(20)) for code in found]
    assert codes == [0] * 200
    text = entries_of(office)
    assert all(f"ghi chú {n}-{t}\n" in text for n in range(20) for t in range(10))
    assert cchc("validate", "--strict", cwd=office).code == 0


def test_a_process_killed_at_any_moment_leaves_the_old_file_or_the_new(
    office: Path, cchc: Run
) -> None:
    env = os.environ | {"CCHC_CONFIG": str(office / "none.toml"), "CCHC_LANG": "en"}
    command = [sys.executable, "-m", "cchc_cli", "note", "I.2", "--period", "2023", "--unit", "VP"]
    chance = random.Random(20221215)
    sound = 0
    for turn in range(25):
        writer = subprocess.Popen(
            [*command, "--note", f"lần {turn}"], cwd=office, env=env,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0.05, 0.4))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        checked = cchc("validate", cwd=office)
        assert checked.code == 0, checked.out
        assert entries_of(office).count("lần ") in (sound, sound + 1)
        sound = entries_of(office).count("lần ")
    final = cchc("note", "I.2", "--period", "2023", "--unit", "VP", "--note", "xong", cwd=office,
                 env={"CCHC_CONFIG": str(office / "none.toml")})  # fmt: skip
    assert final.code == 0, "a dead writer blocks nobody"


def test_what_had_no_due_day_is_not_called_done_on_time(office: Path, cchc: Run) -> None:
    """III.2 is work "thường xuyên": nobody can say that it was finished in time, or late."""
    done = cchc("done", "III.2", "--unit", "VP", "--on", "2022-03-01", cwd=office)
    assert done.out == (
        "III.2 (VP): recorded in plans/cchc-2021-2025/progress/VP.yaml\n"
        "  status now: done, no due date\n"
    )
    listed = cchc("due", "--all", "--as-of", "2022-04-01", "--format", "json", cwd=office)
    found = [
        i for i in json.loads(listed.out)["items"] if i["task"] == "III.2" and i["unit"] == "VP"
    ]
    assert [i["status"] for i in found] == ["done_no_due_date"]
