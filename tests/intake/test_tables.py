"""Task tables as other offices write them: their headings, their groups, their torn rows."""

from __future__ import annotations

import time
from typing import Any

import pytest

from cchc_cli.core.intake.columns import Role, find_heading, role_of
from cchc_cli.core.intake.content import Body, Cell, Content, Paragraph, Row, Table
from cchc_cli.core.intake.draft import Draft, NoTable, drafted
from cchc_cli.core.message import msg
from cchc_cli.i18n import say

Value = Any  # of whatever kind a cell or record has

HEAD = ("TT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời hạn")
UP = object()  # a cell that goes on with the one above


def cell(value: Value) -> Cell:
    if isinstance(value, Cell):
        return value
    if value is UP:
        return Cell((), merged=True)
    return Cell(tuple(Paragraph(line) for line in str(value).split("\n") if line))


def wide(text: str, columns: int, *, bold: bool = False) -> Cell:
    return Cell((Paragraph(text, bold=bold),), columns)


def table(*rows: Value) -> Table:
    return Table(
        tuple(
            Row(tuple(map(cell, cells)), msg("row {number}", number=number))
            for number, cells in enumerate(rows, 1)
        ),
        msg("the table"),
    )


def draft(*rows: Value, head: Value = HEAD, wrapped: bool = False) -> Draft:
    return drafted(Content((table(head, *rows),), wrapped=wrapped))


def task(number: Value = 1, name: str = "Việc một", **more: Value) -> tuple[Any, ...]:
    cells = {"product": "Kế hoạch", "lead": "VP", "support": "", "deadline": "Năm 2022", **more}
    return (number, name, *cells.values())


def doubts(found: Draft) -> list[str]:
    return [f"{say(d.place)}: {say(d.message)}" if d.place else say(d.message)
            for d in found.doubts]  # fmt: skip


def tasks(found: Draft) -> list[dict[str, Any]]:
    return [one for area in found.appendix["fields"] for one in area["tasks"]]


def ids(found: Draft) -> list[str]:
    return [one["id"] for one in tasks(found)]


# -- headings --------------------------------------------------------------------------------------

WORDINGS = {
    "TT": Role.NUMBER,
    "STT": Role.NUMBER,
    "Số TT": Role.NUMBER,
    "NHIỆM VỤ CỤ THỂ": Role.TASK,
    "Nội dung công việc": Role.TASK,
    "Tên nhiệm vụ, giải pháp": Role.TASK,
    "Sản phẩm/Kết quả": Role.PRODUCT,
    "Kết quả đầu ra dự kiến": Role.PRODUCT,
    "Kết quả thực hiện nhiệm vụ": Role.PRODUCT,
    "Đơn vị chủ trì": Role.LEAD,
    "Cơ quan thực hiện": Role.LEAD,
    "Cơ quan, đơn vị chủ trì thực hiện": Role.LEAD,
    "Phòng, đơn vị chịu trách nhiệm": Role.LEAD,
    "Cơ quan phối hợp": Role.SUPPORT,
    "Đơn vị phối hợp thực hiện": Role.SUPPORT,
    "Thời gian": Role.DEADLINE,
    "Thời hạn hoàn thành": Role.DEADLINE,
    "Thời gian thực hiện": Role.DEADLINE,
    "Tiến độ": Role.DEADLINE,
    "Hoàn thành": Role.DEADLINE,
    "Ghi chú": Role.NOTE,
    "Kinh phí thực hiện": None,
    "Mã số": None,
    "Họ và tên": None,
}


@pytest.mark.parametrize(("text", "role"), WORDINGS.items())
def test_a_heading_says_what_its_column_holds_in_many_wordings(
    text: str, role: Role | None
) -> None:
    assert role_of(text) is role
    assert role_of(text.upper()) is role


def test_the_heading_is_found_below_titles_and_in_two_lines() -> None:
    found = find_heading(
        table(
            ("SỞ THỬ", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", ""),
            (wide("DANH MỤC NHIỆM VỤ", 6),),
            ("TT", "Nội dung", "Kết quả", wide("Đơn vị", 2), "Thời gian"),
            (UP, UP, UP, "chủ trì", "phối hợp", UP),
            ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
            task(),
        ).rows
    )
    assert found is not None
    assert (found.first, found.end) == (2, 5)
    assert [column.role for column in found.columns] == [
        Role.NUMBER, Role.TASK, Role.PRODUCT, Role.LEAD, Role.SUPPORT, Role.DEADLINE
    ]  # fmt: skip
    assert [column.text for column in found.columns][3:] == [
        "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"
    ]  # fmt: skip


def test_of_two_times_the_one_at_the_end_is_the_deadline() -> None:
    head = ("TT", "Nhiệm vụ", "Chủ trì", wide("Thời gian", 2))
    below = (UP, UP, UP, "Bắt đầu", "Kết thúc")
    found = draft(below, (1, "Việc một", "VP", "01/2022", "12/2022"), head=head)
    assert tasks(found)[0]["deadline"] == "12/2022"
    assert (
        "row 3: the column “Thời gian Bắt đầu” has no place in a plan; it says “01/2022”"
        in doubts(found)
    )


def test_one_column_for_leads_and_supports_is_doubted() -> None:
    found = draft((1, "Việc một", "VP; TTR", "Năm 2022"),
                  head=("TT", "Nhiệm vụ", "Đơn vị chủ trì, phối hợp", "Thời hạn"))  # fmt: skip
    assert tasks(found)[0]["lead"] == "VP; TTR"
    assert any("names leads and supports in one" in doubt for doubt in doubts(found))


@pytest.mark.parametrize(
    "rows",
    [
        [("TT", "Họ và tên", "Chức vụ"), (1, "Nguyễn Văn A", "Giám đốc")],
        [("Nơi nhận:\n- UBND tỉnh;", "GIÁM ĐỐC\nNguyễn Văn A")],
        [("STT", "Nội dung chi", "Kinh phí"), (1, "Hội nghị", "5 triệu")],
    ],
)
def test_a_table_of_something_else_is_no_task_table(rows: list[Any]) -> None:
    with pytest.raises(NoTable):
        drafted(Content((table(*rows),)))


# -- groups ----------------------------------------------------------------------------------------

GROUPS = {
    "a numeral and a merged name": [("I", wide("Chỉ đạo", 5)), task()],
    "a numeral with a point": [("I.", wide("Chỉ đạo", 5)), task()],
    "all in one merged cell": [(wide("I. Chỉ đạo", 6),), task()],
    "the numeral and the name, other cells empty": [("I", "Chỉ đạo", "", "", "", ""), task()],
    "the name repeated in every cell": [("I", *["Chỉ đạo"] * 5), task()],
}


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_row_is_a_field_however_it_is_merged(name: str) -> None:
    found = draft(*GROUPS[name])
    assert [(a["id"], a["name"]) for a in found.appendix["fields"]] == [("I", "Chỉ đạo")]
    assert ids(found) == ["I.1"]
    assert doubts(found) == []


def test_letters_over_numerals_keep_ids_apart() -> None:
    found = draft(
        (wide("A. NHIỆM VỤ CHUNG", 6),), ("I", wide("Thể chế", 5)), task(),
        (wide("B. NHIỆM VỤ RIÊNG", 6),), ("I", wide("Tài chính", 5)), task(),
    )  # fmt: skip
    assert ids(found) == ["I.1", "B.I.1"]
    assert doubts(found) == ["row 6: “I” is given to two groups: “Tài chính” has the id B.I"]


def test_a_bold_group_without_a_number_gets_one_and_says_so() -> None:
    found = draft((wide("Chỉ đạo điều hành", 6, bold=True),), task(),
                  (wide("Thể chế", 6, bold=True),), task())  # fmt: skip
    assert ids(found) == ["I.1", "II.1"]
    assert doubts(found)[0] == (
        "row 2: the group “Chỉ đạo điều hành” has no number: its tasks have ids from I"
    )


def test_groups_numbered_by_figures_and_tasks_below_them() -> None:
    found = draft(("1", wide("Thể chế", 5)), task("1.1"), task("1.2", "Việc hai"))
    assert [a["id"] for a in found.appendix["fields"]] == ["1"]
    assert [(t["id"], t["number"]) for t in tasks(found)] == [("1.1.1", "1.1"), ("1.1.2", "1.2")]


def test_a_group_that_goes_on_in_another_table_is_one_field() -> None:
    one = table(HEAD, ("I", wide("Chỉ đạo", 5)), task())
    other = table(("I", wide("Chỉ đạo", 5)), task(2, "Việc hai"))
    found = drafted(Content((one, other)))
    assert ids(found) == ["I.1", "I.2"]


# -- torn, merged and repeated rows ----------------------------------------------------------------


def test_a_task_torn_by_a_page_end_with_the_heading_between_is_one_task() -> None:
    found = draft(
        task(1, "Rà soát theo Nghị định số 117/2013/NĐ-", lead="Văn phòng"), HEAD,
        ("", "CP của Chính phủ", "", "Sở", "", ""), task(2),
    )  # fmt: skip
    first = tasks(found)[0]
    assert first["name"] == "Rà soát theo Nghị định số 117/2013/NĐ-CP của Chính phủ"
    assert first["lead"] == "Văn phòng Sở"
    assert ids(found) == ["I.1", "I.2"]
    assert found.counts["joined"] == 1
    assert found.counts["headings"] == 2


def test_equal_text_in_a_second_row_is_a_merged_cell_once_more() -> None:
    found = draft(task(1, "Rà soát", lead="VP"), ("", "thủ tục", "", "VP", "", "Năm 2022"))
    (one,) = tasks(found)
    assert (one["name"], one["lead"], one["deadline"]) == ("Rà soát thủ tục", "VP", "Năm 2022")


def test_only_a_merged_cell_is_filled_and_an_empty_one_stays_empty() -> None:
    found = draft(task(1), task(2, "Việc hai", deadline=UP), task(3, "Việc ba", deadline=""))
    assert [one.get("deadline") for one in tasks(found)] == ["Năm 2022", "Năm 2022", None]
    assert found.counts["filled"] == 1
    assert found.counts["empty deadline"] == 1


def test_a_merged_number_goes_on_with_its_task_and_lists_its_products() -> None:
    found = draft(task(1, product="Kế hoạch"), (UP, UP, "Báo cáo", "TTR", "", UP), task(2))
    first = tasks(found)[0]
    assert first["products"] == ["Kế hoạch Báo cáo"]
    assert first["lead"] == "VP TTR"
    assert ids(found) == ["I.1", "I.2"]


PRODUCTS = {
    "- Kế hoạch rà soát;\n- Các quy trình": ["- Kế hoạch rà soát;", "- Các quy trình"],
    "Kế hoạch; báo cáo": ["Kế hoạch;", "báo cáo"],
    "Kế hoạch của Sở\nBáo cáo kết quả": ["Kế hoạch của Sở", "Báo cáo kết quả"],
    "Văn bản chỉ đạo\ncủa Sở": ["Văn bản chỉ đạo của Sở"],
    "100% thủ tục": ["100% thủ tục"],
}


@pytest.mark.parametrize("text", PRODUCTS)
def test_products_are_the_entries_of_their_cell(text: str) -> None:
    assert tasks(draft(task(product=text)))[0]["products"] == PRODUCTS[text]


def test_lines_of_a_print_begin_no_new_product() -> None:
    found = draft(task(product="Văn bản\nQPPL của\nUBND tỉnh"), wrapped=True)
    assert tasks(found)[0]["products"] == ["Văn bản QPPL của UBND tỉnh"]


NUMBERS = {"1": "1", "1.": "1", "1)": "1", "(1)": "1", "01": "01", "1.2": "1.2", "2a": "2a"}


@pytest.mark.parametrize("shown", NUMBERS)
def test_a_number_is_kept_without_the_marks_around_it(shown: str) -> None:
    assert tasks(draft(task(shown)))[0]["number"] == NUMBERS[shown]


def test_gaps_and_numbers_given_twice_are_named() -> None:
    found = draft(task(1), task(3, "Việc ba"), task(3, "Việc bốn"))
    assert ids(found) == ["I.1", "I.3", "I.3-2"]
    said = "\n".join(doubts(found))
    assert "the number 3 stands twice in I: the second is entered as 3-2" in said
    assert "I: number 3 follows 1; numbers are kept as printed" in said


def test_without_a_column_of_numbers_tasks_are_counted_and_it_is_said() -> None:
    head = ("Nhiệm vụ", "Chủ trì", "Thời hạn")
    found = draft(("1. Việc một", "VP", "Năm 2022"), ("Việc hai", "VP", "Năm 2023"), head=head)
    assert [(t["id"], t["name"]) for t in tasks(found)] == [
        ("I.1", "Việc một"),
        ("I.2", "Việc hai"),
    ]
    assert "row 3: no number is printed: the task is entered as I.2" in doubts(found)


def test_a_cell_that_says_as_above_is_not_filled_but_named() -> None:
    found = draft(task(1), task(2, "Việc hai", lead='"'))
    assert tasks(found)[1]["lead"] == '"'
    assert any('says “"”: enter what it stands for' in doubt for doubt in doubts(found))


def test_what_stands_below_the_table_is_named() -> None:
    body = Body(Paragraph("Ghi chú: theo dõi hằng quý."), msg("paragraph 9"))
    found = drafted(Content((table(HEAD, task()), body)))
    assert doubts(found)[-1].startswith("paragraph 9: a plan has no place for this")


def test_characters_that_nobody_sees_are_left_out_and_counted() -> None:
    found = draft(task(1, "Việc\u200b một\u00ad"))
    assert tasks(found)[0]["name"] == "Việc một"
    assert "hidden characters left out: 2" in doubts(found)


# -- what counts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [200, 2000])
def test_time_grows_with_the_rows(count: int) -> None:
    rows = [task(n, f"Việc {n} " + "soạn thảo văn bản quy phạm pháp luật " * 5)
            for n in range(1, count + 1)]  # fmt: skip
    content = Content((table(HEAD, ("I", wide("Chỉ đạo", 5)), *rows),))
    began = time.monotonic()
    assert len(tasks(drafted(content))) == count
    assert time.monotonic() - began < count * 0.002
