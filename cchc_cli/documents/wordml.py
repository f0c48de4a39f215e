"""The vocabulary of a Word file: names of elements, simple values, and what styles say of text.

Source: ISO/IEC 29500-1 (WordprocessingML), 17.3 and 17.7.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from cchc_cli.documents.word_parts import MC, W

_MAX_BASES = 50  # of a style on a style; Word makes 11 at most


def value_of(element: Element | None) -> str | None:
    """The value of an element such as ``<w:start w:val="3"/>``; None if there is none."""
    return None if element is None else element.get(f"{W}val")


def number_of(text: str | None, default: int) -> int:
    """A whole number, or the default where none stands."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default


def switch(element: Element | None, default: bool) -> bool:  # noqa: FBT001  # a value, no option
    """What an element such as ``<w:b/>`` or ``<w:b w:val="0"/>`` says; the default if missing."""
    return default if element is None else value_of(element) not in {"0", "false", "off"}


def chosen(alternatives: Element) -> Element | None:
    """The one of several forms of the same content (mc:AlternateContent) that is read."""
    choice = alternatives.find(f"{MC}Choice")
    return alternatives.find(f"{MC}Fallback") if choice is None else choice


class Look(NamedTuple):
    """How text looks, as far as reading it depends on that."""

    font: str = ""
    bold: bool = False
    capitals: bool = False
    hidden: bool = False


def look(base: Look, properties: Element | None) -> Look:
    """The look that run properties (w:rPr) make of another."""
    if properties is None:
        return base
    font = base.font
    named = properties.find(f"{W}rFonts")
    if named is not None:
        if named.get(f"{W}hAnsiTheme") or named.get(f"{W}asciiTheme"):
            font = ""  # themes know only fonts of Unicode
        else:
            font = named.get(f"{W}hAnsi") or named.get(f"{W}ascii") or font
    return Look(
        font,
        switch(properties.find(f"{W}b"), base.bold),
        switch(properties.find(f"{W}caps"), base.capitals),
        switch(properties.find(f"{W}vanish"), base.hidden),
    )


class ParagraphStyle(NamedTuple):
    """What a paragraph style says: the look of its text, and the list it belongs to, if any."""

    look: Look = Look()
    list: str | None = None
    level: int | None = None
    lists_at: str = ""  # the style of the chain that names the list


class Styles:
    """The styles of a document, with what each takes over from others."""

    def __init__(self, root: Element | None) -> None:
        """`root` is styles.xml, if there is one."""
        styles = [] if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._default = look(Look(), defaults)
        self._default_style = next(
            (
                style.get(f"{W}styleId")
                for style in styles
                if style.get(f"{W}type") == "paragraph"
                and style.get(f"{W}default") in {"1", "true", "on"}
            ),
            None,
        )
        self._known: dict[str | None, ParagraphStyle] = {}

    def paragraph(self, name: str | None) -> ParagraphStyle:
        """The paragraph style of that name; the default one for None or a name that is unknown."""
        if name not in self._styles:
            name = self._default_style
        if name not in self._known:
            self._known[name] = self._paragraph(name)
        return self._known[name]

    def character(self, base: Look, name: str | None) -> Look:
        """The look that a character style makes of another."""
        for style in self._chain(name):
            base = look(base, style.find(f"{W}rPr"))
        return base

    def style_lists(self) -> dict[str, str]:
        """The list that each style of lists stands for."""
        found = {
            name: value_of(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            for name, style in self._styles.items()
            if style.get(f"{W}type") == "numbering"
        }
        return {name: number for name, number in found.items() if number}

    def _paragraph(self, name: str | None) -> ParagraphStyle:
        shown, number, level, at = self._default, None, None, ""
        for style in self._chain(name):
            shown = look(shown, style.find(f"{W}rPr"))
            held = style.find(f"{W}pPr/{W}numPr")
            if held is None:
                continue
            if (own := value_of(held.find(f"{W}numId"))) is not None:
                number, level, at = own, None, style.get(f"{W}styleId", "")
            if (depth := value_of(held.find(f"{W}ilvl"))) is not None:
                level = number_of(depth, 0)
        return ParagraphStyle(shown, number, level, at)

    def _chain(self, name: str | None) -> list[Element]:
        """A style and those it is based on, the most basic first."""
        chain: list[Element] = []
        while name in self._styles and len(chain) < _MAX_BASES:
            chain.append(self._styles[name])
            name = value_of(chain[-1].find(f"{W}basedOn"))
        return chain[::-1]
