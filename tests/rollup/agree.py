"""The shipped queries against the roll-up itself: every number, for the tests and the benchmark."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from cchc_cli.store.tables import QUERIES, queries

Ask = Callable[[str], tuple[list[str], list[tuple[Any, ...]]]]

_FIGURES = ("total", "done", "rate", "done_on_time", "done_late", "overdue", "with_evidence")


def of_parquet(folder: Path) -> Ask:
    """Asks DuckDB about an exported folder."""
    connection = duckdb.connect(config={"threads": 1})
    views = (QUERIES / "duckdb" / "views.sql").read_text("utf-8")
    connection.execute(views.replace("read_parquet('", f"read_parquet('{folder}/"))

    def ask(query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        done = connection.execute(query)
        return [column[0] for column in done.description], done.fetchall()

    return ask


def of_sqlite(file: Path) -> Ask:
    """Asks SQLite about an exported file."""
    connection = sqlite3.connect(file)

    def ask(query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        done = connection.execute(query)
        return [column[0] for column in done.description], done.fetchall()

    return ask


def answers(ask: Ask) -> dict[str, list[dict[str, Any]]]:
    """What every query says, by its name."""
    found = {}
    for query in queries():
        columns, rows = ask(query.read_text("utf-8"))
        found[query.stem] = [
            {name: _plain(value) for name, value in zip(columns, row, strict=True)} for row in rows
        ]
    return found


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def expected(data: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What the queries ought to say, from the roll-up as JSON."""
    ranked = data["by_office"]
    offices = [
        _only(row, "office", "agency", "revision", "errors", *_FIGURES, "longest", "reports",
              "reports_missing") for row in ranked
    ]  # fmt: skip
    ranking = [
        {"place": row["rank"], **_only(row, "office", "agency", "rate", "total", "done", "overdue")}
        for row in ranked
    ]
    units = [
        {"office": row["office"], "unit": row["unit"], "unit_name": row["name"],
         **_only(row, *_FIGURES, "longest")} for row in data["by_unit"]
    ]  # fmt: skip
    missing = [
        {**_only(row, "office", "agency", "plan", "duty", "name", "period", "ends", "due", "days"),
         "units": len(row["units"])} for row in data["missing_reports"]
    ]  # fmt: skip
    late = [_only(row, "office", "agency", "overdue", "longest") for row in data["late_offices"]]
    statuses = [
        {"task_status": name, "total": count} for name, count in data["total"].items()
        if count and name not in _SUMS
    ]  # fmt: skip
    return {
        "by_office": offices,
        "ranking": ranking,
        "by_field": [_only(row, "field_key", "offices", *_FIGURES) for row in data["by_field"]],
        "by_unit": units,
        "late_offices": [{**row, "agency": row["agency"] or None} for row in late],
        "missing_reports": missing,
        "by_status": statuses,
    }


_SUMS = ("total", "halted", "done", "with_evidence", "without_evidence", "rate")
_NOT_COMPARED = {"by_office": ("number",), "by_field": ("name",)}  # its first spelling, or least


def _only(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def differences(said: dict[str, list[dict[str, Any]]], data: dict[str, Any]) -> list[str]:
    """Every row that only one side has; the order, too, of what has one."""
    wanted, found = expected(data), []
    assert said.keys() == wanted.keys()
    for name, rows in said.items():
        left = _NOT_COMPARED.get(name, ())
        ours = [{k: v for k, v in row.items() if k not in left} for row in rows]
        if name in ("ranking", "late_offices") and ours != wanted[name]:
            found.append(f"{name}: other rows, or in another order")
        mine, theirs = _bag(ours), _bag(wanted[name])
        found += [f"{name}: only the query: {row}" for row in sorted(mine - theirs)]
        found += [f"{name}: only the roll-up: {row}" for row in sorted(theirs - mine)]
        if len(ours) != len(wanted[name]):
            found.append(f"{name}: {len(ours)} rows, not {len(wanted[name])}")
    return found


def _bag(rows: Iterable[dict[str, Any]]) -> set[str]:
    return {repr(sorted(row.items(), key=lambda pair: pair[0])) for row in rows}
