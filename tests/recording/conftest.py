"""A copy of the real plan to write in, and a clerk of Văn phòng Sở who does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def clerk(office: Path, cchc: Run) -> Run:
    """The command line of a clerk of Văn phòng Sở."""
    settings = office / "config.toml"
    settings.write_text('unit = "VP"\n', encoding="utf-8")

    def run(*arguments: str, **env: str) -> Any:  # noqa: ANN401
        return cchc(*arguments, cwd=office, env={"CCHC_CONFIG": str(settings), **env})

    return run
