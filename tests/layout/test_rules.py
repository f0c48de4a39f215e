"""One departure from the decree at a time: it is found, by its own rule, and nothing else is."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from cchc_cli.core.layout.rules import RULES, check
from cchc_cli.documents.word_layout import read_layout
from cchc_cli.i18n import activate, say

from .conftest import (
    APPENDIX,
    BOLD,
    HEADER,
    ITALIC,
    LANDSCAPE,
    LONG,
    PAGES,
    PORTRAIT,
    STYLES,
    body,
    centred,
    p,
    report,
    size,
    table,
)

UNDERLINED = '<w:u w:val="single"/>'
LETTER = {
    "kind": "", "subject": "", "number": centred("Số: 05/SKHCN-VP", size(13)),
    "letter": centred("V/v báo cáo quý I", size(12)),
}  # fmt: skip
DECISION = {
    "kind": centred("QUYẾT ĐỊNH", BOLD), "number": centred("Số: 05/QĐ-SKHCN", size(13)),
    "addressee": "",
    "bases": body("Căn cứ Luật Tổ chức chính quyền địa phương;", ITALIC)
    + body("Theo đề nghị của Chánh Văn phòng.", ITALIC),
}  # fmt: skip
SECOND_APPENDIX = "".join(APPENDIX.values())


class Broken(NamedTuple):
    rule: str
    found: str
    changes: dict[str, str]


def portrait(old: str, new: str) -> dict[str, str]:
    assert old in PAGES["portrait"]
    return {"portrait": PAGES["portrait"].replace(old, new)}


def header(old: str, new: str) -> dict[str, str]:
    assert old in HEADER
    return {"header": HEADER.replace(old, new)}


def styles(old: str, new: str) -> dict[str, str]:
    assert old in STYLES
    return {"styles": STYLES.replace(old, new)}


def number(text: str) -> dict[str, str]:
    return {"number": centred(text, size(13))}


def date(text: str) -> dict[str, str]:
    return {"date": centred(text, ITALIC)}


ROWS = [(p("1"), p("Nhiệm vụ"), p("Sở")) for _ in range(12)]
PLAIN = table(*ROWS).replace("<w:tblHeader/>", "")
BULLET = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
NUMBERING = STYLES[: STYLES.index(">")].replace("styles", "numbering") + (
    '><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)

BROKEN = [
    Broken("paper", "215.9 × 279.4 mm", portrait('w="11906" w:h="16838"', 'w="12240" w:h="15840"')),
    Broken("orientation", "landscape, without a table",
           {"landscape": LANDSCAPE + "<w:titlePg/>", **dict.fromkeys(APPENDIX, ""),
            "more": body(LONG)}),
    Broken("margins", "left 25 mm", portrait('left="1701"', 'left="1417"')),
    Broken("margins", "top 19 mm", portrait('top="1134"', 'top="1077"')),
    Broken("margins", "bottom 26 mm", portrait('bottom="1134"', 'bottom="1474"')),
    Broken("margins", "right 20.5 mm", portrait('right="851"', 'right="1162"')),
    Broken("font", "font “Arial”",
           {"second": body("1. Đã xong.", '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>')}),
    Broken("font", "font “.VnTime”", header('w:rPr><w:sz w:val="26"/></w:rPr><w:instr',
           'w:rPr><w:rFonts w:hAnsi=".VnTime"/><w:sz w:val="26"/></w:rPr><w:instr')),
    Broken("font-scripts", "font “MS Mincho”",
           {"second": body("1. Đã xong.", '<w:rFonts w:eastAsia="MS Mincho"/>')}),
    Broken("colour", "colour #FF0000", {"second": body("1. Xong.", '<w:color w:val="ff0000"/>')}),
    Broken("page-number", "no page number", {"header": "", "second": body(f"1. {LONG * 25}.")}),
    Broken("page-number-place", "page number at the foot of the page",
           {"header": "", "footer": HEADER.replace("hdr", "ftr")}),
    Broken("page-number-place", "page number not centred", header("center", "right")),
    Broken("page-number-place",
           "the header begins 18 mm below the edge, and does not fit into the margin",
           portrait('header="567"', 'header="1020"')),
    Broken("page-number-look", "size 11 pt", header('<w:sz w:val="26"/></w:rPr><w:instr',
                                                    '<w:sz w:val="22"/></w:rPr><w:instr')),
    Broken("page-number-look", "in italics", header('<w:sz w:val="26"/></w:rPr><w:instr',
                                                    '<w:i/><w:sz w:val="26"/></w:rPr><w:instr')),
    Broken("page-number-first", "the first page shows its number", portrait("<w:titlePg/>", "")),
    Broken("page-number-first", "the first page shows its number", {"first header": HEADER}),
    Broken("page-number-start", "pages are numbered from 0",
           portrait("<w:titlePg/>", '<w:pgNumType w:start="0"/><w:titlePg/>')),
    Broken("page-number-start", "not in Arabic figures",
           portrait("<w:titlePg/>", '<w:pgNumType w:fmt="upperRoman"/><w:titlePg/>')),
    Broken("national-title-missing", "not found",
           {"title": centred("CỘNG HOÀ XÃ HỘI", size(12) + BOLD)}),
    Broken("national-title", "size 14 pt",
           {"title": centred("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", size(14) + BOLD)}),
    Broken("national-title", "not bold",
           {"title": centred("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", size(13))}),
    Broken("national-title", "not in capitals",
           {"title": centred("Cộng hòa xã hội chủ nghĩa Việt Nam", size(13) + BOLD)}),
    Broken("motto-missing", "not found", {"motto": ""}),
    Broken("motto", "size 12 pt",
           {"motto": centred("Độc lập - Tự do - Hạnh phúc", size(12) + BOLD, ruled=True)}),
    Broken("motto", "not centred",
           {"motto": p("Độc lập - Tự do - Hạnh phúc", size(13) + BOLD + UNDERLINED)}),
    Broken("motto", "in capitals",
           {"motto": centred("Độc lập - Tự do - Hạnh phúc", size(13) + BOLD + "<w:caps/>",
                             ruled=True)}),
    Broken("motto-words", "“Độc lập – Tự do – Hạnh phúc”",
           {"motto": centred("Độc lập – Tự do – Hạnh phúc", size(13) + BOLD, ruled=True)}),
    Broken("motto-words", "“Độc lập-Tự do-Hạnh phúc”",
           {"motto": centred("Độc lập-Tự do-Hạnh phúc", size(13) + BOLD, ruled=True)}),
    Broken("motto-line", "no line beneath",
           {"motto": centred("Độc lập - Tự do - Hạnh phúc", size(13) + BOLD)}),
    Broken("agency-missing", "not found", {"superior": "", "issuer": ""}),
    Broken("superior-agency", "bold",
           {"superior": centred("UBND TỈNH QUẢNG NGÃI", size(12) + BOLD)}),
    Broken("superior-agency", "size 14 pt",
           {"superior": centred("UBND TỈNH QUẢNG NGÃI", size(14))}),
    Broken("issuing-agency", "not bold",
           {"issuer": centred("SỞ KHOA HỌC VÀ CÔNG NGHỆ", size(12), ruled=True)}),
    Broken("issuing-agency", "not in capitals",
           {"issuer": centred("Sở Khoa học và Công nghệ", size(12) + BOLD, ruled=True)}),
    Broken("issuing-agency-line", "no line beneath",
           {"issuer": centred("SỞ KHOA HỌC VÀ CÔNG NGHỆ", size(12) + BOLD)}),
    Broken("issuing-agency-line", "underlined, and so longer than half of the words",
           {"issuer": centred("SỞ KHOA HỌC VÀ CÔNG NGHỆ", size(12) + BOLD + UNDERLINED)}),
    Broken("number-missing", "not found", {"number": ""}),
    Broken("number", "size 14 pt", {"number": centred("Số: 05/BC-SKHCN")}),
    Broken("number", "bold", {"number": centred("Số: 05/BC-SKHCN", size(13) + BOLD)}),
    Broken("number-form", "“5” without a leading 0", number("Số: 5/BC-SKHCN")),
    Broken("number-form", "“Số 05/BC-SKHCN”", number("Số 05/BC-SKHCN")),
    Broken("number-form", "no slash between number and symbol", number("Số: 05 BC-SKHCN")),
    Broken("number-form", "“năm” is no number", number("Số: năm/BC-SKHCN")),
    Broken("number-symbol", "blanks or long dashes in “BC - SKHCN”", number("Số: 05/BC - SKHCN")),
    Broken("number-symbol", "blanks or long dashes in “BC–SKHCN”", number("Số: 05/BC–SKHCN")),
    Broken("number-symbol", "“Skhcn” not in capitals", number("Số: 05/BC-Skhcn")),
    Broken("number-symbol", "“KH”, where this kind of document has “BC”",
           number("Số: 05/KH-SKHCN")),
    Broken("number-symbol", "“BC”, though a letter has no abbreviation of its kind",
           {**LETTER, **number("Số: 05/BC-SKHCN")}),
    Broken("date-missing", "not found", {"date": ""}),
    Broken("date", "not in italics", {"date": centred("Quảng Ngãi, ngày 05 tháng 3 năm 2022")}),
    Broken("date", "size 12 pt",
           {"date": centred("Quảng Ngãi, ngày 05 tháng 3 năm 2022", size(12) + ITALIC)}),
    Broken("date-form", "no comma after the place", date("Quảng Ngãi ngày 05 tháng 3 năm 2022")),
    Broken("date-form", "no leading zero: “Quảng Ngãi, ngày 5 tháng 3 năm 2022”",
           date("Quảng Ngãi, ngày 5 tháng 3 năm 2022")),
    Broken("date-form", "no leading zero: “Quảng Ngãi, ngày 15 tháng 2 năm 2022”",
           date("Quảng Ngãi, ngày 15 tháng 2 năm 2022")),
    Broken("date-form", "a leading zero before month 3",
           date("Quảng Ngãi, ngày 05 tháng 03 năm 2022")),
    Broken("kind", "not bold", {"kind": centred("BÁO CÁO")}),
    Broken("kind", "size 16 pt", {"kind": centred("BÁO CÁO", BOLD + size(16))}),
    Broken("kind", "not centred", {"kind": p("BÁO CÁO", BOLD)}),
    Broken("subject", "not bold", {"subject": centred("Kết quả quý I", ruled=True)}),
    Broken("subject", "in italics",
           {"subject": centred("Kết quả quý I", BOLD + ITALIC, ruled=True)}),
    Broken("subject-line", "no line beneath", {"subject": centred("Kết quả quý I", BOLD)}),
    Broken("letter-subject", "size 13.5 pt",
           {**LETTER, "letter": centred("V/v báo cáo quý I", size(13.5))}),
    Broken("letter-subject", "bold", {**LETTER, "letter": centred("V/v báo cáo", size(12) + BOLD)}),
    Broken("letter-subject", "“v/v báo cáo”",
           {**LETTER, "letter": centred("v/v báo cáo", size(12))}),
    Broken("legal-basis", "not in italics",
           {**DECISION, "bases": body("Căn cứ Luật Tổ chức;") + body("Theo đề nghị của Chánh Văn "
                                                                    "phòng.", ITALIC)}),
    Broken("legal-basis-end", "does not end in “;”",
           {**DECISION, "bases": body("Căn cứ Luật A.", ITALIC) + body("Căn cứ Luật B.", ITALIC)}),
    Broken("legal-basis-end", "does not end in “.”",
           {**DECISION, "bases": body("Căn cứ Luật A;", ITALIC) + body("Căn cứ Luật B;", ITALIC)}),
    Broken("article", "not bold", {"second": body("Điều 1. Phê duyệt Kế hoạch.")}),
    Broken("body-size", "size 12 pt", {"second": body("1. Đã xong.", size(12))}),
    Broken("body-upright", "in italics", {"second": body("1. Đã xong.", ITALIC)}),
    Broken("body-alignment", "not justified",
           {"first": body(LONG, paragraph='<w:jc w:val="left"/>')}),
    Broken("body-first-line", "indent 0 mm",
           {"second": body("1. Xong.", paragraph='<w:ind w:firstLine="0"/>')}),
    Broken("body-first-line", "indent 15 mm",
           {"second": body("1. Xong.", paragraph='<w:ind w:firstLine="850"/>')}),
    Broken("body-gap", "3 pt above",
           {"second": body("1. Xong.", paragraph='<w:spacing w:after="60"/>')}),
    Broken("body-gap", "0 pt above",
           {"second": body("1. Xong.", paragraph="<w:contextualSpacing/>"),
            "third": body("2. Chưa xong.", paragraph='<w:spacing w:before="120"/>'
                                                     "<w:contextualSpacing/>")}),
    Broken("body-line-spacing", "2 lines",
           {"second": body("1. Xong.", paragraph='<w:spacing w:line="480"/>')}),
    Broken("body-line-spacing", "0.9 lines",
           {"second": body("1. Xong.", paragraph='<w:spacing w:line="216"/>')}),
    Broken("body-line-spacing", "12 pt for letters of 14 pt",
           {"second": body("1. Xong.", paragraph='<w:spacing w:line="240" w:lineRule="exact"/>')}),
    Broken("body-end", "does not end in “./.”", {"last": body("Trên đây là báo cáo của Sở.")}),
    Broken("signature-missing", "not found",
           {"authority": "", "position": "", "gap": "", "signer": p("")}),
    Broken("signature-position", "not bold", {"position": centred("PHÓ GIÁM ĐỐC")}),
    Broken("signature-position", "not in capitals", {"position": centred("Phó Giám đốc", BOLD)}),
    Broken("signature-authority", "“KT”", {"authority": centred("KT GIÁM ĐỐC", BOLD)}),
    Broken("signature-authority", "“T/M”", {"authority": centred("T/M ỦY BAN NHÂN DÂN", BOLD)}),
    Broken("signature-name", "in capitals", {"signer": centred("NGUYỄN VĂN A", BOLD)}),
    Broken("signature-name", "size 12 pt", {"signer": centred("Nguyễn Văn A", BOLD + size(12))}),
    Broken("signature-degree", "“ThS.”", {"signer": centred("ThS. Nguyễn Văn A", BOLD)}),
    Broken("signature-degree", "“PGS.”", {"signer": centred("PGS.TS. Nguyễn Văn A", BOLD)}),
    Broken("signature-degree", "“Tiến sĩ”", {"signer": centred("Tiến sĩ Nguyễn Văn A", BOLD)}),
    Broken("addressee", "no colon after “Kính gửi”", {"addressee": centred("Kính gửi UBND tỉnh")}),
    Broken("addressee", "in italics", {"addressee": centred("Kính gửi: UBND tỉnh", ITALIC)}),
    Broken("recipients-missing", "not found",
           {name: p("") for name in ("recipients", "listed", "kept", "authority", "position",
                                     "signer")}),
    Broken("recipients", "size 14 pt", {"recipients": p("Nơi nhận:", BOLD + ITALIC)}),
    Broken("recipients", "not in italics", {"recipients": p("Nơi nhận:", size(12) + BOLD)}),
    Broken("recipients", "no colon after “Nơi nhận”",
           {"recipients": p("Nơi nhận", size(12) + BOLD + ITALIC)}),
    Broken("recipients-list", "size 12 pt", {"listed": p("- Như trên;", size(12))}),
    Broken("recipients-list", "in italics", {"listed": p("- Như trên;", size(11) + ITALIC)}),
    Broken("recipients-form", "does not end in “;”", {"listed": p("- Như trên", size(11))}),
    Broken("recipients-form", "does not begin with “-”", {"listed": p("+ Như trên;", size(11))}),
    Broken("recipients-form", "not “- Lưu: VT, …” with a full stop",
           {"kept": p("- Lưu: VT", size(11))}),
    Broken("appendix-label", "not bold",
           {"label": centred("Phụ lục")}),
    Broken("appendix-label", "size 13 pt", {"label": centred("Phụ lục", BOLD + size(13))}),
    Broken("appendix-label", "in capitals", {"label": centred("PHỤ LỤC", BOLD)}),
    Broken("appendix-number", "no Roman number",
           {"label": centred("Phụ lục I", BOLD),
            "more": f"<w:p><w:pPr><w:sectPr>{PAGES['landscape']}</w:sectPr></w:pPr></w:p>"
                    + SECOND_APPENDIX.replace("Phụ lục<", "Phụ lục 2<")}),
    Broken("appendix-title", "not in capitals", {"name": centred("Danh mục nhiệm vụ", BOLD)}),
    Broken("appendix-reference", "not in italics", {"reference": centred("(Kèm theo Báo cáo …)")}),
    Broken("appendix-reference", "no “(Kèm theo …)” under its title", {"reference": ""}),
    Broken("appendix-pages", "its pages go on from those before", {"landscape": LANDSCAPE}),
    Broken("appendix-pages", "the appendix does not begin a section of its own",
           {"break": "continuous"}),
    Broken("table-heading", "12 rows", {"tasks": PLAIN}),
    Broken("table-rows", "12 rows may be split", {"tasks": table(*ROWS, row="")}),
    Broken("automatic-list", "automatic bullet or number",
           {"numbering": NUMBERING, "second": body("Xong.", paragraph=BULLET)}),
]  # fmt: skip


def departures(content: bytes) -> list[tuple[str, str]]:
    activate("en")
    return [(each.rule.id, say(each.found)) for each in check(read_layout(content))]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: f"{case.rule}: {case.found}")
def test_what_departs_is_found_by_its_rule_and_by_no_other(case: Broken) -> None:
    assert set(departures(report(case.changes))) == {(case.rule, case.found)}


def test_every_rule_is_tried() -> None:
    assert {rule.id for rule in RULES} == {case.rule for case in BROKEN}
    assert len({rule.id for rule in RULES}) == len(RULES)


CONFORMING: dict[str, dict[str, str]] = {
    "as it is": {},
    "a letter": LETTER,
    "a decision with legal bases": DECISION,
    "legal bases that end in who decides": {
        **DECISION,
        "bases": DECISION["bases"].replace("phòng.", "phòng;")
        + body("Giám đốc Sở ban hành Quyết định về việc kiểm tra.", ITALIC),
    },
    "a remark in brackets under the subject": {
        "subject": centred("Kết quả quý I", BOLD) + centred("(Dự thảo)", ITALIC, ruled=True)
    },
    "chapters, whose titles stand close together": {
        "second": centred("Chương I", BOLD) + centred("QUY ĐỊNH CHUNG", BOLD)
    },
    "a report whose first words are “Căn cứ”": {
        "first": body("Căn cứ Kế hoạch số 12/KH-UBND, Sở báo cáo như sau:")
    },
    "nothing filled in yet": {
        **number("Số:        /BC-SKHCN"),
        **date("Quảng Ngãi, ngày     tháng     năm 2022"),
        "signer": centred("……………", BOLD),
    },
    "dots to be filled in": {
        **number("Số: ……/BC-……"),
        **date("Quảng Ngãi, ngày …… tháng …… năm ………"),
    },
    "margins at both ends of the range": {
        "portrait": PORTRAIT.replace("1134", "1417").replace("851", "1134").replace("1701", "1984")
        + "<w:titlePg/>"
    },
    "landscape pages as Word turns them": {
        "landscape": '<w:pgNumType w:start="1"/><w:pgSz w:w="16838" w:h="11906"/><w:pgMar '
        'w:top="1701" w:right="1134" w:bottom="851" w:left="1134" w:header="567"/><w:titlePg/>'
    },
    "first lines by tab or by 1 cm": {
        "second": "<w:p><w:pPr><w:pStyle w:val='Body'/><w:ind w:firstLine='0'/></w:pPr><w:r>"
        "<w:tab/><w:t>1. Đã xong.</w:t></w:r></w:p>",
        "third": body("2. Đang làm.", paragraph='<w:ind w:firstLine="567"/>'),
    },
    "signs for lines": {
        "issuer": centred("SỞ KHOA HỌC VÀ CÔNG NGHỆ", size(12) + BOLD) + centred("_______"),
        "subject": centred("Kết quả quý I", BOLD) + centred("__________"),
    },
    "an agency whose name is long": {
        "superior": "",
        "issuer": centred("ỦY BAN NHÂN DÂN", size(13) + BOLD)
        + centred("TỈNH QUẢNG NGÃI", size(13) + BOLD, ruled=True),
    },
    "a motto underlined": {
        "motto": centred("Độc lập - Tự do - Hạnh phúc", size(13) + BOLD + UNDERLINED)
    },
    "spacing in points": {
        "second": body("1. Xong.", paragraph='<w:spacing w:line="340" w:lineRule="exact"/>'),
        "third": body("2. Còn.", paragraph='<w:spacing w:line="360" w:lineRule="atLeast"/>'),
    },
    "a recipient on two lines": {
        "listed": p("- Các phòng, đơn vị", size(11)) + p("thuộc Sở;", size(11))
    },
    "signed with the power of another": {
        "authority": centred("TL. GIÁM ĐỐC", BOLD), "position": centred("CHÁNH VĂN PHÒNG", BOLD)
    },
    "a short file without page numbers": {"header": ""},
    "several addressees": {
        "addressee": centred("Kính gửi:") + p("- Bộ Nội vụ;") + p("- Sở Nội vụ.")
    },
    "a column headed “Nơi nhận”": {
        "tasks": table(*[(p("Nơi nhận"), p("Sở"), p("3")) for _ in range(4)])
    },
    "an appendix of words": {"tasks": p("Các nhiệm vụ của phụ lục.", size(12))},
}  # fmt: skip


@pytest.mark.parametrize("changes", CONFORMING.values(), ids=CONFORMING)
def test_what_the_decree_allows_is_no_deviation(changes: dict[str, str]) -> None:
    assert departures(report(changes)) == []


def test_an_appendix_in_a_file_of_its_own_needs_no_head() -> None:
    pieces = ("superior", "issuer", "title", "motto", "number", "date", "kind", "subject",
              "addressee", "first", "heading", "second", "third", "last", "recipients", "listed",
              "kept", "authority", "position", "gap", "signer")  # fmt: skip
    assert departures(report(dict.fromkeys(pieces, ""))) == []


def test_a_file_that_is_no_official_document_lacks_each_part_once() -> None:
    nothing = dict.fromkeys(
        ("superior", "issuer", "title", "motto", "number", "date", "recipients", "listed", "kept",
         "authority", "position", "signer"), "",
    )  # fmt: skip
    missing = [rule for rule, _found in departures(report(nothing))]
    assert missing == ["national-title-missing", "motto-missing", "agency-missing",
                       "number-missing", "date-missing", "recipients-missing"]  # fmt: skip


def test_advice_names_no_article_and_every_deviation_one() -> None:
    activate("vi")
    for rule in RULES:
        advice = rule.id in ("table-heading", "table-rows", "automatic-list")
        assert rule.advice is advice
        assert advice or "Nghị định 30/2020/NĐ-CP, Phụ lục " in say(rule.article)  # type: ignore[arg-type]
    activate("en")
