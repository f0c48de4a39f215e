"""`cchc due`: what is late or near, for whom, and why that date."""

from __future__ import annotations

import sys
from datetime import date
from itertools import groupby
from typing import Annotated

import typer

from cchc_cli.cli.console import on_terminal, wrapped, write, write_for_excel, writes_unicode
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
    chosen_unit,
    one_of,
    open_plans,
    read_counts,
    warn_of_errors,
)
from cchc_cli.core.agenda import Item, summary, without_evidence
from cchc_cli.core.message import msg
from cchc_cli.core.model import Unit
from cchc_cli.core.status import Status
from cchc_cli.i18n import _, say
from cchc_cli.render import listing
from cchc_cli.render.labels import who
from cchc_cli.render.width import one_line

HELP = _("What is overdue or due soon; --all for everything.")

_DEFAULT = (Status.OVERDUE, Status.DUE_SOON)
_FORMATS = ("table", "json", "csv", "md")


def run(
    ctx: typer.Context,
    unit: UnitOption = None,
    role: RoleOption = "lead",
    field: FieldOption = None,
    as_of: AsOfOption = None,
    within: WithinOption = None,
    status: StatusOption = None,
    all_items: Annotated[bool, typer.Option("--all", help=_("every status"))] = False,
    plan: PlanOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "table",
    fail_on: Annotated[
        str | None, typer.Option(metavar="overdue", help=_("exit code 1 if something is overdue"))
    ] = None,
) -> int:
    """Print the agenda; 1 if the plans have errors or --fail-on finds what it looks for."""
    one_of(output, _FORMATS, "--format")
    one_of(fail_on or "overdue", ("overdue",), "--fail-on")
    opened = open_plans(ctx)
    default = tuple(Status) if all_items else _DEFAULT
    filters = Filters(unit, role, field, as_of, within, status, plan, default)
    selection = select(opened, filters)
    if output == "table":
        _for_people(selection, chosen_unit(opened, unit), opened)
    else:
        _for_programs(output, selection, opened)
    overdue = any(item.status is Status.OVERDUE for item in selection.items)
    broken = warn_of_errors(opened, selection.schedules)
    return 1 if broken or (fail_on and overdue) else 0


def _for_programs(output: str, selection: Selection, opened: Opened) -> None:
    from cchc_cli.render import data

    as_of, items, shown, _agendas = selection
    if output == "md":
        table = listing.markdown(shown, with_plan=listing.several_plans(items))
        write(f"{table}\n\n{_read(opened)}")
    elif output == "csv":
        write_for_excel(data.as_csv(shown))
        write(_read(opened), sys.stderr)
    else:
        value = data.agenda(shown, items, as_of, read_counts(opened))
        write(data.as_json(value, unicode=writes_unicode()))


def _read(opened: Opened) -> str:
    return say(msg("Read {tasks} tasks from {files} files.", **read_counts(opened)))


def _for_people(selection: Selection, unit: Unit | None, opened: Opened) -> None:
    as_of, items, shown, _agendas = selection
    write(say(msg("As of {day}", day=as_of)))
    if not shown:
        write(say(msg("Nothing to show here; --all shows every status.")))
    several = len({_group_of(item) for item in items}) > 1
    with_plan = listing.several_plans(items)
    for heading, group in _groups(shown):
        if several:
            write(f"\n{heading}")
        _table(group, with_plan=with_plan)
    footer = listing.footer(summary(items), without_evidence(items))
    below = [*_taken_over(unit, as_of, opened), *listing.never_dated(items), footer, _read(opened)]
    write("\n" + "\n".join(wrapped(below)))


def _taken_over(unit: Unit | None, as_of: date, opened: Opened) -> list[str]:
    """Until when a unit existed that is gone, and whom to ask for instead."""
    heir, gone = unit, set()
    while heir is not None and heir.valid_until is not None and heir.valid_until < as_of:
        if heir.id in gone:  # units that follow one another in a circle: nobody took over
            return []
        gone.add(heir.id)
        heir = opened.directory.units.get(str(heir.successor))
    if unit is None or heir is None or heir is unit:
        return []
    ended = msg(
        "{unit} existed until {day}; now it is {heir}; see: cchc due --unit {id}",
        unit=unit.id, day=unit.valid_until, heir=one_line(heir.name), id=heir.id,
    )  # fmt: skip
    return [say(ended)]


def _table(items: list[Item], *, with_plan: bool) -> None:
    if not on_terminal():
        write(listing.plain(items, with_plan=with_plan))
        return
    from rich.console import Console

    sys.stdout.flush()
    console = Console(highlight=False)
    console.print(listing.table(items, columns=console.width, with_plan=with_plan))


def _groups(items: list[Item]) -> list[tuple[str, list[Item]]]:
    """Items by unit, in the order of their ids; open groups last."""
    found = []
    for _key, group in groupby(sorted(items, key=_group_of), key=_group_of):
        members = list(group)
        unit = members[0].unit
        name = f"{unit.id} · {unit.name}" if unit else who(members[0])
        found.append((f"{name} ({len(members)})", members))
    return found


def _group_of(item: Item) -> tuple[bool, str]:
    return item.unit is None, who(item)
