"""The invented office of `cchc init --demo`, whose clerk works on the days of a story."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ON_A_DAY = str(Path(__file__).parents[1] / "on_a_day.py")


class Office:
    """The folder of the office, and the commands given in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.plan = root / "plans" / "vi-du-2025-2026"

    def on(self, day: str, *arguments: str, code: int = 0) -> str:
        """What a command says on that day, on both channels; it must end with that code."""
        env = {k: v for k, v in os.environ.items() if not k.startswith(("CCHC_", "LANG", "LC_"))}
        env |= {"PYTHONUTF8": "1", "CCHC_CONFIG": str(self.root / "config.toml")}
        command = [sys.executable, ON_A_DAY, day, *arguments]
        done = subprocess.run(command, cwd=self.root, env=env, capture_output=True, check=False)
        said = done.stdout.decode() + done.stderr.decode()
        assert done.returncode == code, (arguments, said)
        return said

    def text(self, name: str) -> str:
        """A file of the plan."""
        return (self.plan / name).read_text(encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path, demo: Path) -> Office:
    """The demo office as it begins."""
    return Office(shutil.copytree(demo, tmp_path / "so"))
