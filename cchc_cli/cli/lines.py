"""Lines for people: whole in a pipe; on a terminal broken at words, never within one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cchc_cli.cli.console import on_terminal, wrapped
from cchc_cli.render.width import aligned

_BELOW = " " * 6


class Line(NamedTuple):
    """A row of cells, a text of any length, and what belongs to the text in brackets."""

    cells: list[str]
    text: str
    bracketed: str


def rows(lines: Iterable[Line]) -> str:
    """One line each in a pipe; on a terminal the two texts stand below their row, indented."""
    lines = list(lines)
    if not on_terminal():
        return "\n".join(aligned([[*each[0], f"{each.text} [{each.bracketed}]"] for each in lines]))
    found: list[str] = []
    for row, each in zip(aligned([each.cells for each in lines]), lines, strict=True):
        found += wrapped([row], hanging=_BELOW)
        found += wrapped([_BELOW + each.text, f"{_BELOW}[{each.bracketed}]"])
    return "\n".join(found)
