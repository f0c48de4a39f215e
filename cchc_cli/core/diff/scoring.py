"""Scoring: lists of criteria, by which list a year is scored, what was declared and appraised.

Another rule, maximum or threshold weakens, whichever way it goes: what a year has been promised or
judged by is no longer the same. So does whatever is gone or altered of what was declared or given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from cchc_cli.core.diff.changes import Change, Kind
from cchc_cli.core.diff.records import Family, altered, bare, between, pairs
from cchc_cli.core.model import (
    CriteriaList,
    Criterion,
    Declared,
    Round,
    Workspace,
    YearOfScores,
)

_LISTS = Family(Kind.CRITERIA_ADDED, Kind.CRITERIA_REMOVED, Kind.CRITERIA_CHANGED)
_CRITERIA = Family(Kind.CRITERION_ADDED, Kind.CRITERION_REMOVED, Kind.CRITERION_CHANGED)
_DECLARED = Family(Kind.DECLARED_ADDED, Kind.DECLARED_REMOVED, Kind.DECLARED_CHANGED)
_ROUNDS = Family(Kind.ROUND_ADDED, Kind.ROUND_REMOVED, Kind.ROUND_CHANGED)


class _Outline(NamedTuple):
    """A list without its criteria; `fields` are names with their maxima."""

    name: str
    period: str
    total: Decimal
    decimals: int | None
    authority: str | None
    example: bool
    fields: tuple[tuple[str, Decimal], ...]


def changes_of(before: Workspace, after: Workspace) -> Iterator[Change]:
    """Changes of the files in `plans/scoring`."""
    for old, new in pairs(before.criteria, after.criteria, lambda one: str(one.id)):
        yield from _of_list(old, new)
    for was, now in pairs(before.scores, after.scores, lambda one: one.year):
        yield from _of_year(was, now)


def _of_list(old: CriteriaList | None, new: CriteriaList | None) -> Iterator[Change]:
    found = new or old
    assert found is not None
    name = str(found.id)
    for change in between(_outline(old), _outline(new), _LISTS, "", name):
        weakens = change.before is not None and not _only_named(change)
        yield change._replace(span=found.span, weakens=weakens)
    if old is None or new is None:
        return  # the criteria come and go with it
    for was, now in pairs(_flat(old), _flat(new), lambda one: str(one.id)):
        one = now or was
        assert one is not None
        for change in between(was, now, _CRITERIA, "", f"{name} {one.id}"):
            lost = was is not None and (
                now is None or bare(was._replace(name=now.name)) != bare(now)
            )
            yield change._replace(weakens=lost)


def _outline(listed: CriteriaList | None) -> _Outline | None:
    if listed is None:
        return None
    fields = tuple((str(area.name), area.maximum) for area in listed.fields)
    return _Outline(
        listed.name, str(listed.period), listed.total, listed.decimals, listed.authority,
        listed.example, fields,
    )  # fmt: skip


def _only_named(change: Change) -> bool:
    """Whether a list, still there, is only called otherwise."""
    old, new = change.before, change.after
    return (
        isinstance(old, _Outline)
        and isinstance(new, _Outline)
        and old._replace(name=new.name) == new
    )


def _flat(listed: CriteriaList) -> Iterator[Criterion]:
    for area in listed.fields:
        for criterion in area.criteria:
            yield criterion._replace(parts=())
            yield from criterion.parts


def _of_year(old: YearOfScores | None, new: YearOfScores | None) -> Iterator[Change]:
    found = new or old
    assert found is not None
    year = str(found.year)
    was, now = (str(one.criteria) if one else None for one in (old, new))
    if was != now:
        yield Change(Kind.SCORED_BY_CHANGED, "", year, was, now, found.span, was is not None)
    yield from _of_declared(year, old.declared if old else (), new.declared if new else ())
    rounds = pairs(
        map(_round, old.rounds if old else ()), map(_round, new.rounds if new else ()),
        lambda one: str(one.id),
    )  # fmt: skip
    for before, after in rounds:
        given = after or before
        assert given is not None
        for change in between(before, after, _ROUNDS, "", f"{year} {given.id}"):
            yield change._replace(weakens=not _only_more(before, after))


def _of_declared(
    year: str, before: Iterable[Declared], after: Iterable[Declared]
) -> Iterator[Change]:
    """Entries are added, never changed: one that is gone or altered is told."""
    for old, new in altered(before, after, lambda one: str(one.criterion)):
        one = new or old
        assert one is not None
        for change in between(old, new, _DECLARED, "", f"{year} {one.criterion}"):
            yield change._replace(weakens=old is not None)


def _round(given: Round) -> Round:
    return given._replace(scores=tuple(bare(one) for one in given.scores))


def _only_more(before: Round | None, after: Round | None) -> bool:
    """Whether nothing of a round is gone or altered."""
    if before is None or after is None:
        return before is None
    kept = after.scores[: len(before.scores)] == before.scores
    return kept and bare(before._replace(scores=())) == bare(after._replace(scores=()))
