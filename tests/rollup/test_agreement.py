"""The shipped queries, on DuckDB and on SQLite, say what the roll-up says: every number."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_cli.core.periods import Period
from cchc_cli.core.rollup import Asked, Known, Rollup, summarise
from cchc_cli.core.tables import rows
from cchc_cli.render.rollup import as_data
from cchc_cli.store import tables
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

from .agree import Ask, answers, differences, of_parquet, of_sqlite
from .conftest import AS_OF, Run, write_office


@pytest.fixture(scope="module")
def data(cchc: Run, province: Path) -> dict[str, Any]:
    done = cchc("rollup", "tinh", "--as-of", AS_OF, "--format", "json", cwd=province)
    return json.loads(done.out)  # type: ignore[no-any-return]


@pytest.mark.parametrize(("form", "opened"), [("parquet", of_parquet), ("sqlite", of_sqlite)])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_of_the_province(
    cchc: Run,
    province: Path,
    data: dict[str, Any],
    tmp_path: Path,
    form: str,
    opened: Callable[[Path], Ask],
    jobs: str,
) -> None:
    out = tmp_path / "out"
    done = cchc("export", "tinh", "--as-of", AS_OF, "--format", form, "--out", str(out), "--jobs",
                jobs, cwd=province)  # fmt: skip
    assert done.out == f"{out}\n6 offices, 50 occurrences\n"
    assert done.code == 1
    ask = opened(out)
    assert differences(answers(ask), data) == []
    skipped = ask("SELECT office, reason FROM skipped")[1]
    assert skipped == [(one["office"], one["reason"]) for one in data["skipped"]]


def test_a_difference_would_be_seen(
    data: dict[str, Any], province: Path, cchc: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out.sqlite"
    cchc("export", "tinh", "--as-of", AS_OF, "--out", str(out), cwd=province)
    other = json.loads(json.dumps(data))
    other["by_unit"][0]["overdue"] += 1
    assert len(differences(answers(of_sqlite(out)), other)) == 2


def test_the_queries_are_views_of_the_sqlite_file(
    province: Path, cchc: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out.sqlite"
    cchc("export", "tinh", "--as-of", AS_OF, "--out", str(out), cwd=province)
    ask = of_sqlite(out)
    for query in tables.queries():
        assert ask(f"SELECT * FROM {query.stem}") == ask(query.read_text("utf-8"))


_DAYS = st.dates(date(2021, 12, 1), date(2023, 2, 1))
_ENTRY = st.builds(
    lambda task, day, state, proof: (task, day, state, proof),
    st.sampled_from([("I.1", "2022-03"), ("II.1", "2022-08"), ("I.2", "2022-Q1"),
                     ("I.2", "2022-Q4"), ("BC.quy", "2022-Q2")]),
    _DAYS,
    st.sampled_from(["done", "in_progress"]),
    st.booleans(),
)  # fmt: skip
_OFFICE = st.fixed_dictionaries(
    {
        "area": st.sampled_from(["Cải cách thể chế", "CẢI CÁCH THỂ CHẾ", "Lĩnh vực khác"]),
        "lead": st.sampled_from(["Thanh tra", "Văn phòng và Thanh tra", "Ban chưa ai biết"]),
        "VP": st.lists(_ENTRY, max_size=4, unique_by=lambda entry: entry[0]),
        "TTR": st.lists(_ENTRY, max_size=4, unique_by=lambda entry: entry[0]),
    }
)
_NUMBER = itertools.count()


def _text(entries: list[Any]) -> str:
    return (
        "".join(
            f"  - {{task: {task}, period: {period}, state: {state}, recorded_on: {day}"
            + (f", completed_on: {day}" if state == "done" else "")
            + (", evidence: [{document: Văn bản}]" if proof else "")
            + "}\n"
            for (task, period), day, state, proof in entries
        )
        or "  []\n"
    )


@given(st.lists(_OFFICE, min_size=1, max_size=4), _DAYS)
@settings(max_examples=25)
def test_of_any_offices(
    tmp_path_factory: pytest.TempPathFactory, offices: list[Any], day: date
) -> None:
    folder = tmp_path_factory.mktemp("any")
    asked = Asked(day, Period(day.year, 1, 12))
    rollup = Rollup()
    with tables.parquet(folder / "out") as parquet, tables.sqlite(folder / "db") as sqlite:
        for number, office in enumerate(offices, 1):
            texts = {unit: _text(office[unit]) for unit in ("VP", "TTR")}
            root = write_office(folder / str(number), "Sở", area=office["area"],
                                lead=office["lead"], **texts)  # fmt: skip
            workspace = load(*read_plans(root)).workspace
            known = Known(str(number), None, changed=False, errors=0)
            rollup.add(summarise(workspace, known, asked))
            for table, row in rows(workspace, known, asked):
                numbered = (number, *row[1:]) if table == "offices" else row
                parquet.add(table, numbered)
                sqlite.add(table, numbered)
    data = as_data(rollup, asked)
    for ask in (of_parquet(folder / "out"), of_sqlite(folder / "db")):
        assert differences(answers(ask), data) == []
