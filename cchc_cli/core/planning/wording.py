"""Words for one occurrence that give exactly its day in another plan.

Every wording is read back by the grammar before it is used: deriving never changes a due day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.model import Event, Plan, Task
from cchc_cli.core.periods import Years
from cchc_cli.core.schedule import Schedule
from cchc_cli.core.source import Span, Text
from cchc_cli.core.workdays import WorkCalendar

_QUARTERS = ("I", "II", "III", "IV")


class Reader:
    """Reads deadlines as a plan of some years reads them, with the events that it may wait for."""

    def __init__(self, years: Years, events: Iterable[Event], calendar: WorkCalendar) -> None:
        span = Span("")
        plan = Plan(Text("", span), years, span, events=tuple(events))
        self._schedule = Schedule(plan, calendar)

    def gives(self, words: str, events: Sequence[str] = ()) -> tuple[Occurrence, ...]:
        """Every occurrence that the words give."""
        return self._schedule.of_wording(words, tuple(events)).occurrences

    def keeps(self, task: Task, wanted: Sequence[Occurrence]) -> bool:
        """Whether the words of a task (or the reading pinned to them) give just these."""
        words = str(task.reading.wording if task.reading else task.deadline or "")
        found = self.gives(words, [str(event) for event in task.events])
        return [o[:3] for o in found] == [o[:3] for o in wanted]

    def words_for(self, occurrence: Occurrence) -> str | None:
        """Words that give this due day, and if there are such also its start; None if none do."""
        start, due = occurrence.start, occurrence.due
        read = [(words, self.gives(words)) for words in _candidates(occurrence)]
        single = [(words, found[0]) for words, found in read if len(found) == 1]
        whole = (words for words, found in single if (found.start, found.due) == (start, due))
        dated = (words for words, found in single if found.due == due)
        return next(whole, None) or next(dated, None)


def _candidates(occurrence: Occurrence) -> Iterator[str]:
    """Words that may give an occurrence, those as plans use them first."""
    start, due = occurrence.start, occurrence.due
    if start is not None and due is not None:
        yield from _whole_months(start, due)
    if occurrence.boundary is not None:
        yield f"Trước ngày {_day(occurrence.boundary)}"
    if start is not None and due is not None:
        yield f"Từ ngày {_day(start)} đến ngày {_day(due)}"
    if due is not None:
        yield f"Chậm nhất ngày {_day(due)}"


def _whole_months(start: date, due: date) -> Iterator[str]:
    """A year, half, quarter or month, or several years, in which work has to be done."""
    year, first, last = start.year, start.month, due.month
    if year != due.year:
        yield f"Năm {year} - {due.year}"
    elif (first, last) == (1, 12):
        yield f"Năm {year}"
    elif last - first == 5 and first % 6 == 1:
        yield f"6 tháng {'đầu' if first == 1 else 'cuối'} năm {year}"
    elif last - first == 2 and first % 3 == 1:
        yield f"Quý {_QUARTERS[first // 3]} năm {year}"
    elif first == last:
        yield f"Tháng {first} năm {year}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
