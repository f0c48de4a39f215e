"""The one function that derives every status that anybody is shown."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.deadlines.terms import WAITS, Kind
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Halt, HaltKind, Progress, State


class Status(enum.Enum):
    """Where one occurrence stands for one unit on one day, in order of urgency."""

    OVERDUE = "overdue"  # quá hạn
    DUE_SOON = "due_soon"  # sắp đến hạn
    IN_PROGRESS = "in_progress"  # đang thực hiện trong hạn
    NOT_DUE = "not_due"  # chưa đến hạn
    WAITING = "waiting"  # chờ sự kiện
    SUSPENDED = "suspended"  # tạm dừng
    CANCELLED = "cancelled"  # thôi thực hiện
    CONTINUOUS = "continuous"  # thường xuyên
    NO_DUE_DATE = "no_due_date"  # không rõ hạn
    DONE_ON_TIME = "done_on_time"  # hoàn thành đúng hạn
    DONE_LATE = "done_late"  # hoàn thành quá hạn
    DONE_UNDATED = "done_undated"  # hoàn thành chưa rõ ngày
    DONE_NO_DUE_DATE = "done_no_due_date"  # hoàn thành, không có hạn để đối chiếu


NAMES: dict[Status, Message] = {
    Status.OVERDUE: msg("overdue"),
    Status.DUE_SOON: msg("due soon"),
    Status.IN_PROGRESS: msg("in progress"),
    Status.NOT_DUE: msg("not yet due"),
    Status.WAITING: msg("waiting for an event"),
    Status.SUSPENDED: msg("suspended"),
    Status.CANCELLED: msg("cancelled"),
    Status.CONTINUOUS: msg("continuous"),
    Status.NO_DUE_DATE: msg("no due date"),
    Status.DONE_ON_TIME: msg("done on time"),
    Status.DONE_LATE: msg("done late"),
    Status.DONE_UNDATED: msg("done, day unknown"),
    Status.DONE_NO_DUE_DATE: msg("done, no due date"),
}
HALTED = (Status.SUSPENDED, Status.CANCELLED)
DONE = (Status.DONE_ON_TIME, Status.DONE_LATE, Status.DONE_UNDATED, Status.DONE_NO_DUE_DATE)


class Standing(NamedTuple):
    """A status; `days` late if overdue or done late, `days` left if not yet due, else None."""

    status: Status
    days: int | None = None


def standing(
    kind: Kind,
    occurrence: Occurrence | None,
    records: Sequence[Progress],
    as_of: date,
    soon: int,
) -> Standing:
    """Where an occurrence stands on `as_of`.

    `records` are what the units concerned recorded, as effective on that day; it is done when every
    one of them is. Due today is not overdue. `soon` days before the due day, inclusive, it is near.
    """
    due = occurrence.due if occurrence else None
    if records and all(record.state is State.DONE for record in records):
        return _done(records, due)
    if kind is Kind.CONTINUOUS and due is None:
        return Standing(Status.CONTINUOUS)
    if occurrence is None and kind in WAITS:
        return Standing(Status.WAITING)
    if due is None:
        return Standing(Status.NO_DUE_DATE)
    left = (due - as_of).days
    if left < 0:
        return Standing(Status.OVERDUE, -left)
    if left <= soon:
        return Standing(Status.DUE_SOON, left)
    if any(record.state in (State.IN_PROGRESS, State.DONE) for record in records):
        return Standing(Status.IN_PROGRESS, left)
    return Standing(Status.NOT_DUE, left)


def halted(found: Standing, halt: Halt | None) -> Standing:
    """`found` under the suspension or cancellation in force that day; what is done stays done."""
    if halt is None or found.status in DONE:
        return found
    return Standing(Status.CANCELLED if halt.kind is HaltKind.CANCELLED else Status.SUSPENDED)


def halt_of(halts: Iterable[Halt], occurrence: Occurrence | None, day: date) -> Halt | None:
    """What holds an occurrence up on `day`, of the halts of its task up to then, in their order.

    A document that stops a whole task leaves alone what was late.
    """
    found: Halt | None = None
    due = occurrence.due if occurrence else None
    for halt in halts:
        resumed = halt.kind is HaltKind.RESUMED
        of_all = halt.period is None and (resumed or due is None or due >= halt.on)
        if of_all or (occurrence is not None and halt.period == occurrence.period):
            found = None if resumed else halt
    over = found is not None and found.until is not None and found.until < day
    return None if over else found


def _done(records: Sequence[Progress], due: date | None) -> Standing:
    days = [record.completed_on for record in records]
    last = max((day for day in days if day is not None), default=None)
    if last is None or None in days:
        return Standing(Status.DONE_UNDATED)
    if due is None:  # nobody can say whether it was in time
        return Standing(Status.DONE_NO_DUE_DATE)
    if last <= due:
        return Standing(Status.DONE_ON_TIME)
    return Standing(Status.DONE_LATE, (last - due).days)
