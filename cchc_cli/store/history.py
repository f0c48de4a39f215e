"""The commits that changed the plans, and the plans as each of them left them.

Reads objects only, each once: of two commits, whatever they share is read and decoded once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.core.source import SourceFile
from cchc_cli.store.git import Entry, Objects, commit_of, counts, git, is_shallow, prefix
from cchc_cli.syntax.decode_bytes import decode
from cchc_cli.syntax.load import File, Loaded, put_together, read_file
from cchc_cli.syntax.reread import reread

_FIELDS = 5


class Commit(NamedTuple):
    """A commit that changed the plans; `parents` are the nearest such ones before it.

    `place` is where the plan root lay: "" or such as "office/". `first` says that the clone
    holds nothing before it, though there may have been something (a shallow clone).
    """

    id: str
    short: str
    parents: tuple[str, ...]
    day: date
    author: str
    place: str
    first: bool = False


class History:
    """The history of the plans in a plan root, from a revision backwards."""

    def __init__(self, root: Path, revision: str = "HEAD") -> None:
        start = commit_of(root, revision)
        self._root = root
        self._objects = Objects(root)
        self._shallow = is_shallow(root)
        self.commits = {commit.id: commit for commit in self._followed(start, prefix(root))}
        self._states: dict[str, Loaded] = {}
        self._files: dict[tuple[str, str], File] = {}
        self._last: dict[str, tuple[SourceFile, File]] = {}  # by path: likely to differ little

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._objects.__exit__(*failure)

    def _followed(self, start: str, place: str) -> Iterator[Commit]:
        """No commit before one that came from it; across every move of the plan root."""
        for commit in _log(self._root, start, place):
            before = () if commit.parents else self._parents(commit)
            earlier = self._before_it_moved(commit, before)
            if earlier is None:
                first = self._shallow and not (commit.parents or before)
                yield commit._replace(first=first)
                continue
            older = list(self._followed(*earlier))
            yield commit._replace(parents=tuple(one.id for one in older[:1]))
            yield from older

    def _parents(self, commit: Commit) -> tuple[str, ...]:
        """What came before it, whether or not that has to do with the plans."""
        found = git(self._root, "rev-parse", f"{commit.id}^@")
        return tuple(found.decode("ascii").split())

    def _before_it_moved(self, commit: Commit, before: tuple[str, ...]) -> tuple[str, str] | None:
        """The commit before, and the only plan root in it that is not in this one."""
        if not before:
            return None
        gone = self._objects.roots(before[0]) - self._objects.roots(commit.id)
        return (before[0], gone.pop()) if len(gone) == 1 else None

    def state(self, commit: Commit) -> Loaded:
        """The plans as the commit left them, with what is wrong in them."""
        found = self._states.get(commit.id)
        if found is None:
            problems: list[Diagnostic] = []
            files = self._objects.files(commit.id, commit.place)
            plans = [e for e in files if e.path.startswith("plans/") and counts(e, problems)]
            read = [self._file(entry) for entry in sorted(plans, key=lambda e: Path(e.path))]
            found = self._states[commit.id] = put_together(read, problems)
        return found

    def _file(self, entry: Entry) -> File:
        key = entry.object, entry.path
        found = self._files.get(key)
        if found is None:
            source = decode(entry.path, self._objects.content(entry.object, entry.path))
            if isinstance(source, Diagnostic):
                found = File(entry.path, None, (source,), counts=False)
            else:
                last = self._last.get(entry.path)
                found = (last and reread(source, *last)) or read_file(source)
                self._last[entry.path] = source, found
            self._files[key] = found
        return found


def _log(root: Path, start: str, place: str) -> Iterator[Commit]:
    said = git(
        root, "-c", "log.showSignature=false", "log", "-z", "--parents", "--date-order",
        "--encoding=UTF-8", "--format=%H%x00%h%x00%P%x00%as%x00%aN", start,
        "--", f":(top,literal){place}plans",
    ).decode("utf-8", "replace")  # fmt: skip
    values = said.split("\0")
    for at in range(0, len(values) - _FIELDS + 1, _FIELDS):
        name, short, parents, day, author = values[at : at + _FIELDS]
        yield Commit(name, short, tuple(parents.split()), date.fromisoformat(day), author, place)
