"""What is stopped, taken up again and handed over fits the plan, the days and each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def amended(**lists: str) -> str:
    """An amendments.yaml; of each entry what matters is given, its document is added."""
    return "".join(
        f"{name}:\n" + "".join(
            f"  - {{task: I.1, {entry}, authority: Công văn số 1, reason: Chờ}}\n"
            for entry in entries.split("; ")
        )
        for name, entries in lists.items()
    )  # fmt: skip


STOPPED = "on: 2022-02-01"
RIGHT = [
    amended(suspensions=STOPPED),
    amended(suspensions="on: 2022-02-01, until: 2022-02-01"),
    amended(cancellations="period: 2022, on: 2022-02-01"),
    amended(suspensions=STOPPED, resumptions="on: 2022-02-02"),
    amended(suspensions=STOPPED, resumptions="on: 2022-02-01"),  # both on one day
    amended(suspensions=STOPPED, resumptions="period: 2022, on: 2022-06-01"),
    amended(cancellations=STOPPED, resumptions="on: 2022-06-01"),
    amended(suspensions="on: 2022-02-01, until: 2022-03-01", resumptions="on: 2022-03-01"),
    amended(suspensions="on: 2022-02-01; on: 2022-04-01", resumptions="on: 2022-03-01"),
    amended(transfers="from: VP, to: KHTC, on: 2022-02-01"),
]  # fmt: skip
NOT_STOPPED = "CCHC602 taken up again on {on}, but it was not stopped on that day"
WRONG = [
    (amended(suspensions="period: 2030, on: 2022-02-01"),
     ["CCHC601 there is no period “{period}”"]),
    (amended(cancellations="period: 2022-Q1, on: 2022-02-01"),
     ["CCHC601 there is no period “{period}”"]),
    (amended(suspensions=STOPPED, resumptions="period: 2030, on: 2022-03-01"),
     ["CCHC601 there is no period “{period}”"]),
    (amended(suspensions="on: 2022-02-01, until: 2022-01-31"),
     ["CCHC601 suspended until {until}, which is before {on}"]),
    (amended(resumptions="on: 2022-02-01"), [NOT_STOPPED]),
    (amended(suspensions=STOPPED, resumptions="on: 2022-01-31"), [NOT_STOPPED]),
    (amended(suspensions="on: 2022-02-01, until: 2022-02-28", resumptions="on: 2022-03-01"),
     [NOT_STOPPED]),
    (amended(suspensions=STOPPED, resumptions="on: 2022-03-01; on: 2022-03-02"), [NOT_STOPPED]),
    (amended(transfers="from: VP, to: VP, on: 2022-02-01"),
     ["CCHC601 handed over by “{unit}” to itself"]),
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_amendments_that_fit_are_accepted(validate: Run, text: str) -> None:
    assert validate({"amendments.yaml": text}).findings == []


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_amendments_that_cannot_be_meant_are_found(
    validate: Run, text: str, expected: list[str]
) -> None:
    found = validate({"amendments.yaml": text}).findings
    assert [f"{one.code} {one.message.template}" for one in found] == expected


def test_what_was_late_before_the_whole_task_was_stopped_cannot_be_taken_up_again(
    validate: Run,
) -> None:
    """The year 2022 was due in March; the suspension of May left it as it was."""
    text = amended(suspensions="on: 2022-05-01", resumptions="period: 2022, on: 2022-06-01")
    assert [found.code for found in validate({"amendments.yaml": text}).findings] == ["CCHC602"]


def test_of_a_task_whose_deadline_is_not_understood_no_period_is_doubted(validate: Run) -> None:
    page = (
        "plan: vi-du\nfields:\n  - id: I\n    name: A\n    tasks:\n"
        "      - {id: I.1, number: 1, name: Việc, products: [A], lead: Văn phòng Sở,"
        " deadline: Trước ngày 31/11/2022}\n"
    )
    text = amended(suspensions="period: 2022, on: 2022-02-01")
    found = validate({"amendments.yaml": text, "appendix.yaml": page}).findings
    assert {one.code for one in found} == {"CCHC302"}
