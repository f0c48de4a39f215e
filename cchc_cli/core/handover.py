"""Who is in charge on a day: work passes on by a document, or as its unit ends.

Only open work passes on. What a unit had completed before stays under its name, and nothing that
was true of a day before the handover changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from cchc_cli.core.model import Transfer, Unit


class Handover(NamedTuple):
    """Work passes from one unit to another; `on` is the first day of the one who takes it."""

    on: date
    giver: Unit
    taker: Unit
    authority: str
    reason: str


class Handovers:
    """All handovers in force on a day, as the plan and the list of units have them."""

    def __init__(
        self, units: Mapping[str, Unit], transfers: Iterable[Transfer], as_of: date
    ) -> None:
        self._ended = {
            name: Handover(unit.valid_until + timedelta(days=1), unit, units[str(unit.successor)],
                           str(unit.authority or ""), str(unit.reason or ""))
            for name, unit in units.items()
            if unit.valid_until is not None and unit.valid_until < as_of
            and str(unit.successor) in units
        }  # fmt: skip
        self._by_task: dict[str, list[Handover]] = {}
        for one in sorted(transfers, key=lambda transfer: transfer.on):
            giver, taker = units.get(str(one.giver)), units.get(str(one.taker))
            if giver is not None and taker is not None and one.on <= as_of:
                passed = Handover(one.on, giver, taker, str(one.authority), str(one.reason))
                self._by_task.setdefault(str(one.task), []).append(passed)

    def __bool__(self) -> bool:
        return bool(self._ended or self._by_task)

    def of(
        self, task: str, unit: Unit, done_by: Callable[[Unit, date], bool]
    ) -> tuple[Handover, ...]:
        """The handovers that work passed through, from `unit` on; none if it was done before.

        `done_by` says whether a unit had completed the work by the end of a day.
        """
        passed: list[Handover] = []
        holder, since = unit, date.min
        while step := self._next(task, holder, since, passed):
            if done_by(holder, step.on - timedelta(days=1)):
                break
            passed.append(step)
            holder, since = step.taker, max(since, step.on)
        return tuple(passed)

    def _next(
        self, task: str, holder: Unit, since: date, passed: list[Handover]
    ) -> Handover | None:
        """The next handover by `holder`, none twice; a unit that had ended hands on at once."""
        given = [s for s in self._by_task.get(task, ()) if s.giver.id == holder.id]
        steps = [step for step in given if step.on >= since]
        steps += [self._ended[str(holder.id)]] if str(holder.id) in self._ended else []
        ahead = (step for step in steps if step not in passed)
        return min(ahead, key=lambda step: step.on, default=None)
