"""Two versions of a progress file that grew from one → the file with the entries of both.

A progress file only ever grows, so that the entries which each side added are joined: those of
OURS, then those new in THEIRS, every byte of both as it was. Where the order would change what the
entries say, or a side changed what was there before, nobody but a person can tell what is right:
then both values stay between conflict markers, as git itself leaves them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.core.message import Message, msg
from cchc_cli.core.source import SourceFile
from cchc_cli.syntax import shapes
from cchc_cli.syntax.decode import Decoder
from cchc_cli.syntax.edit import CannotEdit, data, last_line
from cchc_cli.syntax.yamldoc import NULL, MappingNode, SequenceNode, compose

Entry = Mapping[str, Any]
# Of these the last one holds (core/progress.py); evidence is gathered from all.
_LAST_HOLDS = ("state", "completed_on", "note", "difficulty", "proposal")


class Merged(NamedTuple):
    """The merged text; with conflict markers in it where `conflict` says why."""

    text: str
    conflict: Message | None = None


class _Cut(NamedTuple):
    """A progress file in pieces that make up its text: each entry with the comments above it."""

    head: str
    items: tuple[str, ...]
    tail: str
    unit: object
    entries: tuple[Entry, ...]

    @property
    def pieces(self) -> list[str]:
        return [self.head, *self.items, self.tail]


class _ConflictError(Exception):
    """Why the sides cannot be joined. Never leaves this module."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.template)
        self.message = message


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Join what both sides added to `base` ("" if both began the file)."""
    if theirs in (ours, base):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    cuts: list[_Cut] = []
    try:
        cuts += (_cut(ours), _cut(theirs))
        return Merged(_joined(_cut(base) if base.strip() else None, *cuts))
    except _ConflictError as conflict:
        return Merged(_marked(ours, theirs, cuts), conflict.message)


def _joined(base: _Cut | None, ours: _Cut, theirs: _Cut) -> str:
    if base is None:
        base = _Cut(ours.head, (), ours.tail, ours.unit, ())
        if (ours.head, ours.tail) != (theirs.head, theirs.tail):
            raise _ConflictError(msg("both sides began the file, each in its own way"))
    count = len(base.entries)
    for side in (ours, theirs):
        if side.entries[:count] != base.entries or side.unit != base.unit:
            raise _ConflictError(msg("one side changed or removed what was there before"))
    added = _new(ours, theirs, count)
    _independent(ours.entries[count:], [theirs.entries[place] for place in added])
    sides = zip(base.pieces[: count + 1], ours.pieces, theirs.pieces, strict=False)
    pieces = [
        *(_of_three(*texts) for texts in sides),
        *ours.items[count:],
        *(theirs.items[place] for place in added),
        _of_three(base.tail, ours.tail, theirs.tail),
    ]
    text = "".join(_ended(pieces, ours.head))
    expected = (*ours.entries, *(theirs.entries[place] for place in added))
    merged = _cut(text)
    if (merged.unit, merged.entries) != (ours.unit, expected):
        raise _ConflictError(msg("the entries of both sides cannot be joined line by line"))
    return text


def _of_three(base: str, ours: str, theirs: str) -> str:
    """The version of a piece that a side has changed, be it a comment or a blank line."""
    if ours == theirs or _alike(base, theirs):
        return ours
    if _alike(base, ours):
        return theirs
    raise _ConflictError(msg("both sides changed the same lines"))


def _alike(one: str, other: str) -> bool:
    """Whether texts are the same but for the line end that the last line of a file may lack."""
    return one.rstrip("\r\n") == other.rstrip("\r\n")


def _new(ours: _Cut, theirs: _Cut, count: int) -> list[int]:
    """Places of the entries that THEIRS added, but for those that OURS added word for word."""
    same = Counter(text.strip() for text in ours.items[count:])
    new = []
    for place in range(count, len(theirs.items)):
        text = theirs.items[place].strip()
        if same[text]:
            same[text] -= 1
        else:
            new.append(place)
    return new


def _independent(ours: Sequence[Entry], theirs: Sequence[Entry]) -> None:
    """Refuse entries of both sides that would not say the same in whichever order they stand."""
    known: dict[tuple[str, str], list[Entry]] = {}
    for entry in ours:
        known.setdefault(_key(entry), []).append(entry)
    for entry in theirs:
        task, period = _key(entry)
        if any(_contradict(entry, other) for other in known.get((task, period), ())):
            message = msg("both sides recorded {task} ({period}), and not the same", task=task,
                          period=period or "-")  # fmt: skip
            raise _ConflictError(message)


def _key(entry: Entry) -> tuple[str, str]:
    return str(entry["task"]), str(entry.get("period") or "")


def _contradict(one: Entry, other: Entry) -> bool:
    """Whether two entries about one occurrence come to something else in the other order."""
    if _sweeps(one) or _sweeps(other):
        return True
    states = [entry["state"] for entry in (one, other) if entry.get("state")]
    if len(states) == 2 and "done" in states:  # even on the same day: done twice is an error
        return True
    return any(one.get(key) and other.get(key) and one[key] != other[key] for key in _LAST_HOLDS)


def _sweeps(entry: Entry) -> bool:
    """Whether an entry takes back what stands before it."""
    return entry.get("state") == "reopened" or bool(entry.get("reason"))


# -- cutting ---------------------------------------------------------------------------------------


def _cut(text: str) -> _Cut:
    """The pieces of a sound progress file whose entries stand one below the other."""
    source = SourceFile("progress.yaml", text)
    node = compose(source)
    if isinstance(node, Diagnostic):
        raise _ConflictError(msg("one side cannot be read as a progress file"))
    decoder = Decoder(source.path)
    decoder.record(node, shapes.PROGRESS_FILE)
    if decoder.diagnostics or not isinstance(node, MappingNode):
        raise _ConflictError(msg("one side cannot be read as a progress file"))
    try:
        held = data(node)
    except CannotEdit:
        raise _ConflictError(msg("one side cannot be read as a progress file")) from None
    lines = text.splitlines(keepends=True)
    cuts = list(_borders(node, lines))
    pieces = ["".join(lines[a:b]) for a, b in zip([0, *cuts], [*cuts, len(lines)], strict=True)]
    entries = tuple(held.get("progress") or ())
    head, *items, tail = pieces if cuts else [*pieces, ""]
    return _Cut(head, tuple(items), tail, held["unit"], entries)


def _borders(root: MappingNode, lines: list[str]) -> Iterator[int]:
    """The line after the key of the list, and after each entry; lines count from 0."""
    found = [(key, value) for key, value in root.value if key.value == "progress"]
    if root.flow_style or not found:
        if root.flow_style:
            raise _ConflictError(msg("entries in brackets cannot be joined line by line"))
        yield len(lines)
        return
    key, value = found[0]
    if value.tag == NULL and not isinstance(value, SequenceNode):
        yield key.end_mark.line + 1
        return
    if value.flow_style and not value.value:
        yield value.end_mark.line + 1
        return
    if value.flow_style:
        raise _ConflictError(msg("entries in brackets cannot be joined line by line"))
    yield key.end_mark.line + 1
    for item in value.value:
        after = last_line(item) + 1
        while not lines[after - 1].strip():  # the parser counts blank lines to a wrapped text
            after -= 1
        yield after


def _ended(pieces: Sequence[str], like: str) -> Iterator[str]:
    """The pieces, with a line end where another piece follows a last line without one."""
    end = "\r\n" if "\r\n" in like else "\n"
    full = [piece for piece in pieces if piece]
    for piece in full[:-1]:
        yield piece if piece.endswith(("\n", "\r")) else f"{piece}{end}"
    yield from full[-1:]


# -- markers ---------------------------------------------------------------------------------------


def _marked(ours: str, theirs: str, cuts: Sequence[_Cut]) -> str:
    """Both texts as one, markers around what differs: whole entries where they are known."""
    one, other = [cut.pieces for cut in cuts] if len(cuts) == 2 else [
        text.splitlines(keepends=True) for text in (ours, theirs)
    ]  # fmt: skip
    before = _common(one, other)
    after = _common(one[before:][::-1], other[before:][::-1]) if len(cuts) == 2 else 0
    end = "\r\n" if "\r\n" in ours else "\n"
    sides = ["".join(side[before : len(side) - after]) for side in (one, other)]
    left, right = [
        side if not side or side.endswith(("\n", "\r")) else f"{side}{end}" for side in sides
    ]
    block = f"<<<<<<< ours{end}{left}======={end}{right}>>>>>>> theirs{end}"
    return "".join([*one[:before], block, *one[len(one) - after :]])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces two sequences begin with alike."""
    return sum(1 for _pair in takewhile(lambda p: p[0] == p[1], zip(one, other, strict=False)))
