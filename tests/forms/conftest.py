"""An office that sends forms to its units: a copy of the real plan, and the hands that fill in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ROOT = Path(__file__).parents[2]
PLAN = "cchc-2021-2025"
COLUMN = dict(zip(
    ("task", "of_period", "name", "deadline", "due", "role", "status", "state", "completed",
     "document", "document_day", "title", "note", "difficulty", "proposal"),
    "ABCDEFGHIJKLMNO", strict=True,
))  # fmt: skip
FIRST = 7
Run = Callable[..., Any]


class Office:
    """A folder with plans, and what people do in it."""

    def __init__(self, root: Path, cchc: Run) -> None:
        self.root, self.cchc = root, cchc

    def run(self, *arguments: str) -> Any:  # noqa: ANN401
        env = {"CCHC_CONFIG": str(self.root / "none.toml")}
        return self.cchc(*arguments, cwd=self.root, env=env)

    def form(self, unit: str = "KHTC", period: str = "2022-Q1", name: str = "") -> Path:
        """A new form."""
        path = self.root / (name or f"{unit}-{period}.xlsx")
        done = self.run("form", "--unit", unit, "--period", period, "--out", str(path))
        assert done.code == 0, done.err
        return path

    def entries(self, unit: str = "KHTC") -> str:
        """The unit's file as it stands."""
        path = self.root / "plans" / PLAN / "progress" / f"{unit}.yaml"
        return path.read_text("utf-8") if path.exists() else ""


@pytest.fixture
def office(tmp_path: Path, cchc: Run) -> Office:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    return Office(tmp_path, cchc)


def row_of(path: Path, task: str, period: str | None) -> int:
    sheet = openpyxl.load_workbook(path)["Biểu nhập"]
    for number in range(FIRST, sheet.max_row + 1):
        if (sheet[f"A{number}"].value, sheet[f"B{number}"].value) == (task, period):
            return number
    raise AssertionError((task, period))


@pytest.fixture
def fill() -> Callable[..., int]:
    """Write into one row of a form, as somebody does in Excel; its number."""

    def write(path: Path, task: str, period: str | None = "2022", **cells: object) -> int:
        row = row_of(path, task, period)
        book = openpyxl.load_workbook(path)
        for name, value in cells.items():
            book["Biểu nhập"][f"{COLUMN[name]}{row}"].value = value
        book.save(path)
        return row

    return write
