"""Report templates: those of the plan root, else those that travel with the package. Read only.

A template may use the files that lie beside it and nothing else: no other folder, and no link
that leads out of this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cchc_cli.core.message import msg
from cchc_cli.store.files import CannotRun, reason

FOLDER = "templates"
_MAX_BYTES = 5_000_000


class Templates(NamedTuple):
    """The folder as people know it, and the files in it."""

    folder: str
    files: dict[str, bytes]

    def texts(self) -> dict[str, str]:
        """The Jinja files as text."""
        texts = {}
        for name, content in self.files.items():
            if name.endswith(".jinja"):
                try:
                    texts[name] = content.decode("utf-8-sig")
                except UnicodeDecodeError as failure:
                    line = content.count(b"\n", 0, failure.start) + 1
                    message = msg("{file}:{line}: the file is not UTF-8 text",
                                  file=f"{self.folder}/{name}", line=line)  # fmt: skip
                    raise CannotRun(message, msg("save it again as UTF-8")) from None
        return texts


def read_templates(root: Path, wanted: str, own: Mapping[str, bytes] | None = None) -> Templates:
    """The folder that holds the template `wanted`: the plan root’s first, or in its place `own`."""
    if own is not None and wanted in own:
        return Templates(FOLDER, dict(own))
    for folder, shown in _places(root)[own is not None :]:
        try:
            if (folder / wanted).is_file():
                return Templates(shown, _files(folder, shown))
        except OSError as failure:
            raise _unreadable(shown, failure) from None
    message = msg("there is no template “{name}”", name=f"{FOLDER}/{wanted}")
    raise CannotRun(message, msg("install cchc again, or put the template back in its folder"))


def _places(root: Path) -> list[tuple[Path, str]]:
    package = Path(__file__).resolve().parents[1]
    with_package = package / FOLDER  # in a wheel
    beside = package.parent / FOLDER  # in a checkout
    return [(root / FOLDER, FOLDER), (with_package, str(with_package)), (beside, str(beside))]


def is_template(name: str) -> bool:
    """Whether a file of that name is read as a template, or as a part of one."""
    return name.endswith((".jinja", ".docx"))


def own_templates(root: Path) -> dict[str, bytes]:
    """The templates of the plan root alone, by name."""
    folder = root / FOLDER
    try:
        return _files(folder, FOLDER) if folder.is_dir() else {}
    except OSError as failure:
        raise _unreadable(FOLDER, failure) from None


def _files(folder: Path, shown: str) -> dict[str, bytes]:
    files = {}
    home = folder.resolve()
    for path in sorted(folder.iterdir()):
        if not is_template(path.name) or not path.is_file():
            continue
        if path.resolve().parent != home:
            message = msg("“{file}” is a link that leads out of its folder",
                          file=f"{shown}/{path.name}")  # fmt: skip
            raise CannotRun(message, msg("put the file itself there"))
        files[path.name] = _read(path, f"{shown}/{path.name}")
    return files


def _read(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as failure:
        raise _unreadable(shown, failure) from None
    if len(content) > _MAX_BYTES:
        raise CannotRun(msg("“{file}” is larger than 5 MB; no template is", file=shown))
    return content


def _unreadable(shown: str, failure: OSError) -> CannotRun:
    return CannotRun(msg("“{file}” cannot be read: {reason}", file=shown, reason=reason(failure)))
