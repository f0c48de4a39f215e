"""Whatever stands in a document is in the plan or in the list of doubts, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cchc_cli.core.intake.content import Body, Cell, Content, Paragraph, Row, Table
from cchc_cli.core.intake.draft import drafted
from cchc_cli.core.message import msg

Value = Any  # of a plan file

HEAD = ("TT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời hạn", "Ghi chú")
MARKS = ("", "I. ", "II. ", "1. ", "2. ", "- ", "+ ", "a) ", "1.1. ", "(")
WORDS = st.integers(100, 999).map(lambda number: f"từ{number}")
LINES = st.builds(lambda mark, *words: mark + " ".join(words), st.sampled_from(MARKS), WORDS, WORDS)
FIXED = ("KẾ HOẠCH", "Nơi nhận:", "GIÁM ĐỐC", "Nguyễn Văn A", "PHỤ LỤC", "(Kèm theo Quyết định)")
BODY = st.lists(LINES | st.sampled_from(FIXED), max_size=14)
NUMBERS = st.sampled_from(("", "", "1", "2", "2.", "I", "II", "A", "x"))
ROWS = st.lists(st.tuples(NUMBERS, *[st.just("") | WORDS] * 6), min_size=1, max_size=8)


def paragraph(text: str, at: int) -> Body:
    return Body(Paragraph(text, bold=text.isupper()), msg("paragraph {number}", number=at))


def row(texts: tuple[str, ...], at: int) -> Row:
    cells = tuple(Cell((Paragraph(text),) if text else ()) for text in texts)
    return Row(cells, msg("row {number}", number=at))


def said(value: Value) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from said(item)
    else:
        yield str(value)


@given(BODY, ROWS)
def test_every_word_is_in_the_plan_or_in_the_doubts(
    lines: list[str], rows: list[tuple[str, ...]]
) -> None:
    body = [paragraph(text, at) for at, text in enumerate(lines)]
    table = Table(tuple(row(texts, at) for at, texts in enumerate([HEAD, *rows])), msg("table"))
    draft = drafted(Content((*body, table, paragraph("từ000 ở cuối", 99))))
    kept = [*said([draft.document or {}, draft.appendix])]
    kept += (str(value) for doubt in draft.doubts for value in doubt.message.values.values())
    found = set(" ".join(kept).replace("|", " ").split())
    words = {word for text in [*lines, *(t for texts in rows for t in texts), "từ000"]
             for word in text.replace("(", "").split() if word.startswith("từ")}  # fmt: skip
    assert {word for word in words if word not in found and f"({word}" not in found} == set()
    ids = [task["id"] for area in draft.appendix["fields"] for task in area["tasks"]]
    assert len(ids) == len(set(ids))
