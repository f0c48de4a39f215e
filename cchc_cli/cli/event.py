"""`cchc event`: what deadlines wait for, and when it happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.due_days import days_told
from cchc_cli.cli.entries import CommitOption, DryRunOption, Files, commit, put, read_files, tell
from cchc_cli.cli.recording import DocDateOption, meant, no_task, only, past
from cchc_cli.cli.settings import (
    Opened,
    PlanOption,
    a_day,
    chosen_plans,
    open_plans,
    opened_from,
    plan_root,
    today,
    warn_of_errors,
)
from cchc_cli.core.amendments import in_force
from cchc_cli.core.deadlines.terms import WAITS
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Addition, Event, Plan, Task
from cchc_cli.core.schedule import Schedule
from cchc_cli.i18n import _, day, say
from cchc_cli.render.width import aligned, one_line
from cchc_cli.store.files import CannotRun
from cchc_cli.store.writing import one_writer
from cchc_cli.syntax.edit import Fact
from cchc_cli.syntax.emit import Value

HELP = _("Events that deadlines wait for: record, link to a task, list.")


EventArgument = Annotated[str, typer.Argument(metavar="EVENT", help=_("the id of the event"))]
NameOption = Annotated[
    str | None, typer.Option("--name", metavar=_("TEXT"), help=_("make a new event, named so"))
]


class _Writing(NamedTuple):
    """The plans as they are, and how they are to be changed."""

    files: Files
    opened: Opened
    dry_run: bool
    commit: bool


def record(
    ctx: typer.Context,
    event: EventArgument,
    on: Annotated[
        date, typer.Option(parser=a_day, metavar=_("DATE"), help=_("the day on which it happened"))
    ],
    doc: Annotated[
        str | None, typer.Option(metavar=_("TEXT"), help=_("the document by which it happened"))
    ] = None,
    doc_date: DocDateOption = None,
    name: NameOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit_it: CommitOption = False,
) -> int:
    """Add the day and the document to an event; 1 if the result would have errors."""
    values: dict[str, Value] = {"on": past(on, "--on")}
    document = _document(doc, doc_date)
    if document is not None:
        values["document"] = document
    root = plan_root(ctx)
    with one_writer(root):
        writing = _writing(root, dry_run=dry_run, commit_it=commit_it)
        plans = chosen_plans(writing.opened, plan)
        found = _known(plans, event)
        of_plan = found[0] if found else _only_plan(writing.opened, plans, name, event)
        known = found[1] if found else None
        fact = _new(of_plan, event, str(name)) if known is None else _free(of_plan, known, name)
        fact = fact._replace(values={**fact.values, **_unsaid(values, of_plan, known)})
        said = str(known.id) if known else event
        what = msg("event: {event} on {day}", event=said, day=on)
        facts = [fact]
        for each in writing.opened.lineage.family(of_plan):
            facts += _periods(writing.opened, each, said, _waiting(each, said))
        return _carry_out(writing, facts, of_plan, said, what)


def link(
    ctx: typer.Context,
    task: Annotated[
        str, typer.Argument(metavar="TASK", help=_("the id of the task that waits for it"))
    ],
    event: EventArgument,
    name: NameOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit_it: CommitOption = False,
) -> int:
    """Let a task wait for an event; 1 if the result would have errors."""
    root = plan_root(ctx)
    with one_writer(root):
        writing = _writing(root, dry_run=dry_run, commit_it=commit_it)
        every = [(p, t) for p in chosen_plans(writing.opened, plan) for t in in_force(p).tasks]
        of_plan, waiting = only(every, task) or no_task(task, [str(t.id) for _p, t in every])
        above = writing.opened.lineage.ancestors(str(of_plan.id))
        known = _known([of_plan, *above], event)
        if known is None and name is None:
            raise _no_event(writing.opened, [of_plan], event)
        said = str(known[1].id) if known else event
        if said in waiting.events:
            message = msg("{task} waits for {event} already; nothing to do", task=waiting.id,
                          event=said)  # fmt: skip
            write(say(message))
            return 0
        facts = [] if known else [_new(of_plan, event, str(name))]
        key = "additions" if isinstance(next(iter(waiting.amended), None), Addition) else "tasks"
        facts.append(Fact(waiting.span.path, key, {"events": [said]}, to=str(waiting.id)))
        if known and known[1].on is not None:
            facts += _periods(writing.opened, of_plan, said, [waiting])
        what = msg("event: {task} waits for {event}", task=waiting.id, event=said)
        return _carry_out(writing, facts, of_plan, said, what)


def show(ctx: typer.Context, plan: PlanOption = None) -> int:
    """Print every event with its day, document and tasks; 1 if the plans have errors."""
    opened = open_plans(ctx)
    rows = [
        [str(event.id), day(event.on) if event.on else "-",
         ",".join(str(task.id) for each in opened.lineage.family(of)
                  for task in _waiting(each, str(event.id))) or "-",
         one_line(f"{event.name} [{event.document}]" if event.document else event.name)]
        for of in chosen_plans(opened, plan)
        for event in of.events
    ]  # fmt: skip
    write("\n".join(aligned(rows)))
    happened = sum(row[1] != "-" for row in rows)
    counts = msg("Events: {count}, {happened} of them recorded.", count=len(rows),
                 happened=happened)  # fmt: skip
    write(say(counts))
    return 1 if warn_of_errors(opened) else 0


VERBS = {
    "record": (_("Record the day on which an event happened; never an expected day."), record),
    "link": (_("Let a task wait for an event."), link),
    "list": (_("Every event with its day, its tasks and its document."), show),
}


# -- which event -----------------------------------------------------------------------------------


def _known(plans: list[Plan], wanted: str) -> tuple[Plan, Event] | None:
    return only(((plan, event) for plan in plans for event in plan.events), wanted)


def _no_event(opened: Opened, plans: list[Plan], wanted: str) -> typer.BadParameter:
    warn_of_errors(opened)  # it may stand in a file that could not be read
    ids = [str(event.id) for plan in plans for event in plan.events]
    message = msg("no event “{event}”; there are: {known}. For a new one add --name",
                  event=wanted, known=meant(wanted, ids))  # fmt: skip
    return typer.BadParameter(say(message), param_hint="EVENT")


def _only_plan(opened: Opened, plans: list[Plan], name: str | None, event: str) -> Plan:
    """The plan that a new event is of."""
    if name is None:
        raise _no_event(opened, plans, event)
    if len(plans) != 1:
        known = ", ".join(str(plan.id) for plan in plans) or "-"
        message = msg("of which plan is the new event? There are: {known}", known=known)
        raise typer.BadParameter(say(message), param_hint="--plan")
    return plans[0]


def _new(plan: Plan, event: str, name: str) -> Fact:
    return Fact(_path(plan), "events", {"id": event, "name": name})


def _path(plan: Plan) -> str:
    return f"plans/{plan.id}/events.yaml"


def _free(plan: Plan, event: Event, name: str | None) -> Fact:
    """An empty addition to an event that has not been recorded."""
    if event.on is not None:
        message = msg(
            "{event} is recorded already: {day}, “{document}”; if that is wrong, mend it in {path}",
            event=event.id, day=event.on, document=event.document or "-", path=_path(plan),
        )  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="EVENT")
    if name is not None and name != event.name:
        message = msg("{event} is there already, named “{name}”; leave out --name, or give the "
                      "new event another id", event=event.id, name=event.name)  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="--name")
    return Fact(_path(plan), "events", {}, to=str(event.id))


def _unsaid(values: dict[str, Value], plan: Plan, event: Event | None) -> dict[str, Value]:
    """What the event does not say yet; a usage error where it names another document."""
    named = event.document if event else None
    if not named or "document" not in values:
        return values
    if values["document"] != named:
        message = msg("the event names the document “{document}” already; leave out --doc, or mend "
                      "it in {path}", document=named, path=_path(plan))  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="--doc")
    return {key: value for key, value in values.items() if key != "document"}


def _document(text: str | None, given: date | None) -> str | None:
    """The document as Vietnamese papers cite it, with its day if one is given."""
    if given is None:
        return text
    if text is None:
        message = msg("name the document, too, with --doc")
        raise typer.BadParameter(say(message), param_hint="--doc-date")
    return f"{text} ngày {past(given, '--doc-date'):%d/%m/%Y}"


def _periods(opened: Opened, plan: Plan, event: str, waiting: list[Task]) -> Iterator[Fact]:
    """Entries made while a task had no period get the one that the event gives it."""
    schedule = Schedule(opened.lineage.with_events(plan), opened.workspace.calendar)
    ids = {t.id for t in waiting if schedule.of_task(t).deadline.kind in WAITS}
    places: Counter[str] = Counter()  # in the file of each unit
    for record in plan.progress:
        unit = str(record.unit)
        if record.task in ids and not record.period:
            path = f"plans/{plan.id}/progress/{unit}.yaml"
            yield Fact(path, "progress", {"period": event}, to=places[unit])
        places[unit] += 1


# -- what becomes of it ----------------------------------------------------------------------------


def _writing(root: Path, *, dry_run: bool, commit_it: bool) -> _Writing:
    files = read_files(root)
    opened = opened_from(root, files.loaded)
    if not opened.workspace.plans:
        raise CannotRun(msg("no plan can be read"), msg("run “cchc validate” to see why"))
    return _Writing(files, opened, dry_run, commit_it)


def _carry_out(
    writing: _Writing, facts: Sequence[Fact], plan: Plan, event: str, what: Message
) -> int:
    """Write the facts, and say which days follow from them."""
    added = put(writing.files, facts, dry_run=writing.dry_run)
    if added is None:
        return 1
    if not writing.dry_run:
        paths = ", ".join(change.path for change in added.changes)
        tell(say(msg("{event}: recorded in {path}", event=event, path=paths)))
    opened = opened_from(writing.files.root, added.files.loaded)
    lineage = opened.lineage
    family = [lineage.with_events(p) for p in lineage.family(opened.workspace.plans[str(plan.id)])]
    schedules = [Schedule(each, opened.workspace.calendar, today()) for each in family]
    waiting = [(t, s) for p, s in zip(family, schedules, strict=True) for t in _waiting(p, event)]
    for task, schedule in waiting:
        for line in days_told(str(task.id), task.deadline, schedule.of_task(task)):
            write(one_line(say(line)))
    if not waiting:
        write(say(msg("no task waits for it yet: cchc event link TASK {event}", event=event)))
    warn_of_errors(opened, schedules)
    if writing.commit and not writing.dry_run:
        commit(writing.files.root, added.changes, what)
    return 0


def _waiting(plan: Plan, event: str) -> list[Task]:
    return [task for task in in_force(plan).tasks if event in task.events]
