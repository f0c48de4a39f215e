"""A Word file → how it is set, as core/layout measures documents.

Read with the parts a file is made of: text, styles, theme, numbering, headers. What is deleted by
a tracked change, hidden, or drawn in a box of its own is no part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize
from xml.etree.ElementTree import Element

from cchc_cli.core.layout.measured import (
    Align,
    Cell,
    Document,
    Fonts,
    Number,
    Paragraph,
    Row,
    Run,
    Section,
    Spacing,
    Table,
)
from cchc_cli.core.message import Message, msg
from cchc_cli.documents.package import CannotRead
from cchc_cli.documents.word_parts import A, Parts, R, W
from cchc_cli.documents.word_styles import (
    Format,
    Styles,
    Values,
    is_on,
    switch,
    value,
)

_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_MM = 25.4 / 1440  # in a twip
_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 1440 / 25.4, "pc": 240.0, "pi": 240.0}
_LENGTH = re.compile(r"(-{0,2}\d+(?:\.\d+)?)(pt|in|cm|mm|pc|pi)?")
_ALIGN = {
    "center": Align.CENTRE, "right": Align.RIGHT, "end": Align.RIGHT, "both": Align.JUSTIFIED,
    "distribute": Align.JUSTIFIED,
}  # fmt: skip
_SPACING = {"exact": Spacing.EXACT, "atLeast": Spacing.AT_LEAST}
_LINES = ("line", "straightConnector1")
_BREAKS = {"t": "", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "\u25a1"}
# What a paragraph or cell may be wrapped in; of what a tracked change moved away, only the new.
_WRAPS = tuple(
    W + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt",
                          "sdtContent", "fldSimple", "dir", "bdo")
)  # fmt: skip
_AUTOMATIC = 14.0  # points of a gap that Word chooses
_DEPTH = 60  # of tables in tables; people stop at three
_PAGE = re.compile(r"\s*PAGE\b")


def read_layout(content: bytes) -> Document:
    """Measure a Word file (.docx, .docm, .dotx). Raises `CannotRead` if it is none."""
    return _Reader(Parts(content)).document()


class _Where(NamedTuple):
    """In which cell paragraphs are, its words for people, and what its table style says."""

    cell: Cell | None = None
    place: Message | None = None
    format: Format = Format({}, {})
    depth: int = 0


class _Reader:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._styles = Styles(*(parts.of_kind(kind) for kind in ("styles", "theme", "numbering")))
        settings = parts.of_kind("settings")
        self._even = is_on(switch(settings, "evenAndOddHeaders"))
        self._paragraphs: list[Paragraph] = []
        self._tables: list[Table] = []
        self._sections: list[Section] = []
        self._headers: dict[tuple[bool, str], Element] = {}
        self._outside = 0  # paragraphs in no table so far

    def document(self) -> Document:
        self._blocks(self._parts.body, _Where())
        if not self._sections:
            self._end_section(Element(W + "sectPr"))
        return Document(tuple(self._sections), tuple(self._paragraphs), tuple(self._tables))

    # -- blocks ----------------------------------------------------------------------------------

    def _blocks(self, parent: Element, where: _Where) -> None:
        if where.depth > _DEPTH:
            raise CannotRead(
                msg("tables stand in one another more than {limit} deep", limit=_DEPTH)
            )
        for element in parent:
            if element.tag == W + "p":
                self._paragraph(element, where)
            elif element.tag == W + "tbl":
                self._table(element, where)
            elif element.tag == W + "sectPr":
                self._end_section(element)
            elif element.tag in _WRAPS:
                self._blocks(element, where._replace(depth=where.depth + 1))

    def _paragraph(self, element: Element, where: _Where) -> None:
        properties = element.find(W + "pPr")
        if where.cell is None:
            self._outside += 1
        place = where.place or msg("paragraph {number}", number=self._outside)
        self._paragraphs.append(self._measured(element, place, where))
        ends = None if properties is None else properties.find(W + "sectPr")
        if ends is not None:
            self._end_section(ends)

    def _table(self, element: Element, where: _Where) -> None:
        rows = list(_wrapped(element, "tr"))
        name, looks = _table_style(element)
        number = len(self._tables) if where.cell is None else where.cell.table
        if where.cell is None:
            place = msg("table {table}", table=number + 1)
            measured = tuple(_row(row) for row in rows)
            self._tables.append(Table(measured, place, len(self._sections)))
        for index, row in enumerate(rows):
            format_ = self._styles.of_table(name, first_row=looks and index == 0)
            for column, cell in enumerate(_wrapped(row, "tc")):
                inner = where.cell or Cell(number, index, column)
                place = msg("table {table}, row {row}, cell {cell}", table=inner.table + 1,
                            row=inner.row + 1, cell=inner.column + 1)  # fmt: skip
                self._blocks(cell, _Where(inner, place, format_, where.depth + 1))

    # -- paragraphs ------------------------------------------------------------------------------

    def _measured(self, element: Element, place: Message, where: _Where) -> Paragraph:
        properties = element.find(W + "pPr")
        style = self._styles.style_of(properties)
        said = self._styles.paragraph(properties, style, where.format)
        spacing = _SPACING.get(said.get("lineRule", ""), Spacing.MULTIPLE)
        line = _twips(said.get("line"), 240.0)
        outline = int(_twips(said.get("outlineLvl"), 9))
        ruled = any(said.get(side, "none") not in ("none", "nil") for side in ("top", "bottom"))
        return Paragraph(
            runs=tuple(self._runs(element, style, where.format)),
            place=place,
            align=_ALIGN.get(said.get("jc", ""), Align.LEFT),
            first_line=_twips(said.get("first")) * _MM,
            left=_twips(said.get("left")) * _MM,
            before=_gap(said, "before"),
            after=_gap(said, "after"),
            spacing=spacing,
            line=line / (240 if spacing is Spacing.MULTIPLE else 20),
            contextual=is_on(said.get("contextualSpacing")),
            style=style,
            ruled=ruled or _drawn_line(element),
            outline=outline if outline < 9 else None,
            numbered="numbering" in said,
            cell=where.cell,
            section=len(self._sections),
        )

    def _runs(self, paragraph: Element, style: str, table: Format) -> Iterator[Run]:
        for run in _wrapped(paragraph, "r"):
            text = _text(run)
            if not text:
                continue
            said = self._styles.run(run.find(W + "rPr"), style, table)
            if not is_on(said.get("vanish")):
                yield _run(text, said)

    # -- sections --------------------------------------------------------------------------------

    def _end_section(self, properties: Element) -> None:
        """Measure the section whose last words have been read."""
        for reference in properties:
            side = reference.tag.removeprefix(W)
            if side not in ("headerReference", "footerReference"):
                continue
            root = self._parts.of_id(reference.get(R + "id", ""))
            if root is not None:
                self._headers[side == "headerReference", value(reference, "type") or ""] = root
        size, margins = properties.find(W + "pgSz"), properties.find(W + "pgMar")
        first_differs = is_on(switch(properties, "titlePg"))
        start = value(properties.find(W + "pgNumType"), "start")
        gutter = _twips(value(margins, "gutter"))
        self._sections.append(
            Section(
                width=_twips(value(size, "w"), 12240) * _MM,
                height=_twips(value(size, "h"), 15840) * _MM,
                top=abs(_twips(value(margins, "top"), 1440)) * _MM,
                bottom=abs(_twips(value(margins, "bottom"), 1440)) * _MM,
                left=(_twips(value(margins, "left"), 1440) + gutter) * _MM,
                right=_twips(value(margins, "right"), 1440) * _MM,
                header=_twips(value(margins, "header"), 720) * _MM,
                first_differs=first_differs,
                start=None if start is None else int(_twips(start)),
                arabic=(value(properties.find(W + "pgNumType"), "fmt") or "decimal")
                in ("decimal", "numberInDash"),
                continues=value(properties.find(W + "type")) == "continuous",
                numbers=tuple(self._numbers(first_differs=first_differs)),
            )
        )

    def _numbers(self, *, first_differs: bool) -> Iterator[Number]:
        for (in_header, kind), root in self._headers.items():
            shown = {"first": first_differs, "even": self._even}.get(kind, True)
            for paragraph in root.iter(W + "p") if shown else ():
                run = _page_field(paragraph)
                if run is not None:
                    yield self._number(paragraph, run, kind or "default", in_header=in_header)

    def _number(self, paragraph: Element, run: Element, kind: str, *, in_header: bool) -> Number:
        properties = paragraph.find(W + "pPr")
        style = self._styles.style_of(properties)
        said = self._styles.paragraph(properties, style)
        look = _run("1", self._styles.run(run.find(W + "rPr"), style))
        return Number(kind, in_header, _in_the_middle(paragraph, said), look)


def _wrapped(parent: Element, name: str, depth: int = 0) -> Iterator[Element]:
    """Children of that name, also those in a link, a control or an accepted insertion."""
    if depth > _DEPTH:
        return
    for element in parent:
        if element.tag == W + name:
            yield element
        elif element.tag in _WRAPS:
            yield from _wrapped(element, name, depth + 1)


def _text(run: Element) -> str:
    pieces = []
    for element in run:
        shown = _BREAKS.get(element.tag.removeprefix(W))
        if shown is not None:
            pieces.append(shown or element.text or "")
    return normalize("NFC", "".join(pieces)).replace("\u00a0", " ")


def _run(text: str, said: Values) -> Run:
    colour = said.get("color", "auto").upper()
    return Run(
        text.upper() if is_on(said.get("caps")) else text,
        Fonts(*(said.get(script) or None for script in ("ascii", "hAnsi", "eastAsia", "cs"))),
        size=_points(said.get("sz")),
        bold=is_on(said.get("b")),
        italic=is_on(said.get("i")),
        underline=is_on(said.get("u")),
        colour=None if colour == "AUTO" else colour,
    )


def _points(said: str | None) -> float:
    """A size, which the file gives in half points."""
    twips = _twips(said, 20)
    return twips / 20 if said is not None and said.endswith("pt") else twips / 2


def _twips(said: str | None, otherwise: float = 0.0) -> float:
    """A number, or a length with a unit as twips; `otherwise` if there is none that can be read."""
    found = _LENGTH.fullmatch(said or "")
    if found is None:
        return otherwise
    return float(found[1].replace("--", "")) * _UNITS.get(found[2] or "", 1.0)


def _gap(said: Values, side: str) -> float:
    if is_on(said.get(f"{side}Autospacing")):
        return _AUTOMATIC
    return _twips(said.get(side)) / 20


def _drawn_line(paragraph: Element) -> bool:
    """Whether a line is drawn there, by any of the means that Word has had."""
    for element in paragraph.iter():
        if element.tag == _V + "line" or is_on(element.get(_O + "hr")):
            return True
        if element.tag == A + "prstGeom" and element.get("prst") in _LINES:
            return True
        if element.tag == _V + "shape" and (element.get("type") or "").endswith("_t32"):
            return True
    return False


def _table_style(table: Element) -> tuple[str | None, bool]:
    """The name of its style, and whether its first row is set as a heading."""
    properties = table.find(W + "tblPr")
    if properties is None:
        return None, False
    look = properties.find(W + "tblLook")
    bits = int(value(look) or "0", 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", value(look) or "") else 0
    first = value(look, "firstRow")
    heading = bool(bits & 0x20) if first is None else is_on(first)
    return value(properties.find(W + "tblStyle")), heading


def _row(row: Element) -> Row:
    properties = row.find(W + "trPr")
    return Row(
        cells=sum(1 for _cell in _wrapped(row, "tc")),
        repeated=is_on(switch(properties, "tblHeader")),
        splits=not is_on(switch(properties, "cantSplit")),
    )


def _page_field(paragraph: Element) -> Element | None:
    """The run that shows the page number, if the paragraph itself has one."""
    inner = {each for box in paragraph.iter(W + "txbxContent") for each in box.iter(W + "r")}
    for field in paragraph.iter(W + "fldSimple"):
        if _PAGE.match(value(field, "instr") or ""):
            return next(field.iter(W + "r"), Element(W + "r"))
    for run in paragraph.iter(W + "r"):
        told = "".join(each.text or "" for each in run.findall(W + "instrText"))
        if run not in inner and _PAGE.match(told):
            return run
    return None


def _in_the_middle(paragraph: Element, said: Values) -> bool:
    """Centred as a paragraph, as a frame, or by the tab stop in the middle."""
    if said.get("frame"):
        return said["frame"] == "center"
    if said.get("jc") == "center":
        return True
    tabs = sum(_text(run).count("\t") for run in _wrapped(paragraph, "r"))
    return tabs == 1 and "center" in [kind for key, kind in said.items() if key.startswith("tab ")]
