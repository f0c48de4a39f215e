"""The command line on the consoles that offices really have."""

from __future__ import annotations

import json
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


def raw(arguments: list[str], **env: str) -> subprocess.CompletedProcess[bytes]:
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("CCHC", "LC_", "LANG", "PYTHON"))
    }
    return subprocess.run(
        [sys.executable, "-m", "cchc_cli", *arguments],
        cwd=ROOT, env=clean | env, capture_output=True, check=False,
    )  # fmt: skip


DUE = ["due", "--unit", "VP", "--as-of", "2022-04-01"]


def test_vietnamese_is_spoken_unless_asked_otherwise() -> None:
    assert "quá hạn" in raw(DUE, PYTHONUTF8="1").stdout.decode()
    assert "overdue" in raw([*DUE, "--lang", "en"], PYTHONUTF8="1").stdout.decode()
    assert "overdue" in raw(DUE, PYTHONUTF8="1", CCHC_LANG="en").stdout.decode()


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "cp1258"},
    ],
)
def test_a_console_without_vietnamese_letters_shows_bare_ones(env: dict[str, str]) -> None:
    done = raw(DUE, **env)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode("latin-1")
    assert "I.2" in text
    assert "31/03/2022" in text
    assert "?" not in text
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows hands over letters, not bytes")
@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_vietnamese_words_are_understood_in_any_locale(locale: str, tmp_path: Path) -> None:
    plain = {"LC_ALL": locale, "PYTHONUTF8": "0", "CCHC_LANG": "en"}
    done = raw(["resolve", "trước ngày 20/12", "--year", "2022"], **plain)
    assert b": due 2022-12-19" in done.stdout
    assert raw(["due", "--unit", "Văn phòng"], **plain).returncode == 0
    shutil.copytree(ROOT / "plans", tmp_path / "Kế hoạch" / "plans")
    out = tmp_path / "Kết quả.json"
    done = raw(
        ["export", "--root", str(out.with_name("Kế hoạch")), f"--out={out}", "--format", "json"],
        **plain,
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(out.read_bytes())["items"]) > 0


def test_json_loses_no_letter_on_any_console() -> None:
    done = raw([*DUE, "--format", "json"], PYTHONIOENCODING="cp1252")
    names = [item["name"] for item in json.loads(done.stdout)["items"]]
    assert "Xây dựng Kế hoạch CCHC hằng năm" in names


def test_usage_errors_are_vietnamese_and_exit_with_2() -> None:
    done = raw(["due", "--don-vi", "VP"], PYTHONUTF8="1")
    assert done.returncode == 2
    assert "No such option" not in done.stderr.decode()


def test_an_unknown_unit_gets_suggestions_and_exit_code_2() -> None:
    done = raw(["due", "--unit", "van phog"], PYTHONUTF8="1", CCHC_LANG="en")
    assert done.returncode == 2
    assert "did you mean: Văn phòng" in done.stderr.decode()


@pytest.mark.parametrize("name", ["VP", "vp", "Văn phòng Sở", "văn phòng", "VAN PHONG SO"])
def test_a_unit_is_found_by_id_name_or_alias_in_any_spelling(name: str) -> None:
    done = raw(["due", "--unit", name, "--as-of", "2022-04-01", "--format", "json"])
    assert done.returncode == 0, done.stderr
    assert {item["unit"] for item in json.loads(done.stdout)["items"]} == {"VP"}


def test_outside_any_plan_one_sentence_says_what_to_do(tmp_path: Path, cchc: Run) -> None:
    done = cchc("due", cwd=tmp_path)
    assert done.code == 3
    assert "no plans found" in done.err
    assert "--root" in done.err
    assert "Traceback" not in done.err


def test_the_root_is_found_upwards_and_by_option_and_by_variable(tmp_path: Path, cchc: Run) -> None:
    inside = cchc("list", "--format", "json", cwd=ROOT / "plans" / "cchc-2021-2025")
    given = cchc("list", "--format", "json", "--root", str(ROOT), cwd=tmp_path)
    named = cchc("list", "--format", "json", cwd=tmp_path, env={"CCHC_ROOT": str(ROOT)})
    assert inside.code == given.code == named.code == 0
    assert inside.out == given.out == named.out


def test_overdue_work_fails_a_check_only_when_asked_to(cchc: Run) -> None:
    assert cchc(*DUE).code == 0
    assert cchc(*DUE, "--fail-on", "overdue").code == 1
    assert cchc("due", "--as-of", "2021-10-01", "--fail-on", "overdue").code == 0


def test_a_reader_that_stops_early_causes_no_complaint() -> None:
    command = f"{sys.executable} -m cchc_cli list | head -n 1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, check=False)
    assert done.stderr == b""


@pytest.mark.parametrize("field", [None, "I", "iv"])
@pytest.mark.parametrize("role", ["lead", "support", "any"])
@pytest.mark.parametrize("unit", [None, "VP", "KHTC", "TTUD"])
def test_statuses_add_up_under_every_filter(
    field: str | None, role: str, unit: str | None, cchc: Run
) -> None:
    arguments = ["due", "--all", "--as-of", "2022-04-01", "--format", "json", "--role", role]
    arguments += ["--field", field] if field else []
    arguments += ["--unit", unit] if unit else []
    value = json.loads(cchc(*arguments).out)
    total = value["summary"].pop("total")
    assert total == sum(value["summary"].values()) == len(value["items"])


def test_due_today_is_not_overdue_and_due_yesterday_is_by_one_day(cchc: Run) -> None:
    def status(day: str) -> tuple[str, int]:
        value = json.loads(cchc("due", "--all", "--as-of", day, "--format", "json").out)
        (item,) = (i for i in value["items"] if (i["task"], i["period"]) == ("I.2", "2022"))
        return item["status"], item["days"]

    assert status("2022-03-31") == ("due_soon", 0)
    assert status("2022-04-01") == ("overdue", 1)
    assert status("2022-03-24") == ("due_soon", 7)
    assert status("2022-03-23") == ("not_due", 8)


def test_csv_and_markdown_hold_the_same_items(cchc: Run) -> None:
    as_csv = cchc(*DUE, "--format", "csv")
    as_markdown = cchc(*DUE, "--format", "md").out.splitlines()
    assert len(as_csv.out.splitlines()) - 1 == len(as_markdown[:-2]) - 2 == 12
    assert as_markdown[-2:] == ["", "Read 26 tasks from 13 files."]
    assert as_csv.err == "Read 26 tasks from 13 files.\n"


@pytest.mark.parametrize("env", [{"PYTHONUTF8": "1"}, {"PYTHONIOENCODING": "cp1252"}])
def test_excel_gets_the_same_from_a_pipe_as_from_an_export(
    env: dict[str, str], tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    appendix = tmp_path / "plans" / "cchc-2021-2025" / "appendix.yaml"
    text = appendix.read_text("utf-8").replace(
        "name: Xây dựng Kế hoạch CCHC hằng năm", "name: =1+1"
    )
    appendix.write_text(text, "utf-8")
    asked = ["--as-of", "2022-04-01", "--root", str(tmp_path), "--format", "csv"]
    out = tmp_path / "all.csv"
    assert raw(["export", *asked, "--out", str(out)], **env).returncode == 0
    piped = raw(["due", "--all", *asked], **env).stdout
    assert piped.startswith(b"\xef\xbb\xbfplan,task,")
    assert ",'=1+1," in piped.decode()
    assert piped == out.read_bytes()
    assert not raw(["due", "--format", "json"], **env).stdout.startswith(b"\xef")


def test_alone_it_shows_what_it_can_do() -> None:
    done = raw([], PYTHONUTF8="1")
    assert done.returncode == 2
    assert "Việc quá hạn và sắp đến hạn" in (done.stdout + done.stderr).decode()


def test_a_mistyped_verb_is_answered_with_the_nearest(cchc: Run) -> None:
    done = cchc("dues")
    assert done.code == 2
    assert "did you mean “due”?" in done.err


def test_no_text_of_a_plan_commands_the_terminal(tmp_path: Path, cchc: Run) -> None:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    units = tmp_path / "plans" / "units.yaml"
    text = units.read_text("utf-8").replace("Thanh tra Sở", '"Thanh tra \\e[2J Sở"')
    units.write_text(text, "utf-8")
    for arguments in (["due", "--as-of", "2022-04-01"], ["show", "I.1"], ["list"], ["validate"]):
        done = cchc(*arguments, cwd=tmp_path)
        assert "\x1b" not in done.out + done.err
    assert "CCHC106" in done.out


READING = (
    ["due"], ["due", "--all", "--format", "json"], ["list"], ["show", "I.1"], ["validate"],
    ["resolve", "Hằng năm"], ["explain"], ["workdays", "--print", "2027"],
)  # fmt: skip


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_command_that_reads_writes_nothing(
    arguments: list[str], tmp_path: Path, cchc: Run
) -> None:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")

    def state() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))}

    before = state()
    assert cchc(*arguments, cwd=tmp_path).code == 0
    assert state() == before
