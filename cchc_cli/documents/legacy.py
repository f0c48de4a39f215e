"""Vietnamese text from before Unicode: recognised once for a whole document, converted exactly.

TCVN3 ("ABC": .VnTime, .VnArial …) and VNI (VNI-Times …) are fonts that show the letters of western
Europe as Vietnamese ones. What is stored is "C«ng v¨n"; only the font says that it reads "Công
văn". A font name alone proves nothing, because documents in Unicode still name such fonts, and the
text alone proves little, because every stored letter is a letter of its own right. So both must
agree, over all words of the document that stand in such fonts; then each piece of text is converted
by the font it stands in. Sources: TCVN 5712:1993 (VN3); the code page of the VNI fonts.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from cchc_cli.core.intake.content import Doubt
from cchc_cli.core.message import Message, msg


class Encoding(enum.Enum):
    """How a font shows Vietnamese letters."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"
    VISCII = "VISCII"
    VPS = "VPS"


class Piece(NamedTuple):
    """A stretch of text in one font. The font's name may come from a PDF ("ABCDEF+.VnTime").

    `capitals` says that it is shown in capitals, whatever is stored.
    """

    text: str
    font: str = ""
    capitals: bool = False


class Decision(NamedTuple):
    """Which encodings the document really holds. `unreadable` is one that cannot be converted."""

    converted: frozenset[Encoding] = frozenset()
    doubts: tuple[Doubt, ...] = ()
    unreadable: Encoding | None = None


_SUBSET = re.compile(r"^[A-Z]{6}\+")  # of a font in a PDF
_FONTS = (
    (re.compile(r"\.Vn|Vn[A-Z]|.*TCVN"), Encoding.TCVN3),
    (re.compile(r"VNI[- ]|VNS?VNI", re.IGNORECASE), Encoding.VNI),
    (re.compile(r"VI (?:Times|Arial)|(?:Hoang ?Yen|Heo ?May|Minh ?Quan)\b"), Encoding.VISCII),
    (re.compile(r"VPS[- ]"), Encoding.VPS),
)


@lru_cache(maxsize=1_000)
def encoding_of(font: str) -> Encoding | None:
    """What the name of a font says of its letters; None for a font of Unicode."""
    name = _SUBSET.sub("", font)
    return next((encoding for begin, encoding in _FONTS if begin.match(name)), None)


def _is_capitals(font: str) -> bool:
    """Whether a font of TCVN3 shows every letter as a capital: .VnTimeH, .VnArial NarrowH."""
    return re.split(r"[,-]", font)[0].endswith("H")


# Each vowel plain, then with the tones à ả ã á ạ.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_TCVN3_VOWELS = {
    "a": "a\xb5\xb6\xb7\xb8\xb9",
    "ă": "\xa8\xbb\xbc\xbd\xbe\xc6",
    "â": "\xa9\xc7\xc8\xc9\xca\xcb",
    "e": "e\xcc\xce\xcf\xd0\xd1",
    "ê": "\xaa\xd2\xd3\xd4\xd5\xd6",
    "i": "i\xd7\xd8\xdc\xdd\xde",
    "o": "o\xdf\xe1\xe2\xe3\xe4",
    "ô": "\xab\xe5\xe6\xe7\xe8\xe9",
    "ơ": "\xac\xea\xeb\xec\xed\xee",
    "u": "u\xef\xf1\xf2\xf3\xf4",
    "ư": "\xad\xf5\xf6\xf7\xf8\xf9",
    "y": "y\xfa\xfb\xfc\xfd\xfe",
}
_TCVN3_OTHERS = dict(zip("\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xae", "ĂÂÊÔƠƯĐđ", strict=True))
# In VNI a mark is a letter after its vowel.
_VNI_TONES = "øûõùï"
_VNI_MARKS = {"ă": "êèúüéë", "â": "âàåãáä"}  # ê and ô take those of â
_VNI_WHOLE = dict(zip("ñôöìæóíòî", "đơưìỉĩíịỵ", strict=True))


def _with_tone(vowel: str, tone: str) -> str:
    return unicodedata.normalize("NFC", vowel + tone)


def _tcvn3_table() -> dict[str, str]:
    table = dict(_TCVN3_OTHERS)
    for vowel, codes in _TCVN3_VOWELS.items():
        for code, tone in zip(codes, ("", *_TONES), strict=True):
            table[code] = _with_tone(vowel, tone)
    return table


def _vni_table() -> dict[str, str]:
    table = _VNI_WHOLE | {"iø": "ì", "iù": "í"}
    for stored, vowel in zip("aeouyôö", "aeouyơư", strict=True):
        table |= {stored + mark: _with_tone(vowel, tone)
                  for mark, tone in zip(_VNI_TONES, _TONES, strict=True)}  # fmt: skip
    for hatted, stored in zip("ăâêô", "aaeo", strict=True):
        marks = _VNI_MARKS["ă" if hatted == "ă" else "â"]
        table |= {stored + mark: _with_tone(hatted, tone)
                  for mark, tone in zip(marks, ("", *_TONES), strict=True)}  # fmt: skip
    # A capital takes its mark in either size: both are found, and both look alike.
    capitals = {
        stored.upper() if big else stored[0].upper() + stored[1:]: letter.upper()
        for stored, letter in table.items()
        for big in (True, False)
    }
    return table | capitals


_TABLES = {Encoding.TCVN3: _tcvn3_table(), Encoding.VNI: _vni_table()}
_STORED = {
    encoding: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    for encoding, table in _TABLES.items()
}
# Real optional hyphens look like ư, too; no Vietnamese word has two ư together.
_TWICE = re.compile("\xad\xad+")
# Letters that no western font has: text that holds one is in Unicode whatever its font is called.
_UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0323]")
# Word stores what stands in a font of symbols there; such a font of letters is one for it, too.
_SYMBOL_PLANE = {0xF000 + code: code for code in range(0x20, 0x100)}


def to_unicode(text: str, encoding: Encoding) -> str:
    """The text of one piece in Unicode; `encoding` is TCVN3 or VNI.

    In TCVN3 the letter ư is the optional hyphen (U+00AD), which a PDF shows as U+2212: whoever
    reads one puts U+00AD for it first.
    """
    table = _TABLES[encoding]
    if encoding is Encoding.TCVN3:
        text = _TWICE.sub("\xad", text)
    return _STORED[encoding].sub(lambda found: table[found[0]], text.translate(_SYMBOL_PLANE))


def decoded(pieces: Iterable[Piece], decision: Decision) -> str:
    """The pieces of one paragraph as one text in Unicode, as it is shown.

    Neighbours that are stored in one way are converted together: VNI cuts a letter from its mark.
    """
    out: list[str] = []
    for (encoding, capitals), held in groupby(pieces, key=lambda one: _stored_as(one, decision)):
        text = "".join(piece.text for piece in held)
        text = to_unicode(text, encoding) if encoding else text
        out.append(text.upper() if capitals else text)
    return "".join(out)


def _stored_as(piece: Piece, decision: Decision) -> tuple[Encoding | None, bool]:
    """The encoding that a piece really is in, and whether it is shown in capitals."""
    encoding = encoding_of(piece.font) if decision.converted else None
    if encoding not in decision.converted or _UNICODE_ONLY.search(piece.text):
        return None, piece.capitals
    in_capitals = encoding is Encoding.TCVN3 and _is_capitals(piece.font)
    return encoding, piece.capitals or in_capitals


def decide(texts: Iterable[Iterable[Piece]]) -> Decision:
    """Which encodings a document holds, by all its paragraphs; anything but Unicode is told."""
    words: dict[Encoding | None, set[str]] = {}
    fonts: dict[Encoding, set[str]] = {}
    for pieces in texts:
        # Neighbours of one kind are looked at together, for words are cut in several runs.
        for encoding, held in groupby(pieces, key=lambda one: encoding_of(one.font)):
            group = list(held)
            found = {word for word in _WORD.findall("".join(piece.text for piece in group))
                     if not word.isascii()}  # fmt: skip
            if found:
                words.setdefault(encoding, set()).update(found)
            if found and encoding:
                names = {_SUBSET.sub("", piece.font) for piece in group}
                fonts.setdefault(encoding, set()).update(names)
    plain = words.pop(None, set())
    judged = [_judged(encoding, held, fonts[encoding]) for encoding, held in words.items()
              if encoding]  # fmt: skip
    converted = frozenset[Encoding]().union(*(one.converted for one in judged))
    return Decision(
        converted,
        (*(doubt for one in judged for doubt in one.doubts), *_unlikely(plain, converted)),
        next((one.unreadable for one in judged if one.unreadable), None),
    )


_WORD = re.compile(r"[^\s\d.,;:!?()\[\]{}/\"“”…–+*%&=<>_-]+")


_CERTAIN = 0.8  # of different words: names and abbreviations of other languages are few
_UNCERTAIN = 0.6
_ENOUGH = 5  # words, to say something of a text
_NAMED = 12  # words in a message


def _judged(encoding: Encoding, words: set[str], fonts: set[str]) -> Decision:
    """Whether the words that stand in fonts of an encoding are really stored in it."""
    named = ", ".join(sorted(fonts))
    stored = {word for word in words if not _UNICODE_ONLY.search(word)}
    as_stored = _share(words)
    if as_stored >= _CERTAIN or not stored:
        return Decision()  # Unicode, under the name of an old font
    if encoding not in _TABLES:
        return Decision(unreadable=encoding)
    read = {to_unicode(word, encoding) for word in stored}
    if _share(read) < _CERTAIN or _share(stored) > _UNCERTAIN:
        return Decision(doubts=(Doubt(msg(
            "fonts of {encoding} are named ({fonts}), but the text is not certainly in it: nothing "
            "was converted", encoding=encoding.value, fonts=named)),))  # fmt: skip
    doubts = [Doubt(msg(
        "converted from {encoding} to Unicode: the fonts say so ({fonts}), and {share} % of the "
        "words then are Vietnamese", encoding=encoding.value, fonts=named,
        share=int(_share(read) * 100)))]  # fmt: skip
    if encoding is Encoding.TCVN3:
        doubts.append(Doubt(msg(
            "TCVN3 has no capital letters with tones: where “Ứng dụng” is printed, “ứng dụng” may "
            "have come; compare the first letters")))  # fmt: skip
    odd = {word for word in read if not _is_syllable(word) and not word.isupper()}
    if odd:
        doubts.append(Doubt(msg("no Vietnamese words after conversion; compare them: {words}",
                                words=_some(odd))))  # fmt: skip
    if len(stored) < len(words):
        doubts.append(Doubt(msg("what is already in Unicode under these fonts was left as it is")))
    return Decision(frozenset({encoding}), tuple(doubts))


def _unlikely(words: set[str], converted: frozenset[Encoding]) -> Iterator[Doubt]:
    """Doubts about words in fonts of Unicode that can be read only as an old encoding."""
    share = _share(words)
    if len(words) >= _ENOUGH and share <= _UNCERTAIN:
        yield Doubt(msg(
            "only {share} % of the accented words are Vietnamese: the text may be in an old "
            "encoding under a font of Unicode; nothing was converted there",
            share=int(share * 100)))  # fmt: skip
        return
    stray = {
        word
        for word in words
        for encoding in converted
        if not _is_syllable(word) and _is_syllable(to_unicode(word, encoding))
    }
    if stray:
        yield Doubt(msg("words that stand in a font of Unicode but not in its letters were not "
                        "converted: {words}", words=_some(stray)))  # fmt: skip


def _some(words: set[str]) -> str:
    """Words for a message, the first ones of many."""
    first = sorted(words)[:_NAMED]
    return ", ".join(first) + (" …" if len(words) > _NAMED else "")


def refusal(encoding: Encoding) -> tuple[Message, Message]:
    """Why a document in an encoding that is not converted cannot be read, and what to do."""
    return (
        msg("the text is in {encoding}, which is not converted", encoding=encoding.value),
        msg("convert it to Unicode first, such as with UniKey, and look it through"),
    )


# Vietnamese syllables. The list of vowels is what tells "Kế" from the "Keá" of VNI.
_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx]|"
_VOWELS = """a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oai oao oay oe oeo
oi oo ôi ơi ua uâ uây ue uê ui uô uôi uơ uy uya uyê uyu ưa ưi ươ ươi ươu ưu yê yêu""".split()
_SYLLABLE = re.compile(
    f"(?:{_ONSET})(?:{'|'.join(sorted(_VOWELS, key=len, reverse=True))})(?:ch|ng|nh|[cmnpt])?"
)
_TONE = re.compile(f"[{_TONES}]")


def _share(words: set[str]) -> float:
    """Which part of the words can be Vietnamese (0 … 1); 1 of none."""
    return sum(map(_is_syllable, words)) / len(words) if words else 1.0


def _is_syllable(word: str) -> bool:
    letters, tones = _TONE.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", letters)))
