"""A view → Markdown, by a Jinja template.

What a template prints is text, not Markdown: characters that Markdown or HTML would obey are
escaped, so that a `|` or `<` in a task's name neither breaks a table nor disappears.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from cchc_cli.render.sandbox import BLANK, rendered, short_date
from cchc_cli.render.width import one_line

_SPECIAL = re.compile(r"[\\`*_\[\]<>|&~$]")
_AT_START = re.compile(r"^(?=[-+#=]|\d{1,9}[.)](?:\s|$))")
_NUMBER = re.compile(r"^\\(\d+)")


def escaped(text: str) -> str:
    """`text` such that Markdown shows it as it is, on one line."""
    lines = [_SPECIAL.sub(r"\\\g<0>", one_line(line)) for line in text.splitlines()]
    lines = [_NUMBER.sub(r"\1\\", _AT_START.sub(r"\\", line)) for line in lines]
    return "<br>".join(line for line in lines if line)


def render(
    values: Mapping[str, object], name: str, templates: Mapping[str, str], folder: str
) -> str:
    """`values` by a template, as `sandbox.rendered`, with nothing that Markdown would obey."""
    return rendered(values, name, templates, folder, _shown)


def _shown(value: object) -> object:
    """How a value is printed: a day as people write it, what nobody knows as a blank."""
    from markupsafe import Markup

    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup(BLANK)  # noqa: S704  # our own constant
    text = short_date(value) if isinstance(value, date) else str(value)
    return Markup(escaped(text))  # noqa: S704  # escaped for Markdown, which is the point
