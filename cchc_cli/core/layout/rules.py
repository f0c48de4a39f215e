"""All rules about the layout of an official document, each with its source and how to mend it.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and III. What the decree leaves open but makes for a
good document has no article: it is advice and no deviation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cchc_cli.core.layout import body, foot, head, pages
from cchc_cli.core.layout.elements import Elements, find
from cchc_cli.core.layout.looks import Found
from cchc_cli.core.layout.measured import Document
from cchc_cli.core.message import Message, msg


class Rule(NamedTuple):
    """What is wanted, by which section, and how to get it in Word."""

    id: str
    article: Message | None
    wanted: Message
    mend: Message
    find: Callable[[Elements], Iterator[Found]]

    @property
    def advice(self) -> bool:
        """Whether the decree is silent about it."""
        return self.article is None


class Deviation(NamedTuple):
    """A departure from a rule: where, the words that stand there, and what was found."""

    rule: Rule
    place: Message
    quote: str
    found: Message


def check(document: Document) -> list[Deviation]:
    """Every deviation, rule by rule and from top to bottom."""
    elements = find(document)
    return [Deviation(rule, *found) for rule in RULES for found in rule.find(elements)]


def _by(section: str) -> Message:
    """The section of Phụ lục I, Phần I, as the decree numbers it."""
    return msg("Decree 30/2020/NĐ-CP, Appendix I, Part I, section {section}", section=section)


_FORMS = msg("Decree 30/2020/NĐ-CP, Appendix III, section II (forms)")
_PAGE = msg("Layout > Margins > Custom Margins…")
_FONT = msg("select the text; Home > Font: font, size, B, I, colour")
_CENTRE = msg("select the line; Home > Font: size, B, I; Home > Paragraph: Center; "
              "Shift+F3 changes capitals")  # fmt: skip
_TYPE = msg("type it so")
_LINE = msg("Insert > Shapes > Line, drawn under the words; or a paragraph border")
_NUMBER = msg("Insert > Page Number > Top of Page > Plain Number 2; tick “Different First Page”")
_FORMAT = msg("Insert > Page Number > Format Page Numbers…")
_PARAGRAPH = msg("select the paragraphs; Home > Paragraph (the arrow in the corner)")
_HEAD = msg("begin with a template that has the heads, or put a table without borders on top")
_SECTION = msg("Layout > Breaks > Next Page; then Insert > Page Number > Format Page Numbers… > "
               "Start at 1")  # fmt: skip

RULES = (
    Rule("paper", _by("I.1"),
         msg("paper: A4, 210 × 297 mm"), msg("Layout > Size > A4"), pages.paper),
    Rule("orientation", _by("I.2"),
         msg("pages: upright; landscape only for tables"),
         msg("Layout > Orientation > Portrait"), pages.orientation),
    Rule("margins", _by("I.3"),
         msg("margins: top and bottom 20–25 mm, left 30–35 mm, right 15–20 mm"),
         _PAGE, pages.margins),
    Rule("font", _by("I.4"),
         msg("font: Times New Roman"), _FONT, pages.font),
    Rule("font-scripts", _by("I.4"),
         msg("font: Times New Roman for Asian and complex scripts, too"),
         msg("Ctrl+A; Home > Font (the arrow in the corner): Times New Roman in every box"),
         pages.font_scripts),
    Rule("colour", _by("I.4"),
         msg("colour of text: black"), _FONT, pages.colour),
    Rule("page-number", _by("I.7"),
         msg("pages are numbered"), _NUMBER, pages.number_missing),
    Rule("page-number-place", _by("I.7"),
         msg("page number: centred in the top margin"), _NUMBER,
         pages.number_place),
    Rule("page-number-look", _by("I.7"),
         msg("page number: 13–14 pt, upright"),
         msg("double-click the header; select the number; Home > Font"), pages.number_look),
    Rule("page-number-first", _by("I.7"),
         msg("page number: not shown on page 1"),
         msg("double-click the header; tick “Different First Page” and clear that of page 1"),
         pages.number_first),
    Rule("page-number-start", _by("I.7"),
         msg("page number: Arabic figures from 1"), _FORMAT,
         pages.number_start),
    Rule("national-title-missing", _by("II.1.a"),
         msg("the national title is there"), _HEAD,
         head.title_missing),
    Rule("national-title", _by("II.1.a"),
         msg("national title: capitals, 12–13 pt, bold, upright"), _CENTRE, head.title),
    Rule("motto-missing", _by("II.1.b"),
         msg("the motto is there"), _HEAD, head.motto_missing),
    Rule("motto", _by("II.1.b"),
         msg("motto: small letters, 13–14 pt, bold, upright, centred"), _CENTRE, head.motto),
    Rule("motto-words", _by("II.1.b"),
         msg("motto: “Độc lập - Tự do - Hạnh phúc”, hyphens with blanks"), _TYPE,
         head.motto_words),
    Rule("motto-line", _by("II.1.b"),
         msg("motto: a line as long as the words beneath"), _LINE,
         head.motto_rule),
    Rule("agency-missing", _by("II.2.b"),
         msg("the issuing agency is there"), _HEAD,
         head.agency_missing),
    Rule("superior-agency", _by("II.2.b"),
         msg("superior agency: capitals, 12–13 pt, upright, not bold, centred above the agency"),
         _CENTRE, head.superior),
    Rule("issuing-agency", _by("II.2.b"),
         msg("issuing agency: capitals, 12–13 pt, bold, upright, centred"), _CENTRE, head.issuer),
    Rule("issuing-agency-line", _by("II.2.b"),
         msg("issuing agency: a line of 1/3 to 1/2 of the words beneath"), _LINE,
         head.issuer_rule),
    Rule("number-missing", _by("II.3.c"),
         msg("number and symbol are there; the number may be blank"),
         _HEAD, head.number_missing),
    Rule("number", _by("II.3.c"),
         msg("number and symbol: 13 pt, upright, centred under the agency"),
         _CENTRE, head.number),
    Rule("number-form", _by("II.3.c"),
         msg("number: “Số: 05/BC-SKHCN”; numbers below 10 with a leading 0"), _TYPE,
         head.number_form),
    Rule("number-symbol", _by("II.3.c"),
         msg("symbol: capitals, groups joined by “-” without blanks; first that of the kind of "
             "document (Appendix III), a letter without it"),
         _TYPE, head.number_symbol),
    Rule("date-missing", _by("II.4.c"),
         msg("place and date are there; the date may be blank"), _HEAD,
         head.date_missing),
    Rule("date", _by("II.4.c"),
         msg("place and date: small letters, 13–14 pt, in italics, centred under the motto"),
         _CENTRE, head.date),
    Rule("date-form", _by("II.4"),
         msg("place and date: a comma after the place; a leading 0 for days below 10 and months 1 "
             "and 2, for no other"),
         _TYPE, head.date_form),
    Rule("kind", _by("II.5.b"),
         msg("kind of document: capitals, 13–14 pt, bold, upright, centred"), _CENTRE, head.kind),
    Rule("subject", _by("II.5.b"),
         msg("subject: small letters, 13–14 pt, bold, upright, centred"), _CENTRE, head.subject),
    Rule("subject-line", _by("II.5.b"),
         msg("subject: a line of 1/3 to 1/2 of the words beneath"),
         _LINE, head.subject_rule),
    Rule("letter-subject", _by("II.5.b"),
         msg("subject of a letter: “V/v …” under the number, 12–13 pt, upright, centred"), _CENTRE,
         head.letter_subject),
    Rule("legal-basis", _by("II.6.a"),
         msg("legal bases: small letters, 13–14 pt, in italics"), _FONT,
         body.bases),
    Rule("legal-basis-end", _by("II.6.a"),
         msg("legal bases: each ends in “;” and the last in “.”"), _TYPE, body.bases_end),
    Rule("article", _by("II.6.đ"),
         msg("“Điều 1.”: bold"), _FONT, body.article),
    Rule("body-size", _by("II.6.e"),
         msg("text: 13–14 pt"), _FONT, body.size),
    Rule("body-upright", _by("II.6.e"),
         msg("text: upright"), _FONT, body.upright),
    Rule("body-alignment", _by("II.6.e"),
         msg("text: justified"), msg("select the text; Ctrl+J"),
         body.alignment),
    Rule("body-first-line", _by("II.6.e"),
         msg("text: first line indented by 1 cm or 1.27 cm"),
         _PARAGRAPH, body.first_line),
    Rule("body-gap", _by("II.6.e"),
         msg("text: at least 6 pt between paragraphs"), _PARAGRAPH,
         body.gap),
    Rule("body-line-spacing", _by("II.6.e"),
         msg("text: line spacing from single to 1.5 lines"),
         _PARAGRAPH, body.line_spacing),
    Rule("body-end", _FORMS,
         msg("the text ends in “./.”, as in the forms"), _TYPE,
         body.end),
    Rule("signature-missing", _by("II.7.đ"),
         msg("the position of who signs is there"), _HEAD,
         foot.signature_missing),
    Rule("signature-position", _by("II.7.đ"),
         msg("position of who signs: capitals, 13–14 pt, bold, upright"), _CENTRE,
         foot.position),
    Rule("signature-authority", _by("II.7.b"),
         msg("for whom it is signed: “TM.”, “Q.”, “KT.”, “TL.” or “TUQ.”"), _TYPE,
         foot.authority),
    Rule("signature-name", _by("II.7.đ"),
         msg("name of who signs: small letters, 13–14 pt, bold, upright, centred"), _CENTRE,
         foot.signer),
    Rule("signature-degree", _by("II.7.c"),
         msg("name of who signs: no academic or honorary title (the army, schools, hospitals and "
             "scientific bodies may have their own rule)"),
         msg("delete what stands before the name"), foot.degree),
    Rule("addressee", _by("II.9.d"),
         msg("“Kính gửi:”: 13–14 pt, upright, with a colon"), _FONT,
         body.addressee),
    Rule("recipients-missing", _by("II.9.d"),
         msg("“Nơi nhận:” is there"), _HEAD,
         foot.recipients_missing),
    Rule("recipients", _by("II.9.d"),
         msg("“Nơi nhận:”: 12 pt, bold, in italics, with a colon"), _FONT, foot.recipients),
    Rule("recipients-list", _by("II.9.d"),
         msg("recipients: 11 pt, upright"), _FONT,
         foot.recipient_list),
    Rule("recipients-form", _by("II.9.d"),
         msg("recipients: each “- …;”, the last “- Lưu: VT, ….”"), _TYPE, foot.recipient_form),
    Rule("appendix-label", _by("III.1.b"),
         msg("“Phụ lục I”: small letters, 14 pt, bold, upright, centred"), _CENTRE,
         foot.appendix_label),
    Rule("appendix-number", _by("III.1.a"),
         msg("two appendices or more: numbered in Roman figures"), _TYPE, foot.appendix_roman),
    Rule("appendix-title", _by("III.1.b"),
         msg("title of an appendix: capitals, 13–14 pt, bold, upright, centred"), _CENTRE,
         foot.appendix_title),
    Rule("appendix-reference", _by("III.1.c"),
         msg("“(Kèm theo …)”: under the title, small letters, 13–14 pt, in italics, centred"),
         _CENTRE, foot.appendix_reference),
    Rule("appendix-pages", _by("III.1.đ"),
         msg("appendix: page numbers of its own"), _SECTION,
         pages.appendix_pages),
    Rule("table-heading", None,
         msg("long tables repeat their heading on each page"),
         msg("select the first row; Table Layout > Repeat Header Rows"), pages.table_heading),
    Rule("table-rows", None,
         msg("rows of long tables are not split between pages"),
         msg("select the table; Properties > Row: clear “Allow row to break across pages”"),
         pages.table_rows),
    Rule("automatic-list", None,
         msg("dashes and numbers are typed"),
         msg("select the lines; Home > Bullets or Numbering off, then type “-” or “1.”"),
         pages.automatic_list),
)  # fmt: skip
