"""A PDF made from a text → what stands in it: tables by their lines, and the lines between them.

A PDF knows letters at places and drawn lines, no words, paragraphs or cells: what is put together
here is doubted once for the whole, and wherever a line end leaves open what was meant.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from cchc_cli.core.intake.content import Body, Cell, Content, Doubt, Paragraph, Row, Table
from cchc_cli.core.message import Message, msg
from cchc_cli.documents.legacy import Piece, decide
from cchc_cli.documents.package import MAX_BYTES, CannotRead

_MAX_PAGES = 400
_MAX_UNPACKED = 200_000_000  # bytes of all streams; a page of text takes 20,000
_MAX_STREAM = 40_000_000
_MAX_PAGE = 8_000_000  # bytes of what draws one page
_MAX_MARKS = 60_000  # letters and lines of one page; a full page has 5,000
_WIDE_GAP = 25  # points between what stands side by side
_MARKED = re.compile(r"(?:[-–+•*] ?|\d{1,2}[.)] |[IVXL]+\. |[a-zđ]\) )\S")
_STREAM = re.compile(rb"stream\r?\n")
_FOR_WORD = msg("ask for the Word file of the document")


class _Line(NamedTuple):
    """A line of text outside tables, at its place on the page (points from top left).

    `first` is the width of its first word.
    """

    text: str
    bold: bool
    first: float
    left: float
    right: float
    top: float
    bottom: float


def read(content: bytes) -> Content:
    """What stands in a PDF. Raises `CannotRead` for scans, and for what no office makes."""
    try:
        import pdfplumber
    except ImportError:
        raise CannotRead(
            msg("PDF files need the package pdfplumber, which is not installed"),
            msg("pip install “cchc[pdf]”; or import the Word file of the document"),
        ) from None
    _guard(content)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(content)) as file:
            return _all_pages(file.pages)
    except CannotRead:
        raise
    except Exception as failure:  # a file can be broken in more ways than the library names
        raise CannotRead(
            msg("the PDF cannot be read (damaged, or with a password)"), _FOR_WORD
        ) from failure


def _all_pages(pages: Sequence[Any]) -> Content:
    if len(pages) > _MAX_PAGES:
        raise CannotRead(msg("the file has more than {limit} pages", limit=_MAX_PAGES))
    reader = _Reader()
    for page in pages:
        _count(page)
        reader.page(page)
        page.close()  # which gives its memory back
    return reader.content()


def _count(page: Any) -> None:
    """Refuse a page that draws far more than one can hold, before anything of it is kept."""
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    too_much = CannotRead(
        msg("page {page} holds more than a page of text can", page=page.page_number), _FOR_WORD
    )
    if sum(len(stream.get_data()) for stream in page.page_obj.contents) > _MAX_PAGE:
        raise too_much

    class Counter(PDFTextDevice):
        marks = 0

        def count(self, *_: object, **__: object) -> float:
            self.marks += 1
            if self.marks > _MAX_MARKS:
                raise too_much
            return 1.0

        # What is drawn does not matter here.
        render_char = paint_path = count  # type: ignore[assignment]
        render_image = begin_figure = begin_tag = count  # type: ignore[assignment]

    manager = PDFResourceManager()
    PDFPageInterpreter(manager, Counter(manager)).process_page(page.page_obj)


def _guard(content: bytes) -> None:
    """Refuse what would unpack to far more than a text, before it is unpacked."""
    if len(content) > MAX_BYTES:
        raise CannotRead(msg("the file is larger than {limit} MB", limit=MAX_BYTES // 1_000_000))
    left = _MAX_UNPACKED
    for found in _STREAM.finditer(content):
        head = content[max(0, found.start() - 400) : found.start()]
        head = head[head.rfind(b"obj") :]
        if head.count(b"Decode") > 1 + head.count(b"DecodeParms"):
            raise CannotRead(msg("the PDF is packed several times over; no office program does"))
        size = _unpacked(content, found.end(), min(left, _MAX_STREAM))
        left -= size
        if left <= 0 or size >= _MAX_STREAM:
            limit = _MAX_UNPACKED // 1_000_000
            raise CannotRead(msg("the file unpacks to more than {limit} MB", limit=limit))


def _unpacked(content: bytes, start: int, limit: int) -> int:
    """How many bytes the stream there gives, counted up to the limit."""
    unpacker, size = zlib.decompressobj(), 0
    piece = content[start : start + 65_536]
    try:
        while piece and not unpacker.eof and size < limit:
            size += len(unpacker.decompress(piece, 1_000_000))
            piece = unpacker.unconsumed_tail
            if not piece:
                start += 65_536
                piece = content[start : start + 65_536]
    except zlib.error:  # of another kind, such as a picture
        return size
    return size


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Body | Table] = []
        self.doubts: list[Doubt] = []
        self.tables = self.letters = 0
        self.open: list[str] = []  # lines of a paragraph that may go on
        self.last: _Line | None = None
        self.begun: Message | None = None
        self.bold = False
        self.by_font: dict[str, list[str]] = {}  # what stands in each font, letter by letter

    def page(self, page: Any) -> None:
        """Add what stands on the next page."""
        number = page.page_number
        place = msg("page {page}", page=number)
        if not page.chars and page.images:
            self._doubt(msg("the page is a picture; what it shows is not read"), place)
        self.letters += len(page.chars)
        self._remember_fonts(page.chars)
        tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
        above = 0.0
        outside = page.filter(lambda mark: not any(_within(mark, t.bbox) for t in tables))
        found = list(_lines(outside))
        lines = _numberless(found, page.height)
        if len(lines) < len(found):
            self._once(msg("page numbers are left out"))
        for table in tables:
            top = table.bbox[1]
            self._paragraphs([line for line in lines if above <= line.top < top], place)
            self._end()
            self.blocks.append(self._table(table, number))
            above = top
        self._paragraphs([line for line in lines if line.top >= above], place)

    def content(self) -> Content:
        """All pages; raises `CannotRead` where there is nothing to read in them."""
        self._end()
        if not self.letters:
            raise CannotRead(
                msg("the PDF holds pictures of pages (a scan) and no text"),
                msg("ask for the Word file, or for a PDF made from it; nothing is guessed from "
                    "pictures"),
            )  # fmt: skip
        decision = decide([Piece("".join(letters), font)] for font, letters in self.by_font.items())
        if decision.converted or decision.unreadable:
            raise CannotRead(msg("the letters of the PDF are in an old encoding (TCVN3 or VNI)"),
                             _FOR_WORD)  # fmt: skip
        if not self.tables:
            raise CannotRead(
                msg("the PDF holds no table with drawn lines, and so no columns"), _FOR_WORD
            )
        self._once(msg("a PDF does not tell where words and paragraphs end: they are put together "
                       "from lines; compare them with the document"))  # fmt: skip
        return Content(tuple(self.blocks), tuple(self.doubts), wrapped=True)

    def _remember_fonts(self, letters: Sequence[dict[str, Any]]) -> None:
        for letter in letters[:3000]:
            font = str(letter["fontname"]).partition("+")[2] or str(letter["fontname"])
            self.by_font.setdefault(font, []).append(str(letter["text"]))

    def _doubt(self, message: Message, place: Message | None) -> None:
        self.doubts.append(Doubt(message, place))

    def _once(self, message: Message) -> None:
        if Doubt(message) not in self.doubts:
            self.doubts.append(Doubt(message))

    # -- tables ------------------------------------------------------------------------------------

    def _table(self, table: Any, page: int) -> Table:
        self.tables += 1
        rows = [
            Row(tuple(self._cells(table, at, texts, page)), _row_place(page, at + 1))
            for at, texts in enumerate(table.extract())
        ]
        return Table(tuple(rows), msg("table on page {page}", page=page))

    def _cells(self, table: Any, at: int, texts: Sequence[str | None], page: int) -> Iterator[Cell]:
        boxes = table.rows[at].cells
        top = table.rows[at].bbox[1]
        lefts = sorted({box[0] for box in table.cells})
        column = 0
        while column < len(boxes):
            box = boxes[column]
            over = box or _covering(table.cells, lefts[column], top)
            wide = sum(over[0] <= left < over[2] - 1 for left in lefts[column:]) if over else 1
            if box is None:
                yield Cell((), max(wide, 1), merged=over is not None and over[1] < top - 1)
            else:
                lines = [_plain(line) for line in (texts[column] or "").split("\n")]
                self._line_ends(lines, _row_place(page, at + 1))
                self._run_together(lines, _row_place(page, at + 1))
                yield Cell(tuple(Paragraph(line) for line in lines if line), max(wide, 1))
            column += max(wide, 1)

    def _line_ends(self, lines: Sequence[str], place: Message) -> None:
        for line, after in pairwise(lines):
            if re.search(r"(?:^|[^\W\d_]) -$|\d ?-$", line):
                self._doubt(
                    msg("a line ends with “{end}” and goes on with “{next}”: whether a blank "
                        "stands between is not in the file", end=line[-8:], next=after[:8]),
                    place,
                )  # fmt: skip

    def _run_together(self, lines: Sequence[str], place: Message) -> None:
        """A print that shows changes holds the old and the new text, with no blank between."""
        for line in lines:
            for a, b, c in zip(line, line[1:], line[2:], strict=False):
                if (a.isdigit() or a.islower()) and b.isupper() and c.islower():
                    self._doubt(
                        msg("“{text}”: two texts have run together, such as an old one that is "
                            "struck out and a new one; see which one holds", text=line),
                        place,
                    )  # fmt: skip
                    break

    # -- text between tables -----------------------------------------------------------------------

    def _paragraphs(self, lines: Sequence[_Line], place: Message) -> None:
        left = min((line.left for line in lines), default=0)
        right = max((line.right for line in lines), default=0)
        for line in lines:
            if self._begins(line, left, right):
                self._end()
                self.begun, self.bold = place, line.bold
            self.open.append(line.text)
            self.last = line

    def _begins(self, line: _Line, left: float, right: float) -> bool:
        before = self.last
        if before is None or not self.open or _MARKED.match(line.text) or line.bold != before.bold:
            return True
        height = before.bottom - before.top
        gap = line.top - before.top
        apart = gap > height * 1.9 or -400 < gap < 0  # a new page goes on, another column does not
        short = before.right + line.first + height / 4 < right  # the next word had room there
        indented = line.left > left + 15 and before.left < left + 5
        return apart or short or indented

    def _end(self) -> None:
        if self.open and self.begun is not None:
            self._line_ends(self.open, self.begun)
            text = " ".join(self.open)
            text = re.sub(r"(?<=[^\W\d_]-) ", "", text)
            shown = text if len(text) < 40 else f"{text[:40]}…"
            place = msg("{page}: “{text}”", page=self.begun, text=shown)
            self.blocks.append(Body(Paragraph(text, bold=self.bold), place))
        self.open, self.last = [], None


def _within(mark: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of a letter lies in a table; other marks are of no interest."""
    x, y = (mark["x0"] + mark["x1"]) / 2, (mark["top"] + mark["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _covering(
    cells: Sequence[tuple[float, float, float, float]], left: float, top: float
) -> tuple[float, float, float, float] | None:
    """The cell in which a place just below and right of (left, top) lies."""
    x, y = left + 1, top + 1
    return next((c for c in cells if c[0] <= x <= c[2] and c[1] <= y <= c[3]), None)


def _row_place(page: int, row: int) -> Message:
    return msg("page {page}, row {row}", page=page, row=row)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _lines(page: Any) -> Iterator[_Line]:
    """Lines from top to bottom; of what stands side by side, first all that is left."""
    right: list[_Line] = []
    middle = page.width / 2
    for line in page.extract_text_lines(strip=True, return_chars=True, keep_blank_chars=True):
        for piece in _side_by_side(line["chars"]):
            if piece.left > middle * 0.9:
                right.append(piece)
                continue
            if right and piece.right > middle * 1.2:
                yield from right
                right = []
            yield piece
    yield from right


def _side_by_side(letters: Sequence[dict[str, Any]]) -> Iterator[_Line]:
    held: list[dict[str, Any]] = []
    for letter in letters:
        if held and letter is held[-1]:
            continue  # a letter of two code points is named twice
        if held and letter["text"].strip() and letter["x0"] - _end_of(held) > _WIDE_GAP:
            yield _line(held)
            held = []
        held.append(letter)
    if held:
        yield _line(held)


def _end_of(letters: Sequence[dict[str, Any]]) -> float:
    return next((float(c["x1"]) for c in reversed(letters) if c["text"].strip()), 0.0)


def _line(letters: Sequence[dict[str, Any]]) -> _Line:
    text, before = "", None
    for letter in letters:
        gap = before is not None and letter["x0"] - before["x1"] > letter["size"] * 0.2
        text += (" " if gap else "") + letter["text"]
        before = letter
    bold = all("bold" in str(c["fontname"]).lower() for c in letters if c["text"].strip())
    seen = [c for c in letters if c["text"].strip()] or letters
    first = len("".join(_plain(text).split(" ")[:1]))
    wide = seen[min(first, len(seen)) - 1]["x1"] - seen[0]["x0"]
    return _Line(_plain(text), bold, wide, seen[0]["x0"], seen[-1]["x1"],
                 min(c["top"] for c in letters), max(c["bottom"] for c in letters))  # fmt: skip


def _numberless(lines: list[_Line], height: float) -> list[_Line]:
    """Without the number of the page in its margins."""
    return [
        line for line in lines if line.text
        and not (line.text.strip("- ").isdecimal()
                 and not height * 0.1 < line.top < height * 0.9)
    ]  # fmt: skip
