"""`cchc git-diff`: git’s external diff for plan files (`cchc git-setup` installs it)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import on_terminal, write
from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.core.message import msg
from cchc_cli.i18n import _, say
from cchc_cli.render.line_diff import difference
from cchc_cli.render.width import one_line
from cchc_cli.store.files import CannotRun, reason
from cchc_cli.syntax.decode_bytes import decode

HELP = _("Show what changed in a plan file; git calls it.")
_NO_FILE = ("/dev/null", "nul", "NUL")  # what git names where there is none


def run(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE",
            help=_("as git calls an external diff"),
        ),
    ],
) -> int:
    """Print the difference; never 1, at which git would stop."""
    if not on_terminal():  # git passes on bytes, and those of its own differences are UTF-8
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream here
    if len(given) == 1:  # a path in conflict
        write(say(msg("{path} is in conflict", path=one_line(given[0]))))
        return 0
    if len(given) not in (7, 9):  # 9: renamed
        message = msg("git names seven things, and there are {count}", count=len(given))
        raise typer.BadParameter(say(message), param_hint="PATH …")
    texts = []
    for file in (given[1], given[4]):
        text = _text(given[0], file)
        if isinstance(text, Diagnostic):
            write(f"{one_line(given[0])}: {say(text.message)}")
            return 0
        texts.append(text)
    write(difference(given[0], *texts))
    return 0


def _text(path: str, file: str) -> str | Diagnostic | None:
    if file in _NO_FILE:
        return None
    try:
        found = decode(path, Path(file).read_bytes())
    except OSError as failure:
        message = msg("“{path}” cannot be read: {reason}", path=file, reason=reason(failure))
        raise CannotRun(message) from None
    return found if isinstance(found, Diagnostic) else found.text
