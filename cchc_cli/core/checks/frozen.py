"""Frozen reports: of a period and unit that there are, each under a number of its own."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_cli.core.checks.context import Context
from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Frozen, Plan
from cchc_cli.core.periods import parse_period
from cchc_cli.core.report.windows import window
from cchc_cli.core.source import span_of


def check_frozen(context: Context) -> Iterator[Diagnostic]:
    """A frozen report has a period of its plan, a known unit, and a day within or after it."""
    for _base, plan in context.plans:
        for frozen in plan.frozen:
            yield from _period(context, plan, frozen)
            if (
                frozen.unit is not None
                and context.unit_ids_known
                and str(frozen.unit) not in context.directory.units
            ):
                message = msg("there is no unit “{unit}” in units.yaml", unit=frozen.unit)
                hint = context.meant(str(frozen.unit), context.directory.units)
                yield _wrong(frozen, frozen.unit, message, hint)


def _period(context: Context, plan: Plan, frozen: Frozen) -> Iterator[Diagnostic]:
    period = parse_period(str(frozen.period))
    if period is None or period.year not in plan.period:
        message = msg("“{period}” is no period of this plan ({years})", period=frozen.period,
                      years=plan.period)  # fmt: skip
        yield _wrong(frozen, frozen.period, message, msg("write it as 2022, 2022-H1 or 2022-Q1"))
        return
    first = window(plan, context.workspace.calendar, period).first
    if frozen.as_of < first:
        message = msg("as of {day}, but the report covers the days from {first} on",
                      day=frozen.as_of, first=first)  # fmt: skip
        yield _wrong(frozen, frozen.as_of, message, msg("mend the period, or the day"))


def check_frozen_numbers(context: Context) -> Iterator[Diagnostic]:
    """No two reports have been sent under one number."""
    for _base, plan in context.plans:
        known: dict[tuple[str, str, int | None], Frozen] = {}
        for frozen in plan.frozen:
            if frozen.number is None:
                continue
            key = (str(frozen.unit or ""), " ".join(frozen.number.split()).casefold(),
                   frozen.on.year if frozen.on else None)  # fmt: skip
            first = known.setdefault(key, frozen)
            if first is not frozen:
                message = msg("the number {number} is that of another frozen report, too (line "
                              "{line})", number=frozen.number, line=first.span.line)  # fmt: skip
                yield _wrong(frozen, frozen.number, message, msg("see which of them bears it"))


def _wrong(frozen: Frozen, value: object, message: Message, hint: Message | None) -> Diagnostic:
    return error(
        "CCHC511", span_of(value, frozen.span), message, hint=hint, subject=str(frozen.period),
        found=str(value),
    )  # fmt: skip
