"""How wide text is on a terminal, and fitting it into columns."""

from __future__ import annotations

import re
import unicodedata


# Combining marks, and the blocks that hold wide or invisible characters.
_UNUSUAL = re.compile("[\u0300-\u036f\u1100-\u115f\u200b-\u200f\u2e80-\uffff\U00010000-\U0010ffff]")


def width(text: str) -> int:
    """Columns that `text` takes: combining marks none, wide characters two."""
    if _UNUSUAL.search(text) is None:
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200b\u200d\ufeff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """`text` with blanks up to `columns`."""
    return text + " " * max(columns - width(text), 0)


def aligned(rows: list[list[str]]) -> list[str]:
    """Rows of cells as lines with aligned columns, two blanks apart; the last is not padded."""
    if not rows:
        return []
    widths = [max(width(row[index]) for row in rows) for index in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(pad(cell, w) for cell, w in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]


def one_line(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal would obey."""
    joined = " ".join(text.split())
    if joined.isprintable():
        return joined
    return "".join(c if c.isprintable() else _visible(c) for c in joined)


def _visible(character: str) -> str:
    return " " if character.isspace() else f"\\u{ord(character):04x}"
