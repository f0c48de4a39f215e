"""`cchc init DIR`: the folder of a new office, or of an invented one to practise in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cchc_cli.cli import schema
from cchc_cli.cli.asking import ask, can_ask
from cchc_cli.cli.console import complain, write
from cchc_cli.cli.git_setup import set_up
from cchc_cli.core.founding import Founding, NewUnit, shortest, taken
from cchc_cli.core.message import Message, msg
from cchc_cli.core.periods import Years, parse_years
from cchc_cli.core.source import SourceFile
from cchc_cli.i18n import _, say
from cchc_cli.render.calendar_file import calendar_file
from cchc_cli.render.width import one_line
from cchc_cli.store.files import MARKER, CannotRun, reason
from cchc_cli.store.national_days import FIRST_YEAR, LAST_YEAR, national_year
from cchc_cli.store.output import replace_file
from cchc_cli.store.repository import NO_GUESS, git, knows_user
from cchc_cli.store.starter import starter
from cchc_cli.store.templates import FOLDER as TEMPLATES
from cchc_cli.store.templates import read_templates
from cchc_cli.syntax.decode_bytes import decode
from cchc_cli.syntax.load import load
from cchc_cli.syntax.schema import FILES, FOLDER
from cchc_cli.syntax.starting import WrongLine, no_plan_id, read_units, started, with_schema

HELP = _("Begin the folder of a new office; --demo: an invented one to practise in.")

_MOST_YEARS = 15


def run(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=_("a new or empty folder"), show_default=False)
    ],
    agency: Annotated[str | None, typer.Option(help=_("the office, as it signs"))] = None,
    parent: Annotated[str | None, typer.Option(help=_("the office above"))] = None,
    place: Annotated[str | None, typer.Option(help=_("where the office signs"))] = None,
    units: Annotated[
        Path | None,
        typer.Option(metavar=_("FILE"), help=_("the units: a text file, a line “ID: name” each")),
    ] = None,
    years: Annotated[
        str | None, typer.Option(metavar="2026-2030", help=_("the years of the first plan"))
    ] = None,
    plan: Annotated[str | None, typer.Option(help=_("the id of the first plan"))] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help=_("an invented office with a year of work done"))
    ] = False,
) -> int:
    """Write the files, put them under git, and say what comes next."""
    _refuse_what_is_there(folder)
    given = (agency, parent, place, units, years, plan)
    if demo:
        if any(value is not None for value in given):
            message = msg("with --demo everything is invented: leave the other options out")
            raise typer.BadParameter(say(message), param_hint="--demo")
        founding = None
    else:
        founding = _founding(ctx, agency, parent, place, units, years, plan)
    files = _texts(starter("shared", "office" if founding else "demo"), founding)
    files |= _made(files, folder)
    _write(folder, files)
    write(say(msg("{count} files written to {folder}", count=len(files), folder=str(folder))))
    _put_under_git(folder)
    for line in _next(folder, founding):
        write(say(line))
    return 0


# -- where -----------------------------------------------------------------------------------------


def _refuse_what_is_there(folder: Path) -> None:
    """Only a folder that holds nothing, or a clone in which nothing has been committed yet."""
    elsewhere = msg("name a folder that does not exist yet, or an empty one")
    try:
        if folder.exists() and not folder.is_dir():
            raise CannotRun(msg("“{folder}” is a file", folder=str(folder)), elsewhere)
        names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    except OSError as failure:
        message = msg("“{path}” cannot be read: {reason}", path=str(folder),
                      reason=reason(failure))  # fmt: skip
        raise CannotRun(message, elsewhere) from None
    if names == {".git"}:
        head = git(folder, "rev-parse", "--verify", "HEAD")
        if head is not None and head.code:
            return
    if names:
        raise CannotRun(
            msg("“{folder}” is not empty; nothing was written", folder=str(folder)), elsewhere
        )


# -- what the office says of itself ----------------------------------------------------------------


def _founding(
    ctx: typer.Context,
    agency: str | None,
    parent: str | None,
    place: str | None,
    units: Path | None,
    years: str | None,
    plan: str | None,
) -> Founding:
    """What the options say; the rest is asked for on a terminal, if something must be."""
    listed = _listed(units) if units else None
    period = _period(years, "--years") if years is not None else None
    if agency is None or listed is None or period is None:
        if not can_ask():
            _refuse_to_guess(ctx, agency, units, years)
        agency = agency or ask(msg("name of the office, as it signs"), _needed)
        parent = ask(msg("office above (Enter: none)"), str.strip) if parent is None else parent
        place = ask(msg("where it signs (Enter: leave out)"), str.strip) if place is None else place
        period = period or ask(msg("years of the plan, such as 2026-2030"), _period)
        plan = plan or ask(msg("id of the plan"), _id, _named(period))
        listed = _asked_units() if listed is None else listed
    return Founding(
        agency=_needed(agency, "--agency"),
        parent=(parent or "").strip(),
        place=(place or "").strip(),
        plan=_id(_named(period) if plan is None else plan, "--plan"),
        years=period,
        units=listed,
    )


def _refuse_to_guess(
    ctx: typer.Context, agency: str | None, units: Path | None, years: str | None
) -> NoReturn:
    known = {"--agency": agency, "--units": units, "--years": years}
    missing = ", ".join(option for option, value in known.items() if value is None)
    message = msg("this asks questions on a terminal; elsewhere give {options}, too (or --demo)",
                  options=missing)  # fmt: skip
    raise typer.BadParameter(say(message), ctx, param_hint=missing)


def _named(period: Years) -> str:
    return f"cchc-{shortest(period)}"


def _needed(text: str, option: str | None = None) -> str:
    if not text.strip():
        raise typer.BadParameter(say(msg("it cannot be empty")), param_hint=option)
    return text.strip()


def _period(text: str, option: str | None = None) -> Years:
    found = parse_years(text)
    if found is None:
        message = msg("“{text}” are no years; write them as 2026-2030", text=text)
    elif not FIRST_YEAR <= found.first <= found.last <= LAST_YEAR:
        message = msg("“{text}” lies outside the years {first}–{last}", text=text,
                      first=FIRST_YEAR, last=LAST_YEAR)  # fmt: skip
    elif found.last - found.first >= _MOST_YEARS:
        message = msg("“{text}” are more than {count} years", text=text, count=_MOST_YEARS)
    else:
        return found
    raise typer.BadParameter(say(message), param_hint=option)


def _id(text: str, option: str | None = None) -> str:
    text = text.strip()
    wrong = no_plan_id(text)
    if wrong is not None:
        raise typer.BadParameter(say(wrong), param_hint=option)
    return text


def _listed(file: Path) -> tuple[NewUnit, ...]:
    """The units of a text file."""
    try:
        source = decode(str(file), file.read_bytes())
    except OSError as failure:
        message = msg("“{file}” cannot be read: {reason}", file=str(file), reason=reason(failure))
        raise typer.BadParameter(say(message), param_hint="--units") from None
    if not isinstance(source, SourceFile):
        raise CannotRun(msg("{file}: {message}", file=str(file), message=source.message),
                        source.hint)  # fmt: skip
    found = read_units(source.text)
    if isinstance(found, WrongLine):
        message = msg("{file}:{line}: {message}", file=str(file), line=found.number,
                      message=found.message)  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="--units")
    return found


def _asked_units() -> tuple[NewUnit, ...]:
    """Units one by one, until somebody only presses Enter."""
    units: tuple[NewUnit, ...] = ()

    def fitting(unit: NewUnit) -> NewUnit:
        wrong = taken(unit, units)
        if wrong is not None:
            raise typer.BadParameter(say(wrong))
        return unit

    while True:
        question = msg("unit {number}: its id, such as VP (Enter: no more)", number=len(units) + 1)
        known = ask(question, lambda text: fitting(NewUnit(_id(text), text)) if text else None)
        if known is None:
            return units
        name = msg("name of {unit}, as documents print it", unit=known.id)
        units += (ask(name, lambda text: fitting(NewUnit(known.id, _needed(text)))),)  # noqa: B023


# -- the files -------------------------------------------------------------------------------------


def _texts(files: Mapping[str, bytes], founding: Founding | None) -> dict[str, bytes]:
    """The starter files, filled in, each plan file with the schema it is checked by."""
    texts = {p: c.decode() for p, c in files.items() if p.endswith((".yaml", ".md"))}
    filled = started(texts, founding) if founding else texts
    kept = {path: content for path, content in files.items() if path not in texts}
    return {**kept, **{path: with_schema(path, text).encode() for path, text in filled.items()}}


def _made(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """What the package can make or has besides: calendars of the plans’ years, schemas, templates.

    The templates are those that travel with the package: the new folder has none.
    """
    plans = [SourceFile(path, content.decode()) for path, content in files.items()
             if path.startswith("plans/") and path.endswith(".yaml")]  # fmt: skip
    workspace = load(plans).workspace
    years = sorted({year for plan in workspace.plans.values() for year in plan.period.all})
    made = {f"plans/{FOLDER}/{name}.json": schema.content(name) for name in FILES}
    templates = read_templates(folder, "report.docx").files
    made |= {f"{TEMPLATES}/{name}": content for name, content in templates.items()}
    return made | _calendars(years)


def _calendars(years: list[int]) -> dict[str, bytes]:
    """A calendar a year, with one warning for all that cannot be complete."""
    found = {f"plans/calendar/{year}.yaml": national_year(year) for year in years}
    open_years = [str(each.record.year) for each in found.values() if not each.decided]
    if open_years:
        complain(
            msg("no official decision on the days off of {years} is known here: the Prime Minister "
                "fixes Tết, 2/9 and the swapped working days each year",
                years=", ".join(open_years)),
            msg("review plans/calendar once they have been announced"),
        )  # fmt: skip
    return {
        path: with_schema(
            path, calendar_file(each.record, origin=each.origin, decided=each.decided)
        ).encode()
        for path, each in found.items()
    }


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write every file; last the one that makes the folder one of plans."""
    last = MARKER.as_posix()
    try:
        for path in sorted(files, key=lambda path: (path == last, path)):
            replace_file(folder / path, files[path])
    except CannotRun as failure:
        raise CannotRun(failure.message, msg("see who may write in that folder; empty it before "
                                             "you run this again")) from None  # fmt: skip


# -- git and what comes next -----------------------------------------------------------------------


def _put_under_git(folder: Path) -> None:
    """`git init` and the first commit, or a sentence that says what to do instead."""
    begun = git(folder, "-c", "init.defaultBranch=main", "init", "--quiet")
    if begun is None:
        complain(msg("git is not installed: the folder has no history, and --commit does not work"),
                 msg("the commands work without it; to have it, install git, then run in the "
                     "folder: git init; git add -A; git commit -m init"))  # fmt: skip
        return
    if not begun.code:
        set_up(folder)
    if not begun.code and not knows_user(folder):
        complain(msg("git does not know your name: nothing has been committed yet"),
                 msg('git config --global user.name "…"; git config --global user.email "…"; '
                     "then in the folder: git add -A; git commit -m init"))  # fmt: skip
        return
    subject = say(msg("init: the folder of the plans"))
    for arguments in (("add", "-A"), ("commit", "--quiet", "-m", subject)):
        if not begun.code:
            begun = git(folder, *NO_GUESS, *arguments) or begun
    if begun.code:
        complain(msg("git did not commit the files: {reason}", reason=one_line(begun.text)),
                 msg("the files are written; commit them with git yourself"))  # fmt: skip
        return
    write(say(msg("git: first commit made")))


def _next(folder: Path, founding: Founding | None) -> list[Message]:
    """What to do in the new folder; without a founding it is the invented one."""
    go = msg("Now: cd {folder}", folder=f'"{folder}"' if " " in str(folder) else str(folder))
    if founding is None:
        return [go, msg("Everything in it is invented; README.md there says what to try, first: "
                        "cchc due --as-of 2026-01-15")]  # fmt: skip
    table = f"plans/{founding.plan}/appendix.yaml"
    return [
        go,
        msg("1. cchc import FILE, if the plan is a Word, Excel or PDF file; otherwise enter the "
            "task table into {path}, as the notes in it show", path=table),
        msg("2. review the days off in plans/calendar"),
        msg("3. cchc validate, then cchc due; README.md says the rest"),
    ]  # fmt: skip
