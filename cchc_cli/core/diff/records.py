"""Records compared by what they say, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from cchc_cli.core.diff.changes import Change, Kind
from cchc_cli.core.model import Addition, Amendment, Progress
from cchc_cli.core.source import Span, Text

R = TypeVar("R", bound=tuple[Any, ...])
NOWHERE = Span("")
ANY = Text("", NOWHERE)  # in place of a task’s id, which may have become another


class Family(NamedTuple):
    """The kinds of change that a record of one sort can undergo."""

    added: Kind
    removed: Kind
    changed: Kind


def task_of(one: Amendment | Progress) -> str:
    """The id of the task that a document or an entry is about."""
    return str(one.task.id if isinstance(one, Addition) else one.task)


def bare(record: R) -> R:
    """The record without its place."""
    anything: Any = record
    without: R = anything._replace(span=NOWHERE) if hasattr(record, "span") else record
    return without


def keyed(records: Iterable[R], name: Callable[[R], Hashable]) -> dict[tuple[Hashable, int], R]:
    """Records by name and, where a name is given twice, by which of them."""
    found: dict[tuple[Hashable, int], R] = {}
    for record in records:
        key, count = name(record), 0
        while (key, count) in found:
            count += 1
        found[key, count] = record
    return found


def pairs(
    before: Iterable[R], after: Iterable[R], name: Callable[[R], Hashable]
) -> Iterator[tuple[R | None, R | None]]:
    """Records of the same name side by side, in the later order; what is gone comes last."""
    old, new = keyed(before, name), keyed(after, name)
    for key, record in new.items():
        yield old.get(key), record
    for key, record in old.items():
        if key not in new:
            yield record, None


def altered(
    before: Iterable[R], after: Iterable[R], name: Callable[[R], Hashable]
) -> Iterator[tuple[R | None, R | None]]:
    """As `pairs`, of those records alone that do not stand on both sides as they are."""
    exact = list(pairs(before, after, bare))
    gone = [old for old, new in exact if old is not None and new is None]
    come = [new for old, new in exact if old is None and new is not None]
    return pairs(gone, come, name)


def compared(
    sides: Iterable[tuple[R | None, R | None]],
    family: Family,
    plan: str,
    subject: Callable[[R], str],
) -> Iterator[Change]:
    """One change for each pair that differs."""
    for old, new in sides:
        found = new if new is not None else old
        if found is not None:
            yield from between(old, new, family, plan, subject(found))


def between(
    old: tuple[Any, ...] | None,
    new: tuple[Any, ...] | None,
    family: Family,
    plan: str,
    subject: str,
) -> Iterator[Change]:
    """The change from one record to the other, if they differ."""
    place = getattr(old if new is None else new, "span", None)
    if old is None:
        yield Change(family.added, plan, subject, None, new, place)
    elif new is None:
        yield Change(family.removed, plan, subject, old, None, place)
    elif old is not new and bare(old) != bare(new):
        yield Change(family.changed, plan, subject, old, new, place)
