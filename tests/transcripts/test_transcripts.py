"""Every command shown in the documents and transcripts is run, and says what is shown.

A block ```console holds commands after "$ ", each with its whole output (standard output, then
standard error). "…" alone on a line stands for any lines; "[2]" at the end for exit code 2. Each
block begins with a copy of the real plans, so that what it records stays its own.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS += sorted(Path(__file__).parent.glob("*.md"))
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Command(NamedTuple):
    """A command with the output shown after it."""

    line: str
    expected: str


class Story(NamedTuple):
    """A block of a document: commands that follow one another, each seeing what others wrote."""

    document: Path
    commands: tuple[Command, ...]


def stories(document: Path) -> list[Story]:
    found = []
    for block in _BLOCK.findall(document.read_text(encoding="utf-8")):
        pieces = (p.partition("\n") for p in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:])
        commands = tuple(Command(line, expected) for line, _, expected in pieces)
        found.append(Story(document, commands))
    return found


ALL = [story for document in DOCUMENTS for story in stories(document)]


def output_of(line: str, folder: Path) -> str:
    words = shlex.split(line)
    env = {k: v for k, v in os.environ.items() if not k.startswith(("CCHC_", "LANG", "LC_"))}
    env |= {"PYTHONUTF8": "1", "COLUMNS": "80", "CCHC_CONFIG": "config.toml"}
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        env[name] = value
    assert words[0] == "cchc", f"only cchc is run here: {line}"
    done = subprocess.run(
        [sys.executable, "-m", "cchc_cli", *words[1:]],
        cwd=folder, env=env, capture_output=True, check=False, encoding="utf-8", timeout=60,
    )  # fmt: skip
    code = f"[{done.returncode}]\n" if done.returncode else ""
    return done.stdout + done.stderr + code


def matches(expected: str, actual: str) -> bool:
    """Whether the outputs agree, "…" alone on a line standing for any lines."""
    pieces = [re.escape(piece) for piece in re.split(r"^…\n", expected, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*".join(pieces), actual) is not None


@pytest.mark.parametrize(
    "story", ALL, ids=lambda s: f"{s.document.stem}: {s.commands[0].line[:60]}"
)
def test_the_commands_say_what_the_document_shows(story: Story, office: Path, accept: bool) -> None:
    shutil.copytree(ROOT / "tests" / "data", office / "tests" / "data")
    for command in story.commands:
        actual = output_of(command.line, office)
        if accept and not matches(command.expected, actual):
            text = story.document.read_text(encoding="utf-8")
            old, new = (f"$ {command.line}\n{output}" for output in (command.expected, actual))
            story.document.write_text(text.replace(old, new, 1), encoding="utf-8")
        else:
            assert matches(command.expected, actual), actual


def test_there_are_commands_to_run() -> None:
    assert sum(len(story.commands) for story in ALL) > 10
