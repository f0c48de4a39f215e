"""The plan that the benchmark measures is a valid one, and the same every time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.model import Plan
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

GENERATE = Path(__file__).with_name("generate.py")
TASKS = 1_000


def generated(folder: Path) -> Path:
    subprocess.run([sys.executable, str(GENERATE), str(folder), str(TASKS)], check=True)
    return folder


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(tmp_path_factory.mktemp("generated"))


@pytest.fixture(scope="module")
def plan(root: Path) -> Plan:
    (plan,) = load(*read_plans(root)).workspace.plans.values()
    return plan


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_the_same_size_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    assert contents(generated(tmp_path)) == contents(root)


def test_validate_finds_no_error_in_it(root: Path, cchc: Callable[..., Any]) -> None:
    done = cchc("validate", "--root", str(root))
    assert "errors: 0" in done.out
    assert f"read {TASKS} tasks" in done.out
    assert done.code == 0


def test_it_is_as_varied_and_as_large_as_a_real_plan(root: Path, plan: Plan) -> None:
    tasks = list(plan.tasks)
    assert len({str(task.id) for task in tasks}) == len(tasks) == TASKS
    assert len({str(task.name) for task in tasks}) == TASKS
    assert len({str(task.deadline) for task in tasks}) > 300
    size = (root / "plans" / str(plan.id) / "appendix.yaml").stat().st_size
    assert 320 <= size / TASKS <= 360
