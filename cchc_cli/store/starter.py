"""The files with which an office begins, as they travel with the package. Read only.

A name that begins with “_” stands for one that begins with “.”: tools that pack, search or ignore
files would take the others for settings of this repository.
"""

from __future__ import annotations

from pathlib import Path

from cchc_cli.core.message import msg
from cchc_cli.store.files import CannotRun, reason

_FOLDER = Path(__file__).resolve().parents[1] / "starter"


def starter(*kinds: str) -> dict[str, bytes]:
    """The files of these kinds (folders of the package) by the path that they are to have."""
    files: dict[str, bytes] = {}
    for kind in kinds:
        home = _FOLDER / kind
        try:
            for path in sorted(p for p in home.rglob("*") if p.is_file()):
                parts = path.relative_to(home).parts
                files["/".join(_named(part) for part in parts)] = path.read_bytes()
        except OSError as failure:
            message = msg("“{file}” cannot be read: {reason}", file=str(home),
                          reason=reason(failure))  # fmt: skip
            raise CannotRun(message, msg("install cchc again")) from None
    if not files:
        message = msg("“{file}” cannot be read: {reason}", file=str(_FOLDER),
                      reason=msg("it does not exist"))  # fmt: skip
        raise CannotRun(message, msg("install cchc again"))
    return files


def _named(part: str) -> str:
    return f".{part[1:]}" if part.startswith("_") else part
