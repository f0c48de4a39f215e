"""Which parts of an official document are which: known by what they say and where they stand.

What cannot be told apart is left out, and then nothing is said about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from cchc_cli.core.kinds import ABBREVIATIONS
from cchc_cli.core.layout.measured import Align, Document, Paragraph, Run

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# Documents of other rules, whose kind is known all the same.
_OTHER_KINDS = ("nghị định", "thông tư", "thông tư liên tịch", "luật", "pháp lệnh")

_HEAD = 60  # lines within which the head of a document stands
_NUMBER = re.compile(r"số\s*:|số\s+\S*/\S", re.IGNORECASE)
_PLACE_DATE = re.compile(r".*\bngày\b.*\btháng\b.*\bnăm\b[\s\d.…_]*", re.IGNORECASE | re.DOTALL)
_LETTER = re.compile(r"(v/v|về việc)\b", re.IGNORECASE)
_ADDRESSEE = re.compile(r"kính gửi\b", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận\s*:?\s*", re.IGNORECASE)
_BASIS = re.compile(r"(căn cứ|theo đề nghị|xét đề nghị|xét tờ trình)\b", re.IGNORECASE)
_DECIDING = ("quyết định", "nghị quyết", "quy chế", "quy định", "chỉ thị", *_OTHER_KINDS)
_APPENDIX = re.compile(r"phụ lục(\s+số)?(\s+[ivxlc]+|\s+\d+)?\s*[.:]?", re.IGNORECASE)
_REFERENCE = re.compile(r"\(\s*(ban hành\s+)?kèm theo\b", re.IGNORECASE)
_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\b", re.IGNORECASE)
_RULE = re.compile(r"[\s_\-–—─]*[_\-–—─]{3,}[\s_\-–—─]*")
_OFFICES = ("sở ", "phòng ", "ban ", "trung tâm ", "chi cục ", "cục ", "vụ ", "viện ", "trường ",
            "văn phòng ", "thanh tra ", "quỹ ")  # fmt: skip
_SUPERIORS = ("ubnd ", "ủy ban nhân dân ", "bộ ", "sở ", "cục ", "tổng cục ", "tỉnh ")


class Line(NamedTuple):
    """A printed line as far as the file tells: a paragraph, or what breaks and tabs make of it."""

    runs: tuple[Run, ...]
    paragraph: Paragraph
    at: int  # index of the paragraph in the document

    @property
    def text(self) -> str:
        """What it says, with single blanks."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def rule(self) -> bool:
        """Whether it is a line made of signs."""
        return _RULE.fullmatch(self.text) is not None


class Appendix(NamedTuple):
    """ "Phụ lục …", the lines of its title, and the line that says what it belongs to."""

    label: Line
    title: tuple[Line, ...]
    reference: Line | None


class Elements(NamedTuple):
    """What was found in a document.

    `agency_known` is False where agencies may stand anywhere, or in a box.
    `end` is where the body ends: the index of the first paragraph after it. `alone` is an appendix
    in a file of its own, which has no head.
    """

    document: Document
    national_title: Line | None = None
    motto: Line | None = None
    agency_known: bool = False
    superiors: tuple[Line, ...] = ()
    issuers: tuple[Line, ...] = ()
    number: Line | None = None
    place_date: Line | None = None
    kind: Line | None = None
    subject: tuple[Line, ...] = ()
    letter_subject: tuple[Line, ...] = ()
    bases: tuple[Line, ...] = ()
    addressee: Line | None = None
    body: tuple[Paragraph, ...] = ()
    end: int = 0
    recipients: Line | None = None
    recipient_list: tuple[Line, ...] = ()
    signature_known: bool = False
    positions: tuple[Line, ...] = ()
    signer: Line | None = None
    appendices: tuple[Appendix, ...] = ()
    alone: bool = False


def folded(text: str) -> str:
    """Text for comparison: small letters, single blanks, one of the two ways to set tone marks."""
    small = " ".join(text.casefold().split())
    for old, new in (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("uỷ", "ủy"), ("uý", "úy")):
        small = small.replace(old, new)
    return small


def find(document: Document) -> Elements:
    """Recognise the parts of a document."""
    return _Finder(document).elements()


def has_words(text: str) -> bool:
    """Whether there is anything to read: not only dots to fill in, rules or numbers."""
    return sum(letter.isalpha() for letter in text) > 1


def ruled_beneath(document: Document, line: Line) -> bool:
    """Whether a line of any make follows `line` before other words.

    In a table it may be drawn anywhere in the column: Word fixes it to some paragraph nearby.
    """
    cell = line.paragraph.cell
    if cell is None:
        later = document.paragraphs[line.at : line.at + 4]
        words = [bool(each.text.strip()) and not _is_rule(each) for each in later]
        end = next((at for at, said in enumerate(words) if at and said), len(words) - 1)
        near = later[: end + 1]
    else:
        near = tuple(
            each for each in document.paragraphs if (of := each.cell) is not None
            and (of.table, of.column) == (cell.table, cell.column)
        )  # fmt: skip
    return any(each.ruled or _is_rule(each) for each in near)


def _is_rule(paragraph: Paragraph) -> bool:
    return any(_RULE.fullmatch(line) for line in paragraph.text.splitlines())


def lines_of(paragraphs: Iterable[Paragraph]) -> Iterator[Line]:
    """The lines of paragraphs; an empty one is a line, too."""
    for index, paragraph in enumerate(paragraphs):
        for line in _broken(paragraph.runs, "\n"):
            pieces = [Line(piece, paragraph, index) for piece in _broken(line, "\t")]
            yield from [piece for piece in pieces if piece.text] or pieces[:1]


def _broken(runs: Iterable[Run], sign: str) -> list[tuple[Run, ...]]:
    pieces: list[tuple[Run, ...]] = [()]
    for run in runs:
        first, *others = run.text.split(sign)
        pieces[-1] += (run._replace(text=first),)
        pieces += [(run._replace(text=text),) for text in others]
    return pieces


class _Finder:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._lines = list(lines_of(document.paragraphs))
        self._head = [line for line in self._lines if line.text][:_HEAD]

    def elements(self) -> Elements:
        appendices = tuple(self._appendices())
        first = self._head[0] if self._head else None
        if appendices and first is not None and first.at == appendices[0].label.at:
            return Elements(self._document, appendices=appendices, alone=True)
        title = self._first(lambda text: NATIONAL_TITLE.casefold() in folded(text))
        motto = self._first(lambda text: _letters(text) == _letters(MOTTO))
        recipients = self._recipients()
        end = self._end(recipients, appendices)
        number = self._first(_NUMBER.match)
        place_date = self._first(_PLACE_DATE.fullmatch)
        agencies = self._agencies(title or motto, number)
        kind = self._first(self._is_kind, outside=True)
        subject = self._subject(kind, end)
        letter = self._letter_subject(kind, end)
        bases = self._bases(kind, subject, end)
        addressee = self._first(_ADDRESSEE.match)
        known, positions, signer = self._signature(recipients)
        head = [title, motto, number, place_date, kind, *subject, *letter, addressee, *bases]
        start = self._after(line for line in head if line is not None and line.at < end)
        superiors, issuers = _split(agencies or [])
        return Elements(
            self._document, title, motto, agencies is not None, superiors, issuers, number,
            place_date, kind, subject, letter, bases, addressee,
            self._body(start, end, addressee), end, recipients, self._recipient_list(recipients),
            known, positions, signer, appendices,
        )  # fmt: skip

    def _first(self, said: Callable[[str], object], *, outside: bool = False) -> Line | None:
        lines = (each for each in self._head if not outside or each.paragraph.cell is None)
        return next((line for line in lines if said(line.text)), None)

    def _recipients(self) -> Line | None:
        """The last "Nơi nhận" with a colon or a list: it may be the heading of a column, too."""
        after: Line | None = None
        for line in reversed(self._lines):
            listed = after is not None and after.text.startswith(("-", "–"))
            if _RECIPIENTS.fullmatch(line.text) and (listed or line.text.endswith(":")):
                return line
            after = line if line.text else after
        return None

    # -- head ------------------------------------------------------------------------------------

    def _agencies(self, title: Line | None, number: Line | None) -> list[Line] | None:
        """The lines that name agencies; None if where they stand cannot be told."""
        anchor = title or number
        if anchor is None:
            return None
        if anchor.paragraph.cell is not None:
            beside = [line for line in self._lines if self._beside(line, anchor, number)]
            return list(takewhile(lambda line: not _NUMBER.match(line.text), beside))
        first = [line for line in self._head if line.at < (number or anchor).at]
        beside = [line for line, after in pairwise(first) if after.at == line.at]
        return beside or None

    def _beside(self, line: Line, anchor: Line, number: Line | None) -> bool:
        cell, wanted = line.paragraph.cell, anchor.paragraph.cell
        assert wanted is not None
        if cell is None or cell.table != wanted.table or not line.text or line.rule:
            return False
        if anchor is number:
            return cell.column == wanted.column and cell.row <= wanted.row
        return cell.column < wanted.column and cell.row <= wanted.row + 1

    @staticmethod
    def _is_kind(text: str) -> bool:
        return folded(text) in (*ABBREVIATIONS, *_OTHER_KINDS)

    def _subject(self, kind: Line | None, end: int) -> tuple[Line, ...]:
        """The lines under the kind of document, up to a rule, capitals or what is not centred."""
        if kind is None:
            return ()
        found: list[Line] = []
        for line in self._following(kind, end):
            if not line.text and not found and not line.paragraph.ruled:
                continue
            other = _BASIS.match(line.text) or _ADDRESSEE.match(line.text) or line.rule
            aside = found and line.paragraph.align is not Align.CENTRE
            remark = line.text.startswith("(")
            if not has_words(line.text) or other or aside or remark or line.text.isupper():
                break
            found.append(line)
            if line.paragraph.ruled:
                break
        return tuple(found)

    def _letter_subject(self, kind: Line | None, end: int) -> tuple[Line, ...]:
        """ "V/v …" under the number of a letter, which has no kind."""
        first = self._first(_LETTER.match)
        if first is None or kind is not None or first.at >= end:
            return ()
        cell = first.paragraph.cell
        later = self._lines[self._lines.index(first) :]
        return tuple(
            takewhile(
                lambda line: line.text and not line.rule and line.paragraph.cell == cell
                and (cell is not None or line.at == first.at), later,
            )
        )  # fmt: skip

    def _bases(self, kind: Line | None, subject: Sequence[Line], end: int) -> tuple[Line, ...]:
        """The legal bases that open a document; a report's "Căn cứ …, Sở báo cáo" is its body."""
        if kind is None:
            return ()
        later = [line for line in self._following(subject[-1] if subject else kind, end)
                 if line.text and line.paragraph.cell is None]  # fmt: skip
        begin = next((at for at, line in enumerate(later[:6]) if _BASIS.match(line.text)), None)
        if begin is None:
            return ()
        found = tuple(
            takewhile(lambda line: _BASIS.match(line.text) or _italic(line), later[begin:])
        )
        listed = any(line.text.endswith(";") for line in found)
        return found if listed or folded(kind.text) in _DECIDING else ()

    # -- body and foot ---------------------------------------------------------------------------

    def _body(self, start: int, end: int, addressee: Line | None) -> tuple[Paragraph, ...]:
        found: list[Paragraph] = []
        listing = addressee is not None and addressee.at + 1 == start
        for paragraph in self._document.paragraphs[start:end]:
            text = paragraph.text.strip()
            if paragraph.cell is not None or not has_words(text):
                continue
            listing = listing and text.startswith(("-", "–"))
            if not listing:
                found.append(paragraph)
        return tuple(found)

    def _end(self, recipients: Line | None, appendices: Sequence[Appendix]) -> int:
        ends = [appendices[0].label.at] if appendices else []
        if recipients is not None:
            cell = recipients.paragraph.cell
            ends.append(recipients.at if cell is None else self._begin_of(cell.table))
        return min(ends, default=len(self._document.paragraphs))

    def _begin_of(self, table: int) -> int:
        return next(
            index for index, each in enumerate(self._document.paragraphs)
            if each.cell is not None and each.cell.table == table
        )  # fmt: skip

    def _after(self, lines: Iterable[Line]) -> int:
        """The index of the first paragraph after all of `lines` and the tables they stand in."""
        last = max((line.at for line in lines), default=-1)
        paragraphs = self._document.paragraphs
        cell = paragraphs[last].cell if last >= 0 else None
        last += 1
        while cell is not None and last < len(paragraphs):
            beside = paragraphs[last].cell
            if beside is None or beside.table != cell.table:
                break
            last += 1
        return last

    def _following(self, line: Line, end: int) -> Iterator[Line]:
        at = self._lines.index(line) + 1
        return takewhile(lambda each: each.at < end, iter(self._lines[at : at + _HEAD]))

    def _recipient_list(self, recipients: Line | None) -> tuple[Line, ...]:
        if recipients is None:
            return ()
        cell = recipients.paragraph.cell
        later = [line for line in self._lines if line.at > recipients.at
                 and line.paragraph.cell == cell and line.text]  # fmt: skip
        if cell is None:
            later = list(takewhile(lambda line: line.text.startswith(("-", "–")), later))
        return tuple(line for line in later if has_words(line.text))

    def _signature(self, recipients: Line | None) -> tuple[bool, tuple[Line, ...], Line | None]:
        """Whether its place is known, the lines of power and position, and the name."""
        cell = None if recipients is None else recipients.paragraph.cell
        if cell is None:
            return False, (), None
        lines = [line for line in self._lines if (of := line.paragraph.cell) is not None
                 and of.table == cell.table and of.row >= cell.row and of.column > cell.column
                 and not line.text.startswith(("(", "["))]  # fmt: skip
        while lines and not lines[0].text:
            lines.pop(0)
        said = [line for line in lines if line.text]
        positions = list(takewhile(lambda line: line.text, lines))
        if len(positions) == len(said):  # no gap to sign in: the last is a name if it looks so
            named = len(said) > 1 and not said[-1].text.isupper()
            return True, tuple(said[:-1] if named else said), said[-1] if named else None
        return True, tuple(positions), said[-1]

    def _appendices(self) -> Iterator[Appendix]:
        for at, line in enumerate(self._lines):
            centred = line.paragraph.align is Align.CENTRE
            bold = bool(line.runs) and all(run.bold for run in line.runs if run.text.strip())
            fits = line.paragraph.cell is None and (centred or bold)
            if fits and _APPENDIX.fullmatch(line.text):
                yield self._appendix(line, self._lines[at + 1 : at + 12])

    @staticmethod
    def _appendix(label: Line, later: Sequence[Line]) -> Appendix:
        outside = [line for line in takewhile(lambda each: each.paragraph.cell is None, later)
                   if line.text and not line.rule]  # fmt: skip
        title = tuple(
            takewhile(
                lambda line: line.paragraph.align is Align.CENTRE
                and not _REFERENCE.match(line.text), outside,
            )
        )  # fmt: skip
        after = outside[len(title) : len(title) + 1]
        reference = after[0] if after and _REFERENCE.match(after[0].text) else None
        return Appendix(label, title, reference)


def _italic(line: Line) -> bool:
    return all(run.italic for run in line.runs if run.text.strip())


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, folded(text)))


def _split(agencies: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Superior agencies and the issuing one, which may take several lines."""
    lines = tuple(agencies)
    bold = [any(run.bold for run in line.runs if run.text.strip()) for line in lines]
    if len(lines) < 2:
        return (), lines
    if any(bold):
        start = bold.index(True)
        if start == 0 and _names_superior(lines[0].text, lines[1].text):
            start = 1
        return lines[:start], lines[start:]
    return lines[:-1], lines[-1:]


def _names_superior(first: str, second: str) -> bool:
    """Whether two lines name two agencies, not one whose name is long."""
    above, below = folded(first) + " ", folded(second) + " "
    return above.startswith(_SUPERIORS) and below.startswith(_OFFICES)


def authority(text: str) -> bool:
    """Whether a line of the signature begins with for whom it is signed."""
    return _AUTHORITY.match(text) is not None
