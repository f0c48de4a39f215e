"""What the commands share that record an entry of a unit: done, start, note, undo-done.

Everything happens while nobody else writes: read, find the occurrence, add the entry, read the
result back, check it, and only then put it in place.
"""

from __future__ import annotations

import difflib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import click
import typer

from cchc_cli.cli.console import complain, write
from cchc_cli.cli.settings import Opened as OpenedPlans
from cchc_cli.cli.settings import Settings, chosen_plans, chosen_unit, opened_from, today
from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.checks import run_checks
from cchc_cli.core.diagnostics import Diagnostic, Severity
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Duty, Plan, Task, Unit
from cchc_cli.core.source import SourceFile
from cchc_cli.core.status import DONE
from cchc_cli.core.wording import closest
from cchc_cli.i18n import _, say
from cchc_cli.render import findings
from cchc_cli.render.labels import status
from cchc_cli.render.width import aligned, one_line
from cchc_cli.store.config import read_config
from cchc_cli.store.files import CannotRun, find_root, read_plans
from cchc_cli.store.writing import Change, one_writer, write_change
from cchc_cli.syntax.edit import CannotEdit, append_item
from cchc_cli.syntax.emit import Value, block, list_item
from cchc_cli.syntax.load import load

TaskArgument = Annotated[
    str, typer.Argument(metavar="TASK", help=_("the id of the task or reporting duty"))
]
PeriodOption = Annotated[
    str | None, typer.Option("--period", metavar=_("PERIOD"), help=_("which period, such as 2022"))
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=_("show what would change, and change nothing"))
]
CommitOption = Annotated[
    bool, typer.Option("--commit", help=_("commit the change to git with a fitting message"))
]


class Wanted(NamedTuple):
    """Which occurrence an entry is about, as asked for."""

    task: str
    period: str | None
    unit: str | None
    plan: str | None
    dry_run: bool
    commit: bool


class Target(NamedTuple):
    """The occurrence found. `period` is empty for work without periods."""

    plan: Plan
    of: Task | Duty
    unit: Unit
    period: str
    item: Item


def record(
    ctx: typer.Context, wanted: Wanted, entry: Mapping[str, Value], *, of_done: bool = False
) -> int:
    """Add one entry and say so; 1 if the result would have errors. `of_done`: it must be done."""
    settings = ctx.find_object(Settings) or Settings()
    root = find_root(Path.cwd(), settings.root)
    with one_writer(root):
        sources, problems = read_plans(root)
        loaded = load(sources, problems)
        target = _target(opened_from(root, loaded), wanted, of_done=of_done)
        full = {"task": str(target.of.id)}
        if target.period:
            full["period"] = target.period
        change = _change(sources, target, {**full, **entry})
        broken = _new_errors(sources, problems, change)
        if broken:
            write(findings.plain(broken), sys.stderr)
            complain(msg("nothing was written"))
            return 1
        if wanted.dry_run:
            write(_difference(change))
            return 0
        write_change(root, change)
    done = say(msg("{task}, {unit}, period {period}: recorded in {path}", task=target.of.id,
                   unit=target.unit.id, period=target.period or "-", path=change.path))  # fmt: skip
    write(done)
    if wanted.commit:
        _commit(root, change, f"{target.of.id} ({target.unit.id}, {target.period or '-'})")
    return 0


# -- which occurrence ------------------------------------------------------------------------------


def _target(opened: OpenedPlans, wanted: Wanted, *, of_done: bool) -> Target:
    unit = _unit(opened, wanted)
    plan, of = _of(chosen_plans(opened, wanted.plan), wanted.task)
    agenda = Agenda(plan, opened.directory, opened.workspace.calendar, today(), opened.soon)
    items = [item for item in agenda.items(unit=unit) if item.of.id == of.id]
    if not items:
        message = msg("“{unit}” neither leads nor supports {task}", unit=unit.id, task=of.id)
        raise typer.BadParameter(say(message), param_hint="--unit")
    item = _item(items, wanted.period, of_done=of_done)
    period = item.occurrence.period if item.occurrence else ""
    return Target(plan, of, unit, period, item)


def _unit(opened: OpenedPlans, wanted: Wanted) -> Unit:
    unit = chosen_unit(opened, wanted.unit or read_config().get("unit"))
    if unit is None:
        message = msg("for which unit? Give --unit, or set it once: cchc config unit VP")
        raise typer.BadParameter(say(message), param_hint="--unit")
    return unit


def _of(plans: list[Plan], wanted: str) -> tuple[Plan, Task | Duty]:
    every: list[tuple[Plan, Task | Duty]] = []
    for plan in plans:
        every += [(plan, task) for task in plan.tasks]
        every += [(plan, duty) for duty in plan.duties]
    found = [(plan, of) for plan, of in every if of.id.casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        known = ", ".join(str(plan.id) for plan, _of in found)
        message = msg("several plans have {task}: {known}", task=wanted, known=known)
        raise typer.BadParameter(say(message), param_hint="--plan")
    ids = [str(of.id) for _plan, of in every]
    near = ", ".join(closest(wanted, ids) or ids[:5]) or "-"
    message = msg("no task “{task}”; did you mean: {known}?", task=wanted, known=near)
    raise typer.BadParameter(say(message), param_hint="TASK")


def _item(items: list[Item], period: str | None, *, of_done: bool) -> Item:
    """The occurrence of that period; without one, the only one it can be."""
    if period is not None:
        for item in items:
            if item.occurrence and item.occurrence.period.casefold() == period.casefold():
                return item
        known = ", ".join(item.occurrence.period for item in items if item.occurrence) or "-"
        message = msg(
            "there is no period “{period}”; there are: {known}", period=period, known=known
        )
        raise typer.BadParameter(say(message), param_hint="--period")
    fitting = [item for item in items if (item.status in DONE) is of_done]
    if len(fitting) == 1:
        return fitting[0]
    return _asked(fitting or items)


def _asked(items: Sequence[Item]) -> Item:
    """Ask on a terminal; else list the choices."""
    rows = [[item.occurrence.period, status(item.standing)] for item in items if item.occurrence]
    write(say(msg("which period?")), sys.stderr)
    write("\n".join(f"  {line}" for line in aligned(rows)), sys.stderr)
    periods = [row[0] for row in rows]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise typer.BadParameter(say(msg("name one of these periods")), param_hint="--period")
    chosen = click.prompt(say(msg("period")), type=click.Choice(periods), err=True)
    return next(i for i in items if i.occurrence and i.occurrence.period == chosen)


# -- the change ------------------------------------------------------------------------------------


def _change(sources: list[SourceFile], target: Target, entry: Mapping[str, Value]) -> Change:
    path = f"plans/{target.plan.id}/progress/{target.unit.id}.yaml"
    source = next((source for source in sources if source.path == path), None)
    if source is None:
        head = [*block({"unit": str(target.unit.id)}, 0), "progress:"]
        return Change(path, None, "\n".join([*head, *list_item(entry, 2)]) + "\n")
    try:
        return Change(path, source.text, append_item(source, "progress", entry))
    except CannotEdit:
        raise CannotRun(
            msg("{path} is not as it should be; nothing was written", path=path),
            msg("run “cchc validate” to see why"),
        ) from None


def _new_errors(
    sources: list[SourceFile], problems: list[Diagnostic], change: Change
) -> list[Diagnostic]:
    """Errors that the change would bring into the plans."""
    after = [source for source in sources if source.path != change.path]
    after.append(SourceFile(change.path, change.after))
    known = {_kind(found) for found in _errors(sources, problems)}
    return [found for found in _errors(after, problems) if _kind(found) not in known]


def _errors(sources: list[SourceFile], problems: list[Diagnostic]) -> list[Diagnostic]:
    loaded = load(sources, list(problems))
    checked = run_checks(loaded.workspace, sources, loaded.diagnostics)
    return [found for found in checked.findings if found.severity is Severity.ERROR]


def _kind(found: Diagnostic) -> tuple[object, ...]:
    return found.span.path, found.code, found.subject, found.found, str(found.message.values)


def _difference(change: Change) -> str:
    before = (change.before or "").splitlines()
    lines = difflib.unified_diff(
        before, change.after.splitlines(), change.path, change.path, n=2, lineterm=""
    )
    return "\n".join(lines)


def _commit(root: Path, change: Change, what: str) -> None:
    """One commit of this one file. Git's own words are shown if it refuses."""
    text = say(msg("progress: {what}", what=what))
    for arguments in (["add", "--", change.path], ["commit", "-q", "-m", text, "--", change.path]):
        try:
            done = subprocess.run(  # noqa: S603  # git, with arguments of our own
                ["git", "-C", str(root), *arguments],  # noqa: S607  # wherever git is
                capture_output=True, check=False, encoding="utf-8", errors="replace",
            )  # fmt: skip
        except FileNotFoundError:
            raise CannotRun(
                _uncommitted("git"), msg("install git, or leave out --commit")
            ) from None
        if done.returncode:
            reason = one_line(done.stderr or done.stdout)
            raise CannotRun(_uncommitted(reason), msg("commit it with git yourself"))


def _uncommitted(reason: str) -> Message:
    return msg("the entry was written, but not committed: {reason}", reason=reason)


def evidence_of(
    document: str | None, day: date | None, title: str | None, file: str | None
) -> list[dict[str, Value]]:
    """The evidence given on the command line, as one list entry or none."""
    given: dict[str, Value | None] = {
        "document": document, "date": day, "title": title, "file": file,
    }  # fmt: skip
    stated = {key: value for key, value in given.items() if value is not None}
    return [stated] if stated else []
