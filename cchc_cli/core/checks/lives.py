"""The lives of units: each begins before it ends, works only in between, and has a successor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from cchc_cli.core.agenda import Work
from cchc_cli.core.checks.context import Context
from cchc_cli.core.checks.references import cells
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.diagnostics import Diagnostic, Related, error, warning
from cchc_cli.core.handover import Handovers
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Group, Plan, Unit
from cchc_cli.core.source import Span, Text


def check_lives(context: Context) -> Iterator[Diagnostic]:
    """A unit does not end before it begins, and its successor is there on the day after."""
    units = context.directory.units
    for unit in context.workspace.units:
        if _is_backwards(unit):
            message = msg("“{unit}” exists from {start} on, but only until {end}",
                          unit=unit.id, start=unit.valid_from, end=unit.valid_until)  # fmt: skip
            yield error(
                "CCHC210", unit.id.span, message, hint=msg("mend “valid_from” or “valid_until”"),
                subject=str(unit.id), found="valid_from",
            )  # fmt: skip
            continue
        successor = units.get(str(unit.successor))
        begins = successor.valid_from if successor else None
        if successor is not None and _leaves_gap(unit.valid_until, begins):
            assert unit.successor is not None
            message = msg(
                "“{unit}” exists until {end}, its successor “{successor}” from {start} on",
                unit=unit.id, end=unit.valid_until, successor=successor.id, start=begins,
            )  # fmt: skip
            yield warning(
                "CCHC204", unit.successor.span, message,
                hint=msg("nobody is in charge in between: mend one of the two days"),
                subject=str(unit.id), found=str(successor.id),
            )  # fmt: skip


def _is_backwards(unit: Unit) -> bool:
    """Whether a unit ends before it begins."""
    return bool(unit.valid_from and unit.valid_until and unit.valid_until < unit.valid_from)


def _leaves_gap(last: date | None, first: date | None) -> bool:
    return last is not None and first is not None and first - last > timedelta(days=1)


def check_successors(context: Context) -> Iterator[Diagnostic]:
    """Successors lead to a unit that carries on, never in a circle."""
    for circle in _circles(context.directory.units):
        first, *others = circle
        assert first.successor is not None
        chain = " → ".join(str(unit.id) for unit in (*circle, first))
        related = tuple(Related(u.successor.span, msg("and on")) for u in others if u.successor)
        message = msg("the successors go in a circle: {chain}", chain=chain)
        yield error(
            "CCHC210", first.successor.span, message,
            hint=msg("delete “successor” where a unit has none"), related=related,
            subject=str(first.id), found=str(first.successor),
        )  # fmt: skip


def _circles(units: Mapping[str, Unit]) -> Iterator[list[Unit]]:
    """Every circle of successors, once."""
    followed: set[str] = set()
    for start in units:
        path: dict[str, Unit] = {}
        current = start
        while current in units and current not in followed and current not in path:
            path[current] = units[current]
            current = str(units[current].successor)
        if current in path:
            yield list(path.values())[list(path).index(current) :]
        followed.update(path)


def check_validity(context: Context) -> Iterator[Diagnostic]:
    """Somebody is there for a part at its time: its unit, or one to whom the work has passed on.

    A unit completes nothing outside its own time. A member that has gone is reported once, where
    its group lists it.
    """
    limited = {
        str(u.id): u
        for u in context.workspace.units
        if (u.valid_from or u.valid_until) and not _is_backwards(u)
    }
    if not limited or not context.units_known:
        return
    said: set[tuple[Span, str]] = set()
    for base, plan in context.plans:
        handovers = Handovers(context.directory.units, plan.transfers, date.max)
        for row, occurrences in _rows(context, base, plan):
            for finding in _of_row(context, row, occurrences, limited, handovers):
                key = (finding.span, finding.found)
                if key not in said:
                    said.add(key)
                    yield finding
        yield from _completed_out_of_time(plan, limited)


def _rows(context: Context, base: str, plan: Plan) -> Iterator[tuple[Work, tuple[Occurrence, ...]]]:
    """All work with the times at which it is to be done."""
    for task, scheduled in context.scheduled(base):
        yield task, scheduled.occurrences
    for duty in plan.duties:
        yield duty, context.schedule(base).of_duty(duty)
    for finding in plan.findings:
        yield finding, context.schedule(base).of_finding(finding).occurrences


def _of_row(
    context: Context,
    row: Work,
    occurrences: Iterable[Occurrence],
    limited: Mapping[str, Unit],
    handovers: Handovers,
) -> Iterator[Diagnostic]:
    """The units, named or members of groups, that are not there at the time, nor any heir."""
    for cell in cells(row):
        for mention in context.directory.read(cell).mentions if cell else ():
            for unit, member in _among(mention.who, limited):
                found = _out_of_time(unit, row, occurrences, handovers)
                if found is None or cell is None:
                    continue
                message, hint = found
                place = context.locate(cell, mention.start, mention.end)
                related: tuple[Related, ...] = ()
                subject = str(row.id)
                if member is not None:
                    related = (Related(place, msg("named here")),)
                    place, subject = member.span, str(mention.who.id)
                yield warning(
                    "CCHC204", place, message, hint=hint, related=related,
                    subject=subject, found=str(unit.id),
                )  # fmt: skip


def _among(who: Unit | Group, limited: Mapping[str, Unit]) -> Iterator[tuple[Unit, Text | None]]:
    """Those of `limited` whom a name means, with the place in the group that lists them."""
    if isinstance(who, Unit):
        if who.id in limited:
            yield who, None
    else:
        yield from ((limited[member], member) for member in who.members if member in limited)


def _out_of_time(
    unit: Unit, row: Work, occurrences: Iterable[Occurrence], handovers: Handovers
) -> tuple[Message, Message | None] | None:
    """The first occurrence outside the time of the unit and its heirs, and what to do about it."""
    for occurrence in occurrences:
        day = occurrence.start or occurrence.due
        limit = _limit(unit, day, occurrence.due) if day else None
        if day is None or limit is None:
            continue
        heirs = [unit]
        if _ended(unit, day):  # one who has not begun has given nothing away
            heirs += (step.taker for step in handovers.of(str(row.id), unit, _never_done))
        if any(_limit(heir, day, occurrence.due) is None for heir in heirs):
            continue
        message = msg("{limit}, but {task} is due for period {period}",
                      limit=limit, task=row.id, period=occurrence.period)  # fmt: skip
        return message, _next_step(heirs[-1], row, day) or _successor(unit)
    return None


def _never_done(unit: Unit, day: date) -> bool:
    """Open work is what passes on, and what the units still have to do is open."""
    del unit, day
    return False


def _next_step(last: Unit, row: Work, day: date) -> Message | None:
    """How work finds somebody to do it where the last one who held it has ended, too."""
    if not _ended(last, day):
        return None
    return msg(
        "nobody takes it over: name a successor of “{unit}” in units.yaml, or record who does "
        "this task: cchc transfer {task} --from {unit} --to …",
        unit=last.id, task=row.id,
    )  # fmt: skip


def _completed_out_of_time(plan: Plan, limited: Mapping[str, Unit]) -> Iterator[Diagnostic]:
    for record in plan.progress:
        unit = limited.get(str(record.unit))
        limit = _limit(unit, record.completed_on) if unit and record.completed_on else None
        if unit is not None and limit is not None:
            message = msg("completed on {day}, but {limit}", day=record.completed_on, limit=limit)
            yield warning(
                "CCHC204", record.task.span, message, hint=_successor(unit),
                subject=str(record.task), found=str(unit.id),
            )  # fmt: skip


def _limit(unit: Unit, day: date, last: date | None = None) -> Message | None:
    """Why a unit does not exist on `day`, or up to `last`; None if it does."""
    if _ended(unit, day):
        return msg("“{unit}” exists until {day}", unit=unit.id, day=unit.valid_until)
    if unit.valid_from is not None and (last or day) < unit.valid_from:
        return msg("“{unit}” exists from {day} on", unit=unit.id, day=unit.valid_from)
    return None


def _ended(unit: Unit, day: date) -> bool:
    return unit.valid_until is not None and day > unit.valid_until


def _successor(unit: Unit) -> Message | None:
    if unit.successor is None:
        return None
    return msg("its successor is “{unit}”", unit=unit.successor)
