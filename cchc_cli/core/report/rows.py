"""The lists of a report: one row a task, with the occurrences that the list is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from cchc_cli.core.model import Halt, Progress, State
from cchc_cli.core.report import view
from cchc_cli.core.report.cases import Case, Cases
from cchc_cli.core.report.words import Words, cell, in_words, proof, stated
from cchc_cli.core.status import DONE
from cchc_cli.core.units import Role


class Rows:
    """The rows of a report, in printed order."""

    def __init__(self, cases: Cases, words: Words) -> None:
        self.cases = cases
        self.words = words
        self.events = {str(event.id): str(event.name) for event in cases.scene.plan.events}
        self._items = {id(task): items for task, items in cases.tasks}

    def of(self, cases: Iterable[Case]) -> tuple[view.Row, ...]:
        """One row a task, in printed order."""
        return tuple(
            self._row([(case, ()) for case in group])
            for _task, group in groupby(cases, key=lambda case: id(case.task))
        )

    def halted(self, cases: Iterable[Case]) -> tuple[view.Row, ...]:
        """One row a task and document that stops it, in printed order."""
        found: dict[tuple[int, Halt | None], list[Case]] = defaultdict(list)
        for case in filter(self.cases.halted, cases):
            found[id(case.task), case.stopped_by].append(case)
        return tuple(self._row([(case, ()) for case in group]) for group in found.values())

    def entered(
        self, cases: Iterable[Case], wanted: Callable[[Progress], bool]
    ) -> tuple[view.Row, ...]:
        """The tasks with entries of one sort, and those entries."""
        found = [(case, tuple(r for r in case.records if self.cases.entered(r) and wanted(r)))
                 for case in cases]  # fmt: skip
        return tuple(
            self._row(list(group))
            for _task, group in groupby(
                ((case, records) for case, records in found if records),
                key=lambda pair: id(pair[0].task),
            )
        )

    def completed(self, record: Progress) -> bool:
        """Done within the window, by the real day and not by the day of entry."""
        day = record.completed_on
        if record.state is not State.DONE or day is None:
            return False
        return self.cases.window.first <= day <= self.cases.window.last

    def _row(self, found: Sequence[tuple[Case, tuple[Progress, ...]]]) -> view.Row:
        task, last = found[0][0].task, found[-1][0]
        steps = last.occurrence.steps if last.occurrence else ()
        mine = last.items[0].assignment if self.cases.scene.unit else None
        return view.Row(
            id=str(task.id),
            number=str(task.number),
            name=str(task.name),
            field=str(task.field or ""),
            products=tuple(str(product) for product in task.products),
            lead=self._cell(found, Role.LEAD),
            support=self._cell(found, Role.SUPPORT),
            deadline=str(task.deadline or ""),
            role=mine.role.value if mine else "",
            via=str(mine.via.name) if mine and mine.via else "",
            waits_for=tuple(self.events[e] for e in map(str, task.events) if e in self.events),
            why=tuple(self.words.say(step.message) for step in steps),
            lines=tuple(self._line(case, records) for case, records in found),
        )

    def _cell(self, found: Sequence[tuple[Case, tuple[Progress, ...]]], role: Role) -> str:
        """Who leads or supports as printed, with those to whom the work has passed on since."""
        task = found[0][0].task
        periods = {case.period for case, _records in found}
        items = (item for item in self._items[id(task)] if item.period in periods)
        return cell(task, role, items, self.words.say)

    def _line(self, case: Case, records: tuple[Progress, ...]) -> view.Line:
        owing = [item for item in case.items if item.status not in DONE]
        ahead = case.due is not None and case.due >= self.cases.agenda.as_of
        return view.Line(
            period=case.period,
            period_name=in_words(case.period, self.events, self.words),
            start=case.occurrence.start if case.occurrence else None,
            due=case.due,
            extension=self._extension(case),
            last_working_day=case.items[0].last_working_day if owing and ahead else None,
            days=case.standing.days,
            status=case.standing.status.value,
            text=self.words.status(case.standing),
            counted=self.cases.counted(case),
            owed_by=tuple(i.who[1] for i in owing) if len(owing) < len(case.items) else (),
            entries=tuple(self._entry(record) for record in records),
            halt=_decision(case.stopped_by),
        )

    def _extension(self, case: Case) -> view.Extension | None:
        occurrence = case.occurrence
        if occurrence is None or occurrence.original_due is None:
            return None
        granted = occurrence.steps[-1].message  # the document that holds comes last
        return view.Extension(occurrence.original_due, self.words.say(granted))

    def _entry(self, record: Progress) -> view.Entry:
        return view.Entry(
            unit=self.unit_name(record),
            completed_on=record.completed_on,
            recorded_on=record.recorded_on,
            evidence=tuple(proof(self.words, evidence) for evidence in record.evidence),
            note=stated(record.note),
        )

    def appendix(self, every: Iterable[Case]) -> tuple[view.FieldRows, ...]:
        """Each task with what the figures count of it and what falls due next."""
        lines: dict[int, list[Case]] = defaultdict(list)
        known: dict[int, Case] = {}
        for case in every:
            known.setdefault(id(case.task), case)
            if self.cases.counted(case) or self.cases.upcoming(case):
                lines[id(case.task)].append(case)
        return tuple(
            view.FieldRows(
                str(area.id),
                str(area.name),
                tuple(
                    self._appendix_row(known[id(task)], lines[id(task)])
                    for task in area.tasks
                    if id(task) in known
                ),
            )
            for area in self.cases.scene.plan.fields
        )

    def _appendix_row(self, any_case: Case, cases: Sequence[Case]) -> view.Row:
        row = self._row([(case, ()) for case in cases] or [(any_case, ())])
        return row if cases else replace(row, lines=())

    def unit_name(self, record: Progress) -> str:
        """The name of who made an entry."""
        unit = self.cases.agenda.directory.units.get(str(record.unit))
        return str(unit.name) if unit else str(record.unit or "")


def _decision(halt: Halt | None) -> view.Decision | None:
    if halt is None:
        return None
    return view.Decision(str(halt.authority), halt.on, halt.until, str(halt.reason))


def completed_some_day(record: Progress) -> bool:
    """Done on a day that nobody recorded."""
    return record.state is State.DONE and record.completed_on is None
