"""Tables of many offices as Parquet files (written by DuckDB) or in one SQLite file.

Rows are written as they come, in the order in which they come, and not kept: a table may be larger
than the memory. What is written appears whole or not at all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, Self

from cchc_cli.core.message import msg
from cchc_cli.core.tables import TABLES, Row, Table, Value
from cchc_cli.store.files import CannotRun, reason

if TYPE_CHECKING:  # slow to import
    from sqlite3 import Connection

QUERIES = Path(__file__).parents[1] / "sql"
_BY_NAME = {table.name: table for table in TABLES}
_PART = 64 * 1024 * 1024  # bytes of text that become one file
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
_MEMORY = "512MB"  # of DuckDB
_SPILL = ".spill"
_LONGEST_LINE = 16 * 1024 * 1024
_PARQUET = {"text": "VARCHAR", "integer": "INTEGER", "boolean": "BOOLEAN", "date": "DATE"}
_SQLITE = {"text": "TEXT", "integer": "INTEGER", "boolean": "BOOLEAN", "date": "DATE"}


class Writer(Protocol):
    """Takes rows; `close` ends the work."""

    def add(self, table: str, row: Row) -> None:
        """One row, its values in the order of the columns."""

    def close(self) -> None:
        """Write what is left."""


def queries() -> list[Path]:
    """The queries of the consolidated report, which run on any of the tables’ forms."""
    return sorted(QUERIES.glob("*.sql"))


def check_duckdb() -> None:
    """CannotRun without DuckDB."""
    try:
        import duckdb  # noqa: F401  # only to see whether it is there
    except ImportError:
        message = msg("Parquet files are written by DuckDB, which is not installed")
        raise CannotRun(message, msg("install it: pip install 'cchc[tables]'")) from None


@contextmanager
def parquet(out: Path) -> Iterator[Writer]:
    """Writes a new folder: one folder a table, split by year where it has years."""
    check_duckdb()
    _refuse_used(out)
    passing = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        passing.mkdir(parents=True)
        with _Parquet(passing) as writer:
            yield writer
            writer.close()
        shutil.rmtree(passing / _SPILL, ignore_errors=True)
        shutil.copytree(QUERIES, passing / "sql")
        if out.is_dir():  # an empty one
            out.rmdir()
        passing.replace(out)
    except OSError as failure:
        raise _cannot_write(out, failure) from None
    finally:
        shutil.rmtree(passing, ignore_errors=True)


@contextmanager
def sqlite(out: Path) -> Iterator[Writer]:
    """Writes one file, which replaces one of that name; the queries are views in it."""
    import sqlite3  # only for this

    passing = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        passing.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(passing, isolation_level=None)
        try:
            writer = _Sqlite(connection)
            yield writer
            writer.close()
        finally:
            connection.close()
        passing.replace(out)
    except (OSError, sqlite3.Error) as failure:
        raise _cannot_write(out, failure) from None
    finally:
        passing.unlink(missing_ok=True)


def _cannot_write(out: Path, failure: Exception) -> CannotRun:
    message = msg("“{path}” cannot be written: {reason}", path=str(out), reason=reason(failure))
    return CannotRun(message, msg("name another place with --out"))


def _refuse_used(out: Path) -> None:
    if out.is_dir() and not any(out.iterdir()):
        return
    if out.exists() or out.is_symlink():
        message = msg("“{path}” is there already, and not an empty folder", path=str(out))
        raise CannotRun(message, msg("name a new folder with --out, or delete that one first"))


class _Parquet:
    """Gathers rows as text, a file a table and year; what is large enough becomes a part."""

    def __init__(self, folder: Path) -> None:
        import duckdb  # slow, and an extra

        self._folder = folder
        self._texts: dict[tuple[str, str], IO[bytes]] = {}
        self._parts: dict[tuple[str, str], int] = {}
        # One thread keeps the order of rows; nothing is ever fetched.
        settings: dict[str, Any] = {
            "threads": 1,
            "memory_limit": _MEMORY,
            "temp_directory": str(folder / _SPILL),
            "autoinstall_known_extensions": False,
        }
        self._engine: Any = duckdb.connect(":memory:", config=settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        for text in self._texts.values():
            text.close()
        self._engine.close()

    def add(self, table: str, row: Row) -> None:
        split = _BY_NAME[table].partitioned
        year = str(_NO_YEAR if row[-1] is None else row[-1]) if split else ""
        text = self._text(table, year)
        text.write(",".join(map(_csv, row[:-1] if split else row)).encode() + b"\n")
        if text.tell() >= _PART:
            self._end_part(table, year)

    def close(self) -> None:
        for table in TABLES:
            if not any(name == table.name for name, _year in self._texts):
                self._text(table.name, _NO_YEAR if table.partitioned else "")
        for table_name, year in sorted(self._texts):
            written = self._parts.get((table_name, year), 0)
            if self._texts[table_name, year].tell() or not written:
                self._end_part(table_name, year)
            self._texts[table_name, year].close()
            self._path(table_name, year).unlink()

    def _text(self, table: str, year: str) -> IO[bytes]:
        found = self._texts.get((table, year))
        if found is None:
            found = self._texts[table, year] = self._path(table, year).open("xb")
        return found

    def _path(self, table: str, year: str) -> Path:
        return self._folder / f".{table}-{year}.csv"

    def _end_part(self, table: str, year: str) -> None:
        text, number = self._texts[table, year], self._parts.get((table, year), 0)
        text.flush()
        folder = self._folder / table / (f"year={year}" if year else "")
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"part-{number:03}.parquet"
        self._engine.execute(_copy(_BY_NAME[table], self._path(table, year), target))
        text.seek(0)
        text.truncate()
        self._parts[table, year] = number + 1


def _copy(table: Table, source: Path, target: Path) -> str:
    columns = table.columns[:-1] if table.partitioned else table.columns
    types = ", ".join(f"'{column.name}': '{_PARQUET[column.type]}'" for column in columns)
    return (  # every name in it is of our own
        f"COPY (SELECT * FROM read_csv({_quoted(source)}, header = false, auto_detect = false, "
        "delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, "
        f"parallel = false, new_line = '\\n', max_line_size = {_LONGEST_LINE}, "
        f"columns = {{{types}}})) TO {_quoted(target)} (FORMAT parquet, COMPRESSION zstd)"
    )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _csv(value: Value) -> str:
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


class _Sqlite:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # the file is put in place when it is whole
        connection.execute("BEGIN")
        self._insert = {}
        for table in TABLES:
            columns = ", ".join(f'"{c.name}" {_SQLITE[c.type]}' for c in table.columns)
            connection.execute(f"CREATE TABLE {table.name} ({columns})")
            marks = ", ".join("?" * len(table.columns))
            self._insert[table.name] = f"INSERT INTO {table.name} VALUES ({marks})"

    def add(self, table: str, row: Row) -> None:
        values = [value.isoformat() if isinstance(value, date) else value for value in row]
        self._connection.execute(self._insert[table], values)

    def close(self) -> None:
        for query in queries():
            text = query.read_text(encoding="utf-8").strip().removesuffix(";")
            self._connection.execute(f"CREATE VIEW {query.stem} AS\n{text}")
        self._connection.execute("COMMIT")
