"""Plans as git has them in a commit or in its index.

Reads objects only: neither the work tree nor any branch, reference or index is touched.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import Message, msg
from cchc_cli.core.source import SourceFile, Span
from cchc_cli.store.files import CannotRun, is_yaml
from cchc_cli.store.templates import FOLDER as TEMPLATES
from cchc_cli.store.templates import is_template
from cchc_cli.syntax.decode_bytes import MAX_BYTES, decode

_LINK, _SUBMODULE = "120000", "160000"
_COMPARE_FOLDERS = msg("two folders can be compared without git: cchc diff FOLDER FOLDER")


class Tree(NamedTuple):
    """The plan files of one state, those that cannot be read, and the templates by name."""

    sources: list[SourceFile]
    problems: list[Diagnostic]
    templates: dict[str, bytes]
    commit: str | None = None


class _Entry(NamedTuple):
    """A file in a commit or in the index; the path is relative to the plan root."""

    mode: str
    object: str
    path: str


def read_revision(root: Path, revision: str) -> Tree:
    """The plans in the commit that `revision` names."""
    commit = _commit(root, revision)
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", "plans", TEMPLATES)
    entries = []
    for line in _lines(listed):
        (mode, _kind, name), path = line[0].split(" "), line[1]
        entries.append(_Entry(mode, name, path))
    return _tree(root, entries)._replace(commit=commit)


def read_index(root: Path) -> Tree:
    """The plans as they are staged for the next commit."""
    listed = _git(root, "ls-files", "-s", "-z", "--", "plans", TEMPLATES)
    entries = []
    for line in _lines(listed):
        (mode, name, stage), path = line[0].split(" "), line[1]
        if stage != "0":
            message = msg("the merge of “{path}” is not finished", path=path)
            raise CannotRun(message, msg("settle it and “git add” the file"))
        entries.append(_Entry(mode, name, path))
    return _tree(root, entries)


def _lines(listed: bytes) -> Iterator[tuple[str, str]]:
    """What stands before and behind the tabulator of each entry."""
    for line in listed.split(b"\0"):
        if line:
            before, _, path = line.partition(b"\t")
            yield before.decode("ascii"), os.fsdecode(path)


def _commit(root: Path, revision: str) -> str:
    """The id of the commit; says why there is none of that name."""
    _git(root, "rev-parse", "--show-prefix")  # first of all: is this a repository?
    verify = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    found = _run(root, *verify, revision)
    if found.returncode == 0:  # of a name such as “:/words” no part may follow
        found = _run(root, *verify, found.stdout.decode("ascii").strip() + "^{commit}")
    if found.returncode == 0:
        return found.stdout.decode("ascii").strip()
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise CannotRun(
            msg("git knows no revision “{revision}” in this shallow clone", revision=revision),
            msg("fetch the whole history: git fetch --unshallow (GitHub Actions: fetch-depth: 0)"),
        )
    if revision == "HEAD":
        raise CannotRun(msg("nothing has been committed yet"), _COMPARE_FOLDERS)
    message = msg("git knows no revision “{revision}”", revision=revision)
    if Path(revision).is_dir():
        raise CannotRun(message, msg("nor does that folder hold a folder “plans”"))
    if ".." in revision:
        raise CannotRun(message, msg("name two revisions: cchc diff A B"))
    raise CannotRun(message, msg("“git log --oneline” and “git branch -a” list what there is"))


def _tree(root: Path, entries: Sequence[_Entry]) -> Tree:
    """Read what counts of the entries."""
    problems: list[Diagnostic] = []
    wanted = [entry for entry in entries if _counts(entry, problems)]
    sources: list[SourceFile] = []
    templates: dict[str, bytes] = {}
    for entry, content in _contents(root, wanted):
        if entry.path.startswith("plans/"):
            found = decode(entry.path, content)
            (sources if isinstance(found, SourceFile) else problems).append(found)  # type: ignore[arg-type]
        else:
            templates[entry.path.partition("/")[2]] = content
    sources.sort(key=lambda source: Path(source.path))
    return Tree(sources, problems, templates)


def _counts(entry: _Entry, problems: list[Diagnostic]) -> bool:
    """Whether an entry is a plan file or a template; reports what stands in the place of one."""
    folder, *names = entry.path.split("/")
    if folder == TEMPLATES:
        return len(names) == 1 and is_template(names[0]) and entry.mode != _SUBMODULE
    if any(name.startswith(".") for name in names):
        return False
    if entry.mode == _LINK:
        problems.append(_strange(entry, msg("a link is not followed in a revision")))
    elif entry.mode == _SUBMODULE:
        problems.append(_strange(entry, msg("this is a submodule: its files are elsewhere")))
    else:
        return bool(names) and is_yaml(names[-1])
    return False


def _strange(entry: _Entry, message: Message) -> Diagnostic:
    return error("CCHC001", Span(entry.path), message, hint=msg("put the file itself there"))


def _contents(root: Path, entries: Iterable[_Entry]) -> Iterator[tuple[_Entry, bytes]]:
    """What each file holds, of a large one the beginning, by one process."""
    with _started(root, "cat-file", "--batch") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for entry in entries:
            process.stdin.write(f"{entry.object}\n".encode("ascii"))
            process.stdin.flush()
            header = process.stdout.readline().split()
            if len(header) != 3:  # "… missing": a damaged repository, or one without its files
                message = msg("git does not have what “{path}” holds", path=entry.path)
                raise CannotRun(message, msg("fetch it anew, or ask “git fsck” what is missing"))
            yield entry, _content(process.stdout, int(header[2]))


def _content(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(min(size, MAX_BYTES + 1))
    left = size - len(content) + 1  # a line break ends it
    while left > 0 and (skipped := len(stream.read(min(left, MAX_BYTES)))):
        left -= skipped
    return content


def _git(root: Path, *arguments: str) -> bytes:
    """What git answers; one sentence if it refuses."""
    done = _run(root, *arguments)
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip()
    if "not a git repository" in said:
        raise CannotRun(msg("“{root}” is in no git repository", root=str(root)), _COMPARE_FOLDERS)
    raise CannotRun(msg("git refuses: {reason}", reason=said or str(done.returncode)))


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    with _started(root, *arguments) as process:
        out, err = process.communicate()
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def _started(root: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Git at work in the plan root, in English, since its words are looked at."""
    env = os.environ | {"LC_ALL": "C", "LANGUAGE": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.Popen(  # noqa: S603  # git, with arguments of our own
            ["git", "-C", str(root), *arguments],  # noqa: S607  # wherever git is
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env,
        )  # fmt: skip
    except FileNotFoundError:
        raise CannotRun(msg("git is not installed, or not found"), _COMPARE_FOLDERS) from None
