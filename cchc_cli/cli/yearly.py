"""What the verbs share that record the inspections and the communication of a year.

Each year has a file of its own, which begins with the first thing recorded of it. Ids are given
here: the letters of what is kept, the year, and the next number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.amending import refuse
from cchc_cli.cli.console import write
from cchc_cli.cli.entries import commit, put, read_files, tell
from cchc_cli.cli.periods import plan_of
from cchc_cli.cli.recording import no_task
from cchc_cli.cli.settings import Opened, opened_from, plan_root, warn_of_errors
from cchc_cli.core.amendments import in_force
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Communication, Inspection, Plan
from cchc_cli.core.periods import Period
from cchc_cli.core.schedule import Scheduled
from cchc_cli.i18n import _, say
from cchc_cli.render.width import one_line
from cchc_cli.store.writing import one_writer
from cchc_cli.syntax.edit import Fact
from cchc_cli.syntax.emit import Value

YearArgument = Annotated[
    int, typer.Argument(metavar="YEAR", min=1900, max=2199, help=_("the year, such as 2025"))
]
TaskOption = Annotated[
    str | None,
    typer.Option("--task", metavar=_("TASK"), help=_("the task of the plan that it carries out")),
]


class Recorded(NamedTuple):
    """What to add to a plan, how git is to call it, and what to say of the plan then."""

    plan: Plan
    name: str
    facts: Sequence[Fact]
    subject: Message
    then: Callable[[Opened, Plan], Iterable[Message]]


def enter(
    ctx: typer.Context, made: Callable[[Opened], Recorded], *, dry_run: bool, commit_it: bool
) -> int:
    """Add what is `made` of the plans as they are; 1 if the result would have errors."""
    root = plan_root(ctx)
    with one_writer(root):
        files = read_files(root)
        what = made(opened_from(root, files.loaded))
        added = put(files, what.facts, dry_run=dry_run)
    if added is None:
        return 1
    if not dry_run:
        paths = ", ".join(change.path for change in added.changes)
        tell(say(msg("{task}: recorded in {path}", task=what.name, path=paths)))
    after = opened_from(root, added.files.loaded)
    for line in what.then(after, after.workspace.plans[str(what.plan.id)]):
        write(one_line(say(line)))
    warn_of_errors(after)
    if commit_it and not dry_run:
        commit(root, added.changes, what.subject)
    return 0


def of_year(opened: Opened, wanted: str | None, year: int) -> Plan:
    """The plan wanted, or the only one that holds the year."""
    return plan_of(opened, wanted, Period(year, 1, 12), "YEAR")


def next_id(start: str, known: Iterable[str]) -> str:
    """`start`, a point, and the number after the highest one so far."""
    rests = [name.removeprefix(f"{start}.") for name in known if name.startswith(f"{start}.")]
    return f"{start}.{max((int(rest) for rest in rests if rest.isdecimal()), default=0) + 1}"


def in_year(scheduled: Scheduled, year: int) -> Scheduled:
    """Of what words give, what falls due in the year."""
    found = [o for o in scheduled.occurrences if o.due is None or o.due.year == year]
    return scheduled._replace(resolution=scheduled.resolution._replace(occurrences=tuple(found)))


def head(note: str, year: int) -> str:
    """How the file of a year begins."""
    return f"# {note}\nyear: {year}\n"


def unsaid(
    plan: Plan, path: str, kept: Inspection | Communication | None, values: Mapping[str, Value],
    start: str,
) -> list[Fact]:  # fmt: skip
    """What the file of a year does not say of itself yet; a usage error where it says otherwise."""
    new: dict[str, Value] = {}
    for key, value in values.items():
        there = getattr(kept, key, None)
        if there is None:
            new[key] = value
        elif there != value:
            refuse(msg("{path} says otherwise already: {key} “{value}”; mend it there", path=path,
                       key=key, value=str(there)), f"--{key}")  # fmt: skip
    if "task" in new:
        ids = [str(task.id) for task in in_force(plan).tasks]
        if new["task"] not in ids:
            no_task(str(new["task"]), ids)
    return [Fact(path, "", new, head=start)] if new or kept is None else []
