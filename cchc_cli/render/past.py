"""The history of the plans as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from cchc_cli.core.diff.changes import Change
from cchc_cli.core.diff.facts import Fact, Named
from cchc_cli.core.message import msg
from cchc_cli.i18n import day, say
from cchc_cli.render import changes as render
from cchc_cli.render.change_words import KEYS, TEXT, stated
from cchc_cli.render.width import aligned


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


class Origin(NamedTuple):
    """The commit that a fact comes from; not `known` if it may be older than what is there."""

    id: str
    short: str
    day: date
    author: str
    known: bool = True


class Line(NamedTuple):
    """A fact of a task and where it comes from; None if nothing is committed that says so."""

    fact: Fact
    origin: Origin | None


_LABELS = {"decision": msg("decision"), "progress": msg("progress")}


def blame(lines: Sequence[Line]) -> list[str]:
    """Each fact behind the commit that set it."""
    return aligned(
        [[*_where(line.origin), _label(line.fact), stated(line.fact.value, TEXT)] for line in lines]
    )


def _where(origin: Origin | None) -> list[str]:
    if origin is None:
        return ["-", "-", say(msg("not committed"))]
    if not origin.known:
        return [f"^{origin.short}", "-", say(msg("not known"))]
    return [origin.short, day(origin.day), TEXT.text(origin.author)]


def _label(fact: Fact) -> str:
    return say(_LABELS[fact.label] if fact.label in _LABELS else KEYS[fact.label])


def blame_data(named: Named, lines: Sequence[Line]) -> dict[str, Any]:
    """Each fact with its commit; null where nothing is committed that says so, or not known."""
    return {
        "plan": named.plan,
        "task": named.task,
        "facts": [
            {
                "fact": line.fact.label,
                "value": render.plain(line.fact.value),
                "committed": line.origin is not None,
                **_of_origin(line.origin),
            }
            for line in lines
        ],
    }


def _of_origin(origin: Origin | None) -> dict[str, str | None]:
    if origin is None or not origin.known:
        return {"commit": None, "day": None, "author": None}
    return {"commit": origin.id, "day": origin.day.isoformat(), "author": origin.author}
