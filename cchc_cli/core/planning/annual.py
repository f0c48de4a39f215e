"""A period plan → the tasks of its annual plan, each tied to what it carries out."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.deadlines.terms import WAITS, Kind
from cchc_cli.core.model import HaltKind, Task
from cchc_cli.core.planning.wording import Reader
from cchc_cli.core.status import DONE
from cchc_cli.core.units import Role


class Share(enum.Enum):
    """Why a task is in the plan of a year."""

    DATED = "dated"  # falls due in that year
    CARRIED = "carried"  # fell due before, and is not done
    RUNNING = "running"  # has begun, and falls due later
    WAITING = "waiting"  # waits for an event
    CONTINUOUS = "continuous"  # goes on, without a last day
    UNDATED = "undated"  # its words give no last day


class Why(enum.Enum):
    """Why work is left out."""

    DONE = "done"
    CANCELLED = "cancelled"


class Row(NamedTuple):
    """A task of the annual plan that carries out `of`.

    `deadline` are its words, None where none give the day; `kept` says that they are those of `of`.
    `period` is the one occurrence that it carries out; without it, those of the same periods.
    """

    share: Share
    of: Task
    occurrences: tuple[Occurrence, ...]
    deadline: str | None
    kept: bool
    period: str | None = None
    suspended: bool = False


class LeftOut(NamedTuple):
    """Work of the year, or of an earlier one, that the annual plan does not take up."""

    of: Task
    period: str
    why: Why


class Annual(NamedTuple):
    """What a year's plan consists of, in the printed order of the plan above it."""

    year: int
    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]


def derived(agenda: Agenda, year: int, reader: Reader) -> Annual:
    """The annual plan of `year`, by what was decided and done up to the day of the agenda.

    `reader` reads words as the annual plan will.
    """
    rows: list[Row] = []
    left: list[LeftOut] = []
    for task in agenda.plan.tasks:
        for found in _of_task(agenda, task, year, reader):
            if isinstance(found, Row):
                rows.append(found)
            else:
                left.append(found)
    return Annual(year, tuple(rows), tuple(left))


def _of_task(agenda: Agenda, task: Task, year: int, reader: Reader) -> Iterator[Row | LeftOut]:
    scheduled = agenda.schedule.of_task(task)
    items = [item for item in agenda.of(task) if item.assignment.role is Role.LEAD]
    dated: list[Occurrence] = []
    for slot in scheduled.slots:
        share = _share(slot, scheduled.deadline.kind, year)
        if share is None:
            continue
        halt = agenda.halt(str(task.id), slot)
        period = slot.period if slot else ""
        if halt is not None and halt.kind is HaltKind.CANCELLED:
            yield LeftOut(task, period, Why.CANCELLED)
        elif share is not Share.DATED and _done(items, slot):
            yield LeftOut(task, period, Why.DONE)
        elif share is Share.DATED and slot is not None and halt is None:
            dated.append(slot)
        else:
            yield _row(share, task, slot, reader)._replace(suspended=halt is not None)
    yield from _dated(task, dated, reader)


def _share(slot: Occurrence | None, kind: Kind, year: int) -> Share | None:
    """Why an occurrence belongs to a year; None if it does not."""
    if slot is None or slot.due is None:
        if slot is not None and slot.start is not None and slot.start.year > year:
            return None
        if kind in WAITS and slot is None:
            return Share.WAITING
        undated = kind is Kind.UNKNOWN or kind in WAITS  # what it waited for has happened
        return Share.UNDATED if undated else Share.CONTINUOUS
    if slot.due.year == year:
        return Share.DATED
    if slot.due.year < year:
        return Share.CARRIED
    runs = slot.start is not None and slot.start.year <= year
    return Share.RUNNING if runs else None


def _done(items: Sequence[Item], slot: Occurrence | None) -> bool:
    """Whether all who lead it have done it."""
    own = [item for item in items if item.occurrence == slot]
    return bool(own) and all(item.status in DONE for item in own)


def _dated(task: Task, found: list[Occurrence], reader: Reader) -> Iterator[Row]:
    """What falls due in the year: one task if the words of the period plan give just that."""
    if len(found) > 1 and reader.keeps(task, found):
        yield Row(Share.DATED, task, tuple(found), str(task.deadline), kept=True)
        return
    for slot in found:
        yield _row(Share.DATED, task, slot, reader)


def _row(share: Share, task: Task, slot: Occurrence | None, reader: Reader) -> Row:
    """A task for one occurrence, or for work that has none with a due day."""
    if slot is None or slot.due is None:
        words = str(task.deadline) if task.deadline else None
        return Row(share, task, (slot,) if slot else (), words, kept=True)
    if reader.keeps(task, [slot]):
        return Row(share, task, (slot,), str(task.deadline), kept=True, period=slot.period)
    earlier = slot.wording
    if earlier is not None and [o[:3] for o in reader.gives(earlier)] == [slot[:3]]:
        return Row(share, task, (slot,), earlier, kept=False, period=slot.period)
    return Row(share, task, (slot,), reader.words_for(slot), kept=False, period=slot.period)
