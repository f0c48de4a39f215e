"""The listings say what they are asked: which unit, through which group, of which plan."""

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

ROOT = Path(__file__).parents[2]
Run = Callable[..., Any]
FIRST, SECOND = "cchc-2021-2025", "cchc-2026-2030"
GROUP = "Các phòng, đơn vị thuộc Sở"


@pytest.fixture
def two_plans(office: Path) -> Path:
    """An office with two plans whose tasks have the same ids."""
    copy = office / "plans" / SECOND
    shutil.copytree(office / "plans" / FIRST, copy)
    for path in copy.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace(FIRST, SECOND), "utf-8")
    return office


FILTERS = [
    [],
    ["--unit", "KHTC"],
    ["--unit", "KHTC", "--role", "lead"],
    ["--unit", "TTUD", "--role", "support", "--field", "I"],
    ["--role", "support"],
    ["--field", "iv", "--status", "waiting"],
    ["--status", "overdue", "--status", "due_soon", "--within", "90", "--all"],
    ["--plan", FIRST, "--unit", "văn phòng"],
]


@pytest.mark.parametrize("filters", FILTERS, ids=" ".join)
def test_list_has_the_tasks_of_due_in_printed_order(filters: list[str], cchc: Run) -> None:
    as_json = ("--as-of", "2022-01-05", "--format", "json")
    role = [] if "--role" in filters else ["--role", "any"]
    due = json.loads(cchc("due", "--all", *filters, *role, *as_json).out)["items"]
    listed = json.loads(cchc("list", *filters, *as_json).out)["tasks"]
    printed = [task["id"] for task in json.loads(cchc("list", "--format", "json").out)["tasks"]]
    owed = {item["task"] for item in due}
    assert [task["id"] for task in listed] == [task for task in printed if task in owed] != []
    assert {task["plan"] for task in listed} == {FIRST}


CHARGED = [
    ("IV.4", [], f"VP; KHTC,TDC,TTR,TTUD (via “{GROUP}”)"),
    ("I.1", ["--role", "lead"], "VP"),
    ("I.1", ["--role", "support"], f"KHTC,TDC,TTR,TTUD (via “{GROUP}”)"),
    ("V.2", ["--role", "support"], "VP; Các đơn vị có liên quan"),
    ("I.1", ["--unit", "VP"], "lead"),
    ("I.1", ["--unit", "KHTC"], f"support, via “{GROUP}”"),
    ("II.2", ["--unit", "KHTC"], f"lead, via “{GROUP}”"),
]


@pytest.mark.parametrize(("task", "filters", "charged"), CHARGED)
def test_list_says_who_is_charged_and_through_which_group(
    task: str, filters: list[str], charged: str, cchc: Run
) -> None:
    lines = cchc("list", *filters).out.splitlines()
    (line,) = (line for line in lines if line.startswith(f"{task} "))
    assert f"  {charged}  " in line


def on_a_terminal(arguments: list[str], cwd: Path) -> list[str]:
    """What a terminal of 80 columns gets, line by line."""
    pty = pytest.importorskip("pty", reason="no terminals to be had here")
    termios = pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    clean = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    env = clean | {"CCHC_LANG": "en", "PYTHONUTF8": "1", "TERM": "dumb"}
    command = [sys.executable, "-m", "cchc_cli", *arguments]
    with subprocess.Popen(command, cwd=cwd, env=env, stdout=theirs) as running:
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 65536):
                said += piece
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(ours)
    assert running.returncode == 0
    return said.decode().split("\r\n")


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["list", "--unit", "KHTC"], "Nâng cao chất lượng công tác soạn thảo văn bản quy phạm"),
        (["waiting", "--as-of", "2022-04-01"], "Rà soát, sắp xếp, tinh gọn tổ chức bộ máy của Sở"),
        (["show", "II.2", "--as-of", "2022-01-05"], "Sở và các phòng, đơn vị thuộc Sở"),
    ],
)
def test_on_a_terminal_no_line_is_too_long_and_no_word_broken(
    arguments: list[str], name: str, cchc: Run
) -> None:
    lines = on_a_terminal(arguments, ROOT)
    assert max(map(len, lines)) <= 80
    assert any(name in line for line in lines)
    in_a_pipe = cchc(*arguments).out
    assert max(map(len, in_a_pipe.splitlines())) > 80
    assert sorted(" ".join(lines).split()) == sorted(in_a_pipe.split())


@pytest.mark.parametrize(
    "command", ["due --all", "list", "waiting", "show IV.1", "due --all --format md"]
)
def test_where_two_plans_are_listed_each_line_says_of_which(
    command: str, two_plans: Path, cchc: Run
) -> None:
    both = cchc(*command.split(), "--as-of", "2022-04-01", cwd=two_plans)
    assert (both.code, both.err) == (0, "")
    lines = [line for line in both.out.splitlines() if " IV.1 " in line]
    starts = [line.removeprefix("| ").split()[0] for line in lines]
    assert sorted(set(starts)) == [FIRST, SECOND]
    one = cchc(*command.split(), "--as-of", "2022-04-01", "--plan", FIRST, cwd=two_plans)
    assert FIRST not in one.out
    assert "IV.1" in one.out


def test_on_a_terminal_the_plan_stands_below_the_name(two_plans: Path) -> None:
    due = ["due", "--unit", "VP", "--field", "IV", "--as-of", "2022-01-05"]
    text = "\n".join(on_a_terminal(due, two_plans))
    assert f"{FIRST} · “Hằng năm”" in text
    assert f"{SECOND} · “Hằng năm”" in text


def test_work_that_no_day_brings_up_is_told_apart_by_plan(two_plans: Path, cchc: Run) -> None:
    lines = cchc("due", "--unit", "VP", cwd=two_plans).out.splitlines()
    assert f"{FIRST} · waiting for an event: IV.1, IV.2" in lines
    assert f"{SECOND} · waiting for an event: IV.1, IV.2" in lines


def test_done_work_without_evidence_is_counted_and_told_apart(office: Path, cchc: Run) -> None:
    due = ("due", "--unit", "VP", "--role", "lead", "--field", "I", "--as-of", "2022-05-01")
    assert "without evidence" not in cchc(*due, cwd=office).out
    (office / "plans" / FIRST / "progress").mkdir(exist_ok=True)
    (office / "plans" / FIRST / "progress" / "VP.yaml").write_text(
        "unit: VP\nprogress:\n"
        "  - {task: I.1, period: 2021, state: done, completed_on: 2021-12-15,"
        " recorded_on: 2021-12-16}\n"
        "  - {task: I.3, period: 2021-Q4, state: done, completed_on: 2021-12-20,"
        " recorded_on: 2021-12-20, evidence: [{document: Quyết định số 9/QĐ-SKHCN}]}\n"
        "  - {task: I.2, period: 2022, state: done, completed_on: 2022-04-15,"
        " recorded_on: 2022-04-15}\n"
        "  - {task: I.4, period: 2022, state: in_progress, recorded_on: 2022-02-01}\n",
        "utf-8",
    )
    vietnamese = cchc(*due, cwd=office, env={"CCHC_LANG": "vi"}).out
    (footer,) = (line for line in vietnamese.splitlines() if line.startswith("Tổng số"))
    assert footer.endswith("; trong đó 2 hoàn thành chưa có minh chứng")
    value = json.loads(cchc(*due, "--format", "json", cwd=office).out)
    assert value["without_evidence"] == 2
    assert value["summary"]["done_on_time"] + value["summary"]["done_late"] == 3
    total = value["summary"].pop("total")
    assert total == sum(value["summary"].values())


SUCCESSORS = [
    ("2025-02-28", {"KHTC": "VP"}, None),
    ("2025-03-01", {"KHTC": "VP"}, "Văn phòng Sở; xem: cchc due --unit VP"),
    ("2025-03-01", {"KHTC": "VP", "VP": "TTR"}, "Thanh tra Sở; xem: cchc due --unit TTR"),
    ("2025-03-01", {"KHTC": "VP", "VP": "KHTC"}, None),
]


@pytest.mark.parametrize(("as_of", "successors", "heir"), SUCCESSORS)
def test_a_unit_that_is_gone_says_who_has_taken_over(
    as_of: str, successors: dict[str, str], heir: str | None, office: Path, cchc: Run
) -> None:
    units = office / "plans" / "units.yaml"
    text = units.read_text("utf-8")
    for unit, successor in successors.items():
        gone = f"  - id: {unit}\n    valid_until: 2025-02-28\n    successor: {successor}\n"
        text = text.replace(f"  - id: {unit}\n", gone)
    units.write_text(text, "utf-8")
    lines = cchc("due", "-u", "KHTC", "--as-of", as_of, cwd=office, env={"CCHC_LANG": "vi"}).out
    found = [line for line in lines.splitlines() if line.startswith("KHTC có đến")]
    assert found == ([f"KHTC có đến 28/02/2025; nay là {heir}"] if heir else [])


def test_on_a_terminal_inherited_work_says_from_whom(office: Path) -> None:
    units = office / "plans" / "units.yaml"
    gone = "  - id: TTUD\n    valid_until: 2025-02-28\n    successor: VP\n"
    units.write_text(units.read_text("utf-8").replace("  - id: TTUD\n", gone), "utf-8")
    due = ["due", "--unit", "VP", "--field", "I", "--as-of", "2025-03-01"]
    text = " ".join(" ".join(on_a_terminal(due, office)).split())
    assert text.count("lead (from TTUD)") == 3  # I.5 of three years; VP leads the others itself
