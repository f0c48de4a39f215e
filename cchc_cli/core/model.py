"""The plan and everything recorded about it, as immutable records.

Text of the signed document is kept character for character in `Text` values; whatever is read
from it (units of a cell, a typed deadline) is derived beside it and never replaces it.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from cchc_cli.core.periods import Years
from cchc_cli.core.source import Span, Text
from cchc_cli.core.workdays import WorkCalendar


class Unit(NamedTuple):
    """A unit of the office. `valid_until` is its last day; from then on `successor` takes over.

    `authority` is the document that ended it, `reason` why.
    """

    id: Text
    name: Text
    span: Span
    aliases: tuple[Text, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    successor: Text | None = None
    authority: Text | None = None
    reason: Text | None = None


class Group(NamedTuple):
    """A class of units named as one. An `open` group has members that nobody has named."""

    id: Text
    name: Text
    span: Span
    aliases: tuple[Text, ...] = ()
    members: tuple[Text, ...] = ()
    open: bool = False
    note: Text | None = None


class Signer(NamedTuple):
    """Who signs the office's reports; `authority` is the line above the title, "KT. GIÁM ĐỐC"."""

    title: Text
    name: Text
    authority: Text | None = None


class Office(NamedTuple):
    """The office that keeps the plans; `due_soon_days` is how near a deadline counts as near."""

    agency: Text
    parent: Text | None = None
    place: Text | None = None
    symbol: Text | None = None
    signer: Signer | None = None
    due_soon_days: int = 7


class Reading(NamedTuple):
    """A reading pinned by a maintainer: what the text is to be read as, and why."""

    wording: Text
    reason: Text


class Origin(NamedTuple):
    """The task of the parent plan that a task carries out.

    Its occurrences are those of the same `period` there; where one is named, all are part of it.
    """

    task: Text
    period: Text | None = None


class Task(NamedTuple):
    """One row of the appendix. `lead`, `support` and `deadline` are the cells as printed.

    Where documents have changed the row, `amended` are these in order of their days, and `printed`
    is the row before the first rewording.
    """

    id: Text
    number: Text
    name: Text
    span: Span
    field: Text | None = None  # the id of its field, filled in from where the task stands
    products: tuple[Text, ...] = ()
    lead: Text | None = None
    support: Text | None = None
    deadline: Text | None = None
    reading: Reading | None = None
    events: tuple[Text, ...] = ()
    parent: Origin | None = None
    amended: tuple[Addition | Rewording, ...] = ()
    printed: Task | None = None


class Field(NamedTuple):
    """A field (lĩnh vực) of the appendix with its tasks in printed order."""

    id: Text
    name: Text
    span: Span
    tasks: tuple[Task, ...] = ()


class Appendix(NamedTuple):
    """The task table, with its printed headings."""

    plan: Text
    fields: tuple[Field, ...]
    heading: Text | None = None
    subject: Text | None = None
    attached: Text | None = None
    columns: tuple[Text, ...] = ()


class Charge(NamedTuple):
    """What a section of Part IV charges its unit to lead: whole fields, or single tasks."""

    fields: tuple[Text, ...] = ()
    tasks: tuple[Text, ...] = ()


class Section(NamedTuple):
    """A numbered section; `items` are its "- " paragraphs, `text` what follows its heading."""

    number: Text
    title: Text
    span: Span
    text: Text | None = None
    items: tuple[Text, ...] = ()
    field: Text | None = None
    unit: Text | None = None
    group: Text | None = None
    charge: Charge | None = None


class Part(NamedTuple):
    """A part of the document (I–IV)."""

    number: Text
    title: Text
    span: Span
    text: Text | None = None
    sections: tuple[Section, ...] = ()
    closing: Text | None = None


class Signature(NamedTuple):
    """The signer as printed."""

    title: Text
    name: Text


class Document(NamedTuple):
    """The signed text."""

    type: Text
    subject: Text
    preamble: Text | None = None
    parts: tuple[Part, ...] = ()
    recipients: tuple[Text, ...] = ()
    signature: Signature | None = None


class Event(NamedTuple):
    """Something that deadlines wait for; `on` is None until it has happened."""

    id: Text
    name: Text
    span: Span
    on: date | None = None
    document: Text | None = None


class Duty(NamedTuple):
    """A reporting duty. `window` is the data it covers, `deadline` its due day, both in words."""

    id: Text
    name: Text
    lead: Text
    window: Text
    span: Span
    to: Text | None = None
    basis: Text | None = None
    deadline: Text | None = None


class Acknowledgement(NamedTuple):
    """A warning that somebody has looked at and leaves as it is, with the reason."""

    code: Text
    at: Text
    reason: Text
    span: Span
    found: Text | None = None


class Extension(NamedTuple):
    """A later due day (gia hạn) by a deciding document, which holds from its day `on`.

    Without a `period` it holds for the only occurrence of its task.
    """

    task: Text
    to: date
    on: date
    authority: Text
    reason: Text
    span: Span
    period: Text | None = None


class Halt(NamedTuple):
    """Work that a deciding document stops or takes up again from its day `on`, inclusive.

    Without a `period` it stops what is not yet overdue on that day: what was late stays late; a
    resumption takes up all that is stopped. A suspension with `until` ends after that day.
    """

    task: Text
    kind: HaltKind
    on: date
    authority: Text
    reason: Text
    span: Span
    period: Text | None = None
    until: date | None = None


class HaltKind(enum.Enum):
    """What a halt does."""

    SUSPENDED = "suspended"  # tạm dừng
    CANCELLED = "cancelled"  # thôi thực hiện
    RESUMED = "resumed"  # thực hiện trở lại


class Transfer(NamedTuple):
    """Open work of a task that passes from one unit to another on the day `on` of a document."""

    task: Text
    giver: Text
    taker: Text
    on: date
    authority: Text
    reason: Text
    span: Span


class Rewording(NamedTuple):
    """Other words for a task by a deciding document, from its day `on`; empty ones stay.

    `reading` is of the new deadline. Who does the work changes by a transfer, never here.
    """

    task: Text
    on: date
    authority: Text
    reason: Text
    span: Span
    name: Text | None = None
    products: tuple[Text, ...] = ()
    deadline: Text | None = None
    reading: Reading | None = None


class Addition(NamedTuple):
    """A task that a deciding document adds to a field, from its day `on`."""

    task: Task
    field: Text
    on: date
    authority: Text
    reason: Text
    span: Span


Amendment = Extension | Halt | Transfer | Rewording | Addition


class State(enum.Enum):
    """What staff enter; everything else about a status is derived."""

    IN_PROGRESS = "in_progress"
    DONE = "done"
    REOPENED = "reopened"  # a done mark is taken back, with a reason


class Evidence(NamedTuple):
    """A document that proves completion.

    `file` is a path from the plan root on, `checksum` "sha256:" with the 64 digits of its SHA-256.
    """

    document: Text | None = None
    date: datetime.date | None = None
    title: Text | None = None
    file: Text | None = None
    checksum: Text | None = None


class Progress(NamedTuple):
    """One entry of a unit about one occurrence. Completion and entry are different days.

    Entries are never changed: a later one corrects an earlier one, and says why in `reason`. One
    without a `state` is a remark, or further evidence.
    """

    task: Text
    span: Span
    state: State | None = None
    unit: Text | None = None  # filled in from the head of the unit's file
    period: Text | None = None
    completed_on: date | None = None
    recorded_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    note: Text | None = None
    difficulty: Text | None = None
    proposal: Text | None = None
    reason: Text | None = None


class Member(NamedTuple):
    """A member of an inspection team; `role` is what the deciding document calls them."""

    name: Text
    role: Text | None = None
    unit: Text | None = None


class Finding(NamedTuple):
    """A problem that an inspection found, with the measure asked for and a deadline in words."""

    id: Text
    name: Text
    span: Span
    measure: Text | None = None
    deadline: Text | None = None
    reading: Reading | None = None
    unit: Text | None = None  # the inspected one, filled in from the visit
    found_on: date | None = None  # the day on which the visit was held, likewise


class Visit(NamedTuple):
    """The inspection of one unit: the time planned for it in words, and the day it was held.

    `record` is the document that records it (biên bản).
    """

    id: Text
    unit: Text
    span: Span
    deadline: Text | None = None
    held_on: date | None = None
    scope: Text | None = None
    record: Evidence | None = None
    findings: tuple[Finding, ...] = ()


class Inspection(NamedTuple):
    """The inspection of one year (kiểm tra cải cách hành chính).

    `task` is the task of the plan that it carries out; `authority` of the day `on` set up the team;
    `results` is the report on its results.
    """

    year: int
    span: Span
    task: Text | None = None
    authority: Text | None = None
    on: date | None = None
    team: tuple[Member, ...] = ()
    visits: tuple[Visit, ...] = ()
    results: Evidence | None = None

    @property
    def findings(self) -> Iterator[Finding]:
        """What was found, in the order of the visits."""
        return (finding for visit in self.visits for finding in visit.findings)


class Channel(NamedTuple):
    """A channel of communication; `measure` is what is counted on it, "tin, bài"."""

    id: Text
    name: Text
    span: Span
    measure: Text | None = None


class Held(NamedTuple):
    """What was done for an activity on one day; `quantity` in the measure of its channel."""

    on: date
    span: Span
    quantity: int | None = None
    recorded_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    note: Text | None = None


class Activity(NamedTuple):
    """An activity of communication (tuyên truyền), planned in words and held on days.

    Without a `unit`, it is of the unit that the plan charges with communication.
    """

    id: Text
    channel: Text
    name: Text
    span: Span
    unit: Text | None = None
    deadline: Text | None = None
    reading: Reading | None = None
    held: tuple[Held, ...] = ()


class Communication(NamedTuple):
    """The communication of one year; `task` is the task of the plan that it carries out."""

    year: int
    span: Span
    task: Text | None = None
    authority: Text | None = None
    on: date | None = None
    channels: tuple[Channel, ...] = ()
    activities: tuple[Activity, ...] = ()


class Frozen(NamedTuple):
    """A report as it was sent: its number, the day it tells the state of, and what it was made of.

    `commit` is the revision of the plans, `checksum` "sha256:" with the 64 digits of the SHA-256
    of its Markdown text.
    """

    period: Text
    as_of: date
    commit: Text
    checksum: Text
    span: Span
    unit: Text | None = None
    number: Text | None = None
    on: date | None = None


class Plan(NamedTuple):
    """One plan with everything recorded about it.

    `parent` is the id of the plan that it carries out.

    `effective` is the first day it can bind anyone; where the signed text leaves the day blank,
    the first of the month.
    """

    id: Text
    period: Years
    span: Span
    effective: date | None = None
    parent: Text | None = None
    document: Document | None = None
    appendix: Appendix | None = None
    events: tuple[Event, ...] = ()
    duties: tuple[Duty, ...] = ()
    extensions: tuple[Extension, ...] = ()
    halts: tuple[Halt, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    additions: tuple[Addition, ...] = ()
    acknowledged: tuple[Acknowledgement, ...] = ()
    progress: tuple[Progress, ...] = ()
    inspections: tuple[Inspection, ...] = ()  # one a year, in order
    communications: tuple[Communication, ...] = ()  # likewise
    frozen: tuple[Frozen, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the appendix, in printed order."""
        return self.appendix.fields if self.appendix else ()

    @property
    def tasks(self) -> Iterator[Task]:
        """Every task, in printed order."""
        return (task for area in self.fields for task in area.tasks)

    @property
    def findings(self) -> Iterator[Finding]:
        """Whatever inspections have found, or will have found on their day, year by year."""
        return (finding for inspection in self.inspections for finding in inspection.findings)

    @property
    def amendments(self) -> Iterator[Amendment]:
        """What documents decided, kind by kind."""
        yield from self.extensions
        yield from self.halts
        yield from self.transfers
        yield from self.rewordings
        yield from self.additions


class RuleKind(enum.Enum):
    """How an answer becomes points."""

    FULL_OR_ZERO = "full_or_zero"  # yes, or at least a number: all of them, else none
    PROPORTIONAL = "proportional"  # the maximum × a rate, nothing below a floor
    BANDS = "bands"  # the points of the highest band reached
    PER_ITEM = "per_item"  # points for each, up to the maximum
    DEDUCTION = "deduction"  # points off for each, up to the maximum; never part of a total
    BONUS = "bonus"  # points for each (or yes), up to the maximum, beyond the total


class Band(NamedTuple):
    """Points for an answer of at least `least`, inclusive."""

    least: Decimal
    points: Decimal


class Rule(NamedTuple):
    """A rule with its numbers: all of them are data, since no law fixes them for every office.

    `at_least` is the number that an answer must reach, `floor` the rate in percent below which
    there are no points, both inclusive; `each` is the points for one.
    """

    kind: RuleKind
    at_least: Decimal | None = None
    floor: Decimal | None = None
    each: Decimal | None = None
    bands: tuple[Band, ...] = ()


class MeasureKind(enum.Enum):
    """What the records of the plan can answer by themselves."""

    PLAN_COMPLETION = "plan_completion"  # percent of the year's occurrences that are done
    REPORTS_ON_TIME = "reports_on_time"  # percent of the year's reports that were sent in time
    DONE_ON_TIME = "done_on_time"  # whether the occurrence of a task was done in time


class Measure(NamedTuple):
    """A measure with what it is taken of.

    `task` is a task or reporting duty of `plan`; `shift` is added to the year, as -1 for the plan
    of a year, which is to be issued in the year before.
    """

    kind: MeasureKind
    plan: Text | None = None
    task: Text | None = None
    shift: int = 0


class Criterion(NamedTuple):
    """A criterion (tiêu chí), or a part of one (tiêu chí thành phần).

    It has `parts`, or a `rule`. Its answer is measured or declared; `proof` is the evidence asked
    for, and `unit` the id of who is responsible.
    """

    id: Text
    name: Text
    maximum: Decimal
    span: Span
    rule: Rule | None = None
    measure: Measure | None = None
    proof: Text | None = None
    unit: Text | None = None
    may_not_apply: bool = False
    parts: tuple[Criterion, ...] = ()


class CriteriaField(NamedTuple):
    """A field (lĩnh vực) of a list of criteria."""

    id: Text
    name: Text
    maximum: Decimal
    span: Span
    criteria: tuple[Criterion, ...] = ()


class CriteriaList(NamedTuple):
    """A list of criteria for scoring (bộ tiêu chí chấm điểm), valid in the years of `period`.

    `total` is the points to be had without bonus. `decimals` are those to which points are rounded
    (half up); without it, none are. An `example` is no decision of anybody.
    """

    id: Text
    name: Text
    period: Years
    total: Decimal
    span: Span
    fields: tuple[CriteriaField, ...] = ()
    authority: Text | None = None
    example: bool = False
    decimals: int | None = None

    @property
    def leaves(self) -> Iterator[Criterion]:
        """What is scored by itself, in order."""
        for area in self.fields:
            for criterion in area.criteria:
                yield from criterion.parts or (criterion,)


class Declared(NamedTuple):
    """An answer that a unit declares; a later one about the same criterion takes its place.

    `value` is a number, "yes", "no" or "not_applicable"; with `of`, the answer is their share in
    percent.
    """

    criterion: Text
    value: Text
    span: Span
    of: Decimal | None = None
    unit: Text | None = None
    recorded_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    note: Text | None = None


class Appraised(NamedTuple):
    """The points that an appraisal gives for a criterion, and why."""

    criterion: Text
    points: Decimal
    span: Span
    reason: Text | None = None


class Round(NamedTuple):
    """A round of appraisal (thẩm định) by the office above, by a document of the day `on`."""

    id: Text
    name: Text
    span: Span
    authority: Text | None = None
    on: date | None = None
    scores: tuple[Appraised, ...] = ()


class YearOfScores(NamedTuple):
    """The scoring of one year by one list: what was declared, and the rounds of appraisal."""

    year: int
    criteria: Text
    span: Span
    declared: tuple[Declared, ...] = ()
    rounds: tuple[Round, ...] = ()


SHARED_FOLDERS = ("calendar", "scoring")
"""The folders under `plans/` that are not plans."""


class Workspace(NamedTuple):
    """All that lies in one `plans/` folder. `tasks_read` and `files_read` are for the reader."""

    office: Office | None = None
    units: tuple[Unit, ...] = ()
    groups: tuple[Group, ...] = ()
    calendar: WorkCalendar = WorkCalendar()  # immutable
    plans: Mapping[str, Plan] = MappingProxyType({})
    criteria: tuple[CriteriaList, ...] = ()
    scores: tuple[YearOfScores, ...] = ()  # one a year, in order
    files_read: int = 0

    @property
    def soon(self) -> int:
        """How many days before its due day something counts as due soon."""
        return self.office.due_soon_days if self.office else 7
