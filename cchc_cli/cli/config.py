"""`cchc config unit VP`: settings that a person has for all their commands."""

from __future__ import annotations

from typing import Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.settings import chosen_unit, one_of, open_plans, plan_root
from cchc_cli.core.message import msg
from cchc_cli.i18n import _, say
from cchc_cli.store.config import KEYS, read_config, write_config

HELP = _("Your own settings, such as the unit you write for.")


def run(
    ctx: typer.Context,
    key: Annotated[str | None, typer.Argument(metavar="unit", help=_("what to set"))] = None,
    value: Annotated[str | None, typer.Argument(metavar="VP", help=_("its value"))] = None,
) -> int:
    """Print the settings, or set one."""
    values = read_config()
    if key is None or value is None:
        write("\n".join(f"{name} = {text}" for name, text in values.items()) or _nothing())
        return 0
    one_of(key, KEYS, "KEY")
    plan_root(ctx)  # of no other revision
    unit = chosen_unit(open_plans(ctx), value)
    path = write_config({**values, key: str(unit.id) if unit else value})
    write(say(msg("{key} is {value} from now on ({path})", key=key,
                  value=str(unit.id) if unit else value, path=str(path))))  # fmt: skip
    return 0


def _nothing() -> str:
    return say(msg("nothing is set; to set your unit: cchc config unit VP"))
