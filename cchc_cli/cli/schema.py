"""`cchc schema`: what an editor needs to check and complete plan files while they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import write, writes_unicode
from cchc_cli.cli.settings import one_of, plan_root
from cchc_cli.i18n import _, say
from cchc_cli.render.data import as_json
from cchc_cli.store.output import write_file
from cchc_cli.syntax.schema import FILES, FOLDER, schema_of

HELP = _("Write JSON Schemas of the plan files, for editors such as VS Code.")


def run(
    ctx: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(metavar="KIND", help=_("print one of them instead: ") + ", ".join(FILES)),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help=_("the folder to write to (default: beside the plans)")),
    ] = None,
) -> int:
    """Write every schema and print the paths, or print one."""
    if kind is not None:
        one_of(kind, tuple(FILES), "KIND")
        write(as_json(schema_of(kind, say), unicode=writes_unicode()))
        return 0
    folder = out or plan_root(ctx) / "plans" / FOLDER
    for name in FILES:
        write(str(write_file(folder, f"{name}.json", content(name))))
    return 0


def content(name: str) -> bytes:
    """The file of a schema."""
    return f"{as_json(schema_of(name, say), unicode=True)}\n".encode()
