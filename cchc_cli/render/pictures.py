"""SVG of our own making → PNG, for documents that take no SVG.

By resvg through `resvg-py` (MIT): one small compiled module that needs no program beside it, on
Windows either. It is loaded only here.
"""

from __future__ import annotations


def png(svg: str, *, width: int) -> bytes:
    """The picture, `width` pixels wide, on white.

    Text is drawn in the first font that this machine has of those that `svg` names.
    """
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width, background="white", sans_serif_family="DejaVu Sans"
    )
