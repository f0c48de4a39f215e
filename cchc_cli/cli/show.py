"""`cchc show I.1`: everything about one task; `--report 2025 done`: what a figure is made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from cchc_cli.cli.console import wrapped, write, writes_unicode
from cchc_cli.cli.recording import meant, no_task
from cchc_cli.cli.settings import (
    AsOfOption,
    Opened,
    PlanOption,
    chosen_plans,
    chosen_unit,
    one_of,
    open_plans,
    today,
    warn_of_errors,
)
from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.message import msg
from cchc_cli.core.model import Task
from cchc_cli.i18n import _, say
from cchc_cli.render import data, detail

if TYPE_CHECKING:
    from cchc_cli.core.report.trace import Figure, Trace

HELP = _(
    "Everything about one task: text, units, each date and how it was reached. With --report: the "
    "figures of a report, or the records behind one of them."
)

_FORMATS = ("text", "json")


def run(
    ctx: typer.Context,
    task: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            show_default=False,
            help=_("the id of a task, such as I.1, or of a figure"),
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(
            metavar=_("PERIOD"), help=_("the figures of the report of 2022, 2022-H1, 2022-Q1 …")
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", "-u", help=_("with --report: the report of that unit")),
    ] = None,
    as_of: AsOfOption = None,
    plan: PlanOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "text",
) -> int:
    """Print a task in every plan that has it, or figures; 1 if the plans have errors."""
    one_of(output, _FORMATS, "--format")
    if report is not None:
        return _report(ctx, report, task, unit, as_of, plan, output)
    if task is None or unit is not None:
        message = msg("name a task, or with --report the period of a report")
        raise typer.BadParameter(say(message), param_hint="TASK")
    return _task(ctx, task, as_of or today(), plan, output)


def _report(
    ctx: typer.Context,
    period: str,
    wanted: str | None,
    unit: str | None,
    as_of: date | None,
    plan: str | None,
    output: str,
) -> int:
    """The figures of a report, or one of them with its records."""
    from cchc_cli.cli.documents import scene
    from cchc_cli.cli.periods import plan_of, read_period
    from cchc_cli.core.report.cases import Cases
    from cchc_cli.core.report.trace import traced
    from cchc_cli.core.report.windows import window
    from cchc_cli.render import tracing

    opened = open_plans(ctx)
    of_unit = chosen_unit(opened, unit)
    asked = read_period(period, "--report")
    reported = plan_of(opened, plan, asked, "--report")
    day = as_of or window(reported, opened.workspace.calendar, asked).last
    agenda = opened.agenda(reported, day)
    trace = traced(Cases(scene(opened, agenda.plan, asked, of_unit), agenda, opened.soon))
    about = {"plan": str(reported.id), "period": asked.label,
             "unit": str(of_unit.id) if of_unit else None, "as_of": data.iso(day)}  # fmt: skip
    found = None if wanted is None else _figure(trace, wanted)
    if output == "json":
        shown = [found] if found else list(trace.values())
        value = {**about, "figures": [tracing.figure_data(figure) for figure in shown]}
        if found:
            value["records"] = tracing.records_data(found.behind, agenda)
        write(data.as_json(value, unicode=writes_unicode()))
    else:
        head = msg("Report of {period}, plan {plan}, figures as of {day}", period=asked.name,
                   plan=reported.id, day=day)  # fmt: skip
        lines = list(tracing.figure(found, agenda)) if found else tracing.figures(trace.values())
        write("\n".join([say(head), "", *wrapped(lines, hanging=" " * 6)]))
    return 1 if warn_of_errors(opened, [agenda.schedule]) else 0


def _figure(trace: Trace, wanted: str) -> Figure:
    """The figure of that id, or of that number in the statistical appendix."""
    by_name = {figure.id.casefold(): figure for figure in trace.values()}
    by_number = {figure.number: figure for figure in trace.values() if figure.number}
    found = by_name.get(wanted.casefold()) or by_number.get(wanted)
    if found is None:
        message = msg("this report has no figure “{figure}”; did you mean: {known}? Without one, "
                      "all are listed", figure=wanted,
                      known=meant(wanted, list(trace)))  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="FIGURE")
    return found


def _task(ctx: typer.Context, task: str, as_of: date, plan: str | None, output: str) -> int:
    """Everything about a task, in every plan that has it."""
    opened = open_plans(ctx)
    plans = chosen_plans(opened, plan)
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
