"""References: whatever is named by an id or by name is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cchc_cli.core.agenda import Work
from cchc_cli.core.checks.context import Context
from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Communication, Duty, Inspection, Plan, Section, Task
from cchc_cli.core.source import Span, Text

_TASK, _FIELD, _EVENT = msg("task"), msg("field"), msg("event")
_CHANNEL = msg("channel")


def check_cells(context: Context) -> Iterator[Diagnostic]:
    """Every name in a cell of the task table, and in a duty, is that of a unit or a group."""
    if not context.units_known:
        return
    for _base, plan in context.plans:
        rows: list[Task | Duty] = [*plan.tasks, *plan.duties]
        distinct = dict.fromkeys(cell for row in rows for cell in cells(row) if cell)
        read = context.directory.read
        unknown = {cell: stretches for cell in distinct if (stretches := read(cell).unknown)}
        names = [str(n) for who in context.everyone for n in (who.name, *who.aliases)]
        hints = {
            cell[slice(*stretch)]: context.meant(cell[slice(*stretch)], names)
            for cell, stretches in unknown.items()
            for stretch in stretches
        }
        if not unknown:
            continue
        for row in rows:
            for cell in cells(row):
                if not cell:
                    continue
                for start, end in unknown.get(cell, ()):
                    name = cell[start:end]
                    span = context.locate(cell, start, end)
                    yield _unknown_unit(name, span, str(row.id), hints[name])


def cells(row: Work) -> tuple[Text | None, ...]:
    """The cells of a row that name units."""
    match row:
        case Task():
            return row.lead, row.support
        case Duty():
            return (row.lead,)
    return (row.unit,)


def _unknown_unit(name: str, span: Span, subject: str, hint: Message | None) -> Diagnostic:
    message = msg("no unit or group is called “{name}”", name=name)
    return error("CCHC203", span, message, hint=hint, subject=subject, found=name)


def check_unit_ids(context: Context) -> Iterator[Diagnostic]:
    """Members, successors, addressees, sections and progress files name units by their ids.

    So do visits and teams of inspections, and activities of communication.
    """
    if not context.unit_ids_known:
        return
    units, groups = context.directory.units, context.directory.groups
    for group in context.workspace.groups:
        yield from _missing(context, group.members, units, str(group.id))
    for unit in context.workspace.units:
        yield from _missing(context, [unit.successor], units, str(unit.id))
    for _base, plan in context.plans:
        for duty in plan.duties:
            yield from _missing(context, [duty.to], units, str(duty.id))
        for subject, section in sections(plan):
            yield from _missing(context, [section.unit], units, subject)
            yield from _missing(context, [section.group], groups, subject)
        for subject, wanted in _units_of_years(plan):
            yield from _missing(context, [wanted], units, subject)
        heads = {record.unit.span: record.unit for record in plan.progress if record.unit}
        for head in heads.values():
            yield from _missing(context, [head], units, str(head))


def _units_of_years(plan: Plan) -> Iterator[tuple[str, Text | None]]:
    """The units that inspections and communication name, each with what names it."""
    for inspection in plan.inspections:
        yield from ((str(member.name), member.unit) for member in inspection.team)
        yield from ((str(visit.id), visit.unit) for visit in inspection.visits)
    for communication in plan.communications:
        yield from ((str(activity.id), activity.unit) for activity in communication.activities)


def _missing(
    context: Context, ids: Iterable[Text | None], known: Mapping[str, object], subject: str
) -> Iterator[Diagnostic]:
    for wanted in ids:
        if wanted is not None and wanted not in known:
            message = msg("there is no “{id}” in units.yaml", id=wanted)
            hint = context.meant(wanted, known) or _all_of(known)
            yield error(
                "CCHC203", wanted.span, message, hint=hint, subject=subject, found=str(wanted)
            )


def _all_of(known: Iterable[str]) -> Message | None:
    listed = list(known)
    return msg("there are: {known}", known=", ".join(listed)) if 0 < len(listed) <= 12 else None


def check_plan_ids(context: Context) -> Iterator[Diagnostic]:
    """Tasks, fields, events and channels that are referred to are in the plan."""
    for base, plan in context.plans:
        if context.tasks_known(base, plan):
            tasks = {str(task.id) for task in plan.tasks}
            fields = {str(area.id) for area in plan.fields}
            for subject, section in sections(plan):
                yield from _absent(context, [section.field], fields, subject, _FIELD)
                if section.charge is not None:
                    yield from _absent(context, section.charge.fields, fields, subject, _FIELD)
                    yield from _absent(context, section.charge.tasks, tasks, subject, _TASK)
            years: list[Inspection | Communication]
            years = [*plan.inspections, *plan.communications]
            for year in years:
                yield from _absent(context, [year.task], tasks, str(year.year), _TASK)
        if context.none_missing(f"{base}events.yaml", plan.events):
            events = {str(event.id) for event in context.lineage.with_events(plan).events}
            for task in plan.tasks:
                if task.events:
                    yield from _absent(context, task.events, events, str(task.id), _EVENT)
        for communication in plan.communications:
            if context.none_missing(communication.span.path, communication.channels):
                channels = {str(channel.id) for channel in communication.channels}
                for activity in communication.activities:
                    wanted = [activity.channel]
                    yield from _absent(context, wanted, channels, str(activity.id), _CHANNEL)


def _absent(
    context: Context,
    ids: Iterable[Text | None],
    known: set[str],
    subject: str,
    kind: Message,
) -> Iterator[Diagnostic]:
    for wanted in ids:
        if wanted is not None and wanted not in known:
            message = msg("there is no {kind} “{id}” in this plan", kind=kind, id=wanted)
            in_order = sorted(known)
            hint = context.meant(wanted, in_order) or _all_of(in_order)
            yield error(
                "CCHC205", wanted.span, message, hint=hint, subject=subject, found=str(wanted)
            )


def sections(plan: Plan) -> Iterator[tuple[str, Section]]:
    """Every section of the document with its name, as "Phần IV, mục 1"."""
    if plan.document is not None:
        for part in plan.document.parts:
            for section in part.sections:
                yield f"Phần {part.number}, mục {section.number}", section
