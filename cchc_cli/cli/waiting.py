"""`cchc waiting`: which work waits for which event, and since when."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.console import write, writes_unicode
from cchc_cli.cli.lines import Line, rows
from cchc_cli.cli.settings import (
    AsOfOption,
    PlanOption,
    UnitOption,
    chosen_plans,
    chosen_unit,
    one_of,
    open_plans,
    read_counts,
    today,
    warn_of_errors,
)
from cchc_cli.core.agenda import Item
from cchc_cli.core.message import msg
from cchc_cli.core.model import Plan, Task
from cchc_cli.core.status import Status
from cchc_cli.core.units import Role
from cchc_cli.i18n import _, day, say
from cchc_cli.render import data
from cchc_cli.render.labels import who
from cchc_cli.render.width import one_line

HELP = _("Work that waits for an event, for which, and since when.")

_FORMATS = ("table", "json")


class _Wait(NamedTuple):
    """One task waiting for one event; `event` is its id, empty if the plan links none."""

    plan: str
    task: Task
    units: list[str]
    event: str
    name: str
    since: date


def run(
    ctx: typer.Context,
    unit: UnitOption = None,
    as_of: AsOfOption = None,
    plan: PlanOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "table",
) -> int:
    """Print what waits; 1 if the plans have errors."""
    one_of(output, _FORMATS, "--format")
    opened = open_plans(ctx)
    wanted = chosen_unit(opened, unit)
    as_of = as_of or today()
    agendas = opened.agendas(chosen_plans(opened, plan), as_of)
    leading = [list(agenda.items(unit=wanted, role=Role.LEAD)) for agenda in agendas]
    waits: list[_Wait] = []
    for agenda, items in zip(agendas, leading, strict=True):
        waiting = [item for item in items if item.status is Status.WAITING]
        waits += _waits(agenda.plan, waiting, as_of)
    if output == "json":
        found = [_as_data(wait, as_of) for wait in waits]
        value = {"as_of": data.iso(as_of), "waiting": found, "read": read_counts(opened)}
        write(data.as_json(value, unicode=writes_unicode()))
    else:
        write(say(msg("As of {day}", day=as_of)))
        several = sum(map(bool, leading)) > 1
        write(rows(_line(wait, as_of, with_plan=several) for wait in waits))
        write(say(msg("Waiting: {count}.", count=len(waits))))
        write(say(msg("Read {tasks} tasks from {files} files.", **read_counts(opened))))
    return 1 if warn_of_errors(opened, [agenda.schedule for agenda in agendas]) else 0


def _waits(plan: Plan, items: list[Item], as_of: date) -> list[_Wait]:
    """Each waiting task once for every event it still waits for."""
    since = plan.effective or date(plan.period.first, 1, 1)
    pending = (event for event in plan.events if event.on is None or event.on > as_of)
    events = {str(event.id): event for event in pending}
    found = []
    for task in plan.tasks:
        units = list(dict.fromkeys(who(item) for item in items if item.of is task))
        if not units:
            continue
        linked = [events[str(event)] for event in task.events if str(event) in events]
        found += [_Wait(str(plan.id), task, units, str(e.id), str(e.name), since) for e in linked]
        if not linked:
            waits_for = str(task.deadline or "")
            found.append(_Wait(str(plan.id), task, units, "", waits_for, since))
    return found


def _line(wait: _Wait, as_of: date, *, with_plan: bool) -> Line:
    days = (as_of - wait.since).days
    cells = [
        str(wait.task.id),
        wait.event or "-",
        say(msg("since {day}, {count} days", day=day(wait.since), count=days)),
        ",".join(wait.units),
    ]
    return Line(
        [wait.plan, *cells] if with_plan else cells,
        one_line(wait.name),
        one_line(wait.task.name),
    )


def _as_data(wait: _Wait, as_of: date) -> dict[str, object]:
    return {
        "plan": wait.plan,
        "task": str(wait.task.id),
        "name": str(wait.task.name),
        "units": wait.units,
        "event": wait.event or None,
        "waits_for": wait.name,
        "since": data.iso(wait.since),
        "days": (as_of - wait.since).days,
    }
