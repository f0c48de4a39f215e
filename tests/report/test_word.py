"""The Word file: the layout of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import importlib.util
import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates" / "report.docx"
Write = Callable[..., dict[str, bytes]]


@pytest.fixture
def report(write: Write) -> bytes:
    """The sample office's second quarter."""
    (content,) = write("sample", "--period", "2022-Q2", "--format", "docx").values()
    return content


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Every word of the document, tables included, in order."""
    pieces = []
    for element in opened(content).element.body.iter():
        if element.tag == qn("w:t"):
            pieces.append(element.text or "")
        elif element.tag in (qn("w:br"), qn("w:p")):
            pieces.append("\n")
        elif element.tag == qn("w:tab"):
            pieces.append("\t")
    return "".join(pieces)


def test_the_template_is_what_its_script_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "templates")  # as when it is run: the layout lies beside it
    path = ROOT / "templates" / "build_report_docx.py"
    spec = importlib.util.spec_from_file_location("build_report_docx", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return {name: file.read(name) for name in file.namelist()}

    assert parts(script.build()) == parts(TEMPLATE.read_bytes()), "run " + str(path)


def test_signs_in_a_name_survive_in_word(write: Write, report: bytes) -> None:
    text = text_of(report)
    assert 'Rà soát mẫu "A & B" <dưới 5 ngày> | ngoài giờ' in text
    assert "Báo cáo <mẫu> & phụ lục" in text
    assert "I. Chỉ đạo & điều hành mẫu" in text
    assert "Thiếu số liệu của 2 đơn vị\n- chưa có đầu mối" in text
    real = write("real", "--period", "2022-Q1", "--format", "docx", folder="real")
    assert '"Cải cách hành chính Quảng Ngãi"' in text_of(*real.values())  # task I.5


def test_no_tag_of_the_template_is_left(report: bytes) -> None:
    assert not re.search(r"[{}]|%\}|None|Undefined", text_of(report))


def test_page_and_margins(report: bytes) -> None:
    body, statistics, tasks = opened(report).sections
    for section, (width, height) in (
        (body, (210, 297)),
        (statistics, (210, 297)),
        (tasks, (297, 210)),
    ):
        size = (section.page_width, section.page_height)
        assert size == pytest.approx((Mm(width), Mm(height)), abs=Mm(1))
        assert Mm(19.9) <= section.top_margin <= Mm(25.1)
        assert Mm(19.9) <= section.bottom_margin <= Mm(25.1)
        assert Mm(29.9) <= section.left_margin <= Mm(35.1)
        assert Mm(14.9) <= section.right_margin <= Mm(20.1)


def test_page_number_at_the_top_centre_but_not_on_the_first_page(report: bytes) -> None:
    for section in opened(report).sections:
        assert section.different_first_page_header_footer
        (number,) = section.header.paragraphs
        assert "PAGE" in number._p.xml
        assert number.style.paragraph_format.alignment == 1  # centred
        assert "".join(p.text for p in section.first_page_header.paragraphs) == ""
        assert "".join(p.text for p in section.footer.paragraphs) == ""
    # Each appendix has page numbers of its own.
    for section in opened(report).sections[1:]:
        (start,) = section._sectPr.findall(qn("w:pgNumType"))
        assert start.get(qn("w:start")) == "1"


def fonts(document: Document) -> Iterator[set[str]]:
    for style in document.styles:
        if style.type == 1:
            found = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            yield {found.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    for found in document.element.body.iter(qn("w:rFonts")):
        yield set(found.attrib.values())


def test_times_new_roman_for_every_script(report: bytes) -> None:
    found = list(fonts(opened(report)))
    assert len(found) > 10
    assert all(each == {"Times New Roman"} for each in found)


SIZES = {  # points, as the decree allows
    "Quốc hiệu": (12, 13), "Tiêu ngữ": (13, 14), "Cơ quan chủ quản": (12, 13),
    "Số ký hiệu": (13, 13), "Địa danh": (13, 14), "Tên loại": (13, 14), "Trích yếu": (13, 14),
    "Normal": (13, 14), "Heading 1": (13, 14), "Heading 2": (13, 14), "Chức vụ": (13, 14),
    "Nơi nhận": (12, 12), "Danh sách nơi nhận": (11, 11), "Header": (13, 14),
}  # fmt: skip


@pytest.mark.parametrize("name", SIZES)
def test_sizes_of_the_decree(report: bytes, name: str) -> None:
    smallest, largest = SIZES[name]
    assert smallest <= opened(report).styles[name].font.size.pt <= largest


def test_tables_repeat_their_headings_and_split_no_row(report: bytes) -> None:
    ruled = [t for t in opened(report).tables if t.style.name == "Table Grid"]
    assert len(ruled) >= 6
    for table in ruled:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(widths) <= Mm(253).twips


def test_the_text_starts_and_ends_as_an_official_report(report: bytes) -> None:
    text = text_of(report)
    for piece in (
        "UBND TỈNH VÍ DỤ",
        "SỞ VÍ DỤ (DỮ LIỆU MẪU)",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:          /BC-SVD",
        "Ví dụ, ngày …… tháng …… năm ………",
        "BÁO CÁO",
        "Nơi nhận:",
        "- Lưu: VT, ………….",
        "Phụ lục I\nBIỂU THỐNG KÊ SỐ LIỆU",
        "Phụ lục II\nDANH MỤC NHIỆM VỤ VÀ TÌNH TRẠNG THỰC HIỆN",
    ):
        assert piece in text
    assert "của Sở Ví dụ (dữ liệu mẫu)./." in text


def test_what_only_people_can_write_is_a_line_of_dots(report: bytes) -> None:
    document = opened(report)
    blanks = [p for p in document.paragraphs if p.style.name == "Chỗ trống"]
    # Five headings of part I, the two fields, and five more in parts III to V, two lines each.
    assert len(blanks) == 2 * (5 + 2 + 4)
    assert {p.text for p in blanks} == {"\t"}
    (stop,) = document.styles["Chỗ trống"].paragraph_format.tab_stops
    assert stop.leader == 1  # dots


def test_no_person_and_no_clock_in_the_properties(report: bytes) -> None:
    properties = opened(report).core_properties
    assert properties.author == properties.last_modified_by == properties.comments == ""
    assert properties.created == properties.modified
    assert properties.created.date().isoformat() == "2022-06-14"
    with zipfile.ZipFile(io.BytesIO(report)) as file:
        names = file.namelist()
        assert names == sorted(names)
        assert {part.date_time for part in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


TITLED = [
    ("2022-Q1", "quý I năm 2022", ""),
    ("2022-H1", "6 tháng đầu năm 2022", ""),
    ("2022-Q3", "quý III năm 2022", ""),
    ("2022", "năm 2022", ""),
    ("2022-Q2", "quý II năm 2022", "6 tháng đầu năm 2022"),
    ("2022-Q4", "quý IV năm 2022", "năm 2022"),
]


@pytest.mark.parametrize(("period", "name", "instead"), TITLED)
def test_a_quarter_outside_the_report_regime_says_that_it_is_internal(
    write: Write, period: str, name: str, instead: str
) -> None:
    (content,) = write("sample", "--period", period, "--format", "docx").values()
    text = text_of(content)
    note = f"Báo cáo nội bộ theo quý, không thay báo cáo {instead}."
    plan = "Kế hoạch Công tác mẫu năm 2022 (dữ liệu mẫu)"
    assert f"Kết quả thực hiện {plan}, {name}\n" in text
    assert (note in text) == ("nội bộ" in text) == bool(instead)


def cells_of(content: bytes, first: str) -> dict[str, list[str]]:
    """The figure of a row, that of a year before, and the difference, by its first cell."""
    tables = opened(content).tables
    (table,) = (t for t in tables if t.cell(0, 0).text == first and len(t.columns) == 6)
    return {row.cells[0].text: [c.text for c in row.cells[-3:]] for row in table.rows[1:]}


def test_the_statistics_are_filled_where_the_plan_knows_and_blank_elsewhere(report: bytes) -> None:
    found = cells_of(report, "STT")
    filled = {number: cells[0] for number, cells in found.items() if re.match(r"1\.", number)}
    assert filled == {
        "1.1": "12", "1.2": "15", "1.3": "5", "1.4": "33,3", "1.5": "3", "1.6": "1", "1.7": "1",
        "1.8": "2",
    }  # fmt: skip
    others = {tuple(cells) for number, cells in found.items() if re.match(r"[2-9]\.", number)}
    assert others == {("…………", "…………", "")}


def test_markdown_has_the_statistics_of_the_word_file(write: Write, report: bytes) -> None:
    (text,) = write("sample", "--period", "2022-Q2", "--format", "md", folder="md").values()
    lines = re.findall(r"^\| \d+\.\d+ \|.*\|$", text.decode(), re.MULTILINE)
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    rows = [(first, last) for first, _what, _unit, *last in cells]
    found = {key: value for key, value in cells_of(report, "STT").items() if "." in key}
    assert dict(rows) == found


def test_a_report_of_a_unit_goes_to_whom_the_duty_names(write: Write) -> None:
    def addressed(*arguments: str) -> str:
        (content,) = write("sample", *arguments, "--format", "docx", folder=arguments[1]).values()
        found = re.search("Kính gửi: (.*)", text_of(content))
        assert found is not None
        return found[1]

    assert addressed("--period", "2022-Q2", "--unit", "TT") == "Văn phòng mẫu"
    dots = "…" * len(addressed("--period", "2022-Q1"))
    assert addressed("--period", "2022-Q1") == dots  # the office's own: nobody said to whom
    assert addressed("--period", "2022-Q3", "--unit", "VP") == dots  # not to itself
    assert addressed("--period", "2022-H1", "--unit", "TT") == dots  # no duty covers it


SIGNERS = [
    ("{title: GIÁM ĐỐC, name: Nguyễn Văn Mẫu}", ["GIÁM ĐỐC", "Nguyễn Văn Mẫu"]),
    *(
        (
            f"{{authority: {line}, title: {title}, name: Trần Thị Mẫu}}",
            [line, title, "Trần Thị Mẫu"],
        )
        for line, title in (
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
            ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
            ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
        )
    ),
    ("{title: Q. GIÁM ĐỐC, name: Lê Văn Mẫu}", ["Q. GIÁM ĐỐC", "Lê Văn Mẫu"]),
]


@pytest.mark.parametrize(("signer", "printed"), SIGNERS)
def test_who_signs_is_printed_with_the_authority(
    cchc: Callable[..., Any], copy: Path, signer: str, printed: list[str]
) -> None:
    with (copy / "plans" / "office.yaml").open("a", encoding="utf-8") as file:
        file.write(f"signer: {signer}\n")
    for unit in ([], ["--unit", "TT"]):
        out = copy / f"out{len(unit)}"
        given = ("report", "--period", "2022-Q2", "--format", "docx,md", "--out", str(out), *unit)
        assert cchc(*given, cwd=copy).code == 0
        (word,), (markdown,) = out.glob("*.docx"), out.glob("*.md")
        signature = opened(word.read_bytes()).tables[-3].cell(0, 1).text
        lines = [line for line in signature.split("\n") if line]
        dots = "…" * 8
        assert lines == ([dots, dots] if unit else printed)
        assert (f"**{'<br>'.join(printed[:-1])}**" in markdown.read_text(encoding="utf-8")) == (
            not unit
        )


@pytest.mark.parametrize("forms", ["pdf", "md,docx,pdf"])
def test_without_libreoffice_no_pdf_and_nothing_half_written(
    cchc: Callable[..., Any], copy: Path, forms: str
) -> None:
    (copy / "empty").mkdir()
    nowhere = {"PATH": str(copy / "empty")}
    ran = cchc("report", "--period", "2022-Q2", "--format", forms, cwd=copy, env=nowhere)
    assert (ran.code, ran.out) == (3, "")
    assert "LibreOffice is needed for this, and it is not installed" in ran.err
    assert not (copy / "reports").exists()


def soffice(folder: Path, source: Path, form: str) -> Path:
    """The file converted by LibreOffice into `folder`."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{form.partition(':')[0]}"


@pytest.mark.libreoffice
def test_an_office_program_opens_it(tmp_path: Path, write: Write) -> None:
    (name,) = write("real", "--period", "2022-Q1", "--format", "docx")
    pdf = soffice(tmp_path, tmp_path / "out" / name, "pdf")
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8"
    )
    pages = done.stdout.split("\f")[:-1]
    assert 12 <= len(pages) <= 24
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert pages[0].split("\n")[0].strip() != "1"
    assert pages[1].split("\n")[0].strip() == "2"
    assert "................" in pages[0]
    assert len(re.findall(r"Sản phẩm", done.stdout)) >= 4  # the heading is on every page
    assert "Nơi nhận:" in done.stdout
    for task in ("I.1", "VII.1"):
        assert re.search(rf"^\s*{re.escape(task)}\s", done.stdout, re.MULTILINE)


@pytest.mark.libreoffice
def test_a_template_saved_by_an_office_program_still_works(
    tmp_path: Path, copy: Path, cchc: Callable[..., Any]
) -> None:
    saved = soffice(tmp_path, copy / "templates" / "report.docx", "docx:MS Word 2007 XML")
    saved.replace(copy / "templates" / "report.docx")
    ran = cchc("report", "--period", "2022-Q2", "--format", "docx", cwd=copy)
    assert (ran.code, ran.err) == (0, "")
    text = text_of((copy / "reports" / "mau-2022-2022-Q2.docx").read_bytes())
    assert 'Rà soát mẫu "A & B" <dưới 5 ngày> | ngoài giờ' in text
    assert not re.search(r"[{}]|%\}", text)


def pictures_of(content: bytes) -> list[tuple[str, bytes]]:
    """Each picture: what it says to those who cannot see it, and its bytes."""
    document = opened(content)
    found = []
    for drawing in document.element.body.iter(qn("w:drawing")):
        (named,) = drawing.iter(qn("wp:docPr"))
        (blip,) = drawing.iter(qn("a:blip"))
        found.append(
            (named.get("descr"), document.part.related_parts[blip.get(qn("r:embed"))].blob)
        )
    return found


@pytest.mark.parametrize(
    ("unit", "titles"),
    [
        ((), ["theo lĩnh vực", "Lĩnh vực theo quý", "theo đơn vị chủ trì"]),
        (("--unit", "VP"), ["theo lĩnh vực", "Lĩnh vực theo quý"]),
    ],
    ids=["office", "unit"],
)
def test_charts_of_a_report_show_its_figures_and_say_them_in_words(
    write: Write, unit: tuple[str, ...], titles: list[str]
) -> None:
    asked = ("sample", "--period", "2022-H1", "--format", "docx", *unit)
    (plain,) = write(*asked).values()
    assert pictures_of(plain) == []
    (first,) = write(*asked, "--charts").values()
    (again,) = write(*asked, "--charts").values()
    assert first == again
    assert text_of(first).replace("\n", "").startswith(text_of(plain).replace("\n", "")[:200])
    drawn = pictures_of(first)
    assert all(png.startswith(b"\x89PNG") for _words, png in drawn)
    assert all(title in words for title, (words, _png) in zip(titles, drawn, strict=True))
    rows = [row for row in figures_of(plain) if row[0].startswith("I. ")]
    assert f"{rows[0][0]}: {rows[0][1]} (" in drawn[0][0]


def figures_of(content: bytes) -> list[list[str]]:
    """The rows of the first table of figures by field."""
    (table, *_) = (table for table in opened(content).tables if table.cell(0, 0).text == "Lĩnh vực")
    return [[cell.text for cell in row.cells] for row in table.rows]
