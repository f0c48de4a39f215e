"""The README's list of codes is the manual's."""

from __future__ import annotations

from pathlib import Path

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
