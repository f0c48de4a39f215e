"""A list of criteria with what is measured and declared → the score of a year, line by line.

The office's own score and the rounds of appraisal stand beside each other and never mix. A
criterion without an answer has no points, which is not zero: the score says how many of them there
are. What does not apply leaves the maximum, and the rest is scaled to the total of the list;
deductions and bonus are added to that as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from cchc_cli.core.agenda import Item
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import (
    Appraised,
    CriteriaField,
    CriteriaList,
    Criterion,
    Declared,
    Round,
    RuleKind,
    YearOfScores,
)
from cchc_cli.core.scoring.measures import Measured, Year, measured
from cchc_cli.core.scoring.rules import (
    NOT_APPLICABLE,
    ZERO,
    Answer,
    Points,
    WrongAnswer,
    percent,
    points,
)
from cchc_cli.core.source import Span

_BEFORE = date.min  # what has no day counts from the beginning


class Line(NamedTuple):
    """One criterion that is scored by itself.

    `points` None: no answer yet. `best` is the most points that can still be reached. Where it
    does not `apply`, neither counts. `items` and `declared` are the records it rests on.
    """

    criterion: Criterion
    points: Decimal | None
    best: Decimal
    why: tuple[Message, ...]
    applies: bool = True
    items: tuple[Item, ...] = ()
    declared: Declared | None = None

    @property
    def within_total(self) -> bool:
        """Whether its maximum is part of the total: those of deductions and bonus are not."""
        rule = self.criterion.rule
        return rule is None or rule.kind not in {RuleKind.DEDUCTION, RuleKind.BONUS}

    @property
    def deducts(self) -> bool:
        """Whether it takes points off."""
        rule = self.criterion.rule
        return rule is not None and rule.kind is RuleKind.DEDUCTION

    @property
    def maximum(self) -> Decimal:
        """What it adds to the total to be had."""
        return self.criterion.maximum if self.applies and self.within_total else ZERO

    @property
    def full(self) -> Decimal:
        """The points if all goes well: none off, and every bonus."""
        return ZERO if self.deducts or not self.applies else self.criterion.maximum

    @property
    def lost(self) -> Decimal:
        """Points that can no longer be had."""
        return self.full - self.best

    @property
    def open(self) -> Decimal:
        """Points that can still be won."""
        return self.best - (self.points or ZERO)


class Sums(NamedTuple):
    """What some lines come to.

    `points` are of those with an answer, `unanswered` counts the others. `maximum` is what applies
    of the total, `extra` the bonus and deductions within `points`.
    """

    points: Decimal
    extra: Decimal
    maximum: Decimal
    lost: Decimal
    open: Decimal
    unanswered: int
    not_applicable: int


class Group(NamedTuple):
    """The lines of a criterion: itself, or its parts."""

    criterion: Criterion
    lines: tuple[Line, ...]


class FieldScore(NamedTuple):
    """A field with its criteria."""

    field: CriteriaField
    groups: tuple[Group, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that is scored in it."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def sums(self) -> Sums:
        """What they come to; deductions take no more than the field has."""
        found = sums(self.lines)
        taken = max(found.points, ZERO) - found.points
        return found._replace(points=found.points + taken, extra=found.extra + taken)


class RoundScore(NamedTuple):
    """What a round of appraisal gave; `missing` criteria apply and have no points in it."""

    id: str
    name: str
    points: Decimal
    given: Mapping[str, Appraised]
    missing: int


class Score(NamedTuple):
    """The score of a year by one list, as of the day of `year`."""

    criteria: CriteriaList
    year: Year
    fields: tuple[FieldScore, ...]
    rounds: tuple[RoundScore, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that is scored, in order."""
        return tuple(line for area in self.fields for line in area.lines)

    @property
    def sums(self) -> Sums:
        """What all of it comes to, before it is scaled."""
        return together(area.sums for area in self.fields)

    @property
    def total(self) -> Decimal | None:
        """The points scaled to the total of the list, never below 0; None if nothing applies."""
        return scaled(self.criteria, self.sums)

    @property
    def rate(self) -> Decimal | None:
        """The share reached of the total, in percent."""
        return None if self.total is None else percent(self.total, self.criteria.total)


def score(
    criteria: CriteriaList, recorded: YearOfScores | None, year: Year, wanted: str | None = None
) -> Score:
    """The score of a year; of what the unit of the id `wanted` is responsible for, if given."""
    declared = _latest(recorded.declared if recorded else (), year.as_of)

    def line(criterion: Criterion) -> Line:
        return _line(criterion, declared.get(str(criterion.id)), year, _rounding(criteria))

    fields = tuple(
        FieldScore(area, tuple(groups))
        for area in criteria.fields
        if (groups := list(_groups(area, wanted, line))) or wanted is None
    )
    rounds = [r for r in (recorded.rounds if recorded else ()) if (r.on or _BEFORE) <= year.as_of]
    return Score(criteria, year, fields, tuple(_round(one, fields) for one in rounds))


def _latest(declared: Iterable[Declared], as_of: date) -> dict[str, Declared]:
    """The last answer about each criterion that was recorded by that day."""
    return {str(d.criterion): d for d in declared if (d.recorded_on or _BEFORE) <= as_of}


def valid_in(lists: Iterable[CriteriaList], year: int) -> list[CriteriaList]:
    """The lists of criteria that are valid in a year."""
    return [one for one in lists if year in one.period]


def places(found: Score) -> dict[str, tuple[Span, ...]]:
    """By the id of each scored criterion: where it stands, then the records behind its points."""
    return {
        str(line.criterion.id): (
            line.criterion.span,
            *([line.declared.span] if line.declared else []),
            *dict.fromkeys(record.span for item in line.items for record in item.records),
        )
        for line in found.lines
    }


def list_of(
    lists: Sequence[CriteriaList], scores: Iterable[YearOfScores], year: int
) -> CriteriaList | Message:
    """The list by which a year is scored: that of its file, else the only one valid then.

    Where it cannot be told, why.
    """
    begun = next((one for one in scores if one.year == year), None)
    if begun is not None:
        named = next((one for one in lists if one.id == begun.criteria), None)
        if named is not None and year in named.period:
            return named
        if named is None:
            return msg("there is no list of criteria “{id}”", id=begun.criteria)
        return msg("the list of criteria “{id}” is valid in {period}, not in {year}", id=named.id,
                   period=named.period, year=year)  # fmt: skip
    valid = valid_in(lists, year)
    if len(valid) == 1:
        return valid[0]
    if not valid:
        return msg("no list of criteria is valid in {year}", year=year)
    known = ", ".join(str(one.id) for one in valid)
    return msg("several lists of criteria are valid in {year}: {known}", year=year, known=known)


def sums(lines: Iterable[Line]) -> Sums:
    """What some lines come to."""
    return together(map(_alone, lines))


def _alone(line: Line) -> Sums:
    given = line.points or ZERO
    return Sums(
        points=given,
        extra=ZERO if line.within_total else given,
        maximum=line.maximum,
        lost=line.lost,
        open=line.open,
        unanswered=int(line.points is None and line.applies),
        not_applicable=int(not line.applies),
    )


def together(found: Iterable[Sums]) -> Sums:
    """Several sums as one."""
    every = list(found)
    return Sums(
        points=sum((one.points for one in every), ZERO),
        extra=sum((one.extra for one in every), ZERO),
        maximum=sum((one.maximum for one in every), ZERO),
        lost=sum((one.lost for one in every), ZERO),
        open=sum((one.open for one in every), ZERO),
        unanswered=sum(one.unanswered for one in every),
        not_applicable=sum(one.not_applicable for one in every),
    )


def scaled(criteria: CriteriaList, found: Sums) -> Decimal | None:
    """Points scaled to the total of the list, never below 0; None if nothing applies.

    Where everything applies they stay as they are.
    """
    if not found.maximum:
        return None
    within = found.points - found.extra
    if found.not_applicable:
        within = within * criteria.total / found.maximum
    return max(_rounding(criteria)(within + found.extra), ZERO)


def _groups(
    area: CriteriaField, wanted: str | None, line: Callable[[Criterion], Line]
) -> Iterable[Group]:
    for criterion in area.criteria:
        leaves = [
            leaf
            for leaf in criterion.parts or (criterion,)
            if wanted is None or wanted in {leaf.unit, criterion.unit if not leaf.unit else None}
        ]
        if leaves:
            yield Group(criterion, tuple(map(line, leaves)))


def _line(
    criterion: Criterion,
    declared: Declared | None,
    year: Year,
    rounded: Callable[[Decimal], Decimal],
) -> Line:
    """The points of one criterion."""
    if declared is not None and declared.value == NOT_APPLICABLE and criterion.may_not_apply:
        why = msg("declared as not applicable")
        return Line(criterion, None, ZERO, (why,), applies=False, declared=declared)
    found = _answered(criterion, declared, year)
    line = Line(criterion, None, ZERO, found.why, items=found.items, declared=declared)
    reached, best = _points(criterion, found.answer), _points(criterion, found.best)
    most = line.full if best is None else rounded(best.points)
    if reached is None:
        return line._replace(best=most)
    value = rounded(reached.points)
    told = (msg("rounded: {points}", points=value),) if value != reached.points else ()
    steps = (*found.why, *reached.why, *told)
    return line._replace(points=value, best=max(value, most), why=steps)


def _answered(criterion: Criterion, declared: Declared | None, year: Year) -> Measured:
    """The answer to a criterion with the best still possible, and where it comes from.

    What the plan answers by itself counts; what was declared counts where the plan does not.
    """
    nobody = Measured(None, None, (msg("nobody has declared it yet"),))
    found = measured(criterion.measure, year) if criterion.measure is not None else nobody
    if declared is None:
        return found
    if found.answer is not None:
        told = msg("the plan answers, so what was declared does not count")
        return found._replace(why=(*found.why, told))
    if declared.value == NOT_APPLICABLE:
        refused = msg("declared as not applicable, which this criterion does not allow")
        return Measured(None, None, (refused,))
    answer, why = _declared(declared)
    taken = criterion.rule is not None and criterion.rule.kind is RuleKind.DEDUCTION
    final = year.over or taken  # what was taken off stays off
    return Measured(answer, answer if final else None, why)


def _declared(declared: Declared) -> tuple[Answer | None, tuple[Message, ...]]:
    by = declared.unit or "-"
    if declared.value in {"yes", "no"}:
        answer: Answer = declared.value == "yes"
        return answer, (msg("declared by {unit}", unit=by),)
    number = Decimal(str(declared.value))
    if declared.of is None:
        return number, (msg("declared by {unit}: {number}", unit=by, number=number),)
    why = msg("declared by {unit}: {number} of {whole}", unit=by, number=number, whole=declared.of)
    return percent(number, declared.of), (why,)


def _points(criterion: Criterion, answer: Answer | None) -> Points | None:
    """The points for an answer; None without one, or where it does not fit the rule."""
    if answer is None or criterion.rule is None:
        return None
    try:
        return points(criterion.rule, criterion.maximum, answer)
    except WrongAnswer:
        return None


def _rounding(criteria: CriteriaList) -> Callable[[Decimal], Decimal]:
    if criteria.decimals is None:
        return lambda value: value
    step = Decimal(1).scaleb(-criteria.decimals)
    return lambda value: value.quantize(step, ROUND_HALF_UP)


def _round(given: Round, fields: Iterable[FieldScore]) -> RoundScore:
    """What a round comes to; its points for a deduction are those taken off the field."""
    appraised = {str(one.criterion): one for one in given.scores}
    points_of_all, missing = ZERO, 0
    for area in fields:
        here = ZERO
        for line in area.lines:
            one = appraised.get(str(line.criterion.id))
            if one is None:
                missing += line.applies
            else:
                here += -one.points if line.deducts else one.points
        points_of_all += max(here, ZERO)
    return RoundScore(str(given.id), str(given.name), points_of_all, appraised, missing)
