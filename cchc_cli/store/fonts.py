"""Which font stands in for another on this machine, where that can be asked."""

from __future__ import annotations

import shutil
import subprocess


def font_for(name: str) -> str | None:
    """The family that programs take for `name`; None where nothing answers (Windows, macOS)."""
    program = shutil.which("fc-match")
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603  # fontconfig, with arguments of our own
            [program, "--format=%{family[0]}", name],
            capture_output=True, check=True, encoding="utf-8", errors="replace", timeout=10,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None
