"""The tables of `shapes` as JSON Schemas (2020-12), by which an editor checks and completes files.

An editor reads YAML by its core schema: a bare 2022 is a number there, and plain text here. So a
schema takes whatever the reader takes, and no less: a file that `validate` accepts as a format is
accepted by its schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import MeasureKind, RuleKind, State
from cchc_cli.syntax import shapes
from cchc_cli.syntax.load import PLAN_FILES, TOP_FILES, YEAR_FILES
from cchc_cli.syntax.shapes import Key, Many, Scalar, Shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FILES: Mapping[str, Shape] = {
    **{name.removesuffix(".yaml"): shape for name, shape in {**TOP_FILES, **PLAN_FILES}.items()},
    "calendar": shapes.CALENDAR,
    **YEAR_FILES,
    "criteria": shapes.CRITERIA,
    "scoring": shapes.YEAR_OF_SCORES,
    "progress": shapes.PROGRESS_FILE,
}
"""Each kind of file by the name of its schema."""

FOLDER = ".schema"
"""Where they lie below `plans/`, so that a first line in each file can point there."""


def modeline(path: str) -> str:
    """The comment by which an editor finds the schema of a file under `plans/`, as its first line.

    `path` is from the plan root on.
    """
    _plans, *folders, name = path.split("/")
    kind = folders[-1] if folders and folders[-1] in FILES else name.removesuffix(".yaml")
    return f"# yaml-language-server: $schema={'../' * len(folders)}{FOLDER}/{kind}.json\n"


_WORDS = {"type": ["string", "number", "boolean"]}
_NUMBER = r"^(0|[1-9]\d{0,8})(\.\d{1,4})?$"
_DAY = r"\d{4}-\d{2}-\d{2}"
_WRITTEN: tuple[tuple[Scalar, Mapping[str, Any]], ...] = (
    (shapes.TEXT, _WORDS),
    (shapes.ID, {**_WORDS, "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"}),
    (shapes.DAY, {"type": "string", "pattern": f"^{_DAY}$"}),
    (shapes.DAY_OR_MONTH, {"type": "string", "pattern": rf"^{_DAY}$|^\d{{4}}-\d{{2}}$"}),
    (shapes.YEARS, {"type": ["string", "integer"], "pattern": r"^\d{4}(\s*[-–]\s*\d{4})?$"}),
    (shapes.YEAR, {"type": "integer", "minimum": 1900, "maximum": 2199}),
    (shapes.TRUTH, {"type": "boolean"}),
    (shapes.COUNT, {"type": "integer", "minimum": 0, "maximum": 999}),
    (shapes.NUMBER, {"type": "integer", "minimum": 0, "maximum": 999999999}),
    (shapes.DECIMAL, {"type": ["number", "string"], "pattern": _NUMBER, "minimum": 0}),
    (shapes.SHIFT, {"type": "integer", "minimum": -9, "maximum": 9}),
    (
        shapes.ANSWER,
        {"type": ["number", "string"], "pattern": f"{_NUMBER}|^({'|'.join(shapes.ANSWERS)})$"},
    ),
    (shapes.RULE_KIND, {"enum": [kind.value for kind in RuleKind]}),
    (shapes.MEASURE_KIND, {"enum": [kind.value for kind in MeasureKind]}),
    (shapes.CHECKSUM, {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}),
    (shapes.STATE, {"enum": [state.value for state in State]}),
    (shapes.WEEKDAY, {"enum": list(shapes.WEEKDAYS)}),
)

_AUTHORITY, _REASON = msg("the document that decides it"), msg("why, as the document says")
_MEANINGS: Mapping[str, Message] = {
    "activities": msg("what is done to inform people, by channel"),
    "acknowledged": msg("warnings that somebody has looked at and leaves as they are"),
    "additions": msg("tasks that documents add"),
    "agency": msg("the office, as it signs"),
    "aliases": msg("other names under which texts mention it"),
    "as_of": msg("the day whose state the report tells"),
    "as": msg("the words as which the text is to be read"),
    "at_least": msg("the number that an answer must reach"),
    "at": msg("what the finding is about: an id, or a part of the document"),
    "attached": msg("the line that says to what the appendix belongs"),
    "authority": _AUTHORITY,
    "bands": msg("points by the least number for them; the highest reached counts"),
    "basis": msg("where the duty is laid down"),
    "cancellations": msg("work that documents drop"),
    "channel": msg("the id of a channel"),
    "channels": msg("the channels, and what is counted on each"),
    "charge": msg("what the section charges its unit to lead"),
    "checksum": msg("what the file held when it was recorded (SHA-256)"),
    "closed": msg("working days on which the office is closed"),
    "closing": msg("what follows the last section"),
    "code": msg("the code of the finding, such as CCHC206"),
    "columns": msg("the headings of the table"),
    "commit": msg("the revision of the plans of which the report was made"),
    "completed_on": msg("the day of completion"),
    "criteria": msg("the criteria, or the id of their list"),
    "criterion": msg("the id of a criterion"),
    "date": msg("the day"),
    "deadline": msg("the deadline in words, exactly as printed"),
    "decimals": msg("to how many decimals points are rounded, half up"),
    "declared": msg("what units declare; entries are added, never changed"),
    "difficulty": msg("a difficulty to be reported"),
    "document": msg("the document"),
    "due_soon_days": msg("how many days ahead something counts as due soon"),
    "duties": msg("who reports to whom, and when"),
    "each": msg("the points for one"),
    "effective": msg("the first day on which the plan can bind anyone"),
    "events": msg("events that deadlines wait for"),
    "evidence": msg("documents that prove completion"),
    "example": msg("true for a list that nobody has decided on"),
    "extensions": msg("later due days that documents grant"),
    "field": msg("the id of a field of the appendix"),
    "fields": msg("the fields, in printed order"),
    "file": msg("the document as a file, by its path from the folder that holds “plans”"),
    "floor": msg("the rate in percent below which there are no points"),
    "found": msg("the words that the finding quotes"),
    "findings": msg("the problems that were found"),
    "from": msg("the unit that gives the work"),
    "group": msg("the id of a group of units"),
    "groups": msg("classes of units that texts name as one"),
    "held": msg("what was done, day by day; entries are added, never changed"),
    "held_on": msg("the day on which it was held"),
    "heading": msg("the heading of the appendix"),
    "id": msg("an id that never changes and is never used again"),
    "items": msg("the paragraphs that begin with a dash"),
    "kind": msg("the kind of rule or measure"),
    "lead": msg("who leads, exactly as printed"),
    "measure": msg("what is counted, or what the unit is to do about the problem"),
    "maximum": msg("the most points to be had, or to be lost"),
    "may_not_apply": msg("true where a unit may declare that it does not apply"),
    "members": msg("the ids of its units; only those that a document names"),
    "name": msg("the name, exactly as printed"),
    "note": msg("a note"),
    "number": msg("the printed number"),
    "of": msg("of how many; the answer is the share in percent"),
    "on": msg("the day from which it holds, or on which it happened"),
    "open": msg("true where nobody has named the members"),
    "parent": msg("the office above; the plan, or its task, that this one carries out"),
    "parts": msg("the parts of the document"),
    "period": msg("the period that it is about, such as 2022 or 2022-Q1"),
    "place": msg("where the office signs"),
    "plan": msg("the id of the plan"),
    "preamble": msg("what precedes the first part"),
    "products": msg("the products, each exactly as printed"),
    "progress": msg("what the unit recorded, in order; entries are added, never changed"),
    "points": msg("the points"),
    "proof": msg("the evidence asked for"),
    "proposal": msg("a proposal to be reported"),
    "quantity": msg("how many, in the measure of the channel"),
    "reading": msg("how a deadline that cannot be read is to be read, and why"),
    "reason": _REASON,
    "recipients": msg("the recipients"),
    "record": msg("the document that records the inspection"),
    "recorded_on": msg("the day of entry"),
    "reports": msg("reports as they were sent"),
    "rest": msg("the days of the week on which nobody works"),
    "resumptions": msg("work that documents take up again"),
    "results": msg("the report on the results"),
    "rewordings": msg("tasks that documents word anew"),
    "role": msg("what the member is in the team"),
    "rounds": msg("rounds of appraisal, apart from what the office scores itself"),
    "rule": msg("how an answer becomes points"),
    "scope": msg("what is inspected"),
    "scores": msg("the points given"),
    "sections": msg("the numbered sections"),
    "shift": msg("what is added to the year, such as -1"),
    "signature": msg("who signed"),
    "signer": msg("who signs the reports of the office; without it, the place is left blank"),
    "source": msg("the document that says so"),
    "state": msg("in_progress, done or reopened"),
    "subject": msg("the subject, exactly as printed"),
    "successor": msg("the id of the unit that takes over open work"),
    "support": msg("who supports, exactly as printed"),
    "suspensions": msg("work that documents hold up for a time"),
    "symbol": msg("the office’s symbol in numbers of documents"),
    "task": msg("the id of the task or reporting duty"),
    "tasks": msg("the tasks, in printed order"),
    "team": msg("the members of the inspection team"),
    "text": msg("the text, word for word"),
    "title": msg("the title, exactly as printed"),
    "to": msg("the new due day, the unit that takes the work, or the unit reported to"),
    "total": msg("the points to be had without bonus"),
    "transfers": msg("open work that documents give to another unit"),
    "type": msg("the type of the document, such as KẾ HOẠCH"),
    "unit": msg("the id of a unit"),
    "units": msg("the units of the office"),
    "until": msg("the last day of the suspension"),
    "valid_from": msg("the first day of the unit"),
    "valid_until": msg("the last day of the unit"),
    "value": msg("a number, yes, no or not_applicable"),
    "visits": msg("the inspected units"),
    "window": msg("the time that the report covers, in words"),
    "working": msg("days of rest on which the office works"),
    "year": msg("the year"),
}  # fmt: skip
_SIGNS_FOR = msg("the line above the title, such as KT. GIÁM ĐỐC or TL. GIÁM ĐỐC")
_MEANINGS_IN = {  # where they are others
    (shapes.SIGNER.name.template, "authority"): _SIGNS_FOR,
    (shapes.BAND.name.template, "from"): msg("the least number for these points, inclusive"),
    (shapes.CRITERIA.name.template, "period"): msg("the years in which the list is valid"),
}


def schema_of(name: str, say: Callable[[Message], str]) -> dict[str, Any]:
    """The schema of one kind of file (a key of `FILES`), described in the language of `say`."""
    shape = FILES[name]
    definitions: dict[str, Any] = {}
    root = _object(shape, definitions, say)
    return {"$schema": DIALECT, "title": say(shape.name), **root, "$defs": definitions}


def same_keys(one: object, other: object) -> bool:
    """Whether two schemas take the same files, in whatever language they describe them."""
    return _without_words(one) == _without_words(other)


def _without_words(schema: object) -> object:
    if isinstance(schema, Mapping):
        return {
            key: _without_words(value)
            for key, value in schema.items()
            if not (key in ("title", "description") and isinstance(value, str))
        }
    return [_without_words(item) for item in schema] if isinstance(schema, list) else schema


def _object(shape: Shape, definitions: dict[str, Any], say: Callable[[Message], str]) -> Any:
    """What a mapping may hold; the shapes within it go to `definitions`."""
    keys = {
        key: {
            "description": say(_MEANINGS_IN.get((shape.name.template, key)) or _MEANINGS[key]),
            **_value(spec, definitions, say),
        }
        for key, spec in shape.keys.items()
    }
    found: dict[str, Any] = {"type": "object", "properties": keys, "additionalProperties": False}
    if shape.required:
        found["required"] = [key for key in shape.keys if key in shape.required]
    return found


def _value(spec: Key, definitions: dict[str, Any], say: Callable[[Message], str]) -> dict[str, Any]:
    kind = spec.kind
    if isinstance(kind, Scalar):
        written = dict(_written(kind))
        if kind is shapes.TEXT and spec.required:
            written["pattern"] = r"\S"
        return written if spec.required else {"anyOf": [written, {"type": "null"}]}
    found = (
        {"type": "array", "items": _item(kind.item, definitions, say)}
        if isinstance(kind, Many)
        else _item(kind, definitions, say)
    )
    # A list without entries is left to the checks, which say what it should hold.
    needed = spec.required and not isinstance(kind, Many)
    return found if needed else {"anyOf": [found, {"type": "null"}]}


def _item(kind: Scalar | Shape, definitions: dict[str, Any], say: Callable[[Message], str]) -> Any:
    if isinstance(kind, Scalar):
        return dict(_written(kind))
    name = kind.name.template.replace(" ", "-")
    if name not in definitions:
        definitions[name] = {"title": say(kind.name), **_object(kind, definitions, say)}
    return {"$ref": f"#/$defs/{name}"}


def _written(kind: Scalar) -> Mapping[str, Any]:
    return next(written for scalar, written in _WRITTEN if scalar is kind)
