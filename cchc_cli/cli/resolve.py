"""`cchc resolve TEXT`: how a deadline is read, step by step."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

import typer

from cchc_cli.cli.console import complain, write, writes_unicode
from cchc_cli.cli.settings import Opened, Settings, a_day, one_of, open_plans, today
from cchc_cli.core.deadlines.grammar import parse
from cchc_cli.core.deadlines.occurrences import Event, Resolution, Scope, resolve
from cchc_cli.core.deadlines.terms import Deadline, Kind, needs_years
from cchc_cli.core.message import Message, msg
from cchc_cli.core.periods import Years, parse_years
from cchc_cli.core.workdays import WorkCalendar
from cchc_cli.i18n import _, say
from cchc_cli.render import data, detail
from cchc_cli.store.files import CannotRun

HELP = _("How a deadline in words is read: each date, the steps that led to it, and the law.")

_FORMATS = ("text", "json")


def run(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("the deadline in words"))],
    year: Annotated[
        int | None,
        typer.Option(min=1900, max=2200, help=_("the year of the plan and of the report")),
    ] = None,
    period: Annotated[
        str | None, typer.Option(metavar="2021-2025", help=_("the plan’s first and last year"))
    ] = None,
    event_date: Annotated[
        date | None,
        typer.Option(
            parser=a_day, metavar=_("DATE"), help=_("the day of the event that the text waits for")
        ),
    ] = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "text",
) -> int:
    """Print the reading; 1 if the text is not understood or gives an impossible day."""
    one_of(output, _FORMATS, "--format")
    opened = _plans_if_any(ctx)
    calendar = opened.workspace.calendar if opened else WorkCalendar()
    events = (Event("event", say(msg("the event")), event_date),) if event_date else ()
    deadline = parse(text)
    scope = Scope(_period(period, year, opened, deadline), calendar, year=year, events=events)
    found = resolve(deadline, scope)
    problems = [*found.problems, *_missing(found)]
    if output == "json":
        write(data.as_json(_as_data(deadline, found, problems), unicode=writes_unicode()))
    else:
        write(detail.resolution(deadline, found))
    for year_problem in _missing(found):
        complain(year_problem, msg("run “cchc workdays YEAR” and review the file"))
    sys.stdout.flush()
    return 1 if deadline.kind is Kind.UNKNOWN else 0


def _plans_if_any(ctx: typer.Context) -> Opened | None:
    """The plans around, for their calendar and period; reading a text needs none."""
    try:
        return open_plans(ctx)
    except CannotRun:
        if (ctx.find_object(Settings) or Settings()).revision is not None:
            raise
        return None


def _period(
    wanted: str | None, year: int | None, opened: Opened | None, deadline: Deadline
) -> Years:
    """The period asked for, else that of the only plan around, else the year."""
    if wanted is not None:
        years = parse_years(wanted)
        if years is None:
            raise typer.BadParameter(
                say(msg("“{text}” is no period; write it as 2021-2025", text=wanted)),
                param_hint="--period",
            )
        return years
    plans = list(opened.workspace.plans.values()) if opened else []
    if len(plans) == 1:
        return plans[0].period
    if year is not None or not needs_years(deadline):
        year = year or today().year  # of no consequence where the text names every year
        return Years(year, year)
    raise typer.BadParameter(
        say(msg("of which years? Give --year 2022 or --period 2021-2025")), param_hint="--period"
    )


def _missing(found: Resolution) -> list[Message]:
    return [
        msg("no working calendar for {year}: holidays of that year are not counted", year=year)
        for year in found.missing_years
    ]


def _as_data(deadline: Deadline, found: Resolution, problems: list[Message]) -> dict[str, object]:
    return {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "event": deadline.words(deadline.event) or None,
        "remainder": deadline.words(deadline.remainder) or None,
        "occurrences": [data.occurrence(o) for o in found.occurrences],
        "diagnostics": [say(problem) for problem in problems],
    }
