"""One change in words."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cchc_cli.core.diff.changes import Change, Kind, Words
from cchc_cli.core.diff.shared import MarkedDay
from cchc_cli.core.diff.tasks import Cell, Numbering
from cchc_cli.core.diff.texts import Piece, reworded
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import (
    Acknowledgement,
    Activity,
    Addition,
    Criterion,
    Declared,
    Duty,
    Event,
    Extension,
    Field,
    Finding,
    Group,
    Halt,
    HaltKind,
    Progress,
    Rewording,
    Round,
    State,
    Task,
    Transfer,
    Unit,
    Visit,
)
from cchc_cli.core.workdays import CalendarYear
from cchc_cli.i18n import day, number, say
from cchc_cli.render.change_effects import moved_days
from cchc_cli.render.change_effects import sentence as effect_sentence
from cchc_cli.render.width import one_line

_CONTEXT = 4  # words left standing on each side of a change
_SHORT = 24  # words of a text that is quoted to be recognised


class Style:
    """How text of a plan and changes of it are shown: here for a terminal or pipe."""

    def text(self, text: str) -> str:
        """A text of the plan."""
        return one_line(text)

    def out(self, text: str) -> str:
        """Words that are gone."""
        return say(msg("[out: {text}]", text=self.text(text)))

    def into(self, text: str) -> str:
        """Words that are new."""
        return say(msg("[in: {text}]", text=self.text(text)))

    def instead(self, before: str, after: str) -> str:
        """Words in place of others."""
        return f"[{self.text(before)} → {self.text(after)}]"

    def quoted(self, text: str) -> str:
        """A text in quotes, of a long one the beginning."""
        words = text.split()
        shown = " ".join([*words[:_SHORT], "…"]) if len(words) > _SHORT else text
        return f"“{self.text(shown)}”"


TEXT = Style()

_SENTENCE: dict[Kind, Message] = {
    Kind.PLAN_ADDED: msg("plan added: {what}"),
    Kind.PLAN_REMOVED: msg("plan removed: {what}"),
    Kind.PLAN_RENAMED: msg("plan renamed: {what}"),
    Kind.PLAN_CHANGED: msg("plan changed: {what}"),
    Kind.TEXT_CHANGED: msg("signed text changed: {what}"),
    Kind.SECTION_CHANGED: msg("tied otherwise to the task table: {what}"),
    Kind.FIELD_ADDED: msg("field added: {what}"),
    Kind.FIELD_REMOVED: msg("field removed: {what}"),
    Kind.FIELD_RENAMED: msg("field renamed: {what}"),
    Kind.TASK_ADDED: msg("task added: {what}"),
    Kind.TASK_REMOVED: msg("task removed: {what}"),
    Kind.TASK_RENUMBERED: msg("renumbered: {what}"),
    Kind.TASK_REWORDED: msg("reworded: {what}"),
    Kind.TASK_MOVED: msg("moved to another field: {what}"),
    Kind.LINK_CHANGED: msg("carries out in the parent plan: {what}"),
    Kind.LEAD_CHANGED: msg("lead: {what}"),
    Kind.SUPPORT_CHANGED: msg("support: {what}"),
    Kind.PRODUCT_CHANGED: msg("product: {what}"),
    Kind.DEADLINE_CHANGED: msg("deadline: {what}"),
    Kind.EXTENSION_ADDED: msg("extension: {what}"),
    Kind.EXTENSION_REMOVED: msg("extension removed: {what}"),
    Kind.EXTENSION_CHANGED: msg("extension changed: {what}"),
    Kind.AMENDMENT_ADDED: msg("decision: {what}"),
    Kind.AMENDMENT_REMOVED: msg("decision removed: {what}"),
    Kind.AMENDMENT_CHANGED: msg("decision changed: {what}"),
    Kind.PROGRESS_RECORDED: msg("progress recorded: {what}"),
    Kind.PROGRESS_CORRECTED: msg("progress corrected: {what}"),
    Kind.PROGRESS_TAKEN_BACK: msg("done mark taken back: {what}"),
    Kind.PROGRESS_ALTERED: msg("recorded progress altered: {what}"),
    Kind.PROGRESS_ERASED: msg("recorded progress erased: {what}"),
    Kind.DUTY_ADDED: msg("reporting duty added: {what}"),
    Kind.DUTY_REMOVED: msg("reporting duty removed: {what}"),
    Kind.DUTY_CHANGED: msg("reporting duty changed: {what}"),
    Kind.EVENT_ADDED: msg("event added: {what}"),
    Kind.EVENT_REMOVED: msg("event removed: {what}"),
    Kind.EVENT_CHANGED: msg("event: {what}"),
    Kind.INSPECTION_CHANGED: msg("inspection of the year: {what}"),
    Kind.VISIT_ADDED: msg("visit of an inspection: {what}"),
    Kind.VISIT_REMOVED: msg("visit of an inspection removed: {what}"),
    Kind.VISIT_CHANGED: msg("visit of an inspection changed: {what}"),
    Kind.FINDING_ADDED: msg("found by an inspection: {what}"),
    Kind.FINDING_REMOVED: msg("finding of an inspection removed: {what}"),
    Kind.FINDING_CHANGED: msg("finding of an inspection changed: {what}"),
    Kind.COMMUNICATION_CHANGED: msg("communication of the year: {what}"),
    Kind.ACTIVITY_ADDED: msg("activity of communication: {what}"),
    Kind.ACTIVITY_REMOVED: msg("activity of communication removed: {what}"),
    Kind.ACTIVITY_CHANGED: msg("activity of communication changed: {what}"),
    Kind.HELD_ADDED: msg("communication held: {what}"),
    Kind.HELD_REMOVED: msg("communication held, erased: {what}"),
    Kind.HELD_CHANGED: msg("communication held, altered: {what}"),
    Kind.ACKNOWLEDGEMENT_ADDED: msg("warning acknowledged: {what}"),
    Kind.ACKNOWLEDGEMENT_REMOVED: msg("warning no longer acknowledged: {what}"),
    Kind.FROZEN_ADDED: msg("report frozen: {what}"),
    Kind.FROZEN_REMOVED: msg("frozen report removed: {what}"),
    Kind.FROZEN_CHANGED: msg("frozen report changed: {what}"),
    Kind.CRITERIA_ADDED: msg("list of criteria: {what}"),
    Kind.CRITERIA_REMOVED: msg("list of criteria removed: {what}"),
    Kind.CRITERIA_CHANGED: msg("list of criteria changed: {what}"),
    Kind.CRITERION_ADDED: msg("criterion: {what}"),
    Kind.CRITERION_REMOVED: msg("criterion removed: {what}"),
    Kind.CRITERION_CHANGED: msg("criterion changed: {what}"),
    Kind.SCORED_BY_CHANGED: msg("scored by the list: {what}"),
    Kind.DECLARED_ADDED: msg("declared: {what}"),
    Kind.DECLARED_REMOVED: msg("what was declared, erased: {what}"),
    Kind.DECLARED_CHANGED: msg("what was declared, altered: {what}"),
    Kind.ROUND_ADDED: msg("round of appraisal: {what}"),
    Kind.ROUND_REMOVED: msg("round of appraisal removed: {what}"),
    Kind.ROUND_CHANGED: msg("round of appraisal changed: {what}"),
    Kind.UNIT_ADDED: msg("unit added: {what}"),
    Kind.UNIT_REMOVED: msg("unit removed: {what}"),
    Kind.UNIT_RENAMED: msg("unit renamed: {what}"),
    Kind.UNIT_MERGED: msg("unit merged: {what}"),
    Kind.UNIT_CHANGED: msg("unit changed: {what}"),
    Kind.GROUP_ADDED: msg("group of units added: {what}"),
    Kind.GROUP_REMOVED: msg("group of units removed: {what}"),
    Kind.GROUP_CHANGED: msg("group of units changed: {what}"),
    Kind.OFFICE_CHANGED: msg("office changed: {what}"),
    Kind.CALENDAR_ADDED: msg("working calendar added: {what}"),
    Kind.CALENDAR_REMOVED: msg("working calendar removed: {what}"),
    Kind.CALENDAR_CHANGED: msg("weekly days of rest: {what}"),
    Kind.CALENDAR_DAY_ADDED: msg("day added to the working calendar: {what}"),
    Kind.CALENDAR_DAY_REMOVED: msg("day removed from the working calendar: {what}"),
    Kind.CALENDAR_DAY_CHANGED: msg("day of the working calendar changed: {what}"),
    Kind.TEMPLATE_ADDED: msg("template added"),
    Kind.TEMPLATE_REMOVED: msg("template removed"),
    Kind.TEMPLATE_CHANGED: msg("template changed"),
}

KEYS: dict[str, Message] = {
    "agency": msg("agency"),
    "aliases": msg("other names"),
    "as_of": msg("figures as of"),
    "authority": msg("document"),
    "basis": msg("basis"),
    "channel": msg("channel"),
    "channels": msg("channels"),
    "charge": msg("charge"),
    "checksum": msg("checksum"),
    "commit": msg("commit"),
    "completed_on": msg("completed on"),
    "criterion": msg("criterion"),
    "deadline": msg("deadline"),
    "decimals": msg("decimals"),
    "difficulty": msg("difficulty"),
    "document": msg("document"),
    "due_soon_days": msg("days counted as due soon"),
    "effective": msg("effective from"),
    "events": msg("events awaited"),
    "evidence": msg("evidence"),
    "example": msg("example"),
    "field": msg("field"),
    "fields": msg("fields"),
    "giver": msg("giver"),
    "group": msg("group"),
    "held_on": msg("held on"),
    "lead": msg("lead"),
    "maximum": msg("maximum"),
    "may_not_apply": msg("may not apply"),
    "measure": msg("measure"),
    "members": msg("members"),
    "name": msg("name"),
    "note": msg("note"),
    "number": msg("number"),
    "of": msg("of how many"),
    "on": msg("day"),
    "open": msg("members not named"),
    "parent": msg("superior"),
    "period": msg("period"),
    "place": msg("place"),
    "products": msg("product"),
    "proof": msg("evidence asked for"),
    "proposal": msg("proposal"),
    "quantity": msg("number"),
    "reading": msg("pinned reading"),
    "reason": msg("reason"),
    "record": msg("record"),
    "recorded_on": msg("recorded on"),
    "results": msg("report on its results"),
    "rule": msg("rule"),
    "scope": msg("what is inspected"),
    "scores": msg("points given"),
    "signer": msg("signer"),
    "source": msg("source"),
    "state": msg("state"),
    "successor": msg("successor"),
    "support": msg("support"),
    "symbol": msg("symbol"),
    "taker": msg("taker"),
    "task": msg("task"),
    "tasks": msg("tasks"),
    "team": msg("team"),
    "to": msg("to"),
    "total": msg("total"),
    "unit": msg("unit"),
    "until": msg("until"),
    "valid_from": msg("first day"),
    "valid_until": msg("last day"),
    "value": msg("answer"),
    "window": msg("days it covers"),
    "worked": msg("worked"),
}

_STATES = {
    State.IN_PROGRESS: msg("in progress"),
    State.DONE: msg("done"),
    State.REOPENED: msg("taken back"),
}

_HALTS = {
    HaltKind.SUSPENDED: msg("suspended"),
    HaltKind.CANCELLED: msg("cancelled"),
    HaltKind.RESUMED: msg("resumed"),
}


def label(change: Change) -> str:
    """What has changed, as people call it."""
    subject = change.subject
    match change.kind.value.split("_")[0]:
        case "field":
            return say(msg("field {field}", field=subject))
        case "office":
            return "office.yaml"
        case "template":
            return f"templates/{subject}"
    day_changed = isinstance(change.after or change.before, MarkedDay)
    return day(date.fromisoformat(subject)) if day_changed else subject


def lines_of(change: Change, style: Style) -> list[str]:
    """A sentence about the change, and what belongs to it."""
    template = _SENTENCE[change.kind].template
    if isinstance(change.after, Words) and isinstance(change.before, Words):
        return _deadline(change, change.before, change.after, style)
    first = say(Message(template, {"what": _what(change, style)}))
    follows = effect_sentence(change.effect, style.text)
    return [first, follows] if follows else [first]


def _deadline(change: Change, before: Words, after: Words, style: Style) -> list[str]:
    """The consequence first: that is what a reviewer has to know."""
    lines = [
        effect_sentence(change.effect, style.text)
        or say(msg("deadline in other words; no day changes"))
    ]
    lines += moved_days(change.effect)
    if before != after:
        return [*lines, *_differences(before, after, style)]
    words = _value(after.reading or after.deadline, style)
    return [*lines, say(msg("its words have not changed: {words}", words=words))]


def _what(change: Change, style: Style) -> str:
    before, after = change.before, change.after
    if change.kind is Kind.LINK_CHANGED:
        return f"{_value(before, style)} → {_value(after, style)}"
    match before, after:
        case (None, None):
            return ""
        case (Cell() | None, Cell() | None):
            return f"{_cell(before, style)} → {_cell(after, style)}"
        case (str(), str()) if change.kind in (Kind.TASK_MOVED, Kind.PLAN_RENAMED):
            return f"{style.text(before)} → {style.text(after)}"
        case (str(), str()):
            return _reworded(before, after, style)
        case (str() | None, str() | None):
            return f"{_value(before, style)} → {_value(after, style)}"
        case (None, _) | (_, None):
            return _statement(before or after, style)
        case (Numbering(), Numbering()):
            return _renumbered(before, after, style)
        case (Event(on=None), Event(on=date())):
            return _statement(after, style)
        case (Unit(), Unit()):
            return _of_unit(before, after, style)
    if not hasattr(before, "_asdict"):
        return f"{_value(before, style)} → {_value(after, style)}"
    return f"{_about(after, style)}{'; '.join(_differences(before, after, style))}"


def _cell(cell: Cell | None, style: Style) -> str:
    if cell is None:
        return "–"
    units = style.text(", ".join(cell.units)) or say(msg("no known unit"))
    return f"{style.quoted(cell.text)} ({units})"


def _of_unit(before: Unit, after: Unit, style: Style) -> str:
    """What differs besides the name; of a unit that has ended, first of all who takes over."""
    before = before._replace(name=after.name)
    differences = _differences(before, after, style)
    if before.successor is not None or after.successor is None or after.valid_until is None:
        return "; ".join(differences)
    why = style.text(f"{after.authority or '–'}: {after.reason or '–'}")
    taken = msg("ends with {day}, {taker} takes over its open work ({why})",
                day=after.valid_until, taker=style.text(after.successor), why=why)  # fmt: skip
    rest = _differences(before, after._replace(**_ending(before)), style)
    return "; ".join([say(taken), *rest])


def _ending(unit: Unit) -> dict[str, Any]:
    keys = ("valid_until", "successor", "authority", "reason")
    return {key: getattr(unit, key) for key in keys}


def _renumbered(before: Numbering, after: Numbering, style: Style) -> str:
    if before.id == after.id:
        return f"{style.text(before.number)} → {style.text(after.number)}"
    return f"{style.text(before.id)} → {style.text(after.id)}"


def _reworded(before: str, after: str, style: Style) -> str:
    """The changed words within some of those around them."""
    pieces = reworded(before, after)
    if before.split() == after.split():
        return say(msg("only spaces or line breaks differ"))
    shown = [
        _context(piece, style, first=place == 0, last=place == len(pieces) - 1)
        if piece.stays
        else _changed(piece, style)
        for place, piece in enumerate(pieces)
    ]
    return " ".join(shown)


def _changed(piece: Piece, style: Style) -> str:
    if not piece.after:
        return style.out(piece.before)
    return style.instead(*piece) if piece.before else style.into(piece.after)


def _context(piece: Piece, style: Style, *, first: bool, last: bool) -> str:
    words = piece.after.split()
    head, tail = (0 if first else _CONTEXT), (0 if last else _CONTEXT)
    if len(words) > head + tail + 2:
        words = [*words[:head], "…", *words[len(words) - tail :]]
    return style.text(" ".join(words))


def _differences(before: object, after: object, style: Style) -> list[str]:
    """The values of two records that differ, each under its name."""
    found = []
    old, new = _values(before), _values(after)
    for key in new:
        if old.get(key) != new[key]:
            name = say(KEYS[key]) if key in KEYS else key
            found.append(f"{name}: {_value(old.get(key), style)} → {_value(new[key], style)}")
    return found


def _values(record: object) -> dict[str, Any]:
    named: dict[str, Any] = record._asdict() if hasattr(record, "_asdict") else {}
    return {key: value for key, value in named.items() if key not in ("span", "found_on")}


def _value(value: object, style: Style) -> str:
    if value is None or value in ("", ()):
        return "–"
    if isinstance(value, bool):
        return say(msg("yes") if value else msg("no"))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, State):
        return say(_STATES[value])
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, str):
        return style.quoted(value)
    if hasattr(value, "_asdict"):
        return ", ".join(_value(each, style) for each in _values(value).values() if each)
    if isinstance(value, tuple | frozenset):
        return ", ".join(_value(each, style) for each in value)
    return str(value)


# -- records in words ------------------------------------------------------------------------------


def stated(value: object, style: Style) -> str:
    """What a value says, or a record."""
    if isinstance(value, Progress | Extension | Halt | Transfer | Rewording | Addition):
        return _statement(value, style)
    return _value(value, style)


def _about(record: object, style: Style) -> str:
    """Which entry or document of a task it is, before what differs in it."""
    if isinstance(record, Progress):
        return f"{_whose(record, style)}: "
    if isinstance(record, Extension | Halt | Transfer | Rewording | Addition):
        return f"{_decided(record, style)}: "
    return ""


def _statement(record: object, style: Style) -> str:
    """What a record says."""
    match record:
        case str():
            return style.quoted(record)
        case Unit() | Field() | Duty():
            return style.quoted(record.name)
        case Group():
            members = style.text(", ".join(record.members))
            return f"{style.quoted(record.name)}{f' ({members})' if members else ''}"
        case Task():
            cells = {key: getattr(record, key) for key in ("lead", "deadline")}
            said = [f"{say(KEYS[key])} {_value(cell, style)}" for key, cell in cells.items()]
            return ", ".join([style.quoted(record.name), *said])
        case Event():
            return _event(record, style)
        case Progress():
            return f"{_whose(record, style)}: {', '.join(recorded(record, style))}"
        case Visit() | Finding() | Activity() | Criterion() | Round() | Declared():
            name = getattr(record, "name", None)
            named = [style.quoted(name)] if name else []
            rest = _named_values(record, style, but=("id", "name", "criterion"))
            return ", ".join([*named, *rest])
        case Acknowledgement():
            return style.quoted(record.reason)
        case MarkedDay():
            kind = say(msg("worked") if record.worked else msg("closed"))
            return f"{kind}, {style.quoted(record.name)} ({style.text(record.source)})"
        case CalendarYear():
            days = len(record.closed) + len(record.working)
            return say(msg("{count} days that differ from the weekly pattern", count=days))
        case Extension() | Halt() | Transfer() | Rewording() | Addition():
            return f"{_decided(record, style)}: {style.text(record.reason)}"
    return ", ".join(_named_values(record, style))


def _named_values(record: object, style: Style, but: Sequence[str] = ()) -> Iterator[str]:
    for key, value in _values(record).items():
        if key not in but and value not in (None, (), ""):
            yield f"{say(KEYS[key]) if key in KEYS else key} {_value(value, style)}"


def _event(event: Event, style: Style) -> str:
    name = style.quoted(event.name)
    if event.on is None:
        return name
    said = msg("{event} happened on {day}", event=name, day=event.on)
    return f"{say(said)} ({style.text(event.document)})" if event.document else say(said)


def _whose(entry: Progress, style: Style) -> str:
    unit = style.text(str(entry.unit or "-"))
    if entry.period is None:
        return unit
    return say(msg("{unit}, period {period}", unit=unit, period=style.text(entry.period)))


def recorded(entry: Progress, style: Style) -> Iterator[str]:
    """What an entry says, piece by piece."""
    if entry.state is State.DONE and entry.completed_on:
        yield say(msg("done on {day}", day=entry.completed_on))
    elif entry.state is not None:
        yield say(_STATES[entry.state])
    if entry.state is State.DONE and not entry.evidence:
        yield say(msg("without evidence"))
    if entry.recorded_on:
        yield say(msg("recorded on {day}", day=entry.recorded_on))
    for key in ("evidence", "reason", "note", "difficulty", "proposal"):
        value = getattr(entry, key)
        if value:
            yield f"{say(KEYS[key])} {_value(value, style)}"


def _decided(one: Extension | Halt | Transfer | Rewording | Addition, style: Style) -> str:
    """What a document decides, and which document."""
    by = say(msg("{authority} of {on}", authority=style.text(one.authority), on=one.on))
    return f"{'; '.join(_decision(one, style))} ({by})"


def _decision(
    one: Extension | Halt | Transfer | Rewording | Addition, style: Style
) -> Sequence[str]:
    period = getattr(one, "period", None)
    of_period = [say(msg("period {period}", period=style.text(period)))] if period else []
    match one:
        case Extension():
            return [*of_period, say(msg("extended to {day}", day=one.to))]
        case Halt():
            until = [say(msg("until {day}", day=one.until))] if one.until else []
            return [*of_period, say(_HALTS[one.kind]), *until]
        case Transfer():
            giver, taker = style.text(one.giver), style.text(one.taker)
            return [say(msg("passes from {giver} to {taker}", giver=giver, taker=taker))]
        case Rewording():
            keys = ("name", "products", "deadline", "reading")
            values = {key: getattr(one, key) for key in keys if getattr(one, key)}
            said = [f"{say(KEYS[key])} {_value(value, style)}" for key, value in values.items()]
            return [say(msg("in other words")), *said]
        case Addition():
            return [say(msg("added to field {field}", field=style.text(one.field)))]
