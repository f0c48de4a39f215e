"""Changing files under `plans/`: one writer at a time, each file whole or not at all.

A change names the text it was made from. If the file says something else by the time it is to be
written, nothing is: the answer is to run the command again. A process killed at any point leaves
the old file or the new one, and at most a passing file that no command reads.
"""

from __future__ import annotations

import getpass
import os
import platform
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from cchc_cli.core.message import msg
from cchc_cli.store.files import CannotRun, reason

_LOCK = ".cchc.lock"
_OWNER = ".cchc.owner"
_PATIENCE = 60.0  # seconds: many short writers in a row on a slow machine, but no hanging shell
_PASSING = re.compile(r"\..+\.(?:yaml|json)\.\d+")
_BOM = b"\xef\xbb\xbf"


class Change(NamedTuple):
    """A file's new text. `before` is the text it was made from, None for a new file."""

    path: str
    before: str | None
    after: str


@contextmanager
def one_writer(root: Path) -> Iterator[None]:
    """Hold the plans alone, so that what is read now is what will be changed."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  # for commands that write only

    folder = root / "plans"
    owner = folder / _OWNER
    lock = FileLock(folder / _LOCK, timeout=_PATIENCE)
    try:
        with _in_words():
            try:
                lock.acquire()
            except Timeout:
                raise CannotRun(
                    msg("somebody else is writing to the plans: {owner}", owner=_read(owner)),
                    msg("wait until they are done and run the command again"),
                ) from None
            owner.write_text(_me(), encoding="utf-8")
        yield
    finally:
        if lock.is_locked:
            with suppress(OSError):
                owner.unlink(missing_ok=True)
            lock.release()


@contextmanager
def _in_words() -> Iterator[None]:
    """Say what keeps the plans from being written; failures of anything else are not meant."""
    try:
        yield
    except OSError as failure:
        message = msg("“{path}” cannot be written: {reason}", path="plans",
                      reason=reason(failure))  # fmt: skip
        raise CannotRun(message, msg("see who may write in that folder")) from None


class LeftBehind(NamedTuple):
    """What a writer leaves if it is killed, none of which any command reads.

    `owner` is who wrote or writes; `busy` whether somebody holds the plans right now.
    """

    owner: str | None
    busy: bool
    passing: tuple[str, ...]


def left_behind(root: Path) -> LeftBehind:
    """Traces of writers, by their paths from the plan root on."""
    folder = root / "plans"
    owner = _read(folder / _OWNER) if (folder / _OWNER).is_file() else None
    passing = (p for p in folder.rglob(".*") if _PASSING.fullmatch(p.name) and p.is_file())
    paths = tuple(sorted(path.relative_to(root).as_posix() for path in passing))
    return LeftBehind(owner, owner is not None and _held(folder / _LOCK), paths)


def _held(path: Path) -> bool:
    from filelock import FileLock, Timeout  # noqa: PLC0415  # for commands that need it only

    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True


def write_changes(root: Path, changes: Sequence[Change]) -> None:
    """Put changes in place of the files they were made from.

    Everything that can fail is done for every file before the first is put in place. A process
    killed between two files leaves the second as it was: the command, run again, completes it.
    """
    ready: list[tuple[Path, Path]] = []
    with _in_words():
        try:
            for change in changes:
                target = root / change.path
                passing = target.with_name(f".{target.name}.{os.getpid()}")
                ready.append((passing, target))
                _write_beside(target, passing, change)
            for passing, target in ready:
                passing.replace(target)
        finally:
            for passing, _target in ready:
                passing.unlink(missing_ok=True)


def _write_beside(target: Path, passing: Path, change: Change) -> None:
    """Write the new text under a passing name, if the file still is what it was."""
    old = _bytes(target)
    if (old is None) != (change.before is None) or (
        old is not None and old.removeprefix(_BOM).decode("utf-8", "replace") != change.before
    ):
        raise CannotRun(
            msg("{path} has been changed in the meantime; nothing was written", path=change.path),
            msg("run the command again"),
        )
    mark = _BOM if old is not None and old.startswith(_BOM) else b""
    target.parent.mkdir(parents=True, exist_ok=True)
    with passing.open("xb") as file:
        file.write(mark + change.after.encode())
        file.flush()
        os.fsync(file.fileno())


def _bytes(target: Path) -> bytes | None:
    if target.is_symlink():
        message = msg("“{file}” is a link that leads out of its folder", file=target.name)
        raise CannotRun(message, msg("put the file itself there"))
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


def _me() -> str:
    """Who writes, for whoever has to wait."""
    name = "?"
    with suppress(Exception):  # no such user in a container, no environment on a service
        name = getpass.getuser()
    return f"{name}@{platform.node()}, {os.getpid()}"


def _read(owner: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return owner.read_text(encoding="utf-8")
    return "?"
