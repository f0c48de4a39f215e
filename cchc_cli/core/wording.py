"""Comparing Vietnamese text the way people do: whatever the case, the marks or the spelling.

Nothing here changes what is stored; folded forms are for comparing only.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Lower case without diacritics and with single spaces: ``"Văn  Phòng"`` → ``"van phong"``."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.split())


def closest(word: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Up to `limit` candidates that a person may have meant by `word`, best first."""
    by_fold: dict[str, str] = {}
    for candidate in candidates:
        by_fold.setdefault(fold(candidate), candidate)
    matches = difflib.get_close_matches(fold(word), by_fold, n=limit, cutoff=0.55)
    return [by_fold[match] for match in matches]
