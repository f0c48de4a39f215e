"""The words for statuses, roles and kinds."""

from __future__ import annotations

from collections.abc import Mapping

from cchc_cli.core.agenda import Item
from cchc_cli.core.deadlines.terms import Kind
from cchc_cli.core.message import Message, msg
from cchc_cli.core.status import NAMES, Standing, Status
from cchc_cli.core.units import Role
from cchc_cli.i18n import say
from cchc_cli.render.width import one_line

STATUS: Mapping[Status, Message] = NAMES

ROLE: dict[Role, Message] = {Role.LEAD: msg("lead"), Role.SUPPORT: msg("support")}

KIND: dict[Kind, Message] = {
    Kind.DAY: msg("fixed day"),
    Kind.PERIOD: msg("calendar period"),
    Kind.RANGE: msg("from–to"),
    Kind.OPEN: msg("open-ended"),
    Kind.EACH: msg("recurring"),
    Kind.CONTINUOUS: msg("continuous"),
    Kind.EVENT: msg("waits for an event"),
    Kind.OFFSET: msg("counted from an event"),
    Kind.UNKNOWN: msg("not understood"),
}


def status(standing: Standing) -> str:
    """A status with its days: "quá hạn 12 ngày", "còn 3 ngày"."""
    days = standing.days
    match standing.status:
        case Status.OVERDUE if days is not None:
            return say(msg("overdue by {time}", time=_days(days)))
        case Status.DUE_SOON if days == 0:
            return say(msg("due today"))
        case Status.DUE_SOON if days is not None:
            return say(msg("due in {time}", time=_days(days)))
        case Status.DONE_LATE if days is not None:
            return say(msg("done {time} late", time=_days(days)))
    return say(STATUS[standing.status])


def _days(count: int) -> Message:
    return msg("1 day") if count == 1 else msg("{count} days", count=count)


def who(item: Item) -> str:
    """The unit of an item, or the group that stands for units nobody has named."""
    if item.unit is not None:
        return str(item.unit.id)
    return one_line(item.assignment.via.name) if item.assignment.via else "-"


def part(item: Item) -> str:
    """The role of the unit, the group it is reached through, and whose part it was before."""
    found = say(ROLE[item.assignment.role])
    via = item.assignment.via
    if via is not None:
        found = say(msg("{role}, via “{group}”", role=found, group=one_line(via.name)))
    if item.inherited:
        givers = ", ".join(unit.id for unit in item.inherited)
        found = say(msg("{part} (from {units})", part=found, units=givers))
    return found
