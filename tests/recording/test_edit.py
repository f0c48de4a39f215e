"""An entry is added, and every other byte of the file stays as it was."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.core.source import SourceFile
from cchc_cli.syntax.decode import Decoder
from cchc_cli.syntax.edit import CannotEdit, Fact, add_keys, append_item, with_fact
from cchc_cli.syntax.emit import Value
from cchc_cli.syntax.shapes import EVENTS_FILE, PROGRESS_FILE, Shape
from cchc_cli.syntax.yamldoc import compose

ENTRY: dict[str, Value] = {
    "task": "I.1",
    "period": "2022",
    "state": "done",
    "completed_on": date(2022, 12, 15),
    "evidence": [{"document": "Quyết định số 123/QĐ-SKHCN", "date": date(2022, 12, 15)}],
}

FILES = {
    "list missing": "unit: VP\n",
    "list empty": "unit: VP\nprogress:\n",
    "list empty in brackets": "unit: VP\nprogress: []  # chưa có\n",
    "list with comments": (
        "# Văn phòng Sở\nunit: VP\nprogress:\n  # quý I\n  - task: I.2\n    period: 2022   # kỳ\n"
        "    state: done\n    note: >-\n      một ghi chú\n      hai dòng\n\n# hết\n"
    ),
    "Windows line ends": "unit: VP\r\nprogress:\r\n- task: I.2\r\n  state: in_progress\r\n",
    "no line end at the end": "unit: VP\nprogress:\n  - {task: I.2, state: in_progress}",
    "entries in braces": "unit: VP\nprogress: [{task: I.2, state: in_progress}]\n",
    "last value empty": "unit: VP\nprogress:\n  - task: I.2\n    state: in_progress\n    note:\n",
}


def entries(text: str, shape: Shape, key: str) -> list[dict[str, object]]:
    node = compose(SourceFile("x", text))
    assert not isinstance(node, Diagnostic), node
    decoder = Decoder("x")
    record = decoder.record(node, shape)
    assert decoder.diagnostics == []
    return [plain(entry) for entry in record.values.get(key, ())]


def plain(record: object) -> dict[str, object]:
    """A record without its places and without what it does not say."""
    fields = record._asdict()  # type: ignore[attr-defined]
    return {
        name: tuple(map(plain, value)) if name == "evidence" else value
        for name, value in fields.items()
        if name != "span" and value not in (None, ())
    }


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_an_entry_stands_last_and_nothing_else_has_changed(text: str) -> None:
    after = append_item(SourceFile("x", text), "progress", ENTRY)
    old = entries(text, PROGRESS_FILE, "progress")
    *kept, added = entries(after, PROGRESS_FILE, "progress")
    assert kept == old
    assert (added["task"], added["period"]) == ("I.1", "2022")
    assert added["completed_on"] == date(2022, 12, 15)
    gone = [line for line in text.splitlines() if line not in after.splitlines()]
    assert len(gone) <= 1, "only a list in brackets has its line changed"


def test_windows_line_ends_stay_windows_line_ends() -> None:
    after = append_item(SourceFile("x", FILES["Windows line ends"]), "progress", ENTRY)
    assert "\n" not in after.replace("\r\n", "")


@pytest.mark.parametrize("text", ["", "- a\n", "{unit: VP}\n", "unit: VP\nprogress: 5\n", "a: [\n"])
def test_a_file_that_is_not_as_it_should_be_is_left_alone(text: str) -> None:
    with pytest.raises(CannotEdit):
        append_item(SourceFile("x", text), "progress", ENTRY)


@pytest.mark.parametrize("event", ["E.1", "E.2"])
def test_what_has_happened_is_added_to_its_event(event: str) -> None:
    text = "events:\n  - id: E.1\n    name: Hướng dẫn  # của Bộ\n  - {id: E.2, name: Kế hoạch}\n"
    happened: dict[str, Value] = {"on": date(2022, 5, 10), "document": "Thông tư số 1"}
    after = add_keys(SourceFile("x", text), "events", event, happened)
    found = {entry["id"]: entry for entry in entries(after, EVENTS_FILE, "events")}
    assert found[event]["on"] == date(2022, 5, 10)
    assert len([entry for entry in found.values() if "on" in entry]) == 1


TASKS = "fields:\n  - id: I\n    tasks:\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("      - id: I.1  # một\n        deadline: sau\n      - id: I.2\n",
         "      - id: I.1  # một\n        deadline: sau\n        events: [E.1]\n      - id: I.2\n"),
        ("      - {id: I.1, deadline: sau}\n", "      - {id: I.1, deadline: sau, events: [E.1]}\n"),
        ("      - id: I.1\n        events: [E.2]  # đã có\n",
         "      - id: I.1\n        events: [E.2, E.1]  # đã có\n"),
        ("      - id: I.1\n        events:\n          - E.2\n        lead: VP\n",
         "      - id: I.1\n        events:\n          - E.2\n          - E.1\n        lead: VP\n"),
        ("      - id: I.1\n        events:  # chưa\n",
         "      - id: I.1\n        events: [E.1]  # chưa\n"),
        ("      - {id: I.1,\n         lead: VP,\n        }\n",
         "      - {id: I.1,\n         lead: VP, events: [E.1]\n        }\n"),
        ("      - id: I.1\n        events: []\n", "      - id: I.1\n        events: [E.1]\n"),
    ],
    ids=["none yet", "in braces", "in brackets", "one a line", "empty", "in braces over lines",
         "empty brackets"],
)  # fmt: skip
def test_an_event_is_linked_to_its_task_on_one_line(before: str, after: str) -> None:
    fact = Fact("x", "tasks", {"events": ["E.1"]}, to="I.1")
    assert with_fact(TASKS + before, fact) == TASKS + after


def test_an_empty_place_for_the_day_is_filled_in() -> None:
    text = "events:\n  - id: E.1\n    on:   # chưa có\n    document: null\n"
    fact = Fact("x", "events", {"on": date(2022, 5, 10), "document": "Thông tư"}, to="E.1")
    assert with_fact(text, fact) == (
        "events:\n  - id: E.1\n    on: 2022-05-10   # chưa có\n    document: Thông tư\n"
    )


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("events:\n  - {id: E.1, on: 2022-01-01}\n", "E.1"),
        ("events:\n  - {id: E.1}\n", "E.2"),
        ("events:\n  - {id: E.1}\n  - {id: E.1}\n", "E.1"),
        ("events:\n  - {id: E.1, name: a, name: b}\n", "E.1"),
        ("events:\n  - {id: E.1, document: [\n    a  # b\n  ]}\n", "E.1"),
        (None, "E.1"),
    ],
    ids=["said already", "no such record", "id twice", "key twice", "not a text", "no file"],
)
def test_nothing_is_overwritten_and_nothing_guessed(text: str | None, to: str) -> None:
    fact = Fact("x", "events", {"on": date(2022, 5, 10), "document": "Thông tư"}, to=to)
    with pytest.raises(CannotEdit):
        with_fact(text, fact)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (None, "# Gia hạn\nextensions:\n  - task: I.1\n"),
        ("# chưa có", "# chưa có\n# Gia hạn\nextensions:\n  - task: I.1\n"),
    ],
    ids=["no file", "comments only"],
)
def test_a_list_begins_where_there_was_none(text: str | None, after: str) -> None:
    assert with_fact(text, Fact("x", "extensions", {"task": "I.1"}, head="# Gia hạn\n")) == after


YEAR = "# Kiểm tra trong năm\nyear: 2025  # năm\nvisits:\n  - id: KT.2025.1\n    unit: VP\n"


def test_what_a_file_says_of_itself_is_added_to_it() -> None:
    said: dict[str, Value] = {
        "task": "I.3",
        "on": date(2025, 3, 1),
        "team": [{"name": "A", "unit": "VP"}],
    }
    after = with_fact(YEAR, Fact("x", "", said))
    assert after == f"{YEAR}task: I.3\non: 2025-03-01\nteam:\n  - name: A\n    unit: VP\n"
    again = with_fact(after, Fact("x", "", {"team": [{"name": "B"}]}))
    assert again == f"{after}  - name: B\n"
    with pytest.raises(CannotEdit):
        with_fact(after, Fact("x", "", {"task": "I.4"}))


def test_a_file_begins_with_what_it_says_of_itself() -> None:
    head = "# Kiểm tra trong năm\nyear: 2025\n"
    assert with_fact(None, Fact("x", "", {"task": "I.3"}, head=head)) == f"{head}task: I.3\n"
    assert with_fact(None, Fact("x", "", {}, head=head)) == head


def test_numbers_and_records_within_a_record() -> None:
    said: dict[str, Value] = {
        "record": {"document": "Biên bản", "date": date(2025, 5, 20)},
        "held": [{"on": date(2025, 5, 20), "quantity": 3}],
    }
    after = with_fact(YEAR, Fact("x", "visits", said, to="KT.2025.1"))
    assert after == (
        f"{YEAR}    record: {{document: Biên bản, date: 2025-05-20}}\n"
        "    held:\n      - on: 2025-05-20\n        quantity: 3\n"
    )


def test_an_edit_that_would_change_something_else_is_refused() -> None:
    """A comment within brackets would swallow the new entry."""
    text = "unit: VP\nprogress: [\n  {task: I.1}  # một\n]\n"
    with pytest.raises(CannotEdit):
        with_fact(text, Fact("x", "progress", {"task": "I.2"}))


def test_an_edit_that_loses_something_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "unit: VP\nprogress:\n  - {task: I.1, note: một}\n"
    lost = "unit: VP\nprogress:\n  - {task: I.1}\n  - {task: I.2}\n"
    monkeypatch.setattr("cchc_cli.syntax.edit.append_item", lambda *_rest: lost)
    with pytest.raises(CannotEdit):
        with_fact(text, Fact("x", "progress", {"task": "I.2"}))


anything = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), min_size=1
).filter(str.strip)


@given(anything, st.sampled_from(sorted(FILES)))
def test_whatever_a_person_types_reads_back_as_typed(note: str, name: str) -> None:
    after = with_fact(FILES[name], Fact("x", "progress", {"task": "I.1", "note": note}))
    assert entries(after, PROGRESS_FILE, "progress")[-1]["note"] == note


@given(st.lists(anything, min_size=2, max_size=6))
def test_entry_after_entry_none_is_lost(notes: list[str]) -> None:
    text = FILES["list with comments"]
    for note in notes:
        text = append_item(SourceFile("x", text), "progress", {"task": "I.1", "note": note})
    found = [entry["note"] for entry in entries(text, PROGRESS_FILE, "progress")[1:]]
    assert found == notes
