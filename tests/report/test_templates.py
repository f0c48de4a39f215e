"""Templates come from pull requests: mistakes are named with their place, mischief is refused."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

ROOT = Path(__file__).parents[2]
MARKDOWN = "report.md.jinja"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
Run = Callable[..., Any]


def refused(cchc: Run, root: Path, form: str) -> str:
    """The one sentence on stderr; nothing may have been written."""
    ran = cchc("report", "--period", "2022-Q2", "--format", form, "--out", "out", cwd=root)
    assert ran.code == 3, ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""
    assert not (root / "out").exists()
    return str(ran.err)


MISTAKES = [
    ("{{ report.perod }}", "there is no value named “perod”"),
    ("{{ reprot }}", "there is no value named “reprot”"),
    ("{% for row in report.parts %}", "not a well-formed template"),
    ("{{ report.period|viet_hoa }}", "No filter named 'viet_hoa'"),
    ("{{ report.__class__.__mro__ }}", "attribute '__class__'"),
    ("{{ ''.__class__.__base__.__subclasses__() }}", "a template may not do this"),
    ("{{ report.parts.__getattribute__('x') }}", "a template may not do this"),
    ("{{ '{0.__class__}'.format(report) }}", "a template may not do this"),
    ("{% for i in range(100000000) %}x{% endfor %}", "Range too big"),
    ("{{ 'x' * 1000000000 }}", "only whole numbers can be multiplied"),
    ("{{ 9 ** 9 ** 9 }}", "only whole numbers can be multiplied"),
    ("{{ report.period + 1 }}", "this cannot be carried out"),
    ("{{ 1 / 0 }}", "this cannot be carried out"),
    ("{% set _ = report.parts.append(1) %}", "there is no value named “append”"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), MISTAKES)
def test_a_mistake_in_the_markdown_template_names_file_and_line(
    cchc: Run, copy: Path, text: str, why: str
) -> None:
    (copy / "templates" / MARKDOWN).write_text(f"Dòng 1\nDòng 2\n{text}\nDòng 4\n", "utf-8")
    message = refused(cchc, copy, "md")
    # An unclosed block is noticed where the file ends.
    line = 4 if "{% for row" in text else 3
    assert f"templates/report.md.jinja:{line}: " in message
    assert why in message


@pytest.mark.parametrize(
    "name", ["../plans/office.yaml", "/etc/passwd", "khac/x.jinja", "report.docx", "thieu.jinja"]
)
def test_a_template_can_use_only_the_templates_beside_it(cchc: Run, copy: Path, name: str) -> None:
    (copy / "templates" / MARKDOWN).write_text(f"\n{{% include '{name}' %}}", "utf-8")
    message = refused(cchc, copy, "md")
    assert f"report.md.jinja:2: there is no template “{name}” in the same folder" in message


def test_a_mistake_in_an_included_template_is_placed_there(cchc: Run, copy: Path) -> None:
    (copy / "templates" / MARKDOWN).write_text("{% include 'phan.jinja' %}", "utf-8")
    (copy / "templates" / "phan.jinja").write_text("một\nhai {{ report.lạ }}", "utf-8")
    assert "templates/phan.jinja:2: there is no value named “lạ”" in refused(cchc, copy, "md")
    (copy / "templates" / "phan.jinja").write_text("{{ report.period }}", "utf-8")
    assert cchc("report", "--period", "2022-Q2", "--format", "md", cwd=copy).code == 0
    assert (copy / "reports" / "mau-2022-2022-Q2.md").read_text("utf-8") == "2022-Q2"


def test_a_template_that_includes_itself_is_refused(cchc: Run, copy: Path) -> None:
    (copy / "templates" / MARKDOWN).write_text("{% include 'report.md.jinja' %}", "utf-8")
    assert "never ends" in refused(cchc, copy, "md")


def test_a_link_out_of_the_folder_is_refused(cchc: Run, copy: Path) -> None:
    secret = copy / "bi-mat.jinja"
    secret.write_text("bí mật", "utf-8")
    (copy / "templates" / "phan.jinja").symlink_to(secret)
    assert "leads out of its folder" in refused(cchc, copy, "md")


def test_a_template_that_is_not_utf8_is_refused(cchc: Run, copy: Path) -> None:
    (copy / "templates" / MARKDOWN).write_bytes(b"\nB\xe1o c\xe1o\n")
    assert "templates/report.md.jinja:2: the file is not UTF-8" in refused(cchc, copy, "md")


def spoil(root: Path, text: str) -> None:
    """Put a paragraph into the Word template, as somebody would in Word."""
    path = root / "templates" / "report.docx"
    document = docx.Document(str(path))
    document.paragraphs[3].insert_paragraph_before(text)
    document.save(str(path))


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        (
            "Kỳ: {{ report.perod }} và {{ report.period }}",
            "{{ report.perod }}",
            "there is no value named “perod”",
        ),
        ("Kỳ: {{ report.period", "Kỳ: {{ report.period", "not a well-formed template"),
        ("Kỳ: report.period }}", "Kỳ: report.period }}", "not a well-formed template"),
        ("{% if report.unit", "{% if report.unit", "does not end in the paragraph"),
        ("{{ report.period|viet_hoa }}", "{{ report.period|viet_hoa }}", "No filter named"),
        ("Ai: {{ report.__class__ }}", "{{ report.__class__ }}", "attribute '__class__'"),
        ("{{ 'x' * 1000000000 }}", "{{ 'x' * 1000000000 }}", "only whole numbers"),
        ("{% for i in range(100000000) %}{{ i }}{% endfor %}", "range(100000000)", "Range too big"),
        ("{% include '/etc/passwd' %}", "{% include '/etc/passwd' %}", "there is no template"),
    ],
)
def test_a_mistake_in_the_word_template_names_file_and_tag(
    cchc: Run, copy: Path, text: str, place: str, why: str
) -> None:
    spoil(copy, text)
    message = refused(cchc, copy, "docx")
    assert "templates/report.docx, at “" in message
    assert place in message
    assert why in message


def test_a_word_template_that_gives_broken_xml_is_refused(cchc: Run, copy: Path) -> None:
    spoil(copy, "{{ '<w:p>'|safe }}")
    assert "no longer a Word document" in refused(cchc, copy, "docx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"khong phai Word", None])
def test_a_file_that_is_no_word_file_is_refused(
    cchc: Run, copy: Path, content: bytes | None
) -> None:
    path = copy / "templates" / "report.docx"
    if content is None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as other:
            other.writestr("bang-tinh.xml", "<x/>")
        content = buffer.getvalue()
    path.write_bytes(content)
    assert "templates/report.docx: this is not a Word file" in refused(cchc, copy, "docx")


def test_a_word_template_that_unpacks_without_end_is_refused(cchc: Run, copy: Path) -> None:
    path = copy / "templates" / "report.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"\0" * 60_000_000)
    assert "more than 50 MB" in refused(cchc, copy, "docx")


def test_a_word_template_that_fetches_from_elsewhere_is_refused(cchc: Run, copy: Path) -> None:
    path = copy / "templates" / "report.docx"
    document = docx.Document(str(path))
    kind = f"{OFFICE}/relationships/attachedTemplate"
    document.part.relate_to("https://noi-khac.example/mau.dotm", kind, is_external=True)
    document.save(str(path))
    assert "fetch something from elsewhere: https://noi-khac.example" in refused(cchc, copy, "docx")


def test_a_word_template_may_hold_a_link_to_click_on(cchc: Run, copy: Path) -> None:
    path = copy / "templates" / "report.docx"
    document = docx.Document(str(path))
    kind = f"{OFFICE}/relationships/hyperlink"
    document.part.relate_to("mailto:vp@mau.example", kind, is_external=True)
    document.save(str(path))
    assert cchc("report", "--period", "2022-Q2", "--format", "docx", cwd=copy).code == 0


def test_without_templates_of_its_own_a_plan_uses_those_of_the_program(
    cchc: Run, copy: Path
) -> None:
    shutil.rmtree(copy / "templates")
    ran = cchc("report", "--period", "2022-Q2", "--out", "out", cwd=copy)
    assert ran.code == 0, ran.err
    assert len(list((copy / "out").iterdir())) == 2


def test_markdown_alone_does_not_load_word(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom cchc_cli.__main__ import main\n"
        "main(['report', '--period', '2022-Q1', '--format', 'md', '--out', sys.argv[1]])\n"
        "assert not {'docx', 'docxtpl', 'lxml', 'rich'} & set(sys.modules)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("place", ["3", "10", "40"])
def test_half_a_tag_is_found_wherever_it_stands(cchc: Run, copy: Path, place: str) -> None:
    path = copy / "templates" / "report.docx"
    document = docx.Document(str(path))
    document.paragraphs[int(place)].insert_paragraph_before("Kỳ: {{ report.period")
    document.save(str(path))
    assert "at “Kỳ: {{ report.period”: " in refused(cchc, copy, "docx")
