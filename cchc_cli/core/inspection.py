"""What the inspections of a window of days came to (kiểm tra cải cách hành chính).

Every figure is the records behind it, so that each can be traced; its count is their number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.model import Finding, Visit
from cchc_cli.core.periods import Days
from cchc_cli.core.status import DONE, Status


class Problem(NamedTuple):
    """A finding with the visit it is of and the items in which it stands, one an occurrence."""

    visit: Visit
    finding: Finding
    items: tuple[Item, ...]

    @property
    def found_on(self) -> date:
        """The day on which the visit was held."""
        assert self.visit.held_on is not None
        return self.visit.held_on

    @property
    def settled(self) -> bool:
        """Whether all of it is done."""
        return all(item.status in DONE for item in self.items)

    @property
    def settled_on(self) -> date | None:
        """The day on which the last of it was done; None if it is not, or nobody told the day."""
        days = [record.completed_on for item in self.items for record in item.records]
        known = [day for day in days if day is not None]
        return max(known) if self.settled and len(known) == len(days) else None

    @property
    def cancelled(self) -> bool:
        """Whether a document has called off what is not done of it."""
        rest = [item.status for item in self.items if item.status not in DONE]
        return bool(rest) and all(status is Status.CANCELLED for status in rest)

    @property
    def overdue(self) -> bool:
        """Whether any of it is overdue."""
        return any(item.status is Status.OVERDUE for item in self.items)


class InspectionFigures(NamedTuple):
    """The inspections of a window of days, as they stand on the day of an agenda.

    `planned` are all visits kept for the year in which the window ends, `held` those held in the
    window, and `units` the ids of the units inspected by them, each once. `found` are the problems
    of the visits held. `settled` are those done on a day within the window, whenever found.
    `undated` are done, nobody has told when, so that no window has them; `cancelled` are called off
    by a document. `open` are all others found by the end of the window and not done on the day of
    the agenda; `overdue` those of them whose last day is over.
    """

    planned: tuple[Visit, ...]
    held: tuple[Visit, ...]
    units: tuple[str, ...]
    found: tuple[Problem, ...]
    settled: tuple[Problem, ...]
    undated: tuple[Problem, ...]
    cancelled: tuple[Problem, ...]
    open: tuple[Problem, ...]
    overdue: tuple[Problem, ...]


def figures(agenda: Agenda, window: Days) -> InspectionFigures | None:
    """The figures of a window, both ends inclusive.

    None where the plan keeps no inspection of the year in which the window ends: nobody has said
    that there was none.
    """
    kept = agenda.plan.inspections
    if all(inspection.year != window.last.year for inspection in kept):
        return None
    known = [problem for problem in problems(agenda) if problem.found_on <= window.last]
    held = tuple(
        visit
        for inspection in kept
        for visit in inspection.visits
        if visit.held_on and window.first <= visit.held_on <= min(window.last, agenda.as_of)
    )
    return InspectionFigures(
        planned=tuple(v for i in kept if i.year == window.last.year for v in i.visits),
        held=held,
        units=tuple(dict.fromkeys(str(visit.unit) for visit in held)),
        found=tuple(p for p in known if window.first <= p.found_on),
        settled=tuple(
            p for p in known if p.settled_on and window.first <= p.settled_on <= window.last
        ),
        undated=tuple(p for p in known if p.settled and p.settled_on is None),
        cancelled=tuple(p for p in known if p.cancelled),
        open=tuple(p for p in known if not (p.settled or p.cancelled)),
        overdue=tuple(p for p in known if p.overdue),
    )


def problems(agenda: Agenda) -> Iterator[Problem]:
    """Every problem found by the day of the agenda, in the order of the visits."""
    found = {id(finding) for finding in agenda.findings}
    for inspection in agenda.plan.inspections:
        for visit in inspection.visits:
            for finding in visit.findings:
                if id(finding) in found:
                    yield Problem(visit, finding, tuple(agenda.of(finding)))
