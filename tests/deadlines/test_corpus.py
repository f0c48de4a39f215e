"""Real expressions: how many the resolver gets exactly, and that it never gives a wrong day."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.deadlines.grammar import parse
from cchc_cli.core.deadlines.occurrences import Event, Scope, resolve
from cchc_cli.core.periods import Years
from cchc_cli.core.workdays import WorkCalendar
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "deadlines"


def rows(name: str) -> list[dict[str, Any]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return load(*read_plans(ROOT)).workspace.calendar


def given_days(row: dict[str, Any], calendar: WorkCalendar) -> set[str | None]:
    years = Years(*row["period"]) if row.get("period") else Years(row["year"], row["year"])
    event = row.get("event")
    on = date.fromisoformat(event["date"]) if event else None
    events = (Event("event", "", on),) if event else ()
    scope = Scope(years, calendar, year=row["year"], events=events)
    found = resolve(parse(row["text"]), scope)
    return {str(o.due) if o.due else None for o in found.occurrences}


def judged(row: dict[str, Any], calendar: WorkCalendar) -> str:
    given = given_days(row, calendar)
    if given == {expected["due"] for expected in row["expect"]}:
        return "exact"
    return "wrong" if given else "unknown"


@pytest.mark.parametrize(
    ("name", "least"),
    [("first.jsonl", 0.97), ("second.jsonl", 0.92), ("third.jsonl", 0.92), ("fourth.jsonl", 0.8)],
)
def test_what_real_texts_say_is_read_exactly_or_not_at_all(
    name: str, least: float, calendar: WorkCalendar, capsys: pytest.CaptureFixture[str]
) -> None:
    clear = [row for row in rows(name) if not row["ambiguous"]]
    unclear = [row for row in rows(name) if row["ambiguous"]]
    verdicts = {row["id"]: judged(row, calendar) for row in clear}
    counts = Counter(verdicts.values())
    others = Counter(judged(row, calendar) for row in unclear)
    with capsys.disabled():
        share = 100 * counts["exact"] / len(clear)
        print(
            f"\n{name}: {counts['exact']} of {len(clear)} clear texts exact ({share:.1f} %), "
            f"{counts['unknown']} unknown, {counts['wrong']} wrong; of {len(unclear)} that readers "
            f"dispute {others['exact']} as listed, {others['unknown']} unknown, "
            f"{others['wrong']} otherwise"
        )
    assert [key for key, verdict in verdicts.items() if verdict == "wrong"] == []
    assert counts["exact"] / len(clear) >= least
