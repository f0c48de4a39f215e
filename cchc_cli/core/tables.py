"""One office → rows of tables that any engine can query; what each column means is told here.

The tables hold what the figures of `core/rollup` are made of, so that queries give the same ones.
`docs/tables.md` is written from the descriptions below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.model import (
    Addition,
    Amendment,
    Evidence,
    Extension,
    Halt,
    Progress,
    Rewording,
    State,
    Task,
    Transfer,
    Workspace,
)
from cchc_cli.core.report.cases import Occasion, Share
from cchc_cli.core.report.words import stated
from cchc_cli.core.rollup import Asked, Counted, Known, agency_of, counted, reports_of
from cchc_cli.core.status import Status
from cchc_cli.core.units import Role
from cchc_cli.core.wording import fold

Value = str | int | date | None
Row = tuple[Value, ...]
TEXT, INTEGER, BOOLEAN, DATE = "text", "integer", "boolean", "date"


class Column(NamedTuple):
    """A column: its name, its type, and what it means; `null` is what an empty one means."""

    name: str
    type: str
    meaning: str
    null: str = ""


class Table(NamedTuple):
    """A table. One with `partitioned` has in its last column a year, by which files are split."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    partitioned: bool = False


_OFFICE = Column("office", TEXT, "the folder or repository of the office, as it was named")
_PLAN = Column("plan", TEXT, "id of the plan")
_TASK = Column("task", TEXT, "id of the task")
_PERIOD = Column("period", TEXT, "label of the period: 2022, 2022-Q1, 2022-03, a day, an event",
                 "the task has no periods")  # fmt: skip
_STATUS = ", ".join(status.value for status in Status)
_AUTHORITY = Column("authority", TEXT, "the deciding document")

TABLES: tuple[Table, ...] = (
    Table(
        "offices",
        "One row an office that was read.",
        (
            Column("number", INTEGER, "its place in the order of reading, from 1 on"),
            _OFFICE,
            Column("agency", TEXT, "the name of the office", "no name on record"),
            Column("parent", TEXT, "the office above", "none on record"),
            Column("revision", TEXT, "id of the commit", "not under git"),
            Column("changed", BOOLEAN, "files have been changed since that commit"),
            Column("errors", INTEGER, "errors in the plans; what they hide is in no row"),
            Column("as_of", DATE, "the day to judge by"),
            Column("year", INTEGER, "the year of the figures: that of “counted”"),
        ),
    ),
    Table(
        "skipped",
        "One row an office that could not be read and is in no other table.",
        (_OFFICE, Column("reason", TEXT, "why, in the language of the command")),
    ),
    Table(
        "tasks",
        "One row a task of every plan that has begun by the year, in the words in force.",
        (
            _OFFICE, _PLAN, _TASK,
            Column("number", TEXT, "its printed number"),
            Column("name", TEXT, "its name"),
            Column("field", TEXT, "id of its field"),
            Column("field_name", TEXT, "name of the field as printed"),
            Column("field_key", TEXT, "that name without case and marks: the same in all offices"),
            Column("products", TEXT, "products with “; ” between", "none named"),
            Column("lead", TEXT, "cell of the units in charge, as printed", "empty cell"),
            Column("support", TEXT, "cell of the supporting units, as printed", "empty cell"),
            Column("deadline", TEXT, "the deadline in words", "empty cell"),
            Column("parent_task", TEXT, "the task of the parent plan that it carries out", "none"),
            Column("parent_period", TEXT, "the period of that task", "the same periods"),
        ),
    ),
    Table(
        "occurrences",
        "One row an occurrence of a task and unit, leads first. An occurrence is one task in one "
        "of its periods, or a task without any; the rows with part = 1 hold each exactly once.",
        (
            _OFFICE, _PLAN, _TASK, _PERIOD,
            Column("part", INTEGER, "number of the row within its occurrence, from 1 on"),
            Column("field_key", TEXT, "as in tasks"),
            Column("unit", TEXT, "id of the unit, or of a group nobody has named the members of",
                   "nobody known leads it"),
            Column("unit_name", TEXT, "its name", "likewise"),
            Column("role", TEXT, "lead or support"),
            Column("via", TEXT, "id of the group through which the unit is named", "by name"),
            Column("start", DATE, "the first day", "none by the words"),
            Column("due", DATE, "the last permitted day, inclusive", "no day by the words"),
            Column("original_due", DATE, "the due day by the plan", "never extended"),
            Column("status", TEXT, f"of this unit on the day; one of {_STATUS}"),
            Column("days", INTEGER, "days late if overdue or done_late, else days left",
                   "nothing to count"),
            Column("completed_on", DATE, "the last day of completion recorded", "none recorded"),
            Column("evidenced", BOOLEAN, "done, and a document named"),
            Column("counted", BOOLEAN,
                   "this unit’s share is in the figures of the year; false for support"),
            Column("task_status", TEXT, "status of all leads together: done when all of them are"),
            Column("task_days", INTEGER, "days late or left, as in days", "nothing to count"),
            Column("task_evidenced", BOOLEAN, "done, and every lead named a document"),
            Column("task_counted", BOOLEAN, "the occurrence is in the figures of the year"),
            Column("year", INTEGER, "the year of the due day", "no due day"),
        ),
        partitioned=True,
    ),
    Table(
        "states",
        "One row an entry of a unit, as it was made; a later one corrects an earlier one.",
        (
            _OFFICE, _PLAN,
            Column("number", INTEGER, "its place among the entries of the plan"),
            Column("unit", TEXT, "id of the unit"),
            Column("task", TEXT, "id of the task, or of the reporting duty"),
            _PERIOD,
            Column("state", TEXT, "in_progress, done or reopened", "a remark, or more evidence"),
            Column("completed_on", DATE, "the day of completion", "nobody said"),
            Column("recorded_on", DATE, "the day of entry", "nobody said"),
            Column("evidence", INTEGER, "how many documents are named"),
            Column("documents", TEXT, "these, with “; ” between", "none"),
            Column("note", TEXT, "remark", "none"),
            Column("difficulty", TEXT, "difficulty", "none"),
            Column("proposal", TEXT, "proposal", "none"),
            Column("reason", TEXT, "why an earlier entry is corrected or taken back", "it is not"),
            Column("year", INTEGER, "the year of entry, else of completion", "neither is known"),
        ),
        partitioned=True,
    ),
    Table(
        "changes",
        "One row a decision that changes a plan, whenever it takes force.",
        (
            _OFFICE, _PLAN,
            Column("kind", TEXT, "extension, suspended, cancelled, resumed, transfer, rewording "
                   "or addition"),
            _TASK,
            Column("period", TEXT, "the period concerned", "the whole task, or its only period"),
            Column("decided_on", DATE, "the day of the document; it holds from then on"),
            _AUTHORITY,
            Column("reason", TEXT, "why"),
            Column("due", DATE, "the new due day of an extension", "another kind"),
            Column("until", DATE, "the last day of a suspension", "another kind, or open"),
            Column("from_unit", TEXT, "who gives the work", "no transfer"),
            Column("to_unit", TEXT, "who takes it", "no transfer"),
            Column("name", TEXT, "the new name of the task", "it stays, or another kind"),
            Column("deadline", TEXT, "the new deadline in words", "it stays, or another kind"),
        ),
    ),
    Table(
        "reports",
        "One row a period of a reporting duty and unit, of the periods asked for whose windows "
        "had ended by the day.",
        (
            _OFFICE, _PLAN,
            Column("duty", TEXT, "id of the duty"),
            Column("name", TEXT, "its name"),
            Column("period", TEXT, "label of the period"),
            Column("unit", TEXT, "id of the unit that reports", "nobody known"),
            Column("unit_name", TEXT, "its name", "likewise"),
            Column("ends", DATE, "the last day of the window of data"),
            Column("due", DATE, "the last permitted day", "the plan names none"),
            Column("status", TEXT, "as in occurrences"),
            Column("days", INTEGER, "as in occurrences", "nothing to count"),
            Column("completed_on", DATE, "the day of the report", "none recorded"),
        ),
    ),
)  # fmt: skip


def rows(workspace: Workspace, known: Known, asked: Asked) -> Iterator[tuple[str, Row]]:
    """The rows of one office, each with the name of its table; `number` of the office is 0."""
    yield "offices", (
        0, known.office, agency_of(workspace) or None,
        stated(workspace.office.parent) if workspace.office else None, known.revision,
        known.changed, known.errors, asked.as_of, asked.period.year,
    )  # fmt: skip
    for each in counted(workspace, asked):
        of = (known.office, str(each.plan.id))
        yield from (("tasks", (*of, *row)) for row in _tasks(each.agenda))
        yield from (("occurrences", (*of, *row)) for row in _occurrences(each))
        entries = enumerate(each.plan.progress, 1)
        yield from (("states", (*of, number, *_state(entry))) for number, entry in entries)
        changes = sorted(each.plan.amendments, key=lambda change: change.on)
        yield from (("changes", (*of, *_change(change))) for change in changes)
        for report in reports_of(each.agenda, asked):
            yield "reports", (
                *of, report.duty, report.name, report.period, report.unit or None,
                report.unit_name or None, report.ends, report.due, report.status.value,
                report.days, report.completed_on,
            )  # fmt: skip


def _tasks(agenda: Agenda) -> Iterator[Row]:
    for area in agenda.plan.fields:
        for task in area.tasks:
            yield (
                str(task.id), str(task.number), str(task.name), str(area.id), str(area.name),
                fold(area.name), "; ".join(map(str, task.products)) or None, stated(task.lead),
                stated(task.support), stated(task.deadline),
                str(task.parent.task) if task.parent else None,
                stated(task.parent.period) if task.parent else None,
            )  # fmt: skip


def _occurrences(each: Counted) -> Iterator[Row]:
    keys = {str(area.id): fold(area.name) for area in each.plan.fields}
    for occasion in each.occasions:
        key = keys[str(occasion.task.field)]
        whole = occasion.whole
        shares = list(occasion.leads) or [whole]
        shares += (_supporting(item) for item in occasion.support)
        for part, share in enumerate(shares, 1):
            yield (
                *_which(occasion.task, occasion), part, key, *_who(share.item), *_days(occasion),
                share.standing.status.value, share.standing.days, _completed(share),
                share.evidenced, share.counted, whole.standing.status.value,
                whole.standing.days, whole.evidenced, whole.counted, _year(occasion),
            )  # fmt: skip


def _supporting(item: Item) -> Share:
    """What a supporting unit has of an occurrence: no part in any figure."""
    return Share(item, item.standing, counted=False, evidenced=False, finished=None)


def _which(task: Task, occasion: Occasion) -> tuple[str, str | None]:
    return str(task.id), str(occasion.occurrence.period) if occasion.occurrence else None


def _who(item: Item | None) -> tuple[str | None, str | None, str, str | None]:
    if item is None:
        return None, None, Role.LEAD.value, None
    unit, name = item.who
    via = item.assignment.via
    return unit or None, name or None, item.assignment.role.value, str(via.id) if via else None


def _days(occasion: Occasion) -> tuple[date | None, date | None, date | None]:
    found = occasion.occurrence
    return (found.start, found.due, found.original_due) if found else (None, None, None)


def _year(occasion: Occasion) -> int | None:
    due = occasion.occurrence.due if occasion.occurrence else None
    return due.year if due else None


def _completed(share: Share) -> date | None:
    records: Iterable[Progress] = share.item.records if share.item else ()
    done = (r.completed_on for r in records if r.state is State.DONE)
    return max((day for day in done if day), default=None)


def _state(entry: Progress) -> Row:
    day = entry.recorded_on or entry.completed_on
    return (
        str(entry.unit), str(entry.task), stated(entry.period),
        entry.state.value if entry.state else None, entry.completed_on, entry.recorded_on,
        len(entry.evidence), "; ".join(_document(one) for one in entry.evidence) or None,
        stated(entry.note), stated(entry.difficulty), stated(entry.proposal),
        stated(entry.reason), day.year if day else None,
    )  # fmt: skip


def _document(evidence: Evidence) -> str:
    return str(evidence.document or evidence.title or evidence.file or "")


def _change(change: Amendment) -> Row:
    task = str(change.task.id if isinstance(change, Addition) else change.task)
    period = stated(change.period) if isinstance(change, Extension | Halt) else None
    due = change.to if isinstance(change, Extension) else None
    until = change.until if isinstance(change, Halt) else None
    units = (str(change.giver), str(change.taker)) if isinstance(change, Transfer) else (None, None)
    worded = change.task if isinstance(change, Addition) else change
    words = (
        (stated(worded.name), stated(worded.deadline))
        if isinstance(worded, Rewording | Task)
        else (None, None)
    )
    return (
        _kind(change), task, period, change.on, str(change.authority), str(change.reason), due,
        until, *units, *words,
    )  # fmt: skip


def _kind(change: Amendment) -> str:
    return change.kind.value if isinstance(change, Halt) else type(change).__name__.lower()
