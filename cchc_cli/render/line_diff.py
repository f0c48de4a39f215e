"""The lines in which two versions of a file differ."""

from __future__ import annotations

import difflib

from cchc_cli.render.width import one_line


def difference(path: str, before: str | None, after: str | None) -> str:
    """What changed in one file; None for a side that has none."""
    texts = [before or "", after or ""]
    if all("\r\n" in text or not text for text in texts):  # else it shows that line ends changed
        texts = [text.replace("\r\n", "\n") for text in texts]
    old, new = [text.split("\n") if text else [] for text in texts]
    names = ["/dev/null" if text is None else one_line(path) for text in (before, after)]
    return "\n".join(difflib.unified_diff(old, new, names[0], names[1], lineterm=""))
