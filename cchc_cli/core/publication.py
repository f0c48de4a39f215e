"""A plan → the document that is printed: the signed text as it is, and the table of a year.

Like reports (`core.report.view`), documents consist of plain values: `None` is what nobody has
recorded, and templates print it as a blank. The signed text is passed on character for character;
nothing is corrected, invented or dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.kinds import abbreviation
from cchc_cli.core.model import Addition, HaltKind, Office, Plan, Task
from cchc_cli.core.model import Appendix as Signed
from cchc_cli.core.model import Part as SignedPart
from cchc_cli.core.report.view import Signer
from cchc_cli.core.report.words import Words, cell, plan_name, stated
from cchc_cli.core.units import Role

COLUMNS = (
    "TT", "Nhiệm vụ", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section: its heading, what follows on the same line, and its "- " paragraphs."""

    heading: str
    text: str | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the signed text. `text` follows its heading on the same line."""

    heading: str
    text: str | None
    sections: tuple[Section, ...]
    closing: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """A due day.

    `before` is the day that "trước ngày D" names, `original` the day by the plan where a document
    has set another one; `suspended` says that the work rests.
    """

    on: date
    before: date | None
    original: date | None
    suspended: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """One task: its cells as printed. `dues` are its days in the year of an annual table."""

    number: str
    name: str
    products: tuple[str, ...]
    lead: str
    support: str
    deadline: str
    dues: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class TableField:
    """A field with its tasks."""

    id: str
    name: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An appendix: what stands above the table, the titles of its six columns, and its rows.

    `year` is that of an annual table, whose rows have `dues`. `symbol` and `issuer` are of the
    document that it belongs to, for the line "Kèm theo" where nobody has recorded that line.
    """

    heading: str
    subject: str | None
    attached: str | None
    columns: tuple[str, ...]
    fields: tuple[TableField, ...]
    year: int | None = None
    symbol: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Everything in a plan as signed. `symbol` is what follows the blank for the number.

    `recipients` are printed after "- "; `signer` is None where nobody has recorded who signed.
    """

    plan: str
    superior: str | None
    issuer: str | None
    place: str | None
    symbol: str
    type: str
    subject: str
    preamble: str | None
    parts: tuple[Part, ...]
    recipients: tuple[str, ...]
    signer: Signer | None
    appendix: Table


# -- the plan as signed ----------------------------------------------------------------------------


def published(plan: Plan, office: Office | None, blank: str) -> Published | None:
    """The plan as signed, whatever was amended later; None without its text or its table.

    `blank` stands for a piece of the symbol that nobody knows.
    """
    document, appendix = plan.document, plan.appendix
    if document is None or appendix is None:
        return None
    signature = document.signature
    return Published(
        plan=str(plan.id),
        superior=stated(office.parent) if office else None,
        issuer=stated(office.agency) if office else None,
        place=stated(office.place) if office else None,
        symbol=symbol(document.type, office, blank),
        type=str(document.type),
        subject=str(document.subject),
        preamble=stated(document.preamble),
        parts=tuple(_part(part) for part in document.parts),
        recipients=tuple(map(str, document.recipients)),
        signer=Signer(tuple(signature.title.splitlines()), str(signature.name))
        if signature
        else None,
        appendix=_signed_table(appendix, _attached(plan, office, blank)),
    )


def symbol(kind: str, office: Office | None, blank: str) -> str:
    """A document's symbol, such as "KH-SKHCN", with `blank` for what nobody has recorded."""
    of_office = stated(office.symbol) if office else None
    return f"{abbreviation(kind) or blank}-{of_office or blank}"


def _part(part: SignedPart) -> Part:
    return Part(
        heading=_heading(part.number, part.title, part.text),
        text=stated(part.text),
        sections=tuple(
            Section(
                _heading(section.number, section.title, section.text),
                stated(section.text),
                tuple(map(str, section.items)),
            )
            for section in part.sections
        ),
        closing=stated(part.closing),
    )


def _heading(number: str, title: str, text: str | None) -> str:
    """Number and title; the text that follows on the same line stands after a colon."""
    heading = f"{number}{'.' if number[-1:].isalnum() else ''} {title}"
    return f"{heading}:" if stated(text) and heading[-1].isalnum() else heading


def _attached(plan: Plan, office: Office | None, blank: str) -> str | None:
    """The line "Kèm theo" as recorded; an annual plan that has none yet gets it with blanks."""
    recorded = stated(plan.appendix.attached) if plan.appendix else None
    if recorded is not None or plan.parent is None or plan.document is None:
        return recorded
    kind, issuer = plan.document.type, stated(office.agency) if office else None
    return (
        f"(Kèm theo {kind.capitalize()} số ………/{symbol(kind, office, blank)} "
        f"ngày …… tháng …… năm ……… của {issuer or blank})"
    )


def _signed_table(appendix: Signed, attached: str | None) -> Table:
    return Table(
        heading=stated(appendix.heading) or "Phụ lục",
        subject=stated(appendix.subject),
        attached=attached,
        columns=_columns(appendix),
        fields=tuple(
            TableField(str(area.id), str(area.name), tuple(_row(task) for task in area.tasks))
            for area in appendix.fields
        ),
    )


def _columns(appendix: Signed) -> tuple[str, ...]:
    """The printed titles; usual ones if there are not as many as cells that are known."""
    printed = tuple(map(str, appendix.columns))
    return printed if len(printed) == len(COLUMNS) else COLUMNS


def _row(task: Task) -> TableRow:
    return TableRow(
        number=str(task.number),
        name=str(task.name),
        products=tuple(map(str, task.products)),
        lead=str(task.lead or ""),
        support=str(task.support or ""),
        deadline=str(task.deadline or ""),
    )


# -- the table of a year ---------------------------------------------------------------------------


def of_year(
    agenda: Agenda, office: Office | None, year: int, words: Words, blank: str
) -> Table | None:
    """The tasks of one year, as documents up to the agenda's day have them; None without a table.

    A task is there if something of it falls due in that year, with those days; or if it has no day
    at all: it goes on, waits for an event, or its words were not understood. So is what a plan of
    that year takes over from another plan, whenever it was due. What a document has cancelled is
    not.
    """
    plan = agenda.plan
    if plan.appendix is None:
        return None
    fields = (
        TableField(str(area.id), str(area.name), tuple(_rows_of_year(agenda, area.tasks, year,
                                                                     words)))
        for area in plan.fields
    )  # fmt: skip
    return Table(
        heading="Phụ lục",
        subject=f"Danh mục nhiệm vụ năm {year} thực hiện {plan_name(plan)}",
        attached=None,
        columns=_columns(plan.appendix),
        fields=tuple(area for area in fields if area.rows),
        year=year,
        symbol=symbol("kế hoạch", office, blank),
        issuer=stated(office.agency) if office else None,
    )


def _rows_of_year(
    agenda: Agenda, tasks: Iterable[Task], year: int, words: Words
) -> Iterator[TableRow]:
    for task in tasks:
        if any(isinstance(step, Addition) and step.on.year > year for step in task.amended):
            continue
        slots = [
            slot
            for slot in agenda.schedule.of_task(task).slots
            if (_of_year(slot, year) or task.parent is not None)
            and not _halted(agenda, task, slot, HaltKind.CANCELLED)
        ]
        if slots:
            yield _row_of_year(agenda, task, slots, words)


def _of_year(slot: Occurrence | None, year: int) -> bool:
    """Whether it falls due in that year; what has no due day is of every year from its start on."""
    if slot is None:
        return True
    if slot.due is None:
        return slot.start is None or slot.start.year <= year
    return slot.due.year == year


def _halted(agenda: Agenda, task: Task, slot: Occurrence | None, kind: HaltKind) -> bool:
    halt = agenda.halt(str(task.id), slot)
    return halt is not None and halt.kind is kind


def _row_of_year(
    agenda: Agenda, task: Task, slots: Iterable[Occurrence | None], words: Words
) -> TableRow:
    dated = [slot for slot in slots if slot is not None and slot.due is not None]
    items = [item for item in agenda.of(task) if not dated or item.occurrence in dated]
    deadlines = dict.fromkeys(str(slot.wording or task.deadline or "") for slot in dated)
    return replace(
        _row(task),
        lead=cell(task, Role.LEAD, items, words.say),
        support=cell(task, Role.SUPPORT, items, words.say),
        deadline="\n".join(deadlines) or str(task.deadline or ""),
        dues=tuple(
            Due(slot.due, slot.boundary, slot.original_due,
                _halted(agenda, task, slot, HaltKind.SUSPENDED))
            for slot in dated if slot.due is not None
        ),
    )  # fmt: skip
