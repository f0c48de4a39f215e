"""`cchc list`: the tasks with their units, deadlines and occurrences."""

from __future__ import annotations

from typing import Annotated

import typer

from cchc_cli.cli.console import write, writes_unicode
from cchc_cli.cli.selection import RoleOption, a_role
from cchc_cli.cli.settings import (
    FieldOption,
    PlanOption,
    UnitOption,
    chosen_field,
    chosen_plans,
    chosen_unit,
    one_of,
    open_plans,
    read_counts,
    warn_of_errors,
)
from cchc_cli.core.message import msg
from cchc_cli.core.model import Task
from cchc_cli.core.schedule import Schedule, Scheduled
from cchc_cli.core.units import Assignment
from cchc_cli.i18n import _, day, say
from cchc_cli.render import data
from cchc_cli.render.labels import KIND
from cchc_cli.render.width import aligned, one_line

HELP = _("The tasks: units, deadline as printed, and the days it gives.")

_FORMATS = ("table", "json")


def run(
    ctx: typer.Context,
    unit: UnitOption = None,
    role: RoleOption = "any",
    field: FieldOption = None,
    plan: PlanOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "table",
) -> int:
    """Print the tasks; 1 if the plans have errors."""
    one_of(output, _FORMATS, "--format")
    wanted_role = a_role(role)
    opened = open_plans(ctx)
    plans = chosen_plans(opened, plan)
    wanted = chosen_unit(opened, unit)
    wanted_field = chosen_field(plans, field)
    rows: list[tuple[Task, Scheduled, list[Assignment]]] = []
    schedules = [Schedule(each, opened.workspace.calendar) for each in plans]
    for each, schedule in zip(plans, schedules, strict=True):
        for task in each.tasks:
            assignments = opened.directory.assignments(task)
            if wanted_field is not None and task.field != wanted_field:
                continue
            if wanted is None or any(
                a.unit == wanted and wanted_role in (None, a.role) for a in assignments
            ):
                rows.append((task, schedule.of_task(task), assignments))
    read = read_counts(opened)
    if output == "json":
        tasks = [data.task(*row) for row in rows]
        write(data.as_json({"tasks": tasks, "read": read}, unicode=writes_unicode()))
    else:
        write("\n".join(aligned([_line(*row) for row in rows])))
        write(say(msg("{count} tasks listed.", count=len(rows))))
        write(say(msg("Read {tasks} tasks from {files} files.", **read)))
    return 1 if warn_of_errors(opened, schedules) else 0


def _line(task: Task, scheduled: Scheduled, assignments: list[Assignment]) -> list[str]:
    days = [day(o.due) for o in scheduled.occurrences if o.due]
    units = [str(a.unit.id) for a in assignments if a.role.value == "lead" and a.unit]
    span = f"{days[0]} … {days[-1]} ({len(days)})" if len(days) > 1 else "".join(days) or "-"
    return [
        str(task.id),
        say(KIND[scheduled.deadline.kind]),
        span,
        ",".join(units) or "-",
        f"{one_line(task.name)} [{one_line(task.deadline or '-')}]",
    ]
