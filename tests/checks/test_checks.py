"""What the checks hold apart: finer points than the manual's examples and the cases show."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_cli.core.checks import CHECKS, run_checks
from cchc_cli.core.checks.slips import PHRASES, corrected, pattern
from cchc_cli.store.files import read_plans
from cchc_cli.syntax.load import load

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
TASK = """\
plan: vi-du
fields:
  - id: I
    name: Chỉ đạo điều hành
    tasks:
      - id: I.1
        number: 1
        name: {name}
        products: [Kế hoạch]
        lead: {lead}
        support: {support}
        deadline: {deadline}
"""


def appendix(
    name: str = "Xây dựng Kế hoạch",
    lead: str = "Văn phòng Sở",
    support: str = "Phòng Kế hoạch",
    deadline: str = "Quý I năm kế hoạch",
) -> str:
    return TASK.format(name=name, lead=lead, support=support, deadline=deadline)


# -- The real plan ---------------------------------------------------------------------------------


def test_every_warning_of_the_real_plan_has_been_looked_at() -> None:
    sources, problems = read_plans(ROOT)
    loaded = load(sources, problems)
    checked = run_checks(loaded.workspace, sources, loaded.diagnostics)
    assert checked.findings == []
    assert Counter(found.code for found in checked.acknowledged) == {
        "CCHC206": 1, "CCHC208": 7, "CCHC307": 2, "CCHC402": 3, "CCHC404": 2, "CCHC405": 1,
        "CCHC406": 2,
    }  # fmt: skip


def test_without_acknowledgements_the_slips_of_the_signed_text_are_found_in_their_places() -> None:
    sources, problems = read_plans(ROOT)
    kept = [source for source in sources if not source.path.endswith("/acknowledged.yaml")]
    loaded = load(kept, problems)
    findings = run_checks(loaded.workspace, kept, loaded.diagnostics).findings
    texts = {source.path: source.text.splitlines() for source in kept}
    quoted = {
        found.found: texts[found.span.path][found.span.line - 1][
            found.span.column - 1 : found.span.end_column - 1
        ]
        for found in findings
        if found.code in ("CCHC402", "CCHC405", "CCHC406")
    }
    assert quoted == {
        text: text
        for text in ("tuyên tuyền", "Truớc", "giai đoạn 2012-2025", "cải cách cách", "hợp..")
    }


def test_every_check_says_its_rule() -> None:
    assert [check.__name__ for check in CHECKS if not check.__doc__] == []


# -- Acknowledgements ------------------------------------------------------------------------------

ACKNOWLEDGED = """\
acknowledged:
  - code: {code}
    at: {at}
    found: {found}
    reason: Đã xem.
"""


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"code": "CCHC402", "at": "I.1", "found": "tuyên tuyền"}, []),
        ({"code": "CCHC402", "at": "I.1", "found": "tuyên truyền"}, ["CCHC403", "CCHC402"]),
        ({"code": "CCHC402", "at": "I.2", "found": "tuyên tuyền"}, ["CCHC403", "CCHC402"]),
        ({"code": "CCHC406", "at": "I.1", "found": "tuyên tuyền"}, ["CCHC403", "CCHC402"]),
    ],
)
def test_an_acknowledgement_must_match_code_place_and_text(
    validate: Run, given: dict[str, str], left: list[str]
) -> None:
    files = {
        "appendix.yaml": appendix(name="Kế hoạch tuyên tuyền"),
        "acknowledged.yaml": ACKNOWLEDGED.format(**given),
    }
    assert [found.code for found in validate(files).findings] == left


def test_an_acknowledgement_never_silences_an_error(validate: Run) -> None:
    given = ACKNOWLEDGED.format(code="CCHC302", at="I.1", found="ngày 31/11/2022")
    files = {"appendix.yaml": appendix(deadline="ngày 31/11/2022"), "acknowledged.yaml": given}
    assert {found.code for found in validate(files).findings} == {"CCHC302", "CCHC403"}


def test_one_plan_does_not_acknowledge_for_another(validate: Run) -> None:
    files = {
        "appendix.yaml": appendix(name="Kế hoạch tuyên tuyền"),
        "plans/khac/plan.yaml": "id: khac\nperiod: 2022\n",
        "plans/khac/appendix.yaml": appendix().replace("vi-du", "khac"),
        "plans/khac/acknowledged.yaml": ACKNOWLEDGED.format(
            code="CCHC402", at="I.1", found="tuyên tuyền"
        ),
    }
    findings = validate(files).findings
    assert sorted(found.code for found in findings) == ["CCHC402", "CCHC403"]


def test_a_warning_in_a_file_that_all_plans_share_can_be_acknowledged(validate: Run) -> None:
    files = {
        "office.yaml": "agency: Sở Thông tin và Tuyên tuyền\nparent: cơ quan tuyên tuyền\n",
        "acknowledged.yaml": ACKNOWLEDGED.format(
            code="CCHC402", at="office.yaml", found="tuyên tuyền"
        ),
    }
    assert [d.code for d in validate(files).acknowledged] == ["CCHC402"]


# -- Places ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("Thanh tra", 15),
        ("Văn phòng Sở, Thanh tra", 29),
        ('"Văn phòng Sở và Thanh tra"', 32),
        ("'Văn phòng Sở; Thanh tra; Phòng Kế hoạch'", 30),
    ],
)
def test_the_unknown_part_of_a_cell_is_pointed_at(
    validate: Run, place: Run, cell: str, column: int
) -> None:
    (found,) = validate(
        {"appendix.yaml": appendix(lead=cell, support="Các phòng thuộc Sở")}
    ).findings
    assert place(found) == f"appendix.yaml:10:{column} CCHC203 I.1"
    assert found.span.end_column - found.span.column == len("Thanh tra")


def test_the_unknown_part_of_a_folded_cell_is_pointed_at(validate: Run, place: Run) -> None:
    cell = ">-\n          Văn phòng Sở,\n          Thanh tra"
    (found,) = validate({"appendix.yaml": appendix(lead=cell)}).findings
    assert place(found) == "appendix.yaml:12:11 CCHC203 I.1"


def test_the_part_of_a_deadline_that_is_not_understood_is_pointed_at(
    validate: Run, place: Run
) -> None:
    (found,) = validate({"appendix.yaml": appendix(deadline="Quý V năm 2022")}).findings
    assert place(found) == "appendix.yaml:12:23 CCHC301 I.1"


@pytest.mark.parametrize(
    ("line", "text", "subject"),
    [
        (4, "type: KẾ HOẠCH tuyên tuyền", "Trích yếu"),
        (6, "preamble: tuyên tuyền", "Phần mở đầu"),
        (9, "  title: tuyên tuyền", "Phần II"),
        (13, "        - tuyên tuyền", "Phần II, mục 1"),
        (14, "  closing: tuyên tuyền", "Phần II"),
        (16, "  - Phòng tuyên tuyền", "Nơi nhận"),
        (17, "signature: {title: tuyên tuyền, name: A}", "Người ký"),
    ],
)
def test_a_part_of_the_document_is_called_by_its_name(
    validate: Run, line: int, text: str, subject: str
) -> None:
    lines = [
        "id: vi-du", "period: 2022-2023", "document:", "  type: KẾ HOẠCH", "  subject: Công tác",
        "  preamble: Thực hiện", "  parts:", "    - number: II", "      title: NHIỆM VỤ",
        "      sections:", "        - {number: 1, title: Mục đích, items: [",
        "            A", "          ]}", "      closing: Hết", "  recipients:", "    - Lưu",
        "  signature: {title: GIÁM ĐỐC, name: A}",
    ]  # fmt: skip
    if line == 13:
        lines[10:13] = ["        - number: 1", "          title: Mục đích\n          items:",
                        "            - tuyên tuyền"]  # fmt: skip
    else:
        indent = lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]
        lines[line - 1] = indent + text.strip()
    findings = validate({"plan.yaml": "\n".join(lines) + "\n"}).findings
    assert [(found.code, found.subject) for found in findings] == [("CCHC402", subject)]


# -- Deadlines -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "codes"),
    [
        ("Quý IV/2023 đến hết Quý II/2024", ["CCHC303"]),
        ("Năm 2023 và các năm tiếp theo", []),
        ("ngày 15 tháng 01 năm sau liền kề", []),
        ("từ năm 2028 trở đi", ["CCHC303"]),
        ("ngày 29/02 năm báo cáo", ["CCHC302"]),
        ("Thường xuyên", []),
        ("Hằng năm", []),
        ("theo chỉ đạo của UBND tỉnh", ["CCHC309"]),
    ],
)
def test_what_a_deadline_is_warned_of(validate: Run, deadline: str, codes: list[str]) -> None:
    findings = validate({"appendix.yaml": appendix(deadline=deadline)}).findings
    assert [found.code for found in findings] == codes


def test_a_deadline_that_was_over_before_the_plan_took_effect_is_not_lost(validate: Run) -> None:
    files = {
        "plan.yaml": "id: vi-du\nperiod: 2022-2023\neffective: 2022-07\n",
        "appendix.yaml": appendix(deadline="Quý I năm 2022"),
    }
    assert [found.code for found in validate(files).findings] == ["CCHC303"]


def test_a_deadline_without_a_year_is_clear_in_a_plan_of_one_year(validate: Run) -> None:
    files = {
        "plan.yaml": "id: vi-du\nperiod: 2022\n",
        "appendix.yaml": appendix(deadline="Trước ngày 20/12"),
    }
    assert validate(files).findings == []


def test_a_term_that_runs_into_a_year_without_a_calendar_is_a_warning(
    validate: Run, place: Run
) -> None:
    task = appendix(deadline="Trong 15 ngày làm việc kể từ ngày ban hành")
    files = {
        "appendix.yaml": task + "        events: [E.1]\n",
        "events.yaml": "events:\n  - {id: E.1, name: Ban hành, on: 2023-12-20}\n",
    }
    (found,) = validate(files).findings
    assert place(found) == "plan.yaml:2:9 CCHC305 vi-du"
    assert found.found == "2024"


# -- Wording ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Truớc", "trước"), ("trứơc", "trước"), ("NGUỜI", "người"), ("đựơc", "được"),
        ("thuờng", "thường"), ("qúy", "quý"), ("hiệu qủa", "quả"), ("tuyên tuyền", "tuyên truyền"),
        ("bổ xung", "bổ sung"), ("hổ trợ", "hỗ trợ"), ("nghành", "ngành"),
    ],
)  # fmt: skip
def test_slips_are_found_and_corrected(wrong: str, right: str) -> None:
    text = f"Phần {wrong}, hết"
    sought = pattern(text.lower())
    assert sought is not None
    match = sought.search(text.lower())
    assert match is not None
    assert corrected(text, *match.span())[2] == right


@pytest.mark.parametrize(
    "word",
    ["thuở", "quờ quạng", "quơ", "huơ", "quý", "quí", "kì", "hàng", "hoá", "hòa", "của", "người",
     "củng cố", "kỹ sư", "kỷ niệm", "sữa", "bổ nhiệm", "xung", "mượn", "hương ước", "thoản"],
)  # fmt: skip
def test_right_words_are_no_slips(word: str) -> None:
    assert pattern(word) is None or not list(pattern(word).finditer(word))  # type: ignore[union-attr]


def test_no_correction_is_itself_a_slip() -> None:
    for right in PHRASES.values():
        sought = pattern(right)
        assert sought is None or sought.search(right) is None, right


@pytest.mark.parametrize(
    "name",
    [
        "Sở và cơ quan quan trọng",
        "thực hiện hiện đại hóa hành chính",
        "quy định định mức",
        "trở thành thành phố",
        "luôn luôn và dần dần",
        "cán bộ Bộ Nội vụ",
        "Zalo, Fanpage... và các kênh khác",
        "xem ../ghi-chu và số 1.2",
    ],
)
def test_syllables_that_rightly_meet_are_left_alone(validate: Run, name: str) -> None:
    assert validate({"appendix.yaml": appendix(name=name)}).findings == []


def test_a_word_is_doubled_where_the_text_has_the_phrase_without_it(validate: Run) -> None:
    files = {
        "appendix.yaml": appendix(name="công tác cải cách cách hành chính"),
        "office.yaml": "agency: Ban Cải cách hành chính\n",
    }
    assert [found.found for found in validate(files).findings] == ["cải cách cách"]
    assert validate({"appendix.yaml": files["appendix.yaml"]}).findings == []


def test_slips_in_comments_are_left_alone(validate: Run) -> None:
    comment = "# tuyên tuyền, nguời của của Sở..\n"
    text = appendix(name="Kế hoạch # tuyên tuyền")
    assert validate({"appendix.yaml": comment + text}).findings == []


def test_text_in_pieces_is_pointed_at_once_for_each_file(validate: Run, place: Run) -> None:
    name = unicodedata.normalize("NFD", "Xây dựng Kế hoạch")
    findings = validate({"appendix.yaml": appendix(name=name)}).findings
    assert [place(found) for found in findings] == ["appendix.yaml:8:16 CCHC401 appendix.yaml"]


# -- Progress --------------------------------------------------------------------------------------


def test_a_unit_reached_through_a_group_records_its_own_progress(validate: Run) -> None:
    files = {
        "appendix.yaml": appendix(lead="Các phòng thuộc Sở", support="Văn phòng Sở"),
        "progress/KHTC.yaml": (
            "unit: KHTC\nprogress:\n  - {task: I.1, period: 2022, state: in_progress}\n"
        ),
    }
    assert validate(files).findings == []


def test_progress_of_a_deadline_that_is_not_understood_is_not_judged(validate: Run) -> None:
    files = {
        "appendix.yaml": appendix(deadline="Quý V năm 2022"),
        "progress/VP.yaml": (
            "unit: VP\nprogress:\n  - {task: I.1, period: 2022, state: in_progress}\n"
        ),
    }
    assert [found.code for found in validate(files).findings] == ["CCHC301"]
