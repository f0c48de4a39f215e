"""Plans as people break them, and exactly what `cchc validate` says.

Each folder in `err` and `ok` is put upon the small valid plan of tests/checks/base, file by file.
What is printed for `err/NAME` stands in `err/NAME.out`; `ok` must be silent, warnings included.
Accept changed answers, after reading them, with `pytest tests/cases --accept`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Accepted = Callable[[str, Path], None]
HERE = Path(__file__).parent
BASE = HERE.parent / "checks" / "base"
_SHARED = ("office.yaml", "units.yaml", "calendar", "plans")


def names(kind: str) -> list[str]:
    return sorted(path.name for path in (HERE / kind).iterdir() if path.is_dir())


@pytest.fixture(name="put_upon_base")
def put_upon_base_fixture(tmp_path: Path) -> Run:
    """The function that lays the files of a case over the base; the folder they are in."""

    def put(case: Path) -> Path:
        shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
        for file in sorted(path for path in case.rglob("*") if path.is_file()):
            name = file.relative_to(case)
            folder = Path() if name.parts[0] == "plans" else Path("plans")
            place = folder / name if name.parts[0] in _SHARED else folder / "vi-du" / name
            (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, tmp_path / place)
        return tmp_path

    return put


@pytest.mark.parametrize("name", names("err"))
def test_a_broken_plan_is_answered_exactly_so(
    cchc: Run, put_upon_base: Run, as_accepted: Accepted, name: str
) -> None:
    answer = cchc("validate", "--strict", cwd=put_upon_base(HERE / "err" / name))
    assert answer.err == ""
    assert answer.code == 1
    as_accepted(answer.out, HERE / "err" / f"{name}.out")


@pytest.mark.parametrize("name", names("ok"))
def test_a_sound_plan_is_answered_with_silence(cchc: Run, put_upon_base: Run, name: str) -> None:
    answer = cchc("validate", "--strict", cwd=put_upon_base(HERE / "ok" / name))
    assert answer.err == ""
    assert answer.out.startswith("errors: 0, warnings: 0, ")
    assert answer.code == 0


def test_every_answer_belongs_to_a_case() -> None:
    answers = {path.stem for path in (HERE / "err").glob("*.out")}
    assert answers == set(names("err"))
