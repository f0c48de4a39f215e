"""Print what rolling up a country costs, as ratios to something measured in the same run.

    python tests/bench/rollup.py [OFFICES]

Writes the country of `country.py` (5,000 offices unless told otherwise) into a passing folder and
measures there: the roll-up of a tenth, a fifth, two fifths and all of it with two processes, of the
tenth with one and with two in turns, the export as Parquet, and the shipped queries on DuckDB,
whose every number must be that of the roll-up. CPU times are those of a process with its workers.
The baseline is the same interpreter that loads every YAML file of the tenth with PyYAML's C parser.
Peak memory is the largest resident set of any one process, and of all together. The exit code says
nothing about speed: it is 1 if numbers differ.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "rollup")]

from agree import answers, differences, of_parquet  # noqa: E402
from country import AS_OF, OFFICES, write_country  # noqa: E402

_LOAD = """
import sys, yaml
for line in sys.stdin:
    try:
        yaml.load(open(line.strip(), encoding='utf-8'), yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError):
        pass
"""


class Run(NamedTuple):
    """One finished process: seconds of the clock and of all its processors, and peak MiB."""

    seconds: float
    cpu: float
    largest: float
    together: float

    def __str__(self) -> str:
        return (
            f"{self.seconds:7.1f} s, CPU {self.cpu:7.1f} s, memory {self.largest:5.0f} MiB the "
            f"largest process, {self.together:5.0f} MiB all"
        )


def run(command: list[str], out: Path, stdin: str = "") -> Run:
    """Run a command, its output into a file, and look at its memory while it works."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "CCHC_"))}
    start, largest, together = time.monotonic(), 0.0, 0.0
    before = os.times()
    with out.open("wb") as file, subprocess.Popen(
        command, env=kept, stdout=file, stderr=subprocess.DEVNULL, stdin=subprocess.PIPE
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(stdin.encode())
        process.stdin.close()
        while process.poll() is None:
            sizes = [_resident(pid) for pid in (process.pid, *_children(process.pid))]
            largest, together = max(largest, *sizes), max(together, sum(sizes))
            time.sleep(0.2)
    after = os.times()
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Run(time.monotonic() - start, cpu, largest, together)


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except OSError:
        return []
    return [int(word) for word in text.split()]


def _resident(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0.0
    found = [line.split()[1] for line in text.splitlines() if line.startswith("VmRSS:")]
    return int(found[0]) / 1024 if found else 0.0


def cchc(*arguments: str) -> list[str]:
    """The installed console script of this interpreter."""
    return [str(Path(sys.executable).with_name("cchc")), *arguments]


def rollup(paths: list[str], jobs: int, out: Path) -> Run:
    """Roll offices up as JSON."""
    listed = out.with_suffix(".txt")
    listed.write_text("\n".join(paths) + "\n", "utf-8")
    day = AS_OF.isoformat()
    return run(
        cchc("rollup", "--list", str(listed), "--as-of", day, "--format", "json", "--jobs",
             str(jobs)), out,
    )  # fmt: skip


def say(text: str) -> None:
    """A line with the load of the machine, which slows everything alike."""
    print(f"{text}   [load {os.getloadavg()[0]:.1f}]", flush=True)


def measure(folder: Path, offices: int) -> int:
    """Print every figure; how many numbers differ."""
    start = time.monotonic()
    write_country(folder / "country", offices)
    every = sorted(str(path) for path in (folder / "country").glob("tinh-*/co-quan-*"))
    say(f"{len(every)} offices written in {time.monotonic() - start:.0f} s")
    sizes = [int(offices / part) for part in (10, 5, 2.5, 1)]
    runs = {}
    for size in sizes:
        runs[size] = rollup(every[:size], 2, folder / f"{size}.json")
        say(f"roll-up of {size:5} offices, 2 processes: {runs[size]}")
    small = sizes[0]
    turns: dict[int, list[Run]] = {1: [], 2: []}
    for jobs in (1, 2, 1, 2):  # in turns, so that a busy machine slows both alike
        turns[jobs].append(rollup(every[:small], jobs, folder / f"turn-{jobs}.json"))
        say(f"roll-up of {small:5} offices, {jobs} processes: {turns[jobs][-1]}")
    files = [str(p) for office in every[:small] for p in sorted(Path(office).rglob("*.yaml"))]
    base = run([sys.executable, "-c", _LOAD], folder / "base", "\n".join(files))
    say(f"yaml.load(CSafeLoader) of the {len(files)} files of {small} offices: {base}")
    print(f"roll-up of {small} / yaml.load of the same: {runs[small].cpu / base.cpu:.2f}x (CPU)")
    growth = runs[offices].cpu / runs[small].cpu / (offices / small)
    print(f"growth from {small} to {offices}: {growth:.2f}x the CPU an office")
    alone, both = (sum(run.seconds for run in turns[jobs]) for jobs in (1, 2))
    print(f"1 process / 2 processes: {alone / both:.2f}x (clock)")
    same = (folder / "turn-1.json").read_bytes() == (folder / "turn-2.json").read_bytes()
    print(f"1 and 2 processes say the same: {same}")
    return _tables(folder, offices) + (not same)


def _tables(folder: Path, offices: int) -> int:
    data = json.loads((folder / f"{offices}.json").read_text("utf-8"))
    listed = str(folder / f"{offices}.txt")
    out = folder / "parquet"
    command = cchc("export", "--list", listed, "--as-of", AS_OF.isoformat(), "--format", "parquet",
                   "--out", str(out), "--jobs", "2")  # fmt: skip
    done = run(command, folder / "said")
    files = list(out.rglob("*.parquet"))
    size = sum(path.stat().st_size for path in files) / 1024**2
    say(f"export as Parquet, 2 processes: {done}; {len(files)} files, {size:.0f} MiB")
    print(f"  {' '.join((folder / 'said').read_text('utf-8').split()[1:])}")
    ask = of_parquet(out)
    for what in ("occurrences", "occurrences WHERE part = 1", "tasks", "states", "reports"):
        print(f"  {what}: {ask(f'SELECT COUNT(*) FROM {what}')[1][0][0]} rows")
    start = time.process_time(), time.monotonic()
    said = answers(ask)
    cpu, seconds = time.process_time() - start[0], time.monotonic() - start[1]
    say(f"{len(said)} queries on DuckDB: {seconds:.2f} s, CPU {cpu:.2f} s")
    wrong = differences(said, data)
    numbers = sum(len(row) for rows in said.values() for row in rows)
    print(f"{numbers} values of the queries compared with the roll-up: {len(wrong)} differences")
    print("\n".join(wrong[:10]))
    return len(wrong)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        wanted = int(sys.argv[1]) if len(sys.argv) > 1 else OFFICES
        sys.exit(1 if measure(Path(place), wanted) else 0)
