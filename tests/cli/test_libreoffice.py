"""What LibreOffice does for the tool, and what is said where it is missing or fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_cli.store.files import CannotRun
from cchc_cli.store.soffice import convert

LETTER = "<html><body><p>Quyết định của Sở</p></body></html>"


def test_without_libreoffice_the_office_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotRun, match="not installed") as refusal:
        convert(LETTER.encode(), ".html", "pdf")
    assert refusal.value.hint is not None


def test_a_libreoffice_that_writes_nothing_is_told_even_if_it_says_all_went_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\necho 'no export filter found' >&2\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(CannotRun) as refusal:
        convert(LETTER.encode(), ".html", "pdf")
    assert refusal.value.message.values == {"text": "no export filter found"}


@pytest.mark.libreoffice
def test_a_file_is_converted() -> None:
    assert convert(LETTER.encode(), ".html", "pdf").startswith(b"%PDF-")


@pytest.mark.libreoffice
def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(CannotRun):
        convert(b"\x00\x01 no document", ".docx", "pdf")
