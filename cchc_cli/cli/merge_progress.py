"""`cchc merge-progress`: git’s merge driver for progress files (`cchc git-setup` installs it)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import complain, write
from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.core.message import msg
from cchc_cli.i18n import _
from cchc_cli.store.files import CannotRun, reason
from cchc_cli.store.output import replace_file
from cchc_cli.syntax.decode_bytes import decode
from cchc_cli.syntax.merge import merge

HELP = _("Join two versions of a progress file; git calls it.")
_BOM = b"\xef\xbb\xbf"


def run(
    base: Annotated[
        Path, typer.Argument(metavar="BASE", help=_("what both sides began with (git: %O)"))
    ],
    ours: Annotated[
        Path, typer.Argument(metavar="OURS", help=_("our version, and where the answer goes (%A)"))
    ],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS", help=_("the other version (%B)"))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("show the result, and write nothing"))
    ] = False,
) -> int:
    """Write the merged text in place of OURS; 1 if it holds a conflict."""
    contents = [_content(path) for path in (base, ours, theirs)]
    texts = []
    for path, content in zip((base, ours, theirs), contents, strict=True):
        source = decode(str(path), content)
        if isinstance(source, Diagnostic):
            complain(source.message, source.hint)
            return 1
        texts.append(source.text)
    merged = merge(*texts)
    if dry_run:
        write(merged.text)
    else:
        mark = _BOM if contents[1].startswith(_BOM) else b""
        replace_file(ours, mark + merged.text.encode())
    if merged.conflict is None:
        return 0
    complain(
        merged.conflict,
        msg("both values stand in the file between “<<<<<<<” and “>>>>>>>”: keep what is right, "
            "delete these lines and run “cchc validate”"),
    )  # fmt: skip
    return 1


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as failure:
        message = msg("“{path}” cannot be read: {reason}", path=str(path), reason=reason(failure))
        raise CannotRun(message) from None
