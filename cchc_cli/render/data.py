"""Items and tasks as plain values: the stable names of the JSON, CSV and Markdown forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from cchc_cli.core.agenda import Item, summary, without_evidence
from cchc_cli.core.deadlines.occurrences import Occurrence, Step
from cchc_cli.core.model import Addition, Evidence, Progress, Rewording, Task
from cchc_cli.core.schedule import Scheduled
from cchc_cli.core.status import Status
from cchc_cli.core.units import Assignment
from cchc_cli.i18n import say

COLUMNS = (
    "plan", "task", "field", "name", "unit", "role", "via", "period", "start", "due", "status",
    "days", "deadline", "boundary", "original_due", "last_working_day", "evidence",
    "from",
)  # fmt: skip


def item(it: Item) -> dict[str, Any]:
    """One item. `days` is late for overdue and done_late, left for everything not yet due.

    `from` are the units that had the role before it passed on.
    """
    occurrence = it.occurrence
    return {
        "plan": it.plan,
        "task": str(it.of.id),
        "field": it.field,
        "name": str(it.of.name),
        "unit": str(it.unit.id) if it.unit else None,
        "role": it.assignment.role.value,
        "via": str(it.assignment.via.name) if it.assignment.via else None,
        "period": occurrence.period if occurrence else None,
        "start": iso(occurrence.start) if occurrence else None,
        "due": iso(it.due),
        "status": it.status.value,
        "days": it.standing.days,
        "deadline": it.wording or None,
        "boundary": iso(occurrence.boundary) if occurrence else None,
        "original_due": iso(occurrence.original_due) if occurrence else None,
        "last_working_day": iso(it.last_working_day),
        "evidence": sum(len(record.evidence) for record in it.records),
        "from": [str(unit.id) for unit in it.inherited],
    }


def agenda(
    shown: Iterable[Item], items: Sequence[Item], as_of: date, read: dict[str, int]
) -> dict[str, Any]:
    """A listing as of a day; of `items` those not `shown` are counted, too."""
    return {
        "as_of": iso(as_of),
        "items": [item(it) for it in shown],
        "summary": counts(summary(items)),
        "read": read,
        "without_evidence": without_evidence(items),
    }


def counts(summary: dict[Status, int]) -> dict[str, int]:
    """The summary, every status present, and the total."""
    named = {status.value: count for status, count in summary.items()}
    return {**named, "total": sum(named.values())}


def occurrence(occ: Occurrence) -> dict[str, Any]:
    """One occurrence with the steps that led to it."""
    return {
        "period": occ.period,
        "start": iso(occ.start),
        "due": iso(occ.due),
        "boundary": iso(occ.boundary),
        "original_due": iso(occ.original_due),
        "steps": [step(s) for s in occ.steps],
    }


def step(s: Step) -> dict[str, Any]:
    """One step in words, with its law."""
    return {"text": say(s.message), "law": s.law or None}


def task(
    plan: str, t: Task, scheduled: Scheduled, assignments: Sequence[Assignment]
) -> dict[str, Any]:
    """One task. `lead` and `support` are the units reached; the cells stand in `…_text`."""

    def units(role: str) -> list[str]:
        return [str(a.unit.id) for a in assignments if a.role.value == role and a.unit]

    return {
        "plan": plan,
        "id": str(t.id),
        "field": str(t.field or ""),
        "number": str(t.number),
        "name": str(t.name),
        "products": [str(product) for product in t.products],
        "lead": units("lead"),
        "lead_text": str(t.lead or ""),
        "support": units("support"),
        "support_text": str(t.support or ""),
        "assignments": [
            {
                "unit": str(a.unit.id) if a.unit else None,
                "role": a.role.value,
                "via": str(a.via.name) if a.via else None,
            }
            for a in assignments
        ],
        "deadline": {"text": str(t.deadline or ""), "kind": scheduled.deadline.kind.value},
        "printed": _printed(t.printed or t),
        "amended": [_amended(step) for step in t.amended],
        "occurrences": [occurrence(o) for o in scheduled.occurrences],
    }


def _printed(t: Task) -> dict[str, Any]:
    """The words of the row before any document changed them."""
    return {
        "name": str(t.name),
        "products": [str(product) for product in t.products],
        "deadline": str(t.deadline or ""),
    }


def _amended(step: Addition | Rewording) -> dict[str, Any]:
    """A document that added a task or worded it anew; of a rewording the words that it has."""
    decided = {"on": iso(step.on), "authority": str(step.authority), "reason": str(step.reason)}
    if isinstance(step, Addition):
        return {"kind": "addition", **decided}
    words = {"name": step.name, "products": step.products, "deadline": step.deadline}
    return {"kind": "rewording", **{key: word for key, word in words.items() if word}, **decided}


def progress(record: Progress) -> dict[str, Any]:
    """What a unit recorded."""
    return {
        "unit": str(record.unit),
        "state": record.state.value if record.state else None,
        "completed_on": iso(record.completed_on),
        "recorded_on": iso(record.recorded_on),
        "evidence": [_evidence(e) for e in record.evidence],
        "note": record.note,
        "difficulty": record.difficulty,
        "proposal": record.proposal,
    }


def _evidence(e: Evidence) -> dict[str, Any]:
    return {
        "document": e.document,
        "date": iso(e.date),
        "title": e.title,
        "file": e.file,
        "checksum": e.checksum,
    }


def iso(day: date | None) -> str | None:
    """ISO 8601, or None."""
    return day.isoformat() if day else None


def as_json(value: object, *, unicode: bool) -> str:
    """JSON; escaped where the output could not hold Vietnamese letters, so nothing is lost."""
    return json.dumps(value, ensure_ascii=not unicode, indent=2)


def json_pieces(value: object, *, unicode: bool) -> Iterator[str]:
    """The same, piece by piece: the whole text of many offices is large."""
    return json.JSONEncoder(ensure_ascii=not unicode, indent=2).iterencode(value)


def as_csv(items: Iterable[Item]) -> str:
    """CSV (RFC 4180) with a heading row, and nothing in it that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for it in items:
        row = item(it)
        writer.writerow(harmless({**row, "from": ",".join(row["from"])}))
    return out.getvalue()


def harmless(row: dict[str, Any]) -> dict[str, Any]:
    """A row for a spreadsheet: an apostrophe before a text that it would take for a formula."""
    formula = ("=", "+", "-", "@", "\t", "\r")
    return {
        key: f"'{value}" if isinstance(value, str) and value.startswith(formula) else value
        for key, value in row.items()
    }
