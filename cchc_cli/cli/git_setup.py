"""`cchc git-setup`: git joins and compares plan files by what they say."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.entries import DryRunOption
from cchc_cli.cli.settings import plan_root
from cchc_cli.core.message import msg
from cchc_cli.i18n import _, say
from cchc_cli.store.drivers import (
    ATTRIBUTES,
    KEYS,
    configure,
    own_command,
    read_attributes,
    settings,
    with_block,
    without_block,
)
from cchc_cli.store.files import CannotRun, repository_of
from cchc_cli.store.output import replace_file

HELP = _("Make git join what two people recorded, and compare plans by what they say.")


def run(
    ctx: typer.Context,
    remove: Annotated[
        bool, typer.Option("--remove", help=_("undo it: git as it was before"))
    ] = False,
    dry_run: DryRunOption = False,
) -> int:
    """Set the drivers in this clone and name them in `.gitattributes`, or take both away."""
    root = plan_root(ctx)
    if repository_of(root) is None:
        raise CannotRun(
            msg("“{folder}” is in no git repository", folder=str(root)),
            msg("begin one with “git init”, or work without git-setup"),
        )
    before = read_attributes(root)
    after = without_block(before or "") if remove else with_block(before or "")
    if dry_run:
        _show(remove, before or "", after)
        return 0
    _set_attributes(root, before, after)
    _configure(root, remove)
    _tell(remove)
    return 0


def set_up(root: Path) -> None:
    """Set the drivers in a new clone, and name them in its `.gitattributes`."""
    before = read_attributes(root)
    _set_attributes(root, before, with_block(before or ""))
    _configure(root, remove=False)


def _show(remove: bool, before: str, after: str) -> None:
    for key in KEYS:
        write(f"git config --unset-all {key}" if remove else f"{key} = {_values()[key]}")
    lines = (before.splitlines(), after.splitlines())
    write("\n".join(difflib.unified_diff(*lines, ATTRIBUTES, ATTRIBUTES, lineterm="")))


def _values() -> dict[str, str]:
    return settings(own_command())


def _set_attributes(root: Path, before: str | None, after: str) -> None:
    if after == (before or ""):
        return
    if after:
        replace_file(root / ATTRIBUTES, after.encode("utf-8", "surrogateescape"))
    else:
        (root / ATTRIBUTES).unlink()


def _configure(root: Path, remove: bool) -> None:
    for key, value in _values().items():
        if remove:  # 5: it was not set
            configure(root, "--unset-all", key, fine=(0, 5))
        else:
            configure(root, "--replace-all", key, value)


def _tell(remove: bool) -> None:
    if remove:
        write(say(msg("git merges and compares as before; commit {file} if it is gone or changed",
                      file=ATTRIBUTES)))  # fmt: skip
        return
    write(say(msg("git now joins progress files, and “git diff” shows what changed in the plans")))
    write(say(msg("commit {file}; every other clone runs “cchc git-setup” once", file=ATTRIBUTES)))
