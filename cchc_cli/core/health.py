"""What is found out about an installation."""

from __future__ import annotations

import enum
from typing import NamedTuple

from cchc_cli.core.message import Message


class Level(enum.Enum):
    """OK: as it should be. WARNING: something will be missing. PROBLEM: commands will fail."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class Finding(NamedTuple):
    """One thing found, and what to do about it. `about` is a stable name for programs."""

    about: str
    level: Level
    message: Message
    hint: Message | None = None
