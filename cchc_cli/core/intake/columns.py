"""The heading of a task table → which column holds what, in any order and wording.

A heading may take two lines, cells over others, and a line of column numbers below.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cchc_cli.core.intake.content import Cell, Row
from cchc_cli.core.intake.text import cell_text
from cchc_cli.core.wording import fold

_DEEPEST = 25  # rows of a table in which its heading is looked for
_LINES = 3  # of one heading
_LONGEST = 14  # words of a heading


class Role(enum.Enum):
    """What a column holds."""

    NUMBER = "number"
    TASK = "task"
    PRODUCT = "product"
    LEAD = "lead"
    SUPPORT = "support"
    DEADLINE = "deadline"
    NOTE = "note"


_TIMES = "thoi gian|thoi han|thoi diem|tien do|han hoan thanh|lo trinh"
_DOERS = "don vi|co quan|phong|bo phan|ca nhan|nguoi|to chuc|trach nhiem"
_DOING = "thuc hien|trien khai|chiu trach nhiem"
# In order: the first that fits decides, so that "thời gian thực hiện nhiệm vụ" is a deadline.
_WORDINGS = tuple(
    (role, re.compile(wording))
    for role, wording in (
        (Role.NUMBER, r"(so )?(tt|stt|thu tu)|so"),
        (Role.NOTE, r".*\bghi chu\b.*"),
        (Role.LEAD, r".*\b(chu tri|phu trach|dau moi)\b.*"),
        (Role.SUPPORT, r".*\b(phoi hop|tham gia)\b.*"),
        (Role.DEADLINE, rf".*\b({_TIMES})\b.*|(ngay )?hoan thanh"),
        (Role.LEAD, rf".*\b({_DOERS})\b.*\b({_DOING})\b.*|trach nhiem|thuc hien"),
        (Role.PRODUCT, r".*\b(san pham|ket qua|dau ra)\b.*"),
        (Role.TASK, r".*\b(nhiem vu|noi dung|cong viec|hoat dong|dau viec)\b.*"),
    )
)  # fmt: skip
_FRAGMENT = re.compile(  # a cell over or under others that says little by itself
    r"(cac )?(don vi|co quan|phong|to chuc)( (thuc hien|phoi hop|chu tri))?|thoi gian|thuc hien"
    r"|bat dau|ket thuc|hoan thanh"
)
_BEGINNING = re.compile(r".*\b(bat dau|khoi cong)\b.*")
_COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,2}|[A-Za-z])\)?")


class Column(NamedTuple):
    """One column of the heading: its grid columns (end exclusive) and its words."""

    role: Role | None
    text: str
    start: int
    end: int


class Heading(NamedTuple):
    """The heading of a table: rows `first` up to but not including `end`.

    `known` are the words of its cells, folded, by which it is recognised when it is repeated.
    """

    columns: tuple[Column, ...]
    first: int
    end: int
    known: frozenset[str]

    @property
    def width(self) -> int:
        """How many grid columns the table has."""
        return self.columns[-1].end

    def has(self, role: Role) -> bool:
        """Whether a column holds that."""
        return any(column.role is role for column in self.columns)


def role_of(text: str) -> Role | None:
    """What a heading with these words stands over; None if they are no known heading."""
    words = " ".join(re.findall(r"\w+", fold(text)))
    if not words or words.count(" ") >= _LONGEST:
        return None
    return next((role for role, wording in _WORDINGS if wording.fullmatch(words)), None)


def placed(row: Row) -> Iterator[tuple[int, int, Cell]]:
    """The cells of a row with their grid columns, the end exclusive."""
    start = 0
    for cell in row.cells:
        yield start, start + cell.columns, cell
        start += cell.columns


def find_heading(rows: Sequence[Row]) -> Heading | None:
    """The first rows that name a task column and at least one that belongs to it."""
    for first in range(min(len(rows), _DEEPEST)):
        found = _heading_at(rows, first)
        if found is not None:
            return found
    return None


def _heading_at(rows: Sequence[Row], first: int) -> Heading | None:
    lines = [rows[first]]
    own = list(_texts(rows[first]))
    if len(own) < 2 or sum(map(_is_heading, own)) * 2 < len(own):
        return None  # a title above the table
    while len(lines) < _LINES and first + len(lines) < len(rows):
        below = rows[first + len(lines)]
        if not _continues(lines, below):
            break
        lines.append(below)
    columns = _columns(lines)
    roles = {column.role for column in columns}
    said = [column for column in columns if column.text]
    known = [column for column in said if column.role is not None]
    few = len(known) < min(3, len(said)) or any(column.text.isdecimal() for column in said)
    if few or Role.TASK not in roles or not roles & {Role.LEAD, Role.DEADLINE, Role.PRODUCT}:
        return None
    end = first + len(lines)
    if end < len(rows) and _numbers_columns(rows[end]):
        end += 1
    words = {fold(text) for line in lines for text in _texts(line)}
    words |= {fold(column.text) for column in columns}
    return Heading(columns, first, end, frozenset(words))


def _continues(lines: Sequence[Row], below: Row) -> bool:
    """Whether a row is a further line of the heading: all it says is words of headings."""
    texts = list(_texts(below))
    hangs = any(cell.merged for cell in below.cells) or len(texts) < len(below.cells)
    wide = any(cell.columns > 1 for line in lines for cell in line.cells if cell_text(cell))
    return bool(texts) and (hangs or wide) and all(_is_heading(text) for text in texts)


def _is_heading(text: str) -> bool:
    return role_of(text) is not None or _FRAGMENT.fullmatch(fold(text)) is not None


def _texts(row: Row) -> Iterator[str]:
    return (text for cell in row.cells if (text := cell_text(cell)))


def _columns(lines: Sequence[Row]) -> tuple[Column, ...]:
    """The columns of all lines together: words above are put before those below them."""
    cuts = sorted({edge for line in lines for start, end, _c in placed(line) for edge in
                   (start, end)})  # fmt: skip
    found: list[Column] = []
    for start, end in pairwise(cuts):
        above = [text for line in lines if (text := _text_at(line, start))]
        text = " ".join(dict.fromkeys(above))
        own = next((role for one in reversed(above) if (role := role_of(one))), None)
        found.append(Column(role_of(text) if own is None else own, text, start, end))
    return _each_role_once(_joined(found, lines[-1]))


def _text_at(row: Row, column: int) -> str:
    return next((cell_text(c) for start, end, c in placed(row) if start <= column < end), "")


def _joined(columns: Sequence[Column], last: Row) -> list[Column]:
    """Grid columns under one cell of the last line are one column."""
    edges = {start for start, _end, _cell in placed(last)}
    found: list[Column] = []
    for column in columns:
        if found and column.start not in edges and column.text == found[-1].text:
            found[-1] = found[-1]._replace(end=column.end)
        else:
            found.append(column)
    return found


def _each_role_once(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Of two columns for one role the first has it; of two deadlines, not that of the beginning."""
    found: list[Column] = []
    taken: set[Role | None] = {None}
    later = [c for c in columns if c.role is Role.DEADLINE and not _BEGINNING.fullmatch(
        fold(c.text))]  # fmt: skip
    for column in columns:
        role = column.role
        if role is Role.DEADLINE and later and column != later[0]:
            role = None
        if role in taken:
            role = None
        taken.add(role)
        found.append(column._replace(role=role))
    return tuple(found)


def repeats(heading: Heading, row: Row) -> bool:
    """Whether a row within the table is the heading once more, or a part of it."""
    said = list(_texts(row))
    texts = {fold(text) for text in said}
    again = len(texts) > 1 and texts <= heading.known
    anew = bool(said) and role_of(said[0]) is Role.NUMBER and all(map(_is_heading, said))
    return again or (anew and len(texts) > 2) or _numbers_columns(row)


def _numbers_columns(row: Row) -> bool:
    """Whether a row is “(1) (2) (3) …”, or “A B 1 2 …”."""
    marks = [_COLUMN_NUMBER.fullmatch(text) for text in _texts(row)]
    if len(marks) < 3 or len(marks) < len(row.cells) - 1 or not all(marks):
        return False
    numbers = [int(m[1]) for m in marks if m is not None and m[1].isdecimal()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
