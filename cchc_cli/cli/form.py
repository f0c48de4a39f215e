"""`cchc form`: an Excel form in which a unit writes what it has done."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.documents import in_vietnamese
from cchc_cli.cli.periods import plan_of, read_period
from cchc_cli.cli.recording import OwnUnitOption, own_unit
from cchc_cli.cli.settings import PlanOption, open_plans, warn_of_errors
from cchc_cli.core.agenda import Agenda
from cchc_cli.core.form import Head, asked_of, occurrence_of
from cchc_cli.core.message import msg
from cchc_cli.core.model import Unit
from cchc_cli.core.periods import Days, Period
from cchc_cli.core.report.build import window
from cchc_cli.core.report.words import plan_name
from cchc_cli.i18n import _, say
from cchc_cli.render.xlsx import Request, form
from cchc_cli.store.files import CannotRun
from cchc_cli.store.output import replace_file

HELP = _("Write an Excel form in which a unit fills in what it has done.")


def run(
    ctx: typer.Context,
    period: Annotated[
        str, typer.Option(metavar=_("PERIOD"), help=_("2022, 2022-H1, 2022-Q1 or 2022-03"))
    ],
    unit: OwnUnitOption = None,
    plan: PlanOption = None,
    out: Annotated[
        Path | None,
        typer.Option(help=_("the file to write (default: forms/PLAN-UNIT-PERIOD.xlsx)")),
    ] = None,
) -> int:
    """Write the form and print its path; 1 if the plans have errors."""
    wanted = read_period(period)
    opened = open_plans(ctx)
    of_plan = plan_of(opened, plan, wanted)
    of_unit = own_unit(opened, unit)
    first, last, _basis = window(of_plan, opened.workspace.calendar, wanted)
    days = Days(first, last)
    agenda = opened.agenda(of_plan, days.last)
    request = _request(agenda, of_unit, wanted, days)
    with in_vietnamese():
        content = form(request)
    target = out or Path("forms") / f"{'-'.join(request.head)}.xlsx"
    _keep_filled(target, content)
    write(str(replace_file(target, content)))
    write(say(msg("{count} rows to fill in", count=len(request.lines))))
    return 1 if warn_of_errors(opened, [agenda.schedule]) else 0


def _request(agenda: Agenda, unit: Unit, period: Period, days: Days) -> Request:
    plan = agenda.plan
    lines = [
        (item, len(agenda.entries(str(unit.id), *occurrence_of(item))))
        for item in asked_of(agenda, unit, days)
    ]
    head = Head(str(plan.id), str(unit.id), period.label)
    with in_vietnamese():
        name = say(period.name)
    return Request(head, plan_name(plan), str(unit.name), name, days, lines)


def _keep_filled(target: Path, content: bytes) -> None:
    """A form may hold somebody's work: it is never overwritten."""
    if target.is_file() and target.read_bytes() != content:
        raise CannotRun(
            msg("“{path}” exists already, and may have been filled in", path=str(target)),
            msg("collect it and move it away, or name another file with --out"),
        )
