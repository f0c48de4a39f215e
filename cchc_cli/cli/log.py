"""`cchc log [TASK|UNIT|EVENT]`: who changed what in the plans, and when, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from cchc_cli.cli.console import wrapped, write, writes_unicode
from cchc_cli.cli.past import Step, say_where_it_ends, steps
from cchc_cli.cli.settings import PlanOption, one_of, where
from cchc_cli.core.diff.changes import Change
from cchc_cli.core.diff.compare import compare
from cchc_cli.core.diff.subject import (
    Subject,
    concerning,
    earlier,
    ids,
    untouched,
    with_predecessors,
)
from cchc_cli.core.message import msg
from cchc_cli.core.model import Unit, Workspace
from cchc_cli.core.units import Directory
from cchc_cli.core.wording import closest
from cchc_cli.i18n import _, say
from cchc_cli.render import past as render
from cchc_cli.store.history import History

HELP = _(
    "Who changed what and when, the newest first: of a task, a unit, an event, or of everything "
    "in the plans. Renumbered, moved and renamed, it is followed."
)
_FORMATS = ("text", "json")


def run(
    ctx: typer.Context,
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]", show_default=False, help=_("a task, unit, event or reporting duty")
        ),
    ] = None,
    plan: PlanOption = None,
    number: Annotated[
        int | None,
        typer.Option("-n", min=1, metavar=_("NUMBER"), help=_("so many commits at most")),
    ] = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "text",
) -> int:
    """Print the commits with their changes, each judged as of its own day."""
    one_of(output, _FORMATS, "--format")
    root, revision = where(ctx)
    with History(root, revision or "HEAD") as history:
        found: list[render.Entry] = []
        for entry in _entries(history, subject, plan):
            found.append(entry)
            if sum(not one.errors for one in found) == number:
                break
        if not found:
            _nothing(history, subject, plan)
    if output == "json":
        from cchc_cli.render.data import as_json

        write(as_json(render.data(found), unicode=writes_unicode()))
    else:
        write("\n".join(wrapped(render.text(found), hanging="  ")))
    return 0


def _entries(history: History, wanted: str | None, plan: str | None) -> Iterator[render.Entry]:
    called: dict[str, Subject] = {}
    for step in steps(history):
        commit = step.commit
        if step.after is None:
            yield _entry(step, [])
            continue
        if not called:  # the newest state that can be read knows today’s names
            called[commit.id] = _subject(step.after, wanted, plan)
        subject = called.get(commit.id)
        if subject is None:
            continue  # only commits that nobody can read came from it
        if commit.first:
            say_where_it_ends(commit)
            continue
        changes = _changes(step, step.after, subject, called)
        if changes:
            yield _entry(step, changes)


def _entry(step: Step, changes: list[Change]) -> render.Entry:
    commit = step.commit
    return render.Entry(commit.id, commit.short, commit.day, commit.author, changes, step.errors)


def _changes(
    step: Step, after: Workspace, subject: Subject, called: dict[str, Subject]
) -> list[Change]:
    """The changes of a commit that concern the subject; how that was called goes to its parents.

    A merge has changed what it has from none of its sides: the rest is told of the commits that it
    brings together, by those who made them.
    """
    day = step.commit.day
    if not step.before:
        return concerning(compare(Workspace(), after, day), subject, Workspace(), after)
    sides = []
    for parent, before in step.before:
        quiet = untouched(before, after, subject)
        changes = [] if quiet else compare(before, after, day)
        called.setdefault(parent.id, earlier(changes, subject, after))
        sides.append(concerning(changes, subject, before, after))
    first, *others = sides
    return [change for change in first if all(_among(change, other) for other in others)]


def _among(change: Change, others: list[Change]) -> bool:
    same = (change.kind, change.plan, change.subject, change.after)
    return any((o.kind, o.plan, o.subject, o.after) == same for o in others)


def _nothing(history: History, wanted: str | None, plan: str | None) -> None:
    """A usage error if nothing is known by that name, either."""
    states = (step.after for step in steps(history))
    now = next((state for state in states if state is not None), Workspace())
    if plan is not None and plan not in now.plans:
        message = msg("no plan “{plan}”; there are: {known}", plan=plan,
                      known=", ".join(now.plans) or "-")  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="--plan")
    known = [name for one in now.plans.values() for name in ids(one)]
    known += [str(unit.id) for unit in now.units]
    if wanted is not None and wanted.casefold() not in map(str.casefold, known):
        near = ", ".join(closest(wanted, known)) or "-"
        message = msg("the history of the plans knows no “{name}”; did you mean: {known}?",
                      name=wanted, known=near)  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="ID")


def _subject(now: Workspace, wanted: str | None, plan: str | None) -> Subject:
    """What is asked for: a task, duty or event before a unit of that name, or anything."""
    if wanted is None:
        return Subject(plan=plan)
    known = {name.casefold() for one in now.plans.values() for name in ids(one)}
    unit = Directory(now.units, now.groups).find(wanted)
    if isinstance(unit, Unit) and wanted.casefold() not in known:
        return Subject(str(unit.id), with_predecessors(unit, now.units), plan)
    return Subject(wanted, plan=plan)
