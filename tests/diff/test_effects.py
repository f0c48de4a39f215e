"""Whatever moves a due day, its consequence is said once, at the task that it concerns."""

from __future__ import annotations

import pytest

from cchc_cli.core.diff.changes import Kind
from cchc_cli.render.change_words import TEXT, lines_of

from .conftest import Edit, base, difference, edited, named
from .test_changes import APPENDIX, DOCUMENT, EVENTS, I_4, PROGRESS

WORKING_DAYS = "Trong 10 ngày làm việc kể từ ngày có hướng dẫn của Bộ, ngành TW"
WAITS = "        events: [E.IV.2]"
HAPPENED = "    name: Hướng dẫn của Bộ, ngành TW\n    on: 2022-04-01\n"
COUNTED = [
    Edit(APPENDIX, I_4, I_4.replace("Quý I năm kế hoạch", f"{WORKING_DAYS}\n{WAITS}")),
    Edit(EVENTS, "    name: Hướng dẫn của Bộ, ngành TW\n", HAPPENED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cause", "edit", "also", "follows"),
    [
        (
            "a day off within the term",
            Edit(
                "plans/calendar/2022.yaml",
                "closed:\n",
                "closed:\n  - {date: 2022-04-07, name: Nghỉ, source: Thông báo 1}\n",
            ),
            "calendar_day_added 2022-04-07",
            "due 1 day later, 1 occurrence affected, unit VP",
        ),
        (
            "the event was on another day",
            Edit(EVENTS, HAPPENED, HAPPENED.replace("04-01", "03-25")),
            "event_changed E.IV.2",
            "due 10 days earlier, 1 occurrence affected, unit VP",
        ),
        (
            "the event has not happened after all",
            Edit(EVENTS, HAPPENED, HAPPENED.replace("    on: 2022-04-01\n", "")),
            "event_changed E.IV.2",
            "1 occurrence less (E.IV.2), period E.IV.2 is overdue and will be gone, unit VP",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_a_term_is_counted_from(cause: str, edit: Edit, also: str, follows: str) -> None:
    del cause
    before = edited(base(), COUNTED)
    found = difference(before, edited(before, [edit]))
    of_task = [c for c in found if c.subject == "I.4"]
    assert [c.kind for c in of_task] == [Kind.DEADLINE_CHANGED]
    assert lines_of(of_task[0], TEXT)[0] == follows
    assert also in named(found)
    others = {c.subject for c in found if c.kind is Kind.DEADLINE_CHANGED} - {"I.4"}
    assert others <= {"IV.2"}  # which waits for the same event


def test_a_shorter_plan_takes_the_last_occurrence_of_every_task_once() -> None:
    before = base()
    after = edited(before, [Edit(DOCUMENT, "period: 2021-2025", "period: 2021-2024")])
    found = [c for c in difference(before, after) if c.kind is Kind.DEADLINE_CHANGED]
    assert len({c.subject for c in found}) == len(found) > 15
    for change in found:
        assert change.effect is not None
        assert [s.before.due.year for s in change.effect.shifts if s.before and s.before.due] in (
            [2025], [2025] * 4, []
        )  # fmt: skip
        assert not change.weakens


def test_statuses_are_of_the_day_asked_for() -> None:
    later = [Edit(APPENDIX, I_4, I_4.replace("Quý I năm", "Quý II năm"))]
    change = next(c for c in difference(base(), edited(base(), later)) if c.subject == "I.4")
    assert change.effect is not None
    flipped = [s.before.period for s in change.effect.shifts if s.flips and s.before]
    assert flipped == ["2022"]
    assert all(f.unit and f.before and f.after for s in change.effect.shifts for f in s.flips)


def test_a_day_over_that_moves_weakens_even_what_is_done() -> None:
    done = ("  - {task: I.4, period: 2022, state: done, completed_on: 2022-04-05, "
            "evidence: [{document: QĐ}]}\n")  # fmt: skip
    end = "note: Đã họp}\n"
    before = edited(base(), [Edit(PROGRESS, end, end + done)])
    after = edited(before, [Edit(APPENDIX, I_4, I_4.replace("Quý I năm", "Quý II năm"))])
    (change,) = difference(before, after)
    assert change.weakens
    assert "period 2022: done late → done on time" in lines_of(change, TEXT)[0]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Quý I năm kế hoạch", "Trước ngày 10/4 năm kế hoạch", "due 9 days later"),
        ("Quý I năm kế hoạch", "Trước ngày 01/4 năm kế hoạch", "deadline in other words"),
        ("Tháng 1 hằng năm", "Tháng 2 hằng năm", "due 1 month later"),
        ("Trước ngày 31/01 hằng năm", "Trước ngày 02/3 hằng năm", "due 30 to 31 days later"),
        ("Trước ngày 01/02 hằng năm", "Trước ngày 01/3 hằng năm", "due 1 month later"),
        ("Trước ngày 31/01 hằng năm", "Trước ngày 01/3 hằng năm", "due 29 to 30 days later"),
        ("Trước ngày 01/3 hằng năm", "Trước ngày 31/01 hằng năm", "due 29 to 30 days earlier"),
        ("Năm 2022", "Năm 2023", "due 12 months later"),
        ("Hằng năm", "Thường xuyên", "5 occurrences less"),
        ("Hằng năm", "Hằng quý", "17 occurrences more"),
    ],
)
def test_how_far_a_deadline_moves(before: str, after: str, said: str) -> None:
    states = [
        edited(base(), [Edit(APPENDIX, I_4, I_4.replace("Quý I năm kế hoạch", words))])
        for words in (before, after)
    ]
    (change,) = difference(*states)
    assert said in lines_of(change, TEXT)[0]
