"""Acknowledged warnings: looked at, left as they are, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cchc_cli.core.checks.context import Context
from cchc_cli.core.diagnostics import Diagnostic, Severity, warning
from cchc_cli.core.message import msg
from cchc_cli.core.model import Acknowledgement

_Key = tuple[str, str, str]  # code, subject, what was found


def sift(
    context: Context, findings: Iterable[Diagnostic]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Split findings into those that stand and those that are acknowledged.

    An acknowledgement is for the warnings of its plan, and of the files that all plans share, with
    the same code, the same subject and the same text found. It never silences an error. One that
    matches nothing is a finding itself, unless something could not be read and may have matched.
    Where acknowledgements cannot be read, any warning may have been acknowledged: none stands.
    """
    given: dict[str, dict[_Key, Acknowledgement]] = {}
    for base, plan in context.plans:
        given[base] = {(str(a.code), str(a.at), str(a.found or "")): a for a in plan.acknowledged}
    standing: list[Diagnostic] = []
    acknowledged: list[Diagnostic] = []
    used: set[tuple[str, _Key]] = set()
    for finding in findings:
        key = (finding.code, finding.subject, finding.found)
        bases = [base for base in _bases(finding.span.path, given) if key in given[base]]
        if bases and finding.severity is Severity.WARNING:
            reason = str(given[bases[0]][key].reason)
            acknowledged.append(finding._replace(accepted=reason))
            used.update((base, key) for base in bases)
        elif finding.severity is Severity.ERROR or not _unknown(context, finding.span.path, given):
            standing.append(finding)
    standing += _stale(context, given, used, standing)
    return standing, acknowledged


def _unknown(context: Context, path: str, given: dict[str, dict[_Key, Acknowledgement]]) -> bool:
    """Whether acknowledgements that count for a file could not be read."""
    return any(f"{base}acknowledged.yaml" in context.unread for base in _bases(path, given))


def _bases(path: str, given: dict[str, dict[_Key, Acknowledgement]]) -> Iterator[str]:
    """The folders of the plans whose acknowledgements count for a file."""
    of_one = [base for base in given if path.startswith(base)]
    yield from of_one or given


def _stale(
    context: Context,
    given: dict[str, dict[_Key, Acknowledgement]],
    used: set[tuple[str, _Key]],
    standing: list[Diagnostic],
) -> Iterator[Diagnostic]:
    if context.faults:
        return
    for base, keys in given.items():
        for key, acknowledgement in keys.items():
            if (base, key) not in used:
                yield _matches_nothing(acknowledgement, key, standing)


def _matches_nothing(given: Acknowledgement, key: _Key, standing: list[Diagnostic]) -> Diagnostic:
    message = msg("no warning {code} at “{at}” matches this any more", code=given.code, at=given.at)
    near = [d for d in standing if (d.code, d.subject) == key[:2]]
    hint = msg("delete it")
    if near and near[0].severity is Severity.ERROR:
        hint = msg("an error cannot be acknowledged; mend it")
    elif near:
        hint = msg("the text found there is now “{found}”", found=near[0].found)
    return warning("CCHC403", given.span, message, hint=hint, subject=str(given.at),
                   found=str(given.code))  # fmt: skip
