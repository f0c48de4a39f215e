"""Build report.docx, the Word template of `cchc report`: ``python templates/build_report_docx.py``.

The template is an ordinary Word file: wording and layout may be changed in Word, too. This script
keeps its layout reviewable (Nghị định 30/2020/NĐ-CP, Phụ lục I); a test tells when the two differ,
so whoever changes the file in Word on purpose deletes this script and its test.

Tags are those of docxtpl: ``{%p … %}`` alone in a paragraph and ``{%tr … %}`` alone in a table row
stand for the paragraph or row itself. Lengths are millimetres, sizes points.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path
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

TARGET = Path(__file__).parent / "report.docx"
FONT = "Times New Roman"
WIDTH = 165  # of the text: A4 less 30 left and 15 right
WIDTH_LANDSCAPE = 252

# Style: (parent, size, bold, italic, alignment, space before, space after)
STYLES: dict[str, tuple[str, float, bool, bool, ALIGN, float, float]] = {
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
NAMED = "{{ row.name }}{% if line.period_name %} ({{ line.period_name }}){% endif %}"
VIA = "{% if row.via %}{{ '\\n' }}(qua nhóm “{{ row.via }}”){% endif %}"
DUE = (
    "{{ line.due }}{% if line.last_working_day %}"
    " (ngày làm việc cuối: {{ line.last_working_day }}){% endif %}"
)
OWED = "{% if line.owed_by %}{{ '\\n' }}chưa xong: {{ line.owed_by|join(', ') }}{% endif %}"
BREAK = "{% if not loop.last %}{{ '\\n' }}{% endif %}"
REMARK = (
    "- {{ remark.unit }}, nhiệm vụ {{ remark.task }}"
    "{% if remark.period_name %} ({{ remark.period_name }}){% endif %}: {{ remark.text }}"
)
FIGURES = (
    "{{ f.total }}", "{{ f.with_evidence }}", "{{ f.without_evidence }}", "{{ f.overdue }}",
    "{{ f.due_soon }}", "{{ f.in_progress }}", "{{ f.not_due }}", "{{ f.continuous }}",
    "{{ f.waiting }}", "{{ f.no_due_date }}",
)  # fmt: skip


def build() -> bytes:
    """The template as the bytes of a Word file."""
    document = Document()
    plain_styles(document)
    page(document.sections[0])
    heading_block(document)
    body(document)
    signature(document)
    appendix(document)
    settings(document)
    slim(document)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = "Mẫu báo cáo kết quả thực hiện kế hoạch"
    properties.created = properties.modified = datetime.datetime(2021, 10, 1)  # noqa: DTZ001
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


# -- what stands in it -----------------------------------------------------------------------------


def heading_block(document: Any) -> None:
    """Agency and national title, number and place, kind and subject of the document."""
    table = borderless(document, (68, 97))
    left, right = table.rows[0].cells
    fill(left, "Cơ quan chủ quản", "{{ report.superior|upper if report.superior else none }}")
    add(left, "Quốc hiệu", "{{ report.issuer|upper if report.issuer else none }}")
    rule(left, 23)
    fill(right, "Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    add(right, "Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc")
    rule(right, 18)
    number, place = table.add_row().cells  # side by side, however long the agency's name is
    fill(number, "Số ký hiệu", "Số:          /BC-{{ report.symbol }}")
    fill(place, "Địa danh", "{{ report.place }}, ngày …… tháng …… năm ………")
    add(document, "Tên loại", "BÁO CÁO")
    subject = "Kết quả thực hiện {{ report.plan_name }}, {{ report.period_name }}"
    add(document, "Trích yếu", subject)
    rule(document, 60)
    add(document, "Giữa", f"Kính gửi: {DOTS * 4}")
    add(
        document,
        "Normal",
        "Thực hiện {{ report.plan_name }}, {{ report.issuer }} báo cáo kết quả"
        " {{ report.period_name }} như sau:",
    )


def body(document: Any) -> None:
    """Parts I to V."""
    add(document, "Heading 1", "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH")
    blank(document)
    add(document, "Heading 1", "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ")
    method(document)
    add(document, "Normal", "{%p for part in report.parts %}")
    add(
        document,
        "Heading 2",
        "{{ loop.index + 1 }}. {% if part.role == 'lead' %}Nhiệm vụ chủ trì"
        "{% elif part.role == 'support' %}Nhiệm vụ phối hợp"
        "{% else %}Kết quả theo số liệu theo dõi{% endif %}",
    )
    either(document, "part.figures.total", "Không có lượt nhiệm vụ nào thuộc phạm vi báo cáo.")
    figures(document)
    lists(document)
    add(document, "Normal", "{%p endif %}")
    add(document, "Normal", "{%p endfor %}")
    add(document, "Heading 1", "III. ĐÁNH GIÁ CHUNG")
    for title in ("1. Kết quả đạt được", "2. Tồn tại, hạn chế và nguyên nhân"):
        add(document, "Heading 2", title)
        blank(document)
    add(document, "Heading 2", "3. Khó khăn, vướng mắc do các đơn vị phản ánh")
    remarks(document, "difficulties", "Chưa có đơn vị nào phản ánh khó khăn, vướng mắc.")
    add(document, "Heading 1", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ {{ report.next_name|upper }}")
    upcoming(document)
    add(document, "Heading 2", "2. Phương hướng, giải pháp")
    blank(document)
    add(document, "Heading 1", "V. KIẾN NGHỊ, ĐỀ XUẤT")
    remarks(document, "proposals", "Chưa có đơn vị nào kiến nghị, đề xuất.")
    blank(document)
    add(
        document,
        "Normal",
        "Trên đây là báo cáo kết quả thực hiện {{ report.plan_name }}, {{ report.period_name }}"
        " của {{ report.issuer }}./.",
    ).paragraph_format.keep_with_next = True


def method(document: Any) -> None:
    """What the figures are about, as of when, and what they rest on."""
    add(document, "Heading 2", "1. Phạm vi và cách tính số liệu")
    add(
        document,
        "Normal",
        "- Kỳ báo cáo: từ ngày {{ report.first|long_date }} đến ngày {{ report.last|long_date }}"
        " ({% if report.basis %}theo {{ report.basis }}{% else %}theo lịch{% endif %}). Số liệu"
        " tính đến hết ngày {{ report.as_of|long_date }}"
        "{% if report.as_of == report.last %}, ngày cuối của kỳ báo cáo{% endif %}.",
    )
    add(
        document,
        "Normal",
        "- Số nhiệm vụ: {{ report.tasks }}. Mỗi nhiệm vụ trong mỗi kỳ hạn được tính là một lượt."
        " Báo cáo tính các lượt đến hạn trong năm {{ report.year }}, các lượt đến hạn từ những năm"
        " trước mà chưa hoàn thành, các lượt hoàn thành từ ngày {{ report.year_first }} và các"
        " nhiệm vụ không có ngày đến hạn.",
    )
    add(
        document,
        "Normal",
        "- Tiến độ: {% if report.updates == 0 %}đến ngày {{ report.as_of }} chưa có cập nhật nào"
        "{% if report.silent %} của: {{ report.silent|join('; ') }}{% endif %}."
        "{% else %}tổng hợp từ {{ report.updates }} lượt cập nhật."
        "{% if report.silent %} Chưa có cập nhật nào của: {{ report.silent|join('; ') }}."
        "{% endif %}{% endif %} Lượt nhiệm vụ đã qua hạn mà chưa có cập nhật được tính là quá hạn.",
    )
    add(document, "Normal", "{%p if report.unmatched %}")
    add(
        document,
        "Normal",
        "- Cập nhật không khớp nhiệm vụ hoặc kỳ hạn nào của đơn vị trong kế hoạch nên không được"
        " tính: {{ report.unmatched|join('; ') }}.",
    )
    add(document, "Normal", "{%p endif %}")
    add(document, "Normal", "{%p if report.errors %}")
    add(
        document,
        "Normal",
        "- Các tệp kế hoạch còn {{ report.errors }} lỗi nên báo cáo này có thể thiếu (xem bằng"
        " lệnh “cchc validate”).",
    ).runs[0].bold = True
    add(document, "Normal", "{%p endif %}")


def figures(document: Any) -> None:
    """By status, by field, by unit."""
    add(document, "Heading 3", "a) Theo tình trạng")
    table = grid(document, (95, 30), ("Tình trạng", "Số lượt"))
    loop(table, "row in part.statuses", ("{{ row.name|capitalize }}", "{{ row.count }}"), numbers=1)
    row(table, ("Tổng số", "{{ part.figures.total }}"), ("Bảng đậm", "Bảng đầu"))
    for text, value in (
        ("Trong đó: hoàn thành, có minh chứng", "with_evidence"),
        ("Trong đó: hoàn thành, chưa có minh chứng", "without_evidence"),
    ):
        row(table, (text, f"{{{{ part.figures.{value} }}}}"), ("Bảng", "Bảng số"))
    after(document)
    title = "b) Theo lĩnh vực{% if part.by_unit %} và theo đơn vị chủ trì{% endif %}"
    add(document, "Heading 3", title)
    figures_table(document, "Lĩnh vực", "part.by_field")
    add(document, "Normal", "{%p if part.by_unit %}")
    figures_table(document, "Đơn vị chủ trì", "part.by_unit")
    add(
        document,
        "Normal",
        "Nhiệm vụ do nhiều đơn vị cùng chủ trì được tính ở từng đơn vị, nên cộng các đơn vị có"
        " thể lớn hơn tổng số của toàn cơ quan.",
    )
    add(document, "Normal", "{%p endif %}")


def figures_table(document: Any, first: str, rows: str) -> None:
    """One line of figures a field or unit, under a heading of two rows."""
    heads = (first, "Tổng số", "Hoàn thành", "", "Quá hạn", "Sắp đến hạn",
             "Đang thực hiện trong hạn", "Chưa đến hạn", "Thường xuyên", "Chờ sự kiện",
             "Không rõ hạn")  # fmt: skip
    widths = (36, 12, 12.5, 12.5, 11.5, 12, 14, 12, 15, 12, 15.5)
    table = grid(document, widths, heads, margin=0.4)
    row(table, ("", "", "có minh chứng", "chưa có minh chứng", *("",) * 7), ("Bảng đầu",) * 11)
    head(table.rows[1])
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, *range(4, 11)):
        table.cell(0, column).merge(table.cell(1, column))
    for cells in table.rows[0].cells, table.rows[1].cells:
        for cell in cells:
            tidy(cell)
    first_cell = "{% set f = row.figures %}{{ row.id }}. {{ row.name }}"
    loop(table, f"row in {rows}", (first_cell, *FIGURES), numbers=10)
    for cells in (r.cells for r in table.rows):
        for cell in cells[1:]:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.size = Pt(10)
    after(document)


def lists(document: Any) -> None:
    """Done, overdue, waiting, continuous, without a due day."""
    title = "c) Nhiệm vụ hoàn thành trong kỳ (từ {{ report.first }} đến {{ report.last }})"
    add(document, "Heading 3", title)
    either(document, "part.done", "Không có nhiệm vụ nào được cập nhật là hoàn thành trong kỳ.")
    completions(document, "part.done")
    add(document, "Normal", "{%p endif %}")
    add(document, "Normal", "{%p if part.undated %}")
    add(document, "Normal", "Được cập nhật là hoàn thành nhưng chưa ghi ngày hoàn thành:")
    completions(document, "part.undated")
    add(document, "Normal", "{%p endif %}")
    add(document, "Heading 3", "d) Nhiệm vụ quá hạn đến ngày {{ report.as_of }}")
    either(document, "part.overdue", "Không có nhiệm vụ quá hạn.")
    heads = ("Mã số", "Nhiệm vụ", "Đơn vị chủ trì", "Hạn và số ngày quá hạn", "Căn cứ tính hạn")
    table = grid(document, (14, 51, 28, 40, 32), heads)
    period = "{% if line.period_name %} ({{ line.period_name }}){% endif %}"
    lines = (
        "{% for line in row.lines %}{{ line.due }}: {{ line.text }}"
        + period + OWED + BREAK + "{% endfor %}"
    )  # fmt: skip
    why = "“{{ row.deadline }}”{% if row.why %}: {{ row.why|last }}{% endif %}"
    cells = ("{{ row.id }}", "{{ row.name }}" + VIA, "{{ row.lead }}", lines, why)
    loop(table, "row in part.overdue", cells)
    after(document)
    add(document, "Normal", "{%p endif %}")
    for letter, name, key in (
        ("đ", "chờ sự kiện", "waiting"),
        ("e", "thường xuyên", "continuous"),
        ("g", "không rõ hạn", "no_due_date"),
    ):
        add(document, "Heading 3", f"{letter}) Nhiệm vụ {name}")
        add(document, "Normal", f"{{%p for row in part.{key} %}}")
        add(
            document,
            "Normal",
            "- {{ row.id }}. {{ row.name }} (chủ trì: {{ row.lead }})"
            "{% if row.via %}; qua nhóm “{{ row.via }}”{% endif %}"
            "{% if row.deadline %}; thời hạn theo kế hoạch: “{{ row.deadline }}”"
            "{% else %}; kế hoạch không ghi thời hạn{% endif %}"
            "{% if row.waits_for %}; chờ: {{ row.waits_for|join('; ') }}{% endif %}.",
        )
        add(document, "Normal", "{%p else %}")
        add(document, "Normal", f"Không có nhiệm vụ {name}.")
        add(document, "Normal", "{%p endfor %}")


def completions(document: Any, rows: str) -> None:
    """Who completed what on which day, and by which document."""
    heads = ("Mã số", "Nhiệm vụ", "Đơn vị, ngày hoàn thành", "Minh chứng", "Tình trạng")
    table = grid(document, (14, 50, 36, 40, 25), heads)
    each = "{% for entry in line.entries %}"
    days = f"{each}{{{{ entry.unit }}}}: {{{{ entry.completed_on }}}}{BREAK}{{% endfor %}}"
    proofs = (
        f"{each}{{{{ entry.evidence|join('; ') or 'chưa có minh chứng' }}}}{BREAK}{{% endfor %}}"
    )
    tag(table, f"for row in {rows}")
    cells = ("{{ row.id }}", NAMED + VIA, days, proofs, "{{ line.text }}" + OWED)
    loop(table, "line in row.lines", cells)
    tag(table, "endfor")
    after(document)


def upcoming(document: Any) -> None:
    """What falls due next."""
    add(
        document,
        "Heading 2",
        "1. Nhiệm vụ đến hạn từ ngày {{ report.as_of }} đến ngày {{ report.next_last }}",
    )
    add(document, "Normal", "{%p for part in report.parts %}")
    add(document, "Normal", "{%p if part.role %}")
    add(document, "Heading 3", "{% if part.role == 'lead' %}Chủ trì{% else %}Phối hợp{% endif %}")
    add(document, "Normal", "{%p endif %}")
    either(document, "part.upcoming", "Không có nhiệm vụ đến hạn trong khoảng thời gian này.")
    heads = ("Mã số", "Nhiệm vụ", "Đơn vị chủ trì", "Hạn", "Tình trạng")
    table = grid(document, (14, 66, 33, 27, 25), heads)
    tag(table, "for row in part.upcoming")
    cells = ("{{ row.id }}", NAMED + VIA, "{{ row.lead }}", DUE, "{{ line.text }}" + OWED)
    loop(table, "line in row.lines", cells)
    tag(table, "endfor")
    after(document)
    add(document, "Normal", "{%p endif %}")
    add(document, "Normal", "{%p endfor %}")


def remarks(document: Any, name: str, empty: str) -> None:
    """What units wrote, word for word."""
    add(document, "Normal", f"{{%p for remark in report.{name} %}}")
    add(document, "Normal", REMARK)
    add(document, "Normal", "{%p else %}")
    add(document, "Normal", empty)
    add(document, "Normal", "{%p endfor %}")


def signature(document: Any) -> None:
    """Recipients on the left; position and name of the signer, both blank, on the right."""
    after(document).paragraph_format.keep_with_next = True
    table = borderless(document, (75, 90))
    left, right = table.rows[0].cells
    fill(left, "Nơi nhận", "Nơi nhận:")
    for line in (f"- {DOTS};", f"- {DOTS};", f"- Lưu: VT, {DOTS}."):
        add(left, "Danh sách nơi nhận", line)
    fill(right, "Chức vụ", DOTS * 2)
    for _ in range(4):
        add(right, "Chức vụ", "")
    add(right, "Chức vụ", DOTS * 2)


def appendix(document: Any) -> None:
    """The table of all tasks, on landscape pages with numbers of their own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = "Sau bảng"
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)  # noqa: SLF001  # python-docx has no name for it
    add(document, "Chức vụ", "PHỤ LỤC")
    add(document, "Trích yếu", "DANH MỤC NHIỆM VỤ VÀ TÌNH TRẠNG THỰC HIỆN")
    add(
        document,
        "Kèm theo",
        "(Kèm theo Báo cáo số ………/BC-{{ report.symbol }} ngày ……… tháng ……… năm ………… của"
        " {{ report.issuer }})",
    )
    heads = ("TT", "Nhiệm vụ", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp",
             "Thời hạn theo kế hoạch", "Ngày đến hạn và tình trạng")  # fmt: skip
    table = grid(document, (11, 70, 37, 30, 30, 25, 49), heads)
    tag(table, "for field in report.appendix if field.rows")
    title = row(table, ("{{ field.id }}. {{ field.name }}", *("",) * 6), ("Bảng đậm",) * 7)
    title.cells[0].merge(title.cells[6])
    tidy(title.cells[0])
    title.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    role = (
        "{% if row.role %}{{ '\\n' }}({% if row.role == 'lead' %}chủ trì{% else %}phối hợp"
        "{% endif %}{% if row.via %}, qua nhóm “{{ row.via }}”{% endif %}){% endif %}"
    )
    lines = (
        "{% for line in row.lines %}{% if line.due %}" + DUE + ": {% endif %}{{ line.text }}"
        "{% if not line.counted %} (kỳ sau){% endif %}" + BREAK + "{% else %}"
        "không đến hạn trong năm {{ report.year }}{% endfor %}"
    )
    cells = ("{{ row.number }}", "{{ row.name }}" + role, "{{ row.products|join('\\n') }}",
             "{{ row.lead }}", "{{ row.support }}", "{{ row.deadline }}", lines)  # fmt: skip
    loop(table, "row in field.rows", cells)
    tag(table, "endfor")
    after(document)


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


def either(document: Any, condition: str, otherwise: str) -> None:
    """One sentence where there is nothing to show; what follows needs an ``endif``."""
    add(document, "Normal", f"{{%p if not {condition} %}}")
    add(document, "Normal", otherwise)
    add(document, "Normal", "{%p else %}")


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


def plain_styles(document: Any) -> None:
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
    for name, (parent, size, bold, italic, alignment, above, below) in STYLES.items():
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


def slim(document: Any) -> None:
    """Leave out what python-docx’s own template brings along and nobody uses."""
    kept = {*KEPT, *STYLES}
    for style in list(document.styles):
        if style.name not in kept:
            style.element.getparent().remove(style.element)
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in UNUSED:
                part.rels.pop(key)


UNUSED = ("stylesWithEffects", "customXml", "thumbnail", "numbering", "webSettings")


if __name__ == "__main__":
    TARGET.write_bytes(build())
