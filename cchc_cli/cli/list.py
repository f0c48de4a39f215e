"""`cchc list`: the tasks with their units, deadlines and occurrences."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.console import write, writes_unicode
from cchc_cli.cli.lines import Line, rows
from cchc_cli.cli.selection import (
    Filters,
    RoleOption,
    Selection,
    StatusOption,
    WithinOption,
    select,
)
from cchc_cli.cli.settings import (
    AsOfOption,
    FieldOption,
    Opened,
    PlanOption,
    UnitOption,
    one_of,
    open_plans,
    read_counts,
    warn_of_errors,
)
from cchc_cli.core.agenda import Item
from cchc_cli.core.message import msg
from cchc_cli.core.model import Task
from cchc_cli.core.schedule import Scheduled
from cchc_cli.core.status import DONE, Status
from cchc_cli.core.units import Assignment
from cchc_cli.i18n import _, day, say
from cchc_cli.render import data
from cchc_cli.render.labels import KIND, part
from cchc_cli.render.listing import charged, several_plans
from cchc_cli.render.width import one_line

HELP = _("The tasks: units, deadline as printed, and the days it gives.")

_FORMATS = ("table", "json")


class _Row(NamedTuple):
    """A task of which the filters leave something; `units` says who is charged with it."""

    plan: str
    task: Task
    scheduled: Scheduled
    assignments: list[Assignment]
    units: str


def run(
    ctx: typer.Context,
    unit: UnitOption = None,
    role: RoleOption = "any",
    field: FieldOption = None,
    as_of: AsOfOption = None,
    within: WithinOption = None,
    status: StatusOption = None,
    all_items: Annotated[  # noqa: ARG001  # the default here; people type it as they do for `due`
        bool, typer.Option("--all", help=_("every status"))
    ] = False,
    plan: PlanOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "table",
) -> int:
    """Print the tasks; 1 if the plans have errors."""
    one_of(output, _FORMATS, "--format")
    opened = open_plans(ctx)
    filters = Filters(unit, role, field, as_of, within, status, plan, tuple(Status))
    selection = select(opened, filters)
    found = _rows(selection, filters, opened)
    read = read_counts(opened)
    if output == "json":
        tasks = [data.task(*row[:4]) for row in found]
        write(data.as_json({"tasks": tasks, "read": read}, unicode=writes_unicode()))
    else:
        several = several_plans(selection.items)
        write(rows(_line(row, with_plan=several) for row in found))
        write(say(msg("{count} tasks listed.", count=len(found))))
        write(say(msg("Read {tasks} tasks from {files} files.", **read)))
    return 1 if warn_of_errors(opened, selection.schedules) else 0


def _rows(selection: Selection, filters: Filters, opened: Opened) -> list[_Row]:
    """The tasks in printed order; duties are no tasks."""
    first: dict[int, Item] = {}
    for item in selection.shown:
        first.setdefault(id(item.of), item)
    role = "lead" if filters.role == "any" else filters.role
    takers = _takers(selection, role)
    found = []
    for agenda in selection.agendas:
        for task in agenda.plan.tasks:
            if id(task) not in first:
                continue
            assignments = opened.directory.assignments(task)
            of_role = [a for a in assignments if a.role.value == role]
            units = part(first[id(task)]) if filters.unit is not None else charged(of_role)
            if filters.unit is None and id(task) in takers:
                units += f" ({say(msg('now {taker}', taker=', '.join(takers[id(task)])))})"
            scheduled = agenda.schedule.of_task(task)
            found.append(_Row(str(agenda.plan.id), task, scheduled, assignments, units))
    return found


def _takers(selection: Selection, role: str) -> dict[int, list[str]]:
    """Those to whom open work in that role has passed on, each once, by task."""
    found: dict[int, list[str]] = {}
    for item in selection.items:
        if item.inherited and item.assignment.role.value == role and item.status not in DONE:
            takers = found.setdefault(id(item.of), [])
            if item.unit and item.unit.id not in takers:
                takers.append(str(item.unit.id))
    return found


def _line(row: _Row, *, with_plan: bool) -> Line:
    _plan, task, scheduled, _assignments, units = row
    days = [day(o.due) for o in scheduled.occurrences if o.due]
    span = f"{days[0]} … {days[-1]} ({len(days)})" if len(days) > 1 else "".join(days) or "-"
    cells = [str(task.id), say(KIND[scheduled.deadline.kind]), span, units]
    return Line(
        [row.plan, *cells] if with_plan else cells,
        one_line(task.name),
        one_line(task.deadline or "-"),
    )
