"""A year in the life of the plan: every kind of fact is recorded on its own day, and reports keep.

The plan is the real one; people, documents and what they decide are invented. Each command runs in
a process of its own on the day of the story.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

PLAN = Path("plans") / "cchc-2021-2025"
ON_A_DAY = str(Path(__file__).parents[1] / "on_a_day.py")
DOCUMENT = ("--authority", "Quyết định số 12/QĐ-SKHCN", "--reason", "Theo chỉ đạo của tỉnh")

SUBJECTS = """\
Kế hoạch đã ký
tiến độ: I.3 (VP, 2021-Q4)
gia hạn: I.2 (2022) đến 31/05/2022
sự kiện: E.IV.2 ngày 08/02/2022
tiến độ: KHTC 2022-Q1
tiến độ: I.2 (VP, 2022)
tiến độ: I.2 (VP, 2022)
tạm dừng: II.1
đơn vị: TTR → VP từ ngày 01/07/2022
chuyển đơn vị thực hiện: IV.3 từ TTUD sang VP
tiến độ: II.5 (VP, 2022)
tiến độ: IV.3 (VP, 2021-2022)
tiến độ: IV.3 (VP, 2021-2022)
điều chỉnh: I.4
bổ sung: II.7
thôi thực hiện: VII.2 (2022)
tiến độ: II.7 (VP, 2022-12-15)
thực hiện trở lại: VII.2 (2022)
đơn vị: TTUD → TTCDS từ ngày 09/01/2023
"""


class Diary:
    """What the office does, day by day, and the reports it has sent."""

    def __init__(self, office: Path, under_git: Callable[[Path], Callable[..., str]]) -> None:
        self.office = office
        self.sent: dict[tuple[str, ...], dict[str, bytes]] = {}
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("CCHC_", "LC_"))}
        self.env |= {"PYTHONUTF8": "1", "CCHC_CONFIG": str(office / "config.toml")}
        self.git = under_git(office)

    def run(self, day: str, *arguments: str) -> str:
        """The answer of a command on that day; it must not fail."""
        command = [sys.executable, ON_A_DAY, day, *arguments]
        done = subprocess.run(
            command, cwd=self.office, env=self.env, capture_output=True, check=False
        )
        said = done.stdout.decode()
        assert done.returncode == 0, (arguments, said, done.stderr.decode())
        return said

    def record(self, day: str, *arguments: str) -> str:
        """Record a fact with a commit of its own; whatever was sent must read as it did."""
        said = self.run(day, *arguments, "--commit")
        self.run(day, "validate", "--strict")
        for report, files in self.sent.items():
            assert self.written(day, report) == files, (arguments, "changed", report)
        return said

    def send(self, day: str, *report: str) -> None:
        """Write the report of a period on that day, and keep it."""
        self.sent[report] = self.written(day, report)

    def written(self, day: str, report: tuple[str, ...]) -> dict[str, bytes]:
        folder = self.office / "reports"
        said = self.run(day, "report", *report, "--out", str(folder))
        paths = [Path(line) for line in said.splitlines()]
        return {path.name: path.read_bytes() for path in paths}

    def status(self, day: str, task: str, period: str, as_of: str) -> set[tuple[str, str]]:
        """Each lead with its status."""
        said = self.run(day, "due", "--all", "--as-of", as_of, "--format", "json")
        return {
            (i["unit"], i["status"])
            for i in json.loads(said)["items"]
            if (i["task"], i["period"]) == (task, period)
        }


@pytest.fixture
def diary(office: Path, under_git: Callable[[Path], Callable[..., str]]) -> Diary:
    return Diary(office, under_git)


def fill(path: Path, task: str, period: str, **cells: str) -> None:
    """What somebody writes into a row of a form."""
    book = openpyxl.load_workbook(path)
    sheet = book["Biểu nhập"]
    (row,) = (
        row for row in range(7, sheet.max_row + 1)
        if (sheet[f"A{row}"].value, sheet[f"B{row}"].value) == (task, period)
    )  # fmt: skip
    for column, text in cells.items():
        sheet[f"{column}{row}"].value = text
    book.save(path)


def entries(said: str) -> dict[str, Any]:
    """The UIDs of a calendar file with their states."""
    blocks = said.replace("\r\n ", "").split("BEGIN:VTODO")[1:]
    return {block.split("UID:")[1].split()[0]: block for block in blocks}


def test_a_year_in_the_life_of_the_plan(diary: Diary) -> None:
    office = diary.office
    diary.run("2022-01-04", "config", "unit", "VP")

    # The first quarter: a task is entered as done, another one is granted more time.
    (office / "van-ban").mkdir()
    (office / "van-ban" / "qd-150.pdf").write_bytes(b"%PDF-1.4 (invented)")
    diary.record("2022-01-05", "done", "I.3", "--on", "2021-12-30", "--doc",
                 "Quyết định số 150", "--file", "van-ban/qd-150.pdf", "--checksum")  # fmt: skip
    diary.record("2022-01-10", "extend", "I.2", "--period", "2022", "--to", "2022-05-31",
                 *DOCUMENT)  # fmt: skip
    diary.record("2022-02-10", "event", "record", "E.IV.2", "--on", "2022-02-08", "--doc",
                 "Thông tư số 3/2022/TT-BNV")  # fmt: skip
    form = office / "KHTC.xlsx"
    diary.run("2022-03-01", "form", "--unit", "KHTC", "--period", "2022-Q1", "--out", str(form))
    fill(form, "VI.1", "2022", H="Đang thực hiện", M="Đã lập dự toán")
    diary.record("2022-03-08", "collect", str(form))
    diary.send("2022-03-14", "--period", "2022-Q1")
    diary.send("2022-03-14", "--period", "2022-Q1", "--unit", "KHTC")

    # The second: what was finished in time but entered late was never late.
    diary.record("2022-04-12", "start", "I.2", "--period", "2022")
    assert diary.status("2022-06-02", "I.2", "2022", "2022-06-01") == {("VP", "overdue")}
    diary.record("2022-06-02", "done", "I.2", "--period", "2022", "--on", "2022-05-20", "--doc",
                 "Báo cáo số 9/BC-SKHCN")  # fmt: skip
    assert diary.status("2022-06-02", "I.2", "2022", "2022-06-01") == {("VP", "done_on_time")}
    letters = diary.run("2022-06-03", "remind", "--within", "30", "--out", "don-doc")
    assert {Path(line).suffix for line in letters.splitlines()} == {".md", ".docx"}
    diary.record("2022-06-10", "suspend", "II.1", "--until", "2022-09-30", *DOCUMENT)
    diary.send("2022-06-14", "--period", "2022-H1")

    # The third: the inspectorate is merged into Văn phòng Sở, and work changes hands.
    before = diary.status("2022-06-30", "II.5", "2022", "2022-06-30")
    diary.record("2022-07-01", "unit", "merge", "TTR", "--into", "VP", "--on", "2022-07-01",
                 *DOCUMENT)  # fmt: skip
    assert before == {("TTR", "not_due")}
    assert diary.status("2022-07-01", "II.5", "2022", "2022-06-30") == before
    assert diary.status("2022-07-01", "II.5", "2022", "2022-07-01") == {("VP", "not_due")}
    diary.record("2022-08-01", "transfer", "IV.3", "--from", "TTUD", "--to", "VP", *DOCUMENT)
    diary.record("2022-08-15", "note", "II.5", "--difficulty", "Thiếu cán bộ thanh tra",
                 "--period", "2022")  # fmt: skip
    diary.send("2022-09-14", "--period", "2022-Q3")

    # The fourth: a mistake is taken back, the plan itself is amended.
    diary.record("2022-10-03", "done", "IV.3", "--on", "2022-09-30")
    diary.record("2022-10-05", "undo-done", "IV.3", "--reason", "Ghi nhầm nhiệm vụ")
    diary.record("2022-10-10", "reword", "I.4", "--deadline", "Quý II năm kế hoạch", *DOCUMENT)
    diary.record("2022-11-01", "add", "II.7", "--name", "Rà soát văn bản", "--lead",
                 "Văn phòng Sở", "--product", "Báo cáo", "--deadline", "Trước ngày 15/12/2022",
                 *DOCUMENT)  # fmt: skip
    diary.record("2022-11-10", "cancel", "VII.2", "--period", "2022", *DOCUMENT)
    calendar = entries(diary.run("2022-11-20", "calendar"))
    diary.record("2022-12-09", "done", "II.7", "--doc", "Báo cáo số 30/BC-SKHCN")
    again = entries(diary.run("2022-12-10", "calendar"))
    assert calendar.keys() <= again.keys(), "subscribers see no occurrence twice"
    diary.send("2022-12-14", "--period", "2022")
    diary.send("2022-12-14", "--period", "2022", "--unit", "VP")

    # What is told in the year after changes nothing that was sent.
    diary.record("2023-01-05", "resume", "VII.2", "--period", "2022", *DOCUMENT)
    diary.record("2023-01-09", "unit", "rename", "TTUD", "TTCDS", "--name",
                 "Trung tâm Chuyển đổi số", "--on", "2023-01-09", *DOCUMENT)  # fmt: skip
    assert diary.status("2023-01-09", "V.2", "2022", "2022-12-14") == {("TTUD", "not_due")}
    assert diary.status("2023-01-09", "V.2", "2022", "2023-01-09") == {("TTCDS", "overdue")}
    subjects = diary.git("log", "--reverse", "--format=%s").splitlines()
    assert subjects == SUBJECTS.splitlines()
    left = diary.git("status", "--porcelain", "--", "plans", ":!plans/.cchc.lock")
    assert not left, "every fact was committed"
