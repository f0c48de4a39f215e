"""Any number of offices, whatever they hold: nothing of them is kept, and none stops the others."""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from cchc_cli.core.model import Workspace
from cchc_cli.core.periods import Period
from cchc_cli.core.rollup import Asked, OfficeSummary, Skipped, summarise
from cchc_cli.store import files, git, offices
from cchc_cli.store.offices import Office, Place, find, read_each, read_office
from cchc_cli.store.parallel import in_order

from .conftest import AS_OF, under_git, write_office

ASKED = Asked(date.fromisoformat(AS_OF), Period(2022, 1, 12))


def summary(office: Office) -> OfficeSummary:
    return summarise(office.workspace, office.known, ASKED)


def inside(folder: Path) -> list[Place | Skipped]:
    return list(find([(str(folder), None)], None))


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_NO_LAZY_FETCH", "GIT_ALLOW_PROTOCOL", "GIT_TERMINAL_PROMPT"):
        monkeypatch.setenv(name, os.environ.get(name, ""))


def test_no_plans_are_kept_once_they_are_added_up(tmp_path: Path) -> None:
    for number in range(8):
        write_office(tmp_path / str(number), f"Sở {number}")
    gc.collect()
    gc.disable()  # as in the command: what only the collector could free would stay
    try:
        before = alive()
        kept = []
        for found in read_each(summary, inside(tmp_path), 1):
            assert isinstance(found, OfficeSummary)
            kept.append(found)
            assert alive() - before <= 1
        assert len(kept) == 8
    finally:
        gc.enable()


def alive() -> int:
    """How many workspaces anybody holds, beside the default of the model."""
    return sum(type(one) is Workspace for one in gc.get_objects())


def test_a_summary_is_small_and_plain(tmp_path: Path) -> None:
    office = read_office(Place(write_office(tmp_path, "Sở"), "so"))
    assert isinstance(office, Office)
    found = summary(office)
    assert len(pickle.dumps(found)) < 4_000
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_long_stream_is_not_read_ahead(tmp_path: Path) -> None:
    asked: list[int] = []

    def numbers() -> Iterable[int]:
        for number in range(1_000):
            asked.append(number)
            yield number

    for found in in_order(abs, numbers(), 2, abs):
        assert len(asked) - found <= 2 * 4 + 1
    assert len(asked) == 1_000
    del tmp_path


def killing(number: int) -> int:
    if number % 5 == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_killed_process_costs_one_office_and_no_other() -> None:
    found = list(in_order(killing, range(12), 2, lambda number: -number))
    assert found == [0, 1, 2, -3, 4, 5, 6, 7, -8, 9, 10, 11]


class KillsItself:
    def __call__(self, office: Office) -> str:
        if office.known.office.endswith("2"):
            os.kill(os.getpid(), signal.SIGKILL)
        return office.known.office


def test_the_office_whose_process_was_killed_is_reported(tmp_path: Path) -> None:
    for number in range(4):
        write_office(tmp_path / str(number), f"Sở {number}")
    found = list(read_each(KillsItself(), inside(tmp_path), 2))
    lost = [one for one in found if isinstance(one, Skipped)]
    assert [one.office for one in lost] == [f"{tmp_path.as_posix()}/2"]
    assert "was killed" in lost[0].reason.template
    assert len(found) == 4


def fails(office: Office) -> str:
    if office.known.office.endswith("1"):
        raise ZeroDivisionError("x")
    return office.known.office


def test_a_fault_of_the_program_costs_one_office_and_is_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        write_office(tmp_path / str(number), f"Sở {number}")
    found = list(read_each(fails, inside(tmp_path), 1))
    assert [isinstance(one, Skipped) for one in found] == [False, True, False]
    assert "ZeroDivisionError" in capfd.readouterr().err


def too_large(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del root
    monkeypatch.setattr(offices, "AT_MOST", 1_000)


def too_large_a_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del root
    monkeypatch.setattr("cchc_cli.syntax.decode_bytes.MAX_BYTES", 1_000)


def nested(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    (root / "plans" / "units.yaml").write_text("units: " + "[" * 5_000, "utf-8")


def a_pipe(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    os.mkfifo(root / "plans" / "cchc" / "events.yaml")


def link_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    other = write_office(root.parent / "khac", "Sở khác")
    (root / "plans" / "cchc" / "events.yaml").symlink_to(other / "plans" / "units.yaml")


def plans_link_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    other = write_office(root.parent / "khac", "Sở khác")
    (root / "plans").rename(root / "cu")
    (root / "plans").symlink_to(other / "plans")


def loop(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    (root / "plans" / "cchc" / "vong").symlink_to(root / "plans")


def endless_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    (root / "plans" / "office.yaml").write_text(f"agency: {'S' * 100_000}\n", "utf-8")


def endless_value(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    text = f"agency: Sở\ndue_soon_days: {'7' * 100_000}\n"
    (root / "plans" / "office.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (too_large, "the plans are larger than"),
        (too_large_a_file, "the file is larger than"),
        (nested, "nested too deeply"),
        (endless_name, "a name of more than"),
        (endless_value, "expected"),
        (a_pipe, "not an ordinary file"),
        (link_out, "a link leads out"),
        (plans_link_out, "a link leads out"),
        (loop, "a link to a folder is not followed"),
    ],
)
def test_a_hostile_office_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str,
    spoil: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:  # fmt: skip
    root = write_office(tmp_path / "so", "Sở Giả mạo")
    assert isinstance(read_office(Place(root, "so")), Office)
    spoil(root, monkeypatch)
    found = read_office(Place(root, "so"))
    assert isinstance(found, Skipped)
    assert says in repr(found.reason)
    assert len(repr(found)) < 2_000


def test_a_revision_too_large_in_bytes_or_in_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_office(tmp_path / "so", "Sở Giả mạo")
    under_git(root)
    assert isinstance(read_office(Place(root, "so", "HEAD")), Office)
    monkeypatch.setattr(git, "MAX_ENTRIES", 5)
    found = read_office(Place(root, "so", "HEAD"))
    assert isinstance(found, Skipped)
    assert "holds more than" in repr(found.reason)
    monkeypatch.undo()
    monkeypatch.setattr(offices, "AT_MOST", 1_000)
    found = read_office(Place(root, "so", "HEAD"))
    assert isinstance(found, Skipped)
    assert "larger than" in repr(found.reason)


def test_a_repository_runs_nothing_of_its_own(tmp_path: Path) -> None:
    root = write_office(tmp_path / "so", "Sở Giả mạo")
    (root / ".gitattributes").write_text("*.yaml filter=ac\n")
    under_git(root)
    trap = tmp_path / "trap"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    script.chmod(0o755)
    config = (
        f'[filter "ac"]\n\tclean = {script}\n\tsmudge = {script}\n[core]\n\tfsmonitor = {script}\n'
    )
    with (root / ".git" / "config").open("a") as file:
        file.write(config)
    (root / "plans" / "office.yaml").touch()
    for revision in (None, "HEAD"):
        found = read_office(Place(root, "so", revision))
        assert isinstance(found, Office)
        assert found.known.changed is False
    assert not trap.exists()


def test_plans_on_windows_have_not_been_changed_by_their_line_breaks(tmp_path: Path) -> None:
    root = write_office(tmp_path / "so", "Sở")
    under_git(root)
    office = root / "plans" / "office.yaml"
    office.write_bytes(office.read_bytes().replace(b"\n", b"\r\n"))
    found = read_office(Place(root, "so"))
    assert isinstance(found, Office)
    assert found.known.changed is False
    office.write_bytes(office.read_bytes() + b"# x\n")
    found = read_office(Place(root, "so"))
    assert isinstance(found, Office)
    assert found.known.changed is True


def test_files_are_bounded_by_the_same_limit_everywhere() -> None:
    with pytest.raises(files.CannotRun):
        files.refuse_more(2, 1)
    files.refuse_more(2, None)
