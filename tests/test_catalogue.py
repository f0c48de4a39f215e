"""Every sentence has a Vietnamese translation, and the translations fit their templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cchc_cli"
KEYWORDS = {"msg": None, "_": None}


@cache
def catalogue() -> dict[str, Message]:
    path = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "cchc.po"
    with path.open("rb") as file:
        found = read_po(file, locale="vi")
    return {m.id if isinstance(m.id, str) else m.id[0]: m for m in found if m.id}


def templates_in_code() -> Iterator[tuple[str, str]]:
    """Every template handed to `msg` or `_`, also inside f-strings."""
    for module in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.func.id in KEYWORDS and node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield str(module.relative_to(ROOT)), first.value


def blanks(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)[^}]*\}", text))


def test_every_sentence_is_translated() -> None:
    known = catalogue()
    missing = [
        (module, template)
        for module, template in templates_in_code()
        if template not in known or not known[template].string
    ]
    assert missing == []


def test_the_usual_extraction_finds_every_sentence() -> None:
    extracted = {
        str(message) for _f, _l, message, *_ in extract_from_dir(PACKAGE, keywords=KEYWORDS)
    }
    assert {template for _module, template in templates_in_code()} <= extracted


def test_no_translation_outlives_its_sentence() -> None:
    used = {template for _module, template in templates_in_code()}
    stale = [
        key for key, m in catalogue().items() if key not in used and "Click" not in m.auto_comments
    ]
    assert stale == []


@pytest.mark.parametrize("template", sorted(catalogue()))
def test_a_translation_has_no_blank_that_its_template_lacks(template: str) -> None:
    message = catalogue()[template]
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    allowed = {name for text in ids for name in blanks(text)}
    for text in strings:
        assert blanks(text) <= allowed
        assert "Click" in message.auto_comments or blanks(text) >= blanks(ids[0])


def test_the_compiled_catalogue_is_the_reviewed_one() -> None:
    import gettext  # noqa: PLC0415

    compiled = gettext.translation("cchc", str(PACKAGE / "locale"), ["vi"])
    for template, message in catalogue().items():
        if isinstance(message.string, str):
            assert compiled.gettext(template) == message.string
