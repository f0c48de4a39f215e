"""The first files of a new office: blanks of the starter texts, and its list of units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cchc_cli.core.founding import Founding, NewUnit, shortest, taken
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import SHARED_FOLDERS
from cchc_cli.syntax.emit import block, scalar
from cchc_cli.syntax.schema import modeline
from cchc_cli.syntax.shapes import ID

_PLAN = "PLAN"  # the folder that is named after the plan


class WrongLine(NamedTuple):
    """What is wrong in a line of a list of units; lines count from 1."""

    number: int
    message: Message


def started(texts: Mapping[str, str], founding: Founding) -> dict[str, str]:
    """The starter texts, filled in, by their paths."""
    plain = {"agency": founding.agency, "plan": founding.plan, "year": str(founding.years.first)}
    in_yaml = {
        "plan": scalar(founding.plan),
        "year": plain["year"],
        "years": shortest(founding.years),
        "office": _office(founding),
        "units": "\n".join(block({"units": [u._asdict() for u in founding.units]}, 0)),
    }
    return {
        path.replace(_PLAN, founding.plan): _filled(
            text, in_yaml if path.endswith(".yaml") else plain
        )
        for path, text in texts.items()
    }


def with_schema(path: str, text: str) -> str:
    """A file of `plans/` with the line by which an editor finds its schema."""
    return modeline(path) + text if path.startswith("plans/") else text


def _office(founding: Founding) -> str:
    """What is known of the office; what is not stands there as a comment to be filled in."""
    known = {"agency": founding.agency, "parent": founding.parent, "place": founding.place}
    return "\n".join(
        next(block({key: value}, 0)) if value else f"#{key}: …" for key, value in known.items()
    )


def _filled(text: str, blanks: Mapping[str, str]) -> str:
    pieces = text.split("«")
    rest = (piece.partition("»") for piece in pieces[1:])
    return pieces[0] + "".join(blanks[name] + after for name, _mark, after in rest)


def read_units(text: str) -> tuple[NewUnit, ...] | WrongLine:
    """Lines “ID: Tên đơn vị”, empty ones and those after “#” left out; or the first wrong one."""
    units: tuple[NewUnit, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _unit(line)
        if isinstance(found, Message):
            return WrongLine(number, found)
        wrong = taken(found, units)
        if wrong is not None:
            return WrongLine(number, wrong)
        units = (*units, found)
    return units


def _unit(line: str) -> NewUnit | Message:
    unit = NewUnit(*(part.strip() for part in line.partition(":")[::2]))
    if not unit.name:
        return msg("write a unit as “ID: name”, such as “VP: Văn phòng Sở”")
    return no_id(unit.id) or unit


def no_plan_id(text: str) -> Message | None:
    """Why the text cannot be the id of a plan, and so the name of its folder; None if it can."""
    if text.casefold() in SHARED_FOLDERS:
        return msg("“{text}” is a folder for what all plans share; take another id", text=text)
    return no_id(text)


def no_id(text: str) -> Message | None:
    """Why the text cannot be the id of a unit or plan; None if it can."""
    assert ID.parse is not None
    if ID.parse(text) is not None:
        return None
    return msg("“{text}” is no id: letters without marks, digits, “.”, “-” and “_” only", text=text)
