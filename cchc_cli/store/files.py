"""The work tree: finding the plan root, and reading what lies under it. Never writes."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import Message, msg
from cchc_cli.core.source import SourceFile, Span
from cchc_cli.syntax.decode_bytes import MAX_BYTES, decode

MARKER = Path("plans") / "office.yaml"
# Also what Windows makes of such names: "VP.YAML", and "VP.yaml.txt" where endings are hidden.
_YAML = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)


class CannotRun(Exception):
    """The surroundings do not allow the command; one sentence and what to do next."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.template)
        self.message = message
        self.hint = hint


# What operating systems say in English.
_NO_PERMISSION = msg("no permission")
if os.name == "nt":  # where it is said of a file that Word or Excel has open, too
    _NO_PERMISSION = msg("no permission, or another program has it open")
_REASONS = {
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.ENOENT: msg("it does not exist"),
    errno.EISDIR: msg("it is a folder, not a file"),
    errno.ENOTDIR: msg("a part of the path is a file, not a folder"),
    errno.EEXIST: msg("something of that name is already there"),
    errno.ENOSPC: msg("the disk is full"),
    errno.EROFS: msg("the disk can only be read"),
    errno.ENAMETOOLONG: msg("the name is too long"),
}


def reason(failure: Exception) -> Message:
    """Why the operating system refused: in the reader’s language if it is one of the usual ones."""
    number = failure.errno if isinstance(failure, OSError) else None
    said = failure.strerror if isinstance(failure, OSError) else None
    return _REASONS.get(number or 0) or msg("the system says “{text}”", text=said or str(failure))


def find_root(given: str | None) -> Path:
    """The folder that holds `plans/`: the one given, else the nearest from here upwards."""
    try:
        return _given_root(given) if given else _nearest_root()
    except OSError as failure:
        path = str(failure.filename or given or ".")
        message = msg("“{path}” cannot be read: {reason}", path=path, reason=reason(failure))
        raise CannotRun(message, msg("see whether the path is right and who may read it")) from None


def _given_root(given: str) -> Path:
    root = Path(given)
    if not (root / "plans").is_dir():
        message = msg("there is no folder “plans” in “{root}”", root=given)
        raise CannotRun(message, msg("give --root the folder that holds “plans”"))
    return root


def _nearest_root() -> Path:
    elsewhere = msg("go to the folder of the plans (cd …), or name it with --root")
    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise CannotRun(msg("the current folder has been deleted"), elsewhere) from None
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return folder
    raise CannotRun(
        msg("no plans found: neither here nor above is there a file “plans/office.yaml”"),
        elsewhere,
    )


def repository_of(root: Path) -> Path | None:
    """The top folder of the git repository that holds the plan root, if there is one."""
    folder = root.resolve()
    # `.git` is a folder, or a file in a work tree beside the first.
    return next((f for f in (folder, *folder.parents) if (f / ".git").exists()), None)


def within_repository(root: Path) -> str:
    """The path of the plan root from the top of its git repository, with a “/” at its end.

    "" where it is the top, or where there is no repository.
    """
    folder = root.resolve()
    path = folder.relative_to(repository_of(root) or folder).as_posix()
    return "" if path == "." else f"{path}/"


def read_plans(root: Path, at_most: int | None = None) -> tuple[list[SourceFile], list[Diagnostic]]:
    """Every YAML file under `plans/`, in order of path, and those that cannot be read.

    CannotRun where they hold more than `at_most` characters in all.
    """
    sources: list[SourceFile] = []
    problems: list[Diagnostic] = []
    size = 0
    for path in sorted(_yaml_files(root / "plans", problems, root)):
        shown = path.relative_to(root).as_posix()
        found = _read(path, shown)
        if isinstance(found, SourceFile):
            sources.append(found)
            size += len(found.text)
            refuse_more(size, at_most)
        else:
            problems.append(found)
    return sources, problems


def refuse_more(size: int, at_most: int | None) -> None:
    """CannotRun where plans of that size are larger than they may be; None: of any size."""
    if at_most is not None and size > at_most:
        limit = at_most // (1024 * 1024)
        raise CannotRun(msg("the plans are larger than {limit} MiB in all", limit=limit))


def is_yaml(name: str) -> bool:
    """Whether a file of that name is read as a plan file."""
    return _YAML.search(name) is not None


def _yaml_files(folder: Path, problems: list[Diagnostic], root: Path) -> Iterator[Path]:
    def unreadable(failure: OSError) -> None:
        shown = Path(failure.filename or folder).relative_to(root).as_posix()
        problems.append(_cannot_read(shown, failure))

    for base, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # A folder that is named like a file stands where one should be: opening it says so.
        for name in (*files, *folders):
            path = Path(base) / name
            if name.startswith("."):
                continue
            if is_yaml(name):
                yield path
            elif os.path.islink(path):  # noqa: PTH114  # is_symlink raises without permission
                shown = path.relative_to(root).as_posix()
                message = msg("a link to a folder is not followed")
                hint = msg("put the folder itself there")
                problems.append(error("CCHC001", Span(shown), message, hint=hint))


def _read(path: Path, shown: str) -> SourceFile | Diagnostic:
    try:
        kind = path.stat().st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):  # opening a pipe would wait for ever
            return error("CCHC001", Span(shown), msg("this is not an ordinary file"))
        with path.open("rb") as file:
            return decode(shown, file.read(MAX_BYTES + 1))
    except OSError as failure:
        return _cannot_read(shown, failure)


def _cannot_read(shown: str, failure: OSError) -> Diagnostic:
    reasons = {
        FileNotFoundError: msg("the link leads to a file that does not exist"),
        PermissionError: msg("the file may not be read (no permission)"),
        IsADirectoryError: msg("this is a folder, not a file"),
    }
    other = msg("the file cannot be read: {reason}", reason=reason(failure))
    return error("CCHC001", Span(shown), reasons.get(type(failure), other))
