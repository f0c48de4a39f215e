"""What is measured is what a reader sees, whichever style, theme or default says so."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from cchc_cli.core.layout.measured import Align, Document, Paragraph, Spacing
from cchc_cli.core.layout.rules import check
from cchc_cli.documents.package import CannotRead
from cchc_cli.documents.word_layout import read_layout
from cchc_cli.store.soffice import convert

from .conftest import NAMES, PAGES, PORTRAIT, R, W, body, p, packed, report, table

DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" '
    'w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:cstheme="minorBidi"/>'
    '<w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" '
    'w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
)
THEME = (
    f'<a:theme {NAMES}><a:themeElements><a:fontScheme><a:majorFont><a:latin typeface="Cambria"/>'
    '<a:ea typeface=""/><a:cs typeface=""/></a:majorFont><a:minorFont><a:latin '
    'typeface="Calibri"/><a:ea typeface="SimSun"/><a:cs typeface=""/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)


def style(name: str, run: str = "", paragraph: str = "", based: str = "", kind: str = "") -> str:
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind or "paragraph"}" w:styleId="{name}">{parent}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def document(content: str, styles: str = "", **parts: str) -> Document:
    parts = {"styles": f"<w:styles {NAMES}>{styles}</w:styles>" if styles else "", **parts}
    return read_layout(
        packed(f"<w:document {NAMES}><w:body>{content}</w:body></w:document>", parts)
    )


def one(content: str, styles: str = "", **parts: str) -> Paragraph:
    return document(content, styles, **parts).paragraphs[0]


def of(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def test_a_file_without_styles_is_as_word_shows_it() -> None:
    plain = one(p("Sở"))
    run = plain.runs[0]
    assert (run.size, run.bold, run.colour, run.fonts.ascii) == (10.0, False, None, None)
    assert (plain.align, plain.line, plain.after) == (Align.LEFT, 1.0, 0.0)


def test_defaults_and_theme_give_fonts_and_gaps() -> None:
    plain = one(p("Sở"), DEFAULTS, theme=THEME)
    assert plain.runs[0].fonts == ("Calibri", "Calibri", "SimSun", None)
    assert plain.runs[0].size == 11
    assert (plain.after, round(plain.line, 2)) == (8.0, 1.08)


def test_a_font_named_above_takes_the_place_of_that_of_the_theme() -> None:
    times = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
    fonts = one(p("Sở", times), DEFAULTS, theme=THEME).runs[0].fonts
    assert fonts == ("Times New Roman", "Times New Roman", "SimSun", None)
    both = '<w:rFonts w:ascii="Times New Roman" w:asciiTheme="majorAscii"/>'
    assert one(p("Sở", both), DEFAULTS, theme=THEME).runs[0].fonts.ascii == "Cambria"


def test_values_come_from_the_style_a_style_is_based_on() -> None:
    styles = (
        style("Base", '<w:sz w:val="28"/><w:b/>', '<w:jc w:val="both"/><w:ind w:firstLine="720"/>')
        + style("Middle", '<w:sz w:val="26"/>', based="Base")
        + style("Top", "", '<w:spacing w:before="120"/>', based="Middle")
    )
    found = one(p("Sở", paragraph=of("Top")), styles)
    assert (found.align, found.first_line, found.before) == (Align.JUSTIFIED, 12.7, 6.0)
    assert (found.runs[0].size, found.runs[0].bold) == (13.0, True)
    over = one(p("Sở", '<w:sz w:val="20"/><w:b w:val="0"/>', of("Top")), styles)
    assert (over.runs[0].size, over.runs[0].bold) == (10.0, False)


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    circle = style("A", '<w:sz w:val="28"/>', based="B") + style("B", based="A")
    assert one(p("Sở", paragraph=of("A")), circle).runs[0].size == 14


@pytest.mark.parametrize(
    ("paragraph", "letters", "own", "bold"),
    [
        ("<w:b/>", "", "", True),
        ("<w:b/>", "<w:b/>", "", False),
        ("", "<w:b/>", "", True),
        ("<w:b/>", '<w:b w:val="0"/>', "", True),
        ("<w:b/>", "<w:b/>", "<w:b/>", True),
        ("<w:b/>", "", '<w:b w:val="off"/>', False),
    ],
)
def test_two_styles_in_bold_cancel_each_other_and_what_is_set_by_hand_holds(
    paragraph: str, letters: str, own: str, bold: bool
) -> None:
    styles = style("P", paragraph) + style("C", letters, kind="character")
    text = p("Sở", f'<w:rStyle w:val="C"/>{own}', of("P"))
    assert one(text, styles).runs[0].bold is bold


def test_bold_by_default_is_bold_whatever_styles_say() -> None:
    start = "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>"
    styles = start + style("P", "<w:b/>") + style("C", "<w:b/>", kind="character")
    assert one(p("Sở", '<w:rStyle w:val="C"/>', of("P")), styles).runs[0].bold


def test_a_table_style_holds_where_nothing_nearer_speaks() -> None:
    look = '<w:tblStyle w:val="T"/><w:tblLook w:val="0020"/>'
    styles = DEFAULTS + (
        '<w:style w:type="table" w:styleId="T"><w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr>'
        '<w:sz w:val="26"/></w:rPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        "</w:tblStylePr></w:style>"
    )
    rows = table((p("TT"),), (p("1"),), properties=look)
    head, row = document(rows, styles).paragraphs
    assert (head.runs[0].size, head.runs[0].bold, head.after) == (13.0, True, 0.0)
    assert (row.runs[0].size, row.runs[0].bold) == (13.0, False)
    assert head.cell is not None
    assert (head.cell.table, head.cell.row) == (0, 0)


def test_indents_of_a_list_lie_between_its_style_and_the_paragraph() -> None:
    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt '
        'w:val="decimal"/><w:pPr><w:ind w:left="1440" w:hanging="720"/></w:pPr></w:lvl>'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    styles = style("P", "", '<w:ind w:left="0" w:firstLine="567"/>')
    found = one(p("Sở", paragraph=of("P") + listed), styles, numbering=numbering)
    assert (found.numbered, round(found.left, 1), round(found.first_line, 1)) == (True, 25.4, -12.7)
    own = listed + '<w:ind w:left="0" w:firstLine="720"/>'
    assert one(p("Sở", paragraph=own), styles, numbering=numbering).first_line == 12.7
    styled = style("L", "", listed + '<w:ind w:left="0" w:firstLine="567"/>')
    found = one(p("Sở", paragraph=of("L")), styled, numbering=numbering)
    assert (found.numbered, round(found.first_line, 1)) == (True, 10.0)
    ended = of("L") + '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert not one(p("Sở", paragraph=ended), styled, numbering=numbering).numbered


def test_capitals_by_format_are_capitals() -> None:
    assert one(p("Báo cáo", "<w:caps/>")).text == "BÁO CÁO"
    styles = style("P", "<w:caps/>")
    assert one(p("Báo cáo", '<w:caps w:val="0"/>', of("P")), styles).text == "Báo cáo"


def test_what_is_hidden_or_struck_out_is_not_read_and_what_is_put_in_is() -> None:
    text = (
        "<w:p><w:r><w:t>Sở </w:t></w:r><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>mới</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>"
    )
    assert one(text).text == "Sở mới"


def test_a_decomposed_letter_is_the_letter() -> None:
    assert one(p("So\u031b\u0309")).text == "Sở"


def test_line_spacing_is_told_in_lines_or_in_points() -> None:
    exact = one(p("Sở", paragraph='<w:spacing w:line="340" w:lineRule="exact"/>'))
    assert (exact.spacing, exact.line) == (Spacing.EXACT, 17.0)
    least = one(p("Sở", paragraph='<w:spacing w:line="360" w:lineRule="atLeast"/>'))
    assert (least.spacing, least.line) == (Spacing.AT_LEAST, 18.0)
    lines = one(p("Sở", paragraph='<w:spacing w:line="360"/>'))
    assert (lines.spacing, lines.line) == (Spacing.MULTIPLE, 1.5)


@pytest.mark.parametrize(
    "line",
    [
        '<w:pict><v:line xmlns:v="urn:schemas-microsoft-com:vml" from="0,0" to="1,0"/></w:pict>',
        '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" type="#_x0000_t32"/></w:pict>',
        '<w:drawing><a:prstGeom prst="line"/></w:drawing>',
        '<w:drawing><a:prstGeom prst="straightConnector1"/></w:drawing>',
    ],
)
def test_a_line_may_be_drawn_by_any_version_of_word(line: str) -> None:
    assert one(f"<w:p><w:r>{line}<w:t>Sở</w:t></w:r></w:p>").ruled
    assert not one('<w:p><w:r><w:drawing><a:prstGeom prst="rect"/></w:drawing></w:r></w:p>').ruled


def test_a_section_without_a_header_of_its_own_has_that_of_the_one_before() -> None:
    portrait, landscape = read_layout(report()).sections
    assert [number.kind for number in portrait.numbers] == ["default"]
    assert landscape.numbers == portrait.numbers
    assert (landscape.start, round(landscape.width)) == (1, 297)


@pytest.mark.parametrize(
    ("paragraph", "text", "centred"),
    [
        ('<w:jc w:val="center"/>', "", True),
        ('<w:jc w:val="right"/>', "", False),
        ('<w:framePr w:xAlign="center"/>', "", True),
        ('<w:framePr w:xAlign="right"/><w:jc w:val="center"/>', "", False),
        ('<w:tabs><w:tab w:val="center" w:pos="4680"/></w:tabs>', "<w:r><w:tab/></w:r>", True),
        ('<w:tabs><w:tab w:val="clear" w:pos="4680"/></w:tabs>', "<w:r><w:tab/></w:r>", False),
        ('<w:tabs><w:tab w:val="center" w:pos="4680"/></w:tabs>', "", False),
    ],
)
def test_a_page_number_is_centred_in_any_of_three_ways(
    paragraph: str, text: str, centred: bool
) -> None:
    header = (
        f"<w:hdr {NAMES}><w:p><w:pPr>{paragraph}</w:pPr>{text}"
        '<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
        "</w:p></w:hdr>"
    )
    (number,) = read_layout(report(header=header)).sections[0].numbers
    assert number.centred is centred


def test_even_pages_count_only_if_they_are_told_apart() -> None:
    header = f'<w:hdr {NAMES}><w:p><w:fldSimple w:instr="PAGE"/></w:p></w:hdr>'
    sections = f'<w:sectPr><w:headerReference w:type="even" r:id="header"/>{PORTRAIT}</w:sectPr>'
    assert document(sections, header=header).sections[0].numbers == ()
    apart = f"<w:settings {NAMES}><w:evenAndOddHeaders/></w:settings>"
    (number,) = document(sections, header=header, settings=apart).sections[0].numbers
    assert number.kind == "even"


def test_room_for_the_binding_is_part_of_the_left_margin() -> None:
    bound = PORTRAIT.replace('w:left="1701"', 'w:left="1134"').replace('gutter="0"', 'gutter="567"')
    assert round(document(f"<w:sectPr>{bound}</w:sectPr>").sections[0].left, 1) == 30.0


def test_text_in_links_and_controls_is_text() -> None:
    control = f"<w:sdt><w:sdtContent>{p('BÁO CÁO')}</w:sdtContent></w:sdt>"
    link = "<w:p><w:hyperlink><w:r><w:t>xem</w:t></w:r></w:hyperlink></w:p>"
    assert [each.text for each in document(control + link).paragraphs] == ["BÁO CÁO", "xem"]


def strict(content: bytes) -> bytes:
    """The same file as "Strict Open XML" names things."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            text = text.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
            text = text.replace(R, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            text = text.replace('w:left="1701"', 'w:left="30mm"').replace(
                'w:after="120"', 'w:after="6pt"'
            )
            new.writestr(name, text)
    return out.getvalue()


def test_a_strict_file_is_measured_as_any_other() -> None:
    usual, other = read_layout(report()), read_layout(strict(report()))
    assert other.paragraphs == usual.paragraphs
    assert round(other.sections[0].left, 1) == 30.0
    assert check(other) == []


def test_macros_are_left_alone() -> None:
    out = io.BytesIO(report())
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert check(read_layout(out.getvalue())) == []


@pytest.mark.parametrize(
    "parts", [{"xl/workbook.xml": "<workbook/>"}, {}, {"word/document.xml": "<w/>"}]
)
def test_what_is_no_word_file_is_refused(parts: dict[str, str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    with pytest.raises(CannotRead, match="no text of Word"):
        read_layout(out.getvalue())


def test_tables_in_tables_without_end_are_refused() -> None:
    nested = "<w:tbl><w:tr><w:tc>" * 200 + p("Sở") + "</w:tc></w:tr></w:tbl>" * 200
    with pytest.raises(CannotRead, match="deep"):
        document(nested)


@pytest.mark.parametrize("value", ["", "x", "1e9", "-", "99999999999999999999", "--5"])
def test_values_that_are_no_numbers_do_no_harm(value: str) -> None:
    said = f'<w:spacing w:after="{value}" w:line="{value}"/><w:outlineLvl w:val="{value}"/>'
    text = p("Sở", f'<w:sz w:val="{value}"/>', said)
    changed = PAGES["portrait"].replace("1701", value)
    check(read_layout(report(first=text, portrait=changed)))


def test_hundreds_of_pages_take_time_in_proportion() -> None:
    def seconds(pages: int) -> float:
        rows = [tuple(p("Nhiệm vụ của Sở") for _ in range(4)) for _ in range(10 * pages)]
        content = report(second=body("Nhiệm vụ của Sở. " * 20) * 5 * pages, tasks=table(*rows))
        start = time.process_time()
        check(read_layout(content))
        return time.process_time() - start

    seconds(5)
    assert seconds(400) < 24 * seconds(50) + 0.5


@pytest.mark.libreoffice
def test_what_libreoffice_saves_conforms_as_before() -> None:
    saved = convert(convert(report(), ".docx", "odt"), ".odt", "docx")
    assert [each.rule.id for each in check(read_layout(saved))] == []
