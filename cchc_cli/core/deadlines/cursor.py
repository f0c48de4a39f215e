"""A cursor over tokens, with the few moves that every rule is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from cchc_cli.core.deadlines.lexer import Token

T = TypeVar("T")
Phrases = tuple[tuple[tuple[str, ...], T], ...]


def phrase_table(meanings: Mapping[str, T]) -> Phrases[T]:
    """Phrases with their meanings, the longest first."""
    split = [(tuple(phrase.split()), meaning) for phrase, meaning in meanings.items()]
    return tuple(sorted(split, key=lambda entry: -len(entry[0])))


def phrase_list(phrases: Iterable[str]) -> Phrases[str]:
    """Phrases that mean themselves, the longest first."""
    return phrase_table({phrase: phrase for phrase in phrases})


class Cursor:
    """A place in a list of tokens. A move that does not fit leaves the place as it was."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.furthest = 0

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.at >= len(self.tokens)

    def peek(self, ahead: int = 0) -> Token | None:
        """The token `ahead` places on."""
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def advance(self, count: int = 1) -> None:
        """Take `count` tokens."""
        self.at += count
        self.furthest = max(self.furthest, self.at)

    def sees(self, phrase: str, ahead: int = 0) -> bool:
        """Whether the words of `phrase` come next."""
        return self._sees(phrase.split(), ahead)

    def _sees(self, phrase: Sequence[str], ahead: int = 0) -> bool:
        tokens, place = self.tokens, self.at + ahead
        if place + len(phrase) > len(tokens):
            return False
        for word in phrase:
            if word not in tokens[place].readings:
                return False
            place += 1
        return True

    def take(self, *phrases: str) -> bool:
        """Take the first of the phrases that comes next; list longer ones first."""
        for phrase in phrases:
            split = phrase.split()
            if self._sees(split):
                self.advance(len(split))
                return True
        return False

    def take_from(self, table: Phrases[T]) -> T | None:
        """Take the longest phrase of the table that comes next; its meaning."""
        token = self.peek()
        if token is None:
            return None
        for phrase, meaning in table:
            if phrase[0] in token.readings and self._sees(phrase):
                self.advance(len(phrase))
                return meaning
        return None

    def number(self, low: int, high: int, ahead: int = 0) -> int | None:
        """The number in digits that comes next if it lies in low…high (inclusive); not taken."""
        token = self.peek(ahead)
        if token is None or token.value is None or not low <= token.value <= high:
            return None
        return token.value

    def take_number(self, low: int, high: int) -> int | None:
        """As `number`, and take it."""
        value = self.number(low, high)
        if value is not None:
            self.advance()
        return value
