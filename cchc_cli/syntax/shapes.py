"""The shape of every record in the files, as tables.

A `Shape` says which keys a mapping may have and of which kind each is. The decoder reads by these
tables and nothing else, so the tables are the whole truth about the format.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from cchc_cli.core import model
from cchc_cli.core.message import Message, msg
from cchc_cli.core.periods import Years, parse_years
from cchc_cli.core.source import Span, Text


class Scalar(NamedTuple):
    """A single value. `parse` turns its raw text into the value, None if it cannot be."""

    expected: Message
    parse: Callable[[str], object | None] | None = None  # None: the text itself, with its place


class Many(NamedTuple):
    """A list of one kind."""

    item: Scalar | Shape


class Key(NamedTuple):
    """One key of a mapping."""

    kind: Scalar | Many | Shape
    required: bool = False


class Shape(NamedTuple):
    """A mapping that becomes one record. `name` is how messages call it.

    `subject` is the key whose value names the record in messages; `spanned` says that the record
    has a `span`.
    """

    name: Message
    record: Callable[..., Any]
    keys: Mapping[str, Key]
    required: frozenset[str]
    spanned: bool
    subject: str


def shape(
    name: Message,
    record: Callable[..., Any],
    keys: Mapping[str, Key],
    *,
    spanned: bool = True,
    subject: str = "id",
) -> Shape:
    """A shape; which keys it cannot do without follows from `keys`."""
    required = frozenset(key for key, spec in keys.items() if spec.required)
    return Shape(name, record, keys, required, spanned, subject)


def _iso_day(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day_or_month(text: str) -> date | None:
    return _iso_day(f"{text}-01") if re.fullmatch(r"\d{4}-\d{2}", text) else _iso_day(text)


_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def _identifier(text: str) -> str | None:
    return text if _IDENTIFIER.fullmatch(text) else None


def _checksum(text: str) -> str | None:
    return text if re.fullmatch(r"sha256:[0-9a-f]{64}", text) else None


def _truth(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


def _count(text: str) -> int | None:
    return int(text) if re.fullmatch(r"0|[1-9][0-9]{0,2}", text) else None


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"0|[1-9][0-9]{0,8}", text) else None


def _decimal(text: str) -> Decimal | None:
    plain = re.fullmatch(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?", text)
    return Decimal(text) if plain else None


def _shift(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?[0-9]", text) else None


def _answer(text: str) -> str | None:
    return text if text in ANSWERS or _decimal(text) is not None else None


def _rule_kind(text: str) -> model.RuleKind | None:
    return next((kind for kind in model.RuleKind if kind.value == text), None)


def _measure_kind(text: str) -> model.MeasureKind | None:
    return next((kind for kind in model.MeasureKind if kind.value == text), None)


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"(19|20|21)\d\d", text) else None


def _state(text: str) -> model.State | None:
    return next((state for state in model.State if state.value == text), None)


ANSWERS = ("yes", "no", "not_applicable")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _weekday(text: str) -> int | None:
    return WEEKDAYS.index(text) if text in WEEKDAYS else None


def _years(text: str) -> Years | None:
    return parse_years(text)


TEXT = Scalar(msg("a text"))
ID = Scalar(msg("an id of letters, digits, “.”, “-” or “_”"), _identifier)
DAY = Scalar(msg("a date as YYYY-MM-DD, such as 2022-12-15"), _iso_day)
DAY_OR_MONTH = Scalar(msg("a date as YYYY-MM-DD, or a month as YYYY-MM"), _day_or_month)
YEARS = Scalar(msg("years such as 2021-2025"), _years)
YEAR = Scalar(msg("a year such as 2022"), _year)
TRUTH = Scalar(msg("true or false"), _truth)
COUNT = Scalar(msg("a number from 0 to 999 without zeros before it"), _count)
NUMBER = Scalar(msg("a whole number without zeros before it"), _number)
DECIMAL = Scalar(msg("a number such as 2 or 0.5, not below 0"), _decimal)
SHIFT = Scalar(msg("a number of years from -9 to 9"), _shift)
ANSWER = Scalar(msg("yes, no, not_applicable or a number"), _answer)
RULE_KIND = Scalar(
    msg("full_or_zero, proportional, bands, per_item, deduction or bonus"), _rule_kind
)
MEASURE_KIND = Scalar(msg("plan_completion, reports_on_time or done_on_time"), _measure_kind)
CHECKSUM = Scalar(msg("“sha256:” and 64 digits from 0 to f"), _checksum)
STATE = Scalar(msg("in_progress, done or reopened"), _state)
WEEKDAY = Scalar(msg("a weekday in English, such as saturday"), _weekday)


def _need(kind: Scalar | Many | Shape) -> Key:
    return Key(kind, required=True)


def _may(kind: Scalar | Many | Shape) -> Key:
    return Key(kind)


SIGNER = shape(
    msg("the signer"),
    model.Signer,
    {"authority": _may(TEXT), "title": _need(TEXT), "name": _need(TEXT)},
    spanned=False,
    subject="",
)
OFFICE = shape(
    msg("the office"),
    model.Office,
    {
        "agency": _need(TEXT),
        "parent": _may(TEXT),
        "place": _may(TEXT),
        "symbol": _may(TEXT),
        "signer": _may(SIGNER),
        "due_soon_days": _may(COUNT),
    },
    spanned=False,
    subject="",
)

UNIT = shape(
    msg("a unit"),
    model.Unit,
    {
        "id": _need(ID),
        "name": _need(TEXT),
        "aliases": _may(Many(TEXT)),
        "valid_from": _may(DAY),
        "valid_until": _may(DAY),
        "successor": _may(ID),
        "authority": _may(TEXT),
        "reason": _may(TEXT),
    },
)
GROUP = shape(
    msg("a group"),
    model.Group,
    {
        "id": _need(ID),
        "name": _need(TEXT),
        "aliases": _may(Many(TEXT)),
        "members": _may(Many(ID)),
        "open": _may(TRUTH),
        "note": _may(TEXT),
    },
)

READING = shape(
    msg("a pinned reading"),
    lambda **values: model.Reading(values["as"], values["reason"]),
    {"as": _need(TEXT), "reason": _need(TEXT)},
    spanned=False,
    subject="",
)
ORIGIN = shape(
    msg("a task of the parent plan"),
    model.Origin,
    {"task": _need(ID), "period": _may(TEXT)},
    spanned=False,
    subject="task",
)
TASK = shape(
    msg("a task"),
    model.Task,
    {
        "id": _need(ID),
        "number": _need(TEXT),
        "name": _need(TEXT),
        "products": _may(Many(TEXT)),
        "lead": _may(TEXT),
        "support": _may(TEXT),
        "deadline": _may(TEXT),
        "reading": _may(READING),
        "events": _may(Many(ID)),
        "parent": _may(ORIGIN),
    },
)
FIELD = shape(
    msg("a field"),
    model.Field,
    {"id": _need(ID), "name": _need(TEXT), "tasks": _may(Many(TASK))},
)
APPENDIX = shape(
    msg("the appendix"),
    model.Appendix,
    {
        "plan": _need(ID),
        "heading": _may(TEXT),
        "subject": _may(TEXT),
        "attached": _may(TEXT),
        "columns": _may(Many(TEXT)),
        "fields": _need(Many(FIELD)),
    },
    spanned=False,
    subject="plan",
)

CHARGE = shape(
    msg("a charge"),
    model.Charge,
    {"fields": _may(Many(ID)), "tasks": _may(Many(ID))},
    spanned=False,
    subject="",
)
SECTION = shape(
    msg("a section"),
    model.Section,
    {
        "number": _need(TEXT),
        "title": _need(TEXT),
        "text": _may(TEXT),
        "items": _may(Many(TEXT)),
        "field": _may(ID),
        "unit": _may(ID),
        "group": _may(ID),
        "charge": _may(CHARGE),
    },
    subject="number",
)
PART = shape(
    msg("a part"),
    model.Part,
    {
        "number": _need(TEXT),
        "title": _need(TEXT),
        "text": _may(TEXT),
        "sections": _may(Many(SECTION)),
        "closing": _may(TEXT),
    },
    subject="number",
)
SIGNATURE = shape(
    msg("the signature"),
    model.Signature,
    {"title": _need(TEXT), "name": _need(TEXT)},
    spanned=False,
    subject="",
)
DOCUMENT = shape(
    msg("the document"),
    model.Document,
    {
        "type": _need(TEXT),
        "subject": _need(TEXT),
        "preamble": _may(TEXT),
        "parts": _may(Many(PART)),
        "recipients": _may(Many(TEXT)),
        "signature": _may(SIGNATURE),
    },
    spanned=False,
    subject="",
)
PLAN = shape(
    msg("the plan"),
    model.Plan,
    {
        "id": _need(ID),
        "period": _need(YEARS),
        "effective": _may(DAY_OR_MONTH),
        "parent": _may(ID),
        "document": _may(DOCUMENT),
    },
)

EVENT = shape(
    msg("an event"),
    model.Event,
    {"id": _need(ID), "name": _need(TEXT), "on": _may(DAY), "document": _may(TEXT)},
)
DUTY = shape(
    msg("a reporting duty"),
    model.Duty,
    {
        "id": _need(ID),
        "name": _need(TEXT),
        "lead": _need(TEXT),
        "to": _may(ID),
        "window": _need(TEXT),
        "deadline": _may(TEXT),
        "basis": _may(TEXT),
    },
)
_DECIDED = {"on": _need(DAY), "authority": _need(TEXT), "reason": _need(TEXT)}
EXTENSION = shape(
    msg("an extension"),
    model.Extension,
    {
        "task": _need(ID),
        "period": _may(TEXT),
        "to": _need(DAY),
        **_DECIDED,
    },
    subject="task",
)


def _halt(name: Message, kind: model.HaltKind, **more: Key) -> Shape:
    record = partial(model.Halt, kind=kind)
    keys = {"task": _need(ID), "period": _may(TEXT), **more, **_DECIDED}
    return shape(name, record, keys, subject="task")


def _addition(*, field: Text, span: Span, **values: Any) -> model.Addition:
    decided = {key: values.pop(key) for key in _DECIDED}
    task = model.Task(field=field, span=span, **values)
    return model.Addition(task=task, field=field, span=span, **decided)


SUSPENSION = _halt(msg("a suspension"), model.HaltKind.SUSPENDED, until=_may(DAY))
CANCELLATION = _halt(msg("a cancellation"), model.HaltKind.CANCELLED)
RESUMPTION = _halt(msg("a resumption"), model.HaltKind.RESUMED)
TRANSFER = shape(
    msg("a transfer"),
    lambda **values: model.Transfer(giver=values.pop("from"), taker=values.pop("to"), **values),
    {"task": _need(ID), "from": _need(ID), "to": _need(ID), **_DECIDED},
    subject="task",
)
REWORDING = shape(
    msg("a rewording"),
    model.Rewording,
    {
        "task": _need(ID),
        "name": _may(TEXT),
        "products": _may(Many(TEXT)),
        "deadline": _may(TEXT),
        "reading": _may(READING),
        **_DECIDED,
    },
    subject="task",
)
ADDITION = shape(
    msg("an added task"),
    _addition,
    {"field": _need(ID), **TASK.keys, **_DECIDED},
)
ACKNOWLEDGEMENT = shape(
    msg("an acknowledgement"),
    model.Acknowledgement,
    {"code": _need(ID), "at": _need(TEXT), "found": _may(TEXT), "reason": _need(TEXT)},
    subject="code",
)

EVIDENCE = shape(
    msg("a piece of evidence"),
    model.Evidence,
    {
        "document": _may(TEXT),
        "date": _may(DAY),
        "title": _may(TEXT),
        "file": _may(TEXT),
        "checksum": _may(CHECKSUM),
    },
    spanned=False,
    subject="document",
)
PROGRESS = shape(
    msg("a progress record"),
    model.Progress,
    {
        "task": _need(ID),
        "period": _may(TEXT),
        "state": _may(STATE),
        "completed_on": _may(DAY),
        "recorded_on": _may(DAY),
        "evidence": _may(Many(EVIDENCE)),
        "note": _may(TEXT),
        "difficulty": _may(TEXT),
        "proposal": _may(TEXT),
        "reason": _may(TEXT),
    },
    subject="task",
)

MEMBER = shape(
    msg("a member of the team"),
    model.Member,
    {"name": _need(TEXT), "role": _may(TEXT), "unit": _may(ID)},
    spanned=False,
    subject="name",
)
FINDING = shape(
    msg("a finding of an inspection"),
    model.Finding,
    {
        "id": _need(ID),
        "name": _need(TEXT),
        "measure": _may(TEXT),
        "deadline": _may(TEXT),
        "reading": _may(READING),
    },
)
VISIT = shape(
    msg("an inspection of a unit"),
    model.Visit,
    {
        "id": _need(ID),
        "unit": _need(ID),
        "deadline": _may(TEXT),
        "held_on": _may(DAY),
        "scope": _may(TEXT),
        "record": _may(EVIDENCE),
        "findings": _may(Many(FINDING)),
    },
)
INSPECTION = shape(
    msg("the inspection of a year"),
    model.Inspection,
    {
        "year": _need(YEAR),
        "task": _may(ID),
        "authority": _may(TEXT),
        "on": _may(DAY),
        "team": _may(Many(MEMBER)),
        "visits": _may(Many(VISIT)),
        "results": _may(EVIDENCE),
    },
    subject="year",
)
CHANNEL = shape(
    msg("a channel of communication"),
    model.Channel,
    {"id": _need(ID), "name": _need(TEXT), "measure": _may(TEXT)},
)
HELD = shape(
    msg("what was done on a day"),
    model.Held,
    {
        "on": _need(DAY),
        "quantity": _may(NUMBER),
        "recorded_on": _may(DAY),
        "evidence": _may(Many(EVIDENCE)),
        "note": _may(TEXT),
    },
    subject="on",
)
ACTIVITY = shape(
    msg("an activity of communication"),
    model.Activity,
    {
        "id": _need(ID),
        "channel": _need(ID),
        "name": _need(TEXT),
        "unit": _may(ID),
        "deadline": _may(TEXT),
        "reading": _may(READING),
        "held": _may(Many(HELD)),
    },
)
COMMUNICATION = shape(
    msg("the communication of a year"),
    model.Communication,
    {
        "year": _need(YEAR),
        "task": _may(ID),
        "authority": _may(TEXT),
        "on": _may(DAY),
        "channels": _may(Many(CHANNEL)),
        "activities": _may(Many(ACTIVITY)),
    },
    subject="year",
)
FROZEN = shape(
    msg("a frozen report"),
    model.Frozen,
    {
        "period": _need(TEXT),
        "unit": _may(ID),
        "number": _may(TEXT),
        "on": _may(DAY),
        "as_of": _need(DAY),
        "commit": _need(ID),
        "checksum": _need(CHECKSUM),
    },
    subject="period",
)

BAND = shape(
    msg("a band of points"),
    lambda **values: model.Band(values["from"], values["points"]),
    {"from": _need(DECIMAL), "points": _need(DECIMAL)},
    spanned=False,
    subject="",
)
RULE = shape(
    msg("a rule of scoring"),
    model.Rule,
    {
        "kind": _need(RULE_KIND),
        "at_least": _may(DECIMAL),
        "floor": _may(DECIMAL),
        "each": _may(DECIMAL),
        "bands": _may(Many(BAND)),
    },
    spanned=False,
    subject="",
)
MEASURE = shape(
    msg("a measure of the plan"),
    model.Measure,
    {"kind": _need(MEASURE_KIND), "plan": _may(ID), "task": _may(ID), "shift": _may(SHIFT)},
    spanned=False,
    subject="",
)
_CRITERION = {
    "id": _need(ID),
    "name": _need(TEXT),
    "maximum": _need(DECIMAL),
    "rule": _may(RULE),
    "measure": _may(MEASURE),
    "proof": _may(TEXT),
    "unit": _may(ID),
    "may_not_apply": _may(TRUTH),
}
SUB_CRITERION = shape(msg("a part of a criterion"), model.Criterion, _CRITERION)
CRITERION = shape(
    msg("a criterion"), model.Criterion, {**_CRITERION, "parts": _may(Many(SUB_CRITERION))}
)
CRITERIA_FIELD = shape(
    msg("a field of criteria"),
    model.CriteriaField,
    {
        "id": _need(ID),
        "name": _need(TEXT),
        "maximum": _need(DECIMAL),
        "criteria": _may(Many(CRITERION)),
    },
)
CRITERIA = shape(
    msg("a list of criteria"),
    model.CriteriaList,
    {
        "id": _need(ID),
        "name": _need(TEXT),
        "authority": _may(TEXT),
        "example": _may(TRUTH),
        "period": _need(YEARS),
        "total": _need(DECIMAL),
        "decimals": _may(COUNT),
        "fields": _need(Many(CRITERIA_FIELD)),
    },
)
DECLARED = shape(
    msg("a declared answer"),
    model.Declared,
    {
        "criterion": _need(ID),
        "value": _need(ANSWER),
        "of": _may(DECIMAL),
        "unit": _may(ID),
        "recorded_on": _may(DAY),
        "evidence": _may(Many(EVIDENCE)),
        "note": _may(TEXT),
    },
    subject="criterion",
)
APPRAISED = shape(
    msg("an appraised criterion"),
    model.Appraised,
    {"criterion": _need(ID), "points": _need(DECIMAL), "reason": _may(TEXT)},
    subject="criterion",
)
ROUND = shape(
    msg("a round of appraisal"),
    model.Round,
    {
        "id": _need(ID),
        "name": _need(TEXT),
        "authority": _may(TEXT),
        "on": _may(DAY),
        "scores": _may(Many(APPRAISED)),
    },
)
YEAR_OF_SCORES = shape(
    msg("the scoring of a year"),
    model.YearOfScores,
    {
        "year": _need(YEAR),
        "criteria": _need(ID),
        "declared": _may(Many(DECLARED)),
        "rounds": _may(Many(ROUND)),
    },
    subject="year",
)


class CalendarEntry(NamedTuple):
    """A line of a calendar file."""

    date: datetime.date
    name: Text
    source: Text


class CalendarFile(NamedTuple):
    """A calendar file."""

    year: int
    rest: tuple[int, ...]
    closed: tuple[CalendarEntry, ...] = ()
    working: tuple[CalendarEntry, ...] = ()


CALENDAR_DAY = shape(
    msg("a calendar day"),
    CalendarEntry,
    {"date": _need(DAY), "name": _need(TEXT), "source": _need(TEXT)},
    spanned=False,
    subject="date",
)
CALENDAR = shape(
    msg("a calendar year"),
    CalendarFile,
    {
        "year": _need(YEAR),
        "rest": _need(Many(WEEKDAY)),
        "closed": _may(Many(CALENDAR_DAY)),
        "working": _may(Many(CALENDAR_DAY)),
    },
    spanned=False,
    subject="year",
)


class ListFile(NamedTuple):
    """A file that holds lists of records under fixed keys."""

    values: dict[str, tuple[Any, ...]]


def _list_file(**values: Any) -> ListFile:
    return ListFile(values)


def list_file(name: Message, **lists: Shape) -> Shape:
    """The shape of a file of lists, such as `units:` and `groups:`."""
    keys = {key: _may(Many(shape)) for key, shape in lists.items()}
    return shape(name, _list_file, keys, spanned=False, subject="")


UNITS_FILE = list_file(msg("the units file"), units=UNIT, groups=GROUP)
EVENTS_FILE = list_file(msg("the events file"), events=EVENT)
REPORTING_FILE = list_file(msg("the reporting file"), duties=DUTY)
AMENDMENTS_FILE = list_file(
    msg("the amendments file"),
    extensions=EXTENSION,
    suspensions=SUSPENSION,
    resumptions=RESUMPTION,
    cancellations=CANCELLATION,
    transfers=TRANSFER,
    rewordings=REWORDING,
    additions=ADDITION,
)
FROZEN_FILE = list_file(msg("the frozen reports"), reports=FROZEN)
ACKNOWLEDGED_FILE = list_file(msg("the acknowledgements"), acknowledged=ACKNOWLEDGEMENT)
PROGRESS_FILE = shape(
    msg("a progress file"),
    _list_file,
    {"unit": _need(ID), "progress": _may(Many(PROGRESS))},
    spanned=False,
    subject="unit",
)
