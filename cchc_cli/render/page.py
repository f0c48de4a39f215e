"""An overview → one HTML file that needs nothing else: no network, no server, no script to be read.

What a template prints is text: characters that HTML would obey are escaped, and a policy in the
file lets the browser run the style and the script of the template alone, known by their SHA-256.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import date

from cchc_cli.core.overview import Overview
from cchc_cli.render import charts
from cchc_cli.render.sandbox import BLANK, rendered, short_date

TEMPLATE = "page.html.jinja"


def render(page: Overview, templates: Mapping[str, str], folder: str) -> str:
    """The page by the template, in the language spoken now. Raises `TemplateFailure`."""
    from markupsafe import Markup

    summary = page.summary
    drawn = {
        "by_field": charts.by_field(summary),
        "by_unit": charts.by_unit(summary),
        "field_strip": charts.field_strip(summary),
        "unit_strip": charts.unit_strip(summary),
        "timeline": charts.timeline(summary, page.timeline),
    }
    # Our own drawings, in which every text is escaped.
    pictures = {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704
    values = {"page": page, "charts": pictures, "sha256": sha256}
    return rendered(values, TEMPLATE, templates, folder, _shown)


def sha256(text: str) -> str:
    """How a content security policy names the text of a style or script element."""
    digest = hashlib.sha256(str(text).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _shown(value: object) -> object:
    """How a value is printed: a day as people write it, what nobody knows as a blank."""
    if value is None:
        return BLANK
    return short_date(value) if isinstance(value, date) else value
