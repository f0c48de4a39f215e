"""The git repository of the plans: its own settings, and `.gitattributes` beside `plans/`.

What is run as a merge or diff driver stands in the settings of one clone and never in a file that
is committed: nobody who fetches a branch can make another person’s git run anything. A clone
without the settings merges and compares as git always does.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path, PurePath

from cchc_cli.core.message import msg
from cchc_cli.store.files import CannotRun
from cchc_cli.store.repository import git

ATTRIBUTES = ".gitattributes"
_BEGIN = "# >>> cchc git-setup"
_END = "# <<< cchc git-setup"
_LINES = (
    _BEGIN,
    "# cchc git-setup wrote these lines; cchc git-setup --remove takes them away.",
    "plans/*/*.yaml diff=cchc",
    "plans/*/progress/*.yaml diff=cchc merge=cchc-progress",
    _END,
)
_BLOCK = re.compile(rf"(?:^|(?<=\ufeff)){_BEGIN}\r?$.*?^{_END}\r?$\n?", re.MULTILINE | re.DOTALL)
KEYS = ("merge.cchc-progress.name", "merge.cchc-progress.driver", "diff.cchc.command")


def command(found: PurePath | None, interpreter: PurePath) -> str:
    """How git’s shell, on Windows too, calls `cchc`: where PATH has it, else by its Python."""
    if found is not None:
        return shlex.quote(found.as_posix())
    return f"{shlex.quote(interpreter.as_posix())} -m cchc_cli"


def own_command() -> str:
    """The command for this machine."""
    found = shutil.which("cchc")
    return command(Path(found).absolute() if found else None, Path(sys.executable))


def settings(cchc: str) -> dict[str, str]:
    """The drivers; where `cchc` cannot run, git’s own merge and comparison take its place.

    Without that a merge would leave OURS alone in the file, as if nobody had written anything else.
    """
    merge = (
        f"{cchc.replace('%', '%%')} merge-progress %O %A %B; r=$?; "
        'if [ $r -ne 0 ] && ! grep -q "^<<<<<<<" %A; '
        "then git merge-file -q -L ours -L base -L theirs %A %O %B; r=$?; fi; exit $r"
    )
    diff = (
        f'f() {{ {cchc} git-diff --words -- "$@" || '
        'git diff --no-index --no-ext-diff "$2" "$5"; true; }; f'
    )
    return dict(zip(KEYS, ("cchc: join the entries of both sides", merge, diff), strict=True))


def with_block(text: str) -> str:
    """`.gitattributes` with our lines: where they stand, else first, so that others prevail."""
    end = "\r\n" if "\r\n" in text else "\n"
    block = "".join(f"{line}{end}" for line in _LINES)
    found = _BLOCK.search(text)
    at = found.start() if found else len(text) - len(text.removeprefix("\ufeff"))
    rest = without_block(text)
    return f"{rest[:at]}{block}{rest[at:]}"


def without_block(text: str) -> str:
    """`.gitattributes` without our lines; every other byte stays."""
    return _BLOCK.sub("", text)


def read_attributes(root: Path) -> str | None:
    """The text of `.gitattributes`, whatever its encoding; None if there is none."""
    path = root / ATTRIBUTES
    if not path.is_file():
        return None
    return path.read_bytes().decode("utf-8", "surrogateescape")


def configure(root: Path, *arguments: str, fine: tuple[int, ...] = (0,)) -> None:
    """Change git’s settings of this clone; its own words if it refuses."""
    said = git(root, "config", "--local", *arguments)
    if said is None:
        raise CannotRun(msg("there is no git on this machine"), msg("install git"))
    if said.code not in fine:
        raise CannotRun(msg("git refused: {reason}", reason=" ".join(said.text.split())))
