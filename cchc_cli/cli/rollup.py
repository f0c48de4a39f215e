"""`cchc rollup PATH…`: many offices as one picture."""

from __future__ import annotations

from typing import Annotated

import typer

from cchc_cli.cli.console import write, write_for_excel, write_pieces, writes_unicode
from cchc_cli.cli.offices import JobsOption, ListOption, YearOption, asked_for, each, places
from cchc_cli.cli.settings import AsOfOption, Settings, one_of
from cchc_cli.core.rollup import Asked, OfficeSummary, Rollup, summarise
from cchc_cli.i18n import _
from cchc_cli.render import data
from cchc_cli.render import rollup as shown
from cchc_cli.store.offices import Office

HELP = _("Add up many offices: figures by office, field and unit, a ranking, missing reports.")

_FORMATS = ("table", "json", "csv", "md")


def run(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("PATH[@REVISION]…"),
            help=_("folders with plans, git repositories (bare ones, too), or a folder of such"),
            show_default=False,
        ),
    ] = None,
    list_file: ListOption = None,
    as_of: AsOfOption = None,
    period: YearOption = None,
    jobs: JobsOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "table",
) -> int:
    """Print the picture; 1 if an office was not read or has errors in its plans."""
    one_of(output, _FORMATS, "--format")
    asked = asked_for(period, as_of)
    settings = ctx.find_object(Settings) or Settings()
    wanted = places(paths or [], list_file, settings.revision)
    rollup = Rollup()
    for found in each(Summary(asked), wanted, jobs):
        rollup.add(found)
    _print(rollup, asked, output)
    return 1 if rollup.skipped or rollup.with_errors else 0


class Summary:
    """The work on each office: a value, since it travels to other processes."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def __call__(self, office: Office) -> OfficeSummary:
        """What the office adds to the whole."""
        return summarise(office.workspace, office.known, self._asked)


def _print(rollup: Rollup, asked: Asked, output: str) -> None:
    if output == "json":
        write_pieces(data.json_pieces(shown.as_data(rollup, asked), unicode=writes_unicode()))
    elif output == "csv":
        write_for_excel(shown.as_csv(rollup))
    else:
        way = shown.markdown if output == "md" else shown.plain
        lines = shown.heading(rollup, asked)
        write("\n".join([*lines, *way(shown.tables(rollup))]))
