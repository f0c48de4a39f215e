"""Write a `plans/` folder with a plan of any size, for measuring.

    python tests/bench/generate.py FOLDER [TASKS]

The rows are shaped like those of the real appendix: seven fields, the real units and groups, about
340 bytes a task, and some hundred different deadlines. Everything in them is invented, and the same
size always gives the same bytes. The office, the units, the events, the reporting duties and the
working calendar are copies of the real ones. `cchc validate` finds no error in it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

PLAN_ID = "thu-nghiem"
REAL = Path(__file__).resolve().parents[2] / "plans"
_REAL_PLAN = REAL / "cchc-2021-2025"

_FIELDS = (
    ("I", "Công tác chỉ đạo điều hành"),
    ("II", "Cải cách thể chế"),
    ("III", "Cải cách thủ tục hành chính"),
    ("IV", "Cải cách tổ chức bộ máy"),
    ("V", "Cải cách chế độ công vụ"),
    ("VI", "Cải cách tài chính công"),
    ("VII", "Xây dựng và phát triển chính quyền điện tử, chính quyền số"),
)
_UNITS = ("VP", "KHTC", "TDC", "TTR", "TTUD")
_CELLS = (  # lead and support
    ("Văn phòng Sở", "Các phòng, đơn vị thuộc Sở"),
    ("Văn phòng Sở", "Các đơn vị được kiểm tra"),
    ("Văn phòng Sở và các phòng, đơn vị thuộc Sở", "Các đơn vị có liên quan"),
    ("Trung tâm Ứng dụng và Dịch vụ KHCN", "Văn phòng Sở"),
    ("Thanh tra Sở", "Các phòng, đơn vị thuộc Sở"),
    ("Văn phòng Sở", "Các phòng, đơn vị có liên quan"),
    ("Văn phòng Sở và các phòng thuộc Sở", "Các đơn vị có liên quan"),
    ("Phòng Kế hoạch - Tài chính, đơn vị thuộc Sở", "Thanh tra Sở, các đơn vị có liên quan"),
    ("Văn phòng Sở, Trung tâm Ứng dụng và Dịch vụ KHCN", "Các đơn vị có liên quan"),
    ("Chi cục Tiêu chuẩn Đo lường Chất lượng", "Các phòng, đơn vị thuộc Sở"),
    ("Phòng Kế hoạch - Tài chính", "Văn phòng Sở, các đơn vị có liên quan"),
)
_PRODUCTS = (
    ("Quyết định của Sở", "Tờ trình"),
    ("Kế hoạch của Sở", "Công văn", "Báo cáo"),
    ("Báo cáo kết quả", "Biên bản"),
    ("Kế hoạch rà soát, đánh giá;", "báo cáo kết quả"),
    ("Văn bản chỉ đạo", "Phụ lục", "Danh mục"),
)
_WORK = ("Rà soát, cập nhật", "Tham mưu ban hành", "Kiểm tra", "Xây dựng", "Triển khai thực hiện")
_OBJECTS = (
    "quy trình nội bộ giải quyết TTHC",
    "kế hoạch tuyên truyền CCHC",
    "danh mục vị trí việc làm",
    "phương án phân bổ kinh phí",
    "cơ sở dữ liệu dùng chung",
    "đề án đổi mới cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính",
)
_EVENT = "Sau khi có hướng dẫn của Bộ, ngành TW"
_COMMON = (  # every second row has one of these, as in the real appendix
    "Hằng năm",
    "Hằng năm",
    "Năm 2022 và các năm tiếp theo",
    "Trước ngày 20/12 năm báo cáo",
    "Quý I năm kế hoạch",
    "Năm 2022",
    "Năm 2021 -2022",
    "Thường xuyên",
    _EVENT,
)


def deadlines() -> tuple[str, ...]:
    """The rarer deadlines, all different."""
    return tuple(dict.fromkeys(_deadlines()))


def _deadlines() -> Iterator[str]:
    for year in range(2022, 2026):
        yield f"Năm {year}"
        yield f"Năm {year} và những năm tiếp theo"
        yield f"6 tháng đầu năm {year}"
        for quarter in ("I", "II", "III", "IV"):
            yield f"Quý {quarter} năm {year}"
            yield f"Quý {quarter}/{year}"
        for month in range(1, 13):
            day = month * 7 % 27 + 1
            yield f"Tháng {month}/{year}"
            yield f"Tháng {month} năm {year}"
            yield f"Trước ngày {day:02}/{month}/{year}"
            yield f"Chậm nhất ngày {day:02}/{month:02}/{year}"
            yield f"Trước ngày {day} tháng {month} năm {year}"
            yield f"Đến hết ngày {day:02}/{month}/{year}"
    for month in range(1, 13):
        for day in range(5, 26, 5):
            yield f"Trước ngày {day:02}/{month} năm báo cáo"


def write_plan(folder: Path, tasks: int) -> Path:
    """Write `folder`/plans with a plan of so many tasks; the path of its appendix."""
    plan = folder / "plans" / PLAN_ID
    plan.mkdir(parents=True)
    for name in ("office.yaml", "units.yaml"):
        shutil.copy(REAL / name, folder / "plans")
    for name in ("events.yaml", "reporting.yaml"):
        shutil.copy(_REAL_PLAN / name, plan)
    shutil.copytree(REAL / "calendar", folder / "plans" / "calendar")
    (plan / "plan.yaml").write_text("\n".join(_head()) + "\n", encoding="utf-8")
    appendix = plan / "appendix.yaml"
    with appendix.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _appendix(tasks))
    return appendix


def write_history(folder: Path, tasks: int, commits: int) -> Path:
    """Such a plan in a repository in which each commit but the first gives a task other words.

    Every fourth is one and the same task (I.6): the path of the appendix.
    """
    appendix = write_plan(folder, tasks)
    lines = appendix.read_text(encoding="utf-8").split("\n")
    places = [place for place, line in enumerate(lines) if line.startswith("        deadline: ")]
    _git(folder, "init", "-q")
    for number in range(commits):
        if number:
            place = places[number * 37 % len(places)] if number % 4 else places[5]
            lines[place] = f"        deadline: Trước ngày {number % 28 + 1}/{number % 12 + 1}/2023"
            appendix.write_text("\n".join(lines), encoding="utf-8", newline="\n")
        _git(folder, "add", "--all")
        _git(folder, "commit", "-q", "-m", f"commit {number}")
    return appendix


def _git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True)


def _head() -> Iterator[str]:
    yield "# Invented, for measuring only."
    yield f"id: {PLAN_ID}"
    yield "period: 2021-2025"
    yield "effective: 2021-10"
    yield "document:"
    yield "  type: KẾ HOẠCH"
    yield "  subject: Thử nghiệm"
    yield "  parts:"
    yield "    - number: IV"
    yield "      title: TỔ CHỨC THỰC HIỆN"
    yield "      sections:"
    for number, unit in enumerate(_UNITS, 1):
        yield f"        - number: {number}"
        yield f"          title: Nhiệm vụ của {unit}"
        yield f"          unit: {unit}"
        yield f"          charge: {{fields: [{', '.join(area for area, _ in _FIELDS)}]}}"


def _appendix(tasks: int) -> Iterator[str]:
    yield "# Invented, for measuring only."
    yield f"plan: {PLAN_ID}"
    yield "heading: PHỤ LỤC"
    yield "fields:"
    rare = deadlines()
    for index, (area, name) in enumerate(_FIELDS):
        yield f"  - id: {area}"
        yield f"    name: {name}"
        share = range(index, tasks, len(_FIELDS))
        yield "    tasks:" if share else "    tasks: []"
        for number, row in enumerate(share, 1):
            yield from _task(area, number, row, rare)


def _task(area: str, number: int, row: int, rare: tuple[str, ...]) -> Iterator[str]:
    lead, support = _CELLS[row % len(_CELLS)]
    place = row // 2
    deadline = rare[place % len(rare)] if row % 2 else _COMMON[place % len(_COMMON)]
    work, subject = _WORK[number % len(_WORK)], _OBJECTS[number % len(_OBJECTS)]
    yield f"      - id: {area}.{number}"
    yield f"        number: {number}"
    yield from _name(f"{work} {subject} số {row + 1}")
    yield f"        products: [{', '.join(_quoted(p) for p in _PRODUCTS[row % len(_PRODUCTS)])}]"
    yield f"        lead: {lead}"
    yield f"        support: {support}"
    yield f"        deadline: {deadline}"
    if deadline == _EVENT:
        yield "        events: [E.IV.2]"


def _name(text: str) -> Iterator[str]:
    """The name on one line if it fits, else folded, as in the real file."""
    if len(text) <= 86:
        yield f"        name: {text}"
        return
    yield "        name: >-"
    yield from textwrap.wrap(text, 90, initial_indent=" " * 10, subsequent_indent=" " * 10)


def _quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text


if __name__ == "__main__":
    write_plan(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
