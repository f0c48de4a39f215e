"""Letters and calendars are tried on the offices of the reports: the real and the invented one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
OFFICES = {"real": ROOT, "sample": ROOT / "tests" / "report" / "office"}


@pytest.fixture
def write(tmp_path: Path, cchc: Callable[..., Any]) -> Callable[..., dict[str, bytes]]:
    """Run `cchc remind` in a process of its own; the files it wrote, by name."""

    def run(office: str | Path, *arguments: str, folder: str = "out") -> dict[str, bytes]:
        out = tmp_path / folder
        root = OFFICES[office] if isinstance(office, str) else office
        ran = cchc("remind", "--out", str(out), *arguments, cwd=root)
        assert ran.code == 0, ran.err
        found = {Path(line).name: Path(line).read_bytes() for line in ran.out.splitlines()}
        assert sorted(found) == sorted(path.name for path in out.iterdir())
        return found

    return run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the invented office, to be changed."""
    root = tmp_path / "copy"
    shutil.copytree(OFFICES["sample"] / "plans", root / "plans")
    return root


@pytest.fixture
def change(copy: Path) -> Callable[[str, str], None]:
    """Replace a text of the task table that stands there once."""

    def replace(old: str, new: str) -> None:
        path = copy / "plans" / "mau-2022" / "appendix.yaml"
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")

    return replace
