"""Word and Excel files that somebody made to do harm, or that are none."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from cchc_cli.documents.package import CannotRead, Package

PLAIN = "<document><p>Quyết định của Sở</p></document>"
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><document>&b;</document>'


def packed(*parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for number, part in enumerate(parts):
            file.writestr(f"part{number}.xml", part)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_part_is_read_in_the_encoding_it_states(encoding: str) -> None:
    root = Package(packed(PLAIN.encode(encoding))).xml("part0.xml")
    assert root is not None
    assert root.findtext("p") == "Quyết định của Sở"
    assert Package(packed()).xml("word/document.xml") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_with_entities_of_its_own_is_refused_in_any_encoding(encoding: str) -> None:
    file = Package(packed(f"<!-- {'a' * 90_000} -->{LAUGHS}".encode(encoding)))
    with pytest.raises(CannotRead, match="entities"):
        file.xml("part0.xml")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed(*[bytes(90_000_000)] * 3)
    assert len(bomb) < 1_000_000
    file = Package(bomb)
    file.read("part0.xml")
    file.read("part1.xml")
    with pytest.raises(CannotRead, match="unpacks"):
        file.read("part2.xml")


def test_a_part_larger_than_it_states_is_refused() -> None:
    honest = packed(bytes(90_000_000))
    stated = struct.pack("<L", 90_000_000)
    with pytest.raises(CannotRead):
        Package(honest.replace(stated, struct.pack("<L", 900))).read("part0.xml")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"%PDF-1.7", PLAIN.encode(), packed(b"x")[:40]],
    ids=["empty", "two letters", "a PDF", "XML", "cut short"],
)
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    with pytest.raises(CannotRead, match="no Word or Excel file"):
        Package(content)


@pytest.mark.parametrize("part", [b"<document><p>", b"\xff\xfe\x00", b""])
def test_a_damaged_part_is_refused(part: bytes) -> None:
    with pytest.raises(CannotRead, match="no Word or Excel file"):
        Package(packed(part)).xml("part0.xml")
