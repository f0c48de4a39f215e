"""The figures of communication, channel by channel; the plan and what was held are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from cchc_cli.core.communication import ChannelFigures, figures, units_in_charge
from cchc_cli.core.model import Communication
from cchc_cli.core.periods import Days
from cchc_cli.core.source import SourceFile
from cchc_cli.core.units import Directory
from cchc_cli.syntax.load import load

ROOT = Path(__file__).parents[2]
PLAN = "id: vi-du\nperiod: 2024-2026\n"
LAST_YEAR = """\
year: 2024
channels: [{id: web, name: Trang thông tin (ví dụ), measure: bài}]
activities:
  - {id: TT.2024.1, channel: web, name: Đăng bài (ví dụ), held: [{on: 2024-12-20, quantity: 4}]}
"""
COMMUNICATION = """\
year: 2025
channels:
  - {id: web, name: Trang thông tin điện tử (ví dụ), measure: "tin, bài"}
  - {id: hoi-nghi, name: Hội nghị (ví dụ), measure: lượt người}
  - {id: to-roi, name: Tờ rơi (ví dụ)}
activities:
  - id: TT.2025.1
    channel: web
    name: Đăng bài về thủ tục (ví dụ)
    held:
      - {on: 2025-01-10, quantity: 3}
      - {on: 2025-03-14, quantity: 0}
      - {on: 2025-03-15, quantity: 5}
  - id: TT.2025.2
    channel: hoi-nghi
    name: Hội nghị phổ biến (ví dụ)
    held: [{on: 2025-02-20}]
  - {id: TT.2025.3, channel: web, name: Chuyên mục hỏi đáp (ví dụ)}
"""
QUARTER = Days(date(2024, 12, 15), date(2025, 3, 14))


def kept(*files: str) -> tuple[Communication, ...]:
    sources = [SourceFile("plans/vi-du/plan.yaml", PLAN)]
    for text in files:
        year = text.split("\n")[0].removeprefix("year: ")
        sources.append(SourceFile(f"plans/vi-du/communication/{year}.yaml", text))
    return load(sources).workspace.plans["vi-du"].communications


def by_channel(window: Days, as_of: date, *files: str) -> dict[str, ChannelFigures]:
    found = figures(kept(*files), window, as_of)
    assert found is not None
    return {str(one.channel.id): one for one in found}


def test_a_window_counts_its_last_day_and_the_december_before() -> None:
    web = by_channel(QUARTER, date(2025, 3, 31), LAST_YEAR, COMMUNICATION)["web"]
    assert [time.on.isoformat() for time in web.held] == ["2024-12-20", "2025-01-10", "2025-03-14"]
    assert [str(activity.id) for activity in web.activities] == ["TT.2024.1", "TT.2025.1"]
    assert web.quantity == 7
    assert web.channel.measure == "tin, bài"


def test_no_number_told_is_no_number_and_nothing_held_is_none_either() -> None:
    found = by_channel(QUARTER, date(2025, 3, 14), COMMUNICATION)
    meeting = found["hoi-nghi"]
    assert (len(meeting.held), meeting.quantity, len(meeting.unnumbered)) == (1, None, 1)
    leaflet = found["to-roi"]
    assert (len(leaflet.held), leaflet.quantity, leaflet.unnumbered) == (0, None, ())


def test_a_zero_that_somebody_told_is_a_zero() -> None:
    window = Days(date(2025, 3, 14), date(2025, 3, 14))
    assert by_channel(window, date(2025, 3, 14), COMMUNICATION)["web"].quantity == 0


def test_what_was_held_after_the_day_is_not_known_yet() -> None:
    found = by_channel(QUARTER, date(2025, 1, 9), COMMUNICATION)
    assert found["web"].held == ()
    assert [str(activity.id) for activity in found["web"].not_held] == ["TT.2025.1", "TT.2025.3"]
    later = by_channel(QUARTER, date(2025, 1, 10), COMMUNICATION)
    assert [str(activity.id) for activity in later["web"].not_held] == ["TT.2025.3"]
    assert len(later["web"].planned) == 2


def test_a_year_without_a_file_has_no_figures() -> None:
    assert figures((), QUARTER, date(2025, 3, 14)) is None
    assert figures(kept(LAST_YEAR), QUARTER, date(2025, 3, 14)) is None


def test_a_channel_that_nobody_described_is_not_lost() -> None:
    text = COMMUNICATION.replace("channel: hoi-nghi", "channel: loa")
    assert len(by_channel(QUARTER, date(2025, 3, 14), text)["loa"].held) == 1


def test_the_plan_charges_the_centre_with_communication() -> None:
    paths = [*(ROOT / "plans").glob("*.yaml"), *(ROOT / "plans/cchc-2021-2025").glob("*.yaml")]
    workspace = load(
        SourceFile(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in paths
    ).workspace
    plan = workspace.plans["cchc-2021-2025"]
    directory = Directory(workspace.units, workspace.groups)
    (year,) = kept(COMMUNICATION)

    def in_charge(task: str) -> tuple[str, ...]:
        of_task = next(t.id for t in plan.tasks if t.id == task)
        return units_in_charge(plan, year._replace(task=of_task), directory)

    assert in_charge("I.3") == ("TTUD",)
    assert in_charge("I.1") == ("VP",)
    assert units_in_charge(plan, year, directory) == ()
    uncharged = plan._replace(document=None)
    task = next(t.id for t in plan.tasks if t.id == "I.3")
    assert units_in_charge(uncharged, year._replace(task=task), directory) == ("VP",)


@given(some.dates(date(2024, 12, 15), date(2025, 3, 14)), some.dates())
def test_two_parts_of_a_window_add_up(cut: date, as_of: date) -> None:
    whole = by_channel(QUARTER, as_of, LAST_YEAR, COMMUNICATION)
    early = figures(kept(LAST_YEAR, COMMUNICATION), Days(QUARTER.first, cut), as_of) or ()
    for part in early:
        rest = [t for t in whole[str(part.channel.id)].held if t.on > cut]
        assert (*part.held, *rest) == whole[str(part.channel.id)].held
    for one in whole.values():
        numbered = len(one.held) - len(one.unnumbered)
        assert (one.quantity is None) == (numbered == 0)
