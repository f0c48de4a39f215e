"""Files from outside that are no forms: refused in a sentence, quickly, within bounds."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Office = Any  # the office of conftest.py
Fill = Callable[..., int]


SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def with_part(form: bytes, name: str, content: bytes) -> bytes:
    """A form with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(out, "w") as new:
        assert name in old.namelist()
        for part in old.namelist():
            text = content if part == name else old.read(part)
            new.writestr(part, text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def entities(form: bytes) -> bytes:
    head = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    return with_part(form, SHEET, head + b"]>" + MAIN + b"<row><c><v>&j;</v></c></row>")


def many_columns(form: bytes) -> bytes:
    return with_part(
        form, SHEET, MAIN + b'<row r="6">' + b'<c r="A6"/>' * 800_000 + b"</row></sheetData>"
        b"</worksheet>",
    )  # fmt: skip


def far_away(form: bytes) -> bytes:
    row = b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>'
    return with_part(form, SHEET, MAIN + row + b"</sheetData></worksheet>")


def plain_workbook(form: bytes) -> bytes:
    del form
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _form: b"",
    "a text": lambda _form: "Mã,Kỳ\nI.1,2022\n".encode(),
    "the old kind, or with a password": lambda _form: b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "half a file": lambda form: form[: len(form) // 2],
    "a byte turned over": lambda form: form[:200] + b"\xff" * 40 + form[240:],
    "another workbook": plain_workbook,
    "too large": lambda _form: b"PK" + b"\0" * 20_000_000,
    "a gigabyte of blanks": lambda form: with_part(form, SHEET, b" " * 300_000_000),
    "a hundred thousand styles": lambda form: with_part(
        form, "xl/styles.xml", b"<styleSheet>" + b"<xf/>" * 200_000 + b"</styleSheet>"
    ),
    "entities that explode": entities,
    "entities in another encoding": lambda form: with_part(
        form, SHEET, '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")
    ),
    "a row without end": many_columns,
    "one cell at the far end": far_away,
    "no sheet at all": lambda form: with_part(form, "xl/workbook.xml", b"<workbook/>"),
    "records without numbers": lambda form: with_part(
        form, "xl/worksheets/sheet3.xml", MAIN + b"<row/></sheetData></worksheet>"
    ),
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused_in_a_sentence_and_quickly(
    office: Office, make: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(make(office.form().read_bytes()))
    began = time.monotonic()
    refused = office.run("collect", str(path))
    assert time.monotonic() - began < 10
    assert refused.code == 1, refused.err
    assert refused.err.startswith(f"{path}")
    assert "  → " in refused.err
    assert "nothing was written" in refused.err
    assert "Traceback" not in refused.err
    assert office.entries() == ""


def test_a_form_with_pictures_in_it_is_still_a_form(office: Office, fill: Fill) -> None:
    path = office.form()
    fill(path, "II.2", note="có ảnh kèm theo")
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/media/image1.png", b"\x89PNG<!DOCTYPE" + bytes(12_000_000))
    done = office.run("collect", str(path))
    assert done.code == 0, done.err
    assert "có ảnh kèm theo" in office.entries()
