"""A report that conforms, written as the parts of a Word file, and ways to spoil it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{_A}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = f"{_PACKAGE}/relationships"
_RELS = "application/vnd.openxmlformats-package.relationships+xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {"document": "document.main"}
TIMES = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="{0}"/>'.format(
    "Times New Roman"
)

STYLES = f"""<w:styles {NAMES}>
<w:docDefaults><w:rPrDefault><w:rPr>{TIMES}<w:sz w:val="28"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/>
<w:basedOn w:val="Normal"/><w:pPr>
<w:spacing w:after="120" w:line="264" w:lineRule="auto"/><w:ind w:firstLine="720"/>
<w:jc w:val="both"/></w:pPr></w:style>
</w:styles>"""

PORTRAIT = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" '
    'w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
)
LANDSCAPE = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="851" '
    'w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
)
HEADER = (
    f'<w:hdr {NAMES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
)


def p(text: str, run: str = "", paragraph: str = "") -> str:
    """A paragraph of one run."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{escaped}</w:t></w:r></w:p>'
    )


def centred(text: str, run: str = "", ruled: bool = False) -> str:
    border = '<w:pBdr><w:bottom w:val="single" w:sz="4"/></w:pBdr>' if ruled else ""
    return p(text, run, border + '<w:jc w:val="center"/>')


def body(text: str, run: str = "", paragraph: str = "") -> str:
    return p(text, run, '<w:pStyle w:val="Body"/>' + paragraph)


def table(*rows: tuple[str, ...], properties: str = "", row: str = "<w:cantSplit/>") -> str:
    cells = (
        f"<w:tr><w:trPr>{row}{'<w:tblHeader/>' if not at and len(rows) > 3 else ''}</w:trPr>"
        + "".join(f"<w:tc>{cell}</w:tc>" for cell in each)
        + "</w:tr>"
        for at, each in enumerate(rows)
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(cells)}</w:tbl>"


BOLD, ITALIC = "<w:b/>", "<w:i/>"


def size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:g}"/>'


# What a report is made of, in order; tests replace pieces by name.
LONG = ("Sở Khoa học và Công nghệ báo cáo kết quả thực hiện Kế hoạch cải cách hành chính quý I, "
        "phương hướng, nhiệm vụ trọng tâm quý II như sau: ")  # fmt: skip
HEAD_LEFT = {
    "superior": centred("UBND TỈNH QUẢNG NGÃI", size(12)),
    "issuer": centred("SỞ KHOA HỌC VÀ CÔNG NGHỆ", size(12) + BOLD, ruled=True),
}
HEAD_RIGHT = {
    "title": centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size(12) + BOLD),
    "motto": centred("Độc lập - Tự do - Hạnh phúc", size(13) + BOLD, ruled=True),
}
SECOND_LEFT = {"number": centred("Số: 05/BC-SKHCN", size(13)), "letter": ""}
SECOND_RIGHT = {"date": centred("Quảng Ngãi, ngày 05 tháng 3 năm 2022", size(14) + ITALIC)}
BODY = {
    "kind": centred("BÁO CÁO", BOLD),
    "subject": centred("Kết quả thực hiện cải cách hành chính quý I năm 2022", BOLD, ruled=True),
    "bases": "",
    "addressee": centred("Kính gửi: Ủy ban nhân dân tỉnh"),
    "first": body(LONG),
    "heading": body("I. KẾT QUẢ", BOLD),
    "second": body("1. Đã hoàn thành 12 nhiệm vụ."),
    "third": body("2. Còn 3 nhiệm vụ đang thực hiện."),
    "last": body("Trên đây là báo cáo của Sở Khoa học và Công nghệ./."),
}
RECIPIENTS = {
    "recipients": p("Nơi nhận:", size(12) + BOLD + ITALIC),
    "listed": p("- Như trên;", size(11)) + p("- Giám đốc Sở;", size(11)),
    "kept": p("- Lưu: VT, VP.", size(11)),
}
SIGNATURE = {
    "authority": centred("KT. GIÁM ĐỐC", BOLD),
    "position": centred("PHÓ GIÁM ĐỐC", BOLD),
    "gap": p("") * 3,
    "signer": centred("Nguyễn Văn A", BOLD),
}
APPENDIX = {
    "label": centred("Phụ lục", BOLD),
    "name": centred("DANH MỤC NHIỆM VỤ", BOLD),
    "reference": centred("(Kèm theo Báo cáo số 05/BC-SKHCN ngày 05 tháng 3 năm 2022)", ITALIC),
    "tasks": table(*[(p(str(n)), p("Nhiệm vụ"), p("Sở"), p("Quý I")) for n in range(12)]),
    "more": "",
}
PARTS = {
    "styles": STYLES,
    "theme": "",
    "numbering": "",
    "settings": "",
    "header": HEADER,
    "footer": "",
    "first header": f"<w:hdr {NAMES}><w:p/></w:hdr>",
}
PAGES = {
    "portrait": PORTRAIT + "<w:titlePg/>",
    "landscape": '<w:pgNumType w:start="1"/>' + LANDSCAPE + "<w:titlePg/>",
    "break": "nextPage",
}
_PIECES = (HEAD_LEFT, HEAD_RIGHT, SECOND_LEFT, SECOND_RIGHT, BODY, RECIPIENTS, SIGNATURE, APPENDIX,
           PARTS, PAGES)  # fmt: skip
_REFERENCES = {
    "header": '<w:headerReference w:type="default" r:id="header"/>',
    "first header": '<w:headerReference w:type="first" r:id="firstheader"/>',
    "footer": '<w:footerReference w:type="default" r:id="footer"/>',
}


def report(changes: Mapping[str, str] | None = None, **more: str) -> bytes:
    """The conforming report with some of its pieces replaced, as the bytes of a Word file."""
    changes = {**(changes or {}), **more}
    known = {name for pieces in _PIECES for name in pieces}
    assert set(changes) <= known, set(changes) - known

    def told(pieces: Mapping[str, str]) -> str:
        return "".join(changes.get(name, piece) for name, piece in pieces.items())

    parts = {name: changes.get(name, piece) for name, piece in PARTS.items()}
    references = "".join(xml for name, xml in _REFERENCES.items() if parts[name])
    pages = {name: changes.get(name, piece) for name, piece in PAGES.items()}
    document = (
        table((told(HEAD_LEFT), told(HEAD_RIGHT)), (told(SECOND_LEFT), told(SECOND_RIGHT)))
        + told(BODY)
        + table((told(RECIPIENTS), told(SIGNATURE)))
        + f"<w:p><w:pPr><w:sectPr>{references}{pages['portrait']}</w:sectPr></w:pPr></w:p>"
        + told(APPENDIX)
        + f'<w:sectPr><w:type w:val="{pages["break"]}"/>{pages["landscape"]}</w:sectPr>'
    )
    return packed(f"<w:document {NAMES}><w:body>{document}</w:body></w:document>", parts)


def packed(document: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file of that document and those other parts; empty ones are left out."""
    said = {name: xml for name, xml in (parts or {}).items() if xml}
    kinds = {"first header": "header"}
    relations = "".join(
        f'<Relationship Id="{name.replace(" ", "")}" Type="{R}/{kinds.get(name, name)}" '
        f'Target="{name.replace(" ", "")}.xml"/>'
        for name in said
    )
    overrides = "".join(
        f'<Override PartName="/word/{name.replace(" ", "")}.xml" '
        f'ContentType="{_TYPE}.{_TYPES.get(kinds.get(name, name), name)}+xml"/>'
        for name in ("document", *said)
    )
    types = f"{_PACKAGE}/content-types"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType="{_RELS}"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        )
        main = f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>'
        file.writestr("_rels/.rels", f'<Relationships xmlns="{_RELATIONS}">{main}</Relationships>')
        file.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
        )
        file.writestr("word/document.xml", document)
        for name, xml in said.items():
            file.writestr(f"word/{name.replace(' ', '')}.xml", xml)
    return out.getvalue()


@pytest.fixture(name="report", scope="session")
def make_report() -> object:
    """The function that writes a report."""
    return report
