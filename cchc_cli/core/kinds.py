"""Kinds of administrative documents: how each stands in a document’s symbol.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I.
"""

from __future__ import annotations

ABBREVIATIONS = {
    "nghị quyết": "NQ", "quyết định": "QĐ", "chỉ thị": "CT", "quy chế": "QC", "quy định": "QyĐ",
    "thông cáo": "TC", "thông báo": "TB", "hướng dẫn": "HD", "chương trình": "CTr",
    "kế hoạch": "KH", "phương án": "PA", "đề án": "ĐA", "dự án": "DA", "báo cáo": "BC",
    "biên bản": "BB", "tờ trình": "TTr", "hợp đồng": "HĐ", "công điện": "CĐ",
    "bản ghi nhớ": "BGN", "bản thỏa thuận": "BTT", "giấy ủy quyền": "GUQ", "giấy mời": "GM",
    "giấy giới thiệu": "GGT", "giấy nghỉ phép": "GNP", "phiếu gửi": "PG", "phiếu chuyển": "PC",
    "phiếu báo": "PB",
}  # fmt: skip


def abbreviation(kind: str) -> str | None:
    """The kind of a document as in its symbol, "KH" for a plan; None for an unknown kind."""
    return ABBREVIATIONS.get(" ".join(kind.casefold().split()))
