"""What a change means for the occurrences of a task, in one sentence."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from cchc_cli.core.diff.changes import Effect, Shift, Slot
from cchc_cli.core.message import Message, msg
from cchc_cli.core.status import Status
from cchc_cli.i18n import day, say
from cchc_cli.render.labels import STATUS

_SHOWN = 6  # occurrences whose days are written out


def sentence(effect: Effect | None, shown: Callable[[str], str]) -> str:
    """ "hạn lùi 3 tháng, 4 kỳ bị ảnh hưởng, kỳ 2022 đang quá hạn sẽ hết quá hạn, đơn vị VP".

    `shown` is how a name of the plan is shown.
    """
    if effect is None:
        return ""
    pieces = [*_moves(effect), *_comings(effect), *_flips(effect)]
    if effect.units:
        units = msg("unit {units}") if len(effect.units) == 1 else msg("units {units}")
        pieces.append(say(Message(units.template, {"units": shown(", ".join(effect.units))})))
    return ", ".join(pieces)


def moved_days(effect: Effect | None) -> list[str]:
    """The days of what has moved, of many the first ones."""
    moved = _moved(effect) if effect else []
    days = [f"{_period(s)}: {_day(s.before)} → {_day(s.after)}" for s in moved[:_SHOWN]]
    more = ["…"] if len(moved) > _SHOWN else []
    return ["; ".join([*days, *more])] if days else []


def _moved(effect: Effect) -> list[Shift]:
    return [shift for shift in effect.shifts if shift.moved]


def _period(shift: Shift) -> str:
    before, after = (slot.period if slot else "" for slot in (shift.before, shift.after))
    return after or before if not (before and after) or before == after else f"{before} → {after}"


def _day(slot: Slot | None) -> str:
    return day(slot.due) if slot and slot.due else "–"


def _moves(effect: Effect) -> Iterator[str]:
    moved = _moved(effect)
    dated = [
        (shift.before.due, shift.after.due)
        for shift in moved
        if shift.before and shift.after and shift.before.due and shift.after.due
    ]
    if dated:
        yield say(_by_how_much(dated))
    if moved:
        one = msg("1 occurrence affected")
        yield say(one if len(moved) == 1 else msg("{count} occurrences affected", count=len(moved)))
    gained = [s for s in moved if s.before and s.before.due is None]
    lost = [s for s in moved if s.after and s.after.due is None]
    for shifts, said in (
        (gained, msg("period {periods} has a due day now")),
        (lost, msg("period {periods} has no due day any more")),
    ):
        if shifts:
            yield say(Message(said.template, {"periods": _periods(shifts)}))


def _by_how_much(dated: list[tuple[date, date]]) -> Message:
    """The move in months where it is whole months, else in days."""
    months = {_months(before, after) for before, after in dated}
    days = sorted({(after - before).days for before, after in dated})
    least, most = days[0], days[-1]
    if len(months) == 1 and (count := months.pop()):
        words = msg("1 month") if abs(count) == 1 else msg("{count} months", count=abs(count))
        return _moved_by(words, later=count > 0)
    if least == most:
        words = msg("1 day") if abs(most) == 1 else msg("{count} days", count=abs(most))
        return _moved_by(words, later=most > 0)
    if least > 0 or most < 0:
        nearest, furthest = sorted((abs(least), abs(most)))
        words = msg("{least} to {most} days", least=nearest, most=furthest)
        return _moved_by(words, later=least > 0)
    return msg("due days moved, some earlier and some later")


def _moved_by(words: Message, *, later: bool) -> Message:
    if later:
        return msg("due {time} later", time=words)
    return msg("due {time} earlier", time=words)


def _months(before: date, after: date) -> int:
    """Whole months from one day to another, the last of a month to the last; 0 if none."""
    ends = all(d.day == calendar.monthrange(d.year, d.month)[1] for d in (before, after))
    if before.day != after.day and not ends:
        return 0
    return (after.year - before.year) * 12 + after.month - before.month


def _comings(effect: Effect) -> Iterator[str]:
    """Occurrences that are new or gone."""
    come = [shift for shift in effect.shifts if shift.before is None]
    gone = [shift for shift in effect.shifts if shift.after is None]
    for shifts, one, many in (
        (come, msg("1 occurrence more ({periods})"), msg("{count} occurrences more ({periods})")),
        (gone, msg("1 occurrence less ({periods})"), msg("{count} occurrences less ({periods})")),
    ):
        if shifts:
            said = one if len(shifts) == 1 else many
            values = {"count": len(shifts), "periods": _periods(shifts)}
            yield say(Message(said.template, values))


def _flips(effect: Effect) -> Iterator[str]:
    """Periods by what happens to their status; of what is new or gone only if it is overdue."""
    found: dict[tuple[Status | None, Status | None], dict[Shift, None]] = {}
    for shift in effect.shifts:
        for flip in shift.flips:
            stays = flip.before is not None and flip.after is not None
            alone = shift.before is None or shift.after is None
            if stays or (alone and Status.OVERDUE in flip):
                found.setdefault((flip.before, flip.after), {})[shift] = None
    for (before, after), shifts in found.items():
        said = _flipped(before, after)
        values: dict[str, object] = {"periods": _periods(shifts)}
        values |= {name: STATUS[s] for name, s in (("before", before), ("after", after)) if s}
        yield say(Message(said.template, values))


def _flipped(before: Status | None, after: Status | None) -> Message:
    if after is None:
        return msg("period {periods} is overdue and will be gone")
    if before is None:
        return msg("period {periods} will be overdue from the start")
    if after is Status.OVERDUE:
        return msg("period {periods} will be overdue")
    if before is Status.OVERDUE:
        return msg("period {periods} is overdue and no longer will be ({after})")
    return msg("period {periods}: {before} → {after}")


def _periods(shifts: Iterable[Shift]) -> str:
    names = [_period(shift) for shift in shifts]
    return ", ".join(names[:_SHOWN] + (["…"] if len(names) > _SHOWN else []))
