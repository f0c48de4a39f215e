"""A term in working days, and no calendar of the year: the days are not trusted in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PLAN = Path("plans") / "cchc-2021-2025"
Run = Callable[..., Any]
VERBS = [
    "due --unit VP --as-of 2022-05-17",
    "list",
    "show IV.2 --as-of 2022-05-17",
    "report --period 2022-Q2 --format md --out out",
    "remind --as-of 2022-05-17 --format md --out out",
    "form --unit VP --period 2022-Q2 --out out/form.xlsx",
    "export --as-of 2022-05-17 --format csv --out out/all.csv",
    "calendar --as-of 2022-05-17 --out out/all.ics",
]


@pytest.fixture
def office(office: Path) -> Path:
    """The real plan with an invented term of 15 working days from an invented guidance."""
    appendix, events = office / PLAN / "appendix.yaml", office / PLAN / "events.yaml"
    text = appendix.read_text("utf-8")
    begin = text.index("id: IV.2")
    end = text.index("id: IV.3", begin)
    task = text[begin:end]
    old = next(line for line in task.splitlines() if line.strip().startswith("deadline:"))
    new = old.split("deadline:")[0] + "deadline: Trong 15 ngày làm việc kể từ ngày có hướng dẫn"
    appendix.write_text(text[:begin] + task.replace(old, new) + text[end:], "utf-8")
    event = task.split("events: [")[1].split("]")[0].split(",")[0]
    lines = events.read_text("utf-8").splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if line.strip() == f"- id: {event}")
    lines.insert(place + 1, "    on: 2022-04-28\n")
    events.write_text("".join(lines), "utf-8")
    return office


@pytest.mark.parametrize("verb", VERBS)
def test_a_needed_year_without_a_calendar_is_said_aloud(office: Path, cchc: Run, verb: str) -> None:
    quiet = cchc(*verb.split(), cwd=office)
    assert quiet.code == 0
    assert "working calendar" not in quiet.err
    shutil.rmtree(office / "out", ignore_errors=True)
    (office / "plans" / "calendar" / "2022.yaml").unlink()
    loud = cchc(*verb.split(), cwd=office)
    assert "no working calendar for 2022: holidays of that year are not counted" in loud.err
    assert "cchc workdays 2022" in loud.err
