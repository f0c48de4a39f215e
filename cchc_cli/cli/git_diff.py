"""`cchc git-diff`: git’s external diff for plan files (`cchc git-setup` installs it)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.console import on_terminal, write
from cchc_cli.cli.settings import today
from cchc_cli.core.diagnostics import Diagnostic, has_errors
from cchc_cli.core.diff.compare import compare
from cchc_cli.core.message import msg
from cchc_cli.core.source import SourceFile
from cchc_cli.i18n import _, say
from cchc_cli.render.changes import Compared
from cchc_cli.render.changes import text as render_text
from cchc_cli.render.line_diff import difference
from cchc_cli.render.width import one_line
from cchc_cli.store.files import CannotRun, read_plans, reason
from cchc_cli.store.git import commit_that_brought, read_revision
from cchc_cli.syntax.decode_bytes import decode
from cchc_cli.syntax.load import load

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
    words: Annotated[
        bool, typer.Option("--words", help=_("first in words, where the file is as it is now"))
    ] = False,
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
    before, after = texts
    said = in_words(given[0], before, after, _blobs(given)) if words else ""
    write("\n\n".join(filter(None, [said, difference(given[0], before, after)])))
    return 0


class _Blobs(NamedTuple):
    """Git's names for the two versions; whether the later one is the file in the work tree."""

    old: str
    new: str
    is_now: bool


def _blobs(given: list[str]) -> _Blobs:
    gone = given[4] in _NO_FILE and not Path(given[0]).exists()
    return _Blobs(given[2], given[5], is_now=given[4] == given[0] or gone)


def in_words(path: str, before: str | None, after: str | None, blobs: _Blobs) -> str:
    """What the change of one file means while all others are as they are beside the later version.

    That is in the work tree, or in the commit that brought this version. "" where it cannot be
    told: the file or one of the others has errors, no commit is known, or nothing that the plans
    say has changed. `path` is as git names it, from the top of the repository.
    """
    above, found, below = f"/{path}".rpartition("/plans/")
    root = Path(above.lstrip("/") or ".")
    if not found or not (root / "plans").is_dir():
        return ""
    name = f"plans/{below}"
    if blobs.is_now:
        (sources, problems), later = read_plans(root), say(msg("working tree"))
    else:
        commit = commit_that_brought(root, blobs.new if after is not None else blobs.old, name)
        if commit is None:
            return ""
        sources, problems, *_rest = read_revision(root, commit)
        later = blobs.new[:7]
    others = [source for source in sources if source.path != name]
    states = [
        load([*others, *([] if text is None else [SourceFile(name, text)])], list(problems))
        for text in (before, after)
    ]
    if any(has_errors(state.diagnostics) for state in states):
        return ""
    changes = compare(states[0].workspace, states[1].workspace, today())
    compared = Compared(blobs.old[:7], later, today())
    return "\n".join(render_text(changes, compared)) if changes else ""


def _text(path: str, file: str) -> str | Diagnostic | None:
    if file in _NO_FILE:
        return None
    try:
        found = decode(path, Path(file).read_bytes())
    except OSError as failure:
        message = msg("“{path}” cannot be read: {reason}", path=file, reason=reason(failure))
        raise CannotRun(message) from None
    return found if isinstance(found, Diagnostic) else found.text
