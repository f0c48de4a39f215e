"""Git, as far as the command line needs to ask it, to set it up or to commit with it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

# Before a command: git shall not make up a name and an address from those of the account.
NO_GUESS = ("-c", "user.useConfigOnly=true")


class Said(NamedTuple):
    """What git answered, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """What it has to say: of what went wrong, if anything did."""
        return (self.err or self.out).strip()


def git(folder: Path, *arguments: str) -> Said | None:
    """Run git in a folder; None where there is no git."""
    try:
        done = subprocess.run(  # noqa: S603  # git, with arguments of our own
            ["git", "-C", str(folder), *arguments],  # noqa: S607  # wherever git is
            capture_output=True, check=False, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except OSError:
        return None
    return Said(done.returncode, done.stdout, done.stderr)


def knows_user(folder: Path) -> bool:
    """Whether git has been told in whose name to commit."""
    said = git(folder, *NO_GUESS, "var", "GIT_COMMITTER_IDENT")
    return said is not None and said.code == 0
