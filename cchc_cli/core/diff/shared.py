"""What all plans share: units, groups, the office, the working calendar, the templates."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from cchc_cli.core.diff.changes import Change, Kind
from cchc_cli.core.diff.records import Family, bare, compared, pairs
from cchc_cli.core.model import Group, Unit, Workspace
from cchc_cli.core.workdays import CalendarYear

_GROUPS = Family(Kind.GROUP_ADDED, Kind.GROUP_REMOVED, Kind.GROUP_CHANGED)
_DAYS = Family(
    Kind.CALENDAR_DAY_ADDED, Kind.CALENDAR_DAY_REMOVED, Kind.CALENDAR_DAY_CHANGED
)  # fmt: skip


class MarkedDay(NamedTuple):
    """A day that differs from the weekly pattern: `worked` or closed, why, by which document."""

    day: date
    name: str
    source: str
    worked: bool = False


def changes_of(before: Workspace, after: Workspace) -> Iterator[Change]:
    """Changes outside the plans."""
    units = pairs(map(_unit, before.units), map(_unit, after.units), lambda unit: str(unit.id))
    for old, new in units:
        yield from _of_unit(old, new)
    groups = pairs(
        map(_group, before.groups), map(_group, after.groups), lambda group: str(group.id)
    )
    yield from compared(groups, _GROUPS, "", lambda group: str(group.id))
    if before.office != after.office:
        yield Change(Kind.OFFICE_CHANGED, "", "", before.office, after.office)
    yield from _of_calendar(before.calendar.years, after.calendar.years)


def _unit(unit: Unit) -> Unit:
    return unit._replace(aliases=tuple(sorted(unit.aliases)))


def _group(group: Group) -> Group:
    """The group with its names and members in an order that says nothing."""
    return group._replace(
        aliases=tuple(sorted(group.aliases)), members=tuple(sorted(group.members))
    )


def _of_unit(old: Unit | None, new: Unit | None) -> Iterator[Change]:
    found = new or old
    assert found is not None
    if old is None or new is None:
        kind = Kind.UNIT_ADDED if old is None else Kind.UNIT_REMOVED
        yield Change(kind, "", str(found.id), old, new, found.span)
        return
    if old.name != new.name:
        yield Change(Kind.UNIT_RENAMED, "", str(new.id), old.name, new.name, new.span)
    if bare(old._replace(name=new.name)) != bare(new):
        kind = Kind.UNIT_CHANGED if old.successor == new.successor else Kind.UNIT_MERGED
        yield Change(kind, "", str(new.id), old, new, new.span)


def _of_calendar(
    before: Mapping[int, CalendarYear], after: Mapping[int, CalendarYear]
) -> Iterator[Change]:
    for year in sorted(before.keys() | after.keys()):
        old, new = before.get(year), after.get(year)
        if old is None or new is None:
            kind = Kind.CALENDAR_ADDED if old is None else Kind.CALENDAR_REMOVED
            yield Change(kind, "", str(year), old, new)
            continue
        if old.rest != new.rest:
            was, now = _weekdays(old), _weekdays(new)
            yield Change(Kind.CALENDAR_CHANGED, "", str(year), was, now)
        both = pairs(_days(old), _days(new), lambda day: (day.day, day.worked))
        yield from compared(both, _DAYS, "", lambda day: day.day.isoformat())


def _weekdays(year: CalendarYear) -> tuple[str, ...]:
    return tuple(calendar.day_name[day].lower() for day in sorted(year.rest))


def _days(year: CalendarYear) -> Iterator[MarkedDay]:
    yield from (MarkedDay(day.day, day.name, day.source) for day in year.closed)
    yield from (MarkedDay(day.day, day.name, day.source, worked=True) for day in year.working)


def of_templates(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[Change]:
    """Templates by name; of their content only that it differs."""
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None:
            yield Change(Kind.TEMPLATE_ADDED, "", name, None, None)
        elif new is None:
            yield Change(Kind.TEMPLATE_REMOVED, "", name, None, None)
        elif _content(name, old) != _content(name, new):
            yield Change(Kind.TEMPLATE_CHANGED, "", name, None, None)


def _content(name: str, content: bytes) -> bytes:
    """A text without the line ends of one system or another."""
    return content if name.endswith(".docx") else content.replace(b"\r\n", b"\n")
