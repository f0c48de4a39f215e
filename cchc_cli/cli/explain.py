"""`cchc explain CODE`: the manual of one check, or the list of all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.core.message import msg
from cchc_cli.core.wording import closest
from cchc_cli.i18n import _, language, say

HELP = _("What a code of “cchc validate” means, with a wrong and a right example.")
MANUAL = Path(__file__).parents[1] / "manual"


def run(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help=_("such as CCHC301; all if left out"))
    ] = None,
) -> int:
    """Print a page of the manual, or the title of every page."""
    pages = {page.stem: page for page in sorted((MANUAL / language()).glob("*.md"))}
    if code is None:
        write("\n".join(_title(page) for page in pages.values()))
        return 0
    wanted = code.strip().upper()
    wanted = wanted if wanted.startswith("CCHC") else f"CCHC{wanted}"
    if wanted not in pages:
        near = ", ".join(closest(wanted, pages))
        message = msg("there is no code “{code}”; did you mean: {known}?", code=code, known=near)
        raise typer.BadParameter(say(message), param_hint="CODE")
    write(page_of(wanted))
    return 0


def page_of(code: str) -> str:
    """The manual of a code."""
    return (MANUAL / language() / f"{code}.md").read_text(encoding="utf-8")


def _title(page: Path) -> str:
    """The first line of a page, without its "# "."""
    with page.open(encoding="utf-8") as file:
        return file.readline().removeprefix("# ").rstrip()
