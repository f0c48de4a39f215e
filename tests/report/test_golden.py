"""Whole reports, as written. Accept a wanted change with `pytest tests/report --accept`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., dict[str, bytes]]
Accepted = Callable[[str, Path], None]
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("office", "arguments", "name"),
    [
        ("real", ["--period", "2022-Q1"], "cchc-2021-2025-2022-Q1.md"),
        ("real", ["--period", "2022-Q1", "--unit", "TTUD"], "cchc-2021-2025-2022-Q1-TTUD.md"),
        ("real", ["--period", "2022-H1"], "cchc-2021-2025-2022-H1.md"),
        ("sample", ["--period", "2022-Q1"], "mau-2022-2022-Q1.md"),
        ("sample", ["--period", "2022-Q2"], "mau-2022-2022-Q2.md"),
        ("sample", ["--period", "2022", "--as-of", "2022-12-31"], "mau-2022-2022.md"),
        ("sample", ["--period", "2022-Q2", "--unit", "van phong mau"], "mau-2022-2022-Q2-VP.md"),
    ],
)
def test_the_report_reads_as_accepted(
    write: Write, as_accepted: Accepted, office: str, arguments: list[str], name: str
) -> None:
    found = write(office, *arguments, "--format", "md")
    assert list(found) == [name]
    as_accepted(found[name].decode(), GOLDEN / name)


QUARTERS = [f"{year}-Q{quarter}" for year in range(2021, 2026) for quarter in range(1, 5)]


@pytest.mark.parametrize("period", QUARTERS)
def test_every_quarter_gives_the_same_bytes_twice(write: Write, period: str) -> None:
    once = write("real", "--period", period, folder="once")
    again = write("real", "--period", period, folder="again")
    assert once == again
    assert [name.rsplit(".", 1)[1] for name in once] == ["docx", "md"]


def test_the_document_is_vietnamese_whatever_language_the_command_speaks(write: Write) -> None:
    arguments = ["--period", "2022-Q2", "--format", "md"]
    assert write("sample", *arguments, "--lang", "en", folder="en") == write(
        "sample", *arguments, "--lang", "vi", folder="vi"
    )


def test_what_only_people_can_write_is_left_blank(write: Write) -> None:
    text = write("sample", "--period", "2022-Q2", "--format", "md")["mau-2022-2022-Q2.md"].decode()
    blank = "………………………………"
    lines = text.splitlines()
    for heading in (
        "### 1. Xây dựng, ban hành kế hoạch",
        "### 5. Sáng kiến, cách làm mới",
        "### 1. Kết quả đạt được",
        "### 2. Tồn tại, hạn chế và nguyên nhân",
        "### 2. Phương hướng, giải pháp",
    ):
        assert lines[lines.index(heading) + 2].startswith(blank), heading
    assert "Số: ………/BC-SVD" in text
    assert f"**{blank}**" in text  # position and name of the signer
    unit = write("sample", "--period", "2022-Q2", "--format", "md", "--unit", "TT", folder="unit")
    assert "/BC-…………" in unit["mau-2022-2022-Q2-TT.md"].decode()  # nobody recorded a unit's symbol
