"""`cchc workdays YEAR…`, run for real in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.store.files import read_plans
from cchc_cli.store.national_days import national_year
from cchc_cli.syntax.load import load

ROOT = Path(__file__).parents[2]
Run = Callable[..., Any]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A plan root without any calendar."""
    (tmp_path / "plans").mkdir()
    for name in ("office.yaml", "units.yaml"):
        shutil.copy(ROOT / "plans" / name, tmp_path / "plans")
    return tmp_path


def files(office: Path) -> list[str]:
    return sorted(p.relative_to(office).as_posix() for p in office.rglob("*") if p.is_file())


def test_it_writes_a_file_a_year_that_loads_as_the_package_says(cchc: Run, office: Path) -> None:
    done = cchc("workdays", "2025", "2024", cwd=office)
    assert (done.code, done.err) == (0, "")
    assert "plans/calendar/2024.yaml: 14 days closed, 1 extra working days" in done.out
    assert files(office)[:2] == ["plans/calendar/2024.yaml", "plans/calendar/2025.yaml"]
    loaded = load(*read_plans(office))
    assert loaded.diagnostics == ()
    calendar = loaded.workspace.calendar
    assert calendar.years == {year: national_year(year).record for year in (2024, 2025)}
    assert not calendar.is_working(date(2024, 4, 29))
    assert calendar.is_working(date(2024, 5, 4))


def test_each_day_names_its_law_or_where_it_comes_from(cchc: Run, office: Path) -> None:
    assert cchc("workdays", "2020", "2024", "2026", cwd=office).code == 0
    years = load(*read_plans(office)).workspace.calendar.years
    sources = {entry.day: entry.source for record in years.values() for entry in record.closed}
    assert sources[date(2020, 1, 1)] == "Bộ luật Lao động 2012, Điều 115"
    assert sources[date(2024, 1, 1)] == "Bộ luật Lao động 2019, Điều 112"
    assert sources[date(2026, 4, 27)] == "Bộ luật Lao động 2019, Điều 111 khoản 3"
    assert sources[date(2026, 11, 24)] == "Nghị quyết số 28/2026/QH16"
    assert sources[date(2024, 4, 29)].startswith("Theo gói Python holidays ")


def test_a_calendar_that_exists_is_never_replaced(cchc: Run, office: Path) -> None:
    mine = office / "plans" / "calendar" / "2025.yaml"
    mine.parent.mkdir()
    mine.write_text("year: 2025\nrest: [sunday]\n", encoding="utf-8")
    done = cchc("workdays", "2024", "2025", cwd=office)
    assert done.code == 3
    assert "there is a working calendar of 2025 already: plans/calendar/2025.yaml" in done.err
    assert "edit that file, or delete it first" in done.err
    assert mine.read_text(encoding="utf-8") == "year: 2025\nrest: [sunday]\n"
    assert "plans/calendar/2024.yaml" not in files(office)


def test_print_shows_the_file_and_writes_nothing(cchc: Run, office: Path) -> None:
    before = files(office)
    shown = cchc("workdays", "--print", "2024", cwd=office)
    assert files(office) == before
    assert cchc("workdays", "2024", cwd=office).code == 0
    written = office / "plans" / "calendar" / "2024.yaml"
    assert shown.out == written.read_text(encoding="utf-8")


def test_a_year_not_decided_yet_is_written_with_a_loud_warning(cchc: Run, office: Path) -> None:
    done = cchc("workdays", "2098", cwd=office)
    assert done.code == 0
    assert "no official decision on the days off of 2098" in done.err
    assert "review the calendar of 2098" in done.err
    text = (office / "plans" / "calendar" / "2098.yaml").read_text(encoding="utf-8")
    assert "!!! NOT OFFICIAL YET" in text
    assert load(*read_plans(office)).diagnostics == ()


def test_a_year_that_was_decided_comes_without_the_warning(cchc: Run, office: Path) -> None:
    done = cchc("workdays", "--print", "2024", cwd=office)
    assert done.err == ""
    assert "NOT OFFICIAL" not in done.out


@pytest.mark.parametrize("year", ["1990", "2100", "24", "tết"])
def test_a_year_the_package_cannot_know_is_a_mistake_of_usage(
    cchc: Run, office: Path, year: str
) -> None:
    assert cchc("workdays", year, cwd=office).code == 2
    assert "plans/calendar" not in " ".join(files(office))


def test_without_plans_around_it_says_so(cchc: Run, tmp_path: Path) -> None:
    done = cchc("workdays", "2024", cwd=tmp_path)
    assert done.code == 3
    assert files(tmp_path) == []
