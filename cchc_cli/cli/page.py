"""`cchc page`: the overview of a year as one HTML file, to be opened in any browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.documents import WORDS, in_vietnamese, scene
from cchc_cli.cli.periods import plan_of
from cchc_cli.cli.settings import (
    AsOfOption,
    Opened,
    PlanOption,
    open_plans,
    today,
    warn_of_errors,
)
from cchc_cli.core.agenda import Agenda
from cchc_cli.core.overview import overview
from cchc_cli.core.periods import Period
from cchc_cli.i18n import _
from cchc_cli.render.sandbox import TemplateFailure
from cchc_cli.store.files import CannotRun
from cchc_cli.store.output import replace_file, write_file
from cchc_cli.store.templates import read_templates

HELP = _("Write the overview of a year as a web page: one file, readable without a network.")


def run(
    ctx: typer.Context,
    plan: PlanOption = None,
    year: Annotated[
        int | None,
        typer.Option(metavar=_("YEAR"), help=_("the year to show (default: that of the day)")),
    ] = None,
    as_of: AsOfOption = None,
    out: Annotated[
        Path | None,
        typer.Option(help=_("the file to write (default: reports/PLAN-YEAR.html)")),
    ] = None,
) -> int:
    """Write the page and print its path; 1 if the plans have errors."""
    as_of = as_of or today()
    opened = open_plans(ctx)
    of_year = year or as_of.year
    of_plan = plan_of(opened, plan, Period(of_year, 1, 12), "--year")
    agenda = opened.agenda(of_plan, as_of)
    content = _page(opened, agenda, of_year).encode()
    if out is None:
        path = write_file(Path("reports"), f"{of_plan.id}-{of_year}.html", content)
    else:
        path = replace_file(out, content)
    write(str(path))
    return 1 if warn_of_errors(opened, [agenda.schedule]) else 0


def _page(opened: Opened, agenda: Agenda, year: int) -> str:
    """The page, in Vietnamese whatever the language of the command: it goes to readers."""
    from cchc_cli.render.page import TEMPLATE, render

    about = scene(opened, agenda.plan, Period(year, 1, 12))
    templates = read_templates(opened.root, TEMPLATE, opened.templates)
    several = len(opened.workspace.plans) > 1
    with in_vietnamese():
        try:
            found = overview(about, agenda, opened.soon, WORDS, several_plans=several)
            return render(found, templates.texts(), templates.folder)
        except TemplateFailure as failure:
            raise CannotRun(failure.message, failure.hint) from failure
