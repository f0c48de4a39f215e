"""The vocabulary of deadlines: spellings, numerals and fixed phrases.

Word tables are data, rules are code (`grammar`). Everything is lower case and NFC, in the spelling
of the dictionary; `spelling` brings real text to it.
"""

from __future__ import annotations

import unicodedata

from cchc_cli.core.deadlines.terms import Bound
from cchc_cli.core.wording import fold

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

NUMERALS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mươi": 10, "mốt": 1, "lăm": 5, "nhăm": 5, "linh": 0,
}  # fmt: skip

# Other spellings and frequent slips of the same word.
_VARIANTS = {
    "hàng": "hằng", "hăng": "hằng", "quí": "quý", "qúy": "quý", "qúi": "quý", "truớc": "trước",
    "trứơc": "trước", "trườc": "trước", "kì": "kỳ", "thuờng": "thường", "thừơng": "thường",
    "đươc": "được", "duợc": "được", "muợn": "muộn", "cuôí": "cuối", "đấu": "đầu", "tuỳ": "tùy",
}  # fmt: skip

# Every word with diacritics that the rules look for, so that text typed without them is read, too.
VOCABULARY = frozenset(
    """
    áp bàn báo bẩy bắt bảo bảy bố bốn các cáo cần cầu căn cả cập chậm chiều chín chính chót
    chuyển chưa chức có công cơ cuối cùng của cứ đa đánh đầu đã đăng đảm đề đến để đi điểm
    định đoạn đó đóng đồng đối đổi đợt động đột duyệt dương dưới được dứt dự dựng dụng giá
    giám giải giờ giữa góp gửi hành hăng hằng hạn hết hiện hiệu hoàn hoạch hoạt hoặc hơn hợp
    học hướng ít kê kề kế kết kể khoảng không khởi kiến kiểm kỳ ký là làm lần lấy lăm lập liên
    liền liệu lịch loại lúc lực mồng mốt mỗi mọi một muộn mùng mươi mười mưu này năm nếu ngày
    ngân nghiệm ngoại nhất nhăm nhằm nhật nhiệm nhìn nhưng những nộp nữa nửa ổn ở phát phải
    phấn phê phút phụ quá quả quyết quý rà sách sáng sát sáu soát số sơ sở suốt sử tài tác tám tầm
    tại thành tháng thiết thông thống thời thuộc thúc thường thứ thực tiên tiến tiếp tính toàn
    toán tối tổ tổng tới trên trễ triển trình trở trưa trương trước trừ tuần tùy tư từ từng
    tục và vào vận về việc vòng với xây xét xếp xuất xuyên yêu ý
    """.split()
)

# Bare words that are words of their own in text that does carry diacritics.
_OWN_WORDS = frozenset("an ba ban cao cho da hai khi la ma nay ngay quy sau so tu".split())

_BARE: dict[str, frozenset[str]] = {}
for _word in sorted(VOCABULARY):
    _BARE[fold(_word)] = _BARE.get(fold(_word), frozenset()) | {_word}


def spelling(word: str) -> str:
    """Lower case, NFC, and one spelling per word."""
    plain = unicodedata.normalize("NFC", word).lower()
    return _VARIANTS.get(plain, plain)


def readings(word: str, *, bare_text: bool) -> frozenset[str]:
    """The words that `word`, already in one spelling, may stand for.

    A word with diacritics stands for itself. A bare one may stand for every word of the vocabulary
    with that bare form; in text that has diacritics elsewhere (`bare_text` false), only if it is
    no word of its own, as "ngay" (at once) is.
    """
    itself = frozenset((word,))
    if not word.isascii() or (word in _OWN_WORDS and not bare_text):
        return itself
    return itself | _BARE.get(word, itself)


# -- Phrases, as (words, meaning) ------------------------------------------------------------------

BEFORE, BY = Bound.BEFORE, Bound.BY

BOUNDS: dict[str, Bound] = {
    "trước": BEFORE,
    "đến trước": BEFORE,
    "chậm nhất trước": BEFORE,
    "chậm nhất là trước": BEFORE,
    "muộn nhất trước": BEFORE,
    "muộn nhất là trước": BEFORE,
    "hạn trước": BEFORE,
    "đến": BY,
    "đến hết": BY,
    "tới": BY,
    "cho đến": BY,
    "cho đến hết": BY,
    "từ nay đến": BY,
    "từ nay đến cuối": BY,
    "từ nay đến hết": BY,
    "từ nay cho đến": BY,
    "hết": BY,
    "chậm nhất": BY,
    "chậm nhất là": BY,
    "chậm nhất vào": BY,
    "chậm nhất là vào": BY,
    "chậm nhất đến": BY,
    "chậm nhất đến hết": BY,
    "chậm nhất là đến": BY,
    "chậm nhất trong": BY,
    "chậm nhất không quá": BY,
    "muộn nhất": BY,
    "muộn nhất là": BY,
    "muộn nhất vào": BY,
    "muộn nhất là vào": BY,
    "muộn nhất đến": BY,
    "không quá": BY,
    "không muộn hơn": BY,
    "không chậm hơn": BY,
    "không trễ hơn": BY,
    "trễ nhất": BY,
    "trễ nhất là": BY,
    "trễ nhất vào": BY,
    "vào trước": BEFORE,
    "hạn cuối": BY,
    "hạn cuối là": BY,
    "hạn cuối cùng": BY,
    "hạn cuối cùng là": BY,
    "hạn chót": BY,
    "hạn chót là": BY,
    "cuối": BY,
    "vào cuối": BY,
    "đến cuối": BY,
}

FROM = (
    "từ", "kể từ", "tính từ", "bắt đầu từ", "từ sau", "áp dụng từ", "được tính từ", "thực hiện từ",
)  # fmt: skip

TO: dict[str, Bound] = {
    "đến hết": BY,
    "cho đến hết": BY,
    "cho đến": BY,
    "đến trước": BEFORE,
    "đến": BY,
    "tới hết": BY,
    "tới": BY,
    "và kết thúc vào": BY,
    "kết thúc vào": BY,
    "và kết thúc": BY,
    "-": BY,
}

# Shift of a year, quarter or month against the one that is reported on or planned.
SHIFTS: dict[str, int] = {
    "báo cáo": 0, "kế hoạch": 0, "đánh giá": 0, "thực hiện": 0, "này": 0, "đó": 0,
    "đăng ký": 0, "thực hiện giám sát": 0, "thực hiện kế hoạch": 0, "thống kê": 0,
    "ngân sách": 0, "ngân sách tiếp theo": 1, "ngân sách sau": 1,
    "dương lịch": 0, "dương lịch tiếp theo": 1, "dương lịch sau": 1,
    "hiện hành": 0, "xây dựng kế hoạch": 0, "lập kế hoạch": 0, "xếp loại": 0,
    "trước": -1, "trước đó": -1, "trước liền kề": -1, "liền trước": -1, "liền kề trước": -1,
    "trước đó liền kề": -1, "liền kề trước đó": -1,
    "sau": 1, "sau đó": 1, "tiếp theo": 1, "tiếp sau": 1, "kế tiếp": 1, "kế sau": 1, "tiếp": 1,
    "liền kề": 1, "liền kề sau": 1, "liền sau": 1, "sau liền kề": 1, "tiếp theo liền kề": 1,
    "liền kề tiếp theo": 1, "kế tiếp liền kề": 1, "kế tiếp ngay": 1, "tiếp theo ngay": 1,
    "ngay sau": 1, "liền kề kế tiếp": 1, "kế": 1,
    "sau nữa": 2, "tiếp theo nữa": 2,
}  # fmt: skip

# What a shift may be measured against: "năm sau của kỳ báo cáo".
REFERENCES = (
    "báo cáo", "kế hoạch", "đánh giá", "thực hiện", "lập kế hoạch", "xây dựng kế hoạch", "đó",
    "này", "xếp loại",
)  # fmt: skip

EACH = ("hằng", "mỗi", "từng", "các", "mọi")

# Words that may open a deadline cell without saying anything about time.
LEAD_INS = (
    "thời hạn hoàn thành", "thời gian hoàn thành", "thời gian thực hiện", "thời gian", "thời hạn",
    "thời điểm", "hạn nộp", "hạn", "phải được", "phải", "cần phải", "cần", "được", "dự kiến", "-",
    "phấn đầu",  # "phấn đấu", whose second word counts as a slip for "đầu"
)  # fmt: skip

# Verbs that open the name of the work itself: "trình UBND tỉnh trước ngày …".
WORK = (
    "hoàn thành", "xong", "làm xong", "thực hiện", "triển khai", "trình", "ban hành", "tổ chức",
    "gửi", "nộp", "kết thúc", "tiến hành", "phê duyệt", "công bố", "tổng kết", "sơ kết", "xây dựng",
    "tổng hợp", "báo cáo", "xem xét", "dứt điểm", "rà soát", "cập nhật", "đề xuất", "tham mưu",
    "đánh giá", "lập", "góp ý", "chuyển đổi", "khai trương", "vận hành", "nghiệm thu", "giải ngân",
    "khởi công", "phát hành", "quyết toán", "thanh toán", "đi vào hoạt động", "áp dụng", "đóng",
    "lấy số liệu", "sử dụng", "bảo đảm", "đảm bảo", "có hiệu lực",
    "thông qua", "đăng ký", "kiểm tra", "bàn giao",
)  # fmt: skip

# Words that change what a date means, so none may hide in the name of the work.
TELLING = frozenset(
    """ngày tháng quý năm kỳ tuần giờ khi sau trước nếu trừ không chưa ít tối hoặc mỗi hằng đến hết
    kể tính cuối đầu giữa chậm muộn trễ hạn thường liên định nửa lần tùy căn
    khoảng hơn dưới ngoại trở đã dừng ngừng hoãn lùi miễn sớm ngoài""".split()
)

# Phrases that do the same, of words that are harmless elsewhere.
HEDGES = ("điều kiện", "dự kiến", "số liệu", "phần trăm", "bãi bỏ")

# The lunar calendar and its feasts, with marks and without: no date beside them is surely solar.
LUNAR = (
    "âm lịch", "am lịch", "âl", "al", "tháng giêng", "tháng gieng", "tháng chạp", "tháng chap",
    "rằm", "rằm tháng giêng", "ram tháng", "tết", "tết nguyên đán", "tết trung thu",
    "tết đoan ngọ", "tet", "giỗ", "giỗ tổ", "gio tổ hung", "đoan ngọ", "doan ngo", "vu lan",
    "nguyên tiêu", "nguyen tieu", "nguyên đán", "nguyen dan", "phật đản", "phat dan", "giao thừa",
    *(f"{before} trung thu" for before in ("dịp", "đêm", "lễ", "vui", "đón", "cho", "tổ chức")),
)  # fmt: skip
LUNAR_DAYS = ("mùng", "mồng")  # "mùng 10/3" may be one; "mùng 10 hằng tháng" is none
SOLAR_FEASTS = ("tết dương lịch", "tet dương lịch")

# Numbers in words, and their like: "hai năm một lần", "vài tháng".
COUNTING = frozenset(NUMERALS) - {"năm"} | {"vài", "nhiều", "mấy", "cách", "xen"}

# After these a period is part of a name: "nghị quyết quý II", "kết quả tháng 6".
DOCUMENTS = (
    "nghị quyết", "thông tư", "chỉ thị", "công văn", "kết luận", "thông báo", "luật", "đề án",
    "nghị định", "quyết định", "kế hoạch", "chương trình", "kết quả", "báo cáo", "được", "mới",
    "vừa",
)  # fmt: skip

# Work without a last day, and what may be said around it without adding one.
CONTINUOUS = ("thường xuyên", "liên tục")
CONTINUOUS_TAILS = (
    "liên tục", "thường xuyên", "hằng ngày", "hằng tuần", "hằng tháng", "hằng quý", "hằng năm",
    "trong năm", "trong cả năm", "trong suốt năm", "cả năm", "các năm", "trong các năm", "định kỳ",
    "đột xuất", "theo quy định", "khi có yêu cầu", "theo yêu cầu", "khi phát sinh",
    "trong quá trình thực hiện",
)  # fmt: skip

# Heads of a phrase that names an event; the rest of the phrase is its name.
EVENT_HEADS = (
    "ngay sau khi", "sau khi", "ngay khi", "khi", "theo", "sau", "căn cứ", "tùy theo", "tùy",
    "đột xuất", "phụ thuộc", "trên cơ sở", "tùy thuộc", "trong quá trình", "cùng với",
    "đồng thời với",
    "kể từ khi", "từ khi", "trước khi", "chậm nhất sau khi", "ngay", "lúc",
)  # fmt: skip

AD_HOC = (
    "đột xuất", "khi có yêu cầu", "theo yêu cầu", "khi được yêu cầu", "báo cáo đột xuất",
    "và đột xuất", "hoặc đột xuất",
)  # fmt: skip

# The same only after "và" or "hoặc"; without it they are a condition: "năm 2022, khi có hướng dẫn".
WHEN_NEEDED = ("khi có", "khi cần", "khi cần thiết", "khi phát sinh")

OPEN_ENDS = (
    "và các năm tiếp theo", "và những năm tiếp theo", "các năm tiếp theo", "những năm tiếp theo",
    "và các năm sau", "và những năm sau", "và hằng năm", "và các năm kế tiếp",
    "và những năm kế tiếp", "và các năm tới", "và những năm tới", "và các năm tiếp sau",
    "và các năm sau đó", "và những năm sau đó", "và các năm về sau",
)  # fmt: skip

# Around a number of days: "trong thời hạn 15 ngày kể từ".
OFFSET_HEADS = (
    "trong", "thời hạn", "thời gian", "vòng", "khoảng thời gian", "không quá", "tối đa",
    "tối đa là", "chậm nhất", "chậm nhất là", "muộn nhất", "muộn nhất là", "sau", "là",
)  # fmt: skip
COUNTED_FROM = (
    "kể từ", "tính từ", "từ", "sau khi", "sau", "kể từ khi", "từ khi", "tính từ khi",
    "kể từ thời điểm", "tính từ thời điểm", "từ thời điểm", "kể từ lúc",
)  # fmt: skip
