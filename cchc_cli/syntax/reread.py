"""A task table of which some rows differ from an earlier text: only these are read anew."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from cchc_cli.core.model import Appendix, Field, Task
from cchc_cli.core.source import SourceFile, Text
from cchc_cli.syntax import shapes
from cchc_cli.syntax.decode import Decoder
from cchc_cli.syntax.load import File
from cchc_cli.syntax.yamldoc import SequenceNode, compose

_OTHER_BREAKS = ("\r", "\x85", "\u2028", "\u2029")
_DOCUMENT_ENDS = ("---", "...")


def reread(source: SourceFile, earlier: SourceFile, known: File) -> File | None:
    """The file as `load.read_file` reads it; None where it must be read from end to end.

    `known` is what `earlier` holds. Rows may be read by themselves if another follows them in the
    list, if they are as many lines as before, and if by themselves they are a list of as many:
    then the parser comes to them, and leaves them where the next row begins, as it did before.
    """
    record, old, new = known.record, earlier.text, source.text
    if not isinstance(record, Appendix) or known.diagnostics:
        return None
    if any(sign in text for text in (old, new) for sign in _OTHER_BREAKS):
        return None
    start = _common(old, new)
    end = len(old) - _common(old[start:][::-1], new[start:][::-1])
    first, last = (old.count("\n", 0, at) + 1 for at in (start, max(start, end - 1)))
    for area in record.fields:
        lines = [task.span.line for task in area.tasks]
        place, follower = bisect_right(lines, first) - 1, bisect_right(lines, last)
        if 0 <= place < follower < len(lines):
            begin = _line_start(old, start, first - lines[place])
            behind = _lines_on(old, start, lines[follower] - first)
            texts = old[begin:behind], new[begin : len(new) - len(old) + behind], old[behind:]
            rows = _rows(source.path, area.id, area.tasks[place:follower], texts)
            if rows is None:
                return None
            return known._replace(record=_with(record, area, slice(place, follower), rows))
    return None


def _common(one: str, other: str) -> int:
    """How many characters are the same from the beginning on."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _line_start(text: str, at: int, back: int) -> int:
    """Where the line begins that stands so many lines before the one at `at`."""
    for _ in range(back + 1):
        at = text.rfind("\n", 0, at)
    return at + 1


def _lines_on(text: str, at: int, lines: int) -> int:
    for _ in range(lines):
        at = text.index("\n", at) + 1
    return at


def _rows(
    path: str, area: Text, tasks: Sequence[Task], texts: tuple[str, str, str]
) -> tuple[Task, ...] | None:
    """The rows in place of `tasks`, if by themselves they are so many.

    `texts` are those of the rows before and now, and what follows them.
    """
    old, new, behind = texts
    dash = old[: len(old) - len(old.lstrip(" "))] + "- "
    fits = all(text.startswith(dash) for text in (old, new, behind)) and new.endswith("\n")
    if not fits or old.count("\n") != new.count("\n"):
        return None
    if any(line.startswith(_DOCUMENT_ENDS) for line in new.split("\n")):
        return None
    before = tasks[0].span.line - 1
    # A row ends where the next one begins, so one begins behind the last.
    node = compose(SourceFile(path, "\n" * before + new + dash))
    if not isinstance(node, SequenceNode) or len(node.value) != len(tasks) + 1:
        return None
    decoder = Decoder(path)
    found = [decoder.record(row, shapes.TASK, field=area) for row in node.value[:-1]]
    return None if decoder.diagnostics or None in found else tuple(found)


def _with(record: Appendix, area: Field, which: slice, rows: tuple[Task, ...]) -> Appendix:
    tasks = (*area.tasks[: which.start], *rows, *area.tasks[which.stop :])
    fields = (one._replace(tasks=tasks) if one is area else one for one in record.fields)
    return record._replace(fields=tuple(fields))
