"""`cchc report`: the progress report of one period, as Markdown and as a Word file."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.documents import WORDS, in_vietnamese, rendered
from cchc_cli.cli.settings import (
    Opened,
    PlanOption,
    UnitOption,
    a_day,
    chosen_plans,
    chosen_unit,
    one_of,
    open_plans,
    warn_of_errors,
)
from cchc_cli.core.agenda import Agenda
from cchc_cli.core.message import msg
from cchc_cli.core.model import Plan, Unit
from cchc_cli.core.periods import Period, parse_period
from cchc_cli.core.report.build import Scene, build, window
from cchc_cli.core.report.view import Report
from cchc_cli.i18n import _, say
from cchc_cli.store.files import CannotRun
from cchc_cli.store.output import write_file

HELP = _("Write the progress report of a year, half-year, quarter or month.")

_FORMATS = ("md", "docx")
_TEMPLATES = {"md": "report.md.jinja", "docx": "report.docx"}


def run(
    ctx: typer.Context,
    period: Annotated[
        str, typer.Option(metavar=_("PERIOD"), help=_("2022, 2022-H1, 2022-Q1 or 2022-03"))
    ],
    unit: UnitOption = None,
    as_of: Annotated[
        datetime.date | None,
        typer.Option(
            parser=a_day,
            metavar=_("DATE"),
            help=_("the day to judge by (default: the last day of the period’s report)"),
        ),
    ] = None,
    plan: PlanOption = None,
    output: Annotated[
        str, typer.Option("--format", help=_("md, docx, or both with a comma between"))
    ] = "md,docx",
    out: Annotated[Path, typer.Option(help=_("the folder to write to"))] = Path("reports"),
) -> int:
    """Write the files and print their paths; 1 if the plans have errors."""
    formats = [one_of(name.strip(), _FORMATS, "--format") for name in output.split(",")]
    wanted = read_period(period)
    opened = open_plans(ctx)
    reported = plan_of(opened, plan, wanted)
    of_unit = chosen_unit(opened, unit)
    as_of = as_of or window(reported, opened.workspace.calendar, wanted).last
    agenda = opened.agenda(reported, as_of)
    report = _report(opened, agenda, wanted, of_unit)
    stem = "-".join([str(reported.id), wanted.label, *([str(of_unit.id)] if of_unit else [])])
    title = f"{report.plan} {report.period}"
    written = {
        name: rendered(opened.root, _TEMPLATES[name], {"report": report}, title, report.as_of)
        for name in dict.fromkeys(formats)
    }
    for name, content in written.items():
        write(str(write_file(out, f"{stem}.{name}", content)))
    return 1 if warn_of_errors(opened, [agenda.schedule]) else 0


def read_period(text: str) -> Period:
    """The period of that label."""
    period = parse_period(text)
    if period is None:
        message = msg("“{text}” is no period; write 2022, 2022-H1, 2022-Q1 or 2022-03", text=text)
        raise typer.BadParameter(say(message), param_hint="--period")
    return period


def plan_of(opened: Opened, wanted: str | None, period: Period) -> Plan:
    """The only plan whose years hold the period, of all or of the one asked for."""
    plans = chosen_plans(opened, wanted)
    if not plans:
        warn_of_errors(opened)
        raise CannotRun(msg("no plan can be read"), msg("run “cchc validate” to see why"))
    fitting = [plan for plan in plans if period.year in plan.period]
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(f"{plan.id} ({plan.period})" for plan in fitting or plans)
    message = (
        msg("several plans hold the year {year}: {known}", year=period.year, known=known)
        if fitting
        else msg("no plan holds the year {year}; there are: {known}", year=period.year, known=known)
    )
    raise typer.BadParameter(say(message), param_hint="--plan" if fitting else "--period")


def _report(opened: Opened, agenda: Agenda, period: Period, unit: Unit | None) -> Report:
    """The view, in Vietnamese whatever the language of the command: it goes into a document."""
    office, calendar = opened.workspace.office, opened.workspace.calendar
    scene = Scene(agenda.plan, office, calendar, period, unit, len(opened.errors))
    with in_vietnamese():
        return build(scene, agenda, opened.soon, WORDS)
