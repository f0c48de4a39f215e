"""The e-mail: a draft that its sender opens, addresses and sends."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_cli.render.eml import draft

Write = Callable[..., dict[str, bytes]]
Accepted = Callable[[str, Path], None]
GOLDEN = Path(__file__).parent / "golden"
STEM = "mau-2022-nhac-viec-KH-2022-06-28"


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture
def files(write: Write) -> dict[str, bytes]:
    arguments = ["--as-of", "2022-06-28", "--unit", "KH", "--format", "docx,eml"]
    return write("sample", *arguments)


def test_it_opens_as_a_draft_without_addresses(files: dict[str, bytes]) -> None:
    message = parsed(files[f"{STEM}.eml"])
    assert message["X-Unsent"] == "1"
    assert (
        message["Subject"] == "V/v đôn đốc thực hiện Kế hoạch Công tác mẫu năm 2022 (dữ liệu mẫu)"
    )
    assert message["Date"] == "Tue, 28 Jun 2022 00:00:00 +0700"
    for name in ("To", "From", "Cc", "Bcc", "Message-ID"):
        assert message[name] is None
    assert list(message.walk())
    assert not any(part.defects for part in message.walk())


def test_the_letter_is_its_text_and_the_word_file_its_attachment(
    files: dict[str, bytes], as_accepted: Accepted
) -> None:
    message = parsed(files[f"{STEM}.eml"])
    text, word = message.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert word.get_filename() == f"{STEM}.docx"
    assert word.get_content() == files[f"{STEM}.docx"]
    content = text.get_content().replace("\r\n", "\n")
    as_accepted(content, GOLDEN / f"{STEM}.txt")


def test_it_is_plain_ascii_with_the_line_ends_of_mail(files: dict[str, bytes]) -> None:
    content = files[f"{STEM}.eml"]
    assert content.isascii()
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    long = [line for line in lines if len(line) > 78]
    assert all(line.startswith(b"Content-Type: application/vnd.") for line in long)  # one word


def test_signs_stay_as_they_are_in_plain_text(write: Write) -> None:
    arguments = ["--as-of", "2022-02-28", "--within", "31", "--unit", "KH", "--format", "eml"]
    (content,) = write("sample", *arguments).values()
    body = next(parsed(content).iter_parts()).get_content()
    assert 'Rà soát mẫu "A & B" <dưới 5 ngày> | ngoài giờ' in body


@settings(max_examples=300)
@given(st.text("aăâđêôơưẾỘữ 0-,.;“”/", min_size=1, max_size=300).filter(str.strip))
def test_a_subject_of_any_length_comes_back_whole(subject: str) -> None:
    content = draft(f"{subject}\n\nNội dung\n", b"tep", "a.docx", date(2022, 6, 28))
    assert content == draft(f"{subject}\n\nNội dung\n", b"tep", "a.docx", date(2022, 6, 28))
    found = parsed(content)["Subject"] or ""
    assert " ".join(found.split()) == " ".join(subject.split())


def test_another_letter_has_another_boundary() -> None:
    boundaries = {
        parsed(draft(f"V/v {n}\n\nNội dung\n", b"", "a.docx", date(2022, 6, 28))).get_boundary()
        for n in range(3)
    }
    assert len(boundaries) == 3
