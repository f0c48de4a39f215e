"""From the period plan to its annual plans: derived, mended, published and followed.

The plan is the real one; what is done and decided is invented. Progress is recorded now in one
plan, now in the other, and stands the same in both.
"""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import yaml

Cycle = Any
PERIOD = "cchc-2021-2025"
REASON = """
acknowledged:
  - code: CCHC213
    at: VII.4
    found: 2022
    reason: Tỉnh chưa bố trí kinh phí năm 2022
"""


def published(cycle: Cycle, day: str, year: int) -> None:
    """The plan of a year and its appendix as Word files without a deviation."""
    plan = ("--plan", f"cchc-{year}", "--out", "ban-hanh")
    said = cycle.run(day, "publish", "plan", *plan)
    said += cycle.run(day, "publish", "appendix", "--year", str(year), *plan)
    files = said.splitlines()
    assert len(files) == 2
    for file in files:
        cycle.run(day, "check-docx", file)


def the_same_everywhere(cycle: Cycle, day: str) -> None:
    """Nothing shared has two statuses."""
    found = cycle.standings(date.fromisoformat(day))
    assert {key: status for key, status in found.items() if len(status) > 1} == {}


def test_the_annual_plans_of_a_period(cycle: Cycle) -> None:
    cycle.run("2021-12-01", "config", "unit", "VP")
    before = cycle.listed("2021-12-10", "--role", "any")

    derived_in_time(cycle, before)
    recorded_in_either(cycle)
    divided(cycle)
    left_out(cycle)
    carried_over(cycle)

    # An event is recorded once, and the plans that wait for it know.
    cycle.run("2023-03-10", "event", "record", "E.IV.2", "--on", "2023-03-08", "--doc",
              "Thông tư số 3/2023/TT-BNV")  # fmt: skip
    for plan, task in ((PERIOD, "IV.2"), ("cchc-2023", "2023.IV.2")):
        assert cycle.status("2023-03-10", plan, task, "VP", "E.IV.2") == "no_due_date"

    for day, year in (("2023-12-10", 2024), ("2024-12-10", 2025)):
        assert "kiểm tra thấy: 0 lỗi" in cycle.run(day, "plan-year", str(year))
        published(cycle, day, year)
    cycle.run("2025-01-10", "validate")
    the_same_everywhere(cycle, "2025-01-10")
    together = [(i["plan"], i["task"], i["period"], i["unit"]) for i in
                cycle.listed("2025-01-10", "--role", "any")]  # fmt: skip
    assert len(together) == len(set(together))
    # The period plan alone lists as much, but for V.1: VP and those who support it have two parts.
    alone = cycle.listed("2025-01-10", "--role", "any", "--plan", PERIOD)
    assert len(together) - len(alone) == 2

    code, _out, err = cycle.ran("2025-01-10", "plan-year", "2023")
    assert code == 3
    assert "cchc validate --plan cchc-2023" in err


def derived_in_time(cycle: Cycle, before: list[dict[str, Any]]) -> None:
    # Derived in time for the new year: every item is listed once, as before.
    said = cycle.run("2021-12-10", "plan-year", "2022")
    assert "cchc-2022: 37 nhiệm vụ lấy từ cchc-2021-2025" in said
    assert "- đến hạn trong năm: 22" in said
    assert "2022.I.4 ← I.3 (2021-Q4): Quý IV năm 2021" in said
    assert "kiểm tra thấy: 0 lỗi" in said
    together = cycle.listed("2021-12-10", "--role", "any")
    assert len(together) == len(before)
    assert {item["plan"] for item in together} == {PERIOD, "cchc-2022"}
    published(cycle, "2021-12-14", 2022)


def recorded_in_either(cycle: Cycle) -> None:
    # Recorded in one plan, it is done in the other: carried over late, and in time.
    cycle.run("2022-01-05", "done", "2022.I.4", "--on", "2021-12-30", "--doc", "Quyết định số 150")
    assert cycle.status("2022-01-06", PERIOD, "I.3", "VP", "2021-Q4") == "done_on_time"
    cycle.run("2022-03-20", "done", "I.2", "--period", "2022", "--doc", "Báo cáo số 9")
    assert cycle.status("2022-03-21", "cchc-2022", "2022.I.3", "VP", "2022") == "done_on_time"
    cycle.run("2022-03-22", "undo-done", "2022.I.3", "--reason", "Báo cáo còn phải sửa")
    assert cycle.status("2022-03-21", PERIOD, "I.2", "VP", "2022") == "done_on_time"
    assert cycle.status("2022-03-22", PERIOD, "I.2", "VP", "2022") == "not_due"
    cycle.run("2022-04-04", "done", "2022.I.3", "--on", "2022-04-02", "--doc", "Báo cáo số 11")
    assert cycle.status("2022-04-05", PERIOD, "I.2", "VP", "2022") == "done_late"
    the_same_everywhere(cycle, "2022-04-05")


def divided(cycle: Cycle) -> None:
    # One task is split: it is begun with its first part, and done with its last.
    split(cycle)
    cycle.run("2022-06-20", "done", "2022.V.1", "--doc", "Tờ trình số 3")
    assert cycle.status("2022-06-21", PERIOD, "V.1", "VP", "2022") == "in_progress"
    assert cycle.status("2022-06-21", PERIOD, "V.1", "KHTC", "2022") == "not_due"
    code, _out, err = cycle.ran("2022-07-01", "done", "V.1", "--period", "2022")
    assert code == 2
    assert "2022.V.1 (2022-Q2), 2022.V.5 (2022)" in err
    cycle.run("2022-12-01", "done", "2022.V.5", "--doc", "Quyết định số 80")
    cycle.run("2022-12-02", "done", "2022.V.5", "--unit", "KHTC", "--doc", "Quyết định số 80")
    assert cycle.status("2022-12-02", PERIOD, "V.1", "VP", "2022") == "done_on_time"
    assert cycle.status("2022-11-30", PERIOD, "V.1", "VP", "2022") == "in_progress"
    keys = [(i["plan"], i["task"]) for i in cycle.listed("2022-12-02", "--unit", "VP")]
    assert (PERIOD, "V.1") not in keys
    assert {("cchc-2022", "2022.V.1"), ("cchc-2022", "2022.V.5")} <= set(keys)


def carried_over(cycle: Cycle) -> None:
    # What is not done goes on in the next year, with its old deadline.
    said = cycle.run("2022-12-12", "plan-year", "2023")
    assert "2023.V.1 ← V.2 (2022): Năm 2022" in said
    assert "V.1 (2022)" in said.split("- không đưa vào")[1]
    cycle.run("2023-02-01", "done", "2023.V.1", "--unit", "TTUD", "--doc", "Quyết định số 5")
    for plan, task in ((PERIOD, "V.2"), ("cchc-2022", "2022.V.2"), ("cchc-2023", "2023.V.1")):
        assert cycle.status("2023-02-02", plan, task, "TTUD", "2022") == "done_late"
    due = cycle.listed("2023-02-02", "--unit", "TTUD")
    assert [i["plan"] for i in due if i["period"] == "2022" and i["status"] == "done_late"] == [
        "cchc-2023"
    ]
    published(cycle, "2023-02-02", 2023)


def split(cycle: Cycle) -> None:
    """V.1 in two parts: Văn phòng Sở proposes by June, and with the others decides by December."""
    path = cycle.office / "plans" / "cchc-2022" / "appendix.yaml"
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    (area,) = (f for f in table["fields"] if f["id"] == "V")
    (whole,) = (t for t in area["tasks"] if t["parent"]["task"] == "V.1")
    last = {
        **deepcopy(whole),
        "id": "2022.V.5",
        "number": 5,
        "name": "Phê duyệt Đề án vị trí việc làm",
    }
    whole |= {"name": "Trình Đề án vị trí việc làm", "lead": "Văn phòng Sở"}
    whole["deadline"] = "Quý II năm 2022"
    area["tasks"].append(last)
    path.write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")
    assert "cảnh báo" in cycle.run("2022-05-04", "validate")


def left_out(cycle: Cycle) -> None:
    """VII.4 is not taken up in 2022: a warning, until the reason is on record."""
    path = cycle.office / "plans" / "cchc-2022" / "appendix.yaml"
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    (area,) = (f for f in table["fields"] if f["id"] == "VII")
    assert area["tasks"].pop()["parent"] == {"task": "VII.4", "period": 2022}
    path.write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")
    said = cycle.run("2022-12-05", "validate", "--plan", "cchc-2022")
    assert "cảnh báo[CCHC213] VII.4: bỏ sót kỳ 2022, đến hạn 31/12/2022" in said
    cycle.edit("cchc-2022/acknowledged.yaml", "\nacknowledged: []\n", REASON)
    assert "CCHC213" not in cycle.run("2022-12-05", "validate", "--plan", "cchc-2022")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plan-year", "2031"), "lập từ kế hoạch nào? Đang có: cchc-2021-2025"),
        (("plan-year", "2031", "--from", PERIOD), "năm 2031 không thuộc cchc-2021-2025"),
        (("plan-year", "2023", "--from", "cchc"), "không có kế hoạch “cchc”"),
        (("plan-year", "2023", "--id", "kế hoạch"), "“kế hoạch” không dùng làm mã được"),
        (("plan-year", "2023", "--id", PERIOD), "đã có kế hoạch “cchc-2021-2025”"),
        (("plan-period", "2026-2021", "--from", PERIOD), "“2026-2021”"),
    ],
)
def test_what_cannot_be_derived_is_refused(
    cycle: Cycle, arguments: tuple[str, ...], said: str
) -> None:
    before = sorted(cycle.office.rglob("*.yaml"))
    code, _out, err = cycle.ran("2022-12-12", *arguments)
    assert code in (2, 3)
    assert said in err
    assert sorted(cycle.office.rglob("*.yaml")) == before


def test_a_dry_run_writes_nothing(cycle: Cycle) -> None:
    before = sorted(cycle.office.rglob("*.*"))
    for arguments in (("plan-year", "2023"), ("plan-period", "2026-2030", "--from", PERIOD)):
        assert "chưa ghi gì" in cycle.run("2022-12-12", *arguments, "--dry-run")
    assert [p for p in sorted(cycle.office.rglob("*.*")) if ".cchc" not in p.name] == before


def test_the_next_period_begins_with_what_goes_on(cycle: Cycle) -> None:
    cycle.run("2025-03-01", "unit", "merge", "TTR", "--into", "VP", "--on", "2025-03-01",
              "--authority", "Quyết định số 7/QĐ-UBND", "--reason", "Sắp xếp bộ máy")  # fmt: skip
    cycle.run("2025-04-01", "done", "I.3", "--unit", "VP", "--doc", "Quyết định số 150")
    said = cycle.run("2025-12-01", "plan-period", "2026-2030", "--from", PERIOD)
    assert "II.5 [Hằng năm]: ghi tên “Thanh tra Sở”, đơn vị chỉ có đến ngày 28/02/2025" in said
    table = yaml.safe_load((cycle.office / "plans/cchc-2026-2030/appendix.yaml").read_text("utf-8"))
    names = {task["name"] for area in table["fields"] for task in area["tasks"]}
    deadlines = {task["deadline"] for area in table["fields"] for task in area["tasks"]}
    assert deadlines == {
        "Trước ngày 20/12 năm báo cáo", "Quý I năm kế hoạch", "Hằng năm", "Thường xuyên"
    }  # fmt: skip
    assert not any("thi hành pháp luật hàng năm" in name for name in names)
    listing = (cycle.office / "cchc-2026-2030-can-quyet-dinh.md").read_text("utf-8")
    boxes = [line for line in listing.splitlines() if line.startswith("- [ ]")]
    assert any(line.startswith("- [ ] VII.4") for line in boxes)
    assert "- I.3 " in listing
    assert "- [ ] I.3" not in listing
    cycle.run("2025-12-01", "validate", "--plan", "cchc-2026-2030")


def test_an_entry_stays_in_the_file_in_which_its_unit_began(cycle: Cycle) -> None:
    cycle.run("2021-12-10", "plan-year", "2022")
    cycle.run("2022-02-01", "start", "I.2", "--period", "2022", "--unit", "VP")
    said = cycle.run("2022-02-01", "done", "2022.I.3", "--unit", "VP", "--doc", "Báo cáo số 9")
    assert "plans/cchc-2021-2025/progress/VP.yaml" in said
    assert not (cycle.office / "plans" / "cchc-2022" / "progress").exists()


def test_a_roll_up_counts_shared_work_once(cycle: Cycle) -> None:
    def total() -> object:
        return json.loads(cycle.run("2022-06-30", "rollup", ".", "--format", "json"))["total"]

    cycle.run("2022-03-10", "done", "I.2", "--period", "2022", "--unit", "VP")
    before = total()
    cycle.run("2022-03-11", "plan-year", "2022", "--as-of", "2021-12-10")
    assert (cycle.office / "plans" / "cchc-2022" / "appendix.yaml").is_file()
    assert total() == before
