"""Every number of a report can be followed to its records, and is made of nothing else."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from cchc_cli.core.report import view as views
from cchc_cli.core.report.trace import Figure, Trace

from .conftest import OFFICES

View = Callable[..., views.Report]
Traced = Callable[..., Trace]
REPORTS = [
    ("real", "2022", None),
    ("real", "2022-Q1", "TTUD"),
    ("sample", "2022", None),
    ("sample", "2022-Q2", None),
    ("sample", "2022-Q2", "van phong mau"),
]
VI = {"CCHC_LANG": "vi"}
# The numbers of `view.Statistics` by the figures that they are.
APPENDIX = {"on_time": "done_on_time", "late": "done_late"}


def numbers(report: views.Report) -> Iterator[tuple[str, object]]:
    """Every count that a report holds, by the id under which it must be found."""
    lead = "lead." if report.unit else ""
    yield from (("tasks", report.tasks), ("updates", report.updates))
    for name, value in values(report.statistics):
        yield f"{lead}{APPENDIX.get(name, name)}", value
    for field in report.fields:
        yield from under(f"field.{field.id}.", field.figures)
    for part in report.parts:
        prefix = f"{part.role}." if part.role else ""
        yield from under(prefix, part.figures)
        yield from ((prefix + one.status, one.count) for one in part.statuses)
        for sort, rows in (("field", part.by_field), ("unit", part.by_unit)):
            for row in rows:
                yield from under(f"{prefix}{sort}.{row.id}.", row.figures)


def under(prefix: str, record: object) -> Iterator[tuple[str, object]]:
    return ((f"{prefix}{name}", value) for name, value in values(record))


def values(record: object) -> Iterator[tuple[str, object]]:
    return ((field.name, getattr(record, field.name)) for field in dataclasses.fields(record))  # type: ignore[arg-type]


def ints(value: object, path: str = "") -> Iterator[str]:
    """The place of every number in what a template receives."""
    if isinstance(value, int):
        yield path
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from ints(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from ints(one, path)
    elif isinstance(value, tuple):
        for one in value:
            yield from ints(one, path)


@pytest.mark.parametrize(("office", "period", "unit"), REPORTS)
def test_every_number_is_that_of_a_figure(
    view: View, traced: Traced, office: str, period: str, unit: str | None
) -> None:
    found = traced(office, period, unit=unit)
    printed = dict(numbers(view(office, period, unit=unit)))
    assert {name: found[name].value for name in printed} == printed
    assert len(printed) > 50


@pytest.mark.parametrize(("office", "period", "unit"), REPORTS)
def test_so_is_every_line_of_the_statistical_appendix(
    view: View, traced: Traced, office: str, period: str, unit: str | None
) -> None:
    found = traced(office, period, unit=unit)
    lines = view(office, period, unit=unit).compared
    printed = {name: line.value for name, line in lines.items() if line.value is not None}
    assert printed == {f.id: f.value for f in found.values() if f.number}
    assert len(printed) == 8


@pytest.mark.parametrize(("office", "period", "unit"), REPORTS)
def test_a_count_has_as_many_records(
    traced: Traced, office: str, period: str, unit: str | None
) -> None:
    found = traced(office, period, unit=unit).values()
    counts = [figure for figure in found if isinstance(figure.value, int)]
    assert [(f.id, f.value) for f in counts] == [(f.id, len(f.behind)) for f in counts]
    assert {f.id.rpartition(".")[2] for f in found if not isinstance(f.value, int)} == {"rate"}


def test_no_sort_of_number_has_been_forgotten(view: View) -> None:
    """Whoever adds a number to the report has to say what it is made of."""
    # The year is the report's name, days are told of one occurrence, errors by `cchc validate`.
    others = {".tasks", ".updates", ".year", ".errors"}
    found = set(ints(view("sample", "2022")))
    left = {
        path
        for path in found
        if not path.startswith((".statistics.", ".compared.value", ".compared.before",
                                ".fields.figures.", ".parts.figures.",
                                ".parts.statuses.count", ".parts.by_field.figures.",
                                ".parts.by_unit.figures."))
        and not path.endswith((".lines.days", ".lines.counted"))
    }  # fmt: skip
    assert left == others


def places(found: Figure) -> list[str]:
    return [str(case.task.id) for case in found.behind]  # type: ignore[union-attr]


def test_what_is_overdue_at_the_end_of_the_year(traced: Traced) -> None:
    found = traced("sample", "2022")
    assert places(found["overdue"]) == places(found["field.I.overdue"]) + places(
        found["field.II.overdue"]
    )
    assert found["done"].value == 5
    assert places(found["done"]) == ["I.1", "I.2", "I.3", "I.5", "II.7"]
    assert set(places(found["unit.TT.done"])) <= set(places(found["done"]))


def test_a_clerk_follows_a_figure_to_its_lines(cchc: Callable[..., Any]) -> None:
    by_number = cchc("show", "--report", "2022", "1.3", cwd=OFFICES["sample"], env=VI)
    by_name = cchc("show", "--report", "2022", "done", cwd=OFFICES["sample"], env=VI)
    assert (by_number.code, by_number.err, by_number.out) == (0, "", by_name.out)
    lines = by_number.out.splitlines()
    assert lines[2] == "done (1.3): hoàn thành: 5"
    (entry,) = (line for line in lines if "Biên bản số 03/BB-MAU" in line)
    place = entry.split()[0]
    path, number = place.split(":")
    text = (OFFICES["sample"] / path).read_text("utf-8").splitlines()
    assert "task: I.5" in text[int(number) - 1]


def test_as_data_with_the_places(cchc: Callable[..., Any]) -> None:
    done = cchc("show", "--report", "2022", "done_late", "--format", "json", cwd=OFFICES["sample"])
    found = json.loads(done.out)
    assert (found["plan"], found["as_of"]) == ("mau-2022", "2022-12-14")
    (figure,), (record,) = found["figures"], found["records"]
    assert (figure["number"], figure["value"], record["task"]) == ("1.6", 1, "I.3")
    (entry,) = record["entries"]
    assert (entry["file"], entry["completed_on"]) == (
        "plans/mau-2022/progress/TT.yaml", "2022-04-05",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--report", "2022", "overdu"], "did you mean: overdue"),
        (["--report", "quý I"], "is no period"),
        (["--report", "1999"], "no plan holds the year 1999"),
        ([], "name a task, or with --report"),
        (["I.1", "--unit", "VP"], "name a task, or with --report"),
    ],
)
def test_what_cannot_be_followed(cchc: Callable[..., Any], arguments: list[str], says: str) -> None:
    done = cchc("show", *arguments, cwd=OFFICES["sample"])
    assert done.code == 2
    assert says in " ".join(done.err.split())
