"""Values → YAML text that reads back as exactly these values."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

Item = str | Mapping[str, "Value"]  # of a list
Value = str | date | int | Mapping[str, "Value"] | Sequence[Item]

# Text that needs no quotes anywhere, also not between braces; anything else is quoted.
_PLAIN = re.compile(
    r"[^\W\d_](?:[\w ./()“”-]*[\w)”])?"
    r"|\d{4}(?:-(?:Q[1-4]|H[12]|\d\d))?"  # a period; the plan's reader takes it as it stands
)
_RESERVED = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))


def scalar(value: str | date | int) -> str:
    """One value on one line. Dates, numbers and ids stand bare, other text is quoted if need be."""
    if not isinstance(value, str):
        return str(value)
    bare = _PLAIN.fullmatch(value) and value.casefold() not in _RESERVED
    return value if bare else quoted(value)


def quoted(value: str) -> str:
    """Any text between double quotes; characters that nobody sees are spelled out."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return f"\\U{ord(character):08X}" if ord(character) > 0xFFFF else f"\\u{ord(character):04X}"


def block(record: Mapping[str, Value], indent: int) -> Iterator[str]:
    """A mapping as indented lines, one key a line; a list of bare texts stands on its line."""
    for key, value in record.items():
        if isinstance(value, (str, date, int)) or all(isinstance(item, str) for item in value):
            yield f"{' ' * indent}{key}: {flow(value)}"
        else:
            yield f"{' ' * indent}{key}:"
            for item in value:
                yield from list_item(item, indent + 2)


def list_item(item: Item, indent: int) -> list[str]:
    """The lines of a list item whose dash stands at column `indent` (from 0)."""
    if isinstance(item, str):
        return [f"{' ' * indent}- {scalar(item)}"]
    lines = list(block(item, indent + 2))
    return [f"{' ' * indent}- {lines[0].lstrip()}", *lines[1:]]


def flow(value: Value | Item) -> str:
    """A value on one line, a mapping between braces, a list between brackets."""
    if isinstance(value, (str, date, int)):
        return scalar(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {flow(inner)}' for key, inner in value.items())}}}"
    return f"[{', '.join(map(flow, value))}]"
