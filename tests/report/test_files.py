"""Which report, of which plan, written where."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.store.files import CannotRun
from cchc_cli.store.output import write_file

Run = Callable[..., Any]


def test_the_paths_written_are_printed_one_a_line(cchc: Run, copy: Path) -> None:
    ran = cchc("report", "--period", "2022-q2", "--unit", "TRUNG TAM MAU", cwd=copy)
    assert (ran.code, ran.err) == (0, "")
    names = ["mau-2022-2022-Q2-TT.md", "mau-2022-2022-Q2-TT.docx"]
    assert ran.out.splitlines() == [str(Path("reports") / name) for name in names]
    assert sorted(path.name for path in (copy / "reports").iterdir()) == sorted(names)


def test_a_link_in_the_place_of_a_report_is_replaced_and_not_followed(
    cchc: Run, copy: Path
) -> None:
    victim = copy / "quan-trong.txt"
    victim.write_text("giữ nguyên", "utf-8")
    (copy / "out").mkdir()
    (copy / "out" / "mau-2022-2022-Q2.md").symlink_to(victim)
    ran = cchc("report", "--period", "2022-Q2", "--format", "md", "--out", "out", cwd=copy)
    assert ran.code == 0
    assert victim.read_text("utf-8") == "giữ nguyên"
    assert not (copy / "out" / "mau-2022-2022-Q2.md").is_symlink()


@pytest.mark.parametrize(
    "name", ["../x.md", "a/b.md", ".an.md", "", "x\n.md", "C:x.md", "-x.md", "báo-cáo.md"]
)
def test_only_ids_make_file_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotRun):
        write_file(tmp_path / "out", name, b"")
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_cannot_be_put_in_place_leaves_nothing_behind(cchc: Run, copy: Path) -> None:
    (copy / "out" / "mau-2022-2022-Q2.md").mkdir(parents=True)
    ran = cchc("report", "--period", "2022-Q2", "--format", "md", "--out", "out", cwd=copy)
    assert ran.code == 3
    assert "cannot be written" in ran.err
    assert "Traceback" not in ran.err
    assert [path.name for path in (copy / "out").iterdir()] == ["mau-2022-2022-Q2.md"]


def test_a_folder_that_is_a_file_is_refused(cchc: Run, copy: Path) -> None:
    (copy / "out").write_text("", "utf-8")
    ran = cchc("report", "--period", "2022-Q2", "--format", "md", "--out", "out", cwd=copy)
    assert ran.code == 3
    assert "cannot be written" in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--period", "2022-Q5"], "“2022-Q5” is no period"),
        (["--period", "quý I"], "is no period"),
        (["--period", "2022-Q1", "--format", "odt"], "“odt” is not one of"),
        (["--period", "2022-Q1", "--unit", "VPP"], "no unit “VPP”"),
        (["--period", "2022-Q1", "--plan", "khac"], "no plan “khac”"),
        (["--period", "2030-Q1"], "no plan holds the year 2030; there are: mau-2022 (2022-2022)"),
        ([], "--period"),
    ],
)
def test_a_question_that_cannot_be_answered_is_a_usage_error(
    cchc: Run, copy: Path, arguments: list[str], says: str
) -> None:
    ran = cchc("report", *arguments, cwd=copy)
    assert ran.code == 2
    assert says in ran.err
    assert not (copy / "reports").exists()


def test_two_plans_for_one_year_must_be_told_apart(cchc: Run, copy: Path) -> None:
    first, second = copy / "plans" / "mau-2022", copy / "plans" / "mau-moi"
    shutil.copytree(first, second)
    for name in ("plan.yaml", "appendix.yaml"):
        text = (second / name).read_text("utf-8").replace("mau-2022", "mau-moi")
        (second / name).write_text(text, "utf-8")
    ran = cchc("report", "--period", "2022-Q2", "--format", "md", cwd=copy)
    assert ran.code == 2
    assert "mau-2022 (2022-2022), mau-moi (2022-2022)" in ran.err
    ran = cchc("report", "--period", "2022-Q2", "--format", "md", "--plan", "mau-moi", cwd=copy)
    assert ran.out.strip() == str(Path("reports") / "mau-moi-2022-Q2.md")


def test_a_closed_plan_is_reported_by_its_last_period_as_of_a_later_day(
    cchc: Run, copy: Path
) -> None:
    plan = ["report", "--format", "md", "--plan", "mau-2022"]
    ran = cchc(*plan, "--period", "2023-Q1", cwd=copy)
    assert ran.code == 2
    assert "mau-2022 (2022-2022)" in ran.err
    ran = cchc(*plan, "--period", "2022-Q4", "--as-of", "2023-03-14", cwd=copy)
    assert ran.code == 0
    assert "quá hạn" in (copy / "reports" / "mau-2022-2022-Q4.md").read_text("utf-8")


def test_a_report_of_a_broken_plan_says_that_it_may_be_incomplete(cchc: Run, copy: Path) -> None:
    with (copy / "plans" / "mau-2022" / "appendix.yaml").open("a", encoding="utf-8") as file:
        file.write("la: 1\n")
    ran = cchc("report", "--period", "2022-Q2", "--format", "md", cwd=copy)
    assert ran.code == 1
    assert "the plans have 1 errors" in ran.err
    text = (copy / "reports" / "mau-2022-2022-Q2.md").read_text("utf-8")
    assert "Các tệp kế hoạch còn 1 lỗi" in text


def test_an_entry_that_fits_no_occurrence_is_named_and_not_lost(cchc: Run, copy: Path) -> None:
    path = copy / "plans" / "mau-2022" / "progress" / "KH.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write("  - task: I.2\n    period: 2022-Q3\n    state: done\n")
    cchc("report", "--period", "2022-Q2", "--format", "md", cwd=copy)
    text = (copy / "reports" / "mau-2022-2022-Q2.md").read_text("utf-8")
    assert "nên không được tính: Phòng Kế hoạch mẫu, I.2 (2022-Q3)." in text
