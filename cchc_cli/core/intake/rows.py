"""Rows of task tables as they stand in a file → fields with their tasks, whole again.

A row of a plan is cut by page ends, merged downward, and interrupted by headings. Each repair is
counted and, where it touches what a cell says, doubted at its place; no word is added or dropped
without being named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cchc_cli.core.intake.columns import Column, Heading, Role, placed, repeats
from cchc_cli.core.intake.content import Cell, Doubt, Row, Table
from cchc_cli.core.intake.text import cell_text, flat, items, joined, printed
from cchc_cli.core.message import Message, msg
from cchc_cli.core.wording import fold

_ROMAN = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_LEADING = re.compile(
    r"(?:Phần |PHẦN )?([IVXL]+|[A-HĐK]|\d{1,3}(?:\.\d{1,3})*)(?:[.):/-]+ *| +)(?=\S)"
)
_NUMBER = re.compile(r"\(?((?:[A-Za-z]{1,3}[.-]?)?\d{1,4}(?:[.-]\d{1,4})*[a-zđ]?)[.):]*")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}")
_REPEATED = re.compile(r"[\"”“″']|nt|như trên", re.IGNORECASE)  # "as above"
CELLS = (Role.TASK, Role.PRODUCT, Role.LEAD, Role.SUPPORT, Role.DEADLINE)


@dataclass
class Task:
    """One task: what each of its cells says, and in which rows it stood."""

    number: str
    places: list[Message]
    texts: dict[Role, str] = field(default_factory=dict)
    products: list[str] = field(default_factory=list)


@dataclass
class Field:
    """One field (lĩnh vực) with its tasks."""

    id: str
    name: str
    tasks: list[Task] = field(default_factory=list)


class Appendix(NamedTuple):
    """The fields of all tables, how much was read and dropped, and what to look at."""

    fields: list[Field]
    counts: Counter[str]  # rows, headings, empty rows, joined, filled, and empty cells by role
    doubts: list[Doubt]
    columns: tuple[str, ...]


def rebuilt(tables: Sequence[tuple[Table, Heading]], *, wrapped: bool) -> Appendix:
    """The tasks of these tables, in order. `wrapped`: lines in cells end where the column does."""
    builder = _Builder(wrapped=wrapped)
    for table, heading in tables:
        builder.table(table, heading)
    return builder.finish(tables[0][1])


def roman(text: str) -> int:
    """The value of a Roman numeral up to 89; 0 if it is none."""
    if not _ROMAN.fullmatch(text):
        return 0
    values = [_VALUES[letter] for letter in text]
    later = [*values[1:], 0]
    return sum(-one if one < other else one for one, other in zip(values, later, strict=True))


def numeral(value: int) -> str:
    """A number below 90 as a Roman numeral."""
    tens = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"][value // 10 % 9]
    return tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][value % 10]


class _Cells(NamedTuple):
    """A row by its columns; `merged` are those that continue the cell above."""

    held: dict[Column, Cell]
    merged: frozenset[Column]

    def text(self, column: Column | None) -> str:
        return cell_text(self.held[column]) if column in self.held else ""


class _Builder:
    def __init__(self, *, wrapped: bool) -> None:
        self.wrapped = wrapped
        self.fields: list[Field] = []
        self.counts: Counter[str] = Counter()
        self.doubts: list[Doubt] = []
        self.open: Task | None = None
        self.above: dict[Role, tuple[str, list[str]]] = {}  # what merged cells go on with
        self.by_role: dict[Role, Column] = {}
        self.numbered = self.torn = False
        self.taken: dict[str, set[str]] = {}  # numbers of tasks by field
        self.letter = ""

    # -- tables and rows ---------------------------------------------------------------------------

    def table(self, table: Table, heading: Heading) -> None:
        """Add the rows of one table below its heading."""
        self.by_role = {c.role: c for c in heading.columns if c.role is not None}
        number = self.by_role.get(Role.NUMBER)
        rows = table.rows[heading.end :]
        cells = [_in_columns(heading, row) for row in rows]
        before, self.numbered = self.numbered, any(_number(each.text(number)) for each in cells)
        self.counts["headings"] += heading.end - heading.first
        self.torn = before and (self.wrapped or not heading.end)  # a page begins within a task
        for row, held in zip(rows, cells, strict=True):
            self._row(heading, row, held)

    def _row(self, heading: Heading, row: Row, cells: _Cells) -> None:
        if not any(cell_text(cell) for cell in row.cells):
            if cells.merged and self.open is not None:
                self._continue(row, cells)
            self.counts["empty rows"] += 1
            return
        self.counts["rows"] += 1
        if repeats(heading, row):
            self.counts["headings"] += 1
            return
        group = self._group(row, cells)
        if group is not None:
            self._begin_field(row, *group)
            return
        self._others(heading, row, cells)
        number = cells.text(self.by_role.get(Role.NUMBER))
        if self._goes_on(cells, number):
            self._continue(row, cells)
        else:
            self._begin_task(row, cells, number)

    def _goes_on(self, cells: _Cells, number: str) -> bool:
        torn, self.torn = self.torn, False
        if self.open is None:
            return False
        column = self.by_role.get(Role.NUMBER)
        if column in cells.merged:
            return True
        if self.numbered or torn:
            return not number
        # Without numbers a task begins wherever its own cell says something.
        task = self.by_role[Role.TASK]
        return task in cells.merged or not cells.text(task)

    # -- groups ------------------------------------------------------------------------------------

    def _group(self, row: Row, cells: _Cells) -> tuple[str, str] | None:
        """The number and name of a field if the row is one: a numeral and one text, or one text."""
        said = [text for cell in row.cells if (text := cell_text(cell))]
        first = row.cells[0]
        wide = max(cell.columns for cell in row.cells)
        texts = list(dict.fromkeys(said))
        lead = _unbroken(cell_text(first)).strip(" .)")
        if len(texts) == 2 and cell_text(first) == texts[0] and (roman(lead) or _letter(lead)):
            if lead not in texts[0]:
                self._doubt(msg("“{text}” is read as {number}", text=texts[0], number=lead),
                            row.place)  # fmt: skip
            return lead, texts[1]
        if len(texts) == 2 and wide >= 3 and lead.replace(".", "").isdecimal():
            return lead, texts[1]
        if len(texts) != 1:
            return None
        found = _LEADING.match(texts[0])
        numbered = found is not None and (roman(found[1]) or _letter(found[1]))
        if wide >= max(3, len(self.by_role) - 2) or (wide == sum(c.columns for c in row.cells)):
            return (found[1], texts[0][found.end() :]) if found else ("", texts[0])
        if numbered and found is not None and not cells.merged:
            return found[1], texts[0][found.end() :]
        bold = all(p.bold for cell in row.cells for p in cell.paragraphs)
        alone = len(said) == 1 and not cells.merged and not self.wrapped
        in_task = cells.text(self.by_role.get(Role.TASK)) == texts[0]
        return ("", texts[0]) if alone and bold and in_task and self.numbered else None

    def _begin_field(self, row: Row, number: str, name: str) -> None:
        self.open = None
        self.above = {}
        known = {area.id for area in self.fields}
        if _letter(number) and not roman(number):
            self.letter = number
        wanted = number
        if not number:
            wanted = self._next_id()
            self._doubt(msg("the group “{name}” has no number: its tasks have ids from {id}",
                            name=name, id=wanted), row.place)  # fmt: skip
        wanted = wanted.translate(str.maketrans("Đđ", "Dd"))
        if wanted in known and self.letter and f"{self.letter}.{wanted}" not in known:
            wanted = f"{self.letter}.{wanted}"
            self._doubt(msg("“{number}” is given to two groups: “{name}” has the id {id}",
                            number=number, name=name, id=wanted), row.place)  # fmt: skip
        elif wanted in known:
            same = next(area for area in self.fields if area.id == wanted)
            if fold(same.name) == fold(name):  # goes on in another table or on another page
                self.fields.remove(same)
                self.fields.append(same)
                self.counts["headings"] += 1
                return
            wanted = _free(wanted, known)
            self._doubt(msg("“{number}” is given to two groups: “{name}” has the id {id}",
                            number=number, name=name, id=wanted), row.place)  # fmt: skip
        self.fields.append(Field(wanted, name))

    def _next_id(self) -> str:
        last = self.fields[-1].id if self.fields else ""
        if all(roman(area.id) for area in self.fields):
            return numeral(roman(last) + 1)
        return _free(last, {area.id for area in self.fields})

    # -- tasks -------------------------------------------------------------------------------------

    def _begin_task(self, row: Row, cells: _Cells, printed_number: str) -> None:
        texts = {role: cells.text(column) for role, column in self.by_role.items()}
        number = _number(printed_number)
        if printed_number and not number and not texts.get(Role.TASK):
            self._left_out(row)
            return
        if not self.numbered and not number:
            found = _LEADING.match(texts[Role.TASK])
            if found is not None and found[1].isdecimal():
                number = found[1]
                texts[Role.TASK] = texts[Role.TASK][found.end() :]
        area = self._area(row)
        number = self._sound_number(number, printed_number, area, row)
        task = Task(number, [row.place])
        products = self.by_role.get(Role.PRODUCT)
        if products in cells.held:
            task.products = items(cells.held[products], wrapped=self.wrapped)
        task_id = f"{area.id}.{number}"
        for role in CELLS:
            task.texts[role] = texts.get(role, "")
            self._from_above(row, cells, role, task, task_id)
            self.above[role] = (task.texts[role], task.products)
        if not task.texts[Role.TASK]:
            message = msg("{task} says nothing of what is to be done", task=task_id)
            self._doubt(message, row.place)
            task.texts[Role.TASK] = "…"
        area.tasks.append(task)
        self.open = task

    def _from_above(self, row: Row, cells: _Cells, role: Role, task: Task, task_id: str) -> None:
        """Fill a merged cell with what it goes on with; name one that only says “as above”."""
        column = self.by_role.get(role)
        if column is None:
            return
        if column in cells.merged and role in self.above:
            task.texts[role], listed = self.above[role]
            if role is Role.PRODUCT:
                task.products = listed
            self.counts["filled"] += 1
            message = msg("the cell “{column}” is merged with the one above: {task} has “{text}” "
                          "from there", column=column.text, text=task.texts[role],
                          task=task_id)  # fmt: skip
            self._doubt(message, row.place)
        elif _REPEATED.fullmatch(task.texts[role]):
            message = msg("the cell “{column}” of {task} says “{text}”: enter what it stands for",
                          column=column.text, text=task.texts[role], task=task_id)  # fmt: skip
            self._doubt(message, row.place)

    def _area(self, row: Row) -> Field:
        if not self.fields:
            name = self.by_role[Role.TASK].text
            self.fields.append(Field("I", name))
            self._doubt(msg("the table begins without a group: its tasks are entered below the "
                            "field {id}, “{name}”", id="I", name=name), row.place)  # fmt: skip
        return self.fields[-1]

    def _sound_number(self, number: str, shown: str, area: Field, row: Row) -> str:
        """A number that can be part of an id and is not taken; says where it is not the printed."""
        taken = self.taken.setdefault(area.id, set())
        if number and number not in taken:
            taken.add(number)
            return number
        last = area.tasks[-1].number if area.tasks else "0"
        after = str(int(last) + 1) if last.isdecimal() else _free(last, taken)
        sound = _free(number, taken) if number else after if after not in taken else _free(
            after, taken)  # fmt: skip
        if number:
            message = msg("the number {number} stands twice in {field}: the second is entered as "
                          "{sound}", number=number, field=area.id, sound=sound)  # fmt: skip
        elif shown:
            message = msg("“{text}” is no number: the task is entered as {sound}", text=shown,
                          sound=f"{area.id}.{sound}")  # fmt: skip
        else:
            message = msg("no number is printed: the task is entered as {sound}",
                          sound=f"{area.id}.{sound}")  # fmt: skip
        self._doubt(message, row.place)
        taken.add(sound)
        return sound

    def _continue(self, row: Row, cells: _Cells) -> None:
        """Append the row to the open task, but for what is a merged cell once more."""
        assert self.open is not None
        task, area = self.open, self.fields[-1]
        added = []
        for role in CELLS:
            column = self.by_role.get(role)
            text = cells.text(column)
            if not text or column in cells.merged or text == task.texts[role]:
                continue
            added.append(text)
            task.texts[role] = joined([task.texts[role], text])
            if role is Role.PRODUCT and column is not None:
                task.products = self._longer(task.products, cells.held[column])
            self.above[role] = (task.texts[role], task.products)
        if added:
            self.counts["joined"] += 1
            task.places.append(row.place)
            self._doubt(msg("the row goes on with {task}: “{text}” is joined to it",
                            task=f"{area.id}.{task.number}", text=" | ".join(added)),
                        row.place)  # fmt: skip

    def _longer(self, products: list[str], cell: Cell) -> list[str]:
        more = items(cell, wrapped=self.wrapped)
        begins = printed(cell.paragraphs[0])[:1] in "-–+•*" or (
            bool(products) and products[-1].endswith((";", "."))
        )
        if begins or not products:
            return [*products, *more]
        return [*products[:-1], joined([products[-1], more[0]]), *more[1:]]

    # -- what has no place -------------------------------------------------------------------------

    def _others(self, heading: Heading, row: Row, cells: _Cells) -> None:
        """Name what stands in columns that a plan has no place for."""
        for column in heading.columns:
            text = cells.text(column)
            if text and (column.role is None or column.role is Role.NOTE):
                self.counts["left out"] += 1
                self._doubt(msg("the column “{column}” has no place in a plan; it says “{text}”",
                                column=column.text, text=text), row.place)  # fmt: skip

    def _left_out(self, row: Row) -> None:
        self.counts["left out"] += 1
        text = " | ".join(text for cell in row.cells if (text := cell_text(cell)))
        self._doubt(msg("the row is no task and is left out: “{text}”", text=text), row.place)

    def _doubt(self, message: Message, place: Message) -> None:
        self.doubts.append(Doubt(message, place))

    def _gap(self, area: str, before: int, number: int, place: Message) -> None:
        if number > before + 1:
            message = msg("{field}: number {number} follows {before}; numbers are kept as printed",
                          field=area, number=number, before=before or "–")  # fmt: skip
            self._doubt(message, place)

    def finish(self, heading: Heading) -> Appendix:
        """Count what is empty, report gaps, and hand over."""
        self.counts["fields"] = len(self.fields)
        for area in self.fields:
            before = 0
            for task in area.tasks:
                self.counts["tasks"] += 1
                for role in CELLS:
                    if role in self.by_role and not task.texts[role]:
                        self.counts[f"empty {role.value}"] += 1
                if task.number.isdecimal():
                    self._gap(area.id, before, int(task.number), task.places[0])
                    before = int(task.number)
        columns = tuple(column.text for column in heading.columns if column.text)
        return Appendix(self.fields, self.counts, self.doubts, columns)


def _in_columns(heading: Heading, row: Row) -> _Cells:
    """The cells of a row by the column of the heading above which most of each stands."""
    held: dict[Column, Cell] = {}
    merged = set()
    for start, end, cell in placed(row):
        column = max(
            heading.columns, key=lambda c: (min(c.end, end) - max(c.start, start), -c.start)
        )
        if cell.merged:
            merged.add(column)
        elif column in held:
            paragraphs = held[column].paragraphs + cell.paragraphs
            held[column] = Cell(paragraphs, held[column].columns)
        else:
            held[column] = cell
    return _Cells(held, frozenset(merged - held.keys()))


def _number(text: str) -> str:
    """A printed number without the marks around it: "1." and "(1)" are 1; "" if it is none."""
    found = _NUMBER.fullmatch(flat(text))
    return found[1] if found and _ID.fullmatch(found[1]) else ""


def _unbroken(text: str) -> str:
    """A Roman numeral that a narrow column has cut in two; other text as it is."""
    whole = text.replace(" ", "")
    return whole if roman(whole.strip(".)")) else text


def _letter(text: str) -> bool:
    return len(text) == 1 and text.isupper()


def _free(wanted: str, taken: set[str]) -> str:
    """The first of "5-2", "5-3" … that is not taken."""
    count = 2
    while f"{wanted}-{count}" in taken:
        count += 1
    return f"{wanted}-{count}"


def each_task(fields: Sequence[Field]) -> Iterator[tuple[str, Task]]:
    """Every task with its id."""
    for area in fields:
        for task in area.tasks:
            yield f"{area.id}.{task.number}", task
