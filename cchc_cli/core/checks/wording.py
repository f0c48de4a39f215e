"""Wording: slips in the text that a reader of the signed document would trip over.

All are warnings. The text of a signed document stays as it is; they are acknowledged instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cchc_cli.core.checks import slips
from cchc_cli.core.checks.context import Context, Found, Page
from cchc_cli.core.checks.places import APPENDIX, OPENING, SUBJECT, Places
from cchc_cli.core.diagnostics import Diagnostic, warning
from cchc_cli.core.message import msg
from cchc_cli.core.model import Plan
from cchc_cli.core.source import SourceFile, Span, Text

_BLANK = re.compile(r"(?<!\w)(?:số|ngày|tháng):?[ \t._…]{2,}(?:/[^\s)]*|tháng|năm)", re.IGNORECASE)
_PERIOD_BEFORE = re.compile(r"(giai đoạn\s+|^\s*)(\d{4})\s?$", re.IGNORECASE)
_PERIOD_AHEAD = "giai đoạn"
_TWICE = re.compile(r" ([^\W\d_]+) \1(?!\w)")
_MARKS_TWICE = re.compile(r"(?<=\w)(?:\.\.|,,|;;|::)(?![.,;:\w/])")
_MARKS = ("..", ",,", ";;", "::")
# Words that never stand twice in a row; of the others two may meet, as in "cơ quan quan trọng".
_NEVER_TWICE = frozenset("và của các những với được theo là để tại về trong bởi nhưng hoặc".split())
_AT_END = re.compile(rf" (?:{'|'.join(sorted(_NEVER_TWICE))})$", re.MULTILINE)
_AT_START = re.compile(r" +([^\W\d_]+)(?=[ ,;.]|$)")


def check_unicode_form(context: Context) -> Iterator[Diagnostic]:
    """Text is in the composed form NFC, so that equal words are equal for every program."""
    for source in context.sources.values():
        if not (unicodedata.is_normalized("NFC", source.text) or context.in_doubt(source.path)):
            name = source.path.rsplit("/", 1)[-1]
            message = msg("some letters are stored in pieces (not in Unicode form NFC)")
            hint = msg("save the file again with composed letters (NFC)")
            yield warning("CCHC401", _first_in_pieces(source), message, hint=hint, subject=name)


def _first_in_pieces(source: SourceFile) -> Span:
    for number, line in enumerate(source.text.splitlines(), 1):
        if not unicodedata.is_normalized("NFC", line):
            composed = unicodedata.normalize("NFC", line)
            pairs = zip(line, composed, strict=False)
            same = next((i for i, (one, other) in enumerate(pairs) if one != other), 0)
            return Span(source.path, number, same + 1, number, same + 2)
    return Span(source.path)


def check_misspellings(context: Context) -> Iterator[Diagnostic]:
    """No word is misspelled in a way that is never right (see the table in `slips`)."""
    places: Places | None = None
    for page in context.worded:
        sought = slips.pattern(page.lower)
        for found in page.find(sought) if sought else ():
            places = places or Places(context)
            line, span = page.lines[found.span.line - 1], found.span
            start, end, right = slips.corrected(line, span.column - 1, span.end_column - 1)
            wrong = line[start:end]
            if wrong[0].isupper():
                right = right[0].upper() + right[1:]
            span = span._replace(column=start + 1, end_column=end + 1)
            subject = places.subject(page.path, span.line)
            yield warning(
                "CCHC402", span, msg("“{word}” is misspelled", word=wrong),
                hint=msg("did you mean “{name}”?", name=right), subject=subject, found=wrong,
            )  # fmt: skip


def check_blanks(context: Context) -> Iterator[Diagnostic]:
    """The number and the day of a document that is referred to are filled in."""
    for _base, plan in context.plans:
        for subject, text in _references(plan):
            for match in _BLANK.finditer(text):
                found = " ".join(match.group().split())
                message = msg("a number or day is left blank: “{text}”", text=found)
                span = context.locate(text, *match.span())
                yield warning("CCHC404", span, message, subject=subject, found=found)


def _references(plan: Plan) -> Iterator[tuple[str, Text]]:
    """The texts that name the document itself or the one it belongs to."""
    if plan.document is not None:
        yield SUBJECT, plan.document.subject
        if plan.document.preamble is not None:
            yield OPENING, plan.document.preamble
    if plan.appendix is not None and plan.appendix.attached is not None:
        yield APPENDIX, plan.appendix.attached


def check_periods_in_text(context: Context) -> Iterator[Diagnostic]:
    """A period (giai đoạn) that ends with the plan also begins with it."""
    for base, plan in context.plans:
        if plan.period.first == plan.period.last:
            continue
        for page in context.worded:
            if page.path.startswith(base):
                yield from _other_periods(context, plan, page)


def _other_periods(context: Context, plan: Plan, page: Page) -> Iterator[Diagnostic]:
    places: Places | None = None
    for found in page.find(re.compile(rf"[-–] ?{plan.period.last}(?!\d)")):
        line, span = page.lines[found.span.line - 1], found.span
        before = _PERIOD_BEFORE.search(line[: span.column - 1])
        if before is None or int(before[2]) >= plan.period.first:
            continue
        if not before[1].strip() and not _ahead(page, span.line):
            continue
        places = places or Places(context)
        start = before.start() if before[1].strip() else before.start(2)
        span = span._replace(column=start + 1)
        text = line[start : span.end_column - 1]
        message = msg("“{text}” ends with the plan’s period {period} but begins before it",
                      text=text, period=str(plan.period))  # fmt: skip
        subject = places.subject(page.path, span.line)
        yield warning("CCHC405", span, message, subject=subject, found=text)


def _ahead(page: Page, line: int) -> bool:
    """Whether the line before ends in "giai đoạn"."""
    before = page.lines[line - 2] if line > 1 else ""
    return before.rstrip().lower().endswith(_PERIOD_AHEAD)


def check_doubled(context: Context) -> Iterator[Diagnostic]:
    """No word and no punctuation mark stands twice in a row.

    Two equal syllables often meet rightly in Vietnamese. A doubled one is reported only if it
    never stands twice, or if the text has the same three words elsewhere without the doubling.
    """
    places: Places | None = None
    for page in context.worded:
        for text, span in (*_within_lines(context, page), *_across_lines(page)):
            places = places or Places(context)
            message = msg("“{text}”: something stands twice", text=text)
            subject = places.subject(page.path, span.line)
            yield warning("CCHC406", span, message, subject=subject, found=text)


def _within_lines(context: Context, page: Page) -> Iterator[Found]:
    marks = page.find(_MARKS_TWICE) if any(m in page.lower for m in _MARKS) else ()
    for found in (*page.find(_TWICE), *marks):
        text, column = _doubling(context, page, found)
        if text:
            yield Found(text, found.span._replace(column=column))


def _across_lines(page: Page) -> Iterator[Found]:
    """Words that never stand twice, at the end of a line and again where the next goes on."""
    for found, span in page.find(_AT_END):
        one = found.strip()
        following = page.lines[span.line] if span.line < len(page.lines) else ""
        other = _AT_START.match(following)
        if other is not None and other[1].lower() == one.lower():
            both = Span(page.path, span.line, span.column + 1, span.line + 1, other.end() + 1)
            yield Found(f"{one} {other[1]}", both)


def _doubling(context: Context, page: Page, found: Found) -> tuple[str, int]:
    """What stands twice, quoted so that it is recognised, and its column; "" if it may stand so."""
    line = page.lines[found.span.line - 1]
    start, end = found.span.column - 1, found.span.end_column - 1
    if not found.text.startswith(" "):
        word = re.search(r"\w+$", line[:start])
        assert word is not None
        return word.group() + found.text, word.start() + 1
    _, one, other = found.text.split(" ")
    if one != other:  # "cán bộ Bộ" is no doubling
        return "", 0
    if one.lower() in _NEVER_TWICE:
        return f"{one} {other}", start + 2
    before = re.search(r"[^\W\d_]+$", line[:start])
    after = re.match(r" [^\W\d_]+", line[end:])
    if before is None or after is None:
        return "", 0
    single = f"{before.group()} {one}{after.group()}".lower()
    if not any(single in other_page.lower for other_page in context.worded):
        return "", 0
    return before.group() + found.text, before.start() + 1
