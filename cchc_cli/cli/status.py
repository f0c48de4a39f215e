"""`cchc status`: how the year stands, per field and per unit, as bars in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from cchc_cli.cli.console import on_terminal, wrapped, write, writes_unicode
from cchc_cli.cli.documents import WORDS, scene
from cchc_cli.cli.settings import (
    AsOfOption,
    FieldOption,
    Opened,
    PlanOption,
    UnitOption,
    chosen_field,
    chosen_plans,
    chosen_unit,
    one_of,
    open_plans,
    read_counts,
    today,
    warn_of_errors,
)
from cchc_cli.core.agenda import Agenda
from cchc_cli.core.message import msg
from cchc_cli.core.model import Unit
from cchc_cli.core.overview import Summary, only_field, summarise
from cchc_cli.core.periods import Period
from cchc_cli.i18n import _, say
from cchc_cli.render import bars, data, listing

HELP = _("How the year stands: bars per field and unit, and a strip of quarters.")

_FORMATS = ("text", "json")


def run(
    ctx: typer.Context,
    plan: PlanOption = None,
    unit: UnitOption = None,
    field: FieldOption = None,
    as_of: AsOfOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "text",
) -> int:
    """Print the figures of the year of that day; 1 if the plans have errors.

    A plan whose work of the year all stands in its annual plan is left out beside that one.
    """
    one_of(output, _FORMATS, "--format")
    as_of = as_of or today()
    opened = open_plans(ctx)
    plans = chosen_plans(opened, plan)
    of_unit, of_field = chosen_unit(opened, unit), chosen_field(plans, field)
    agendas = opened.agendas([only_field(each, of_field) for each in plans], as_of)
    every = [(agenda, _summary(opened, agenda, of_unit)) for agenda in agendas]
    found = [s for agenda, s in every if s.figures.total or not agenda.elsewhere]
    if output == "json":
        value = {"as_of": data.iso(as_of), "plans": [_as_data(s) for s in found],
                 "read": read_counts(opened)}  # fmt: skip
        write(data.as_json(value, unicode=writes_unicode()))
    else:
        asked = [f" --unit {of_unit.id}"] if of_unit else []
        asked += [f" --field {of_field}"] if of_field else []
        _for_people(found, as_of, opened, "".join(asked))
    return 1 if warn_of_errors(opened, [agenda.schedule for agenda in agendas]) else 0


def _summary(opened: Opened, agenda: Agenda, unit: Unit | None) -> Summary:
    year = Period(agenda.as_of.year, 1, 12)
    return summarise(scene(opened, agenda.plan, year, unit), agenda, opened.soon, WORDS)


def _as_data(summary: Summary) -> dict[str, Any]:
    """The summary as plain values; words for people left out."""
    left_out = ("as_of", "statuses", "errors", "soon", "issuer")
    return {key: value for key, value in asdict(summary).items() if key not in left_out}


def _for_people(found: list[Summary], as_of: date, opened: Opened, asked: str) -> None:
    """The figures of each plan; `asked` are the filters, for what to type next."""
    write(say(msg("As of {day}", day=as_of)))
    blocks = _writes_blocks()
    for summary in found:
        heading = msg("{plan}, the year {year}: {tasks} tasks", plan=summary.plan,
                      year=summary.year, tasks=summary.tasks)  # fmt: skip
        write(f"\n{say(heading)}")
        _bars(say(msg("By field")), bars.bars(summary.by_field, blocks=blocks))
        _bars(say(msg("By unit in charge")), bars.bars(summary.by_unit, blocks=blocks))
        write("\n".join(wrapped(["", bars.legend(summary.figures, blocks=blocks)])))
        strips = msg("By quarter: done/due ({overdue})", overdue=bars.overdue_name())
        rows = (*summary.field_strip, *summary.unit_strip)
        write("\n".join(["", say(strips), *bars.strip(rows, blocks=blocks)]))
        below = [listing.footer(bars.by_status(summary.figures), summary.figures.without_evidence)]
        write("\n".join(wrapped(["", *below, *_next(summary, asked)])))
    write(say(msg("Read {tasks} tasks from {files} files.", **read_counts(opened))))


def _writes_blocks() -> bool:
    """Whether the output can hold the signs of the bars."""
    try:
        bars.BLOCKS.encode(sys.stdout.encoding or "ascii")
    except (UnicodeError, LookupError):
        return False
    return True


def _bars(heading: str, found: list[bars.Bar]) -> None:
    write(f"\n{heading}")
    if not on_terminal():
        write("\n".join(bars.plain(found)))
        return
    from rich.console import Console
    from rich.text import Text

    sys.stdout.flush()
    console = Console(highlight=False)
    for bar in found:
        console.print(Text(f"{bar.id}  {bar.name}" if bar.id else bar.name))
        line = Text("  ")
        for piece in bar.pieces:
            line.append(piece.text, style=piece.colour)
        line.append(f" {bar.total}: {bar.counts}")
        console.print(line)


def _next(summary: Summary, asked: str) -> Iterator[str]:
    """What to type next about what needs somebody."""
    figures, day = summary.figures, summary.as_of.isoformat()
    if figures.overdue or figures.due_soon:
        yield say(msg("what is overdue or due soon: {command}",
                      command=f"cchc due --plan {summary.plan}{asked} --as-of {day}"))  # fmt: skip
    if figures.waiting:
        yield say(msg("what waits for which event: {command}",
                      command=f"cchc waiting --plan {summary.plan} --as-of {day}"))  # fmt: skip
    if summary.silent:
        units = "; ".join(summary.silent)
        yield say(msg("no entries yet of: {units}; they record with “cchc update”", units=units))
