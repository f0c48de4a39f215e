"""A plan whose period ends → what goes on in the next one, and what somebody has to decide."""

from __future__ import annotations

import enum
import re
from datetime import date
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.deadlines.terms import WAITS, Deadline, Kind
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import HaltKind, Task, Unit
from cchc_cli.core.periods import Years
from cchc_cli.core.planning.wording import Reader
from cchc_cli.core.status import DONE
from cchc_cli.core.units import Role

_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_OF_TIME = re.compile(r"(?:giai đoạn|thời kỳ|năm)\s+(\d{4})(?!\d)", re.IGNORECASE)


class Fate(enum.Enum):
    """What becomes of a task in the next period."""

    CARRIED = "carried"  # goes on, and its words fit
    FINISHED = "finished"
    CANCELLED = "cancelled"
    STALE = "stale"  # names a unit that has ended
    OPEN = "open"  # to be decided


class Outcome(NamedTuple):
    """The fate of a task and why; `unfinished` are its occurrences that are due and not done."""

    of: Task
    fate: Fate
    why: Message
    unfinished: tuple[str, ...] = ()


def outcomes(agenda: Agenda, years: Years, reader: Reader) -> list[Outcome]:
    """What becomes of every task, in printed order, by the day of the agenda.

    `reader` reads words as a plan of the new `years` does.
    """
    return [_outcome(agenda, task, years, reader) for task in agenda.plan.tasks]


def _outcome(agenda: Agenda, task: Task, years: Years, reader: Reader) -> Outcome:
    items = [item for item in agenda.of(task) if item.assignment.role is Role.LEAD]
    live = [item for item in items if not _cancelled(item)]
    unfinished = tuple(dict.fromkeys(i.period for i in live if i.status not in DONE))
    late = tuple(period for period in unfinished if period)
    if items and not live:
        return Outcome(task, Fate.CANCELLED, msg("dropped by a document"))
    deadline = agenda.schedule.of_task(task).deadline
    recurring = _recurs(deadline)
    if not recurring and not unfinished:
        return Outcome(task, Fate.FINISHED, msg("done"))
    ended = _ended(agenda, task, date(years.first, 1, 1))
    if ended is not None:
        return Outcome(task, Fate.STALE, _of_unit(ended), late)
    if not recurring:
        why = (
            msg("waits for an event that has not happened, or is not done since")
            if deadline.kind in WAITS
            else msg("its deadline cannot be read")
            if deadline.kind is Kind.UNKNOWN
            else msg("has an end, and is not done")
        )
        return Outcome(task, Fate.OPEN, why, late)
    return Outcome(task, *_going_on(agenda.plan.period, task, deadline, reader), late)


def _cancelled(item: Item) -> bool:
    return item.halt is not None and item.halt.kind is HaltKind.CANCELLED


def _recurs(deadline: Deadline) -> bool:
    """Whether the words have no last time."""
    again = deadline.offset is not None and deadline.offset.each is not None
    return again or deadline.kind in (Kind.EACH, Kind.OPEN, Kind.CONTINUOUS)


def _ended(agenda: Agenda, task: Task, first: date) -> Unit | None:
    """A unit that a cell names and that is no longer there on the first day of the new period."""
    read = agenda.directory.read
    named = (m.who for cell in (task.lead, task.support) if cell for m in read(cell).mentions)
    gone = (who for who in named if isinstance(who, Unit) and who.valid_until is not None)
    return next((unit for unit in gone if unit.valid_until and unit.valid_until < first), None)


def _of_unit(unit: Unit) -> Message:
    return msg("names “{unit}”, which existed until {day}; who took over: {successor}",
               unit=unit.name, day=unit.valid_until, successor=unit.successor or "-")  # fmt: skip


def _going_on(
    period: Years, task: Task, deadline: Deadline, reader: Reader
) -> tuple[Fate, Message]:
    words = str(task.reading.wording if task.reading else task.deadline or "")
    if _YEAR.search(words) or _YEAR.search(str(task.deadline or "")):
        return Fate.OPEN, msg("its deadline names years of the old period")
    if any(int(year) <= period.last for text in (task.name, *task.products)
           for year in _OF_TIME.findall(text)):  # fmt: skip
        return Fate.OPEN, msg("its words name years of the old period")
    goes_on = deadline.kind is Kind.CONTINUOUS
    if not goes_on and not reader.gives(words, [str(event) for event in task.events]):
        return Fate.OPEN, msg("its deadline gives no day in the new period")
    return Fate.CARRIED, msg("goes on with the same words")
