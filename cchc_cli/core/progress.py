"""What a unit's entries about one occurrence come to, as of a day.

Entries are kept in the order in which they were made, and none is ever changed. Each counts from
its own day: a done mark from the day of completion, everything else from the day of entry. So a
late entry of something that was done in time makes it done in time, while a correction changes
nothing before the day it was made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cchc_cli.core.model import Progress, State


def counts_from(entry: Progress) -> date | None:
    """The first day on which an entry counts; None if it has no day at all and always counts."""
    if entry.state is State.DONE and entry.completed_on is not None:
        return entry.completed_on
    return entry.recorded_on


def known_by(entry: Progress, as_of: date) -> bool:
    """Whether an entry counts on a day."""
    day = counts_from(entry)
    return day is None or day <= as_of


def effective(entries: Iterable[Progress], as_of: date) -> Progress | None:
    """The entries as one: the last state, with the evidence and remarks gathered since."""
    current: Progress | None = None
    for entry in entries:
        if known_by(entry, as_of):
            current = entry if current is None else _joined(current, entry)
    return current


def _joined(current: Progress, entry: Progress) -> Progress:
    """`current` with what a later entry says."""
    if entry.state is State.REOPENED:
        return entry
    corrects = entry.state is State.DONE and entry.reason is not None
    evidence = entry.evidence if corrects else (*current.evidence, *entry.evidence)
    return entry._replace(
        state=entry.state or current.state,
        completed_on=entry.completed_on or (None if corrects else current.completed_on),
        evidence=evidence,
        note=entry.note or current.note,
        difficulty=entry.difficulty or current.difficulty,
        proposal=entry.proposal or current.proposal,
    )
