"""Whatever a file holds, reading and checking it never fails, and every place lies inside it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_cli.core.checks import run_checks
from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.core.source import SourceFile, Span
from cchc_cli.i18n import say
from cchc_cli.render import findings
from cchc_cli.syntax.decode_bytes import decode
from cchc_cli.syntax.load import load

BASE = Path(__file__).parents[1] / "checks" / "base"
SOUND = {
    path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(BASE.rglob("*.yaml"))
}
PATHS = (
    *SOUND,
    "plans/vi-du/events.yaml",
    "plans/vi-du/reporting.yaml",
    "plans/vi-du/acknowledged.yaml",
    "plans/vi-du/progress/VP.yaml",
)
# Pieces of plans and of trouble, so that more than syntax errors comes up.
PIECES = (
    "id: I.1", "id: VP", "- ", "  ", "\n", ": ", "name: Văn phòng Sở", "tasks:", "fields:", "[",
    "]", "{", "}", '"', "'", "# ", "|", ">-", "&a", "*a", "!!x", "\t", "\r\n", "\u2028", "\x85",
    "\ufeff", "\u200b", "lead: Thanh tra", "deadline: Quý I", "2022", "31/11/2022", "units:",
    "progress:", "unit: VP", "acknowledged:", "tuyên tuyền", "của của", "..", "giai đoạn 2012-2023",
    "---", "?", "e\u0323\u0302", "\\x07", "số      /KH", "İİİİİ đuợc", "İİ của của",
    "period: 2021-2025", "members: [VP]", "  - id: I.9",
)  # fmt: skip
texts = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
)


# Choosing the loader once is enough for all examples.
loaded_once = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def lines_of(text: str) -> list[str]:
    """Lines as YAML counts them."""
    return f"{text}|".splitlines()


def inside(span: Span, text: str) -> bool:
    """Whether a span begins and ends in the text, or just after it.

    Where the last line is not ended, the parser sees the end of the text on a line of its own.
    """
    lines = lines_of(text)
    if (span.end_line, span.end_column) == (len(lines) + 1, 1):
        span = span._replace(end_line=len(lines), end_column=len(lines[-1]) + 1)
    return (
        1 <= span.line <= span.end_line <= len(lines)
        and 1 <= span.column <= len(lines[span.line - 1]) + 1
        and 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2
        and (span.line, span.column) <= (span.end_line, span.end_column)
    )


def validated(files: dict[str, str]) -> list[Diagnostic]:
    sources = [SourceFile(path, text) for path, text in sorted(files.items())]
    loaded = load(sources)
    return run_checks(loaded.workspace, sources, loaded.diagnostics).findings


def assert_told(files: dict[str, str]) -> None:
    """Every finding lies in its file and can be put into words, in each form."""
    found = validated(files)
    for finding in found:
        places = [finding.span, *(other.span for other in finding.related)]
        for span in places:
            assert inside(span, files.get(span.path, "")), finding
        assert say(finding.message)
        findings.data(finding)
    assert findings.plain(found).count("\n") + 1 >= len(found)
    findings.github(found)


@loaded_once
@given(st.sampled_from(PATHS), texts)
def test_any_text_in_any_file_is_answered(path: str, text: str) -> None:
    assert_told(SOUND | {path: text})


@loaded_once
@given(st.sampled_from(tuple(SOUND)), st.data())
def test_a_sound_file_with_any_damage_is_answered(path: str, data: st.DataObject) -> None:
    text = SOUND[path]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    damaged = text[:start] + data.draw(texts) + text[end:]
    assert_told(SOUND | {path: damaged})


@pytest.mark.usefixtures("loader")
@loaded_once
@given(texts)
def test_both_loaders_answer_any_text(text: str) -> None:
    assert_told(SOUND | {"plans/units.yaml": text})


@loaded_once
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_finding(data: bytes) -> None:
    found = decode("plans/units.yaml", data)
    if isinstance(found, SourceFile):
        assert found.text == data.decode("utf-8-sig")
    else:
        assert found.code == "CCHC002"


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(("id", "name", "units", "fields", "tasks", "lead", "period", "x")),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@loaded_once
@given(st.sampled_from(PATHS), values)
def test_any_structure_in_any_file_is_answered(path: str, value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    assert_told(SOUND | {path: text})


@pytest.mark.usefixtures("loader")
def test_a_text_is_where_it_says() -> None:
    """Plain and quoted: a part is pointed at, or the whole where an escape stands."""
    text = 'units:\n  - id: VP\n    name: "Văn phòng"\n    aliases: [\'Phòng\', Sở, "a\\tb"]\n'
    unit = load([SourceFile("plans/units.yaml", text)]).workspace.units[0]
    lines = text.splitlines()

    def quoted(span: Span) -> str:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]

    assert quoted(unit.id.part(0, 2)) == "VP"
    assert quoted(unit.name.part(4, 9)) == "phòng"
    assert [quoted(alias.part(0, 1)) for alias in unit.aliases] == ["P", "S", '"a\\tb"']
    assert [alias.exact for alias in unit.aliases] == [True, True, False]
