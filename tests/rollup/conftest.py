"""An invented province: eight offices as a department of home affairs meets them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
AS_OF = "2022-09-30"

_UNITS = """\
units:
  - {id: VP, name: Văn phòng}
  - {id: TTR, name: Thanh tra}
"""
_PLAN = """\
id: cchc
period: 2022-2023
effective: 2022-01-01
document: {type: KẾ HOẠCH, subject: Cải cách hành chính (ví dụ)}
"""
_APPENDIX = """\
plan: cchc
fields:
  - id: I
    name: %s
    tasks:
      - {id: I.1, number: 1, name: Ban hành kế hoạch năm, lead: Văn phòng, deadline: Tháng 3/2022}
      - {id: I.2, number: 2, name: Kiểm tra, lead: "%s", support: Văn phòng, deadline: Hằng quý}
  - id: II
    name: Cải cách thể chế
    tasks:
      - {id: II.1, number: 1, name: Rà soát văn bản, lead: "Văn phòng, Thanh tra",
         deadline: Tháng 8/2022}
"""
_REPORTING = """\
duties:
  - id: BC.quy
    name: Báo cáo quý
    lead: Văn phòng, Thanh tra
    window: từ ngày 15 của tháng trước kỳ báo cáo đến ngày 14 của tháng cuối quý thuộc kỳ báo cáo
    deadline: chậm nhất ngày 20 của tháng cuối quý
"""
_KEPT = """\
  - {task: I.1, state: done, period: 2022-03, completed_on: 2022-03-10, recorded_on: 2022-03-11,
     evidence: [{document: Quyết định số 5 (ví dụ)}]}
"""
_REPORTED = (
    "  - {task: BC.quy, period: 2022-Q1, state: done, completed_on: 2022-03-18, recorded_on: "
    "2022-03-18}\n"
)
_REPORTED_LATE = (
    "  - {task: BC.quy, period: 2022-Q2, state: done, completed_on: 2022-06-29, recorded_on: "
    "2022-06-29}\n"
)
_CHECKED = (
    "  - {task: I.2, period: 2022-Q1, state: done, completed_on: 2022-04-02, recorded_on: "
    "2022-04-02}\n"
)


def write_office(folder: Path, agency: str, *, area: str = "Chỉ đạo điều hành",
                 lead: str = "Thanh tra", **progress: str) -> Path:  # fmt: skip
    """The plans of an invented office; `progress` are entries by unit."""
    plan = folder / "plans" / "cchc"
    (plan / "progress").mkdir(parents=True)
    shutil.copytree(ROOT / "plans" / "calendar", folder / "plans" / "calendar")
    files = {
        "office.yaml": f"agency: {agency} (ví dụ)\nparent: UBND tỉnh ví dụ\n",
        "units.yaml": _UNITS,
        "cchc/plan.yaml": _PLAN,
        "cchc/appendix.yaml": _APPENDIX % (area, lead),
        "cchc/reporting.yaml": _REPORTING,
    }
    for name, text in files.items():
        (folder / "plans" / name).write_text(text, "utf-8")
    for unit, entries in progress.items():
        record(folder, unit, entries)
    return folder


def record(folder: Path, unit: str, entries: str) -> None:
    """Write what a unit has recorded."""
    path = folder / "plans" / "cchc" / "progress" / f"{unit}.yaml"
    path.write_text(f"unit: {unit}\nprogress:\n{entries}", "utf-8")


def git(folder: Path, *arguments: str) -> str:
    """Git under an invented name, always on the same day, so that commits have the same ids."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    day = "2022-04-01T08:00:00+0700"
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Lan",
            "GIT_AUTHOR_EMAIL": "lan@example.org", "GIT_COMMITTER_NAME": "Lan",
            "GIT_COMMITTER_EMAIL": "lan@example.org", "GIT_AUTHOR_DATE": day,
            "GIT_COMMITTER_DATE": day}  # fmt: skip
    done = subprocess.run(["git", *arguments], cwd=folder, env=env, capture_output=True, check=True)
    return done.stdout.decode().strip()


def under_git(folder: Path) -> None:
    """Commit an office for the first time."""
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "first")


def commit(folder: Path, message: str) -> None:
    """Commit all that has been changed."""
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", message)


def write_province(folder: Path) -> Path:
    """Eight offices, a link to one of them, and a folder that is no office."""
    write_office(folder / "1-so-noi-vu", "Sở Nội vụ", VP=_KEPT + _REPORTED, TTR=_REPORTED)
    finance = write_office(folder / "2-so-tai-chinh", "Sở Tài chính")
    under_git(finance)
    git(finance, "tag", "quy-1")
    record(finance, "VP", _KEPT)
    commit(finance, "recorded")
    record(finance, "TTR", _CHECKED)  # not committed
    health = write_office(folder / "so-y-te", "Sở Y tế", area="CHỈ ĐẠO  ĐIỀU HÀNH", VP=_KEPT)
    under_git(health)
    git(folder, "clone", "-q", "--bare", str(health), str(folder / "3-so-y-te.git"))
    shutil.rmtree(health)
    write_office(folder / "4-so-giao-duc", "Sở Giáo dục", area="Chuyển đổi số",
                 VP=_REPORTED + _REPORTED_LATE, TTR=_CHECKED + _REPORTED)  # fmt: skip
    broken = write_office(folder / "5-so-xay-dung", "Sở Xây dựng")
    (broken / "plans" / "cchc" / "appendix.yaml").write_text("plan: cchc\nfields: [\n", "utf-8")
    hostile = write_office(folder / "6-so-gia-mao", "Sở Giả mạo")
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (hostile / "plans" / "units.yaml").write_text(bomb, "utf-8")
    write_office(folder / "7-so-tu-phap", "Sở Tư pháp", lead="Ban chưa ai biết", VP=_KEPT)
    commune = write_office(folder / "8-xa-binh-an", "UBND xã Bình An")
    plan = commune / "plans" / "cchc" / "plan.yaml"
    plan.write_text(_PLAN.replace("2022-2023", "2023-2024").replace("2022-01-01", "2023-01-01"),
                    "utf-8")  # fmt: skip
    (folder / "9-so-noi-vu-cu").symlink_to(folder / "1-so-noi-vu")
    (folder / "tai-lieu").mkdir()
    return folder


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder above “tinh”, which holds the province; no test may change it."""
    folder = tmp_path_factory.mktemp("province")
    (folder / "tinh").mkdir()
    write_province(folder / "tinh")
    return folder


class Ran(NamedTuple):
    """A finished command."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]
