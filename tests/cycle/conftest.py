"""The invented office of `cchc init --demo`, whose clerk works on the days of a story."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ON_A_DAY = """
import datetime, sys, time_machine
day = datetime.datetime.fromisoformat(sys.argv.pop(1) + "T09:00:00+07:00")
time_machine.travel(day, tick=True).start()
from cchc_cli.__main__ import run
run()
"""


class Office:
    """The folder of the office, and the commands given in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.plan = root / "plans" / "vi-du-2025-2026"

    def on(self, day: str, *arguments: str, code: int = 0) -> str:
        """What a command says on that day, on both channels; it must end with that code."""
        env = {k: v for k, v in os.environ.items() if not k.startswith(("CCHC_", "LANG", "LC_"))}
        env |= {"PYTHONUTF8": "1", "CCHC_CONFIG": str(self.root / "config.toml")}
        command = [sys.executable, "-c", ON_A_DAY, day, *arguments]
        done = subprocess.run(command, cwd=self.root, env=env, capture_output=True, check=False)
        said = done.stdout.decode() + done.stderr.decode()
        assert done.returncode == code, (arguments, said)
        return said

    def text(self, name: str) -> str:
        """A file of the plan."""
        return (self.plan / name).read_text(encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path, cchc: Callable[..., Any]) -> Office:
    """The demo office, begun anew."""
    assert cchc("init", "so", "--demo", cwd=tmp_path).code == 0
    return Office(tmp_path / "so")
