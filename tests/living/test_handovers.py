"""Work is stopped or passes on from a day: what was true of earlier days stays true."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

# Invented documents; the merger stands for any reorganisation in the middle of a plan.
STOPPED = """\
suspensions:
  - {task: II.1, on: 2022-06-01, until: 2022-09-30, authority: Công văn số 1, reason: Chờ tỉnh}
cancellations:
  - {task: I.2, on: 2022-05-01, authority: Quyết định số 2, reason: Không còn phù hợp}
transfers:
  - {task: I.5, from: TTUD, to: VP, on: 2023-02-01, authority: Quyết định số 3, reason: Sáp nhập}
"""
DONE = """\
unit: TTUD
progress:
  - {task: I.5, period: 2022, state: done, completed_on: 2022-12-20, recorded_on: 2023-03-01}
"""


@pytest.fixture
def office(office: Path) -> Path:
    plan = office / "plans" / "cchc-2021-2025"
    (plan / "amendments.yaml").write_text(STOPPED, "utf-8")
    (plan / "progress").mkdir(exist_ok=True)
    (plan / "progress" / "TTUD.yaml").write_text(DONE, "utf-8")
    return office


def items(cchc: Run, office: Path, as_of: str, *more: str) -> list[dict[str, Any]]:
    done = cchc("due", "--all", "--as-of", as_of, "--format", "json", *more, cwd=office)
    return list(json.loads(done.out)["items"])


def status(cchc: Run, office: Path, as_of: str, task: str, period: str) -> set[str]:
    found = items(cchc, office, as_of)
    return {i["status"] for i in found if (i["task"], i["period"]) == (task, period)}


@pytest.mark.parametrize(
    ("as_of", "task", "period", "expected"),
    [
        ("2022-05-31", "II.1", "2022", "not_due"),
        ("2022-06-01", "II.1", "2022", "suspended"),
        ("2022-09-30", "II.1", "2022", "suspended"),
        ("2022-10-01", "II.1", "2022", "not_due"),
        ("2022-04-30", "I.2", "2023", "not_due"),
        ("2022-05-01", "I.2", "2023", "cancelled"),
        ("2022-06-01", "I.2", "2022", "overdue"),  # late before the document: it stays late
    ],
)
def test_a_document_stops_work_from_its_day_on_and_wipes_nothing(
    as_of: str, task: str, period: str, expected: str, office: Path, cchc: Run
) -> None:
    assert status(cchc, office, as_of, task, period) == {expected}


def test_open_work_passes_on_and_closed_work_keeps_the_old_name(office: Path, cchc: Run) -> None:
    def held(as_of: str) -> dict[str, str]:
        return {i["period"]: i["unit"] for i in items(cchc, office, as_of) if i["task"] == "I.5"}

    assert set(held("2023-01-31").values()) == {"TTUD"}
    after = held("2023-02-01")
    assert after.pop("2022") == "TTUD"
    assert set(after.values()) == {"VP"}
    shown = cchc("show", "I.5", "--as-of", "2023-02-01", cwd=office).out
    assert "passed from TTUD to VP on 2023-02-01 (Quyết định số 3: Sáp nhập)" in shown


def test_the_successor_of_a_unit_inherits_what_is_open(office: Path, cchc: Run) -> None:
    units = office / "plans" / "units.yaml"
    ended = "name: Thanh tra Sở\n    valid_until: 2025-02-28\n    successor: VP\n"
    units.write_text(units.read_text("utf-8").replace("name: Thanh tra Sở\n", ended), "utf-8")
    before = items(cchc, office, "2025-02-28", "--unit", "TTR", "--role", "any")
    assert before
    assert items(cchc, office, "2025-03-01", "--unit", "TTR", "--role", "any") == []
    now = items(cchc, office, "2025-03-01", "--unit", "VP", "--role", "any")
    to_itself = [i for i in before if i["task"] == "BC.quy" and i["start"] > "2025-03-01"]
    assert to_itself  # these reports go to VP
    owed = {(i["task"], i["period"]) for i in before if i not in to_itself}
    assert owed <= {(i["task"], i["period"]) for i in now}
    assert len(now) == len({(i["task"], i["period"]) for i in now}), "each once"


def test_names_that_nobody_bears_are_found(office: Path, cchc: Run) -> None:
    amendments = office / "plans" / "cchc-2021-2025" / "amendments.yaml"
    wrong = STOPPED.replace("to: VP", "to: VPP").replace("task: I.2", "task: I.22")
    amendments.write_text(wrong, "utf-8")
    found = cchc("validate", cwd=office).out
    assert "there is no unit “VPP”" in found
    assert "there is no task “I.22” in this plan" in found


@pytest.mark.parametrize(
    ("heirs", "as_of"),
    [
        (
            {"Thanh tra Sở": "KHTC", "Phòng Kế hoạch - Tài chính": "VP"},
            "2025-03-01",
        ),  # both at once
        ({"Trung tâm Ứng dụng và Dịch vụ KHCN": "TDC", "Văn phòng Sở": "TTR"}, "2025-03-01"),
    ],
    ids=["heir of an heir on one day", "taker that ends later"],
)
def test_no_open_work_stays_with_a_unit_that_is_gone(
    heirs: dict[str, str], as_of: str, office: Path, cchc: Run
) -> None:
    units = office / "plans" / "units.yaml"
    text = units.read_text("utf-8")
    for name, heir in heirs.items():
        ended = f"name: {name}\n    valid_until: 2025-02-28\n    successor: {heir}\n"
        text = text.replace(f"name: {name}\n", ended)
    units.write_text(text, "utf-8")
    gone = {"Thanh tra Sở": "TTR", "Phòng Kế hoạch - Tài chính": "KHTC"}
    gone |= {"Trung tâm Ứng dụng và Dịch vụ KHCN": "TTUD", "Văn phòng Sở": "VP"}
    found = items(cchc, office, as_of, "--role", "any")
    kept = {i["unit"] for i in found if not i["status"].startswith("done")}
    assert kept.isdisjoint({gone[name] for name in heirs})


def test_work_given_to_a_unit_that_had_ended_goes_to_its_successor(office: Path, cchc: Run) -> None:
    """The document of 2023-02-01 names VP, which in this invented case ended in 2022."""
    units = office / "plans" / "units.yaml"
    ended = "name: Văn phòng Sở\n    valid_until: 2022-12-31\n    successor: TDC\n"
    units.write_text(units.read_text("utf-8").replace("name: Văn phòng Sở\n", ended), "utf-8")
    found = items(cchc, office, "2023-02-01", "--role", "lead")
    assert {i["unit"] for i in found if i["task"] == "I.5" and i["period"] != "2022"} == {"TDC"}


def test_a_unit_recorded_until_the_last_day_there_is_hands_nothing_on(
    office: Path, cchc: Run
) -> None:
    units = office / "plans" / "units.yaml"
    ends = "  - id: TTR\n    valid_until: 9999-12-31\n    successor: VP\n"
    text = units.read_text("utf-8").replace("  - id: TTR\n", ends)
    begins = text.replace("  - id: VP\n", "  - id: VP\n    valid_from: 2021-10-01\n")
    units.write_text(begins, "utf-8")
    assert {i["unit"] for i in items(cchc, office, "2025-03-01", "--unit", "TTR")} == {"TTR"}
    assert cchc("validate", cwd=office).code == 0


def test_a_report_names_who_leads_now_beside_the_printed_unit(office: Path, cchc: Run) -> None:
    report = ("report", "--period", "2023", "--format", "md", "--out", "bao-cao")
    for as_of, named in (("2023-01-31", False), ("2023-02-01", True)):
        assert cchc(*report, "--as-of", as_of, cwd=office).code == 0
        (written,) = (office / "bao-cao").iterdir()
        now = "Trung tâm Ứng dụng và Dịch vụ KHCN (nay là Văn phòng Sở)"
        assert (now in written.read_text("utf-8")) is named


def test_the_list_of_tasks_names_who_leads_now_beside_the_printed_unit(
    office: Path, cchc: Run
) -> None:
    def units(as_of: str) -> str:
        lines = cchc("list", "--field", "I", "--as-of", as_of, cwd=office).out.splitlines()
        (line,) = (line for line in lines if line.startswith("I.5 "))
        return line

    assert "  TTUD  " in units("2023-01-31")
    assert "  TTUD (now VP)  " in units("2023-02-01")
