"""An editor that knows the schemas says of a file's structure what `cchc validate` says."""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cchc_cli.core.message import Message
from cchc_cli.core.source import SourceFile
from cchc_cli.syntax import schema, shapes
from cchc_cli.syntax.load import load
from cchc_cli.syntax.shapes import Many, Scalar, Shape

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
CATALOGUE = gettext.translation("cchc", str(ROOT / "cchc_cli" / "locale"), ["vi"])
STRUCTURE = ("CCHC102", "CCHC103", "CCHC104", "CCHC105")
BEYOND = (
    "2022-02-30",
    "2021-13",
    "2024-2021",
    "31/12/2022",
    "010",
)  # what only a parser of the value can tell


class CoreLoader(yaml.SafeLoader):
    """YAML as an editor reads it: by the core schema of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # as PyYAML has it


for tag, pattern, first in (
    ("null", r"^(~|null|Null|NULL|)$", [*"~nN", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", [*"tTfF"]),
    ("int", r"^[-+]?[0-9]+$", [*"-+0123456789"]),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", [*"-+.0123456789"]),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def kind_of(path: Path) -> str:
    """The schema of a file by its place, as in `load`."""
    if path.parent.name in ("calendar", "progress"):
        return path.parent.name
    return path.stem


def in_vietnamese(message: Message) -> str:
    """A message as the Vietnamese catalogue has it, whatever the tests speak."""
    return CATALOGUE.gettext(message.template)


def validator(kind: str) -> Draft202012Validator:
    found = schema.schema_of(kind, in_vietnamese)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


VALIDATORS = {kind: validator(kind) for kind in schema.FILES}


def files() -> Iterator[Path]:
    for folder in (ROOT / "plans", TESTS / "checks" / "base", TESTS / "cases"):
        yield from sorted(path for path in folder.rglob("*.yaml") if kind_of(path) in VALIDATORS)


def structure(path: Path) -> list[str]:
    """What is wrong with the structure of a file alone, in the words of `validate`."""
    kind = kind_of(path)
    place = {"calendar": f"plans/calendar/{path.name}", "progress": f"plans/x/progress/{path.name}"}
    top = f"plans/{path.name}" if kind in ("office", "units") else f"plans/x/{path.name}"
    text = path.read_text("utf-8")
    found = load([SourceFile(place.get(kind, top), text)]).diagnostics
    return [f"{one.code} {one.found}" for one in found if one.code in STRUCTURE]


def readable(path: Path) -> Any:  # noqa: ANN401  # whatever a file holds
    try:
        return yaml.load(path.read_text("utf-8"), CoreLoader)
    except (yaml.YAMLError, ValueError, UnicodeDecodeError):
        return None


@pytest.mark.parametrize("path", list(files()), ids=lambda path: str(path.relative_to(ROOT)))
def test_schema_and_validate_agree_on_the_structure_of(path: Path) -> None:
    held = readable(path)
    if not isinstance(held, dict):
        return  # not YAML at all, or no mapping: nothing that a schema is asked about
    wrong = structure(path)
    errors = [error.message for error in VALIDATORS[kind_of(path)].iter_errors(held)]
    beyond = [one for one in wrong if one.endswith(BEYOND)]
    assert bool(errors) == bool(wrong) or (not errors and wrong == beyond), (wrong, errors)


def test_there_are_broken_and_sound_files_of_every_kind_of_mistake() -> None:
    """So that the test above cannot pass for want of files."""
    codes = {found[:7] for path in files() if readable(path) for found in structure(path)}
    assert codes == set(STRUCTURE)
    assert sum(not structure(path) for path in files()) > 50


def every_shape() -> Iterator[Shape]:
    waiting = list(schema.FILES.values())
    while waiting:
        shape = waiting.pop()
        yield shape
        for spec in shape.keys.values():
            kind = spec.kind.item if isinstance(spec.kind, Many) else spec.kind
            if isinstance(kind, Shape):
                waiting.append(kind)


def test_no_meaning_is_told_of_a_key_that_is_gone() -> None:
    keys = {key for shape in every_shape() for key in shape.keys}
    assert keys == set(schema._MEANINGS)


def test_every_kind_of_value_can_be_written_down() -> None:
    scalars = [value for value in vars(shapes).values() if isinstance(value, Scalar)]
    assert [scalar for scalar, _written in schema._WRITTEN] == scalars


def test_descriptions_are_vietnamese() -> None:
    units = VALIDATORS["units"].schema["properties"]["units"]
    assert units["description"] == "các đơn vị của cơ quan"


def test_the_schemas_beside_the_plans_are_those_of_this_version() -> None:
    folder = ROOT / "plans" / schema.FOLDER
    held = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.iterdir()}
    assert held == {kind: schema.schema_of(kind, in_vietnamese) for kind in schema.FILES}, (
        "run: cchc schema"
    )


def test_the_first_line_of_every_plan_file_leads_to_its_schema() -> None:
    for path in (ROOT / "plans").rglob("*.yaml"):
        first = path.read_text("utf-8").split("\n", 1)[0]
        assert f"{first}\n" == schema.modeline(path.relative_to(ROOT).as_posix())
        assert (path.parent / first.split("=")[1]).is_file()
