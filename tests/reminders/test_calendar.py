"""The calendar file: read back by two libraries, and by what programs that subscribe rely on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject

Run = Callable[..., Any]
Change = Callable[[str, str], None]
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "report" / "office"
Calendar = Callable[..., bytes]


@pytest.fixture
def calendar(tmp_path: Path, cchc: Run) -> Calendar:
    """Run `cchc calendar` in a process of its own; the bytes of the file it wrote."""

    def run(root: Path, *arguments: str) -> bytes:
        out = tmp_path / "lich.ics"
        ran = cchc("calendar", "--out", str(out), *arguments, cwd=root)
        assert (ran.code, ran.err, ran.out) == (0, "", f"{out}\n")
        return out.read_bytes()

    return run


def entries(content: bytes, kind: str = "VEVENT") -> dict[str, icalendar.Component]:
    """Entries by UID; every UID once."""
    found = icalendar.Calendar.from_ical(content).walk(kind)
    by_uid = {str(entry["uid"]): entry for entry in found}
    assert len(by_uid) == len(found)
    return by_uid


def days(content: bytes) -> dict[str, date]:
    return {uid: entry.decoded("dtstart") for uid, entry in entries(content).items()}


def test_each_dated_occurrence_of_a_unit_is_one_all_day_event(calendar: Calendar) -> None:
    found = entries(calendar(SAMPLE, "--as-of", "2022-06-14", "--unit", "VP"))
    assert {uid: str(e.decoded("dtstart")) for uid, e in found.items()} == {
        "mau-2022/I.1/VP/1@cchc": "2022-03-14",
        "mau-2022/I.4/VP/2022-Q1@cchc": "2022-03-31",
        "mau-2022/I.4/VP/2022-Q2@cchc": "2022-06-30",
        "mau-2022/I.4/VP/2022-Q3@cchc": "2022-09-30",
        "mau-2022/I.4/VP/2022-Q4@cchc": "2022-12-31",
        "mau-2022/I.5/VP/1@cchc": "2022-05-31",
        "mau-2022/II.2/VP/E.TT@cchc": "2022-05-25",
    }
    for event in found.values():
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
        assert event.decoded("dtstamp") == datetime.fromisoformat("2022-06-14T00:00:00+00:00")
        assert event["transp"] == "TRANSPARENT"


def test_an_event_says_what_why_and_where_it_stands(calendar: Calendar) -> None:
    found = entries(calendar(SAMPLE, "--as-of", "2022-06-14", "--unit", "VP"))
    owed, done = found["mau-2022/II.2/VP/E.TT@cchc"], found["mau-2022/I.1/VP/1@cchc"]
    assert owed["summary"] == "II.2. Triển khai thông tư mẫu [VP]"
    assert done["summary"] == "✓ I.1. Ban hành kế hoạch mẫu (xong đúng hạn, có minh chứng) [VP]"
    assert str(owed["description"]).splitlines() == [
        "Deadline as printed: “Trong 15 ngày kể từ ngày ban hành”",
        "counted from 2022-05-10, that day not included",
        "15 days end on 2022-05-25",
        "Products: Văn bản triển khai",
        "Văn phòng mẫu: lead",
        "As of 2022-06-14: overdue by 20 days",
    ]


def test_the_alarm_goes_off_in_the_morning_a_week_before_unless_it_is_done(
    calendar: Calendar,
) -> None:
    found = entries(calendar(SAMPLE, "--as-of", "2022-06-14", "--unit", "VP"))
    (alarm,) = found["mau-2022/I.4/VP/2022-Q3@cchc"].walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    due = datetime(2022, 9, 30)  # noqa: DTZ001  # an all-day event floats with the reader
    assert due + alarm.decoded("trigger") == datetime(2022, 9, 23, 8)  # noqa: DTZ001
    assert found["mau-2022/I.1/VP/1@cchc"].walk("VALARM") == []


def test_the_office_decides_how_early_the_alarm_goes_off(calendar: Calendar, copy: Path) -> None:
    with (copy / "plans" / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("due_soon_days: 0\n")
    found = entries(calendar(copy, "--as-of", "2022-06-14", "--unit", "VP"))
    (alarm,) = found["mau-2022/I.4/VP/2022-Q3@cchc"].walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(hours=8)


def test_a_moved_deadline_moves_the_same_entry(
    calendar: Calendar, copy: Path, change: Change
) -> None:
    before = calendar(copy, "--as-of", "2022-01-10")
    change("Trước ngày 15/3/2022", "Trước ngày 20/4/2022")
    change("Tháng 3 năm 2022", "Quý III năm 2022")
    after = calendar(copy, "--as-of", "2022-01-11")
    assert days(before).keys() == days(after).keys()
    moved = {uid for uid, day in days(before).items() if days(after)[uid] != day}
    assert moved == {"mau-2022/I.1/VP/1@cchc", "mau-2022/I.3/TT/1@cchc"}
    # Programs take the later file for the newer state of the same entry.
    for uid, entry in entries(after).items():
        assert entry["sequence"] > entries(before)[uid]["sequence"]
        assert entry.decoded("dtstamp") > entries(before)[uid].decoded("dtstamp")


def test_an_extension_moves_the_same_entry(calendar: Calendar, copy: Path) -> None:
    (copy / "plans" / "mau-2022" / "amendments.yaml").write_text(
        "extensions:\n"
        "  - {task: I.4, period: 2022-Q1, to: 2022-08-15, on: 2022-03-20,"
        " authority: Công văn số 00/MAU, reason: mẫu}\n",
        "utf-8",
    )
    before = days(calendar(copy, "--as-of", "2022-03-19"))
    after = days(calendar(copy, "--as-of", "2022-03-20"))
    assert before.keys() == after.keys()
    moved = {uid: str(day) for uid, day in after.items() if before[uid] != day}
    assert moved == {
        f"mau-2022/I.4/{unit}/2022-Q1@cchc": "2022-08-15" for unit in ("VP", "KH", "TT")
    }


@pytest.mark.parametrize(
    ("wording", "moved"),
    [
        ("Ngày 15/3/2022, ngày 15/9/2022", "Ngày 20/3/2022, ngày 30/9/2022"),
        ("Trước ngày 15/3 và 15/9 hằng năm", "Trước ngày 20/3 và 30/9 hằng năm"),
    ],
)
def test_several_days_of_one_task_are_told_apart_without_their_dates(
    calendar: Calendar, copy: Path, change: Change, wording: str, moved: str
) -> None:
    change("Trước ngày 15/3/2022", wording)
    before = days(calendar(copy, "--as-of", "2022-01-10", "--unit", "VP"))
    change(wording, moved)
    after = days(calendar(copy, "--as-of", "2022-01-10", "--unit", "VP"))
    assert before.keys() == after.keys()
    assert len({uid for uid in before if "/I.1/" in uid}) == 2
    assert {uid for uid in before if before[uid] != after[uid]} == {
        uid for uid in before if "/I.1/" in uid
    }


def test_the_same_question_gives_the_same_bytes(calendar: Calendar, cchc: Run) -> None:
    arguments = ("--as-of", "2022-06-14")
    once = calendar(ROOT, *arguments)
    assert once == calendar(ROOT, *arguments)
    ran = cchc("calendar", *arguments, cwd=ROOT)
    assert (ran.code, ran.out.encode()) == (0, once)  # to standard output, line ends untouched


def test_lines_are_folded_at_75_octets_and_never_inside_a_letter(calendar: Calendar) -> None:
    content = calendar(ROOT, "--as-of", "2022-06-14", "--role", "any")
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")  # on its own, too


def test_commas_semicolons_and_line_ends_in_a_name_come_back_whole(
    calendar: Calendar, copy: Path, change: Change
) -> None:
    change(
        "name: Ban hành kế hoạch mẫu (xong đúng hạn, có minh chứng)",
        'name: "Họp; báo cáo, tổng hợp\\nC:\\\\tep; \\"x\\", y: END:VEVENT"',
    )
    content = calendar(copy, "--as-of", "2022-01-10", "--unit", "VP")
    name = 'Họp; báo cáo, tổng hợp C:\\tep; "x", y: END:VEVENT'
    event = entries(content)["mau-2022/I.1/VP/1@cchc"]
    assert event["summary"] == f"I.1. {name} [VP]"
    assert str(event["description"]).count("\n") == 4
    other = {e.uid.value: e for e in vobject.readOne(content.decode()).vevent_list}
    assert other["mau-2022/I.1/VP/1@cchc"].summary.value == f"I.1. {name} [VP]"


def test_another_library_reads_the_same(calendar: Calendar) -> None:
    content = calendar(ROOT, "--as-of", "2022-06-14", "--role", "any")
    ours = entries(content)
    theirs = vobject.readOne(content.decode())
    assert theirs.contents["x-wr-calname"][0].value == (
        "Deadlines: Sở Khoa học và Công nghệ tỉnh Quảng Ngãi"
    )
    assert len(theirs.vevent_list) == len(ours) > 150
    for event in theirs.vevent_list:
        assert event.dtstart.value == ours[event.uid.value].decoded("dtstart")
        assert event.summary.value == ours[event.uid.value]["summary"]
        assert event.description.value == ours[event.uid.value]["description"]


def test_the_real_plan_has_a_stable_id_for_each_occurrence(calendar: Calendar) -> None:
    found = days(calendar(ROOT, "--as-of", "2022-06-14", "--unit", "VP"))
    assert [uid for uid in found if "/I.1/" in uid] == [
        f"cchc-2021-2025/I.1/VP/{year}@cchc" for year in range(2021, 2026)
    ]
    assert [uid for uid in found if "/I.3/" in uid] == ["cchc-2021-2025/I.3/VP/1@cchc"]
    assert not [uid for uid in found if re.search(r"\d{4}-\d{2}-\d{2}", uid)]


@pytest.mark.parametrize(
    ("arguments", "units"),
    [
        (["--unit", "TT"], {"TT"}),
        (["--unit", "TT", "--role", "support"], {"TT"}),
        ([], {"VP", "KH", "TT"}),
        (["--role", "any"], {"VP", "KH", "TT", "Các đơn vị có liên quan"}),
    ],
)
def test_whose_days_they_are(calendar: Calendar, arguments: list[str], units: set[str]) -> None:
    content = calendar(SAMPLE, "--as-of", "2022-01-10", *arguments)
    summaries = [str(event["summary"]) for event in entries(content).values()]
    assert {summary.rpartition("[")[2].rstrip("]") for summary in summaries} == units


def test_lead_and_support_are_told_apart(calendar: Calendar) -> None:
    def tasks(role: str) -> set[str]:
        content = calendar(SAMPLE, "--as-of", "2022-06-14", "--unit", "VP", "--role", role)
        return {uid.split("/")[1] for uid in entries(content)}

    assert tasks("support") == {"I.3"}
    assert tasks("any") == tasks("lead") | {"I.3"} != tasks("lead")


def test_as_to_dos_with_their_state_and_day_of_completion(calendar: Calendar) -> None:
    content = calendar(SAMPLE, "--as-of", "2022-06-14", "--todo")
    assert entries(content) == {}
    found = entries(content, "VTODO")
    done = found["mau-2022/I.1/VP/1@cchc"]
    assert (done["status"], done["percent-complete"]) == ("COMPLETED", 100)
    assert str(done.decoded("completed").date()) == "2022-03-10"
    undated = found["mau-2022/II.7/TT/1@cchc"]
    assert undated["status"] == "COMPLETED"
    assert "completed" not in undated  # nobody recorded the day
    begun = found["mau-2022/II.1/KH/1@cchc"]
    assert (begun["status"], str(begun.decoded("due"))) == ("IN-PROCESS", "2022-06-29")
    assert "dtstart" not in begun
    (alarm,) = begun.walk("VALARM")
    assert alarm["trigger"].params["RELATED"] == "END"  # there is no start to count from
    assert found["mau-2022/I.4/KH/2022-Q3@cchc"]["status"] == "NEEDS-ACTION"
    theirs = vobject.readOne(content.decode())
    assert len(theirs.vtodo_list) == len(found)


def test_four_hundred_tasks(calendar: Calendar, copy: Path) -> None:
    tasks = "".join(
        f"      - id: III.{n}\n        number: {n}\n        name: Việc mẫu số {n}, nhóm {n % 7}\n"
        f"        products: [Kết quả {n}]\n        lead: Các phòng, đơn vị mẫu\n"
        f"        deadline: {'Hằng quý' if n % 2 else f'Trước ngày {n % 28 + 1}/6/2022'}\n"
        for n in range(1, 401)
    )
    with (copy / "plans" / "mau-2022" / "appendix.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  - id: III\n    name: Nhiều việc mẫu\n    tasks:\n{tasks}")
    content = calendar(copy, "--as-of", "2022-01-10")
    mine = [uid for uid in entries(content) if "/III." in uid]
    assert len(mine) == 3 * (200 * 4 + 200)


def test_a_file_that_cannot_be_written_is_one_sentence(cchc: Run, tmp_path: Path) -> None:
    (tmp_path / "lich.ics").mkdir()
    ran = cchc("calendar", "--out", str(tmp_path / "lich.ics"), cwd=SAMPLE)
    assert ran.code == 3
    assert "cannot be written" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["lich.ics"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "csv"], "“csv” is not one of: ics"),
        (["--role", "boss"], "“boss” is not one of"),
        (["--unit", "XX"], "no unit “XX”"),
    ],
)
def test_a_question_that_cannot_be_answered_is_a_usage_error(
    cchc: Run, arguments: list[str], says: str
) -> None:
    ran = cchc("calendar", *arguments, cwd=SAMPLE)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_a_calendar_of_broken_plans_says_that_it_may_be_incomplete(cchc: Run, copy: Path) -> None:
    with (copy / "plans" / "mau-2022" / "appendix.yaml").open("a", encoding="utf-8") as file:
        file.write("la: 1\n")
    ran = cchc("calendar", "--as-of", "2022-06-14", cwd=copy)
    assert ran.code == 1
    assert "the plans have 1 errors" in ran.err
    assert ran.out.startswith("BEGIN:VCALENDAR")
