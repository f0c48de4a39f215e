"""What Word prints before a paragraph by itself: numbers and bullets of its lists.

A paragraph names a list (w:num) and a level; the list is of a kind (w:abstractNum), which says how
each level looks and with which lists it counts on. Source: ISO/IEC 29500-1, 17.9. Where a number
cannot be told, it is "" and said so, never guessed.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from cchc_cli.documents.word_parts import W
from cchc_cli.documents.wordml import number_of, value_of

LEVELS = 9


class Level(NamedTuple):
    """How one level of a list looks. `shown` is such as "%1.%2."; `font` of what it prints."""

    form: str = "decimal"
    shown: str = ""
    start: int = 1
    restart: int | None = None  # the level (1 …) that makes it begin anew, 0 none, None any above
    legal: bool = False  # all its numbers are Arabic
    style: str | None = None
    font: str = ""


class Printed(NamedTuple):
    """What is printed before a paragraph. `known` is false where only Word can tell."""

    text: str = ""
    font: str = ""
    known: bool = True


class _List(NamedTuple):
    kind: str
    levels: dict[int, Level]
    anew: dict[int, int]  # level → the number at which the list itself begins


class Numbering:
    """The lists of a document, and how far each has been counted. Ask once for each paragraph."""

    def __init__(self, root: Element | None, style_lists: dict[str, str]) -> None:
        """`root` is numbering.xml; `style_lists` says which list each style of lists stands for."""
        self._lists = _lists(root, style_lists) if root is not None else {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of_style(self, number: str, style: str) -> int:
        """The level (0 …) of a list that belongs to a paragraph style; 0 if none does."""
        found = self._lists.get(number)
        levels = found.levels.items() if found else ()
        return next((at for at, level in levels if level.style == style), 0)

    def next(self, number: str, at: int) -> Printed:
        """What is printed before the next paragraph of a list at a level (0 … 8)."""
        found = self._lists.get(number)
        if found is None or not 0 <= at < LEVELS:
            return Printed()
        counts = self._counts.setdefault(found.kind, [None] * LEVELS)
        level = found.levels.get(at, Level())
        self._count(number, found, at, counts)
        if level.form == "bullet":
            return Printed(_bullet(level.shown), level.font)
        return _printed(found, level, counts)

    def _count(self, number: str, found: _List, at: int, counts: list[int | None]) -> None:
        before = counts[at]
        counts[at] = _start(found, at) if before is None else before + 1
        for above in range(at + 1):  # a list that begins at a number does so once
            if above in found.anew and (number, above) not in self._begun:
                self._begun.add((number, above))
                counts[above] = found.anew[above] if above == at else None
        for below in range(at + 1, LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or at < restart:
                counts[below] = None


def _start(found: _List, at: int) -> int:
    return found.anew.get(at, found.levels.get(at, Level()).start)


def _printed(found: _List, level: Level, counts: list[int | None]) -> Printed:
    out, known = level.shown, True
    for at in {int(digit) - 1 for digit in re.findall(r"%([1-9])", level.shown)}:
        count = counts[at]
        shown = _in_form(
            _start(found, at) if count is None else count,
            "decimal" if level.legal else found.levels.get(at, Level()).form,
        )
        known = known and shown is not None
        out = out.replace(f"%{at + 1}", shown or "")
    return Printed(out if known else "", level.font, known)


_ROMAN = (("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50),
          ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))  # fmt: skip


def _in_form(number: int, form: str) -> str | None:
    """A number as a list prints it; None for forms that no Vietnamese document uses."""
    match form:
        case "decimal":
            return str(number)
        case "decimalZero":
            return f"{number:02}"
        case "none":
            return ""
        case "upperRoman" | "lowerRoman" if 0 < number < 4000:
            roman = _roman(number)
            return roman.upper() if form == "upperRoman" else roman
        case "upperLetter" | "lowerLetter" if 0 < number <= 26 * 30:  # then aa, bb …
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
    return None


def _roman(number: int) -> str:
    out = ""
    for letters, value in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _bullet(shown: str) -> str:
    """A bullet as text; those of fonts of symbols are dots, ticks and arrows."""
    return "•" if any("\ue000" <= letter <= "\uf8ff" for letter in shown) else shown


def _lists(root: Element, style_lists: dict[str, str]) -> dict[str, _List]:
    kinds: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    for kind in root.iterfind(f"{W}abstractNum"):
        name = kind.get(f"{W}abstractNumId", "")
        kinds[name] = dict(map(_level, kind.iterfind(f"{W}lvl")))
        if style := value_of(kind.find(f"{W}numStyleLink")):
            links[name] = style
    named = {
        one.get(f"{W}numId", ""): (value_of(one.find(f"{W}abstractNumId")) or "", one)
        for one in root.iterfind(f"{W}num")
    }
    lists = {}
    for number, (kind_name, element) in named.items():
        # The kind may be that of the list which a style of lists stands for.
        linked = named.get(style_lists.get(links.get(kind_name, ""), ""))
        name = linked[0] if linked else kind_name
        anew, levels = _overrides(element)
        lists[number] = _List(name, kinds.get(name, {}) | levels, anew)
    return lists


def _overrides(element: Element) -> tuple[dict[int, int], dict[int, Level]]:
    anew: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element.iterfind(f"{W}lvlOverride"):
        at = number_of(override.get(f"{W}ilvl"), 0)
        start = value_of(override.find(f"{W}startOverride"))
        if start is not None:
            anew[at] = number_of(start, 1)
        if (own := override.find(f"{W}lvl")) is not None:
            levels[at] = _level(own)[1]
    return anew, levels


def _level(element: Element) -> tuple[int, Level]:
    restart = value_of(element.find(f"{W}lvlRestart"))
    legal = element.find(f"{W}isLgl")
    font = element.find(f"{W}rPr/{W}rFonts")
    return number_of(element.get(f"{W}ilvl"), 0), Level(
        form=value_of(element.find(f"{W}numFmt")) or "decimal",
        shown=value_of(element.find(f"{W}lvlText")) or "",
        start=number_of(value_of(element.find(f"{W}start")), 0),
        restart=None if restart is None else number_of(restart, 0),
        legal=legal is not None and legal.get(f"{W}val") not in {"0", "false", "off"},
        style=value_of(element.find(f"{W}pStyle")),
        font="" if font is None else font.get(f"{W}hAnsi") or font.get(f"{W}ascii") or "",
    )
