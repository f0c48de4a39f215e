"""`cchc calendar`: the due days as a calendar file that other programs subscribe to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.selection import Filters, RoleOption, select
from cchc_cli.cli.settings import (
    AsOfOption,
    Opened,
    PlanOption,
    UnitOption,
    chosen_unit,
    one_of,
    open_plans,
    warn_of_errors,
)
from cchc_cli.core.message import msg
from cchc_cli.core.model import Unit
from cchc_cli.core.status import Status
from cchc_cli.i18n import _, say
from cchc_cli.store.output import replace_file

HELP = _("Write the due days as a calendar file (iCalendar) for Outlook, Google or Thunderbird.")


def run(
    ctx: typer.Context,
    unit: UnitOption = None,
    role: RoleOption = "lead",
    as_of: AsOfOption = None,
    plan: PlanOption = None,
    todo: Annotated[bool, typer.Option("--todo", help=_("as to-dos instead of events"))] = False,
    output: Annotated[str, typer.Option("--format", help="ics")] = "ics",
    out: Annotated[
        Path | None, typer.Option(help=_("the file to write (default: to standard output)"))
    ] = None,
) -> int:
    """Write the calendar; 1 if the plans have errors."""
    one_of(output, ("ics",), "--format")
    opened = open_plans(ctx)
    filters = Filters(unit, role, None, as_of, None, None, plan, tuple(Status))
    selection = select(opened, filters)
    from cchc_cli.render.ics import calendar

    name = say(msg("Deadlines: {name}", name=_name(opened, chosen_unit(opened, unit))))
    content = calendar(selection.items, name, selection.as_of, opened.soon, todo=todo)
    if out is None:
        # As bytes: the line ends are part of the format, whatever the machine's own are.
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write(str(replace_file(out, content)))
    return 1 if warn_of_errors(opened, selection.schedules) else 0


def _name(opened: Opened, unit: Unit | None) -> str:
    if unit is not None:
        return str(unit.name)
    office = opened.workspace.office
    return str(office.agency) if office else ", ".join(opened.workspace.plans)
