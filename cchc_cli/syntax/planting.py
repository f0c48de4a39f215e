"""The text of a plan that comes from outside → YAML files as people write them.

Long text is folded over several lines, so that a review shows what has changed in it. Whatever the
text, it reads back as exactly what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cchc_cli.syntax.emit import flow, scalar
from cchc_cli.syntax.schema import modeline

Planted = str | Sequence["Planted"] | Mapping[str, "Planted"]

_WIDTH = 100
# Text that is itself wherever nothing but the end of the line can end it.
_BARE = re.compile(r"[^\W\d_](?:[^\n:#]|:(?=\S)|(?<=\S)#)*")
_FIGURES = re.compile(r"[1-9]\d{0,3}(-\d{4})?")  # a printed number, years
_PLAIN_LIST = 2  # items that may stand on one line
_BREAK = re.compile(r"(?<=[^ ]) (?=[^ ])")


def planted(path: str, values: Mapping[str, Planted], notes: str = "") -> str:
    """The text of the file `path` (from the plan root on) with `notes` as comments above."""
    comments = "".join(f"# {line}\n" for line in notes.splitlines())
    return "\n".join([modeline(path) + comments + "\n".join(_mapping(values, 0)), ""])


def planted_plan(
    folder: str,
    plan: Mapping[str, Planted],
    appendix: Mapping[str, Planted],
    notes: Mapping[str, str],
) -> dict[str, str]:
    """The two files of a plan by their paths; `notes` are for “plan” and “appendix”."""
    texts = {
        f"{folder}/{name}.yaml": planted(f"{folder}/{name}.yaml", values, notes.get(name, ""))
        for name, values in (("plan", plan), ("appendix", appendix))
    }
    if not appendix.get("fields"):  # a plan that is only begun has none, and says so
        texts[f"{folder}/appendix.yaml"] += "fields: []\n"
    return texts


def _mapping(values: Mapping[str, Planted], indent: int) -> Iterator[str]:
    for key, value in values.items():
        if value:
            yield from _entry(f"{' ' * indent}{key}:", value, indent)


def _entry(head: str, value: Planted, indent: int) -> Iterator[str]:
    """A value after `head`, on its line if it fits there, else below, deeper than `indent`."""
    if isinstance(value, str):
        yield from _text(head, value, indent + 2)
    elif isinstance(value, Mapping):
        yield head
        yield from _mapping(value, indent + 2)
    elif len(value) <= _PLAIN_LIST and (line := _on_one_line(head, value)):
        yield line
    else:
        yield head
        for item in value:
            yield from _item(item, indent + 2)


def _item(item: Planted, indent: int) -> Iterator[str]:
    dash = f"{' ' * indent}-"
    if not isinstance(item, Mapping):
        yield from _entry(dash, item, indent)
        return
    lines = list(_mapping(item, indent + 2))
    yield f"{dash} {lines[0].lstrip()}"
    yield from lines[1:]


def _on_one_line(head: str, value: Sequence[Planted]) -> str:
    """The list between brackets if all of it is short and needs no quotes; else ""."""
    texts = [item for item in value if isinstance(item, str)]
    line = f"{head} {flow(texts)}"
    short = len(texts) == len(value) and len(line) <= _WIDTH and '"' not in line
    return line if short else ""


def _text(head: str, text: str, indent: int) -> Iterator[str]:
    line = f"{head} {_on_its_line(text)}"
    if len(line) <= _WIDTH or not _folds(text):
        yield line
        return
    yield f"{head} >-"
    for number, paragraph in enumerate(text.split("\n")):
        if number:
            yield ""  # in folded text an empty line is a line break
        yield from _wrapped(paragraph, indent)


def _on_its_line(text: str) -> str:
    if _FIGURES.fullmatch(text):
        return text
    bare = _BARE.fullmatch(text) and text.isprintable() and not text.endswith((" ", ":"))
    short = scalar(text)  # knows which words mean something else
    return text if bare and (short == text or len(text.split()) > 1) else short


def _folds(text: str) -> bool:
    """Whether folded text gives back exactly this: no line begins or ends with a blank."""
    lines = text.split("\n")
    return all(line and line == line.strip(" ") and line.isprintable() for line in lines)


def _wrapped(text: str, indent: int) -> Iterator[str]:
    """Lines broken at single blanks only: others would be lost."""
    line = ""
    for word in _BREAK.split(text):
        if line and indent + len(line) + 1 + len(word) > _WIDTH:
            yield " " * indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield " " * indent + line
