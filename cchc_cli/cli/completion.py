"""`cchc completion SHELL`: what a shell needs to complete commands, units, tasks and the rest.

Click's own mechanism, which Typer replaces by one that speaks English and loads Rich: the shell
runs `cchc` with `COMPLETING` set in its environment, and the line so far. Only then is this module
loaded and are the plans read. What cannot be read completes nothing, and nothing is ever said: the
words would land in the line that somebody is typing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated

import click
import typer
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    get_completion_class,
    split_arg_string,
)

from cchc_cli.cli import COMPLETING
from cchc_cli.cli.console import write
from cchc_cli.cli.settings import Opened, chosen_plans, one_of, opened_from, today
from cchc_cli.core.agenda import found_by
from cchc_cli.core.amendments import in_force
from cchc_cli.core.model import Plan
from cchc_cli.i18n import _
from cchc_cli.render.labels import status
from cchc_cli.render.width import one_line
from cchc_cli.store.files import find_root, read_plans
from cchc_cli.syntax.load import load

HELP = _("Print the script by which your shell completes commands, units and tasks.")

_PROGRAM = "cchc"
# How to make it last, as the end of each script: zsh wants its own word in the first line.
_SHELLS = {
    "bash": '# ~/.bashrc:  eval "$(cchc completion bash)"',
    "zsh": '# ~/.zshrc, after compinit:  eval "$(cchc completion zsh)"',
    "fish": "# cchc completion fish > ~/.config/fish/completions/cchc.fish",
    "powershell": "# $PROFILE:  cchc completion powershell | Out-String | Invoke-Expression",
}
_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.ToString()
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    if ($length -lt $line.Length) { $line = $line.Substring(0, $length) }
    $program = $commandAst.CommandElements[0].Value
    $encoding = [Console]::OutputEncoding
    try {
        $env:%(complete_var)s = 'powershell_complete'
        $env:_CCHC_LINE = $line
        $env:_CCHC_WORD = $wordToComplete
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
        & $program 2>$null | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            if ($value) {
                [System.Management.Automation.CompletionResult]::new(
                    $value, $value, 'ParameterValue', $help)
            }
        }
    } finally {
        $env:%(complete_var)s = $null
        $env:_CCHC_LINE = $null
        $env:_CCHC_WORD = $null
        [Console]::OutputEncoding = $encoding
    }
}
"""

Names = Iterable[tuple[str, str]]  # each with a text that some shells show beside it


def run(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="SHELL", help=" | ".join(_SHELLS))],
) -> int:
    """Print the script, and at its end where it belongs."""
    one_of(shell, tuple(_SHELLS), "SHELL")
    kind = _kind(shell)
    # Not by `source()`, which asks the bash of this machine for its version, in English.
    complete = kind(ctx.find_root().command, {}, _PROGRAM, COMPLETING)
    script = complete.source_template % complete.source_vars()
    write(f"{script.rstrip()}\n{_SHELLS[shell]}")
    return 0


class _PowerShell(ShellComplete):
    """Click has one since 8.5, but none that is at ease with Vietnamese or a path before `cchc`."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one to be completed, and what there is of that one."""
        incomplete = os.environ.get("_CCHC_WORD", "")
        words = split_arg_string(os.environ.get("_CCHC_LINE", ""))[1:]
        return (words[:-1] if incomplete else words), incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """A line of the answer; files PowerShell completes itself where it gets none."""
        return f"{item.value}\t{item.help or ''}" if item.type == "plain" else ""


def _kind(shell: str) -> type[ShellComplete]:
    found = _PowerShell if shell == _PowerShell.name else get_completion_class(shell)
    assert found is not None
    return found


def answer(instruction: str) -> int:
    """What may come next on the line in the environment, as Click words it for the shell."""
    from cchc_cli.cli import build

    shell = instruction.partition("_")[0]
    try:
        found = _kind(shell)(build(), {}, _PROGRAM, COMPLETING).complete()
    except Exception:  # noqa: BLE001  # see the top: nothing is ever said
        return 1
    click.echo(found.encode())  # as bytes: no other line ends or letters on Windows
    return 0


# -- what can stand where --------------------------------------------------------------------------


def attach(command: click.Command) -> None:
    """Let the options and arguments of a command, or of a group of them, be completed."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            attach(inner)
    verb = str(command.name)
    for parameter in command.params:
        name = parameter.opts[0]
        known = _OF_VERB.get((verb, name), _OF_ALL.get(name))
        if known is not None:
            parameter.type = _Known(known)
        elif isinstance(parameter.type, click.Path):  # Typer’s leaves it to its own scripts
            parameter.type = click.Path(file_okay=parameter.type.file_okay)


class _Known(click.types.StringParamType):
    """A value that the plans have names for."""

    name = "known"

    def __init__(self, names: Callable[[Opened, click.Context], Names]) -> None:
        self._names = names

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Those that begin as the word does, in any case; none if the plans cannot be read."""
        del param
        begun = incomplete.casefold()
        try:
            root = find_root(ctx.find_root().params.get("root"))
            opened = opened_from(root, load(*read_plans(root)))
            found = dict(self._names(opened, ctx))
        except Exception:  # noqa: BLE001  # see the top: nothing is ever said
            return []
        return [CompletionItem(name, help=_printable(text)) for name, text in found.items()
                if name.casefold().startswith(begun)]  # fmt: skip


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in one_line(text))


def _units(opened: Opened, _ctx: click.Context) -> Names:
    return ((str(unit.id), str(unit.name)) for unit in opened.workspace.units)


def _plans(opened: Opened, _ctx: click.Context) -> Names:
    plans = opened.workspace.plans.values()
    return ((str(p.id), str(p.document.subject) if p.document else "") for p in plans)


def _fields(opened: Opened, ctx: click.Context) -> Names:
    return ((str(f.id), str(f.name)) for plan in _meant(opened, ctx) for f in plan.fields)


def _events(opened: Opened, ctx: click.Context) -> Names:
    return ((str(e.id), str(e.name)) for plan in _meant(opened, ctx) for e in plan.events)


def _tasks(opened: Opened, ctx: click.Context) -> Names:
    return ((str(t.id), str(t.name)) for p in _meant(opened, ctx) for t in in_force(p).tasks)


def _work(opened: Opened, ctx: click.Context) -> Iterator[tuple[str, str]]:
    yield from _tasks(opened, ctx)
    for plan in _meant(opened, ctx):
        yield from ((str(duty.id), str(duty.name)) for duty in plan.duties)
        yield from ((str(f.id), str(f.name)) for f in found_by(plan, today()))


def _periods_of_task(opened: Opened, ctx: click.Context) -> Iterator[tuple[str, str]]:
    """The periods of the task named before on the line, with where they stand."""
    # Where the option still lacks its value, Click leaves the task among what it did not read.
    wanted = str(ctx.params.get("task") or next(iter(ctx.args), "")).casefold()
    unit = opened.directory.units.get(str(ctx.params.get("unit")))
    for plan in _meant(opened, ctx):
        for item in opened.agenda(plan, today()).items(unit=unit):
            if str(item.of.id).casefold() == wanted and item.occurrence:
                yield item.occurrence.period, status(item.standing)


def _periods_of_report(opened: Opened, ctx: click.Context) -> Iterator[tuple[str, str]]:
    for year in sorted({year for plan in _meant(opened, ctx) for year in plan.period.all}):
        yield from ((f"{year}{quarter}", "") for quarter in ("-Q1", "-Q2", "-Q3", "-Q4", ""))


def _meant(opened: Opened, ctx: click.Context) -> list[Plan]:
    """The plan named on the line, else all."""
    return chosen_plans(opened, ctx.params.get("plan"))


_OF_ALL = {
    "--unit": _units, "--from": _units, "--into": _units, "--successor": _units, "old": _units,
    "units": _units, "unit": _units, "--plan": _plans, "--field": _fields, "event": _events,
    "task": _tasks, "--period": _periods_of_task,
}  # fmt: skip
"""By the first name of an option, or the name of an argument."""

_OF_VERB: dict[tuple[str, str], Callable[[Opened, click.Context], Names] | None] = {
    **dict.fromkeys(
        ((verb, "task") for verb in ("done", "start", "note", "undo-done", "show")),
        _work,
    ),
    ("report", "--period"): _periods_of_report,
    ("show", "--report"): _periods_of_report,
    ("frozen", "period"): _periods_of_report,
    ("form", "--period"): _periods_of_report,
    ("transfer", "--to"): _units,
    ("plan-year", "--from"): _plans,
    ("plan-period", "--from"): _plans,
    ("config", "value"): _units,
    # New ids, and words that are no name:
    ("add", "task"): None, ("init", "--plan"): None, ("resolve", "--period"): None,
}  # fmt: skip
"""What is another thing with one verb."""
