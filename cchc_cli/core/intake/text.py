"""Paragraphs of a cell or a page → one text, word for word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from cchc_cli.core.intake.content import Cell, Paragraph

_CUT = re.compile(r"[^\W\d_][-\u2010\u2011]$")  # "NĐ-" goes on as "NĐ-CP", "2022 -" does not
_HIDDEN = ("Cc", "Cf", "Zl", "Zp")
_ITEM = re.compile(r"[-–—+•*●▪] ?(?=\S)")


def printed(paragraph: Paragraph) -> str:
    """A paragraph as the page shows it: its number, if it has one, before its text."""
    return flat(f"{paragraph.number} {paragraph.text}")


def flat(text: str) -> str:
    """`text` in NFC on one line with single blanks, without what no reader sees."""
    if not text.isprintable():
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _HIDDEN)
    return " ".join(unicodedata.normalize("NFC", text).split())


def hidden(text: str) -> int:
    """How many characters of a text nobody sees."""
    if text.isprintable():
        return 0
    return sum(not c.isspace() and unicodedata.category(c) in _HIDDEN for c in text)


def joined(lines: Iterable[str]) -> str:
    """Lines of one text, with a blank between them but after a hyphen that cuts a word."""
    text = ""
    for line in filter(None, lines):
        text = f"{text}{line}" if not text or _CUT.search(text) else f"{text} {line}"
    return text


def cell_text(cell: Cell) -> str:
    """All that a cell says, as one text."""
    return joined(map(printed, cell.paragraphs))


def items(cell: Cell, *, wrapped: bool) -> list[str]:
    """What a cell lists, as printed: lines that begin with a dash or a capital, parts after “;”.

    Lines that are `wrapped` where the column ends begin an entry only with a dash.
    """
    found: list[list[str]] = []
    for paragraph in cell.paragraphs:
        line = printed(paragraph)
        dash = _ITEM.match(line)
        if dash or not found or (not wrapped and line[:1].isupper()):
            found.append([line])
        else:
            found[-1].append(line)
    return [entry for lines in found for entry in _parts(joined(lines))]


def _parts(text: str) -> Sequence[str]:
    return [part for part in re.split(r"(?<=;) ", text) if part]
