"""Scoring: a list of criteria adds up and gives points; what is declared and appraised fits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain, combinations, pairwise

from cchc_cli.core.checks.context import Context
from cchc_cli.core.diagnostics import Diagnostic, Related, error, warning
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import (
    CriteriaList,
    Criterion,
    Declared,
    Duty,
    Measure,
    MeasureKind,
    Rule,
    RuleKind,
    Task,
    YearOfScores,
)
from cchc_cli.core.scoring.rules import NOT_APPLICABLE, PERCENT, ZERO, takes_numbers
from cchc_cli.core.source import Text

_BESIDE = (RuleKind.BONUS, RuleKind.DEDUCTION)
_COUNTED = (RuleKind.PER_ITEM, RuleKind.DEDUCTION)
_UNIT, _PLAN, _TASK, _CRITERION = msg("unit"), msg("plan"), msg("task"), msg("criterion")


def check_criteria_ids(context: Context) -> Iterator[Diagnostic]:
    """Within a list, an id names one field or criterion; within a year, one round."""
    for listed in context.workspace.criteria:
        yield from _repeated(one.id for one in listed.fields)
        yield from _repeated(one.id for one in _every(listed))
    for year in context.workspace.scores:
        yield from _repeated(one.id for one in year.rounds)


def _repeated(ids: Iterable[Text]) -> Iterator[Diagnostic]:
    first: dict[str, Text] = {}
    for one in ids:
        earlier = first.setdefault(str(one), one)
        if earlier is not one:
            yield error(
                "CCHC201", one.span, msg("the id “{id}” is given twice", id=one),
                related=(Related(earlier.span, msg("first given here")),), subject=str(one),
                found=str(one),
            )  # fmt: skip


def check_sums_of_points(context: Context) -> Iterator[Diagnostic]:
    """The maxima of parts make up that of their criterion, and so up to the total of the list.

    Those of bonus and deductions stand beside.
    """
    for listed in context.workspace.criteria:
        if not context.whole(listed.span.path):
            continue
        for area in listed.fields:
            for criterion in area.criteria:
                if criterion.parts:
                    yield from _unequal(criterion.id, criterion.maximum, _within(criterion.parts))
            yield from _unequal(area.id, area.maximum, _within(_leaves(area.criteria)))
        yield from _unequal(listed.id, listed.total, sum((f.maximum for f in listed.fields), ZERO))


def _unequal(of: Text, stated: Decimal, found: Decimal) -> Iterator[Diagnostic]:
    if stated != found:
        message = msg("{id} has {stated} points, but what is in it adds up to {found}", id=of,
                      stated=stated, found=found)  # fmt: skip
        hint = msg("compare with the decision; bonus and deductions are not counted")
        yield error("CCHC701", of.span, message, hint=hint, subject=str(of), found=f"{found}")


def _within(criteria: Iterable[Criterion]) -> Decimal:
    return sum((c.maximum for c in criteria if c.rule is None or c.rule.kind not in _BESIDE), ZERO)


def _leaves(criteria: Iterable[Criterion]) -> Iterator[Criterion]:
    return chain.from_iterable(criterion.parts or (criterion,) for criterion in criteria)


def _every(listed: CriteriaList) -> Iterator[Criterion]:
    for area in listed.fields:
        for criterion in area.criteria:
            yield from (criterion, *criterion.parts)


def check_rules(context: Context) -> Iterator[Diagnostic]:
    """Every criterion has parts or a rule, and the rule has the numbers that it counts with."""
    for listed in context.workspace.criteria:
        for criterion in _every(listed):
            if context.sound(criterion.span):
                for wrong in _of_criterion(criterion):
                    yield error("CCHC702", criterion.id.span, wrong, subject=str(criterion.id),
                                found=str(criterion.id))  # fmt: skip


def _of_criterion(criterion: Criterion) -> Iterator[Message]:
    if criterion.parts:
        if criterion.rule is not None or criterion.measure is not None:
            yield msg("it has parts, which are scored by themselves: leave out “rule” and "
                      "“measure”")  # fmt: skip
    elif criterion.rule is None:
        yield msg("it has neither parts nor a rule")
    else:
        yield from _of_rule(criterion.rule, criterion.maximum)
        if criterion.measure is not None and not _fits(criterion.measure, criterion.rule):
            yield msg("its measure “{measure}” answers otherwise than its rule asks",
                      measure=criterion.measure.kind.value)  # fmt: skip


def _of_rule(rule: Rule, maximum: Decimal) -> Iterator[Message]:
    if rule.kind in _COUNTED and not rule.each:
        yield msg("its rule needs “each”, the points for one")
    if rule.floor is not None and rule.floor > PERCENT:
        yield msg("the floor of {floor} % lies above 100 %", floor=rule.floor)
    if rule.kind is not RuleKind.BANDS:
        return
    if not rule.bands:
        yield msg("its rule needs “bands”")
    for lower, higher in pairwise(rule.bands):
        if higher.least <= lower.least:
            yield msg("the band from {second} stands after the one from {first}: write each number "
                      "once, from the least to the greatest", second=higher.least,
                      first=lower.least)  # fmt: skip
    for band in rule.bands:
        if band.points > maximum:
            yield msg("the band from {least} gives {points} points, more than {maximum}",
                      least=band.least, points=band.points, maximum=maximum)  # fmt: skip


def _fits(measure: Measure, rule: Rule) -> bool:
    return takes_numbers(rule) == (measure.kind is not MeasureKind.DONE_ON_TIME)


def check_lists_of_years(context: Context) -> Iterator[Diagnostic]:
    """A year is scored by a list that is there and valid then."""
    lists = {str(one.id): one for one in context.workspace.criteria}
    for year in context.workspace.scores:
        if not context.sound(year.span):
            continue
        listed = lists.get(str(year.criteria))
        if listed is None:
            message = msg("there is no list of criteria “{id}”", id=year.criteria)
            hint = context.meant(year.criteria, lists)
        elif year.year not in listed.period:
            message = msg("the list of criteria “{id}” is valid in {period}, not in {year}",
                          id=listed.id, period=listed.period, year=year.year)  # fmt: skip
            hint = None
        else:
            continue
        yield error("CCHC703", year.criteria.span, message, hint=hint,
                    subject=str(year.year), found=str(year.criteria))  # fmt: skip


def check_overlapping_lists(context: Context) -> Iterator[Diagnostic]:
    """Each year has one list, unless its file names which one it is scored by."""
    named = {year.year for year in context.workspace.scores}
    for first, second in combinations(context.workspace.criteria, 2):
        both = [y for y in first.period.all if y in second.period and y not in named]
        if both:
            years = ", ".join(map(str, both))
            message = msg("both “{first}” and “{second}” are valid in {years}", first=first.id,
                          second=second.id, years=years)  # fmt: skip
            hint = msg("mend the period of one, or name the list in plans/scoring/YEAR.yaml")
            yield warning("CCHC704", second.id.span, message, hint=hint,
                          subject=str(second.id), found=str(first.id))  # fmt: skip


def check_names_in_scoring(context: Context) -> Iterator[Diagnostic]:
    """Criteria, units, plans and tasks that scoring names are there."""
    units = context.directory.units if context.unit_ids_known else None
    for listed in context.workspace.criteria:
        for criterion in _every(listed):
            yield from _absent(context, criterion.unit, units, _UNIT, criterion.id)
            if criterion.measure is not None:
                yield from _of_measure(context, criterion.measure, criterion.id)
    for year in context.workspace.scores:
        known = _criteria_of(context, year)
        for entry in year.declared:
            yield from _absent(context, entry.criterion, known, _CRITERION, entry.criterion)
            yield from _absent(context, entry.unit, units, _UNIT, entry.criterion)
        for given in (one for round_ in year.rounds for one in round_.scores):
            yield from _absent(context, given.criterion, known, _CRITERION, given.criterion)


def _of_measure(context: Context, measure: Measure, of: Text) -> Iterator[Diagnostic]:
    plans = context.workspace.plans
    yield from _absent(context, measure.plan, plans, _PLAN, of)
    chosen = [plans[str(measure.plan)]] if measure.plan in plans else list(plans.values())
    tasks = dict.fromkeys(
        str(one) for plan in chosen for one in (*_ids(plan.tasks), *_ids(plan.duties))
    )
    broken = any(not context.whole(path) for path in context.sources)
    yield from _absent(context, measure.task, None if broken else tasks, _TASK, of)


def _ids(of: Iterable[Task] | Iterable[Duty]) -> list[Text]:
    return [one.id for one in of]


def _absent(
    context: Context,
    wanted: Text | None,
    known: Mapping[str, object] | None,
    kind: Message,
    subject: Text,
) -> Iterator[Diagnostic]:
    """What is named and not there; nothing where what is there is not known (None)."""
    if wanted is not None and known is not None and wanted not in known:
        message = msg("there is no {kind} “{id}”", kind=kind, id=wanted)
        yield error("CCHC705", wanted.span, message, hint=context.meant(wanted, known),
                    subject=str(subject), found=str(wanted))  # fmt: skip


def _criteria_of(context: Context, year: YearOfScores) -> Mapping[str, Criterion] | None:
    """What is scored by itself in the list of a year; None where it could not be read."""
    listed = next((one for one in context.workspace.criteria if one.id == year.criteria), None)
    if listed is None or not context.whole(listed.span.path):
        return None
    return {str(one.id): one for one in listed.leaves}


def check_answers(context: Context) -> Iterator[Diagnostic]:
    """An answer is of the sort that its rule asks for, and no appraisal exceeds the maximum."""
    for year in context.workspace.scores:
        known = _criteria_of(context, year) or {}
        for name, entry in _last(year).items():
            criterion = known.get(name)
            wrong = _wrong_answer(entry, criterion) if criterion else None
            if wrong is not None:
                yield error("CCHC706", entry.value.span, wrong, subject=name,
                            found=str(entry.value))  # fmt: skip
        for round_ in year.rounds:
            for given in round_.scores:
                criterion = known.get(str(given.criterion))
                if criterion and given.points > criterion.maximum:
                    message = msg("{points} points, more than the maximum of {maximum}",
                                  points=given.points, maximum=criterion.maximum)  # fmt: skip
                    yield error("CCHC706", given.criterion.span, message,
                                subject=str(given.criterion), found=f"{given.points}")  # fmt: skip
            counts = Counter(str(given.criterion) for given in round_.scores)
            yield from _appraised_twice(round_.scores[-1].criterion, counts) if counts else ()


def _last(year: YearOfScores) -> dict[str, Declared]:
    """The answers that count: a later one takes the place of an earlier one."""
    return {str(entry.criterion): entry for entry in year.declared}


def _appraised_twice(at: Text, counts: Counter[str]) -> Iterator[Diagnostic]:
    for name, count in counts.items():
        if count > 1:
            message = msg("the round gives points for “{id}” {count} times", id=name, count=count)
            yield error("CCHC706", at.span, message, subject=name, found=name)


def _wrong_answer(entry: Declared, criterion: Criterion) -> Message | None:
    """Why a criterion cannot take an answer; None if it can."""
    if entry.value == NOT_APPLICABLE:
        allowed = criterion.may_not_apply
        return None if allowed else msg("the list does not let this criterion not apply")
    if criterion.rule is None:
        return None
    number = entry.value not in {"yes", "no"}
    if number and not takes_numbers(criterion.rule):
        return msg("the rule asks for yes or no, not for a number")
    if not number and takes_numbers(criterion.rule):
        return msg("the rule asks for a number, not for yes or no")
    if number and entry.of is not None and Decimal(entry.value) > entry.of:
        return msg("{number} of {whole}: more than there are", number=Decimal(entry.value),
                   whole=entry.of)  # fmt: skip
    return None


def check_proof(context: Context) -> Iterator[Diagnostic]:
    """Where the list asks for evidence, an answer that gives points names some."""
    for year in context.workspace.scores:
        known = _criteria_of(context, year) or {}
        for name, entry in _last(year).items():
            criterion = known.get(name)
            claims = entry.value not in {"no", "0", NOT_APPLICABLE}
            if criterion and criterion.proof and claims and not entry.evidence:
                message = msg("declared without evidence; asked for is: {proof}",
                              proof=criterion.proof)  # fmt: skip
                hint = msg("declare it again with the document that proves it")
                yield warning("CCHC707", entry.criterion.span, message, hint=hint, subject=name,
                              found=str(entry.value))  # fmt: skip
