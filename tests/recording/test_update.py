"""At the end of the week a clerk walks through what is open; whatever she has said is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

Run = Callable[..., Any]
INTERRUPT = "Ctrl-C"


def today() -> date:
    return datetime.now(timezone(timedelta(hours=7))).date()


def walk(office: Path, *answers: str, language: str = "en") -> tuple[int, str]:
    """Type answers at a terminal, each once its question stands there; exit code and screen."""
    ours, theirs = pty.openpty()
    env = os.environ | {"CCHC_CONFIG": str(office / "config.toml"), "CCHC_LANG": language,
                        "PYTHONUTF8": "1", "COLUMNS": "200"}  # fmt: skip
    command = [sys.executable, "-m", "cchc_cli", "update", "-u", "VP", "--as-of", "2022-01-05"]
    clerk = subprocess.Popen(
        command, cwd=office, env=env, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    screen = b""
    for answer in answers:
        screen += _until_asked(ours)
        if answer == INTERRUPT:
            _interrupt(clerk)
        else:
            os.write(ours, f"{answer}\n".encode())
    screen += _rest(ours)
    os.close(ours)
    return clerk.wait(timeout=60), screen.decode("utf-8", "replace").replace("\r\n", "\n")


def _interrupt(clerk: subprocess.Popen[bytes]) -> None:
    """Ctrl-C, once more if it came just before the program began to wait, where it is lost."""
    clerk.send_signal(signal.SIGINT)
    try:
        clerk.wait(timeout=5)
    except subprocess.TimeoutExpired:
        clerk.send_signal(signal.SIGINT)


def _until_asked(terminal: int) -> bytes:
    screen = b""
    while not screen.endswith(b": "):
        screen += os.read(terminal, 4096)
    return screen


def _rest(terminal: int) -> bytes:
    screen = b""
    try:
        while piece := os.read(terminal, 4096):
            screen += piece
    except OSError:  # the other end is closed
        pass
    return screen


def recorded(office: Path) -> str:
    path = office / "plans" / "cchc-2021-2025" / "progress" / "VP.yaml"
    return path.read_text("utf-8") if path.exists() else ""


def test_the_most_urgent_comes_first_and_each_answer_is_recorded(clerk: Run, office: Path) -> None:
    code, screen = walk(
        office,
        "h", "20/12/2021", "Quyết định số 15/QĐ-SKHCN", "",  # done
        "",  # skipped
        "Đ", "Thiếu kinh phí",  # in progress
        "k", "", "Chờ Bộ",  # a note
        "k", "", "",  # nothing after all
        "q",
    )  # fmt: skip
    assert code == 0, screen
    assert "[1/" in screen
    assert "I.1 (2021): due 2021-12-19 (last working day 2021-12-17), overdue by 17 days" in screen
    assert screen.count("overdue by") == 6, "what is not yet due comes later"
    assert "Recorded: 3." in screen
    day = today().isoformat()
    done, begun, note = recorded(office).split("  - task: ")[1:]
    assert done == (
        "I.1\n    period: 2021\n    state: done\n    completed_on: 2021-12-20\n    evidence:\n"
        f"      - document: Quyết định số 15/QĐ-SKHCN\n    recorded_on: {day}\n"
    )
    assert "state: in_progress\n    difficulty: Thiếu kinh phí\n" in begun
    assert f"note: Chờ Bộ\n    recorded_on: {day}\n" in note
    assert "state" not in note
    assert clerk("validate", "--strict").code == 0


def test_enter_takes_today_and_a_wrong_day_is_asked_again(office: Path, clerk: Run) -> None:
    code, screen = walk(office, "x", "h", "31/11/2021", "2099-01-01", "", "", "", "q")
    assert code == 0, screen
    assert "“31/11/2021” is no date" in screen
    assert "2099-01-01 is still to come" in screen
    assert f"completed_on: {today()}\n" in recorded(office)
    assert clerk("validate").code == 0


def test_what_was_said_before_ctrl_c_is_kept(office: Path, clerk: Run) -> None:
    code, screen = walk(office, "d", "", "h", INTERRUPT)
    assert code == 130
    assert "Recorded: 1." in screen
    assert recorded(office).count("  - task: ") == 1
    assert clerk("validate", "--strict").code == 0


@pytest.mark.usefixtures("clerk")
def test_it_is_vietnamese_for_those_who_speak_it(office: Path) -> None:
    code, screen = walk(office, "q", language="vi")
    assert code == 0
    assert "gấp nhất trước" in screen
    assert "h hoàn thành, d đang thực hiện, k khó khăn/ghi chú, Enter bỏ qua, q dừng: " in screen


def test_without_a_terminal_it_says_what_to_use(clerk: Run, office: Path) -> None:
    refused = clerk("update")
    assert refused.code == 2
    assert "cchc done" in refused.err
    assert "cchc form" in refused.err
    assert recorded(office) == ""


def test_a_day_still_to_come_is_no_day_of_completion(clerk: Run, office: Path) -> None:
    refused = clerk("done", "I.3", "--on", "2099-01-01")
    assert refused.code == 2
    assert "once it has happened" in refused.err
    assert recorded(office) == ""
