"""An office that lives with its period plan and the annual plans derived from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.lineage import Lineage, Node
from cchc_cli.core.units import Directory
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

ON_A_DAY = str(Path(__file__).parents[1] / "on_a_day.py")


class Cycle:
    """Commands on the days of the story, each in a process of its own; Văn phòng Sở types them."""

    def __init__(self, office: Path) -> None:
        self.office = office
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("CCHC_", "LC_"))}
        self.env |= {"PYTHONUTF8": "1", "CCHC_CONFIG": str(office / "config.toml")}

    def ran(self, day: str, *arguments: str) -> tuple[int, str, str]:
        command = [sys.executable, ON_A_DAY, day, *arguments]
        done = subprocess.run(
            command, cwd=self.office, env=self.env, capture_output=True, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def run(self, day: str, *arguments: str) -> str:
        """The answer of a command on that day; it must not fail."""
        code, out, err = self.ran(day, *arguments)
        assert code == 0, (arguments, out, err)
        return out

    def listed(self, day: str, *arguments: str) -> list[dict[str, Any]]:
        """What `cchc due --all` lists on that day."""
        said = self.run(day, "due", "--all", "--format", "json", *arguments)
        found: list[dict[str, Any]] = json.loads(said)["items"]
        return found

    def status(self, day: str, plan: str, task: str, unit: str, period: str) -> str:
        """How a unit stands with an occurrence of a plan."""
        (found,) = (
            item["status"]
            for item in self.listed(day, "--plan", plan)
            if (item["task"], item["unit"], item["period"]) == (task, unit, period)
        )
        return str(found)

    def edit(self, path: str, old: str, new: str) -> None:
        """What somebody changes in a file."""
        file = self.office / "plans" / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, (path, old)
        file.write_text(text.replace(old, new), encoding="utf-8")

    def standings(self, day: date) -> dict[tuple[Node, str, str], set[str]]:
        """By shared work, unit and role: the statuses that it has in all plans."""
        loaded = load(*read_plans(self.office))
        workspace = loaded.workspace
        directory = Directory(workspace.units, workspace.groups)
        lineage = Lineage(workspace, directory)
        found = defaultdict(set)
        for plan in workspace.plans.values():
            agenda = Agenda(lineage.joined(plan), directory, workspace.calendar, day, 7)
            for item in agenda.items():
                whole = lineage.whole(Node(str(plan.id), str(item.of.id), item.period))
                key = (whole, item.who[0], item.assignment.role.value)
                found[key].add(item.status.value)
        return found


@pytest.fixture
def cycle(office: Path) -> Cycle:
    return Cycle(office)
