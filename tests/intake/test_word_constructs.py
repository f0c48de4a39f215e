"""What Word can put into a paragraph or a table, each in a file of its own."""

from __future__ import annotations

import pytest
from samples import (
    abstract_list,
    cell,
    change,
    docx,
    fonts,
    level,
    numbered,
    one_list,
    paragraph,
    part,
    row,
    run,
    table,
)

from cchc_cli.core.intake.content import Body, Cell, Content, Paragraph, Table
from cchc_cli.documents.word_content import read

BOX = (
    "<w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict>"
)
NEW_BOX = "<w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing>"
BOTH = "<w:r><mc:AlternateContent>{0}<mc:Fallback>{1}</mc:Fallback></mc:AlternateContent></w:r>"
PICTURE = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{0}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{1}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def body(content: Content) -> list[str]:
    return [block.paragraph.text for block in content.blocks if isinstance(block, Body)]


def said(content: Content) -> list[str]:
    return [d.message.template.format(**d.message.values) for d in content.doubts]


def only(content: Content) -> Paragraph:
    (block,) = content.blocks
    assert isinstance(block, Body)
    return block.paragraph


def one_table(*rows: str) -> tuple[Table, list[str]]:
    content = read(docx(table(*rows)))
    (found,) = content.blocks
    assert isinstance(found, Table)
    return found, said(content)


def texts(found: Table) -> list[list[str]]:
    return [[" / ".join(p.text for p in c.paragraphs) for c in r.cells] for r in found.rows]


def plain(*contents: str) -> str:
    """A row of cells with these texts."""
    return row(*(cell(paragraph(run(content))) for content in contents))


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (run("Quý") + run(" I"), "Quý I"),
        (run("Quý\tI"), "Quý I"),
        (run("Quý\nI"), "Quý\nI"),
        (run("Quý I\u00a0năm\u202f2022\u2009."), "Quý I năm 2022 ."),
        (run("Quý  I "), "Quý  I "),
        (run("Qu\u0079\u0301 I"), "Quý I"),
        (run("Qu\u0079") + run("\u0301 I"), "Quý I"),
        ("<w:r><w:t> Quý I </w:t></w:r>", "Quý I"),
        ('<w:r><w:t xml:space="preserve">Quý\n  I</w:t></w:r>', "Quý   I"),
        ("<w:r><w:t>NĐ</w:t><w:noBreakHyphen/><w:t>CP</w:t></w:r>", "NĐ-CP"),
        (run("NĐ\u2011CP"), "NĐ-CP"),
        ("<w:r><w:t>báo</w:t><w:softHyphen/><w:t>cáo</w:t></w:r>", "báocáo"),
        (run("báo\u200b cáo\ufeff"), "báo cáo"),
        ("<w:r><w:t>Năm</w:t><w:br w:type='page'/><w:t>2022</w:t></w:r>", "Năm\n2022"),
        (f"<w:hyperlink>{run('Công văn')}</w:hyperlink>", "Công văn"),
        (f"<w:smartTag><w:smartTagPr/>{run('Hà Nội')}</w:smartTag>", "Hà Nội"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('2022')}</w:sdtContent></w:sdt>", "2022"),
        (f'<w:fldSimple w:instr="DATE">{run("01/10/2021")}</w:fldSimple>', "01/10/2021"),
        (run("Trang ") + FIELD.format("PAGE", run("3")), "Trang 3"),
        (f"<w:unheardOf><w:inside>{run('Sở')}</w:inside></w:unheardOf>", "Sở"),
        (run("phụ lục", "<w:caps/>"), "PHỤ LỤC"),
        (run("phụ lục", '<w:caps w:val="0"/>'), "phụ lục"),
        (change("moveTo", run("Sở")) + change("moveFrom", run("Sở")), "Sở"),
        (run("Sở", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), "Sở"),
    ],
)  # fmt: skip
def test_text_comes_as_it_is_printed(inside: str, expected: str) -> None:
    assert only(read(docx(paragraph(inside)))).text == expected


def test_empty_paragraphs_are_left_out() -> None:
    assert body(read(docx(paragraph() + paragraph(run("Sở")) + paragraph(run(" "))))) == ["Sở"]


@pytest.mark.parametrize(
    ("inside", "bold"),
    [
        (run("Điều 1", "<w:b/>"), True),
        (run("Điều", "<w:b/>") + run(" ") + run("1", "<w:b/>"), True),
        (run("Điều", "<w:b/>") + run(" 1"), False),
        (run("Điều 1", '<w:b w:val="0"/>'), False),
        (run("Điều 1", '<w:rStyle w:val="Dam"/>'), True),
        (run("Điều 1", '<w:rStyle w:val="Dam"/><w:b w:val="false"/>'), False),
    ],
)
def test_bold_is_what_all_its_text_is(inside: str, bold: bool) -> None:
    strong = '<w:style w:type="character" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>'
    assert only(read(docx(paragraph(inside), styles=strong))).bold is bold


def test_bold_comes_from_the_style_that_a_style_is_based_on() -> None:
    heading = '<w:pStyle w:val="Heading1"/>'
    assert only(read(docx(paragraph(run("I. MỤC ĐÍCH"), properties=heading)))).bold
    circle = (
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:rPr><w:b/></w:rPr>'
        "</w:style>"
    )
    body = paragraph(run("I"), properties='<w:pStyle w:val="A"/>')
    assert only(read(docx(body, styles=circle))).bold


@pytest.mark.parametrize(
    ("inside", "text", "deleted", "told"),
    [
        (change("ins", run("Quý I")), "Quý I", "", "tracked change: “Quý I” is put in"),
        (run("Quý I") + change("del", run(" năm")), "Quý I", " năm",
         "tracked change: “năm” is struck out"),
        (change("del", run("Quý I")) + change("ins", run("Quý II")), "Quý II", "Quý I",
         "tracked change: “Quý I” is struck out, “Quý II” is put in"),
        (change("moveFrom", run("Quý I")), "", "Quý I", "tracked change: “Quý I” is struck out"),
        (change("ins", change("del", run("Quý I"))), "", "Quý I",
         "tracked change: “Quý I” is struck out"),
    ],
)  # fmt: skip
def test_a_tracked_change_is_read_and_told(inside: str, text: str, deleted: str, told: str) -> None:
    content = read(docx(paragraph(inside)))
    found = only(content)
    assert (found.text, found.deleted) == (text, deleted)
    assert said(content)[0].startswith("the document has tracked changes")
    assert said(content)[1:] == [told]


def test_paragraphs_whose_border_is_struck_out_are_one() -> None:
    struck = "<w:rPr><w:del w:id='1' w:author='x'/></w:rPr>"
    first = paragraph(run("Trước ngày "), properties=struck)
    assert body(read(docx(first + paragraph(run("20/12"))))) == ["Trước ngày 20/12"]
    assert body(read(docx(first))) == ["Trước ngày "]


def test_rows_put_in_are_read_and_rows_struck_out_are_told() -> None:
    found, told = one_table(
        plain("1", "Kế hoạch"),
        row(cell(paragraph(run("2"))), cell(paragraph(run("Báo cáo"))), properties="<w:ins/>"),
        row(cell(paragraph(run("3"))), cell(paragraph(change("del", run("Rà soát")))),
            properties="<w:del/>"),
        plain("4", "Đề án"),
    )  # fmt: skip
    assert texts(found) == [["1", "Kế hoạch"], ["2", "Báo cáo"], ["4", "Đề án"]]
    assert "tracked change: this row is put in" in told
    assert "tracked change: this row is struck out: “3 | Rà soát”" in told
    assert found.rows[2].place.values == {"table": 1, "row": 4}


def test_a_row_struck_out_takes_no_number() -> None:

    number = paragraph(properties=numbered(1))
    rows = row(cell(number)), row(cell(number), properties="<w:del/>"), row(cell(number))
    lists = abstract_list(1, level(0, "decimal", "%1")) + one_list(1, 1)
    (found,) = read(docx(table(*rows), lists=lists)).blocks
    assert isinstance(found, Table)
    assert [r.cells[0].paragraphs[0].number for r in found.rows] == ["1", "2"]


@pytest.mark.parametrize("kind", ["cellIns", "cellDel", "cellMerge"])
def test_a_cell_changed_under_tracking_is_told(kind: str) -> None:
    _, told = one_table(row(cell(paragraph(run("1")), properties=f"<w:{kind}/>")))
    assert told == ["this cell was put in, struck out or merged by a tracked change"]


def test_hidden_text_is_told_and_not_read() -> None:
    content = read(docx(paragraph(run("Quý I"), run(" hoặc quý II", "<w:vanish/>"))))
    assert body(content) == ["Quý I"]
    assert said(content) == ["hidden text “hoặc quý II” is not read"]


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "\uf0fc"),
        ('<w:sym w:font="Wingdings" w:char="zz"/>', "\ufffd"),
        ("<w:t>\uf0fc</w:t>", "\uf0fc"),
    ],
)
def test_a_symbol_is_told(symbol: str, text: str) -> None:
    content = read(docx(paragraph(run("Đạt "), f"<w:r>{symbol}</w:r>")))
    assert body(content) == [f"Đạt {text}"]
    (told,) = said(content)
    assert told.startswith("a symbol of the font")


def test_symbols_of_an_old_font_are_letters_of_it() -> None:
    letters = '<w:r><w:sym w:font=".VnTime" w:char="F0B8"/></w:r>'
    content = read(docx(paragraph(run("V¨n phßng b", fonts(".VnTime")), letters)))
    assert body(content) == ["Văn phòng bá"]


@pytest.mark.parametrize(
    "box",
    [
        f"<w:r>{BOX}</w:r>",
        BOTH.format(f"<mc:Choice Requires='wps'>{NEW_BOX}</mc:Choice>", BOX),
        BOTH.format("", BOX),
    ],
    ids=["old", "new with old", "old alone"],
)
def test_a_text_box_is_read_once_after_its_paragraph(box: str) -> None:
    inside = box.format(paragraph(run("DỰ THẢO")))
    content = read(docx(paragraph(run("KẾ HOẠCH"), inside) + paragraph(run("I"))))
    assert body(content) == ["KẾ HOẠCH", "DỰ THẢO", "I"]
    assert said(content) == ["a text box stands here; its text comes after this paragraph"]


def test_a_text_box_in_a_cell_stays_in_the_cell() -> None:
    box = f"<w:r>{BOX.format(paragraph(run('DỰ THẢO')))}</w:r>"
    found, told = one_table(row(cell(paragraph(run("SỞ"), box))))
    assert texts(found) == [["SỞ / DỰ THẢO"]]
    assert len(told) == 1


def test_a_table_in_a_cell_is_read_as_its_text() -> None:
    inner = table(plain("a", "b"), plain("c", "d"))
    found, told = one_table(row(cell(paragraph(run("1")), inner, paragraph()), cell()))
    assert texts(found) == [["1 / a / b / c / d", ""]]
    assert told == ["a table stands in this cell; it is read as text, cell after cell"]


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<w:r><w:footnoteReference w:id='1'/></w:r>",
         "a footnote belongs to this text; it is not read"),
        ("<w:r><w:endnoteReference w:id='1'/></w:r>",
         "a footnote belongs to this text; it is not read"),
        ("<w:r><w:commentReference w:id='1'/></w:r>" * 2,
         "comments in the margin: 2; they are not read"),
        (PICTURE, "pictures and embedded objects: 1; what they show is not read"),
        (FIELD.format(" AUTONUM ", ""), "Word prints a number here that cannot be told"),
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "a formula stands here; compare its text"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_told(inside: str, told: str) -> None:
    content = read(docx(paragraph(run("Sở"), inside)))
    assert said(content) == [told]
    assert body(content)[0].startswith("Sở")


def test_a_drawn_line_is_no_picture() -> None:
    line = "<w:r><w:pict><v:line/></w:pict></w:r>"
    assert said(read(docx(paragraph(run("Sở"), line)))) == []


def test_a_part_in_another_format_is_told() -> None:
    content = read(docx('<w:altChunk r:id="rId9"/>' + paragraph(run("Sở"))))
    assert said(content) == ["parts that stand in other files or formats: 1; they are not read"]


def test_paragraphs_tables_and_rows_in_wrappers_are_found() -> None:
    held = "<w:sdt><w:sdtPr/><w:sdtContent>{0}</w:sdtContent></w:sdt>"
    inner = held.format(row(held.format(cell(paragraph(run("1"))))))
    content = read(docx(held.format(paragraph(run("Sở")) + table(inner))))
    heading, found = content.blocks
    assert isinstance(heading, Body)
    assert isinstance(found, Table)
    assert texts(found) == [["1"]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[cell(merge="restart"), cell()], [cell(merge="continue"), cell()]], [[0, 0], [1, 0]]),
        ([[cell(merge="restart"), cell()], [cell(), cell(merge="continue")]], [[0, 0], [0, 0]]),
        ([[cell(merge="continue")], [cell(merge="continue")]], [[0], [1]]),
        ([[cell(merge="restart")], [cell()], [cell(merge="continue")]], [[0], [0], [0]]),
        ([[cell(span=2), cell(merge="restart")], [cell(), cell(), cell(merge="continue")]],
         [[0, 0], [0, 0, 1]]),
    ],
    ids=["continued", "elsewhere", "none above", "interrupted", "under a wide one"],
)  # fmt: skip
def test_a_cell_continues_the_one_above_it(
    rows: list[list[str]], expected: list[list[int]]
) -> None:
    found, _ = one_table(*(row(*cells) for cells in rows))
    assert [[int(c.merged) for c in r.cells] for r in found.rows] == expected


def test_text_that_a_merged_cell_hides_is_told() -> None:
    first = row(cell(paragraph(run("VP")), merge="restart"))
    found, told = one_table(first, row(cell(paragraph(run("TTUD")), merge="continue")))
    assert found.rows[1].cells == (Cell((), 1, merged=True),)
    assert told == ["a merged cell hides the text “TTUD”; it is not read"]


def test_cells_merged_across_in_the_old_way_are_one() -> None:
    left, right = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    found, told = one_table(
        row(cell(paragraph(run("I")), properties=left), cell(properties=right), cell()),
        row(
            cell(paragraph(run("I")), properties=left), cell(paragraph(run("x")), properties=right)
        ),
    )
    assert [[c.columns for c in r.cells] for r in found.rows] == [[2, 1], [2]]
    assert told == ["a merged cell hides the text “x”; it is not read"]


def test_columns_left_free_beside_a_row_are_empty_cells() -> None:
    free = '<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'
    found, _ = one_table(
        row(cell(), cell(), cell(merge="restart"), cell()),
        row(cell(merge="continue"), properties=free),
    )
    assert [(c.columns, c.merged) for c in found.rows[1].cells] == [
        (2, False),
        (1, True),
        (1, False),
    ]


def test_only_the_first_rows_are_repeated_on_each_page() -> None:
    head, plainly = "<w:tblHeader/>", '<w:tblHeader w:val="0"/>'
    found, _ = one_table(*(row(cell(), properties=p) for p in (head, head, plainly, head)))
    assert [r.heading for r in found.rows] == [True, True, False, False]


def test_a_file_of_the_strict_standard_reads_the_same() -> None:
    usual = part("document", f"<w:body>{table(plain('1', 'Kế hoạch'))}</w:body>")
    strict = usual.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    (found,) = read(docx("", parts={"word/document.xml": strict})).blocks
    assert isinstance(found, Table)
    assert texts(found) == [["1", "Kế hoạch"]]


def test_the_text_is_where_the_file_says() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/'
        'officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    other = part("document", f"<w:body>{paragraph(run('Sở'))}</w:body>")
    parts = {"_rels/.rels": relations, "word/document2.xml": other}
    assert body(read(docx(paragraph(run("x")), parts=parts))) == ["Sở"]
