"""Values → YAML text that reads back as exactly these values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

Value = str | date | Sequence[Mapping[str, "Value"]]

# Text that needs no quotes anywhere, also not between braces; anything else is quoted.
_PLAIN = re.compile(
    r"[^\W\d_](?:[\w ./()“”-]*[\w)”])?"
    r"|\d{4}(?:-(?:Q[1-4]|H[12]|\d\d))?"  # a period; the plan's reader takes it as it stands
)
_RESERVED = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))


def scalar(value: str | date) -> str:
    """One value on one line. Dates and identifiers stand bare, other text is quoted if need be."""
    if isinstance(value, date):
        return value.isoformat()
    bare = _PLAIN.fullmatch(value) and value.casefold() not in _RESERVED
    return value if bare else json.dumps(value, ensure_ascii=False)


def block(record: Mapping[str, Value], indent: int) -> Iterator[str]:
    """A mapping as indented lines, one key a line."""
    for key, value in record.items():
        if isinstance(value, (str, date)):
            yield f"{' ' * indent}{key}: {scalar(value)}"
        else:
            yield f"{' ' * indent}{key}:"
            for item in value:
                yield from list_item(item, indent + 2)


def list_item(record: Mapping[str, Value], indent: int) -> list[str]:
    """A mapping as the lines of a list item whose dash stands at column `indent` (from 0)."""
    lines = list(block(record, indent + 2))
    return [f"{' ' * indent}- {lines[0].lstrip()}", *lines[1:]]


def flow(record: Mapping[str, Value]) -> str:
    """A mapping between braces, on one line."""
    pieces = []
    for key, value in record.items():
        if isinstance(value, (str, date)):
            pieces.append(f"{key}: {scalar(value)}")
        else:
            pieces.append(f"{key}: [{', '.join(flow(item) for item in value)}]")
    return f"{{{', '.join(pieces)}}}"
