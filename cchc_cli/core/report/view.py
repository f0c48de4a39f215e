"""What a report template receives: plain frozen records of text, numbers and days.

Nothing here can be called, nothing leads back to the model, and nobody asks for the time: what a
template prints follows from these values alone. Words (statuses, reasons) come translated.

A *count* is of occurrences: one task in one of its periods, or a task without any period.
`None` is what nobody has told the tracker; templates print it as a blank, never as a zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts by status; the statuses add up to `total`.

    `halted` is the sum of `suspended` and `cancelled`; `done` is the sum of the four that end in
    success, and splits again into `with_evidence` (every unit in charge named a document) and
    `without_evidence`.
    """

    total: int
    overdue: int
    due_soon: int
    in_progress: int
    not_due: int
    waiting: int
    suspended: int
    cancelled: int
    continuous: int
    no_due_date: int
    done_on_time: int
    done_late: int
    done_undated: int
    done_no_due_date: int
    halted: int
    done: int
    with_evidence: int
    without_evidence: int


@dataclass(frozen=True, slots=True)
class StatusCount:
    """One status: its stable name, the word for it, and how many there are."""

    status: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class FiguresOf:
    """The figures of one field or one unit."""

    id: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Entry:
    """What one unit recorded: the day of completion, and the documents that prove it."""

    unit: str
    completed_on: date | None
    recorded_on: date | None
    evidence: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The document that suspends or cancels work from its day `on`, the former up to `until`."""

    authority: str
    on: date
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Extension:
    """Another due day: the day by the plan, and words for the new one with its document."""

    original_due: date
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence. `days` are late or left, as `text` says.

    `period` is its stable label and `period_name` the words for it. `last_working_day` is set where
    the due day lies ahead and is a day of rest. `counted` is False for one that is shown because it
    falls due next, but belongs to the figures of another year. `owed_by` names the units still
    owing, where others are done. `entries` are those that the list at hand is about. `extension` is
    set where `due` is another than by the plan, `halt` where the work is suspended or cancelled.
    """

    period: str
    period_name: str
    start: date | None
    due: date | None
    extension: Extension | None
    last_working_day: date | None
    days: int | None
    status: str
    text: str
    counted: bool
    owed_by: tuple[str, ...]
    entries: tuple[Entry, ...]
    halt: Decision | None


@dataclass(frozen=True, slots=True)
class Row:
    """One task with the occurrences that a list is about.

    `lead` and `support` are the cells as printed, with those to whom the work has passed on;
    `deadline` is the cell as printed. `role` ("lead", "support") and `via`
    (the group it is reached through, else "") are those of the unit whose report it is; both are
    empty in the report of the whole office. `why` are the steps from the printed words to the due
    day of the last line. `waits_for` names events.
    """

    id: str
    number: str
    name: str
    field: str
    products: tuple[str, ...]
    lead: str
    support: str
    deadline: str
    role: str
    via: str
    waits_for: tuple[str, ...]
    why: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FieldRows:
    """The tasks of one field."""

    id: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class FieldResults:
    """What is known of one field: its figures, what was completed in the window, what is overdue.

    In the report of a unit, of all that it leads or supports.
    """

    id: str
    name: str
    figures: Figures
    done: tuple[Row, ...]
    overdue: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The lines of the statistical appendix that the plan can fill; of a unit, what it leads.

    `tasks` counts tasks, the others occurrences, as in the figures. `rate` is `done` in percent of
    `total`, in words, None without any; `unjudged` was done on a day, or against one, that nobody
    knows.
    """

    tasks: int
    total: int
    done: int
    rate: str | None
    on_time: int
    late: int
    unjudged: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A line of the statistical appendix: what it comes to, and came to a year before.

    `difference` has a sign, "+3"; of a share in percent it is in percentage points.
    """

    value: int | str | None
    before: int | str | None
    difference: str | None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of communication with its number in the statistical appendix.

    `activities` were held so many `times`; `quantity` is in its `measure`. Their ids are those of
    `cchc show --report`: "communication.", its id, and ".activities" and so on.
    """

    id: str
    number: str
    name: str
    measure: str | None
    activities: Compared
    times: Compared
    quantity: Compared


@dataclass(frozen=True, slots=True)
class Signer:
    """The lines above a signature, such as "KT. GIÁM ĐỐC" and "PHÓ GIÁM ĐỐC", and the name."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A difficulty or a proposal, as the unit wrote it."""

    unit: str
    task: str
    name: str
    period: str
    period_name: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """Figures and lists of the whole office, or of what one unit leads or supports.

    `role` is "" for the office, else "lead" or "support". `done` are completions within the
    reporting window, `undated` those whose day nobody recorded; `upcoming` falls due from the
    as-of day to the end of the next window. `halted` is suspended or cancelled: one row a task and
    document, whose lines have the same `halt`.
    """

    role: str
    figures: Figures
    statuses: tuple[StatusCount, ...]
    by_field: tuple[FiguresOf, ...]
    by_unit: tuple[FiguresOf, ...]
    done: tuple[Row, ...]
    undated: tuple[Row, ...]
    overdue: tuple[Row, ...]
    upcoming: tuple[Row, ...]
    waiting: tuple[Row, ...]
    continuous: tuple[Row, ...]
    no_due_date: tuple[Row, ...]
    halted: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything in one report.

    `issuer` makes the report under its `superior` to its `addressee`; `unit` is None for the whole
    office, and `symbol` and `signer` are None for a unit, since nobody has recorded a unit's own.
    `internal` says what a report is that the report regime does not ask for, "" for others.
    `first` to `last` is the reporting window, and `basis` the rule it follows; `year_first` is
    where the reporting year begins, and `next_last` where the next window ends.

    `compared` are the lines of the statistical appendix beside the same period of the year before,
    by the ids of `cchc show --report`; `before_as_of` is the day that those are of, None where the
    plan had no such period. Those about inspections and communication are of the reporting window.

    `tasks` counts the tasks of the office or unit, `updates` the entries made up to the as-of day.
    `silent` names the units in charge of something that have made none, and `unmatched` the entries
    that fit no task and period of their unit and so are in no figure. `errors` in the plan files
    make any report incomplete.
    """

    plan: str
    plan_name: str
    superior: str | None
    issuer: str | None
    unit: str | None
    place: str | None
    symbol: str | None
    addressee: str | None
    signer: Signer | None
    period: str
    period_name: str
    internal: str
    year: int
    first: date
    last: date
    basis: str
    year_first: date
    as_of: date
    next_name: str
    next_first: date
    next_last: date
    tasks: int
    updates: int
    silent: tuple[str, ...]
    unmatched: tuple[str, ...]
    errors: int
    fields: tuple[FieldResults, ...]
    parts: tuple[Part, ...]
    statistics: Statistics
    compared: Mapping[str, Compared]
    before_as_of: date | None
    channels: tuple[Channel, ...]
    difficulties: tuple[Remark, ...]
    proposals: tuple[Remark, ...]
    appendix: tuple[FieldRows, ...]
