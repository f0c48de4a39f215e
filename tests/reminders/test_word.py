"""The Word letter: the layout of a công văn (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import importlib
import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from cchc_cli.store.soffice import convert

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates" / "reminder.docx"
Write = Callable[..., dict[str, bytes]]


@pytest.fixture
def letter(write: Write) -> bytes:
    """The letter to the unit with most to show: overdue, and helping."""
    arguments = ["--as-of", "2022-03-09", "--within", "22", "--unit", "VP", "--format", "docx"]
    (content,) = write("sample", *arguments).values()
    return content


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Every word of the document, tables included, a paragraph a line."""
    paragraphs = opened(content).element.body.iter(qn("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


def test_the_template_is_what_its_script_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "templates")  # as when it is run: the layout lies beside it
    script = importlib.import_module("build_reminder_docx")

    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return {name: file.read(name) for name in file.namelist()}

    built = parts(script.build())
    assert built == parts(TEMPLATE.read_bytes()), f"run {script.__file__}"


def test_the_parts_stand_in_the_order_of_an_official_letter(letter: bytes) -> None:
    text = text_of(letter)
    pieces = [
        "UBND TỈNH VÍ DỤ",
        "SỞ VÍ DỤ (DỮ LIỆU MẪU)",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:          /SVD-…………",
        "V/v đôn đốc thực hiện Kế hoạch Công tác mẫu năm 2022 (dữ liệu mẫu)",
        "Ví dụ, ngày …… tháng …… năm ………",
        "Kính gửi: Văn phòng mẫu",
        "tính đến ngày 09 tháng 3 năm 2022",
        "STT",
        "Ban hành kế hoạch mẫu",
        "Ngoài ra, Văn phòng mẫu phối hợp",
        "trước ngày …… tháng …… năm ………",
        "./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, ………….",
    ]
    places = [text.index(piece) for piece in pieces]
    assert places == sorted(places)
    assert text.count("./.") == 1
    lines = {line.strip() for line in text.splitlines()}
    assert not lines & {"CÔNG VĂN", "BÁO CÁO", "THÔNG BÁO"}  # a công văn has no tên loại


def test_nobody_signs_and_no_number_or_day_is_invented(letter: bytes) -> None:
    table = opened(letter).tables[-1]
    signature = {paragraph.text for paragraph in table.rows[0].cells[1].paragraphs}
    assert all(set(line) <= {"…"} for line in signature)
    assert not re.search(r"Số: *\d", text_of(letter))
    notes = [row.cells[-1].text for row in opened(letter).tables[1].rows[1:]]
    assert notes
    assert set(notes) == {""}


def test_no_tag_of_the_template_is_left(letter: bytes) -> None:
    assert not re.search(r"[{}]|%\}|None|Undefined", text_of(letter))


def test_signs_in_a_name_survive_in_word(write: Write) -> None:
    arguments = ["--as-of", "2022-02-28", "--within", "31", "--unit", "KH", "--format", "docx"]
    (content,) = write("sample", *arguments).values()
    text = text_of(content)
    assert 'Rà soát mẫu "A & B" <dưới 5 ngày> | ngoài giờ' in text
    assert "Báo cáo <mẫu> & phụ lục" in text


def test_page_margins_and_sizes_of_the_decree(letter: bytes) -> None:
    document = opened(letter)
    (section,) = document.sections
    size = (section.page_width, section.page_height)
    assert size == pytest.approx((Mm(210), Mm(297)), abs=Mm(1))
    assert Mm(29.9) <= section.left_margin <= Mm(35.1)
    assert Mm(14.9) <= section.right_margin <= Mm(20.1)
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    subject = document.styles["Trích yếu công văn"]
    assert 12 <= subject.font.size.pt <= 13
    assert not subject.font.bold
    assert subject.paragraph_format.alignment == 1  # centred
    assert subject.paragraph_format.space_before.pt == 6
    table = document.tables[1]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    assert sum(int(c.get(qn("w:w"))) for c in table._tbl.tblGrid) <= Mm(165.5).twips


def test_no_person_and_no_clock_in_the_properties(letter: bytes) -> None:
    properties = opened(letter).core_properties
    assert properties.author == properties.last_modified_by == ""
    assert properties.title == "mau-2022-nhac-viec-VP-2022-03-09"
    assert properties.created.date().isoformat() == "2022-03-09"


@pytest.mark.libreoffice
def test_an_office_program_shows_one_letter(tmp_path: Path, letter: bytes) -> None:
    (tmp_path / "thu.pdf").write_bytes(convert(letter, ".docx", "pdf"))
    done = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "thu.pdf"), "-"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    pages = done.stdout.split("\f")[:-1]
    assert len(pages) <= 2
    number = next(line for line in pages[0].splitlines() if "Số:" in line)
    assert "Ví dụ, ngày" in number  # side by side
    assert "Kính gửi: Văn phòng mẫu" in pages[0]
    assert pages[0].split("\n")[0].strip() != "1"
    assert "Nơi nhận:" in done.stdout
