"""The 26 rows of the real plan come back from every kind of file, each with its list of doubts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import prints
import pytest
from samples import (
    GOLD,
    KINDS,
    STRUCK_OUT,
    plan,
    small_capitals_lost,
    tcvn3,
    vni,
    word_file,
)
from workbooks import in_font, saved, workbook

from cchc_cli.core.intake.content import Content
from cchc_cli.core.intake.draft import Draft, drafted
from cchc_cli.documents import pdf, sheets, word_content
from cchc_cli.i18n import say

Value = Any  # of whatever kind a cell or record has

Cells = tuple[str, str, tuple[str, ...], str, str, str]

GAP = "{field}: number {number} follows {before}; numbers are kept as printed"
FILLED = "the cell “{column}” is merged with the one above: {task} has “{text}” from there"
JOINED = "the row goes on with {task}: “{text}” is joined to it"
LETTERHEAD = "the letterhead is left out, for office.yaml names the office: “{text}”"
LINE_END = (
    "a line ends with “{end}” and goes on with “{next}”: whether a blank stands between is not "
    "in the file"
)
PARAGRAPHS = (
    "a PDF does not tell where words and paragraphs end: they are put together from lines; "
    "compare them with the document"
)
RUN_TOGETHER = (
    "“{text}”: two texts have run together, such as an old one that is struck out and a new one; "
    "see which one holds"
)
TRACKED = (
    "the document has tracked changes: what was put in is read, what was struck out is not; see "
    "in Word whether that is what holds"
)
CHANGE = "tracked change: “{old}” is struck out, “{new}” is put in"
CONVERTED = (
    "converted from {encoding} to Unicode: the fonts say so ({fonts}), and {share} % of the words "
    "then are Vietnamese"
)
CAPITALS = (
    "TCVN3 has no capital letters with tones: where “Ứng dụng” is printed, “ứng dụng” may have "
    "come; compare the first letters"
)


def rows(draft: Draft) -> list[Cells]:
    return [
        (task["id"], task["name"], tuple(task["products"]), task["lead"], task["support"],
         task["deadline"])
        for area in draft.appendix["fields"]
        for task in area["tasks"]
    ]  # fmt: skip


def gold() -> list[Cells]:
    return [(g.id, g.name, g.products, g.lead, g.support, g.deadline) for g in GOLD]


def fields(draft: Draft) -> list[tuple[str, str]]:
    return [(area["id"], area["name"]) for area in draft.appendix["fields"]]


def kinds(draft: Draft) -> dict[str, int]:
    return dict(Counter(doubt.message.template for doubt in draft.doubts))


def without_blanks(value: Value) -> Value:
    if isinstance(value, str):
        return "".join(value.split())
    return type(value)(map(without_blanks, value))


WORD_DOUBTS = {
    "A": {LETTERHEAD: 1, GAP: 1},
    "B": {FILLED: 20, JOINED: 2, GAP: 1},
    "C": {GAP: 1},
    "D": {TRACKED: 1, CHANGE: 3, GAP: 1},
    "E": {CONVERTED: 1, CAPITALS: 1, GAP: 1},
    "F": {CONVERTED: 1, GAP: 1},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_file_gives_the_26_rows_and_names_what_was_done_to_them(kind: str) -> None:
    draft = drafted(word_content.read(word_file(kind)))
    expected = gold()
    if kind == "E":  # TCVN3 has no capitals with tones
        expected = [
            (task_id, *map(small_capitals_lost, (name,)), tuple(map(small_capitals_lost, products)),
             *map(small_capitals_lost, rest))
            for task_id, name, products, *rest in expected
        ]  # type: ignore[misc]  # fmt: skip
    assert rows(draft) == expected
    assert fields(draft) == list(dict.fromkeys((g.field, g.field_name) for g in GOLD))
    assert kinds(draft) == WORD_DOUBTS[kind]
    assert draft.counts["tasks"] == 26
    assert str(draft.years) == "2021-2025"


def test_what_was_joined_and_filled_is_named_with_its_row() -> None:
    draft = drafted(word_content.read(word_file("B")))
    said = [(say(doubt.message), say(doubt.place)) for doubt in draft.doubts if doubt.place]
    joined = "the row goes on with VII.3: “2030 khi có yêu cầu của UBND tỉnh” is joined to it"
    assert (joined, "table 1, row 40") in said
    filled = (
        "the cell “Đơn vị chủ trì” is merged with the one above: I.2 has “Văn phòng Sở” from there"
    )
    assert (filled, "table 1, row 5") in said
    gap = "II: number 5 follows 3; numbers are kept as printed"
    assert (gap, "table 1, row 16") in said
    assert draft.counts["joined"] == 2
    assert draft.counts["filled"] == 20
    assert draft.counts["headings"] == 6  # three times two lines


def test_a_value_struck_out_by_a_tracked_change_is_not_the_deadline() -> None:
    draft = drafted(word_content.read(word_file("D")))
    deadlines = {row[0]: row[5] for row in rows(draft)}
    for task, old in STRUCK_OUT.items():
        assert old not in deadlines[task]
        assert any(old == d.message.values.get("old") for d in draft.doubts)


def as_values(record: Value) -> Value:
    """A record of the plan as plain values, without what is not printed, blanks collapsed."""
    unprinted = ("span", "field", "unit", "group", "charge")
    if isinstance(record, str):
        return " ".join(record.split())
    if hasattr(record, "_asdict"):
        held = record._asdict().items()
        return {key: as_values(v) for key, v in held if v and key not in unprinted}
    return [as_values(item) for item in record]


def test_the_body_of_the_real_plan_comes_back_to_the_last_mark() -> None:
    draft = drafted(word_content.read(word_file("A")))
    assert draft.document == as_values(plan().document)
    assert draft.day == "2021-10"  # its day is blank in the signed text
    appendix = plan().appendix
    assert appendix is not None
    for key in ("heading", "subject", "attached"):
        assert draft.appendix[key] == as_values(getattr(appendix, key))
    assert draft.appendix["columns"] == as_values(appendix.columns)


# -- Excel -----------------------------------------------------------------------------------------

OTHERS = [
    "STT",
    "Nội dung công việc",
    "Kết quả đầu ra",
    "Cơ quan thực hiện",
    "Phối hợp",
    "Thời hạn",
]
BOOKS = {
    "as it is": workbook(),
    "columns in another order, in other words": workbook([0, 5, 1, 3, 4, 2], OTHERS),
    "a heading of two lines": workbook(two_lines=True),
    "three sheets": workbook(sheets=3),
}


@pytest.mark.parametrize(
    ("font", "encode", "doubts"),
    [
        (".VnTime", tcvn3, {CONVERTED: 1, CAPITALS: 1, GAP: 1}),
        ("VNI-Times", vni, {CONVERTED: 1, GAP: 1}),
    ],
)
def test_a_workbook_in_an_old_encoding_is_converted_once_for_all(
    font: str, encode: Callable[[str], str], doubts: dict[str, int]
) -> None:
    draft = drafted(sheets.read(saved(in_font(workbook(), font, encode))))
    lower = [str(row).casefold() for row in rows(draft)]  # TCVN3 has no capitals with tones
    assert lower == [str(row).casefold() for row in gold()]
    assert kinds(draft) == doubts
    if encode is vni:
        assert rows(draft) == gold()


@pytest.mark.parametrize("name", BOOKS)
def test_every_workbook_gives_the_26_rows(name: str) -> None:
    draft = drafted(sheets.read(saved(BOOKS[name])))
    assert rows(draft) == gold()
    assert fields(draft) == list(dict.fromkeys((g.field, g.field_name) for g in GOLD))
    assert kinds(draft) == {GAP: 1}
    assert draft.appendix["heading"] == "PHỤ LỤC"
    assert str(draft.years) == "2021-2025"


# -- PDF -------------------------------------------------------------------------------------------

PDF_DOUBTS = {
    "A": {PARAGRAPHS: 1, LETTERHEAD: 1, JOINED: 2, GAP: 1, "“{text}” is read as {number}": 1},
    "B": {PARAGRAPHS: 1, JOINED: 7, FILLED: 20, GAP: 1},
    "C": {PARAGRAPHS: 1, JOINED: 5, GAP: 1},
    "D": {PARAGRAPHS: 1, RUN_TOGETHER: 3, JOINED: 4, GAP: 1, "“{text}” is read as {number}": 1},
}


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", PDF_DOUBTS)
def test_a_print_gives_the_26_rows_but_for_blanks_at_line_ends(kind: str) -> None:
    draft = drafted(pdf.read(prints.printed(kind)))
    found, expected = without_blanks(rows(draft)), without_blanks(gold())
    if kind == "D":  # a print that shows changes holds both texts
        struck = {task: "".join(text.split()) for task, text in STRUCK_OUT.items()}
        expected = [(*row[:5], struck.get(row[0], "") + row[5]) for row in expected]
    assert found == expected
    assert fields(draft) == list(dict.fromkeys((g.field, g.field_name) for g in GOLD))
    said = kinds(draft)
    assert said.pop(LINE_END, 0) > 1  # how many depends on the fonts at hand
    assert said == PDF_DOUBTS[kind]
    if kind == "A":
        assert without_blanks(str(draft.document)) == without_blanks(
            str(as_values(plan().document))
        )


@pytest.mark.libreoffice
def test_a_print_whose_words_are_cut_in_pieces_by_a_second_font_gives_the_26_rows() -> None:
    draft = drafted(pdf.read(prints.printed("A*")))
    assert without_blanks(rows(draft)) == without_blanks(gold())
    assert set(kinds(draft)) >= {PARAGRAPHS, LETTERHEAD, JOINED, LINE_END, GAP}


@pytest.mark.libreoffice
def test_a_hyphen_at_a_line_end_is_doubted_where_a_blank_may_be_missing() -> None:
    draft = drafted(pdf.read(prints.printed("A")))
    wrong = [row[0] for row, right in zip(rows(draft), gold(), strict=True) if row != right]
    doubted = {say(d.place) for d in draft.doubts if d.message.template == LINE_END and d.place}
    places = {str(say(draft.places[task])) for task in wrong}
    assert wrong
    assert places <= doubted


def test_the_rows_do_not_depend_on_the_reader() -> None:
    """The same table, read by two readers, is the same content to the core."""
    one: Content = word_content.read(word_file("A"))
    other: Content = sheets.read(saved(workbook()))
    assert rows(drafted(one)) == rows(drafted(other))
