"""From answers to a score: what counts in which total, what is lost, and what can still be won."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_cli.core.message import Message
from cchc_cli.core.model import (
    Appraised,
    CriteriaField,
    CriteriaList,
    Criterion,
    Declared,
    Round,
    Rule,
    RuleKind,
    YearOfScores,
)
from cchc_cli.core.periods import Years
from cchc_cli.core.scoring.measures import Year
from cchc_cli.core.scoring.score import Score, list_of, places, score
from cchc_cli.core.source import Span, Text

D = Decimal
HERE = Span("plans/scoring/criteria/vi-du.yaml")
IN_JULY, AFTER = date(2025, 7, 1), date(2026, 2, 1)

YES = Rule(RuleKind.FULL_OR_ZERO)
RATE = Rule(RuleKind.PROPORTIONAL, floor=D(80))
OFF = Rule(RuleKind.DEDUCTION, each=D(1))
BONUS = Rule(RuleKind.BONUS, each=D(1))


def text(value: str) -> Text:
    return Text(value, HERE)


def criterion(name: str, maximum: str, rule: Rule = YES, **more: object) -> Criterion:
    return Criterion(text(name), text(name), D(maximum), HERE, rule, **more)  # type: ignore[arg-type]


def area(name: str, *criteria: Criterion) -> CriteriaField:
    return CriteriaField(text(name), text(name), D(0), HERE, criteria)


def of(*fields: CriteriaField, total: str = "10", decimals: int | None = None) -> CriteriaList:
    return CriteriaList(text("vi-du"), text("Bộ tiêu chí ví dụ"), Years(2025, 2025), D(total), HERE,
                        fields, decimals=decimals)  # fmt: skip


def said(**answers: str) -> tuple[Declared, ...]:
    """What was declared, "3/4" for a share, by the names of the criteria."""
    found = []
    for name, answer in answers.items():
        value, _, whole = answer.partition("/")
        found.append(Declared(text(name), text(value), HERE, of=D(whole) if whole else None))
    return tuple(found)


def scored(
    criteria: CriteriaList,
    *declared: Declared,
    rounds: tuple[Round, ...] = (),
    as_of: date = IN_JULY,
    unit: str | None = None,
) -> Score:
    def no_agenda(*_: object) -> object:
        raise AssertionError("nothing here is measured")

    recorded = YearOfScores(2025, text("vi-du"), HERE, declared, rounds)
    year = Year(2025, as_of, {}, no_agenda)  # type: ignore[arg-type]
    return score(criteria, recorded, year, unit)


def test_what_nobody_has_answered_is_not_zero_and_can_still_be_won() -> None:
    found = scored(of(area("I", criterion("a", "6"), criterion("b", "4"))), *said(a="yes"))
    a, b = found.lines
    assert (a.points, b.points) == (6, None)
    assert (found.sums.points, found.sums.unanswered, found.sums.open) == (6, 1, 4)
    assert found.sums.lost == 0


def test_where_nothing_applies_there_is_no_total_and_no_division_by_zero() -> None:
    may = criterion("a", "10", may_not_apply=True)
    found = scored(of(area("I", may)), *said(a="not_applicable"))
    assert (found.total, found.rate) == (None, None)
    assert (found.sums.not_applicable, found.sums.lost, found.sums.open) == (1, 0, 0)


def test_what_does_not_apply_leaves_the_maximum_and_the_rest_is_scaled() -> None:
    fields = area("I", criterion("a", "6"), criterion("b", "2", RATE),
                  criterion("c", "2", may_not_apply=True))  # fmt: skip
    found = scored(of(fields), *said(a="yes", b="0", c="not_applicable"))
    assert (found.sums.points, found.sums.maximum) == (6, 8)
    assert (found.total, found.rate) == (D("7.5"), D(75))


def test_not_applicable_counts_only_where_the_list_allows_it() -> None:
    found = scored(of(area("I", criterion("a", "10"))), *said(a="not_applicable"))
    (line,) = found.lines
    assert (line.applies, line.points, found.sums.unanswered) == (True, None, 1)


def test_bonus_and_deductions_are_no_part_of_the_maximum_and_are_not_scaled() -> None:
    fields = area("I", criterion("a", "8"), criterion("b", "2", may_not_apply=True),
                  criterion("c", "3", BONUS), criterion("d", "3", OFF))  # fmt: skip
    found = scored(of(fields), *said(a="yes", b="not_applicable", c="2", d="1"))
    assert (found.sums.maximum, found.sums.extra) == (8, 1)
    assert found.total == 8 * D(10) / 8 + 2 - 1


def test_a_field_never_falls_below_zero_and_takes_nothing_from_another() -> None:
    poor = area("I", criterion("a", "2"), criterion("d", "5", OFF))
    found = scored(of(poor, area("II", criterion("b", "8"))), *said(a="no", b="yes", d="4"))
    assert [each.sums.points for each in found.fields] == [0, 8]
    assert found.total == 8


def test_points_are_rounded_half_up_only_where_the_list_says_so_and_it_is_told() -> None:
    fields = area("I", criterion("a", "1", RATE), criterion("b", "1", RATE))
    answers = said(a="80.5", b="2/3")
    exact = scored(of(fields), *answers)
    assert exact.lines[0].points == D("0.805")
    rounded = scored(of(fields, decimals=2), *answers)
    assert rounded.lines[0].points == D("0.81")
    assert "rounded: {points}" in [step.template for step in rounded.lines[0].why]
    assert "rounded: {points}" not in [step.template for step in exact.lines[0].why]


def test_a_later_answer_takes_the_place_of_an_earlier_one_from_its_day_on() -> None:
    early, late = (
        Declared(text("a"), text(value), HERE, recorded_on=day)
        for value, day in (("no", date(2025, 3, 1)), ("yes", date(2025, 9, 1)))
    )
    fields = of(area("I", criterion("a", "10")))
    assert scored(fields, early, late, as_of=IN_JULY).total == 0
    assert scored(fields, early, late, as_of=date(2025, 9, 1)).total == 10


def test_what_is_not_reached_can_be_won_until_the_year_ends_and_is_lost_then() -> None:
    fields = of(area("I", criterion("a", "10", RATE)))
    for day, expected in ((date(2025, 12, 31), (0, 1)), (date(2026, 1, 1), (1, 0))):
        found = scored(fields, *said(a="90"), as_of=day)
        assert found.total == 9
        assert (found.sums.lost, found.sums.open) == expected


def test_what_has_been_taken_off_is_lost_at_once() -> None:
    found = scored(of(area("I", criterion("a", "10"), criterion("d", "3", OFF))),
                   *said(a="yes", d="2"))  # fmt: skip
    assert (found.sums.lost, found.sums.open) == (2, 0)


def test_an_answer_of_the_wrong_sort_gives_no_points_and_no_crash() -> None:
    found = scored(of(area("I", criterion("a", "10"))), *said(a="3"))
    assert (found.lines[0].points, found.sums.open) == (None, 10)


def test_a_share_of_nothing_is_no_answer() -> None:
    found = scored(of(area("I", criterion("a", "10", RATE))), *said(a="0/0"))
    assert found.lines[0].points is None


def test_rounds_of_appraisal_stand_beside_the_own_score_and_never_enter_it() -> None:
    fields = of(area("I", criterion("a", "6"), criterion("b", "4"), criterion("d", "2", OFF)))
    given = (Appraised(text("a"), D(3), HERE, text("Thiếu minh chứng (ví dụ)")),
             Appraised(text("d"), D(1), HERE))  # fmt: skip
    first = Round(text("v1"), text("Vòng 1"), HERE, on=date(2025, 6, 1), scores=given)
    later = Round(text("v2"), text("Vòng 2"), HERE, on=date(2025, 8, 1))
    own = scored(fields, *said(a="yes", b="yes"))
    both = scored(fields, *said(a="yes", b="yes"), rounds=(first, later))
    assert both.total == own.total == 10
    assert [(r.id, r.points, r.missing) for r in both.rounds] == [("v1", 2, 1)]


def test_a_unit_sees_what_it_is_responsible_for_parts_by_their_criterion() -> None:
    parts = (criterion("b1", "1"), criterion("b2", "3", unit=text("KHTC")))
    whole = criterion("b", "4", unit=text("VP"))._replace(rule=None, parts=parts)
    fields = of(area("I", criterion("a", "6", unit=text("KHTC")), whole))
    assert [str(line.criterion.id) for line in scored(fields, unit="VP").lines] == ["b1"]
    assert [str(line.criterion.id) for line in scored(fields, unit="KHTC").lines] == ["a", "b2"]


def test_where_the_points_come_from_can_be_looked_up() -> None:
    at = Span("plans/scoring/2025.yaml", 5)
    declared = Declared(text("a"), text("yes"), at)
    assert places(scored(of(area("I", criterion("a", "10"))), declared)) == {"a": (HERE, at)}


LISTS = {
    name: of()._replace(id=text(name), period=Years(*years))
    for name, years in {"cu": (2021, 2023), "moi": (2023, 2025)}.items()
}


@pytest.mark.parametrize(
    ("year", "named", "expected"),
    [
        (2022, None, "cu"),
        (2025, None, "moi"),
        (2023, None, "several lists of criteria are valid in {year}: {known}"),
        (2030, None, "no list of criteria is valid in {year}"),
        (2023, "moi", "moi"),
        (2022, "moi", "the list of criteria “{id}” is valid in {period}, not in {year}"),
        (2022, "la", "there is no list of criteria “{id}”"),
    ],
)
def test_the_list_of_a_year_is_named_or_the_only_one_valid_and_never_guessed(
    year: int, named: str | None, expected: str
) -> None:
    begun = [YearOfScores(year, text(named), HERE)] if named else []
    found = list_of(list(LISTS.values()), begun, year)
    assert expected == (found.template if isinstance(found, Message) else found.id)


# -- whatever is declared --------------------------------------------------------------------------

RULES = {"yes": YES, "rate": RATE, "off": OFF, "bonus": BONUS,
         "each": Rule(RuleKind.PER_ITEM, each=D("0.5"))}  # fmt: skip
NAMES = [f"{kind}{n}" for kind in RULES for n in (1, 2)]
FIELDS = [
    area(str(n), *(criterion(f"{kind}{n}", "5", rule, may_not_apply=True)
                   for kind, rule in RULES.items()))
    for n in (1, 2)
]  # fmt: skip
NUMBERS = st.integers(0, 200).map(str)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from(["yes", "no", "not_applicable"])
        if name.startswith("yes") else NUMBERS | st.just("not_applicable")
        for name in NAMES
    },
)  # fmt: skip


@given(ANSWERS, st.sampled_from([IN_JULY, AFTER]))
def test_whatever_is_declared_the_tree_adds_up(answers: dict[str, str], day: date) -> None:
    found = scored(of(*FIELDS, total="30"), *said(**answers), as_of=day)
    assert found.sums.points == sum(each.sums.points for each in found.fields)
    assert all(each.sums.points >= 0 for each in found.fields)
    bonus = sum(line.points or 0 for line in found.lines if not line.deducts and line.within_total
                is False)  # fmt: skip
    assert found.sums.points <= found.sums.maximum + bonus
    for line in found.lines:
        assert line.lost >= 0
        assert line.open >= 0
        assert line.lost + (line.points or 0) + line.open == line.full
    if found.total is not None:
        assert 0 <= found.total <= 30 + bonus
    else:
        assert found.sums.maximum == 0


@given(st.decimals(0, 10, places=2), st.decimals(0, 10, places=2))
def test_scaling_keeps_the_order(one: Decimal, other: Decimal) -> None:
    """Of two offices to which the same does not apply, the one with more points stays ahead."""
    fields = of(area("I", criterion("a", "10", Rule(RuleKind.PER_ITEM, each=D(1))),
                     criterion("b", "5", may_not_apply=True)), total="15")  # fmt: skip
    totals = [
        scored(fields, *said(a=f"{value}", b="not_applicable")).total for value in (one, other)
    ]
    assert (totals[0] < totals[1]) == (one < other)  # type: ignore[operator]
