"""A decision is kept as a file: it is there, it is ours, and it is the one that was recorded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
DONE = ("done", "I.1", "--period", "2021", "--on", "2021-12-15", "--doc", "QĐ số 15")
FILE = "minh-chung/Quyết định 15.pdf"


@pytest.fixture
def decision(office: Path) -> Path:
    """The signed decision, kept beside the plans."""
    path = office / FILE
    path.parent.mkdir()
    path.write_bytes(b"%PDF-1.7 ban ky")
    return path


def recorded(office: Path) -> str:
    path = office / "plans" / "cchc-2021-2025" / "progress" / "VP.yaml"
    return path.read_text("utf-8") if path.exists() else ""


def codes(clerk: Run) -> list[str]:
    """What `validate` finds, each as its code and its hint."""
    lines = clerk("validate").out.splitlines()
    return [line.strip() for line in lines if "CCHC" in line or "→" in line]


@pytest.mark.parametrize("way", ["{file}", "plans/../{file}", "{office}/{file}", "lối tắt"])
def test_a_file_is_recorded_by_its_path_from_beside_the_plans(
    clerk: Run, office: Path, decision: Path, way: str
) -> None:
    (office / "lối tắt").symlink_to(decision)
    done = clerk(*DONE, "--file", way.format(file=FILE, office=office))
    assert done.code == 0, done.err
    assert f"        file: {FILE}\n" in recorded(office)
    assert "sha256" not in recorded(office)
    assert clerk("validate", "--strict").code == 0


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("minh-chung/khong-co.pdf", "see how it is named"),
        ("minh-chung", "see how it is named"),
        ("../ngoai.pdf", "copy it into that folder first"),
        ("loi-ra.pdf", "copy it into that folder first"),
    ],
    ids=["not there", "a folder", "outside", "a link to the outside"],
)
def test_a_file_that_cannot_prove_anything_is_refused(
    clerk: Run, office: Path, tmp_path_factory: pytest.TempPathFactory, file: str, said: str
) -> None:
    outside = tmp_path_factory.mktemp("ngoai") / "ngoai.pdf"
    outside.write_text("x")
    (office / "minh-chung").mkdir()
    (office / "loi-ra.pdf").symlink_to(outside)
    refused = clerk(*DONE, "--file", file if file != "../ngoai.pdf" else str(outside))
    assert refused.code == 2
    assert said in refused.err
    assert recorded(office) == ""


def test_a_checksum_needs_its_file(clerk: Run, office: Path) -> None:
    refused = clerk(*DONE, "--checksum")
    assert refused.code == 2
    assert "--file" in refused.err
    assert recorded(office) == ""


def test_a_file_that_is_changed_or_lost_later_is_found(
    clerk: Run, office: Path, decision: Path
) -> None:
    assert clerk(*DONE, "--file", FILE, "--checksum").code == 0
    digest = hashlib.sha256(b"%PDF-1.7 ban ky").hexdigest()
    assert f'checksum: "sha256:{digest}"' in recorded(office)
    shown = json.loads(clerk("show", "I.1", "--format", "json").out)["tasks"][0]["items"]
    (entry,) = {str(record) for item in shown for record in item["records"]}
    assert f"sha256:{digest}" in entry
    assert codes(clerk) == []
    decision.write_bytes(b"%PDF-1.7 ban sua")
    changed, hint = codes(clerk)
    assert "error[CCHC507] I.1: the evidence file “minh-chung/Quyết định 15.pdf” has ch" in changed
    assert "put the recorded file back" in hint
    decision.unlink()
    lost, hint = codes(clerk)
    assert "CCHC507" in lost
    assert "starts beside “plans”" in hint
    assert clerk("validate").code == 1
    assert clerk("note", "I.1", "--period", "2021", "--note", "x").code == 0, "work goes on"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (str(Path("/etc/hostname").resolve()), "copy it into the folder"),
        ("../x.pdf", "copy it into the folder"),
        ("minh-chung\\\\15.pdf", "write “/”"),
        ("minh-chung/" + "x" * 300, "put it back there"),
        ("minh-chung/\\0", "put it back there"),
    ],
    ids=["absolute", "above", "backslash", "too long", "no path at all"],
)
def test_a_path_entered_by_hand_is_looked_at(
    clerk: Run, office: Path, decision: Path, written: str, said: str
) -> None:
    clerk(*DONE, "--file", FILE)
    path = office / "plans" / "cchc-2021-2025" / "progress" / "VP.yaml"
    path.write_text(recorded(office).replace(FILE, f'"{written}"'), "utf-8")
    assert decision.exists()
    found = codes(clerk)
    assert any("CCHC507" in line for line in found)
    assert any(said in line for line in found)


def test_further_evidence_may_be_a_file_alone(clerk: Run, office: Path, decision: Path) -> None:
    assert decision.exists()
    assert clerk("note", "I.1", "--period", "2021", "--file", FILE).code == 0
    assert "file: " in recorded(office)
    assert clerk("validate", "--strict").code == 0
