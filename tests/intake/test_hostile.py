"""Files made to do harm are refused in a sentence, within seconds and within bounds of memory."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import docx, paragraph, run
from workbooks import saved, workbook

resource = pytest.importorskip("resource")  # bounds of memory, which Windows has not

Run = Callable[..., Any]
SHEET = "xl/worksheets/sheet1.xml"
ROOT = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_MEMORY = 900_000_000


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for held in old.namelist():
            if held != name:
                new.writestr(held, old.read(held))
        new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def book() -> bytes:
    return saved(workbook())


def word() -> bytes:
    return docx(paragraph(run("KẾ HOẠCH")))


def entities() -> bytes:
    head = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    return head + b"]>" + ROOT + b"<row><c><v>&j;</v></c></row></sheetData></worksheet>"


def pdf(*streams: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF of one page with these (packed) streams."""
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n",
    ]
    for number, stream in enumerate(streams, 4):
        parts.append(b"%d 0 obj<</Length %d/Filter%s>>stream\n" % (number, len(stream), filters))
        parts += [stream, b"\nendstream endobj\n"]
    return b"".join([*parts, b"trailer<</Root 1 0 R>>\n%%EOF"])


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a gigabyte of blanks in a sheet": (
        "a.xlsx", lambda: with_part(book(), SHEET, b" " * 300_000_000)
    ),
    "millions of empty cells": (
        "a.xlsx", lambda: with_part(book(), SHEET, ROOT + b"<row>" + b"<c/>" * 9_000_000
                                    + b"</row></sheetData></worksheet>")
    ),
    "entities that explode in a sheet": (
        "a.xlsx", lambda: with_part(book(), SHEET, entities())
    ),
    "a merged range over the whole sheet": (
        "a.xlsx", lambda: with_part(
            book(), SHEET, ROOT + b"</sheetData><mergeCells>" + b"".join(
                b'<mergeCell ref="%c1:%c1048576"/>' % (65 + n % 26, 65 + n % 26)
                for n in range(400)) + b"</mergeCells></worksheet>")
    ),
    "a text of a Word file that explodes": (
        "a.docx", lambda: with_part(word(), "word/document.xml", entities())
    ),
    "a gigabyte in a Word file": (
        "a.docx", lambda: with_part(word(), "word/document.xml", b" " * 300_000_000)
    ),
    "millions of empty paragraphs": (
        "a.docx", lambda: with_part(word(), "word/document.xml", b"<w>" + b"<p/>" * 9_000_000
                                    + b"</w>")
    ),
    "a PDF that unpacks to a gigabyte": (
        "a.pdf", lambda: pdf(zlib.compress(b" " * 1_000_000_000, 9))
    ),
    "a PDF packed twice": (
        "a.pdf", lambda: pdf(zlib.compress(zlib.compress(b" " * 400_000_000, 9), 9),
                             filters=b"[/FlateDecode/FlateDecode]")
    ),
    "a PDF with a page of a million letters": (
        "a.pdf", lambda: pdf(zlib.compress(b"BT /F1 1 Tf " + b"(aaaaaaaaaa) Tj " * 100_000
                                           + b"ET"))
    ),
    "a PDF whose pages are themselves": (
        "a.pdf", lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    ),
    "half a PDF": ("a.pdf", lambda: pdf(zlib.compress(b"BT ET"))[:180]),
    "a PDF of nothing": ("a.pdf", lambda: b"%PDF-1.7\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_quickly_and_without_filling_the_memory(office: Path, name: str) -> None:
    file, make = HOSTILE[name]
    (office / file).write_bytes(make())
    command = [sys.executable, "-m", "cchc_cli", "--lang", "en", "import", file, "--plan", "x",
               "--years", "2022"]  # fmt: skip
    root = Path(__file__).parents[2]
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=office, capture_output=True, check=False, timeout=60, encoding="utf-8",
        env={"PYTHONPATH": str(root), "PYTHONUTF8": "1", "PATH": ""},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY)),
    )  # fmt: skip
    assert time.monotonic() - began < 20
    assert done.returncode == 3, done.stdout + done.stderr
    assert done.stderr.startswith(f"cchc: {file}: ")
    assert "  → " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (office / "plans/x").exists()


def test_a_workbook_that_refers_to_other_files_is_read_without_them(
    office: Path, cchc: Run
) -> None:
    content = with_part(book(), "xl/externalLinks/externalLink1.xml", b"<x/>")
    (office / "a.xlsx").write_bytes(content)
    done = cchc("import", "a.xlsx", "--plan", "x", cwd=office)
    assert done.code == 0, done.err
    assert "the file refers to other files; they are not looked at" in done.out
