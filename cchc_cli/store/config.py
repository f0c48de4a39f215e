"""What a person has set for all their commands: one small TOML file in their own folder."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

from cchc_cli.core.message import msg
from cchc_cli.store.files import CannotRun, reason

KEYS = ("unit",)


def config_file() -> Path:
    """Where it lies: CCHC_CONFIG, else the place that the operating system has for such files."""
    named = os.environ.get("CCHC_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path  # noqa: PLC0415  # for commands that write only

    return user_config_path("cchc", appauthor=False) / "config.toml"


def read_config() -> dict[str, str]:
    """All that is set; nothing if there is no file."""
    path = config_file()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as failure:
        message = msg("“{file}” cannot be read: {reason}", file=str(path), reason=reason(failure))
        raise CannotRun(message, msg("delete it, and set your unit anew")) from None
    return {key: str(values[key]) for key in KEYS if key in values}


def write_config(values: dict[str, str]) -> Path:
    """Write all settings; the file written. A JSON text is a TOML text, too."""
    path = config_file()
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as failure:
        raise CannotRun(
            msg("“{path}” cannot be written: {reason}", path=str(path), reason=reason(failure))
        ) from None
    return path
