"""What the communication of a window of days came to, channel by channel (tuyên truyền).

Every figure is the records behind it, so that each can be traced; its count is their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cchc_cli.core.model import Activity, Channel, Communication, Held, Plan
from cchc_cli.core.periods import Days
from cchc_cli.core.units import Directory, Role


class ChannelFigures(NamedTuple):
    """What was done on one channel in a window of days, as known on a day.

    `activities` are those of which something was held in the window, `held` each time. `quantity`
    is the sum of the numbers told, in the measure of the channel; None where nobody told any, which
    is not zero. `unnumbered` are the times for which no number is told. `planned` are the
    activities kept for the year in which the window ends, `not_held` those of them of which nothing
    had been held by the end of the window or that day.
    """

    channel: Channel
    activities: tuple[Activity, ...]
    held: tuple[Held, ...]
    quantity: int | None
    unnumbered: tuple[Held, ...]
    planned: tuple[Activity, ...]
    not_held: tuple[Activity, ...]


def figures(
    communications: Sequence[Communication], window: Days, as_of: date
) -> tuple[ChannelFigures, ...] | None:
    """The figures of every channel in a window, both ends inclusive, as known on `as_of`.

    None where nothing is kept of the year in which the window ends: nobody has said that there was
    none.
    """
    of_year = [one for one in communications if one.year == window.last.year]
    if not of_year:
        return None
    until = Days(window.first, min(window.last, as_of))
    planned = [activity for one in of_year for activity in one.activities]
    every = [activity for one in communications for activity in one.activities]
    return tuple(
        _of_channel(channel, _on(channel, every), _on(channel, planned), until)
        for channel in _channels(communications, of_year, until)
    )


def units_in_charge(
    plan: Plan, communication: Communication, directory: Directory
) -> tuple[str, ...]:
    """The ids of the units that are to carry out the communication of a year.

    It is the unit that a section of the plan charges with its task, or else with the field of it;
    where no section does, those that lead the task. None if it names no task of the plan.
    """
    task = next((task for task in plan.tasks if task.id == communication.task), None)
    if task is None:
        return ()
    parts = plan.document.parts if plan.document else ()
    charges = [(s.unit, s.charge) for part in parts for s in part.sections if s.unit and s.charge]
    by_task = [str(unit) for unit, charge in charges if task.id in charge.tasks]
    by_field = [str(unit) for unit, charge in charges if task.field in charge.fields]
    assignments = directory.assignments(task)
    leads = [str(a.unit.id) for a in assignments if a.unit and a.role is Role.LEAD]
    return tuple(by_task or by_field or leads)


def _channels(
    communications: Iterable[Communication], of_year: Iterable[Communication], window: Days
) -> list[Channel]:
    """The channels of the year, and others on which something was held, each once."""
    found = {str(channel.id): channel for one in of_year for channel in one.channels}
    for one in communications:
        named = {str(channel.id): channel for channel in one.channels}
        for activity in one.activities:
            wanted = str(activity.channel)
            if one in of_year or _times(activity, window):
                nameless = Channel(activity.channel, activity.channel, activity.span)
                found.setdefault(wanted, named.get(wanted, nameless))
    return list(found.values())


def _on(channel: Channel, activities: Iterable[Activity]) -> list[Activity]:
    return [activity for activity in activities if activity.channel == channel.id]


def _of_channel(
    channel: Channel, every: list[Activity], planned: list[Activity], window: Days
) -> ChannelFigures:
    active = tuple(activity for activity in every if _times(activity, window))
    held = tuple(time for activity in active for time in _times(activity, window))
    numbers = [time.quantity for time in held if time.quantity is not None]
    return ChannelFigures(
        channel=channel,
        activities=active,
        held=held,
        quantity=sum(numbers) if numbers else None,
        unnumbered=tuple(time for time in held if time.quantity is None),
        planned=tuple(planned),
        not_held=tuple(a for a in planned if all(time.on > window.last for time in a.held)),
    )


def _times(activity: Activity, window: Days) -> list[Held]:
    return [time for time in activity.held if window.first <= time.on <= window.last]
