"""A folder to begin in, a git that knows who commits, and a terminal with somebody at it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

UNITS = """\
# Các phòng, đơn vị của Sở
VP: Văn phòng Sở

KHTC : Phòng Kế hoạch - Tài chính
"""
OFFICE = ("--agency", "Sở Nội vụ tỉnh Ví dụ", "--years", "2026-2027", "--units", "don-vi.txt")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a list of units, and settings of git that no machine has."""
    (tmp_path / "don-vi.txt").write_text(UNITS, encoding="utf-8")
    (tmp_path / "gitconfig").write_text("[user]\nname = Văn phòng\nemail = vp@example.vn\n")
    return tmp_path


@pytest.fixture
def clerk(here: Path, cchc: Run) -> Run:
    """The command line in that folder, or in one below it."""

    def run(*arguments: str, inside: str = "", **env: str) -> Any:  # noqa: ANN401
        return cchc(*arguments, cwd=here / inside, env=surroundings(here) | env)

    return run


def surroundings(here: Path) -> dict[str, str]:
    return {
        "GIT_CONFIG_GLOBAL": str(here / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "CCHC_CONFIG": str(here / "config.toml"),
    }


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


def at_a_terminal(here: Path, arguments: list[str], answers: list[str]) -> tuple[int, str]:
    """Type answers, each once its question stands there; exit code and screen."""
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    ours, theirs = pty.openpty()
    env = os.environ | surroundings(here) | {"CCHC_LANG": "vi", "PYTHONUTF8": "1"}
    clerk = subprocess.Popen(
        [sys.executable, "-m", "cchc_cli", *arguments], cwd=here, env=env | {"COLUMNS": "200"},
        stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    screen = b""
    for answer in answers:
        while not screen.endswith(b": "):
            screen += os.read(ours, 4096)
        os.write(ours, f"{answer}\n".encode())
        screen += b"|"
    try:
        while piece := os.read(ours, 4096):
            screen += piece
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    return clerk.wait(timeout=60), screen.decode("utf-8", "replace").replace("\r\n", "\n")
