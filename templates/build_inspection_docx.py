"""Build the Word files of `cchc inspection`: ``python templates/build_inspection_docx.py``.

That is inspection_record.docx, the record of a visit (biên bản), and inspection_report.docx, the
report on a year's results. They are ordinary Word files: wording and layout may be changed in Word,
too. This script keeps their layout reviewable; a test tells when the two differ, so whoever changes
a file in Word on purpose deletes this script and its test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from word_layout import (
    DOTS,
    STYLES,
    add,
    after,
    blank,
    blank_signature,
    borderless,
    each,
    fill,
    finished,
    grid,
    letterhead,
    otherwise,
    row,
    rule,
    started,
    tag,
    when,
)

FOLDER = Path(__file__).parent

USED = (
    "Heading 1", "Quốc hiệu", "Tiêu ngữ", "Cơ quan chủ quản", "Số ký hiệu", "Địa danh", "Tên loại",
    "Trích yếu", "Chỗ trống", "Đường kẻ", "Bảng", "Bảng số", "Bảng đầu", "Sau bảng", "Chức vụ",
    "Nơi nhận", "Danh sách nơi nhận",
)  # fmt: skip
PAPER = {name: STYLES[name] for name in USED}

PERSON = (
    "- {{ person.name }}{% if person.role %}, {{ person.role }}{% endif %}"
    "{% if person.unit %} ({{ person.unit }}){% endif %}"
    "{% if loop.last %}.{% else %};{% endif %}"
)
ON = "{% if record.head.on %} ngày {{ record.head.on|long_date }}{% endif %}"
GROUND = "{% if record.head.authority %}{{ record.head.authority }}" + ON + "{% else %}"


def record() -> bytes:
    """The record of a visit, to be completed by hand and signed by both sides."""
    document = started(PAPER)
    number = letterhead(document, "record.head")
    fill(number, "Số ký hiệu", f"Số:          /BB-{DOTS}")
    add(document, "Tên loại", "BIÊN BẢN")
    add(document, "Trích yếu", "Kiểm tra cải cách hành chính năm {{ record.head.year }}"
        " tại {{ record.visit.unit }}")  # fmt: skip
    rule(document, 60)
    add(
        document,
        "Normal",
        "Thực hiện " + GROUND + DOTS * 3 + "{% endif %},"
        " {% if record.visit.held_on %}ngày {{ record.visit.held_on|long_date }}{% else %}hôm nay,"
        " ngày …… tháng …… năm ………{% endif %}, tại " + DOTS * 2 + ", Đoàn kiểm tra tiến hành kiểm"
        " tra công tác cải cách hành chính của {{ record.visit.unit }}.",
    )
    add(document, "Heading 1", "I. Thành phần")
    add(document, "Normal", "1. Đoàn kiểm tra:")
    with when(document, "record.team"):
        with each(document, "person in record.team"):
            add(document, "Normal", PERSON)
        otherwise(document)
        blank(document)
    add(document, "Normal", "2. Đại diện {{ record.visit.unit }}:")
    blank(document)
    add(document, "Heading 1", "II. Nội dung kiểm tra")
    with when(document, "record.visit.scope"):
        add(document, "Normal", "{{ record.visit.scope }}.")
        otherwise(document)
        blank(document)
    add(document, "Heading 1", "III. Kết quả kiểm tra")
    add(document, "Normal", "1. Kết quả đạt được:")
    blank(document)
    add(document, "Normal", "2. Vấn đề phát hiện và yêu cầu xử lý:")
    with when(document, "record.rows"):
        table = grid(document, (15, 60, 55, 35), ("STT", "Vấn đề phát hiện", "Yêu cầu xử lý",
                                                  "Thời hạn"))  # fmt: skip
        tag(table, "for row in record.rows")
        cells = ("{{ loop.index }}", "{{ row.name }}", "{{ row.measure or '" + DOTS + "' }}",
                 "{{ row.deadline or '" + DOTS + "' }}")  # fmt: skip
        row(table, cells, ("Bảng số", *("Bảng",) * 3))
        tag(table, "endfor")
        after(document)
        otherwise(document)
        blank(document)
    add(document, "Heading 1", "IV. Ý kiến của đơn vị được kiểm tra")
    blank(document)
    add(
        document,
        "Normal",
        "Biên bản đã được đọc cho các bên cùng nghe, thống nhất và lập thành …… bản./.",
    ).paragraph_format.keep_with_next = True
    after(document).paragraph_format.keep_with_next = True
    signatures(document)
    return finished(document, PAPER, "Mẫu biên bản kiểm tra cải cách hành chính")


def signatures(document: Any) -> None:
    """Both sides sign."""
    table = borderless(document, (82.5, 82.5))
    for cell, side in zip(
        table.rows[0].cells,
        ("ĐƠN VỊ ĐƯỢC KIỂM TRA", "ĐOÀN KIỂM TRA"),
        strict=True,
    ):
        fill(cell, "Chức vụ", side)
        for line in (*("",) * 4, DOTS * 2):
            add(cell, "Chức vụ", line)
    after(document)
    add(document, "Nơi nhận", "Nơi nhận:")
    for line in (f"- {DOTS};", f"- Lưu: VT, {DOTS}."):
        add(document, "Danh sách nơi nhận", line)


def report() -> bytes:
    """The report on the results of a year's inspection."""
    document = started(PAPER)
    number = letterhead(document, "results.head")
    fill(number, "Số ký hiệu", "Số:          /BC-{{ results.head.symbol or '" + DOTS + "' }}")
    add(document, "Tên loại", "BÁO CÁO")
    add(document, "Trích yếu", "Kết quả kiểm tra cải cách hành chính năm {{ results.head.year }}")
    rule(document, 60)
    add(
        document,
        "Normal",
        "Thực hiện {{ results.head.plan_name }}"
        "{% if results.head.authority %} và {{ results.head.authority }}"
        "{% if results.head.on %} ngày {{ results.head.on|long_date }}{% endif %}{% endif %},"
        " {{ results.head.issuer or '" + DOTS * 2 + "' }} báo cáo kết quả kiểm tra cải cách hành"
        " chính năm {{ results.head.year }}, tính đến ngày {{ results.as_of|long_date }} như sau:",
    )
    with when(document, "results.errors"):
        add(
            document,
            "Normal",
            "Các tệp kế hoạch còn {{ results.errors }} lỗi nên số liệu có thể thiếu (xem bằng lệnh"
            " “cchc validate”).",
        ).runs[0].bold = True
    add(document, "Heading 1", "I. Việc tổ chức kiểm tra")
    add(document, "Normal", "1. Thành phần đoàn kiểm tra:")
    with when(document, "results.team"):
        with each(document, "person in results.team"):
            add(document, "Normal", PERSON)
        otherwise(document)
        blank(document)
    add(document, "Normal", "2. Đơn vị được kiểm tra: theo kế hoạch {{ results.visits|length }}"
        " cuộc; đã kiểm tra {{ results.held }} cuộc tại {{ results.units }} đơn vị.")  # fmt: skip
    visits(document)
    add(document, "Heading 1", "II. Kết quả kiểm tra")
    add(
        document,
        "Normal",
        "Số vấn đề phát hiện: {{ results.found }}; đã xử lý: {{ results.settled }}; chưa xử lý:"
        " {{ results.open }}{% if results.overdue %}, trong đó quá hạn: {{ results.overdue }}"
        "{% endif %}{% if results.cancelled %}; thôi thực hiện: {{ results.cancelled }}"
        "{% endif %}.",
    )
    with when(document, "results.rows"):
        found(document)
    add(document, "Heading 1", "III. Đánh giá, kiến nghị")
    blank(document)
    add(
        document,
        "Normal",
        "Trên đây là báo cáo kết quả kiểm tra cải cách hành chính năm {{ results.head.year }} của"
        " {{ results.head.issuer or '" + DOTS * 2 + "' }}./.",
    ).paragraph_format.keep_with_next = True
    blank_signature(document, f"- {DOTS};")
    return finished(document, PAPER, "Mẫu báo cáo kết quả kiểm tra cải cách hành chính")


def visits(document: Any) -> None:
    """The table of the visits."""
    heads = ("STT", "Đơn vị được kiểm tra", "Thời gian theo kế hoạch", "Ngày kiểm tra", "Biên bản",
             "Số vấn đề")  # fmt: skip
    table = grid(document, (12, 48, 36, 24, 27, 18), heads)
    tag(table, "for visit in results.visits")
    cells = (
        "{{ loop.index }}", "{{ visit.unit }}", "{{ visit.deadline or '' }}",
        "{{ visit.held_on or 'chưa kiểm tra' }}", "{{ visit.record or '' }}",
        "{{ visit.problems if visit.problems is not none else '' }}",
    )  # fmt: skip
    row(table, cells, ("Bảng số", "Bảng", "Bảng", "Bảng số", "Bảng", "Bảng số"))
    tag(table, "endfor")
    after(document)


def found(document: Any) -> None:
    """The table of the problems."""
    heads = ("STT", "Đơn vị", "Vấn đề phát hiện", "Yêu cầu xử lý", "Thời hạn", "Tình trạng")
    table = grid(document, (12, 28, 42, 36, 26, 21), heads)
    tag(table, "for row in results.rows")
    cells = (
        "{{ loop.index }}", "{{ row.unit }}", "{{ row.name }}", "{{ row.measure or '' }}",
        "{{ row.deadline or '' }}{% if row.due %} (hạn {{ row.due }}){% endif %}", "{{ row.text }}",
    )  # fmt: skip
    row(table, cells, ("Bảng số", *("Bảng",) * 5))
    tag(table, "endfor")
    after(document)


TARGETS = {"inspection_record.docx": record, "inspection_report.docx": report}

if __name__ == "__main__":
    for name, build in TARGETS.items():
        (FOLDER / name).write_bytes(build())
