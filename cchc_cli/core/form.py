"""A form: what a unit owes in a reporting period, and what it writes beside it.

A form is a Vietnamese document, whatever language the command speaks: its headings and the words
for a state are part of the format, by which a filled form is read again.

A form remembers how many entries were on record when it was issued. What was recorded since then
may have come from this very form; together with what holds now, it is what a collected form is
compared with, so that a form collected twice adds nothing, not even after a mark it made was taken
back, while a form issued after that can set the mark anew.
"""

from __future__ import annotations

import enum
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Evidence, Plan, Progress, State, Unit
from cchc_cli.core.periods import Days, parse_period
from cchc_cli.core.progress import effective
from cchc_cli.core.source import Text
from cchc_cli.core.status import DONE, Status
from cchc_cli.core.wording import fold

FORMAT = 1
MAIN, GUIDE, TECHNICAL = "Biểu nhập", "Hướng dẫn", "cchc"
MARK = "cchc form"  # the first cell of the technical sheet
HEADING_ROW = 6
FIRST_RECORD = 5  # the first row of the technical sheet that is about an occurrence
STATES = {"đang thực hiện": State.IN_PROGRESS, "hoàn thành": State.DONE}


class Holds(enum.Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    DAY = "day"
    STATE = "state"


class Column(NamedTuple):
    """A column of a form; `width` in characters."""

    heading: str
    width: int
    holds: Holds = Holds.TEXT


IDENTITY = (
    Column("Mã", 8),
    Column("Kỳ", 10),
    Column("Nhiệm vụ", 46),
    Column("Thời hạn ghi trong kế hoạch", 18),
    Column("Hạn cuối", 13, Holds.DAY),
    Column("Vai trò", 20),
    Column("Tình trạng", 17),
)
STATE, COMPLETED, DOCUMENT, DOCUMENT_DAY, TITLE, NOTE, DIFFICULTY, PROPOSAL = range(8, 16)
ENTRIES = (
    Column("Trạng thái", 17, Holds.STATE),
    Column("Ngày hoàn thành", 13, Holds.DAY),
    Column("Số, ký hiệu văn bản", 20),
    Column("Ngày văn bản", 13, Holds.DAY),
    Column("Trích yếu văn bản", 28),
    Column("Ghi chú", 24),
    Column("Khó khăn, vướng mắc", 28),
    Column("Đề xuất, kiến nghị", 28),
)
COLUMNS = (*IDENTITY, *ENTRIES)

Cell = str | date | None


class Head(NamedTuple):
    """What a form is about, by ids; `period` is the label of the reporting period."""

    plan: str
    unit: str
    period: str


class Issued(NamedTuple):
    """The technical record of one row: the occurrence, the entries then on record, the marks."""

    task: str
    period: str
    seen: int
    marks: str


class Place(NamedTuple):
    """A cell of a file, counted from 1. Column 0 is the whole row, row 0 the whole file."""

    file: str
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """Its address, such as "H7"."""
        return f"{chr(64 + self.column)}{self.row}" if self.column else ""


class Refusal(NamedTuple):
    """Why a form cannot be collected, where, and what to do about it."""

    place: Place
    message: Message
    hint: Message | None = None


class Row(NamedTuple):
    """One row of a filled form; `said` is what stands in it, as an entry of its unit."""

    place: Place
    seen: int
    said: Progress

    def at(self, column: int) -> Place:
        """A cell of this row."""
        return self.place._replace(column=column)


class Form(NamedTuple):
    """A form that came back, with the rows in which something is written."""

    file: str
    head: Head
    rows: tuple[Row, ...]


def asked_of(agenda: Agenda, unit: Unit, window: Days) -> list[Item]:
    """What a form of a period lists, for an agenda as of the window's last day.

    That is what falls due in the window, in whatever state (evidence may be missing), and whatever
    is neither done nor cancelled and has begun, is owed, or has no day at all. A done mark that was
    taken back after the window counts as taken back: what is asked for is work that is open now.
    """
    items = [item for item in agenda.items(unit=unit) if _belongs(item, agenda, window)]
    return sorted(items, key=lambda item: (item.assignment.role.value, item.due or date.max))


def _belongs(item: Item, agenda: Agenda, window: Days) -> bool:
    occurrence = item.occurrence
    if occurrence and occurrence.due and window.first <= occurrence.due <= window.last:
        return True
    begins = _begins(occurrence) if occurrence else None
    return not _finished(item, agenda) and (begins is None or begins <= window.last)


def _finished(item: Item, agenda: Agenda) -> bool:
    """Cancelled at the end of the window, or done then and still so."""
    if item.status is Status.CANCELLED:
        return True
    if item.status not in DONE or item.unit is None:
        return False
    latest = effective(agenda.entries(str(item.unit.id), *occurrence_of(item)), date.max)
    return latest is None or latest.state is State.DONE


def _begins(occurrence: Occurrence) -> date | None:
    """When work on it may begin: where the plan does not say, with the period or year it is due."""
    if occurrence.start is not None or occurrence.due is None:
        return occurrence.start
    period = parse_period(occurrence.period)
    first = period.days.first if period else occurrence.due.replace(month=1, day=1)
    return min(first, occurrence.due)


def occurrence_of(item: Item) -> tuple[str, str]:
    """Which occurrence an item is: its task and period, "" where there is none."""
    return str(item.of.id), item.period


def issued(head: Head, identity: Sequence[Cell], seen: int) -> Issued:
    """The technical record of a row that shows `identity`.

    One mark a cell, so that the cell which was altered can be named. The marks guard against
    accidents: what is recorded rests on the plan alone, never on the cells of a form.
    """
    task, period = str(identity[0] or ""), str(identity[1] or "")
    marks = [
        _mark([*head, task, period, str(seen), str(place), plain(cell)])
        for place, cell in enumerate(identity)
    ]
    return Issued(task, period, seen, " ".join(marks))


def _mark(pieces: list[str]) -> str:
    return hashlib.sha256(json.dumps(pieces).encode()).hexdigest()[:8]


def altered(head: Head, record: Issued, identity: Sequence[Cell]) -> list[int]:
    """The columns (from 1) whose cells are not what was issued."""
    now = issued(head, identity, record.seen).marks.split(" ")
    then = record.marks.split(" ")
    if len(now) != len(then):
        return [1]
    return [place for place, (a, b) in enumerate(zip(now, then, strict=True), 1) if a != b]


def plain(cell: Cell) -> str:
    """A cell for comparing: programs may change blanks, line ends and the form of letters."""
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(unicodedata.normalize("NFC", cell or "").split())


def state_of(text: str) -> State | None:
    """The state that a cell names, in any case, with or without marks."""
    return next((state for words, state in STATES.items() if fold(words) == fold(text)), None)


def impossible(row: Row, plan: Plan, today: date) -> Iterator[Refusal]:
    """What cannot be true of a row, whatever is on record."""
    said = row.said
    if said.state is State.DONE and said.completed_on is None:
        yield Refusal(
            row.at(COMPLETED), msg("done, but the day of completion is missing"),
            msg("write the day of completion, such as 15/12/2022"),
        )  # fmt: skip
    if said.completed_on is not None and said.state is not State.DONE:
        yield Refusal(
            row.at(STATE), msg("a day of completion, but the state is not “hoàn thành”"),
            msg("choose “hoàn thành”, or clear the day"),
        )  # fmt: skip
    for evidence in said.evidence:
        if not evidence.document and not evidence.title:
            yield Refusal(
                row.at(DOCUMENT), msg("a day of a document, but no document"),
                msg("write its number and symbol, or clear the day"),
            )  # fmt: skip
        yield from _day(row.at(DOCUMENT_DAY), evidence.date, today)
    yield from _day(row.at(COMPLETED), said.completed_on, today)
    if said.completed_on is not None and said.completed_on.year < plan.period.first:
        yield Refusal(
            row.at(COMPLETED),
            msg("{day} is before the plan’s first year {year}", day=said.completed_on,
                year=plan.period.first),
            msg("mend the year"),
        )  # fmt: skip


def _day(place: Place, day: date | None, today: date) -> Iterator[Refusal]:
    if day is not None and day > today:
        message = msg("{day} is later than today, {today}", day=day, today=today)
        yield Refusal(place, message, msg("mend the day; what is to come cannot be recorded"))


def news(row: Row, records: Sequence[Progress]) -> Progress:
    """What a row says that is not on record.

    `records` are all entries of the unit about the occurrence, in order.
    """
    said, now = row.said, effective(records, date.max)
    known = [*records[row.seen :], *([now] if now else [])]
    if any(_same_state(said, other) for other in known):
        said = said._replace(state=None, completed_on=None)
    evidence = [e for other in known for e in other.evidence]
    return said._replace(
        evidence=tuple(e for e in said.evidence if not _among(e, evidence)),
        note=_new(said.note, (other.note for other in known)),
        difficulty=_new(said.difficulty, (other.difficulty for other in known)),
        proposal=_new(said.proposal, (other.proposal for other in known)),
    )


def _same_state(said: Progress, other: Progress) -> bool:
    done = said.state is State.DONE
    return said.state is other.state and (not done or said.completed_on == other.completed_on)


def _among(evidence: Evidence, known: Iterable[Evidence]) -> bool:
    return any(_key(evidence) == _key(other) for other in known)


def _key(evidence: Evidence) -> tuple[str, date | None, str]:
    return plain(evidence.document), evidence.date, plain(evidence.title)


def _new(text: Text | None, known: Iterable[Text | None]) -> Text | None:
    return None if text is None or plain(text) in map(plain, known) else text


def says_something(entry: Progress) -> bool:
    """Whether an entry holds any fact."""
    facts = (entry.state, entry.evidence, entry.note, entry.difficulty, entry.proposal)
    return any(facts) or entry.completed_on is not None


def contradictions(row: Row, new: Progress, records: Sequence[Progress]) -> Iterator[Refusal]:
    """What a row says against what is on record; `new` is its `news`."""
    now = effective(records, date.max)
    if new.state is None or now is None or now.state is not State.DONE:
        return
    message = (
        msg("already recorded as done on {day}", day=now.completed_on)
        if now.completed_on
        else msg("already recorded as done, day unknown")
    )
    if new.state is State.DONE:
        hint = msg("clear state and day, or correct the entry with cchc done … --reason …")
        yield Refusal(row.at(COMPLETED), message, hint)
    else:
        hint = msg("clear the state, or take the mark back with cchc undo-done")
        yield Refusal(row.at(STATE), message, hint)
