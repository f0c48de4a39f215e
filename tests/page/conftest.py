"""The offices that pages and overviews are tried on, and plans to be spoilt."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "report" / "office"
Page = Callable[..., str]


@pytest.fixture
def page(tmp_path: Path, cchc: Callable[..., Any]) -> Page:
    """Run `cchc page` on an office, in a process of its own; the HTML."""

    def run(root: Path, as_of: str, *arguments: str) -> str:
        out = tmp_path / "page.html"
        command = ("page", "--root", str(root), "--as-of", as_of, "--out", str(out), *arguments)
        ran = cchc(*command)
        assert (ran.code, ran.out, ran.err) == (0, f"{out}\n", "")
        return out.read_text(encoding="utf-8")

    return run


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """The invented office, in which somebody has proposed texts that a browser would obey."""
    root = tmp_path / "hostile"
    shutil.copytree(SAMPLE / "plans", root / "plans")
    (appendix,) = root.glob("plans/*/appendix.yaml")
    text = appendix.read_text(encoding="utf-8")
    for harmless in ("Tập huấn mẫu (xong muộn)", "Cải cách mẫu", "[Lớp tập huấn]"):
        written = f"['{HOSTILE}']" if harmless.startswith("[") else f"'{HOSTILE}'"
        assert text.count(f" {harmless}\n") == 1
        text = text.replace(f" {harmless}\n", f" {written}\n")
    appendix.write_text(text, encoding="utf-8")
    return root


HOSTILE = """</script></style><img src=x onerror=alert(1)><script>alert(1)</script>{{ 7*7 }}"""


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a plan of 400 tasks."""
    folder = tmp_path_factory.mktemp("many")
    script = ROOT / "tests" / "bench" / "generate.py"
    subprocess.run([sys.executable, str(script), str(folder), "400"], check=True)
    return folder
