"""What a report says, before anybody lays it out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from types import MappingProxyType

import pytest

from cchc_cli.core.report.build import together
from cchc_cli.core.report.view import Line, Part, Report, Row
from cchc_cli.core.status import DONE, Standing, Status

View = Callable[..., Report]
QUARTERS = [f"{year}-Q{quarter}" for year in range(2021, 2026) for quarter in range(1, 5)]


def rows(found: tuple[Row, ...]) -> dict[str, tuple[Line, ...]]:
    return {row.id: row.lines for row in found}


@pytest.mark.parametrize(
    ("period", "window", "next_last", "by"),
    [
        # Report periods of Nghị định 09/2019/NĐ-CP, art. 12, tile the year from 15 December on.
        ("2022-Q1", ("2021-12-15", "2022-03-14"), "2022-06-14", "Điều 12"),
        ("2022-Q4", ("2022-09-15", "2022-12-14"), "2023-03-14", "Điều 12"),
        ("2022", ("2021-12-15", "2022-12-14"), "2023-12-14", "Điều 12"),
        # A quarter before the plan took effect, and one next to its end, have their windows too.
        ("2021-Q1", ("2020-12-15", "2021-03-14"), "2021-06-14", "Điều 12"),
        ("2025-Q4", ("2025-09-15", "2025-12-14"), "2026-03-14", "Điều 12"),
        # The plan has no duty for half-years and months: the decree has windows for them.
        ("2022-H1", ("2021-12-15", "2022-06-14"), "2022-12-14", "Điều 12"),
        ("2022-H2", ("2022-06-15", "2022-12-14"), "2023-06-14", "Điều 12"),
        ("2022-01", ("2021-12-15", "2022-01-14"), "2022-02-14", "Điều 12"),
        ("2022-03", ("2022-02-15", "2022-03-14"), "2022-04-14", "Điều 12"),
    ],
)
def test_a_report_covers_the_window_that_the_duty_sets(
    view: View, period: str, window: tuple[str, str], next_last: str, by: str
) -> None:
    report = view("real", period)
    assert (str(report.first), str(report.last)) == window
    assert str(report.next_last) == next_last
    assert report.basis.endswith(by)
    assert report.as_of == report.last


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([(Status.DONE_ON_TIME, None), (Status.DONE_ON_TIME, None)], (Status.DONE_ON_TIME, None)),
        ([(Status.DONE_LATE, 2), (Status.DONE_LATE, 9)], (Status.DONE_LATE, 9)),
        ([(Status.DONE_LATE, 2), (Status.DONE_UNDATED, None)], (Status.DONE_UNDATED, None)),
        ([(Status.DONE_ON_TIME, None), (Status.OVERDUE, 3)], (Status.OVERDUE, 3)),
        ([(Status.DONE_ON_TIME, None), (Status.NOT_DUE, 30)], (Status.IN_PROGRESS, 30)),
        ([(Status.NOT_DUE, 30), (Status.NOT_DUE, 30)], (Status.NOT_DUE, 30)),
        ([(Status.NOT_DUE, 30), (Status.IN_PROGRESS, 30)], (Status.IN_PROGRESS, 30)),
    ],
)
def test_a_task_that_several_units_lead_is_done_when_all_of_them_are(
    statuses: list[tuple[Status, int | None]], expected: tuple[Status, int | None]
) -> None:
    assert together([Standing(*found) for found in statuses]) == Standing(*expected)


def test_the_first_quarter_of_the_sample_year(view: View) -> None:
    report = view("sample", "2022-Q1")
    (part,) = report.parts
    done = rows(part.done)
    assert list(done) == ["I.1", "I.2", "I.4"]
    assert done["I.1"][0].entries[0].evidence == (
        "Quyết định số 00/QĐ-MAU of 2022-03-10; Kế hoạch mẫu",
    )
    assert done["I.2"][0].entries[0].evidence == ()
    # One of three units has reported: the quarter's report is not finished, and two still owe it.
    (quarter,) = done["I.4"]
    assert (quarter.status, quarter.owed_by) == (
        "in_progress", ("Phòng Kế hoạch mẫu", "Trung tâm mẫu"),
    )  # fmt: skip
    assert (part.figures.done, part.figures.with_evidence) == (2, 1)
    # II.2 waits for an event of May: nobody knows of it on 14 March.
    assert list(rows(part.upcoming)) == ["I.3", "I.4", "I.5"]
    assert [(r.unit, r.task) for r in report.difficulties] == [
        ("Phòng Kế hoạch mẫu", "II.1"),
        ("Văn phòng mẫu", "I.1"),
    ]
    assert report.silent == ("Trung tâm mẫu",)


def test_the_second_quarter_of_the_sample_year(view: View) -> None:
    report = view("sample", "2022-Q2")
    (part,) = report.parts
    assert list(rows(part.done)) == ["I.3", "I.5"]
    # I.5: two units are done and one of them names no document, so the task is not proven done.
    assert (part.figures.done, part.figures.with_evidence) == (5, 2)
    assert (rows(part.done)["I.3"][0].status, rows(part.done)["I.3"][0].days) == ("done_late", 5)
    assert list(rows(part.undated)) == ["II.7"]
    overdue = rows(part.overdue)
    assert {task: [line.days for line in lines] for task, lines in overdue.items()} == {
        "I.4": [75],
        "II.2": [20],
    }
    assert [row.waits_for for row in part.waiting] == [("Hướng dẫn mẫu",)]
    assert list(rows(part.continuous)) == ["II.4"]
    assert list(rows(part.no_due_date)) == ["II.5"]
    # Not done yet, so its difficulty of the quarter before is still one; I.1 is done since then.
    assert [remark.task for remark in report.difficulties] == ["II.1"]
    assert report.silent == report.unmatched == ()


def test_the_year_after_counts_what_was_still_owed_and_what_was_done_since(view: View) -> None:
    (part,) = view("sample", "2023-Q1").parts  # its year opened on 15/12/2022
    assert list(rows(part.done)) == ["II.8"]
    assert (part.figures.done_late, part.figures.done) == (1, 1)
    assert {row.id: len(row.lines) for row in part.overdue} == {"I.4": 4, "II.1": 1, "II.2": 1}
    assert list(rows(part.no_due_date)) == ["II.5"]


def test_a_unit_sees_what_it_leads_and_what_it_supports_apart(view: View) -> None:
    lead, support = view("sample", "2022-Q2", unit="VP").parts
    assert (lead.role, support.role) == ("lead", "support")
    assert list(rows(lead.overdue)) == ["II.2"]
    assert list(rows(support.done)) == ["I.3"]  # its own part, entered by itself
    assert support.figures.total == support.figures.done_on_time == 1
    helper_lead, helper = view("sample", "2022-Q1", unit="TT").parts
    assert {row.via for row in helper.done} == {"Các phòng, đơn vị mẫu"}
    assert {row.id: row.via for row in helper_lead.upcoming} == {
        "I.3": "",
        "I.4": "Các phòng, đơn vị mẫu",
        "I.5": "",
    }


def test_as_of_an_earlier_day_nothing_later_is_known(view: View) -> None:
    report = view("sample", "2022-Q1", as_of="2022-03-04")
    (part,) = report.parts
    assert list(rows(part.done)) == ["I.2"]
    assert report.updates == 1
    assert report.difficulties == ()
    assert "I.1" in rows(part.upcoming)


def parts(view: View) -> Iterator[tuple[Report, Part]]:
    for office, units in (("real", ("VP", "TTUD", "TTR")), ("sample", ("VP", "KH", "TT"))):
        for period in QUARTERS if office == "real" else ("2022-Q1", "2022-Q3", "2022", "2022-05"):
            for unit in (None, *units):
                report = view(office, period, unit=unit)
                for part in report.parts:
                    yield report, part


def test_the_figures_add_up_under_every_filter(view: View) -> None:
    seen = 0
    for report, part in parts(view):
        figures = part.figures
        assert sum(row.count for row in part.statuses) == figures.total
        assert len(part.statuses) == len(Status)
        assert sum(getattr(figures, status.value) for status in DONE) == figures.done
        assert figures.with_evidence + figures.without_evidence == figures.done
        assert sum(row.figures.total for row in part.by_field) == figures.total
        lead = report.parts[0].figures
        assert (report.statistics.total, report.statistics.done) == (lead.total, lead.done)
        told = report.statistics
        assert told.on_time + told.late + told.unjudged == told.done
        assert sum(each.figures.total for each in report.fields) == sum(
            each.figures.total for each in report.parts
        )
        assert sum(len(row.lines) for row in part.overdue) == figures.overdue
        assert not any(line.counted for row in part.upcoming for line in row.lines if not line.due)
        lines = [line for area in report.appendix for row in area.rows for line in row.lines]
        counted = sum(line.counted for line in lines)
        assert counted == sum(each.figures.total for each in report.parts)
        seen += figures.total
    assert seen > 1000


def test_no_task_of_the_plan_is_ever_missing(view: View) -> None:
    for period in QUARTERS:
        appendix = view("real", period).appendix
        assert sum(len(area.rows) for area in appendix) == 26
        assert [area.id for area in appendix] == ["I", "II", "III", "IV", "V", "VI", "VII"]


def test_what_is_owed_from_earlier_years_stays_in_the_report(view: View) -> None:
    (part,) = view("real", "2023-Q1").parts
    lines = rows(part.overdue)["I.1"]
    assert [(line.due, line.days) for line in lines] == [
        (date(2021, 12, 19), 450),
        (date(2022, 12, 19), 85),
    ]


def test_a_day_of_rest_ahead_shows_the_last_working_day_before(view: View) -> None:
    (part,) = view("real", "2022-Q3").parts  # 31/12/2022 was a Saturday
    assert rows(part.upcoming) == {}
    (part,) = view("real", "2022-Q4").parts
    days = {line.last_working_day for row in part.upcoming for line in row.lines}
    assert date(2022, 12, 30) in days


def leaves(value: object) -> Iterator[object]:
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name))
    elif type(value) is tuple:
        for item in value:
            yield from leaves(item)
    elif type(value) is MappingProxyType:  # read only
        yield from value
        yield from leaves(tuple(value.values()))
    else:
        yield value


@pytest.mark.parametrize(("office", "unit"), [("real", None), ("sample", None), ("sample", "TT")])
def test_a_template_gets_plain_values_and_nothing_to_call(
    view: View, office: str, unit: str | None
) -> None:
    found = {type(leaf) for leaf in leaves(view(office, "2022-Q2", unit=unit))}
    assert found <= {str, int, bool, date, type(None)}
