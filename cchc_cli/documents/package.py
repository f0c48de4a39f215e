"""A Word or Excel file as a zip of XML parts, opened within bounds.

Whoever sends a file decides what is in it: sizes are checked before anything is unpacked or
parsed, XML with a document type (the door to entity bombs) is refused, and nothing outside the
file is ever looked at.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers.expat import ExpatError, ParserCreate

from cchc_cli.core.message import Message, msg

MAX_BYTES = 50_000_000  # of the file
MAX_UNPACKED = 200_000_000  # of all parts that are read; 1,000 rows take 3 million
MAX_XML = 40_000_000  # of one part that is parsed, which takes ten times as much memory
_MAX_TAGS = 2_000_000  # of one part, each of which takes 200 bytes of memory
_MAX_PARTS = 5_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


class CannotRead(Exception):
    """The file cannot be read; one sentence why, and what to do instead."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.template)
        self.message = message
        self.hint = hint


class Package:
    """The parts of a file, read once each and on demand."""

    def __init__(self, content: bytes) -> None:
        """Raises `CannotRead` if this is no such file, or one that no office makes."""
        if len(content) > MAX_BYTES:
            raise CannotRead(
                msg("the file is larger than {limit} MB", limit=MAX_BYTES // 1_000_000)
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._sizes = {part.filename: part.file_size for part in self._zip.infolist()}
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as failure:
            raise _no_file() from failure
        if len(self._sizes) > _MAX_PARTS:
            raise CannotRead(msg("the file has more than {limit} parts", limit=_MAX_PARTS))
        self._left = MAX_UNPACKED

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the file."""
        return tuple(self._sizes)

    def xml(self, part: str) -> Element | None:
        """The root element of a part; None if there is none of that name."""
        if self._sizes.get(part, 0) > MAX_XML:
            limit = MAX_XML // 1_000_000
            raise CannotRead(msg("a part of the file unpacks to more than {limit} MB", limit=limit))
        content = self.read(part)
        return None if content is None else _parsed(content)

    def read(self, part: str) -> bytes | None:
        """The bytes of a part; None if there is none of that name."""
        if part not in self._sizes:
            return None
        self._left -= self._sizes[part]
        if self._left < 0:
            limit = MAX_UNPACKED // 1_000_000
            raise CannotRead(msg("the file unpacks to more than {limit} MB", limit=limit))
        try:
            return self._zip.read(part)  # never more than the size it states, or an error
        except _BROKEN as failure:
            raise _no_file() from failure


class _Begun(Exception):
    """The root element has begun, and no document type before it."""


def _parsed(content: bytes) -> Element:
    if content.count(b"<") > _MAX_TAGS:
        raise CannotRead(msg("the file holds far more than a plan"))
    try:
        _refuse_document_type(content)
        return fromstring(content)  # noqa: S314  # entities have been refused
    except (ParseError, ExpatError, ValueError) as failure:
        raise _no_file() from failure


def _refuse_document_type(content: bytes) -> None:
    """Look at what comes before the root element, as the parser itself will read it."""

    def refuse(*_: object) -> None:
        raise CannotRead(msg("the file defines entities of its own; no office program does"))

    def stop(*_: object) -> None:
        raise _Begun

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, stop
    with suppress(_Begun):
        parser.Parse(content, True)  # noqa: FBT003  # the last piece of it


def _no_file() -> CannotRead:
    return CannotRead(
        msg("this is no Word or Excel file that can be read (damaged, or with a password)"),
        msg("open it in its program and save it again as .docx or .xlsx"),
    )
