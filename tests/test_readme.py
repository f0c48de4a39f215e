"""The documents keep up with the program: every code is listed, every command is told of."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- codes -->\n", "<!-- /codes -->"


def listed() -> str:
    rows = ["| code | |", "|---|---|"]
    for page in sorted((ROOT / "cchc_cli" / "manual" / "en").glob("*.md")):
        code, title = (
            page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split(" ", 1)
        )
        rows.append(f"| `{code}` | {title} |")
    return "\n".join(rows) + "\n"


def test_the_readme_lists_every_code(accept: bool) -> None:
    path = ROOT / "README.md"
    before, rest = path.read_text(encoding="utf-8").split(BEGIN)
    now, after = rest.split(END)
    if accept and now != listed():
        path.write_text(before + BEGIN + listed() + END + after, encoding="utf-8")
        return
    assert now == listed(), "accept with: pytest tests/test_readme.py --accept"


@pytest.mark.parametrize("document", ["README.md", "docs/huong-dan.md"])
def test_every_command_is_told_of_to_reviewers_and_to_clerks(cchc: Run, document: str) -> None:
    verbs = re.findall(r"^  ([a-z-]+)  ", cchc("--help").out.split("Commands:")[1], re.MULTILINE)
    text = (ROOT / document).read_text(encoding="utf-8")
    assert "undo-done" in verbs
    assert [verb for verb in verbs if not re.search(rf"\bcchc {verb}\b(?!-)", text)] == []
