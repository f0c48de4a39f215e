"""The tables are what their description says, and the description stands in docs/tables.md."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc_cli.core.periods import Period
from cchc_cli.core.rollup import Asked, Known
from cchc_cli.core.tables import BOOLEAN, DATE, INTEGER, TABLES, TEXT, rows
from cchc_cli.store import tables
from cchc_cli.store.files import CannotRun, read_plans
from cchc_cli.syntax.load import load

from .agree import of_parquet
from .conftest import AS_OF, Run

ROOT = Path(__file__).parents[2]
_TYPES = {TEXT: str, INTEGER: int, BOOLEAN: bool, DATE: date}

_HEAD = """\
# Tables of many offices

<!-- Written from cchc_cli/core/tables.py by: pytest tests/rollup/test_tables.py --accept -->

`cchc export PATH… --format parquet --out FOLDER` writes a folder `FOLDER/TABLE/part-000.parquet` …;
`occurrences` and `states` are split by year, as `FOLDER/occurrences/year=2023/part-000.parquet`,
and what has no year lies in `year=__HIVE_DEFAULT_PARTITION__`: the column `year` is empty there.
Rows stand in the order in which the offices were read, so that queries about one office skip most
of a file. `--format sqlite` writes the same tables into one file, days as ISO 8601 text and
booleans as 0 and 1, and the queries as views.

The queries of the consolidated report lie in `FOLDER/sql` (and in the package: `cchc_cli/sql`).
They are tested on DuckDB and SQLite, where every number is that of `cchc rollup`. They use nothing
that Spark or Trino lack, but have not been run there.

    cd FOLDER && duckdb -init sql/duckdb/views.sql -c ".read sql/ranking.sql"

An occurrence is counted once by `part = 1 AND task_counted`; a unit’s own share by
`role = 'lead' AND counted`. An empty value is one that nobody has told, never zero.
"""


def documented() -> str:
    lines = [_HEAD]
    for table in TABLES:
        lines += [f"## {table.name}", "", table.meaning, "", "| column | type | | empty if |",
                  "|---|---|---|---|"]  # fmt: skip
        lines += [f"| `{c.name}` | {c.type} | {c.meaning} | {c.null} |" for c in table.columns]
        lines.append("")
    return "\n".join(lines)


def test_the_tables_are_documented(as_accepted: Callable[[str, Path], None]) -> None:
    as_accepted(documented(), ROOT / "docs" / "tables.md")


def test_every_value_is_of_its_type_and_empty_only_where_it_may_be(province: Path) -> None:
    asked = Asked(date.fromisoformat(AS_OF), Period(2022, 1, 12))
    by_name = {table.name: table for table in TABLES}
    seen = set()
    for root in (ROOT, *sorted((province / "tinh").glob("[12478]*"))):
        workspace = load(*read_plans(root)).workspace
        for name, row in rows(workspace, Known("x", None, changed=False, errors=0), asked):
            seen.add(name)
            for column, value in zip(by_name[name].columns, row, strict=True):
                assert column.null or value is not None, (name, column.name)
                assert value is None or type(value) is _TYPES[column.type], (name, column.name)
    assert seen == by_name.keys() - {"skipped", "changes"}


def test_each_amendment_is_one_row(office: Path, cchc: Run) -> None:
    decided = ("--on", "2022-02-01", "--authority", "QĐ 1 (ví dụ)", "--reason", "Ví dụ")
    for command in (
        ("extend", "I.4", "--period", "2022", "--to", "2022-05-31"),
        ("suspend", "I.5", "--until", "2022-12-31"),
        ("resume", "I.5"),
        ("cancel", "II.2"),
        ("transfer", "I.3", "--from", "VP", "--to", "TTR"),
        ("reword", "II.1", "--deadline", "Năm 2023"),
        ("add", "II.9", "--name", "Việc thêm (ví dụ)", "--lead", "Thanh tra Sở", "--deadline",
         "Năm 2023"),
    ):  # fmt: skip
        done = cchc(*command, *decided, cwd=office)
        assert done.code == 0, (command, done.err)
    workspace = load(*read_plans(office)).workspace
    asked = Asked(date(2022, 9, 30), Period(2022, 1, 12))
    (table,) = [table for table in TABLES if table.name == "changes"]
    names = [column.name for column in table.columns]
    found = [
        dict(zip(names, row, strict=True))
        for name, row in rows(workspace, Known("x", None, changed=False, errors=0), asked)
        if name == "changes"
    ]
    kinds = {change["kind"]: change for change in found}
    assert len(found) == 7
    assert set(kinds) == {
        "extension", "suspended", "resumed", "cancelled", "transfer", "rewording", "addition"
    }  # fmt: skip
    granted = kinds["extension"]
    assert (granted["due"], granted["period"]) == (date(2022, 5, 31), "2022")
    assert kinds["suspended"]["until"] == date(2022, 12, 31)
    assert (kinds["transfer"]["from_unit"], kinds["transfer"]["to_unit"]) == ("VP", "TTR")
    assert (kinds["rewording"]["name"], kinds["rewording"]["deadline"]) == (None, "Năm 2023")
    assert kinds["addition"]["name"] == "Việc thêm (ví dụ)"


def test_the_views_of_duckdb_are_all_tables() -> None:
    text = (tables.QUERIES / "duckdb" / "views.sql").read_text("utf-8")
    assert sorted(re.findall(r"CREATE VIEW (\w+)", text)) == sorted(t.name for t in TABLES)


def test_the_same_plans_give_the_same_files(cchc: Run, province: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        cchc("export", "tinh", "--as-of", AS_OF, "--format", "parquet", "--out",
             str(tmp_path / name), cwd=province)  # fmt: skip
    one, two = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")
         if p.is_file()} for n in ("a", "b")
    )  # fmt: skip
    assert one == two
    folders = ("changes", "occurrences/year=2022", "occurrences/year=2023", "offices", "reports",
               "skipped", "states/year=2022", "tasks")  # fmt: skip
    assert sorted(str(path) for path in one if path.suffix == ".parquet") == [
        f"{folder}/part-000.parquet" for folder in folders
    ]


def test_the_plans_here_without_naming_them(cchc: Run, office: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.sqlite"
    done = cchc("export", "--out", str(out), "--as-of", AS_OF, cwd=office)
    assert (done.code, done.out) == (0, f"{out}\n1 offices, 88 occurrences\n")


def test_a_folder_in_use_stays_as_it_is(cchc: Run, office: Path) -> None:
    done = cchc("export", "--format", "parquet", "--out", "plans", cwd=office)
    assert (done.code, "not an empty folder" in done.err) == (3, True)
    assert not (office / "plans" / "offices").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--out", "x.sqlite", "--unit", "VP"],
        ["--out", "x.sqlite", "--status", "overdue"],
        ["--out", "x.xlsx", "."],
        ["--out", "x.csv", "--jobs", "2"],
    ],
)
def test_options_that_do_not_go_with_the_form(
    cchc: Run, office: Path, arguments: list[str]
) -> None:
    done = cchc("export", *arguments, cwd=office)
    assert done.code == 2
    assert "this is for" in done.err
    assert not list(office.glob("x.*"))


def test_without_duckdb_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(CannotRun) as refused, tables.parquet(tmp_path / "out"):
        pass
    assert "pip install 'cchc[tables]'" in str(refused.value.hint)
    assert list(tmp_path.iterdir()) == []


def test_a_large_table_becomes_several_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_PART", 100)
    odd = 'một, "hai"\nba'
    with tables.parquet(tmp_path / "out") as writer:
        for number in range(10):
            writer.add("skipped", (str(number), odd if number else ""))
    parts = sorted(path.name for path in (tmp_path / "out" / "skipped").iterdir())
    assert parts == [f"part-{number:03}.parquet" for number in range(len(parts))]
    assert len(parts) > 1
    told = of_parquet(tmp_path / "out")("SELECT * FROM skipped ORDER BY office")[1]
    assert told == [(str(number), odd if number else "") for number in range(10)]
