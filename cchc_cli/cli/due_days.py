"""The answer of verbs after which something is due on other days, or on none."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_cli.core.deadlines.terms import WAITS
from cchc_cli.core.message import Message, msg
from cchc_cli.core.schedule import Scheduled


def days_told(name: str, words: str | None, scheduled: Scheduled) -> Iterator[Message]:
    """Each due day that the `words` of something give, or why they give none."""
    for found in scheduled.occurrences:
        if found.due is not None:
            yield msg("{task} ({period}): due {due}", task=name, period=found.period,
                      due=found.due)  # fmt: skip
        else:
            why = found.steps[-1].message if found.steps else msg("the text gives no last day")
            yield msg("{task} ({period}): no due day: {why}", task=name, period=found.period,
                      why=why)  # fmt: skip
    for problem in scheduled.resolution.problems:
        yield msg("{task}: no due day: {why}", task=name, why=problem)
    if not scheduled.occurrences and not scheduled.resolution.problems:
        why = (
            msg("the event has not happened yet")
            if scheduled.deadline.kind in WAITS
            else msg("its deadline “{text}” gives none", text=words or "-")
        )
        yield msg("{task}: no due day: {why}", task=name, why=why)
