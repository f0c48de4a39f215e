"""The figures of the overview are those of the report, and its lists those of `cchc due`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.model import Plan, Unit, Workspace
from cchc_cli.core.overview import Entry, Overview, Strip, only_field, overview, summarise
from cchc_cli.core.periods import Period
from cchc_cli.core.report.build import Scene, build
from cchc_cli.core.report.words import Words
from cchc_cli.core.units import Directory
from cchc_cli.i18n import activate, say
from cchc_cli.render import labels
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "report" / "office"
DEMO = ROOT / "cchc_cli" / "starter" / "demo"
OFFICES = {"real": ROOT, "sample": SAMPLE, "demo": DEMO}
DAYS = [
    ("real", "2021-12-31"),
    ("real", "2022-04-01"),
    ("real", "2022-12-28"),
    ("real", "2024-06-30"),
    ("sample", "2022-03-31"),
    ("sample", "2022-06-14"),
    ("sample", "2022-12-31"),
    ("demo", "2025-08-01"),
    ("demo", "2026-01-15"),
]
WORDS = Words(say, labels.status, lambda status: say(labels.STATUS[status]))


def opened(office: str) -> tuple[Workspace, Plan, Directory]:
    activate("en")
    workspace = load(*read_plans(OFFICES[office])).workspace
    (plan,) = workspace.plans.values()
    return workspace, plan, Directory(workspace.units, workspace.groups)


def scene_of(
    office: str, day: str, *, year: int | None = None, unit: str | None = None, field: str = ""
) -> tuple[Scene, Agenda, int]:
    workspace, plan, directory = opened(office)
    as_of = date.fromisoformat(day)
    agenda = Agenda(
        only_field(plan, field or None), directory, workspace.calendar, as_of, workspace.soon
    )
    found = directory.find(unit) if unit else None
    assert found is None or isinstance(found, Unit)
    period = Period(year or as_of.year, 1, 12)
    return Scene(agenda.plan, workspace.office, workspace.calendar, period, found), agenda, 7


def made(office: str, day: str, *, year: int | None = None) -> Overview:
    return overview(*scene_of(office, day, year=year), WORDS)


def parts(entries: tuple[Entry, ...], status: str) -> set[tuple[str, str, str]]:
    """Task, unit and period of every part with that status."""
    return {
        (entry.task, part.unit, entry.period)
        for entry in entries
        for part in entry.parts
        if part.status == status
    }


@pytest.mark.parametrize(("office", "day"), DAYS)
def test_the_figures_are_those_of_the_report_of_the_year(office: str, day: str) -> None:
    scene, agenda, soon = scene_of(office, day)
    part = build(scene, agenda, soon, WORDS).parts[0]
    found = summarise(scene, agenda, soon, WORDS)
    assert (found.figures, found.by_field, found.by_unit) == (
        part.figures,
        part.by_field,
        part.by_unit,
    )
    assert found.figures.total == sum(row.figures.total for row in found.by_field) > 0


@pytest.mark.parametrize(("office", "day"), DAYS)
def test_nothing_overdue_or_near_that_due_lists_is_missing(
    cchc: Callable[..., Any], office: str, day: str
) -> None:
    done = cchc("due", "--as-of", day, "--all", "--format", "json", "--root", str(OFFICES[office]))
    items = json.loads(done.out)["items"]
    found = made(office, day)
    for status, entries in (("overdue", found.overdue), ("due_soon", found.due_soon)):
        listed = {
            (i["task"], i["unit"] or i["via"] or "", i["period"] or "")
            for i in items
            if i["status"] == status
        }
        # What several lead together stands where the most urgent of them stands.
        every = found.overdue if status == "overdue" else (*found.overdue, *entries)
        assert parts(every, status) == listed


@pytest.mark.parametrize(("office", "day"), DAYS)
def test_every_count_of_the_report_stands_in_the_list_of_tasks(office: str, day: str) -> None:
    found = made(office, day)
    entries = [e for field in found.fields for task in field.tasks for e in task.entries]
    counted = Counter(entry.status for entry in entries)
    assert {s.status: s.count for s in found.summary.statuses if s.count} == counted


@pytest.mark.parametrize(
    ("office", "day", "year"),
    [*((office, day, int(day[:4])) for office, day in DAYS), ("real", "2022-04-01", 2021)],
)
def test_the_quarters_add_up_to_what_is_overdue(office: str, day: str, year: int) -> None:
    found = made(office, day, year=year).summary

    def overdue(strip: Strip) -> int:
        return strip.earlier + sum(quarter.overdue for quarter in strip.quarters)

    for strips, rows in (
        (found.field_strip, found.by_field),
        (found.unit_strip, found.by_unit),
    ):
        assert [(s.id, overdue(s)) for s in strips] == [(r.id, r.figures.overdue) for r in rows]


def test_the_timeline_holds_the_year_and_nothing_else() -> None:
    found = made("real", "2022-04-01")
    days = [entry.due for entry in found.timeline]
    assert days == sorted(day for day in days if day)
    assert {day.year for day in days if day} == {2022}
    quarters = [q.due for strip in found.summary.field_strip for q in strip.quarters]
    assert sum(quarters) == len([entry for entry in found.timeline if entry.field])


@pytest.mark.parametrize(
    ("task", "commands"),
    [
        (
            "I.2",
            (
                'cchc done I.2 --unit VP --period 2022 --on … --doc "…"',
                'cchc extend I.2 --period 2022 --to … --on … --authority "…" --reason "…"',
            ),
        ),
        ("IV.1", ('cchc event record E.IV.1 --on … --doc "…"',)),
        ("III.2", ()),  # regular work: nothing to type
    ],
)
def test_each_says_what_to_type_next_and_leaves_open_what_only_people_know(
    task: str, commands: tuple[str, ...]
) -> None:
    found = made("real", "2022-04-01")
    entries = [e for field in found.fields for t in field.tasks for e in t.entries]
    assert [e.commands for e in entries if e.task == task][-1] == commands


@pytest.mark.parametrize(("office", "day"), DAYS)
def test_only_units_that_still_owe_are_told_to_record(office: str, day: str) -> None:
    for entry in made(office, day).overdue:
        told = [c.split("--unit ")[1].split()[0] for c in entry.commands if " done " in c]
        owing = [part.unit for part in entry.parts if not part.status.startswith("done")]
        assert told == owing


def test_a_command_names_the_plan_where_there_are_several() -> None:
    found = overview(*scene_of("real", "2022-04-01"), WORDS, several_plans=True)
    assert found.overdue[0].commands[0] == (
        'cchc done I.1 --plan cchc-2021-2025 --unit VP --period 2021 --on … --doc "…"'
    )


def test_a_page_of_last_year_shows_what_is_overdue_now_but_does_not_count_it() -> None:
    found = made("real", "2022-04-01", year=2021)
    late = {entry.task: entry.counted for entry in found.overdue if entry.period == "2022"}
    assert late == {"I.2": False, "I.4": False}
    assert found.summary.figures.overdue == len(found.overdue) - 2


def test_each_day_can_be_traced_to_the_printed_words() -> None:
    found = made("real", "2022-04-01")
    (first, *_rest) = found.overdue
    assert (first.task, first.deadline, str(first.due)) == (
        "I.1",
        "Trước ngày 20/12 năm báo cáo",
        "2021-12-19",
    )
    assert first.why[-1] == "“trước” 2021-12-20 excludes that day: due on 2021-12-19"
    assert all(entry.why for entry in found.timeline)


@pytest.mark.parametrize("unit", ["VP", "KHTC", "TTUD"])
def test_the_figures_of_one_unit_are_its_row(unit: str) -> None:
    scene, agenda, soon = scene_of("real", "2022-04-01", unit=unit)
    alone = summarise(scene, agenda, soon, WORDS)
    whole = summarise(*scene_of("real", "2022-04-01"), WORDS)
    assert list(alone.by_unit) == [row for row in whole.by_unit if row.id == unit]
    assert list(alone.unit_strip) == [row for row in whole.unit_strip if row.id == unit]
    assert alone.figures.total == sum(row.figures.total for row in alone.by_field)
    assert alone.tasks <= 26


def test_one_field_alone_has_the_figures_of_its_row() -> None:
    alone = summarise(*scene_of("real", "2022-04-01", field="II"), WORDS)
    whole = summarise(*scene_of("real", "2022-04-01"), WORDS)
    assert list(alone.by_field) == [row for row in whole.by_field if row.id == "II"]
    assert (alone.tasks, alone.figures) == (5, alone.by_field[0].figures)
