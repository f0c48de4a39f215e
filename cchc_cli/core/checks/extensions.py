"""Amendments: of tasks, occurrences and units that exist, decided by a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from cchc_cli.core.checks.context import Context
from cchc_cli.core.checks.progress import Slots, by_id, slots_of
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.diagnostics import Diagnostic, error, warning
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Extension, Finding, Halt, HaltKind, Plan, Task, Transfer
from cchc_cli.core.schedule import Schedule
from cchc_cli.core.source import Text
from cchc_cli.core.status import halt_of


def check_extensions(context: Context) -> Iterator[Diagnostic]:
    """An extension is for a task and period of the plan, and its day later than the one before."""
    for base, plan in context.plans:
        if not plan.extensions:
            continue
        known = context.tasks_known(base, plan) and context.findings_known(base)
        extensible: list[Task | Finding] = [*plan.tasks, *plan.findings]
        tasks = {str(task.id): task for task in extensible}
        original = Schedule(plan._replace(extensions=()), context.workspace.calendar)
        for extension in plan.extensions:
            task = tasks.get(extension.task)
            if not context.sound(extension.span):
                continue
            if task is not None and context.sound(task.span):
                yield from _doubt(original, task, extension)
            elif task is None and known:
                message = msg("there is no task “{id}” in this plan", id=extension.task)
                yield _error(extension, message, context.meant(extension.task, tasks))


def check_halts_and_transfers(context: Context) -> Iterator[Diagnostic]:
    """What is stopped, handed over or worded anew is in the plan; who takes it is in the office."""
    for base, plan in context.plans:
        tasks = by_id(plan)
        named = [*(halt.task for halt in plan.halts), *(one.task for one in plan.transfers)]
        named += [one.task for one in plan.rewordings]
        known = context.tasks_known(base, plan) and context.findings_known(base)
        for task in named if known else ():
            if task not in tasks:
                message = msg("there is no task “{id}” in this plan", id=task)
                yield _unknown(context, task, message, tasks)
        yield from _additions(context, base, plan)
        yield from _halts(context, base, plan)
        for transfer in plan.transfers:
            yield from _transfer(context, transfer)


def _halts(context: Context, base: str, plan: Plan) -> Iterator[Diagnostic]:
    tasks, before = by_id(plan), defaultdict[str, list[Halt]](list)
    for halt in sorted(plan.halts, key=lambda halt: halt.on):
        of, earlier = tasks.get(halt.task), before[str(halt.task)]
        if context.sound(halt.span):
            known = slots_of(context, base, of) if of is not None else None
            yield from _halt(halt, known, earlier)
        earlier.append(halt)


def _halt(halt: Halt, known: Slots | None, earlier: list[Halt]) -> Iterator[Diagnostic]:
    """What is wrong with a halt of the work `known`, after `earlier` ones of its task."""
    place, subject = halt.period or halt.task, str(halt.task)
    if halt.until is not None and halt.until < halt.on:
        message = msg("suspended until {until}, which is before {on}", until=halt.until, on=halt.on)
        hint = msg("mend “on” or “until”")
        yield error("CCHC601", place.span, message, hint=hint, subject=subject,
                    found=halt.until.isoformat())  # fmt: skip
    if known is None:
        return
    periods = [slot.period for slot in known if slot]
    if halt.period is not None and halt.period not in periods:
        message = msg("there is no period “{period}”", period=halt.period)
        there = msg("there are: {known}", known=", ".join(periods))
        hint = there if periods else msg("leave “period” out")
        yield error("CCHC601", place.span, message, hint=hint, subject=subject, found=str(place))
    elif halt.kind is HaltKind.RESUMED:
        meant = [one for one in known if _is_meant(halt, one)]
        if not any(halt_of(earlier, one, halt.on) for one in meant):
            message = msg("taken up again on {on}, but it was not stopped on that day", on=halt.on)
            hint = msg("mend “on” or “period”, or delete the resumption")
            yield warning("CCHC602", place.span, message, hint=hint, subject=subject,
                          found=halt.on.isoformat())  # fmt: skip


def _is_meant(halt: Halt, occurrence: Occurrence | None) -> bool:
    return halt.period is None or (occurrence is not None and occurrence.period == halt.period)


def _transfer(context: Context, transfer: Transfer) -> Iterator[Diagnostic]:
    for unit in (transfer.giver, transfer.taker) if context.unit_ids_known else ():
        if unit not in context.directory.units:
            message = msg("there is no unit “{id}”", id=unit)
            yield _unknown(context, unit, message, context.directory.units)
    if transfer.giver == transfer.taker:
        message = msg("handed over by “{unit}” to itself", unit=transfer.taker)
        yield error("CCHC601", transfer.taker.span, message, hint=msg("mend “from” or “to”"),
                    subject=str(transfer.task), found=str(transfer.taker))  # fmt: skip


def _additions(context: Context, base: str, plan: Plan) -> Iterator[Diagnostic]:
    fields = {str(area.id) for area in plan.fields}
    for one in plan.additions if context.tasks_known(base, plan) else ():
        if one.field not in fields:
            message = msg("there is no {kind} “{id}” in this plan", kind=msg("field"), id=one.field)
            yield _unknown(context, one.field, message, fields)


def _unknown(context: Context, name: Text, message: Message, known: Iterable[str]) -> Diagnostic:
    hint = context.meant(name, known)
    return error("CCHC601", name.span, message, hint=hint, subject=str(name), found=str(name))


def _doubt(original: Schedule, task: Task | Finding, extension: Extension) -> Iterator[Diagnostic]:
    due = {o.period: o.due for o in original.of(task).occurrences}
    if extension.period is None and len(due) != 1:
        message = msg("the period is missing")
    elif extension.period is not None and extension.period not in due:
        message = msg("there is no period “{period}”", period=extension.period)
    else:
        day = next(iter(due.values())) if extension.period is None else due[extension.period]
        if day is not None and extension.to <= day:
            message = msg(
                "extended to {to}, which is not later than {due}", to=extension.to, due=day
            )
            yield warning(
                "CCHC602", extension.task.span, message, subject=str(extension.task),
                found=extension.to.isoformat(),
            )  # fmt: skip
        return
    hint = msg("there are: {known}", known=", ".join(due)) if due else None
    yield _error(extension, message, hint)


def _error(extension: Extension, message: Message, hint: Message | None) -> Diagnostic:
    place = extension.period or extension.task
    return error(
        "CCHC601", place.span, message, hint=hint, subject=str(extension.task), found=str(place)
    )
