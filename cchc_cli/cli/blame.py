"""`cchc blame I.4`: who set each fact of a task as it is now, and when."""

from __future__ import annotations

from typing import Annotated

import typer

from cchc_cli.cli.console import wrapped, write, writes_unicode
from cchc_cli.cli.past import say_where_it_ends, steps
from cchc_cli.cli.recording import no_task, only
from cchc_cli.cli.settings import (
    PlanOption,
    chosen_plans,
    one_of,
    open_plans,
    warn_of_errors,
    where,
)
from cchc_cli.core.amendments import in_force
from cchc_cli.core.diff.facts import Fact, Named, earlier_name, facts
from cchc_cli.core.model import Workspace
from cchc_cli.i18n import _
from cchc_cli.render import past as render
from cchc_cli.store.history import Commit, History

HELP = _(
    "Who set each fact of a task as it is now: the cells of its row, the decisions about it, its "
    "progress."
)
_FORMATS = ("text", "json")
_Pending = dict[str, tuple[Named, dict[tuple[object, ...], Fact]]]  # by commit


def run(
    ctx: typer.Context,
    task: Annotated[str, typer.Argument(metavar="TASK", help=_("the task’s id, such as I.1"))],
    plan: PlanOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "text",
) -> int:
    """Print the facts with their commits; 1 if the plans have errors."""
    one_of(output, _FORMATS, "--format")
    opened = open_plans(ctx)
    plans = chosen_plans(opened, plan)
    every = [(one, row) for one in plans for row in in_force(one).tasks]
    found = only(every, task) or no_task(task, [str(row.id) for _plan, row in every])
    named = Named(str(found[0].id), str(found[1].id))
    root, revision = where(ctx)
    with History(root, revision or "HEAD") as history:
        origins = _origins(history, opened.workspace, named)
    known = facts(opened.workspace, named)
    lines = [render.Line(fact, origins.get(key)) for key, fact in known.items()]
    if output == "json":
        from cchc_cli.render.data import as_json

        write(as_json(render.blame_data(named, lines), unicode=writes_unicode()))
    else:
        write("\n".join(wrapped(render.blame(lines), hanging="    ")))
    return 1 if warn_of_errors(opened) else 0


def _origins(
    history: History, now: Workspace, named: Named
) -> dict[tuple[object, ...], render.Origin]:
    """Where each fact comes from; those that no commit holds are not in it.

    A fact goes back to a commit as long as one before it has the same: by its value, wherever and
    however that is written.
    """
    found: dict[tuple[object, ...], render.Origin] = {}
    left = facts(now, named)
    pending: _Pending = {}
    for step in steps(history):
        if step.after is None:
            continue
        if not pending and left:  # the last commit that can be read, under the names of today
            _hand_over(left, named, now, step.commit, step.after, pending)
            left = {}
        called, mine = pending.pop(step.commit.id, (named, {}))
        if mine and step.commit.first:
            say_where_it_ends(step.commit)
        for parent, before in step.before:
            _hand_over(mine, called, step.after, parent, before, pending)
        found |= dict.fromkeys(mine, _origin(step.commit))
        if not pending:
            break
    return found


def _hand_over(
    mine: dict[tuple[object, ...], Fact],
    named: Named,
    now: Workspace,
    parent: Commit,
    before: Workspace,
    pending: _Pending,
) -> None:
    """Give a parent what it has with the same value."""
    called = earlier_name(named, before, now) if mine else None
    if called is None:
        return
    theirs = facts(before, called)
    same = [key for key, fact in mine.items() if key in theirs and fact.agrees(theirs[key])]
    if same:
        known = pending.setdefault(parent.id, (called, {}))[1]
        known |= {key: mine.pop(key) for key in same}


def _origin(commit: Commit) -> render.Origin:
    return render.Origin(commit.id, commit.short, commit.day, commit.author, known=not commit.first)
