"""Text stays text in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_cli.render.markdown import escaped

Write = Callable[..., dict[str, bytes]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định số 468/QĐ-TTg ngày 27/3/2021", "Quyết định số 468/QĐ-TTg ngày 27/3/2021"),
        ("A & B | <C>", r"A \& B \| \<C\>"),
        ("*nhấn* _mạnh_ `mã` [x](y) ~bỏ~", r"\*nhấn\* \_mạnh\_ \`mã\` \[x\](y) \~bỏ\~"),
        ("- gạch\n- hai", r"\- gạch<br>\- hai"),
        ("1. một\r\n\n12) hai", r"1\. một<br>12\) hai"),
        ("2022", "2022"),
        ("# đề mục", r"\# đề mục"),
        (r"C:\tệp", r"C:\\tệp"),
        ("ẩn\u202e\x1b[31m", r"ẩn\\u202e\\u001b\[31m"),
        ("  hai   khoảng trắng ", "hai khoảng trắng"),
        ("", ""),
    ],
)
def test_what_markdown_would_obey_is_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


@given(st.text())
def test_no_text_can_leave_its_cell(text: str) -> None:
    shown = escaped(text).replace("<br>", "")
    assert "\n" not in shown
    assert "\r" not in shown
    bare = re.sub(r"\\.", "", shown)
    assert not set(bare) & set("|<>`*[]&")


def test_every_table_row_has_as_many_cells_as_its_heading(write: Write) -> None:
    for office, period in (("real", "2025-Q4"), ("sample", "2022-Q2")):
        (content,) = write(office, "--period", period, "--format", "md", folder=office).values()
        width = 0
        for line in content.decode().splitlines():
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert not (width and cells and cells != width), line
            width = cells


def test_a_name_with_signs_comes_out_whole(write: Write) -> None:
    (content,) = write("sample", "--period", "2022-Q1", "--format", "md").values()
    assert r'Rà soát mẫu "A \& B" \<dưới 5 ngày\> \| ngoài giờ' in content.decode()
    assert "Thiếu số liệu của 2 đơn vị<br>\\- chưa có đầu mối" in content.decode()
