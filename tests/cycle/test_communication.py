"""A year of communication at the invented office: planned by channel, held, counted."""

from __future__ import annotations

import pytest

from .conftest import Office

PLAN = ("communication", "plan", "2025")


@pytest.fixture
def told(office: Office) -> Office:
    """An activity on the site of the office and one in a hall, of the task that TT leads."""
    office.on("2025-01-06", *PLAN, "Đăng bài về thủ tục (ví dụ)", "--channel", "web",
              "--channel-name", "Trang thông tin (ví dụ)", "--measure", "tin, bài",
              "--deadline", "Hằng quý", "--task", "I.4")  # fmt: skip
    office.on("2025-01-06", *PLAN, "Hội nghị phổ biến (ví dụ)", "--channel", "hoi-nghi",
              "--channel-name", "Hội nghị (ví dụ)", "--measure", "lượt người")  # fmt: skip
    return office


def test_who_holds_it_and_when_is_told_at_once(office: Office) -> None:
    said = office.on(
        "2025-01-06", *PLAN, "Đăng bài (ví dụ)", "--channel", "web", "--channel-name",
        "Trang thông tin (ví dụ)", "--deadline", "Hằng quý", "--task", "I.4",
    )  # fmt: skip
    assert "TT.2025.1: đơn vị tổ chức TT\n" in said
    assert "TT.2025.1 (2025-Q3): hạn 30/09/2025" in said
    assert "2026-Q" not in said


def test_the_figures_of_a_channel_grow_and_never_invent_a_number(told: Office) -> None:
    held = ("communication", "held", "TT.2025.1")
    said = told.on("2025-03-10", *held, "--on", "10/3/2025", "--quantity", "3",
                   "--document", "Danh sách tin, bài quý I (ví dụ)")  # fmt: skip
    assert "Trang thông tin (ví dụ): 1 lần, 3 tin, bài\n" in said
    said = told.on("2025-06-10", *held, "--on", "9/6/2025")
    assert "Trang thông tin (ví dụ): 2 lần, 3 tin, bài; 1 lần chưa ghi số lượng\n" in said
    listed = told.on("2025-06-11", "communication", "list", "--year", "2025")
    assert "Hội nghị (ví dụ): chưa có lần nào" in listed
    assert "TT.2025.1  web       TT  10/03/2025, 09/06/2025" in listed
    earlier = told.on("2025-06-11", "communication", "list", "--as-of", "2025-03-31")
    assert "1 lần, 3 tin, bài" in earlier
    assert "09/06/2025" not in earlier
    assert told.text("communication/2025.yaml").endswith(
        "    held:\n"
        "      - on: 2025-03-10\n"
        "        quantity: 3\n"
        "        recorded_on: 2025-03-10\n"
        "        evidence:\n"
        '          - document: "Danh sách tin, bài quý I (ví dụ)"\n'
        "      - on: 2025-06-09\n"
        "        recorded_on: 2025-06-10\n"
        "  - id: TT.2025.2\n"
        "    channel: hoi-nghi\n"
        "    name: Hội nghị phổ biến (ví dụ)\n"
    )
    assert told.on("2025-06-11", "validate").startswith("0 lỗi, 0 cảnh báo")


def test_another_unit_than_the_one_in_charge_is_asked_about(told: Office) -> None:
    told.on("2025-02-03", *PLAN, "Tờ rơi (ví dụ)", "--channel", "hoi-nghi", "--unit", "VP")
    found = told.on("2025-02-03", "validate")
    assert "CCHC211] TT.2025.3: “VP” tổ chức hoạt động này, nhưng kế hoạch giao TT" in found


def test_evidence_that_is_a_file_is_looked_for(told: Office) -> None:
    proof = told.root / "van-ban" / "anh-hoi-nghi.jpg"
    proof.write_bytes(b"vi du")
    told.on("2025-04-02", "communication", "held", "TT.2025.2", "--on", "2/4/2025",
            "--file", str(proof), "--checksum", "--quantity", "0")  # fmt: skip
    assert told.on("2025-04-02", "validate").startswith("0 lỗi, 0 cảnh báo")
    proof.write_bytes(b"khac")
    assert "CCHC507] TT.2025.2" in told.on("2025-04-02", "validate", code=1)


def test_a_channel_is_named_once_and_kept_for_the_next_year(told: Office) -> None:
    refused = told.on("2025-02-03", *PLAN, "Phát thanh (ví dụ)", "--channel", "loa", code=2)
    assert "hiện có: web, hoi-nghi" in refused
    twice = told.on("2025-02-03", *PLAN, "Bài (ví dụ)", "--channel", "web", "--channel-name", "X",
                    code=2)  # fmt: skip
    assert "--channel-name" in twice
    told.on("2026-01-05", "communication", "plan", "2026", "Bài (ví dụ)", "--channel", "web")
    assert 'measure: "tin, bài"' in told.text("communication/2026.yaml")


def test_mistakes_are_refused(told: Office) -> None:
    future = told.on("2025-02-03", "communication", "held", "TT.2025.1", "--on", "4/2/2025", code=2)
    assert "--on" in future
    other = told.on("2025-02-03", "communication", "held", "TT.2025.1", "--on", "1/12/2024", code=1)
    assert "CCHC508" in other
    assert "held:" not in told.text("communication/2025.yaml")
    task = told.on("2025-02-03", *PLAN, "Bài (ví dụ)", "--channel", "web", "--task", "I.3", code=2)
    assert "communication/2025.yaml đã ghi khác" in task
