"""The 26 tasks of the signed plan: every occurrence, as a clerk would write it in a calendar."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_cli.core.deadlines.terms import Kind
from cchc_cli.core.model import Plan
from cchc_cli.core.schedule import Schedule
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

ROOT = Path(__file__).parents[2]

EVERY_YEAR_FROM_2021 = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31", "2025-12-31"]
EVERY_YEAR_FROM_2022 = EVERY_YEAR_FROM_2021[1:]
FIRST_QUARTERS = ["2022-03-31", "2023-03-31", "2024-03-31", "2025-03-31"]
END_OF_2022 = ["2022-12-31"]

DUE_DAYS = {
    "I.1": ["2021-12-19", "2022-12-19", "2023-12-19", "2024-12-19", "2025-12-19"],
    "I.2": FIRST_QUARTERS,
    "I.3": ["2021-12-31"],
    "I.4": FIRST_QUARTERS,
    "I.5": EVERY_YEAR_FROM_2022,
    "II.1": EVERY_YEAR_FROM_2021,
    "II.2": EVERY_YEAR_FROM_2021,
    "II.3": EVERY_YEAR_FROM_2021,
    "II.5": EVERY_YEAR_FROM_2021,
    "II.6": EVERY_YEAR_FROM_2021,
    "III.1": EVERY_YEAR_FROM_2021,
    "III.2": [],
    "III.3": END_OF_2022,
    "IV.1": [],
    "IV.2": [],
    "IV.3": END_OF_2022,
    "IV.4": EVERY_YEAR_FROM_2021,
    "V.1": END_OF_2022,
    "V.2": END_OF_2022,
    "V.3": EVERY_YEAR_FROM_2021,
    "VI.1": EVERY_YEAR_FROM_2021,
    "VI.2": END_OF_2022,
    "VII.1": ["2021-12-24", "2022-12-24", "2023-12-24", "2024-12-24", "2025-12-24"],
    "VII.2": EVERY_YEAR_FROM_2022,
    "VII.3": EVERY_YEAR_FROM_2022,
    "VII.4": EVERY_YEAR_FROM_2022,
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(*read_plans(ROOT)).workspace.plans["cchc-2021-2025"]


@pytest.fixture(scope="module")
def schedule(plan: Plan) -> Schedule:
    return Schedule(plan, load(*read_plans(ROOT)).workspace.calendar)


def test_the_plan_has_these_26_tasks_in_this_order(plan: Plan) -> None:
    assert [str(task.id) for task in plan.tasks] == list(DUE_DAYS)


@pytest.mark.parametrize("task_id", DUE_DAYS)
def test_each_task_falls_due_on_its_days(task_id: str, plan: Plan, schedule: Schedule) -> None:
    task = next(task for task in plan.tasks if task.id == task_id)
    scheduled = schedule.of_task(task)
    assert [str(o.due) for o in scheduled.occurrences] == DUE_DAYS[task_id]
    assert scheduled.resolution.problems == ()


def test_the_inspection_plan_of_2021_does_not_exist_for_its_quarter_was_over(
    plan: Plan, schedule: Schedule
) -> None:
    inspection = next(task for task in plan.tasks if task.id == "I.2")
    assert schedule.of_task(inspection).occurrences[0].period == "2022"


@pytest.mark.parametrize(
    ("task_id", "kind"),
    [("III.2", Kind.CONTINUOUS), ("IV.1", Kind.EVENT), ("IV.2", Kind.EVENT), ("I.5", Kind.OPEN)],
)
def test_tasks_without_a_fixed_end_are_told_apart(
    task_id: str, kind: Kind, plan: Plan, schedule: Schedule
) -> None:
    task = next(task for task in plan.tasks if task.id == task_id)
    assert schedule.of_task(task).deadline.kind is kind


def test_reporting_duties_cover_the_windows_of_the_decree(plan: Plan, schedule: Schedule) -> None:
    quarterly, yearly = plan.duties
    windows = {o.period: o for o in schedule.of_duty(quarterly)}
    assert str(windows["2022-Q1"].start) == "2021-12-15"
    assert "2021-Q3" not in windows, "its window had closed before the plan took effect"
    assert [o.period for o in schedule.of_duty(yearly)] == ["2021", "2022", "2023", "2024", "2025"]
    assert all(o.due is None for o in windows.values()), "the plan names no day"
