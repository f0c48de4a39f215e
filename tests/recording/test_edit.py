"""An entry is added, and every other byte of the file stays as it was."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.core.source import SourceFile
from cchc_cli.syntax.decode import Decoder
from cchc_cli.syntax.edit import CannotEdit, add_keys, append_item
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


anything = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), min_size=1
).filter(str.strip)


@given(anything, st.sampled_from(sorted(FILES)))
def test_whatever_a_person_types_reads_back_as_typed(note: str, name: str) -> None:
    after = append_item(SourceFile("x", FILES[name]), "progress", {"task": "I.1", "note": note})
    assert entries(after, PROGRESS_FILE, "progress")[-1]["note"] == note


@given(st.lists(anything, min_size=2, max_size=6))
def test_entry_after_entry_none_is_lost(notes: list[str]) -> None:
    text = FILES["list with comments"]
    for note in notes:
        text = append_item(SourceFile("x", text), "progress", {"task": "I.1", "note": note})
    found = [entry["note"] for entry in entries(text, PROGRESS_FILE, "progress")[1:]]
    assert found == notes
