"""What a document has stopped is asked of nobody, stays in sight, and can be taken up again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest

Run = Callable[..., Any]

# Invented documents. I.2 and I.4 fall due at the end of March, II.1 at the end of the year.
STOPPED = """\
suspensions:
  - {task: I.4, on: 2022-03-01, authority: Công văn số 1, reason: Chờ tỉnh}
cancellations:
  - {task: I.2, on: 2022-03-01, authority: Quyết định số 2, reason: Không còn phù hợp}
"""


def amend(office: Path, text: str) -> None:
    (office / "plans" / "cchc-2021-2025" / "amendments.yaml").write_text(text, "utf-8")


@pytest.fixture
def stopped(office: Path) -> Path:
    amend(office, STOPPED)
    return office


def test_no_letter_reminds_of_what_is_stopped(office: Path, cchc: Run) -> None:
    def letter(folder: str) -> str:
        given = ["--unit", "VP", "--as-of", "2022-03-28", "--format", "md", "--out", folder]
        ran = cchc("remind", *given, cwd=office)
        assert ran.code == 0, ran.err
        return (office / ran.out.strip()).read_text("utf-8")

    before = letter("before")
    amend(office, STOPPED)
    after = letter("after")
    for task in ("| I.2. ", "| I.4. "):
        assert (task in before, task in after) == (True, False)
    assert "| I.3. " in after


@pytest.mark.parametrize(("kind", "more"), [("VEVENT", []), ("VTODO", ["--todo"])])
def test_calendars_drop_what_is_cancelled_and_keep_silent_about_what_is_suspended(
    office: Path, cchc: Run, kind: str, more: list[str]
) -> None:
    def entries() -> dict[str, icalendar.Component]:
        given = ["--unit", "VP", "--as-of", "2022-03-02", "--out", "lich.ics", *more]
        assert cchc("calendar", *given, cwd=office).code == 0
        content = (office / "lich.ics").read_bytes()
        return {str(e["uid"]): e for e in icalendar.Calendar.from_ical(content).walk(kind)}

    before = entries()
    amend(office, STOPPED)
    after = entries()
    assert before.keys() == after.keys()  # programs find the entries that they have
    cancelled = {uid for uid, entry in after.items() if entry.get("status") == "CANCELLED"}
    assert cancelled == {uid for uid in after if "/I.2/" in uid}
    silent = {uid for uid in after if not after[uid].walk("VALARM")}
    assert silent == cancelled | {uid for uid in after if "/I.4/" in uid}
    assert all(before[uid].walk("VALARM") for uid in silent)
    names = {str(after[uid]["summary"]).split(".")[0] for uid in silent}
    assert names == {"(cancelled) I", "(suspended) I"}


def test_a_form_shows_what_is_stopped_and_is_collected_all_the_same(
    stopped: Path, cchc: Run
) -> None:
    form = stopped / "form.xlsx"
    # The window of the report of April (15/3 to 14/4) holds the due day 31/3.
    given = ["--unit", "VP", "--period", "2022-04", "--out", str(form)]
    assert cchc("form", *given, cwd=stopped).code == 0
    book = openpyxl.load_workbook(form)
    sheet = book["Biểu nhập"]
    rows = {(row[0].value, row[1].value): row for row in sheet.iter_rows(min_row=7)}
    assert rows["I.2", "2022"][6].value == "thôi thực hiện"
    assert rows["I.4", "2022"][6].value == "tạm dừng"
    for task in ("I.2", "I.4"):
        rows[task, "2022"][12].value = f"Hồ sơ của {task} đã lưu"
    book.save(form)
    ran = cchc("collect", str(form), cwd=stopped)
    assert (ran.code, ran.err) == (0, "")
    recorded = stopped / "plans" / "cchc-2021-2025" / "progress" / "VP.yaml"
    assert recorded.read_text("utf-8").count("đã lưu") == 2


def test_a_form_does_not_ask_for_what_was_cancelled_and_is_not_due_now(
    stopped: Path, cchc: Run
) -> None:
    form = stopped / "form.xlsx"
    given = ["--unit", "VP", "--period", "2022-12", "--out", str(form)]
    assert cchc("form", *given, cwd=stopped).code == 0
    sheet = openpyxl.load_workbook(form)["Biểu nhập"]
    asked = {(row[0], row[1]) for row in sheet.iter_rows(min_row=7, values_only=True)}
    assert ("I.2", "2022") not in asked
    assert ("I.4", "2022") in asked  # suspended: it is still to be done


def test_a_form_filled_in_before_the_decision_is_collected_after_it(
    office: Path, cchc: Run
) -> None:
    form = office / "form.xlsx"
    given = ["--unit", "VP", "--period", "2022-03", "--out", str(form)]
    assert cchc("form", *given, cwd=office).code == 0
    book = openpyxl.load_workbook(form)
    for row in book["Biểu nhập"].iter_rows(min_row=7):
        if (row[0].value, row[1].value) == ("I.2", "2022"):
            row[7].value, row[8].value = "hoàn thành", "15/03/2022"
    book.save(form)
    amend(office, STOPPED)
    ran = cchc("collect", str(form), cwd=office)
    assert (ran.code, ran.err) == (0, "")
    shown = cchc("show", "I.2", "--as-of", "2022-04-30", cwd=office).out
    assert "done on time" in shown  # what is done stays done


def test_update_does_not_ask_for_what_is_stopped(stopped: Path) -> None:
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cchc_cli", "update", "-u", "VP", "--as-of", "2022-03-28"]
    env = os.environ | {"CCHC_CONFIG": "none.toml", "CCHC_LANG": "en", "PYTHONUTF8": "1"}
    clerk = subprocess.Popen(
        command, cwd=stopped, env=env, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, b"\n" * 100)  # skip every one
    screen = b""
    try:
        while piece := os.read(ours, 4096):
            screen += piece
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert clerk.wait(timeout=60) == 0
    asked = screen.decode("utf-8", "replace")
    assert "] I.1 (2022)" in asked
    assert "] I.2 (2022)" not in asked
    assert "] I.4 (2022)" not in asked


def test_work_that_waits_for_an_event_waits_no_more_once_it_is_stopped(
    office: Path, cchc: Run
) -> None:
    assert "IV.1" in cchc("waiting", "--as-of", "2022-06-01", cwd=office).out
    amend(office, "cancellations:\n  - {task: IV.1, on: 2022-05-01, authority: A, reason: A}\n")
    assert "IV.1" not in cchc("waiting", "--as-of", "2022-06-01", cwd=office).out
    assert "IV.1" in cchc("waiting", "--as-of", "2022-04-30", cwd=office).out


def test_an_export_says_what_is_stopped(stopped: Path, cchc: Run) -> None:
    given = ["--as-of", "2022-03-02", "--out", "all.csv", "--format", "csv"]
    assert cchc("export", *given, cwd=stopped).code == 0
    text = (stopped / "all.csv").read_text("utf-8-sig")
    assert text.count(",cancelled,") == 4
    assert text.count(",suspended,") == 4


# -- taken up again --------------------------------------------------------------------------------

SUSPENDED = "suspensions:\n  - {task: I.4, on: 2022-03-01, authority: A, reason: A}\n"
PERIOD = 'suspensions:\n  - {task: I.4, period: "2023", on: 2022-03-01, authority: A, reason: A}\n'
UNTIL = (
    "suspensions:\n  - {task: I.4, on: 2022-03-01, until: 2022-04-15, authority: A, reason: A}\n"
)
CANCELLED = "cancellations:\n  - {task: I.4, on: 2022-03-01, authority: A, reason: A}\n"
RESUMED = "resumptions:\n  - {task: I.4, on: 2022-04-16, authority: B, reason: B}\n"
RESUMED_2023 = (
    'resumptions:\n  - {task: I.4, period: "2023", on: 2022-04-16, authority: B, reason: B}\n'
)


@pytest.mark.parametrize(
    ("text", "as_of", "expected"),
    [
        (SUSPENDED, "2022-04-16", {"2022": "suspended", "2023": "suspended"}),
        # The 2022 one was due while it was suspended: taken up again, it is late by the plan.
        (SUSPENDED + RESUMED, "2022-04-15", {"2022": "suspended", "2023": "suspended"}),
        (SUSPENDED + RESUMED, "2022-04-16", {"2022": "overdue", "2023": "not_due"}),
        (SUSPENDED + RESUMED_2023, "2022-04-16", {"2022": "suspended", "2023": "not_due"}),
        (PERIOD + RESUMED_2023, "2022-04-15", {"2022": "overdue", "2023": "suspended"}),
        (PERIOD + RESUMED, "2022-04-16", {"2022": "overdue", "2023": "not_due"}),
        (CANCELLED + RESUMED, "2022-04-15", {"2022": "cancelled", "2023": "cancelled"}),
        (CANCELLED + RESUMED, "2022-04-16", {"2022": "overdue", "2023": "not_due"}),
        (UNTIL, "2022-04-15", {"2022": "suspended", "2023": "suspended"}),
        (UNTIL, "2022-04-16", {"2022": "overdue", "2023": "not_due"}),
    ],
)
def test_work_is_taken_up_again_from_the_day_of_the_document_on(
    text: str, as_of: str, expected: dict[str, str], office: Path, cchc: Run
) -> None:
    amend(office, text)
    given = ["due", "--all", "--unit", "VP", "--as-of", as_of, "--format", "json"]
    items = json.loads(cchc(*given, cwd=office).out)["items"]
    found = {i["period"]: i["status"] for i in items if i["task"] == "I.4"}
    assert {period: found[period] for period in expected} == expected
