"""How a line must look, and what about it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cchc_cli.core.layout.elements import Line, has_words
from cchc_cli.core.layout.measured import Align, Paragraph, Run
from cchc_cli.core.message import Message, msg

_NEAR = 0.01  # points; sizes come in halves
_QUOTED = 60  # characters by which a place is known again


class Found(NamedTuple):
    """A departure: where, the words that stand there ("" for a page), and what was found."""

    place: Message
    quote: str
    found: Message


class Look(NamedTuple):
    """Sizes from `least` to `most` points; None where either is right."""

    least: float
    most: float
    bold: bool | None = None
    italic: bool | None = False
    upper: bool | None = None
    centred: bool = False


def at(paragraph: Paragraph, found: Message) -> Found:
    """A departure of a paragraph."""
    return Found(paragraph.place, quoted(paragraph.text), found)


def quoted(text: str) -> str:
    """The beginning of a text on one line."""
    whole = " ".join(text.split())
    return whole if len(whole) <= _QUOTED else whole[: _QUOTED - 1].rstrip() + "…"


def departures(lines: Iterable[Line | None], look: Look) -> Iterator[Found]:
    """What departs from `look`; lines that were not found are passed over."""
    for line in lines:
        if line is not None:
            for found in off(line, look):
                yield Found(line.paragraph.place, quoted(line.text), found)


def off(line: Line, look: Look) -> Iterator[Message]:
    """Each thing about a line that is not as `look` says."""
    runs = [run for run in line.runs if run.text.strip()]
    yield from sizes_off(runs, look.least, look.most)
    if look.bold is not None and any(run.bold is not look.bold for run in runs):
        yield msg("not bold") if look.bold else msg("bold")
    if look.italic is not None and any(run.italic is not look.italic for run in runs):
        yield msg("not in italics") if look.italic else msg("in italics")
    if look.upper is not None and has_words(line.text):
        upper = line.text == line.text.upper()
        if upper is not look.upper:
            yield msg("in capitals") if upper else msg("not in capitals")
    if (
        look.centred
        and line.paragraph.align is not Align.CENTRE
        and "\t" not in (line.paragraph.text)
    ):
        yield msg("not centred")


def sizes_off(runs: Iterable[Run], least: float, most: float) -> Iterator[Message]:
    """Each size outside the bounds, once."""
    sizes = {run.size for run in runs if run.text.strip()}
    for size in sorted(sizes):
        if not least - _NEAR <= size <= most + _NEAR:
            yield msg("size {size} pt", size=shown(size))


def shown(number: float) -> float:
    """A number without what rounding to the units of Word has added."""
    return round(number, 1)
