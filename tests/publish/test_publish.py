"""`cchc publish`: the signed plan in print, and the table of a year."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

from cchc_cli.store.soffice import convert

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
PLAN, YEAR = "cchc-2021-2025-ke-hoach", "cchc-2021-2025-phu-luc-2022"


def module(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


signed = module("tests/plans/test_signed_text.py")  # how the plan files are compared, too


@pytest.fixture
def write(cchc: Run, tmp_path: Path) -> Callable[..., bytes]:
    """Run `cchc publish` on a plan root; the only file it wrote."""

    def run(*arguments: str, root: Path = ROOT, said: str = "") -> bytes:
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        ran = cchc("publish", *arguments, "--out", str(out), cwd=root)
        assert (ran.code, ran.err) == (0, said)
        (path,) = out.iterdir()
        assert ran.out == f"{path}\n"
        return path.read_bytes()

    return run


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
    return "".join(pieces)


def rows_of(table: Table) -> list[list[str]]:
    """The cells of each row, merged ones once."""
    rows = []
    for row in table.rows:
        cells = {id(cell._tc): cell.text for cell in row.cells}
        rows.append(list(cells.values()))
    return rows


def printed_cells(rows: list[list[str]]) -> list[tuple[str, str]]:
    """The cells below the titles, each with its task."""
    cells, field = [], ""
    for row in rows:
        if len(row) == 2:
            field = row[0]
        cells += [(f"{field} {row[0]}", cell) for cell in row]
    return cells


# -- the plan --------------------------------------------------------------------------------------


def test_parts_i_to_iv_are_printed_as_signed_from_the_title_to_the_signer(
    write: Callable[..., bytes],
) -> None:
    text = text_of(write("plan"))
    body = text[text.index("KẾ HOẠCH\n") : text.index("PHỤ LỤC")]
    assert signed.first_difference(body, signed.signed_parts()) == ""
    assert body.split() == signed.signed_parts().split()


def test_every_cell_of_the_appendix_is_printed_as_signed(write: Callable[..., bytes]) -> None:
    content = write("plan")
    text, (*_others, table) = text_of(content), opened(content).tables
    titles, *rows = rows_of(table)
    heading = text[text.index("PHỤ LỤC") : text.index("\nTT\n")]
    assert signed.first_difference(heading + "".join(titles), signed.signed_heading()) == ""
    assert signed.first_wrong_cell(printed_cells(rows), signed.signed_table()) == ""
    assert len(rows) == 26 + 7


def test_blanks_stay_blank_to_the_last_space(write: Callable[..., bytes]) -> None:
    text = text_of(write("plan"))
    attached = (
        "(Kèm theo Quyết định số            /KH-SKHCN ngày           /10/2021 của Sở Khoa học và"
        " Công nghệ tỉnh Quảng Ngãi)"
    )
    for line in ("Số:          /KH-SKHCN", "Quảng Ngãi, ngày …… tháng …… năm ………", attached):
        assert line in text.splitlines()


def test_markdown_says_the_same(write: Callable[..., bytes]) -> None:
    markdown = write("plan", "--format", "md").decode()
    words = re.sub(r"[\\*|#]|<br>", " ", markdown)
    for line in text_of(write("plan")).splitlines():
        if "………" not in line and "Số:" not in line:
            assert signed.without_blanks(line) in signed.without_blanks(words), line


def test_an_appendix_has_landscape_pages_of_its_own_numbers(write: Callable[..., bytes]) -> None:
    first, second = opened(write("plan")).sections
    assert first.page_width < first.page_height
    assert second.page_width > second.page_height
    assert second._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert second.different_first_page_header_footer


def test_the_table_repeats_its_titles_and_splits_no_row(write: Callable[..., bytes]) -> None:
    table = opened(write("plan")).tables[-1]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


@pytest.fixture
def office_of_two(office: Path) -> Path:
    """The real plan, signed by a deputy, with a type of its own and a later decision."""
    path = office / "plans" / "cchc-2021-2025" / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "signature: {title: GIÁM ĐỐC,", 'signature: {title: "KT. GIÁM ĐỐC\\nPHÓ GIÁM ĐỐC",'
    ).replace("type: KẾ HOẠCH", "type: BẢN TIN")
    path.write_text(text, encoding="utf-8")
    amendments = office / "plans" / "cchc-2021-2025" / "amendments.yaml"
    amendments.write_text(
        "rewordings:\n  - {task: I.1, name: Tên mới, on: 2022-01-10, authority: QĐ 1, reason: R}\n"
        "cancellations:\n  - {task: III.2, on: 2022-02-01, authority: QĐ 2, reason: R}\n"
        "extensions:\n  - {task: I.2, period: 2022, to: 2022-05-31, on: 2022-03-01,"
        " authority: QĐ 3, reason: R}\n",
        encoding="utf-8",
    )
    return office


def test_who_signs_for_the_head_has_both_lines(
    write: Callable[..., bytes], office_of_two: Path
) -> None:
    said = "cchc-2021-2025: printed as signed; 3 later decisions in amendments.yaml are not in it\n"
    text = text_of(write("plan", root=office_of_two, said=said))
    assert "\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n" in text
    assert "Xây dựng Kế hoạch CCHC hằng năm" in text
    assert "Tên mới" not in text
    assert "Số:          /…………-SKHCN" in text  # no abbreviation is known for that type


def test_a_plan_without_a_signed_text_cannot_be_printed(cchc: Run, office: Path) -> None:
    path = office / "plans" / "cchc-2021-2025" / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("document:")], encoding="utf-8")
    ran = cchc("publish", "plan", cwd=office)
    assert (ran.code, ran.out) == (3, "")
    assert "plans/cchc-2021-2025/plan.yaml" in ran.err
    assert not (office / "published").exists()


# -- the table of a year ---------------------------------------------------------------------------


def test_the_table_of_a_year_holds_what_falls_due_in_it_and_what_has_no_day(
    write: Callable[..., bytes],
) -> None:
    content = write("appendix", "--year", "2022")
    text, (table,) = text_of(content), opened(content).tables
    assert (
        "DANH MỤC NHIỆM VỤ NĂM 2022 THỰC HIỆN KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH CỦA SỞ KHOA HỌC VÀ CÔNG"
        " NGHỆ TỈNH QUẢNG NGÃI GIAI ĐOẠN 2021 - 2025"
    ) in text
    assert "(Kèm theo Kế hoạch số ………/KH-SKHCN ngày …… tháng …… năm ………" in text
    titles, *rows = rows_of(table)
    assert titles[-2:] == ["Thời gian hoàn thành", "Hạn năm 2022"]
    found, field = {}, ""
    for row in rows:
        field = row[0] if len(row) == 2 else field
        found[f"{field}.{row[0]}"] = row[-2:]
    assert found["I.1"] == ["Trước ngày 20/12 năm báo cáo", "trước 20/12/2022"]
    assert found["I.2"] == ["Quý I năm kế hoạch", "31/03/2022"]
    assert "I.3" not in found  # the fourth quarter of 2021
    assert found["III.2"] == ["Thường xuyên", ""]
    assert found["IV.1"] == ["Theo quy định của Trung ương", ""]
    assert found["IV.3"] == ["Năm 2021 -2022", "31/12/2022"]
    assert len(rows) == 25 + 7


def test_the_table_of_a_year_is_as_documents_have_it(
    write: Callable[..., bytes], office_of_two: Path
) -> None:
    text = text_of(write("appendix", "--year", "2022", root=office_of_two))
    assert "\nTên mới\n" in text
    assert "Tiếp nhận, xử lý phản ánh" not in text  # III.2, cancelled
    before = text_of(write("appendix", "--year", "2021", root=office_of_two))
    assert "Tên mới" not in before
    assert "Tiếp nhận, xử lý phản ánh" in before
    assert "31/05/2022 (theo kế hoạch: 31/03/2022)" in text


def test_a_year_outside_the_plan_is_a_mistake_of_usage(cchc: Run, office: Path) -> None:
    ran = cchc("publish", "appendix", "--year", "2030", cwd=office)
    assert (ran.code, ran.out) == (2, "")
    assert "no plan holds the year 2030; there are: cchc-2021-2025 (2021-2025)" in ran.err


@pytest.mark.parametrize("name", [PLAN, YEAR])
def test_markdown_reads_as_accepted(
    write: Callable[..., bytes], as_accepted: Callable[[str, Path], None], name: str
) -> None:
    arguments = ("plan",) if name == PLAN else ("appendix", "--year", "2022")
    content = write(*arguments, "--format", "md")
    as_accepted(content.decode(), Path(__file__).parent / "golden" / f"{name}.md")


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plan.docx", "appendix.docx"])
def test_the_template_is_what_its_script_builds(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.syspath_prepend(ROOT / "templates")
    script = module("templates/build_plan_docx.py")

    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return {part: file.read(part) for part in file.namelist()}

    built = script.TARGETS[name]()
    assert parts(built) == parts((ROOT / "templates" / name).read_bytes())


def test_the_same_bytes_twice(write: Callable[..., bytes]) -> None:
    assert write("plan") == write("plan")


@pytest.mark.parametrize("what", [["plan"], ["appendix", "--year", "2022"]])
def test_without_libreoffice_no_pdf_and_nothing_half_written(
    cchc: Run, office: Path, what: list[str]
) -> None:
    (office / "empty").mkdir()
    nowhere = {"PATH": str(office / "empty")}
    ran = cchc("publish", *what, "--format", "docx,pdf", cwd=office, env=nowhere)
    assert (ran.code, ran.out) == (3, "")
    assert "LibreOffice is needed for this, and it is not installed" in ran.err
    assert not (office / "published").exists()


@pytest.mark.libreoffice
def test_pages_in_print(cchc: Run, tmp_path: Path) -> None:
    ran = cchc("publish", "plan", "--format", "pdf", "--out", str(tmp_path), cwd=ROOT)
    assert (ran.code, ran.err) == (0, "")
    file = str(tmp_path / f"{PLAN}.pdf")

    def ask(*command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    pages = ask("pdftotext", "-layout", file, "-").split("\f")[:-1]
    sizes = re.findall(r"Page +\d+ size: +(\d+)\S* x (\d+)", ask("pdfinfo", "-l", "99", file))
    (start,) = (at for at, page in enumerate(pages) if "PHỤ LỤC\n" in page)
    assert len(sizes) == len(pages)
    assert [int(w) > int(h) for w, h in sizes] == [at >= start for at in range(len(pages))]
    numbers = [page.lstrip("\n").split("\n")[0].strip() for page in pages]
    for part in (numbers[:start], numbers[start:]):
        assert part[1:] == [str(number) for number in range(2, len(part) + 1)]
        assert not part[0].isdigit()
    assert all("Nhiệm vụ cụ thể" in page for page in pages[start:])


@pytest.mark.libreoffice
def test_a_template_saved_by_an_office_program_prints_the_same_text(
    write: Callable[..., bytes], office: Path
) -> None:
    before = text_of(write("plan"))
    shutil.copytree(ROOT / "templates", office / "templates")
    path = office / "templates" / "plan.docx"
    path.write_bytes(convert(path.read_bytes(), ".docx", "docx"))
    assert text_of(write("plan", root=office)).split() == before.split()
