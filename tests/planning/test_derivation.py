"""Deriving: words that keep their day, every occurrence linked, and nothing made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.diagnostics import has_errors
from cchc_cli.core.lineage import Lineage, Node
from cchc_cli.core.model import Workspace
from cchc_cli.core.periods import Years
from cchc_cli.core.planning.annual import Annual, Share, Why, derived
from cchc_cli.core.planning.drafting import annual_draft, new_id, subject_for
from cchc_cli.core.planning.wording import Reader
from cchc_cli.core.source import SourceFile
from cchc_cli.core.units import Directory
from cchc_cli.core.workdays import WorkCalendar
from cchc_cli.syntax.load import load
from cchc_cli.syntax.planting import planted_plan

UNITS = """\
units:
  - id: VP
    name: Văn phòng Sở
  - id: KHTC
    name: Phòng Kế hoạch
"""
OF_2023 = Reader(Years(2023, 2023), (), WorkCalendar())


def days(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "due", "boundary", "words"),
    [
        ("2023-01-01", "2023-12-31", None, "Năm 2023"),
        ("2022-01-01", "2022-12-31", None, "Năm 2022"),
        ("2021-01-01", "2022-12-31", None, "Năm 2021 - 2022"),
        ("2022-01-01", "2022-03-31", None, "Quý I năm 2022"),
        ("2023-10-01", "2023-12-31", None, "Quý IV năm 2023"),
        ("2023-01-01", "2023-06-30", None, "6 tháng đầu năm 2023"),
        ("2023-07-01", "2023-12-31", None, "6 tháng cuối năm 2023"),
        ("2023-02-01", "2023-02-28", None, "Tháng 2 năm 2023"),
        (None, "2023-12-19", "2023-12-20", "Trước ngày 20/12/2023"),
        (None, "2023-12-20", None, "Chậm nhất ngày 20/12/2023"),
        ("2022-01-01", "2022-05-31", None, "Từ ngày 01/01/2022 đến ngày 31/05/2022"),
    ],
)
def test_words_for_an_occurrence(
    start: str | None, due: str, boundary: str | None, words: str
) -> None:
    wanted = Occurrence(
        "x",
        start and days(start),
        days(due),
        boundary and days(boundary),  # type: ignore[arg-type]
    )
    assert OF_2023.words_for(wanted) == words


@given(
    start=st.dates(date(2021, 1, 1), date(2025, 12, 31)),
    length=st.integers(0, 800),
    opens=st.booleans(),
)
def test_words_never_change_a_due_day(start: date, length: int, opens: bool) -> None:
    due = date.fromordinal(start.toordinal() + length)
    words = OF_2023.words_for(Occurrence("x", start if opens else None, due))
    assert words is not None
    (found,) = OF_2023.gives(words)
    assert found.due == due


@pytest.mark.parametrize(
    ("subject", "changed"),
    [
        ("CCHC của Sở giai đoạn 2021 - 2025", "CCHC của Sở năm 2023"),
        ("CCHC giai đoạn 2021-2025 của Sở", "CCHC năm 2023 của Sở"),
        ("CCHC của Sở giai đoạn 2016 - 2020", None),
        ("CCHC của Sở", None),
    ],
)
def test_the_years_of_a_title_are_replaced_only_where_they_stand(
    subject: str, changed: str | None
) -> None:
    assert subject_for(subject, Years(2021, 2025), Years(2023, 2023)) == changed


# -- small plans -----------------------------------------------------------------------------------


def files(tasks: str, **more: str) -> dict[str, str]:
    return {
        "plans/office.yaml": "agency: Sở Ví dụ\n",
        "plans/units.yaml": UNITS,
        "plans/p-2021-2025/plan.yaml": "id: p-2021-2025\nperiod: 2021-2025\n",
        "plans/p-2021-2025/appendix.yaml": (
            f"plan: p-2021-2025\nfields:\n  - id: I\n    name: Ví dụ\n    tasks:\n{tasks}"
        ),
        **{f"plans/p-2021-2025/{name}": text for name, text in more.items()},
    }


def row(number: int, deadline: str, lead: str = "Văn phòng Sở", events: str = "") -> str:
    awaited = f"        events: [{events}]\n" if events else ""
    return (
        f"      - id: I.{number}\n        number: {number}\n        name: Việc {number}\n"
        f"        products: [Báo cáo]\n        lead: {lead}\n        deadline: {deadline}\n"
        f"{awaited}"
    )


def opened(texts: dict[str, str]) -> Workspace:
    loaded = load([SourceFile(path, text) for path, text in texts.items()])
    assert not has_errors(loaded.diagnostics), loaded.diagnostics
    return loaded.workspace


def agenda_of(workspace: Workspace, plan: str, day: date) -> Agenda:
    directory = Directory(workspace.units, workspace.groups)
    joined = Lineage(workspace, directory).joined(workspace.plans[plan])
    return Agenda(joined, directory, workspace.calendar, day, 7)


def of_year(texts: dict[str, str], year: int, day: date) -> tuple[Annual, dict[str, str]]:
    """What is derived, and the files with the annual plan among them."""
    workspace = opened(texts)
    agenda = agenda_of(workspace, "p-2021-2025", day)
    known = [e for e in agenda.plan.events if e.on is None or e.on <= day]
    annual = derived(agenda, year, Reader(Years(year, year), known, workspace.calendar))
    plan = new_id(agenda.plan, Years(year, year))
    draft = annual_draft(annual, agenda.plan, plan, workspace.office)
    return annual, texts | planted_plan(f"plans/{plan}", draft.plan, draft.appendix, {})


def told(annual: Annual) -> list[tuple[str, str, str | None, str | None]]:
    return [(row.share.value, str(row.of.id), row.deadline, row.period) for row in annual.rows]


@pytest.mark.parametrize(
    ("deadline", "rows"),
    [
        ("Hằng năm", [("dated", "I.1", "Hằng năm", "2021"), ("dated", "I.1", "Hằng năm", "2022")]),
        ("Hằng quý", [("dated", "I.1", "Hằng quý", None)]),
        ("Quý I năm 2021", [("carried", "I.1", "Quý I năm 2021", "2021-Q1")]),
        ("Năm 2021 - 2023", [("running", "I.1", "Năm 2021 - 2023", "2021-2023")]),
        ("Thường xuyên", [("continuous", "I.1", "Thường xuyên", None)]),
        ("Khi có hướng dẫn", [("waiting", "I.1", "Khi có hướng dẫn", None)]),
        ("Năm 2024", []),
        ("Sớm muộn gì cũng được", [("undated", "I.1", "Sớm muộn gì cũng được", None)]),
    ],
)
def test_what_a_year_takes_over(
    deadline: str, rows: list[tuple[str, str, str | None, str | None]]
) -> None:
    annual, _texts = of_year(files(row(1, deadline)), 2022, date(2021, 12, 15))
    carried = [found for found in told(annual) if found[0] == "carried"]
    if deadline == "Hằng năm":
        assert carried == [("carried", "I.1", "Năm 2021", "2021")]
        assert told(annual)[1] == rows[1]
    elif deadline == "Hằng quý":
        assert [found[2] for found in carried] == [
            f"Quý {q} năm 2021" for q in "I II III IV".split()
        ]
        assert told(annual)[-1] == rows[0]
    else:
        assert told(annual) == rows


CANCELLED = """\
cancellations:
  - task: I.1
    period: 2022
    on: 2021-11-01
    authority: Quyết định số 9
    reason: Không còn phù hợp
"""
DONE = """\
unit: VP
progress:
  - task: I.1
    period: 2021
    state: done
    completed_on: 2021-06-01
    recorded_on: 2021-06-02
"""


def test_what_is_dropped_or_done_is_left_out_and_told() -> None:
    more = {"amendments.yaml": CANCELLED, "progress/VP.yaml": DONE}
    annual, _texts = of_year(files(row(1, "Hằng năm"), **more), 2022, date(2021, 12, 15))
    assert annual.rows == ()
    assert [(one.period, one.why) for one in annual.left_out] == [
        ("2021", Why.DONE), ("2022", Why.CANCELLED)
    ]  # fmt: skip


EXTENDED = """\
extensions:
  - task: I.1
    period: 2022
    to: 2022-05-31
    on: 2021-11-01
    authority: Quyết định số 9
    reason: Chờ hướng dẫn
"""


def test_a_day_granted_by_a_document_is_kept() -> None:
    tasks = row(1, "Quý I năm kế hoạch")
    annual, texts = of_year(files(tasks, **{"amendments.yaml": EXTENDED}), 2022, date(2021, 12, 15))
    (found,) = (row for row in annual.rows if row.share is Share.DATED)
    assert (found.deadline, found.kept) == ("Từ ngày 01/01/2022 đến ngày 31/05/2022", False)
    items = agenda_of(opened(texts), "p-2022", date(2022, 1, 1)).items()
    assert date(2022, 5, 31) in [item.due for item in items]


EVENTS = "events:\n  - id: E.1\n    name: Hướng dẫn của tỉnh\n"


def test_the_events_of_the_period_plan_are_those_of_the_year() -> None:
    tasks = row(1, "Trong 10 ngày kể từ ngày có hướng dẫn", events="E.1")
    _annual, texts = of_year(files(tasks, **{"events.yaml": EVENTS}), 2022, date(2021, 12, 15))
    assert "plans/p-2022/events.yaml" not in texts
    texts["plans/p-2021-2025/events.yaml"] = f"{EVENTS}    on: 2022-03-01\n"
    (item,) = agenda_of(opened(texts), "p-2022", date(2022, 4, 1)).items()
    assert (item.period, item.due) == ("E.1", date(2022, 3, 11))


DEADLINES = (
    "Hằng năm", "Hằng quý", "Hằng tháng", "Quý I năm kế hoạch", "Trước ngày 20/12 năm báo cáo",
    "Năm 2022", "Năm 2021 - 2023", "Quý IV năm 2021", "Trước ngày 15/6/2022", "Thường xuyên",
    "Năm 2022 và các năm tiếp theo", "6 tháng đầu năm 2023", "Tháng 3 hằng năm",
    "Chậm nhất ngày 30/6 và ngày 30/11 hằng năm", "Sau khi có hướng dẫn",
)  # fmt: skip


@settings(max_examples=60)
@given(
    deadlines=st.lists(st.sampled_from(DEADLINES), min_size=1, max_size=4),
    year=st.integers(2021, 2025),
    ahead=st.integers(0, 500),
    leads=st.lists(st.sampled_from(["Văn phòng Sở", "Văn phòng Sở, Phòng Kế hoạch"]), min_size=4,
                   max_size=4),
)  # fmt: skip
def test_every_occurrence_of_the_year_is_carried_out_once_on_its_day(
    deadlines: list[str], year: int, ahead: int, leads: list[str]
) -> None:
    tasks = "".join(row(n, d, leads[n - 1]) for n, d in enumerate(deadlines, 1))
    day = date.fromordinal(date(year, 1, 1).toordinal() - 60 + ahead)
    _annual, texts = of_year(files(tasks), year, day)
    workspace = opened(texts)
    directory = Directory(workspace.units, workspace.groups)
    lineage = Lineage(workspace, directory)
    above, below = (agenda_of(workspace, p, day) for p in ("p-2021-2025", f"p-{year}"))
    due = {(str(i.of.id), i.period): i.due for i in below.items()}
    taken = lineage.carried_out(f"p-{year}")
    for item in above.items():
        at = Node("p-2021-2025", str(item.of.id), item.period)
        if item.due is not None and item.due.year == year:
            assert len(taken[at]) == 1, at
        for one in taken.get(at, ()):
            assert due[one.task, one.period] == item.due
    # Together they list what the period plan lists alone.
    lineage.shown_once([above, below])
    listed = len([*above.items(), *below.items()])
    assert listed == len([*agenda_of(workspace, "p-2021-2025", day).items()])
