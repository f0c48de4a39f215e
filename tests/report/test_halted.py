"""Suspended, cancelled and extended work in a report: rows add up, documents are named."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

Run = Callable[..., Any]
Table = list[list[str]]

AMENDED = """\
suspensions:
  - {task: II.1, on: 2022-06-01, until: 2022-06-20, authority: Công văn số 1, reason: Chờ tỉnh}
  - {task: II.3, on: 2022-06-02, authority: Công văn số 4, reason: Chưa có hướng dẫn}
cancellations:
  - {task: I.4, on: 2022-05-01, authority: Quyết định số 2, reason: Không còn phù hợp}
extensions:
  - {task: II.8, to: 2023-01-31, on: 2022-06-03, authority: Công văn số 5, reason: Chờ số liệu}
"""


@pytest.fixture
def amended(copy: Path) -> Path:
    (copy / "plans" / "mau-2022" / "amendments.yaml").write_text(AMENDED, "utf-8")
    return copy


@pytest.fixture
def written(amended: Path, cchc: Run) -> Callable[..., Path]:
    """Write the report of a period; the path of its Markdown, beside which lies the Word file."""

    def write(*arguments: str) -> Path:
        ran = cchc("report", "--period", *arguments, "--out", "out", cwd=amended)
        assert (ran.code, ran.err) == (0, "")
        (path,) = (amended / "out").glob("*.md")
        return path

    return write


def markdown_tables(text: str) -> Iterator[Table]:
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        rows = [line.strip("|").split(" | ") for line in block.splitlines()]
        yield [[cell.strip(" *") for cell in row] for row in rows[:1] + rows[2:]]


def word_tables(content: bytes) -> Iterator[Table]:
    for table in docx.Document(io.BytesIO(content)).tables:
        yield [[cell.text for cell in row.cells] for row in table.rows]


def tables(path: Path) -> dict[str, list[Table]]:
    return {
        "md": list(markdown_tables(path.read_text("utf-8"))),
        "docx": list(word_tables(path.with_suffix(".docx").read_bytes())),
    }


def by(first: str, found: list[Table]) -> list[Table]:
    """The tables whose first heading is that."""
    return [table for table in found if table[0][0] == first]


@pytest.mark.parametrize("unit", [[], ["--unit", "VP"], ["--unit", "KH"], ["--unit", "TT"]])
@pytest.mark.parametrize("period", ["2022-Q1", "2022-Q2", "2022-Q4", "2022"])
def test_every_row_adds_up_to_its_total(
    written: Callable[..., Path], period: str, unit: list[str]
) -> None:
    found = tables(written(period, *unit))
    assert found["md"]
    for each in found.values():
        statuses = by("Tình trạng", each)
        assert statuses
        for status in statuses:
            counts = {name: int(count) for name, count in status[1:]}
            inside = sum(counts.pop(name) for name in list(counts) if name.startswith("Trong đó"))
            total = counts.pop("Tổng số")
            assert sum(counts.values()) == total
            done = sum(n for name, n in counts.items() if name.startswith("Hoàn thành"))
            assert inside == done
        shares = [*by("Lĩnh vực", each), *by("Đơn vị chủ trì", each)]
        rows = [row for table in shares for row in table if row[1].isdigit()]
        assert rows
        for _name, total_of_row, *parts in rows:
            assert sum(map(int, parts)) == int(total_of_row)


def test_halted_work_has_a_column_and_a_list_that_names_its_documents(
    written: Callable[..., Path],
) -> None:
    for form, found in tables(written("2022-Q2")).items():
        fields = by("Lĩnh vực", found)[0]
        assert fields[0][-1] == "Tạm dừng, thôi thực hiện"
        assert [row[-1] for row in fields if row[1].isdigit()] == ["3", "2"]  # I, II
        (halted,) = (t for t in found if t[0][-1] == "Văn bản, lý do")
        rows = {row[0]: [re.sub(r"<br>|\n", "; ", cell) for cell in row[3:]] for row in halted[1:]}
        assert rows == {
            "I.4": [
                (
                    "thôi thực hiện từ ngày 01/05/2022; hạn 30/06/2022 (quý II năm 2022);"
                    " hạn 30/09/2022 (quý III năm 2022); hạn 31/12/2022 (quý IV năm 2022)"
                ),
                "Quyết định số 2; lý do: Không còn phù hợp",
            ],
            "II.1": [
                "tạm dừng từ ngày 01/06/2022 đến hết ngày 20/06/2022; hạn 29/06/2022",
                "Công văn số 1; lý do: Chờ tỉnh",
            ],
            "II.3": ["tạm dừng từ ngày 02/06/2022", "Công văn số 4; lý do: Chưa có hướng dẫn"],
        }, form


def test_what_is_to_be_done_next_leaves_out_what_stays_stopped(
    written: Callable[..., Path],
) -> None:
    """II.1 is taken up again before its day, I.4 never."""
    for found in tables(written("2022-Q2")).values():
        (upcoming,) = (t for t in found if t[0][3:5] == ["Hạn", "Tình trạng"])
        assert [row[0] for row in upcoming[1:]] == ["II.1"]


def test_without_halted_work_there_is_no_such_list(
    amended: Path, written: Callable[..., Path]
) -> None:
    (amended / "plans" / "mau-2022" / "amendments.yaml").write_text("suspensions: []\n", "utf-8")
    for found in tables(written("2022-Q2")).values():
        assert not any(table[0][-1] == "Văn bản, lý do" for table in found)


def test_what_was_cancelled_the_year_before_is_counted_no_more(
    amended: Path, written: Callable[..., Path]
) -> None:
    """The first quarter's report was late before the decision and is owed still."""
    plan = amended / "plans" / "mau-2022" / "plan.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("period: 2022", "period: 2022-2023", 1), "utf-8"
    )
    for found in tables(written("2023-Q1")).values():
        fields = by("Lĩnh vực", found)[0]
        assert [row[-1] for row in fields if row[1].isdigit()] == [
            "4",
            "1",
        ]  # the quarters of 2023, II.3
        (overdue,) = (t for t in found if t[0][-1] == "Căn cứ tính hạn")
        assert "I.4" in [row[0] for row in overdue]


def test_an_extended_day_stands_beside_the_old_one_and_its_document(
    written: Callable[..., Path],
) -> None:
    """Extended into the next year, it is still reported in its own."""
    day = (
        "31/01/2023 (thay hạn 31/12/2022: gia hạn đến 31/01/2023 theo Công văn số 5 ngày"
        " 03/06/2022)"
    )
    for found in tables(written("2022-Q2")).values():
        cells = [row[-1] for table in found for row in table if "Quyết toán mẫu" in row[1]]
        assert cells == [f"{day}: chưa đến hạn"]
