"""Progress: records are of tasks and periods that exist, once each, with days that can be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cchc_cli.core.agenda import Work
from cchc_cli.core.checks.context import Context
from cchc_cli.core.checks.references import cells
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.deadlines.terms import Kind
from cchc_cli.core.diagnostics import Diagnostic, Related, error, warning
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Duty, Finding, Group, Plan, Progress, State, Transfer

Slots = tuple[Occurrence | None, ...]


def check_existing_occurrences(context: Context) -> Iterator[Diagnostic]:
    """Progress is recorded for work of the plan, and for a period that it has."""
    for base, plan in _with_progress(context):
        known = by_id(plan)
        reporting = context.none_missing(f"{base}reporting.yaml", plan.duties)
        complete = reporting and context.tasks_known(base, plan) and context.findings_known(base)
        for record in plan.progress:
            of = known.get(record.task)
            if of is not None:
                yield from _wrong_period(context, base, record, of)
            elif complete:
                message = msg("there is no task “{id}” in this plan", id=record.task)
                hint = context.meant(record.task, known)
                yield error(
                    "CCHC501", record.task.span, message, hint=hint, subject=str(record.task),
                    found=str(record.task),
                )  # fmt: skip


def _with_progress(context: Context) -> Iterator[tuple[str, Plan]]:
    return ((base, plan) for base, plan in context.plans if plan.progress)


def by_id(plan: Plan) -> Mapping[str, Work]:
    """Every task, duty and finding of an inspection by its id."""
    every: list[Work] = [*plan.tasks, *plan.duties, *plan.findings]
    return {str(of.id): of for of in every}


def slots_of(context: Context, base: str, of: Work) -> Slots | None:
    """What there is to do of some work; None if its deadline is not understood or known."""
    schedule = context.schedule(base)
    if not context.sound(of.span):
        return None
    if isinstance(of, Duty):
        return schedule.of_duty(of) or (None,)
    events = () if isinstance(of, Finding) else of.events
    if events and not context.whole(f"{base}events.yaml"):
        return None
    scheduled = schedule.of(of)
    return None if scheduled.deadline.kind is Kind.UNKNOWN else scheduled.slots


def _wrong_period(context: Context, base: str, record: Progress, of: Work) -> Iterator[Diagnostic]:
    slots = slots_of(context, base, of)
    if slots is None or not context.sound(record.span):
        return
    given = str(record.period or "")
    if given in [slot.period if slot else "" for slot in slots]:
        return
    periods = [slot.period for slot in slots if slot]
    hint: Message | None = msg("there are: {known}", known=", ".join(periods))
    if not periods:
        message, hint = msg("this task has no periods"), msg("leave “period” out")
    elif not given:
        message = msg("the period is missing")
    else:
        message = msg("there is no period “{period}”", period=given)
    place = record.period or record.task
    yield error("CCHC501", place.span, message, hint=hint, subject=str(record.task), found=given)


def check_done_once(context: Context) -> Iterator[Diagnostic]:
    """What is done is not done again without a reason; only what is done can be taken back."""
    for _base, plan in context.plans:
        done: dict[tuple[str, str, str], Progress] = {}
        for record in context.lineage.joined(plan, parts=False).progress:
            key = (str(record.unit), str(record.task), str(record.period or ""))
            earlier = done.get(key)
            if record.state is State.DONE:
                done[key] = record
                if earlier is not None and record.reason is None:
                    yield _done_twice(record, earlier)
            elif record.state is State.REOPENED:
                done.pop(key, None)
                if earlier is None or record.reason is None:
                    yield _not_to_reopen(record, done=earlier is not None)


def _done_twice(record: Progress, earlier: Progress) -> Diagnostic:
    related = (Related(earlier.task.span, msg("first recorded here")),)
    message = msg("done a second time for the same period")
    hint = msg("a correction says why: add --reason, in the file “reason: …”")
    return error(
        "CCHC502", record.task.span, message, hint=hint, related=related,
        subject=str(record.task), found=str(record.period or ""),
    )  # fmt: skip


def _not_to_reopen(record: Progress, *, done: bool) -> Diagnostic:
    if done:
        message, hint = msg("taken back without a reason"), msg("add “reason: …”")
    else:
        message, hint = msg("taken back, but it was not done"), None
    return error(
        "CCHC506", record.task.span, message, hint=hint, subject=str(record.task),
        found=str(record.period or ""),
    )  # fmt: skip


def check_days(context: Context) -> Iterator[Diagnostic]:
    """What is done has its day of completion, and the days of a record can all be true."""
    for base, plan in _with_progress(context):
        known = by_id(plan)
        for record in plan.progress:
            if not context.sound(record.span):
                continue
            found = str(record.period or "")
            subject, span = str(record.task), record.task.span
            if record.state is State.DONE and record.completed_on is None:
                message = msg("done, but the day of completion is missing")
                hint = msg("add “completed_on: YYYY-MM-DD” as the document says")
                yield warning("CCHC503", span, message, hint=hint, subject=subject, found=found)
            of = known.get(record.task)
            window = _window(context, base, record, of) if of is not None else None
            found_on = of.found_on if isinstance(of, Finding) else None
            early = _before_found(record, found_on) or _too_early(record, window, plan)
            for message in (*_doubts(record), *early):
                yield warning("CCHC504", span, message, subject=subject, found=found)


def _window(context: Context, base: str, record: Progress, of: Work) -> Occurrence | None:
    """The occurrence that a record is for."""
    period = str(record.period or "")
    slots = slots_of(context, base, of) or ()
    return next((slot for slot in slots if slot and slot.period == period), None)


def _doubts(record: Progress) -> Iterator[Message]:
    """What cannot be true of the days of a record."""
    completed, recorded = record.completed_on, record.recorded_on
    if completed and record.state is not State.DONE:
        yield msg("a day of completion, but the state is not “done”")
    if completed and recorded and completed > recorded:
        yield msg("completed on {day}, after its entry on {entry}", day=completed, entry=recorded)
    for evidence in record.evidence:
        if _after(evidence.date, recorded):
            yield msg("evidence of {day} is later than the entry on {entry}",
                      day=evidence.date, entry=recorded)  # fmt: skip


def _too_early(record: Progress, occurrence: Occurrence | None, plan: Plan) -> Iterator[Message]:
    """Days before there was anything to do."""
    completed, recorded, effective = record.completed_on, record.recorded_on, plan.effective
    opens = occurrence.start if occurrence else None
    if completed and opens and completed < opens:
        yield msg("completed on {day}, before the period opens on {start}",
                  day=completed, start=opens)  # fmt: skip
    elif _after(effective, completed):
        yield msg("completed on {day}, before the plan takes effect on {start}",
                  day=completed, start=effective)  # fmt: skip
    if _after(effective, recorded):
        yield msg("entered on {day}, before the plan takes effect on {start}",
                  day=recorded, start=effective)  # fmt: skip


def _before_found(record: Progress, found_on: date | None) -> list[Message]:
    """A finding settled before it was found."""
    if not _after(found_on, record.completed_on):
        return []
    return [msg("completed on {day}, before it was found on {start}", day=record.completed_on,
                start=found_on)]  # fmt: skip


def _after(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one > other


def check_own_tasks(context: Context) -> Iterator[Diagnostic]:
    """A unit records progress for tasks it leads or supports, reports it owes, its own findings."""
    for _base, plan in _with_progress(context):
        known, transfers = by_id(plan), defaultdict[str, list[Transfer]](list)
        for transfer in plan.transfers:
            transfers[str(transfer.task)].append(transfer)
        for record in plan.progress:
            of = known.get(record.task)
            if of is None or record.unit is None or record.unit not in context.directory.units:
                continue
            if not context.sound(of.span):
                continue
            units = units_of(context, of, transfers[str(of.id)])
            if units is not None and record.unit not in units:
                message = msg("“{unit}” neither leads nor supports this task", unit=record.unit)
                if isinstance(of, Duty):
                    message = msg("“{unit}” does not owe this report", unit=record.unit)
                if isinstance(of, Finding):
                    message = msg("this was not found with “{unit}”", unit=record.unit)
                hint = msg("its units are: {known}", known=", ".join(sorted(units)) or "-")
                yield warning(
                    "CCHC505", record.task.span, message, hint=hint, subject=str(record.task),
                    found=str(record.unit),
                )  # fmt: skip


def units_of(context: Context, of: Work, transfers: Sequence[Transfer]) -> set[str] | None:
    """The units that some work concerns; None if they cannot all be known.

    Nobody owes a report to itself.
    """
    if not context.units_known:
        return None
    directory = context.directory
    found: set[str] = set()
    for cell in cells(of):
        read = directory.read(cell) if cell else None
        if read is None:
            continue
        if read.unknown or any(isinstance(m.who, Group) and m.who.open for m in read.mentions):
            return None
        for mention in read.mentions:
            who = mention.who
            found.update(map(str, who.members) if isinstance(who, Group) else [str(who.id)])
    if isinstance(of, Duty):
        found.discard(str(of.to))
    return found | takers(context, transfers, found)


def takers(context: Context, transfers: Sequence[Transfer], first: set[str]) -> set[str]:
    """Those to whom the work of `first` passes, by a document or as a unit ends."""
    found: set[str] = set()
    givers = list(first)
    while givers:
        giver = givers.pop()
        unit = context.directory.units.get(giver)
        takers = {str(transfer.taker) for transfer in transfers if transfer.giver == giver}
        takers |= {str(unit.successor)} if unit and unit.successor else set()
        givers += takers - found
        found |= takers
    return found
