"""Text from before Unicode: recognised by its fonts and its words together, or left alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from samples import GOLD, small_capitals_lost, tcvn3, vni

from cchc_cli.documents.legacy import (
    Decision,
    Encoding,
    Piece,
    decide,
    decoded,
    encoding_of,
    refusal,
    to_unicode,
)

TEXTS = [line for gold in GOLD for lines in gold.cells for line in lines]
VOWELS = "aăâeêioôơuưy"
SMALL = [
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in VOWELS
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
] + ["đ"]


def plain(text: str) -> str:
    return text


def judged(encode: Callable[[str], str], *fonts: str) -> Decision:
    return decide([Piece(encode(text), font)] for text in TEXTS for font in fonts)


def said(decision: Decision) -> list[str]:
    return [d.message.template.format(**d.message.values) for d in decision.doubts]


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        (".VnArial NarrowH", Encoding.TCVN3),
        ("ABCDEF+.VnTimeH", Encoding.TCVN3),
        ("VnSouthern", Encoding.TCVN3),
        ("VNSTCVN3", Encoding.TCVN3),
        ("VNI-Times", Encoding.VNI),
        ("QWERTY+VNI-Helve-Condense,Bold", Encoding.VNI),
        ("VI Times", Encoding.VISCII),
        ("VPS Times", Encoding.VPS),
        ("Times New Roman", None),
        ("Vivaldi", None),
        ("Viner Hand ITC", None),
        ("", None),
    ],
)
def test_the_name_of_a_font_says_how_it_shows_letters(font: str, encoding: Encoding | None) -> None:
    assert encoding_of(font) is encoding


def test_every_letter_of_tcvn3() -> None:
    assert [to_unicode(tcvn3(letter), Encoding.TCVN3) for letter in SMALL] == SMALL
    assert to_unicode("¡¢£¤¥¦§", Encoding.TCVN3) == "ĂÂÊÔƠƯĐ"
    # As glibc's TCVN5712-1 and documents of government offices have it.
    assert to_unicode("Céng hßa x· héi chñ nghÜa", Encoding.TCVN3) == "Cộng hòa xã hội chủ nghĩa"


def test_every_letter_of_vni_in_both_sizes() -> None:
    capitals = [letter.upper() for letter in SMALL]
    assert [to_unicode(vni(letter), Encoding.VNI) for letter in SMALL] == SMALL
    assert [to_unicode(vni(letter), Encoding.VNI) for letter in capitals] == capitals
    assert to_unicode("Ñaø Naüng, Aùp duïng", Encoding.VNI) == "Đà Nẵng, Áp dụng"
    assert to_unicode("COÄNG HOØA XAÕ HOÄI", Encoding.VNI) == "CỘNG HÒA XÃ HỘI"


def test_an_optional_hyphen_beside_the_letter_u_horn_is_none_of_the_word() -> None:
    assert to_unicode("n\xad\xadíc", Encoding.TCVN3) == "nước"


@pytest.mark.parametrize(
    ("encode", "fonts", "converted"),
    [
        (tcvn3, [".VnTime"], {Encoding.TCVN3}),
        (vni, ["VNI-Times"], {Encoding.VNI}),
        (plain, [".VnTimeH"], set()),
        (plain, ["VNI-Times"], set()),
        (tcvn3, ["Times New Roman"], set()),
        (vni, [".VnTime"], set()),
        (tcvn3, ["VNI-Times"], set()),
        (plain, ["Times New Roman", ".VnTime"], set()),
    ],
    ids=["TCVN3", "VNI", "Unicode named TCVN3", "Unicode named VNI", "TCVN3 named Unicode",
         "VNI named TCVN3", "TCVN3 named VNI", "Unicode"],
)  # fmt: skip
def test_fonts_and_words_must_agree(
    encode: Callable[[str], str], fonts: list[str], converted: set[Encoding]
) -> None:
    assert judged(encode, *fonts).converted == converted


@pytest.mark.parametrize(
    ("encode", "font", "told"),
    [
        (plain, "Arial", []),
        (plain, ".VnTimeH", []),
        (vni, ".VnTime", ["fonts of TCVN3 (ABC) are named (.VnTime)"]),
        (tcvn3, "Arial", ["only 17 % of the accented words are Vietnamese"]),
    ],
    ids=["Unicode", "Unicode named TCVN3", "VNI named TCVN3", "TCVN3 named Unicode"],
)  # fmt: skip
def test_what_is_not_certain_is_told_and_nothing_else(
    encode: Callable[[str], str], font: str, told: list[str]
) -> None:
    found = said(judged(encode, font))
    assert len(found) == len(told)
    assert all(map(str.startswith, found, told))


def test_only_the_pieces_in_old_fonts_are_converted() -> None:
    decision = Decision(frozenset({Encoding.TCVN3}))
    pieces = [Piece("V¨n phßng ", ".VnTime"), Piece("Sở KH&CN à", "Times New Roman"),
              Piece(" ë tØnh", ".VnTime"), Piece(" Đề án", ".VnTime")]  # fmt: skip
    assert decoded(pieces, decision) == "Văn phòng Sở KH&CN à ở tỉnh Đề án"
    assert decoded(pieces, Decision()) == "".join(piece.text for piece in pieces)


def test_fonts_of_capitals_and_capitals_of_word_are_capitals() -> None:
    decision = Decision(frozenset({Encoding.TCVN3}))
    assert decoded([Piece("ø", ".VnTimeH"), Piece("ng dông", ".VnTime")], decision) == "Ứng dụng"
    assert decoded([Piece("phô lôc", ".VnTime", capitals=True)], decision) == "PHỤ LỤC"
    assert decoded([Piece("phụ lục", "Arial", capitals=True)], Decision()) == "PHỤ LỤC"
    assert decoded([Piece("kÕ ho¹ch", "ABCDEF+.VnTimeH,Bold")], decision) == "KẾ HOẠCH"


def test_a_letter_and_its_mark_may_stand_in_two_pieces() -> None:
    decision = Decision(frozenset({Encoding.VNI}))
    pieces = [Piece("Ke", "VNI-Times"), Piece("á hoaïch", "VNI-Helve")]
    assert decoded(pieces, decision) == "Kế hoạch"


def test_a_document_may_hold_both_encodings_beside_unicode() -> None:
    texts = [[Piece(tcvn3(text), ".VnTime")] for text in TEXTS[:80]]
    texts += [[Piece(vni(text), "VNI-Times")] for text in TEXTS[80:]]
    texts += [[Piece("Sở Khoa học và Công nghệ", "Arial")]]
    decision = decide(texts)
    assert decision.converted == {Encoding.TCVN3, Encoding.VNI}
    read = [decoded(pieces, decision) for pieces in texts]
    assert read[:80] == list(map(small_capitals_lost, TEXTS[:80]))
    assert read[80:-1] == TEXTS[80:]
    assert read[-1] == "Sở Khoa học và Công nghệ"


def test_what_is_already_in_unicode_under_an_old_font_is_kept_and_told() -> None:
    texts = [[Piece(tcvn3(text), ".VnTime")] for text in TEXTS]
    decision = decide([*texts, [Piece("Đề án được duyệt", ".VnTime")]])
    assert decision.converted == {Encoding.TCVN3}
    assert said(decision)[-1] == "what is already in Unicode under these fonts was left as it is"
    assert decoded([Piece("Đề án", ".VnTime")], decision) == "Đề án"


def test_words_that_the_encoding_does_not_explain_are_named() -> None:
    texts = [[Piece(tcvn3(text), ".VnTime")] for text in TEXTS]
    told = said(decide([*texts, [Piece("\xadb) C¬ quan", ".VnTime")]]))
    assert told[-1] == "no Vietnamese words after conversion; compare them: ưb"


def test_words_of_the_encoding_in_a_font_of_unicode_are_named() -> None:
    texts = [[Piece(tcvn3(text), ".VnTime")] for text in TEXTS]
    told = said(decide([*texts, [Piece("hîp t¸c", "Arial")]]))
    assert told[-1] == (
        "words that stand in a font of Unicode but not in its letters were not converted: hîp, t¸c"
    )


@pytest.mark.parametrize(
    ("font", "encoding"), [("VI Times", Encoding.VISCII), ("VPS Times", Encoding.VPS)]
)
def test_encodings_that_are_not_converted_are_refused_if_words_and_font_agree(
    font: str, encoding: Encoding
) -> None:
    assert judged(tcvn3, font).unreadable is encoding
    assert judged(plain, font) == Decision()
    message, hint = refusal(encoding)
    assert message.values == {"encoding": encoding.value}
    assert "UniKey" in hint.template


def test_words_cut_in_short_pieces_are_judged_whole() -> None:
    pieces = [[Piece(letter, ".VnTime") for letter in tcvn3(text)] for text in TEXTS]
    assert decide(pieces).converted == {Encoding.TCVN3}
    # … and one after another, never across the end of a paragraph
    assert decide([Piece(text, "Arial")] for text in ("Sở", "được", "giao", "ở", "tỉnh",
                                                      "của")).doubts == ()  # fmt: skip
