"""Styles of a Word file: what the format of a paragraph or run comes to in the end.

Values are kept as the file writes them, by short names ("jc", "sz", "after"), and a later source
takes the place of an earlier one: defaults, table style, paragraph style, numbering, the paragraph
itself (ECMA-376 Part 1, 17.7.2). Bold, italic and capitals are toggles: two styles that both say
so cancel each other (17.7.3).
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from cchc_cli.documents.word_parts import A, W

_TOGGLES = ("b", "i", "caps", "vanish")
_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
_OFF = ("0", "false", "off", "none", "nil")

Values = dict[str, str]


class Format(NamedTuple):
    """What one source says about paragraphs, and about the text in them."""

    paragraph: Values
    run: Values


_NOTHING = Format({}, {})


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of an element that may be absent."""
    return None if element is None else element.get(W + name)


def is_on(said: str | None) -> bool:
    """A switch that is there and not set off."""
    return said is not None and said not in _OFF


def switch(parent: Element | None, name: str) -> str | None:
    """The switch of that name: "1" or "0", None if nothing is said."""
    found = None if parent is None else parent.find(W + name)
    if found is None:
        return None
    return "0" if found.get(W + "val", "1") in _OFF else "1"


class Styles:
    """The styles of one file, its theme's fonts and its numbering."""

    def __init__(
        self, styles: Element | None, theme: Element | None, numbering: Element | None
    ) -> None:
        self._theme = _theme_fonts(theme)
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        self._chains: dict[tuple[str, str], Format] = {}
        for style in () if styles is None else styles.iter(W + "style"):
            name, kind = style.get(W + "styleId", ""), style.get(W + "type", "paragraph")
            self._styles.setdefault(name, style)
            if is_on(style.get(W + "default")):
                self._default.setdefault(kind, name)
        start = None if styles is None else styles.find(W + "docDefaults")
        self._start = _NOTHING if start is None else self._format(
            start.find(f"{W}pPrDefault/{W}pPr"), start.find(f"{W}rPrDefault/{W}rPr")
        )  # fmt: skip
        self._levels = _levels(numbering)

    def style_of(self, properties: Element | None) -> str:
        """The style of a paragraph; the default one if it names none that there is."""
        named = None if properties is None else value(properties.find(W + "pStyle"))
        return named if named in self._styles else self._default.get("paragraph", "")

    def of_table(self, name: str | None, *, first_row: bool) -> Format:
        """What a table style says about what stands in the table; `first_row` of the heading."""
        name = name if name in self._styles else self._default.get("table", "")
        assert name is not None
        whole = self._chain(name, "")
        return _over(whole, self._chain(name, "firstRow")) if first_row else whole

    def paragraph(self, properties: Element | None, style: str, table: Format = _NOTHING) -> Values:
        """The effective values of a paragraph, with "numbering" for its kind of automatic list."""
        own = self._paragraph_values(properties)
        styled = self._chain(style, "").paragraph
        merged = {**self._start.paragraph, **table.paragraph, **styled, **own}
        number, level = merged.get("numId", "0"), merged.get("ilvl", "0")
        kind, indents = self._levels.get((number, level), ("", {}))
        if not kind:
            return merged
        if "numId" in own:
            merged |= {**indents, **own}
        else:
            merged |= {name: text for name, text in indents.items() if name not in styled}
            merged |= own
        merged["numbering"] = kind
        return merged

    def run(self, properties: Element | None, style: str, table: Format = _NOTHING) -> Values:
        """The effective values of a run in a paragraph of that style."""
        own = self._run_values(properties)
        letters = self._chain(value(_child(properties, "rStyle")) or "", "").run
        layers = (table.run, self._chain(style, "").run, letters)
        merged = dict(self._start.run)
        for layer in (*layers, own):
            merged |= layer
        for name in _TOGGLES:
            if name not in own:
                odd = sum(is_on(layer.get(name)) for layer in layers) % 2
                merged[name] = "1" if odd or is_on(self._start.run.get(name)) else "0"
        return merged

    def _chain(self, name: str, part: str) -> Format:
        """A style over those it is based on; `part` is the part of a table it speaks of."""
        found = self._chains.get((name, part))
        if found is None:
            found = _NOTHING
            for style in reversed(self._ancestry(name)):
                found = _over(found, self._said(style, part))
            self._chains[name, part] = found
        return found

    def _ancestry(self, name: str) -> list[Element]:
        line: dict[str, Element] = {}
        while name in self._styles and name not in line:
            line[name] = self._styles[name]
            name = value(line[name].find(W + "basedOn")) or ""
        return list(line.values())

    def _said(self, style: Element, part: str) -> Format:
        if not part:
            return self._format(style.find(W + "pPr"), style.find(W + "rPr"))
        for condition in style.findall(W + "tblStylePr"):
            if value(condition, "type") == part:
                return self._format(condition.find(W + "pPr"), condition.find(W + "rPr"))
        return _NOTHING

    def _format(self, paragraph: Element | None, run: Element | None) -> Format:
        return Format(self._paragraph_values(paragraph), self._run_values(run))

    @staticmethod
    def _paragraph_values(properties: Element | None) -> Values:
        found: Values = {}
        if properties is None:
            return found
        for element in properties:
            name = element.tag.removeprefix(W)
            if name in ("jc", "outlineLvl"):
                found[name] = element.get(W + "val", "")
            elif name == "spacing":
                found |= {key.removeprefix(W): said for key, said in element.attrib.items()}
            elif name == "ind":
                found |= _indents(element)
            elif name == "contextualSpacing":
                found[name] = element.get(W + "val", "1")
            elif name == "numPr":
                found |= _told(numId=_of(element, "numId"), ilvl=_of(element, "ilvl"))
            elif name == "pBdr":
                found |= _told(top=_of(element, "top"), bottom=_of(element, "bottom"))
            elif name == "framePr":
                found |= _told(frame=value(element, "xAlign") or "")
            elif name == "tabs":
                found |= {f"tab {value(tab, 'pos')}": value(tab) or "" for tab in element}
        return found

    def _run_values(self, properties: Element | None) -> Values:
        if properties is None:
            return {}
        found = _told(**{name: switch(properties, name) for name in _TOGGLES})
        for name in ("sz", "color", "u"):
            found |= _told(**{name: _of(properties, name)})
        fonts = properties.find(W + "rFonts")
        for script in () if fonts is None else _SCRIPTS:
            theme = value(fonts, "cstheme" if script == "cs" else script + "Theme")
            font = value(fonts, script) if theme is None else self._theme.get(theme, "")
            found |= _told(**{script: font})
        return found


def _over(below: Format, above: Format) -> Format:
    return Format({**below.paragraph, **above.paragraph}, {**below.run, **above.run})


def _child(parent: Element | None, name: str) -> Element | None:
    return None if parent is None else parent.find(W + name)


def _of(parent: Element, name: str) -> str | None:
    return value(parent.find(W + name))


def _told(**values: str | None) -> Values:
    return {name: said for name, said in values.items() if said is not None}


def _indents(element: Element) -> Values:
    """Indents of a paragraph; a hanging first line is one with a negative indent."""
    found = _told(
        left=value(element, "left") or value(element, "start"),
        first=value(element, "firstLine"),
    )
    hanging = value(element, "hanging")
    if hanging is not None:
        found["first"] = "-" + hanging
    return found


def _theme_fonts(theme: Element | None) -> Values:
    """Font names by the names that styles use for them, such as "minorHAnsi"."""
    found: Values = {}
    for kind in () if theme is None else ("major", "minor"):
        fonts = theme.find(f".//{A}fontScheme/{A}{kind}Font")  # type: ignore[union-attr]  # told
        for name, endings in (("latin", ("Ascii", "HAnsi")), ("ea", ("EastAsia",)),
                              ("cs", ("Bidi",))):  # fmt: skip
            font = None if fonts is None else fonts.find(A + name)
            if font is not None:
                found |= {kind + ending: font.get("typeface", "") for ending in endings}
    return found


def _levels(numbering: Element | None) -> dict[tuple[str, str], tuple[str, Values]]:
    """Per list and level: its kind ("bullet", "decimal" …) and indents."""
    if numbering is None:
        return {}
    kinds: dict[str, dict[str, tuple[str, Values]]] = {}
    for abstract in numbering.findall(W + "abstractNum"):
        levels = dict(_level(each) for each in abstract.findall(W + "lvl"))
        kinds[abstract.get(W + "abstractNumId", "")] = levels
    found: dict[tuple[str, str], tuple[str, Values]] = {}
    for number in numbering.findall(W + "num"):
        own = (each.find(W + "lvl") for each in number.findall(W + "lvlOverride"))
        levels = {
            **kinds.get(_of(number, "abstractNumId") or "", {}),
            **dict(_level(each) for each in own if each is not None),
        }
        name = number.get(W + "numId", "")
        found |= {(name, level): said for level, said in levels.items()}
    return found


def _level(level: Element) -> tuple[str, tuple[str, Values]]:
    indent = level.find(f"{W}pPr/{W}ind")
    kind = _of(level, "numFmt") or "decimal"
    shown = "" if kind == "none" else kind
    return level.get(W + "ilvl", "0"), (shown, {} if indent is None else _indents(indent))
