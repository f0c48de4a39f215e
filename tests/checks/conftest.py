"""Plans for checks: a small valid one, invented, with single files put in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cchc_cli.core.checks import Checked, run_checks
from cchc_cli.core.checks.evidence import Kept, Place, check_evidence
from cchc_cli.core.diagnostics import Diagnostic, in_order
from cchc_cli.core.source import SourceFile
from cchc_cli.syntax.load import load

BASE = Path(__file__).parent / "base"
_SHARED = ("office.yaml", "units.yaml", "calendar/")

# The only evidence file there is.
_KEPT = {"minh-chung/quyet-dinh-15.pdf": Kept(Place.INSIDE)}

Validate = Callable[[Mapping[str, str]], Checked]


def in_plans(name: str) -> str:
    """Where a file named shortly lies: "units.yaml" for all plans, the others in the one plan."""
    if name.startswith("plans/"):
        return name
    return f"plans/{name}" if name.startswith(_SHARED) else f"plans/vi-du/{name}"


def validate_plan(files: Mapping[str, str]) -> Checked:
    """What `cchc validate` finds in the base with `files` put upon it."""
    texts = {
        path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(BASE.rglob("*.yaml"))
    }
    texts |= {in_plans(name): text for name, text in files.items()}
    sources = [SourceFile(path, text) for path, text in sorted(texts.items())]
    loaded = load(sources)
    checked = run_checks(loaded.workspace, sources, loaded.diagnostics)
    of_files = check_evidence(loaded.workspace, _KEPT)
    return checked._replace(findings=in_order([*checked.findings, *of_files]))


@pytest.fixture(name="validate", scope="session")
def validate_fixture() -> Validate:
    """The function that validates the base with some files replaced."""
    return validate_plan


@pytest.fixture(name="place", scope="session")
def place_fixture() -> Callable[[Diagnostic], str]:
    """A finding as its file, line and column, with its code and subject."""

    def place(found: Diagnostic) -> str:
        name = found.span.path.removeprefix("plans/").removeprefix("vi-du/")
        return f"{name}:{found.span.line}:{found.span.column} {found.code} {found.subject}".strip()

    return place
