"""How documents name things: plans, periods, and what nobody has told the tracker."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from cchc_cli.core.agenda import Item
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Evidence, Plan, Task
from cchc_cli.core.periods import parse_period
from cchc_cli.core.status import Standing, Status
from cchc_cli.core.units import Role

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Words(NamedTuple):
    """How a document speaks: the core has no language of its own."""

    say: Callable[[Message], str]
    status: Callable[[Standing], str]
    name: Callable[[Status], str]


def stated(text: str | None) -> str | None:
    """Plain text; None for a blank."""
    return str(text) if text and text.strip() else None


def plan_name(plan: Plan) -> str:
    """The plan as its heading names it, "Kế hoạch …"; its id if it has no heading."""
    document = plan.document
    if document is None or not document.subject:
        return str(plan.id)
    return f"{str(document.type).capitalize()} {document.subject}"


def in_words(label: str, events: Mapping[str, str], words: Words) -> str:
    """An occurrence's label in words; "" for a day, which its due day tells already.

    `events` are the names of events by their ids.
    """
    period = parse_period(label)
    if period is not None:
        return words.say(period.name)
    return "" if _DAY.fullmatch(label) else events.get(label, label)


def cell(task: Task, role: Role, items: Iterable[Item], say: Callable[[Message], str]) -> str:
    """Who leads or supports as printed, with those to whom the work has passed on since."""
    printed = str((task.lead if role is Role.LEAD else task.support) or "")
    passed = dict.fromkeys(
        (str(item.unit.name), str(giver.name))
        for item in items
        if item.assignment.role is role and item.unit
        for giver in item.inherited
    )
    notes = (
        say(
            msg("now {taker}", taker=taker)
            if giver == printed
            else msg("{taker} in place of {giver}", taker=taker, giver=giver)
        )
        for taker, giver in passed
    )
    return f"{printed} ({'; '.join(notes)})" if passed else printed


def proof(words: Words, evidence: Evidence) -> str:
    """A document that proves something: its number and day, its title, its file."""
    document = stated(evidence.document)
    if document and evidence.date:
        document = words.say(msg("{document} of {day}", document=document, day=evidence.date))
    pieces = (document, stated(evidence.title), stated(evidence.file))
    return "; ".join(piece for piece in pieces if piece)
