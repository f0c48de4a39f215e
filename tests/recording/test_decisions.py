"""Văn phòng Sở records what documents decide: one entry each, with its document."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PLAN = Path("plans") / "cchc-2021-2025"
AMENDMENTS = PLAN / "amendments.yaml"
Run = Callable[..., Any]
# Invented documents.
DOCUMENT = ("--authority", "Công văn số 45/SKHCN-VP", "--reason", "Chờ hướng dẫn: tỉnh")
KEPT = '    authority: Công văn số 45/SKHCN-VP\n    reason: "Chờ hướng dẫn: tỉnh"\n'

EXTEND = ("extend", "I.3", "--to", "31/3/2022", "--on", "28/12/2021")
SUSPEND = ("suspend", "II.1", "--on", "2022-06-01", "--until", "2022-09-30")
CANCEL = ("cancel", "I.2", "--period", "2023", "--on", "2022-06-01")
TRANSFER = ("transfer", "I.5", "--to", "Văn phòng", "--on", "2023-02-01")
REWORD = ("reword", "I.4", "--deadline", "Quý II năm kế hoạch", "--on", "2023-02-01")
ADD = ("add", "II.7", "--name", "Rà soát văn bản", "--lead", "Văn phòng Sở", "--product",
       "Báo cáo", "--deadline", "Trước ngày 30/11/2025", "--on", "2025-03-10")  # fmt: skip

ADDED = """\
additions:
  - id: II.7
    field: II
    number: "7"
    name: Rà soát văn bản
    products: [Báo cáo]
    lead: Văn phòng Sở
    deadline: Trước ngày 30/11/2025
    on: 2025-03-10
"""


def snapshot(office: Path) -> dict[str, bytes]:
    files = (office / "plans").rglob("*.yaml")
    return {str(path.relative_to(office)): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    ("command", "entry", "said"),
    [
        (
            EXTEND,
            "extensions:\n  - task: I.3\n    to: 2022-03-31\n    on: 2021-12-28\n",
            "I.3 (2021-Q4): due 2022-03-31 instead of due 2021-12-31",
        ),
        (
            SUSPEND,
            "suspensions:\n  - task: II.1\n    until: 2022-09-30\n    on: 2022-06-01\n",
            "II.1 (2022, 2023, 2024, 2025): suspended instead of not yet due",
        ),
        (
            CANCEL,
            "cancellations:\n  - task: I.2\n    period: 2023\n    on: 2022-06-01\n",
            "I.2 (2023): cancelled instead of not yet due",
        ),
        (
            TRANSFER,
            "transfers:\n  - task: I.5\n    from: TTUD\n    to: VP\n    on: 2023-02-01\n",
            "I.5 (2022, 2023, 2024, 2025): VP, KHTC, TDC, TTR instead of TTUD, VP, KHTC, TDC, TTR",
        ),
        (
            REWORD,
            "rewordings:\n  - task: I.4\n    deadline: Quý II năm kế hoạch\n    on: 2023-02-01\n",
            "I.4 (2023): due 2023-06-30 instead of due 2023-03-31",
        ),
        (
            ADD,
            ADDED,
            "II.7 (2025-11-30): “Rà soát văn bản”; due 2025-11-29; not yet due; VP",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_a_decision_is_one_entry_and_the_answer_is_what_it_makes_different(
    command: tuple[str, ...], entry: str, said: str, clerk: Run, office: Path
) -> None:
    before = snapshot(office)
    done = clerk(*command, *DOCUMENT)
    assert done.code == 0, done.err
    assert said in done.out
    after = snapshot(office)
    first = "# yaml-language-server: $schema=../.schema/amendments.json\n"
    assert after.pop(str(AMENDMENTS)).decode() == first + entry + KEPT
    assert after == before
    checked = clerk("validate", "--strict")
    assert checked.code == 0, checked.out


@pytest.mark.parametrize("command", [ADD, REWORD])
def test_words_that_give_no_day_are_said_to_give_none(command: tuple[str, ...], clerk: Run) -> None:
    done = clerk(*command, *DOCUMENT, "--deadline", "cuối năm")
    assert done.code == 0, done.err
    why = "no due day: the text names no year, and the plan has several; see “cchc validate”"
    assert f"  {command[1]}: {why}" in done.out.splitlines()


def test_what_was_suspended_is_taken_up_again(clerk: Run, office: Path) -> None:
    assert clerk(*SUSPEND, *DOCUMENT).code == 0
    done = clerk("resume", "II.1", "--on", "2022-07-01", *DOCUMENT)
    assert "II.1 (2022, 2023, 2024, 2025): not yet due instead of suspended" in done.out
    kept = (office / AMENDMENTS).read_text("utf-8")
    assert kept.endswith(f"resumptions:\n  - task: II.1\n    on: 2022-07-01\n{KEPT}")


def test_a_decision_without_a_day_holds_from_today(clerk: Run, office: Path) -> None:
    done = clerk("reword", "I.4", "--name", "Kế hoạch tuyên truyền CCHC", *DOCUMENT)
    assert done.code == 0, done.err
    today = done.out.split("As of ")[1].split("\n")[0]
    assert f"    on: {today}\n" in (office / AMENDMENTS).read_text("utf-8")


HAND_MADE = (
    "# Văn phòng Sở ghi khi có văn bản\r\nextensions:\r\n  - {task: I.2, period: 2022, to: "
    "2022-06-30,   # theo Công văn 12\r\n     on: 2022-03-20, authority: 'CV 12', reason: x}\r\n"
    "transfers: []   # chưa có\r\n"
)


def test_comments_order_and_line_ends_of_the_file_stay(clerk: Run, office: Path) -> None:
    (office / AMENDMENTS).write_bytes(HAND_MADE.encode())
    assert clerk(*EXTEND, *DOCUMENT).code == 0
    added = "  - task: I.3\n    to: 2022-03-31\n    on: 2021-12-28\n" + KEPT
    end = "reason: x}\r\n"
    wanted = HAND_MADE.replace(end, end + added.replace("\n", "\r\n"))
    assert (office / AMENDMENTS).read_bytes().decode() == wanted


@pytest.mark.parametrize("command", [EXTEND, SUSPEND, CANCEL, TRANSFER, REWORD, ADD])
def test_a_dry_run_shows_the_difference_and_writes_nothing(
    command: tuple[str, ...], clerk: Run, office: Path
) -> None:
    before = snapshot(office)
    done = clerk(*command, *DOCUMENT, "--dry-run")
    assert done.code == 0, done.err
    assert done.out.startswith(f"--- {AMENDMENTS.as_posix()}\n+++ ")
    assert "As of " in done.out
    assert snapshot(office) == before


def test_a_commit_has_a_vietnamese_subject_and_that_file_alone(
    clerk: Run, office: Path, under_git: Run
) -> None:
    git = under_git(office)
    done = clerk(*EXTEND, *DOCUMENT, "--commit", CCHC_LANG="vi")
    assert done.code == 0, done.err
    shown = git("show", "--name-only", "--format=%s")
    assert shown.split("\n", 1)[0] == "gia hạn: I.3 (2021-Q4) đến 31/03/2022"
    assert shown.split()[-1] == AMENDMENTS.as_posix()


REFUSALS = [
    ("extend I.2 --to 2022-06-30 --on 2022-03-01", "name one of these periods",
     "hãy chọn một trong các kỳ trên, ví dụ --period 2022"),
    ("extend I.2 --period 2030 --to 2022-06-30", "there is no period “2030”; there are: 2022, 2023",
     "không có kỳ “2030”"),
    ("extend I.3 --to 2021-12-31", "for an earlier one, change the words: cchc reword I.3",
     "nếu văn bản rút ngắn thời hạn"),
    ("extend IV.2 --to 2022-06-30", "IV.2 has no due day to extend", "chưa có ngày hạn để gia hạn"),
    ("extend BC.quy --to 2022-06-30", "its due day stands in reporting.yaml",
     "ngày hạn ghi trong tệp reporting.yaml"),
    ("extend I.33 --to 2022-06-30", "no task “I.33”; did you mean: I.3",
     "không có nhiệm vụ “I.33”"),
    ("extend I.3 --to mai", "“mai” is no date; write it as", "“mai” không phải là ngày"),
    ("suspend II.1 --on 2022-06-01 --until 2022-05-01", "2022-05-01 lies before 2022-06-01",
     "trước ngày văn bản có hiệu lực"),
    ("suspend II.1 --period 2019", "there is no period “2019”", "không có kỳ “2019”"),
    ("cancel I.3 --on 2022-02-01", "to stop that, too, name its period: 2021-Q4",
     "muốn dừng cả phần đó thì ghi rõ kỳ: 2021-Q4"),
    ("resume I.3 --on 2022-02-01", "I.3 is not suspended or cancelled on 2022-02-01: overdue",
     "không tạm dừng, cũng không thôi thực hiện"),
    ("transfer I.5 --from TTUD --to TTUD", "TTUD has it already; name another unit",
     "việc đang ở TTUD"),
    ("transfer I.2 --from TTR --to VP", "TTR has no open work of I.2", "TTR không còn việc nào"),
    ("transfer I.5 --to XYZ", "no unit “XYZ”", "không có đơn vị “XYZ”"),
    ("reword I.4", "what is worded anew? Give --name, --product or --deadline",
     "điều chỉnh nội dung nào?"),
    ("reword I.2 --deadline 'Quý I năm kế hoạch'", "I.2 is worded so already",
     "không cần làm gì thêm"),
    ("add I.1 --name x --lead VP --deadline 'Hằng năm'", "a new task of this field could be I.6",
     "có thể lấy mã I.6"),
    ("add XX --name x --lead VP --deadline 'Hằng năm'", "“XX” is no id for a new task",
     "không dùng làm mã nhiệm vụ mới được"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "english", "vietnamese"), REFUSALS)
def test_a_refusal_says_what_to_do_next_and_writes_nothing(
    command: str, english: str, vietnamese: str, clerk: Run, office: Path
) -> None:
    words = shlex.split(command)
    before = snapshot(office)
    for language, said in (("en", english), ("vi", vietnamese)):
        done = clerk(*words, *DOCUMENT, CCHC_LANG=language)
        assert done.code == 2
        assert said in done.err
    assert snapshot(office) == before


@pytest.mark.parametrize("blank", ["", "   "])
def test_a_decision_names_its_document(blank: str, clerk: Run) -> None:
    done = clerk(*EXTEND, "--authority", blank, "--reason", "Chờ")
    assert done.code == 2
    assert "it is empty; write it as the document has it" in done.err


def test_a_unit_nobody_knows_does_not_get_into_the_plan(clerk: Run, office: Path) -> None:
    before = snapshot(office)
    words = [word.replace("Văn phòng Sở", "Phòng lạ") for word in ADD]
    done = clerk(*words, *DOCUMENT)
    assert done.code == 1
    assert "no unit or group is called “Phòng lạ”" in done.err
    assert "nothing was written" in done.err
    assert snapshot(office) == before
