"""Which part of the agenda is asked for: the filters of `due`, `list`, `export` and `calendar`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.settings import Opened, chosen_field, chosen_plans, chosen_unit, one_of, today
from cchc_cli.core.agenda import Agenda, Item, by_urgency
from cchc_cli.core.schedule import Schedule
from cchc_cli.core.status import Status
from cchc_cli.core.units import Role
from cchc_cli.i18n import _

_HELP_STATUS = _("only this status; may be repeated: ") + ", ".join(s.value for s in Status)

_ROLES = ("lead", "support", "any")
RoleOption = Annotated[str, typer.Option(help=" | ".join(_ROLES))]
WithinOption = Annotated[
    int | None, typer.Option(min=0, help=_("count as due soon from so many days ahead"))
]
StatusOption = Annotated[list[str] | None, typer.Option(help=_HELP_STATUS, metavar=_("STATUS"))]


def a_role(text: str) -> Role | None:
    """The role of that name; None for any."""
    one_of(text, _ROLES, "--role")
    return None if text == "any" else Role(text)


class Filters(NamedTuple):
    """The filters as given on the command line; `default` is shown where no status is named."""

    unit: str | None
    role: str
    field: str | None
    as_of: date | None
    within: int | None
    status: list[str] | None
    plan: str | None
    default: tuple[Status, ...]


class Selection(NamedTuple):
    """The items of the units, roles, fields and plans asked for; `shown` have the status, too."""

    as_of: date
    items: list[Item]
    shown: list[Item]
    agendas: list[Agenda]

    @property
    def schedules(self) -> list[Schedule]:
        """The schedule of every plan."""
        return [agenda.schedule for agenda in self.agendas]


def select(opened: Opened, filters: Filters) -> Selection:
    """What the filters leave, the most urgent first."""
    plans = chosen_plans(opened, filters.plan)
    unit = chosen_unit(opened, filters.unit)
    area = chosen_field(plans, filters.field)
    role = a_role(filters.role)
    known = tuple(status.value for status in Status)
    named = [Status(one_of(name, known, "--status")) for name in filters.status or []]
    as_of = filters.as_of or today()
    agendas = opened.agendas(plans, as_of, filters.within)
    items = [i for agenda in agendas for i in agenda.items(unit=unit, role=role, field=area)]
    visible = named or filters.default
    shown = by_urgency(item for item in items if item.status in visible)
    return Selection(as_of, items, shown, agendas)
