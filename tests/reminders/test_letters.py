"""Who gets a letter, and what stands in it. Accept: `pytest tests/reminders --accept`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[..., dict[str, bytes]]
Accepted = Callable[[str, Path], None]
Change = Callable[[str, str], None]
GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("office", "arguments", "name"),
    [
        # One overdue, counted from a circular; nothing due within a week.
        (
            "sample",
            ["--as-of", "2022-06-14", "--unit", "VP"],
            "mau-2022-nhac-viec-VP-2022-06-14.md",
        ),
        # One due tomorrow, one overdue in a task that all units share.
        (
            "sample",
            ["--as-of", "2022-06-28", "--unit", "KH"],
            "mau-2022-nhac-viec-KH-2022-06-28.md",
        ),
        # Signs that Markdown would obey.
        (
            "sample",
            ["--as-of", "2022-02-28", "--within", "31", "--unit", "KH"],
            "mau-2022-nhac-viec-KH-2022-02-28.md",
        ),
        # A task in which the unit only helps.
        (
            "sample",
            ["--as-of", "2022-03-09", "--within", "22", "--unit", "VP"],
            "mau-2022-nhac-viec-VP-2022-03-09.md",
        ),
        # The real plan: days of rest ahead, many years, a group.
        (
            "real",
            ["--as-of", "2022-12-28", "--unit", "TTUD"],
            "cchc-2021-2025-nhac-viec-TTUD-2022-12-28.md",
        ),
    ],
)
def test_the_letter_reads_as_accepted(
    write: Write, as_accepted: Accepted, office: str, arguments: list[str], name: str
) -> None:
    found = write(office, *arguments, "--format", "md")
    assert list(found) == [name]
    as_accepted(found[name].decode(), GOLDEN / name)


def test_the_same_question_gives_the_same_bytes(write: Write) -> None:
    arguments = ["--as-of", "2022-12-28", "--format", "md,docx,eml"]
    once = write("real", *arguments, folder="once")
    assert once == write("real", *arguments, folder="again")
    assert len(once) == 5 * 3


def test_the_letter_is_vietnamese_whatever_language_the_command_speaks(write: Write) -> None:
    arguments = ["--as-of", "2022-06-28", "--format", "md,eml"]
    assert write("sample", *arguments, "--lang", "en", folder="en") == write(
        "sample", *arguments, "--lang", "vi", folder="vi"
    )


@pytest.mark.parametrize(
    ("day", "within", "letters", "free"),
    [
        ("2022-03-09", "5", ["VP"], "KH, TT"),  # I.1 is due on 14/3
        ("2022-03-10", "5", [], ""),  # and was done on this day
        ("2022-03-31", "0", ["KH", "TT"], "VP"),  # due today is near, not overdue
        ("2022-04-01", "0", ["KH", "TT"], "VP"),
        ("2022-06-14", "7", ["VP", "KH", "TT"], ""),
    ],
)
def test_a_letter_to_whoever_owes_something_and_to_nobody_else(
    cchc: Run, copy: Path, day: str, within: str, letters: list[str], free: str
) -> None:
    ran = cchc("remind", "--as-of", day, "--within", within, "--format", "md", cwd=copy)
    assert ran.code == 0
    names = [f"mau-2022-nhac-viec-{unit}-{day}.md" for unit in letters]
    assert ran.out.splitlines() == [str(Path("reminders") / name) for name in names]
    if not letters:
        assert ran.err == "Nothing is overdue or due soon: no letter was written.\n"
        assert not (copy / "reminders").exists()
    elif free:
        assert ran.err == f"No letter to those who owe nothing: {free}\n"
    else:
        assert ran.err == ""


def test_due_today_is_not_overdue_in_the_letter_and_yesterday_is_one_day(write: Write) -> None:
    name = "mau-2022-nhac-viec-KH-2022-03-31.md"
    today = write("sample", "--as-of", "2022-03-31", "--within", "0", "--unit", "KH",
                  "--format", "md")[name].decode()  # fmt: skip
    assert "1 nhiệm vụ đến hạn trong ngày (tính theo từng kỳ hạn)" in today
    assert "quá hạn" not in today
    tomorrow = write("sample", "--as-of", "2022-04-01", "--within", "0", "--unit", "KH",
                     "--format", "md", folder="next")  # fmt: skip
    assert "| quá hạn 1 ngày |" in tomorrow["mau-2022-nhac-viec-KH-2022-04-01.md"].decode()


def test_a_task_in_which_a_unit_only_helps_is_mentioned_but_gives_no_letter(
    cchc: Run, copy: Path, change: Change
) -> None:
    # II.1 is led by KH; TT now helps, and owes nothing of its own in the week before 29/6.
    change("support: Các đơn vị có liên quan", "support: Trung tâm mẫu")
    ran = cchc("remind", "--as-of", "2022-06-28", "--unit", "TT", "--format", "md", cwd=copy)
    assert ran.code == 0
    text = (copy / "reminders" / "mau-2022-nhac-viec-TT-2022-06-28.md").read_text("utf-8")
    table, mentioned = text.split("Ngoài ra, Trung tâm mẫu phối hợp")
    assert "II.1" not in table
    assert "- II.1. Sửa đổi quy chế mẫu (có khó khăn) (chủ trì: Phòng Kế hoạch mẫu)" in mentioned
    change("lead: Các phòng, đơn vị mẫu", "lead: Phòng Kế hoạch mẫu")  # I.4
    ran = cchc("remind", "--as-of", "2022-06-28", "--unit", "TT", "--out", "x", cwd=copy)
    assert (ran.code, ran.out) == (0, "")
    assert "no letter was written" in ran.err


def test_what_no_named_unit_leads_is_said_and_not_lost(
    cchc: Run, copy: Path, change: Change
) -> None:
    change(
        "lead: Phòng Kế hoạch mẫu\n        support",
        "lead: Các đơn vị có liên quan\n        support",
    )
    ran = cchc("remind", "--as-of", "2022-06-28", "--format", "md", cwd=copy)
    assert ran.code == 0
    said = (
        "In no letter, since the plan names no unit that leads it: II.1 (Các đơn vị có liên quan)"
    )
    assert said in ran.err.splitlines()
    assert "II.1" not in "".join(p.read_text("utf-8") for p in (copy / "reminders").glob("*TT*.md"))


def test_a_granted_extension_stands_beside_the_day_by_the_plan(copy: Path, write: Write) -> None:
    (copy / "plans" / "mau-2022" / "amendments.yaml").write_text(
        "extensions:\n"
        "  - task: II.1\n"
        "    to: 2022-07-15\n"
        "    on: 2022-06-20\n"
        "    authority: Công văn số 00/MAU\n"
        "    reason: mẫu\n",
        "utf-8",
    )
    arguments = ["--unit", "KH", "--format", "md"]
    (text,) = write(copy, "--as-of", "2022-07-10", *arguments).values()
    assert "| 15/07/2022 (gia hạn từ 29/06/2022) | còn 5 ngày |" in text.decode()
    assert "Công văn số 00/MAU" in text.decode()
    # Before the day of the document nobody knew of it.
    (text,) = write(
        copy, "--as-of", "2022-06-19", "--within", "14", *arguments, folder="b"
    ).values()
    assert "29/06/2022 | còn 10 ngày" in text.decode()
    assert "gia hạn" not in text.decode()


def test_each_plan_writes_its_own_letter(cchc: Run, copy: Path) -> None:
    first, second = copy / "plans" / "mau-2022", copy / "plans" / "mau-moi"
    shutil.copytree(first, second)
    for name in ("plan.yaml", "appendix.yaml"):
        text = (second / name).read_text("utf-8").replace("mau-2022", "mau-moi")
        (second / name).write_text(text, "utf-8")
    arguments = ("remind", "--as-of", "2022-06-14", "--unit", "VP", "--format", "md")
    assert len(cchc(*arguments, cwd=copy).out.splitlines()) == 2
    only = cchc(*arguments, "--plan", "mau-moi", cwd=copy).out.splitlines()
    assert only == [str(Path("reminders") / "mau-moi-nhac-viec-VP-2022-06-14.md")]


def test_a_letter_from_broken_plans_says_that_it_may_be_incomplete(cchc: Run, copy: Path) -> None:
    with (copy / "plans" / "mau-2022" / "appendix.yaml").open("a", encoding="utf-8") as file:
        file.write("la: 1\n")
    ran = cchc("remind", "--as-of", "2022-06-14", "--unit", "VP", "--format", "md", cwd=copy)
    assert ran.code == 1
    assert "the plans have 1 errors" in ran.err
    text = (copy / "reminders" / "mau-2022-nhac-viec-VP-2022-06-14.md").read_text("utf-8")
    assert "Các tệp kế hoạch còn 1 lỗi" in text


def test_the_office_may_reword_its_letter_and_a_mistake_in_it_is_named(
    cchc: Run, copy: Path
) -> None:
    (copy / "templates").mkdir()
    mine = copy / "templates" / "reminder.md.jinja"
    arguments = ("remind", "--as-of", "2022-06-14", "--unit", "VP", "--format", "md")
    mine.write_text("Gửi {{ letter.unit }}\n", "utf-8")
    assert cchc(*arguments, cwd=copy).code == 0
    written = copy / "reminders" / "mau-2022-nhac-viec-VP-2022-06-14.md"
    assert written.read_text("utf-8") == "Gửi Văn phòng mẫu\n"
    mine.write_text("\n{{ letter.nguoi_ky }}\n", "utf-8")
    ran = cchc(*arguments, "--out", "x", cwd=copy)
    assert ran.code == 3
    assert "templates/reminder.md.jinja:2: there is no value named “nguoi_ky”" in ran.err
    assert not (copy / "x").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "pdf"], "“pdf” is not one of: md, docx, eml"),
        (["--unit", "VPP"], "no unit “VPP”"),
        (["--plan", "khac"], "no plan “khac”"),
        (["--as-of", "31/02/2022"], "is no date"),
        (["--within", "-1"], "--within"),
    ],
)
def test_a_question_that_cannot_be_answered_is_a_usage_error(
    cchc: Run, copy: Path, arguments: list[str], says: str
) -> None:
    ran = cchc("remind", *arguments, cwd=copy)
    assert ran.code == 2
    assert says in ran.err
    assert not (copy / "reminders").exists()
