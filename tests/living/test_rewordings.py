"""A later document words a task anew or adds one, from its day on; nothing printed is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Amend = Callable[[str], Path]
DECIDED = "on: {on}, authority: Quyết định số 7, reason: Theo tỉnh"  # an invented document


@pytest.fixture
def amended(office: Path) -> Callable[[str], Path]:
    """The real plan with the amendments given."""

    def write(amendments: str) -> Path:
        path = office / "plans" / "cchc-2021-2025" / "amendments.yaml"
        path.write_text(amendments, "utf-8")
        return office

    return write


def reworded(task: str, words: str, on: str) -> str:
    decided = DECIDED.format(on=on)
    return f"rewordings:\n  - {{task: {task}, deadline: {words}, {decided}}}\n"


def due(cchc: Run, office: Path, task: str, as_of: str) -> dict[str | None, tuple[Any, ...]]:
    """Of the lead: period → due day, the day by the plan, status, words."""
    done = cchc("due", "--all", "--as-of", as_of, "--format", "json", cwd=office)
    return {
        i["period"]: (i["due"], i["original_due"], i["status"], i["deadline"])
        for i in json.loads(done.out)["items"]
        if i["task"] == task and i["role"] == "lead"
    }


PRINTED = "Quý I năm kế hoạch"


@pytest.mark.parametrize(
    ("as_of", "period", "expected"),
    [
        ("2023-01-31", "2023", ("2023-03-31", None, "not_due", PRINTED)),
        ("2023-02-01", "2023", ("2023-06-30", "2023-03-31", "not_due", "Quý II năm kế hoạch")),
        ("2023-02-01", "2022", ("2022-03-31", None, "overdue", PRINTED)),
        ("2025-07-01", "2025", ("2025-06-30", "2025-03-31", "overdue", "Quý II năm kế hoạch")),
    ],
    ids=["before", "from its day on", "what was late stays late", "to the end"],
)
def test_a_deadline_in_other_words_holds_from_the_day_of_its_document(
    as_of: str, period: str, expected: tuple[Any, ...], amended: Amend, cchc: Run
) -> None:
    office = amended(reworded("I.4", "Quý II năm kế hoạch", "2023-02-01"))
    assert due(cchc, office, "I.4", as_of)[period] == expected


def test_a_period_that_the_new_words_would_end_before_their_day_keeps_the_old_one(
    amended: Amend, cchc: Run
) -> None:
    """Words of 01/05/2023 cannot ask for something by 31/03/2023."""
    office = amended(reworded("I.1", "Quý I năm kế hoạch", "2023-05-01"))
    found = due(cchc, office, "I.1", "2023-05-01")
    assert found["2023"][:3] == ("2023-12-19", None, "not_due")
    assert found["2024"][:2] == ("2024-03-31", "2024-12-19")


def test_work_done_once_is_the_same_work_under_its_new_deadline(amended: Amend, cchc: Run) -> None:
    """I.3 falls due once, under the name 2021-Q4: what was recorded for it stays with it."""
    office = amended(reworded("I.3", "Quý I năm 2022", "2021-12-01"))
    done = cchc("done", "I.3", "--unit", "VP", "--on", "2022-02-15", cwd=office)
    assert done.code == 0, done.err
    found = due(cchc, office, "I.3", "2022-03-01")
    assert found == {"2021-Q4": ("2022-03-31", "2021-12-31", "done_on_time", "Quý I năm 2022")}
    assert cchc("validate", cwd=office).code == 0


def test_what_becomes_continuous_keeps_its_debts(amended: Amend, cchc: Run) -> None:
    office = amended(reworded("I.1", "Thường xuyên", "2023-02-01"))
    found = due(cchc, office, "I.1", "2023-02-01")
    assert {period: row[2] for period, row in found.items()} == {
        "2021": "overdue", "2022": "overdue", None: "continuous",
    }  # fmt: skip


def test_what_was_begun_for_a_period_that_falls_away_is_not_lost(amended: Amend, cchc: Run) -> None:
    office = amended("# chưa có văn bản nào\n")
    progress = office / "plans" / "cchc-2021-2025" / "progress"
    progress.mkdir(exist_ok=True)
    entry = "{task: I.1, period: 2024, state: in_progress, recorded_on: 2023-01-10}"
    (progress / "VP.yaml").write_text(f"unit: VP\nprogress:\n  - {entry}\n", "utf-8")
    amended(reworded("I.1", "Thường xuyên", "2023-02-01"))
    assert due(cchc, office, "I.1", "2023-02-01")["2024"][:3] == ("2024-12-19", None, "in_progress")
    assert cchc("validate", cwd=office).code == 0


def test_an_extension_granted_before_gives_way_to_the_new_words_and_one_after_does_not(
    amended: Amend, cchc: Run
) -> None:
    item = "  - {{task: I.4, period: 2023, to: {to}, on: {on}, authority: CV, reason: r}}\n"
    extension = f"extensions:\n{item}"
    words = reworded("I.4", "Quý II năm kế hoạch", "2023-02-01")
    office = amended(words + extension.format(to="2023-09-30", on="2023-01-15"))
    assert due(cchc, office, "I.4", "2023-01-20")["2023"][0] == "2023-09-30"
    assert due(cchc, office, "I.4", "2023-02-01")["2023"][:2] == ("2023-06-30", "2023-03-31")
    amended(words + extension.format(to="2023-09-30", on="2023-06-01"))
    assert due(cchc, office, "I.4", "2023-06-01")["2023"][:2] == ("2023-09-30", "2023-03-31")


def test_the_printed_words_stay_on_record_beside_the_document(amended: Amend, cchc: Run) -> None:
    name = "name: Phối hợp với đơn vị công nghệ thông tin, products: [Chuyên trang]"
    decided = DECIDED.format(on="2025-03-10")
    office = amended(f"rewordings:\n  - {{task: I.5, {name}, {decided}}}\n")
    before = cchc("show", "I.5", "--as-of", "2025-03-09", cwd=office).out
    assert before.startswith("I.5  Phối hợp với Sở Thông tin và Truyền thông")
    shown = cchc("show", "I.5", "--as-of", "2025-03-10", cwd=office).out
    assert shown.startswith("I.5  Phối hợp với đơn vị công nghệ thông tin\n")
    assert "Name as printed: “Phối hợp với Sở Thông tin và Truyền thông" in shown
    assert "worded anew by Quyết định số 7 of 2025-03-10: Theo tỉnh" in shown
    assert "  Product: Chuyên trang\n" in shown
    said = cchc("show", "I.5", "--as-of", "2025-03-10", "--format", "json", cwd=office).out
    (task,) = json.loads(said)["tasks"]
    assert task["name"] == "Phối hợp với đơn vị công nghệ thông tin"
    assert task["printed"]["name"].startswith("Phối hợp với Sở Thông tin và Truyền thông")
    assert [(step["kind"], step["on"]) for step in task["amended"]] == [("rewording", "2025-03-10")]


ADDED = """\
additions:
  - id: II.7
    field: II
    number: 7
    name: Rà soát văn bản sau khi hợp nhất Sở
    products: [Báo cáo]
    lead: Văn phòng Sở
    support: Các phòng thuộc Sở
    deadline: Trước ngày 20/12 năm báo cáo
    on: 2025-03-10
    authority: Quyết định số 7
    reason: Theo tỉnh
"""


def test_an_added_task_owes_nothing_before_its_document(amended: Amend, cchc: Run) -> None:
    office = amended(ADDED)
    assert due(cchc, office, "II.7", "2025-03-09") == {}
    assert due(cchc, office, "II.7", "2025-03-10") == {
        "2025": ("2025-12-19", None, "not_due", "Trước ngày 20/12 năm báo cáo")
    }
    assert "no task “II.7”" in cchc("show", "II.7", "--as-of", "2025-03-09", cwd=office).err
    listed = cchc("list", "--field", "II", "--as-of", "2025-04-01", cwd=office).out
    assert "II.7" in listed
    assert cchc("done", "II.7", "--unit", "VP", "--on", "2025-11-01", cwd=office).code == 0
    checked = cchc("validate", cwd=office)
    assert checked.code == 0, checked.out
    assert "read 27 tasks" in checked.out


def test_reports_of_days_before_the_documents_read_as_they_did(amended: Amend, cchc: Run) -> None:
    office = amended("# chưa có văn bản nào\n")
    report = ("report", "--period", "2024-Q4", "--format", "md")
    cchc(*report, "--out", "before", cwd=office)
    amended(ADDED + reworded("I.4", "Quý II năm kế hoạch", "2025-02-01"))
    cchc(*report, "--out", "after", cwd=office)
    (after,) = (office / "after").iterdir()
    assert after.read_bytes() == (office / "before" / after.name).read_bytes()


@pytest.mark.parametrize(
    ("amendments", "said"),
    [
        (reworded("I.44", "Quý II", "2023-02-01"), "error[CCHC601] I.44: there is no task “I.44”"),
        (reworded("I.4", "Ngày 31/02/2024", "2023-02-01"), "error[CCHC302] I.4: "),
        (reworded("I.4", "Khoảng giữa quý", "2023-02-01"), "warning[CCHC301] I.4: "),
        (ADDED.replace("field: II", "field: IX"), "there is no field “IX” in this plan"),
        (ADDED.replace("lead: Văn phòng Sở", "lead: Phòng lạ"), "no unit or group is called"),
        (ADDED.replace("II.7", "II.6").replace("number: 7", "number: 6"), "“II.6” is given twice"),
    ],
)
def test_validate_reads_later_words_as_it_reads_the_printed_ones(
    amendments: str, said: str, amended: Amend, cchc: Run
) -> None:
    office = amended(amendments)
    found = cchc("validate", cwd=office).out
    assert said in found
    assert "plans/cchc-2021-2025/amendments.yaml:" in found
