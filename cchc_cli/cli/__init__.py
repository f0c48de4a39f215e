"""The command line: one module per verb, each loaded only when it is called.

Verbs do nothing but read options, call the layers below and print; `main` in `__main__` turns
what they return or raise into an exit code.

The module of a verb has `HELP` and the function `run`. One that is a group of verbs, such as
`cchc event record`, has `VERBS` in place of `run`: each verb with its help text and function.
"""

from __future__ import annotations

import importlib
import inspect
import os
from keyword import iskeyword
from typing import Annotated, get_type_hints

import click
import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.models import ArgumentInfo

from cchc_cli import __version__
from cchc_cli.cli.settings import Settings
from cchc_cli.core.message import msg
from cchc_cli.core.wording import closest
from cchc_cli.i18n import LANGUAGES, _, say

VERBS = (
    "due", "status", "list", "show", "waiting", "done", "start", "note", "undo-done", "update",
    "event", "inspection", "communication", "unit", "extend", "suspend", "resume", "cancel",
    "transfer", "reword", "add", "plan-year", "plan-period", "validate", "diff", "log", "blame",
    "merge-progress", "git-diff", "git-setup", "explain", "resolve", "report", "frozen", "score",
    "scoring", "publish", "page", "remind", "calendar", "form", "collect", "export", "rollup",
    "import", "check-docx", "workdays", "schema", "init", "doctor", "completion", "config",
)  # fmt: skip

COMPLETING = "_CCHC_ASKED"  # set by a shell that asks what may come next


class Group(TyperGroup):
    """A group that knows which of its verbs may have been meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As Click, with a suggestion for a mistyped verb."""
        verbs = self.list_commands(ctx)
        near = closest(args[0], verbs, limit=1) if args[0] not in verbs else []
        if near and not ctx.resilient_parsing:
            ctx.fail(say(msg("no command “{name}”; did you mean “{near}”?", name=args[0],
                             near=near[0])))  # fmt: skip
        return super().resolve_command(ctx, args)


class Command(TyperCommand):
    """A command whose arguments keep their help texts: Click 8.5 takes them away from Typer."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As Typer, with the texts that the function of the verb gives."""
        assert self.callback is not None
        hints = get_type_hints(inspect.unwrap(self.callback), include_extras=True)
        for parameter in self.params:
            for given in getattr(hints.get(str(parameter.name)), "__metadata__", ()):
                if isinstance(parameter, TyperArgument) and isinstance(given, ArgumentInfo):
                    parameter.help = given.help
        super().format_options(ctx, formatter)


class LazyGroup(Group):
    """A group that imports the module of a verb when somebody asks for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in the order of the manual."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb, or of a group of verbs."""
        del ctx
        if cmd_name not in VERBS:
            return None
        name = cmd_name.replace("-", "_")
        name += "_" if iskeyword(name) else ""  # as for “import”
        module = importlib.import_module(f"cchc_cli.cli.{name}")
        app = _app(Group)
        verbs = getattr(module, "VERBS", None)
        if verbs:
            app.callback(help=module.HELP)(lambda: None)  # keeps it a group, even of one verb
        for name, (text, run) in (verbs or {cmd_name: (module.HELP, module.run)}).items():
            app.command(name, cls=Command, help=text, options_metavar=_("[OPTIONS]"))(run)
        return _completed(typer.main.get_command(app))


def _completed(command: click.Command) -> click.Command:
    """The command, ready to complete its words if it is a shell that asks."""
    if COMPLETING in os.environ:
        from cchc_cli.cli.completion import attach

        attach(command)
    return command


def _app(group: type[Group]) -> typer.Typer:
    return typer.Typer(
        cls=group,
        add_completion=False,  # `cchc completion` has its words translated, and loads no Rich
        no_args_is_help=True,
        rich_markup_mode=None,
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGUMENTS]…"),
    )


def _version(wanted: bool) -> None:
    if wanted:
        print(f"cchc {__version__}")  # noqa: T201  # this is the answer
        raise typer.Exit


def build() -> click.Command:
    """The command line as a Click command, in the language spoken now."""
    app = _app(LazyGroup)

    @app.callback(
        help=_("Keep a public office’s plans: what is due, for whom, by when, and why."),
        epilog=_("--root, --rev and --lang may stand anywhere on the line."),
    )
    def options(
        ctx: typer.Context,
        root: Annotated[
            str | None,
            typer.Option(envvar="CCHC_ROOT", help=_("the folder that holds “plans”")),
        ] = None,
        rev: Annotated[
            str | None,
            typer.Option(
                metavar=_("REVISION"),
                help=_("read the plans as they were in that revision of git"),
            ),
        ] = None,
        lang: Annotated[
            str, typer.Option(envvar="CCHC_LANG", help=" | ".join(LANGUAGES))
        ] = LANGUAGES[0],
        version: Annotated[
            bool,
            typer.Option("--version", help=_("show the version"), callback=_version, is_eager=True),
        ] = False,
    ) -> None:
        del version
        if lang not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            message = msg("“{value}” is not one of: {allowed}", value=lang, allowed=known)
            raise typer.BadParameter(say(message), param_hint="--lang (CCHC_LANG)")
        ctx.obj = Settings(root, rev)

    return typer.main.get_command(app)
