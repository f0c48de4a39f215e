"""Lines for people: whole in a pipe; on a terminal broken at words, never within one."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable
from typing import NamedTuple

from cchc_cli.cli.console import on_terminal
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
        for line in (row, _BELOW + each.text, f"{_BELOW}[{each.bracketed}]"):
            found += _broken(line, _BELOW)
    return "\n".join(found)


def folded(text: str) -> str:
    """`text` as it is in a pipe; on a terminal long lines go on below, further indented."""
    if not on_terminal():
        return text
    found: list[str] = []
    for line in text.split("\n"):
        blanks = len(line) - len(line.lstrip())
        found += _broken(line, " " * (blanks + 4))
    return "\n".join(found)


def _broken(line: str, indent: str) -> list[str]:
    columns = shutil.get_terminal_size().columns
    pieces = textwrap.wrap(line, columns, subsequent_indent=indent, break_on_hyphens=False)
    return pieces or [""]
