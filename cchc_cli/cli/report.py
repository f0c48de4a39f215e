"""`cchc report`: the progress report of a period, as Markdown and as a Word file.

With `--freeze`, it is put on record as it is sent. With `--ended`, for whoever runs it every day:
the reports of the periods that end on this day. They are not called due: a report is due some days
later, when its duty says.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.documents import (
    chosen_forms,
    in_forms,
    in_vietnamese,
    report_of,
    report_text,
    scene,
    title_of,
)
from cchc_cli.cli.entries import CommitOption
from cchc_cli.cli.freezing import Sent, committed, put_on_record
from cchc_cli.cli.periods import plan_of, read_period, readable_plans
from cchc_cli.cli.settings import (
    Opened,
    PlanOption,
    UnitOption,
    a_day,
    chosen_unit,
    open_plans,
    opened_at,
    plan_root,
    today,
    warn_of_errors,
)
from cchc_cli.core.message import msg
from cchc_cli.core.model import Plan, Unit
from cchc_cli.core.overview import Summary, summary_of
from cchc_cli.core.periods import Days, Period
from cchc_cli.core.report.build import Ended, ended, window
from cchc_cli.core.report.view import Report
from cchc_cli.core.schedule import Schedule
from cchc_cli.i18n import _, say
from cchc_cli.render.pictures import Picture
from cchc_cli.store.output import write_file
from cchc_cli.store.writing import one_writer

HELP = _("Write the progress report of a year, half-year, quarter or month.")


class _Wanted(NamedTuple):
    """A report to write, as of a day."""

    plan: Plan
    period: Period
    as_of: datetime.date


def run(
    ctx: typer.Context,
    period: Annotated[
        str | None, typer.Option(metavar=_("PERIOD"), help=_("2022, 2022-H1, 2022-Q1 or 2022-03"))
    ] = None,
    ended: Annotated[
        bool,
        typer.Option("--ended", help=_("instead: every report whose period ends on that day")),
    ] = False,
    since: Annotated[
        datetime.date | None,
        typer.Option(
            parser=a_day, metavar=_("DATE"), help=_("with --ended: or has ended since this day")
        ),
    ] = None,
    unit: UnitOption = None,
    as_of: Annotated[
        datetime.date | None,
        typer.Option(
            parser=a_day,
            metavar=_("DATE"),
            help=_(
                "the day to judge by (default: the last day of the period’s report; with --ended "
                "today in Vietnam)"
            ),
        ),
    ] = None,
    plan: PlanOption = None,
    output: Annotated[
        str, typer.Option("--format", help=_("md, docx, pdf, or several with commas between"))
    ] = "md,docx",
    out: Annotated[Path, typer.Option(help=_("the folder to write to"))] = Path("reports"),
    charts: Annotated[
        bool, typer.Option("--charts", help=_("with charts of the figures (Word and PDF)"))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("name the files, and write nothing"))
    ] = False,
    freeze: Annotated[
        bool,
        typer.Option("--freeze", help=_("put on record that the report is sent as it is now")),
    ] = False,
    number: Annotated[
        str | None,
        typer.Option(metavar=_("TEXT"), help=_("with --freeze: the number of the report")),
    ] = None,
    on: Annotated[
        datetime.date | None,
        typer.Option(
            parser=a_day, metavar=_("DATE"), help=_("with --freeze: the day of the report")
        ),
    ] = None,
    commit: CommitOption = False,
) -> int:
    """Write the files and print their paths; 1 if the plans have errors."""
    forms = chosen_forms(output)
    days = _days(period, ended, since, as_of)
    if freeze:
        if days or dry_run:
            message = msg("one report is frozen at a time: name its period, without --dry-run")
            raise typer.BadParameter(say(message), param_hint="--freeze")
        asked, sent = _Asked(period or "", as_of, unit, plan), Sent(number, on, commit)
        return _freeze(ctx, asked, sent, forms, out, charts=charts)
    if number is not None or on is not None or commit:
        message = msg("--number, --on and --commit go with --freeze")
        raise typer.BadParameter(say(message), param_hint="--freeze")
    opened = open_plans(ctx)
    of_unit = chosen_unit(opened, unit)
    wanted = _ended(opened, plan, days) if days else [_of_period(opened, plan, period or "", as_of)]
    schedules = []
    for each in wanted:
        names = _names(each, of_unit, forms)
        if days:  # a late run meets what has been written, and perhaps filled in, before
            names = _missing(out, names)
        if dry_run:
            write("\n".join(str(out / name) for name in names))
        elif names:
            _report, schedule = _write(opened, each, of_unit, out, names, charts=charts)
            schedules.append(schedule)
    return 1 if warn_of_errors(opened, schedules) else 0


class _Asked(NamedTuple):
    """A report as asked for."""

    period: str
    as_of: datetime.date | None
    unit: str | None
    plan: str | None


def _freeze(
    ctx: typer.Context, asked: _Asked, sent: Sent, forms: list[str], out: Path, *, charts: bool
) -> int:
    """Write a report from the last commit, and put it on record; 1 if the plans have errors."""
    root = plan_root(ctx)
    with one_writer(root):
        revision = committed(root)
        opened = opened_at(root, revision)
        of_unit = chosen_unit(opened, asked.unit)
        wanted = _of_period(opened, asked.plan, asked.period, asked.as_of)
        names = _names(wanted, of_unit, forms)
        report, schedule = _write(opened, wanted, of_unit, out, names, charts=charts)
        frozen = put_on_record(
            root, revision, wanted.plan, of_unit, report, report_text(opened, report), sent
        )
    return 1 if warn_of_errors(opened, [schedule]) or not frozen else 0


def _names(wanted: _Wanted, unit: Unit | None, forms: list[str]) -> list[str]:
    """What the files of a report are called, one for each form."""
    stem = "-".join([str(wanted.plan.id), wanted.period.label, *([str(unit.id)] if unit else [])])
    return [f"{stem}.{form}" for form in forms]


def _days(
    period: str | None, ended: bool, since: datetime.date | None, as_of: datetime.date | None
) -> Days | None:
    """The days on which a period must have ended; None if it is named."""
    if ended == (period is not None):
        message = msg("name a period, or ask for all that have ended with --ended")
        raise typer.BadParameter(say(message), param_hint="--period")
    last = as_of or today()
    if since is not None and (not ended or since > last):
        message = msg("--since goes with --ended, and is no later than --as-of")
        raise typer.BadParameter(say(message), param_hint="--since")
    return Days(since or last, last) if ended else None


def _of_period(
    opened: Opened, plan: str | None, period: str, as_of: datetime.date | None
) -> _Wanted:
    wanted = read_period(period)
    reported = plan_of(opened, plan, wanted)
    last = window(reported, opened.workspace.calendar, wanted).last
    return _Wanted(reported, wanted, as_of or last)


def _ended(opened: Opened, plan: str | None, days: Days) -> list[_Wanted]:
    """Each period that ended on one of the days, as of its last day; without one, say so."""
    calendar = opened.workspace.calendar
    plans = readable_plans(opened, plan)
    wanted = [
        _Wanted(each, found.period, found.window.last)
        for each in plans
        for found in ended(each, calendar, days)
    ]
    if not wanted:
        later = Days(days.last + datetime.timedelta(days=1), datetime.date.max)
        ahead = [(each, found) for each in plans for found in ended(each, calendar, later)]
        _say_none(days, min(ahead, key=lambda one: one[1].window.last, default=None))
    return wanted


def _say_none(days: Days, ahead: tuple[Plan, Ended] | None) -> None:
    message = (
        msg("no report period ends on {day}", day=days.last)
        if days.first == days.last
        else msg("no report period ends from {first} to {last}", first=days.first, last=days.last)
    )
    write(say(message), sys.stderr)
    if ahead is not None:
        plan, found = ahead
        message = msg("the next is {period} of {plan}, on {day}", period=found.period.label,
                      plan=plan.id, day=found.window.last)  # fmt: skip
        write(say(message), sys.stderr)


def _missing(out: Path, names: list[str]) -> list[str]:
    """Those that are not there yet; of the others it is said that they stay."""
    there = [name for name in names if (out / name).exists()]
    for name in there:
        message = msg("{path} is there already and stays as it is", path=str(out / name))
        write(say(message), sys.stderr)
    return [name for name in names if name not in there]


def _write(
    opened: Opened,
    wanted: _Wanted,
    unit: Unit | None,
    out: Path,
    names: list[str],
    *,
    charts: bool,
) -> tuple[Report, Schedule]:
    """Write a report in the form that the ending of each name says; what it told, by what dates."""
    agenda = opened.agenda(wanted.plan, wanted.as_of)
    report = report_of(opened, wanted.plan, wanted.period, unit, agenda)
    drawn = None
    if charts:
        with in_vietnamese():
            about = scene(opened, agenda.plan, wanted.period, unit)
            summary = summary_of(report, about, agenda, opened.soon)
            drawn = _charts(summary, of_office=unit is None)
    forms = [name.rpartition(".")[2] for name in names]
    values, title = {"report": report}, title_of(report)
    found = in_forms(opened, "report", forms, values, title, report.as_of, drawn)
    for name, content in zip(names, found.values(), strict=True):
        write(str(write_file(out, name, content)))
    return report, agenda.schedule


def _charts(summary: Summary, *, of_office: bool) -> dict[str, Picture]:
    """The figures of the report as pictures: like them, they are of the whole year."""
    from cchc_cli.render import charts
    from cchc_cli.render.pictures import picture

    drawn = {"by_field": charts.by_field(summary), "field_strip": charts.field_strip(summary)}
    if of_office:
        drawn["by_unit"] = charts.by_unit(summary)
    return {name: picture(svg) for name, svg in drawn.items()}
