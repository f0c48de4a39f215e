"""Git, as far as the command line needs to ask it or to begin with it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

# Git shall not make up a name and an address from those of the account and the machine.
_NO_GUESS = ("-c", "user.useConfigOnly=true")


class Said(NamedTuple):
    """What git answered, and its exit code."""

    code: int
    text: str


def git(folder: Path, *arguments: str) -> Said | None:
    """Run git in a folder; None where there is no git."""
    try:
        done = subprocess.run(  # noqa: S603  # git, with arguments of our own
            ["git", *_NO_GUESS, "-C", str(folder), *arguments],  # noqa: S607  # wherever git is
            capture_output=True, check=False, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except OSError:
        return None
    return Said(done.returncode, (done.stderr or done.stdout).strip())


def knows_user(folder: Path) -> bool:
    """Whether git has been told in whose name to commit."""
    said = git(folder, "var", "GIT_COMMITTER_IDENT")
    return said is not None and said.code == 0
