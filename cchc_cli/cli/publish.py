"""`cchc publish`: the documents of a plan themselves, as Word files, Markdown or PDF."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.documents import WORDS, chosen_forms, in_forms, in_vietnamese
from cchc_cli.cli.periods import plan_of, readable_plans
from cchc_cli.cli.settings import Opened, PlanOption, open_plans, warn_of_errors
from cchc_cli.core.message import msg
from cchc_cli.core.model import Plan
from cchc_cli.core.periods import Period
from cchc_cli.core.publication import COLUMNS, of_year, published
from cchc_cli.i18n import _, say
from cchc_cli.render.sandbox import BLANK
from cchc_cli.store.files import CannotRun
from cchc_cli.store.output import write_file

HELP = _("Write the plan itself, or the appendix of a year, as an official document.")

FormatOption = Annotated[
    str, typer.Option("--format", help=_("md, docx, pdf, or several with commas between"))
]
OutOption = Annotated[Path, typer.Option(help=_("the folder to write to"))]
_OUT = Path("published")


def plan(
    ctx: typer.Context,
    plan: PlanOption = None,
    output: FormatOption = "docx",
    out: OutOption = _OUT,
) -> int:
    """Write the plan as signed and print the paths; 1 if the plans have errors."""
    forms = chosen_forms(output)
    opened = open_plans(ctx)
    plans = readable_plans(opened, plan)
    written = {f"{each.id}-ke-hoach": _signed(opened, each, forms) for each in plans}
    for stem, found in written.items():
        _write(out, stem, found)
    for each in plans:
        _say_what_is_printed(each)
    return 1 if warn_of_errors(opened) else 0


def _signed(opened: Opened, plan: Plan, forms: list[str]) -> dict[str, bytes]:
    found = published(plan, opened.workspace.office, BLANK)
    if found is None:
        raise CannotRun(
            msg("{plan}: the text of the plan or its table is not on record", plan=plan.id),
            msg("write it into “document” of plans/{plan}/plan.yaml, and the table into "
                "appendix.yaml", plan=plan.id),
        )  # fmt: skip
    day = plan.effective or datetime.date(plan.period.first, 1, 1)
    return in_forms(opened, "plan", forms, {"plan": found}, str(plan.id), day)


def _say_what_is_printed(plan: Plan) -> None:
    """Where the document is not what somebody may expect."""
    changes = sum(1 for _change in plan.amendments)
    if changes:
        message = msg("{plan}: printed as signed; {count} later decisions in amendments.yaml are "
                      "not in it", plan=plan.id, count=changes)  # fmt: skip
        write(say(message), sys.stderr)
    columns = len(plan.appendix.columns) if plan.appendix else 0
    if columns not in {0, len(COLUMNS)}:
        message = msg("{plan}: the table has {count} columns on record, but the cells of six; the "
                      "usual titles are printed", plan=plan.id, count=columns)  # fmt: skip
        write(say(message), sys.stderr)


def appendix(
    ctx: typer.Context,
    year: Annotated[int, typer.Option(metavar=_("YEAR"), help=_("the year, such as 2022"))],
    plan: PlanOption = None,
    output: FormatOption = "docx",
    out: OutOption = _OUT,
) -> int:
    """Write the table of that year’s tasks and print the paths; 1 if the plans have errors."""
    forms = chosen_forms(output)
    opened = open_plans(ctx)
    wanted = plan_of(opened, plan, Period(year, 1, 12), "--year")
    agenda = opened.agenda(wanted, datetime.date(year, 12, 31))
    with in_vietnamese():
        table = of_year(agenda, opened.workspace.office, year, WORDS, BLANK)
    if table is None or not table.fields:
        raise CannotRun(
            msg("{plan}: no task of {year} is on record", plan=wanted.id, year=year),
            msg("the tasks stand in plans/{plan}/appendix.yaml", plan=wanted.id),
        )
    title = f"{wanted.id} {year}"
    found = in_forms(opened, "appendix", forms, {"table": table}, title, agenda.as_of)
    _write(out, f"{wanted.id}-phu-luc-{year}", found)
    return 1 if warn_of_errors(opened, [agenda.schedule]) else 0


def _write(out: Path, stem: str, found: dict[str, bytes]) -> None:
    for form, content in found.items():
        write(str(write_file(out, f"{stem}.{form}", content)))


VERBS = {
    "plan": (_("Write the plan as it was signed, with its appendix."), plan),
    "appendix": (_("Write the appendix of one year: its tasks with their days."), appendix),
}
