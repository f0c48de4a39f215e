"""What a new office says of itself before it has a plan."""

from __future__ import annotations

from typing import NamedTuple

from cchc_cli.core.message import Message, msg
from cchc_cli.core.periods import Years
from cchc_cli.core.wording import fold


class NewUnit(NamedTuple):
    """A unit to begin with."""

    id: str
    name: str


class Founding(NamedTuple):
    """An office and the plan that it will enter; `years` is the plan’s period."""

    agency: str
    parent: str
    place: str
    plan: str
    years: Years
    units: tuple[NewUnit, ...]


def taken(unit: NewUnit, units: tuple[NewUnit, ...]) -> Message | None:
    """Why the unit cannot stand beside `units`; None if it can."""
    for other in units:
        if other.id.casefold() == unit.id.casefold():
            return msg("the id “{id}” is given twice", id=unit.id)
        if fold(other.name) == fold(unit.name):
            return msg("{first} and {second} share the name “{name}”", first=other.id,
                       second=unit.id, name=unit.name)  # fmt: skip
    return None


def shortest(years: Years) -> str:
    """A plan’s period as people write it: 2026-2030, or 2026 alone."""
    return str(years) if years.first != years.last else str(years.first)
