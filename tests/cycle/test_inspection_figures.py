"""The figures of an inspection, day by day: a visit with two problems, settled at other times.

The plan, its units and what was found are invented.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.inspection import InspectionFigures, figures, problems
from cchc_cli.core.periods import Days
from cchc_cli.core.source import SourceFile
from cchc_cli.core.units import Directory
from cchc_cli.syntax.load import load

UNITS = """\
units:
  - {id: VP, name: Văn phòng Thí Dụ}
  - {id: KH, name: Phòng Kế hoạch Thí Dụ}
  - {id: TT, name: Trung tâm Thí Dụ}
"""
PLAN = "id: vi-du\nperiod: 2024-2026\n"
APPENDIX = """\
plan: vi-du
fields:
  - id: I
    name: Chỉ đạo điều hành (ví dụ)
    tasks: [{id: I.1, number: 1, name: Kiểm tra (ví dụ), lead: VP, deadline: Hằng năm}]
"""
INSPECTION = """\
year: 2025
task: I.1
visits:
  - id: KT.2025.1
    unit: KH
    deadline: Tháng 5 năm 2025
    held_on: 2025-06-14
    findings:
      - id: KT.2025.1.1
        name: Chưa niêm yết thủ tục (ví dụ)
        measure: Niêm yết đủ thủ tục
        deadline: Trước ngày 01/7/2025
      - {id: KT.2025.1.2, name: Chưa lưu hồ sơ (ví dụ)}
  - {id: KT.2025.2, unit: TT, deadline: Tháng 6 năm 2025}
  - {id: KT.2025.3, unit: KH, held_on: 2025-09-10}
"""
SIX_MONTHS = Days(date(2024, 12, 15), date(2025, 6, 14))
YEAR = Days(date(2024, 12, 15), date(2025, 12, 14))


def agenda(
    as_of: date, progress: str = "", inspection: str = INSPECTION, amendments: str = ""
) -> Agenda:
    files = {
        "plans/units.yaml": UNITS,
        "plans/vi-du/plan.yaml": PLAN,
        "plans/vi-du/appendix.yaml": APPENDIX,
        "plans/vi-du/inspection/2025.yaml": inspection,
        "plans/vi-du/amendments.yaml": amendments,
        "plans/vi-du/progress/KH.yaml": f"unit: KH\nprogress:\n{progress}",
    }
    workspace = load(SourceFile(path, text) for path, text in files.items() if text).workspace
    directory = Directory(workspace.units, workspace.groups)
    return Agenda(workspace.plans["vi-du"], directory, workspace.calendar, as_of, soon=7)


def settled(finding: str, on: str, period: str = "") -> str:
    named = f", period: {period}" if period else ""
    return f"  - {{task: {finding}{named}, state: done, completed_on: {on}, recorded_on: {on}}}\n"


def told(found: InspectionFigures | None) -> dict[str, list[str]]:
    assert found is not None
    return {
        "held": [str(visit.id) for visit in found.held],
        "units": list(found.units),
        **{
            name: [str(problem.finding.id) for problem in getattr(found, name)]
            for name in ("found", "settled", "undated", "cancelled", "open", "overdue")
        },
    }


def test_a_visit_on_the_last_day_of_the_window_is_of_it() -> None:
    assert told(figures(agenda(date(2025, 6, 14)), SIX_MONTHS)) == {
        "held": ["KT.2025.1"],
        "units": ["KH"],
        "found": ["KT.2025.1.1", "KT.2025.1.2"],
        "settled": [],
        "undated": [],
        "cancelled": [],
        "open": ["KT.2025.1.1", "KT.2025.1.2"],
        "overdue": [],
    }


def test_the_day_before_nothing_has_been_found_yet() -> None:
    found = told(figures(agenda(date(2025, 6, 13)), SIX_MONTHS))
    assert found == {name: [] for name in found}


def test_a_problem_settled_after_the_window_is_settled_in_no_earlier_one() -> None:
    done = settled("KT.2025.1.1", "2025-06-30", "2025-07-01")
    found = told(figures(agenda(date(2025, 7, 1), done), SIX_MONTHS))
    assert found["settled"] == []
    assert found["open"] == ["KT.2025.1.2"]
    found = told(figures(agenda(date(2025, 7, 1), done), YEAR))
    assert found["settled"] == ["KT.2025.1.1"]


def test_what_is_settled_too_late_is_overdue_until_then() -> None:
    done = settled("KT.2025.1.1", "2025-07-05", "2025-07-01")
    found = told(figures(agenda(date(2025, 7, 4), done), YEAR))
    assert (found["overdue"], found["settled"]) == (["KT.2025.1.1"], [])
    found = told(figures(agenda(date(2025, 7, 5), done), YEAR))
    assert (found["overdue"], found["settled"]) == ([], ["KT.2025.1.1"])


def test_a_unit_visited_twice_counts_once() -> None:
    found = told(figures(agenda(date(2025, 12, 14)), YEAR))
    assert found["held"] == ["KT.2025.1", "KT.2025.3"]
    assert found["units"] == ["KH"]


def test_what_is_done_on_a_day_that_nobody_told_is_in_no_window() -> None:
    done = "  - {task: KT.2025.1.2, state: done}\n"
    found = told(figures(agenda(date(2025, 12, 14), done), YEAR))
    assert (found["settled"], found["undated"]) == ([], ["KT.2025.1.2"])
    assert found["open"] == ["KT.2025.1.1"]


def test_what_a_document_calls_off_is_open_no_longer() -> None:
    called_off = (
        "cancellations:\n  - {task: KT.2025.1.2, on: 2025-08-01, authority: Thông báo (ví dụ), "
        "reason: Bỏ quy định (ví dụ)}\n"
    )
    found = told(figures(agenda(date(2025, 7, 31), amendments=called_off), YEAR))
    assert (found["cancelled"], found["open"]) == ([], ["KT.2025.1.1", "KT.2025.1.2"])
    found = told(figures(agenda(date(2025, 8, 1), amendments=called_off), YEAR))
    assert (found["cancelled"], found["open"]) == (["KT.2025.1.2"], ["KT.2025.1.1"])


def test_a_year_without_a_file_has_no_figures_and_an_empty_one_has_none_held() -> None:
    assert figures(agenda(date(2025, 12, 14), inspection=""), YEAR) is None
    next_year = Days(date(2025, 12, 15), date(2026, 3, 14))
    assert figures(agenda(date(2026, 3, 14)), next_year) is None
    kept = figures(agenda(date(2025, 12, 14), inspection="year: 2025\n"), YEAR)
    assert kept is not None
    assert all(part == () for part in kept)


DAY = some.dates(date(2025, 6, 1), date(2025, 12, 31))


@given(as_of=DAY, last=DAY, first=DAY, done=some.lists(some.tuples(some.booleans(), DAY)))
def test_every_problem_is_open_or_done_on_one_day(
    as_of: date, last: date, first: date, done: list[tuple[bool, date]]
) -> None:
    progress = "".join(
        settled("KT.2025.1.1", str(day), "2025-07-01")
        if dated
        else settled("KT.2025.1.2", str(day))
        for dated, day in done
    )
    kept = agenda(as_of, progress)
    every = [p for p in problems(kept) if p.found_on <= last]
    windows = [
        Days(date(2025, 1, 1), first - timedelta(days=1)),
        Days(first, last),
        Days(last + timedelta(days=1), date(2025, 12, 31)),
    ]
    found = figures(kept, Days(first, last))
    assert found is not None
    whole = figures(kept, Days(date(2025, 1, 1), date(2025, 12, 31)))
    assert whole is not None
    assert len(found.open) + sum(p.settled for p in every) == len(every)
    assert set(map(id, found.overdue)) <= set(map(id, found.open))
    if first <= last:
        parts = [figures(kept, window) for window in windows]
        assert sum(len(part.held) for part in parts if part) == len(whole.held)
        assert sum(len(part.found) for part in parts if part) == len(whole.found)
        assert len(whole.settled) + len(whole.undated) + len(whole.open) == len(whole.found)
