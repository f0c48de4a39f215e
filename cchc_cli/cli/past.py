"""What `log` and `blame` share: the history of the plans, commit by commit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cchc_cli.cli.console import complain
from cchc_cli.core.diff.compare import hindering
from cchc_cli.core.message import msg
from cchc_cli.core.model import Workspace
from cchc_cli.store.git import UNSHALLOW
from cchc_cli.store.history import Commit, History


class Step(NamedTuple):
    """A commit with the plans as it left them, None if they cannot be read; and what was before.

    `before` are the nearest earlier commits whose plans can be read: of a merge, one for each side.
    """

    commit: Commit
    after: Workspace | None
    before: tuple[tuple[Commit, Workspace], ...]
    errors: int = 0


def steps(history: History) -> Iterator[Step]:
    """The history from its last commit backwards, no commit before one that came from it."""
    for commit in history.commits.values():
        loaded = history.state(commit)
        errors = hindering(loaded.diagnostics)
        if errors:
            yield Step(commit, None, (), len(errors))
        else:
            before = _readable(history, commit)
            states = tuple((one, history.state(one).workspace) for one in before)
            yield Step(commit, loaded.workspace, states)


def _readable(history: History, commit: Commit) -> Iterator[Commit]:
    """The nearest earlier commits whose plans can be read, each once."""
    waiting, seen = list(commit.parents), set[str]()
    while waiting:
        parent = history.commits[waiting.pop(0)]
        if parent.id in seen:
            continue
        seen.add(parent.id)
        if hindering(history.state(parent).diagnostics):
            waiting[:0] = parent.parents
        else:
            yield parent


def say_where_it_ends(commit: Commit) -> None:
    """Of a clone without the beginning: what was before is not known."""
    message = msg("this shallow clone holds nothing before {commit}: who wrote what is older is "
                  "not known", commit=commit.short)  # fmt: skip
    complain(message, UNSHALLOW)
