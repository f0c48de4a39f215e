"""Inspections: a visit is of the year of its file, and what it found can be followed up."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_cli.core.checks.context import Context
from cchc_cli.core.deadlines.terms import WAITS
from cchc_cli.core.diagnostics import Diagnostic, error, warning
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Finding
from cchc_cli.core.schedule import Scheduled


def check_visit_days(context: Context) -> Iterator[Diagnostic]:
    """A visit was held in the year of its file, and only one that was held has found anything."""
    for _base, plan in context.plans:
        for inspection in plan.inspections:
            for visit in inspection.visits:
                subject, held_on = str(visit.id), visit.held_on
                if held_on is not None and held_on.year != inspection.year:
                    message = msg("held on {day}, but the file is of the year {year}",
                                  day=held_on, year=inspection.year)  # fmt: skip
                    hint = msg("mend the day, or move it to the file of that year")
                    yield error("CCHC508", visit.id.span, message, hint=hint, subject=subject,
                                found=held_on.isoformat())  # fmt: skip
                if visit.findings and held_on is None and context.sound(visit.span):
                    message = msg("problems were found, but no day says when the visit was held")
                    hint = msg("add “held_on: YYYY-MM-DD”: until then nobody is asked to settle "
                               "them")  # fmt: skip
                    yield error("CCHC509", visit.id.span, message, hint=hint, subject=subject,
                                found=subject)  # fmt: skip


def check_findings(context: Context) -> Iterator[Diagnostic]:
    """A finding says what is to be done by when, and by a day that was still to come."""
    for base, plan in context.plans:
        schedule = context.schedule(base)
        for finding in plan.findings:
            if not context.sound(finding.span):
                continue
            if finding.measure is None:
                message = msg("the finding names no measure: what is the unit to do?")
                yield _lacks(finding, message, msg("add “measure: …”"), "measure")
            scheduled = schedule.of_finding(finding)
            if finding.deadline is None:
                message = msg("the finding has no deadline, so it is never shown as late")
                yield _lacks(finding, message, msg("add “deadline: …”"), "deadline")
            elif scheduled.deadline.kind in WAITS and not scheduled.occurrences:
                message = msg("the deadline waits for an event, so the finding is never shown as "
                              "late")  # fmt: skip
                hint = msg("word it as a day, or pin a “reading” beside it")
                yield _lacks(finding, message, hint, str(finding.deadline))
            yield from _over(finding, scheduled)


def _lacks(finding: Finding, message: Message, hint: Message, found: str) -> Diagnostic:
    return warning("CCHC510", finding.id.span, message, hint=hint, subject=str(finding.id),
                   found=found)  # fmt: skip


def _over(finding: Finding, scheduled: Scheduled) -> Iterator[Diagnostic]:
    """A deadline that was over before anything was found."""
    last = max((o.due for o in scheduled.occurrences if o.due), default=None)
    if last is not None and finding.found_on is not None and last < finding.found_on:
        message = msg("due on {due}, before it was found on {day}", due=last, day=finding.found_on)
        yield warning("CCHC504", finding.id.span, message, subject=str(finding.id),
                      found=last.isoformat())  # fmt: skip
