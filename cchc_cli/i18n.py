"""Messages → the language of the reader: Vietnamese unless asked otherwise.

English templates are the keys of a standard gettext catalogue. Click looks its own messages up in
the same one, so that a mistyped option is answered in Vietnamese, too.
"""

from __future__ import annotations

import gettext
import os
from datetime import date
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

from cchc_cli.core.message import Message

LANGUAGES = ("vi", "en")
_DOMAIN = "cchc"
_FOLDER = Path(__file__).parent / "locale"

_catalogue = gettext.NullTranslations()
_language = "en"


def activate(language: str) -> None:
    """Speak `language` from now on."""
    global _catalogue, _language  # noqa: PLW0603  # one process speaks one language
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(_DOMAIN, str(_FOLDER))
    gettext.textdomain(_DOMAIN)
    _catalogue = gettext.translation(_DOMAIN, str(_FOLDER), [language], fallback=True)
    _language = language


def language() -> str:
    """The language spoken now."""
    return _language


def _(template: str) -> str:
    """A text without blanks."""
    return _catalogue.gettext(template)


def say(message: Message) -> str:
    """A message with its blanks filled in, dates and fractions as the language writes them."""
    values = {name: _shown(value) for name, value in message.values.items()}
    return _catalogue.gettext(message.template).format(**values)


def day(value: date) -> str:
    """A date as people of the language write it: 31/03/2022, or 2022-03-31 in English."""
    return f"{value:%d/%m/%Y}" if _language == "vi" else value.isoformat()


def number(value: Decimal) -> str:
    """A number as people of the language write it, "1,25"; cut off after four decimals."""
    plain = f"{value.quantize(Decimal('0.0001'), ROUND_DOWN):f}".rstrip("0").rstrip(".")
    return plain.replace(".", ",") if _language == "vi" else plain


def _shown(value: object) -> object:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, float):
        return f"{value:g}".replace(".", "," if _language == "vi" else ".")
    return say(value) if isinstance(value, Message) else value
