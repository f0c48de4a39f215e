"""Paragraphs of a document → its parts, sections and items, as Nghị định 30/2020 lays them out.

What fits nowhere stays where it stands, as text of what is nearest, and is doubted there; what a
plan has no place for (the letterhead) is doubted with its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from cchc_cli.core.intake.content import Doubt
from cchc_cli.core.intake.rows import roman
from cchc_cli.core.message import Message, msg
from cchc_cli.core.wording import fold

_TYPES = ("KẾ HOẠCH", "CHƯƠNG TRÌNH", "ĐỀ ÁN", "PHƯƠNG ÁN", "QUYẾT ĐỊNH", "NGHỊ QUYẾT", "CHỈ THỊ",
          "THÔNG BÁO", "HƯỚNG DẪN")  # fmt: skip
_PART = re.compile(r"(?:(?:Phần|PHẦN) )?([IVXL]+)(?:[.):/-]+ *| +)(?=\S)")
_SECTION = re.compile(r"(\d{1,2})[.)] *(?=[^\d\s])")
_ITEM = re.compile(r"[-–—•●▪] ?(?=\S)")
_TITLE_ENDS = re.compile(r": (?=\S)")
_LONGEST_TITLE = 25  # words before the colon after which the text of a part or section begins
_ATTACHED = re.compile(r"\((kèm|ban hành)\b", re.IGNORECASE)
_APPENDIX = re.compile(r"phu luc\b.{0,20}")
_RULE = re.compile(r"[-–—_*=.─ ]+")
_DAY = re.compile(r"ngày\s*(\d{1,2})?[\s.…_]*tháng\s*(\d{1,2})[\s.…_]*năm\s*(\d{4})", re.IGNORECASE)


class Line(NamedTuple):
    """One printed paragraph, and where."""

    text: str
    bold: bool
    place: Message


class Outline(NamedTuple):
    """What stands before the table: the values of a document, and the head of the appendix.

    `day` is the day (or month) printed above the title, as plan.yaml writes it.
    """

    document: dict[str, Any] | None
    head: dict[str, str]
    day: str
    doubts: list[Doubt]


def outlined(lines: Sequence[Line]) -> Outline:
    """Everything that stands before the task table, in order."""
    builder = _Builder()
    lines = [line for line in lines if not _RULE.fullmatch(line.text)]
    body, head = _apart(lines)
    document = builder.document(body)
    return Outline(document, builder.head(head), builder.day, builder.doubts)


def _apart(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The document itself, and the lines that head its appendix."""
    for at in range(len(lines) - 1, -1, -1):
        if _APPENDIX.fullmatch(fold(lines[at].text)):
            return lines[:at], lines[at:]
    if not any(_type_of(line.text) for line in lines):
        return [], lines
    return lines, []


def _type_of(text: str) -> str:
    return next((t for t in _TYPES if text == t or text.startswith(f"{t} ")), "")


class _Builder:
    def __init__(self) -> None:
        self.doubts: list[Doubt] = []
        self.day = ""

    # -- the appendix ------------------------------------------------------------------------------

    def head(self, lines: Sequence[Line]) -> dict[str, str]:
        """heading, subject and attached of the appendix."""
        found: dict[str, list[str]] = {"heading": [], "subject": [], "attached": []}
        for line in lines:
            if found["attached"]:
                if found["attached"][-1].endswith(")"):
                    self._left_out([line])
                    continue
                key = "attached"
            elif _ATTACHED.match(line.text):
                key = "attached"
            elif not found["heading"] and _APPENDIX.fullmatch(fold(line.text)):
                key = "heading"
            else:
                key = "subject"
            found[key].append(line.text)
        return {key: " ".join(texts) for key, texts in found.items() if texts}

    # -- the document ------------------------------------------------------------------------------

    def document(self, lines: Sequence[Line]) -> dict[str, Any] | None:
        """The values of the document; None if there is none."""
        begin = next((i for i, line in enumerate(lines) if _type_of(line.text)), None)
        if begin is None:
            self._left_out(lines)
            return None
        self._letterhead(lines[:begin])
        kind = _type_of(lines[begin].text)
        rest = lines[begin].text.removeprefix(kind).strip()
        subject, lines = self._subject(rest, lines[begin + 1 :])
        body, recipients, signature = self._ending(lines)
        preamble, parts = _parts_of(body)
        if preamble and not parts:
            self._doubt(msg("no part (I, II …) was found: the whole text is entered as preamble"),
                        preamble[0].place)  # fmt: skip
        values: dict[str, Any] = {"type": kind, "subject": subject}
        values["preamble"] = "\n".join(line.text for line in preamble)
        values["parts"] = [self._part(number, held) for number, held in parts]
        values["recipients"] = recipients
        values["signature"] = signature
        return {key: value for key, value in values.items() if value}

    def _letterhead(self, lines: Sequence[Line]) -> None:
        if lines:
            text = " | ".join(line.text for line in lines)
            self._doubt(msg("the letterhead is left out, for office.yaml names the office: "
                            "“{text}”", text=text), lines[0].place)  # fmt: skip
        for line in lines:
            found = _DAY.search(line.text)
            if found is not None:
                day, month, year = found.groups()
                self.day = f"{year}-{int(month):02}"
                if day:
                    self.day += f"-{int(day):02}"
                if not _is_day(self.day):
                    self.day = ""

    def _subject(self, rest: str, lines: Sequence[Line]) -> tuple[str, Sequence[Line]]:
        """The subject: what stands bold below the type, or its first line and what runs on."""
        texts = [rest] if rest else []
        at = 0
        bold = bool(lines) and lines[0].bold
        while at < len(lines) and not _PART.match(lines[at].text):
            text = lines[at].text
            goes_on = (lines[at].bold if bold else text[:1].islower()) if texts else True
            if not goes_on:
                break
            texts.append(text)
            at += 1
        if not texts:
            self._doubt(msg("the document has no subject below “{type}”", type=rest or "…"), None)
        return " ".join(texts) or "…", lines[at:]

    def _ending(
        self, lines: Sequence[Line]
    ) -> tuple[Sequence[Line], list[str], dict[str, str] | None]:
        """The text without the recipients and the signer at its end, and both."""
        at = next((i for i, line in enumerate(lines) if fold(line.text).startswith("noi nhan")),
                  None)  # fmt: skip
        if at is None:
            self._doubt(msg("no “Nơi nhận” was found: recipients and signer are not entered"), None)
            return lines, [], None
        after = list(lines[at + 1 :])
        recipients: list[str] = []
        while after and (_ITEM.match(after[0].text) or (recipients and not after[0].text.isupper()
                                                       and not after[0].bold)):  # fmt: skip
            line = after.pop(0)
            found = _ITEM.match(line.text)
            if found:
                recipients.append(line.text[found.end() :])
            else:
                recipients[-1] = f"{recipients[-1]} {line.text}"
        return lines[:at], recipients, self._signature(after)

    def _signature(self, lines: list[Line]) -> dict[str, str] | None:
        titles = []
        while lines and lines[0].text.isupper():
            titles.append(lines.pop(0).text)
        at = next((i for i, line in enumerate(lines) if _is_name(line.text)), None)
        if not titles or at is None:
            if titles or lines:
                self._doubt(msg("the signer is not recognised"), None)
            self._left_out([*(Line(t, bold=False, place=msg("signature")) for t in titles), *lines])
            return None
        name = lines.pop(at).text
        self._left_out(lines)
        return {"title": " ".join(titles), "name": name}

    # -- parts -------------------------------------------------------------------------------------

    def _part(self, number: str, lines: Sequence[Line]) -> dict[str, Any]:
        title, text = _title_and_text(lines[0].text)
        values: dict[str, Any] = {"number": number, "title": title}
        own, sections = _split(lines[1:], _SECTION)
        texts = [text, *(line.text for line in own)]
        values["text"] = "\n".join(filter(None, texts))
        for line in own:
            if _ITEM.match(line.text):
                self._doubt(msg("part {number} has items without a section: they stand in its text",
                                number=number), line.place)  # fmt: skip
                break
        built = [self._section(n, held) for n, held in sections]
        if built:
            closing = built[-1].pop("closing", "")
            values["sections"] = built
            values["closing"] = closing
        for section in built[:-1]:
            stray = section.pop("closing", "")
            if stray:
                self._place_stray(section, stray, lines)
        return {key: value for key, value in values.items() if value}

    def _section(self, number: str, lines: Sequence[Line]) -> dict[str, Any]:
        title, text = _title_and_text(lines[0].text)
        section: dict[str, Any] = {"number": number, "title": title, "text": text, "items": []}
        rest = list(lines[1:])
        closing: list[Line] = []
        while rest and not _ITEM.match(rest[-1].text) and _no_list(rest[-1].text):
            closing.insert(0, rest.pop())
        if not rest and not text and closing:  # the paragraph below a title is its text
            rest = closing[:-1] if len(closing) > 1 and _closes(closing[-1].text) else closing
            closing = closing[len(rest) :]
        for line in rest:
            found = _ITEM.match(line.text)
            if found:
                section["items"].append(line.text[found.end() :])
                continue
            below = section["items"] or not _no_list(line.text)
            if below:
                section["items"].append(line.text)
            else:
                section["text"] = "\n".join(filter(None, [section["text"], line.text]))
            if below or len(rest) > 1:
                self._doubt(msg("a paragraph that is no item stands among those of section "
                                "{number}: “{text}”", number=number, text=line.text),
                            line.place)  # fmt: skip
        section["closing"] = "\n".join(line.text for line in closing)
        return {key: value for key, value in section.items() if value}

    def _place_stray(self, section: dict[str, Any], stray: str, lines: Sequence[Line]) -> None:
        if section.get("items"):
            section["items"] += stray.split("\n")
        else:
            section["text"] = "\n".join(filter(None, [section.get("text", ""), stray]))
        place = next(line.place for line in lines if line.text == stray.partition("\n")[0])
        self._doubt(msg("a paragraph that is no item stands among those of section {number}: "
                        "“{text}”", number=section["number"], text=stray), place)  # fmt: skip

    def _left_out(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self._doubt(msg("a plan has no place for this; it is left out: “{text}”",
                            text=line.text), line.place)  # fmt: skip

    def _doubt(self, message: Message, place: Message | None) -> None:
        self.doubts.append(Doubt(message, place))


def _parts_of(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[str, list[Line]]]]:
    """What stands before the first part, and each part with its number, heading line first."""
    preamble: list[Line] = []
    parts: list[tuple[str, list[Line]]] = []
    for line in lines:
        found = _PART.match(line.text)
        if found is not None and roman(found[1]) == len(parts) + 1:
            parts.append((found[1], [line._replace(text=line.text[found.end() :])]))
        elif parts:
            parts[-1][1].append(line)
        else:
            preamble.append(line)
    return preamble, parts


def _split(
    lines: Sequence[Line], opening: re.Pattern[str]
) -> tuple[list[Line], list[tuple[str, list[Line]]]]:
    """The lines before the first section, and each section; numbers run from 1 without a gap."""
    own: list[Line] = []
    sections: list[tuple[str, list[Line]]] = []
    for line in lines:
        found = opening.match(line.text)
        if found is not None and int(found[1]) == len(sections) + 1:
            sections.append((found[1], [line._replace(text=line.text[found.end() :])]))
        else:
            (sections[-1][1] if sections else own).append(line)
    return own, sections


def _title_and_text(text: str) -> tuple[str, str]:
    found = _TITLE_ENDS.search(text)
    if found is None or text[: found.start()].count(" ") >= _LONGEST_TITLE:
        return text, ""
    return text[: found.start()], text[found.end() :]


def _no_list(text: str) -> bool:
    """Whether a paragraph begins without a mark of a list, such as a), 1.1. or +."""
    return re.match(r"([a-zđ]|\d+(\.\d+)+\.?|\d+)[.)] |[+*] ?|\d+\.\d+", text) is None


def _closes(text: str) -> bool:
    return text.endswith("./.") or text.startswith(("(", "Trên đây"))


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 8 and all(w[:1].isupper() for w in words) and not text.isupper()


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return False
    return True
