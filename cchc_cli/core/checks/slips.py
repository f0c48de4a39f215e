"""Slips of the keyboard that are never right in Vietnamese, each with its correction.

A small table that somebody has looked at line by line: a slip is listed only if no Vietnamese word
or name is spelled so. Accepted variants (hằng/hàng, quý/quí, kỳ/kì, hóa/hoá) are not slips.
"""

from __future__ import annotations

import re
import unicodedata

from cchc_cli.core.checks.context import small

# Whole syllables, lower case, NFC.
PHRASES = {
    "tuyên tuyền": "tuyên truyền",
    "bổ xung": "bổ sung",
    "sữa đổi": "sửa đổi",
    "sữa chữa": "sửa chữa",
    "xử dụng": "sử dụng",
    "sử lý": "xử lý",
    "sử lí": "xử lí",
    "xữ lý": "xử lý",
    "nghành": "ngành",
    "kỹ luật": "kỷ luật",
    "kỹ cương": "kỷ cương",
    "kỷ thuật": "kỹ thuật",
    "kỷ năng": "kỹ năng",
    "hổ trợ": "hỗ trợ",
    "lảnh đạo": "lãnh đạo",
    "chia sẽ": "chia sẻ",
    "cơ sỡ": "cơ sở",
    "quãn lý": "quản lý",
    "thẫm quyền": "thẩm quyền",
    "thẫm định": "thẩm định",
    "phối hơp": "phối hợp",
    "tổng hơp": "tổng hợp",
    "kế hoach": "kế hoạch",
    "nhiêm vụ": "nhiệm vụ",
    "thưc hiện": "thực hiện",
    "thực hiên": "thực hiện",
    "hành chinh": "hành chính",
    "cải các hành chính": "cải cách hành chính",
    "nghị đinh": "nghị định",
    "quyết đinh": "quyết định",
    "trưc tuyến": "trực tuyến",
    "nhửng": "những",
    "giử": "giữ",
    "cuả": "của",
    "hòan": "hoàn",
    "tòan": "toàn",
    "đòan": "đoàn",
    "khỏan": "khoản",
}

# "u" for "ư" before "ơ" and a final: no rhyme "uơ" has a final. The mark on the first vowel of
# "ươ". A marked "u" after "q". "quờ" and "thuở" are right.
_U_FOR_HORN = r"u(?=[ơớờởỡợ][cimnptu])"
_MISPLACED = r"[ứừửữự]ơ"
_AFTER_Q = r"q[úùủũụ]"
_PLACED = {"ứơ": "ướ", "ừơ": "ườ", "ửơ": "ưở", "ữơ": "ưỡ", "ựơ": "ượ"}

_RULES = rf"{_U_FOR_HORN}|{_MISPLACED}|{_AFTER_Q}"
_WORD = re.compile(r"\w+")
_SYLLABLES = {phrase: frozenset(phrase.split()) for phrase in PHRASES}


def pattern(text: str) -> re.Pattern[str] | None:
    """What to look for in a text in small letters; None if its words alone rule out any slip."""
    words = " ".join(set(text.split()))
    syllables = set(_WORD.findall(words))
    sought = [_RULES] if re.search(_RULES, words) else []
    phrases = [phrase for phrase, parts in _SYLLABLES.items() if parts <= syllables]
    if phrases:
        sought.append(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")
    return re.compile("|".join(sought)) if sought else None


def corrected(text: str, start: int, end: int) -> tuple[int, int, str]:
    """The whole words around a match of `pattern`, and what they should be, in small letters."""
    lower = small(text)
    if lower[start:end] in PHRASES:
        return start, end, PHRASES[lower[start:end]]
    word = next(m for m in _WORD.finditer(lower) if m.start() <= start < m.end())
    return word.start(), word.end(), _mended(word.group())


def _mended(word: str) -> str:
    """A word with its vowels in their places."""
    word = re.sub(_U_FOR_HORN, "ư", word)
    word = re.sub(_MISPLACED, lambda m: _PLACED[m.group()], word)
    return re.sub(r"q([úùủũụ])(\w)", _mark_moved, word)


def _mark_moved(match: re.Match[str]) -> str:
    """The mark of the "u" after "q" on the vowel behind it."""
    mark = unicodedata.normalize("NFD", match[1])[1:]
    return "qu" + unicodedata.normalize("NFC", match[2] + mark)
