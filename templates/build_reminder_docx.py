"""Build reminder.docx, the letter of `cchc remind`: ``python templates/build_reminder_docx.py``.

The template is an ordinary Word file: wording and layout may be changed in Word, too. This script
keeps its layout reviewable; a test tells when the two differ, so whoever changes the file in Word
on purpose deletes this script and its test. It is an official letter (công văn): the subject under
the number, and no name of a kind of document.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from word_layout import (
    DOTS,
    STYLES,
    add,
    after,
    blank_signature,
    each,
    fill,
    finished,
    grid,
    letterhead,
    row,
    started,
    tag,
    when,
)

TARGET = Path(__file__).parent / "reminder.docx"

USED = (
    "Quốc hiệu", "Tiêu ngữ", "Cơ quan chủ quản", "Số ký hiệu", "Địa danh", "Giữa", "Đường kẻ",
    "Bảng", "Bảng số", "Bảng đầu", "Sau bảng", "Chức vụ", "Nơi nhận", "Danh sách nơi nhận",
)  # fmt: skip
LETTER = {name: STYLES[name] for name in USED} | {
    "Trích yếu công văn": ("Normal", 12, False, False, ALIGN.CENTER, 6, 0),
}

PERIOD = "{% if row.period_name %} ({{ row.period_name }}){% endif %}"
DUE = (
    "{{ row.due }}{% if row.original_due %} (gia hạn từ {{ row.original_due }}){% endif %}"
    "{% if row.last_working_day %} (ngày làm việc cuối: {{ row.last_working_day }}){% endif %}"
)
OWED = (
    "{% if letter.overdue %}{{ letter.overdue }} nhiệm vụ quá hạn{% endif %}"
    "{% if letter.overdue and letter.due_soon %} và {% endif %}"
    "{% if letter.due_soon %}{{ letter.due_soon }} nhiệm vụ đến hạn {% if letter.within %}"
    "trong {{ letter.within }} ngày tới{% else %}trong ngày{% endif %}{% endif %}"
)


def build() -> bytes:
    """The template as the bytes of a Word file."""
    document = started(LETTER)
    number = letterhead(document, "letter")
    fill(number, "Số ký hiệu", f"Số:          /{{{{ letter.symbol }}}}-{DOTS}")
    add(number, "Trích yếu công văn", "V/v đôn đốc thực hiện {{ letter.plan_name }}")
    after(document)
    add(document, "Giữa", "Kính gửi: {{ letter.unit }}")
    after(document)
    body(document)
    blank_signature(document, "- Như trên;", f"- {DOTS};")
    return finished(document, LETTER, "Mẫu công văn đôn đốc thực hiện nhiệm vụ")


def body(document: Any) -> None:
    """As of when, the table, and what is asked."""
    add(
        document,
        "Normal",
        "Qua theo dõi việc thực hiện {{ letter.plan_name }}, tính đến ngày"
        " {{ letter.as_of|long_date }}, {{ letter.unit }} còn "
        + OWED
        + " (tính theo từng kỳ hạn), cụ thể như sau:",
    )
    owed(document)
    with when(document, "letter.supported"):
        add(
            document,
            "Normal",
            "Ngoài ra, {{ letter.unit }} phối hợp thực hiện các nhiệm vụ sau đây, đang quá hạn hoặc"
            " sắp đến hạn:",
        )
        with each(document, "row in letter.supported"):
            add(
                document,
                "Normal",
                "- {{ row.id }}. {{ row.name }}" + PERIOD + " (chủ trì: {{ row.lead }}); hạn: "
                + DUE + ", {{ row.text }}.",
            )  # fmt: skip
    with when(document, "letter.errors"):
        add(
            document,
            "Normal",
            "Các tệp kế hoạch còn {{ letter.errors }} lỗi nên danh sách này có thể thiếu (xem bằng"
            " lệnh “cchc validate”).",
        ).runs[0].bold = True
    add(
        document,
        "Normal",
        "Đề nghị {{ letter.unit }} rà soát, khẩn trương thực hiện các nhiệm vụ nêu trên, cập nhật"
        " kết quả kèm tài liệu minh chứng và báo cáo {{ letter.issuer }} trước ngày …… tháng ……"
        " năm ………; đối với nhiệm vụ chưa hoàn thành, nêu rõ lý do và thời gian hoàn thành./.",
    ).paragraph_format.keep_with_next = True


def owed(document: Any) -> None:
    """The table: one row for each occurrence."""
    heads = ("STT", "Nhiệm vụ", "Căn cứ, thời hạn ghi trong kế hoạch", "Hạn", "Tình trạng",
             "Sản phẩm", "Ghi chú")  # fmt: skip
    table = grid(document, (11, 50, 28, 22.5, 18, 21.5, 14), heads)
    tag(table, "for row in letter.rows")
    cells = (
        "{{ loop.index }}",
        "{{ row.id }}. {{ row.name }}" + PERIOD
        + "{% if row.via %}{{ '\\n' }}(qua nhóm “{{ row.via }}”){% endif %}",
        "“{{ row.deadline }}”{% if row.counted %}: {{ row.why|join('; ') }}{% endif %}",
        DUE,
        "{{ row.text }}",
        "{{ row.products|join('\\n') }}",
        "",
    )  # fmt: skip
    row(table, cells, ("Bảng số", *("Bảng",) * 6))
    tag(table, "endfor")
    after(document)


if __name__ == "__main__":
    TARGET.write_bytes(build())
