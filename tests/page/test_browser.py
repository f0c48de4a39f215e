"""The page in a real browser (Chromium, headless): filters, keys, small screens, paper, no network.

Run by `.ci/run`; by hand: pip install '.[browser]', then pytest -m chromium.
"""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import HOSTILE, ROOT, SAMPLE

pytestmark = pytest.mark.chromium
Browser = Page = Any  # of playwright, which other tests do without
Open = Callable[..., Page]
OFFICES = {"real": (ROOT, "2022-04-01"), "sample": (SAMPLE, "2022-06-14")}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Not at the head of the module: all other tests do without it.
    driver = importlib.import_module("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "install chromium"
    with driver.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def written(
    tmp_path_factory: pytest.TempPathFactory, cchc: Callable[..., Any], many: Path
) -> dict[str, str]:
    """The address of each page."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, (root, day) in {**OFFICES, "many": (many, "2022-04-01")}.items():
        path = folder / f"{name}.html"
        ran = cchc("page", "--root", str(root), "--as-of", day, "--out", str(path))
        assert ran.code == 0, ran.err
        found[name] = path.as_uri()
    return found


@pytest.fixture
def opened(chromium: Browser, written: dict[str, str]) -> Iterator[Open]:
    """Open a page; at the end nothing may have been asked of a network or gone wrong in it."""
    contexts, trouble = [], []

    def of(
        name: str, width: int = 1280, *, after: str = "", refused: str = "\0", **context: object
    ) -> Page:
        address = written.get(name, name)
        made = chromium.new_context(viewport={"width": width, "height": 800}, **context)
        contexts.append(made)
        page = made.new_page()
        page.on("console", lambda message: refused in message.text or trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on(
            "request",
            lambda asked: asked.url.startswith("file:") or trouble.append(asked.url),
        )
        page.goto(address + after)
        return page

    yield of
    for made in contexts:
        made.close()
    assert trouble == []


def shown(page: Page, query: str) -> list[str]:
    """The texts of the elements that can be seen."""
    return [e.inner_text() for e in page.query_selector_all(query) if e.is_visible()]


def tasks(page: Page) -> list[str]:
    return [text.split(". ")[0] for text in shown(page, ".task h4")]


def told(page: Page) -> str:
    return str(page.inner_text("#dem"))


@pytest.mark.parametrize("typed", ["quy che", "QUY CHẾ", "quy chế", "  Quy   che "])
def test_marks_and_case_do_not_matter_when_searching(opened: Open, typed: str) -> None:
    page = opened("sample")
    page.fill("#q", typed)
    assert tasks(page) == ["II.1"]
    assert told(page) == "Đang hiện 1 trên 12 nhiệm vụ."


def test_d_with_a_bar_is_found_without(opened: Open) -> None:
    page = opened("real")
    page.fill("#q", "doan kiem tra")
    assert "I.2" in tasks(page)
    page.fill("#q", "đoàn kiểm tra")
    assert "I.2" in tasks(page)


def test_filters_work_together_and_on_every_list(opened: Open) -> None:
    page = opened("real")
    page.select_option("#unit", "KHTC")
    page.select_option("#status", "overdue")
    rows = shown(page, 'table[aria-label="Quá hạn"] tbody tr')
    assert len(rows) == 6
    assert all("Phòng Kế hoạch - Tài chính" in row for row in rows)
    page.select_option("#field", "II")
    assert set(tasks(page)) == {"II.2", "II.3"}
    # Of a task only what fits is left: the period of 2021, not that of 2022.
    assert all("quá hạn" in entry for entry in shown(page, ".task > ul > li"))
    assert shown(page, "h3") == ["II. Cải cách thể chế (5)"]


def test_the_address_keeps_what_is_filtered(opened: Open, written: dict[str, str]) -> None:
    page = opened("real")
    page.fill("#q", "kế hoạch")
    page.select_option("#unit", "VP")
    after = page.url.removeprefix(written["real"])
    assert after.startswith("#q=")
    again = opened("real", after=after)
    assert (again.input_value("#q"), again.input_value("#unit")) == ("kế hoạch", "VP")
    assert tasks(again) == tasks(page) != []


@pytest.mark.parametrize("after", ["#unit=%3Cimg%3E&status=nonsense", "#qua-han", "#q=%E0%A4%A"])
def test_an_address_that_makes_no_sense_filters_nothing_else(opened: Open, after: str) -> None:
    page = opened("sample", after=after)
    if "q=" not in after:
        assert told(page) == "Đang hiện 12 trên 12 nhiệm vụ."
    assert page.input_value("#unit") == ""


def test_with_the_keyboard_alone(opened: Open) -> None:
    page = opened("real")

    def focus() -> str:
        return str(page.evaluate("document.activeElement.id || document.activeElement.className"))

    page.keyboard.press("Tab")
    assert focus() == "skip"
    page.keyboard.press("Enter")
    assert focus() == "noi-dung"
    seen = []
    while focus() != "q" and len(seen) < 40:
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.tagName"))
    assert focus() == "q"
    assert set(seen) <= {"SUMMARY", "A", "INPUT"}
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.keyboard.type("quy che")
    page.keyboard.press("Enter")  # must not leave the page
    assert len(tasks(page)) < 26
    order = []
    for _step in range(4):
        page.keyboard.press("Tab")
        order.append(focus())
    assert order[:3] == ["unit", "field", "status"]
    page.keyboard.press("Space")  # the button: filters gone
    page.wait_for_function("document.getElementById('q').value === ''")
    assert len(tasks(page)) == 26
    page.focus("#q")
    page.keyboard.type("quy che")
    page.keyboard.press("Escape")
    page.wait_for_function("document.getElementById('q').value === ''")
    assert (len(tasks(page)), focus()) == (26, "q")
    assert "q=" not in page.url
    page.select_option("#status", "overdue")
    page.focus("#status")
    page.keyboard.press("Escape")  # from any filter
    page.wait_for_function("document.getElementById('status').value === ''")
    assert (len(tasks(page)), focus()) == (26, "q")


def test_why_that_day_opens_with_the_keyboard(opened: Open) -> None:
    page = opened("real")
    why = 'table[aria-label="Quá hạn"] tbody tr:first-child td details'
    assert shown(page, f"{why} li") == []
    page.focus(f"{why} summary")
    page.keyboard.press("Enter")
    assert "“trước” ngày 20/12/2021 không tính ngày đó: hạn là ngày 19/12/2021" in shown(
        page, f"{why} li"
    )
    page.keyboard.press("Space")
    assert shown(page, f"{why} li") == []


def test_how_many_are_left_is_announced(opened: Open) -> None:
    page = opened("real")
    region = page.query_selector("#dem")
    assert (region.get_attribute("aria-live"), region.get_attribute("role")) == ("polite", "status")
    page.fill("#q", "không có chữ này ở đâu")
    assert told(page) == "Đang hiện 0 trên 26 nhiệm vụ."


@pytest.mark.parametrize("office", ["real", "sample", "many"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_page_never_scrolls_sideways(opened: Open, office: str, width: int) -> None:
    page = opened(office, width)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_table_of_cards_is_still_a_table(opened: Open) -> None:
    page = opened("real", 360)
    first = page.get_by_role("table", name="Quá hạn").get_by_role("row").nth(1)
    assert first.get_by_role("rowheader").inner_text().startswith("I.1. ")
    assert first.get_by_role("cell").count() == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("office", OFFICES)
def test_the_rules_of_wcag(opened: Open, office: str, width: int, scheme: str) -> None:
    axe = importlib.import_module("axe_playwright_python.base")
    # The policy lets no script in; axe comes through the debugger.
    page = opened(office, width, color_scheme=scheme, bypass_csp=True)
    page.evaluate(Path(axe.AXE_FILE_PATH).read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
    assert len(found["passes"]) > 20


def test_everything_is_readable_without_scripts(opened: Open) -> None:
    page = opened("real", java_script_enabled=False)
    assert len(tasks(page)) == 26
    assert shown(page, "#loc") == []
    assert "mọi danh sách dưới đây vẫn đầy đủ" in page.inner_text("noscript")


def test_nothing_that_a_plan_says_is_run(
    opened: Open, hostile: Path, cchc: Callable[..., Any], tmp_path: Path
) -> None:
    out = tmp_path / "x.html"
    command = ("--root", str(hostile), "--as-of", "2022-06-14", "--out", str(out))
    assert cchc("page", *command).code == 0
    page = opened(out.as_uri())
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.reload()
    page.fill("#q", "onerror")
    assert told(page) == "Đang hiện 1 trên 12 nhiệm vụ."
    assert HOSTILE in page.inner_text(".task:not([hidden]) h4")
    assert (asked, page.query_selector_all("img")) == ([], [])


def test_a_plan_of_four_hundred_tasks(opened: Open) -> None:
    page = opened("many")
    assert told(page) == "Đang hiện 400 trên 400 nhiệm vụ."
    page.fill("#q", "so 137")
    assert [text for text in shown(page, ".task h4") if re.search(r"số 137$", text)] != []
    assert len(tasks(page)) == 1
    page.keyboard.press("Escape")
    page.wait_for_function("document.getElementById('q').value === ''")
    page.select_option("#unit", "TTR")
    page.select_option("#status", "overdue")
    assert len(shown(page, 'table[aria-label="Quá hạn"] tbody tr')) == 20


def test_a_script_from_elsewhere_does_not_run(opened: Open) -> None:
    page = opened("sample", refused="Content Security Policy")
    blocked = page.evaluate(
        """() => new Promise(resolve => {
            document.addEventListener('securitypolicyviolation',
                                      event => resolve(event.violatedDirective));
            const script = document.createElement('script');
            script.textContent = 'document.title = "run"';
            document.body.append(script);
        })"""
    )
    assert blocked.startswith("script-src")
    assert page.title() != "run"


@pytest.mark.parametrize(("office", "most"), [("real", 20), ("sample", 8)])
def test_on_paper(opened: Open, office: str, most: int) -> None:
    page = opened(office)
    pdf = page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= most
    page.emulate_media(media="print", color_scheme="light")
    assert shown(page, "#loc, nav, summary") == []
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.rows thead')).display")
        == "table-header-group"
    )
