"""Rules about the head of a document (Phụ lục I, Phần I, Mục II.1 to II.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cchc_cli.core.kinds import ABBREVIATIONS, abbreviation
from cchc_cli.core.layout.elements import (
    MOTTO,
    Elements,
    Line,
    ruled_beneath,
)
from cchc_cli.core.layout.looks import Found, Look, at, departures, quoted
from cchc_cli.core.layout.measured import Document
from cchc_cli.core.message import Message, msg

_NOT_FOUND = msg("not found")
_WHOLE = msg("the whole document")
_NO_RULE = msg("no line beneath")
_BLANK = re.compile(r"[\s.…_]*")
_NUMBER = re.compile(r"(?P<word>Số|SỐ|số)(?P<colon>\s*:)?\s*(?P<number>[^/]*?)\s*/(?P<symbol>.*)")
_DATE = re.compile(
    r"(?P<place>.*?)(?P<comma>,?)\s*\bngày\b(?P<day>.*?)\btháng\b(?P<month>.*?)\bnăm\b.*",
    re.IGNORECASE,
)
# Abbreviations that no agency is likely to have, so that a letter cannot mean one by them.
_NO_AGENCY = ("BC", "CTr", "KH", "QĐ", "QyĐ", "TTr")


def absent(line: Line | None, elements: Elements) -> Iterator[Found]:
    """A part that every document has, but for an appendix in a file of its own."""
    if line is None and not elements.alone:
        yield Found(_WHOLE, "", _NOT_FOUND)


def title_missing(elements: Elements) -> Iterator[Found]:
    """The national title is there."""
    yield from absent(elements.national_title, elements)


def title(elements: Elements) -> Iterator[Found]:
    """How the national title looks."""
    yield from departures([elements.national_title], Look(12, 13, bold=True, upper=True))


def motto_missing(elements: Elements) -> Iterator[Found]:
    """The motto is there."""
    yield from absent(elements.motto, elements)


def motto(elements: Elements) -> Iterator[Found]:
    """How the motto looks."""
    yield from departures([elements.motto], Look(13, 14, bold=True, upper=False, centred=True))


def motto_words(elements: Elements) -> Iterator[Found]:
    """Hyphens with blanks, and the capitals."""
    line = elements.motto
    if line is not None and not line.text.isupper() and line.text != MOTTO:
        yield at(line.paragraph, _says(line.text))


def motto_rule(elements: Elements) -> Iterator[Found]:
    """A line as long as the words, which underlining is as well."""
    line = elements.motto
    if line is not None and not _underlined(line) and not ruled_beneath(elements.document, line):
        yield at(line.paragraph, _NO_RULE)


def agency_missing(elements: Elements) -> Iterator[Found]:
    """The issuing agency is there."""
    nowhere = elements.national_title is None and elements.number is None
    if not elements.issuers and (elements.agency_known or nowhere):
        yield from absent(None, elements)


def superior(elements: Elements) -> Iterator[Found]:
    """How the superior agency looks."""
    look = Look(12, 13, bold=False, upper=True, centred=True)
    yield from departures(elements.superiors, look)


def issuer(elements: Elements) -> Iterator[Found]:
    """How the issuing agency looks."""
    yield from departures(elements.issuers, Look(12, 13, bold=True, upper=True, centred=True))


def issuer_rule(elements: Elements) -> Iterator[Found]:
    """A short line under the issuing agency."""
    yield from _short_rule(elements.document, elements.issuers)


def number_missing(elements: Elements) -> Iterator[Found]:
    """Number and symbol are there, if only the place for the number."""
    yield from absent(elements.number, elements)


def number(elements: Elements) -> Iterator[Found]:
    """How number and symbol look."""
    yield from departures([elements.number], Look(13, 13, bold=False, centred=True))


def number_form(elements: Elements) -> Iterator[Found]:
    """ "Số: 05/BC-SKHCN", with any of its parts left blank."""
    line = elements.number
    if line is None:
        return
    parts = _NUMBER.fullmatch(line.text)
    if parts is None:
        yield at(line.paragraph, msg("no slash between number and symbol"))
        return
    if parts["word"] != "Số" or (parts["colon"] or "").strip() != ":":
        yield at(line.paragraph, _says(line.text))
    said = parts["number"]
    if re.fullmatch("[1-9]", said):
        yield at(line.paragraph, msg("“{number}” without a leading 0", number=said))
    elif not _BLANK.fullmatch(said) and not re.fullmatch(r"\d+[a-z]?|[.…\s\d]+", said):
        yield at(line.paragraph, msg("“{number}” is no number", number=said))


def number_symbol(elements: Elements) -> Iterator[Found]:
    """Groups joined by hyphens, in capitals, the first of them that of the kind of document."""
    line = elements.number
    parts = None if line is None else _NUMBER.fullmatch(line.text)
    if line is None or parts is None or _BLANK.fullmatch(parts["symbol"]):
        return
    symbol = parts["symbol"]
    if re.search(r"\w\s*[\u2013\u2014]\s*\w|\w\s+-|-\s+\w|^\s", symbol):
        yield at(line.paragraph, msg("blanks or long dashes in “{symbol}”", symbol=symbol.strip()))
    groups = [group for each in re.split("[-\u2013\u2014/]", symbol) if (group := each.strip())]
    for group in groups:
        if group != group.upper() and group not in ABBREVIATIONS.values():
            yield at(line.paragraph, msg("“{group}” not in capitals", group=group))
    yield from _of_kind(line, groups, elements)


def _of_kind(line: Line, groups: Sequence[str], elements: Elements) -> Iterator[Found]:
    law = re.search(r"/\d{4}/", line.text)  # laws and circulars have rules of their own
    if not groups or _BLANK.fullmatch(groups[0]) or law:
        return
    if elements.kind is not None:
        wanted = abbreviation(elements.kind.text)
        if wanted and groups[0].casefold() != wanted.casefold():
            found = msg("“{group}”, where this kind of document has “{wanted}”", group=groups[0],
                        wanted=wanted)  # fmt: skip
            yield at(line.paragraph, found)
    elif elements.letter_subject and groups[0] in _NO_AGENCY:
        found = msg("“{group}”, though a letter has no abbreviation of its kind", group=groups[0])
        yield at(line.paragraph, found)


def date_missing(elements: Elements) -> Iterator[Found]:
    """Place and date are there, if only the places for figures."""
    yield from absent(elements.place_date, elements)


def date(elements: Elements) -> Iterator[Found]:
    """How place and date look."""
    line = elements.place_date
    yield from departures([line], Look(13, 14, bold=False, italic=True, upper=False, centred=True))


def date_form(elements: Elements) -> Iterator[Found]:
    """A comma after the place; a leading zero for days below 10, and for months 1 and 2 only."""
    line = elements.place_date
    parts = None if line is None else _DATE.fullmatch(line.text)
    if line is None or parts is None:
        return
    if not parts["comma"]:
        yield at(line.paragraph, msg("no comma after the place"))
    day, month = parts["day"].strip(), parts["month"].strip()
    if re.fullmatch("[1-9]", day) or re.fullmatch("[12]", month):
        yield at(line.paragraph, msg("no leading zero: “{text}”", text=line.text))
    if re.fullmatch("0[3-9]", month):
        yield at(line.paragraph, msg("a leading zero before month {month}", month=month[1]))


def kind(elements: Elements) -> Iterator[Found]:
    """How the kind of document looks."""
    yield from departures([elements.kind], Look(13, 14, bold=True, upper=True, centred=True))


def subject(elements: Elements) -> Iterator[Found]:
    """How the subject looks."""
    yield from departures(elements.subject, Look(13, 14, bold=True, upper=False, centred=True))


def subject_rule(elements: Elements) -> Iterator[Found]:
    """A short line under the subject."""
    yield from _short_rule(elements.document, elements.subject)


def letter_subject(elements: Elements) -> Iterator[Found]:
    """How "V/v …" looks, and that it begins so."""
    lines = elements.letter_subject
    yield from departures(lines, Look(12, 13, bold=False, upper=False, centred=True))
    if lines and not lines[0].text.startswith("V/v"):
        yield at(lines[0].paragraph, _says(quoted(lines[0].text)))


def _short_rule(document: Document, lines: Sequence[Line]) -> Iterator[Found]:
    if not lines or ruled_beneath(document, lines[-1]):
        return
    whole = msg("underlined, and so longer than half of the words")
    yield at(lines[-1].paragraph, whole if _underlined(lines[-1]) else _NO_RULE)


def _underlined(line: Line) -> bool:
    return all(run.underline for run in line.runs if run.text.strip())


def _says(text: str) -> Message:
    return msg("“{text}”", text=text)
