"""The statistical appendix beside that of the same period of the year before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from cchc_cli.core.model import Channel
from cchc_cli.core.periods import Period
from cchc_cli.core.report import view
from cchc_cli.core.report.cases import Scene
from cchc_cli.core.report.trace import APPENDIX, CHANNELS, Figure, Trace
from cchc_cli.core.report.windows import window


class Earlier(NamedTuple):
    """A period of the year before, as of a day."""

    period: Period
    as_of: date


def year_before(scene: Scene, as_of: date) -> Earlier | None:
    """The same period a year earlier, as of the day that lies as far from the end of its window.

    None where the plan, or the unit, was not there yet: nobody has said anything of that time.
    """
    plan, unit = scene.plan, scene.unit
    period = scene.period._replace(year=scene.period.year - 1)
    last = window(plan, scene.calendar, period).last
    day = last + (as_of - window(plan, scene.calendar, scene.period).last)
    if period.year not in plan.period or (plan.effective and last < plan.effective):
        return None
    if unit is not None and unit.valid_from is not None and day < unit.valid_from:
        return None
    return Earlier(period, day)


def compared(now: Trace, before: Trace, lead: str) -> Mapping[str, view.Compared]:
    """The lines of the statistical appendix by the ids of their figures.

    `lead` is what the ids of the figures about tasks begin with. Those that neither side has are
    there, too, if the appendix always prints their line.
    """
    inspections = [id_ for id_ in (*now, *before) if id_.startswith("inspection.")]
    fixed = [id_ if id_.startswith("inspection.") else f"{lead}{id_}" for id_ in APPENDIX]
    ids = dict.fromkeys((*fixed, *inspections))
    return MappingProxyType({id_: _line(now, before, id_) for id_ in ids})


def channels(now: Trace, before: Trace) -> tuple[view.Channel, ...]:
    """The channels of communication that either side knows, those of now first."""
    known = {str(one.id): one for one in (*_channels(before), *_channels(now))}
    order = dict.fromkeys(str(one.id) for one in (*_channels(now), *_channels(before)))
    return tuple(
        view.Channel(
            id=id_,
            number=f"{CHANNELS}.{place}",
            name=str(known[id_].name),
            measure=str(known[id_].measure) if known[id_].measure else None,
            activities=_line(now, before, f"communication.{id_}.activities"),
            times=_line(now, before, f"communication.{id_}.times"),
            quantity=_line(now, before, f"communication.{id_}.quantity"),
        )
        for place, id_ in enumerate(order, start=1)
    )


def _channels(trace: Trace) -> Iterator[Channel]:
    return (figure.channel for figure in trace.values() if figure.channel is not None)


def _line(now: Trace, before: Trace, id_: str) -> view.Compared:
    return _compared(now.get(id_), before.get(id_))


def _compared(now: Figure | None, before: Figure | None) -> view.Compared:
    value, earlier = now and now.value, before and before.value
    return view.Compared(value, earlier, _difference(value, earlier))


def _difference(now: int | str | None, before: int | str | None) -> str | None:
    """What it is more or less, with its sign; of shares in percentage points."""
    if isinstance(now, int) and isinstance(before, int):
        return f"{now - before:+d}" if now != before else "0"
    if isinstance(now, str) and isinstance(before, str):
        points = (_tenths(now) - _tenths(before)) / 10
        return f"{points:+.1f}".replace(".", ",") if points else "0"
    return None


def _tenths(share: str) -> int:
    """A share as it is printed, "38,5", in tenths of a percent."""
    return int(share.replace(",", ""))
