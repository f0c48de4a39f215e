"""What is written from outside reads back as exactly what it was, whatever it was."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from cchc_cli.core.model import Plan
from cchc_cli.core.source import SourceFile
from cchc_cli.syntax.load import load
from cchc_cli.syntax.planting import planted

LINE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
VIETNAMESE = st.text("aăđ ơụ:#-\"'[{,;/…“” \n\tNQ1", min_size=1, max_size=300).filter(str.strip)
TEXT = LINE | VIETNAMESE
LONG = "Tham mưu triển khai  xây dựng Hệ thống: quản lý #1 chất lượng theo tiêu chuẩn Quốc gia " * 3


def read_back(plan: dict[str, Any], appendix: dict[str, Any]) -> Plan:
    files = [
        SourceFile(f"plans/x/{name}.yaml", planted(f"plans/x/{name}.yaml", values))
        for name, values in (("plan", plan), ("appendix", appendix))
    ]
    return load(files).workspace.plans["x"]


@given(TEXT, TEXT, st.lists(TEXT, min_size=1, max_size=3))
@example("null", "~", ["No", "1.10"])
@example("a: b", "- x", ["# không phải ghi chú", "x #y"])
@example(LONG, LONG.strip(), [LONG.strip(), LONG.strip() + "\n\n" + LONG.strip()])
@example("dòng một\n dòng hai", "\u0085\u2028\x7f\ufeff\U000e0001", ["kết thúc:", " đầu trống"])
def test_every_text_comes_back_as_it_was(name: str, lead: str, products: list[str]) -> None:
    task = {"id": "I.1", "number": "1", "name": name, "products": products, "lead": lead}
    document = {"type": "KẾ HOẠCH", "subject": name, "preamble": lead, "recipients": products}
    plan = read_back(
        {"id": "x", "period": "2021-2025", "document": document},
        {"plan": "x", "columns": products,
         "fields": [{"id": "I", "name": lead, "tasks": [task]}]},
    )  # fmt: skip
    (read,) = plan.tasks
    assert (read.name, read.lead, list(read.products)) == (name, lead, products)
    assert plan.fields[0].name == lead
    assert plan.appendix is not None
    assert list(plan.appendix.columns) == products
    written = plan.document
    assert written is not None
    assert (written.subject, written.preamble) == (name, lead)
    assert list(written.recipients) == products


def test_a_long_text_is_folded_so_that_a_review_shows_its_words() -> None:
    name = "Nâng cao chất lượng công tác soạn thảo văn bản quy phạm pháp luật: " * 4
    text = planted("plans/x/appendix.yaml", {"plan": "x", "subject": name.strip()})
    assert text.startswith("# yaml-language-server: $schema=../.schema/appendix.json\nplan: x\n")
    assert "subject: >-\n  Nâng cao" in text
    assert max(map(len, text.splitlines())) <= 100
