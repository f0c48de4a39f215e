"""Folders that may not be read, outputs that take nothing: one sentence, and no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., Any]
PLAN = "cchc-2021-2025"

# Root may read everything; without these two capabilities it is a user like any other.
AS_USER = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]


@pytest.fixture(name="office")
def copied_plans(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "plans", tmp_path / "office" / "plans")
    return tmp_path / "office"


def shell(script: str, cwd: Path = ROOT) -> tuple[int, str, str]:
    """What a shell script says in which `cchc` is the real command, in Vietnamese."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("CCHC_", "LANG", "LC_"))}
    command = f'cchc() {{ "{sys.executable}" -m cchc_cli "$@"; }}\n{script}'
    done = subprocess.run(
        ["sh", "-c", command], cwd=cwd, capture_output=True, check=False, timeout=120,
        env=clean | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


posix = pytest.mark.skipif(os.name == "nt", reason="a shell of Unix")


@posix
@pytest.mark.parametrize(
    ("closed", "where", "option", "code", "said"),
    [
        ("office", "office/inside", "", 3, "không có quyền"),
        ("office/inside", "office/inside", "", 3, "không có quyền"),
        ("office/plans", "office", "", 3, "không có quyền"),
        ("office", ".", "--root office", 3, "không có quyền"),
        ("office/plans", ".", "--root office", 1, "plans:1:1: lỗi[CCHC001] không có quyền"),
        (f"office/plans/{PLAN}", "office", "", 1, f"plans/{PLAN}:1:1: lỗi[CCHC001] không có quyền"),
    ],
)
@pytest.mark.parametrize("verb", ["due", "validate"])
def test_a_folder_that_may_not_be_read_is_named(
    closed: str, where: str, option: str, code: int, said: str, verb: str,
    office: Path, tmp_path: Path,
) -> None:  # fmt: skip
    user = [] if os.geteuid() else AS_USER
    if user and shutil.which(user[0]) is None:
        pytest.skip("root may read everything")
    (office / "inside").mkdir()
    script = f"cd {where}; chmod 000 {tmp_path / closed}; {' '.join(user)} {sys.executable} -m "
    script += f"cchc_cli {verb} {option}; code=$?; chmod 755 {tmp_path / closed}; exit $code"
    left, out, err = shell(script, cwd=tmp_path)
    assert left == code, err
    assert said in out + err
    assert "Traceback" not in err


@posix
def test_a_folder_that_can_be_listed_but_not_entered_hides_nothing(office: Path) -> None:
    user = [] if os.geteuid() else AS_USER
    if user and shutil.which(user[0]) is None:
        pytest.skip("root may read everything")
    script = f"chmod 444 plans; {' '.join(user)} {sys.executable} -m cchc_cli validate --root ."
    code, out, err = shell(f"{script}; code=$?; chmod 755 plans; exit $code", cwd=office)
    assert (code, err) == (1, "")
    assert "plans/units.yaml:1:1: lỗi[CCHC001] không có quyền đọc tệp" in out


@posix
def test_a_deleted_folder_is_said_to_be_deleted(tmp_path: Path) -> None:
    gone = "mkdir gone; cd gone; rmdir ../gone; cchc"
    code, _out, err = shell(f"{gone} due", cwd=tmp_path)
    assert code == 3
    assert err.startswith("cchc: thư mục hiện tại đã bị xóa\n  → ")
    assert shell(f"{gone} list --root '{ROOT}'", cwd=tmp_path)[0] == 0


def test_a_name_that_no_disk_takes_is_one_sentence(cchc: Run) -> None:
    done = cchc("due", "--root", "a" * 300, env={"CCHC_LANG": "vi"})
    assert done.code == 3
    assert "tên quá dài" in done.err or "không có thư mục" in done.err  # Windows: the latter
    assert "Traceback" not in done.err


@pytest.mark.parametrize("out", [".", "", "/", ".."])
def test_a_folder_is_no_name_for_a_file(out: str, cchc: Run, office: Path) -> None:
    done = cchc("export", "--out", out, cwd=office)
    assert done.code == 3
    assert "is no name for a file" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("period", ["9999", "0000", "9999-Q4", "1999", "2020-12", "2026-H1"])
@pytest.mark.parametrize("plan", [[], ["--plan", PLAN]])
def test_a_report_is_of_a_year_of_the_plan(
    period: str, plan: list[str], cchc: Run, tmp_path: Path
) -> None:
    done = cchc("report", "--period", period, *plan, "--out", str(tmp_path))
    assert done.code == 2
    assert "--period" in done.err
    assert "2021-2025" in done.err
    assert list(tmp_path.iterdir()) == []


full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")


@full
@pytest.mark.parametrize(
    "arguments",
    ["due", "due --all --format json", "due --format csv", "list", "validate", "show I.1",
     "--help", "--version", "resolve x"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("output", "said"), [(">/dev/full", "ổ đĩa đã đầy"), (">&-", "đầu ra đã bị đóng")]
)
def test_a_lost_answer_is_a_failure(arguments: str, output: str, said: str) -> None:
    assert shell(f"cchc {arguments} {output}") == (
        3, "", f"cchc: không ghi ra được kết quả: {said}\n"
    )  # fmt: skip


@full
@pytest.mark.parametrize(
    "verb", ["done I.3 --unit VP --on 2021-12-20", "event record E.9 --on 2022-01-05 --name Họp"]
)
def test_what_was_recorded_is_said_to_be_recorded_where_the_answer_is_lost(
    verb: str, office: Path
) -> None:
    before = _plan_files(office)
    assert shell(f"cchc {verb} --dry-run >/dev/full", cwd=office) == (
        3, "", "cchc: không ghi ra được kết quả: ổ đĩa đã đầy\n"
    )  # fmt: skip
    assert _plan_files(office) == before
    code, _out, err = shell(f"cchc {verb} >/dev/full", cwd=office)
    assert (code, err) == (
        3,
        "cchc: đã ghi, nhưng không in ra được kết quả: ổ đĩa đã đầy\n  → đừng ghi lại lần nữa\n",
    )
    assert _plan_files(office) != before


def _plan_files(office: Path) -> dict[str, str]:
    return {str(path): path.read_text("utf-8") for path in office.rglob("plans/**/*.yaml")}


@full
@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("cchc due --as-of 2022-04-01 >/dev/null 2>&-", 0),
        ("cchc due --as-of 2022-04-01 >/dev/null 2>/dev/full", 0),
        ("cchc due --as-of 2020-04-01 --root tests/data/broken >/dev/null 2>/dev/full", 1),
        ("cchc due --foo 2>&-", 2),
        ("cchc due --foo 2>/dev/full", 2),
        ("cchc due --root /nowhere 2>/dev/full", 3),
        ("cchc due >/dev/full 2>/dev/full", 3),
        ("cchc due >&- 2>&-", 3),
    ],
)
def test_where_nobody_listens_the_exit_code_still_tells(script: str, code: int) -> None:
    assert shell(script) == (code, "", "")


@posix
def test_a_command_whose_output_is_closed_writes_nothing(office: Path) -> None:
    code, _out, _err = shell("cchc report --period 2022-Q1 >&-", cwd=office)
    assert code == 3
    assert not (office / "reports").exists()


@pytest.mark.parametrize(
    ("line", "head", "place", "code"),
    [
        ("- a\n", "# a list\n", 2, "CCHC103"),
        ("- a\n", "units:\n", 1, "CCHC003"),
        ("a, ", "[", 1, "CCHC103"),
    ],
    ids=["a list", "a list in a mapping", "a list in brackets"],
)
@pytest.mark.skipif(os.name == "nt", reason="memory is measured by Unix")
def test_a_file_of_millions_of_values_is_refused_before_it_fills_the_memory(
    line: str, head: str, place: int, code: str, tmp_path: Path
) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "office.yaml").write_text("agency: A\n")
    lines = 47 * 1024 * 1024 // len(line)
    (tmp_path / "plans" / "units.yaml").write_text(head + line * lines, encoding="utf-8")
    command = "import resource, sys; from cchc_cli.__main__ import main; code = main(sys.argv[1:]);"
    command += " print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", command, "validate", "--lang", "en", "--root", str(tmp_path)],
        capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert f"plans/units.yaml:{place}:1: error[{code}]" in done.stdout
    assert "errors: 1," in done.stdout
    assert int(done.stderr) < 2000  # MiB; 3600 without a bound


@posix
def test_too_little_memory_is_one_sentence(office: Path) -> None:
    tasks = "".join(f"      - {{id: I.{n}, number: {n}, name: a}}\n" for n in range(200_000))
    text = f"plan: {PLAN}\nfields:\n  - id: I\n    name: a\n    tasks:\n{tasks}"
    (office / "plans" / PLAN / "appendix.yaml").write_text(text, encoding="utf-8")
    code, _out, err = shell("ulimit -v 300000; cchc list --lang en", cwd=office)
    assert (code, err) == (3, "cchc: there is not enough memory for these plans\n")
