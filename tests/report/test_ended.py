"""`cchc report --ended`: run every day, it writes each report on the last day that it covers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.periods import Days
from cchc_cli.core.report.build import ended, window
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
WORKSPACE = load(read_plans(ROOT)[0]).workspace
PLAN, CALENDAR = WORKSPACE.plans["cchc-2021-2025"], WORKSPACE.calendar


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        ("2022-03-13", "2022-03-13", []),
        ("2022-03-14", "2022-03-14", ["2022-Q1"]),
        ("2022-03-15", "2022-03-15", []),
        ("2022-03-31", "2022-03-31", []),  # the calendar quarter is not that of the report
        ("2022-12-14", "2022-12-14", ["2022", "2022-Q4"]),
        ("2022-03-14", "2022-12-13", ["2022-Q1", "2022-Q2", "2022-Q3"]),
        ("2021-01-01", "2021-12-31", ["2021", "2021-Q4"]),  # the plan is of October 2021
        ("2026-01-01", "2030-12-31", []),  # and ends with 2025
    ],
)
def test_the_periods_that_have_ended(first: str, last: str, periods: list[str]) -> None:
    days = Days(date.fromisoformat(first), date.fromisoformat(last))
    assert [each.period.label for each in ended(PLAN, CALENDAR, days)] == periods


def test_daily_runs_over_the_whole_plan_miss_no_period_and_repeat_none() -> None:
    day, found = date(2021, 10, 1), []
    while day <= date(2026, 1, 1):
        for each in ended(PLAN, CALENDAR, Days(day, day)):
            assert each.window == window(PLAN, CALENDAR, each.period)
            found.append(each.period.label)
        day += timedelta(days=1)
    years = [str(year) for year in range(2021, 2026)]
    quarters = [f"{year}-Q{quarter}" for year in years for quarter in "1234"]
    assert sorted(found) == sorted([*years, *quarters[3:]])


def test_a_plan_without_reporting_duties_has_no_periods_that_could_end() -> None:
    days = Days(date(2021, 1, 1), date(2030, 12, 31))
    assert ended(PLAN._replace(duties=()), CALENDAR, days) == []


def test_on_the_last_day_the_same_report_is_written_as_by_its_period(cchc: Run, copy: Path) -> None:
    ran = cchc("report", "--ended", "--as-of", "2022-06-14", "--out", "a", cwd=copy)
    assert (ran.code, ran.err) == (0, "")
    cchc("report", "--period", "2022-Q2", "--out", "b", cwd=copy)
    written = sorted(path.name for path in (copy / "a").iterdir())
    assert written == ["mau-2022-2022-Q2.docx", "mau-2022-2022-Q2.md"]
    for name in written:
        assert (copy / "a" / name).read_bytes() == (copy / "b" / name).read_bytes()


def test_on_any_other_day_nothing_is_written_and_it_says_what_comes_next(
    cchc: Run, copy: Path
) -> None:
    ran = cchc("report", "--ended", "--as-of", "2022-06-15", cwd=copy)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == (
        "no report period ends on 2022-06-15\n"
        "the next is 2022-Q3 of mau-2022, on 2022-09-14\n"
    )  # fmt: skip
    assert not (copy / "reports").exists()


def test_a_run_that_comes_late_catches_up_and_leaves_what_is_there(cchc: Run, copy: Path) -> None:
    given = ("report", "--ended", "--format", "md", "--as-of", "2022-06-20", "--since")
    assert cchc(*given, "2022-06-10", cwd=copy).code == 0
    report = copy / "reports" / "mau-2022-2022-Q2.md"
    report.write_text("đã điền", encoding="utf-8")
    ran = cchc(*given, "2022-03-01", cwd=copy)
    assert ran.code == 0
    assert ran.out.splitlines() == [str(Path("reports") / "mau-2022-2022-Q1.md")]
    assert ran.err == f"{Path('reports') / report.name} is there already and stays as it is\n"
    assert report.read_text(encoding="utf-8") == "đã điền"
    judged = (copy / "reports" / "mau-2022-2022-Q1.md").read_text(encoding="utf-8")
    assert "14/03/2022" in judged
    assert "20/06/2022" not in judged


def test_the_files_can_be_named_without_being_written(cchc: Run, copy: Path) -> None:
    given = ("report", "--ended", "--as-of", "2022-12-14", "--unit", "TT", "--format", "md")
    ran = cchc(*given, "--dry-run", cwd=copy)
    assert ran.out.splitlines() == [
        str(Path("reports") / name) for name in ("mau-2022-2022-TT.md", "mau-2022-2022-Q4-TT.md")
    ]
    assert not (copy / "reports").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--ended", "--period", "2022-Q1"],
        ["--period", "2022-Q1", "--since", "2022-01-01"],
        ["--ended", "--since", "2022-03-15", "--as-of", "2022-03-14"],
    ],
)
def test_what_goes_not_together_is_a_mistake_of_usage(
    cchc: Run, copy: Path, arguments: list[str]
) -> None:
    ran = cchc("report", *arguments, cwd=copy)
    assert (ran.code, ran.out) == (2, "")
    assert not (copy / "reports").exists()
