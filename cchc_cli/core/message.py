"""Sentences for people, kept apart from the language they are read in.

The core never formats text for a reader. It makes a `Message`: an English template, which is also
the key of the gettext catalogue, and the values for its blanks. The shell translates it last.
"""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """A template such as ``"unknown unit {name}"`` with the values of its blanks."""

    template: str
    values: dict[str, object]


def msg(template: str, **values: object) -> Message:
    """Make a message. Catalogue extraction looks for calls of this name."""
    return Message(template, values)
