"""`cchc check-docx`: where Word files depart from the layout of official documents.

JSON: a list with an object per file: "file", "rules" (how many were checked), "conforms", and
"deviations", each with "rule" (a stable name), "advice" (true: the decree is silent, and the file
conforms all the same), "place", "text" (the words there, "" for a page), "found", "wanted",
"article" (null for advice) and "mend".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import complain, wrapped, write, writes_unicode
from cchc_cli.cli.settings import one_of
from cchc_cli.core.layout.rules import RULES, Deviation, check
from cchc_cli.core.message import Message, msg
from cchc_cli.documents.package import MAX_BYTES, CannotRead
from cchc_cli.documents.word_layout import read_layout
from cchc_cli.i18n import _, say
from cchc_cli.store.files import CannotRun, reason

HELP = _("Measure Word files against the layout of official documents (Decree 30/2020/NĐ-CP).")
_FORMATS = ("text", "json")
_PLACES = 3  # of a deviation that are named


def run(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help=_("Word files (.docx, .docm)"))
    ],
    output: Annotated[
        str,
        typer.Option(
            "--format",
            help=_(
                "text | json (per file: rules, conforms, deviations with rule, advice, place, "
                "text, found, wanted, article, mend)"
            ),
        ),
    ] = "text",
) -> int:
    """Print what departs, file by file; 1 if anything does, 3 if a file cannot be read."""
    one_of(output, _FORMATS, "--format")
    found: list[tuple[str, list[Deviation]]] = []
    unread = False
    for path in files:
        try:
            found.append((str(path), check(read_layout(_content(path)))))
        except (CannotRead, CannotRun) as failure:
            complain(msg("{file}: {reason}", file=str(path), reason=failure.message), failure.hint)
            unread = True
    if output == "json":
        from cchc_cli.render.data import as_json

        write(as_json([_data(*each) for each in found], unicode=writes_unicode()))
    else:
        lines = [line for file, deviations in found for line in _lines(file, deviations)]
        write("\n".join(wrapped(lines, hanging="  ")))
    if unread:
        return 3
    return 1 if any(_departs(deviations) for _file, deviations in found) else 0


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as failure:
        raise CannotRun(msg("it cannot be read: {reason}", reason=reason(failure))) from None


def _departs(deviations: list[Deviation]) -> bool:
    return any(not each.rule.advice for each in deviations)


def _data(file: str, deviations: list[Deviation]) -> dict[str, object]:
    return {
        "file": file,
        "rules": len(RULES),
        "conforms": not _departs(deviations),
        "deviations": [
            {
                "rule": each.rule.id,
                "advice": each.rule.advice,
                "place": say(each.place),
                "text": each.quote,
                "found": say(each.found),
                "wanted": say(each.rule.wanted),
                "article": None if each.rule.article is None else say(each.rule.article),
                "mend": say(each.rule.mend),
            }
            for each in deviations
        ],
    }


def _lines(file: str, deviations: list[Deviation]) -> Iterator[str]:
    """What there is to say about one file, each rule once."""
    rules: dict[str, list[Deviation]] = {}
    for each in deviations:
        rules.setdefault(each.rule.id, []).append(each)
    of_decree = [group for group in rules.values() if not group[0].rule.advice]
    advice = [group for group in rules.values() if group[0].rule.advice]
    yield say(_heading(file, len(of_decree)))
    for number, group in enumerate(of_decree, start=1):
        yield from _told(f"{number}. ", group)
    if advice:
        yield "  " + say(msg("Advice, which the decree leaves open:"))
        for group in advice:
            yield from _told("* ", group)
    yield "  " + say(msg("Only the layout was measured: not what the document says, nor what one "
                         "must look at, such as the length of lines and the seal."))  # fmt: skip


def _heading(file: str, count: int) -> Message:
    if count:
        return msg("{file}: deviations: {count}; rules checked: {rules}", file=file, count=count,
                   rules=len(RULES))  # fmt: skip
    return msg("{file}: no deviation; rules checked: {rules}", file=file, rules=len(RULES))


def _told(mark: str, group: list[Deviation]) -> Iterator[str]:
    """A rule, what was found instead and where, its source, and what to do."""
    rule = group[0].rule
    yield f"  {mark}{say(rule.wanted)}"
    found: dict[str, list[Deviation]] = {}
    for each in group:
        found.setdefault(say(msg("found: {found}", found=each.found)), []).append(each)
    for said, same in found.items():
        yield f"     {said} — {_places(same)}"
    if rule.article is not None:
        yield f"     {say(rule.article)}"
    yield f"     → {say(rule.mend)}"


def _places(group: list[Deviation]) -> str:
    shown = [
        say(msg("{place} (“{text}”)", place=each.place, text=each.quote)) if each.quote
        else say(each.place)
        for each in group[:_PLACES]
    ]  # fmt: skip
    said = "; ".join(shown)
    if len(group) > _PLACES:
        more = say(msg("{count} places in all", count=len(group)))
        return f"{said}; … ({more})"
    return said
