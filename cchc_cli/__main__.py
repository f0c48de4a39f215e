"""Entry point, and the only place that turns what happened into an exit code.

0 clean · 1 findings · 2 usage · 3 could not run. Only a bug shows a traceback.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:  # the language comes before whatever speaks it
    import click

    from cchc_cli.core.message import Message


_NAMES_A_FILE = ("--root", "--out")
_BEFORE_THE_VERB = ("--root", "--rev", "--lang")
_WITH_A_FILE = tuple(f"{option}=" for option in _NAMES_A_FILE)


def run() -> NoReturn:
    """The installed command: run, then leave at once."""
    code = main()
    with suppress(OSError):
        sys.stderr.flush()
    # All is written. Freeing a plan record by record would take as long as reading it.
    os._exit(code)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code."""
    # A short-lived command needs no cyclic collector, and loading a large plan with it takes
    # five times as long.
    gc.disable()
    if sys.stderr is None:  # closed by the caller (`2>&-`), who wants to hear nothing
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # kept
    try:
        code = _answer(hoisted(in_utf8(sys.argv[1:] if arguments is None else arguments)))
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (`head`, `less`) has seen enough; give the interpreter nothing to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        trouble = None  # said below: here there is no room for words
    except OSError as failure:
        trouble = _trouble(failure)
    except Exception:  # noqa: BLE001  # a bug: show it, but never as exit code 1, "findings"
        import traceback

        with suppress(OSError):
            traceback.print_exc()
        return 3
    else:
        return code
    # Here the failure is gone; with the collector off, what its frames held must be freed by hand.
    gc.collect()
    from cchc_cli.cli.console import complain
    from cchc_cli.core.message import msg

    complain(trouble or msg("there is not enough memory for these plans"))
    return 3


def _trouble(failure: OSError) -> Message:
    """What stopped the command where nothing below has put it into words."""
    from cchc_cli.core.message import msg
    from cchc_cli.store.files import reason

    if failure.filename is None:  # a stream, not a file
        return msg("the answer cannot be written: {reason}", reason=reason(failure))
    path = str(failure.filename)
    return msg("“{path}” cannot be used: {reason}", path=path, reason=reason(failure))


def _answer(arguments: list[str]) -> int:
    """Run the command and answer what people can get wrong."""
    # Help texts are translated as the modules of the command line are loaded, so the language
    # comes first.
    from cchc_cli import i18n

    i18n.activate(_language(arguments))

    import click

    from cchc_cli.cli import COMPLETING, build
    from cchc_cli.cli.console import complain, prepare
    from cchc_cli.core.message import msg
    from cchc_cli.store.files import CannotRun

    if sys.stdout is None:  # closed by the caller (`>&-`): do nothing rather than half of it
        complain(msg("the answer cannot be written: the output is closed"))
        return 3
    if COMPLETING in os.environ:
        from cchc_cli.cli.completion import answer

        return answer(os.environ[COMPLETING])
    prepare()
    try:
        code = build().main(arguments, prog_name="cchc", standalone_mode=False)
    except CannotRun as failure:
        complain(failure.message, failure.hint)
        return 3
    except click.ClickException as failure:
        from cchc_cli.cli.settings import warn_of_errors_behind

        with suppress(OSError):  # nobody can be told
            warn_of_errors_behind(failure)
            _show(failure)
        return 2
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        return 130
    return code if isinstance(code, int) else 0


def _show(mistake: click.ClickException) -> None:
    """The mistake first, then where help is to be had; without arguments the help itself."""
    import click

    from cchc_cli.i18n import _

    context = mistake.ctx if isinstance(mistake, click.UsageError) else None
    if context is None or isinstance(mistake, click.exceptions.NoArgsIsHelpError):
        mistake.show()
        return
    click.echo(_("Error: {message}").format(message=mistake.format_message()), err=True)
    help_of = _("Try '{command} {option}' for help.")
    click.echo(help_of.format(command=context.command_path, option="--help"), err=True)


def in_utf8(arguments: list[str]) -> list[str]:
    """Words in UTF-8, even where the locale (`LC_ALL=C`) knows ASCII only.

    Names of files stay what Python made of them: that is how it finds them again.
    """
    if sys.getfilesystemencoding() == "utf-8" or "collect" in arguments:
        return arguments
    before = ["", *arguments]
    return [
        word if option in _NAMES_A_FILE or word.startswith(_WITH_A_FILE) else _decoded(word)
        for option, word in zip(before, arguments, strict=False)
    ]


def _decoded(word: str) -> str:
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError:
        return word


def hoisted(arguments: list[str]) -> list[str]:
    """Move --root, --rev and --lang before the verb, wherever they stand."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            return [*front, *rest, argument, *waiting]
        if argument in _BEFORE_THE_VERB:
            value = next(waiting, None)
            if value is None:  # without the verb, which would be taken for the value
                return [*front, argument]
            front += [argument, value]
        elif argument.startswith(tuple(f"{option}=" for option in _BEFORE_THE_VERB)):
            front.append(argument)
        else:
            rest.append(argument)
    return [*front, *rest]


def _language(arguments: list[str]) -> str:
    """The language asked for; Vietnamese if none or an unknown one is."""
    from cchc_cli.i18n import LANGUAGES

    asked = os.environ.get("CCHC_LANG", "")
    for place, argument in enumerate(arguments):
        if argument == "--lang":
            asked = "".join(arguments[place + 1 : place + 2])
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in LANGUAGES else LANGUAGES[0]


if __name__ == "__main__":
    run()
