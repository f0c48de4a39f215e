"""Bytes → text: UTF-8 only, and a clear answer for everything else."""

from __future__ import annotations

from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import msg
from cchc_cli.core.source import SourceFile, Span

MAX_BYTES = 48 * 1024 * 1024
_SAVE_AS_UTF8 = msg("open it in the editor it came from and save it as UTF-8")


def decode(path: str, data: bytes) -> SourceFile | Diagnostic:
    """The text of a file, without a byte order mark, or why it is no text."""
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        return error("CCHC003", Span(path), msg("the file is larger than {limit} MiB", limit=limit))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = msg("the file is UTF-16, not UTF-8")
        return error("CCHC002", Span(path), message, hint=_SAVE_AS_UTF8)
    if b"\0" in data:
        message = msg("the file is not text: it holds zero bytes")
        return error("CCHC002", _place(path, data[: data.index(b"\0")]), message)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        message = msg("the file is not UTF-8: byte 0x{byte:02X}", byte=data[problem.start])
        return error("CCHC002", _place(path, data[: problem.start]), message, hint=_SAVE_AS_UTF8)
    return SourceFile(path, text)


def _place(path: str, before: bytes) -> Span:
    """The place after some bytes that are known to be UTF-8."""
    text = before.decode("utf-8-sig", errors="replace")
    return SourceFile(path, text).place(len(text))
