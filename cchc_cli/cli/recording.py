"""What the commands share that record an entry of a unit: done, start, note, undo-done.

Everything happens while nobody else writes: read, find the occurrence, add the entry, read the
result back, check it, and only then put it in place.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple, NoReturn, TypeVar

import click
import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.entries import commit, progress, put, read_files, tell
from cchc_cli.cli.settings import Opened as OpenedPlans
from cchc_cli.cli.settings import a_day, chosen_plans, chosen_unit, opened_from, plan_root, today
from cchc_cli.core.agenda import Item, Work, found_by
from cchc_cli.core.amendments import in_force
from cchc_cli.core.checks.evidence import Place
from cchc_cli.core.lineage import Node
from cchc_cli.core.message import msg
from cchc_cli.core.model import Activity, Event, Finding, Plan, Progress, State, Unit, Visit
from cchc_cli.core.progress import effective
from cchc_cli.core.status import DONE
from cchc_cli.core.wording import closest
from cchc_cli.i18n import _, say
from cchc_cli.render.labels import status
from cchc_cli.render.width import aligned
from cchc_cli.store.config import read_config
from cchc_cli.store.evidence import checksum, place_of
from cchc_cli.store.files import CannotRun, reason
from cchc_cli.store.writing import one_writer
from cchc_cli.syntax.emit import Value

TaskArgument = Annotated[
    str, typer.Argument(metavar="TASK", help=_("the id of the task or reporting duty"))
]
PeriodOption = Annotated[
    str | None, typer.Option("--period", metavar=_("PERIOD"), help=_("which period, such as 2022"))
]


DocOption = Annotated[
    str | None, typer.Option("--doc", metavar=_("TEXT"), help=_("the document that proves it"))
]
DocDateOption = Annotated[
    date | None,
    typer.Option("--doc-date", parser=a_day, metavar=_("DATE"), help=_("the document’s day")),
]
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar=_("TEXT"), help=_("what the document is about"))
]
FileOption = Annotated[
    Path | None,
    typer.Option("--file", metavar=_("FILE"), help=_("the document as a file beside the plans")),
]
ChecksumOption = Annotated[
    bool, typer.Option("--checksum", help=_("record what the file holds now (SHA-256)"))
]
OwnUnitOption = Annotated[
    str | None,
    typer.Option("--unit", "-u", help=_("your unit (default: as set by “cchc config unit”)")),
]
NoteOption = Annotated[str | None, typer.Option("--note", metavar=_("TEXT"), help=_("a note"))]

Named = TypeVar("Named", bound=Work | Event | Visit | Activity)


class Wanted(NamedTuple):
    """Which occurrence an entry is about, as asked for."""

    task: str
    period: str | None
    unit: str | None
    plan: str | None
    dry_run: bool
    commit: bool


class Target(NamedTuple):
    """The occurrence found, and where the entry belongs. `period` is empty without periods."""

    plan: Plan
    of: Work
    unit: Unit
    period: str
    item: Item
    home: Node


def record(
    ctx: typer.Context, wanted: Wanted, entry: Mapping[str, Value], *, of_done: bool = False
) -> int:
    """Add one entry and say so; 1 if the result would have errors. `of_done`: it must be done."""
    root = plan_root(ctx)
    with one_writer(root):
        files = read_files(root)
        target = _target(opened_from(root, files.loaded), wanted, of_done=of_done)
        full = {"task": target.home.task}
        if target.home.period:
            full["period"] = target.home.period
        values = {**full, **entry}
        made = progress(target.home.plan, str(target.unit.id), values)
        added = put(files, [made], dry_run=wanted.dry_run)
    if added is None:
        return 1
    (change,) = added.changes
    about = f"{target.of.id} ({', '.join(filter(None, (str(target.unit.id), target.period)))})"
    if not wanted.dry_run:
        tell(say(msg("{task}: recorded in {path}", task=about, path=change.path)))
    if "state" in entry:  # remarks and evidence change no status
        _write_status(target, opened_from(root, added.files.loaded))
    if wanted.commit and not wanted.dry_run:
        commit(root, added.changes, msg("progress: {what}", what=about))
    return 0


def _write_status(target: Target, after: OpenedPlans) -> None:
    """The status of the occurrence, if the entry changes it."""
    agenda = after.agenda(after.workspace.plans[str(target.plan.id)], today())
    items = agenda.items(unit=target.unit)
    alike = (i for i in items if (i.of.id, i.period) == (target.of.id, target.period))
    standing = next(alike, target.item).standing
    if standing != target.item.standing:
        write("  " + say(msg("status now: {status}", status=status(standing))))


# -- which occurrence ------------------------------------------------------------------------------


def _target(opened: OpenedPlans, wanted: Wanted, *, of_done: bool) -> Target:
    unit = own_unit(opened, wanted.unit)
    plan, of = work_of(chosen_plans(opened, wanted.plan), wanted.task, today())
    agenda = opened.agenda(plan, today())
    items = [item for item in agenda.items(unit=unit) if item.of.id == of.id]
    if not items:
        message = msg("“{unit}” neither leads nor supports {task}", unit=unit.id, task=of.id)
        if isinstance(of, Finding):
            message = msg("{task} was found with {found}, not with {unit}", task=of.id,
                          found=of.unit or "-", unit=unit.id)  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="--unit")
    done = _done_periods(agenda.plan, of, unit)
    if of_done and not done:
        message = msg("{unit} has not recorded {task} as done: there is nothing to take back; see: "
                      "cchc show {task}", task=of.id, unit=unit.id)  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="TASK")
    fitting = [i for i in items if (i.period in done if of_done else i.status not in DONE)]
    item = only_item(items, wanted.period, fitting)
    at = Node(str(plan.id), str(of.id), item.period)
    parts = opened.lineage.parts_of(at, str(unit.id))
    if parts:
        message = msg("{task} is divided into parts, and its state follows from these; record it "
                      "for: {parts}", task=of.id,
                      parts=", ".join(map(in_brief, parts)))  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="TASK")
    return Target(plan, of, unit, item.period, item, opened.lineage.home(at, str(unit.id)))


def in_brief(at: Node) -> str:
    """A task and its period, as people name them."""
    return f"{at.task} ({at.period})" if at.period else at.task


def _done_periods(plan: Plan, of: Work, unit: Unit) -> set[str]:
    """The periods that the unit itself has on record as done."""
    entries: dict[str, list[Progress]] = {}
    for entry in plan.progress:
        if (entry.task, entry.unit) == (of.id, unit.id):
            entries.setdefault(str(entry.period or ""), []).append(entry)
    last = {period: effective(found, today()) for period, found in entries.items()}
    return {period for period, entry in last.items() if entry and entry.state is State.DONE}


def own_unit(opened: OpenedPlans, name: str | None) -> Unit:
    """The unit of that name; without one, the user's own."""
    unit = chosen_unit(opened, name or read_config().get("unit"))
    if unit is None:
        message = msg("for which unit? Give --unit, or set it once: cchc config unit VP")
        raise typer.BadParameter(say(message), param_hint="--unit")
    return unit


def work_of(plans: list[Plan], wanted: str, as_of: date) -> tuple[Plan, Work]:
    """The work of that id, as it is worded on a day, with its plan; else a usage error."""
    every: list[tuple[Plan, Work]] = []
    for plan in plans:
        every += [(plan, task) for task in in_force(plan, as_of).tasks]
        every += [(plan, duty) for duty in plan.duties]
        every += [(plan, finding) for finding in found_by(plan, as_of)]
    return only(every, wanted) or no_task(wanted, [str(of.id) for _plan, of in every])


def only(every: Iterable[tuple[Plan, Named]], wanted: str) -> tuple[Plan, Named] | None:
    """The record of that id, in any case, with its plan; a usage error if several plans have it."""
    found = [(plan, of) for plan, of in every if of.id.casefold() == wanted.casefold()]
    if len(found) > 1:
        known = ", ".join(str(plan.id) for plan, _of in found)
        message = msg("several plans have {task}: {known}", task=wanted, known=known)
        raise typer.BadParameter(say(message), param_hint="--plan")
    return found[0] if found else None


def no_task(wanted: str, ids: Sequence[str]) -> NoReturn:
    """A usage error with the ids that may have been meant."""
    near = meant(wanted, ids)
    message = msg("no task “{task}”; did you mean: {known}?", task=wanted, known=near)
    raise typer.BadParameter(say(message), param_hint="TASK")


def meant(wanted: str, ids: Sequence[str]) -> str:
    """The ids that may have been meant, else the first ones; "-" where there are none."""
    return ", ".join(closest(wanted, ids) or ids[:5]) or "-"


def only_item(items: list[Item], period: str | None, fitting: list[Item]) -> Item:
    """The occurrence of that period; without one, the only one of those `fitting`, or of all."""
    if period is not None:
        return of_period(items, period)
    choices = fitting or items  # what does not fit is refused with its reason
    return choices[0] if len(choices) == 1 else _asked(choices)


def of_period(items: Iterable[Item], wanted: str) -> Item:
    """The first item of that period, in any case; a usage error if there is none."""
    known = [item for item in items if item.occurrence]
    for item in known:
        if item.period.casefold() == wanted.casefold():
            return item
    periods = ", ".join(item.period for item in known) or "-"
    message = msg("there is no period “{period}”; there are: {known}", period=wanted, known=periods)
    raise typer.BadParameter(say(message), param_hint="--period")


def _asked(items: Sequence[Item]) -> Item:
    """Ask on a terminal; else list the choices."""
    rows = [[item.occurrence.period, status(item.standing)] for item in items if item.occurrence]
    write(say(msg("which period?")), sys.stderr)
    write("\n".join(f"  {line}" for line in aligned(rows)), sys.stderr)
    periods = [row[0] for row in rows]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        message = msg("name one of these periods, such as --period {period}", period=periods[0])
        raise typer.BadParameter(say(message), param_hint="--period")
    chosen = click.prompt(say(msg("period")), type=click.Choice(periods), err=True)
    return next(i for i in items if i.occurrence and i.occurrence.period == chosen)


def past(given: date, option: str | None = None) -> date:
    """A day on which something has happened; a usage error if it is still to come."""
    if given > today():
        message = msg("{day} is still to come; record it on that day, once it has happened",
                      day=given)  # fmt: skip
        raise typer.BadParameter(say(message), param_hint=option)
    return given


class Proof(NamedTuple):
    """Evidence as given on the command line."""

    document: str | None = None
    date: date | None = None
    title: str | None = None
    file: Path | None = None
    checksum: bool = False


def evidence_of(ctx: typer.Context, proof: Proof) -> list[dict[str, Value]]:
    """The evidence given, as one list entry or none; a usage error if its file is not there."""
    given: dict[str, Value | None] = {
        "document": proof.document, "date": proof.date, "title": proof.title,
    }  # fmt: skip
    stated = {key: value for key, value in given.items() if value is not None}
    if proof.file is not None:
        stated["file"] = _file_of(ctx, proof.file)
        if proof.checksum:
            stated["checksum"] = _checksum_of(proof.file)
    elif proof.checksum:
        message = msg("a checksum of which file? Name it with --file")
        raise typer.BadParameter(say(message), param_hint="--checksum")
    return [stated] if stated else []


def _file_of(ctx: typer.Context, file: Path) -> str:
    """The path to record."""
    root = plan_root(ctx)
    place, path = place_of(root, file)
    if place is Place.INSIDE:
        return path
    folder = str(root.resolve())
    message = (
        msg("“{file}” lies outside “{folder}”; copy it into that folder first", file=str(file),
            folder=folder)
        if place is Place.OUTSIDE
        else msg("there is no file “{file}”; see how it is named, and in which folder it lies",
                 file=str(file))
    )  # fmt: skip
    raise typer.BadParameter(say(message), param_hint="--file")


def _checksum_of(file: Path) -> str:
    try:
        return checksum(file)
    except OSError as failure:
        message = msg("“{path}” cannot be read: {reason}", path=str(file), reason=reason(failure))
        raise CannotRun(message, msg("close it elsewhere, or leave out --checksum")) from None
