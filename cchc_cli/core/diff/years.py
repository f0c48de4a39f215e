"""What differs in the inspections and the communication of the years of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from cchc_cli.core.diff.changes import Change, Kind, Words
from cchc_cli.core.diff.effects import Outlook, effect, undisturbed, weakens
from cchc_cli.core.diff.records import Family, bare, between, compared, pairs
from cchc_cli.core.model import Activity, Communication, Finding, Held, Inspection, Plan, Visit

_VISITS = Family(Kind.VISIT_ADDED, Kind.VISIT_REMOVED, Kind.VISIT_CHANGED)
_FINDINGS = Family(Kind.FINDING_ADDED, Kind.FINDING_REMOVED, Kind.FINDING_CHANGED)
_ACTIVITIES = Family(Kind.ACTIVITY_ADDED, Kind.ACTIVITY_REMOVED, Kind.ACTIVITY_CHANGED)
_HELD = Family(Kind.HELD_ADDED, Kind.HELD_REMOVED, Kind.HELD_CHANGED)


def changes_of(name: str, before: Outlook, after: Outlook) -> Iterator[Change]:
    """Year by year what is said of it, then visits, findings, activities and each time held."""
    was, now = before.plan, after.plan
    yield from _heads(name, was, now)
    for change in compared(pairs(_visits(was), _visits(now), _id), _VISITS, name, _id):
        yield change._replace(weakens=_no_longer_held(change))
    for old, new in pairs(was.findings, now.findings, _id):
        yield from _of_finding(name, before, after, old, new)
    for one, other in pairs(_activities(was), _activities(now), _id):
        yield from _of_activity(name, one, other)


def _id(record: Visit | Finding | Activity) -> str:
    return str(record.id)


def _heads(name: str, was: Plan, now: Plan) -> Iterator[Change]:
    """What a file says of its year as a whole; a year without a file says nothing."""
    inspections = _inspections(was), _inspections(now)
    communications = _communications(was), _communications(now)
    for kind, (old, new) in (
        (Kind.INSPECTION_CHANGED, inspections),
        (Kind.COMMUNICATION_CHANGED, communications),
    ):
        for year in sorted(old.keys() | new.keys()):
            found = (new.get(year) or old[year]).span
            empty = (Inspection if old is inspections[0] else Communication)(year, found)
            sides = old.get(year, empty), new.get(year, empty)
            if bare(sides[0]) != bare(sides[1]):
                yield Change(kind, name, str(year), *sides, found)


def _inspections(plan: Plan) -> dict[int, Inspection | Communication]:
    return {one.year: one._replace(visits=()) for one in plan.inspections}


def _communications(plan: Plan) -> dict[int, Inspection | Communication]:
    return {
        one.year: one._replace(activities=(), channels=tuple(map(bare, one.channels)))
        for one in plan.communications
    }


def _visits(plan: Plan) -> Iterator[Visit]:
    for inspection in plan.inspections:
        yield from (visit._replace(findings=()) for visit in inspection.visits)


def _activities(plan: Plan) -> Iterator[Activity]:
    for communication in plan.communications:
        yield from communication.activities


def _no_longer_held(change: Change) -> bool:
    """Whether a visit that was held no longer was."""
    was, now = (
        side.held_on if isinstance(side, Visit) else None for side in (change.before, change.after)
    )
    return was is not None and now is None


def _of_finding(
    name: str, before: Outlook, after: Outlook, old: Finding | None, new: Finding | None
) -> Iterator[Change]:
    """A finding that is gone, asks for less or has more time weakens accountability."""
    stands = undisturbed(before, after, old, new)
    follows = None if stands else effect(before, after, old, new)
    lost = weakens(follows, after.as_of) or _softer(before, after, old, new)
    found = new or old
    assert found is not None
    for change in between(_own(old), _own(new), _FINDINGS, name, _id(found)):
        yield change._replace(weakens=lost, effect=follows)
        follows = None
    if follows is not None and old is not None and new is not None:
        yield Change(
            Kind.DEADLINE_CHANGED, name, str(new.id), Words(old.deadline), Words(new.deadline),
            new.span, weakens(follows, after.as_of), follows,
        )  # fmt: skip


def _own(finding: Finding | None) -> Finding | None:
    """Without what it has from its visit, which is told there."""
    return finding and finding._replace(found_on=None)


def _softer(before: Outlook, after: Outlook, old: Finding | None, new: Finding | None) -> bool:
    if old is None or new is None:
        return new is None
    was, now = _last(before, old), _last(after, new)
    later = was is not None and (now is None or now > was)
    return (later and old.deadline != new.deadline) or (bool(old.measure) and not new.measure)


def _last(side: Outlook, finding: Finding) -> date | None:
    return max((o.due for o in side.occurrences(finding) if o.due), default=None)


def _of_activity(name: str, old: Activity | None, new: Activity | None) -> Iterator[Change]:
    found = new or old
    assert found is not None
    was, now = (side and side._replace(held=()) for side in (old, new))
    yield from between(was, now, _ACTIVITIES, name, _id(found))
    for one, other in pairs(_held(old), _held(new), lambda held: held.on):
        for change in between(one, other, _HELD, name, _id(found)):
            yield change._replace(weakens=not _keeps(one, other))


def _held(activity: Activity | None) -> Iterable[Held]:
    return activity.held if activity else ()


def _keeps(old: Held | None, new: Held | None) -> bool:
    """Whether all that was said of a time is still said."""
    if old is None or new is None:
        return old is None
    return all(was in (None, (), now) for was, now in zip(bare(old), bare(new), strict=True))
