"""Word files that no office makes, and large ones that one does."""

from __future__ import annotations

import socket
import time
import tracemalloc

import pytest
from samples import GOLD, cell, docx, numbered, packed, paragraph, part, row, run, table

from cchc_cli.core.intake.content import Table
from cchc_cli.documents.package import CannotRead
from cchc_cli.documents.word_content import read

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def relation(kind: str, target: str, mode: str = "") -> str:
    mode = mode and f' TargetMode="{mode}"'
    return (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="x/{kind}" '
        f'Target="{target}"{mode}/></Relationships>'
    )


@pytest.mark.parametrize("kind", ["styles", "numbering"])
@pytest.mark.parametrize(
    ("target", "mode"),
    [
        ("http://example.org/x.xml", "External"),
        ("http://example.org/x.xml", ""),
        ("file:///etc/hostname", ""),
        ("../../../etc/hostname", ""),
        ("", ""),
    ],
)
def test_nothing_outside_the_file_is_looked_at(
    kind: str, target: str, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something outside the file is opened")

    parts = {"word/_rels/document.xml.rels": relation(kind, target, mode)}
    content = docx(paragraph(run("Sở"), properties=numbered(1)), parts=parts)
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    assert len(read(content).blocks) == 1


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": "<workbook/>"},
        {"word/document.xml": part("document", "")},
        {"word/document.xml": "<html><body/></html>"},
        {"_rels/.rels": relation("officeDocument", "http://example.org/", "External")},
    ],
    ids=["a workbook", "no body", "no Word", "elsewhere"],
)
def test_a_file_without_text_of_word_is_refused(parts: dict[str, str]) -> None:
    with pytest.raises(CannotRead, match="no text of Word"):
        read(packed(parts))


def test_a_huge_part_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"word/document.xml": " " * 190_000_000})
    began = time.perf_counter()
    with pytest.raises(CannotRead, match="more than"):
        read(bomb)
    assert time.perf_counter() - began < 0.5


def test_a_table_with_more_cells_than_an_office_fills_is_refused() -> None:
    with pytest.raises(CannotRead, match="cells"):
        read(docx(table(*[row(*["<w:tc><w:p/></w:tc>"] * 1_000)] * 201)))


DEEP = 20_000


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("<w:p>" + "<w:x>" * DEEP, "</w:x>" * DEEP + "</w:p>"),
        ("<w:x>" * DEEP + "<w:p/>", "</w:x>" * DEEP),
        ("<w:tbl><w:tr><w:tc>" * DEEP, "</w:tc></w:tr></w:tbl>" * DEEP),
        ("<w:p><w:r><w:txbxContent>" * DEEP, "</w:txbxContent></w:r></w:p>" * DEEP),
        ("<w:p>" + "<w:ins><w:r>" * DEEP, "</w:r></w:ins>" * DEEP + "</w:p>"),
        ("<mc:AlternateContent><mc:Choice>" * DEEP, "</mc:Choice></mc:AlternateContent>" * DEEP),
    ],
    ids=["unknown", "wrappers", "tables", "boxes", "changes", "alternatives"],
)
def test_a_file_that_nests_without_end_is_refused(begin: str, end: str) -> None:
    with pytest.raises(CannotRead, match="nests"):
        read(docx(begin + end))


def test_what_office_programs_nest_is_read() -> None:
    inner = paragraph(run("Sở"))
    for _ in range(5):  # a table in a cell of a table …
        inner = table(row(cell(inner, paragraph())))
    assert len(read(docx(inner)).blocks) == 1


def test_a_cell_is_no_wider_than_word_can_make_it() -> None:
    wide = row(cell(span=999_999_999), properties='<w:gridBefore w:val="-5"/>')
    (found,) = read(docx(table(wide))).blocks
    assert isinstance(found, Table)
    assert [c.columns for c in found.rows[0].cells] == [63]


def of_tasks(count: int) -> bytes:
    rows = [row(*(cell(*(paragraph(run(line)) for line in lines)) for lines in gold.cells))
            for gold in (GOLD * (count // len(GOLD) + 1))[:count]]  # fmt: skip
    return docx(table(*rows))


def seconds(content: bytes) -> float:
    began = time.perf_counter()
    read(content)
    return time.perf_counter() - began


def test_a_thousand_tasks_take_no_time_and_a_few_megabytes() -> None:
    thousand = of_tasks(1_000)
    assert min(seconds(thousand) for _ in range(3)) < 1
    tracemalloc.start()
    read(thousand)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40_000_000


def test_the_time_grows_with_the_rows_and_no_faster() -> None:
    few, many = (min(seconds(of_tasks(count)) for _ in range(3)) for count in (400, 1_600))
    assert many < 10 * few
