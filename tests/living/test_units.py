"""Units are renamed, merged, split and abolished from a day: no day before it reads differently."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PLAN = Path("plans") / "cchc-2021-2025"
UNITS = Path("plans") / "units.yaml"

# The documents and the new units are invented, but for those of the real case at the end.
WHY = ("--authority", "Quyết định số 1/QĐ-SKHCN", "--reason", "Sắp xếp tổ chức bộ máy")
BECAUSE = "    authority: Quyết định số 1/QĐ-SKHCN\n    reason: Sắp xếp tổ chức bộ máy\n"
FROM = ("--on", "2025-03-01", *WHY)
ENDED = "    valid_until: 2025-02-28\n"
CENTRE = "    name: Trung tâm Ứng dụng và Dịch vụ KHCN\n    aliases: []\n"
FINANCE = "    name: Phòng Kế hoạch - Tài chính\n    aliases: []\n"
INSPECTION = "    name: Thanh tra Sở\n    aliases: [Thanh tra]\n"
NEW_CENTRE = "Trung tâm Khoa học, công nghệ"

RENAME = ("rename", "TTUD", "TTKC", "--name", NEW_CENTRE, "--alias", "Trung tâm KHCN", *FROM)
MERGE = ("merge", "TTR", "phòng kế hoạch tài chính", "--into", "vp", *FROM)
MERGE_ANEW = ("merge", "KHTC", "TTR", "--into", "TH", "--name", "Phòng Tổng hợp", *FROM)
SPLIT = (
    "split", "TTUD", "--into", "UD", "--into", "TDC", "--into", "DV",
    "--name", "Trung tâm Ứng dụng", "--name", "Trung tâm Dịch vụ", *FROM,
)  # fmt: skip
ABOLISH = ("abolish", "TTUD", *FROM)
ABOLISH_FOR = ("abolish", "TTUD", "--successor", "TDC", *FROM)

Added = dict[str, str]  # what is added after which lines; a new unit stands after the last one
CHANGES: dict[str, tuple[tuple[str, ...], Added]] = {
    "rename": (RENAME, {
        CENTRE: f"{ENDED}    successor: TTKC\n{BECAUSE}"
        f'  - id: TTKC\n    name: "{NEW_CENTRE}"\n    aliases: [Trung tâm KHCN]\n'
        "    valid_from: 2025-03-01\n",
    }),
    "merge": (MERGE, {
        FINANCE: f"{ENDED}    successor: VP\n{BECAUSE}",
        INSPECTION: f"{ENDED}    successor: VP\n{BECAUSE}",
    }),
    "merge into a new unit": (MERGE_ANEW, {
        FINANCE: f"{ENDED}    successor: TH\n{BECAUSE}",
        INSPECTION: f"{ENDED}    successor: TH\n{BECAUSE}",
        CENTRE: "  - id: TH\n    name: Phòng Tổng hợp\n    valid_from: 2025-03-01\n",
    }),
    "split": (SPLIT, {
        CENTRE: f"{ENDED}{BECAUSE}"
        "  - id: UD\n    name: Trung tâm Ứng dụng\n    valid_from: 2025-03-01\n"
        "  - id: DV\n    name: Trung tâm Dịch vụ\n    valid_from: 2025-03-01\n",
    }),
    "abolish": (ABOLISH, {CENTRE: f"{ENDED}{BECAUSE}"}),
    "abolish for another": (ABOLISH_FOR, {CENTRE: f"{ENDED}    successor: TDC\n{BECAUSE}"}),
}  # fmt: skip
VERBS = pytest.mark.parametrize("verb", CHANGES)


@pytest.fixture
def clerk(office: Path, cchc: Run) -> Run:
    """The command line in a copy of the real plan."""

    def run(*arguments: str, lang: str = "en") -> Any:  # noqa: ANN401
        return cchc(*arguments, cwd=office, env={"CCHC_LANG": lang})

    return run


def texts(office: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(office.rglob("*.yaml"))}


def items(clerk: Run, as_of: str, *more: str) -> list[dict[str, Any]]:
    done = clerk("due", "--all", "--as-of", as_of, "--role", "any", "--format", "json", *more)
    return list(json.loads(done.out)["items"])


# -- what is written -------------------------------------------------------------------------------


@VERBS
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_only_the_lines_needed_are_added(
    verb: str, line_end: str, office: Path, clerk: Run
) -> None:
    arguments, added = CHANGES[verb]
    path = office / UNITS
    expected = path.read_text("utf-8")
    path.write_bytes(expected.replace("\n", line_end).encode())
    others = {name: text for name, text in texts(office).items() if name != str(path)}
    for lines, more in added.items():
        assert lines in expected
        expected = expected.replace(lines, lines + more)
    done = clerk("unit", *arguments)
    assert done.code == 0, done.err
    assert path.read_bytes() == expected.replace("\n", line_end).encode()
    assert others.items() <= texts(office).items()


@VERBS
def test_a_dry_run_shows_the_lines_and_the_outcome_and_writes_nothing(
    verb: str, office: Path, clerk: Run
) -> None:
    arguments, added = CHANGES[verb]
    before = texts(office)
    shown = clerk("unit", *arguments, "--dry-run")
    assert shown.code == 0, shown.err
    lines = [line for more in added.values() for line in more.splitlines()]
    written = [n[1:] for n in shown.out.splitlines() if n.startswith("+") and n[1] != "+"]
    assert sorted(written) == sorted(lines)
    assert "open tasks" in shown.out
    assert texts(office) == before


def test_the_commit_says_what_happened(office: Path, clerk: Run, under_git: Run) -> None:
    git = under_git(office)
    for arguments, subject in (
        (MERGE_ANEW, "đơn vị: KHTC, TTR → TH từ ngày 01/03/2025"),
        (SPLIT, "đơn vị: TTUD → UD, TDC, DV từ ngày 01/03/2025"),
        (("abolish", "TDC", *FROM), "đơn vị: giải thể TDC từ ngày 01/03/2025"),
    ):
        done = clerk("unit", *arguments, "--commit", lang="vi")
        assert done.code == 0, done.err
        assert git("log", "-1", "--format=%s").strip() == subject
        assert git("diff", "--stat") == ""


# -- what becomes of the work ----------------------------------------------------------------------


@VERBS
def test_no_day_before_reads_differently(verb: str, office: Path, clerk: Run) -> None:
    (office / PLAN / "progress").mkdir(exist_ok=True)
    (office / PLAN / "progress" / "TTUD.yaml").write_text(DONE, "utf-8")

    def outputs(folder: str) -> list[bytes]:
        agenda = clerk("due", "--all", "--role", "any", "--as-of", "2025-02-28").out
        report = ("report", "--period", "2024-Q4", "--as-of", "2025-02-28", "--out", folder)
        done = clerk(*report)
        assert done.code in (0, 1), done.err
        files = sorted((office / folder).iterdir())
        assert len(files) == 2
        return [agenda.encode(), *(file.read_bytes() for file in files)]

    before = outputs("before")
    assert clerk("unit", *CHANGES[verb][0]).code == 0
    assert outputs("after") == before


DONE = """\
unit: TTUD
progress:
  - {task: I.5, period: 2022, state: done, completed_on: 2022-12-20, recorded_on: 2022-12-21}
"""


def test_open_tasks_move_closed_ones_keep_the_old_name(office: Path, clerk: Run) -> None:
    (office / PLAN / "progress").mkdir(exist_ok=True)
    (office / PLAN / "progress" / "TTUD.yaml").write_text(DONE, "utf-8")
    owed = {
        (i["task"], i["period"], i["role"])
        for i in items(clerk, "2025-03-01", "--unit", "TTUD")
        if not i["status"].startswith("done")
    }
    done = clerk("unit", *RENAME)
    assert "TTUD exists until 2025-02-28; from 2025-03-01 on TTKC · Trung tâm Khoa học" in done.out
    (count,) = re.findall(r"open tasks that TTKC takes over on 2025-03-01: (\d+)\n", done.out)
    assert int(count) == len({task for task, _period, _role in owed})
    assert "  lead: I.5, II.2, " in done.out
    kept = items(clerk, "2025-03-01", "--unit", "TTUD")
    assert {(i["task"], i["period"], i["status"]) for i in kept} >= {
        ("I.5", "2022", "done_on_time")
    }
    assert {i["status"].startswith("done") for i in kept} == {True}
    moved = items(clerk, "2025-03-01", "--unit", "TTKC")
    assert {(i["task"], i["period"], i["role"]) for i in moved} == owed
    assert clerk("validate", "--strict").code == 0


def test_inherited_work_says_from_whom_and_own_work_does_not(clerk: Run) -> None:
    clerk("unit", *RENAME)
    clerk("unit", *MERGE)
    new = ("due", "--all", "--unit", "TTKC", "--as-of", "2025-03-01")
    assert "  TTKC  chủ trì (từ TTUD)  " in clerk(*new, "--field", "I", lang="vi").out
    assert "  TTKC  lead (from TTUD)  " in clerk(*new, "--field", "I").out
    assert "| lead (from TTUD) |" in clerk(*new, "--field", "I", "--format", "md").out
    assert {tuple(i["from"]) for i in items(clerk, "2025-03-01", "--unit", "TTKC")} == {("TTUD",)}
    heading, *rows = clerk(*new, "--field", "I", "--format", "csv").out.splitlines()
    assert heading.endswith(",from")
    assert {row.rpartition(",")[2] for row in rows} == {"TTUD"}
    by_task = {i["task"]: i["from"] for i in items(clerk, "2025-03-01", "--unit", "VP")}
    assert by_task["VI.1"] == ["KHTC"]  # which led it; VP had but supported it
    assert by_task["I.5"] == []  # KHTC and TTR supported it, and so did VP itself
    old = clerk("due", "--unit", "TTUD", "--as-of", "2025-03-01", lang="vi").out
    assert f"nay là {NEW_CENTRE}; xem: cchc due --unit TTKC" in old


@pytest.mark.parametrize(
    ("arguments", "taker", "hints"),
    [(SPLIT, "UD", ["--to UD --on", "or --to TDC, DV"]), (ABOLISH, "VP", ["--to … --on"])],
    ids=["split", "abolish"],
)
def test_nothing_is_guessed_each_task_stays_in_view_until_it_is_transferred(
    arguments: tuple[str, ...], taker: str, hints: list[str], clerk: Run
) -> None:
    before = items(clerk, "2025-03-01", "--unit", "TTUD")
    done = clerk("unit", *arguments)
    count = len({i["task"] for i in before})
    assert "TTUD exists until 2025-02-28; it has no successor\n" in done.out
    assert f"open tasks that stay with TTUD until each is transferred: {count}\n" in done.out
    assert "  lead: I.5, " in done.out
    assert "cchc transfer I.1 --from TTUD " in done.out
    for hint in hints:
        assert hint in done.out
    assert items(clerk, "2025-03-01", "--unit", "TTUD") == before
    assert "chưa có đơn vị nào làm tiếp" in clerk("validate", lang="vi").out

    transfer = ("transfer", "I.5", "--from", "TTUD", "--to", taker, *FROM)
    assert clerk(*transfer).code == 0
    left = items(clerk, "2025-03-01", "--unit", "TTUD")
    assert [i for i in before if i not in left] == [i for i in before if i["task"] == "I.5"]
    given = items(clerk, "2025-03-01", "--unit", taker)
    assert {i["period"] for i in given if i["task"] == "I.5"} >= {"2022", "2025"}


def test_once_every_task_is_transferred_validate_is_silent(clerk: Run) -> None:
    clerk("unit", *ABOLISH)
    assert clerk("validate", "--strict").code == 1
    for task in sorted({i["task"] for i in items(clerk, "2025-03-01", "--unit", "TTUD")}):
        done = clerk("transfer", task, "--from", "TTUD", "--to", "TDC", *FROM)
        assert done.code == 0, (task, done.err)
    assert items(clerk, "2025-03-01", "--unit", "TTUD") == []
    assert clerk("validate", "--strict").code == 0


@pytest.mark.parametrize(
    ("arguments", "unit"),
    [
        (("merge", "TTR", "--into", "VP"), "VP"),
        (("merge", "VP", "--into", "TTR"), "TTR"),
        (("merge", "TTR", "VP", "--into", "TH", "--name", "Phòng Tổng hợp"), "TH"),
    ],
    ids=["into the addressee", "the addressee itself", "both into a new one"],
)
def test_nobody_reports_to_itself_on_days_after_the_merger(
    arguments: tuple[str, ...], unit: str, clerk: Run
) -> None:
    """The reports BC.quy go to VP; the window that was running is still to be reported."""
    assert clerk("unit", *arguments, *FROM).code == 0
    found = [i for i in items(clerk, "2025-03-01") if i["task"] == "BC.quy"]
    own = {i["start"] for i in found if i["unit"] == unit}
    assert (min(own), max(own)) == ("2021-09-15", "2024-12-15")
    assert {i["unit"] for i in found if i["start"] > "2025-03-01"} == {"KHTC", "TDC", "TTUD"}


def test_a_decision_that_takes_effect_later_changes_nothing_until_then(clerk: Run) -> None:
    before = items(clerk, "2025-12-30")
    done = clerk("unit", *RENAME, "--on", "2090-01-01", lang="vi")
    assert done.code == 0, done.err
    assert "TTUD tồn tại đến hết ngày 31/12/2089; từ ngày 01/01/2090, TTKC" in done.out
    assert items(clerk, "2025-12-30") == before
    assert {i["unit"] for i in items(clerk, "2090-01-01", "--unit", "TTKC")} == {"TTKC"}
    assert "0 of them ended" in clerk("unit", "list").out


def test_one_reorganisation_follows_another(clerk: Run) -> None:
    clerk("unit", *RENAME)
    again = clerk("unit", "merge", "TTKC", "--into", "TDC", "--on", "2025-07-01", *WHY)
    assert again.code == 0, again.err
    lead = {i["period"]: i for i in items(clerk, "2025-07-01", "--field", "I") if i["task"] == "I.5"
            and i["role"] == "lead"}  # fmt: skip
    assert {(i["unit"], *i["from"]) for i in lead.values()} == {("TDC", "TTUD")}
    assert clerk("validate", "--strict").code == 0


def test_the_list_says_when_who_follows_and_by_which_document(clerk: Run) -> None:
    clerk("unit", *RENAME)
    lines = [re.split(r"  +", line) for line in clerk("unit", "list", lang="vi").out.splitlines()]
    why = "Quyết định số 1/QĐ-SKHCN: Sắp xếp tổ chức bộ máy"
    assert lines[0] == [
        "Đơn vị", "Từ ngày", "Đến hết ngày", "Đơn vị kế thừa", "Tên đơn vị", "Căn cứ",
    ]  # fmt: skip
    assert lines[1] == ["VP", "-", "-", "-", "Văn phòng Sở", "-"]
    assert lines[5] == [
        "TTUD",
        "-",
        "28/02/2025",
        "TTKC",
        "Trung tâm Ứng dụng và Dịch vụ KHCN",
        why,
    ]
    assert lines[6] == ["TTKC", "01/03/2025", "-", "-", NEW_CENTRE, "-"]
    assert lines[7] == ["6 đơn vị, trong đó 1 đơn vị đã kết thúc hoạt động."]


# -- what is refused -------------------------------------------------------------------------------

# An invented past: PC is gone, CDS is young, and of NUA only half is recorded.
PAST = """\
  - id: PC
    name: Phòng Pháp chế
    valid_until: 2024-12-31
    successor: VP
  - id: CDS
    name: Trung tâm Chuyển đổi số
    valid_from: 2025-03-01
  - id: NUA
    name: Phòng Nửa chừng
    successor: VP
groups:
"""
REFUSED = {
    "unknown unit": (
        ("abolish", "TTUDD", *FROM), "did you mean: TTUD", "có phải ý bạn là: TTUD"),
    "a group": (
        ("abolish", "cac-phong", *FROM), "ask for one of: KHTC", "KHTC"),
    "ended already": (
        ("merge", "TTR", "PC", "--into", "VP", *FROM),
        "PC exists only until 2024-12-31 already, its successor is VP; if that is wrong, mend it",
        "đã ghi PC chỉ tồn tại đến ngày 31/12/2024, đơn vị kế thừa là VP; nếu sai thì sửa trong"),
    "half recorded": (
        ("abolish", "NUA", *FROM), "or add “valid_until”", "hoặc ghi thêm “valid_until”"),
    "before it began": (
        ("abolish", "CDS", *FROM),
        "CDS exists from 2025-03-01 on; give a later day",
        "CDS có từ ngày 01/03/2025; ghi một ngày sau đó"),
    "id of a unit": (
        ("rename", "TTUD", "vp", "--name", "Tên mới", *FROM),
        "cchc unit merge TTUD --into VP", "cchc unit merge TTUD --into VP"),
    "id of its own": (
        ("rename", "TTUD", "ttud", "--name", "Tên mới", *FROM),
        "“ttud” is a name of TTUD already; choose another one",
        "“ttud” đã là mã hoặc tên gọi của TTUD; chọn tên khác"),
    "id of a group": (
        ("rename", "TTUD", "cac-phong", "--name", "Tên mới", *FROM),
        "“cac-phong” is a name of cac-phong already",
        "“cac-phong” đã là mã hoặc tên gọi của cac-phong"),
    "name of its own": (
        ("rename", "TTR", "TTS", "--name", "Thanh tra Sở", *FROM),
        "“Thanh tra Sở” is a name of TTR already",
        "“Thanh tra Sở” đã là mã hoặc tên gọi của TTR"),
    "alias of another": (
        ("rename", "TTUD", "TTKC", "--name", "Tên mới", "--alias", "van phong", *FROM),
        "“van phong” is a name of VP already", "“van phong” đã là mã hoặc tên gọi của VP"),
    "alias of a group": (
        ("rename", "TTUD", "TTKC", "--name", "Tên mới", "--alias", "đơn vị thuộc sở", *FROM),
        "is a name of cac-don-vi already", "đã là mã hoặc tên gọi của cac-don-vi"),
    "no id": (
        ("rename", "TTUD", "Trung tâm", "--name", "Tên mới", *FROM),
        "“Trung tâm” cannot be an id: use an id of letters",
        "“Trung tâm” không dùng làm mã được: cần"),
    "empty name": (
        ("rename", "TTUD", "TTKC", "--name", " ", *FROM), "it is empty", "đang để trống"),
    "into itself": (
        ("merge", "TTR", "VP", "--into", "VP", *FROM),
        "VP ends, and cannot take over from itself; name another unit",
        "VP kết thúc hoạt động nên không thể tự kế thừa; ghi đơn vị khác"),
    "its own successor": (
        ("abolish", "TTR", "--successor", "Thanh tra", *FROM),
        "TTR ends, and cannot take over", "không thể tự kế thừa"),
    "into a unit that is gone": (
        ("merge", "TTR", "--into", "PC", *FROM),
        "PC exists until 2024-12-31; its successor is VP",
        "PC chỉ tồn tại đến ngày 31/12/2024; đơn vị kế thừa: VP"),
    "into a unit to come": (
        ("merge", "TTR", "--into", "CDS", "--on", "2025-02-01", *WHY),
        "give --on a day when it does", "ghi --on là ngày đơn vị đã thành lập"),
    "new without a name": (
        ("merge", "TTR", "--into", "QLKH", *FROM),
        "give --name once for each new unit, in this order: QLKH",
        "ghi --name một lần cho mỗi đơn vị mới, theo thứ tự: QLKH"),
    "mistyped": (
        ("merge", "TTR", "--into", "KHTCC", *FROM),
        "did you mean: KHTC? For new units give --name", "có phải ý bạn là: KHTC? Nếu là"),
    "a name for one that is there": (
        ("merge", "TTR", "--into", "VP", "--name", "Văn phòng mới", *FROM),
        "new unit, in this order: -; there already: VP", "theo thứ tự: -; đơn vị đã có: VP"),
    "one name for two": (
        ("split", "TTUD", "--into", "AA", "--into", "BB", "--name", "Một", *FROM),
        "in this order: AA, BB", "theo thứ tự: AA, BB"),
    "two of one name": (
        ("split", "TTUD", "--into", "AA", "--into", "BB", "--name", "Một", "--name", "một", *FROM),
        "“một” is a name of AA already", "“một” đã là mã hoặc tên gọi của AA"),
    "one part": (
        ("split", "TTUD", "--into", "AA", "--name", "Một", *FROM),
        "cchc unit rename, or cchc unit merge", "cchc unit rename hoặc cchc unit merge"),
    "no day": (
        ("abolish", "TTUD", "--on", "2025-02-30", *WHY), "is no date", "không phải là ngày"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_cannot_be_is_refused_and_says_what_to_do(
    case: str, lang: str, office: Path, clerk: Run
) -> None:
    path = office / UNITS
    path.write_text(path.read_text("utf-8").replace("groups:\n", PAST), "utf-8")
    before = texts(office)
    arguments, *said = REFUSED[case]
    refused = clerk("unit", *arguments, lang=lang)
    assert refused.code == 2, refused.out
    assert said[lang == "vi"] in " ".join(refused.err.split())
    assert texts(office) == before


def test_units_that_cannot_be_read_are_not_written_in(office: Path, clerk: Run) -> None:
    path = office / UNITS
    path.write_text(path.read_text("utf-8") + "  mầm: {\n", "utf-8")
    before = texts(office)
    refused = clerk("unit", *ABOLISH)
    assert refused.code == 2
    assert "units.yaml:" in refused.err
    assert texts(office) == before


def test_successors_in_a_circle_are_not_written(office: Path, clerk: Run) -> None:
    clerk("unit", "merge", "TTR", "--into", "VP", "--on", "2026-01-01", *WHY)
    before = texts(office)
    refused = clerk("unit", "merge", "VP", "--into", "TTR", *FROM)
    assert refused.code == 1
    assert "the successors go in a circle" in refused.err
    assert texts(office) == before


# -- the real case ---------------------------------------------------------------------------------

# On 01/3/2025 Sở Khoa học và Công nghệ and Sở Thông tin và Truyền thông of Quảng Ngãi became one
# department, and on 01/7/2025 the district level ended. That much is so; which units of the old
# department were renamed or joined, and by which document, is invented here.
ABSORBED = "Sở Thông tin và Truyền thông"
MERGED = ("--on", "2025-03-01", "--authority", "Quyết định số … của UBND tỉnh",
          "--reason", "Hợp nhất với Sở Thông tin và Truyền thông")  # fmt: skip
JOINED = """\
  - id: TTCNTT
    name: Trung tâm Công nghệ thông tin và Truyền thông
    valid_from: 2025-03-01
groups:
"""


def test_the_department_that_was_absorbed_is_in_the_printed_words_alone(
    office: Path, clerk: Run
) -> None:
    no_unit = clerk("unit", "abolish", ABSORBED, *MERGED, lang="vi")
    assert no_unit.code == 2
    assert f"không có đơn vị “{ABSORBED}”" in no_unit.err
    printed = [i for i in items(clerk, "2025-03-01") if ABSORBED in i["name"]]
    assert {i["task"] for i in printed} == {"I.5"}
    signed = {n: (office / PLAN / n).read_bytes() for n in ("plan.yaml", "appendix.yaml")}

    renamed = clerk("unit", "rename", "TTUD", "TTCDS", "--name", "Trung tâm Chuyển đổi số", *MERGED)
    assert renamed.code == 0, renamed.err
    path = office / UNITS  # a unit that comes over has had no part in this plan: a new record
    path.write_text(path.read_text("utf-8").replace("groups:\n", JOINED), "utf-8")
    assert clerk("validate", "--strict").code == 0

    def lead(as_of: str) -> set[tuple[str, str]]:
        found = [i for i in items(clerk, as_of) if i["task"] == "I.5" and i["role"] == "lead"]
        return {(i["unit"], i["name"]) for i in found}

    (name,) = {i["name"] for i in printed}
    assert lead("2025-02-28") == {("TTUD", name)}
    assert lead("2025-03-01") == {("TTCDS", name)}
    assert items(clerk, "2025-03-01", "--unit", "TTCNTT") == []
    assert {n: (office / PLAN / n).read_bytes() for n in signed} == signed


def test_the_end_of_the_district_level_touches_nothing_in_this_plan(
    office: Path, clerk: Run
) -> None:
    district = re.compile(r"\b(huyện|quận|thị xã)\b", re.IGNORECASE)
    named = [name for name, text in texts(office).items() if district.search(text.decode())]
    assert named == []
    day_before, first_day = (
        {(i["task"], i["period"], i["unit"], i["role"]) for i in items(clerk, day)}
        for day in ("2025-06-30", "2025-07-01")
    )
    assert day_before == first_day
