"""A plan as of one day → the report of one period.

What the report is about and counts is said in `cases`, which days it covers in `windows`; every
number is one of `trace`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.model import Finding, Office, Progress, Task
from cchc_cli.core.report import view
from cchc_cli.core.report.cases import Case, Cases, Scene, together
from cchc_cli.core.report.comparison import channels, compared
from cchc_cli.core.report.rows import Rows, completed_some_day
from cchc_cli.core.report.trace import Trace, figures_at, statistics, traced
from cchc_cli.core.report.windows import (
    DECREE,
    Ended,
    Window,
    by_decree,
    covered,
    ended,
    internal,
    window,
)
from cchc_cli.core.report.words import Words, in_words, plan_name, stated
from cchc_cli.core.status import DONE, Status
from cchc_cli.core.units import Role

__all__ = [
    "DECREE", "Before", "Ended", "Scene", "Window", "build", "by_decree", "ended", "internal",
    "together", "window",
]  # fmt: skip


class Before(NamedTuple):
    """The figures of the same period of the year before, as of a day."""

    as_of: date
    trace: Trace


def build(
    scene: Scene, agenda: Agenda, soon: int, words: Words, before: Before | None = None
) -> view.Report:
    """The report of one period as of the agenda's day; `soon` as for the agenda.

    Without `before` its lines about the year before are blank.
    """
    return _Builder(Cases(scene, agenda, soon), words, before).report()


class _Builder:
    def __init__(self, cases: Cases, words: Words, before: Before | None) -> None:
        self.cases = cases
        self.before = before
        self.words = words
        self.rows = Rows(cases, words)
        self.trace = traced(cases)
        plan = cases.scene.plan
        self._fields = {str(area.id): str(area.name) for area in plan.fields}
        named: list[Task | Finding] = [*plan.tasks, *cases.agenda.findings]
        self._names = {str(work.id): str(work.name) for work in named}

    def report(self) -> view.Report:
        cases, scene = self.cases, self.cases.scene
        plan, office = scene.plan, scene.office
        agency = stated(office.agency) if office else None
        unit = str(scene.unit.name) if scene.unit else None
        above = agency if unit else (stated(office.parent) if office else None)
        remarks = self._remarks()
        updates = cases.updates
        earlier: Trace = self.before.trace if self.before else {}
        return view.Report(
            plan=str(plan.id),
            plan_name=plan_name(plan),
            superior=above,
            issuer=unit or agency,
            unit=unit,
            place=stated(office.place) if office else None,
            symbol=stated(office.symbol) if office and not unit else None,
            addressee=self._addressee(),
            signer=_signer(office) if office and not unit else None,
            period=scene.period.label,
            period_name=self.words.say(scene.period.name),
            internal=self.words.say(beside) if (beside := internal(scene.period)) else "",
            year=scene.period.year,
            first=cases.window.first,
            last=cases.window.last,
            basis=cases.window.basis,
            year_first=cases.year_first,
            as_of=cases.agenda.as_of,
            next_name=self.words.say(scene.period.shifted(1).name),
            next_first=cases.next.first,
            next_last=cases.next.last,
            tasks=self._count("tasks"),
            updates=self._count("updates"),
            silent=self._silent(Counter(str(record.unit) for record in updates)),
            unmatched=self._unmatched(),
            errors=scene.errors,
            fields=tuple(self._fields_results()),
            parts=tuple(self._part(role, found) for role, found in cases.by_role.items()),
            statistics=statistics(self.trace, self._prefix(Role.LEAD)),
            compared=compared(self.trace, earlier, self._prefix(Role.LEAD)),
            before_as_of=self.before.as_of if self.before else None,
            channels=channels(self.trace, earlier),
            difficulties=tuple(self._remark(r, r.difficulty) for r in remarks if r.difficulty),
            proposals=tuple(self._remark(r, r.proposal) for r in remarks if r.proposal),
            appendix=self.rows.appendix(cases.every),
        )

    def _addressee(self) -> str | None:
        """Whom a unit's report goes to; of the office's report nobody has said it."""
        scene = self.cases.scene
        found = covered(scene.plan, scene.calendar, scene.period)
        if scene.unit is None or found is None:
            return None
        to = self.cases.agenda.addressee(found[0])
        return str(to.name) if to is not None and to.id != scene.unit.id else None

    # -- figures -----------------------------------------------------------------------------------

    def _count(self, name: str) -> int:
        value = self.trace[name].value
        assert isinstance(value, int)
        return value

    def _prefix(self, role: Role) -> str:
        """What the figures of a role are called by."""
        return "" if self.cases.scene.unit is None else f"{role.value}."

    def _part(self, role: Role, cases: Sequence[Case]) -> view.Part:
        rows, prefix = self.rows, self._prefix(role)
        whole = self.cases.scene.unit is None
        counted = [case for case in cases if self.cases.counted(case)]
        totals = figures_at(self.trace, prefix)

        def having(status: Status) -> tuple[view.Row, ...]:
            return rows.of(c for c in counted if c.standing.status is status)

        return view.Part(
            role="" if whole else role.value,
            figures=totals,
            statuses=tuple(
                view.StatusCount(s.value, self.words.name(s), getattr(totals, s.value))
                for s in Status
            ),
            by_field=self._figures_of(f"{prefix}field.", self._fields),
            by_unit=self._figures_of("unit.", dict(self.cases.of_units.keys())) if whole else (),
            done=rows.entered(cases, rows.completed),
            undated=rows.entered(counted, completed_some_day),
            overdue=having(Status.OVERDUE),
            upcoming=rows.of(case for case in cases if self.cases.upcoming(case)),
            waiting=having(Status.WAITING),
            continuous=having(Status.CONTINUOUS),
            no_due_date=having(Status.NO_DUE_DATE),
            halted=rows.halted(cases),
        )

    def _figures_of(self, prefix: str, names: Mapping[str, str]) -> tuple[view.FiguresOf, ...]:
        """The figures of those fields or units that have any."""
        return tuple(
            view.FiguresOf(id_, name, figures_at(self.trace, f"{prefix}{id_}."))
            for id_, name in names.items()
            if f"{prefix}{id_}.total" in self.trace
        )

    def _fields_results(self) -> Iterator[view.FieldResults]:
        """Each field that the office, or the unit, has a part in."""
        grouped = self.cases.by_field(self.cases.every)
        for known in self._figures_of("field.", self._fields):
            cases = grouped[known.id]
            counted = (case for case in cases if self.cases.counted(case))
            late = (case for case in counted if case.standing.status is Status.OVERDUE)
            done = self.rows.entered((c for c in cases if c.done), self.rows.completed)
            yield view.FieldResults(
                known.id, known.name, known.figures, done, self.rows.of(late)
            )  # fmt: skip

    # -- what units wrote --------------------------------------------------------------------------

    def _silent(self, updates: Mapping[str, int]) -> tuple[str, ...]:
        leads = {
            str(item.unit.id)
            for _task, items in self.cases.tasks
            for item in items
            if item.unit is not None and item.assignment.role is Role.LEAD
        }
        wanted = self.cases.scene.unit
        return tuple(
            str(unit.name)
            for id_, unit in self.cases.agenda.directory.units.items()
            if (id_ in leads if wanted is None else unit is wanted) and not updates.get(id_)
        )

    def _unmatched(self) -> tuple[str, ...]:
        """Entries that no figure can hold: no such task, period, or part of the unit in it."""
        unit = self.cases.scene.unit
        agenda = self.cases.agenda
        found = [item for finding in agenda.findings for item in agenda.of(finding)]
        known = {
            key
            for items in (found, *(items for _task, items in self.cases.tasks))
            for item in items
            for key in _keys(item)
        }
        return tuple(
            f"{self.rows.unit_name(record)}, {record.task} ({record.period or '-'})"
            for record in self.cases.scene.plan.progress
            if (unit is None or record.unit == unit.id)
            and self.cases.entered(record)
            and _key_of(record) not in known
        )

    def _remarks(self) -> list[Progress]:
        """Entries made in the window, and earlier ones about work that is not done yet."""
        unit = self.cases.scene.unit
        done = {
            key
            for _task, items in self.cases.tasks
            for item in items
            if item.status in DONE
            for key in _keys(item)
        }
        return [
            record
            for record in self.cases.scene.plan.progress
            if (unit is None or record.unit == unit.id)
            and _on_record(record, self.cases.agenda.as_of)
            and (
                record.recorded_on is None
                or record.recorded_on >= self.cases.window.first
                or _key_of(record) not in done
            )
        ]

    def _remark(self, record: Progress, text: str | None) -> view.Remark:
        return view.Remark(
            unit=self.rows.unit_name(record),
            task=str(record.task),
            name=self._names.get(str(record.task), ""),
            period=str(record.period or ""),
            period_name=in_words(str(record.period or ""), self.rows.events, self.words),
            text=str(text or ""),
        )


def _signer(office: Office) -> view.Signer | None:
    signer = office.signer
    if signer is None:
        return None
    lines = (*(signer.authority or "").splitlines(), *signer.title.splitlines())
    return view.Signer(tuple(str(line) for line in lines), str(signer.name))


def _keys(item: Item) -> Iterator[tuple[str, str, str]]:
    """What entries about it are found by: those who held it and the one who does, task, period."""
    holders = [step.giver for step in item.passed] + ([item.unit] if item.unit else [])
    for unit in holders:
        yield str(unit.id), str(item.of.id), item.period


def _key_of(record: Progress) -> tuple[str, str, str]:
    return str(record.unit), str(record.task), str(record.period or "")


def _on_record(record: Progress, as_of: date) -> bool:
    return record.recorded_on is None or record.recorded_on <= as_of
