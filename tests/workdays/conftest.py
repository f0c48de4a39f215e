"""The real calendar files, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_cli.core.workdays import WorkCalendar
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import Loaded, load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def real_plans() -> Loaded:
    return load(*read_plans(ROOT))


@pytest.fixture(scope="session")
def office_days(real_plans: Loaded) -> WorkCalendar:
    return real_plans.workspace.calendar
