"""Writing finished files, whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path

from cchc_cli.core.message import msg
from cchc_cli.store.files import CannotRun, reason

# Ids joined by "-": nothing in it can climb to another folder or hide a file.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def write_file(folder: Path, name: str, content: bytes) -> Path:
    """Write `content` as `folder`/`name`, a name made of ids, as `replace_file` does."""
    if not _NAME.fullmatch(name):
        raise CannotRun(
            msg("“{name}” is no name for a file", name=name),
            msg("plan and unit ids may hold letters, digits, “.”, “_” and “-” only"),
        )
    return replace_file(folder / name, content)


def replace_file(target: Path, content: bytes) -> Path:
    """Write `content` to `target`, whole or not at all; the path written.

    The file is written under a passing name and then put in place, which replaces a link of that
    name instead of following it.
    """
    if target.name in ("", ".."):
        raise CannotRun(
            msg("“{name}” is no name for a file", name=str(target)), msg("name a file with --out")
        )
    passing = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with passing.open("xb") as file:
                file.write(content)
            passing.replace(target)  # after closing: Windows does not rename an open file
        except BaseException:
            passing.unlink(missing_ok=True)
            raise
    except OSError as failure:
        message = msg("“{path}” cannot be written: {reason}", path=str(target),
                      reason=reason(failure))  # fmt: skip
        raise CannotRun(message, msg("name another folder with --out")) from None
    return target


def free_name(folder: Path, stem: str) -> Path:
    """A name in the folder that nothing bears: nothing is overwritten."""
    path, count = folder / f"{stem}.md", 2
    while path.exists():
        path, count = folder / f"{stem}-{count}.md", count + 1
    return path
