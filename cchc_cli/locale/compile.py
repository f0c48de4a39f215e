"""Build hook: message catalogues (.po, reviewed in git) → .mo (read at run time).

Runs for wheels and for editable installs; by hand: ``python cchc_cli/locale/compile.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folder: Path) -> list[Path]:
    """Write a .mo beside every .po under `folder`; the files written."""
    written = []
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po))
        written.append(target)
    return written


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # outside a build
    pass
else:

    class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
        """Compiles the catalogues before anything is packed."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Compile into the source tree, where editable installs read."""
            del version, build_data
            compile_catalogues(Path(self.root) / "cchc_cli" / "locale")


if __name__ == "__main__":
    for path in compile_catalogues(Path(__file__).parent):
        print(path)
