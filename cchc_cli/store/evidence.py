"""Files that prove completion: where they lie, and what is in them. Never writes."""

from __future__ import annotations

from collections.abc import Mapping
from io import BufferedReader, BytesIO
from pathlib import Path

from cchc_cli.core.checks.evidence import Kept, Place, evidence_files
from cchc_cli.core.model import Workspace


def place_of(root: Path, file: Path) -> tuple[Place, str]:
    """Where a path leads, and the path to record: from the plan root on, with "/"."""
    try:
        found = file.resolve()
        ordinary = found.is_file()
    except (OSError, RuntimeError, ValueError):  # links in a circle, characters no path has
        return Place.NOWHERE, ""
    base = root.resolve()
    if not found.is_relative_to(base):
        return Place.OUTSIDE, ""
    return (Place.INSIDE if ordinary else Place.NOWHERE), found.relative_to(base).as_posix()


def checksum(file: Path) -> str:
    """The SHA-256 of a file as it is recorded: "sha256:" and 64 hexadecimal digits."""
    with file.open("rb") as opened:
        return _checksum(opened)


def checksum_of(content: bytes) -> str:
    """The same of what a file would hold."""
    return _checksum(BytesIO(content))


def _checksum(content: BufferedReader | BytesIO) -> str:
    import hashlib  # noqa: PLC0415  # for those few who ask for it

    return f"sha256:{hashlib.file_digest(content, 'sha256').hexdigest()}"


def kept_files(root: Path, workspace: Workspace) -> Mapping[str, Kept]:
    """What lies under each path that is recorded as evidence; checksums where one is recorded."""
    found: dict[str, Kept] = {}
    for _subject, evidence, text in evidence_files(workspace):
        path = str(text)
        known = found.get(path) or Kept(place_of(root, root / path)[0])
        if known.place is Place.INSIDE and evidence.checksum and known.checksum is None:
            try:
                known = known._replace(checksum=checksum(root / path))
            except OSError:
                known = Kept(Place.NOWHERE)
        found[path] = known
    return found
