"""The history of the plans as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from cchc_cli.core.diff.changes import Change
from cchc_cli.core.message import msg
from cchc_cli.i18n import day, say
from cchc_cli.render import changes as render
from cchc_cli.render.change_words import TEXT


class Entry(NamedTuple):
    """A commit with what it changed; with `errors`, nobody can tell what that was."""

    id: str
    short: str
    day: date
    author: str
    changes: list[Change]
    errors: int = 0


def text(entries: Sequence[Entry]) -> list[str]:
    """Each commit with its changes below."""
    lines = []
    for entry in entries:
        head = f"{entry.short}  {day(entry.day)}  {TEXT.text(entry.author)}"
        if entry.errors:
            passed = msg("its plans have {count} errors: passed over", count=entry.errors)
            lines.append(f"{head}: {say(passed)}")
            continue
        lines += [head, *(f"  {line}" for line in render.listed(entry.changes))]
    changed = sum(not entry.errors for entry in entries)
    return [*lines, say(msg("Commits: {count}.", count=changed))]


def data(entries: Sequence[Entry]) -> dict[str, Any]:
    """Each change as in `docs/diff.schema.json`; null where the plans cannot be read."""
    return {
        "commits": [
            {
                "commit": entry.id,
                "day": entry.day.isoformat(),
                "author": entry.author,
                "changes": None if entry.errors else [render.record(c) for c in entry.changes],
            }
            for entry in entries
        ]
    }
