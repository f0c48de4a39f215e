"""Diagnostics as SARIF 2.1.0 (OASIS), which code-hosting services show beside the files.

What was acknowledged is in it as suppressed, with the reason given. Paragraphs are of the standard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from cchc_cli import __version__
from cchc_cli.core.diagnostics import Diagnostic, Related
from cchc_cli.core.source import Span
from cchc_cli.i18n import say
from cchc_cli.render.findings import sentence
from cchc_cli.render.width import one_line

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BASE = "%SRCROOT%"  # the name by which services know the top of the repository
_SPECIAL = str.maketrans({"{": "{{", "}": "}}", "[": "\\[", "]": "\\]"})


def log(
    findings: Sequence[Diagnostic], pages: Mapping[str, str], language: str, folder: str = ""
) -> dict[str, Any]:
    """The log of one run; `pages` are the manual pages of the codes found.

    `folder` is where the plan root lies in its repository, from whose top files are named.
    """
    levels = {found.code: found.severity.value for found in findings}
    codes = sorted(levels)
    driver = {
        "name": "cchc",
        "version": __version__,
        "language": language,
        "rules": [_rule(code, levels[code], pages[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, codes.index(found.code), folder) for found in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, level: str, page: str) -> dict[str, Any]:
    heading, _, text = page.partition("\n")
    title = heading.partition(": ")[2]
    rule = " ".join(text.partition("\n## ")[0].split())
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": rule},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": level},
    }


def _result(found: Diagnostic, rule: int, folder: str) -> dict[str, Any]:
    text = sentence(found)
    if found.hint is not None:
        text += f"\n→ {one_line(say(found.hint))}"
    related = [_related(number, other, folder) for number, other in enumerate(found.related, 1)]
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity.value,
        "message": _message(text),
        "locations": [_place(found.span, folder)],
        **({"relatedLocations": related} if related else {}),
        "suppressions": _suppressions(found),
    }


def _suppressions(found: Diagnostic) -> list[dict[str, str]]:
    """An empty list says that it is not suppressed; without one nobody would know (3.27.23)."""
    if not found.accepted:
        return []
    return [{"kind": "external", "status": "accepted", "justification": found.accepted}]


def _related(number: int, other: Related, folder: str) -> dict[str, Any]:
    return {
        "id": number,
        **_place(other.span, folder),
        "message": _message(one_line(say(other.note))),
    }


def _place(span: Span, folder: str) -> dict[str, Any]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    file = {"uri": quote(f"{folder}{span.path}"), "uriBaseId": _BASE}
    return {"physicalLocation": {"artifactLocation": file, "region": region}}


def _message(text: str) -> dict[str, str]:
    """Braces and brackets of a plan are no placeholders (3.11.5) and no links (3.11.6)."""
    return {"text": text.translate(_SPECIAL)}
