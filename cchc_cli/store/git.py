"""Plans as git has them in a commit or in its index.

Reads objects only: neither the work tree nor any branch, reference or index is touched.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple, Self

from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import Message, msg
from cchc_cli.core.source import SourceFile, Span
from cchc_cli.store.files import CannotRun, is_yaml, refuse_more
from cchc_cli.store.templates import FOLDER as TEMPLATES
from cchc_cli.store.templates import is_template
from cchc_cli.syntax.decode_bytes import MAX_BYTES, decode

_LINK, _SUBMODULE, _FOLDER = "120000", "160000", "40000"
_MARKER = "plans/office.yaml"
MAX_ENTRIES = 1_000_000  # a few folders that hold each other many times over would never end
UNSHALLOW = msg("fetch the whole history: git fetch --unshallow (GitHub Actions: fetch-depth: 0)")
_COMPARE_FOLDERS = msg("two folders can be compared without git: cchc diff FOLDER FOLDER")


class Tree(NamedTuple):
    """The plan files of one state, those that cannot be read, and the templates by name."""

    sources: list[SourceFile]
    problems: list[Diagnostic]
    templates: dict[str, bytes]
    commit: str | None = None


class Entry(NamedTuple):
    """A file in a commit or in the index; the path is relative to the plan root."""

    mode: str
    object: str
    path: str


class Objects:
    """The objects of a repository, by one process; each folder is read once."""

    def __init__(self, root: Path) -> None:
        self._process = _started(root, "cat-file", "--batch")
        self._folders: dict[str, list[Entry]] = {}
        self._seen = 0
        self._id_size = 20  # bytes; 32 in a repository by SHA-256

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._process.communicate()

    def content(self, name: str, path: str) -> bytes:
        """What a file holds, of a large one the beginning; `path` is for the answer if it lacks."""
        sent, answers = self._process.stdin, self._process.stdout
        assert sent is not None
        assert answers is not None
        sent.write(f"{name}\n".encode("ascii"))
        sent.flush()
        header = answers.readline().split()
        if len(header) != 3:  # "… missing": a damaged repository, or one without its files
            message = msg("git does not have what “{path}” holds", path=path)
            raise CannotRun(message, msg("fetch it anew, or ask “git fsck” what is missing"))
        return _content(answers, int(header[2]))

    def files(self, commit: str, place: str) -> list[Entry]:
        """The files below `plans` and `templates` of a plan root, by their paths from there on."""
        self._id_size = len(commit) // 2
        here = self._at(f"{commit}^{{tree}}", place)
        return [
            file
            for entry in here
            if entry.path in ("plans", TEMPLATES)
            for file in self._below(entry, entry.path)
        ]

    def roots(self, commit: str) -> set[str]:
        """Every folder of a commit that is a plan root: "" or such as "office/"."""
        self._id_size = len(commit) // 2
        every = Entry(_FOLDER, f"{commit}^{{tree}}", "")
        paths = (entry.path for entry in self._below(every, ""))
        return {path.removesuffix(_MARKER) for path in paths if f"/{path}".endswith(f"/{_MARKER}")}

    def _at(self, folder: str, place: str) -> list[Entry]:
        for name in filter(None, place.split("/")):
            found = (e for e in self._folder(folder, place) if (e.path, e.mode) == (name, _FOLDER))
            entry = next(found, None)
            if entry is None:
                return []
            folder = entry.object
        return self._folder(folder, place)

    def _below(self, entry: Entry, path: str) -> Iterator[Entry]:
        if entry.mode != _FOLDER:
            yield entry._replace(path=path)
            return
        for inner in self._folder(entry.object, path):
            self._seen += 1
            if self._seen > MAX_ENTRIES:
                message = msg("the revision holds more than {limit} files", limit=MAX_ENTRIES)
                raise CannotRun(message)
            yield from self._below(inner, f"{path}/{inner.path}" if path else inner.path)

    def _folder(self, name: str, path: str) -> list[Entry]:
        found = self._folders.get(name)
        if found is None:
            found = self._folders[name] = list(_entries(self.content(name, path), self._id_size))
        return found


def _entries(folder: bytes, id_size: int) -> Iterator[Entry]:
    """The entries of a folder as git keeps it."""
    start = 0
    while start < len(folder):
        blank = folder.index(b" ", start)
        end = folder.index(b"\0", blank)
        last = end + 1 + id_size
        mode, name = folder[start:blank].decode("ascii"), folder[blank + 1 : end]
        yield Entry(mode, folder[end + 1 : last].hex(), os.fsdecode(name))
        start = last


def read_revision(root: Path, revision: str, at_most: int | None = None) -> Tree:
    """The plans in the commit that `revision` names, wherever in it the plan root lay.

    CannotRun where they hold more than `at_most` bytes in all.
    """
    commit = commit_of(root, revision)
    with Objects(root) as objects:
        entries = objects.files(commit, _place(root, commit, objects))
    return _tree(root, entries, at_most)._replace(commit=commit)


def head_of(root: Path, sources: Iterable[SourceFile]) -> tuple[str, bool] | None:
    """The last commit, and whether the files differ from it; None if it has no such plans.

    What git is told to do with files (filters, monitors) is not done: other people’s repositories
    are looked at with it. Line breaks of Windows are no difference.
    """
    found = _run(root, "rev-parse", "--verify", "--quiet", "HEAD")
    if found.returncode:
        return None
    commit = found.stdout.decode("ascii").strip()
    with Objects(root) as objects:
        files = objects.files(commit, prefix(root))
    committed = {file.path: file.object for file in files if _is_plan(file)}
    now = {source.path: source.text for source in sources}
    if not committed:
        return None
    same = committed.keys() == now.keys() and all(
        committed[path] in _ids(text, len(commit)) for path, text in now.items()
    )
    return commit, not same


def _is_plan(entry: Entry) -> bool:
    return entry.path.startswith("plans/") and counts(entry, [])


def _ids(text: str, length: int) -> Iterator[str]:
    """The ids that git may have given to a text: as it is, with its mark, with its own breaks."""
    algorithm = hashlib.sha1 if length == 40 else hashlib.sha256
    for written in (text, f"\ufeff{text}", text.replace("\r\n", "\n")):
        content = written.encode("utf-8")
        yield algorithm(b"blob %d\0" % len(content) + content).hexdigest()


def _place(root: Path, commit: str, objects: Objects) -> str:
    """Where the plan root lay: where it is now, else the only one that has gone since.

    A folder that is no plan root, such as a bare repository, stands for the only one in it.
    """
    here = prefix(root)
    if any(entry.path.startswith("plans/") for entry in objects.files(commit, here)):
        return here
    if not (root / "plans").exists():
        inside = [place for place in objects.roots(commit) if place.startswith(here)]
        if len(inside) == 1:
            return inside[0]
        if inside:
            known = ", ".join(sorted(inside))
            raise CannotRun(msg("there are several folders with plans in it: {known}", known=known))
    now = _run(root, "rev-parse", "--verify", "--quiet", "HEAD").stdout.decode("ascii").strip()
    gone = objects.roots(commit) - (objects.roots(now) if now else set())
    return gone.pop() if len(gone) == 1 else here


def commit_that_brought(root: Path, blob: str, path: str) -> str | None:
    """The last commit in which the file of that path came to hold what `blob` is; None if none."""
    done = _run(root, "log", "-1", "--format=%H", f"--find-object={blob}", "--", path)
    return done.stdout.decode("ascii").strip() or None


def read_index(root: Path) -> Tree:
    """The plans as they are staged for the next commit."""
    listed = git(root, "ls-files", "-s", "-z", "--", "plans", TEMPLATES)
    entries = []
    for line in _lines(listed):
        (mode, name, stage), path = line[0].split(" "), line[1]
        if stage != "0":
            message = msg("the merge of “{path}” is not finished", path=path)
            raise CannotRun(message, msg("settle it and “git add” the file"))
        entries.append(Entry(mode, name, path))
    return _tree(root, entries)


def _lines(listed: bytes) -> Iterator[tuple[str, str]]:
    """What stands before and behind the tabulator of each entry."""
    for line in listed.split(b"\0"):
        if line:
            before, _, path = line.partition(b"\t")
            yield before.decode("ascii"), os.fsdecode(path)


def prefix(root: Path) -> str:
    """Where a folder lies in its repository: "" or such as "office/"."""
    return os.fsdecode(git(root, "rev-parse", "--show-prefix").removesuffix(b"\n"))


def uncommitted(root: Path) -> list[str]:
    """The plan files and templates that are not as the last commit has them."""
    listed = git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all",
                 "--", "plans", TEMPLATES)  # fmt: skip
    here = prefix(root)
    paths = [os.fsdecode(line[3:]).removeprefix(here) for line in listed.split(b"\0") if line]
    return [path for path in paths if counts(Entry("100644", "", path), [])]


def is_shallow(root: Path) -> bool:
    """Whether the repository is a clone without the beginning of its history."""
    return git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def commit_of(root: Path, revision: str) -> str:
    """The id of the commit; says why there is none of that name."""
    prefix(root)  # first of all: is this a repository?
    verify = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    found = _run(root, *verify, revision)
    if found.returncode == 0:  # of a name such as “:/words” no part may follow
        found = _run(root, *verify, found.stdout.decode("ascii").strip() + "^{commit}")
    if found.returncode == 0:
        return found.stdout.decode("ascii").strip()
    if is_shallow(root):
        raise CannotRun(
            msg("git knows no revision “{revision}” in this shallow clone", revision=revision),
            UNSHALLOW,
        )
    if revision == "HEAD":
        raise CannotRun(msg("nothing has been committed yet"), _COMPARE_FOLDERS)
    message = msg("git knows no revision “{revision}”", revision=revision)
    if Path(revision).is_dir():
        raise CannotRun(message, msg("nor does that folder hold a folder “plans”"))
    if ".." in revision:
        raise CannotRun(message, msg("name two revisions: cchc diff A B"))
    raise CannotRun(message, msg("“git log --oneline” and “git branch -a” list what there is"))


def _tree(root: Path, entries: Sequence[Entry], at_most: int | None = None) -> Tree:
    """Read what counts of the entries."""
    problems: list[Diagnostic] = []
    wanted = [entry for entry in entries if counts(entry, problems)]
    sources: list[SourceFile] = []
    templates: dict[str, bytes] = {}
    contents, size = [], 0
    with Objects(root) as objects:
        for entry in wanted:
            contents.append((entry, objects.content(entry.object, entry.path)))
            size += len(contents[-1][1])
            refuse_more(size, at_most)
    for entry, content in contents:
        if entry.path.startswith("plans/"):
            found = decode(entry.path, content)
            (sources if isinstance(found, SourceFile) else problems).append(found)  # type: ignore[arg-type]
        else:
            templates[entry.path.partition("/")[2]] = content
    sources.sort(key=lambda source: Path(source.path))
    return Tree(sources, problems, templates)


def counts(entry: Entry, problems: list[Diagnostic]) -> bool:
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


def _strange(entry: Entry, message: Message) -> Diagnostic:
    return error("CCHC001", Span(entry.path), message, hint=msg("put the file itself there"))


def _content(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(min(size, MAX_BYTES + 1))
    left = size - len(content) + 1  # a line break ends it
    while left > 0 and (skipped := len(stream.read(min(left, MAX_BYTES)))):
        left -= skipped
    return content


def git(root: Path, *arguments: str) -> bytes:
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
