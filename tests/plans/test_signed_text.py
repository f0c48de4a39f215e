"""The plan files say what the signed plan says: every word, every slip, nothing more.

The files are written back as plain text in printed order and compared with the text of the
official document. White space is left out of the comparison, because the document wraps its lines
where the page ends. Two further looks make up for that: word by word, so that no two words were
run together, and by line, so that no word of the table slipped into the neighbouring cell.
"""

import hashlib
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "plans" / "cchc-2021-2025"
SIGNED = ROOT / "tests" / "data" / "ke-hoach-cchc-2021-2025.txt"
SIGNED_SHA256 = "c8d67cf04db97a12a0d95f39ca64b1e4c01d5d7225f51fdb9a379eb3c23c5fae"

# Where a line of the document ends inside a number or a span of years.
LINE_ENDS = (
    ("NĐ-\nCP", "NĐ-CP"),
    ("2021 -\n2022", "2021 -2022"),
    ("2021 -\n2025", "2021 -2025"),
)

# The head of the table, repeated at the top of every page.
PAGE_HEADER = (
    "TT Nhiệm vụ cụ thể Sản phẩm\nĐơn vị\nchủ trì\nĐơn vị\nphối hợp\nThời gian\nhoàn thành\n"
)

# Task VII.3 starts on one page and ends on the next, so its last line stands below the row.
VII_3_STOPS = "và định hướng đến năm\nKế hoạch của Sở\n"
VII_3_GOES_ON = "2030 khi có yêu cầu của UBND tỉnh\n"
VII_3_MENDED = f"và định hướng đến năm\n{VII_3_GOES_ON}Kế hoạch của Sở\n"

# Cells that follow the one to the left on the same line of the extracted text. All the others
# begin a line.
ON_THE_SAME_LINE = {
    "I.1, Nhiệm vụ cụ thể",
    "I.1, Sản phẩm",
    "I.1, Đơn vị chủ trì",
    "I.3, Đơn vị chủ trì",
    "I.4, Sản phẩm",
    "I.4, Đơn vị chủ trì",
    "VII.1, Đơn vị chủ trì",
}


class Section(TypedDict):
    number: str
    title: str
    text: NotRequired[str]
    items: NotRequired[list[str]]


class Part(TypedDict):
    number: str
    title: str
    text: NotRequired[str]
    sections: NotRequired[list[Section]]
    closing: NotRequired[str]


class Signature(TypedDict):
    title: str
    name: str


class Document(TypedDict):
    type: str
    subject: str
    preamble: str
    parts: list[Part]
    recipients: list[str]
    signature: Signature


class Task(TypedDict):
    id: str
    number: str
    name: str
    products: list[str]
    lead: str
    support: str
    deadline: str


class Field(TypedDict):
    id: str
    name: str
    tasks: list[Task]


class Appendix(TypedDict):
    heading: str
    subject: str
    attached: str
    columns: list[str]
    fields: list[Field]


Cell = tuple[str, str]  # where it stands, what it says


def load(name: str) -> object:
    """Read a plan file with every scalar left as it is written."""
    text = (PLAN / name).read_text(encoding="utf-8")
    return cast("object", yaml.load(text, Loader=yaml.BaseLoader))


@pytest.fixture(scope="module")
def document() -> Document:
    return cast("dict[str, Document]", load("plan.yaml"))["document"]


@pytest.fixture(scope="module")
def appendix() -> Appendix:
    return cast("Appendix", load("appendix.yaml"))


# --- the official text ---------------------------------------------------------------------------


def signed_text() -> str:
    return SIGNED.read_text(encoding="utf-8")


def tidy(text: str) -> str:
    """Drop the empty lines, and join the numbers that a line end cut in two."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    tidied = "".join(f"{line}\n" for line in lines if line)
    for broken, joined in LINE_ENDS:
        tidied = tidied.replace(broken, joined)
    return tidied


def signed_parts() -> str:
    """Give parts I to IV, from the title to the signer."""
    return tidy(signed_text().partition("PHỤ LỤC")[0])


def signed_appendix() -> str:
    """Give the appendix with its heading, pages as they were printed."""
    _, heading, rest = signed_text().partition("PHỤ LỤC")
    return tidy(heading + rest)


def signed_heading() -> str:
    """Give what stands above the first row of the table, the column names included."""
    title, header, _ = signed_appendix().partition(PAGE_HEADER)
    return title + header


def signed_table() -> str:
    """Give the rows of the table: page headers left out, the torn row VII.3 mended."""
    rows = signed_appendix().removeprefix(signed_heading())
    return mend_vii_3(rows.replace(PAGE_HEADER, ""))


def mend_vii_3(rows: str) -> str:
    """Put the line of VII.3 that fell on the next page back into its cell."""
    stray = f"{VII_3_GOES_ON}4\nTham mưu triển khai xây dựng"
    assert rows.count(stray) == 1, "the stray line of VII.3 is not just above task VII.4"
    assert rows.count(VII_3_STOPS) == 1, "VII.3 is not torn where it used to be"
    whole = rows.replace(stray, stray.removeprefix(VII_3_GOES_ON))
    return whole.replace(VII_3_STOPS, VII_3_MENDED)


# --- the plan files, written back ----------------------------------------------------------------


def printed_title(label: str, block: Section | Part) -> str:
    text = f": {block['text']}" if "text" in block else ""
    return f"{label} {block['title']}{text}"


def printed_section(section: Section) -> list[str]:
    items = [f"- {item}" for item in section.get("items", [])]
    return [printed_title(f"{section['number']}.", section), *items]


def printed_part(part: Part) -> list[str]:
    lines = [printed_title(f"{part['number']}.", part)]
    for section in part.get("sections", []):
        lines += printed_section(section)
    return [*lines, part.get("closing", "")]


def printed_plan(document: Document) -> str:
    lines = [document["type"], document["subject"], document["preamble"]]
    for part in document["parts"]:
        lines += printed_part(part)
    lines += ["Nơi nhận:", *(f"- {line}" for line in document["recipients"])]
    signature = document["signature"]
    return "\n".join([*lines, signature["title"], signature["name"]])


def printed_heading(appendix: Appendix) -> str:
    title = [appendix["heading"], appendix["subject"], appendix["attached"]]
    return "\n".join([*title, *appendix["columns"]])


def printed_products(task: Task) -> str:
    return " ".join(task["products"])


def task_cells(task: Task) -> list[Cell]:
    """Lay out the row of a task in the order of the printed columns."""
    row = {
        "TT": task["number"],
        "Nhiệm vụ cụ thể": task["name"],
        "Sản phẩm": printed_products(task),
        "Đơn vị chủ trì": task["lead"],
        "Đơn vị phối hợp": task["support"],
        "Thời gian hoàn thành": task["deadline"],
    }
    return [(f"{task['id']}, {column}", text) for column, text in row.items()]


def table_cells(appendix: Appendix) -> list[Cell]:
    cells: list[Cell] = []
    for field in appendix["fields"]:
        cells.append((field["id"], f"{field['id']} {field['name']}"))
        for task in field["tasks"]:
            cells += task_cells(task)
    return cells


# --- comparing -----------------------------------------------------------------------------------


def without_blanks(text: str) -> str:
    return "".join(text.split())


def first_difference(written: str, signed: str) -> str:
    """Show where the two texts part, blanks left out; nothing if they are the same."""
    ours, theirs = without_blanks(written), without_blanks(signed)
    if ours == theirs:
        return ""
    pairs = enumerate(zip(ours, theirs, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(ours), len(theirs)))
    start = max(at - 30, 0)
    return f"written …{ours[start : at + 30]}… signed …{theirs[start : at + 30]}…"


def first_wrong_cell(cells: list[Cell], table: str) -> str:
    """Walk through the signed table cell by cell; nothing if each is there and no more."""
    rest = without_blanks(table)
    for place, text in cells:
        cell = without_blanks(text)
        if not cell or not rest.startswith(cell):
            return f"{place}: written {cell!r}, signed {rest[: len(cell) + 10]!r}"
        rest = rest[len(cell) :]
    return f"left over: {rest}" if rest else ""


def line_starts(text: str) -> set[int]:
    """Find where the lines of a text begin, blanks not counted."""
    lengths = [len(without_blanks(line)) for line in text.splitlines()]
    return {sum(lengths[:i]) for i in range(len(lengths))}


def cells_within_a_line(cells: list[Cell], table: str) -> set[str]:
    """List the cells that do not begin where a line of the signed table begins."""
    starts, at, within = line_starts(table), 0, set[str]()
    for place, text in cells:
        if at not in starts:
            within.add(place)
        at += len(without_blanks(text))
    return within


# --- the stories ---------------------------------------------------------------------------------


def test_the_official_text_we_compare_with_is_the_one_received() -> None:
    digest = hashlib.sha256(signed_text().encode("utf-8")).hexdigest()
    assert digest == SIGNED_SHA256


def test_parts_i_to_iv_read_as_signed_from_the_title_to_the_signer(document: Document) -> None:
    assert first_difference(printed_plan(document), signed_parts()) == ""


def test_the_appendix_has_the_heading_that_was_signed(appendix: Appendix) -> None:
    assert first_difference(printed_heading(appendix), signed_heading()) == ""


def test_the_blanks_for_number_and_day_stay_blank(appendix: Appendix) -> None:
    lines = [line.strip() for line in signed_text().splitlines()]
    assert appendix["attached"] in lines


def test_every_cell_of_the_task_table_reads_as_signed(appendix: Appendix) -> None:
    assert first_wrong_cell(table_cells(appendix), signed_table()) == ""


def test_no_word_of_the_table_slipped_into_the_next_cell(appendix: Appendix) -> None:
    assert cells_within_a_line(table_cells(appendix), signed_table()) == ON_THE_SAME_LINE


def test_no_two_words_of_the_plan_are_run_together(document: Document) -> None:
    assert printed_plan(document).split() == signed_parts().split()


def test_no_two_words_of_the_appendix_are_run_together(appendix: Appendix) -> None:
    rows = " ".join(text for _, text in table_cells(appendix))
    assert printed_heading(appendix).split() == signed_heading().split()
    assert rows.split() == signed_table().split()


def test_the_table_holds_26_tasks_in_7_fields_and_has_no_task_ii_4(appendix: Appendix) -> None:
    numbers = {
        field["id"]: [task["number"] for task in field["tasks"]] for field in appendix["fields"]
    }
    assert numbers["II"] == ["1", "2", "3", "5", "6"]
    assert len(numbers) == 7
    assert sum(map(len, numbers.values())) == 26


def test_a_task_is_called_by_its_field_and_its_printed_number(appendix: Appendix) -> None:
    for field in appendix["fields"]:
        ids = [task["id"] for task in field["tasks"]]
        assert ids == [f"{field['id']}.{task['number']}" for task in field["tasks"]]


@pytest.mark.parametrize(
    ("slip", "correction"),
    [
        ("giai đoạn 2012-2025", "giai đoạn 2021-2025"),
        ("cải cách cách hành chính", "cải cách hành chính"),
        ("phù hợp..", "phù hợp."),
        ("để tổng báo cáo", "để tổng hợp báo cáo"),
    ],
)
def test_whoever_corrects_a_slip_of_the_plan_is_found_out(
    document: Document, slip: str, correction: str
) -> None:
    written = printed_plan(document)
    assert written.count(slip) == 1
    assert first_difference(written.replace(slip, correction), signed_parts()) != ""


@pytest.mark.parametrize(
    ("place", "slip", "correction"),
    [
        ("I.3, Nhiệm vụ cụ thể", "tuyên tuyền", "tuyên truyền"),
        ("I.4, Nhiệm vụ cụ thể", "tuyên tuyền", "tuyên truyền"),
        ("II.5, TT", "5", "4"),
        ("V.3, Nhiệm vụ cụ thể", "UBND tỉnh.", "UBND tỉnh"),
        ("VII.1, Thời gian hoàn thành", "Truớc", "Trước"),
    ],
)
def test_whoever_corrects_a_slip_of_the_table_is_found_out(
    appendix: Appendix, place: str, slip: str, correction: str
) -> None:
    cells = dict(table_cells(appendix))
    assert cells[place].count(slip) == 1
    cells[place] = cells[place].replace(slip, correction)
    wrong = first_wrong_cell(list(cells.items()), signed_table())
    assert wrong != ""
