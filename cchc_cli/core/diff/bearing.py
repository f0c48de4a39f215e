"""Which changes of the plans can bear on a report as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from cchc_cli.core.diff.changes import Change, Kind
from cchc_cli.core.diff.compare import compare
from cchc_cli.core.model import Amendment, Event, Plan, Workspace
from cchc_cli.core.progress import known_by

Decided = TypeVar("Decided", bound=Amendment)

_NEVER = (
    Kind.ACKNOWLEDGEMENT_ADDED, Kind.ACKNOWLEDGEMENT_REMOVED, Kind.FROZEN_ADDED,
    Kind.FROZEN_REMOVED, Kind.FROZEN_CHANGED, Kind.CRITERIA_ADDED, Kind.CRITERIA_REMOVED,
    Kind.CRITERIA_CHANGED, Kind.CRITERION_ADDED, Kind.CRITERION_REMOVED, Kind.CRITERION_CHANGED,
    Kind.SCORED_BY_CHANGED, Kind.DECLARED_ADDED, Kind.DECLARED_REMOVED, Kind.DECLARED_CHANGED,
    Kind.ROUND_ADDED, Kind.ROUND_REMOVED, Kind.ROUND_CHANGED,
)  # fmt: skip


def bearing(before: Workspace, after: Workspace, plan: str, as_of: date) -> list[Change]:
    """The changes of a plan, and of what all share, that may.

    What holds or counts from a later day alone does not: an entry, a decision, an event.
    """
    return of_plan(compare(_known(before, as_of), _known(after, as_of), as_of), plan)


def of_plan(changes: Iterable[Change], plan: str) -> list[Change]:
    """The changes of a plan, and of what all share, but those that no report ever tells."""
    return [one for one in changes if one.plan in ("", plan) and one.kind not in _NEVER]


def _known(state: Workspace, as_of: date) -> Workspace:
    """The plans without what does not count by that day."""
    plans = {name: _known_plan(plan, as_of) for name, plan in state.plans.items()}
    return state._replace(plans=plans)


def _known_plan(plan: Plan, as_of: date) -> Plan:
    return plan._replace(
        events=tuple(_awaited(event, as_of) for event in plan.events),
        extensions=_decided(plan.extensions, as_of),
        halts=_decided(plan.halts, as_of),
        transfers=_decided(plan.transfers, as_of),
        rewordings=_decided(plan.rewordings, as_of),
        additions=_decided(plan.additions, as_of),
        progress=tuple(entry for entry in plan.progress if known_by(entry, as_of)),
    )


def _decided(found: Iterable[Decided], as_of: date) -> tuple[Decided, ...]:
    return tuple(one for one in found if one.on <= as_of)


def _awaited(event: Event, as_of: date) -> Event:
    later = event.on is not None and event.on > as_of
    return event._replace(on=None, document=None) if later else event
