"""The help of a verb says what each of its arguments is, in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
VERBS = {  # with the names of their arguments
    "show": ["[ID]"],
    "done": ["TASK"],
    "start": ["TASK"],
    "note": ["TASK"],
    "undo-done": ["TASK"],
    "event record": ["EVENT"],
    "event link": ["TASK", "EVENT"],
    "explain": ["[CODE]"],
    "resolve": ["TEXT"],
    "collect": ["FILE…"],
    "workdays": ["YEAR…"],
    "config": ["[unit]", "[VP]"],
    "check-docx": ["FILE…"],
    "merge-progress": ["BASE", "OURS", "THEIRS"],
}


@pytest.mark.parametrize("verb", VERBS)
def test_help_says_what_each_argument_is(cchc: Run, verb: str) -> None:
    said = []
    for language, heading in (("vi", "Tham số:"), ("en", "Arguments:")):
        lines = cchc(*verb.split(), "--help", "--lang", language).out.splitlines()
        section = lines[lines.index(heading) + 1 :]
        found = [re.split(r"  +", line.strip()) for line in section[: section.index("")]]
        assert [name for name, *_text in found] == VERBS[verb]
        said.append([text for _name, text, *_more in found])
    for vietnamese, english in zip(*said, strict=True):
        assert re.match(r"\w", vietnamese), "words, and not just “[required]”"
        assert vietnamese != english
