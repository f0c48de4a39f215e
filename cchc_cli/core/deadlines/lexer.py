"""Text → tokens. Every token knows its place in the text as it was written."""

from __future__ import annotations

import re
from typing import NamedTuple

from cchc_cli.core.deadlines import words

# Combining marks belong to their letter, so that NFD text gives the same tokens.
_TOKEN = re.compile(
    r"(?P<number>[0-9]+)"
    r"|(?P<word>[^\W\d_][\u0300-\u036f]*(?:[^\W\d_][\u0300-\u036f]*)*)"
    r"|(?P<symbol>[^\s\u200b\ufeff])"
)
_DASHES = frozenset("-‐‑‒–—−")


class Token(NamedTuple):
    """A number, a word or a symbol.

    `word` is its one spelling (dashes are "-"), `readings` the words it may stand for, `value`
    the number it writes in digits.
    """

    word: str
    readings: frozenset[str]
    value: int | None
    digits: int
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.value is None and self.word[0].isalpha()


def tokenize(text: str) -> list[Token]:
    """All tokens of `text`, without numbers repeated in words ("15 (mười lăm)")."""
    bare_text = text.isascii()
    tokens = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        raw = match.group()
        if match["number"]:
            value = int(raw) if len(raw) <= 9 else None
            forms = frozenset((raw, raw.lstrip("0") or "0"))
            tokens.append(Token(raw, forms, value, len(raw), start, end))
        elif match["word"]:
            word = words.spelling(raw)
            forms = words.readings(word, bare_text=bare_text)
            tokens.append(Token(word, forms, None, 0, start, end))
        else:
            word = "-" if raw in _DASHES else raw
            tokens.append(Token(word, frozenset((word,)), None, 0, start, end))
    return _without_repeated_numbers(tokens)


def numeral(tokens: list[Token]) -> int | None:
    """The number written in words, up to 99: "mười lăm" is 15, "ba mươi" is 30."""
    total = 0
    for token in tokens:
        value = words.NUMERALS.get(token.word)
        if value is None:
            return None
        total = max(total, 1) * 10 if token.word in ("mười", "mươi") else total + value
    return total or None


def _without_repeated_numbers(tokens: list[Token]) -> list[Token]:
    """Numbers given in figures and in words, once: "15 (mười lăm)", "ba mươi mốt (31)"."""
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.word == "(" and kept:
            inner = _inside(tokens, index)
            close = index + len(inner) + 1
            if kept[-1].value is not None and numeral(inner) == kept[-1].value:
                index = close + 1
                continue
            words_before = _numeral_length(kept, inner[0].value) if len(inner) == 1 else 0
            if words_before:
                kept[-words_before:] = inner
                index = close + 1
                continue
        kept.append(token)
        index += 1
    return kept


def _inside(tokens: list[Token], opening: int) -> list[Token]:
    """The words, or the one number, between the parentheses that open there."""
    for close in range(opening + 1, len(tokens)):
        if tokens[close].word == ")":
            return tokens[opening + 1 : close]
        if not tokens[close].is_word and close > opening + 1:
            break
    return []


def _numeral_length(kept: list[Token], value: int | None) -> int:
    """How many of the last words write `value` as a numeral; 0 if they do not."""
    for length in (3, 2, 1):
        if value is not None and len(kept) >= length and numeral(kept[-length:]) == value:
            return length
    return 0
