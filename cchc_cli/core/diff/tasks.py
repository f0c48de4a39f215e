"""Which task of one state is which of the other, and what its printed row says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cchc_cli.core.diff.changes import Change, Kind
from cchc_cli.core.diff.records import keyed
from cchc_cli.core.model import Task, Unit
from cchc_cli.core.source import Text, span_of
from cchc_cli.core.units import Directory

Key = tuple[object, int]


class Pair(NamedTuple):
    """A task before and after; None where it is not there."""

    before: Task | None
    after: Task | None


class Pairing(NamedTuple):
    """The tasks of a plan in the later order, what is gone at its place.

    `earlier` names the tasks of the earlier state by their later ids where those differ; an id that
    now belongs to another task is made a name of its own.
    """

    pairs: tuple[Pair, ...]
    earlier: Mapping[str, str]


class Cell(NamedTuple):
    """A cell as printed, and the units that it reaches."""

    text: Text
    units: tuple[str, ...]


class Numbering(NamedTuple):
    """The id of a task and its printed number."""

    id: str
    number: str


def paired(before: Iterable[Task], after: Iterable[Task]) -> Pairing:
    """Tasks by id and name; where these disagree, by the name, as a row that was renumbered."""
    old, new = keyed(before, _id), keyed(after, _id)
    same = {key: key for key in new if key in old and _name(old[key]) == _name(new[key])}
    same |= _by_name(
        {key: task for key, task in old.items() if key not in same},
        {key: task for key, task in new.items() if key not in same},
    )
    taken = set(same.values())
    same |= {key: key for key in new if key not in same and key in old and key not in taken}
    kept = set(same.values())
    found = [(key, Pair(old[same[key]] if key in same else None, new[key])) for key in new]
    ordered = _with_the_gone(found, list(old), {key: p for p, key in same.items()}, old, kept)
    return Pairing(tuple(ordered), _earlier(same))


def _id(task: Task) -> str:
    return str(task.id)


def _name(task: Task) -> str:
    return str((task.printed or task).name)


def _by_name(old: Mapping[Key, Task], new: Mapping[Key, Task]) -> dict[Key, Key]:
    """New keys → old keys of tasks with the same name, where only one on each side has it."""
    counts = [Counter(map(_name, side.values())) for side in (old, new)]
    by_name = {_name(task): key for key, task in old.items()}
    return {
        key: by_name[name]
        for key, task in new.items()
        if (name := _name(task)) and all(count[name] == 1 for count in counts)
    }


def _with_the_gone(
    found: list[tuple[Key, Pair]],
    order: list[Key],
    later: Mapping[Key, Key],
    old: Mapping[Key, Task],
    kept: set[Key],
) -> Iterator[Pair]:
    """The pairs, each task that is gone behind the one it followed."""
    behind: dict[Key | None, list[Pair]] = {}
    last: Key | None = None
    for key in order:
        if key in kept:
            last = later[key]
        else:
            behind.setdefault(last, []).append(Pair(old[key], None))
    yield from behind.get(None, ())
    for new_key, pair in found:
        yield pair
        yield from behind.get(new_key, ())


def _earlier(same: Mapping[Key, Key]) -> dict[str, str]:
    changed = {str(was[0]): str(now[0]) for now, was in same.items() if was != now}
    others = {now: f"{now} (before)" for now in changed.values() if now not in changed}
    return changed | others


def changes_of(plan: str, pair: Pair, before: Directory, after: Directory) -> Iterator[Change]:
    """How the printed row differs, but for its deadline."""
    if pair.before is None or pair.after is None:
        return
    old, new = pair.before.printed or pair.before, pair.after.printed or pair.after
    subject = str(new.id)

    def change(kind: Kind, was: object, now: object, *, weakens: bool = False) -> Change:
        return Change(kind, plan, subject, was, now, span_of(now, new.span), weakens)

    if (old.id, old.number) != (new.id, new.number):
        yield change(Kind.TASK_RENUMBERED, _numbering(old), _numbering(new))
    if old.field != new.field:
        yield change(Kind.TASK_MOVED, old.field, new.field)
    if old.parent != new.parent:
        gone = old.parent is not None and new.parent is None
        yield change(Kind.LINK_CHANGED, old.parent, new.parent, weakens=gone)
    if old.name != new.name:
        yield change(Kind.TASK_REWORDED, old.name, new.name)
    if old.products != new.products:
        yield change(Kind.PRODUCT_CHANGED, old.products, new.products)
    was, now = _cell(old.lead, before), _cell(new.lead, after)
    led, leads = (bool(cell and cell.units) for cell in (was, now))
    if old.lead != new.lead or led != leads:  # the name of a unit may be gone, too
        yield change(Kind.LEAD_CHANGED, was, now, weakens=led and not leads)
    if old.support != new.support:
        was, now = _cell(old.support, before), _cell(new.support, after)
        yield change(Kind.SUPPORT_CHANGED, was, now)


def _numbering(task: Task) -> Numbering:
    return Numbering(str(task.id), str(task.number))


def _cell(text: Text | None, directory: Directory) -> Cell | None:
    return None if text is None else Cell(text, reached(text, directory))


def reached(text: Text | None, directory: Directory) -> tuple[str, ...]:
    """The units that a cell names, by themselves or by a group."""
    found: dict[str, None] = {}
    for mention in directory.read(text or "").mentions:
        who = mention.who
        ids = [who.id] if isinstance(who, Unit) else who.members
        found |= dict.fromkeys(map(str, ids))
    return tuple(found)
