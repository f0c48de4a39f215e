"""SVG of our own making → pictures for documents that take no SVG.

By resvg through `resvg-py` (MIT): one small compiled module that needs no program beside it, on
Windows either. It is loaded only here.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import fromstring

_SVG = "{http://www.w3.org/2000/svg}"
_PIXELS = 1_300  # for 130 mm: 254 to the inch


class Picture(NamedTuple):
    """A PNG on white, and what it shows in words, for those who cannot see it."""

    png: bytes
    words: str


def picture(svg: str) -> Picture:
    """The picture that the SVG is.

    Text is drawn in the first font that this machine has of those that `svg` names, so that the
    same picture may have other bytes elsewhere.
    """
    root = fromstring(svg)  # noqa: S314  # ours
    words = (root.findtext(f"{_SVG}{name}") for name in ("title", "desc"))
    return Picture(png(svg, width=_PIXELS), ". ".join(text for text in words if text))


def png(svg: str, *, width: int) -> bytes:
    """The SVG as a PNG, `width` pixels wide, on white."""
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width, background="white", sans_serif_family="DejaVu Sans"
    )
