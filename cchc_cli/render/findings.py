"""Diagnostics as text, JSON, or annotations of a code-hosting service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cchc_cli.core.diagnostics import Diagnostic, Severity
from cchc_cli.core.message import Message, msg
from cchc_cli.core.source import Span
from cchc_cli.i18n import say
from cchc_cli.render.width import one_line

_SEVERITY: dict[Severity, Message] = {
    Severity.ERROR: msg("error"),
    Severity.WARNING: msg("warning"),
}


def sentence(finding: Diagnostic) -> str:
    """What is wrong, and about what."""
    said = one_line(say(finding.message))
    return f"{finding.subject}: {said}" if finding.subject else said


def plain(findings: Sequence[Diagnostic]) -> str:
    """`file:line:column: severity[code] sentence`, with hints and related places below."""
    lines = []
    for found in findings:
        span = found.span
        place = f"{one_line(span.path)}:{span.line}:{span.column}"
        severity = say(_SEVERITY[found.severity])
        lines.append(f"{place}: {severity}[{found.code}] {sentence(found)}")
        if found.hint is not None:
            lines.append(f"    → {one_line(say(found.hint))}")
        for other in found.related:
            where = f"{other.span.path}:{other.span.line}:{other.span.column}"
            lines.append(f"    {where}: {one_line(say(other.note))}")
    return "\n".join(lines)


def data(found: Diagnostic) -> dict[str, Any]:
    """One finding with stable names."""
    span = found.span
    return {
        "code": found.code,
        "severity": found.severity.value,
        "file": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": say(found.message),
        "hint": say(found.hint) if found.hint else None,
        "subject": found.subject or None,
        "found": found.found or None,
        "related": [
            {
                "file": other.span.path,
                "line": other.span.line,
                "column": other.span.column,
                "message": say(other.note),
            }
            for other in found.related
        ],
    }


def github(findings: Sequence[Diagnostic], folder: str = "") -> str:
    """Workflow commands of GitHub Actions, escaped so that no text of a plan becomes one.

    `folder` is where the plan root lies in its repository, from whose top files are named.
    """
    lines = []
    for found in findings:
        text = sentence(found)
        if found.hint is not None:
            text += f"\n→ {one_line(say(found.hint))}"
        lines.append(annotation(found.severity.value, found.span, found.code, text, folder))
    return "\n".join(lines)


def annotation(level: str, span: Span | None, title: str, text: str, folder: str = "") -> str:
    """One workflow command: “error”, “warning” or “notice”, at a place if there is one."""
    place = "" if span is None else (
        f"file={_property(folder + span.path)},line={span.line},col={span.column},"
        f"endLine={span.end_line},endColumn={span.end_column},"
    )  # fmt: skip
    return f"::{level} {place}title={_property(title)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
