"""The page as written: what it says, what it lets a browser do, and that texts stay texts."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

from .conftest import HOSTILE, ROOT, SAMPLE, Page

GOLDEN = Path(__file__).parent / "golden"
Accepted = Callable[[str, Path], None]


class Read(HTMLParser):
    """Elements with their attributes, and the text outside style and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_the_page_reads_as_accepted(page: Page, as_accepted: Accepted) -> None:
    as_accepted(page(SAMPLE, "2022-06-14"), GOLDEN / "mau-2022-2022.html")


def test_the_same_plan_gives_the_same_bytes_in_any_language(page: Page) -> None:
    assert page(ROOT, "2022-04-01", "--lang", "en") == page(ROOT, "2022-04-01", "--lang", "vi")


def test_the_page_goes_into_reports_under_the_name_of_plan_and_year(
    cchc: Callable[..., Any], tmp_path: Path
) -> None:
    done = cchc("page", "--root", str(SAMPLE), "--as-of", "2022-06-14", cwd=tmp_path)
    assert (done.code, done.out) == (0, str(Path("reports") / "mau-2022-2022.html") + "\n")
    assert (tmp_path / done.out.strip()).is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as-of", "2026-11-24"], "no plan holds the year 2026; there are: cchc-2021-2025"),
        (["--year", "2030"], "Invalid value for --year: no plan holds the year 2030"),
        (["--plan", "no-such", "--year", "2022"], "no plan “no-such”"),
    ],
)
def test_a_year_that_no_plan_holds(
    cchc: Callable[..., Any], tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = cchc("page", "--root", str(ROOT), *arguments, cwd=tmp_path)
    assert (done.code, said in done.err) == (2, True), done.err
    assert list(tmp_path.iterdir()) == []


def test_the_browser_may_run_what_the_template_says_and_load_nothing(page: Page) -> None:
    html = page(ROOT, "2022-04-01")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
    policy = policy.replace("&#39;", "'")
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    found = Read(html)
    for tag in ("link", "img", "iframe", "object", "base"):
        assert found.all(tag) == []
    assert not any("style" in attributes for _tag, attributes in found.elements)
    assert not any(name.startswith("on") for _tag, a in found.elements for name in a)
    addresses = [a["href"] for a in found.all("a")]
    assert all(str(address).startswith("#") for address in addresses)


def test_links_lead_somewhere_and_ids_are_unique(page: Page) -> None:
    found = Read(page(ROOT, "2022-04-01"))
    ids = [str(a["id"]) for _tag, a in found.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for a in found.all("a")} <= set(ids)
    named = " ".join(str(a.get("aria-labelledby") or "") for _t, a in found.elements).split()
    assert set(named) <= set(ids)
    assert {str(a["for"]) for a in found.all("label")} <= set(ids)


def test_texts_that_a_browser_would_obey_stay_texts(page: Page, hostile: Path) -> None:
    html = page(hostile, "2022-06-14")
    found = Read(html)
    assert found.text.count(HOSTILE) >= 5  # the field in pictures and headings, the task in lists
    assert (len(found.all("script")), len(found.all("img"))) == (1, 0)


def test_every_task_is_there_word_for_word(page: Page) -> None:
    (plan,) = load(*read_plans(ROOT)).workspace.plans.values()
    text = Read(page(ROOT, "2022-04-01")).text
    for task in plan.tasks:
        assert str(task.name) in text
        assert f"“{task.deadline}”" in text


def test_structure_a_screen_reader_can_follow(page: Page) -> None:
    found = Read(page(ROOT, "2022-04-01"))
    assert found.all("html") == [{"lang": "vi"}]
    assert [len(found.all(tag)) for tag in ("h1", "header", "nav", "main", "footer")] == [1] * 5
    assert all(a.get("scope") in ("col", "row") for a in found.all("th"))
    assert found.elements.index(("a", {"class": "skip", "href": "#noi-dung"})) < 12
    levels = [int(tag[1]) for tag, _a in found.elements if re.fullmatch(r"h\d", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_plans_with_errors_say_so_on_the_page(cchc: Callable[..., Any], tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "plans", tmp_path / "plans")
    (appendix,) = tmp_path.glob("plans/*/appendix.yaml")
    text = appendix.read_text(encoding="utf-8")
    appendix.write_text(text.replace("Tháng 3 năm 2022", "Tháng 13 năm 2022"), encoding="utf-8")
    (appendix.parent / "events.yaml").write_text("events: [{id: 5}]\n", encoding="utf-8")
    out = tmp_path / "x.html"
    done = cchc("page", "--root", str(tmp_path), "--as-of", "2022-06-14", "--out", str(out))
    assert (done.code, "the plans have" in done.err) == (1, True), done.err
    assert "lỗi nên trang này có thể thiếu" in out.read_text(encoding="utf-8")


def test_an_office_may_word_its_own_page(cchc: Callable[..., Any], tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "plans", tmp_path / "plans")
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / "page.html.jinja"
    own.write_text("<p>{{ page.summary.plan_name }}: {{ page.overdue|length }}", encoding="utf-8")
    out = tmp_path / "x.html"
    command = ("page", "--root", str(tmp_path), "--as-of", "2022-06-14", "--out", str(out))
    assert cchc(*command).code == 0
    assert re.fullmatch(r"<p>Kế hoạch .*: \d+", out.read_text(encoding="utf-8"))
    own.write_text("\n{{ page.no_such }}", encoding="utf-8")
    done = cchc(*command)
    assert done.code == 3
    assert "page.html.jinja:2: there is no value named “no_such”" in done.err
