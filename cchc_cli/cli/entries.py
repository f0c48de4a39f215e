"""Adding facts to the plan files: many at once or one, all of them or none. The one way to do it.

Whoever calls `put` holds the plans alone (`one_writer`) since before they were read.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.console import complain, write
from cchc_cli.core.checks import run_checks
from cchc_cli.core.diagnostics import Diagnostic, Severity
from cchc_cli.core.message import Message, msg
from cchc_cli.core.source import SourceFile
from cchc_cli.i18n import _, say
from cchc_cli.render import findings
from cchc_cli.render.width import one_line
from cchc_cli.store.files import CannotRun, read_plans, reason
from cchc_cli.store.repository import git
from cchc_cli.store.writing import Change, write_changes
from cchc_cli.syntax.edit import CannotEdit, Fact, with_fact
from cchc_cli.syntax.emit import Value, block
from cchc_cli.syntax.load import File, Loaded, put_together, read_file
from cchc_cli.syntax.schema import FOLDER, modeline

DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=_("show what would change, and change nothing"))
]
CommitOption = Annotated[
    bool, typer.Option("--commit", help=_("commit the change to git with a fitting message"))
]


@dataclass(frozen=True)
class Files:
    """The plan files as found, and those that could not be read; each is decoded once."""

    root: Path
    sources: list[SourceFile]
    problems: list[Diagnostic]
    decoded: dict[str, File] = field(default_factory=dict)  # by path, as they are asked for

    @cached_property
    def loaded(self) -> Loaded:
        """What they hold."""
        for source in self.sources:
            if source.path not in self.decoded:
                self.decoded[source.path] = read_file(source)
        return put_together((self.decoded[s.path] for s in self.sources), self.problems)

    def after(self, changes: Sequence[Change]) -> Files:
        """The same with the changes made."""
        changed = {change.path for change in changes}
        kept = [source for source in self.sources if source.path not in changed]
        decoded = {path: file for path, file in self.decoded.items() if path not in changed}
        sources = [*kept, *(SourceFile(c.path, c.after) for c in changes)]
        return Files(self.root, sources, self.problems, decoded)


class Put(NamedTuple):
    """What has been added, or would be: the changes, and the files with them."""

    changes: list[Change]
    files: Files


def read_files(root: Path) -> Files:
    """Read the plan files."""
    return Files(root, *read_plans(root))


def progress(plan: str, unit: str, values: Mapping[str, Value]) -> Fact:
    """An entry of a unit, with the keys of a progress record."""
    head = "\n".join([*block({"unit": unit}, 0), ""])
    return Fact(f"plans/{plan}/progress/{unit}.yaml", "progress", values, head=head)


def put(files: Files, facts: Sequence[Fact], *, dry_run: bool) -> Put | None:
    """Add the facts to their files; None if the result would have errors.

    The errors, and for a dry run the difference, are shown.
    """
    changes = _changes(files, facts)
    after = files.after(changes)
    known = {_kind(found) for found in _errors(files)}
    broken = [found for found in _errors(after) if _kind(found) not in known]
    if broken:
        write(findings.plain(broken), sys.stderr)
        complain(msg("nothing was written"))
        return None
    if dry_run:
        for change in changes:
            write(_difference(change))
    else:
        write_changes(files.root, changes)
    return Put(changes, after)


def _changes(files: Files, facts: Sequence[Fact]) -> list[Change]:
    """One change a file, in the order in which files are first named."""
    before = {source.path: source.text for source in files.sources}
    for_editors = (files.root / "plans" / FOLDER).is_dir()
    after: dict[str, str] = {}
    for given in facts:
        text = after.get(given.path, before.get(given.path))
        first_line = modeline(given.path) if text is None and for_editors else ""
        fact = given._replace(head=first_line + given.head)
        try:
            after[fact.path] = with_fact(text, fact)
        except CannotEdit:
            raise CannotRun(
                msg("{path} is not as it should be; nothing was written", path=fact.path),
                msg("run “cchc validate” to see why; if it finds nothing, add it in an editor"),
            ) from None
    return [Change(path, before.get(path), text) for path, text in after.items()]


def _errors(files: Files) -> list[Diagnostic]:
    loaded = files.loaded
    checked = run_checks(loaded.workspace, files.sources, loaded.diagnostics)
    return [found for found in checked.findings if found.severity is Severity.ERROR]


def _kind(found: Diagnostic) -> tuple[object, ...]:
    return found.span.path, found.code, found.subject, found.found, str(found.message.values)


def _difference(change: Change) -> str:
    before = (change.before or "").splitlines()
    lines = difflib.unified_diff(
        before, change.after.splitlines(), change.path, change.path, n=2, lineterm=""
    )
    return "\n".join(lines)


def tell(text: str) -> None:
    """Say what has been recorded; where that cannot be said, say at least that it has been."""
    try:
        write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        raise
    except OSError as failure:
        message = msg("recorded, but the answer cannot be written: {reason}",
                      reason=reason(failure))  # fmt: skip
        raise CannotRun(message, msg("do not record it a second time")) from None


def commit(root: Path, changes: Sequence[Change], subject: Message) -> None:
    """One commit of these files alone. Git's own words are shown if it refuses."""
    text = say(subject)
    paths = [change.path for change in changes]
    for arguments in (["add", "--", *paths], ["commit", "-q", "-m", text, "--", *paths]):
        said = git(root, *arguments)
        if said is None:
            raise CannotRun(_uncommitted("git"), msg("install git, or leave out --commit"))
        if said.code:
            raise CannotRun(
                _uncommitted(one_line(said.text)),
                msg("the entry is in its file; commit it with git yourself, or leave out --commit "
                    "where there is no git"),
            )  # fmt: skip
    tell(say(msg("committed to git: {subject}", subject=text)))


def _uncommitted(why: str) -> Message:
    return msg("the entry was written, but not committed: {reason}", reason=why)
