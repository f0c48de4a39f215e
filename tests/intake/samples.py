"""Word files that hold the task table of the real plan, one per way in which offices make them.

`word_file(kind)` gives the bytes of a .docx, the same every time; `GOLD` is what stands in it: the
26 rows of the signed table, in printed order. The kinds:

A  the whole document: letterhead, parts I–IV, recipients and signer, then the table; its header row
   is repeated by Word, the name of a field stands in one cell merged over five columns
B  two-line header (“Đơn vị” over “chủ trì” and “phối hợp”), typed again inside the table and inside
   a split row; tasks split in two rows with an empty TT; equal cells merged downward; short runs
C  TT and field numerals numbered by Word; two tables; no-break and double blanks
D  NFD text; deadlines put in as tracked changes, with the old value struck out
E  TCVN3 letters in .VnTime, the letter “ư” as Word's optional hyphen
F  VNI letters in VNI-Times

The parts are written as text, so that nothing stands between a test and what the file says.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from cchc_cli.core.model import Document, Plan
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

ROOT = Path(__file__).parents[2]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

COLUMNS = (
    "TT",
    "Nhiệm vụ cụ thể",
    "Sản phẩm",
    "Đơn vị chủ trì",
    "Đơn vị phối hợp",
    "Thời gian hoàn thành",
)
KINDS = "ABCDEF"
# In kind D: what the deadline was before the tracked change.
STRUCK_OUT = {"I.1": "Quý III năm 2021", "IV.2": "Năm 2021", "VII.1": "Quý IV hằng năm"}
# In kind B: these tasks stand in two rows; the second begins with these words.
SPLIT = {"I.5": "phát hiện, hiến kế", "VII.3": "2030 khi có"}


class GoldRow(NamedTuple):
    """One row of the signed table. `products` are its paragraphs, without their dashes."""

    field: str
    field_name: str
    number: str
    name: str
    products: tuple[str, ...]
    lead: str
    support: str
    deadline: str

    @property
    def id(self) -> str:
        """Such as “II.5”."""
        return f"{self.field}.{self.number}"

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The six cells as printed, each as its paragraphs."""
        return ((self.number,), (self.name,), self.products, (self.lead,), (self.support,),
                (self.deadline,))  # fmt: skip


@cache
def plan() -> Plan:
    """The real plan of this repository."""
    loaded = load(*read_plans(ROOT))
    return loaded.workspace.plans["cchc-2021-2025"]


def _gold() -> tuple[GoldRow, ...]:
    appendix = plan().appendix
    assert appendix is not None
    return tuple(
        GoldRow(
            str(field.id), str(field.name), str(task.number), str(task.name),
            tuple(map(str, task.products)), str(task.lead), str(task.support), str(task.deadline),
        )
        for field in appendix.fields
        for task in field.tasks
    )  # fmt: skip


GOLD = _gold()


# Parts of a Word file


def text(content: str) -> str:
    """The content of a run: lines and tabs as Word's elements."""
    out = escape(content).replace("\n", "</w:t><w:br/><w:t>").replace("\t", "</w:t><w:tab/><w:t>")
    return f"<w:t>{out}</w:t>".replace("<w:t>", '<w:t xml:space="preserve">')


def run(content: str, properties: str = "") -> str:
    """A run; `properties` are elements of w:rPr, such as ``<w:b/>``."""
    held = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{held}{text(content)}</w:r>" if content else ""


def fonts(name: str) -> str:
    """The run property that names a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; `properties` are elements of w:pPr."""
    held = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{held}{''.join(runs)}</w:p>"


def cell(*paragraphs: str, span: int = 1, merge: str = "", properties: str = "") -> str:
    """A cell; `merge` is "restart" or "continue" of a merge downward."""
    held = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    # Word itself leaves the value "continue" out.
    held += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>" if merge else ""
    inside = "".join(paragraphs) or "<w:p/>"
    return f"<w:tc><w:tcPr>{held}{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row; `properties` are elements of w:trPr."""
    held = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{held}{''.join(cells)}</w:tr>"


def table(*rows: str, widths: Iterable[int] = (567, 3402, 1985, 1418, 1418, 1276)) -> str:
    """A table with lines; `widths` of its columns in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0"/>' for side in sides)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{lines}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def level(number: int, form: str, shown: str, *, start: int = 1, more: str = "") -> str:
    """A level of a list: `form` is "decimal", "upperRoman" …; `shown` is such as ``%1.``."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


def abstract_list(number: int, *levels: str) -> str:
    """A kind of list (w:abstractNum)."""
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def one_list(number: int, abstract: int, starts: dict[int, int] | None = None) -> str:
    """A list of a kind; `starts` are the levels that begin anew at a number (w:startOverride)."""
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for at, start in (starts or {}).items()
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{anew}</w:num>'


def numbered(number: int, at: int = 0) -> str:
    """The paragraph property that puts a paragraph into a list."""
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'


_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" '
    'w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="26"/></w:rPr></w:rPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1">'
    '<w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr></w:style>'
)
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": WORD,
        "r": RELATIONS,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    }.items()
)


def part(root: str, inside: str) -> str:
    """An XML part with the root element w:`root`."""
    return f"{_XML}<w:{root} {_NAMESPACES}>{inside}</w:{root}>"


def docx(
    body: str, *, lists: str = "", styles: str = _STYLES, parts: dict[str, str] | None = None
) -> bytes:
    """A Word file with that body; `lists` is what numbering.xml holds, `parts` are further ones."""
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" '
        'w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    # Word ends no document with a table, and old formats cannot.
    last = paragraph() if body.endswith("</w:tbl>") else ""
    kinds = ("document.main", "styles", "numbering")
    names = ("document", "styles", "numbering")
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in zip(names, kinds, strict=True)
    )
    content = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({n: f"{n}.xml" for n in names[1:]}),
        "word/document.xml": part("document", f"<w:body>{body}{last}{page}</w:body>"),
        "word/styles.xml": part("styles", styles),
        "word/numbering.xml": part("numbering", lists),
    }
    return packed(content | (parts or {}))


def _relations(targets: dict[str, str]) -> str:
    held = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{held}</Relationships>'


def packed(parts: dict[str, str]) -> bytes:
    """A zip of text parts, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# The kinds


def word_file(kind: str) -> bytes:
    """The bytes of the Word file of that kind ("A" … "F")."""
    return {"A": _whole, "B": _merged, "C": _by_word, "D": _tracked, "E": _tcvn3, "F": _vni}[kind]()


Write = Callable[[str], str]  # text → runs


def _plain(content: str) -> str:
    return run(content)


def _bold(content: str) -> str:
    return run(content, "<w:b/>")


def _cells(gold: GoldRow, write: Write = _plain) -> list[str]:
    return [cell(*(paragraph(write(line)) for line in lines)) for lines in gold.cells]


def _header(write: Write = _bold) -> str:
    cells = (cell(paragraph(write(name))) for name in COLUMNS)
    return row(*cells, properties="<w:tblHeader/>")


def _field(number: str, name: str, write: Write = _bold) -> str:
    return row(cell(paragraph(write(number))), cell(paragraph(write(name)), span=5))


def _rows(write: Write = _plain, bold: Write = _bold) -> Iterator[str]:
    for (number, name), tasks in groupby(GOLD, key=lambda gold: (gold.field, gold.field_name)):
        yield _field(number, name, bold)
        for gold in tasks:
            yield row(*_cells(gold, write))


def _heading(write: Write = _bold) -> str:
    appendix = plan().appendix
    assert appendix is not None
    lines = (appendix.heading, appendix.subject, appendix.attached)
    centred = '<w:jc w:val="center"/>'
    return "".join(paragraph(write(str(line)), properties=centred) for line in lines)


def _whole() -> bytes:
    return docx(
        _letterhead()
        + _document(plan().document)
        + _signature(plan().document)
        + _heading()
        + table(_header(), *_rows())
    )


def _letterhead() -> str:
    left = ("UBND TỈNH QUẢNG NGÃI", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Số:          /KH-SKHCN")
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
             "Quảng Ngãi, ngày      tháng 10 năm 2021")  # fmt: skip
    sides = (cell(*(paragraph(_bold(line)) for line in side)) for side in (left, right))
    return table(row(*sides), widths=(4000, 6000))


def _document(document: Document | None) -> str:
    assert document is not None
    out = [paragraph(_bold(str(document.type))), paragraph(_bold(str(document.subject)))]
    out.append(paragraph(run(str(document.preamble))))
    for chapter in document.parts:
        heading = _bold(f"{chapter.number}. {chapter.title}" + (":" if chapter.text else ""))
        out.append(paragraph(heading, run(f" {chapter.text}" if chapter.text else "")))
        for section in chapter.sections:
            heading = _bold(f"{section.number}. {section.title}" + (":" if section.text else ""))
            out.append(paragraph(heading, run(f" {section.text}" if section.text else "")))
            out += (paragraph(run(f"- {item}")) for item in section.items)
        out += (paragraph(run(line)) for line in str(chapter.closing or "").split("\n") if line)
    return "".join(out)


def _signature(document: Document | None) -> str:
    assert document is not None
    assert document.signature is not None
    left = [paragraph(_bold("Nơi nhận:")), *(paragraph(run(f"- {r}")) for r in document.recipients)]
    title, name = map(str, document.signature)
    right = [paragraph(_bold(title)), paragraph(), paragraph(), paragraph(_bold(name))]
    return table(row(cell(*left), cell(*right)), widths=(5000, 5000))


def _short_runs(content: str) -> str:
    """Cut as Word cuts what was typed in several sittings: inside words, too."""
    out, at, length = [], 0, 1
    while at < len(content):
        out.append(run(content[at : at + length]))
        at, length = at + length, length % 7 + 1
    return "".join(out)


def _merged() -> bytes:
    rows = [_two_lines(repeated=True)]
    for (number, name), tasks in groupby(GOLD, key=lambda gold: (gold.field, gold.field_name)):
        rows.append(_field(number, name))
        merges: dict[int, str] = {}
        for gold in tasks:
            if gold.id == "II.2":
                rows.append(_two_lines())
                merges = {}
            rows += _merged_rows(gold, merges)
            if gold.id in SPLIT:
                merges = {}
    return docx(_heading() + table(*rows))


def _two_lines(*, repeated: bool = False) -> str:
    def down(name: str) -> str:
        return cell(paragraph(_bold(name)), merge="restart")

    unit = cell(paragraph(_bold("Đơn vị")), span=2)
    first = [*map(down, COLUMNS[:3]), unit, down(COLUMNS[5])]
    below = [cell(merge="continue")] * 3
    second = [*below, *(cell(paragraph(_bold(n))) for n in ("chủ trì", "phối hợp")), below[0]]
    held = "<w:tblHeader/>" if repeated else ""
    return row(*first, properties=held) + row(*second, properties=held)


def _merged_rows(gold: GoldRow, above: dict[int, str]) -> Iterator[str]:
    """One task in one or two rows; cells equal to those `above` continue them."""
    lines = list(gold.cells)
    rest = ""
    if gold.id in SPLIT:
        begin, after, end = gold.name.partition(SPLIT[gold.id])
        lines[1], rest = (begin,), after + end
    cells = [cell(*(paragraph(_short_runs(line)) for line in held)) for held in lines[:3]]
    for column in (3, 4, 5):
        (content,) = lines[column]
        same = above.get(column) == content
        inside = () if same else (paragraph(_short_runs(content)),)
        cells.append(cell(*inside, merge="continue" if same else "restart"))
        above[column] = content
    yield row(*cells)
    if rest:
        if gold.id == "VII.3":
            yield _two_lines()
        yield row(cell(), cell(paragraph(_short_runs(rest))), *[cell()] * 4)


def _by_word() -> bytes:
    """Fields are “%1.” and tasks “%1)”, numbered by lists; nothing of it stands in a cell."""
    lists = [one_list(1, 1)]
    parts: tuple[list[str], list[str]] = ([_header()], [_header()])
    previous = 0
    for gold in GOLD:
        number = int(gold.number)
        rows = parts[gold.field in {"V", "VI", "VII"}]
        if number == 1:
            empty = paragraph(properties=numbered(1))
            rows.append(row(cell(empty), cell(paragraph(_bold(gold.field_name)), span=5)))
        if number == 1 or number != previous + 1:
            lists.append(one_list(len(lists) + 1, 2, {0: number}))
        rows.append(
            row(
                cell(paragraph(properties=numbered(len(lists)))),
                *_cells(gold, lambda content: run(_wide_blanks(content)))[1:],
            )
        )
        previous = number
    kinds = abstract_list(1, level(0, "upperRoman", "%1.")) + abstract_list(
        2, level(0, "decimal", "%1)")
    )
    first, second = parts
    between = paragraph()
    return docx(_heading() + table(*first) + between + table(*second), lists=kinds + "".join(lists))


def _wide_blanks(content: str) -> str:
    """Every third blank is one that does not break, every fifth is doubled."""
    words = content.split(" ")
    out = words[0]
    for number, word in enumerate(words[1:], start=1):
        out += ("\u00a0" if number % 3 == 0 else "  " if number % 5 == 0 else " ") + word
    return out


def change(kind: str, *runs: str) -> str:
    """A tracked change: `kind` is "ins", "del", "moveFrom" or "moveTo"."""
    inside = "".join(runs)
    if kind == "del":
        inside = inside.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return (
        f'<w:{kind} w:id="1" w:author="Văn thư" w:date="2021-10-01T08:00:00Z">{inside}</w:{kind}>'
    )


def _tracked() -> bytes:
    def apart(content: str) -> str:
        return run(unicodedata.normalize("NFD", content))

    def bold(content: str) -> str:
        return run(unicodedata.normalize("NFD", content), "<w:b/>")

    rows = [_header(bold)]
    for (number, name), tasks in groupby(GOLD, key=lambda gold: (gold.field, gold.field_name)):
        rows.append(_field(number, name, bold))
        for gold in tasks:
            cells = _cells(gold, apart)
            if gold.id in STRUCK_OUT:
                old = change("del", apart(STRUCK_OUT[gold.id]))
                cells[5] = cell(paragraph(old, change("ins", apart(gold.deadline))))
            rows.append(row(*cells))
    return docx(_heading(bold) + table(*rows))


# Letters of TCVN3 by their codes from A0 on; “_” is none. It has no accented capitals.
_TCVN3 = (
    "_ĂÂÊÔƠƯĐăâêôơưđ_"
    "_____àảãáạ_ằẳẵắ_"
    "______ặầẩẫấậè_ẻẽ"
    "éẹềểễếệìỉ___ĩíịò"
    "_ỏõóọồổỗốộờởỡớợù"
    "_ủũúụừửữứựỳỷỹýỵ_"
)


def tcvn3(content: str) -> str:
    """The text as .VnTime shows it; an accented capital becomes small, for there is none."""
    out = ""
    for letter in content:
        small = letter if letter in _TCVN3 else letter.lower()
        found = _TCVN3.find(small) if small != "_" and ord(small) > 0xA0 else -1
        out += letter if found < 0 else chr(0xA0 + found)
    return out


def small_capitals_lost(content: str) -> str:
    """The text as TCVN3 can hold it: accented capitals that it lacks are small."""
    return "".join(
        c if ord(c) < 0xA0 or c in _TCVN3 or c.lower() not in _TCVN3 else c.lower() for c in content
    )


_VNI_TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_HATS = {
    "\u0302": {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"},
    "\u0306": {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"},
}
_VNI_WHOLE = {"đ": "ñ", "ơ": "ô", "ư": "ö", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò",
              "ỵ": "î"}  # fmt: skip


def vni(content: str) -> str:
    """The text as VNI-Times shows it: a letter, then its marks as a letter of its own."""
    return "".join(map(_vni_letter, content))


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    if small in _VNI_WHOLE:
        out = _VNI_WHOLE[small]
    else:
        base, *marks = unicodedata.normalize("NFD", small)
        hat = next((mark for mark in marks if mark in _VNI_HATS), "")
        tone = next((mark for mark in marks if mark in _VNI_TONES), "")
        horn = "\u031b" in marks
        stem = {"o": "ô", "u": "ö"}[base] if horn else base
        out = stem + (_VNI_HATS[hat][tone] if hat else _VNI_TONES.get(tone, ""))
        if not (hat or tone or horn):
            return letter
    return out if letter == small else out.upper()


def _in_font(name: str, encode: Callable[[str], str], more: str = "") -> Write:
    def write(content: str) -> str:
        made = run(encode(content), fonts(name) + more)
        hyphen = '</w:t><w:softHyphen/><w:t xml:space="preserve">'
        return made.replace("\xad", hyphen)

    return write


def _tcvn3() -> bytes:
    write = _in_font(".VnTime", tcvn3)
    bold = _in_font(".VnTime", tcvn3, "<w:b/>")
    capitals = _in_font(".VnTimeH", tcvn3, "<w:b/>")
    return docx(_heading(capitals) + table(_header(bold), *_rows(write, bold)))


def _vni() -> bytes:
    write = _in_font("VNI-Times", vni)
    bold = _in_font("VNI-Times", vni, "<w:b/>")
    return docx(_heading(bold) + table(_header(bold), *_rows(write, bold)))
