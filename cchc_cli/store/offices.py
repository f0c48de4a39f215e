"""Many offices on one disk: finding them, and reading each within bounds.

An office is a plan root, a git repository or a bare one; its files may be anybody's. No link is
followed to another place, and nothing that a repository asks git to run is run.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from cchc_cli.core.checks import hiding_tasks
from cchc_cli.core.diagnostics import Diagnostic, Severity, in_order
from cchc_cli.core.diff.compare import hindering
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Duty, Field, Group, Unit, Workspace
from cchc_cli.core.rollup import Known, Skipped
from cchc_cli.core.source import SourceFile
from cchc_cli.store import parallel
from cchc_cli.store.files import CannotRun, read_plans, reason
from cchc_cli.store.git import head_of, read_revision
from cchc_cli.syntax.load import File, put_together, read_file

Result = TypeVar("Result")

AT_MOST = 64 * 1024 * 1024  # characters of one office's plans; a plan of 100,000 tasks has 34 M
_LONGEST = 2_000  # characters of a name that is shown; no office, unit or field has so many
_QUOTED = 200  # of what a reason quotes from a file
_SMALL = 32 * 1024
_REMEMBERED = 32


class Place(NamedTuple):
    """Where an office lies, under the name that it is called by; `revision` None: as it is now."""

    path: Path
    name: str
    revision: str | None = None


class Office(NamedTuple):
    """The plans of one office, and what is known of them."""

    known: Known
    workspace: Workspace


def listed(file: Path) -> list[tuple[str, str | None]]:
    """The paths and revisions of a list file: one a line, "path" or "path revision", # remarks.

    Paths are as seen from the folder of the file.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        message = msg("“{path}” cannot be read: {reason}", path=str(file), reason=reason(failure))
        raise CannotRun(message, msg("--list names a text file in UTF-8")) from None
    lines = (line.strip() for line in text.splitlines())
    return [_from(file.parent, line) for line in lines if line and not line.startswith("#")]


def _from(folder: Path, line: str) -> tuple[str, str | None]:
    path, _, revision = line.rpartition(" ")
    if not path or (folder / line).exists():
        return str(folder / line), None
    return str(folder / path.strip()), revision


def with_revision(text: str) -> tuple[str, str | None]:
    """`PATH@REVISION` in its two parts; a path that is there may itself hold "@"."""
    path, _, revision = text.rpartition("@")
    return (text, None) if not path or Path(text).exists() else (path, revision or None)


def find(
    wanted: Iterable[tuple[str, str | None]], revision: str | None
) -> Iterator[Place | Skipped]:
    """The offices in those places, each once; `revision` is for those that name none."""
    seen: dict[Path, str] = {}
    for text, own in wanted:
        for found in _in(Path(text), own or revision):
            if isinstance(found, Skipped):
                yield found
                continue
            here = found.path.resolve()
            if here in seen:
                message = msg("it has been read already, as “{name}”", name=seen[here])
                yield Skipped(found.name, message, msg("name each office once"))
            else:
                seen[here] = found.name
                yield found


def _in(path: Path, revision: str | None) -> Iterator[Place | Skipped]:
    name = path.as_posix()
    try:
        if not path.is_dir():
            yield Skipped(
                name, msg("there is no such folder"), msg("see whether the path is right")
            )
        elif _is_office(path):
            yield Place(path, name, revision)
        else:
            yield from _one_level_down(path, revision)
    except OSError as failure:
        yield Skipped(name, msg("it cannot be read: {reason}", reason=reason(failure)))


def _is_office(path: Path) -> bool:
    if (path / "plans").is_dir():
        return True
    return (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir()


def _one_level_down(path: Path, revision: str | None) -> Iterator[Place | Skipped]:
    with os.scandir(path) as entries:
        inside = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    folders = [path / name for name in inside if (path / name).is_dir()]
    if (path / ".git").exists() and not any(map(_is_office, folders)):
        yield Place(path, path.as_posix(), revision or "HEAD")  # perhaps nothing is checked out
        return
    if not folders:
        yield _without_plans(path.as_posix())
    for folder in folders:
        name = folder.as_posix()
        if folder.is_symlink():
            yield Skipped(name, msg("a link to a folder is not followed"),
                          msg("name the folder itself"))  # fmt: skip
        elif _is_office(folder):
            yield Place(folder, name, revision)
        elif (folder / ".git").exists():
            yield Place(folder, name, revision or "HEAD")
        else:
            yield _without_plans(name)


def _without_plans(name: str) -> Skipped:
    return Skipped(
        name, msg("there is no folder “plans” in it"),
        msg("name the folders that hold “plans”, or the folder right above them"),
    )  # fmt: skip


def careful() -> None:
    """From now on, git fetches nothing that a repository says is elsewhere."""
    os.environ |= {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "", "GIT_TERMINAL_PROMPT": "0"}


def read_office(place: Place) -> Office | Skipped:
    """The plans in a place; of what keeps them from being read, the first thing and how many."""
    try:
        sources, problems, revision, changed = _read(place)
    except CannotRun as refused:
        return Skipped(place.name, plain(refused.message), refused.hint and plain(refused.hint))
    except OSError as failure:
        message = msg("it cannot be read: {reason}", reason=reason(failure))
        return Skipped(place.name, plain(message))
    loaded = put_together(map(_file, sources), problems)
    wrong = hindering(loaded.diagnostics)
    if wrong:
        return _unreadable(place.name, in_order(wrong))
    if not loaded.workspace.plans:
        return _without_plans(place.name)
    if any(len(name) > _LONGEST for name in _names(loaded.workspace)):
        message = msg("it has a name of more than {limit} characters", limit=_LONGEST)
        return Skipped(place.name, message)
    hidden = hiding_tasks(loaded.workspace, loaded.diagnostics)
    found = in_order((*loaded.diagnostics, *hidden))
    errors = sum(d.severity is Severity.ERROR for d in found)
    return Office(Known(place.name, revision, changed, errors), loaded.workspace)


def _names(workspace: Workspace) -> Iterator[str]:
    """What the figures of an office are shown under."""
    if workspace.office is not None:
        yield from (workspace.office.agency, workspace.office.parent or "")
    named: list[Unit | Group | Field | Duty] = [*workspace.units, *workspace.groups]
    for plan in workspace.plans.values():
        named += plan.fields
        named += plan.duties
    for one in named:
        yield from (one.id, one.name)


def read_each(
    work: Callable[[Office], Result], wanted: Iterable[Place | Skipped], jobs: int
) -> Iterator[Result | Skipped]:
    """`work` of every office, in order; of what could not be read or worked on, why."""
    careful()
    return parallel.in_order(partial(_of_one, work), wanted, jobs, _killed)


def _of_one(work: Callable[[Office], Result], place: Place | Skipped) -> Result | Skipped:
    if isinstance(place, Skipped):
        return place
    try:
        office = read_office(place)
        return office if isinstance(office, Skipped) else work(office)
    except MemoryError:
        return Skipped(place.name, msg("there is not enough memory for these plans"))
    except Exception as bug:  # noqa: BLE001  # one office must not keep thousands from being read
        traceback.print_exc()
        failure = f"{type(bug).__name__}: {bug}"
        return Skipped(place.name, msg("this program failed on it: {failure}", failure=failure))


def _killed(place: Place | Skipped) -> Skipped:
    name = place.office if isinstance(place, Skipped) else place.name
    return Skipped(name, msg("the process that read it was killed, perhaps for want of memory"))


def _read(place: Place) -> tuple[list[SourceFile], list[Diagnostic], str | None, bool]:
    if place.revision is not None or not (place.path / "plans").is_dir():
        tree = read_revision(place.path, place.revision or "HEAD", AT_MOST)
        return tree.sources, tree.problems, tree.commit, False
    _refuse_links(place.path)
    sources, problems = read_plans(place.path, AT_MOST)
    commit, changed = _head(place.path, sources)
    return sources, problems, commit, changed


def _head(root: Path, sources: list[SourceFile]) -> tuple[str | None, bool]:
    """What git says of them; where there is no git, nothing."""
    here = root.resolve()
    if not any((folder / ".git").exists() for folder in (here, *here.parents)):
        return None, False
    return head_of(root, sources) or (None, False)


def _refuse_links(root: Path) -> None:
    """CannotRun where a link would lead out of the office, to files that are not its own."""
    if (root / "plans").is_symlink():
        raise CannotRun(_OUTSIDE, msg("put the folder itself there"))
    here = root.resolve()
    for base, folders, files in os.walk(root / "plans"):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(base) / name for name in files):
            if path.is_symlink() and not path.resolve().is_relative_to(here):
                raise CannotRun(_OUTSIDE, msg("put the file itself there"))


_OUTSIDE = msg("a link leads out of the folder of the office")


def _file(source: SourceFile) -> File:
    """What a file holds; of small ones that many offices have alike, such as calendars, once."""
    return _remembered(source) if len(source.text) <= _SMALL else read_file(source)


_remembered = lru_cache(maxsize=_REMEMBERED)(read_file)


def _unreadable(name: str, wrong: list[Diagnostic]) -> Skipped:
    first = wrong[0]
    message = msg("{place}: {message}", place=f"{first.span.path}:{first.span.line}",
                  message=first.message)  # fmt: skip
    if len(wrong) > 1:
        message = msg("{first} (and {count} more errors)", first=message, count=len(wrong) - 1)
    return Skipped(name, plain(message), msg("run “cchc validate” for all of them"))


def plain(message: Message) -> Message:
    """The message with values that lead back to no file, and travel between processes."""
    return Message(message.template, {k: _plain(v) for k, v in message.values.items()})


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return plain(value)
    if not isinstance(value, str):
        return value
    return str(value) if len(value) <= _QUOTED else f"{value[:_QUOTED]}…"
