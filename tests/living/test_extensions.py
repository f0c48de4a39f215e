"""A later due day is granted by a document: it holds from the document's day, never backwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

GRANTED = """\
extensions:
  - task: I.3
    to: 2022-03-31
    on: 2021-12-28
    authority: Công văn số 45/SKHCN-VP
    reason: Chờ kế hoạch tuyên truyền của tỉnh
"""


@pytest.fixture
def office(office: Path) -> Path:
    """The real plan, with its task I.3 extended."""
    amendments = office / "plans" / "cchc-2021-2025" / "amendments.yaml"
    amendments.write_text(GRANTED, "utf-8")
    return office


def item(cchc: Run, office: Path, as_of: str) -> dict[str, Any]:
    done = cchc("due", "--all", "--unit", "VP", "--as-of", as_of, "--format", "json", cwd=office)
    (found,) = (i for i in json.loads(done.out)["items"] if i["task"] == "I.3")
    return found


@pytest.mark.parametrize(
    ("as_of", "due", "original", "status", "days"),
    [
        ("2021-12-27", "2021-12-31", None, "due_soon", 4),
        ("2021-12-28", "2022-03-31", "2021-12-31", "not_due", 93),
        ("2022-01-05", "2022-03-31", "2021-12-31", "not_due", 85),
        ("2022-04-01", "2022-03-31", "2021-12-31", "overdue", 1),
    ],
)
def test_overdue_is_judged_by_the_deadline_in_force_on_the_day(
    as_of: str, due: str, original: str | None, status: str, days: int, office: Path, cchc: Run
) -> None:
    found = item(cchc, office, as_of)
    assert (found["due"], found["original_due"]) == (due, original)
    assert (found["status"], found["days"]) == (status, days)


def test_the_listing_shows_both_days_and_show_names_the_document(office: Path, cchc: Run) -> None:
    listed = cchc("due", "--all", "--unit", "VP", "--as-of", "2022-01-05", cwd=office).out
    assert "2022-03-31 (extended from 2021-12-31)" in listed
    shown = cchc("show", "I.3", "--as-of", "2022-01-05", cwd=office).out
    assert "extended to 2022-03-31 by Công văn số 45/SKHCN-VP of 2021-12-28" in shown


def test_a_second_document_extends_further_and_the_plan_s_day_stays_known(
    office: Path, cchc: Run
) -> None:
    amendments = office / "plans" / "cchc-2021-2025" / "amendments.yaml"
    again = GRANTED.split("\n", 1)[1].replace("2022-03-31", "2022-06-30")
    amendments.write_text(GRANTED + again.replace("2021-12-28", "2022-03-20"), "utf-8")
    assert item(cchc, office, "2022-03-19")["due"] == "2022-03-31"
    late = item(cchc, office, "2022-03-21")
    assert (late["due"], late["original_due"]) == ("2022-06-30", "2021-12-31")


def test_a_report_of_a_day_before_the_document_reads_as_it_did(office: Path, cchc: Run) -> None:
    report = ("report", "--period", "2021-Q4", "--as-of", "2021-12-20", "--format", "md")
    cchc(*report, "--out", "after", cwd=office)
    (office / "plans" / "cchc-2021-2025" / "amendments.yaml").unlink()
    cchc(*report, "--out", "before", cwd=office)
    (after,) = (office / "after").iterdir()
    assert after.read_bytes() == (office / "before" / after.name).read_bytes()


def test_an_event_counts_from_its_own_day_on(office: Path, cchc: Run) -> None:
    events = office / "plans" / "cchc-2021-2025" / "events.yaml"
    text = events.read_text("utf-8")
    events.write_text(text.rstrip() + "\n    on: 2022-05-10\n    document: Thông tư\n", "utf-8")

    def status(as_of: str) -> set[str]:
        done = cchc("due", "--all", "--as-of", as_of, "--format", "json", "-u", "VP", cwd=office)
        return {i["status"] for i in json.loads(done.out)["items"] if i["task"] == "IV.2"}

    assert status("2022-05-09") == {"waiting"}
    assert status("2022-05-10") == {"no_due_date"}


def test_waiting_work_is_listed_with_its_event_and_since_when(cchc: Run) -> None:
    found = json.loads(cchc("waiting", "--as-of", "2022-04-01", "--format", "json").out)
    assert [(w["task"], w["event"], w["since"]) for w in found["waiting"]] == [
        ("IV.1", "E.IV.1", "2021-10-01"),
        ("IV.2", "E.IV.2", "2021-10-01"),
    ]
