"""The real plan, in every kind of Word file that offices make, is read cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from samples import COLUMNS, GOLD, KINDS, SPLIT, STRUCK_OUT, plan, small_capitals_lost, word_file

from cchc_cli.core.intake.content import Body, Content, Doubt, Row, Table
from cchc_cli.core.message import Message
from cchc_cli.documents.word_content import read
from cchc_cli.store.soffice import convert

FIELDS = list(dict.fromkeys((gold.field, gold.field_name) for gold in GOLD))
GOLD_CELLS = [tuple(" / ".join(lines) for lines in gold.cells) for gold in GOLD]


def said(message: Message | None) -> str:
    return message.template.format(**message.values) if message else ""


def doubts(content: Content) -> list[tuple[str, str]]:
    return [(said(doubt.message), said(doubt.place)) for doubt in content.doubts]


def tables(content: Content) -> list[Table]:
    return [block for block in content.blocks if isinstance(block, Table)]


def cells(row: Row) -> tuple[str, ...]:
    """Each cell as its paragraphs, a number of Word before its text."""
    return tuple(
        " / ".join(p.number + p.text for p in cell.paragraphs) if not cell.merged else "(merged)"
        for cell in row.cells
    )


def rows(content: Content) -> list[tuple[str, ...]]:
    return [cells(row) for table in tables(content) for row in table.rows]


def as_signed() -> Iterator[tuple[str, ...]]:
    """The rows of the signed table, with its header and the rows of its fields."""
    yield COLUMNS
    field = ""
    for gold, row in zip(GOLD, GOLD_CELLS, strict=True):
        if gold.field != field:
            field = gold.field
            yield gold.field, gold.field_name
        yield row


def collapsed(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in row)


def test_a_clean_table_is_read_as_it_is_printed() -> None:
    content = read(word_file("A"))
    *_, table = tables(content)
    assert [cells(row) for row in table.rows] == list(as_signed())
    assert [row.heading for row in table.rows] == [True] + [False] * (len(table.rows) - 1)
    assert [cell.columns for cell in table.rows[1].cells] == [1, 5]
    assert said(table.rows[4].place) == "table 3, row 5"
    assert content.doubts == ()


def test_the_text_around_the_table_comes_paragraph_by_paragraph() -> None:
    content = read(word_file("A"))
    texts = [block.paragraph.text for block in content.blocks if isinstance(block, Body)]
    document = plan().document
    assert document is not None
    assert texts[0] == "KẾ HOẠCH"
    assert texts[-3:] == [str(getattr(plan().appendix, part))
                          for part in ("heading", "subject", "attached")]  # fmt: skip
    for part in document.parts:
        heading = f"{part.number}. {part.title}"
        assert any(text.startswith(heading) for text in texts)
        for section in part.sections:
            assert all(f"- {item}" in texts for item in section.items)
    bold = [b.paragraph.text for b in content.blocks if isinstance(b, Body) and b.paragraph.bold]
    assert "II. NHIỆM VỤ VÀ GIẢI PHÁP TRỌNG TÂM" in bold
    assert not any(text.startswith("- ") for text in bold)
    assert isinstance(content.blocks[0], Table)
    assert cells(content.blocks[0].rows[0])[1].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


def test_merged_split_and_repeated_rows_come_as_they_stand() -> None:
    (table,) = tables(read(word_file("B")))
    found = [cells(row) for row in table.rows]
    upper = ("TT", "Nhiệm vụ cụ thể", "Sản phẩm", "Đơn vị", "Thời gian hoàn thành")
    lower = ("(merged)", "(merged)", "(merged)", "chủ trì", "phối hợp", "(merged)")
    assert found[:2] == [upper, lower]
    assert [row.heading for row in table.rows[:3]] == [True, True, False]
    assert [found.count(upper), found.count(lower)] == [3, 3]
    at = next(n for n, row in enumerate(found) if row[1].startswith("Tham mưu ban hành và triển")
              and "an toàn" in row[1])  # fmt: skip
    assert found[at + 1 : at + 3] == [upper, lower]
    assert found[at + 3] == ("", "2030 khi có yêu cầu của UBND tỉnh", "", "", "", "")
    assert found[3] == GOLD_CELLS[0]
    assert found[4] == (*GOLD_CELLS[1][:3], "(merged)", *GOLD_CELLS[1][4:])


def test_cells_merged_downward_give_the_whole_table_when_filled_from_above() -> None:
    (table,) = tables(read(word_file("B")))
    above: list[str] = []
    filled = []
    for row in table.rows:
        now = list(cells(row))
        above = [above[n] if cell == "(merged)" and n < len(above) else cell
                 for n, cell in enumerate(now)]  # fmt: skip
        filled.append(tuple(above))
    whole = [row for gold, row in zip(GOLD, GOLD_CELLS, strict=True) if gold.id not in SPLIT]
    assert [row for row in filled if row in whole] == whole


def test_numerals_that_word_prints_by_itself_are_computed() -> None:
    content = read(word_file("C"))
    first, second = tables(content)
    assert [len(first.rows), len(second.rows)] == [22, 13]
    found = list(map(collapsed, rows(content)))
    expected = []
    for row in as_signed():
        mark = "." if len(row) == 2 else ")"
        expected.append(row if row == COLUMNS else (row[0] + mark, *row[1:]))
    expected.insert(22, COLUMNS)
    assert found == expected
    assert "\u00a0" not in str(rows(content))
    assert content.doubts == ()


def test_text_of_separate_accents_and_inserted_deadlines_is_read_and_told() -> None:
    content = read(word_file("D"))
    assert rows(content) == list(as_signed())
    (table,) = tables(content)
    struck = [p.deleted for row in table.rows for cell in row.cells for p in cell.paragraphs
              if p.deleted]  # fmt: skip
    assert struck == list(STRUCK_OUT.values())
    told = doubts(content)
    assert told[0][0].startswith("the document has tracked changes")
    text, place = told[1]
    assert text.endswith(
        "“Quý III năm 2021” is struck out, “Trước ngày 20/12 năm báo cáo” is put in"
    )
    assert place == "table 1, row 3, cell 6"
    assert len(told) == 1 + len(STRUCK_OUT)


def test_tcvn3_is_recognised_and_converted_but_for_capitals_that_it_lacks() -> None:
    content = read(word_file("E"))
    assert rows(content) == [tuple(map(small_capitals_lost, row)) for row in as_signed()]
    assert sum(row in GOLD_CELLS for row in rows(content)) == 19
    texts = [block.paragraph.text for block in content.blocks if isinstance(block, Body)]
    assert texts[:2] == ["PHỤ LỤC", str(getattr(plan().appendix, "subject", ""))]
    told = [text for text, _ in doubts(content)]
    assert told[0].startswith("converted from TCVN3 (ABC) to Unicode: the fonts say so (.VnTime,")
    assert "capital letters" in told[1]
    assert len(told) == 2


def test_vni_is_recognised_and_converted_exactly() -> None:
    content = read(word_file("F"))
    assert rows(content) == list(as_signed())
    (told,) = content.doubts
    assert "VNI-Times" in said(told.message)
    assert told.place is None


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", KINDS)
def test_an_old_word_file_converted_by_libreoffice_reads_the_same(kind: str) -> None:
    made = word_file(kind)
    old = convert(made, ".docx", "doc")
    assert old[:4] == b"\xd0\xcf\x11\xe0"
    content, expected = read(convert(old, ".doc", "docx")), read(made)
    # LibreOffice writes lists that begin anew (kind C) into an old file in another way than it
    # reads them: what is compared of them is the text, not the numerals.
    first = 1 if kind == "C" else 0
    assert [row[first:] for row in rows(content)] == [row[first:] for row in rows(expected)]
    assert _encodings(content.doubts) == _encodings(expected.doubts)


def _encodings(told: tuple[Doubt, ...]) -> list[object]:
    return [doubt.message.values.get("encoding") for doubt in told if not doubt.place]
