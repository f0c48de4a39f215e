"""The structure holds: who may import whom, and what a fast command may load."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cchc_cli"

# A layer may import itself and what stands here; the core imports no other layer.
MAY_IMPORT = {
    "core": set(),
    "syntax": {"core"},
    "documents": {"core"},
    "store": {"core", "syntax"},
    "render": {"core", "i18n"},
    "cli": {"core", "syntax", "documents", "store", "render", "i18n"},
    "i18n": {"core"},
    "__main__": {"cli", "store", "core", "i18n"},
}
# What may be slow is loaded only by the commands that need it.
SLOW = (
    "rich", "jinja2", "docx", "docxtpl", "lxml", "openpyxl", "holidays", "dateutil", "pydantic",
    "babel", "icalendar", "pdfplumber", "pdfminer", "resvg_py", "duckdb",
)  # fmt: skip


def imports(path: Path) -> Iterator[str]:
    """Layers of this package that a module imports, at any depth."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.startswith("cchc_cli.") and not name.startswith("cchc_cli.__version__"):
                yield name.split(".")[1]


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_each_layer_imports_only_what_lies_below_it(layer: str) -> None:
    folder = PACKAGE / layer
    modules = sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{layer}.py"]
    assert modules
    wrong = [
        f"{module.relative_to(ROOT)} imports {imported}"
        for module in modules
        for imported in imports(module)
        if imported != layer and imported not in MAY_IMPORT[layer]
    ]
    assert wrong == []


def test_only_the_command_line_reads_the_clock() -> None:
    readers = [
        str(module.relative_to(PACKAGE))
        for module in sorted(PACKAGE.rglob("*.py"))
        if any(
            call in module.read_text(encoding="utf-8") for call in (".now(", ".today(", "time()")
        )
    ]
    assert readers == ["cli/settings.py"]


def test_only_one_module_knows_yaml() -> None:
    users = [
        str(module.relative_to(PACKAGE))
        for module in sorted(PACKAGE.rglob("*.py"))
        if "import yaml" in module.read_text(encoding="utf-8")
    ]
    assert users == ["syntax/yamldoc.py"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["due", "--unit", "VP", "--as-of", "2022-04-01"],
        ["due", "--as-of", "2022-04-01", "--format", "json"],
        ["list"],
        ["show", "I.2"],
        ["status", "--as-of", "2022-04-01"],
        ["validate"],
        ["resolve", "Quý I năm kế hoạch", "--year", "2022"],
        ["diff", ".", ".", "--format", "md"],
    ],
)
def test_a_quick_answer_loads_nothing_slow(arguments: list[str]) -> None:
    program = (
        "import sys, json\n"
        "from cchc_cli.__main__ import main\n"
        f"main({arguments!r})\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    loaded = {name.split(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}
    assert loaded.isdisjoint(SLOW)


def test_each_file_is_read_once() -> None:
    program = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda name, args: name == 'open' and opened.append(str(args[0])))\n"
        "from cchc_cli.__main__ import main\n"
        "main(['due', '--as-of', '2022-04-01'])\n"
        "print('\\n'.join(p for p in opened if p.endswith('.yaml')), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    opened = done.stderr.split()
    assert len(opened) == len(set(opened)) >= 6
