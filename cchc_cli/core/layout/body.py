"""Rules about what a document says and whom it addresses (Phụ lục I, Phần I, Mục II.6, II.9)."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_cli.core.layout.elements import Elements, has_words
from cchc_cli.core.layout.looks import Found, Look, at, departures, shown, sizes_off
from cchc_cli.core.layout.measured import Align, Paragraph, Spacing
from cchc_cli.core.message import msg

_INDENTS = (10.0, 12.7)
_NEAR = 0.3  # millimetres; rulers are set by hand
_GAP = 6.0
_LEAST, _MOST = 1.0, 1.5
_SINGLE = 1.15  # line height of Times New Roman, in sizes
_ROUNDING = 0.02
_FULL = 90  # letters that reach the right margin, so that one sees whether they are justified


def bases(elements: Elements) -> Iterator[Found]:
    """How legal bases look."""
    yield from departures(elements.bases, Look(13, 14, bold=None, italic=True, upper=False))


def bases_end(elements: Elements) -> Iterator[Found]:
    """Each ends in a semicolon, and the last in a full stop."""
    for line in elements.bases[:-1]:
        if not line.text.endswith(";"):
            yield at(line.paragraph, msg("does not end in “{sign}”", sign=";"))
    for line in elements.bases[-1:]:
        if not line.text.endswith("."):
            yield at(line.paragraph, msg("does not end in “{sign}”", sign="."))


def addressee(elements: Elements) -> Iterator[Found]:
    """How "Kính gửi:" looks, and its colon."""
    line = elements.addressee
    yield from departures([line], Look(13, 14, bold=False, upper=False))
    if line is not None and not line.text[len("Kính gửi") :].lstrip().startswith(":"):
        yield at(line.paragraph, msg("no colon after “{words}”", words="Kính gửi"))


def size(elements: Elements) -> Iterator[Found]:
    """13 to 14 points."""
    for paragraph in elements.body:
        for found in sizes_off(paragraph.runs, 13, 14):
            yield at(paragraph, found)


def alignment(elements: Elements) -> Iterator[Found]:
    """Justified."""
    for paragraph in _text_of(elements):
        if paragraph.align is Align.LEFT and len(paragraph.text) > _FULL:
            yield at(paragraph, msg("not justified"))


def first_line(elements: Elements) -> Iterator[Found]:
    """1 cm or 1.27 cm, by an indent or a tab."""
    for paragraph in _text_of(elements):
        begins = paragraph.left + paragraph.first_line
        told = paragraph.text.startswith("\t") or paragraph.numbered
        near = any(
            abs(indent - wanted) <= _NEAR
            for indent in (begins, paragraph.first_line) for wanted in _INDENTS
        )  # fmt: skip
        if not told and not near:
            yield at(paragraph, msg("indent {size} mm", size=shown(begins)))


def gap(elements: Elements) -> Iterator[Found]:
    """At least 6 points between paragraphs; both sides of a gap are counted together."""
    # Lines of a title stand close together.
    body = {id(each) for each in elements.body if each.align is not Align.CENTRE}
    for above, below in zip(
        elements.document.paragraphs, elements.document.paragraphs[1:], strict=False
    ):
        if id(above) in body and id(below) in body:
            between = _between(above, below)
            if between < _GAP - _ROUNDING:
                yield at(below, msg("{size} pt above", size=shown(between)))


def _between(above: Paragraph, below: Paragraph) -> float:
    alike = above.style == below.style
    after = 0.0 if above.contextual and alike else above.after
    return after + (0.0 if below.contextual and alike else below.before)


def line_spacing(elements: Elements) -> Iterator[Found]:
    """From single to 1.5; points are compared with the size of the letters."""
    for paragraph in elements.body:
        if paragraph.spacing is Spacing.MULTIPLE:
            if not _LEAST - _ROUNDING <= paragraph.line <= _MOST + _ROUNDING:
                yield at(paragraph, msg("{lines} lines", lines=round(paragraph.line, 2)))
            continue
        largest = max(run.size for run in paragraph.runs if run.text.strip())
        least = largest if paragraph.spacing is Spacing.EXACT else 0.0
        if not least <= paragraph.line <= largest * _SINGLE * _MOST:
            found = msg("{size} pt for letters of {letters} pt", size=shown(paragraph.line),
                        letters=shown(largest))  # fmt: skip
            yield at(paragraph, found)


def upright(elements: Elements) -> Iterator[Found]:
    """No paragraph in italics as a whole, but for a remark in brackets."""
    for paragraph in _text_of(elements):
        runs = [run for run in paragraph.runs if run.text.strip()]
        remark = paragraph.text.lstrip().startswith(("(", "[", "“"))
        if all(run.italic for run in runs) and not remark:
            yield at(paragraph, msg("in italics"))


def end(elements: Elements) -> Iterator[Found]:
    """The text ends in "./."; a document that ends in a table is passed over."""
    if elements.recipients is None:
        return
    for paragraph in reversed(elements.document.paragraphs[: elements.end]):
        text = paragraph.text.strip()
        if paragraph.cell is not None:
            return
        if has_words(text) or text.endswith("./."):
            if not text.endswith("./.") and paragraph in elements.body:
                yield at(paragraph, msg("does not end in “{sign}”", sign="./."))
            return


def article(elements: Elements) -> Iterator[Found]:
    """ "Điều 1." is bold."""
    for paragraph in elements.body:
        words = paragraph.text.split(maxsplit=2)
        if len(words) > 1 and words[0] == "Điều" and words[1].rstrip(".").isdigit():
            told = [run for run in paragraph.runs if run.text.strip()]
            if words[1].endswith(".") and not told[0].bold:
                yield at(paragraph, msg("not bold"))


def _text_of(elements: Elements) -> Iterator[Paragraph]:
    """Paragraphs of text: not headings (bold as a whole), nor what is centred."""
    for paragraph in elements.body:
        bold = all(run.bold for run in paragraph.runs if run.text.strip())
        aside = paragraph.align in (Align.CENTRE, Align.RIGHT)
        if not bold and not aside and paragraph.outline is None:
            yield paragraph
