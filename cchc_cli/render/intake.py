"""What an import has to say: how much was read, and every doubt with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.core.intake.content import Doubt
from cchc_cli.core.message import Message, msg
from cchc_cli.i18n import say
from cchc_cli.render.findings import plain
from cchc_cli.render.markdown import escaped
from cchc_cli.render.width import one_line

_SHOWN = 12  # of one kind on a screen; all stand in the file


def counted(counts: Counter[str]) -> list[str]:
    """How much was read, what was put together, and what is empty; a line each."""
    empty = {role: counts[f"empty {role}"] for role in ("product", "lead", "support", "deadline")}
    lines = [
        msg("read: {tables} tables with {rows} rows: {fields} fields, {tasks} tasks",
            tables=counts["tables"], rows=counts["rows"], fields=counts["fields"],
            tasks=counts["tasks"]),
        msg("heading rows dropped: {headings}; rows joined: {joined}; cells filled from above: "
            "{filled}; texts left out of the table: {left}", headings=counts["headings"],
            joined=counts["joined"], filled=counts["filled"], left=counts["left out"]),
        msg("empty cells: product {product}, lead {lead}, support {support}, deadline {deadline}",
            **empty),
    ]  # fmt: skip
    return [say(line) for line in lines]


def listed(doubts: Sequence[Doubt], limit: int | None = _SHOWN) -> list[str]:
    """The doubts, those of one kind together, `limit` of each kind."""
    lines = []
    for kind in _kinds(doubts):
        lines += ["", *(f"- {_line(doubt)}" for doubt in kind[:limit])]
        if limit is not None and len(kind) > limit:
            lines.append(say(msg("  … and {count} more of this kind", count=len(kind) - limit)))
    return lines


def review(
    title: Message, counts: Counter[str], doubts: Sequence[Doubt], found: Sequence[Diagnostic]
) -> str:
    """The list to work through, as Markdown with boxes to tick."""
    lines = [f"# {escaped(say(title))}", "", *(f"- {line}" for line in counted(counts))]
    lines += ["", _heading(msg("To look at ({count})", count=len(doubts)))]
    for kind in _kinds(doubts):
        lines += ["", *(f"- [ ] {escaped(_line(doubt))}" for doubt in kind)]
    if found:
        lines += ["", _heading(msg("What “cchc validate” says ({count})", count=len(found))), ""]
        lines += [f"    {line}" for line in plain(found).splitlines()]
    return "\n".join([*lines, ""])


def _heading(message: Message) -> str:
    return f"## {say(message)}"


def _kinds(doubts: Sequence[Doubt]) -> Iterator[list[Doubt]]:
    """Doubts that say the same, in the order in which kinds first come."""
    kinds: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        kinds.setdefault(doubt.message.template, []).append(doubt)
    yield from kinds.values()


def _line(doubt: Doubt) -> str:
    if doubt.place is None:
        return one_line(say(doubt.message))
    return one_line(say(msg("{place}: {message}", place=doubt.place, message=doubt.message)))
