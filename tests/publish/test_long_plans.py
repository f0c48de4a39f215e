"""A plan of four times the tasks takes about four times as long to print, not sixteen times."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from cchc_cli.core.model import Plan, Workspace
from cchc_cli.core.publication import published
from cchc_cli.render.docx import Properties, render
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def long_plans(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Workspace, Plan]]:
    """Plans of 200 and of 800 tasks."""
    found = {}
    for size in (200, 800):
        root = tmp_path_factory.mktemp(f"plan-{size}")
        script = str(ROOT / "tests" / "bench" / "generate.py")
        subprocess.run([sys.executable, script, str(root), str(size)], check=True)
        workspace = load(*read_plans(root)).workspace
        (plan,) = workspace.plans.values()
        found[size] = (workspace, plan)
    return found


def printing(workspace: Workspace, plan: Plan) -> float:
    """Seconds of the processor that a plan takes, the better of two tries."""
    template = (ROOT / "templates" / "plan.docx").read_bytes()
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        view = published(plan, workspace.office, "…")
        content = render({"plan": view}, template, "plan.docx", Properties("t", date(2022, 1, 1)))
        best = min(best, time.process_time() - start)
        assert len(content) > 10_000
    return best


def test_time_grows_as_the_plan_does(long_plans: dict[int, tuple[Workspace, Plan]]) -> None:
    short, long = (printing(*long_plans[size]) for size in (200, 800))
    assert long < 8 * short
