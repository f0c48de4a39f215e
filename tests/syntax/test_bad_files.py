"""Files as they reach an office: each bad one is refused with a sentence, none with a traceback."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

Run = Callable[..., Any]
UNIT = "units:\n  - id: VP\n    name: Văn phòng Sở\n"
pytestmark = pytest.mark.usefixtures("loader")


def at(found: Diagnostic) -> str:
    return f"{found.span.line}:{found.span.column} {found.code}"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(UNIT.encode("utf-16"), "1:1 CCHC002", id="UTF-16 with a mark"),
        pytest.param(UNIT.encode("utf-16-le"), "1:2 CCHC002", id="UTF-16 without one"),
        pytest.param(
            "units:\n  - id: VP\n    name: Văn".encode("cp1258"),
            "3:12 CCHC002",
            id="Windows-1258",
        ),
        pytest.param(b"units:\n  - id: VP\n    name: V\xe3n ph\xb5ng", "3:12 CCHC002", id="TCVN3"),
        pytest.param("units: café".encode("latin-1"), "1:11 CCHC002", id="Latin-1"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "1:6 CCHC002", id="a Word file"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "1:1 CCHC002", id="a picture"),
        pytest.param(b"units:\0\n", "1:7 CCHC002", id="zero bytes"),
        pytest.param(b"a: \x07\n", "1:4 CCHC004", id="a control character"),
        pytest.param(b"units:\n\t- id: VP\n", "2:1 CCHC004", id="a tab"),
        pytest.param(b"units: &u []\n", "1:8 CCHC005", id="an anchor"),
        pytest.param(b"units: *u\n", "1:8 CCHC005", id="an alias"),
        pytest.param(b"units: !!python/none x\n", "1:8 CCHC005", id="a tag"),
        pytest.param(b"a: 1\n---\nb: 2\n", "2:1 CCHC004", id="two documents"),
        pytest.param(
            b"units:\n<<<<<<< HEAD\n  - id: VP\n=======\n  - id: V\n>>>>>>> b\n",
            "2:1 CCHC004",
            id="conflict markers",
        ),
        pytest.param(b'units: "never closed\n', "1:8 CCHC004", id="an open quote"),
        pytest.param(b"- just\n- a list\n", "1:1 CCHC103", id="a list"),
        pytest.param(b"just text\n", "1:1 CCHC103", id="a text"),
    ],
)
def test_a_bad_file_is_refused_where_it_is_bad(
    read_as_units: Run, data: bytes, expected: str
) -> None:
    assert [at(found) for found in read_as_units(data)] == [expected]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + UNIT.encode(), id="a byte order mark"),
        pytest.param(UNIT.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(UNIT.replace("\n", "\r").encode(), id="line ends of old Macs"),
        pytest.param((UNIT + "# R&D * !\n").encode(), id="indicators in a comment"),
        pytest.param(UNIT.replace("Văn", "KH&CN 5*3! Văn").encode(), id="indicators in text"),
        pytest.param(UNIT.replace("Văn", '"* & ! Văn').encode().rstrip() + b'"\n', id="in quotes"),
        pytest.param((UNIT + "    aliases: ['<<<<<<< x']\n").encode(), id="markers in a text"),
        pytest.param(b"# ch\xc6\xb0a c\xc3\xb3 \xc4\x91\xc6\xa1n v\xe1\xbb\x8b\n", id="comments"),
    ],
)
def test_a_sound_file_is_read_however_it_was_saved(read_as_units: Run, data: bytes) -> None:
    assert read_as_units(data) == []


@pytest.mark.parametrize("data", [b"", b"   \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_error(read_as_units: Run, data: bytes) -> None:
    assert [at(found) for found in read_as_units(data)] == ["1:1 CCHC006"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("[" * 100_000, id="brackets"),
        pytest.param("- " * 100_000, id="lists"),
        pytest.param("{a: " * 100_000, id="mappings"),
        pytest.param("? " * 100_000, id="keys"),
        pytest.param("units: &a " + "[" * 100_000, id="an anchor and brackets"),
        pytest.param('["]", ' * 100_000, id="closing brackets in quotes"),
        pytest.param("".join(" " * n + "-\n" for n in range(2_000)), id="ever deeper lists"),
    ],
)
def test_deep_nesting_is_refused_at_once(read_as_units: Run, data: str) -> None:
    begun = time.process_time()
    (found,) = read_as_units(data.encode())
    assert found.code == "CCHC005"
    assert time.process_time() - begun < 2


def test_an_alias_bomb_is_refused_at_once(read_as_units: Run) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    begun = time.process_time()
    (found,) = read_as_units("\n".join(lines).encode())
    assert at(found) == "1:5 CCHC005"
    assert time.process_time() - begun < 2


def test_a_file_of_50_megabytes_is_refused_at_once(read_as_units: Run) -> None:
    begun = time.process_time()
    (found,) = read_as_units(b"# " + b"x" * 50 * 1024 * 1024)
    assert at(found) == "1:1 CCHC003"
    assert time.process_time() - begun < 2


def test_a_file_of_nothing_but_mistakes_names_ten_thousand(read_as_units: Run) -> None:
    found = read_as_units(b"units:\n" + b"- a\n" * 20_000)
    assert len(found) == 10_001
    assert at(found[-1]) == "10002:3 CCHC003"


def test_a_scalar_stays_as_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "plans" / "p"
    folder.mkdir(parents=True)
    numbers = ("1.10", "010", "12:30", "no", "0x1F", "1e3", "2022-01-01", "~x", ".inf", "1_000")
    tasks = "".join(
        f"      - {{id: I.{n}, number: {raw}, name: {raw}, products: [{raw}]}}\n"
        for n, raw in enumerate(numbers)
    )
    text = f"plan: p\nfields:\n  - id: I\n    name: y\n    tasks:\n{tasks}"
    (folder / "appendix.yaml").write_text(text, encoding="utf-8")
    (folder / "plan.yaml").write_text("id: p\nperiod: 2022\n", encoding="utf-8")
    plan = load(*read_plans(tmp_path)).workspace.plans["p"]
    read = [(str(task.number), str(task.name), str(task.products[0])) for task in plan.tasks]
    assert read == [(raw, raw, raw) for raw in numbers]
    assert str(plan.fields[0].name) == "y"


# -- Files and folders -----------------------------------------------------------------------------


def codes(root: Path) -> dict[str, str]:
    return {found.span.path: found.code for found in load(*read_plans(root)).diagnostics}


@pytest.fixture(name="office")
def office_fixture(tmp_path: Path) -> Path:
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "office.yaml").write_text("agency: A\n", encoding="utf-8")
    (plans / "units.yaml").write_text(UNIT, encoding="utf-8")
    return tmp_path


def test_an_office_without_plans_is_sound(office: Path) -> None:
    assert codes(office) == {}


def test_a_link_to_nowhere_is_an_error(office: Path) -> None:
    (office / "plans" / "units.yaml").unlink()
    (office / "plans" / "units.yaml").symlink_to(office / "gone.yaml")
    assert codes(office) == {"plans/units.yaml": "CCHC001"}


def test_a_link_to_itself_is_an_error(office: Path) -> None:
    (office / "plans" / "units.yaml").unlink()
    (office / "plans" / "units.yaml").symlink_to("units.yaml")
    assert codes(office) == {"plans/units.yaml": "CCHC001"}


def test_a_folder_with_the_name_of_a_file_is_an_error(office: Path) -> None:
    (office / "plans" / "units.yaml").unlink()
    (office / "plans" / "units.yaml").mkdir()
    assert codes(office) == {"plans/units.yaml": "CCHC001"}


@pytest.mark.parametrize("there", [True, False])
def test_a_link_in_place_of_a_folder_is_an_error(office: Path, there: bool) -> None:
    if there:
        (office / "elsewhere").mkdir()
    (office / "plans" / "cchc-2026-2030").symlink_to(office / "elsewhere")
    assert codes(office) == {"plans/cchc-2026-2030": "CCHC001"}


def test_a_pipe_is_an_error_and_nobody_waits_for_it(office: Path) -> None:
    (office / "plans" / "units.yaml").unlink()
    os.mkfifo(office / "plans" / "units.yaml")
    assert codes(office) == {"plans/units.yaml": "CCHC001"}


def test_a_file_that_may_not_be_read_is_an_error(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refuse(path: Path, mode: str) -> object:
        if path.name == "units.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    assert codes(office) == {"plans/units.yaml": "CCHC001"}


def test_a_folder_that_may_not_be_read_is_an_error(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office / "plans" / "p").mkdir()
    real = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("/p"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert codes(office)["plans/p"] == "CCHC001"


@pytest.mark.parametrize(
    "name",
    [
        "units.yml",
        "unit.yaml",
        "calendar/lich.yaml",
        "p/progres/VP.yaml",
        "p/progress/VP.YAML",
        "p/progress/VP.yaml.txt",
        "p/plan.YML",
    ],
)
def test_a_file_in_no_known_place_is_an_error(office: Path, name: str) -> None:
    (office / "plans" / name).parent.mkdir(parents=True, exist_ok=True)
    (office / "plans" / name).write_text("a: b\n", encoding="utf-8")
    assert codes(office)[f"plans/{name}"] == "CCHC008"


def test_a_plan_without_its_files_is_an_error_for_each(office: Path) -> None:
    (office / "plans" / "p").mkdir()
    (office / "plans" / "p" / "events.yaml").write_text("events: []\n", encoding="utf-8")
    assert codes(office) == {"plans/p/plan.yaml": "CCHC007", "plans/p/appendix.yaml": "CCHC007"}


def test_a_folder_without_any_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    assert codes(tmp_path) == {"plans/office.yaml": "CCHC007", "plans/units.yaml": "CCHC007"}
