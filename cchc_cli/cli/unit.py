"""`cchc unit`: units that are renamed, merged, split or abolished from a day on."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from cchc_cli.cli.amending import AuthorityOption, Decision, ReasonOption, refuse, words
from cchc_cli.cli.console import write
from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.reorganising import (
    Change,
    NewUnit,
    carry_out,
    ending,
    existing,
    must_be_new,
    takers,
)
from cchc_cli.cli.settings import Opened, a_day, open_plans, today, warn_of_errors
from cchc_cli.core.message import msg
from cchc_cli.core.model import Unit
from cchc_cli.i18n import _, day, say
from cchc_cli.render.width import aligned, one_line

HELP = _("Units of the office: rename, merge, split, abolish from a day on, list.")

FromDayOption = Annotated[
    date,
    typer.Option(
        "--on", parser=a_day, metavar=_("DATE"), help=_("the first day of the new arrangement")
    ),
]
NamesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--name", parser=words, metavar=_("TEXT"),
        help=_("the name of a new unit, once for each, in their order"),
    ),
]  # fmt: skip


def rename(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help=_("the unit that gets a new name"))],
    new: Annotated[str, typer.Argument(metavar="NEW", help=_("its new id, never used before"))],
    name: Annotated[str, typer.Option(parser=words, metavar=_("TEXT"), help=_("the new name"))],
    on: FromDayOption,
    authority: AuthorityOption,
    reason: ReasonOption,
    alias: Annotated[
        list[str] | None,
        typer.Option(parser=words, metavar=_("TEXT"), help=_("another name; may be repeated")),
    ] = None,
    dry_run: DryRunOption = False,
    commit_it: CommitOption = False,
) -> int:
    """End a unit and begin another in its place; 1 if the result would have errors."""

    def change(opened: Opened) -> Change:
        ended = ending(opened, [old], on)
        there = opened.directory.find(new)
        if isinstance(there, Unit) and there not in ended:
            refuse(msg("{unit} · {name} is there already; to give it the work of {old}: "
                       "cchc unit merge {old} --into {unit}", unit=there.id,
                       name=one_line(there.name), old=ended[0].id), "NEW")  # fmt: skip
        begun = NewUnit(new, name, alias or ())
        must_be_new(opened, [begun], "NEW")
        return Change(ended, new, [begun])

    decision = Decision(on, authority, reason, None, dry_run, commit_it)
    return carry_out(ctx, decision, change)


def merge(
    ctx: typer.Context,
    units: Annotated[list[str], typer.Argument(metavar="UNIT…", help=_("the units that end"))],
    into: Annotated[
        str, typer.Option(metavar=_("UNIT"), help=_("the unit that takes over, there or new"))
    ],
    on: FromDayOption,
    authority: AuthorityOption,
    reason: ReasonOption,
    name: Annotated[
        str | None,
        typer.Option(parser=words, metavar=_("TEXT"), help=_("its name, if it is a new unit")),
    ] = None,
    dry_run: DryRunOption = False,
    commit_it: CommitOption = False,
) -> int:
    """End units whose successor is another one; 1 if the result would have errors."""

    def change(opened: Opened) -> Change:
        ended = ending(opened, units, on)
        (heir,), new = takers(opened, [into], [name] if name else [], ended, on)
        return Change(ended, heir, new)

    decision = Decision(on, authority, reason, None, dry_run, commit_it)
    return carry_out(ctx, decision, change)


def split(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=_("the unit that ends"))],
    into: Annotated[
        list[str],
        typer.Option(metavar=_("UNIT"), help=_("a unit that takes part of its work; repeat it")),
    ],
    on: FromDayOption,
    authority: AuthorityOption,
    reason: ReasonOption,
    name: NamesOption = None,
    dry_run: DryRunOption = False,
    commit_it: CommitOption = False,
) -> int:
    """End a unit without a successor, for each task has its own; 1 if there would be errors."""

    def change(opened: Opened) -> Change:
        ended = ending(opened, [unit], on)
        parts, new = takers(opened, into, name or [], ended, on)
        if len(parts) < 2:
            refuse(msg("one part only; where one unit takes everything: cchc unit rename, or "
                       "cchc unit merge"), "--into")  # fmt: skip
        return Change(ended, None, new, parts)

    decision = Decision(on, authority, reason, None, dry_run, commit_it)
    return carry_out(ctx, decision, change)


def abolish(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=_("the unit that ends"))],
    on: FromDayOption,
    authority: AuthorityOption,
    reason: ReasonOption,
    successor: Annotated[
        str | None, typer.Option(metavar=_("UNIT"), help=_("the unit that takes over, if one does"))
    ] = None,
    dry_run: DryRunOption = False,
    commit_it: CommitOption = False,
) -> int:
    """End a unit, with or without a successor; 1 if the result would have errors."""

    def change(opened: Opened) -> Change:
        ended = ending(opened, [unit], on)
        if successor is None:
            return Change(ended)
        return Change(ended, existing(opened, successor, ended, on, "--successor"))

    decision = Decision(on, authority, reason, None, dry_run, commit_it)
    return carry_out(ctx, decision, change)


def show(ctx: typer.Context) -> int:
    """Print every unit with its days, successor and authority; 1 if the plans have errors."""
    opened = open_plans(ctx)
    headings = (msg("Unit"), msg("From"), msg("Until"), msg("Successor"), msg("Name of the unit"),
                msg("Authority"))  # fmt: skip
    rows = [[say(heading) for heading in headings]]
    for unit in opened.workspace.units:
        days = [day(end) if end else "-" for end in (unit.valid_from, unit.valid_until)]
        why = ": ".join(one_line(text) for text in (unit.authority, unit.reason) if text)
        name = one_line(unit.name)
        rows.append([str(unit.id), *days, str(unit.successor or "-"), name, why or "-"])
    write("\n".join(aligned(rows)))
    ended = sum(1 for u in opened.workspace.units if u.valid_until and u.valid_until < today())
    write(say(msg("Units: {count}, {ended} of them ended.", count=len(rows) - 1, ended=ended)))
    return 1 if warn_of_errors(opened) else 0


VERBS = {
    "list": (_("Every unit with its days, its successor and on what authority."), show),
    "rename": (_("A unit gets a new name, and with it a new id."), rename),
    "merge": (_("Units become part of another one, there or new."), merge),
    "split": (_("A unit is divided; each of its open tasks is then transferred."), split),
    "abolish": (_("A unit ends, with or without a successor."), abolish),
}
