"""A score → the plain values of its form and its report, for templates and tables.

As in `core.report.view`, nothing here leads back to the model, numbers come in words ("1,25"), and
None is a blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import CriteriaField, Criterion, Office, Rule, RuleKind, Unit
from cchc_cli.core.report.words import Words, proof, stated
from cchc_cli.core.scoring.rules import ZERO, takes_numbers
from cchc_cli.core.scoring.score import FieldScore, Line, RoundScore, Score, sums


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a field (`level` 0), a criterion (1) or a part of one (2).

    `declared`, `rule`, `why` and the points are blank for what is not scored by itself.
    """

    level: int
    id: str
    name: str
    maximum: str
    declared: str
    rule: str
    proof: str
    evidence: tuple[str, ...]
    unit: str
    points: str
    rounds: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """What a field comes to; `points` are blank where nothing in it has an answer."""

    id: str
    name: str
    maximum: str
    points: str
    lost: str
    open: str


@dataclass(frozen=True, slots=True)
class Matter:
    """Points lost or still to win for one criterion, whose they are, and why."""

    id: str
    name: str
    unit: str
    points: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What is lost and what can be won by the criteria of one unit."""

    unit: str
    lost: str
    open: str


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round of appraisal; `missing` criteria have no points in it."""

    name: str
    points: str
    missing: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything in the form and the report of one year.

    `total` is scaled where something does not apply; None if nothing does. `unanswered` counts the
    criteria without an answer: with any, the total is what is certain so far.
    """

    issuer: str | None
    superior: str | None
    place: str | None
    symbol: str | None
    unit: str | None
    year: int
    as_of: date
    over: bool
    list_name: str
    authority: str | None
    example: bool
    maximum: str
    total: str | None
    rate: str | None
    points: str
    applicable: str
    unanswered: int
    not_applicable: int
    rows: tuple[Row, ...]
    fields: tuple[FieldRow, ...]
    lost: tuple[Matter, ...]
    open: tuple[Matter, ...]
    units: tuple[UnitRow, ...]
    rounds: tuple[RoundRow, ...]


def sheet(score: Score, office: Office | None, unit: Unit | None, words: Words) -> Sheet:
    """The values of a score."""
    return _Sheets(score, words).sheet(office, unit)


class _Sheets:
    def __init__(self, score: Score, words: Words) -> None:
        self.score = score
        self.words = words

    def sheet(self, office: Office | None, unit: Unit | None) -> Sheet:
        score, criteria = self.score, self.score.criteria
        found = score.sums
        agency = stated(office.agency) if office else None
        return Sheet(
            issuer=str(unit.name) if unit else agency,
            superior=agency if unit else (stated(office.parent) if office else None),
            place=stated(office.place) if office else None,
            symbol=stated(office.symbol) if office and not unit else None,
            unit=str(unit.id) if unit else None,
            year=score.year.year,
            as_of=score.year.as_of,
            over=score.year.over,
            list_name=str(criteria.name),
            authority=stated(criteria.authority),
            example=criteria.example,
            maximum=self._number(criteria.total if unit is None else found.maximum),
            total=self._maybe(score.total if unit is None else found.points),
            rate=self._maybe(score.rate) if unit is None else None,
            points=self._number(found.points),
            applicable=self._number(found.maximum),
            unanswered=found.unanswered,
            not_applicable=found.not_applicable,
            rows=tuple(row for area in score.fields for row in self._rows(area)),
            fields=tuple(self._field(area) for area in score.fields),
            lost=tuple(self._matter(each, each.lost) for each in score.lines if each.lost),
            open=tuple(self._matter(each, each.open) for each in score.lines if each.open),
            units=tuple(self._units()),
            rounds=tuple(self._round(each) for each in score.rounds),
        )

    def _number(self, value: Decimal) -> str:
        return self.words.say(msg("{number}", number=value))

    def _maybe(self, value: Decimal | None) -> str | None:
        return None if value is None else self._number(value)

    def _say(self, messages: Iterable[Message]) -> tuple[str, ...]:
        return tuple(map(self.words.say, messages))

    def _rows(self, area: FieldScore) -> Iterator[Row]:
        yield self._heading(0, area.field, area.sums.points, area.lines)
        for group in area.groups:
            criterion = group.criterion
            if criterion.parts:
                found = sums(group.lines).points
                yield self._heading(1, criterion, found, group.lines)
            for line in group.lines:
                yield self._row(line, 2 if criterion.parts else 1)

    def _heading(
        self, level: int, of: CriteriaField | Criterion, points: Decimal, lines: Iterable[Line]
    ) -> Row:
        lines = list(lines)
        answered = any(line.points is not None for line in lines)
        ids = [str(line.criterion.id) for line in lines]
        return Row(
            level, str(of.id), str(of.name), self._number(of.maximum), "", "", "", (), "",
            self._number(points) if answered else "",
            tuple(self._maybe(_given(each, ids)) or "" for each in self.score.rounds), (),
        )  # fmt: skip

    def _row(self, line: Line, level: int) -> Row:
        criterion, declared = line.criterion, line.declared
        evidence = declared.evidence if declared else ()
        return Row(
            level=level,
            id=str(criterion.id),
            name=str(criterion.name),
            maximum=self._number(criterion.maximum),
            declared=self._declared(line),
            rule=self.words.say(in_words(criterion)) if criterion.rule else "",
            proof=str(criterion.proof or ""),
            evidence=tuple(proof(self.words, one) for one in evidence),
            unit=str(criterion.unit or ""),
            points=self._points(line),
            rounds=tuple(self._appraised(each, str(criterion.id)) for each in self.score.rounds),
            why=self._say(line.why),
        )

    def _points(self, line: Line) -> str:
        if not line.applies:
            return self.words.say(msg("not applicable"))
        return "" if line.points is None else self._number(line.points)

    def _declared(self, line: Line) -> str:
        if line.declared is None:
            return ""
        value = str(line.declared.value)
        if value in ANSWERS:
            return self.words.say(ANSWERS[value])
        number = self._number(Decimal(value))
        whole = line.declared.of
        return number if whole is None else f"{number}/{self._number(whole)}"

    def _appraised(self, each: RoundScore, criterion: str) -> str:
        given = each.given.get(criterion)
        return self._number(given.points) if given else ""

    def _field(self, area: FieldScore) -> FieldRow:
        found = area.sums
        answered = any(line.points is not None for line in area.lines)
        return FieldRow(
            str(area.field.id), str(area.field.name), self._number(found.maximum),
            self._number(found.points) if answered else "", self._number(found.lost),
            self._number(found.open),
        )  # fmt: skip

    def _matter(self, line: Line, points: Decimal) -> Matter:
        criterion = line.criterion
        return Matter(str(criterion.id), str(criterion.name), str(criterion.unit or ""),
                      self._number(points), self._say(line.why))  # fmt: skip

    def _units(self) -> Iterator[UnitRow]:
        owners = dict.fromkeys(str(line.criterion.unit or "") for line in self.score.lines)
        for owner in owners:
            found = sums(x for x in self.score.lines if str(x.criterion.unit or "") == owner)
            if found.lost or found.open:
                yield UnitRow(owner, self._number(found.lost), self._number(found.open))

    def _round(self, each: RoundScore) -> RoundRow:
        return RoundRow(each.name, self._number(each.points), each.missing)


ANSWERS = {"yes": msg("yes"), "no": msg("no"), "not_applicable": msg("not applicable")}


def in_words(criterion: Criterion) -> Message:
    """How the points of a criterion come about."""
    rule, maximum = criterion.rule, criterion.maximum
    assert rule is not None
    match rule.kind:
        case RuleKind.FULL_OR_ZERO if rule.at_least is not None:
            return msg("from {least} on: {maximum} points; below: 0", least=rule.at_least,
                       maximum=maximum)  # fmt: skip
        case RuleKind.PROPORTIONAL if rule.floor:
            return msg("{maximum} points × rate in percent; below {floor} %: 0", maximum=maximum,
                       floor=rule.floor)  # fmt: skip
        case RuleKind.PROPORTIONAL:
            return msg("{maximum} points × rate in percent", maximum=maximum)
        case RuleKind.BANDS:
            return _bands(rule)
        case RuleKind.PER_ITEM:
            return msg("{each} points for each, at most {maximum}", each=rule.each or ZERO,
                       maximum=maximum)  # fmt: skip
        case RuleKind.DEDUCTION:
            return msg("{each} points off for each, at most {maximum}", each=rule.each or ZERO,
                       maximum=maximum)  # fmt: skip
        case RuleKind.BONUS if takes_numbers(rule):
            return msg("bonus: {each} points for each, at most {maximum}", each=rule.each,
                       maximum=maximum)  # fmt: skip
        case RuleKind.BONUS:
            return msg("bonus: yes: {maximum} points; no: 0", maximum=maximum)
    return msg("yes: {maximum} points; no: 0", maximum=maximum)


def _bands(rule: Rule) -> Message:
    """The bands from the highest down, joined one by one."""
    found: Message | None = None
    for band in sorted(rule.bands, key=lambda band: band.least, reverse=True):
        one = msg("from {least} on: {points} points", least=band.least, points=band.points)
        found = one if found is None else msg("{first}; {then}", first=found, then=one)
    return msg("{first}; below: 0", first=found or msg("no bands"))


def _given(each: RoundScore, ids: Iterable[str]) -> Decimal | None:
    """The points that a round gave for some criteria; None where it gave none for any."""
    found = [each.given[one].points for one in ids if one in each.given]
    return sum(found, ZERO) if found else None
