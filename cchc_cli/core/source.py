"""Where a piece of text came from.

Lines and columns are 1-based and count code points; the end is exclusive. Every text value of the
model is a `Text`: an ordinary string that also knows its place, so that a check written years
later still points at the exact cell.
"""

from __future__ import annotations

from typing import NamedTuple, Self


class Span(NamedTuple):
    """A stretch of a file, from (line, column) up to but not including the end."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class SourceFile(NamedTuple):
    """One file as the shell found it: its path as shown to people, and its decoded text."""

    path: str
    text: str

    def place(self, offset: int, length: int = 1) -> Span:
        """The span of `length` characters of one line from `offset` on."""
        lines = f"{self.text[:offset]}|".splitlines()
        line, column = len(lines), len(lines[-1])
        return Span(self.path, line, column, line, column + length)


class Text(str):
    """A string read from a file.

    `span` is where it stands. `exact` says that the characters stand there one for one (a plain
    or quoted scalar on one line without escapes), so that a part of it can be pointed at.
    """

    __slots__ = ("exact", "span")

    span: Span
    exact: bool

    def __new__(cls, value: str, span: Span, *, exact: bool = False) -> Self:
        """The string `value`, standing at `span`."""
        text = super().__new__(cls, value)
        text.span = span
        text.exact = exact
        return text

    def part(self, start: int, end: int) -> Span:
        """The span of ``self[start:end]``, or of the whole text where it cannot be told."""
        if not self.exact:
            return self.span
        path, line, column, _, _ = self.span
        quote = self.span.end_column - column - len(self) > 0
        return Span(path, line, column + quote + start, line, column + quote + end)


def span_of(value: object, default: Span) -> Span:
    """The place of a value if it knows one."""
    return value.span if isinstance(value, Text) else default
