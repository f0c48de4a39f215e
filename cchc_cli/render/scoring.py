"""A score for a terminal, and as a Markdown table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from cchc_cli.core.message import Message, msg
from cchc_cli.core.scoring.score import Line, Score, places, sums
from cchc_cli.core.scoring.sheet import Matter, Row, Sheet
from cchc_cli.i18n import say
from cchc_cli.render.width import aligned, one_line


def lines(found: Sheet) -> list[str]:
    """The score, line by line: each point and why, what is lost, what can still be won."""
    rows = aligned([_row(row) for row in found.rows])
    told = [
        text
        for row, line in zip(found.rows, rows, strict=True)
        for text in (line, *(f"      {one_line(why)}" for why in row.why))
    ]
    return [*map(say, _head(found)), "", *told, "", *map(say, _totals(found)), *_matters(found)]


def _head(found: Sheet) -> Iterator[Message]:
    yield msg("Score of {year} by “{list}”, as of {day}", year=found.year,
              list=one_line(found.list_name), day=found.as_of)  # fmt: skip
    if found.example:
        yield EXAMPLE


EXAMPLE = msg("This list is an example: nobody has decided on its criteria, points and thresholds.")


def _row(row: Row) -> list[str]:
    points = row.points or say(msg("no answer"))
    unit = f" [{row.unit}]" if row.unit else ""
    return ["  " * row.level + row.id, f"{points}/{row.maximum}", *row.rounds,
            f"{one_line(row.name)}{unit}"]  # fmt: skip


def _totals(found: Sheet) -> Iterator[Message]:
    if found.total is None:
        yield msg("Nothing applies: there is no score.")
    elif found.rate is None:
        yield msg("Points: {points} of {maximum}", points=found.points, maximum=found.applicable)
    elif found.unanswered:
        yield msg("Total: at least {total} of {maximum} ({rate} %)", total=found.total,
                  maximum=found.maximum, rate=found.rate)  # fmt: skip
    else:
        yield msg("Total: {total} of {maximum} ({rate} %)", total=found.total,
                  maximum=found.maximum, rate=found.rate)  # fmt: skip
    if found.not_applicable and found.rate is not None:
        yield msg("scaled: {count} criteria do not apply, {applicable} points of {maximum} do",
                  count=found.not_applicable, applicable=found.applicable,
                  maximum=found.maximum)  # fmt: skip
    if found.unanswered:
        yield msg("Criteria without an answer: {count}; what they may give is not in the total",
                  count=found.unanswered)  # fmt: skip
    for each in found.rounds:
        missing = msg(" ({count} criteria not appraised)", count=each.missing)
        yield msg("Appraisal “{name}”: {points}{missing}", name=one_line(each.name),
                  points=each.points, missing=missing if each.missing else "")  # fmt: skip


def _matters(found: Sheet) -> Iterator[str]:
    can = msg("Can still be won:") if not found.over else msg("Open, until it is declared:")
    for heading, matters in ((msg("Lost:"), found.lost), (can, found.open)):
        if matters:
            yield ""
            yield say(heading)
            yield from aligned([_matter(one) for one in matters])
    if len(found.units) > 1:
        yield ""
        yield say(msg("By unit responsible:"))
        nobody = say(msg("nobody named"))
        yield from aligned(
            [
                [
                    f"  {one.unit or nobody}",
                    say(msg("lost {points}", points=one.lost)),
                    say(msg("can be won {points}", points=one.open)),
                ]
                for one in found.units
            ]
        )


def _matter(one: Matter) -> list[str]:
    return [f"  {one.points}", one.id, one.unit or "-", one_line(one.name)]


def as_data(score: Score) -> dict[str, Any]:
    """A score as plain values. Numbers are texts such as "9.75", exact in any language.

    Null is a number that nobody has said. `records` are places of what the points rest on.
    """
    found, behind = score.sums, places(score)
    return {
        "year": score.year.year,
        "as_of": score.year.as_of.isoformat(),
        "list": str(score.criteria.id),
        "example": score.criteria.example,
        "maximum": _exact(score.criteria.total),
        "applicable": _exact(found.maximum),
        "points": _exact(found.points),
        "total": _exact(score.total),
        "rate": _exact(score.rate),
        "lost": _exact(found.lost),
        "open": _exact(found.open),
        "unanswered": found.unanswered,
        "not_applicable": found.not_applicable,
        "criteria": [
            {"field": str(area.field.id), **_line(line)}
            | {"records": [f"{at.path}:{at.line}" for at in behind[str(line.criterion.id)][1:]]}
            for area in score.fields
            for line in area.lines
        ],
        "units": [
            {"unit": unit or None, "lost": _exact(mine.lost), "open": _exact(mine.open)}
            for unit in dict.fromkeys(str(line.criterion.unit or "") for line in score.lines)
            for mine in [sums(x for x in score.lines if str(x.criterion.unit or "") == unit)]
        ],
        "rounds": [
            {
                "id": one.id,
                "name": one.name,
                "points": _exact(one.points),
                "missing": one.missing,
                "given": {key: _exact(given.points) for key, given in one.given.items()},
            }
            for one in score.rounds
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    criterion = line.criterion
    return {
        "criterion": str(criterion.id),
        "name": str(criterion.name),
        "unit": str(criterion.unit) if criterion.unit else None,
        "maximum": _exact(criterion.maximum),
        "points": _exact(line.points),
        "lost": _exact(line.lost),
        "open": _exact(line.open),
        "applies": line.applies,
        "why": [say(step) for step in line.why],
    }


def _exact(value: Decimal | None) -> str | None:
    """A decimal without zeros at its end."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def markdown(found: Sheet) -> str:
    """The table of the score."""
    heads = [say(head) for head in HEADS[:7]] + [one.name for one in found.rounds]
    table = [heads, ["---"] * len(heads), *([*_cells(row), *row.rounds] for row in found.rows)]
    written = ["| " + " | ".join(map(_cell, row)) + " |" for row in table]
    return "\n".join([*map(say, _head(found)), "", *written, "", *map(say, _totals(found))])


def _cells(row: Row) -> list[str]:
    return [row.id, row.name, row.maximum, row.declared, row.rule, proofs(row), row.points]


def proofs(row: Row) -> str:
    """The evidence asked for, and what was handed in."""
    return "\n".join(piece for piece in (row.proof, *(f"- {one}" for one in row.evidence)) if piece)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


HEADS = (
    msg("No."),
    msg("Criterion"),
    msg("Maximum"),
    msg("Declared"),
    msg("How it is scored"),
    msg("Evidence"),
    msg("Own score"),
    msg("Appraised"),
)
