"""What the verbs of `cchc unit` share: who ends, who takes over, and what becomes of open work.

A reorganisation is added to `units.yaml`. Ids and signed texts stay as they are: open work passes
on as its unit ends (core/handover.py), and what is closed keeps the old name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import typer

from cchc_cli.cli.amending import Decision, must_exist, refuse
from cchc_cli.cli.console import wrapped, write
from cchc_cli.cli.entries import commit, put, read_files, tell
from cchc_cli.cli.settings import Opened, opened_from, plan_root, unit_called, warn_of_errors
from cchc_cli.core.agenda import Item
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Unit
from cchc_cli.core.status import DONE, Status
from cchc_cli.core.wording import fold
from cchc_cli.i18n import say
from cchc_cli.render.labels import ROLE
from cchc_cli.render.listing import several_plans
from cchc_cli.render.width import one_line
from cchc_cli.store.writing import one_writer
from cchc_cli.syntax.edit import Fact
from cchc_cli.syntax.emit import Value
from cchc_cli.syntax.shapes import ID

PATH = "plans/units.yaml"
_CLOSED = (*DONE, Status.CANCELLED)


class NewUnit(NamedTuple):
    """A unit that begins."""

    id: str
    name: str
    aliases: Sequence[str] = ()


class Change(NamedTuple):
    """The units that end, the id of the one that takes over (None: nobody), and those that begin.

    `parts` are the ids of those among whom the open work is to be divided.
    """

    ending: list[Unit]
    heir: str | None = None
    new: Sequence[NewUnit] = ()
    parts: Sequence[str] = ()


def carry_out(ctx: typer.Context, decision: Decision, made: Callable[[Opened], Change]) -> int:
    """Record a reorganisation and say what is so now; 1 if the result would have errors."""
    root = plan_root(ctx)
    with one_writer(root):
        files = read_files(root)
        change = made(opened_from(root, files.loaded))
        added = put(files, list(_facts(change, decision)), dry_run=decision.dry_run)
    if added is None:
        return 1
    if not decision.dry_run:
        ids = ", ".join(str(unit.id) for unit in change.ending)
        tell(say(msg("{task}: recorded in {path}", task=ids, path=PATH)))
    after = opened_from(root, added.files.loaded)
    write("\n".join(wrapped(list(_answer(after, change, decision.on)), hanging="    ")))
    warn_of_errors(after)
    if decision.commit and not decision.dry_run:
        commit(root, added.changes, _subject(change, decision.on))
    return 0


def _facts(change: Change, decision: Decision) -> Iterator[Fact]:
    end: dict[str, Value] = {"valid_until": decision.on - timedelta(days=1)}
    if change.heir is not None:
        end["successor"] = change.heir
    end |= {"authority": decision.authority, "reason": decision.reason}
    for unit in change.ending:
        yield Fact(PATH, "units", end, to=str(unit.id))
    for new in change.new:
        aliases: dict[str, Value] = {"aliases": list(new.aliases)} if new.aliases else {}
        begin: dict[str, Value] = {"id": new.id, "name": new.name, **aliases}
        yield Fact(PATH, "units", {**begin, "valid_from": decision.on})


def _subject(change: Change, on: date) -> Message:
    """How git is to call it."""
    old = ", ".join(str(unit.id) for unit in change.ending)
    takers = change.parts or ([change.heir] if change.heir else [])
    if not takers:
        return msg("units: {old} abolished from {day}", old=old, day=on)
    return msg("units: {old} → {new} from {day}", old=old, new=", ".join(takers), day=on)


# -- which units -----------------------------------------------------------------------------------


def ending(opened: Opened, names: Iterable[str], on: date) -> list[Unit]:
    """The units that end, each once; a usage error for one that cannot end on that day."""
    found = {str(u.id): u for u in (unit_called(opened, name, "UNIT") for name in names)}
    for unit in found.values():
        if unit.valid_until is not None:
            refuse(msg("{unit} exists only until {day} already, its successor is {successor}; if "
                       "that is wrong, mend it in {path}", unit=unit.id, day=unit.valid_until,
                       successor=unit.successor or "-", path=PATH), "UNIT")  # fmt: skip
        if unit.successor or unit.authority or unit.reason:
            refuse(msg("{path} says why {unit} ends or who takes over, but not when; delete it "
                       "there, or add “valid_until”", path=PATH, unit=unit.id),
                   "UNIT")  # fmt: skip
        if unit.valid_from is not None and on <= unit.valid_from:
            refuse(msg("{unit} exists from {day} on; give a later day", unit=unit.id,
                       day=unit.valid_from), "--on")  # fmt: skip
    return list(found.values())


def takers(
    opened: Opened, wanted: Sequence[str], names: Sequence[str], ended: list[Unit], on: date
) -> tuple[list[str], list[NewUnit]]:
    """The ids of those who take over, and the new ones among them with the names given for them."""
    fresh = [unit for unit in dict.fromkeys(wanted) if opened.directory.find(unit) is None]
    found = [u if u in fresh else existing(opened, u, ended, on, "--into") for u in wanted]
    if len(names) != len(fresh):
        _wrong_names(opened, fresh, [unit for unit in found if unit not in fresh])
    new = [NewUnit(unit, name) for unit, name in zip(fresh, names, strict=True)]
    must_be_new(opened, new, "--into")
    return list(dict.fromkeys(found)), new


def _wrong_names(opened: Opened, fresh: list[str], there: list[str]) -> None:
    new = ", ".join(fresh) or "-"
    for unit in fresh:
        near = opened.directory.suggestions(unit)
        if near:
            refuse(msg("no unit “{unit}”; did you mean: {known}? For new units give --name once "
                       "for each, in this order: {new}", unit=unit, known=", ".join(near),
                       new=new), "--into")  # fmt: skip
    refuse(msg("give --name once for each new unit, in this order: {new}; there already: {there}",
               new=new, there=", ".join(there) or "-"), "--name")  # fmt: skip


def existing(opened: Opened, name: str, ended: list[Unit], on: date, option: str) -> str:
    """The id of a unit that is there on the day, and does not end on it itself."""
    unit = unit_called(opened, name, option)
    if unit in ended:
        refuse(msg("{unit} ends, and cannot take over from itself; name another unit",
                   unit=unit.id), option)  # fmt: skip
    must_exist(unit, on, option)
    return str(unit.id)


def must_be_new(opened: Opened, new: Iterable[NewUnit], option: str) -> None:
    """A usage error for an id that is none, and for an id or name that somebody bears already."""
    bearers: dict[str, str] = {}
    for unit in new:
        if ID.parse is None or ID.parse(unit.id) is None:
            refuse(msg("“{id}” cannot be an id: use {expected}", id=unit.id,
                       expected=ID.expected), option)  # fmt: skip
        given = [(unit.id, option), (unit.name, "--name"), *((a, "--alias") for a in unit.aliases)]
        for text, where in given:
            owner = opened.directory.find(text)
            bearer = str(owner.id) if owner else bearers.setdefault(fold(text), unit.id)
            if owner is not None or bearer != unit.id:
                refuse(msg("“{name}” is a name of {owner} already; choose another one: an id or "
                           "name never gets a second meaning", name=text, owner=bearer),
                       where)  # fmt: skip


# -- what becomes of open work ---------------------------------------------------------------------


def _answer(after: Opened, change: Change, on: date) -> Iterator[str]:
    units = after.directory.units
    last = on - timedelta(days=1)
    for unit in change.ending:
        if change.heir is None:
            yield say(msg("{unit} exists until {last}; it has no successor", unit=unit.id,
                          last=last))  # fmt: skip
        else:
            heir = units[change.heir]
            yield say(msg("{unit} exists until {last}; from {on} on {heir} · {name} does its open "
                          "work", unit=unit.id, last=last, on=on, heir=heir.id,
                          name=one_line(heir.name)))  # fmt: skip
    for part in change.parts:
        yield f"  {part} · {one_line(units[part].name)}"
    agendas = after.agendas(after.workspace.plans.values(), on)
    open_ones = [i for agenda in agendas for i in agenda.items() if i.status not in _CLOSED]
    gone = {str(unit.id) for unit in change.ending}
    if change.heir is not None:
        yield from _inherited([i for i in open_ones if _passes_on(i, gone, on)], change.heir, on)
    else:
        left = [item for item in open_ones if item.unit and item.unit.id in gone]
        yield from _waiting(left, change, on)


def _passes_on(item: Item, gone: set[str], on: date) -> bool:
    return any(step.giver.id in gone and step.on == on for step in item.passed)


def _inherited(items: list[Item], heir: str, on: date) -> Iterator[str]:
    count = len({(item.plan, item.of.id) for item in items})
    yield say(msg("open tasks that {heir} takes over on {on}: {count}", heir=heir, on=on,
                  count=count))  # fmt: skip
    yield from _by_role(items)


def _waiting(items: list[Item], change: Change, on: date) -> Iterator[str]:
    """What nobody takes over by itself, and how each task finds its unit."""
    unit = change.ending[0].id
    count = len({(item.plan, item.of.id) for item in items})
    yield say(msg("open tasks that stay with {unit} until each is transferred: {count}", unit=unit,
                  count=count))  # fmt: skip
    yield from _by_role(items)
    if not items:
        return
    taker, *others = change.parts or ["…"]
    example = msg(
        "for each of them, as its document says: cchc transfer {task} --from {unit} --to {taker} "
        '--on {on} --authority "…" --reason "…"',
        task=items[0].of.id, unit=unit, taker=taker, on=on,
    )  # fmt: skip
    yield say(example) + (f" --plan {items[0].plan}" if several_plans(items) else "")
    if others:
        yield say(msg("or --to {others}", others=", ".join(others)))
    yield say(msg("what they are: cchc due --unit {unit} --role any --all --as-of {on}", unit=unit,
                  on=on))  # fmt: skip


def _by_role(items: list[Item]) -> Iterator[str]:
    """The ids of the tasks, one line a role; with their plans if there are several."""
    with_plan = several_plans(items)
    for role, name in ROLE.items():
        ids = (
            f"{one_line(item.plan)} · {item.of.id}" if with_plan else str(item.of.id)
            for item in items
            if item.assignment.role is role
        )
        found = ", ".join(dict.fromkeys(ids))
        if found:
            yield f"  {say(name)}: {found}"
