"""Deadlines: understood, possible, and within the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cchc_cli.core.checks.context import Context
from cchc_cli.core.deadlines.terms import Anchor, Deadline, Kind, Term, parts, year_of
from cchc_cli.core.diagnostics import Diagnostic, Severity, warning
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Activity, Duty, Finding, Plan, Rewording, Task, Visit
from cchc_cli.core.periods import Years
from cchc_cli.core.schedule import Scheduled
from cchc_cli.core.source import Text

_PIN = msg("pin a “reading” beside it: what the text is to be read as, and why")
_REWORD = msg("word it as a deadline that “cchc resolve” understands")


class _Problem(NamedTuple):
    """What is wrong with a wording, whoever uses it; `start` and `end` are places in it."""

    code: str
    message: Message
    start: int
    end: int
    hint: Message | None = None
    severity: Severity = Severity.WARNING


def check_deadlines(context: Context) -> Iterator[Diagnostic]:
    """Every deadline is understood to its last word and gives dates within the plan.

    What carries out a task of another plan may be due by the years of that one, too.

    A deadline that cannot be understood is a warning, one that names an impossible date an error,
    and so is a pinned reading that does not help.
    """
    for base, plan in context.plans:
        known: dict[tuple[int, bool], tuple[_Problem, ...]] = {}
        above = [p.period for p in context.lineage.ancestors(str(plan.id))]
        for of, worded in _wordings(plan):
            events = of.events if isinstance(of, Task) else ()
            scheduled = context.schedule(base).by_words(worded, events)
            pinned = worded.reading.wording if worded.reading else None
            wording = pinned or worded.deadline
            if not wording or not wording.strip():
                continue
            linked = isinstance(of, Task) and of.parent is not None
            problems = known.get((id(scheduled), linked))
            if problems is None:
                years = [plan.period, *(above if linked else ())]
                problems = tuple(_problems(scheduled, wording, plan, years))
                known[id(scheduled), linked] = problems
            for problem in problems:
                yield _at(context, problem, wording, str(of.id), pinned=pinned is not None)
            waits = isinstance(of, Task) and not events and _waits(scheduled.deadline)
            if waits and context.sound(of.span):
                yield _no_event(wording, str(of.id))


_Of = Task | Finding | Activity


def _wordings(plan: Plan) -> Iterator[tuple[_Of, _Of | Rewording]]:
    """Every task with the words it has had: as printed, and by each document since.

    And findings of inspections and activities of communication.
    """
    for task in plan.tasks:
        yield task, task.printed or task
        for step in task.amended:
            if isinstance(step, Rewording):
                yield task, step
    for finding in plan.findings:
        yield finding, finding
    for communication in plan.communications:
        for activity in communication.activities:
            yield activity, activity


def _at(
    context: Context, problem: _Problem, wording: Text, subject: str, *, pinned: bool
) -> Diagnostic:
    code, severity, hint = problem.code, problem.severity, problem.hint
    if pinned and code in ("CCHC301", "CCHC302", "CCHC310"):
        code, severity, hint = "CCHC308", Severity.ERROR, _REWORD
    span = context.locate(wording, problem.start, problem.end)
    found = str(wording)
    return Diagnostic(code, severity, span, problem.message, hint, (), subject, found)


def _problems(
    scheduled: Scheduled, wording: str, plan: Plan, within: Sequence[Years]
) -> Iterator[_Problem]:
    """What is wrong; the years that are named lie `within` one of these periods."""
    deadline, whole = scheduled.deadline, (0, len(wording))
    if deadline.kind is Kind.UNKNOWN:
        yield _not_understood(deadline, *(deadline.remainder or whole))
        return
    if plan.period.first != plan.period.last and _names_no_year(deadline):
        message = msg("the text names no year, and the plan has several")
        yield _Problem("CCHC310", message, *whole, _PIN)
        return
    named = set(_absolute_years(deadline))
    outside = sorted(year for year in named if not any(year in years for years in within))
    for year in outside:
        start = wording.find(str(year))
        place = (start, start + 4) if start >= 0 else whole
        message = msg("{year} lies outside the plan’s period {period}",
                      year=year, period=str(plan.period))  # fmt: skip
        yield _Problem("CCHC303", message, *place)
    if scheduled.occurrences or outside:
        return
    if scheduled.resolution.problems:
        message = msg("no date: {reason}", reason=scheduled.resolution.problems[0])
        yield _Problem("CCHC302", message, *whole, _PIN, Severity.ERROR)
    elif plan.effective is not None and _dated(deadline):
        message = msg("all its time lies before {day}, when the plan takes effect",
                      day=plan.effective)  # fmt: skip
        yield _Problem("CCHC303", message, *whole)


def _not_understood(deadline: Deadline, start: int, end: int) -> _Problem:
    assert deadline.problem is not None
    if deadline.impossible:
        return _Problem("CCHC302", deadline.problem, start, end, _PIN, Severity.ERROR)
    return _Problem("CCHC301", deadline.problem, start, end, _PIN)


def _dated(deadline: Deadline) -> bool:
    return deadline.kind in (Kind.DAY, Kind.PERIOD, Kind.RANGE, Kind.EACH, Kind.OPEN)


def _names_no_year(deadline: Deadline) -> bool:
    years = (year_of(when) for term in deadline.terms for when in parts(term))
    return any(year is not None and year.anchor is Anchor.ASSUMED for year in years)


def _absolute_years(deadline: Deadline) -> Iterator[int]:
    """The years that the text itself names."""
    whens = [when for term in deadline.terms for when in parts(term)]
    if deadline.offset is not None and deadline.offset.anchor is not None:
        whens.append(deadline.offset.anchor)
    for when in whens:
        year = year_of(when)
        if year is not None and year.anchor is Anchor.ABSOLUTE:
            yield year.value
    for term in deadline.terms:
        yield from _limits(term)


def _limits(term: Term) -> Iterator[int]:
    """The years that bound a recurring term."""
    yield from (year for year in (term.since, term.until) if year is not None)


def _waits(deadline: Deadline) -> bool:
    """Whether a deadline has no date until something has happened."""
    if deadline.kind is Kind.EVENT:
        return True
    return deadline.offset is not None and deadline.offset.anchor is None


def _no_event(wording: Text, subject: str) -> Diagnostic:
    message = msg("the deadline waits for an event, but none is linked")
    hint = msg("describe it in events.yaml and name its id here, as in “events: [E.1]”")
    return warning("CCHC309", wording.span, message, hint=hint, subject=subject, found=str(wording))


def check_duties(context: Context) -> Iterator[Diagnostic]:
    """A reporting duty has a window that is understood, and a due day."""
    for base, plan in context.plans:
        for duty in plan.duties:
            for wording in (duty.window, duty.deadline):
                yield from _unpinned(context, base, wording, duty)
            if duty.deadline is None and context.sound(duty.span):
                message = msg("the reporting duty has no due day, so it is never shown as late")
                hint = msg("add “deadline: …” once the office has set the day")
                yield warning(
                    "CCHC307", duty.id.span, message, hint=hint, subject=str(duty.id),
                    found="deadline",
                )  # fmt: skip


def check_visits(context: Context) -> Iterator[Diagnostic]:
    """The time planned for a visit of an inspection is understood."""
    for base, plan in context.plans:
        for inspection in plan.inspections:
            for visit in inspection.visits:
                yield from _unpinned(context, base, visit.deadline, visit)


def _unpinned(
    context: Context, base: str, wording: Text | None, of: Duty | Visit
) -> Iterator[Diagnostic]:
    """What is wrong with words beside which no reading can be pinned."""
    if wording is None or not wording.strip():
        return
    plan, schedule = context.workspace.plans[base.split("/")[1]], context.schedule(base)
    for problem in _problems(schedule.of_wording(wording), wording, plan, [plan.period]):
        reworded = problem._replace(hint=_REWORD) if problem.hint else problem
        yield _at(context, reworded, wording, str(of.id), pinned=False)
