"""A row that is read by itself is what it is within its file, whatever was done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cchc_cli.core.source import SourceFile, Text
from cchc_cli.syntax.load import read_file
from cchc_cli.syntax.reread import reread

PATH = "plans/cchc-2021-2025/appendix.yaml"
LINES = (Path(__file__).parents[2] / PATH).read_text("utf-8").split("\n")

EDITS: dict[str, Callable[[str], str]] = {
    "a word more": lambda line: line + " thêm",
    "a mark that means something": lambda line: line + ": x",
    "a quote that is not closed": lambda line: line.replace(": ", ': "', 1),
    "a bracket that is not closed": lambda line: line.replace(": ", ": [", 1),
    "a block of text": lambda line: line.replace(": ", ": |- ", 1),
    "a comment": lambda line: line.replace(": ", ": # ", 1),
    "another key": lambda line: line.replace(":", "x:", 1),
    "another row": lambda _: "      - id: X.1",
    "a row of another field": lambda _: "  - id: X",
    "less deep": lambda line: line[2:],
    "deeper": lambda line: "  " + line,
    "nothing": lambda _: "",
    "the end of the document": lambda _: "...",
    "another document": lambda _: "---",
    "an anchor": lambda line: line.replace(": ", ": &a ", 1),
    "another line end": lambda line: line + "\r",
    "a tab": lambda line: "\t" + line,
    "no value": lambda line: line.split(":")[0] + ":",
    "two lines": lambda line: line + "\n" + line,
}


def everything(value: object) -> Iterator[object]:
    """All that a record holds, with every place."""
    if isinstance(value, Text):
        yield (str(value), value.span, value.exact)
    elif isinstance(value, tuple):
        for each in value:
            yield from everything(each)
    else:
        yield value


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_line_anywhere(edit: str) -> None:
    earlier = SourceFile(PATH, "\n".join(LINES))
    known = read_file(earlier)
    by_itself = 0
    for place, line in enumerate(LINES):
        text = "\n".join([*LINES[:place], EDITS[edit](line), *LINES[place + 1 :]])
        source = SourceFile(PATH, text)
        found = reread(source, earlier, known)
        if found is not None:
            by_itself += 1
            whole = read_file(source)
            assert whole.diagnostics == (), (place, line)
            assert list(everything(found)) == list(everything(whole)), (place, line)
    assert by_itself > 80 or edit not in ("a word more", "a comment")


def test_rows_that_were_changed_together() -> None:
    earlier = SourceFile(PATH, "\n".join(LINES))
    text = earlier.text.replace("Quý I năm kế hoạch", "Quý II năm kế hoạch", 2)
    source = SourceFile(PATH, text)
    found = reread(source, earlier, read_file(earlier))
    assert found is not None
    assert list(everything(found)) == list(everything(read_file(source)))
