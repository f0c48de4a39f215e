"""Questions on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import click

from cchc_cli.core.message import Message
from cchc_cli.i18n import say

Answer = TypeVar("Answer")


def can_ask() -> bool:
    """Whether somebody sits there who reads the questions and can answer them."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: Message, read: Callable[[str], Answer], default: str = "") -> Answer:
    """The answer, asked again until it can be read."""
    answer: Answer = click.prompt(
        say(question), default=default, show_default=bool(default), value_proc=read, err=True
    )
    return answer
