"""Work that plans share: recorded in any of them, it stands the same in all, on every day."""

from __future__ import annotations

from datetime import date

import pytest

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.lineage import Lineage, Node
from cchc_cli.core.model import Workspace
from cchc_cli.core.source import SourceFile
from cchc_cli.core.units import Directory
from cchc_cli.syntax.load import load

UNITS = """\
units:
  - id: VP
    name: Văn phòng Sở
  - id: KHTC
    name: Phòng Kế hoạch
    valid_until: 2022-06-30
    successor: TT
  - id: TT
    name: Trung tâm
    valid_from: 2022-07-01
"""
WHOLE = """\
plan: p
fields:
  - id: I
    name: Ví dụ
    tasks:
      - id: I.1
        number: 1
        name: Đề án
        products: [Đề án]
        lead: Văn phòng Sở, Phòng Kế hoạch
        deadline: Năm 2022
"""
PARTS = """\
plan: p-2022
fields:
  - id: I
    name: Ví dụ
    tasks:
      - id: "2022.I.1"
        number: 1
        name: Dự thảo Đề án
        products: [Dự thảo]
        lead: Văn phòng Sở, Phòng Kế hoạch
        deadline: Quý II năm 2022
        parent: {task: I.1, period: 2022}
      - id: "2022.I.2"
        number: 2
        name: Phê duyệt Đề án
        products: [Đề án]
        lead: Văn phòng Sở
        deadline: Quý IV năm 2022
        parent: {task: I.1, period: 2022}
"""
ONE = PARTS[: PARTS.index('      - id: "2022.I.2"')]


def entry(task: str, period: str, state: str, on: str, **more: str) -> str:
    lines = [f'  - task: "{task}"', f"    period: {period}", f"    state: {state}"]
    if state == "done":
        lines.append(f"    completed_on: {on}")
    lines.append(f"    recorded_on: {more.pop('recorded', on)}")
    lines += [f"    {key}: {value}" for key, value in more.items()]
    return "\n".join(lines) + "\n"


def office(table: str, **progress: str) -> Workspace:
    """Two plans; `progress` are the entries of a unit by names such as "p_VP" or "child_VP"."""
    texts = {
        "plans/office.yaml": "agency: Sở Ví dụ\n",
        "plans/units.yaml": UNITS,
        "plans/p/plan.yaml": "id: p\nperiod: 2021-2025\n",
        "plans/p/appendix.yaml": WHOLE,
        "plans/p-2022/plan.yaml": "id: p-2022\nperiod: 2022\nparent: p\n",
        "plans/p-2022/appendix.yaml": table,
    }
    for name, entries in progress.items():
        plan, unit = name.split("_")
        folder = "p-2022" if plan == "child" else plan
        texts[f"plans/{folder}/progress/{unit}.yaml"] = f"unit: {unit}\nprogress:\n{entries}"
    loaded = load([SourceFile(path, text) for path, text in texts.items()])
    assert loaded.diagnostics == ()
    return loaded.workspace


def agenda(workspace: Workspace, plan: str, day: str) -> Agenda:
    directory = Directory(workspace.units, workspace.groups)
    joined = Lineage(workspace, directory).joined(workspace.plans[plan])
    return Agenda(joined, directory, workspace.calendar, date.fromisoformat(day), 7)


def status(workspace: Workspace, plan: str, day: str, unit: str = "VP") -> list[str]:
    items = agenda(workspace, plan, day).items()
    return [i.status.value for i in items if i.unit and i.unit.id == unit]


def test_entries_of_either_plan_are_entries_of_both_each_from_its_day() -> None:
    done = entry("I.1", "2022", "done", "2022-03-01", recorded="2022-04-01")
    taken = entry("2022.I.1", "2022-Q2", "reopened", "2022-05-01", reason="Nhầm")
    begun = entry("2022.I.1", "2022-Q2", "in_progress", "2022-01-10")
    workspace = office(ONE, p_VP=done, child_VP=begun + taken)
    for day, wanted in {
        "2022-01-09": "not_due", "2022-01-10": "in_progress", "2022-03-01": "done_on_time",
        "2022-05-01": "not_due",
    }.items():  # fmt: skip
        assert status(workspace, "p", day) == status(workspace, "p-2022", day) == [wanted]
    (record,) = next(agenda(workspace, "p", "2022-03-02").items()).records
    assert record.span.path == "plans/p/progress/VP.yaml"


def test_an_entry_keeps_its_place_and_evidence() -> None:
    proof = entry("2022.I.1", "2022-Q2", "done", "2022-03-01")
    proof += "    evidence:\n      - document: Quyết định số 5\n"
    item = next(agenda(office(ONE, child_VP=proof), "p", "2022-03-02").items())
    (record,) = item.records
    assert (record.task, record.period) == ("I.1", "2022")
    assert record.task.span.path == "plans/p-2022/progress/VP.yaml"
    assert [one.document for one in record.evidence] == ["Quyết định số 5"]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2022-02-28", "not_due"),
        ("2022-03-01", "in_progress"),  # the first part is done
        ("2022-09-01", "done_on_time"),  # the last one, too
        ("2022-10-01", "in_progress"),  # one is taken back
        ("2022-11-01", "done_on_time"),
    ],
)
def test_a_whole_stands_as_its_parts_do(day: str, wanted: str) -> None:
    entries = (
        entry("2022.I.1", "2022-Q2", "done", "2022-03-01")
        + entry("2022.I.2", "2022-Q4", "done", "2022-09-01", recorded="2022-09-20")
        + entry("2022.I.1", "2022-Q2", "reopened", "2022-10-01", reason="Bổ sung")
        + entry("2022.I.1", "2022-Q2", "done", "2022-11-01")
    )
    assert status(office(PARTS, child_VP=entries), "p", day) == [wanted]


def test_a_unit_answers_for_the_parts_that_it_leads() -> None:
    workspace = office(PARTS, child_KHTC=entry("2022.I.1", "2022-Q2", "done", "2022-03-01"))
    assert status(workspace, "p", "2022-03-02", "KHTC") == ["done_on_time"]
    assert status(workspace, "p", "2022-03-02") == ["not_due"]


def test_who_takes_over_a_part_goes_on_with_it() -> None:
    workspace = office(PARTS, child_TT=entry("2022.I.1", "2022-Q2", "done", "2022-08-01"))
    assert status(workspace, "p", "2022-08-01", "TT") == ["done_on_time"]
    lineage = Lineage(workspace, Directory(workspace.units, workspace.groups))
    whole = Node("p", "I.1", "2022")
    assert lineage.parts_of(whole, "TT") == [Node("p-2022", "2022.I.1", "2022-Q2")]
    assert len(lineage.parts_of(whole, "VP")) == 2


def test_a_plan_without_relatives_is_left_as_it_is() -> None:
    loaded = load([SourceFile("plans/p/plan.yaml", "id: p\nperiod: 2021-2025\n"),
                   SourceFile("plans/p/appendix.yaml", WHOLE)])  # fmt: skip
    plan = loaded.workspace.plans["p"]
    lineage = Lineage(loaded.workspace, Directory((), ()))
    assert not lineage
    assert lineage.joined(plan) == plan
    assert lineage.home(Node("p", "I.1", "2022"), "VP") == Node("p", "I.1", "2022")


def test_a_unit_goes_on_where_its_last_entry_stands() -> None:
    workspace = office(ONE, child_VP=entry("2022.I.1", "2022-Q2", "in_progress", "2022-03-01"))
    lineage = Lineage(workspace, Directory(workspace.units, workspace.groups))
    at = Node("p", "I.1", "2022")
    assert lineage.home(at, "VP") == Node("p-2022", "2022.I.1", "2022-Q2")
    assert lineage.home(at, "KHTC") == at
