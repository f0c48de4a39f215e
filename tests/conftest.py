"""What all tests share: the flag that accepts golden files on purpose, and patience."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

# How long one example takes on a busy machine says nothing about the example.
settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write what the program says now as expected"
    )


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether changed golden files are to be written instead of compared."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def as_accepted(accept: bool) -> Callable[[str, Path], None]:
    """Compare a text with the golden file of that path, or accept it as the new one."""

    def compare(text: str, golden: Path) -> None:
        if accept:
            golden.write_text(text, encoding="utf-8")
        assert text == golden.read_text(encoding="utf-8"), "read what differs, then: --accept"

    return compare


class Ran:
    """A finished command."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8", errors="surrogateescape")
        self.err = done.stderr.decode("utf-8", errors="surrogateescape")


def cchc(*arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> Ran:
    """Run the real command line in a process of its own, speaking English unless told otherwise."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("CCHC_", "LANG", "LC_"))}
    clean |= {"CCHC_LANG": "en", "PYTHONUTF8": "1", "COLUMNS": "100"} | (env or {})
    command = [sys.executable, "-m", "cchc_cli", *arguments]
    return Ran(
        subprocess.run(command, cwd=cwd, env=clean, capture_output=True, check=False, timeout=120)
    )


@pytest.fixture(name="cchc", scope="session")
def run_cchc() -> object:
    """The function that runs the real command line."""
    return cchc


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office of `cchc init --demo`, begun once: to be copied, never to be written in."""
    home = tmp_path_factory.mktemp("demo")
    assert cchc("init", "so", "--demo", cwd=home).code == 0
    return home / "so"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A copy of the real plan, to write in."""
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    return tmp_path


Git = Callable[..., str]


def under_git(folder: Path) -> Git:
    """A repository with the plans committed, under an invented name; the function that asks git."""

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(folder), *arguments]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    git("init", "-q", "-b", "main")
    git("config", "user.name", "Văn thư")
    git("config", "user.email", "van.thu@example.org")
    git("add", "plans")
    git("commit", "-qm", "Kế hoạch đã ký")
    return git


@pytest.fixture(name="under_git", scope="session")
def under_git_fixture() -> Callable[[Path], Git]:
    """The function that puts the plans of a folder under git."""
    return under_git
