"""A letter → an e-mail that its sender opens as a draft, addresses and sends.

The text comes from a Jinja template whose first line is the subject; nothing in it is markup, so
nothing is escaped. The file names neither sender nor recipient: nobody has told their addresses.
Same letter, same bytes: the day is the as-of day, the boundary follows from the content, and there
is no message id, which the sender's program makes when it sends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from cchc_cli.render.sandbox import BLANK, rendered, short_date
from cchc_cli.render.width import one_line

_VIETNAM = timezone(timedelta(hours=7))
_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def render(
    values: Mapping[str, object], name: str, templates: Mapping[str, str], folder: str
) -> str:
    """`values` as plain text by a template, as `sandbox.rendered`."""
    return rendered(values, name, templates, folder, _shown)


def draft(text: str, attachment: bytes, filename: str, as_of: date) -> bytes:
    """The message with `text`, whose first line is the subject, and the Word file attached."""
    subject, _line, body = text.lstrip().partition("\n")
    message = EmailMessage(SMTP)
    message["Date"] = format_datetime(datetime(as_of.year, as_of.month, as_of.day, tzinfo=_VIETNAM))
    message["X-Unsent"] = "1"  # Outlook opens it for sending, not as something received
    message.set_content(f"{body.strip()}\n", cte="quoted-printable")
    maintype, subtype = _WORD
    message.add_attachment(attachment, maintype=maintype, subtype=subtype, filename=filename)
    digest = hashlib.sha256(text.encode() + attachment).hexdigest()[:32]
    # "=_" stands in neither base64 nor quoted-printable, so no part can hold the boundary.
    message.set_boundary(f"=_{digest}")
    return _subject(one_line(subject)) + message.as_bytes()


def _subject(text: str) -> bytes:
    """The subject line, as encoded words (RFC 2047).

    `EmailMessage` of Python 3.11 loses a blank between two encoded words; `Header` does not.
    """
    encoded = Header(text, "utf-8", header_name="Subject").encode(linesep="\r\n")
    return f"Subject: {encoded}\r\n".encode("ascii")


def _shown(value: object) -> object:
    """How a value is printed: a day as people write it, what nobody knows as a blank."""
    from markupsafe import Markup

    if isinstance(value, Markup):
        return value
    if value is None:
        text = BLANK
    elif isinstance(value, date):
        text = short_date(value)
    else:
        text = one_line(str(value))
    return Markup(text)  # noqa: S704  # plain text has no markup to escape
