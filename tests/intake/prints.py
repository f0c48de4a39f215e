"""The sample Word files as LibreOffice prints them to PDF, each made once.

Kind "A*" is A as printed where the font lacks the letters with marks: these come from another font,
so that words are cut in pieces.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html import unescape

from samples import fonts, packed, run, word_file

from cchc_cli.store.soffice import convert

# Where the column is too narrow, LibreOffice lets words of the repeated heading hang unseen over
# the row below, and cuts "VII" in two.
_WIDER = {"B": (("567", "794"), ("3402", "2700"), ("1985", "1700"), ("1276", "2000"))}


_RUN = re.compile(r'<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t xml:space="preserve">([^<]*)</w:t></w:r>')
_MARKED = re.compile("([^\x00-\xff]+)")


@cache
def printed(kind: str) -> bytes:
    """The PDF of a sample."""
    with zipfile.ZipFile(io.BytesIO(word_file(kind[0]))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    if kind.endswith("*"):
        name = "word/document.xml"
        parts[name] = _RUN.sub(_in_two_fonts, parts[name])
    for narrow, wide in _WIDER.get(kind, ()):
        name = "word/document.xml"
        parts[name] = parts[name].replace(f'w:w="{narrow}"', f'w:w="{wide}"')
    return convert(packed(parts), ".docx", "pdf")


def _in_two_fonts(whole: re.Match[str]) -> str:
    properties, content = whole[1] or "", unescape(whole[2])
    return "".join(
        run(piece, (fonts("DejaVu Sans") if _MARKED.match(piece) else "") + properties)
        for piece in _MARKED.split(content)
    )
