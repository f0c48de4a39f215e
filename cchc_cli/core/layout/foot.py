"""Rules about signature, recipients and appendices (Phụ lục I, Phần I, Mục II.7, II.9, III.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_cli.core.layout.elements import Elements, Line, has_words
from cchc_cli.core.layout.head import absent
from cchc_cli.core.layout.looks import Found, Look, at, departures
from cchc_cli.core.message import msg

_AUTHORITY = re.compile(r"\s*(?:(?:T/M|K/T|T/L|T/UQ)\b|(?:TM|KT|TL|TUQ|Q)(?=\s))", re.IGNORECASE)
_DEGREE = re.compile(
    r"(GS|PGS|TSKH|TS|ThS|Th\.S|CN|KS|BS|DS|LS|NGND|NGƯT|NSND|NSƯT)\s*\.|"
    r"(Giáo sư|Phó Giáo sư|Tiến sĩ|Thạc sĩ|Kỹ sư|Bác sĩ|Cử nhân|Luật sư)\s",
    re.IGNORECASE,
)
_KEPT = re.compile(r"[-–]?\s*Lưu\s*:.*\.", re.DOTALL)
_ROMAN = re.compile(r"phụ lục\s+[IVXLC]+\s*[.:]?", re.IGNORECASE)


def signature_missing(elements: Elements) -> Iterator[Found]:
    """There is a place to sign in, with the position of who signs."""
    if elements.signature_known and not elements.positions:
        yield from absent(None, elements)


def position(elements: Elements) -> Iterator[Found]:
    """How the position looks."""
    yield from departures(elements.positions, Look(13, 14, bold=True, upper=True, centred=True))


def authority(elements: Elements) -> Iterator[Found]:
    """ "TM.", "KT.", "TL.", "TUQ.", "Q." are written so."""
    for line in elements.positions[:1]:
        if found := _AUTHORITY.match(line.text):
            yield at(line.paragraph, msg("“{text}”", text=found[0].strip()))


def signer(elements: Elements) -> Iterator[Found]:
    """How the name looks."""
    yield from departures([elements.signer], Look(13, 14, bold=True, upper=False, centred=True))


def degree(elements: Elements) -> Iterator[Found]:
    """No academic title before the name."""
    line = elements.signer
    if line is not None and (found := _DEGREE.match(line.text)):
        yield at(line.paragraph, msg("“{text}”", text=found[0].strip()))


def recipients_missing(elements: Elements) -> Iterator[Found]:
    """ "Nơi nhận:" is there."""
    yield from absent(elements.recipients, elements)


def recipients(elements: Elements) -> Iterator[Found]:
    """How "Nơi nhận:" looks, and its colon."""
    line = elements.recipients
    yield from departures([line], Look(12, 12, bold=True, italic=True, upper=False))
    if line is not None and not line.text.endswith(":"):
        yield at(line.paragraph, msg("no colon after “{words}”", words="Nơi nhận"))


def recipient_list(elements: Elements) -> Iterator[Found]:
    """How the list of recipients looks."""
    yield from departures(elements.recipient_list, Look(11, 11, bold=False))


def recipient_form(elements: Elements) -> Iterator[Found]:
    """ "- …;" in each line, and "- Lưu: VT, ….." in the last."""
    lines = elements.recipient_list
    if not lines:
        return
    for before, line in zip((None, *lines), lines, strict=False):
        goes_on = before is not None and not before.text.endswith(";")
        if not _begins(line) and not goes_on:
            yield at(line.paragraph, msg("does not begin with “{sign}”", sign="-"))
        if before is not None and _begins(line) and goes_on:
            yield at(before.paragraph, msg("does not end in “{sign}”", sign=";"))
    if not _KEPT.fullmatch(lines[-1].text):
        yield at(lines[-1].paragraph, msg("not “- Lưu: VT, …” with a full stop"))


def _begins(line: Line) -> bool:
    return line.text.startswith("-") or line.paragraph.numbered


# -- appendices ------------------------------------------------------------------------------------


def appendix_label(elements: Elements) -> Iterator[Found]:
    """How "Phụ lục I" looks."""
    labels = [each.label for each in elements.appendices]
    upper = [line for line in labels if line.text.startswith("PHỤ LỤC")]
    yield from departures(labels, Look(14, 14, bold=True, centred=True))
    for line in upper:
        yield at(line.paragraph, msg("in capitals"))


def appendix_roman(elements: Elements) -> Iterator[Found]:
    """Two appendices or more are numbered, in Roman figures."""
    if len(elements.appendices) > 1:
        for appendix in elements.appendices:
            if not _ROMAN.fullmatch(appendix.label.text):
                yield at(appendix.label.paragraph, msg("no Roman number"))


def appendix_title(elements: Elements) -> Iterator[Found]:
    """How the title of an appendix looks."""
    look = Look(13, 14, bold=True, upper=True, centred=True)
    for appendix in elements.appendices:
        lines = [line for line in appendix.title if has_words(line.text)]
        yield from departures(lines, look)


def appendix_reference(elements: Elements) -> Iterator[Found]:
    """How "(Kèm theo …)" looks, and that it is there."""
    look = Look(13, 14, bold=False, italic=True, upper=False, centred=True)
    for appendix in elements.appendices:
        if appendix.reference is None:
            yield at(appendix.label.paragraph, msg("no “(Kèm theo …)” under its title"))
        yield from departures([appendix.reference], look)
