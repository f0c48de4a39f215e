"""All files of a `plans/` folder → one `Workspace`, and everything wrong with them.

Paths are relative to the plan root ("plans/units.yaml"). A file that is not what its place says
is an error, never a file that is passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import (
    SHARED_FOLDERS,
    Appendix,
    CriteriaList,
    Inspection,
    Office,
    Plan,
    Workspace,
)
from cchc_cli.core.source import SourceFile, Span, Text, span_of
from cchc_cli.core.wording import closest
from cchc_cli.core.workdays import CalendarDay, CalendarYear, WorkCalendar
from cchc_cli.syntax import shapes
from cchc_cli.syntax.decode import Decoder
from cchc_cli.syntax.shapes import Shape
from cchc_cli.syntax.yamldoc import compose

TOP_FILES: Mapping[str, Shape] = {"office.yaml": shapes.OFFICE, "units.yaml": shapes.UNITS_FILE}
PLAN_FILES: Mapping[str, Shape] = {
    "plan.yaml": shapes.PLAN,
    "appendix.yaml": shapes.APPENDIX,
    "events.yaml": shapes.EVENTS_FILE,
    "reporting.yaml": shapes.REPORTING_FILE,
    "amendments.yaml": shapes.AMENDMENTS_FILE,
    "acknowledged.yaml": shapes.ACKNOWLEDGED_FILE,
    "frozen.yaml": shapes.FROZEN_FILE,
}
YEAR_FILES: Mapping[str, Shape] = {
    "inspection": shapes.INSPECTION,
    "communication": shapes.COMMUNICATION,
}
"""What a plan keeps in a folder with a file for each year."""
_YEAR_FILE = re.compile(r"\d{4}\.yaml")


class Loaded(NamedTuple):
    """What the files hold, and what is wrong in them."""

    workspace: Workspace
    diagnostics: tuple[Diagnostic, ...]


class File(NamedTuple):
    """What one file holds by itself. `counts`: it was read, even if it holds nothing."""

    path: str
    record: Any
    diagnostics: tuple[Diagnostic, ...]
    counts: bool = True


def load(sources: Iterable[SourceFile], problems: Iterable[Diagnostic] = ()) -> Loaded:
    """Read every file; `problems` are what the shell could not even open."""
    return put_together(map(read_file, sources), problems)


def read_file(source: SourceFile) -> File:
    """Compose and decode one file."""
    path = source.path
    shape = _shape_of(path)
    if isinstance(shape, Diagnostic):
        return File(path, None, (shape,), counts=False)
    node = compose(source)
    if isinstance(node, Diagnostic):
        empty_is_fine = node.code == "CCHC006" and shape not in (shapes.PLAN, shapes.APPENDIX)
        if not (empty_is_fine and source.text.strip()):
            return File(path, None, (node,), counts=False)
        return File(path, None, ())
    decoder = Decoder(path)
    record = decoder.record(node, shape)
    if isinstance(record, Appendix):
        record = _with_fields(record)
    elif isinstance(record, Inspection):
        record = _with_visits(record)
    return File(path, record, tuple(decoder.diagnostics))


def _shape_of(path: str) -> Shape | Diagnostic:
    """The shape that a file must have by its place; a diagnostic if it has no place."""
    match path.split("/")[1:]:
        case [name] if name in TOP_FILES:
            return TOP_FILES[name]
        case ["calendar", name] if _YEAR_FILE.fullmatch(name):
            return shapes.CALENDAR
        case ["scoring", name] if _YEAR_FILE.fullmatch(name):
            return shapes.YEAR_OF_SCORES
        case ["scoring", "criteria", name] if name.endswith(".yaml"):
            return shapes.CRITERIA
        case [plan, name] if name in PLAN_FILES and plan not in SHARED_FOLDERS:
            return PLAN_FILES[name]
        case [plan, folder, name] if folder in YEAR_FILES and plan not in SHARED_FOLDERS:
            return YEAR_FILES[folder] if _YEAR_FILE.fullmatch(name) else _misplaced(path)
        case [plan, "progress", name] if name.endswith(".yaml") and plan not in SHARED_FOLDERS:
            return shapes.PROGRESS_FILE
    return _misplaced(path)


def _misplaced(path: str) -> Diagnostic:
    near = closest(path.rsplit("/", 1)[-1], [*TOP_FILES, *PLAN_FILES], limit=1)
    hint = msg("did you mean “{name}”?", name=near[0]) if near else None
    message = msg("no command reads a file of this name in this folder")
    return error("CCHC008", Span(path), message, hint=hint)


def put_together(files: Iterable[File], problems: Iterable[Diagnostic] = ()) -> Loaded:
    """The files of one `plans/` folder as a whole."""
    loader = _Loader(list(problems))
    for file in files:
        loader.take(file)
    return loader.finish()


class _Loader:
    def __init__(self, problems: list[Diagnostic]) -> None:
        self.diagnostics = problems
        self.records: dict[str, Any] = {}
        self.seen: set[str] = {problem.span.path for problem in problems}
        self.files_read = 0

    def take(self, file: File) -> None:
        """Add one file."""
        self.seen.add(file.path)
        self.diagnostics += file.diagnostics
        self.files_read += file.counts
        if file.record is not None:
            self.records[file.path] = file.record

    def finish(self) -> Loaded:
        """Put the records together."""
        units = self._values("plans/units.yaml")
        office = self.records.get("plans/office.yaml")
        for name in TOP_FILES:
            if f"plans/{name}" not in self.seen:
                self._missing(f"plans/{name}")
        plans = {plan: built for plan in self._plan_ids() if (built := self._plan(plan))}
        workspace = Workspace(
            office=office if isinstance(office, Office) else None,
            units=units.get("units", ()),
            groups=units.get("groups", ()),
            calendar=self._calendar(),
            plans=plans,
            criteria=tuple(self._criteria()),
            scores=tuple(self._of_years("plans/scoring")),
            files_read=self.files_read,
        )
        return Loaded(workspace, tuple(self.diagnostics))

    def _values(self, path: str) -> dict[str, tuple[Any, ...]]:
        record = self.records.get(path)
        return record.values if isinstance(record, shapes.ListFile) else {}

    def _missing(self, path: str) -> None:
        self.diagnostics.append(error("CCHC007", Span(path), msg("the file is missing")))

    def _plan_ids(self) -> list[str]:
        folders = {path.split("/")[1] for path in self.seen if path.count("/") >= 2}
        return sorted(folders - set(SHARED_FOLDERS))

    def _plan(self, folder: str) -> Plan | None:
        base = f"plans/{folder}"
        for name in ("plan.yaml", "appendix.yaml"):
            if f"{base}/{name}" not in self.seen:
                self._missing(f"{base}/{name}")
        plan = self.records.get(f"{base}/plan.yaml")
        if not isinstance(plan, Plan):
            return None
        self._matches(plan.id, folder, msg("the plan’s id"))
        appendix = self.records.get(f"{base}/appendix.yaml")
        if isinstance(appendix, Appendix):
            self._matches(appendix.plan, folder, msg("the plan named here"))
        amended = self._values(f"{base}/amendments.yaml")
        halts = ("suspensions", "resumptions", "cancellations")
        return plan._replace(
            appendix=appendix if isinstance(appendix, Appendix) else None,
            events=self._values(f"{base}/events.yaml").get("events", ()),
            duties=self._values(f"{base}/reporting.yaml").get("duties", ()),
            extensions=amended.get("extensions", ()),
            halts=tuple(halt for name in halts for halt in amended.get(name, ())),
            transfers=amended.get("transfers", ()),
            rewordings=amended.get("rewordings", ()),
            additions=amended.get("additions", ()),
            acknowledged=self._values(f"{base}/acknowledged.yaml").get("acknowledged", ()),
            progress=tuple(
                record
                for path in sorted(self.records)
                if path.startswith(f"{base}/progress/")
                for record in self._progress(path)
            ),
            inspections=tuple(self._of_years(f"{base}/inspection")),
            communications=tuple(self._of_years(f"{base}/communication")),
            frozen=self._values(f"{base}/frozen.yaml").get("reports", ()),
        )

    def _of_years(self, folder: str) -> Iterator[Any]:
        """The records of the yearly files in a folder, in order."""
        for path, record in self._within(folder):
            self._matches_year(path, record.year)
            yield record

    def _criteria(self) -> Iterator[CriteriaList]:
        """The lists of criteria, in the order of their names."""
        for path, record in self._within("plans/scoring/criteria"):
            name = path.rsplit("/", 1)[1].removesuffix(".yaml")
            self._matches(record.id, name, msg("the id of the list"))
            yield record

    def _within(self, folder: str) -> Iterator[tuple[str, Any]]:
        """The records of the files in a folder, in the order of their names."""
        for path in sorted(self.records):
            if path.rpartition("/")[0] == folder:
                yield path, self.records[path]

    def _progress(self, path: str) -> list[Any]:
        values = self.records[path].values
        unit = values.get("unit")
        if unit is None:
            return []
        self._matches(unit, path.rsplit("/", 1)[1].removesuffix(".yaml"), msg("the unit"))
        return [record._replace(unit=unit) for record in values.get("progress", ())]

    def _matches(self, text: Text, name: str, what: Message) -> None:
        if str(text) != name:
            message = msg("{what} is “{text}”, but its file or folder is named “{name}”",
                          what=what, text=text, name=name)  # fmt: skip
            span = span_of(text, Span(name))
            self.diagnostics.append(error("CCHC202", span, message, subject=str(text)))

    def _calendar(self) -> WorkCalendar:
        years = []
        for path, record in sorted(self.records.items()):
            if isinstance(record, shapes.CalendarFile):
                self._matches_year(path, record.year)
                years.append(
                    CalendarYear(
                        record.year,
                        frozenset(record.rest),
                        tuple(CalendarDay(*entry) for entry in record.closed),
                        tuple(CalendarDay(*entry) for entry in record.working),
                    )
                )
        return WorkCalendar.of(years)

    def _matches_year(self, path: str, year: int) -> None:
        name = path.rsplit("/", 1)[1].removesuffix(".yaml")
        if name != str(year):
            message = msg(
                "the year is {year}, but the file is named “{name}”", year=year, name=name
            )
            self.diagnostics.append(error("CCHC202", Span(path), message))


def _with_fields(appendix: Appendix) -> Appendix:
    """Tell every task which field it stands in."""
    fields = tuple(
        area._replace(tasks=tuple(task._replace(field=area.id) for task in area.tasks))
        for area in appendix.fields
    )
    return appendix._replace(fields=fields)


def _with_visits(inspection: Inspection) -> Inspection:
    """Tell every finding with which unit and when it was found."""
    visits = tuple(
        visit._replace(
            findings=tuple(
                finding._replace(unit=visit.unit, found_on=visit.held_on)
                for finding in visit.findings
            )
        )
        for visit in inspection.visits
    )
    return inspection._replace(visits=visits)
