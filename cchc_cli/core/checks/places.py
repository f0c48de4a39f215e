"""What a line of a file is about: the subject of a finding that a search of the text made.

Subjects are ids of tasks, units, groups, events and duties. Parts of the signed document have the
names that people use for them: "Phần mở đầu", "Trích yếu", "Phần II", "Phần II, mục 1",
"Nơi nhận", "Người ký", "Phụ lục". Everything else is named by its file, as "office.yaml".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from cchc_cli.core.checks.context import Context
from cchc_cli.core.model import (
    Activity,
    Appendix,
    Channel,
    Document,
    Duty,
    Event,
    Extension,
    Finding,
    Group,
    Halt,
    Plan,
    Rewording,
    Task,
    Transfer,
    Unit,
    Visit,
    Workspace,
)
from cchc_cli.core.source import Text

OPENING, SUBJECT, RECIPIENTS = "Phần mở đầu", "Trích yếu", "Nơi nhận"
SIGNER, APPENDIX = "Người ký", "Phụ lục"
_Start = tuple[str, int, str]  # path, line, subject


class Places:
    """Subjects by file and line."""

    def __init__(self, context: Context) -> None:
        self._lines: dict[str, list[int]] = {}
        self._subjects: dict[str, list[str]] = {}
        for path, line, subject in sorted(_starts(context.workspace)):
            self._lines.setdefault(path, []).append(line)
            self._subjects.setdefault(path, []).append(subject)

    def subject(self, path: str, line: int) -> str:
        """What the line is about: whatever begins there or last began before it."""
        index = bisect_right(self._lines.get(path, []), line)
        return self._subjects[path][index - 1] if index else path.rsplit("/", 1)[-1]


def _starts(workspace: Workspace) -> Iterator[_Start]:
    yield from _named(workspace.units)
    yield from _named(workspace.groups)
    for plan in workspace.plans.values():
        yield from _plan(plan)


def _plan(plan: Plan) -> Iterator[_Start]:
    if plan.document is not None:
        yield from _document(plan.document)
    if plan.appendix is not None:
        yield from _appendix(plan.appendix)
    yield from _named(plan.events)
    yield from _named(plan.duties)
    for inspection in plan.inspections:
        yield from _named(inspection.visits)
    yield from _named(plan.findings)
    for communication in plan.communications:
        yield from _named(communication.channels)
        yield from _named(communication.activities)
    amendments: list[Extension | Halt | Transfer | Rewording]
    amendments = [*plan.extensions, *plan.halts, *plan.transfers, *plan.rewordings]
    for amended in amendments:
        yield amended.span.path, amended.span.line, str(amended.task)
    for progress in plan.progress:
        yield progress.span.path, progress.span.line, str(progress.task)


def _document(document: Document) -> Iterator[_Start]:
    yield from _texts(SUBJECT, document.type, document.subject)
    yield from _texts(OPENING, document.preamble)
    for part in document.parts:
        name = f"Phần {part.number}"
        yield part.span.path, part.span.line, name
        for section in part.sections:
            yield section.span.path, section.span.line, f"{name}, mục {section.number}"
        yield from _texts(name, part.closing)
    yield from _texts(RECIPIENTS, *document.recipients)
    if document.signature is not None:
        yield from _texts(SIGNER, document.signature.title, document.signature.name)


def _appendix(appendix: Appendix) -> Iterator[_Start]:
    head = (appendix.heading, appendix.subject, appendix.attached, *appendix.columns)
    yield from _texts(APPENDIX, *head)
    for area in appendix.fields:
        yield area.span.path, area.span.line, str(area.id)
        yield from _named(area.tasks)


def _named(
    records: Iterable[Unit | Group | Event | Duty | Task | Visit | Finding | Channel | Activity],
) -> Iterator[_Start]:
    for record in records:
        yield record.span.path, record.span.line, str(record.id)


def _texts(subject: str, *texts: Text | None) -> Iterator[_Start]:
    for text in texts:
        if text is not None:
            yield text.span.path, text.span.line, subject
