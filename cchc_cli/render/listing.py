"""The agenda for a pipe (aligned lines), for a terminal (a table), and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from cchc_cli.core.agenda import Item
from cchc_cli.core.message import Message, msg
from cchc_cli.core.status import Status
from cchc_cli.core.units import Assignment, Role
from cchc_cli.i18n import day, say
from cchc_cli.render.labels import STATUS, part, status, who
from cchc_cli.render.width import aligned, one_line

if TYPE_CHECKING:  # Rich is slow to import, and of use on a terminal only
    from rich.table import Table

# Colour repeats what the words say; it is never the only signal.
_COLOURS = {
    Status.OVERDUE: "bold red",
    Status.DUE_SOON: "yellow",
    Status.DONE_ON_TIME: "green",
    Status.DONE_LATE: "green",
    Status.DONE_UNDATED: "green",
    Status.DONE_NO_DUE_DATE: "green",
}

_PLAN = msg("Plan")
HEADINGS: tuple[Message, ...] = (
    msg("Task"),
    msg("Period"),
    msg("Due"),
    msg("Status"),
    msg("Unit"),
    msg("Role"),
    msg("Name"),
    msg("Deadline as printed"),
)


def due_day(item: Item) -> str:
    """The due day; beside it the last working day before a day of rest, and the day by the plan."""
    if item.due is None:
        return "-"
    beside = _beside(item)
    return f"{day(item.due)} ({', '.join(beside)})" if beside else day(item.due)


def _beside(item: Item) -> list[str]:
    """What must be known of a due day besides itself."""
    found = []
    if item.occurrence and item.occurrence.original_due:
        found.append(say(msg("extended from {day}", day=item.occurrence.original_due)))
    if item.last_working_day:
        found.append(say(msg("last working day {before}", before=item.last_working_day)))
    return found


def _cells(item: Item, *, with_plan: bool) -> list[str]:
    return [
        *([one_line(item.plan)] if with_plan else []),
        str(item.of.id),
        item.period or "-",
        due_day(item),
        status(item.standing),
        who(item),
        part(item),
        one_line(item.of.name),
        one_line(item.wording) or "-",
    ]


def several_plans(items: Iterable[Item]) -> bool:
    """Whether a listing has to say which plan an item is of: task ids of two plans are alike."""
    return len({item.plan for item in items}) > 1


def charged(assignments: Iterable[Assignment]) -> str:
    """Units by name, then those of each group: `TTUD; VP,KHTC (qua “…”)`; an open group itself."""
    pieces = []
    for via, through in groupby(assignments, key=lambda assignment: assignment.via):
        members = list(through)
        units = ",".join(str(member.unit.id) for member in members if member.unit)
        if via is None:
            pieces.append(units or "-")
            continue
        group = one_line(via.name)
        if units:
            pieces.append(say(msg("{units} (via “{group}”)", units=units, group=group)))
        if not all(member.unit for member in members):
            pieces.append(group)
    return "; ".join(pieces) or "-"


def plain(items: Sequence[Item], *, with_plan: bool) -> str:
    """One item a line, columns aligned; for pipes."""
    rows = []
    for item in items:
        *cells, name, wording = _cells(item, with_plan=with_plan)
        rows.append([*cells, f"{name} [{wording}]" if item.wording else name])
    return "\n".join(aligned(rows))


def markdown(items: Sequence[Item], *, with_plan: bool) -> str:
    """A Markdown table."""
    headings = [say(heading) for heading in ((_PLAN, *HEADINGS) if with_plan else HEADINGS)]
    rows = [headings, ["---"] * len(headings)]
    cells = (_cells(item, with_plan=with_plan) for item in items)
    rows += [[cell.replace("|", "\\|") for cell in row] for row in cells]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def table(items: Sequence[Item], *, columns: int, with_plan: bool) -> Table:
    """A table for a terminal of that width; long names end in “…”, `cchc show` has them whole."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    grid.add_column(say(HEADINGS[0]), no_wrap=True)
    grid.add_column(say(HEADINGS[2]), no_wrap=True)
    grid.add_column(say(HEADINGS[3]), max_width=17)
    grid.add_column(say(HEADINGS[6]))
    room = 2 * max(columns - 44, 20)
    for item in items:
        name = Text(_shortened(one_line(item.of.name), room))
        name.append("\n" + _why(item, with_plan=with_plan), style="dim")
        due = Text(day(item.due) if item.due else "-")
        state = Text(status(item.standing), style=_COLOURS.get(item.status, ""))
        grid.add_row(Text(str(item.of.id)), due, state, name)
    return grid


def _shortened(text: str, room: int) -> str:
    """`text` cut at a word, with “…”, where it is longer than `room`."""
    if len(text) <= room:
        return text
    return text[: text.rfind(" ", 0, room)] + " …"


def _why(item: Item, *, with_plan: bool) -> str:
    """Under the name: the plan, the printed words, the period, the last working day, the part."""
    pieces = [one_line(item.plan)] if with_plan else []
    if item.wording:
        pieces.append(f"“{one_line(item.wording)}”")
    if item.occurrence:
        pieces.append(say(msg("period {period}", period=item.occurrence.period)))
    pieces += _beside(item)
    supports = item.assignment.role is Role.SUPPORT
    if item.assignment.via is not None or supports or item.inherited:
        pieces.append(part(item))
    return " · ".join(pieces)


def footer(counts: dict[Status, int], unproven: int) -> str:
    """The count of every status that occurs, the total, and how many done have no evidence."""
    pieces = [f"{say(STATUS[status])} {count}" for status, count in counts.items() if count]
    total = sum(counts.values())
    line = say(msg("Total {total}: {counts}", total=total, counts=", ".join(pieces) or "-"))
    if not unproven:
        return line
    without = msg("{count} of them done without evidence so far", count=unproven)
    return f"{line}; {say(without)}"


def never_dated(items: Sequence[Item]) -> list[str]:
    """Items that no day brings up, one line a status and plan, so that they stay in sight."""
    with_plan = several_plans(items)
    found: dict[tuple[Status, str], dict[str, None]] = {
        (kind, plan): {}
        for kind in (Status.CONTINUOUS, Status.WAITING, Status.NO_DUE_DATE)
        for plan in dict.fromkeys(item.plan for item in items)
    }
    for item in items:
        if (item.status, item.plan) in found:
            found[item.status, item.plan][str(item.of.id)] = None
    lines = []
    for (kind, plan), ids in found.items():
        of_plan = f"{one_line(plan)} · " if with_plan else ""
        if ids:
            lines.append(f"{of_plan}{say(STATUS[kind])}: {', '.join(ids)}")
    return lines
