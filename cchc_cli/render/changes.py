"""Changes of the plans as text, as Markdown for a review, and as annotations."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from cchc_cli.core.diff.changes import Change, Kind
from cchc_cli.core.diff.texts import reworded
from cchc_cli.core.message import Message, msg
from cchc_cli.i18n import say
from cchc_cli.render import findings
from cchc_cli.render.change_words import TEXT, Style, label, lines_of
from cchc_cli.render.markdown import escaped

_COMMENT = 60_000  # characters; a comment on GitHub may have 65,536
_WEAKENING = msg("Weakens accountability ({count}):")
_OTHER = msg("Other changes ({count}):")


_WORDED = (Kind.TASK_REWORDED, Kind.TEXT_CHANGED, Kind.UNIT_RENAMED)


class Commits(NamedTuple):
    """The commits compared; None for a work tree, the index or a folder."""

    before: str | None
    after: str | None


class Compared(NamedTuple):
    """What was compared: the names of both states, and the day that statuses are of."""

    before: str
    after: str
    as_of: date

    def __str__(self) -> str:
        return say(msg("{before} → {after}, statuses as of {as_of}", **self._asdict()))


def summary(changes: Sequence[Change]) -> str:
    """How many changes there are."""
    weakening = sum(change.weakens for change in changes)
    if not changes:
        return say(msg("No change in the plans."))
    return say(msg("Changes: {count}, of which {weakening} weaken accountability.",
                   count=len(changes), weakening=weakening))  # fmt: skip


def text(changes: Sequence[Change], compared: Compared) -> list[str]:
    """One change a line, “!” before what weakens accountability; what belongs to it below."""
    lines = [TEXT.text(str(compared))]
    names = _Names(changes, TEXT)
    for heading, group in _groups(changes):
        lines += ["", heading, *_listed(group, names)]
    return [*lines, "", summary(changes)] if changes else [*lines, summary(changes)]


def listed(changes: Sequence[Change]) -> list[str]:
    """The changes without a word about how many there are."""
    return list(_listed(changes, _Names(changes, TEXT)))


def _listed(changes: Iterable[Change], names: _Names) -> Iterator[str]:
    for change in changes:
        first, *more = lines_of(change, TEXT)
        yield f"{'!' if change.weakens else '•'} {names.of(change)}: {first}"
        yield from (f"    {line}" for line in more)


class _Names:
    """What has changed, as people call it; with its plan where there are changes in several."""

    def __init__(self, changes: Iterable[Change], style: Style) -> None:
        self._several = len({change.plan for change in changes if change.plan}) > 1
        self._style = style

    def of(self, change: Change) -> str:
        name = self._style.text(label(change))
        if self._several and change.plan:
            return f"{self._style.text(change.plan)} · {name}"
        return name


def _groups(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    for weakens, heading in ((True, _WEAKENING), (False, _OTHER)):
        group = [change for change in changes if change.weakens is weakens]
        if group:
            yield say(Message(heading.template, {"count": len(group)})), group


class _Markdown(Style):
    """Nothing of a plan is taken for Markdown, nor calls anybody by name (“@…”)."""

    def text(self, text: str) -> str:
        return escaped(" ".join(text.split())).replace("@", "@<!-- -->")

    def out(self, text: str) -> str:
        return f"~~{self.text(text)}~~"

    def into(self, text: str) -> str:
        return f"**{self.text(text)}**"

    def instead(self, before: str, after: str) -> str:
        return f"{self.out(before)} {self.into(after)}"


_MARKDOWN = _Markdown()


def markdown(changes: Sequence[Change], compared: Compared) -> str:
    """A comment for a pull request; what does not fit into one is counted."""
    lines = [f"### {_MARKDOWN.text(str(compared))}", "", summary(changes)]
    room = _COMMENT - sum(map(len, lines))
    left, names = len(changes), _Names(changes, _MARKDOWN)
    for heading, group in _groups(changes):
        lines += ["", f"**{heading}**", ""]
        for change in group:
            first, *more = lines_of(change, _MARKDOWN)
            item = [f"- **{names.of(change)}**: {first}"]
            item += [f"  - {line}" for line in more]
            room -= sum(len(line) + 1 for line in item)
            if room < 0:
                rest = msg("{count} more changes do not fit into a comment: run “cchc diff”",
                           count=left)  # fmt: skip
                return "\n".join([*lines, "", say(rest)])
            lines += item
            left -= 1
    return "\n".join(lines)


def github(changes: Sequence[Change]) -> str:
    """Annotations of GitHub Actions: a warning for what weakens accountability."""
    names = _Names(changes, TEXT)
    return "\n".join(
        findings.annotation(
            "warning" if change.weakens else "notice", change.span,
            names.of(change), "\n".join(lines_of(change, TEXT)),
        )
        for change in changes
    )  # fmt: skip


def data(changes: Sequence[Change], compared: Compared, commits: Commits) -> dict[str, Any]:
    """The documented form: `docs/diff.schema.json`."""
    return {
        "before": {"name": compared.before, "commit": commits.before},
        "after": {"name": compared.after, "commit": commits.after},
        "as_of": compared.as_of.isoformat(),
        "changes": [record(change) for change in changes],
        "summary": {
            "changes": len(changes),
            "weakening": sum(change.weakens for change in changes),
        },
    }


def record(change: Change) -> dict[str, Any]:
    """One change in the documented form."""
    span, before, after = change.span, change.before, change.after
    return {
        "kind": change.kind.value,
        "plan": change.plan or None,
        "subject": change.subject,
        "weakens": change.weakens,
        "file": span.path if span else None,
        "line": span.line if span else None,
        "before": plain(before),
        "after": plain(after),
        "words": _words(change),
        "effect": plain(change.effect),
        "text": "\n".join(lines_of(change, TEXT)),
    }


def _words(change: Change) -> list[dict[str, str]] | None:
    """Word by word, where a text is in other words."""
    before, after = change.before, change.after
    if change.kind in _WORDED and isinstance(before, str) and isinstance(after, str):
        return [piece._asdict() for piece in reworded(before, after)]
    return None


def plain(value: object) -> object:
    """A value as JSON has it; of a record what it states, without its place."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if hasattr(value, "_asdict"):
        named = ((key, each) for key, each in value._asdict().items() if key != "span")
        return {key: plain(each) for key, each in named if each is not None}
    if isinstance(value, tuple | frozenset):
        items = [plain(each) for each in value]
        return sorted(items, key=str) if isinstance(value, frozenset) else items
    return str(value) if isinstance(value, str) else value
