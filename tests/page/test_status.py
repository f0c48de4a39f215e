"""`cchc status`: the year in the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from cchc_cli.render.width import width

from .conftest import ROOT

Run = Callable[..., Any]
REAL = ("status", "--root", str(ROOT), "--as-of", "2022-04-01")


def bars(out: str, heading: str) -> list[list[str]]:
    """The cells of the bars below a heading."""
    _before, _heading, below = out.partition(f"\n{heading}\n")
    block, _blank, _rest = below.partition("\n\n")
    return [re.split(r"\s{2,}", line) for line in block.splitlines()]


def test_the_bars_add_up_to_the_total(cchc: Run) -> None:
    out = cchc(*REAL).out
    rows = bars(out, "By field")
    assert [row[0] for row in rows] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    assert sum(int(row[2]) for row in rows) == 37
    assert "Total 37: overdue 14, not yet due 20, waiting for an event 2, continuous 1" in out
    for row in rows:  # what stands beside a bar adds up to its total
        assert sum(map(int, re.findall(r"\d+", row[3]))) == int(row[2])


def test_columns_stand_below_one_another(cchc: Run) -> None:
    out = cchc(*REAL, "--lang", "vi").out
    strip = out.split("Theo quý: xong/đến hạn (quá hạn)\n")[1].split("\n\n")[0].splitlines()
    places = {width(line[: line.index("0/13")]) for line in strip if "0/13" in line}
    assert len(strip) == 13
    assert len(places) == 1


def test_a_bar_shows_at_least_one_sign_of_whatever_there_is(cchc: Run) -> None:
    for _id, bar, _total, counts, *_name in bars(cchc(*REAL).out, "By unit in charge"):
        assert len(set(bar)) == counts.count(",") + 1


def test_one_unit_and_one_field(cchc: Run) -> None:
    done = cchc(*REAL, "--unit", "TTUD", "--field", "I")
    assert [row[0] for row in bars(done.out, "By field")] == ["I"]
    assert [row[0] for row in bars(done.out, "By unit in charge")] == ["TTUD"]
    assert "the year 2022: 1 tasks" in done.out


def test_where_letters_and_blocks_cannot_be_written_signs_stand_in(cchc: Run) -> None:
    env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    out = cchc(*REAL, "--lang", "vi", env=env).out
    assert out.isascii()
    assert "?" not in out
    assert bars(out, "Theo linh vuc")[0][:3] == ["I", "!!!!!!!!!!.....", "6"]


def test_what_to_type_next_can_be_typed(cchc: Run) -> None:
    out = cchc(*REAL, "--unit", "VP").out
    commands = re.findall(r": (cchc (?:due|waiting) .*)$", out, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        assert cchc(*command.split()[1:], "--root", str(ROOT)).code == 0


def test_for_programs(cchc: Run) -> None:
    value = json.loads(cchc(*REAL, "--format", "json").out)
    (plan,) = value["plans"]
    assert (value["as_of"], plan["year"], plan["figures"]["overdue"]) == ("2022-04-01", 2022, 14)
    assert plan["unit_strip"][0]["quarters"][0] == {"due": 2, "done": 0, "overdue": 2}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--unit", "no such"], "no unit “no such”"),
        (["--field", "IX"], "no field “IX”"),
        (["--format", "csv"], "“csv” is not one of: text, json"),
    ],
)
def test_what_is_not_there(cchc: Run, arguments: list[str], said: str) -> None:
    done = cchc(*REAL, *arguments)
    assert (done.code, said in done.err) == (2, True), done.err
