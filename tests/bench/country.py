"""Write the plans of an invented country: provinces with offices, each with five units.

    python tests/bench/country.py FOLDER [OFFICES]

34 folders “tinh-01” … hold 5,000 offices, or fewer. A plan has 26 tasks in seven fields, whose
deadlines give some 210 occurrences in five years; there are twenty different sets of deadlines, and
in each office the names differ, so that no two appendices are the same text. What the units have
recorded differs from office to office. Working calendars, units, events and reporting duties are
the same files (hard links). One office in 250 is broken, in four ways. All is invented and marked
“ví dụ”; the same number of offices always gives the same bytes.
"""

from __future__ import annotations

import datetime
import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cchc_cli.core.agenda import Agenda
from cchc_cli.core.model import Duty
from cchc_cli.core.units import Directory, Role
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

sys.path.insert(0, str(Path(__file__).parent))

from generate import _FIELDS, PLAN_ID, REAL, _head, _task

PROVINCES, OFFICES, TASKS, VARIANTS = 34, 5_000, 26, 20
AS_OF = datetime.date(2023, 6, 30)
BROKEN = 250  # one office in so many

_DEADLINES = (
    "Hằng quý", "Hằng năm", "Trước ngày 25 tháng cuối quý", "Năm 2022", "Hằng quý",
    "Trước ngày 20/12 năm báo cáo", "Quý I năm kế hoạch", "Hằng quý", "Tháng 5/2023", "Hằng năm",
    "Hằng quý", "Thường xuyên", "Hằng quý",
)  # fmt: skip


class Owed(NamedTuple):
    """An occurrence that a unit leads, and the last day for it."""

    task: str
    period: str
    due: datetime.date


def write_country(folder: Path, offices: int = OFFICES) -> list[Path]:
    """Write so many offices; the folders of the provinces."""
    shared = _shared(folder / ".chung")
    owed = [_owed(folder / ".mau" / str(variant), variant, shared) for variant in range(VARIANTS)]
    provinces = [folder / f"tinh-{number:02}" for number in range(1, PROVINCES + 1)]
    for number in range(offices):
        place = provinces[number % PROVINCES] / f"co-quan-{number // PROVINCES + 1:03}"
        _office(place, number, shared)
        _progress(place, number, owed[number % VARIANTS])
        if number % BROKEN == BROKEN - 1:
            _break(place, number // BROKEN % 4)
    shutil.rmtree(folder / ".mau")
    return [province for province in provinces if province.exists()]


def _shared(folder: Path) -> dict[str, Path]:
    """The files that all offices have alike, by their paths in a plan root."""
    real = REAL / "cchc-2021-2025"
    files = {"plans/units.yaml": REAL / "units.yaml"}
    files |= {f"plans/calendar/{p.name}": p for p in sorted((REAL / "calendar").glob("*.yaml"))}
    names = ("events.yaml", "reporting.yaml")
    files |= {f"plans/{PLAN_ID}/{name}": real / name for name in names}
    folder.mkdir(parents=True)
    for number, (path, source) in enumerate(files.items()):
        files[path] = shutil.copy(source, folder / f"{number}.yaml")
    reporting = Path(files[f"plans/{PLAN_ID}/reporting.yaml"])
    text = reporting.read_text("utf-8")
    due = "    deadline: chậm nhất ngày 20 của tháng cuối quý\n"
    place = text.index("  - id: BC.nam")
    reporting.write_text(text[:place] + due + text[place:], "utf-8", newline="\n")
    return files


def _office(place: Path, number: int, shared: dict[str, Path]) -> None:
    plan = place / "plans" / PLAN_ID
    plan.mkdir(parents=True)
    for path, file in shared.items():
        target = place / path
        target.parent.mkdir(exist_ok=True)
        os.link(file, target)
    name = f"Sở ví dụ {number + 1}, tỉnh ví dụ {number % PROVINCES + 1}"
    _write(place / "plans" / "office.yaml", [f"agency: {name}", "due_soon_days: 7"])
    head = (line.replace("subject: Thử nghiệm", f"subject: Thử nghiệm của {name}")
            for line in _head())  # fmt: skip
    _write(plan / "plan.yaml", head)
    _write(plan / "appendix.yaml", _appendix(number))


def _appendix(number: int) -> Iterator[str]:
    """26 tasks like those of the benchmark, with deadlines by the variant."""
    yield f"plan: {PLAN_ID}"
    yield "fields:"
    for index, (area, name) in enumerate(_FIELDS):
        yield f"  - id: {area}"
        yield f"    name: {name if number % 7 else name.upper()}"
        yield "    tasks:"
        for place, row in enumerate(range(index, TASKS, len(_FIELDS)), 1):
            for line in _task(area, place, row, ("Năm 2022",)):
                if line.startswith("        events:"):
                    continue
                if line.startswith("        deadline: "):
                    words = _DEADLINES[(row + number % VARIANTS) % len(_DEADLINES)]
                    yield f"        deadline: {words}"
                else:
                    yield line.replace(f"số {row + 1}", f"số {row + 1} của cơ quan {number + 1}")


def _owed(place: Path, variant: int, shared: dict[str, Path]) -> dict[str, list[Owed]]:
    """What each unit leads by the plan of a variant, up to some months after the day."""
    _office(place, variant, shared)
    workspace = load(*read_plans(place)).workspace
    (plan,) = workspace.plans.values()
    directory = Directory(workspace.units, workspace.groups)
    agenda = Agenda(plan, directory, workspace.calendar, AS_OF, 7)
    found: dict[str, list[Owed]] = {}
    for item in agenda.items():
        due = item.due
        if isinstance(item.of, Duty) and item.occurrence is not None and due is None:
            due = item.occurrence.start + datetime.timedelta(days=100)
        if item.unit and item.assignment.role is Role.LEAD and due and due.year < 2024:
            found.setdefault(str(item.unit.id), []).append(Owed(str(item.of.id), item.period, due))
    return found


def _progress(place: Path, number: int, owed: dict[str, list[Owed]]) -> None:
    chance = random.Random(number)
    diligence = chance.uniform(0.4, 1.0)
    folder = place / "plans" / PLAN_ID / "progress"
    folder.mkdir()
    for unit, found in owed.items():
        lines = list(_entries(found, chance, diligence))
        _write(folder / f"{unit}.yaml", [f"unit: {unit}", "progress:", *lines])


def _entries(owed: list[Owed], chance: random.Random, diligence: float) -> Iterator[str]:
    for task, period, due in owed:
        day = due + datetime.timedelta(days=chance.randint(-60, 12))
        if day > AS_OF or chance.random() > diligence:
            continue
        label = f", period: {period}" if period else ""
        proof = ""
        if chance.random() < 0.8:
            proof = f", evidence: [{{document: Văn bản ví dụ số {chance.randint(1, 999)}}}]"
        yield (
            f"  - {{task: {task}{label}, state: done, completed_on: {day}, recorded_on: {day}"
            f"{proof}}}"
        )


def _break(place: Path, way: int) -> None:
    plan = place / "plans" / PLAN_ID
    appendix = plan / "appendix.yaml"
    text = appendix.read_text("utf-8")
    if way == 0:
        shutil.rmtree(place / "plans")
    elif way == 1:
        appendix.write_text(text.replace("    tasks:", "    tasks: [", 1), "utf-8")
    elif way == 2:
        appendix.write_text(text.replace("lead: Thanh tra Sở", "lead: Ban chưa có"), "utf-8")
    else:
        (plan / "plan.yaml").write_text("a: &a [*a, *a]\n", "utf-8")


def _write(path: Path, lines: Iterator[str] | list[str]) -> None:
    text = "\n".join(["# Ví dụ, không có thật.", *lines]) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_country(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else OFFICES)
