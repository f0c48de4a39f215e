"""Both YAML loaders, and files written into a plan folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.store.files import read_plans
from cchc_cli.syntax import yamldoc
from cchc_cli.syntax.load import load

Codes = Callable[[bytes], list[str]]


@pytest.fixture(params=["C", "Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each test runs with the fast loader and with the one that every installation has."""
    base = yaml.CSafeLoader if request.param == "C" else yaml.SafeLoader
    monkeypatch.setattr(yamldoc, "LOADER", base)
    monkeypatch.setattr(yamldoc, "_NODE_LOADER", yamldoc.node_loader(base))
    return str(request.param)


@pytest.fixture(name="read_as_units")
def read_as_units_fixture(tmp_path: Path) -> Callable[[bytes], list[Diagnostic]]:
    """The function that reads some bytes as a units file; what is wrong in it."""

    def read(data: bytes) -> list[Diagnostic]:
        (tmp_path / "plans").mkdir(exist_ok=True)
        (tmp_path / "plans" / "office.yaml").write_bytes(b"agency: A\n")
        (tmp_path / "plans" / "units.yaml").write_bytes(data)
        return list(load(*read_plans(tmp_path)).diagnostics)

    return read
