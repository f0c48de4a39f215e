"""An answer → points, by the rule of its criterion. One function a kind of rule.

Every number of a rule is data. Points are exact decimals; whoever shows them rounds, if the list
says so. A deduction gives points below zero; no other rule does, and none gives more than the
maximum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Rule, RuleKind

Answer = bool | Decimal
"""Yes or no, or a number: how many, or a rate in percent."""

ZERO = Decimal(0)
PERCENT = Decimal(100)
NOT_APPLICABLE = "not_applicable"


class Points(NamedTuple):
    """The points for an answer, and the steps that led to them."""

    points: Decimal
    why: tuple[Message, ...]


class WrongAnswer(ValueError):
    """The answer is of another sort than the rule can take."""


def points(rule: Rule, maximum: Decimal, answer: Answer) -> Points:
    """What an answer gives; `WrongAnswer` if it is a number for yes and no, or the other way."""
    return _RULES[rule.kind](rule, maximum, answer)


def takes_numbers(rule: Rule) -> bool:
    """Whether the rule asks for a number, and not for yes or no."""
    if rule.kind is RuleKind.FULL_OR_ZERO:
        return rule.at_least is not None
    return rule.kind is not RuleKind.BONUS or rule.each is not None


def percent(count: Decimal, whole: Decimal) -> Decimal | None:
    """A share in percent, exact as far as decimals are; None of nothing."""
    return PERCENT * count / whole if whole else None


def _full_or_zero(rule: Rule, maximum: Decimal, answer: Answer) -> Points:
    if rule.at_least is None:
        return _yes_or_no(maximum, answer)
    number = _number(answer)
    if number >= rule.at_least:
        return Points(maximum, (msg("{number} reaches {least}: all points", number=number,
                                    least=rule.at_least),))  # fmt: skip
    return Points(ZERO, (msg("{number} is below {least}: no points", number=number,
                             least=rule.at_least),))  # fmt: skip


def _yes_or_no(maximum: Decimal, answer: Answer) -> Points:
    if not isinstance(answer, bool):
        raise WrongAnswer
    if answer:
        return Points(maximum, (msg("yes: all points"),))
    return Points(ZERO, (msg("no: no points"),))


def _proportional(rule: Rule, maximum: Decimal, answer: Answer) -> Points:
    rate = _number(answer)
    floor = rule.floor or ZERO
    if rate < floor:
        return Points(ZERO, (msg("{rate} % is below the floor of {floor} %: no points", rate=rate,
                                 floor=floor),))  # fmt: skip
    counted = min(rate, PERCENT)
    steps = [msg("{maximum} × {rate} %", maximum=maximum, rate=counted)]
    if rate > PERCENT:
        steps.insert(0, msg("{rate} % counts as 100 %", rate=rate))
    return Points(maximum * counted / PERCENT, tuple(steps))


def _bands(rule: Rule, maximum: Decimal, answer: Answer) -> Points:
    number = _number(answer)
    reached = [band for band in rule.bands if number >= band.least]
    if not reached:
        return Points(ZERO, (msg("{number} reaches no band: no points", number=number),))
    band = max(reached, key=lambda band: band.least)
    step = msg("{number} lies in the band from {least} on: {points} points", number=number,
               least=band.least, points=band.points)  # fmt: skip
    return Points(min(band.points, maximum), (step,))


def _per_item(rule: Rule, maximum: Decimal, answer: Answer) -> Points:
    number, each = _number(answer), rule.each or ZERO
    return _at_most(maximum, number * each, msg("{number} × {each}", number=number, each=each))


def _deduction(rule: Rule, maximum: Decimal, answer: Answer) -> Points:
    taken = _per_item(rule, maximum, answer)
    return Points(-taken.points, (msg("points off"), *taken.why))


def _bonus(rule: Rule, maximum: Decimal, answer: Answer) -> Points:
    if rule.each is None:
        return _yes_or_no(maximum, answer)
    return _per_item(rule, maximum, answer)


def _at_most(maximum: Decimal, found: Decimal, step: Message) -> Points:
    if found <= maximum:
        return Points(found, (step,))
    return Points(maximum, (step, msg("no more than {maximum}", maximum=maximum)))


def _number(answer: Answer) -> Decimal:
    if isinstance(answer, bool):
        raise WrongAnswer
    return answer


_RULES: Mapping[RuleKind, Callable[[Rule, Decimal, Answer], Points]] = {
    RuleKind.FULL_OR_ZERO: _full_or_zero,
    RuleKind.PROPORTIONAL: _proportional,
    RuleKind.BANDS: _bands,
    RuleKind.PER_ITEM: _per_item,
    RuleKind.DEDUCTION: _deduction,
    RuleKind.BONUS: _bonus,
}
