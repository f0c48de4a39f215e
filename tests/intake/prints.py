"""The sample Word files as LibreOffice prints them to PDF, each made once."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from samples import packed, word_file

from cchc_cli.store.soffice import convert

# Where the column is too narrow, LibreOffice lets words of the repeated heading hang unseen over
# the row below, and cuts "VII" in two.
_WIDER = {"B": (("567", "794"), ("3402", "2700"), ("1985", "1700"), ("1276", "2000"))}


@cache
def printed(kind: str) -> bytes:
    """The PDF of a sample."""
    with zipfile.ZipFile(io.BytesIO(word_file(kind))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    for narrow, wide in _WIDER.get(kind, ()):
        name = "word/document.xml"
        parts[name] = parts[name].replace(f'w:w="{narrow}"', f'w:w="{wide}"')
    return convert(packed(parts), ".docx", "pdf")
