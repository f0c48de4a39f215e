"""`cchc export`: the agenda as a file for a spreadsheet or another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.selection import (
    Filters,
    RoleOption,
    Selection,
    StatusOption,
    WithinOption,
    select,
)
from cchc_cli.cli.settings import (
    AsOfOption,
    FieldOption,
    Opened,
    PlanOption,
    UnitOption,
    one_of,
    open_plans,
    read_counts,
    warn_of_errors,
)
from cchc_cli.core.message import msg
from cchc_cli.core.status import Status
from cchc_cli.i18n import _, say
from cchc_cli.render import data
from cchc_cli.store.output import replace_file

HELP = _("Write the agenda, every status unless told otherwise, to an Excel, CSV or JSON file.")

_FORMATS = ("xlsx", "csv", "json")


def run(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help=_("the file to write"))],
    output: Annotated[
        str | None,
        typer.Option("--format", help=_("xlsx, csv or json (default: as the file’s name ends)")),
    ] = None,
    unit: UnitOption = None,
    role: RoleOption = "lead",
    field: FieldOption = None,
    as_of: AsOfOption = None,
    within: WithinOption = None,
    status: StatusOption = None,
    plan: PlanOption = None,
) -> int:
    """Write the file and print its path; 1 if the plans have errors."""
    form = output or _ending(out)
    one_of(form, _FORMATS, "--format")
    opened = open_plans(ctx)
    filters = Filters(unit, role, field, as_of, within, status, plan, tuple(Status))
    selection = select(opened, filters)
    write(str(replace_file(out, _content(form, selection, opened))))
    write(say(msg("{count} rows", count=len(selection.shown))))
    return 1 if warn_of_errors(opened, selection.schedules) else 0


def _ending(out: Path) -> str:
    """The format that the file's name ends in; Excel for any other name."""
    ending = out.suffix.removeprefix(".").lower()
    return ending if ending in _FORMATS else "xlsx"


def _content(output: str, selection: Selection, opened: Opened) -> bytes:
    if output == "xlsx":
        from cchc_cli.render.xlsx import listing

        return listing(selection.shown, selection.as_of)
    if output == "csv":
        # By the mark, Excel knows that it is UTF-8.
        return data.as_csv(selection.shown).encode("utf-8-sig")
    value = data.agenda(selection.shown, selection.items, selection.as_of, read_counts(opened))
    return f"{data.as_json(value, unicode=True)}\n".encode()
