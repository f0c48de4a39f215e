"""Communication: held in the year of its file, by the unit that the plan charges with it."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_cli.core.checks.context import Context
from cchc_cli.core.checks.progress import takers
from cchc_cli.core.communication import units_in_charge
from cchc_cli.core.diagnostics import Diagnostic, error, warning
from cchc_cli.core.message import msg
from cchc_cli.core.model import Communication
from cchc_cli.core.source import Text


def check_held_days(context: Context) -> Iterator[Diagnostic]:
    """What was held was held in the year of its file."""
    for _base, plan in context.plans:
        for communication in plan.communications:
            for activity in communication.activities:
                for held in activity.held:
                    if held.on.year != communication.year:
                        message = msg("held on {day}, but the file is of the year {year}",
                                      day=held.on, year=communication.year)  # fmt: skip
                        hint = msg("mend the day, or move it to the file of that year")
                        yield error(
                            "CCHC508", held.span, message, hint=hint, subject=str(activity.id),
                            found=held.on.isoformat(),
                        )  # fmt: skip


def check_charged(context: Context) -> Iterator[Diagnostic]:
    """An activity is of the unit that the plan charges with communication, or of its successor."""
    for base, plan in context.plans:
        sound = context.whole(f"{base}plan.yaml") and context.tasks_known(base, plan)
        if not (sound and context.units_known):
            continue
        for communication in plan.communications:
            charged = set(units_in_charge(plan, communication, context.directory))
            allowed = charged | takers(context, (), charged)
            for activity in communication.activities:
                unit = activity.unit
                if charged and unit in context.directory.units and unit not in allowed:
                    yield _not_charged(communication, activity.id, unit, charged)


def _not_charged(
    communication: Communication, activity: Text, unit: Text | None, charged: set[str]
) -> Diagnostic:
    assert unit is not None
    message = msg("“{unit}” holds this activity, but the plan charges {charged} with communication "
                  "({task})", unit=unit, charged=", ".join(sorted(charged)),
                  task=communication.task or "-")  # fmt: skip
    return warning("CCHC211", unit.span, message, subject=str(activity), found=str(unit))
