"""Build report.docx, the Word template of `cchc report`: ``python templates/build_report_docx.py``.

The template is an ordinary Word file: wording and layout may be changed in Word, too. This script
keeps its layout reviewable; a test tells when the two differ, so whoever changes the file in Word
on purpose deletes this script and its test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.shared import Pt
from word_layout import (
    DOTS,
    STYLES,
    add,
    after,
    appended,
    blank,
    each,
    either,
    field_row,
    fill,
    finished,
    grid,
    head,
    landscape,
    letterhead,
    loop,
    otherwise,
    row,
    rule,
    signature_of,
    started,
    tag,
    tidy,
    unbroken,
    when,
)

TARGET = Path(__file__).parent / "report.docx"

PERIOD = "{% if line.period_name %} ({{ line.period_name }}){% endif %}"
NAMED = "{{ row.name }}" + PERIOD
VIA = "{% if row.via %}{{ '\\n' }}(qua nhóm “{{ row.via }}”){% endif %}"
DUE_DAY = (
    "{{ line.due }}{% if line.extension %} (thay hạn {{ line.extension.original_due }}:"
    " {{ line.extension.text }}){% endif %}"
)
DUE = (
    DUE_DAY + "{% if line.last_working_day %}"
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
    "{{ f.waiting }}", "{{ f.no_due_date }}", "{{ f.halted }}",
)  # fmt: skip


EACH = (
    "{{ row.id }} ({% for line in row.lines %}"
    "{% if line.period_name %}{{ line.period_name }}: {% endif %}{{ line.text }}"
    "{% if line.owed_by %}, chưa xong: {{ line.owed_by|join(', ') }}{% endif %}"
    "{% if not loop.last %}; {% endif %}{% endfor %}){% if not loop.last %}; {% endif %}"
)
KNOWN = (
    "Tổng số {{ f.total }} lượt nhiệm vụ{% if report.unit %} (chủ trì và phối hợp){% endif %};"
    " đã hoàn thành {{ f.done }} lượt ({{ f.with_evidence }} lượt có minh chứng);"
    " quá hạn chưa hoàn thành {{ f.overdue }} lượt."
)

# The outline of a department's report: what the tracker cannot know stays blank.
STEERING = (
    "Xây dựng, ban hành kế hoạch", "Chỉ đạo, điều hành, đôn đốc thực hiện",
    "Kiểm tra việc thực hiện", "Thông tin, tuyên truyền", "Sáng kiến, cách làm mới",
)  # fmt: skip
INSPECTION = "report.compared['inspection.{}'].value"
CHANNELS = "report.channels|rejectattr('activities.value', 'none')"
# What is on record about such a part of the outline: the condition, and the sentence.
TOLD = {
    "Kiểm tra việc thực hiện": (
        f"{INSPECTION.format('units')} is not none",
        (
            "Từ ngày {{ report.first }} đến ngày {{ report.last }}, đã kiểm tra"
            f" {{{{ {INSPECTION.format('units')} }}}} đơn vị"
            f" ({{{{ {INSPECTION.format('visits')} }}}} cuộc kiểm tra), phát hiện"
            f" {{{{ {INSPECTION.format('problems')} }}}} vấn đề; đã xử lý"
            f" {{{{ {INSPECTION.format('settled')} }}}} vấn đề. Đến ngày {{{{ report.as_of }}}} còn"
            f" {{{{ {INSPECTION.format('open')} }}}} vấn đề chưa xử lý, trong đó"
            f" {{{{ {INSPECTION.format('overdue')} }}}} vấn đề quá hạn."
        ),
    ),
    "Thông tin, tuyên truyền": (
        f"{CHANNELS}|list",
        (
            "Từ ngày {{ report.first }} đến ngày {{ report.last }}, đã thực hiện:"
            f" {{% for channel in {CHANNELS} %}}{{{{ channel.name }}}}:"
            " {{ channel.activities.value }} hoạt động, {{ channel.times.value }} lượt"
            "{% if channel.quantity.value is not none %}, {{ channel.quantity.value }}"
            " {{ channel.measure or '(chưa ghi đơn vị tính)' }}{% endif %}"
            "{% if not loop.last %}; {% endif %}{% endfor %}."
        ),
    ),
}
# The statistical appendix: number, what is counted, its unit, and its figure; "" is a blank.
STATISTICS: tuple[tuple[str, str, str, str], ...] = (
    ("1", "Thực hiện kế hoạch{% if report.unit %} (nhiệm vụ do đơn vị chủ trì){% endif %}", "", ""),
    ("1.1", "Số nhiệm vụ đề ra trong kế hoạch", "Nhiệm vụ", "tasks"),
    ("1.2", "Số lượt nhiệm vụ phải thực hiện (mỗi kỳ hạn một lượt)", "Lượt", "total"),
    ("1.3", "Số lượt đã hoàn thành", "Lượt", "done"),
    ("1.4", "Tỷ lệ hoàn thành (1.3/1.2)", "%", "rate"),
    ("1.5", "Hoàn thành đúng hạn", "Lượt", "done_on_time"),
    ("1.6", "Hoàn thành quá hạn", "Lượt", "done_late"),
    ("1.7", "Hoàn thành, chưa rõ đúng hạn hay quá hạn", "Lượt", "unjudged"),
    ("1.8", "Quá hạn chưa hoàn thành", "Lượt", "overdue"),
    ("2", "Kiểm tra cải cách hành chính (trong kỳ báo cáo)", "", ""),
    ("2.1", "Số đơn vị đã kiểm tra", "Đơn vị", "inspection.units"),
    ("2.2", "Số vấn đề phát hiện qua kiểm tra", "Vấn đề", "inspection.problems"),
    ("2.3", "Số vấn đề đã xử lý", "Vấn đề", "inspection.settled"),
    ("3", "Nhiệm vụ cấp trên giao", "", ""),
    ("3.1", "Tổng số nhiệm vụ được giao", "Nhiệm vụ", ""),
    ("3.2", "Hoàn thành đúng hạn", "Nhiệm vụ", ""),
    ("3.3", "Hoàn thành quá hạn", "Nhiệm vụ", ""),
    ("3.4", "Quá hạn chưa hoàn thành", "Nhiệm vụ", ""),
    ("4", "Khảo sát mức độ hài lòng", "", ""),
    ("4.1", "Số phiếu khảo sát", "Phiếu", ""),
    ("4.2", "Tỷ lệ hài lòng", "%", ""),
    ("5", "Văn bản quy phạm pháp luật", "", ""),
    ("5.1", "Số văn bản tham mưu ban hành", "Văn bản", ""),
    ("5.2", "Số văn bản đã rà soát", "Văn bản", ""),
    ("6", "Thủ tục hành chính", "", ""),
    ("6.1", "Số thủ tục hành chính thuộc thẩm quyền giải quyết", "Thủ tục", ""),
    ("6.2", "Số hồ sơ tiếp nhận", "Hồ sơ", ""),
    ("6.3", "Số hồ sơ giải quyết đúng hạn", "Hồ sơ", ""),
    ("6.4", "Số hồ sơ giải quyết quá hạn", "Hồ sơ", ""),
    ("6.5", "Số phản ánh, kiến nghị tiếp nhận", "Phản ánh", ""),
    ("6.6", "Số phản ánh, kiến nghị đã xử lý", "Phản ánh", ""),
    ("7", "Tổ chức bộ máy, biên chế", "", ""),
    ("7.1", "Biên chế được giao", "Người", ""),
    ("7.2", "Biên chế có mặt", "Người", ""),
    ("7.3", "Số người tinh giản biên chế", "Người", ""),
    ("8", "Tài chính công", "", ""),
    ("8.1", "Số đơn vị sự nghiệp công lập", "Đơn vị", ""),
    ("8.2", "Số đơn vị tự bảo đảm chi thường xuyên", "Đơn vị", ""),
    ("9", "Dịch vụ công trực tuyến", "", ""),
    ("9.1", "Số thủ tục cung cấp trực tuyến", "Thủ tục", ""),
    ("9.2", "Số hồ sơ nộp trực tuyến", "Hồ sơ", ""),
)

LINE = ("Bảng số", "Bảng", "Bảng số", "Bảng số", "Bảng số", "Bảng số")


def build() -> bytes:
    """The template as the bytes of a Word file."""
    document = started(STYLES)
    heading_block(document)
    body(document)
    recipients = (f"- {DOTS};", f"- {DOTS};", f"- Lưu: VT, {DOTS}.")
    signature_of(document, "report.signer", recipients)
    statistics(document)
    appendix(document)
    return finished(document, STYLES, "Mẫu báo cáo kết quả thực hiện kế hoạch")


# -- what stands in it -----------------------------------------------------------------------------


def heading_block(document: Any) -> None:
    """Agency and national title, number and place, kind and subject of the document."""
    number = letterhead(document, "report")
    fill(number, "Số ký hiệu", "Số:          /BC-{{ report.symbol }}")
    add(document, "Tên loại", "BÁO CÁO")
    subject = "Kết quả thực hiện {{ report.plan_name }}, {{ report.period_name }}"
    add(document, "Trích yếu", subject)
    rule(document, 55)
    addressee = "{% if report.addressee %}{{ report.addressee }}{% else %}" + DOTS * 4
    add(document, "Giữa", f"Kính gửi: {addressee}{{% endif %}}")
    with when(document, "report.internal"):
        add(document, "Normal", "{{ report.internal }}.")
    add(
        document,
        "Normal",
        "Thực hiện {{ report.plan_name }}, {{ report.issuer }} báo cáo kết quả"
        " {{ report.period_name }} như sau:",
    )


def body(document: Any) -> None:
    """Parts I to V."""
    add(document, "Heading 1", "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH")
    for number, title in enumerate(STEERING, 1):
        add(document, "Heading 2", f"{number}. {title}")
        told = TOLD.get(title)
        if told is None:
            blank(document)
            continue
        with when(document, told[0]):
            add(document, "Normal", told[1])
            otherwise(document)
            blank(document)
    add(document, "Heading 1", "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ")
    method(document)
    fields(document)
    with each(document, "part in report.parts"):
        add(
            document,
            "Heading 2",
            "{{ report.fields|length + loop.index + 1 }}."
            " {% if part.role == 'lead' %}Nhiệm vụ chủ trì"
            "{% elif part.role == 'support' %}Nhiệm vụ phối hợp"
            "{% else %}Kết quả theo số liệu theo dõi{% endif %}",
        )
        with either(
            document, "part.figures.total", "Không có lượt nhiệm vụ nào thuộc phạm vi báo cáo."
        ):
            figures(document)
            lists(document)
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
        " (theo {{ report.basis }}). Số liệu"
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
    with when(document, "report.unmatched"):
        add(
            document,
            "Normal",
            "- Cập nhật không khớp nhiệm vụ hoặc kỳ hạn nào của đơn vị trong kế hoạch nên không"
            " được tính: {{ report.unmatched|join('; ') }}.",
        )
    with when(document, "report.errors"):
        add(
            document,
            "Normal",
            "- Các tệp kế hoạch còn {{ report.errors }} lỗi nên báo cáo này có thể thiếu (xem bằng"
            " lệnh “cchc validate”).",
        ).runs[0].bold = True


def fields(document: Any) -> None:
    """Field by field: what is known of it, and room for what only people can write."""
    with each(document, "field in report.fields"):
        add(document, "Heading 2", "{{ loop.index + 1 }}. {{ field.name }}")
        add(document, "Normal", "{% set f = field.figures %}" + KNOWN)
        for title, rows in (
            ("Hoàn thành trong kỳ", "done"),
            ("Quá hạn chưa hoàn thành", "overdue"),
        ):
            with when(document, f"field.{rows}"):
                listed = f"{{% for row in field.{rows} %}}{EACH}{{% endfor %}}"
                add(document, "Normal", f"{title}: {listed}.")
        blank(document)


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
    unbroken(table)
    after(document)
    title = "b) Theo lĩnh vực{% if part.by_unit %} và theo đơn vị chủ trì{% endif %}"
    add(document, "Heading 3", title)
    figures_table(document, "Lĩnh vực", "part.by_field")
    chart(document, "by_field", "Tình trạng nhiệm vụ năm {{ report.year }} theo lĩnh vực")
    chart(document, "field_strip", "Nhiệm vụ đến hạn theo quý của năm {{ report.year }}")
    with when(document, "part.by_unit"):
        figures_table(document, "Đơn vị chủ trì", "part.by_unit")
        chart(document, "by_unit", "Tình trạng nhiệm vụ năm {{ report.year }} theo đơn vị chủ trì")
        add(
            document,
            "Normal",
            "Nhiệm vụ do nhiều đơn vị cùng chủ trì được tính ở từng đơn vị, nên cộng các đơn vị có"
            " thể lớn hơn tổng số của toàn cơ quan.",
        )


def chart(document: Any, name: str, caption: str) -> None:
    """A picture with its caption, if there are pictures; once, beside the figures it shows."""
    with when(document, f"'{name}' in charts and loop.first"):
        add(document, "Giữa", f"{{{{ charts.{name} }}}}").paragraph_format.keep_with_next = True
        add(document, "Giữa", caption).runs[0].italic = True


def figures_table(document: Any, first: str, rows: str) -> None:
    """One line of figures a field or unit, under a heading of two rows."""
    heads = (first, "Tổng số", "Hoàn thành", "", "Quá hạn", "Sắp đến hạn",
             "Đang thực hiện trong hạn", "Chưa đến hạn", "Thường xuyên", "Chờ sự kiện",
             "Không rõ hạn", "Tạm dừng, thôi thực hiện")  # fmt: skip
    widths = (33, 11, 12, 12, 11, 11, 13, 11.5, 14.5, 11, 12.5, 12.5)
    table = grid(document, widths, heads, margin=0.4)
    row(table, ("", "", "có minh chứng", "chưa có minh chứng", *("",) * 8), ("Bảng đầu",) * 12)
    head(table.rows[1])
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, *range(4, 12)):
        table.cell(0, column).merge(table.cell(1, column))
    for cells in table.rows[0].cells, table.rows[1].cells:
        for cell in cells:
            tidy(cell)
    first_cell = "{% set f = row.figures %}{{ row.id }}. {{ row.name }}"
    loop(table, f"row in {rows}", (first_cell, *FIGURES), numbers=11)
    for cells in (r.cells for r in table.rows):
        for cell in cells[1:]:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.size = Pt(10)
    after(document)


def lists(document: Any) -> None:
    """Done, overdue, waiting, continuous, without a due day."""
    title = "c) Nhiệm vụ hoàn thành trong kỳ (từ {{ report.first }} đến {{ report.last }})"
    add(document, "Heading 3", title)
    with either(
        document, "part.done", "Không có nhiệm vụ nào được cập nhật là hoàn thành trong kỳ."
    ):
        completions(document, "part.done")
    with when(document, "part.undated"):
        add(document, "Normal", "Được cập nhật là hoàn thành nhưng chưa ghi ngày hoàn thành:")
        completions(document, "part.undated")
    add(document, "Heading 3", "d) Nhiệm vụ quá hạn đến ngày {{ report.as_of }}")
    with either(document, "part.overdue", "Không có nhiệm vụ quá hạn."):
        heads = ("Mã số", "Nhiệm vụ", "Đơn vị chủ trì", "Hạn và số ngày quá hạn", "Căn cứ tính hạn")
        table = grid(document, (14, 51, 28, 40, 32), heads)
        lines = (
            "{% for line in row.lines %}" + DUE_DAY + ": {{ line.text }}"
            + PERIOD + OWED + BREAK + "{% endfor %}"
        )  # fmt: skip
        why = "“{{ row.deadline }}”{% if row.why %}: {{ row.why|last }}{% endif %}"
        cells = ("{{ row.id }}", "{{ row.name }}" + VIA, "{{ row.lead }}", lines, why)
        loop(table, "row in part.overdue", cells)
        after(document)
    for letter, name, key in (
        ("đ", "chờ sự kiện", "waiting"),
        ("e", "thường xuyên", "continuous"),
        ("g", "không rõ hạn", "no_due_date"),
    ):
        add(document, "Heading 3", f"{letter}) Nhiệm vụ {name}")
        with each(document, f"row in part.{key}"):
            add(
                document,
                "Normal",
                "- {{ row.id }}. {{ row.name }} (chủ trì: {{ row.lead }})"
                "{% if row.via %}; qua nhóm “{{ row.via }}”{% endif %}"
                "{% if row.deadline %}; thời hạn theo kế hoạch: “{{ row.deadline }}”"
                "{% else %}; kế hoạch không ghi thời hạn{% endif %}"
                "{% if row.waits_for %}; chờ: {{ row.waits_for|join('; ') }}{% endif %}.",
            )
            otherwise(document)
            add(document, "Normal", f"Không có nhiệm vụ {name}.")
    with when(document, "part.halted"):
        halted(document)


def halted(document: Any) -> None:
    """What a document suspends or cancels, since when and why."""
    add(document, "Heading 3", "h) Nhiệm vụ tạm dừng, thôi thực hiện")
    heads = ("Mã số", "Nhiệm vụ", "Đơn vị chủ trì", "Tình trạng", "Văn bản, lý do")
    table = grid(document, (14, 51, 28, 36, 36), heads)
    since = (
        "{% set halt = row.lines[0].halt %}{{ row.lines[0].text }} từ ngày {{ halt.on }}"
        "{% if halt.until %} đến hết ngày {{ halt.until }}{% endif %}"
        "{% for line in row.lines if line.due %}{{ '\\n' }}hạn " + DUE_DAY + PERIOD + "{% endfor %}"
    )
    why = "{{ row.lines[0].halt.authority }}; lý do: {{ row.lines[0].halt.reason }}"
    cells = ("{{ row.id }}", "{{ row.name }}" + VIA, "{{ row.lead }}", since, why)
    loop(table, "row in part.halted", cells)
    after(document)


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
    with each(document, "part in report.parts"):
        with when(document, "part.role"):
            add(
                document,
                "Heading 3",
                "{% if part.role == 'lead' %}Chủ trì{% else %}Phối hợp{% endif %}",
            )
        with either(
            document, "part.upcoming", "Không có nhiệm vụ đến hạn trong khoảng thời gian này."
        ):
            heads = ("Mã số", "Nhiệm vụ", "Đơn vị chủ trì", "Hạn", "Tình trạng")
            table = grid(document, (14, 66, 33, 27, 25), heads)
            tag(table, "for row in part.upcoming")
            cells = ("{{ row.id }}", NAMED + VIA, "{{ row.lead }}", DUE, "{{ line.text }}" + OWED)
            loop(table, "line in row.lines", cells)
            tag(table, "endfor")
            after(document)


def remarks(document: Any, name: str, empty: str) -> None:
    """What units wrote, word for word."""
    with each(document, f"remark in report.{name}"):
        add(document, "Normal", REMARK)
        otherwise(document)
        add(document, "Normal", empty)


def statistics(document: Any) -> None:
    """The statistical appendix: what is on record fills its lines, the others stay blank."""
    appended(document)
    head_of_appendix(document, "Phụ lục I", "BIỂU THỐNG KÊ SỐ LIỆU")
    heads = ("STT", "Nội dung", "Đơn vị tính", "Số liệu", "Cùng kỳ năm trước", "Tăng (+), giảm (-)")
    table = grid(document, (14, 75, 21, 17.5, 20, 17.5), heads)
    for number, what, unit, figure in STATISTICS:
        if unit:
            shown = of_figure(figure) if figure else (DOTS, DOTS, "")
            row(table, (number, what, unit, *shown), LINE)
        else:
            field_row(table, number, what)
    channels(table)
    for paragraph in (p for line in table.rows for cell in line.cells for p in cell.paragraphs):
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0.5)
    with when(document, "report.before_as_of"):
        said = "Số liệu cùng kỳ năm trước tính đến hết ngày {{ report.before_as_of|long_date }}."
        add(document, "Normal", said)
    after(document)


def of_figure(figure: str) -> tuple[str, ...]:
    """What it comes to, came to a year before, and the difference; tasks are those led."""
    if figure.startswith("inspection."):
        return compared(f"report.compared['{figure}']")
    return compared(f"report.compared[('lead.' if report.unit else '') ~ '{figure}']")


def compared(found: str) -> tuple[str, ...]:
    """The three cells of a line of the statistical appendix."""
    return (
        f"{{{{ {found}.value }}}}",
        f"{{{{ {found}.before }}}}",
        f"{{{{ {found}.difference or '' }}}}",
    )


def channels(table: Any) -> None:
    """The lines of each channel of communication, where any is on record."""
    tag(table, "if report.channels")
    field_row(table, "10", "Thông tin, tuyên truyền (trong kỳ báo cáo)")
    tag(table, "endif")
    tag(table, "for channel in report.channels")
    row(table, ("{{ channel.number }}", "{{ channel.name }}", *("",) * 4), LINE)
    measure = "{{ channel.measure|capitalize if channel.measure else none }}"
    for place, (what, unit, key) in enumerate(
        (
            ("Số hoạt động", "Hoạt động", "activities"),
            ("Số lượt thực hiện", "Lượt", "times"),
            ("Số lượng", measure, "quantity"),
        ),
        start=1,
    ):
        number = f"{{{{ channel.number }}}}.{place}"
        row(table, (number, what, unit, *compared(f"channel.{key}")), LINE)
    tag(table, "endfor")


def head_of_appendix(document: Any, number: str, title: str) -> None:
    """Its number, its title, and the document that it belongs to."""
    add(document, "Chức vụ", number)
    add(document, "Trích yếu", title)
    add(
        document,
        "Kèm theo",
        "(Kèm theo Báo cáo số ………/BC-{{ report.symbol }} ngày …… tháng …… năm ……… của"
        " {{ report.issuer }})",
    )


def appendix(document: Any) -> None:
    """The table of all tasks, on landscape pages with numbers of their own."""
    landscape(document)
    head_of_appendix(document, "Phụ lục II", "DANH MỤC NHIỆM VỤ VÀ TÌNH TRẠNG THỰC HIỆN")
    heads = ("TT", "Nhiệm vụ", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp",
             "Thời hạn theo kế hoạch", "Ngày đến hạn và tình trạng")  # fmt: skip
    table = grid(document, (11, 70, 37, 30, 30, 25, 49), heads)
    tag(table, "for field in report.appendix if field.rows")
    field_row(table, "{{ field.id }}", "{{ field.name }}")
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
    tag(table, "for row in field.rows")
    row(table, cells, ("Bảng số", *("Bảng",) * 6))
    tag(table, "endfor")
    tag(table, "endfor")
    after(document)


if __name__ == "__main__":
    TARGET.write_bytes(build())
