"""Evidence kept as files: each is there, in the folder of the plans, and is the one recorded.

The core opens no file. The shell looks (`cchc_cli.store.evidence`) and hands in what it found.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Evidence, Plan, Workspace
from cchc_cli.core.source import Text


class Place(enum.Enum):
    """Where a path leads, links and ".." resolved."""

    INSIDE = "inside"  # to a file in the folder of the plans
    OUTSIDE = "outside"
    NOWHERE = "nowhere"  # or to what cannot be read as a file


class Kept(NamedTuple):
    """What was found under a path; `checksum` as it is recorded, None if nobody asked for it."""

    place: Place
    checksum: str | None = None


def evidence_files(workspace: Workspace) -> Iterator[tuple[str, Evidence, Text]]:
    """Every piece of evidence that names a file, with the id of what it proves and the path."""
    for subject, evidence in _all_evidence(workspace):
        if evidence.file is not None:
            yield subject, evidence, evidence.file


def _all_evidence(workspace: Workspace) -> Iterator[tuple[str, Evidence]]:
    for plan in workspace.plans.values():
        for record in plan.progress:
            yield from ((str(record.task), evidence) for evidence in record.evidence)
        yield from _of_years(plan)
    for year in workspace.scores:
        for entry in year.declared:
            yield from ((str(entry.criterion), evidence) for evidence in entry.evidence)


def _of_years(plan: Plan) -> Iterator[tuple[str, Evidence]]:
    """What proves inspections and communication."""
    for inspection in plan.inspections:
        yield from ((str(v.id), v.record) for v in inspection.visits if v.record)
        if inspection.results:
            yield str(inspection.year), inspection.results
    for communication in plan.communications:
        for activity in communication.activities:
            for held in activity.held:
                yield from ((str(activity.id), evidence) for evidence in held.evidence)


def check_evidence(workspace: Workspace, found: Mapping[str, Kept]) -> Iterator[Diagnostic]:
    """Evidence files are there, inside the folder of the plans, and as they were recorded."""
    for subject, evidence, file in evidence_files(workspace):
        problem = _problem(evidence, file, found.get(str(file), Kept(Place.NOWHERE)))
        if problem is not None:
            message, hint = problem
            yield error("CCHC507", file.span, message, hint=hint, subject=subject, found=str(file))
    yield from _checksums_of_nothing(workspace)


def _checksums_of_nothing(workspace: Workspace) -> Iterator[Diagnostic]:
    for subject, evidence in _all_evidence(workspace):
        checksum = evidence.checksum
        if checksum is not None and evidence.file is None:
            message = msg("a checksum, but no file that it could be of")
            hint = msg("name the file in “file”, or delete “checksum”")
            yield error("CCHC507", checksum.span, message, hint=hint,
                        subject=subject, found=str(checksum))  # fmt: skip


def _problem(evidence: Evidence, file: Text, kept: Kept) -> tuple[Message, Message] | None:
    if "\\" in file:
        message = msg("the path “{file}” is not understood on every computer", file=file)
        return message, msg("write “/” in place of “\\”")
    if kept.place is Place.OUTSIDE:
        message = msg("the evidence file “{file}” lies outside the folder of the plans", file=file)
        return message, msg("copy it into the folder that holds “plans”, and name it from there")
    if kept.place is Place.NOWHERE:
        message = msg("there is no evidence file “{file}”, or it cannot be read", file=file)
        return message, msg("put it back there, or mend the path: it starts beside “plans”")
    if evidence.checksum is not None and kept.checksum != evidence.checksum:
        message = msg("the evidence file “{file}” has changed since it was recorded", file=file)
        return message, msg("put the recorded file back; keep the new one under another name")
    return None
