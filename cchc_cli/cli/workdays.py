"""`cchc workdays YEAR…`: start a year's working calendar from public knowledge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import complain, write
from cchc_cli.cli.settings import plan_root
from cchc_cli.core.message import msg
from cchc_cli.i18n import _, say
from cchc_cli.render.calendar_file import calendar_file
from cchc_cli.store.files import CannotRun
from cchc_cli.store.national_days import FIRST_YEAR, LAST_YEAR, NationalYear, national_year
from cchc_cli.store.output import write_file

HELP = _("Write the working calendar of a year, to be reviewed and edited by hand.")


def run(
    ctx: typer.Context,
    years: Annotated[
        list[int],
        typer.Argument(metavar="YEAR…", min=FIRST_YEAR, max=LAST_YEAR, help=_("such as 2027")),
    ],
    only_print: Annotated[
        bool, typer.Option("--print", help=_("show what would be written, and write nothing"))
    ] = False,
) -> int:
    """Write one file a year; none if one of them exists already."""
    wanted = sorted(set(years))
    if only_print:
        write("---\n".join(_text(_found(year)) for year in wanted))
        return 0
    root = plan_root(ctx)
    for year in wanted:
        _refuse_to_replace(root, year)
    for year in wanted:
        _write(root, _found(year))
    return 0


def _found(year: int) -> NationalYear:
    """The calendar of the year, with a warning if it cannot be complete."""
    found = national_year(year)
    if not found.decided:
        complain(
            msg("no official decision on the days off of {year} is known here: the Prime Minister "
                "fixes Tết, 2/9 and the swapped working days each year", year=year),
            msg("review the calendar of {year} once they have been announced", year=year),
        )  # fmt: skip
    return found


def _shown(year: int) -> str:
    """The place of a year's file under the root, as findings call it."""
    return f"plans/calendar/{year}.yaml"


def _text(found: NationalYear) -> str:
    return calendar_file(found.record, origin=found.origin, decided=found.decided)


def _refuse_to_replace(root: Path, year: int) -> None:
    path = root / _shown(year)
    if path.exists() or path.is_symlink():
        raise CannotRun(
            msg("there is a working calendar of {year} already: {path}", year=year,
                path=_shown(year)),
            msg("edit that file, or delete it first"),
        )  # fmt: skip


def _write(root: Path, found: NationalYear) -> None:
    record = found.record
    path = root / _shown(record.year)
    try:
        write_file(path.parent, path.name, _text(found).encode())
    except CannotRun as failure:
        raise CannotRun(failure.message, msg("see who may write in that folder")) from None
    write(
        say(
            msg("{path}: {closed} days closed, {working} extra working days; review them",
                path=_shown(record.year), closed=len(record.closed), working=len(record.working))
        )
    )  # fmt: skip
