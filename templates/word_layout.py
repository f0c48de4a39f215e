"""Layout that the Word templates share (Nghị định 30/2020/NĐ-CP, Phụ lục I); read by the builders.

Tags are those of docxtpl: ``{%p … %}`` alone in a paragraph and ``{%tr … %}`` alone in a table row
stand for the paragraph or row itself. Lengths are millimetres, sizes points.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from cchc_cli.render.docx import repacked

FONT = "Times New Roman"
WIDTH = 165  # of the text: A4 less 30 left and 15 right

Style = tuple[str, float, bool, bool, ALIGN, float, float]

# Style: (parent, size, bold, italic, alignment, space before, space after)
STYLES: dict[str, Style] = {
    "Heading 1": ("Normal", 14, True, False, ALIGN.JUSTIFY, 12, 6),
    "Heading 2": ("Normal", 14, True, False, ALIGN.JUSTIFY, 6, 6),
    "Heading 3": ("Normal", 14, True, True, ALIGN.JUSTIFY, 6, 6),
    "Quốc hiệu": ("Normal", 12, True, False, ALIGN.CENTER, 0, 0),
    "Tiêu ngữ": ("Normal", 13, True, False, ALIGN.CENTER, 0, 0),
    "Cơ quan chủ quản": ("Normal", 12, False, False, ALIGN.CENTER, 0, 0),
    "Số ký hiệu": ("Normal", 13, False, False, ALIGN.CENTER, 0, 0),
    "Địa danh": ("Normal", 13, False, True, ALIGN.CENTER, 0, 0),
    "Tên loại": ("Normal", 14, True, False, ALIGN.CENTER, 18, 0),
    "Trích yếu": ("Normal", 14, True, False, ALIGN.CENTER, 0, 0),
    "Giữa": ("Normal", 14, False, False, ALIGN.CENTER, 6, 6),
    "Kèm theo": ("Normal", 14, False, True, ALIGN.CENTER, 0, 12),
    "Chỗ trống": ("Normal", 14, False, False, ALIGN.LEFT, 0, 6),
    "Đường kẻ": ("Normal", 2, False, False, ALIGN.CENTER, 4, 6),
    "Bảng": ("Normal", 11, False, False, ALIGN.LEFT, 2, 2),
    "Bảng số": ("Bảng", 11, False, False, ALIGN.CENTER, 2, 2),
    "Bảng đầu": ("Bảng", 11, True, False, ALIGN.CENTER, 2, 2),
    "Bảng đậm": ("Bảng", 11, True, False, ALIGN.LEFT, 2, 2),
    "Sau bảng": ("Normal", 6, False, False, ALIGN.LEFT, 0, 0),
    "Chức vụ": ("Normal", 14, True, False, ALIGN.CENTER, 0, 0),
    "Nơi nhận": ("Normal", 12, True, True, ALIGN.LEFT, 0, 0),
    "Danh sách nơi nhận": ("Normal", 11, False, False, ALIGN.LEFT, 0, 0),
}
INDENTED = ("Heading 1", "Heading 2", "Heading 3", "Chỗ trống")  # as the first line of the body
LEADING = ("Heading 1", "Heading 2", "Heading 3", "Bảng đầu", "Chức vụ", "Nơi nhận")
KEPT = ("Default Paragraph Font", "Normal Table", "No List", "Table Grid", "Header", "Normal")

DOTS = "…………"


# -- the document ----------------------------------------------------------------------------------


def started(styles: Mapping[str, Style]) -> Any:
    """An empty document of portrait pages with those styles."""
    document = Document()
    plain_styles(document, styles)
    page(document.sections[0])
    return document


def finished(document: Any, styles: Mapping[str, Style], title: str) -> bytes:
    """The document as the bytes of a Word file, with nothing in it that nobody uses."""
    settings(document)
    slim(document, styles)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = title
    properties.created = properties.modified = datetime.datetime(2021, 10, 1)  # noqa: DTZ001
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def letterhead(document: Any, of: str) -> Any:
    """Agency and national title; the cells below, for number and place. `of` names the view."""
    table = borderless(document, (68, 97))
    left, right = table.rows[0].cells
    for style, name in (("Cơ quan chủ quản", "superior"), ("Quốc hiệu", "issuer")):
        text = f"{{{{ {of}.{name}|upper if {of}.{name} else none }}}}"
        (fill if name == "superior" else add)(left, style, text)
    rule(left, 23)
    fill(right, "Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    add(right, "Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc")
    rule(right, 19.2)  # as long as the line
    number, place = table.add_row().cells  # side by side, however long the agency's name is
    fill(place, "Địa danh", f"{{{{ {of}.place }}}}, ngày …… tháng …… năm ………")
    return number


def signature(document: Any, recipients: Sequence[str], lines: Sequence[str], name: str) -> None:
    """Recipients on the left; on the right the lines above the signature, and the signer's name."""
    after(document).paragraph_format.keep_with_next = True
    table = borderless(document, (75, 90))
    left, right = table.rows[0].cells
    fill(left, "Nơi nhận", "Nơi nhận:")
    for line in recipients:
        add(left, "Danh sách nơi nhận", line)
    fill(right, "Chức vụ", lines[0])
    for line in (*lines[1:], *("",) * 4, name):
        add(right, "Chức vụ", line)


def signature_of(document: Any, who: str, recipients: Sequence[str]) -> None:
    """As `signature`; the lines and the name are those of the record `who`, else blank."""
    lines = (
        f"{{%p if {who} %}}",
        f"{{%p for line in {who}.lines %}}",
        "{{ line }}",
        "{%p endfor %}",
        "{%p else %}",
        DOTS * 2,
        "{%p endif %}",
    )
    name = f"{{% if {who} %}}{{{{ {who}.name }}}}{{% else %}}{DOTS * 2}{{% endif %}}"
    signature(document, recipients, lines, name)


def blank_signature(document: Any, *recipients: str) -> None:
    """Recipients; position and name of the signer stay blank."""
    signature(document, (*recipients, f"- Lưu: VT, {DOTS}."), (DOTS * 2,), DOTS * 2)


def appended(document: Any) -> Any:
    """A section for an appendix: its pages have numbers of their own, from 1."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = "Sau bảng"
    for earlier in section._sectPr.findall(qn("w:pgNumType")):  # noqa: SLF001
        section._sectPr.remove(earlier)  # noqa: SLF001  # copied from the section before
    from_one(section)
    return section


def landscape(document: Any) -> None:
    """A section for an appendix on landscape pages."""
    turn(appended(document))


def turn(section: Any) -> None:
    """Make the pages of a section landscape."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)


def from_one(section: Any) -> None:
    """Number the pages of a section from 1."""
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)  # noqa: SLF001  # python-docx has no name for it


def field_row(table: Any, number: str, name: str) -> None:
    """A row with the number of a field and, over all other columns, its name."""
    columns = len(table.columns)
    texts = (number, name, *("",) * (columns - 2))
    title = row(table, texts, ("Bảng đầu", *("Bảng đậm",) * (columns - 1)))
    title.cells[1].merge(title.cells[columns - 1])
    tidy(title.cells[1])
    for cell in title.cells[:2]:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


# -- paragraphs ------------------------------------------------------------------------------------


def add(where: Any, style: str, text: str) -> Any:
    """A paragraph at the end of the document or cell."""
    return where.add_paragraph(text, style=style)


def fill(cell: Any, style: str, text: str) -> None:
    """The paragraph that every cell is born with."""
    cell.paragraphs[0].text = text
    cell.paragraphs[0].style = style


def blank(document: Any) -> None:
    """Two lines of dots, for what only people can write."""
    for _ in range(2):
        add(document, "Chỗ trống", "\t")


def rule(where: Any, indent: float) -> None:
    """A line under what stands above, `indent` from both sides."""
    paragraph = add(where, "Đường kẻ", "")
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent)
    border = OxmlElement("w:pBdr")
    border.append(edge("top"))
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


@contextmanager
def when(document: Any, condition: str) -> Iterator[None]:
    """What is added within stands there if the condition holds."""
    add(document, "Normal", f"{{%p if {condition} %}}")
    yield
    add(document, "Normal", "{%p endif %}")


def otherwise(document: Any) -> None:
    """What is added from here on stands there if the condition does not hold, or there is none.

    Within ``when`` and ``each``.
    """
    add(document, "Normal", "{%p else %}")


@contextmanager
def either(document: Any, something: str, if_nothing: str) -> Iterator[None]:
    """What is added within stands there if there is something; else one sentence."""
    with when(document, f"not {something}"):
        add(document, "Normal", if_nothing)
        otherwise(document)
        yield


@contextmanager
def each(document: Any, what: str) -> Iterator[None]:
    """What is added within stands there once for each."""
    add(document, "Normal", f"{{%p for {what} %}}")
    yield
    add(document, "Normal", "{%p endfor %}")


def after(document: Any) -> Any:
    """Room under a table."""
    return add(document, "Sau bảng", "")


# -- tables ----------------------------------------------------------------------------------------


def grid(document: Any, widths: Sequence[float], heads: Sequence[str], margin: float = 1.2) -> Any:
    """A ruled table whose heading is repeated on every page."""
    table = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    fixed(table, widths, margin)
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        fill(cell, "Bảng đầu", text)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    head(table.rows[0])
    return table


def borderless(document: Any, widths: Sequence[float]) -> Any:
    """A table of one row that only places things side by side."""
    table = document.add_table(rows=1, cols=len(widths))
    fixed(table, widths, 0)
    whole(table.rows[0])
    return table


def fixed(table: Any, widths: Sequence[float], margin: float) -> None:
    """Columns keep their widths; cells have that margin left and right."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), str(Mm(margin).twips))
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001


def row(table: Any, texts: Sequence[str], styles: Sequence[str]) -> Any:
    """A row that is not split between two pages."""
    new = table.add_row()
    for cell, text, style in zip(new.cells, texts, styles, strict=True):
        fill(cell, style, text)
    whole(new)
    return new


def loop(table: Any, what: str, texts: Sequence[str], numbers: int = 0) -> None:
    """One row for each; the last `numbers` cells are numbers."""
    tag(table, f"for {what}")
    words = len(texts) - numbers
    row(table, texts, ("Bảng",) * words + ("Bảng số",) * numbers)
    tag(table, "endfor")


def tag(table: Any, what: str) -> None:
    """A row that is nothing but a tag."""
    new = table.add_row()
    fill(new.cells[0], "Bảng", f"{{%tr {what} %}}")


def head(row_: Any) -> None:
    """Repeat the row at the top of every page."""
    whole(row_)
    row_._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def whole(row_: Any) -> None:
    """Do not split the row."""
    row_._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def unbroken(table: Any) -> None:
    """Keep a short table on one page."""
    for row_ in table.rows[:-1]:
        for cell in row_.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def tidy(cell: Any) -> None:
    """Drop the empty paragraphs that merging leaves in a cell."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001


def edge(side: str) -> Any:
    """A thin line on one side of a paragraph."""
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    return line


# -- page and styles -------------------------------------------------------------------------------


def page(section: Any) -> None:
    """A4, margins, and the page number at the top centre of every page but the first."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = "Header"
    run = number.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        piece = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            piece.set(qn("w:fldCharType"), kind)
        piece.text = text
        run._r.append(piece)  # noqa: SLF001


def plain_styles(document: Any, styles: Mapping[str, Style]) -> None:
    """Times New Roman for every script, black, and a style for everything in the document."""
    for defaults in document.styles.element.iter(qn("w:docDefaults")):
        document.styles.element.remove(defaults)
    normal = document.styles["Normal"]
    dress(normal, 14, bold=False, italic=False)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    format_ = normal.paragraph_format
    format_.alignment = ALIGN.JUSTIFY
    format_.first_line_indent = Mm(12.7)
    format_.space_before, format_.space_after, format_.line_spacing = Pt(0), Pt(6), 1.1
    header = document.styles["Header"]
    dress(header, 13, bold=False, italic=False)
    header.paragraph_format.alignment = ALIGN.CENTER
    header.paragraph_format.first_line_indent = Mm(0)
    for name, (parent, size, bold, italic, alignment, above, below) in styles.items():
        known = name in document.styles
        style = document.styles[name] if known else document.styles.add_style(
            name, WD_STYLE_TYPE.PARAGRAPH
        )  # fmt: skip
        style.base_style = document.styles[parent]
        style.quick_style = True
        dress(style, size, bold=bold, italic=italic)
        shape = style.paragraph_format
        shape.alignment = alignment
        shape.space_before, shape.space_after = Pt(above), Pt(below)
        shape.first_line_indent = Mm(12.7 if name in INDENTED else 0)
        shape.line_spacing = 1.1 if name in INDENTED else 1.0
        shape.keep_with_next = name in LEADING
    if "Chỗ trống" in styles:
        leader = document.styles["Chỗ trống"].paragraph_format.tab_stops
        leader.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def dress(style: Any, size: float, *, bold: bool, italic: bool) -> None:
    """Set the font of a style, for Latin, East Asian and complex scripts alike."""
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def settings(document: Any) -> None:
    """Behave as Word 2013 and later, and do not stretch a justified line that ends in a break."""
    compat = document.settings.element.find(qn("w:compat"))
    compat.remove(compat.find(qn("w:useFELayout")))
    compat.insert(0, OxmlElement("w:doNotExpandShiftReturn"))
    compat.find(qn("w:compatSetting")).set(qn("w:val"), "15")


def slim(document: Any, styles: Mapping[str, Style]) -> None:
    """Leave out what python-docx’s own template brings along and nobody uses."""
    kept = {*KEPT, *styles}
    for style in list(document.styles):
        if style.name not in kept:
            style.element.getparent().remove(style.element)
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in UNUSED:
                part.rels.pop(key)


UNUSED = ("stylesWithEffects", "customXml", "thumbnail", "numbering", "webSettings")
