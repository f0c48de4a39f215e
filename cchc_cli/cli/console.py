"""Writing to the terminal or the pipe, whatever its encoding."""

from __future__ import annotations

import codecs
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable
from contextlib import nullcontext, suppress
from typing import TextIO

from cchc_cli.core.message import Message, msg
from cchc_cli.i18n import say


def _without_marks(problem: UnicodeError) -> tuple[str, int]:
    """For a console that cannot write Vietnamese: the bare letters, which people still read."""
    import unicodedata

    assert isinstance(problem, UnicodeEncodeError)
    wanted = problem.object[problem.start : problem.end].translate(_PLAIN)
    bare = unicodedata.normalize("NFD", wanted)
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return letters.encode("ascii", errors="replace").decode(), problem.end


_PLAIN = str.maketrans(
    {"đ": "d", "Đ": "D", "“": '"', "”": '"', "’": "'", "–": "-", "—": "-", "…": "...", "→": "->",
     "≤": "<=", "·": "-", "•": "*", "✓": "x"}
)  # fmt: skip


def prepare() -> None:
    """Make both streams write anything."""
    codecs.register_error("bare-letters", _without_marks)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="bare-letters")


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def write_for_excel(text: str) -> None:
    """Write CSV: to a file or pipe as UTF-8 with the mark by which Excel knows it."""
    if on_terminal():
        write(text)
    else:
        sys.stdout.buffer.write(_harmless(text).encode("utf-8-sig"))


def _harmless(text: str) -> str:
    return _CONTROLS.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def write(text: str, stream: TextIO | None = None) -> None:
    """Write a finished text, ending its last line, with nothing that a terminal would obey."""
    stream = stream or sys.stdout
    text = _harmless(text)
    # What stderr does not take, nobody can be told; that the answer is lost, `main` must know.
    with suppress(OSError) if stream is sys.stderr else nullcontext():
        stream.write(text if text.endswith("\n") or not text else text + "\n")


def write_pieces(pieces: Iterable[str]) -> None:
    """Write a long text to the output as it is made, with a line break at its end."""
    for piece in pieces:
        sys.stdout.write(_harmless(piece))
    sys.stdout.write("\n")


def complain(message: Message, hint: Message | None = None) -> None:
    """One sentence on stderr, and what to do next."""
    write(say(msg("cchc: {message}", message=message)), sys.stderr)
    if hint is not None:
        write(say(msg("  → {hint}", hint=hint)), sys.stderr)


def on_terminal() -> bool:
    """Whether a person looks at the output."""
    return sys.stdout.isatty()


def writes_unicode() -> bool:
    """Whether the output can hold any character."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    return encoding in ("utf8", "utf16", "utf16le", "utf32")


def wrapped(lines: list[str], hanging: str = "") -> list[str]:
    """Lines broken at words to fit the terminal; as they are in a pipe.

    What is broken off a line stands `hanging` deeper than its beginning. A word longer than the
    terminal, such as the path of a file, stays whole.
    """
    if not on_terminal():
        return lines
    columns = shutil.get_terminal_size().columns
    return [piece for line in lines for piece in _pieces(line, columns, hanging)]


def _pieces(line: str, columns: int, hanging: str) -> list[str]:
    margin = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(
        line, columns, subsequent_indent=margin + hanging, break_long_words=False,
        break_on_hyphens=False,
    ) or [""]  # fmt: skip
