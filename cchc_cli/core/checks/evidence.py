"""Evidence kept as files: each is there, in the folder of the plans, and is the one recorded.

The core opens no file. The shell looks (`cchc_cli.store.evidence`) and hands in what it found.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Evidence, Progress, Workspace
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


def evidence_files(workspace: Workspace) -> Iterator[tuple[Progress, Evidence, Text]]:
    """Every piece of evidence that names a file, with its entry and the path."""
    for plan in workspace.plans.values():
        for record in plan.progress:
            for evidence in record.evidence:
                if evidence.file is not None:
                    yield record, evidence, evidence.file


def check_evidence(workspace: Workspace, found: Mapping[str, Kept]) -> Iterator[Diagnostic]:
    """Evidence files are there, inside the folder of the plans, and as they were recorded."""
    for record, evidence, file in evidence_files(workspace):
        problem = _problem(evidence, file, found.get(str(file), Kept(Place.NOWHERE)))
        if problem is not None:
            message, hint = problem
            yield error(
                "CCHC507", file.span, message, hint=hint, subject=str(record.task), found=str(file)
            )
    yield from _checksums_of_nothing(workspace)


def _checksums_of_nothing(workspace: Workspace) -> Iterator[Diagnostic]:
    records = (record for plan in workspace.plans.values() for record in plan.progress)
    for record in records:
        for evidence in record.evidence:
            checksum = evidence.checksum
            if checksum is not None and evidence.file is None:
                message = msg("a checksum, but no file that it could be of")
                hint = msg("name the file in “file”, or delete “checksum”")
                yield error("CCHC507", checksum.span, message, hint=hint,
                            subject=str(record.task), found=str(checksum))  # fmt: skip


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
