"""Tab is pressed: what the shell offers, and that it never says a word of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import OFFICE, surroundings

Run = Callable[..., Any]
PLAN = Path("plans") / "vi-du-2025-2026"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")

# What bash does on Tab, except that nothing stands there to be typed on.
TAB = """
eval "$(cchc completion bash)"
COMP_WORDS=("$@")
COMP_CWORD=$(( $# - 1 ))
compopt() { echo "files"; }
wanted=$(complete -p cchc | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
"$wanted" "$1"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def thu(clerk: Run, here: Path) -> Path:
    """An invented office, and `cchc` as a command of its own."""
    assert clerk("init", "thu", "--demo").code == 0
    program = here / "bin" / "cchc"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cchc_cli "$@"\n')
    program.chmod(0o755)
    return here / "thu"


@pytest.fixture
def tab(thu: Path, here: Path) -> Callable[..., list[str]]:
    """What bash offers for the last of the words."""

    def press(*words: str, root: Path = thu) -> list[str]:
        env = os.environ | surroundings(here) | {"CCHC_LANG": "en", "PYTHONUTF8": "1"}
        env["PATH"] = f"{here / 'bin'}{os.pathsep}{env['PATH']}"
        done = subprocess.run(
            ["bash", "--norc", "-c", TAB, "bash", *words], cwd=root, env=env, check=False,
            capture_output=True, encoding="utf-8",
        )  # fmt: skip
        assert done.stderr == ""
        return [line for line in done.stdout.splitlines() if line]

    return press


TASKS = "I.1 I.2 I.3 I.4 II.1 II.2 II.3 II.4 II.5 III.1 III.2 III.3 III.4"


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cchc un", "undo-done unit"),
        ("cchc event ", "record link list"),
        ("cchc due --un", "--unit"),
        ("cchc due --unit ", "VP KH TC TT KHTC"),
        ("cchc due -u k", "KH KHTC"),
        ("cchc due --field ", "I II III"),
        ("cchc due --plan ", "vi-du-2025-2026"),
        ("cchc due --plan nothing --field ", ""),
        ("cchc done ", f"{TASKS} BC.nam"),
        ("cchc extend ", TASKS),
        ("cchc extend iii.", "III.1 III.2 III.3 III.4"),
        ("cchc add ", ""),
        ("cchc done I.1 --period ", "2025 2026"),
        ("cchc done i.2 --unit VP --period 2025", "2025-Q1 2025-Q2 2025-Q3 2025-Q4"),
        ("cchc done II.2 --period ", "E.1"),
        ("cchc done --period ", ""),
        ("cchc report --period 2026", "2026-Q1 2026-Q2 2026-Q3 2026-Q4 2026"),
        ("cchc resolve x --period ", ""),
        ("cchc event record ", "E.1 E.2"),
        ("cchc event link II.3 ", "E.1 E.2"),
        ("cchc transfer III.3 --to V", "VP"),
        ("cchc unit merge KH T", "TC TT"),
        ("cchc config unit V", "VP"),
        ("cchc done I.1 --file ", "files"),
        ("cchc collect ", "files"),
    ],
)
def test_tab_offers_what_fits(tab: Run, line: str, offered: str) -> None:
    assert tab(*line.split(" ")) == offered.split()


def test_all_commands_are_offered(tab: Run, clerk: Run) -> None:
    verbs = re.findall(r"^  ([a-z-]+)  ", clerk("--help").out.split("Commands:")[1], re.MULTILINE)
    assert tab("cchc", "") == verbs


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cchc extend ", ""),
        ("cchc done ", "BC.nam"),
        ("cchc due --field ", ""),
        ("cchc event record ", "E.1 E.2"),
        ("cchc due --unit V", "VP"),
    ],
)
def test_a_broken_plan_completes_nothing_of_it_and_says_nothing(
    tab: Run, thu: Path, line: str, offered: str
) -> None:
    (thu / PLAN / "appendix.yaml").write_text("plan: [vi-du\n", encoding="utf-8")
    assert tab(*line.split(" ")) == offered.split()


def test_a_mistyped_command_is_not_scolded_while_it_is_typed(tab: Run) -> None:
    assert "--unit" not in tab("cchc", "dune", "--unit", "")


@pytest.mark.parametrize("verb", ["done", "due --unit", "report --period"])
def test_without_plans_nothing_is_offered_and_nothing_said(tab: Run, here: Path, verb: str) -> None:
    assert tab("cchc", *verb.split(), "", root=here) == []


def test_a_new_office_offers_its_units(tab: Run, clerk: Run, here: Path) -> None:
    assert clerk("init", "so", *OFFICE).code == 0
    assert tab("cchc", "due", "--unit", "", root=here / "so") == ["VP", "KHTC"]
    assert tab("cchc", "done", "", root=here / "so") == []


@pytest.mark.parametrize(
    ("shell", "asked", "said"),
    [
        ("zsh", {"COMP_WORDS": "cchc due --unit TT", "COMP_CWORD": "3"},
         "plain\nTT\nTrung tâm Thí Dụ\n"),
        ("fish", {"COMP_WORDS": "cchc due --unit ", "COMP_CWORD": "T"}, "plain,TC"),
        ("powershell", {"_CCHC_LINE": "cchc due --unit T", "_CCHC_WORD": "T"},
         "TC\tPhòng Tài chính Thí Dụ\nTT\tTrung tâm Thí Dụ\n"),
        ("powershell", {"_CCHC_LINE": ".venv\\Scripts\\cchc event", "_CCHC_WORD": ""},
         "record\t"),
        ("no-shell", {}, ""),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("thu")
def test_other_shells_are_answered_as_their_scripts_read_it(
    clerk: Run, shell: str, asked: dict[str, str], said: str
) -> None:
    answer = clerk(inside="thu", _CCHC_ASKED=f"{shell}_complete", **asked)
    assert answer.err == ""
    assert said in answer.out
    assert answer.code == (not said)


@pytest.mark.parametrize(
    ("shell", "begins", "says", "ends"),
    [
        ("bash", "_cchc_completion()", "_CCHC_ASKED=bash_complete", "~/.bashrc"),
        ("zsh", "#compdef cchc\n", "_CCHC_ASKED=zsh_complete", "~/.zshrc"),
        ("fish", "function _cchc_completion", "_CCHC_ASKED=fish_complete", "completions/cchc.fish"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName cchc",
         "$env:_CCHC_ASKED = 'powershell_complete'", "$PROFILE"),
    ],
)  # fmt: skip
def test_each_script_asks_cchc_and_says_where_it_belongs(
    clerk: Run, shell: str, begins: str, says: str, ends: str
) -> None:
    answer = clerk("completion", shell)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(begins)
    assert says in answer.out
    assert ends in answer.out.splitlines()[-1]


def test_the_powershell_script_is_balanced_and_leaves_nothing_set(clerk: Run) -> None:
    script = clerk("completion", "powershell").out
    for pair in ("{}", "()", "[]"):
        assert script.count(pair[0]) == script.count(pair[1])
    assert set(re.findall(r"\$env:(\w+) = ", script)) == set(
        re.findall(r"\$env:(\w+) = \$null", script)
    )
    assert "%" not in script


def test_another_shell_is_refused_with_those_there_are(clerk: Run) -> None:
    answer = clerk("completion", "cmd")
    assert answer.code == 2
    assert "bash, zsh, fish, powershell" in answer.err
