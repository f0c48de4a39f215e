"""What was derived → the values of plan.yaml and appendix.yaml, as a draft in Vietnamese.

Like the signed plan it comes from, a draft speaks Vietnamese whatever the language of the command.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cchc_cli.core.founding import shortest
from cchc_cli.core.lineage import id_prefix
from cchc_cli.core.model import Document, Office, Part, Plan, Section, Task
from cchc_cli.core.periods import Years
from cchc_cli.core.planning.annual import Annual, Row
from cchc_cli.core.report.words import plan_name, stated
from cchc_cli.core.wording import fold

BLANK = "…"
_PURPOSE = "muc dich"
_NUMBERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_TASKS: dict[str, Any] = {
    "title": "NHIỆM VỤ CỤ THỂ",
    "text": (
        "Nhiệm vụ, sản phẩm, đơn vị chủ trì, đơn vị phối hợp và thời gian hoàn thành nêu tại "
        "Phụ lục kèm theo Kế hoạch này."
    ),
}


class Draft(NamedTuple):
    """The values of the two files, by their keys; and the ids of the rows, in their order."""

    plan: Mapping[str, Any]
    appendix: Mapping[str, Any]
    ids: tuple[str, ...]


def new_id(plan: Plan, years: Years) -> str:
    """The id of a plan with other years in place of its own; behind it, if it names none."""
    own, new = shortest(plan.period), shortest(years)
    return str(plan.id).replace(own, new) if own in plan.id else f"{plan.id}-{new}"


def subject_for(subject: str, period: Years, years: Years) -> str | None:
    """A title with other years in place of those that it names; None if it does not name them."""
    if period.first == period.last:
        found = re.compile(rf"năm\s+{period.first}\b", re.IGNORECASE)
    else:
        found = re.compile(
            rf"(?:giai đoạn|thời kỳ)\s+{period.first}\s*[-–]\s*{period.last}\b",
            re.IGNORECASE,
        )
    one = years.first == years.last
    new = f"năm {years.first}" if one else f"giai đoạn {years.first} - {years.last}"
    changed, count = found.subn(new, subject)
    return changed if count else None


# -- the plan of a year ----------------------------------------------------------------------------


def annual_draft(annual: Annual, parent: Plan, plan: str, office: Office | None) -> Draft:
    """The annual plan `plan` as values to plant."""
    years = Years(annual.year, annual.year)
    head = {"id": plan, "period": str(annual.year), "parent": str(parent.id)}
    document = _annual_document(parent, years, office)
    prefix = id_prefix(parent._replace(parent=parent.id, period=years))
    rows = [(str(row.of.field), _annual_row(row)) for row in annual.rows]
    fields, ids = _numbered(parent, rows, prefix)
    appendix = {
        "plan": plan,
        "heading": "Phụ lục",
        "subject": f"Danh mục nhiệm vụ năm {annual.year} thực hiện {plan_name(parent)}".upper(),
        "columns": _columns(parent),
        "fields": fields,
    }
    return Draft({**head, "document": document}, appendix, ids)


def _columns(parent: Plan) -> list[str]:
    return list(map(str, parent.appendix.columns)) if parent.appendix else []


def _annual_row(row: Row) -> dict[str, Any]:
    origin = {"task": str(row.of.id), **({"period": row.period} if row.period else {})}
    values = {**_cells(row.of), "deadline": row.deadline or ""}
    if row.kept:
        values |= _pinned(row.of)
    values["parent"] = origin
    return values


def _cells(task: Task) -> dict[str, Any]:
    return {
        "name": str(task.name),
        "products": list(map(str, task.products)),
        "lead": str(task.lead or ""),
        "support": str(task.support or ""),
    }


def _pinned(task: Task) -> dict[str, Any]:
    """What is not printed, but tells what the words mean."""
    values: dict[str, Any] = {}
    if task.reading is not None:
        values["reading"] = {"as": str(task.reading.wording), "reason": str(task.reading.reason)}
    if task.events:
        values["events"] = list(map(str, task.events))
    return values


def _numbered(
    parent: Plan, rows: Iterable[tuple[str, dict[str, Any]]], prefix: str
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The fields with these rows, each counted from 1 in its field; and the ids that they get."""
    count: Counter[str] = Counter()
    tasks: dict[str, list[dict[str, Any]]] = {}
    ids = []
    for field, values in rows:
        count[field] += 1
        ids.append(f"{prefix}{field}.{count[field]}")
        row = {"id": ids[-1], "number": str(count[field]), **values}
        tasks.setdefault(field, []).append(row)
    fields = [
        {"id": str(area.id), "name": str(area.name), "tasks": tasks[str(area.id)]}
        for area in parent.fields
        if str(area.id) in tasks
    ]
    return fields, tuple(ids)


def _annual_document(parent: Plan, years: Years, office: Office | None) -> dict[str, Any]:
    document = parent.document
    if document is None:
        return {"type": "KẾ HOẠCH", "subject": BLANK}
    subject = subject_for(str(document.subject), parent.period, years)
    name = f"{str(document.type).capitalize()} {subject or BLANK}"
    issuer = (stated(office.agency) if office else None) or BLANK
    return {
        "type": str(document.type),
        "subject": subject or BLANK,
        "preamble": (f"Thực hiện {plan_name(parent)}, {issuer} ban hành {name} như sau:"),
        "parts": list(_parts(document)),
        "recipients": list(map(str, document.recipients)),
    }


def _parts(document: Document) -> Iterator[dict[str, Any]]:
    """What the year is for and who does what, word for word; the tasks stand in the appendix."""
    purpose = [part for part in document.parts if _PURPOSE in fold(part.title)]
    doing = [p for p in document.parts if p not in purpose and any(s.unit for s in p.sections)]
    parts = [*map(_copied, purpose), _TASKS, *map(_copied, doing)]
    for number, part in zip(_NUMBERS, parts, strict=False):
        yield {"number": number, **part}


def _copied(part: Part) -> dict[str, Any]:
    return {
        "title": str(part.title),
        "text": str(part.text or ""),
        "sections": [_section(section) for section in part.sections],
        "closing": str(part.closing or ""),
    }


def _section(section: Section) -> dict[str, Any]:
    """Without what it charges its unit with: the tasks of the year are others."""
    return {
        "number": str(section.number),
        "title": str(section.title),
        "text": str(section.text or ""),
        "items": list(map(str, section.items)),
        "unit": str(section.unit or ""),
        "group": str(section.group or ""),
    }


# -- the plan of the next period -------------------------------------------------------------------


def period_draft(tasks: Sequence[Task], before: Plan, plan: str, years: Years) -> Draft:
    """The plan of the next period with the tasks that are carried over."""
    document = before.document
    subject = subject_for(str(document.subject), before.period, years) if document else None
    head = {"id": plan, "period": shortest(years)}
    values = {
        "type": str(document.type) if document else "KẾ HOẠCH",
        "subject": subject or BLANK,
        "recipients": list(map(str, document.recipients)) if document else [],
    }
    rows = [
        (str(task.field), {**_cells(task), "deadline": str(task.deadline or ""), **_pinned(task)})
        for task in tasks
    ]
    fields, ids = _numbered(before, rows, "")
    appendix = {"plan": plan, "heading": "Phụ lục", "columns": _columns(before), "fields": fields}
    return Draft({**head, "document": values}, appendix, ids)
