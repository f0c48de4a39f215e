"""`cchc show I.1`: everything about one task."""

from __future__ import annotations

from typing import Annotated

import typer

from cchc_cli.cli.console import wrapped, write, writes_unicode
from cchc_cli.cli.recording import no_task
from cchc_cli.cli.settings import (
    AsOfOption,
    Opened,
    PlanOption,
    chosen_plans,
    one_of,
    open_plans,
    today,
    warn_of_errors,
)
from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.model import Task
from cchc_cli.i18n import _, say
from cchc_cli.render import data, detail

HELP = _("Everything about one task: text, units, each date and how it was reached.")

_FORMATS = ("text", "json")


def run(
    ctx: typer.Context,
    task: Annotated[str, typer.Argument(metavar="TASK", help=_("the task’s id, such as I.1"))],
    as_of: AsOfOption = None,
    plan: PlanOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "text",
) -> int:
    """Print the task in every plan that has it; 1 if the plans have errors."""
    one_of(output, _FORMATS, "--format")
    opened = open_plans(ctx)
    plans = chosen_plans(opened, plan)
    as_of = as_of or today()
    agendas = [opened.agenda(each, as_of) for each in plans]
    every = [(agenda, task) for agenda in agendas for task in agenda.plan.tasks]
    found = [(agenda, known) for agenda, known in every if known.id.casefold() == task.casefold()]
    if not found:
        no_task(task, [str(known.id) for _agenda, known in every])
    records, texts = [], []
    for agenda, known in found:
        items = list(agenda.of(known))
        if output == "json":
            records.append(_as_data(agenda, known, items, opened))
        else:
            scheduled = agenda.schedule.of_task(known)
            text = detail.task(known, scheduled, items, as_of, opened.directory)
            texts.append(f"{agenda.plan.id}  {text}" if len(found) > 1 else text)
    if output == "json":
        value = {"as_of": data.iso(as_of), "tasks": records}
        write(data.as_json(value, unicode=writes_unicode()))
    else:
        write("\n".join(wrapped("\n\n".join(texts).split("\n"), hanging=" " * 4)))
    return 1 if warn_of_errors(opened, [agenda.schedule for agenda, _task in found]) else 0


def _as_data(agenda: Agenda, task: Task, items: list[Item], opened: Opened) -> dict[str, object]:
    scheduled = agenda.schedule.of_task(task)
    assignments = opened.directory.assignments(task)
    record = data.task(str(agenda.plan.id), task, scheduled, assignments)
    record["items"] = [
        {**data.item(item), "records": [data.progress(r) for r in item.records]} for item in items
    ]
    record["problems"] = [say(problem) for problem in scheduled.resolution.problems]
    return record
