"""What a mistake on the command line is answered with: the cause, in Vietnamese, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
VIETNAMESE = {"CCHC_LANG": "vi"}


@pytest.mark.parametrize(
    "command",
    ["due --unit VP", "list --unit VP", "waiting --unit VP", "export --out all.xlsx --unit VP",
     "report --period 2022-Q1 --unit VP", "form --unit VP --period 2022-Q1", "remind --unit VP",
     "done I.1 --unit VP"],
)  # fmt: skip
def test_a_unit_is_not_known_because_its_file_is_broken(
    command: str, cchc: Run, office: Path
) -> None:
    with (office / "plans" / "units.yaml").open("r+", encoding="utf-8") as file:
        text = file.read()
        file.seek(0)
        file.write(f"la: [\n{text}")
    done = cchc(*command.split(), cwd=office)
    cause, usage = done.err.split("Error: ")
    assert done.code == 2
    assert cause.startswith("plans/units.yaml:")
    assert "error[CCHC004]" in cause
    assert "the plans have 1 errors: this list may be incomplete\n" in cause
    assert "no unit “VP”; there are: -" in usage


def test_a_plan_or_field_is_not_known_because_its_file_is_broken(cchc: Run, office: Path) -> None:
    (office / "plans" / "cchc-2021-2025" / "plan.yaml").write_text("id: [", "utf-8")
    for wanted in (["--plan", "cchc-2021-2025"], ["--field", "I"]):
        done = cchc("due", *wanted, cwd=office)
        assert done.code == 2
        assert done.err.startswith("plans/cchc-2021-2025/plan.yaml:1:6: error[CCHC004]")


def test_a_mistake_about_sound_plans_is_answered_alone(cchc: Run) -> None:
    assert cchc("due", "--unit", "XYZ").err.startswith("Error: ")


def test_a_group_without_members_is_said_to_have_none(cchc: Run, office: Path) -> None:
    asked = ["due", "--unit", "các đơn vị có liên quan"]
    done = cchc(*asked, cwd=office, env=VIETNAMESE)
    assert done.code == 2
    assert "là nhóm mà kế hoạch không nêu thành viên" in done.err
    assert "hỏi theo đơn vị (VP, KHTC, TDC, TTR, TTUD)" in done.err
    assert "hoặc ghi thành viên vào plans/units.yaml" in done.err
    units = office / "plans" / "units.yaml"
    text = units.read_text("utf-8")
    named = text.replace(
        "    name: Các đơn vị có liên quan\n",
        "    name: Các đơn vị có liên quan\n    members: [TTR]\n",
    )
    units.write_text(named, "utf-8")
    assert "hãy chọn một trong: TTR" in cchc(*asked, cwd=office, env=VIETNAMESE).err
    assert cchc("validate", cwd=office).code == 0  # the advice gives a sound plan


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["due", "--lang", "fr"],
            "--lang (CCHC_LANG) không hợp lệ: “fr” không thuộc",
        ),
        (["due", "--lang="], "“” không thuộc các giá trị: vi, en"),
        (["due", "--lang"], "Tùy chọn '--lang' cần có giá trị."),
        (["--lang", "vi", "due", "--root"], "Tùy chọn '--root' cần có giá trị."),
        (["due", "--as-of", "2200-12-31"], "“2200-12-31” nằm ngoài các năm 1945–2099"),
        (["due", "--as-of", "01/01/1944"], "“01/01/1944” nằm ngoài các năm 1945–2099"),
        (
            ["due", "--as-of", "2022-02-30"],
            "“2022-02-30” không phải là ngày; hãy ghi như",
        ),
    ],
)
def test_a_mistake_is_answered_with_what_is_allowed(
    arguments: list[str], said: str, cchc: Run
) -> None:
    done = cchc(*arguments, env=VIETNAMESE)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("report --period 2022-Q1 --out taken", "đã có tệp hoặc thư mục trùng tên"),
        ("report --period 2022-Q1 --out taken/inside", "một phần của đường dẫn là tệp"),
        ("export --out folder", "đó là thư mục, không phải tệp"),
        (f"export --out {'a' * 300}", "tên quá dài"),
        ("collect none.xlsx", "không đọc được “none.xlsx”: không tồn tại"),
        ("collect folder", "không đọc được “folder”: đó là thư mục"),
    ],
)
def test_what_the_system_says_is_said_in_vietnamese(
    command: str, said: str, cchc: Run, office: Path
) -> None:
    (office / "taken").write_text("a letter", "utf-8")
    (office / "folder").mkdir()
    done = cchc(*command.split(), cwd=office, env=VIETNAMESE)
    assert done.code == 3
    assert said in done.err
    assert (office / "taken").read_text("utf-8") == "a letter"


def test_what_the_system_seldom_says_is_quoted(cchc: Run, office: Path) -> None:
    (office / "config.toml").write_text("unit", "utf-8")
    done = cchc("config", cwd=office, env=VIETNAMESE | {"CCHC_CONFIG": "config.toml"})
    assert done.code == 3
    assert "không đọc được “config.toml”: hệ thống báo “" in done.err
