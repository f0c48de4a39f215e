"""Units and groups of units, and the cells of the appendix that name them.

A cell is a list of names joined by commas and "và". It is read to its last word, the longest name
first; what is no known name is reported, never guessed. Case, diacritics and punctuation inside a
name do not matter.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from typing import NamedTuple

from cchc_cli.core.model import Group, Task, Unit
from cchc_cli.core.wording import closest, fold

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f][^\W_]*)*")
_JOINERS = frozenset(("va", "cung", "voi"))


class Role(enum.Enum):
    """What a unit does for a task: chủ trì or phối hợp."""

    LEAD = "lead"
    SUPPORT = "support"


class Mention(NamedTuple):
    """A unit or group named in a cell, and where in it (end exclusive)."""

    who: Unit | Group
    start: int
    end: int


class Cell(NamedTuple):
    """What a cell names, and the stretches of it that name nobody known."""

    mentions: tuple[Mention, ...] = ()
    unknown: tuple[tuple[int, int], ...] = ()


class Assignment(NamedTuple):
    """A unit's part in a task. `via` is the group it is reached through, None if by name.

    An open group whose members nobody has named gives one assignment without a unit, and so does a
    task that nobody known leads.
    """

    unit: Unit | None
    role: Role
    via: Group | None = None


class Directory:
    """All units and groups of an office, found by any of their names."""

    def __init__(self, units: Iterable[Unit], groups: Iterable[Group]) -> None:
        self.units = {str(unit.id): unit for unit in units}
        self.groups = {str(group.id): group for group in groups}
        self._names: dict[tuple[str, ...], Unit | Group] = {}
        everyone: list[Unit | Group] = [*self.groups.values(), *self.units.values()]
        for who in everyone:
            for name in (who.id, who.name, *who.aliases):
                self._names[_words(name)] = who
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(self._names, key=len, reverse=True):
            if words:
                self._by_first.setdefault(words[0], []).append(words)
        self._cells: dict[str, Cell] = {}
        self._assigned: dict[tuple[str | None, str | None], list[Assignment]] = {}

    def find(self, name: str) -> Unit | Group | None:
        """The unit or group with that id, name or alias, in any case, with or without marks."""
        return self._names.get(_words(name))

    def suggestions(self, name: str) -> list[str]:
        """What may have been meant: ids and names."""
        known = [str(n) for who in self.units.values() for n in (who.id, who.name, *who.aliases)]
        return closest(name, known)

    def read(self, cell: str) -> Cell:
        """The units and groups that a cell names."""
        found = self._cells.get(cell)
        if found is None:
            found = self._cells[str(cell)] = self._read(cell)
        return found

    def _read(self, cell: str) -> Cell:
        tokens = [(fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(cell)]
        mentions: list[Mention] = []
        unknown: list[tuple[int, int]] = []
        index, open_at = 0, -1
        while index < len(tokens):
            length = self._match([word for word, _, _ in tokens[index : index + 24]])
            word, start, end = tokens[index]
            if length:
                words = tuple(w for w, _, _ in tokens[index : index + length])
                mentions.append(Mention(self._names[words], start, tokens[index + length - 1][2]))
                index, open_at = index + length, -1
                continue
            if word not in _JOINERS or open_at >= 0:
                if open_at >= 0:
                    unknown[-1] = (open_at, end)
                else:
                    open_at = start
                    unknown.append((start, end))
            index += 1
        return Cell(tuple(mentions), tuple(unknown))

    def _match(self, words: list[str]) -> int:
        """How many of the words make up the longest known name at their front."""
        for name in self._by_first.get(words[0], ()):
            if tuple(words[: len(name)]) == name:
                return len(name)
        return 0

    def assignments(self, task: Task) -> list[Assignment]:
        """Who does what for a task: leads first, each unit once, by name rather than by group."""
        cells = (task.lead, task.support)
        found = self._assigned.get(cells)
        if found is None:
            found = self._assigned[cells] = self._assignments(task)
        return found

    def _assignments(self, task: Task) -> list[Assignment]:
        found: list[Assignment] = []
        taken: set[str] = set()
        for role, cell in ((Role.LEAD, task.lead), (Role.SUPPORT, task.support)):
            mentions = self.read(cell).mentions if cell else ()
            by_name = [m.who for m in mentions if isinstance(m.who, Unit)]
            for unit in by_name:
                if unit.id not in taken:
                    taken.add(str(unit.id))
                    found.append(Assignment(unit, role))
            for group in [m.who for m in mentions if isinstance(m.who, Group)]:
                found += self.through(group, role, taken)
            if role is Role.LEAD and not found:
                found.append(Assignment(None, role))  # nobody known leads it; it must not vanish
        return found

    def through(self, group: Group, role: Role, taken: set[str] | None = None) -> list[Assignment]:
        """The assignments that a group gives to its members, but for those `taken` already."""
        found = []
        taken = set() if taken is None else taken
        for member in group.members:
            unit = self.units.get(str(member))
            if unit is not None and unit.id not in taken:
                taken.add(str(unit.id))
                found.append(Assignment(unit, role, group))
        if group.open:
            found.append(Assignment(None, role, group))
        return found


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(match.group()) for match in _WORD.finditer(name))
