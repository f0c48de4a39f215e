"""What a reviewer sees: text, a comment, annotations, and JSON by its schema."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cchc_cli.core.diff.changes import Kind
from cchc_cli.core.status import Status
from cchc_cli.render import changes as render
from cchc_cli.render.data import as_json

from .conftest import AS_OF, PLAN, ROOT, Edit, base, difference, edited
from .test_changes import APPENDIX, CASES, I_4, II_1, Case

Run = Callable[..., Any]
GOLDEN = Path(__file__).parent / "golden"
SCHEMA = json.loads((ROOT / "docs" / "diff.schema.json").read_text("utf-8"))
COMPARED = render.Compared("HEAD", "working tree", AS_OF)
DONE = "  - {task: I.4, period: 2022, state: done, completed_on: 2022-03-30}\n"

EDITS = [
    Edit(APPENDIX, I_4, I_4.replace("Quý I năm", "Quý II năm").replace("tuyền", "truyền")),
    Edit(APPENDIX, II_1, ""),
    Edit("plans/units.yaml", "name: Thanh tra Sở", "name: Thanh tra | *Sở* @ca-nhan <b>"),
    Edit(f"{PLAN}/progress/VP.yaml", "note: Đã họp}\n", "note: Đã họp}\n" + DONE),
    Edit(f"{PLAN}/events.yaml", "    name: Quy định của Trung ương\n",
         "    name: Quy định của Trung ương\n    on: 2022-04-10\n"),
]  # fmt: skip


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Two folders, `cu` and `moi`, with the plans before and after."""
    for name, texts in (("cu", base()), ("moi", edited(base(), EDITS))):
        for path, text in texts.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("md", "md"), ("github", "github")])
def test_what_a_reviewer_reads(
    folders: Path, cchc_in: Run, as_accepted: Run, form: str, ending: str, language: str
) -> None:
    done = cchc_in(folders, "cu", "moi", "--format", form, "--lang", language)
    assert (done.code, done.err) == (0, "")
    as_accepted(done.out, GOLDEN / f"changes.{language}.{ending}")


def test_the_sentence_that_a_reviewer_needs(folders: Path, cchc_in: Run) -> None:
    said = cchc_in(folders, "cu", "moi", "--lang", "vi").out
    assert (
        "! I.4: hạn lùi 3 tháng, 4 kỳ bị ảnh hưởng, kỳ 2022 đang quá hạn sẽ hết quá hạn"
    ) in said


def test_nothing_has_changed(folders: Path, cchc_in: Run) -> None:
    said = [cchc_in(folders, "cu", "cu", "--format", form) for form in ("text", "md", "github")]
    assert [done.out.splitlines()[-1:] for done in said] == [
        ["No change in the plans."], ["No change in the plans."], []
    ]  # fmt: skip


def test_a_comment_is_not_longer_than_a_comment_may_be() -> None:
    before = base()
    many = "".join(
        f"  - {{id: X.{n}, name: Sự kiện thứ {n} {'rất dài ' * 10}}}\n" for n in range(900)
    )
    after = edited(before, [Edit(f"{PLAN}/events.yaml", "events:\n", f"events:\n{many}"), EDITS[1]])
    said = render.markdown(difference(before, after), COMPARED)
    assert len(said) < 65_000
    assert "**II.1**: task removed" in said
    shown = said.count("event added")
    assert f"{900 - shown} more changes do not fit into a comment" in said.splitlines()[-1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.story)
def test_json_is_as_its_schema_says(case: Case) -> None:
    changes = difference(base(), edited(base(), case.edits))
    commits = render.Commits("0" * 40, None)
    value = json.loads(as_json(render.data(changes, COMPARED, commits), unicode=True))
    validate(value)
    assert value["summary"]["changes"] == len(value["changes"]) == len(case.there)


validate = jsonschema.Draft7Validator(SCHEMA).validate


def test_the_schema_knows_every_kind_and_status() -> None:
    known = SCHEMA["definitions"]
    assert known["kind"]["enum"] == [kind.value for kind in Kind]
    assert known["status"]["enum"] == [status.value for status in Status]


def test_the_schema_refuses_what_is_not_documented(folders: Path, cchc_in: Run) -> None:
    value = json.loads(cchc_in(folders, "cu", "moi", "--format", "json").out)
    validate(value)
    value["changes"][0]["kind"] = "task_forgotten"
    with pytest.raises(jsonschema.ValidationError):
        validate(value)


def test_changes_in_two_plans_are_told_apart(folders: Path, cchc_in: Run) -> None:
    for name in ("cu", "moi"):
        plans = folders / name / "plans"
        shutil.copytree(plans / "cchc-2021-2025", plans / "khac")
        for file in ("plan.yaml", "appendix.yaml"):
            text = (plans / "khac" / file).read_text("utf-8")
            (plans / "khac" / file).write_text(text.replace("cchc-2021-2025", "khac"), "utf-8")
    said = cchc_in(folders, "cu", "moi").out
    assert "! khac · II.1: task removed" in said
    assert "! cchc-2021-2025 · II.1: task removed" in said
