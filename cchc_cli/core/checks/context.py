"""What every check is given, and the lines of the files in a form that is quick to search."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cchc_cli.core.amendments import in_force
from cchc_cli.core.diagnostics import Diagnostic, Severity
from cchc_cli.core.lineage import Lineage
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import (
    SHARED_FOLDERS,
    Amendment,
    Channel,
    Duty,
    Event,
    Group,
    Plan,
    Task,
    Unit,
    Workspace,
)
from cchc_cli.core.schedule import Schedule, Scheduled
from cchc_cli.core.source import SourceFile, Span, Text
from cchc_cli.core.units import Directory
from cchc_cli.core.wording import closest

_SUGGESTIONS = 50
_OF_WHOLE_FILES, _KEY_TWICE = "CCHC0", "CCHC101"


def small(text: str) -> str:
    """`text` in small letters, each in the place of the letter it was."""
    return text.replace("İ", "I").lower()  # the only letter that becomes two


class Found(NamedTuple):
    """A stretch of one line that a pattern found: its text as written, and where."""

    text: str
    span: Span


class Page:
    """One file as lines. Equal lines are searched once, which is quick on large plans."""

    def __init__(self, source: SourceFile) -> None:
        self.path = source.path
        # Splits where YAML counts a line, as long as the file could be read as YAML at all.
        self.lines = source.text.splitlines()
        self._distinct = list(dict.fromkeys(self.lines))
        self.lower = small("\n".join(self._distinct))

    def find(self, pattern: re.Pattern[str]) -> Iterator[Found]:
        """Every place where `pattern` matches in lower case, but for comments."""
        hits: dict[str, list[tuple[int, int]]] = {}
        row, counted = 0, 0
        for match in pattern.finditer(self.lower):
            row += self.lower.count("\n", counted, match.start())
            counted = match.start()
            begin = match.start() - (self.lower.rfind("\n", 0, counted) + 1)
            line = self._distinct[row]
            if not _in_comment(line[:begin]):
                hits.setdefault(line, []).append((begin, begin + len(match.group())))
        if hits:
            for number, line in enumerate(self.lines, 1):
                for start, end in hits.get(line, ()):
                    span = Span(self.path, number, start + 1, number, end + 1)
                    yield Found(line[start:end], span)


def _in_comment(before: str) -> bool:
    """Whether what follows `before` on its line is a comment."""
    quoted = before.count('"') % 2 == 1
    return before.lstrip().startswith("#") or (" #" in before and not quoted)


@dataclass(frozen=True)
class Context:
    """The plans and everything derived from them that more than one check needs.

    The plans are as all documents together have them, whatever their days.

    `faults` are the places of what could not be read. No check reports what may only follow from
    them: what is not found may stand in a record that was left out. `unread` are the files of
    which nothing at all could be read, `run_together` those with a key given twice, where two
    records may have become one.
    """

    workspace: Workspace
    directory: Directory
    schedules: Mapping[str, Schedule]
    sources: Mapping[str, SourceFile]
    faults: Mapping[str, list[tuple[int, int]]]
    unread: frozenset[str]
    run_together: frozenset[str]
    lineage: Lineage

    @classmethod
    def of(
        cls, workspace: Workspace, sources: Iterable[SourceFile], reading: Iterable[Diagnostic]
    ) -> Context:
        """Derive what checks need; `reading` are the findings of decoding."""
        reading = list(reading)
        directory = Directory(workspace.units, workspace.groups)
        lineage = Lineage(workspace, directory)
        plans = {folder: in_force(plan) for folder, plan in workspace.plans.items()}
        workspace = workspace._replace(plans=plans)
        faults: dict[str, list[tuple[int, int]]] = {}
        for span in sorted(d.span for d in reading if d.severity is Severity.ERROR):
            faults.setdefault(span.path, []).append((span.line, span.column))
        return cls(
            workspace,
            directory,
            {
                folder: Schedule(lineage.with_events(plan), workspace.calendar)
                for folder, plan in plans.items()
            },
            {source.path: source for source in sources},
            faults,
            frozenset(d.span.path for d in reading if d.code.startswith(_OF_WHOLE_FILES)),
            frozenset(d.span.path for d in reading if d.code == _KEY_TWICE),
            lineage,
        )

    @property
    def plans(self) -> Iterator[tuple[str, Plan]]:
        """Every plan with the folder it lies in, as "plans/NAME/"."""
        return ((f"plans/{folder}/", plan) for folder, plan in self.workspace.plans.items())

    def schedule(self, base: str) -> Schedule:
        """The schedule of the plan in the folder `base`."""
        return self.schedules[base.split("/")[1]]

    def scheduled(self, base: str) -> list[tuple[Task, Scheduled]]:
        """Every task of the plan in the folder `base`, with what its deadline gives."""
        found = self._scheduled.get(base)
        if found is None:
            plan, schedule = self.workspace.plans[base.split("/")[1]], self.schedule(base)
            found = self._scheduled[base] = [(t, schedule.of_task(t)) for t in plan.tasks]
        return found

    @cached_property
    def _scheduled(self) -> dict[str, list[tuple[Task, Scheduled]]]:
        return {}

    def whole(self, path: str) -> bool:
        """Whether everything in that file could be read, so that what is missing is missing."""
        return path not in self.faults

    def none_missing(
        self,
        path: str,
        records: Iterable[Task | Event | Duty | Unit | Group | Amendment | Channel],
    ) -> bool:
        """Whether that file has no more records than those of these in it.

        That is so if all its faults lie within them.

        A fault within a record that was read may hide a value of it, but no other record.
        """
        places = self.faults.get(path)
        if not places or path in self.run_together:
            return not places
        spans = sorted(record.span for record in records if record.span.path == path)
        starts = [(span.line, span.column) for span in spans]
        for place in places:
            before = bisect_right(starts, place) - 1
            if before < 0 or place >= (spans[before].end_line, spans[before].end_column):
                return False
        return True

    def tasks_known(self, base: str, plan: Plan) -> bool:
        """Whether every task and field of that plan could be read, though perhaps not wholly."""
        return self.none_missing(f"{base}appendix.yaml", plan.tasks) and self.none_missing(
            f"{base}amendments.yaml", plan.amendments
        )

    def findings_known(self, base: str) -> bool:
        """Whether all inspections of that plan could be read wholly."""
        return not any(path.startswith(f"{base}inspection/") for path in self.faults)

    @cached_property
    def everyone(self) -> list[Unit | Group]:
        """All units and groups, as the files list them."""
        return [*self.workspace.units, *self.workspace.groups]

    @cached_property
    def shared_names(self) -> list[tuple[Unit | Group, Text, Unit | Group]]:
        """Names with the one who bears each and the other one whom it finds instead."""
        return [
            (who, name, owner)
            for who in self.everyone
            for name in (who.id, who.name, *who.aliases)
            if (owner := self.directory.find(name)) is not None and owner.id != who.id
        ]

    @cached_property
    def unit_ids_known(self) -> bool:
        """Whether every unit and group could be read, though perhaps not all its names."""
        return self.none_missing("plans/units.yaml", self.everyone)

    @cached_property
    def units_known(self) -> bool:
        """Whether every unit and group could be read and can be told from the others."""
        ids = {str(who.id) for who in self.everyone}
        told_apart = len(ids) == len(self.everyone) and not self.shared_names
        return told_apart and self.whole("plans/units.yaml")

    def sound(self, span: Span) -> bool:
        """Whether everything within `span` could be read."""
        places = self.faults.get(span.path, [])
        first = bisect_right(places, (span.line, span.column - 1))
        return first == len(places) or places[first] >= (span.end_line, span.end_column)

    def meant(self, wanted: str, known: Iterable[str]) -> Message | None:
        """The known name that may have been meant.

        Only for so many findings: looking through a large plan for each of a thousand helps nobody.
        """
        self._asked.append(wanted)
        near = closest(wanted, known, limit=1) if len(self._asked) <= _SUGGESTIONS else []
        return msg("did you mean “{name}”?", name=near[0]) if near else None

    @cached_property
    def _asked(self) -> list[str]:
        return []

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every file as lines, by path."""
        return {path: Page(source) for path, source in self.sources.items()}

    @cached_property
    def worded(self) -> list[Page]:
        """The files whose wording matters; acknowledgements quote the slips of others."""
        return [
            page
            for path, page in self.pages.items()
            if not path.endswith("/acknowledged.yaml") and not self.in_doubt(path)
        ]

    def in_doubt(self, path: str) -> bool:
        """Whether slips in that file may have been acknowledged though no acknowledgement matches.

        Where a file of a plan could not be read, an acknowledgement may be missing, or the task
        that it names. The acknowledgements of every plan count for the files that all share.
        """
        doubtful = self._doubtful_folders
        return path.split("/")[1] in doubtful if path.count("/") > 1 else bool(doubtful)

    @cached_property
    def _doubtful_folders(self) -> set[str]:
        """The folders of plans with a file that could not be read."""
        plans = self.workspace.plans
        paths = [path for path in (*self.sources, *self.unread) if path.count("/") > 1]
        folders = {path.split("/")[1] for path in paths} - set(SHARED_FOLDERS)
        broken = {path.split("/")[1] for path in paths if path in self.unread}
        return {f for f in folders if f in broken or f not in plans or plans[f].appendix is None}

    def locate(self, text: Text, start: int, end: int) -> Span:
        """The span of ``text[start:end]``; looked for in the lines where `text` is folded."""
        span = text.part(start, end)
        page = self.pages.get(span.path)
        if text.exact or page is None:
            return span
        lines = page.lines
        for number in range(span.line, min(span.end_line, len(lines)) + 1):
            column = lines[number - 1].find(text[start:end])
            if column >= 0:
                return Span(span.path, number, column + 1, number, column + 1 + end - start)
        return span
