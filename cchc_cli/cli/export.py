"""`cchc export`: the agenda as a file for a spreadsheet, or tables of many offices for queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.offices import JobsOption, ListOption, YearOption, asked_for, each, places
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
    Settings,
    UnitOption,
    one_of,
    open_plans,
    read_counts,
    warn_of_errors,
    where,
)
from cchc_cli.core.message import Message, msg
from cchc_cli.core.rollup import Asked, Skipped
from cchc_cli.core.status import Status
from cchc_cli.i18n import _, say
from cchc_cli.render import data
from cchc_cli.store.output import replace_file

if TYPE_CHECKING:  # slow to import, and of no use for a spreadsheet
    from cchc_cli.core.tables import Row
    from cchc_cli.store.offices import Office

HELP = _("Write the agenda to an Excel, CSV or JSON file, or tables of many offices for queries.")

_FORMATS = ("xlsx", "csv", "json")
_TABLES = ("parquet", "sqlite")
_LONGEST = 200_000  # characters of one value; no text of a plan has so many


def run(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help=_("the file to write; for parquet, a new folder"))],
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("[PATH[@REVISION]…]"),
            help=_("for parquet and sqlite: the offices, as for “cchc rollup”"),
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--format",
            help=_("xlsx, csv, json, parquet or sqlite (default: as the file’s name ends)"),
        ),
    ] = None,
    unit: UnitOption = None,
    role: RoleOption = "lead",
    field: FieldOption = None,
    as_of: AsOfOption = None,
    within: WithinOption = None,
    status: StatusOption = None,
    plan: PlanOption = None,
    list_file: ListOption = None,
    period: YearOption = None,
    jobs: JobsOption = None,
) -> int:
    """Write the file and print its path; 1 if the plans have errors, or an office was not read."""
    form = output or _ending(out)
    one_of(form, (*_FORMATS, *_TABLES), "--format")
    if form in _TABLES:
        of_lists = {"--unit": unit, "--field": field, "--within": within, "--status": status,
                   "--plan": plan, "--role": None if role == "lead" else role}  # fmt: skip
        _refuse(of_lists, msg("tables hold all there is: this is for xlsx, csv and json"))
        named = [str(where(ctx)[0])] if not paths and list_file is None else paths or []
        wanted = places(named, list_file, (ctx.find_object(Settings) or Settings()).revision)
        found = each(Rows(asked_for(period, as_of)), wanted, jobs)
        return 1 if _write_tables(form, out, found) else 0
    offices = {"PATH": paths, "--list": list_file, "--period": period, "--jobs": jobs}
    _refuse(offices, msg("this is for --format parquet and sqlite"))
    opened = open_plans(ctx)
    filters = Filters(unit, role, field, as_of, within, status, plan, tuple(Status))
    selection = select(opened, filters)
    write(str(replace_file(out, _content(form, selection, opened))))
    write(say(msg("{count} rows", count=len(selection.shown))))
    return 1 if warn_of_errors(opened, selection.schedules) else 0


def _refuse(options: Mapping[str, object], message: Message) -> None:
    """A usage error that names the first option given which does not go with the format."""
    given = next((name for name, value in options.items() if value), None)
    if given is not None:
        raise typer.BadParameter(say(message), param_hint=given)


class Rows:
    """The work on each office: a value, since it travels to other processes."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def __call__(self, office: Office) -> list[tuple[str, Row]] | Skipped:
        """The rows of the office; none of one with a text that no table should hold."""
        from cchc_cli.core.tables import rows

        found = list(rows(office.workspace, office.known, self._asked))
        if any(isinstance(v, str) and len(v) > _LONGEST for _table, row in found for v in row):
            message = msg("it has a text of more than {limit} characters", limit=_LONGEST)
            return Skipped(office.known.office, message)
        return found


def _write_tables(form: str, out: Path, found: Iterable[list[tuple[str, Row]] | Skipped]) -> bool:
    """Write the tables, say what was written; whether anything was wrong."""
    from cchc_cli.store import tables

    numbers, occurrences, wrong = count(1), 0, False
    with (tables.parquet if form == "parquet" else tables.sqlite)(out) as writer:
        for one in found:
            if isinstance(one, Skipped):
                wrong = True
                writer.add("skipped", (one.office, say(one.reason)))
                continue
            for table, row in one:
                if table == "offices":
                    number, errors = next(numbers), row[6]
                    wrong = wrong or bool(errors)
                    writer.add(table, (number, *row[1:]))
                else:
                    occurrences += table == "occurrences" and row[4] == 1
                    writer.add(table, row)
    write(str(out))
    write(say(msg("{offices} offices, {occurrences} occurrences", offices=next(numbers) - 1,
                  occurrences=occurrences)))  # fmt: skip
    return wrong


def _ending(out: Path) -> str:
    """The format that the file's name ends in; Excel for any other name."""
    ending = out.suffix.removeprefix(".").lower()
    return ending if ending in (*_FORMATS, *_TABLES) else "xlsx"


def _content(output: str, selection: Selection, opened: Opened) -> bytes:
    if output == "xlsx":
        from cchc_cli.render.xlsx import listing

        return listing(selection.shown, selection.as_of)
    if output == "csv":
        # By the mark, Excel knows that it is UTF-8.
        return data.as_csv(selection.shown).encode("utf-8-sig")
    value = data.agenda(selection.shown, selection.items, selection.as_of, read_counts(opened))
    return f"{data.as_json(value, unicode=True)}\n".encode()
