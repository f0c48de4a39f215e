"""Build score_form.docx and score_report.docx: ``python templates/build_score_docx.py``.

They are the form and the report of `cchc scoring`. The templates are ordinary Word files: wording
and layout may be changed in Word, too. This script keeps their layout reviewable; a test tells when
they differ, so whoever changes a file in Word on purpose deletes this script and its test.
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
    each,
    either,
    fill,
    finished,
    grid,
    landscape,
    letterhead,
    loop,
    otherwise,
    row,
    rule,
    started,
    tag,
    turn,
    when,
)

FORM = Path(__file__).parent / "score_form.docx"
REPORT = Path(__file__).parent / "score_report.docx"

USED = (
    "Quốc hiệu", "Tiêu ngữ", "Cơ quan chủ quản", "Số ký hiệu", "Địa danh", "Đường kẻ", "Tên loại",
    "Trích yếu", "Kèm theo", "Bảng", "Bảng số", "Bảng đầu", "Bảng đậm", "Sau bảng", "Chức vụ",
    "Nơi nhận", "Danh sách nơi nhận", "Heading 1", "Chỗ trống",
)  # fmt: skip
LOOKS = {name: STYLES[name] for name in USED}
OF_FORM = {name: look for name, look in LOOKS.items() if name not in {"Heading 1", "Chỗ trống"}}
SUBJECT = "năm {{ score.year }}{% if score.unit %} của {{ score.issuer }}{% endif %}"
EXAMPLE = "Bộ tiêu chí này là ví dụ: tiêu chí, điểm và ngưỡng điểm chưa do cơ quan nào quyết định."
HEADS = ("TT", "Tiêu chí, tiêu chí thành phần", "Điểm tối đa", "Số liệu kê khai",
         "Cách tính điểm", "Tài liệu kiểm chứng", "Điểm tự đánh giá", "Điểm thẩm định")  # fmt: skip
PROOFS = (
    "{{ row.proof }}{% if row.proof and row.evidence %}{{ '\\n' }}{% endif %}"
    "{{ row.evidence|join('\\n') }}"
)


def form() -> bytes:
    """The form: one table on landscape pages."""
    document = started(OF_FORM)
    turn(document.sections[0])
    number = letterhead(document, "score")
    fill(number, "Số ký hiệu", f"Số:          /{DOTS}")
    add(document, "Tên loại", "BẢNG CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH")
    add(document, "Trích yếu", SUBJECT[0].upper() + SUBJECT[1:])
    add(document, "Kèm theo", "(Theo {{ score.list_name }})")
    with when(document, "score.example"):
        add(document, "Normal", EXAMPLE)
    table(document)
    blank_signature(document, f"- {DOTS};")
    return finished(document, OF_FORM, "Mẫu bảng chấm điểm cải cách hành chính")


def report() -> bytes:
    """The report, with the table as its appendix."""
    document = started(LOOKS)
    number = letterhead(document, "score")
    fill(number, "Số ký hiệu", "Số:          /BC-{{ score.symbol }}")
    add(document, "Tên loại", "BÁO CÁO")
    add(document, "Trích yếu", f"Kết quả tự chấm điểm cải cách hành chính {SUBJECT}")
    rule(document, 62)
    opening(document)
    by_field(document)
    matters(document, "II. ĐIỂM BỊ MẤT", "score.lost", "Không có điểm bị mất.")
    matters(document, "III. ĐIỂM CÒN CÓ THỂ ĐẠT", "score.open", "Không còn điểm có thể đạt thêm.")
    rounds(document)
    add(document, "Heading 1", "V. GIẢI PHÁP, KIẾN NGHỊ")
    blank(document)
    add(
        document,
        "Normal",
        f"Trên đây là báo cáo kết quả tự chấm điểm cải cách hành chính {SUBJECT}./.",
    ).paragraph_format.keep_with_next = True
    blank_signature(document, f"- {DOTS};")
    landscape(document)
    add(document, "Chức vụ", "Phụ lục")
    add(document, "Trích yếu", "BẢNG CHẤM ĐIỂM CHI TIẾT")
    add(
        document,
        "Kèm theo",
        "(Kèm theo Báo cáo số ………/BC-{{ score.symbol }} ngày …… tháng …… năm ……… của"
        " {{ score.issuer }})",
    )
    table(document)
    return finished(document, LOOKS, "Mẫu báo cáo tự chấm điểm cải cách hành chính")


def opening(document: Any) -> None:
    """By which list, as of when, and the total."""
    add(
        document,
        "Normal",
        "Thực hiện việc chấm điểm cải cách hành chính năm {{ score.year }} theo"
        " {{ score.list_name }}{% if score.authority %} ({{ score.authority }}){% endif %},"
        " {{ score.issuer }} báo cáo kết quả tự chấm điểm, tính đến ngày"
        " {{ score.as_of|long_date }}, như sau:",
    )
    with when(document, "score.example"):
        add(document, "Normal", EXAMPLE).runs[0].bold = True
    add(document, "Heading 1", "I. KẾT QUẢ")
    with either(document, "score.total", "Không có tiêu chí nào áp dụng nên không có điểm."):
        add(
            document,
            "Normal",
            "Tổng điểm: {% if score.unanswered %}ít nhất {% endif %}{{ score.total }}/"
            "{{ score.maximum }} điểm"
            "{% if score.rate %}, đạt {{ score.rate }}%{% endif %}.",
        )
    with when(document, "score.not_applicable"):
        add(
            document,
            "Normal",
            "Có {{ score.not_applicable }} tiêu chí không áp dụng; điểm của các tiêu chí áp dụng"
            " ({{ score.applicable }} điểm tối đa) được quy đổi theo tổng điểm của bộ tiêu chí.",
        )
    with when(document, "score.unanswered"):
        add(
            document,
            "Normal",
            "Còn {{ score.unanswered }} tiêu chí chưa có số liệu; điểm của các tiêu chí này chưa"
            " được tính.",
        )


def by_field(document: Any) -> None:
    """What each field comes to."""
    heads = ("TT", "Lĩnh vực", "Điểm tối đa", "Điểm đạt", "Điểm bị mất", "Còn có thể đạt")
    found = grid(document, (13, 62, 22, 22, 22, 24), heads)
    cells = ("{{ row.id }}", "{{ row.name }}", "{{ row.maximum }}", "{{ row.points }}",
             "{{ row.lost }}", "{{ row.open }}")  # fmt: skip
    loop(found, "row in score.fields", cells, 4)
    after(document)


def matters(document: Any, heading: str, what: str, if_none: str) -> None:
    """The criteria at which points are lost or open, whose they are, and why."""
    add(document, "Heading 1", heading)
    with either(document, what, if_none):
        heads = ("TT", "Tiêu chí", "Đơn vị chịu trách nhiệm", "Điểm", "Căn cứ")
        found = grid(document, (15, 56, 26, 16, 52), heads)
        cells = ("{{ row.id }}", "{{ row.name }}", "{{ row.unit }}", "{{ row.points }}",
                 "{{ row.why|join('; ') }}")  # fmt: skip
        tag(found, f"for row in {what}")
        row(found, cells, ("Bảng số", "Bảng", "Bảng số", "Bảng số", "Bảng"))
        tag(found, "endfor")
        after(document)


def rounds(document: Any) -> None:
    """The rounds of appraisal, apart from the own score."""
    add(document, "Heading 1", "IV. KẾT QUẢ THẨM ĐỊNH")
    with each(document, "round in score.rounds"):
        add(
            document,
            "Normal",
            "- {{ round.name }}: {{ round.points }} điểm{% if round.missing %} (còn"
            " {{ round.missing }} tiêu chí chưa thẩm định){% endif %}.",
        )
        otherwise(document)
        add(document, "Normal", "Chưa có kết quả thẩm định.")


def table(document: Any) -> None:
    """Every field, criterion and part with its points."""
    found = grid(document, (14, 62, 16, 24, 44, 52, 18, 22), HEADS)
    tag(found, "for row in score.rows")
    cells = ("{{ row.id }}", "{{ row.name }}", "{{ row.maximum }}", "{{ row.declared }}",
             "{{ row.rule }}", PROOFS, "{{ row.points }}",
             "{{ row.rounds|join('; ') }}")  # fmt: skip
    tag(found, "if row.rule")
    row(found, cells, ("Bảng số", "Bảng", "Bảng số", "Bảng số", "Bảng", "Bảng", "Bảng số",
                       "Bảng số"))  # fmt: skip
    tag(found, "else")
    row(found, cells, ("Bảng đầu", "Bảng đậm", "Bảng đầu", "Bảng số", "Bảng", "Bảng", "Bảng đầu",
                       "Bảng đầu"))  # fmt: skip
    tag(found, "endif")
    tag(found, "endfor")
    after(document)


if __name__ == "__main__":
    FORM.write_bytes(form())
    REPORT.write_bytes(report())
