"""What a small plan answers by itself, as the year goes by. People and documents are invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.model import (
    CriteriaField,
    CriteriaList,
    Criterion,
    Declared,
    Measure,
    MeasureKind,
    Plan,
    Rule,
    RuleKind,
    YearOfScores,
)
from cchc_cli.core.periods import Years
from cchc_cli.core.scoring.measures import Measured, Year, measured
from cchc_cli.core.scoring.score import score
from cchc_cli.core.source import SourceFile, Span, Text
from cchc_cli.core.units import Directory
from cchc_cli.syntax.load import load

UNITS = """\
units:
  - {id: VP, name: Văn phòng Ví Dụ}
  - {id: KH, name: Phòng Kế hoạch Ví Dụ}
groups:
  - {id: cac-phong, name: các phòng Ví Dụ, members: [VP, KH]}
"""
APPENDIX = """\
plan: p
fields:
  - id: I
    name: Chỉ đạo (ví dụ)
    tasks:
      - {id: I.1, number: 1, name: Kế hoạch, lead: VP, deadline: Trước 20/12 năm báo cáo}
      - {id: I.2, number: 2, name: Sổ tay, lead: KH, deadline: Trước ngày 30/6/2025}
      - {id: I.3, number: 3, name: Rà soát, lead: các phòng Ví Dụ, deadline: Tháng 9 năm 2025}
      - {id: I.4, number: 4, name: Tin bài, lead: Văn phòng Ví Dụ, deadline: Thường xuyên}
"""
REPORTS = """\
duties:
  - id: BC
    name: Báo cáo quý (ví dụ)
    lead: Phòng Kế hoạch Ví Dụ
    to: VP
    window: Hằng quý
    deadline: Chậm nhất ngày 05 của tháng đầu quý sau
"""
DECIDED = "on: 2025-06-01, authority: Quyết định số 1 (ví dụ), reason: Ví dụ"


def plan_of(records: Sequence[str] = (), amendments: str = "", reports: str = REPORTS) -> Year:
    """The year 2025 of a plan in which this is recorded: "VP I.1 2025 2025-12-01", or "-"."""
    entries: dict[str, list[str]] = {}
    for record in records:
        unit, task, period, day = record.split()
        done = "" if day == "-" else f", completed_on: {day}"
        entries.setdefault(unit, []).append(
            f'  - {{task: {task}, period: "{period}", state: done{done}, recorded_on: 2025-02-01}}'
        )
    files = {
        "plans/units.yaml": UNITS,
        "plans/office.yaml": "agency: Sở Ví Dụ",
        "plans/p/plan.yaml": "id: p\nperiod: 2025-2026",
        "plans/p/appendix.yaml": APPENDIX,
        "plans/p/reporting.yaml": reports,
        "plans/p/amendments.yaml": amendments,
        **{
            f"plans/p/progress/{unit}.yaml": "\n".join([f"unit: {unit}", "progress:", *lines])
            for unit, lines in entries.items()
        },
    }
    files = {path: content for path, content in files.items() if content}
    found = load(SourceFile(path, content) for path, content in files.items())
    assert found.diagnostics == ()
    workspace = found.workspace
    directory = Directory(workspace.units, workspace.groups)

    def agenda(plan: Plan, day: date) -> Agenda:
        return Agenda(plan, directory, workspace.calendar, day, 7)

    return Year(2025, date(2025, 7, 1), workspace.plans, agenda)


def ask(kind: MeasureKind, year: Year, day: str, task: str = "", shift: int = 0) -> Measured:
    named = Text(task, Span("x")) if task else None
    return measured(Measure(kind, task=named, shift=shift),
                    year._replace(as_of=date.fromisoformat(day)))  # fmt: skip


def share(done: int, count: int) -> Decimal:
    return Decimal(100) * done / count


# -- share of the plan completed: I.1, I.2 and I.3 fall due in 2025 --------------------------------

COMPLETION = [
    pytest.param([], "2025-07-01", 0, 3, id="nothing yet, all can still be done"),
    pytest.param(["KH I.2 2025-06-30 2025-08-01"], "2025-09-01", 1, 3, id="done late is done"),
    pytest.param(["KH I.2 2025-06-30 2025-08-01"], "2025-07-31", 0, 3, id="not before its day"),
    pytest.param(["VP I.3 2025-09 2025-09-01"], "2025-10-01", 0, 3, id="one of two leads"),
    pytest.param(["VP I.3 2025-09 2025-09-01", "KH I.3 2025-09 2025-09-02"],
                 "2025-10-01", 1, 3, id="both leads"),
    pytest.param(["KH I.2 2025-06-30 2025-12-31"], "2026-03-01", 1, 1, id="on the last day"),
    pytest.param(["KH I.2 2025-06-30 2026-01-01"], "2026-03-01", 0, 0, id="a day too late"),
    pytest.param(["KH I.2 2025-06-30 -"], "2025-07-01", 0, 3, id="nobody knows when"),
    pytest.param(["KH I.2 2025-06-30 -"], "2026-03-01", 0, 1, id="the day can be recorded later"),
]  # fmt: skip


@pytest.mark.parametrize(("records", "day", "done", "best"), COMPLETION)
def test_the_share_of_the_plan_that_is_completed(
    records: list[str], day: str, done: int, best: int
) -> None:
    found = ask(MeasureKind.PLAN_COMPLETION, plan_of(records), day)
    assert (found.answer, found.best) == (share(done, 3), share(best, 3))
    assert {str(item.of.id) for item in found.items} == {"I.1", "I.2", "I.3"}


def test_what_a_document_cancels_is_not_counted_and_what_it_puts_off_still_is() -> None:
    amendments = (
        f"extensions:\n  - {{task: I.2, to: 2026-03-31, {DECIDED}}}\n"
        f"cancellations:\n  - {{task: I.3, {DECIDED}}}\n"
    )
    found = ask(MeasureKind.PLAN_COMPLETION, plan_of(amendments=amendments), "2025-12-31")
    assert {str(item.of.id) for item in found.items} == {"I.1", "I.2"}
    assert found.answer == 0


def test_a_year_in_which_nothing_falls_due_has_no_share() -> None:
    year = plan_of()._replace(year=2026)
    only_plans = ask(MeasureKind.PLAN_COMPLETION, year, "2026-07-01")
    assert {str(item.of.id) for item in only_plans.items} == {"I.1"}
    found = ask(MeasureKind.PLAN_COMPLETION, year._replace(year=2040), "2026-07-01")
    assert (found.answer, found.best) == (None, None)


# -- reports on time: four quarters, the last due after the year -----------------------------------

IN_TIME = ["KH BC 2025-Q1 2025-04-05", "KH BC 2025-Q2 2025-07-01", "KH BC 2025-Q3 2025-10-05"]


@pytest.mark.parametrize(
    ("records", "day", "answer", "best"),
    [
        pytest.param([], "2025-04-05", 0, 4, id="due today is not late"),
        pytest.param([], "2025-04-06", 0, 3, id="late since yesterday: lost for good"),
        pytest.param(IN_TIME[:1], "2025-07-05", 1, 4, id="on the due day itself"),
        pytest.param(["KH BC 2025-Q1 2025-04-06"], "2025-06-01", 0, 3, id="a day late"),
        pytest.param(["KH BC 2025-Q1 -"], "2025-06-01", 0, 4, id="sent nobody knows when"),
        pytest.param(IN_TIME, "2025-12-31", 3, 4, id="the last one is still to come"),
        pytest.param([*IN_TIME, "KH BC 2025-Q4 2026-01-05"], "2026-01-05", 4, 4,
                     id="the last one, sent after the year and in time"),
        pytest.param(IN_TIME, "2026-01-06", 3, 3, id="the last one is late"),
    ],
)  # fmt: skip
def test_the_share_of_reports_sent_in_time(
    records: list[str], day: str, answer: int, best: int
) -> None:
    found = ask(MeasureKind.REPORTS_ON_TIME, plan_of(records), day)
    assert (found.answer, found.best) == (share(answer, 4), share(best, 4))


@pytest.mark.parametrize("reports", ["", REPORTS[: REPORTS.index("    deadline")]])
def test_reports_without_due_days_are_neither_in_time_nor_late(reports: str) -> None:
    found = ask(MeasureKind.REPORTS_ON_TIME, plan_of(reports=reports), "2025-12-31")
    assert (found.answer, found.best) == (None, None)


# -- a task in time --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "day", "answer", "best"),
    [
        pytest.param([], "2025-12-19", None, True, id="due today"),
        pytest.param([], "2025-12-20", False, False, id="overdue"),
        pytest.param(["VP I.1 2025 2025-12-19"], "2025-12-19", True, True, id="on the last day"),
        pytest.param(["VP I.1 2025 2025-12-20"], "2025-12-31", False, False, id="a day late"),
        pytest.param(["VP I.1 2025 -"], "2025-12-31", None, True, id="nobody knows when"),
    ],
)
def test_whether_the_plan_was_issued_in_time(
    records: list[str], day: str, answer: bool | None, best: bool
) -> None:
    found = ask(MeasureKind.DONE_ON_TIME, plan_of(records), day, "I.1")
    assert (found.answer, found.best) == (answer, best)


def test_the_plan_of_a_year_is_issued_in_the_year_before() -> None:
    year = plan_of(["VP I.1 2025 2025-12-01"])._replace(year=2026)
    assert ask(MeasureKind.DONE_ON_TIME, year, "2026-03-01", "I.1", shift=-1).answer is True
    assert ask(MeasureKind.DONE_ON_TIME, year, "2026-03-01", "I.1").answer is None


@pytest.mark.parametrize("task", ["I.9", "I.4", ""])
def test_a_task_that_is_not_there_or_has_no_due_day_gives_no_answer(task: str) -> None:
    found = ask(MeasureKind.DONE_ON_TIME, plan_of(), "2025-12-31", task)
    assert (found.answer, found.best) == (None, None)
    assert found.why


def test_of_several_plans_of_a_year_none_is_guessed() -> None:
    year = plan_of()
    other = year.plans["p"]._replace(id=Text("q", Span("x")))
    two = year._replace(plans={**year.plans, "q": other})
    found = ask(MeasureKind.PLAN_COMPLETION, two, "2025-12-31")
    assert found.answer is None
    assert found.why[0].template.startswith("several plans cover")


def test_what_the_plan_answers_comes_before_what_is_declared() -> None:
    at = Span("plans/scoring/2025.yaml")
    year = plan_of(["VP I.1 2025 2025-12-01"])._replace(as_of=date(2025, 12, 31))

    def one(task: str) -> tuple[Decimal | None, int]:
        measure = Measure(MeasureKind.DONE_ON_TIME, task=Text(task, at))
        rule = Rule(RuleKind.FULL_OR_ZERO)
        issued = Criterion(Text("1", at), Text("Ban hành", at), Decimal(2), at, rule, measure)
        field = CriteriaField(Text("1", at), Text("Chỉ đạo", at), Decimal(2), at, (issued,))
        listed = CriteriaList(Text("vi-du", at), Text("Ví dụ", at), Years(2025, 2025), Decimal(2),
                              at, (field,))  # fmt: skip
        declared = (Declared(Text("1", at), Text("no", at), at),)
        (line,) = score(listed, YearOfScores(2025, Text("vi-du", at), at, declared), year).lines
        return line.points, len(line.items)

    assert one("I.1") == (2, 1)
    assert one("I.4") == (0, 0), "where the plan does not answer, the declared answer counts"
