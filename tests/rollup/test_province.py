"""A province’s figures: what is read, at which revision, and what is said of the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.rollup import NOTHING, together

from .conftest import AS_OF, Run, git, under_git, write_office

GOLDEN = Path(__file__).parent / "golden"
VIETNAMESE = {"CCHC_LANG": "vi"}


def read(cchc: Run, province: Path, *arguments: str) -> dict[str, Any]:
    done = cchc("rollup", *arguments, "--as-of", AS_OF, "--format", "json", cwd=province)
    return json.loads(done.out)  # type: ignore[no-any-return]


def figures_of(data: dict[str, Any], office: str) -> dict[str, Any]:
    (row,) = [row for row in data["by_office"] if row["office"] == office]
    return row  # type: ignore[no-any-return]


@pytest.mark.parametrize("form", ["table", "md", "csv", "json"])
def test_the_picture_of_the_province(
    cchc: Run, province: Path, as_accepted: Callable[[str, Path], None], form: str
) -> None:
    done = cchc("rollup", "tinh", "--as-of", AS_OF, "--format", form, cwd=province, env=VIETNAMESE)
    assert done.code == 1
    as_accepted(done.out.removeprefix("\ufeff"), GOLDEN / f"province.{form}")


def test_the_same_whatever_the_number_of_processes(cchc: Run, province: Path) -> None:
    for form in ("table", "json"):
        one, two = (
            cchc("rollup", "tinh", "--as-of", AS_OF, "--format", form, "--jobs", jobs, cwd=province)
            for jobs in ("1", "2")
        )
        assert (one.out, one.err, one.code) == (two.out, two.err, two.code)


def test_each_at_a_stated_revision(cchc: Run, province: Path, tmp_path: Path) -> None:
    name = "tinh/2-so-tai-chinh"
    first = git(province / name, "rev-parse", "quy-1^{commit}")
    head = git(province / name, "rev-parse", "HEAD")
    states = {
        (name,): (head, True, 2),  # one entry committed, one not
        (f"{name}@HEAD",): (head, False, 1),
        (name, "--rev", "quy-1"): (first, False, 0),
        (f"{name}@quy-1",): (first, False, 0),
    }
    for arguments, (revision, changed, done) in states.items():
        row = figures_of(read(cchc, province, *arguments), name)
        assert (row["revision"], row["changed"], row["done"]) == (revision, changed, done)
    listed = province / "danh-sach.txt"
    listed.write_text(f"# quý I\n{name} quy-1\n\ntinh/3-so-y-te.git\n", "utf-8")
    data = read(cchc, province, "--list", str(listed))
    assert [row["revision"] == first for row in data["by_office"]].count(True) == 1
    assert (data["offices"]["read"], data["skipped"]) == (2, [])
    listed.unlink()
    del tmp_path


def test_a_bare_repository_that_holds_its_plans_further_down(cchc: Run, province: Path,
                                                             tmp_path: Path) -> None:  # fmt: skip
    write_office(tmp_path / "work" / "van-phong", "Sở Công Thương")
    under_git(tmp_path / "work")
    git(tmp_path, "clone", "-q", "--bare", "work", "kho.git")
    data = read(cchc, tmp_path, "kho.git", "work")
    assert [row["office"] for row in data["by_office"]] == ["kho.git", "work/van-phong"]
    assert data["by_office"][0]["revision"] == data["by_office"][1]["revision"]
    del province


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("tinh/khong-co", "there is no such folder"),
        ("tinh/tai-lieu", "there is no folder “plans” in it"),
        ("tinh/1-so-noi-vu@main", "is in no git repository"),
        ("tinh/2-so-tai-chinh@quy-9", "git knows no revision “quy-9”"),
        ("tinh/5-so-xay-dung", "a value is missing here"),
        ("tinh/6-so-gia-mao", "anchors, aliases and tags are not allowed"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(
    cchc: Run, province: Path, named: str, says: str
) -> None:
    done = cchc("rollup", named, "tinh/3-so-y-te.git", "--as-of", AS_OF, cwd=province)
    office = named.split("@", maxsplit=1)[0]
    assert done.code == 1
    assert says in done.out
    assert f"{office}: not read: " in done.err
    assert "1 offices read (0 with errors in their plans), 1 not read" in done.out


def test_named_twice_it_counts_once(cchc: Run, province: Path) -> None:
    data = read(cchc, province, "tinh/3-so-y-te.git", "tinh/../tinh/3-so-y-te.git")
    assert data["total"]["total"] == data["by_office"][0]["total"]
    assert "read already" in data["skipped"][0]["reason"]


def test_the_whole_is_the_sum_of_the_offices(cchc: Run, province: Path) -> None:
    data = read(cchc, province, "tinh")
    for name in ("total", "done", "overdue", "with_evidence"):
        assert data["total"][name] == sum(row[name] for row in data["by_office"])
        assert data["total"][name] == sum(row[name] for row in data["by_field"])
    assert together(NOTHING, NOTHING) == NOTHING


def test_an_office_has_the_figures_of_its_status(cchc: Run, province: Path) -> None:
    for office in ("tinh/1-so-noi-vu", "tinh/4-so-giao-duc", "tinh/7-so-tu-phap"):
        row = figures_of(read(cchc, province, office), office)
        done = cchc("status", "--root", office, "--as-of", AS_OF, "--format", "json", cwd=province)
        (plan,) = json.loads(done.out)["plans"]
        assert plan["figures"] == {name: row[name] for name in plan["figures"]}


def test_without_anything_to_count_there_is_no_rate_and_no_rank(cchc: Run, province: Path) -> None:
    row = figures_of(read(cchc, province, "tinh"), "tinh/8-xa-binh-an")
    assert (row["total"], row["rate"], row["rank"]) == (0, None, None)


def test_a_period_says_which_reports_and_the_day(cchc: Run, province: Path) -> None:
    done = cchc("rollup", "tinh", "--period", "2022-Q1", "--format", "json", cwd=province)
    data = json.loads(done.out)
    assert (data["as_of"], data["period"], data["year"]) == ("2022-03-14", "2022-Q1", 2022)
    assert data["reports"] == {"total": 10, "done": 0, "late": 0, "missing": 0}  # not due yet
    later = read(cchc, province, "tinh", "--period", "2022-Q1")
    assert {row["period"] for row in later["missing_reports"]} == {"2022-Q1"}
    assert later["reports"] == {"total": 10, "done": 4, "late": 0, "missing": 6}
    every = read(cchc, province, "tinh")
    assert every["reports"] == {"total": 30, "done": 5, "late": 1, "missing": 25}


def test_no_office_named_is_a_usage_error(cchc: Run, tmp_path: Path) -> None:
    done = cchc("rollup", cwd=tmp_path)
    assert (done.code, "--list" in done.err) == (2, True)
