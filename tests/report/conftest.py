"""The two offices that reports are tried on: the real one, and an invented one with a year."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.model import Unit
from cchc_cli.core.periods import parse_period
from cchc_cli.core.report.build import Scene, build, window
from cchc_cli.core.report.cases import Cases
from cchc_cli.core.report.trace import Trace
from cchc_cli.core.report.trace import traced as figures_of
from cchc_cli.core.report.view import Report
from cchc_cli.core.report.words import Words
from cchc_cli.core.units import Directory
from cchc_cli.i18n import activate, say
from cchc_cli.render import labels
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

ROOT = Path(__file__).parents[2]
OFFICES = {"real": ROOT, "sample": Path(__file__).parent / "office"}
PLANS = {"real": "cchc-2021-2025", "sample": "mau-2022"}

View = Callable[..., Report]
Shown = Callable[..., tuple[Scene, Agenda]]


@pytest.fixture(scope="session")
def view(shown: Shown) -> View:
    """Make what templates receive, in English, of an office and a period."""

    def of(office: str, period: str, *, unit: str | None = None, as_of: str = "") -> Report:
        scene, agenda = shown(office, period, unit, as_of)
        activate("en")
        words = Words(say, labels.status, lambda status: say(labels.STATUS[status]))
        return build(scene, agenda, 7, words)

    return of


@pytest.fixture(scope="session")
def traced(shown: Shown) -> Callable[..., Trace]:
    """The figures of a report, with the records behind them."""

    def of(office: str, period: str, *, unit: str | None = None, as_of: str = "") -> Trace:
        return figures_of(Cases(*shown(office, period, unit, as_of), 7))

    return of


@pytest.fixture(scope="session")
def shown() -> Shown:
    """What a report is about, and the agenda of its day."""
    opened = {name: load(*read_plans(root)).workspace for name, root in OFFICES.items()}

    def of(office: str, period: str, unit: str | None, as_of: str) -> tuple[Scene, Agenda]:
        workspace = opened[office]
        directory = Directory(workspace.units, workspace.groups)
        plan, wanted = workspace.plans[PLANS[office]], parse_period(period)
        assert wanted is not None
        day = date.fromisoformat(as_of) if as_of else window(plan, workspace.calendar, wanted).last
        agenda = Agenda(plan, directory, workspace.calendar, day, 7)
        found = directory.find(unit) if unit else None
        assert found is None or isinstance(found, Unit)
        return Scene(plan, workspace.office, workspace.calendar, wanted, found), agenda

    return of


@pytest.fixture
def write(tmp_path: Path, cchc: Callable[..., Any]) -> Callable[..., dict[str, bytes]]:
    """Run `cchc report` in a process of its own; the files it wrote, by name."""

    def run(office: str, *arguments: str, folder: str = "out") -> dict[str, bytes]:
        out = tmp_path / folder
        ran = cchc("report", "--out", str(out), *arguments, cwd=OFFICES[office])
        assert (ran.code, ran.err) == (0, "")
        return {path.name: path.read_bytes() for path in sorted(out.iterdir())}

    return run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the invented office, with the templates beside its plans, to be spoilt."""
    root = tmp_path / "copy"
    shutil.copytree(OFFICES["sample"] / "plans", root / "plans")
    (root / "templates").mkdir()
    for name in ("report.md.jinja", "report.docx"):
        shutil.copy(ROOT / "templates" / name, root / "templates")
    return root
