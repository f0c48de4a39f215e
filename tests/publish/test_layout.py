"""The layout that all Word templates share, by the decree (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn

from cchc_cli.render.sandbox import long_date

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMES = sorted(path.name for path in TEMPLATES.glob("*.docx"))
every_template = pytest.mark.parametrize("name", NAMES)


def opened(name: str) -> Document:
    return docx.Document(str(TEMPLATES / name))


def test_all_of_them_are_looked_at() -> None:
    assert NAMES == [
        "appendix.docx", "inspection_record.docx", "inspection_report.docx", "plan.docx",
        "reminder.docx", "report.docx", "score_form.docx", "score_report.docx",
    ]  # fmt: skip


@every_template
def test_a4_with_the_margins_of_the_decree(name: str) -> None:
    for section in opened(name).sections:
        sides = sorted((section.page_width.mm, section.page_height.mm))
        assert sides == pytest.approx([210, 297], abs=0.5)
        for margin, (least, most) in (
            (section.top_margin, (20, 25)),
            (section.bottom_margin, (20, 25)),
            (section.left_margin, (30, 35)),
            (section.right_margin, (15, 20)),
        ):
            assert least - 0.1 <= margin.mm <= most + 0.1


@every_template
def test_the_page_number_is_at_the_top_centre_and_not_on_the_first_page(name: str) -> None:
    document = opened(name)
    header = document.styles["Header"]
    assert header.paragraph_format.alignment == ALIGN.CENTER
    assert 13 <= header.font.size.pt <= 14
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
        assert "PAGE" not in section.footer._element.xml


def fonts(document: Document) -> Iterator[tuple[str, ...]]:
    styles = document.styles.element.iter(qn("w:rFonts"))
    for found in (*styles, *document.element.body.iter(qn("w:rFonts"))):
        yield tuple(
            found.get(qn(f"w:{script}"), "") for script in ("ascii", "hAnsi", "eastAsia", "cs")
        )


@every_template
def test_times_new_roman_for_every_script(name: str) -> None:
    assert set(fonts(opened(name))) == {("Times New Roman",) * 4}


@every_template
def test_the_body_is_justified_with_room_between_its_paragraphs(name: str) -> None:
    body = opened(name).styles["Normal"].paragraph_format
    assert body.alignment == ALIGN.JUSTIFY
    assert 10 <= body.first_line_indent.mm <= 12.71
    assert body.space_after.pt >= 6
    assert 1 <= body.line_spacing <= 1.5


SIZES = {  # smallest and largest in points, bold, italic
    "Normal": (13, 14, False, False), "Quốc hiệu": (12, 13, True, False),
    "Tiêu ngữ": (13, 14, True, False), "Cơ quan chủ quản": (12, 13, False, False),
    "Số ký hiệu": (13, 13, False, False), "Địa danh": (13, 14, False, True),
    "Tên loại": (14, 14, True, False), "Trích yếu": (14, 14, True, False),
    "Trích yếu công văn": (12, 13, False, False), "Kèm theo": (13, 14, False, True),
    "Heading 1": (13, 14, True, False), "Heading 2": (13, 14, True, False),
    "Chức vụ": (13, 14, True, False), "Nơi nhận": (12, 12, True, True),
    "Danh sách nơi nhận": (11, 11, False, False),
}  # fmt: skip


@every_template
def test_sizes_and_weights_of_the_decree(name: str) -> None:
    document = opened(name)
    seen = 0
    for style, (least, most, bold, italic) in SIZES.items():
        if style in document.styles:
            font = document.styles[style].font
            assert least <= font.size.pt <= most, style
            assert (font.bold, font.italic) == (bold, italic), style
            seen += 1
    assert seen >= 10


@every_template
def test_no_bullet_comes_by_itself(name: str) -> None:
    document = opened(name)
    assert not list(document.element.body.iter(qn("w:numPr")))
    assert not list(document.styles.element.iter(qn("w:numPr")))


@every_template
def test_tables_repeat_their_titles_and_split_no_row(name: str) -> None:
    ruled = [table for table in opened(name).tables if table.style.name == "Table Grid"]
    assert ruled
    for table in ruled:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        rows = [row for row in table.rows if not row.cells[0].text.startswith("{%tr")]
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in rows)


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2022, 3, 5), "05 tháng 3 năm 2022"),
        (date(2022, 2, 15), "15 tháng 02 năm 2022"),
        (date(2022, 1, 1), "01 tháng 01 năm 2022"),
        (date(2022, 12, 10), "10 tháng 12 năm 2022"),
    ],
)
def test_zeros_lead_where_the_decree_wants_them_and_nowhere_else(day: date, printed: str) -> None:
    assert long_date(day) == printed
