"""A document as it was read → the values of a plan’s files, with every doubt and all counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cchc_cli.core.intake.columns import Heading, Role, find_heading
from cchc_cli.core.intake.content import Body, Content, Doubt, Paragraph, Row, Table
from cchc_cli.core.intake.outline import Line, outlined
from cchc_cli.core.intake.rows import Appendix, each_task, rebuilt
from cchc_cli.core.intake.rows import Task as TaskRow
from cchc_cli.core.intake.text import hidden, printed
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Document, Plan, Section, Task
from cchc_cli.core.periods import Years, parse_years
from cchc_cli.core.wording import fold

_YEARS = re.compile(r"(?:giai đoạn|thời kỳ)\s+(\d{4}\s*[-–]\s*\d{4})|năm (\d{4})\b", re.IGNORECASE)


class NoTable(Exception):
    """The document has no table that is the appendix of a plan; says what was looked for."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message.template)
        self.message, self.hint = message, hint


class Draft(NamedTuple):
    """What a document gives: the values of appendix.yaml (without the plan’s id) and of `document`.

    `years` are those that its title names, `day` the day printed above it (as plan.yaml writes
    days), `places` where each task stood, by its id.
    """

    appendix: dict[str, Any]
    document: dict[str, Any] | None
    years: Years | None
    day: str
    doubts: tuple[Doubt, ...]
    counts: Counter[str]
    places: dict[str, Message]


def drafted(content: Content) -> Draft:
    """The plan that stands in a document; raises `NoTable` if its appendix is not found."""
    before: list[Line] = []
    after: list[Line] = []
    tables: list[tuple[Table, Heading]] = []
    for block in content.blocks:
        lines = after if tables else before
        if isinstance(block, Body):
            lines += _line(block.paragraph, block.place)
            continue
        heading = _heading(block, tables)
        if heading is None:
            lines += _flat(block.rows)
        else:
            lines += _flat(block.rows[: heading.first])
            tables.append((block, heading))
    if not tables:
        raise _no_table(content)
    outline = outlined(before)
    appendix = rebuilt(tables, wrapped=content.wrapped)
    doubts = [*content.doubts, *_hidden(content), *outline.doubts, *appendix.doubts]
    doubts += (Doubt(msg("a plan has no place for this; it is left out: “{text}”", text=line.text),
                     line.place) for line in after)  # fmt: skip
    doubts += (Doubt(msg("the column “{column}” names leads and supports in one: all are entered "
                         "as leads", column=column.text), table.place)
               for table, heading in tables for column in heading.columns
               if heading.end and column.role is Role.LEAD and "phoi hop" in fold(column.text)
               )  # fmt: skip
    appendix.counts["tables"] = len(tables)
    return Draft(
        _values(appendix, outline.head),
        outline.document,
        _years(outline.document, outline.head),
        outline.day,
        tuple(doubts),
        appendix.counts,
        {task_id: task.places[0] for task_id, task in each_task(appendix.fields)},
    )


def _heading(table: Table, before: Sequence[tuple[Table, Heading]]) -> Heading | None:
    """The heading of a task table; of one that goes on without it, that of the table before."""
    found = find_heading(table.rows)
    if before and (found is None or found.first):
        earlier = before[-1][1]
        width = max(sum(cell.columns for cell in row.cells) for row in table.rows)
        if width == earlier.width:
            return earlier._replace(first=0, end=0)
    return found


def _line(paragraph: Paragraph, place: Message) -> Iterator[Line]:
    text = printed(paragraph)
    if text:
        yield Line(text, paragraph.bold, place)


def _flat(rows: Sequence[Row]) -> Iterator[Line]:
    """The paragraphs of a table that only lays out text, cell by cell."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                yield from _line(paragraph, row.place)


def _hidden(content: Content) -> Iterator[Doubt]:
    count = sum(hidden(paragraph.text) for paragraph in _paragraphs(content))
    if count:
        yield Doubt(msg("hidden characters left out: {count}", count=count))


def _paragraphs(content: Content) -> Iterator[Paragraph]:
    for block in content.blocks:
        if isinstance(block, Body):
            yield block.paragraph
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def _no_table(content: Content) -> NoTable:
    count = sum(isinstance(block, Table) for block in content.blocks)
    hint = msg(
        "its first row names the columns: “Nhiệm vụ” or “Nội dung”, and “Chủ trì”, “Thời "
        "gian”, “Sản phẩm”, in any order; in text without a table, make the table first"
    )
    if count:
        return NoTable(msg("none of the {count} tables has the headings of a task table",
                           count=count), hint)  # fmt: skip
    return NoTable(msg("there is no table in the file"), hint)


def _values(appendix: Appendix, head: dict[str, str]) -> dict[str, Any]:
    fields = [
        {"id": area.id, "name": area.name, "tasks": [
            _task(task_id, task) for task_id, task in each_task([area])
        ]}
        for area in appendix.fields
    ]  # fmt: skip
    return {**head, "columns": list(appendix.columns), "fields": fields}


def _task(task_id: str, task: TaskRow) -> dict[str, Any]:
    texts = {role.value: text for role, text in task.texts.items()}
    values = {
        "id": task_id,
        "number": task.number,
        "name": texts["task"],
        "products": task.products,
        "lead": texts["lead"],
        "support": texts["support"],
        "deadline": texts["deadline"],
    }
    return {key: value for key, value in values.items() if value}


def _years(document: dict[str, Any] | None, head: dict[str, str]) -> Years | None:
    """The years that the titles name: of the first title that names any, the last period."""
    for title in ((document or {}).get("subject", ""), head.get("subject", "")):
        found = [one or other for one, other in _YEARS.findall(title)]
        if found:
            return parse_years(found[0])
    return None


def carried_over(held: Plan, new: Plan, *, body: bool) -> Plan:
    """The plan `held` with the printed text of `new`, and what is not printed kept.

    That is pinned readings, events, and what ties sections to units and fields. Without a `body`
    the document was the table alone.
    """
    known = {str(task.id): task for task in held.tasks}
    fields = tuple(
        area._replace(tasks=tuple(_with_ties(task, known.get(str(task.id))) for task in area.tasks))
        for area in new.fields
    )
    was, now = held.appendix, new.appendix
    if was is not None and now is not None:
        now = now._replace(
            fields=fields,
            heading=now.heading or was.heading,
            subject=now.subject or was.subject,
            attached=now.attached or was.attached,
        )
    document = _tied(held.document, new.document) if body else held.document
    return held._replace(appendix=now, document=document)


def _with_ties(task: Task, held: Task | None) -> Task:
    if held is None:
        return task
    same = held.deadline == task.deadline
    return task._replace(events=held.events, reading=held.reading if same else None)


def _tied(held: Document | None, new: Document | None) -> Document | None:
    if held is None or new is None:
        return new
    known = {(p.number, s.number): s for p in held.parts for s in p.sections}
    return new._replace(
        parts=tuple(
            part._replace(
                sections=tuple(_like(s, known.get((part.number, s.number))) for s in part.sections)
            )
            for part in new.parts
        )
    )


def _like(section: Section, held: Section | None) -> Section:
    if held is None:
        return section
    return section._replace(field=held.field, unit=held.unit, group=held.group, charge=held.charge)
