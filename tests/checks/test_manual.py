"""The manual is true: every code has its pages, and their examples do what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PACKAGE = Path(__file__).parents[2] / "cchc_cli"
MANUAL = PACKAGE / "manual"
BLOCK = re.compile(
    r"^```(?P<kind>\w+) ?(?P<name>\S*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
# What no text of a file can show: a file that is missing, cannot be opened, or is no text at all.
NOT_A_TEXT = {"CCHC001", "CCHC002", "CCHC003", "CCHC007"}
HEADINGS = {"vi": ("## Sai", "## Đúng"), "en": ("## Wrong", "## Right")}
SEVERITY = {
    "vi": {"error": "lỗi", "warning": "cảnh báo"},
    "en": {"error": "error", "warning": "warning"},
}


def emitted() -> set[str]:
    """Every code in the program."""
    return {
        code
        for module in PACKAGE.rglob("*.py")
        for code in re.findall(r'"(CCHC\d{3})"', module.read_text(encoding="utf-8"))
    }


def pages(language: str) -> dict[str, str]:
    folder = MANUAL / language
    return {page.stem: page.read_text(encoding="utf-8") for page in sorted(folder.glob("*.md"))}


def examples(page: str, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """The files of the wrong and of the right example."""
    wrong, right = (page.index(f"\n{heading}\n") for heading in HEADINGS[language])

    def files(text: str) -> dict[str, str]:
        return {m["name"]: m["text"] for m in BLOCK.finditer(text) if m["kind"] == "yaml"}

    return files(page[wrong:right]), files(page[right:])


def shown() -> Iterator[tuple[str, str]]:
    for language in HEADINGS:
        for code in pages(language):
            if code not in NOT_A_TEXT:
                yield language, code


@pytest.mark.parametrize("language", HEADINGS)
def test_every_code_has_a_page_and_every_page_a_code(language: str) -> None:
    assert set(pages(language)) == emitted()


@pytest.mark.parametrize(("language", "code"), list(shown()))
def test_the_wrong_example_gives_its_code_and_the_right_one_nothing(
    validate: Run, language: str, code: str
) -> None:
    page = pages(language)[code]
    wrong, right = examples(page, language)
    assert wrong
    assert right
    findings = validate(wrong).findings
    assert {found.code for found in findings} == {code}
    said = {SEVERITY[language][found.severity.value] for found in findings}
    assert page.splitlines()[0].startswith(f"# {code} ({said.pop()}): ")
    assert validate(right).findings == []


def test_both_languages_show_the_same_examples() -> None:
    english = pages("en")
    for code, page in pages("vi").items():
        vietnamese = [match["text"] for match in BLOCK.finditer(page)]
        assert vietnamese == [match["text"] for match in BLOCK.finditer(english[code])], code


def test_a_clerk_asks_what_a_code_means(cchc: Run) -> None:
    answer = cchc("explain", "cchc301")
    assert answer.code == 0
    assert answer.out == pages("en")["CCHC301"]
    assert cchc("explain", "301", "--lang", "vi").out == pages("vi")["CCHC301"]


def test_without_a_code_every_title_is_listed(cchc: Run) -> None:
    titles = [page.splitlines()[0].removeprefix("# ") for page in pages("en").values()]
    assert cchc("explain").out.splitlines() == titles


def test_an_unknown_code_is_answered_with_those_that_are_near(cchc: Run) -> None:
    answer = cchc("explain", "CCHC399")
    assert answer.code == 2
    assert "CCHC39" in answer.err
    assert "CCHC309" in answer.err
