"""Numbers that Word prints by itself, as Word prints them."""

from __future__ import annotations

import pytest
from samples import abstract_list, docx, level, numbered, one_list, paragraph, run

from cchc_cli.core.intake.content import Body
from cchc_cli.documents.word_content import read

DECIMAL = abstract_list(1, level(0, "decimal", "%1."))
STEPS = abstract_list(
    1, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)")
)
PARTS = abstract_list(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."))


def printed(body: str, lists: str, styles: str = "") -> list[str]:
    blocks = read(docx(body, lists=lists, styles=styles)).blocks
    return [block.paragraph.number for block in blocks if isinstance(block, Body)]


def items(*places: tuple[int, int]) -> str:
    """Paragraphs in lists: (list, level) each."""
    return "".join(paragraph(run("x"), properties=numbered(*place)) for place in places)


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("decimal", 7, "7"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 4, "IV"),
        ("upperRoman", 1989, "MCMLXXXIX"),
        ("lowerRoman", 14, "xiv"),
        ("lowerLetter", 2, "b"),
        ("upperLetter", 26, "Z"),
        ("upperLetter", 28, "BB"),
        ("none", 3, ""),
        ("ordinal", 3, ""),
    ],
)
def test_a_number_in_each_form(form: str, number: int, expected: str) -> None:
    lists = abstract_list(1, level(0, form, "%1", start=number)) + one_list(1, 1)
    assert printed(items((1, 0)), lists) == [expected]


def test_a_form_that_cannot_be_told_is_told_as_unknown() -> None:
    lists = abstract_list(1, level(0, "ordinal", "%1")) + one_list(1, 1)
    (doubt,) = read(docx(items((1, 0)), lists=lists)).doubts
    assert "cannot be told" in doubt.message.template


@pytest.mark.parametrize(("shown", "expected"), [("-", "-"), ("+", "+"), ("\uf0b7", "•")])
def test_a_bullet_comes_as_it_looks(shown: str, expected: str) -> None:
    lists = abstract_list(1, level(0, "bullet", shown)) + one_list(1, 1)
    assert printed(items((1, 0), (1, 0)), lists) == [expected] * 2


def test_steps_begin_anew_below_a_higher_one() -> None:
    body = items((1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 0), (1, 1))
    numbers = printed(body, STEPS + one_list(1, 1))
    assert numbers == ["I.", "1.", "a)", "b)", "2.", "II.", "1."]


def test_a_number_names_those_above_it() -> None:
    numbers = printed(items((1, 0), (1, 0), (1, 1), (1, 1)), PARTS + one_list(1, 1))
    assert numbers == ["1.", "2.", "2.1.", "2.2."]


def test_roman_parts_are_arabic_in_legal_numbers() -> None:
    kind = abstract_list(
        1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", more="<w:isLgl/>")
    )
    assert printed(items((1, 0), (1, 1)), kind + one_list(1, 1)) == ["I.", "1.1."]


@pytest.mark.parametrize(
    ("restart", "last"), [("0", "3."), ("1", "1."), ("", "1.")], ids=["never", "by I", "by any"]
)
def test_a_level_that_goes_on_below_the_next_higher_one(restart: str, last: str) -> None:
    more = f'<w:lvlRestart w:val="{restart}"/>' if restart else ""
    kind = abstract_list(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", more=more))
    numbers = printed(items((1, 0), (1, 1), (1, 1), (1, 0), (1, 1)), kind + one_list(1, 1))
    assert numbers == ["I.", "1.", "2.", "II.", last]


def test_a_list_that_begins_at_a_number_does_so_once() -> None:
    lists = DECIMAL + one_list(1, 1) + one_list(2, 1, {0: 5})
    numbers = printed(items((1, 0), (1, 0), (2, 0), (2, 0)), lists)
    assert numbers == ["1.", "2.", "5.", "6."]


def test_lists_of_one_kind_count_on_where_none_begins_anew() -> None:
    lists = DECIMAL + one_list(1, 1) + one_list(2, 1)
    assert printed(items((1, 0), (2, 0), (1, 0)), lists) == ["1.", "2.", "3."]


def test_lists_of_two_kinds_do_not_disturb_each_other() -> None:
    kinds = abstract_list(1, level(0, "upperRoman", "%1")) + abstract_list(
        2, level(0, "decimal", "%1)")
    )
    lists = kinds + one_list(1, 1) + one_list(2, 2)
    numbers = printed(items((1, 0), (2, 0), (2, 0), (1, 0), (2, 0)), lists)
    assert numbers == ["I", "1)", "2)", "II", "3)"]


def test_a_list_may_look_different_from_its_kind() -> None:
    own = (
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, 'lowerLetter', '(%1)', start=3)}</w:lvlOverride></w:num>"
    )
    assert printed(items((1, 0), (1, 0)), DECIMAL + own) == ["(c)", "(d)"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="Khoan"><w:basedOn w:val="Dieu"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
)


def styled(*names: str, more: str = "") -> str:
    return "".join(
        paragraph(run("x"), properties=f'<w:pStyle w:val="{name}"/>{more}') for name in names
    )


def test_a_style_numbers_its_paragraphs() -> None:
    kind = abstract_list(1, level(0, "decimal", "Điều %1."), level(1, "decimal", "%2."))
    numbers = printed(styled("Dieu", "Khoan", "Khoan", "Dieu"), kind + one_list(1, 1), STYLES)
    assert numbers == ["Điều 1.", "1.", "2.", "Điều 2."]


def test_the_level_that_belongs_to_a_style_is_its_own() -> None:
    kind = abstract_list(
        1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2", more='<w:pStyle w:val="Dieu"/>')
    )
    assert printed(styled("Dieu", "Dieu"), kind + one_list(1, 1), STYLES) == ["1.1", "1.2"]


def test_list_zero_takes_a_paragraph_out_of_the_list_of_its_style() -> None:
    out = styled("Dieu", more='<w:numPr><w:numId w:val="0"/></w:numPr>')
    body = styled("Dieu") + out + styled("Dieu")
    assert printed(body, DECIMAL + one_list(1, 1), STYLES) == ["1.", "", "2."]


def test_a_kind_may_stand_for_a_style_of_lists() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    linked = '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Muc"/></w:abstractNum>'
    lists = DECIMAL + linked + one_list(1, 1) + one_list(2, 2)
    assert printed(items((2, 0), (2, 0)), lists, styles) == ["1.", "2."]


@pytest.mark.parametrize("place", [(9, 0), (1, 9), (1, -1)])
def test_a_list_that_does_not_exist_prints_nothing(place: tuple[int, int]) -> None:
    assert printed(items(place), DECIMAL + one_list(1, 1)) == [""]


def test_a_number_in_an_old_font_is_converted_with_the_text() -> None:
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    shown = f'<w:lvlText w:val="§iÒu %1."/><w:rPr>{font}</w:rPr>'
    kind = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="decimal"/>{shown}</w:lvl></w:abstractNum>'
    )
    body = paragraph(run("NhiÖm vô cña tæ chøc", font), properties=numbered(1))
    (block,) = read(docx(body, lists=kind + one_list(1, 1))).blocks
    assert isinstance(block, Body)
    assert block.paragraph[:2] == ("Nhiệm vụ của tổ chức", "Điều 1.")
