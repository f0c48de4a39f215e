"""A year's working calendar as the text of its file, for people to review and edit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from cchc_cli.core.workdays import CalendarDay, CalendarYear

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PLAIN = re.compile(r"[^\W\d_][\w ,;./()-]*")  # needs no quotes in YAML

_HEAD = """\
# Working calendar of {year}: days that differ from the weekly pattern, each with its source.
# Made once by “cchc workdays {year}” from the Python package {origin} (country VN). It is edited
# by hand from then on: compare it with the notices of the year (nghỉ Tết, Quốc khánh, hoán đổi
# ngày làm việc), put the document in place of the package as a source, add what is missing.
"""
_UNDECIDED = """\
#
# !!! NOT OFFICIAL YET. The Prime Minister fixes the days of Tết and 2/9 each year, and which
# !!! working days are swapped with a Saturday. The package knows of no such decision for {year}:
# !!! the days below follow from the law alone. Delete this note once they have been checked.
"""


def calendar_file(record: CalendarYear, *, origin: str, decided: bool) -> str:
    """The YAML text. `decided`: whether the year's official decisions went into the record."""
    note = "" if decided else _UNDECIDED
    return (_HEAD + note).format(year=record.year, origin=origin) + "\n".join(_lines(record)) + "\n"


def _lines(record: CalendarYear) -> Iterator[str]:
    yield f"year: {record.year}"
    yield f"rest: [{', '.join(_WEEKDAYS[number] for number in sorted(record.rest))}]"
    yield from _days("closed", record.closed)
    yield from _days("working", record.working)


def _days(key: str, days: Sequence[CalendarDay]) -> Iterator[str]:
    yield f"{key}:" if days else f"{key}: []"
    for entry in days:
        yield f"  - date: {entry.day.isoformat()}"
        yield f"    name: {_scalar(entry.name)}"
        yield f"    source: {_scalar(entry.source)}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
