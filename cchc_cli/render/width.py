"""How wide text is on a terminal, and fitting it into columns."""

from __future__ import annotations

import re
import unicodedata

# All but the letters and punctuation of Latin scripts, each of which takes one column. Said by what
# it leaves out: `re` walks through every character of a set, and this is loaded at each start.
_UNUSUAL = re.compile("[^\x00-\u02ff\u1e00-\u1eff\u2010-\u2027]")


def width(text: str) -> int:
    """Columns that `text` takes: combining marks none, wide characters two."""
    if _UNUSUAL.search(text) is None:
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200b\u200d\ufeff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def aligned(rows: list[list[str]]) -> list[str]:
    """Rows of cells as lines with aligned columns, two blanks apart; the last is not padded."""
    if not rows:
        return []
    measured = [[width(cell) for cell in row[:-1]] for row in rows]
    columns = [max(column) for column in zip(*measured, strict=True)]
    lines = []
    for row, taken in zip(rows, measured, strict=True):
        cells = [
            cell + " " * (column - used)
            for cell, column, used in zip(row, columns, taken, strict=False)
        ]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return lines


def one_line(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal would obey."""
    joined = " ".join(text.split())
    if joined.isprintable():
        return joined
    return "".join(c if c.isprintable() else _visible(c) for c in joined)


def verbatim(text: str) -> str:
    """`text` with all its blanks; only what cannot be seen at all is written out."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c.isspace() else _visible(c) for c in text)


def _visible(character: str) -> str:
    return " " if character.isspace() else f"\\u{ord(character):04x}"
