"""No task vanishes from the list of its unit without a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


MISTAKES = [
    ("cchc-2021-2025/appendix.yaml", "lead: Văn phòng Sở", "lead: Phòng không có", "CCHC203"),
    ("units.yaml", "members: [TDC, TTUD]", "members: [TDC, TTUX]", "CCHC203"),
    ("cchc-2021-2025/appendix.yaml", "id: I.2", "id: I.1", "CCHC201"),
]


@pytest.mark.parametrize("verb", ["due --unit VP", "list --unit VP", "show I.3", "waiting"])
@pytest.mark.parametrize(("file", "right", "wrong", "code"), MISTAKES)
def test_a_name_or_id_that_hides_tasks_is_said_by_every_listing(
    office: Path, cchc: Run, file: str, right: str, wrong: str, code: str, verb: str
) -> None:
    path = office / "plans" / file
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    answer = cchc(*verb.split(), cwd=office)
    assert answer.code == 1
    assert code in answer.err
    assert "this list may be incomplete" in answer.err


@pytest.mark.parametrize("verb", ["due --unit VP", "list --unit VP", "show I.3", "waiting"])
def test_a_sound_plan_is_listed_without_a_word_on_errors(
    office: Path, cchc: Run, verb: str
) -> None:
    answer = cchc(*verb.split(), cwd=office)
    assert (answer.code, answer.err) == (0, "")
