"""Dated occurrences → an iCalendar file (RFC 5545), one entry for each occurrence and unit.

An entry keeps its UID whatever becomes of its dates, so that a program that reads the file again
updates the entry instead of adding another one. SEQUENCE, which tells programs that an entry has
changed, is the number of the as-of day: a file made as of a later day always prevails over an
earlier one, and the same question gives the same bytes. What changes twice within one day reaches
subscribers, who replace the whole file, at once, and those who import files with the next day's.

There is no METHOD: it would require an organizer, and nobody has told an address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from cchc_cli.core.agenda import Item, by_urgency
from cchc_cli.core.deadlines.terms import Kind
from cchc_cli.core.message import msg
from cchc_cli.core.model import Finding, Progress, Task
from cchc_cli.core.status import DONE, HALTED, Status
from cchc_cli.i18n import say
from cchc_cli.render.labels import part, status, who
from cchc_cli.render.width import one_line

if TYPE_CHECKING:  # slow to import
    from icalendar import Alarm, Component

_ONE_DAY = timedelta(days=1)
_MORNING = timedelta(hours=8)  # an all-day entry begins at midnight; nobody wants the alarm then
_FIXED = (Kind.DAY, Kind.PERIOD, Kind.RANGE)  # the words name the days; no cycle does


def calendar(
    items: Iterable[Item], name: str, as_of: date, soon: int, *, todo: bool = False
) -> bytes:
    """The items that have a due day, as all-day events or to-dos, the nearest first.

    An alarm goes off `soon` days before what is to be done yet. What is cancelled stays in the file
    as cancelled, so that programs that have it take it out.
    """
    from icalendar import Calendar

    dated = [(item, uid) for item, uid in _identified(items) if item.due is not None]
    order = {id(item): place for place, item in enumerate(by_urgency(i for i, _uid in dated))}
    found = Calendar()
    found.add("prodid", "-//cchc//cchc//VI")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("x-wr-calname", one_line(name))
    for item, uid in sorted(dated, key=lambda pair: order[id(pair[0])]):
        found.add_component(_entry(item, uid, as_of, soon, todo=todo))
    return bytes(found.to_ical())


def _identified(items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
    """Each item with an id made of plan, task, unit and which of the task's times it is.

    A task whose words name the days counts its times, since their labels are those very days. A
    recurring one has the label of each cycle, or cycle and count where labels are days.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for item in items:
        task = (item.plan, str(item.of.id), who(item))
        label = str(item.occurrence.period) if item.occurrence else ""
        fixed = item.deadline.kind in _FIXED and isinstance(item.of, Task)
        cycle = "" if fixed else label[:4] if _is_day(label) else label
        seen[*task, cycle] += 1
        count = seen[*task, cycle]
        time = f"{cycle}.{count}" if cycle and count > 1 else cycle or str(count)
        yield item, "/".join(quote(piece, safe="") for piece in (*task, time)) + "@cchc"


def _is_day(label: str) -> bool:
    try:
        date.fromisoformat(label)
    except ValueError:
        return False
    return True


def _entry(item: Item, uid: str, as_of: date, soon: int, *, todo: bool) -> Component:
    from icalendar import Event, Todo

    assert item.due is not None
    entry = Todo() if todo else Event()
    entry.add("uid", uid)
    entry.add("dtstamp", _midnight(as_of))
    entry.add("sequence", as_of.toordinal())
    entry.add("summary", _summary(item))
    entry.add("description", _description(item, as_of))
    if todo:
        entry.add("due", item.due)
        _add_state(entry, item)
    else:
        entry.add("dtstart", item.due)
        entry.add("dtend", item.due + _ONE_DAY)
        entry.add("transp", "TRANSPARENT")  # a due day keeps nobody from other appointments
        if item.status is Status.CANCELLED:
            entry.add("status", "CANCELLED")
    if item.status not in (*DONE, *HALTED):
        entry.add_component(_alarm(item, soon, todo=todo))
    return entry


def _add_state(entry: Component, item: Item) -> None:
    """STATUS of a to-do, and the day of its completion if that is known."""
    if item.status is Status.CANCELLED:
        entry.add("status", "CANCELLED")
        return
    if item.status not in DONE:
        begun = bool(item.records)
        entry.add("status", "IN-PROCESS" if begun else "NEEDS-ACTION")
        return
    entry.add("status", "COMPLETED")
    entry.add("percent-complete", 100)
    last = _completed(item.records)
    if last is not None and item.status is not Status.DONE_UNDATED:
        entry.add("completed", _midnight(last))


def _completed(records: Sequence[Progress]) -> date | None:
    return max((r.completed_on for r in records if r.completed_on), default=None)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _summary(item: Item) -> str:
    mark = "✓ " if item.status in DONE else ""
    if item.status in HALTED:
        mark = f"({status(item.standing)}) "
    return f"{mark}{item.of.id}. {one_line(item.of.name)} [{who(item)}]"


def _description(item: Item, as_of: date) -> str:
    """The deadline as printed and why it falls on that day, the part of the unit, the status."""
    lines = [say(msg("Deadline as printed: “{text}”", text=one_line(item.wording or "-")))]
    if item.occurrence:
        lines += [say(step.message) for step in item.occurrence.steps]
    if item.last_working_day:
        lines.append(say(msg("last working day {before}", before=item.last_working_day)))
    if isinstance(item.of, Task) and item.of.products:
        products = "; ".join(one_line(product) for product in item.of.products)
        lines.append(say(msg("Products: {products}", products=products)))
    if isinstance(item.of, Finding) and item.of.measure:
        lines.append(say(msg("Measure: {measure}", measure=one_line(item.of.measure))))
    name = one_line(item.unit.name) if item.unit else who(item)
    lines.append(say(msg("{unit}: {part}", unit=name, part=part(item))))
    now = status(item.standing)
    lines.append(say(msg("As of {day}: {status}", day=as_of, status=now)))
    return "\n".join(lines)


def _alarm(item: Item, soon: int, *, todo: bool) -> Alarm:
    """An alarm in the morning, `soon` days before the due day."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(item))
    related = {"RELATED": "END"} if todo else {}  # a to-do has no start to count from
    alarm.add("trigger", _MORNING - soon * _ONE_DAY, related)
    return alarm
