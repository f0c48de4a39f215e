"""A new office begins: what lies in its folder, what is asked, and what is refused."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.status import Status
from cchc_cli.syntax.schema import modeline

from .conftest import OFFICE, at_a_terminal, git

Run = Callable[..., Any]
PLAN = "plans/cchc-2026-2027"
MARK = "VÍ DỤ ĐỂ TẬP DÙNG"


def files_of(folder: Path) -> dict[str, str]:
    """Every text file by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".docx" and ".git" not in path.parts
    }


# -- A new office ----------------------------------------------------------------------------------


def test_a_new_office_has_nothing_left_to_do_but_to_enter_its_tasks(clerk: Run) -> None:
    answer = clerk("init", "so", *OFFICE)
    assert (answer.code, answer.err.count("\n")) == (0, 2), "one warning: 2027 is not decided"
    assert "plans/cchc-2026-2027/appendix.yaml" in answer.out
    found = clerk("validate", inside="so")
    assert (found.code, found.out.count("CCHC")) == (0, 2), "the code and where to read about it"
    assert "warning[CCHC107] cchc-2026-2027: the plan is only begun" in found.out
    due = clerk("due", inside="so")
    assert (due.code, due.err) == (0, "")
    assert "Read 0 tasks" in due.out


def test_what_the_office_said_is_written_word_for_word(clerk: Run, here: Path) -> None:
    agency = "Sở “Nội vụ”: tỉnh #1"
    assert clerk("init", "so", *OFFICE, "--agency", agency, "--parent", "UBND tỉnh").code == 0
    files = files_of(here / "so")
    assert f'\nagency: "{agency}"\nparent: UBND tỉnh\n#place: …\n' in files["plans/office.yaml"]
    assert files["README.md"].startswith(f"# {agency}: ")
    units = "units:\n  - id: VP\n    name: Văn phòng Sở\n  - id: KHTC\n    name: Phòng Kế hoạch -"
    assert units in files["plans/units.yaml"]
    assert "\nid: cchc-2026-2027\nperiod: 2026-2027\n" in files[f"{PLAN}/plan.yaml"]
    assert not any("«" in text for text in files.values())


def test_every_plan_file_names_its_schema_and_is_committed(clerk: Run, here: Path) -> None:
    assert clerk("init", "so", *OFFICE).code == 0
    files = files_of(here / "so")
    yaml = [path for path in files if path.endswith(".yaml")]
    assert {"plans/calendar/2026.yaml", "plans/calendar/2027.yaml"} <= set(yaml)
    assert all(files[path].startswith(modeline(path)) for path in yaml)
    assert {f"plans/.schema/{Path(path).stem}.json" for path in yaml if "calendar" not in path} <= (
        set(files)
    )
    assert git(here / "so", "status", "--porcelain") == ""
    assert git(here / "so", "log", "--format=%an %s") == "Văn phòng init: the folder of the plans\n"
    committed = git(here / "so", "ls-files").splitlines()
    assert {"templates/report.docx", ".gitignore", ".gitattributes", "README.md"} <= set(committed)


def test_the_samples_in_the_comments_are_right_once_uncommented(clerk: Run, here: Path) -> None:
    assert clerk("init", "so", *OFFICE).code == 0
    for path in (here / "so" / "plans").rglob("*.yaml"):
        text = re.sub(r"^#(?=\w|  )", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        text = re.sub(r"^(groups|duties|acknowledged): \[\]\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"(lead|support): …", r"\1: Văn phòng Sở", text).replace("to: …", "to: VP")
        path.write_text(text.replace(", …]", "]"), encoding="utf-8")
    found = clerk("validate", "--format", "json", inside="so")
    summary = json.loads(found.out)["summary"]
    assert (summary["errors"], summary["tasks"]) == (0, 1), found.out
    assert clerk("show", "I.1", inside="so").code == 0


def test_what_the_comments_tell_to_run_runs(clerk: Run, here: Path) -> None:
    """The commands fill in what stands empty in the files."""
    assert clerk("init", "so", *OFFICE).code == 0
    appendix = here / "so" / PLAN / "appendix.yaml"
    task = "  - id: I\n    name: Chỉ đạo\n    tasks:\n      - {id: I.1, number: 1, name: Việc, "
    task += "products: [Kế hoạch], lead: Văn phòng Sở, deadline: Sau khi có hướng dẫn của Bộ}\n"
    appendix.write_text(appendix.read_text("utf-8") + task, encoding="utf-8")
    for command in (
        ["event", "link", "I.1", "E.1", "--name", "Hướng dẫn của Bộ"],
        ["event", "record", "E.1", "--on", "15/3/2026", "--doc", "Công văn số 1"],
        ["done", "I.1", "--unit", "VP"],
        ["unit", "rename", "KHTC", "KH", "--name", "Phòng Kế hoạch", "--on", "1/2/2026",
         "--authority", "Quyết định số 2", "--reason", "Sắp xếp"],
        ["report", "--period", "2026-Q1"],
        ["validate", "--strict"],
    ):  # fmt: skip
        done = clerk(*command, inside="so")
        assert done.code == 0, (command, done.out, done.err)
    assert "reports" not in git(here / "so", "status", "--porcelain")


@pytest.mark.parametrize("begun", ["nothing", "an empty folder", "a clone of an empty repository"])
def test_a_folder_is_new_or_holds_nothing_of_anybody(clerk: Run, here: Path, begun: str) -> None:
    if begun != "nothing":
        (here / "so").mkdir()
    if begun.startswith("a clone"):
        git(here / "so", "init", "-q")
    assert clerk("init", "so", *OFFICE).code == 0
    assert git(here / "so", "rev-list", "--count", "HEAD") == "1\n"


# -- Refusals --------------------------------------------------------------------------------------


def test_a_folder_with_anything_in_it_is_left_alone(clerk: Run, here: Path) -> None:
    (here / "so").mkdir()
    (here / "so" / "thu.txt").write_text("của tôi")
    answer = clerk("init", "so", *OFFICE)
    assert (answer.code, answer.out) == (3, "")
    assert "“so” is not empty; nothing was written" in answer.err
    assert "an empty one" in answer.err
    vietnamese = clerk("init", "so", "--demo", CCHC_LANG="vi").err
    assert "“so” không trống; chưa ghi gì" in vietnamese
    assert "thư mục chưa có, hoặc một thư mục trống" in vietnamese
    assert [path.name for path in (here / "so").iterdir()] == ["thu.txt"]
    assert "“don-vi.txt” is a file" in clerk("init", "don-vi.txt", *OFFICE).err


def test_a_repository_with_a_history_is_no_empty_folder(clerk: Run, here: Path) -> None:
    assert clerk("init", "so", "--demo").code == 0
    for path in (here / "so").iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert clerk("init", "so", *OFFICE).code == 3


def test_without_a_terminal_what_is_missing_is_named(clerk: Run, here: Path) -> None:
    answer = clerk("init", "so", "--agency", "Sở X")
    assert answer.code == 2
    assert "elsewhere give --units, --years, too (or --demo)" in answer.err
    assert not (here / "so").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--years", "2026-2020"], "“2026-2020” are no years"),
        (["--years", "năm nay"], "“năm nay” are no years"),
        (["--years", "2010"], "“2010” lies outside the years 2014–2099"),
        (["--years", "2020-2090"], "“2020-2090” are more than 15 years"),
        (["--plan", "kế hoạch"], "“kế hoạch” is no id"),
        (["--plan", "../ngoài"], "“../ngoài” is no id"),
        (["--plan", "calendar"], "“calendar” is a folder for what all plans share"),
        (["--agency", " "], "it cannot be empty"),
        (["--units", "khong-co.txt"], "“khong-co.txt” cannot be read: it does not exist"),
        (["--demo"], "with --demo everything is invented"),
    ],
)
def test_a_mistaken_option_is_named_and_nothing_written(
    clerk: Run, here: Path, options: list[str], said: str
) -> None:
    answer = clerk("init", "so", *OFFICE, *options)
    assert answer.code == 2
    assert said in answer.err
    assert options[0] in answer.err
    assert not (here / "so").exists()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("VP: Văn phòng\nKHTC\n", "don-vi.txt:2: write a unit as “ID: name”"),
        ("VP:\n", "don-vi.txt:1: write a unit as “ID: name”"),
        ("# mã\n\nVăn phòng: VP\n", "don-vi.txt:3: “Văn phòng” is no id"),
        ("VP: Văn phòng\nvp: Phòng\n", "don-vi.txt:2: the id “vp” is given twice"),
        ("VP: Văn phòng\nPH: VĂN PHÒNG\n", "don-vi.txt:2: VP and PH share the name “VĂN PHÒNG”"),
    ],
)
def test_a_wrong_line_in_the_list_of_units_is_named(
    clerk: Run, here: Path, lines: str, said: str
) -> None:
    (here / "don-vi.txt").write_text(lines, encoding="utf-8")
    answer = clerk("init", "so", *OFFICE)
    assert (answer.code, said in answer.err) == (2, True), answer.err
    assert not (here / "so").exists()


def test_a_list_that_excel_saved_as_unicode_is_explained(clerk: Run, here: Path) -> None:
    (here / "don-vi.txt").write_text("VP: Văn phòng\n", encoding="utf-16")
    answer = clerk("init", "so", *OFFICE)
    assert answer.code == 3
    assert "don-vi.txt: the file is UTF-16, not UTF-8" in answer.err
    assert "save it as UTF-8" in answer.err


# -- Git -------------------------------------------------------------------------------------------


def test_without_git_the_files_are_there_and_the_sentence_says_what_is_not(
    clerk: Run, here: Path
) -> None:
    answer = clerk("init", "so", *OFFICE, PATH=str(here))
    assert answer.code == 0
    assert "git is not installed" in answer.err
    assert not (here / "so" / ".git").exists()
    assert clerk("validate", inside="so").code == 0


def test_git_that_does_not_know_who_commits_gets_no_made_up_name(clerk: Run, here: Path) -> None:
    (here / "gitconfig").write_text("")
    nobody = {f"GIT_{who}_{what}": "" for who in ("AUTHOR", "COMMITTER") for what in ("NAME",)}
    answer = clerk("init", "so", *OFFICE, EMAIL="", **nobody)
    assert answer.code == 0
    assert "git does not know your name: nothing has been committed yet" in answer.err
    assert "git config --global user.name" in answer.err
    assert (here / "so" / ".git").is_dir()


# -- At a terminal ---------------------------------------------------------------------------------


def test_at_a_terminal_what_was_not_given_is_asked(here: Path) -> None:
    answers = ["", "Sở Nội vụ", "UBND tỉnh", "", "năm nay", "2026", "", "vp một", "VP", "Văn phòng",
               "vp", "TT", "văn phòng", "Thanh tra", ""]  # fmt: skip
    code, screen = at_a_terminal(here, ["init", "so"], answers)
    assert code == 0, screen
    for said in (
        "không được để trống",
        "“năm nay” không phải là các năm",
        "mã kế hoạch [cchc-2026]",
        "“vp một” không dùng làm mã được",
        "mã “vp” ghi hai lần",
        "VP và TT trùng tên “văn phòng”",
    ):
        assert said in screen
    files = files_of(here / "so")
    assert "agency: Sở Nội vụ\nparent: UBND tỉnh\n#place: …\n" in files["plans/office.yaml"]
    assert "  - id: TT\n    name: Thanh tra\n" in files["plans/units.yaml"]
    assert "period: 2026\n" in files["plans/cchc-2026/plan.yaml"]


def test_at_a_terminal_nothing_is_asked_if_all_is_given(here: Path) -> None:
    code, screen = at_a_terminal(here, ["init", "so", *OFFICE], [])
    assert (code, "?" in screen) == (0, False), screen


# -- The invented office ---------------------------------------------------------------------------


def test_the_invented_office_is_marked_in_every_file_and_sound(clerk: Run, here: Path) -> None:
    assert clerk("init", "thu", "--demo").code == 0
    files = files_of(here / "thu")
    own = [p for p in files if p.startswith(("plans/", "van-ban/"))
           and not p.startswith(("plans/.schema", "plans/calendar"))]  # fmt: skip
    assert len(own) > 10
    assert [path for path in own if MARK not in files[path]] == []
    assert "(ví dụ, không có thật)" in files["plans/office.yaml"]
    assert "không có thật" in files["README.md"].splitlines()[0]
    found = clerk("validate", "--strict", inside="thu")
    assert (found.code, found.err) == (0, ""), found.out


def test_the_invented_office_shows_every_status(clerk: Run) -> None:
    assert clerk("init", "thu", "--demo").code == 0
    said = clerk("due", "--all", "--as-of", "2026-01-15", "--format", "json", inside="thu")
    assert {item["status"] for item in json.loads(said.out)["items"]} == {s.value for s in Status}


def test_what_its_readme_tells_to_try_works(clerk: Run, here: Path) -> None:
    assert clerk("init", "thu", "--demo").code == 0
    readme = (here / "thu" / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```text\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) > 10
    for line in lines:
        command = re.split(r"\s{2,}", line)[0]
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
        if words[1] != "update":
            done = clerk(*words[1:], inside="thu")
            assert done.code == 0, (line, done.err)


def test_the_readme_of_a_new_office_names_commands_that_there_are(clerk: Run, here: Path) -> None:
    assert clerk("init", "so", *OFFICE).code == 0
    readme = (here / "so" / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^```text\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert block
    verbs = {line.split()[1] for line in block[1].splitlines()}
    known = re.findall(r"^  ([a-z-]+)  ", clerk("--help").out, re.MULTILINE)
    assert len(verbs) == 10
    assert verbs <= set(known)
