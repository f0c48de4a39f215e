"""The work tree: finding the plan root, and reading what lies under it. Never writes."""

from __future__ import annotations

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


def find_root(start: Path, given: str | None) -> Path:
    """The folder that holds `plans/`: the one given, else the nearest from `start` upwards."""
    if given:
        root = Path(given)
        if not (root / "plans").is_dir():
            message = msg("there is no folder “plans” in “{root}”", root=given)
            raise CannotRun(message, msg("give --root the folder that holds “plans”"))
        return root
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return folder
    raise CannotRun(
        msg("no plans found: neither here nor above is there a file “plans/office.yaml”"),
        msg("go to the folder of the plans (cd …), or name it with --root"),
    )


def read_plans(root: Path) -> tuple[list[SourceFile], list[Diagnostic]]:
    """Every YAML file under `plans/`, in order of path, and those that cannot be read."""
    sources: list[SourceFile] = []
    problems: list[Diagnostic] = []
    for path in sorted(_yaml_files(root / "plans", problems, root)):
        shown = path.relative_to(root).as_posix()
        found = _read(path, shown)
        if isinstance(found, SourceFile):
            sources.append(found)
        else:
            problems.append(found)
    return sources, problems


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
            if _YAML.search(name):
                yield path
            elif path.is_symlink():  # perhaps to a folder full of plans
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
    other = msg("the file cannot be read: {reason}", reason=failure.strerror or str(failure))
    return error("CCHC001", Span(shown), reasons.get(type(failure), other))
