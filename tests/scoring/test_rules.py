"""Each kind of rule as a table: an answer, and the points it gives."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_cli.core.model import Band, Rule, RuleKind
from cchc_cli.core.scoring.rules import Answer, WrongAnswer, percent, points, takes_numbers

D = Decimal
KIND = RuleKind

YES_OR_NO = Rule(KIND.FULL_OR_ZERO)
AT_LEAST_80 = Rule(KIND.FULL_OR_ZERO, at_least=D(80))
FROM_80 = Rule(KIND.PROPORTIONAL, floor=D(80))
NO_FLOOR = Rule(KIND.PROPORTIONAL)
BANDS = Rule(KIND.BANDS, bands=(Band(D(50), D("0.5")), Band(D(70), D(1)), Band(D(90), D("2.5"))))
HALF_EACH = Rule(KIND.PER_ITEM, each=D("0.5"))
OFF = Rule(KIND.DEDUCTION, each=D("0.25"))
BONUS = Rule(KIND.BONUS, each=D(1))
BONUS_IF = Rule(KIND.BONUS)

# rule, maximum, answer, points
TABLE = [
    (YES_OR_NO, "2", True, "2"),
    (YES_OR_NO, "2", False, "0"),
    (YES_OR_NO, "0", True, "0"),
    (AT_LEAST_80, "1.5", "79.99", "0"),
    (AT_LEAST_80, "1.5", "80", "1.5"),  # exactly at the threshold
    (AT_LEAST_80, "1.5", "80.01", "1.5"),
    (AT_LEAST_80, "1.5", "0", "0"),
    (AT_LEAST_80, "1.5", "500", "1.5"),
    (FROM_80, "4", "79.9999", "0"),
    (FROM_80, "4", "80", "3.2"),  # exactly at the floor
    (FROM_80, "4", "92.5", "3.7"),
    (FROM_80, "4", "100", "4"),
    (FROM_80, "4", "130", "4"),  # more than the maximum
    (FROM_80, "4", "0", "0"),
    (NO_FLOOR, "4", "0", "0"),
    (NO_FLOOR, "4", "0.5", "0.02"),
    (BANDS, "2.5", "49.99", "0"),
    (BANDS, "2.5", "50", "0.5"),  # exactly at an edge
    (BANDS, "2.5", "69.99", "0.5"),
    (BANDS, "2.5", "70", "1"),
    (BANDS, "2.5", "90", "2.5"),
    (BANDS, "2.5", "1000", "2.5"),
    (BANDS, "2", "95", "2"),  # a band above the maximum
    (HALF_EACH, "2", "0", "0"),
    (HALF_EACH, "2", "3", "1.5"),
    (HALF_EACH, "2", "4", "2"),  # exactly the maximum
    (HALF_EACH, "2", "5", "2"),  # more than the maximum
    (OFF, "1", "0", "0"),
    (OFF, "1", "3", "-0.75"),
    (OFF, "1", "4", "-1"),
    (OFF, "1", "9", "-1"),  # no more is taken off
    (BONUS, "5", "0", "0"),
    (BONUS, "5", "5", "5"),
    (BONUS, "5", "6", "5"),
    (BONUS_IF, "5", True, "5"),
    (BONUS_IF, "5", False, "0"),
]


def answer_of(given: bool | str) -> Answer:
    return given if isinstance(given, bool) else D(given)


@pytest.mark.parametrize(("rule", "maximum", "answer", "expected"), TABLE)
def test_an_answer_gives_these_points(
    rule: Rule, maximum: str, answer: bool | str, expected: str
) -> None:
    found = points(rule, D(maximum), answer_of(answer))
    assert found.points == D(expected)
    assert found.why, "every point is explained"


def test_every_kind_of_rule_is_in_the_table() -> None:
    assert {rule.kind for rule, *_ in TABLE} == set(RuleKind)


@pytest.mark.parametrize("rule", [YES_OR_NO, BONUS_IF])
def test_a_number_is_no_answer_to_yes_or_no(rule: Rule) -> None:
    assert not takes_numbers(rule)
    with pytest.raises(WrongAnswer):
        points(rule, D(2), D(1))


@pytest.mark.parametrize("rule", [AT_LEAST_80, FROM_80, BANDS, HALF_EACH, OFF, BONUS])
@pytest.mark.parametrize("answer", [True, False])
def test_yes_or_no_is_no_answer_where_a_number_is_asked(rule: Rule, answer: bool) -> None:
    assert takes_numbers(rule)
    with pytest.raises(WrongAnswer):
        points(rule, D(2), answer)


def test_the_order_of_the_bands_in_the_file_does_not_matter() -> None:
    backwards = BANDS._replace(bands=BANDS.bands[::-1])
    for number in ("49", "50", "70", "89.9", "90"):
        assert points(backwards, D(3), D(number)) == points(BANDS, D(3), D(number))


def test_a_share_of_nothing_is_no_share() -> None:
    assert percent(D(0), D(0)) is None
    assert percent(D(3), D(4)) == D(75)


NUMBERS = st.decimals(0, 10_000, places=2)


@given(st.sampled_from([AT_LEAST_80, FROM_80, NO_FLOOR, BANDS, HALF_EACH, OFF, BONUS]),
       NUMBERS, NUMBERS)  # fmt: skip
def test_points_stay_between_nothing_and_the_maximum(
    rule: Rule, maximum: Decimal, number: Decimal
) -> None:
    found = points(rule, maximum, number).points
    low, high = (-maximum, D(0)) if rule.kind is KIND.DEDUCTION else (D(0), maximum)
    assert low <= found <= high


@given(st.sampled_from([AT_LEAST_80, FROM_80, NO_FLOOR, BANDS, HALF_EACH, BONUS]),
       NUMBERS, NUMBERS)  # fmt: skip
def test_more_never_gives_fewer_points(rule: Rule, one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    assert points(rule, D(5), less).points <= points(rule, D(5), more).points
