"""Two people record for one unit: what both wrote is kept, and what contradicts is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_cli.core.source import SourceFile
from cchc_cli.syntax.decode import Decoder
from cchc_cli.syntax.edit import append_item, data
from cchc_cli.syntax.merge import merge
from cchc_cli.syntax.shapes import PROGRESS_FILE
from cchc_cli.syntax.yamldoc import MappingNode, compose

Run = Callable[..., Any]

HEAD = "# Văn phòng Sở\nunit: VP\nprogress:\n"
FIRST = '  # quý I\n  - task: I.1\n    period: 2022   # kỳ\n    state: "in_progress"\n'
TAIL = "\n# hết\n"
BASE = HEAD + FIRST + TAIL
NOTE = "  - task: I.2\n    period: 2022\n    note: Thiếu kinh phí\n"
DONE = "  - task: I.3\n    period: 2022\n    state: done\n    completed_on: 2022-03-01\n"
# What two sides add, to an entry I.1 that is in progress, and both keep.
TOGETHER = {
    "two tasks": (NOTE, DONE),
    "two periods of a task": (DONE, DONE.replace("period: 2022", "period: 2023")),
    "comments and wrapped texts": (
        "  # nhập muộn\n  - task: I.4\n    note: >-\n      hai\n      dòng\n",
        "  - {task: I.5, note: 'trong ngoặc'}   # sau\n",
    ),
    "a note and a difficulty": (NOTE, NOTE.replace("note:", "difficulty:")),
    "both say that it is in progress": (
        "  - task: I.2\n    state: in_progress\n    recorded_on: 2022-01-05\n",
        "  - task: I.2\n    state: in_progress\n    recorded_on: 2022-01-06\n",
    ),
    "done, and a note on it": (DONE, NOTE.replace("I.2", "I.3")),
    "several each": (NOTE + DONE, NOTE.replace("I.2", "I.6") + DONE.replace("I.3", "I.7")),
}
# What two sides make of BASE, and no machine can join.
APART = {
    "done on two days": (BASE + DONE, BASE + DONE.replace("03-01", "03-02"), "I.3 (2022)"),
    "done with two documents": (
        BASE + DONE + "    evidence: [{document: QĐ 1}]\n",
        BASE + DONE + "    evidence: [{document: QĐ 2}]\n",
        "I.3 (2022)",
    ),
    "done and in progress": (
        BASE + DONE,
        BASE + "  - task: I.3\n    period: 2022\n    state: in_progress\n",
        "I.3 (2022)",
    ),
    "taken back and noted": (
        BASE + "  - task: I.1\n    period: 2022\n    state: reopened\n",
        BASE + "  - task: I.1\n    period: 2022\n    note: Đã trình\n",
        "I.1 (2022)",
    ),
    "two notes of which the last would hold": (
        BASE + NOTE,
        BASE + NOTE.replace("Thiếu", "Đủ"),
        "I.2 (2022)",
    ),
    "one side removed an entry": (HEAD + TAIL, BASE + NOTE, "changed or removed"),
    "one side altered an entry": (
        BASE.replace("in_progress", "done"),
        BASE + NOTE,
        "changed or removed",
    ),
    "one side put its entry first": (HEAD + NOTE + FIRST + TAIL, BASE + DONE, "removed"),
    "another unit": (BASE.replace("unit: VP", "unit: TTR"), BASE + NOTE, "removed"),
    "the same comment twice": (
        BASE.replace("quý I", "quý 1") + NOTE,
        BASE.replace("quý I", "quý một") + DONE,
        "the same lines",
    ),
    "entries in brackets": (
        "unit: VP\nprogress: [{task: I.1}]\n",
        "unit: VP\nprogress: [{task: I.2}]\n",
        "brackets",
    ),
    "not a progress file": (BASE + NOTE, BASE + "  - tsak: I.2\n", "cannot be read"),
    "already in conflict": (BASE + NOTE, BASE + "<<<<<<< ours\n", "cannot be read"),
}


def with_entries(*entries: str) -> str:
    return HEAD + FIRST + "".join(entries) + TAIL


def tasks(text: str) -> list[dict[str, Any]]:
    """The entries of a sound progress file."""
    node = compose(SourceFile("x", text))
    assert isinstance(node, MappingNode), node
    decoder = Decoder("x")
    decoder.record(node, PROGRESS_FILE)
    assert decoder.diagnostics == []
    return list(data(node).get("progress") or ())


@pytest.mark.parametrize(("mine", "yours"), TOGETHER.values(), ids=TOGETHER)
def test_the_entries_of_both_are_kept_byte_for_byte_ours_first(mine: str, yours: str) -> None:
    found = merge(BASE, with_entries(mine), with_entries(yours))
    assert found.conflict is None
    assert found.text == with_entries(mine, yours)
    assert tasks(found.text)


@pytest.mark.parametrize(("ours", "theirs", "why"), APART.values(), ids=APART)
def test_what_a_person_must_decide_keeps_both_values(ours: str, theirs: str, why: str) -> None:
    for one, other in ((ours, theirs), (theirs, ours)):
        found = merge(BASE, one, other)
        assert found.conflict is not None
        assert why in found.conflict.template.format(**found.conflict.values)
        before, _, rest = found.text.partition("<<<<<<< ours\n")
        mine, _, rest = rest.partition("=======\n")
        yours, _, after = rest.rpartition(">>>>>>> theirs\n")
        assert before + mine + after == one
        assert before + yours + after == other


def test_markers_never_part_an_entry() -> None:
    ours, theirs = with_entries(DONE), with_entries(DONE.replace("03-01", "03-02"))
    text = merge(BASE, ours, theirs).text
    other = DONE.replace("03-01", "03-02")
    block = f"<<<<<<< ours\n{DONE}=======\n{other}>>>>>>> theirs\n"
    assert text == f"{HEAD}{FIRST}{block}{TAIL}"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_that_both_began_is_joined(end: str) -> None:
    head = "unit: VP\nprogress:\n".replace("\n", end)
    one, other = (text.replace("\n", end) for text in (NOTE, DONE))
    assert merge("", head + one, head + other) == (head + one + other, None)
    assert merge("", head + one, "# khác\n" + head + other).conflict is not None


@pytest.mark.parametrize(
    "empty", ["unit: VP\n", "unit: VP\nprogress:\n", "unit: VP\nprogress: []\n"]
)
def test_a_file_without_entries_takes_those_of_both(empty: str) -> None:
    head = "unit: VP\nprogress:\n"
    assert merge(empty, head + NOTE, head + DONE) == (head + NOTE + DONE, None)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_last_line_without_its_end_gets_one_where_something_follows(end: str) -> None:
    base, one, other = (t.replace("\n", end) for t in (HEAD + FIRST, NOTE, DONE))
    cut = base.rstrip("\r\n"), (base + one).rstrip("\r\n"), (base + other).rstrip("\r\n")
    assert merge(*cut) == (base + one + other.rstrip("\r\n"), None)


def test_what_one_side_alone_changed_is_taken_comments_and_all() -> None:
    ours = with_entries(NOTE).replace("# quý I\n", "# quý I, đã soát\n")
    theirs = with_entries(DONE).replace("# hết", "# hết sổ")
    expected = with_entries(NOTE, DONE).replace("# quý I\n", "# quý I, đã soát\n")
    assert merge(BASE, ours, theirs) == (expected.replace("# hết", "# hết sổ"), None)


def test_the_same_entry_on_both_sides_stands_once() -> None:
    found = merge(BASE, with_entries(DONE, NOTE), with_entries(DONE))
    assert found == (with_entries(DONE, NOTE), None)


def test_a_side_that_changed_nothing_yields_to_the_other() -> None:
    assert merge(BASE, BASE, "anything") == ("anything", None)
    assert merge(BASE, "anything", BASE) == ("anything", None)


# -- whatever two people record --------------------------------------------------------------------

TEXTS = st.text("aăâđ :#-'\"[]{}|>&*!%@`\n\t0", min_size=1, max_size=12).filter(str.strip)


@st.composite
def additions(draw: st.DrawFn, prefix: str) -> list[tuple[dict[str, Any], str]]:
    """Entries of one side, each with a comment above it or none."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        entry: dict[str, Any] = {"task": f"{prefix}.{number}", "period": "2022"}
        if draw(st.booleans()):
            entry |= {"state": "done", "completed_on": date(2022, draw(st.integers(1, 12)), 1)}
            entry["evidence"] = [{"document": draw(TEXTS)}]
        entry |= draw(st.dictionaries(st.sampled_from(["note", "proposal"]), TEXTS, max_size=2))
        comment = draw(st.sampled_from(["", "  # ghi chú\n", "\n", "# sát lề\n\n"]))
        found.append((entry, comment))
    return found


def added_to(text: str, entries: list[tuple[dict[str, Any], str]]) -> str:
    for entry, comment in entries:
        text = append_item(SourceFile("x", text + comment), "progress", entry)
    return text


BASES = st.sampled_from([HEAD, BASE, HEAD + FIRST, HEAD + FIRST + DONE, "unit: VP\n"])


@given(BASES, additions("A"), additions("B"))
def test_independent_entries_are_never_lost_whichever_side_comes_first(
    base: str, mine: list[Any], yours: list[Any]
) -> None:
    ours, theirs = added_to(base, mine), added_to(base, yours)
    there, back = merge(base, ours, theirs), merge(base, theirs, ours)
    assert (there.conflict is None) == (back.conflict is None)
    if there.conflict is None:
        once = len(tasks(base))
        assert tasks(there.text) == [*tasks(ours), *tasks(theirs)[once:]]
        assert tasks(back.text) == [*tasks(theirs), *tasks(ours)[once:]]


@given(BASES, additions("A"), additions("A"))
def test_entries_about_the_same_work_are_joined_or_shown_never_dropped(
    base: str, mine: list[Any], yours: list[Any]
) -> None:
    ours, theirs = added_to(base, mine), added_to(base, yours)
    found = merge(base, ours, theirs)
    if found.conflict is None:
        for entry in (*tasks(ours), *tasks(theirs)):
            assert entry in tasks(found.text)
    for side in (ours, theirs):
        lines = found.text.splitlines()
        assert [line for line in side.splitlines() if line.strip() and line not in lines] == []


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture(name="three")
def three_fixture(tmp_path: Path) -> Callable[..., list[str]]:
    def write(base: str, ours: str, theirs: str) -> list[str]:
        for name, text in zip("OAB", (base, ours, theirs), strict=True):
            (tmp_path / name).write_bytes(text.encode())
        return [str(tmp_path / name) for name in "OAB"]

    return write


def test_the_command_writes_the_result_in_place_of_ours(
    cchc: Run, tmp_path: Path, three: Callable[..., list[str]]
) -> None:
    files = three(BASE, "\ufeff" + with_entries(NOTE), with_entries(DONE))
    shown = cchc("merge-progress", *files, "--dry-run")
    assert (shown.code, shown.out) == (0, with_entries(NOTE, DONE))
    assert (tmp_path / "A").read_bytes().decode() == "\ufeff" + with_entries(NOTE)
    ran = cchc("merge-progress", *files)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / "A").read_bytes().decode() == "\ufeff" + with_entries(NOTE, DONE)
    assert (tmp_path / "B").read_bytes().decode() == with_entries(DONE)


def test_the_command_says_what_contradicts(
    cchc: Run, tmp_path: Path, three: Callable[..., list[str]]
) -> None:
    files = three(BASE, with_entries(DONE), with_entries(DONE.replace("03-01", "03-02")))
    ran = cchc("merge-progress", *files)
    assert ran.code == 1
    assert "both sides recorded I.3 (2022), and not the same" in ran.err
    text = (tmp_path / "A").read_text(encoding="utf-8")
    assert "2022-03-01" in text
    assert "2022-03-02" in text
    assert "<<<<<<< ours" in text


def test_what_is_no_text_is_left_alone(
    cchc: Run, tmp_path: Path, three: Callable[..., list[str]]
) -> None:
    files = three(BASE, with_entries(NOTE), "")
    (tmp_path / "B").write_bytes("unit: VP\n".encode("utf-16"))
    ran = cchc("merge-progress", *files)
    assert ran.code == 1
    assert "UTF-16" in ran.err
    assert (tmp_path / "A").read_text(encoding="utf-8") == with_entries(NOTE)
    assert cchc("merge-progress", *files[:2], str(tmp_path / "missing")).code == 3
