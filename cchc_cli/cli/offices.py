"""What `rollup` and `export` share: which offices to read, as of when, in how many processes."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.periods import read_period
from cchc_cli.cli.settings import today
from cchc_cli.core.message import msg
from cchc_cli.core.periods import Period
from cchc_cli.core.report.build import by_decree
from cchc_cli.core.rollup import Asked, Skipped
from cchc_cli.i18n import _, say
from cchc_cli.render.width import one_line

if TYPE_CHECKING:  # slow to import, and needed only where offices are read
    from cchc_cli.store.offices import Office, Place

Result = TypeVar("Result")

ListOption = Annotated[
    Path | None,
    typer.Option(
        "--list", help=_("a text file that names one office a line: its path, and its revision")
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(min=1, help=_("how many processes read (default: one for each processor)")),
]
YearOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar=_("PERIOD"),
        help=_("figures of its year, reports of the periods in it (default: the year of the day)"),
    ),
]

_WORTH_IT = 40  # offices; starting processes takes as long as reading so many


def asked_for(period: str | None, as_of: datetime.date | None) -> Asked:
    """The day and the period: of a period alone, the day on which its report is closed."""
    if period is None:
        day = as_of or today()
        return Asked(day, Period(day.year, 1, 12))
    wanted = read_period(period)
    return Asked(as_of or by_decree(wanted).last, wanted)


def places(
    paths: Sequence[str], list_file: Path | None, revision: str | None
) -> list[Place | Skipped]:
    """The offices that the command line and the list file name."""
    from cchc_cli.store.offices import find, listed, with_revision

    named = [with_revision(path) for path in paths]
    if list_file is not None:
        named += listed(list_file)
    if not named:
        message = msg("name the folders of the offices, or a file that lists them with --list")
        raise typer.BadParameter(say(message), param_hint="PATH…")
    return list(find(named, revision))


def each(
    work: Callable[[Office], Result], wanted: Sequence[Place | Skipped], jobs: int | None
) -> Iterator[Result | Skipped]:
    """`work` of every office in order; what is skipped is said at once on stderr."""
    from cchc_cli.store.offices import read_each
    from cchc_cli.store.parallel import processors

    few = len(wanted) < _WORTH_IT
    for found in read_each(work, wanted, jobs or (1 if few else processors())):
        if isinstance(found, Skipped):
            write(as_line(found), sys.stderr)
        yield found


def as_line(skipped: Skipped) -> str:
    """An office that is in no figure, and why."""
    line = say(msg("{office}: not read: {reason}", office=one_line(skipped.office),
                   reason=one_line(say(skipped.reason))))  # fmt: skip
    return line if skipped.hint is None else f"{line}\n  → {say(skipped.hint)}"
