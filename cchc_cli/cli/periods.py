"""Which period a command is about, and the plan whose years hold it."""

from __future__ import annotations

import typer

from cchc_cli.cli.settings import Opened, chosen_plans, warn_of_errors
from cchc_cli.core.message import msg
from cchc_cli.core.model import Plan
from cchc_cli.core.periods import Period, parse_period
from cchc_cli.i18n import say
from cchc_cli.store.files import CannotRun


def read_period(text: str, option: str = "--period") -> Period:
    """The period of that label, given by `option`."""
    period = parse_period(text)
    if period is None:
        message = msg("“{text}” is no period; write 2022, 2022-H1, 2022-Q1 or 2022-03", text=text)
        raise typer.BadParameter(say(message), param_hint=option)
    return period


def plan_of(opened: Opened, wanted: str | None, period: Period, option: str = "--period") -> Plan:
    """The only plan whose years hold the period given by `option`, of all or of the one wanted."""
    plans = readable_plans(opened, wanted)
    fitting = [plan for plan in plans if period.year in plan.period]
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(f"{plan.id} ({plan.period})" for plan in fitting or plans)
    message = (
        msg("several plans hold the year {year}: {known}", year=period.year, known=known)
        if fitting
        else msg("no plan holds the year {year}; there are: {known}", year=period.year, known=known)
    )
    raise typer.BadParameter(say(message), param_hint="--plan" if fitting else option)


def readable_plans(opened: Opened, wanted: str | None) -> list[Plan]:
    """The plan with that id, or all plans; there is one at least."""
    plans = chosen_plans(opened, wanted)
    if not plans:
        warn_of_errors(opened)
        raise CannotRun(msg("no plan can be read"), msg("run “cchc validate” to see why"))
    return plans
