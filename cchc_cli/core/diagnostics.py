"""Findings about the plan files: what is wrong, where, and how to mend it.

Terms follow the Language Server Protocol. A code is stable and never reused: `0xx` files and
syntax, `1xx` shape, `2xx` references and ids, `3xx` deadlines and calendar, `4xx` wording,
`5xx` progress, `6xx` amendments, `7xx` scoring. The manual of each code is in `cchc_cli/manual/`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import NamedTuple

from cchc_cli.core.message import Message
from cchc_cli.core.source import Span


class Severity(enum.Enum):
    """ERROR: the plan cannot be trusted. WARNING: look at it, mend it or acknowledge it."""

    ERROR = "error"
    WARNING = "warning"


class Related(NamedTuple):
    """Another place that a finding is about, such as a first definition."""

    span: Span
    note: Message


class Diagnostic(NamedTuple):
    """One finding.

    `subject` names what it is about (a task id, a unit id), and `found` quotes the text that
    caused it; an acknowledgement must match both. `accepted` is the reason that it
    gives, "" without one.
    """

    code: str
    severity: Severity
    span: Span
    message: Message
    hint: Message | None = None
    related: tuple[Related, ...] = ()
    subject: str = ""
    found: str = ""
    accepted: str = ""


def error(code: str, span: Span, message: Message, **more: object) -> Diagnostic:
    """An ERROR diagnostic; `more` are the optional fields of `Diagnostic`."""
    return Diagnostic(code, Severity.ERROR, span, message, **more)  # type: ignore[arg-type]


def warning(code: str, span: Span, message: Message, **more: object) -> Diagnostic:
    """A WARNING diagnostic; `more` are the optional fields of `Diagnostic`."""
    return Diagnostic(code, Severity.WARNING, span, message, **more)  # type: ignore[arg-type]


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file, position and code, each finding once."""
    unique = {(d.span, d.code, d.message.template, str(d.message.values)): d for d in diagnostics}
    return [unique[key] for key in sorted(unique)]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding is an ERROR."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
