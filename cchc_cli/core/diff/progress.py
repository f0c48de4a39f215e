"""Entries of progress: they are only ever added, so one that differs has been tampered with."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from cchc_cli.core.diff.changes import Change, Kind
from cchc_cli.core.diff.records import ANY, NOWHERE
from cchc_cli.core.model import Progress, State
from cchc_cli.core.progress import effective

_Key = tuple[str, str, str]
_Entries = Mapping[_Key, list[Progress]]


def changes_of(
    plan: str, before: Iterable[Progress], after: Iterable[Progress], earlier: Mapping[str, str]
) -> Iterator[Change]:
    """What was recorded, and what has vanished or was altered.

    `earlier` are later ids of tasks by their earlier ones.
    """
    old, new = _by_occurrence(before, earlier), _by_occurrence(after, {})
    for key in dict.fromkeys((*new, *old)):
        yield from _within(plan, old.get(key, []), new.get(key, []))


def _by_occurrence(entries: Iterable[Progress], earlier: Mapping[str, str]) -> _Entries:
    found: dict[_Key, list[Progress]] = {}
    for entry in entries:
        task = earlier.get(str(entry.task), str(entry.task))
        found.setdefault((str(entry.unit), task, str(entry.period or "")), []).append(entry)
    return found


def _within(plan: str, old: list[Progress], new: list[Progress]) -> Iterator[Change]:
    """Changes among the entries of one unit about one occurrence, whose order counts."""
    was, now = ([_said(entry) for entry in side] for side in (old, new))
    if was == now:
        return
    proven = _proven(new)
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    for what, start, end, first, last in matcher.get_opcodes():
        if what == "equal":
            continue
        gone, come = old[start:end], new[first:last]
        for altered, instead in zip(gone, come, strict=False):
            yield Change(
                Kind.PROGRESS_ALTERED, plan, str(instead.task), altered, instead, instead.span,
                not _keeps(altered, instead),
            )  # fmt: skip
        for entry in gone[len(come) :]:
            yield Change(
                Kind.PROGRESS_ERASED, plan, str(entry.task), entry, None, entry.span, weakens=True
            )
        for entry in come[len(gone) :]:
            unproven = entry.state is State.DONE and not (proven or entry.evidence)
            yield Change(_kind(entry), plan, str(entry.task), None, entry, entry.span, unproven)


def _said(entry: Progress) -> Progress:
    return entry._replace(task=ANY, span=NOWHERE)


def _proven(entries: list[Progress]) -> bool:
    """Whether they name a document in the end."""
    found = effective(entries, date.max)
    return found is not None and bool(found.evidence)


def _kind(entry: Progress) -> Kind:
    if entry.state is State.REOPENED:
        return Kind.PROGRESS_TAKEN_BACK
    corrects = entry.state is State.DONE and entry.reason is not None
    return Kind.PROGRESS_CORRECTED if corrects else Kind.PROGRESS_RECORDED


def _keeps(before: Progress, after: Progress) -> bool:
    """Whether all that an entry said is still there, with something added to it."""
    evidence = before.evidence == after.evidence[: len(before.evidence)]
    rest = zip(_said(before)._replace(evidence=()), _said(after)._replace(evidence=()), strict=True)
    return evidence and all(was in (None, now) for was, now in rest)
