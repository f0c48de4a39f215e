"""The real plan, with some records added to it, before and after edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from cchc_cli.core.diff.changes import Change
from cchc_cli.core.diff.compare import compare, weakening_first
from cchc_cli.core.diff.shared import of_templates
from cchc_cli.core.source import SourceFile
from cchc_cli.syntax.load import load

ROOT = Path(__file__).parents[2]
PLAN = "plans/cchc-2021-2025"
AS_OF = date(2022, 4, 20)

# Invented: what was recorded and decided before the change that is looked at.
RECORDED = """\
unit: VP
progress:
  - {task: I.2, period: 2022, state: in_progress, recorded_on: 2022-03-01}
  - task: I.3
    state: done
    completed_on: 2021-12-20
    recorded_on: 2021-12-21
    evidence:
      - {document: Quyết định số 1, date: 2021-12-20}
  - {task: I.5, period: 2022, state: in_progress, recorded_on: 2022-02-01, note: Đã họp}
"""
DECIDED = """\
extensions:
  - {task: I.3, period: 2021-Q4, to: 2022-02-28, on: 2021-12-01, authority: CV số 2, reason: Chờ}
suspensions:
  - {task: II.6, on: 2022-03-01, until: 2022-09-30, authority: Công văn số 3, reason: Chờ tỉnh}
additions:
  - id: V.9
    field: V
    number: 9
    name: Sơ kết công tác cải cách hành chính
    lead: Văn phòng Sở
    deadline: Trước ngày 01/3/2022
    on: 2022-01-10
    authority: Quyết định số 4
    reason: Yêu cầu của tỉnh
"""
INSPECTED = """\
year: 2022
authority: Quyết định số 5
visits:
  - id: KT.2022.1
    unit: KHTC
    deadline: Tháng 3 năm 2022
    held_on: 2022-03-02
    findings:
      - {id: KT.2022.1.1, name: Chưa niêm yết, measure: Niêm yết đủ, deadline: Trước ngày 01/4/2022}
  - {id: KT.2022.2, unit: TTR, deadline: Quý IV năm 2022}
"""
TOLD = """\
year: 2022
task: I.4
channels: [{id: web, name: Trang thông tin, measure: bài}]
activities:
  - id: TT.2022.1
    channel: web
    name: Đăng bài
    held:
      - {on: 2022-03-10, quantity: 3, recorded_on: 2022-03-11}
"""

LISTED = """\
id: bo
name: Bộ tiêu chí (bịa ra)
period: 2022-2023
total: 5
fields:
  - id: "1"
    name: Chỉ đạo
    maximum: 5
    criteria:
      - {id: "1.1", name: Kế hoạch, maximum: 2, rule: {kind: full_or_zero}}
      - {id: "1.2", name: Hoàn thành, maximum: 3, rule: {kind: proportional, floor: 80}}
"""
SCORED = """\
year: 2022
criteria: bo
declared:
  - {criterion: "1.1", value: yes, recorded_on: 2022-03-01}
rounds:
  - id: V1
    name: Vòng 1
    scores:
      - {criterion: "1.1", points: 1.5}
"""

Texts = Mapping[str, str]


class Edit(NamedTuple):
    """In a file, `new` in place of `old`; without `old` the file is new, without `new` it goes."""

    path: str
    old: str | None = None
    new: str | None = None


FROZEN = (
    "  - {{period: {period}, number: 90/BC-SKHCN, as_of: 2021-12-14, commit: 0a, checksum: "
    f"sha256:{'0' * 64}}}}}\n"
)


def base() -> dict[str, str]:
    """The texts of all files by path."""
    files = [*sorted((ROOT / "plans").rglob("*.yaml")), ROOT / "templates" / "report.md.jinja"]
    texts = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in files}
    return texts | {
        f"{PLAN}/progress/VP.yaml": RECORDED, f"{PLAN}/amendments.yaml": DECIDED,
        f"{PLAN}/inspection/2022.yaml": INSPECTED, f"{PLAN}/communication/2022.yaml": TOLD,
        "plans/scoring/criteria/bo.yaml": LISTED, "plans/scoring/2022.yaml": SCORED,
        f"{PLAN}/frozen.yaml": f"reports:\n{FROZEN.format(period='2021')}",
    }  # fmt: skip


def edited(texts: Texts, edits: Iterable[Edit]) -> dict[str, str]:
    """The texts with the edits made; each must find what it replaces exactly once."""
    found = dict(texts)
    for path, old, new in edits:
        if new is None:
            for name in [name for name in found if name == path or name.startswith(f"{path}/")]:
                del found[name]
        elif old is None:
            found[path] = new
        else:
            assert found[path].count(old) == 1, (path, old, found[path].count(old))
            found[path] = found[path].replace(old, new)
    return found


def difference(before: Texts, after: Texts) -> list[Change]:
    """The changes between two states, as the command finds them."""
    spaces, templates = [], []
    for texts in (before, after):
        plans = [SourceFile(p, text) for p, text in sorted(texts.items()) if p.startswith("plans/")]
        loaded = load(plans)
        assert [d for d in loaded.diagnostics if d.code != "CCHC007"] == []
        spaces.append(loaded.workspace)
        templates.append(
            {p[10:]: text.encode() for p, text in texts.items() if p.startswith("templates/")}
        )
    found = compare(spaces[0], spaces[1], AS_OF) + list(of_templates(templates[0], templates[1]))
    return weakening_first(found)


def named(changes: Iterable[Change]) -> list[str]:
    """Each change as its kind and subject, with “!” before what weakens accountability."""
    return [f"{'!' * c.weakens}{c.kind.value} {c.subject}".strip() for c in changes]


@pytest.fixture(name="cchc_in", scope="session")
def cchc_in_fixture(cchc: Callable[..., object]) -> Callable[..., object]:
    """Run the command line in a folder with statuses as of the day that the tests use."""
    return lambda folder, *arguments: cchc(
        "diff", "--as-of", AS_OF.isoformat(), *arguments, cwd=folder
    )
