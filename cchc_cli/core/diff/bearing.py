"""Which changes of the plans can bear on a report as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cchc_cli.core.diff.changes import Change, Kind
from cchc_cli.core.model import Addition, Extension, Halt, Progress, Rewording, Transfer
from cchc_cli.core.progress import known_by

_NEVER = (
    Kind.ACKNOWLEDGEMENT_ADDED, Kind.ACKNOWLEDGEMENT_REMOVED, Kind.FROZEN_ADDED,
    Kind.FROZEN_REMOVED, Kind.FROZEN_CHANGED,
)  # fmt: skip


def bearing(changes: Iterable[Change], plan: str, as_of: date) -> list[Change]:
    """Those that may: of that plan or of what all share, and not of a later day alone."""
    return [
        change
        for change in changes
        if change.plan in ("", plan)
        and change.kind not in _NEVER
        and not all(_later(side, as_of) for side in (change.before, change.after))
    ]


def _later(record: object, as_of: date) -> bool:
    """Whether it does not count yet on that day, or is nothing at all."""
    match record:
        case None:
            return True
        case Progress():
            return not known_by(record, as_of)
        case Extension() | Halt() | Transfer() | Rewording() | Addition():
            return record.on > as_of
    return False
