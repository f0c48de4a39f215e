"""Build plan.docx and appendix.docx of `cchc publish`: ``python templates/build_plan_docx.py``.

The one is a plan as signed with its appendix, the other the table of a year alone. Both are
ordinary Word files: wording and layout may be changed in Word, too. This script keeps their layout
reviewable; a test tells when script and files differ, so whoever changes a file in Word on purpose
deletes this script and its test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from word_layout import (
    STYLES,
    add,
    after,
    each,
    field_row,
    fill,
    finished,
    grid,
    landscape,
    letterhead,
    otherwise,
    row,
    rule,
    signature_of,
    started,
    tag,
    turn,
    when,
)

FOLDER = Path(__file__).parent

DUE = (
    "{% for due in row.dues %}{% if due.before %}trước {{ due.before }}"
    "{% else %}{{ due.on }}{% endif %}"
    "{% if due.original %} (theo kế hoạch: {{ due.original }}){% endif %}"
    "{% if due.suspended %} (tạm dừng){% endif %}"
    "{% if not loop.last %}{{ '\\n' }}{% endif %}{% endfor %}"
)


def plan() -> bytes:
    """The template of a plan as the bytes of a Word file."""
    document = started(STYLES)
    number = letterhead(document, "plan")
    fill(number, "Số ký hiệu", "Số:          /{{ plan.symbol }}")
    add(document, "Tên loại", "{{ plan.type }}")
    add(document, "Trích yếu", "{{ plan.subject }}")
    rule(document, 55)
    optional(document, "plan.preamble")
    with each(document, "part in plan.parts"):
        heading(document, "part", "Heading 1")
        with each(document, "section in part.sections"):
            heading(document, "section", "Heading 2")
            with each(document, "item in section.items"):
                add(document, "Normal", "- {{ item }}")
        optional(document, "part.closing")
    recipients = ("{%p for line in plan.recipients %}", "- {{ line }}", "{%p endfor %}")
    signature_of(document, "plan.signer", recipients)
    landscape(document)
    add(document, "Chức vụ", "{{ plan.appendix.heading }}")
    optional(document, "plan.appendix.subject", "Trích yếu")
    optional(document, "plan.appendix.attached", "Kèm theo")
    tasks(document, "plan.appendix", (13, 89, 48, 36, 36, 30))
    return finished(document, STYLES, "Mẫu kế hoạch có phụ lục")


def appendix() -> bytes:
    """The template of the table of a year as the bytes of a Word file."""
    document = started(STYLES)
    turn(document.sections[0])
    add(document, "Chức vụ", "{{ table.heading }}")
    add(document, "Trích yếu", "{{ table.subject|upper }}")
    add(
        document,
        "Kèm theo",
        "(Kèm theo Kế hoạch số ………/{{ table.symbol }} ngày …… tháng …… năm ……… của"
        " {{ table.issuer }})",
    )
    tasks(document, "table", (13, 72, 42, 34, 34, 30, 27), ("Hạn năm {{ table.year }}",), DUE)
    return finished(document, STYLES, "Mẫu phụ lục danh mục nhiệm vụ của một năm")


# -- what both have --------------------------------------------------------------------------------


def optional(document: Any, name: str, style: str = "Normal") -> None:
    """A paragraph of the signed text that a plan may lack."""
    with when(document, name):
        add(document, style, f"{{{{ {name} }}}}")


def heading(document: Any, name: str, style: str) -> None:
    """A heading, or where its text goes on beside it, a paragraph that begins with it."""
    with when(document, f"{name}.text"):
        paragraph = add(document, "Normal", "")
        paragraph.add_run(f"{{{{ {name}.heading }}}}").bold = True
        paragraph.add_run(f" {{{{ {name}.text }}}}")
        otherwise(document)
        add(document, style, f"{{{{ {name}.heading }}}}")


def tasks(
    document: Any,
    table: str,
    widths: tuple[float, ...],
    titles: tuple[str, ...] = (),
    *cells: str,
) -> None:
    """The table of tasks, by fields; `titles` and `cells` are of columns beside the printed six."""
    heads = (*(f"{{{{ {table}.columns[{column}] }}}}" for column in range(6)), *titles)
    grid_ = grid(document, widths, heads)
    tag(grid_, f"for field in {table}.fields")
    field_row(grid_, "{{ field.id }}", "{{ field.name }}")
    texts = ("{{ row.number }}", "{{ row.name }}", "{{ row.products|join('\\n') }}",
             "{{ row.lead }}", "{{ row.support }}", "{{ row.deadline }}", *cells)  # fmt: skip
    tag(grid_, "for row in field.rows")
    row(grid_, texts, ("Bảng số", *("Bảng",) * (len(texts) - 1)))
    tag(grid_, "endfor")
    tag(grid_, "endfor")
    after(document)


TARGETS = {"plan.docx": plan, "appendix.docx": appendix}

if __name__ == "__main__":
    for name_, build in TARGETS.items():
        (FOLDER / name_).write_bytes(build())
