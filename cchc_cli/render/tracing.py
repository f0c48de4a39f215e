"""The figures of a report and the records behind them, as text and as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.inspection import Problem
from cchc_cli.core.message import msg
from cchc_cli.core.model import Activity, Held, Progress, Task, Visit
from cchc_cli.core.report.cases import Case
from cchc_cli.core.report.trace import Behind, Figure, Inspected, entries_behind
from cchc_cli.core.source import Span
from cchc_cli.i18n import day, say
from cchc_cli.render import data
from cchc_cli.render.change_words import TEXT, recorded
from cchc_cli.render.labels import status, who
from cchc_cli.render.width import aligned, one_line


def figures(found: Iterable[Figure]) -> list[str]:
    """One figure a line: its id, its number in the statistical appendix, name and value."""
    rows = [[f.id, f.number, one_line(say(f.name)), _value(f)] for f in found]
    return aligned(rows)


def _value(figure: Figure) -> str:
    return "-" if figure.value is None else str(figure.value)


def figure(found: Figure, agenda: Agenda) -> Iterator[str]:
    """A figure with the records behind it, each with its place in the files."""
    number = f" ({found.number})" if found.number else ""
    yield f"{found.id}{number}: {one_line(say(found.name))}: {_value(found)}"
    for record in found.behind:
        yield ""
        yield from _record(record, agenda)


def _record(record: Behind, agenda: Agenda) -> Iterator[str]:
    match record:
        case Case():
            yield _of_case(record)
            yield from _at(record.task.span, f"“{one_line(record.task.name)}”")
            yield from _entries(record.items, agenda)
        case Problem():
            found = msg("{id}, found on {day} at {unit}", id=record.finding.id,
                        day=record.found_on, unit=record.visit.unit)  # fmt: skip
            states = "; ".join(dict.fromkeys(status(item.standing) for item in record.items))
            yield f"{say(found)}: {states}"
            yield from _at(record.finding.span, f"“{one_line(record.finding.name)}”")
            yield from _entries(record.items, agenda)
        case Inspected():
            yield record.unit
            for visit in record.visits:
                yield from _at(visit.span, _of_visit(visit))
        case Visit():
            yield _of_visit(record)
            yield from _at(record.span, one_line(record.scope or ""))
        case Task():
            yield f"{record.id}  {one_line(record.name)}"
            yield from _at(record.span, one_line(record.deadline or ""))
        case Progress():
            yield _task_and_period(str(record.task), str(record.period or ""))
            yield from _at(record.span, _said(record))
        case Activity():
            yield f"{record.id}  {one_line(record.name)}"
            yield from _at(record.span, one_line(record.deadline or ""))
        case Held():
            yield _of_time(record)
            yield from _at(record.span, one_line(record.note or ""))


def _of_case(case: Case) -> str:
    due = say(msg("due {day}", day=case.due)) if case.due else say(msg("no due day"))
    units = ", ".join(dict.fromkeys(who(item) for item in case.items)) or "-"
    return f"{_task_and_period(str(case.task.id), case.period)}, {due}, {units}: " + status(
        case.standing
    )


def _task_and_period(task: str, period: str) -> str:
    return f"{task} ({one_line(period)})" if period else task


def _of_visit(visit: Visit) -> str:
    held = day(visit.held_on) if visit.held_on else "-"
    record = (
        f" ({one_line(visit.record.document)})" if visit.record and visit.record.document else ""
    )
    return f"{visit.id}, {visit.unit}, {held}{record}"


def _of_time(time: Held) -> str:
    return day(time.on) if time.quantity is None else f"{day(time.on)}: {time.quantity}"


def _entries(items: Iterable[Item], agenda: Agenda) -> Iterator[str]:
    for entry in entries_behind(items, agenda):
        yield from _at(entry.span, _said(entry))


def _said(entry: Progress) -> str:
    return f"{entry.unit}: {', '.join(recorded(entry, TEXT)) or '-'}"


def _at(span: Span, text: str) -> Iterator[str]:
    yield f"    {span.path}:{span.line}  {text}".rstrip()


# -- plain values ----------------------------------------------------------------------------------


def figure_data(found: Figure) -> dict[str, Any]:
    """A figure without its records."""
    name = one_line(say(found.name))
    return {"id": found.id, "number": found.number or None, "name": name, "value": found.value}


def records_data(found: Sequence[Behind], agenda: Agenda) -> list[dict[str, Any]]:
    """The records behind a figure, each with its file and line."""
    return [_record_data(record, agenda) for record in found]


def _record_data(record: Behind, agenda: Agenda) -> dict[str, Any]:
    match record:
        case Case():
            return {
                "task": str(record.task.id),
                "period": record.period or None,
                "units": list(dict.fromkeys(who(item) for item in record.items)),
                "due": data.iso(record.due),
                "status": record.standing.status.value,
                **_place(record.task.span),
                "entries": _entries_data(record.items, agenda),
            }
        case Problem():
            return {
                "finding": str(record.finding.id),
                "name": str(record.finding.name),
                "unit": str(record.visit.unit),
                "found_on": data.iso(record.found_on),
                "settled_on": data.iso(record.settled_on),
                **_place(record.finding.span),
                "entries": _entries_data(record.items, agenda),
            }
        case Inspected():
            return {"unit": record.unit, "visits": [_visit_data(v) for v in record.visits]}
        case Visit():
            return _visit_data(record)
        case Task():
            return {"task": str(record.id), "name": str(record.name), **_place(record.span)}
        case Progress():
            period = str(record.period) if record.period else None
            return {"task": str(record.task), "period": period, **_entry_data(record)}
        case Activity():
            return {"activity": str(record.id), "name": str(record.name), **_place(record.span)}
        case Held():
            quantity = {"on": data.iso(record.on), "quantity": record.quantity}
            return {**quantity, **_place(record.span)}


def _visit_data(visit: Visit) -> dict[str, Any]:
    held = data.iso(visit.held_on)
    return {"visit": str(visit.id), "unit": str(visit.unit), "held_on": held, **_place(visit.span)}


def _entries_data(items: Iterable[Item], agenda: Agenda) -> list[dict[str, Any]]:
    return [_entry_data(entry) for entry in entries_behind(items, agenda)]


def _entry_data(entry: Progress) -> dict[str, Any]:
    return {**data.progress(entry), **_place(entry.span)}


def _place(span: Span) -> dict[str, Any]:
    return {"file": span.path, "line": span.line}
