"""A real repository with a story: what an office did with its plan, commit by commit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

ROOT = Path(__file__).parents[2]
PLAN = "plans/cchc-2021-2025"
APPENDIX = f"{PLAN}/appendix.yaml"
PROGRESS = f"{PLAN}/progress/VP.yaml"
Run = Callable[..., "Ran"]


class Ran(Protocol):
    """A finished command."""

    code: int
    out: str
    err: str


DONE = """\
unit: VP
progress:
  - task: I.3
    period: 2021-Q4
    state: done
    completed_on: 2021-12-20
    recorded_on: 2021-12-21
    evidence:
      - {document: Quyết định số 1, date: 2021-12-20}
"""
TAKEN_BACK = (
    "  - {task: I.3, period: 2021-Q4, state: reopened, recorded_on: 2022-01-05, reason: Sai}\n"
)
I_4 = "deadline: Quý I năm kế hoạch\n      - id: I.5"
MOVED = """\
      - id: II.4
        number: 4
        name: Xây dựng Kế hoạch tuyên tuyền CCHC hàng năm
        products: [Quyết định của Sở]
        lead: Văn phòng Sở
        support: Các phòng, đơn vị thuộc Sở
        deadline: Quý II năm kế hoạch
"""


class Repo:
    """A repository whose commits each have a day and an author."""

    def __init__(self, root: Path, cchc: Run) -> None:
        self.root, self.commits = root, dict[str, str]()
        self._cchc = cchc
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, who: str = "Lan", day: str = "2022-01-01") -> str:
        env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        env |= {
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": who,
            "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "C",
            "GIT_COMMITTER_EMAIL": "c@example.org", "GIT_AUTHOR_DATE": f"{day}T12:00:00+0700",
            "GIT_COMMITTER_DATE": f"{day}T12:00:00+0700",
        }  # fmt: skip
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=env, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def commit(self, name: str, day: str, who: str = "Lan") -> None:
        self.git("add", "--all")
        self.git("commit", "-q", "-m", name, who=who, day=day)
        self.commits[self.git("rev-parse", "HEAD")] = name

    def edit(self, old: str, new: str, path: str = APPENDIX) -> None:
        text = (self.root / path).read_text("utf-8")
        assert text.count(old) == 1, (old, text.count(old))
        (self.root / path).write_text(text.replace(old, new), "utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def cchc(self, *arguments: str) -> Ran:
        return self._cchc(*arguments, cwd=self.root)


def cut(repo: Repo, start: str, end: str) -> None:
    """Take the text from `start` to before `end` out of the appendix."""
    text = (repo.root / APPENDIX).read_text("utf-8")
    first = text.index(start)
    repo.write(APPENDIX, text[:first] + text[text.index(end, first) :])


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory, cchc: Run) -> Repo:
    """The story, which no test may add to."""
    root = tmp_path_factory.mktemp("story")
    shutil.copytree(ROOT / "plans", root / "plans")
    repo = Repo(root, cchc)
    repo.commit("first", "2021-11-01")
    repo.edit(I_4, I_4.replace("Quý I năm", "Quý II năm"))
    repo.commit("deadline reworded", "2021-12-01", "Minh")
    repo.write(PROGRESS, DONE)
    repo.commit("recorded", "2021-12-21")
    text = (root / APPENDIX).read_text("utf-8")
    text = text.replace(
        "products: [Quyết định của Sở]", "products:\n          - 'Quyết định của Sở'"
    )
    repo.write(APPENDIX, "# đã sắp xếp lại\n" + text)
    repo.commit("reformatted", "2022-01-02", "Minh")
    repo.write(PROGRESS, DONE + TAKEN_BACK)
    repo.commit("taken back", "2022-01-05")
    cut(repo, "      - id: I.4\n", "      - id: I.5\n")
    repo.edit("      - id: II.5\n", MOVED + "      - id: II.5\n")
    repo.commit("moved", "2022-02-01", "Minh")
    repo.edit("    name: Thanh tra Sở\n    aliases: [Thanh tra]\n",
              "    name: Thanh tra Sở\n    aliases: [Thanh tra]\n    valid_until: 2022-02-28\n"
              "    successor: PTT\n    authority: Quyết định số 9\n    reason: Sắp xếp\n"
              "  - {id: PTT, name: Phòng Thanh tra, valid_from: 2022-03-01}\n",
              "plans/units.yaml")  # fmt: skip
    repo.commit("unit renamed", "2022-03-01")
    repo.write(f"{PLAN}/progress/PTT.yaml",
               "unit: PTT\nprogress:\n  - {task: I.1, period: 2022, state: in_progress, "
               "recorded_on: 2022-03-05}\n")  # fmt: skip
    repo.commit("by the new unit", "2022-03-05", "Hoa")
    return repo


@pytest.fixture
def repo(told: Repo, tmp_path: Path, cchc: Run) -> Repo:
    """A copy of the story that a test may go on with."""
    shutil.copytree(told.root, tmp_path / "office")
    copy = Repo(tmp_path / "office", cchc)
    copy.commits |= told.commits
    return copy
