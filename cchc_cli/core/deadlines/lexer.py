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
    """Drop "(mười lăm)" after 15, and nothing else in parentheses."""
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.word == "(" and kept and kept[-1].value is not None:
            inner: list[Token] = []
            while index + 1 + len(inner) < len(tokens) and tokens[index + 1 + len(inner)].is_word:
                inner.append(tokens[index + 1 + len(inner)])
            close = index + 1 + len(inner)
            closed = close < len(tokens) and tokens[close].word == ")"
            if closed and numeral(inner) == kept[-1].value:
                index = close + 1
                continue
        if token.word == "(" and kept and _repeats(kept[-1], tokens[index + 1 : index + 3]):
            index += 3
            continue
        kept.append(token)
        index += 1
    return kept


def _repeats(word: Token, inner: list[Token]) -> bool:
    """Whether "(06)" repeats the numeral before it: "sáu (06)"."""
    if len(inner) < 2 or inner[0].value is None or inner[1].word != ")":
        return False
    return numeral([word]) == inner[0].value
