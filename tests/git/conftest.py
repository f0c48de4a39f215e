"""A real repository that holds the real plan, and people who record in it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Git = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(name="git")
def git_fixture(office: Path) -> Git:
    """Git in the office’s repository, with nothing of the person who runs the tests."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "CCHC_"))}
    clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "CCHC_LANG": "en"}
    clean |= {"PYTHONUTF8": "1", "LC_ALL": "C"}

    def git(*arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["git", *arguments], cwd=office, env=clean, capture_output=True, check=False,
            encoding="utf-8", timeout=120,
        )  # fmt: skip
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done

    git("init", "-q", "-b", "main")
    git("config", "user.name", "Cán bộ")
    git("config", "user.email", "can-bo@example.vn")
    git("add", ".")
    git("commit", "-q", "-m", "Kế hoạch")
    return git
