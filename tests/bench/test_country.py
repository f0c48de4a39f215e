"""The invented country: the same every time, as large as said, and broken where said."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COUNTRY = Path(__file__).with_name("country.py")
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(tmp_path_factory.mktemp("country"), 36)


def generated(folder: Path, offices: int) -> Path:
    command = [sys.executable, str(COUNTRY), str(folder), str(offices)]
    subprocess.run(command, check=True)
    return folder


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_the_same_number_gives_the_same_bytes(country: Path, tmp_path: Path) -> None:
    assert contents(generated(tmp_path, 36)) == contents(country)


def test_no_two_offices_have_the_same_appendix_and_none_has_an_error(
    country: Path, cchc: Run
) -> None:
    texts = [path.read_bytes() for path in country.rglob("appendix.yaml")]
    assert len(set(texts)) == len(texts) == 36
    for place in ("tinh-01/co-quan-001", "tinh-02/co-quan-002", "tinh-34/co-quan-001"):
        done = cchc("validate", "--root", str(country / place))
        assert (done.code, "read 26 tasks" in done.out) == (0, True)


def test_five_thousand_of_them_have_a_million_occurrences(
    country: Path, cchc: Run, tmp_path: Path
) -> None:
    provinces = [str(path) for path in sorted(country.glob("tinh-*"))]
    assert len(provinces) == 34
    done = cchc("export", *provinces, "--as-of", "2023-06-30", "--out", str(tmp_path / "x.sqlite"))
    offices, occurrences = (int(word) for word in done.out.split("\n")[1].split()[::2])
    assert offices == 36
    assert occurrences / offices * 5_000 > 1_000_000


def test_the_broken_ones_are_seen(cchc: Run, tmp_path: Path) -> None:
    sys.path.insert(0, str(COUNTRY.parent))
    import country as made  # noqa: PLC0415  # a script beside this

    provinces = [str(path) for path in made.write_country(tmp_path, 10)]
    for number, province in enumerate(provinces[:4]):
        made._break(Path(province) / "co-quan-001", number)
    done = cchc("rollup", *provinces, "--as-of", "2023-06-30", "--format", "json")
    data = json.loads(done.out)
    assert data["offices"] == {"read": 7, "with_errors": 1, "skipped": 3}
    assert done.code == 1
