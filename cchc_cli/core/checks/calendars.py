"""The working calendar: every year that is needed, and no year against itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from cchc_cli.core.checks.context import Context
from cchc_cli.core.diagnostics import Diagnostic, Related, error, warning
from cchc_cli.core.message import Message, msg
from cchc_cli.core.source import Span, span_of
from cchc_cli.core.workdays import CalendarDay, CalendarYear

_PERIOD = re.compile(r"^period:[ \t]*", re.MULTILINE)
_WEEK = 7
_REST = re.compile(r"^rest:[ \t]*", re.MULTILINE)


def check_calendar_years(context: Context) -> Iterator[Diagnostic]:
    """Every year of a plan’s period, and every year its dates need, has a calendar.

    A year without one is never taken for a year without holidays.
    """
    known = context.workspace.calendar.years
    for base, plan in context.plans:
        needed = set(plan.period.all)
        for scheduled in {id(s): s for _task, s in context.scheduled(base)}.values():
            needed.update(scheduled.resolution.missing_years)
        missing = sorted(
            year
            for year in needed
            if year not in known and f"plans/calendar/{year}.yaml" not in context.sources
        )
        if missing:
            years = ", ".join(str(year) for year in missing)
            message = msg("no working calendar for {years}: holidays are not known", years=years)
            hint = msg("make it with “cchc workdays {year}” and look it over", year=missing[0])
            yield warning(
                "CCHC305", _after(_PERIOD, context, f"{base}plan.yaml"), message, hint=hint,
                subject=str(plan.id), found=years,
            )  # fmt: skip


def _after(key: re.Pattern[str], context: Context, path: str) -> Span:
    """Where the value of a key stands in a file."""
    source = context.sources.get(path)
    found = key.search(source.text) if source else None
    return source.place(found.end()) if source and found else Span(path)


def check_calendar_days(context: Context) -> Iterator[Diagnostic]:
    """Some day is worked; a day is listed once, in its own year; an extra one is a day of rest."""
    for record in context.workspace.calendar.years.values():
        path = f"plans/calendar/{record.year}.yaml"
        if len(record.rest) == _WEEK:
            hint = msg("list only the weekdays of rest, as in “rest: [saturday, sunday]”")
            message = msg("all seven weekdays are days of rest")
            yield error("CCHC306", _after(_REST, context, path), message, hint=hint, found="rest")
        seen: dict[date, Span] = {}
        for day in (*record.closed, *record.working):
            span = _place(context, path, day)
            earlier = seen.setdefault(day.day, span)
            if earlier is not span:
                related = (Related(earlier, msg("first given here")),)
                yield _contradiction(day, span, msg("{day} is listed twice", day=day.day), related)
            elif day.day.year != record.year:
                message = msg("{day} does not lie in {year}", day=day.day, year=record.year)
                yield _contradiction(day, span, message)
        yield from _needless(context, path, record)


def _needless(context: Context, path: str, record: CalendarYear) -> Iterator[Diagnostic]:
    """Extra working days that are working days anyway."""
    for day in record.working:
        if day.day.year == record.year and day.day.weekday() not in record.rest:
            message = msg("{day} is a working day anyway", day=day.day)
            yield _contradiction(day, _place(context, path, day), message)


def _contradiction(
    day: CalendarDay, span: Span, message: Message, related: Iterable[Related] = ()
) -> Diagnostic:
    iso = day.day.isoformat()
    return error("CCHC306", span, message, related=tuple(related), found=iso)


def _place(context: Context, path: str, day: CalendarDay) -> Span:
    """Where the date of a calendar day stands: on the line of its name, or shortly before."""
    span = span_of(day.name, Span(path))
    page = context.pages.get(span.path)
    lines = page.lines if page else []
    iso = day.day.isoformat()
    for number in range(span.line, max(span.line - 4, 0), -1):
        column = lines[number - 1].find(iso) + 1 if number <= len(lines) else 0
        if column:
            return Span(span.path, number, column, number, column + len(iso))
    return span
