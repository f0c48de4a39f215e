"""Print how fast `cchc` is, as ratios to something measured in the same run.

    python tests/bench/bench.py [--large]

Every figure is the CPU time (user and system) of a whole process, its start included: the median
of several runs, taken in turns so that a busy machine slows both sides alike. The baselines are the
same interpreter with no flags: doing nothing, and loading the same file with PyYAML's C parser.
`--large` adds 100,000 tasks, which takes a minute or two. The exit code says nothing about speed.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from generate import REAL, write_history, write_plan

NOTHING = "pass"
LOAD = "import yaml; yaml.load(open({path!r}, encoding='utf-8'), yaml.CSafeLoader)"
MEBIBYTE = 1024  # ru_maxrss counts KiB on Linux


class Run(NamedTuple):
    """One finished process: CPU seconds, peak memory in MiB, and its exit code."""

    cpu: float
    memory: float
    code: int


class Line(NamedTuple):
    """A measured figure and what it may be at most."""

    name: str
    measured: float
    limit: float
    unit: str
    detail: str = ""

    def __str__(self) -> str:
        verdict = "ok" if self.measured <= self.limit else "over"
        shown, limit = f"{self.measured:.2f}{self.unit}", f"{self.limit:g}{self.unit}"
        return f"{self.name:<58}{shown:>11}   limit {limit:<8}{verdict:<5}{self.detail}".rstrip()


def run(command: list[str]) -> Run:
    """Run a command with its output in a pipe that is read as fast as it fills."""
    # Nobody's daily shell forbids Python its compiled files; one that does would measure compiling.
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "CCHC_"))}
    reader, writer = os.pipe()
    redirect = [(os.POSIX_SPAWN_DUP2, writer, stream) for stream in (1, 2)]
    process = os.posix_spawn(command[0], command, kept, file_actions=redirect)
    os.close(writer)
    while os.read(reader, 1 << 16):
        pass
    os.close(reader)
    _, status, used = os.wait4(process, 0)
    cpu = used.ru_utime + used.ru_stime
    return Run(cpu, used.ru_maxrss / MEBIBYTE, os.waitstatus_to_exitcode(status))


def measure(commands: Mapping[str, list[str]], rounds: int) -> dict[str, Run]:
    """The median of each command over so many rounds, after one that only warms up."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for command in commands.values():
        check(command, run(command))
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(run(command))
    return {
        name: Run(
            statistics.median(one.cpu for one in of),
            statistics.median(one.memory for one in of),
            of[0].code,
        )
        for name, of in runs.items()
    }


def check(command: list[str], done: Run) -> None:
    """A command that fails is not fast, it is broken: say so beside the figures."""
    if done.code:
        print(f"! exit code {done.code}: {' '.join(command)}")


def python(code: str) -> list[str]:
    """The interpreter that runs this, with no flags."""
    return [sys.executable, "-c", code]


def cchc(*arguments: str) -> list[str]:
    """The installed console script of this interpreter."""
    return [str(Path(sys.executable).with_name("cchc")), *arguments]


def ms(one: Run, other: Run) -> str:
    """Both sides of a ratio in milliseconds."""
    return f"{one.cpu * 1000:.1f} ms / {other.cpu * 1000:.1f} ms"


def real_plan() -> None:
    """`cchc due` on the plan of this repository, which is all start-up."""
    root = str(REAL.parent)
    got = measure(
        {"nothing": python(NOTHING), "due": cchc("due", "--unit", "VP", "--root", root)}, rounds=31
    )
    due, nothing = got["due"], got["nothing"]
    print(Line("real plan: cchc due --unit VP / python -c pass", due.cpu / nothing.cpu, 10, "x",
               ms(due, nothing)))  # fmt: skip


def tasks_10k(folder: Path) -> dict[str, Run]:
    """Both verbs on 10,000 tasks against PyYAML, and their memory."""
    appendix = write_plan(folder, 10_000)
    got = measure({"load": python(LOAD.format(path=str(appendix))), **verbs(folder)}, rounds=7)
    load = got["load"]
    for verb, limit in (("validate", 0.6), ("due", 0.8)):
        print(Line(f"10,000 tasks: cchc {verb} / yaml.load(CSafeLoader)", got[verb].cpu / load.cpu,
                   limit, "x", ms(got[verb], load)))  # fmt: skip
    for verb in ("validate", "due"):
        print(Line(f"10,000 tasks: cchc {verb}, peak memory", got[verb].memory, 400, " MiB"))
    return got


def tasks_100k(folder: Path, small: Mapping[str, Run]) -> None:
    """Both verbs on ten times as many."""
    write_plan(folder, 100_000)
    got = measure(verbs(folder), rounds=3)
    for verb in ("validate", "due"):
        ratio = got[verb].cpu / small[verb].cpu
        print(Line(f"100,000 tasks / 10,000: cchc {verb}", ratio, 11, "x",
                   ms(got[verb], small[verb])))  # fmt: skip


def history(folder: Path) -> None:
    """Looking back at one task of 1,000 over 200 commits, against git on the same file."""
    appendix = write_history(folder, tasks=1_000, commits=200)
    root = str(folder)
    git = shutil.which("git") or "git"
    log = [git, "-C", root, "log", "-p", "--", str(appendix)]
    got = measure({"git": log, "log": cchc("log", "I.6", "--root", root)}, rounds=5)
    print(Line("200 commits: cchc log I.6 / git log -p appendix.yaml",
               got["log"].cpu / got["git"].cpu, 3, "x", ms(got["log"], got["git"])))  # fmt: skip


def verbs(folder: Path) -> dict[str, list[str]]:
    """The two commands that are measured on generated plans."""
    root = str(folder)
    return {
        "validate": cchc("validate", "--root", root),
        "due": cchc("due", "--unit", "VP", "--root", root),
    }


def main(arguments: Sequence[str]) -> None:
    """Print a line for each figure of the benchmark."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors; CPU time of processes")
    real_plan()
    with tempfile.TemporaryDirectory() as folder:
        history(Path(folder) / "history")
        small = tasks_10k(Path(folder) / "10k")
        if "--large" in arguments:
            tasks_100k(Path(folder) / "100k", small)


if __name__ == "__main__":
    main(sys.argv[1:])
