"""A guidance arrives: its day and document are recorded once, and its tasks get their dates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PLAN = Path("plans") / "cchc-2021-2025"
Run = Callable[..., Any]
TERM = "Trong 15 ngày kể từ ngày có hướng dẫn của Bộ"
GUIDANCE = ("event", "record", "E.IV.2", "--on", "2022-05-10", "--doc", "Thông tư số 1/2022/TT-BNV")


def text(office: Path, name: str) -> str:
    return (office / PLAN / name).read_text("utf-8")


def written(office: Path) -> dict[str, str]:
    folder = office / PLAN
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*.yaml")}


def with_term(office: Path) -> None:
    """An invented term in place of the words of IV.2, which give no last day."""
    path = office / PLAN / "appendix.yaml"
    printed = "Sau khi có hướng dẫn của Bộ, ngành TW"
    path.write_text(text(office, "appendix.yaml").replace(printed, TERM), "utf-8")


def test_the_day_and_the_document_are_added_and_nothing_else_changes(
    clerk: Run, office: Path
) -> None:
    before = text(office, "events.yaml")
    done = clerk(*GUIDANCE, "--doc-date", "2022-05-09")
    assert done.code == 0, done.err
    name = "    name: Hướng dẫn của Bộ, ngành TW\n"
    added = "    on: 2022-05-10\n    document: Thông tư số 1/2022/TT-BNV ngày 09/05/2022\n"
    assert text(office, "events.yaml") == before.replace(name, name + added)
    assert clerk("validate", "--strict").code == 0


def test_words_without_a_last_day_get_none_and_it_says_why(clerk: Run) -> None:
    done = clerk(*GUIDANCE)
    assert "IV.2 (E.IV.2): no due day: Hướng dẫn của Bộ, ngành TW on 2022-05-10" in done.out


def test_a_term_counted_from_the_event_gets_its_day(clerk: Run, office: Path) -> None:
    with_term(office)
    done = clerk(*GUIDANCE)
    assert done.code == 0, done.err
    assert "IV.2 (E.IV.2): due 2022-05-25" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("record", "E.IV.3", "--on", "2022-05-10"), "there are: E.IV"),
        (("record", "E.IV.2", "--on", "2099-05-10"), "record it on that day"),
        (("record", "E.IV.2", "--on", "2022-05-10", "--doc-date", "2022-05-01"), "with --doc"),
        (("record", "E.IV.2", "--on", "2022-05-10", "--doc", "x", "--doc-date", "2099-05-01"),
         "record it on that day"),
        (("record", "E.IV.2", "--on", "2022-05-10", "--name", "Khác"), "leave out --name"),
        (("link", "V.3", "E.V.3"), "--name"),
        (("link", "V.9", "E.IV.2"), "did you mean: V."),
        (("lnik", "V.3", "E.IV.2"), "did you mean “link”"),
    ],
    ids=["unknown event", "expected day", "day without document", "document of tomorrow",
         "another name", "link to nothing", "unknown task", "mistyped verb"],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_says_what_to_do(
    clerk: Run, office: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = written(office)
    refused = clerk("event", *arguments)
    assert refused.code == 2
    assert said in refused.err
    assert written(office) == before


def test_what_is_recorded_stays_and_says_its_day(clerk: Run, office: Path) -> None:
    clerk(*GUIDANCE)
    before = written(office)
    again = clerk("event", "record", "e.iv.2", "--on", "2022-06-01")
    assert again.code == 2
    assert "recorded already: 2022-05-10, “Thông tư số 1/2022/TT-BNV”" in again.err
    assert "events.yaml" in again.err
    assert written(office) == before
    assert "đã ghi rồi: ngày 10/05/2022" in clerk(*GUIDANCE, CCHC_LANG="vi").err


def test_a_document_named_before_its_day_is_not_written_twice(clerk: Run, office: Path) -> None:
    path = office / PLAN / "events.yaml"
    path.write_text(text(office, "events.yaml") + "    document: Thông tư số 1\n", "utf-8")
    other = clerk("event", "record", "E.IV.2", "--on", "2022-05-10", "--doc", "Thông tư số 2")
    assert other.code == 2
    assert "leave out --doc" in other.err
    assert clerk("event", "record", "E.IV.2", "--on", "2022-05-10").code == 0
    assert "Thông tư số 1\n    on: 2022-05-10\n" in text(office, "events.yaml")


def test_an_event_named_in_a_task_is_made_and_linked_before_it_has_happened(
    clerk: Run, office: Path
) -> None:
    before = text(office, "appendix.yaml")
    linked = clerk("event", "link", "IV.2", "E.TP", "--name", "Kế hoạch của UBND tỉnh")
    assert linked.code == 0, linked.err
    assert text(office, "appendix.yaml") == before.replace("[E.IV.2]", "[E.IV.2, E.TP]")
    assert text(office, "events.yaml").endswith("- id: E.TP\n    name: Kế hoạch của UBND tỉnh\n")
    again = clerk("event", "link", "IV.2", "E.TP")
    assert (again.code, "already" in again.out) == (0, True)
    assert text(office, "appendix.yaml").count("E.TP") == 1


def test_an_event_that_nobody_foresaw_is_recorded_under_a_new_id(clerk: Run) -> None:
    done = clerk("event", "record", "E.9", "--on", "2022-05-10", "--name", "Kết luận thanh tra")
    assert done.code == 0, done.err
    assert "cchc event link TASK E.9" in done.out
    listed = clerk("event", "list")
    assert "E.9     2022-05-10  -     Kết luận thanh tra" in listed.out
    assert "E.IV.1  -           IV.1  Quy định của Trung ương" in listed.out
    assert "Events: 3, 1 of them recorded." in listed.out
    assert clerk("validate", "--strict").code == 0


def test_a_dry_run_shows_the_change_and_the_days_and_writes_nothing(
    clerk: Run, office: Path
) -> None:
    with_term(office)
    before = written(office)
    shown = clerk(*GUIDANCE, "--dry-run")
    assert shown.code == 0
    assert "+    on: 2022-05-10" in shown.out
    assert "due 2022-05-25" in shown.out
    assert written(office) == before


def test_what_was_recorded_while_the_task_waited_is_of_the_period_that_the_event_opens(
    clerk: Run, office: Path
) -> None:
    for arguments in (("start", "I.3"), ("start", "IV.2"), ("note", "IV.2", "--note", "Chờ Bộ")):
        assert clerk(*arguments, "--unit", "VP").code == 0
    before = text(office, "progress/VP.yaml")
    done = clerk(*GUIDANCE)
    assert done.code == 0, done.err
    after = text(office, "progress/VP.yaml")
    assert after.count("    period: E.IV.2\n") == 2
    assert after.replace("    period: E.IV.2\n", "") == before
    assert clerk("validate", "--strict").code == 0


def test_the_commit_says_what_happened(clerk: Run, office: Path, under_git: Run) -> None:
    git = under_git(office)
    assert clerk(*GUIDANCE, "--commit", CCHC_LANG="vi").code == 0
    assert git("log", "-1", "--format=%s").strip() == "sự kiện: E.IV.2 ngày 10/05/2022"
    assert git("diff", "--stat") == ""


def test_where_events_cannot_be_read_nobody_is_told_to_make_a_new_one_only(
    clerk: Run, office: Path
) -> None:
    path = office / PLAN / "events.yaml"
    path.write_text("events:\n  - id: E.IV.2\n   name: x\n", "utf-8")
    refused = clerk(*GUIDANCE)
    assert refused.code == 2
    assert "events.yaml:3" in refused.err
    assert "cchc validate" in refused.err
    forced = clerk(*GUIDANCE, "--name", "x")
    assert forced.code == 3
    assert "if it finds nothing" in forced.err


def test_a_task_that_waits_for_two_events_is_not_forgotten_after_the_first(
    clerk: Run, office: Path
) -> None:
    """Invented: IV.2 waits for the ministry's guidance and for the province's."""
    with_term(office)
    linked = clerk("event", "link", "IV.2", "E.tinh", "--name", "Hướng dẫn của UBND tỉnh")
    assert linked.code == 0, linked.err
    assert clerk(*GUIDANCE).code == 0
    waiting = clerk("waiting", "--as-of", "2022-06-01").out
    assert "IV.2  E.tinh" in waiting
    assert "IV.2  E.IV.2" not in waiting
    listed = clerk("due", "--all", "--field", "IV", "--as-of", "2022-06-01").out
    assert "IV.2  E.IV.2  2022-05-25" in listed
    assert clerk("event", "record", "E.tinh", "--on", "2022-07-01").code == 0
    assert "IV.2" not in clerk("waiting", "--as-of", "2022-07-02").out
    assert "IV.2  E.tinh" in clerk("waiting", "--as-of", "2022-06-30").out
