"""Rules about pages: paper, margins, page numbers, fonts (Phụ lục I, Phần I, Mục I)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cchc_cli.core.layout.elements import Elements, has_words
from cchc_cli.core.layout.looks import Found, at, shown, sizes_off
from cchc_cli.core.layout.measured import Document, Number, Paragraph, Run, Section, Table
from cchc_cli.core.message import Message, msg

_A4 = (210.0, 297.0)
_CUT = 1.0  # millimetres by which programs differ on what A4 is
_NEAR = 0.15  # millimetres that rounding to the units of Word can add up to
_MARGINS = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
_LONG = 3_000  # letters that hardly fit on one page
_FONTS = ("Times New Roman", "Times New Roman Bold", "Times New Roman Italic")
_BLACK = (None, "000000")


def paper(elements: Elements) -> Iterator[Found]:
    """A4."""
    for place, section in _sections(elements.document):
        sides = sorted((section.width, section.height))
        if any(abs(side - wanted) > _CUT for side, wanted in zip(sides, _A4, strict=True)):
            size = msg("{width} × {height} mm", width=shown(section.width),
                       height=shown(section.height))  # fmt: skip
            yield Found(place, "", size)


def orientation(elements: Elements) -> Iterator[Found]:
    """Upright, but for tables and appendices."""
    tables = {table.section for table in elements.document.tables if _columns(table) > 2}
    first = min((each.label.paragraph.section for each in elements.appendices), default=None)
    for index, (place, section) in enumerate(_sections(elements.document)):
        after = elements.alone or (first is not None and index >= first)
        if section.width > section.height and index not in tables and not after:
            yield Found(place, "", msg("landscape, without a table"))


def margins(elements: Elements) -> Iterator[Found]:
    """Within the bounds; on a landscape page also as if an upright page was turned."""
    for place, section in _sections(elements.document):
        here = {side: getattr(section, side) for side in _MARGINS}
        if section.width > section.height and any(map(_fits, _turned(here))):
            continue
        for side, size in here.items():
            if not _fits({side: size}):
                yield Found(place, "", _margin(side, shown(size)))


def _margin(side: str, size: float) -> Message:
    return {
        "top": msg("top {size} mm", size=size),
        "bottom": msg("bottom {size} mm", size=size),
        "left": msg("left {size} mm", size=size),
        "right": msg("right {size} mm", size=size),
    }[side]


def _fits(margins: dict[str, float]) -> bool:
    return all(
        _MARGINS[side][0] - _NEAR <= size <= _MARGINS[side][1] + _NEAR
        for side, size in margins.items()
    )


def _turned(here: dict[str, float]) -> Iterator[dict[str, float]]:
    """The margins that the upright page had, if turned to the left or to the right."""
    for turn in (("left", "right", "bottom", "top"), ("right", "left", "top", "bottom")):
        yield {side: here[now] for side, now in zip(("top", "bottom", "left", "right"), turn,
                                                    strict=True)}  # fmt: skip


# -- page numbers ----------------------------------------------------------------------------------


def number_missing(elements: Elements) -> Iterator[Found]:
    """A document of several pages has page numbers."""
    letters = sum(len(paragraph.text) for paragraph in elements.document.paragraphs)
    if letters > _LONG and not _numbers(elements.document):
        yield Found(msg("the whole document"), "", msg("no page number"))


def number_place(elements: Elements) -> Iterator[Found]:
    """In the middle of the top margin."""
    for place, section in _sections(elements.document):
        for number in section.numbers:
            if not number.in_header:
                yield Found(place, "", msg("page number at the foot of the page"))
            elif not number.centred:
                yield Found(place, "", msg("page number not centred"))
            elif section.header + _POINT * number.run.size > section.top:
                distance = shown(section.header)
                yield Found(place, "", msg(
                    "the header begins {distance} mm below the edge, and does not fit into the "
                    "margin", distance=distance))  # fmt: skip


_POINT = 25.4 / 72  # millimetres


def number_look(elements: Elements) -> Iterator[Found]:
    """13 to 14 points, upright."""
    for place, section in _sections(elements.document):
        for number in section.numbers:
            for found in sizes_off([number.run], 13, 14):
                yield Found(place, "", found)
            if number.run.italic:
                yield Found(place, "", msg("in italics"))


def number_first(elements: Elements) -> Iterator[Found]:
    """None on the first page."""
    section = elements.document.sections[0]
    shown_first = [each for each in section.numbers if each.kind == "first"]
    if shown_first or (section.numbers and not section.first_differs):
        yield Found(_section(0), "", msg("the first page shows its number"))


def number_start(elements: Elements) -> Iterator[Found]:
    """Arabic figures from 1."""
    section = elements.document.sections[0]
    if section.numbers and section.start not in (None, 1):
        found = msg("pages are numbered from {start}", start=section.start)
        yield Found(_section(0), "", found)
    for place, each in _sections(elements.document):
        if each.numbers and not each.arabic:
            yield Found(place, "", msg("not in Arabic figures"))


def appendix_pages(elements: Elements) -> Iterator[Found]:
    """Each appendix begins with page 1 of its own."""
    if not _numbers(elements.document) or elements.alone:
        return
    for appendix in elements.appendices:
        paragraph = appendix.label.paragraph
        section = elements.document.sections[paragraph.section]
        before = elements.document.paragraphs[: appendix.label.at]
        shares = any(each.text.strip() for each in _of_section(before, paragraph.section))
        if shares or section.continues:
            yield at(paragraph, msg("the appendix does not begin a section of its own"))
        elif section.start != 1:
            yield at(paragraph, msg("its pages go on from those before"))


def _of_section(paragraphs: tuple[Paragraph, ...], section: int) -> Iterator[Paragraph]:
    """The last of `paragraphs` as far as they are in that section."""
    for paragraph in reversed(paragraphs):
        if paragraph.section != section:
            return
        yield paragraph


def _numbers(document: Document) -> list[Number]:
    return [number for section in document.sections for number in section.numbers]


# -- letters ---------------------------------------------------------------------------------------


def font(elements: Elements) -> Iterator[Found]:
    """Times New Roman, as far as it can be seen."""
    yield from _of_runs(
        elements.document, lambda run: _others(run.fonts.ascii, run.fonts.high_ansi)
    )


def font_scripts(elements: Elements) -> Iterator[Found]:
    """Times New Roman for the scripts that Word may take Vietnamese letters or signs for."""
    yield from _of_runs(
        elements.document, lambda run: _others(run.fonts.east_asian, run.fonts.complex)
    )


def colour(elements: Elements) -> Iterator[Found]:
    """Black."""
    yield from _of_runs(
        elements.document,
        lambda run: None if run.colour in _BLACK else msg("colour #{colour}", colour=run.colour),
    )


def _others(*fonts: str | None) -> Message | None:
    other = next((each for each in fonts if each not in (None, *_FONTS)), None)
    return None if other is None else msg("font “{font}”", font=other)


def _of_runs(document: Document, off: Callable[[Run], Message | None]) -> Iterator[Found]:
    """Each departure once per paragraph."""
    for paragraph in document.paragraphs:
        seen = []
        for run in paragraph.runs:
            found = off(run) if run.text.strip() else None
            if found is not None and found not in seen:
                seen.append(found)
                yield at(paragraph, found)
    for index, section in enumerate(document.sections):
        for number in section.numbers:
            found = off(number.run)
            if found is not None:
                yield Found(msg("page number of section {number}", number=index + 1), "", found)


def _sections(document: Document) -> Iterator[tuple[Message, Section]]:
    for index, section in enumerate(document.sections):
        yield _section(index), section


def _section(index: int) -> Message:
    return msg("section {number}", number=index + 1)


# -- tables ----------------------------------------------------------------------------------------

_MANY = 8  # rows after which a table may well go on to another page


def table_heading(elements: Elements) -> Iterator[Found]:
    """The heading of a long table is repeated on each page."""
    for table in elements.document.tables:
        long = len(table.rows) > _MANY and _columns(table) > 1
        if long and not table.rows[0].repeated:
            yield Found(table.place, "", msg("{count} rows", count=len(table.rows)))


def table_rows(elements: Elements) -> Iterator[Found]:
    """Rows of a long table stay whole."""
    for table in elements.document.tables:
        long = len(table.rows) > _MANY and _columns(table) > 1
        split = sum(row.splits for row in table.rows)
        if long and split:
            yield Found(table.place, "", msg("{count} rows may be split", count=split))


def _columns(table: Table) -> int:
    return max((row.cells for row in table.rows), default=0)


def automatic_list(elements: Elements) -> Iterator[Found]:
    """Dashes and numbers are typed, so that nothing changes them later."""
    for paragraph in elements.document.paragraphs:
        if paragraph.numbered and has_words(paragraph.text):
            yield at(paragraph, msg("automatic bullet or number"))
