"""What every verb shares: the plan root, the options they have in common, and opening the plans."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

import click
import typer

from cchc_cli.cli.console import complain, write
from cchc_cli.core.agenda import Agenda
from cchc_cli.core.amendments import in_force
from cchc_cli.core.checks import hiding_tasks
from cchc_cli.core.deadlines.whens import FIRST_YEAR, LAST_YEAR
from cchc_cli.core.diagnostics import Diagnostic, Severity, in_order
from cchc_cli.core.lineage import Lineage
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Group, Plan, Unit, Workspace
from cchc_cli.core.schedule import Schedule
from cchc_cli.core.source import SourceFile
from cchc_cli.core.units import Directory
from cchc_cli.i18n import _, say
from cchc_cli.store.files import CannotRun, find_root, read_plans
from cchc_cli.syntax.load import Loaded, load

# Vietnam has kept UTC+7 without summer time since 1975: no time zone data needed.
_OPENED = "cchc.opened"  # where Click’s context keeps the plans that a command has opened
_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))


class Settings(NamedTuple):
    """Options given before the verb."""

    root: str | None = None
    revision: str | None = None


class Opened(NamedTuple):
    """The plans, with the units by name and everything that could not be read.

    `templates` are those of the plan root if they are not to be read from it, but of a revision.
    """

    root: Path
    workspace: Workspace
    directory: Directory
    diagnostics: list[Diagnostic]
    lineage: Lineage
    templates: Mapping[str, bytes] | None = None

    @property
    def errors(self) -> list[Diagnostic]:
        """Only what makes the plans untrustworthy."""
        return [d for d in self.diagnostics if d.severity is Severity.ERROR]

    @property
    def soon(self) -> int:
        """How many days before its due day something counts as due soon."""
        return self.workspace.soon

    def agenda(self, plan: Plan, as_of: datetime.date, soon: int | None = None) -> Agenda:
        """The agenda of a plan; `soon` days ahead, or as many as the office says."""
        wanted = self.soon if soon is None else soon
        joined = self.lineage.joined(plan)
        return Agenda(joined, self.directory, self.workspace.calendar, as_of, wanted)

    def agendas(
        self, plans: Iterable[Plan], as_of: datetime.date, soon: int | None = None
    ) -> list[Agenda]:
        """The agendas of plans that are listed together: what they share is in one of them."""
        found = [self.agenda(plan, as_of, soon) for plan in plans]
        self.lineage.shown_once(found)
        return found


class Read(NamedTuple):
    """The files of the plans, those that cannot be read, and of a revision the templates."""

    root: Path
    sources: list[SourceFile]
    problems: list[Diagnostic]
    templates: Mapping[str, bytes] | None = None


def plan_root(ctx: typer.Context) -> Path:
    """The folder that holds `plans/`: the one named before the verb, else the nearest.

    For what works on the plans as they are now: a usage error if another revision is asked for.
    """
    root, revision = where(ctx)
    if revision is not None:
        message = msg("this command works on the plans as they are now; leave out --rev")
        raise typer.BadParameter(say(message), param_hint="--rev")
    return root


def where(ctx: typer.Context) -> tuple[Path, str | None]:
    """The plan root, and the revision asked for, for what only reads."""
    settings = ctx.find_object(Settings) or Settings()
    return find_root(settings.root), settings.revision


def read(ctx: typer.Context) -> Read:
    """The files of the plans: as they are now, or as they were in the revision asked for."""
    return read_at(*where(ctx))


def read_at(root: Path, revision: str | None) -> Read:
    """The files of the plans in a root: as they are now, or as they were in a revision."""
    if revision is None:
        return Read(root, *read_plans(root))
    from cchc_cli.store.git import read_revision

    tree = read_revision(root, revision)
    if not (tree.sources or tree.problems):
        raise CannotRun(msg("there are no plans in “{name}”", name=revision))
    return Read(root, tree.sources, tree.problems, tree.templates)


def open_plans(ctx: typer.Context) -> Opened:
    """Find, read and decode the plans, and find what would hide a task from a listing."""
    return opened_at(*where(ctx))


def opened_at(root: Path, revision: str | None) -> Opened:
    """The same of a plan root, as it is now or was in a revision."""
    found = read_at(root, revision)
    loaded = load(found.sources, found.problems)
    hidden = hiding_tasks(loaded.workspace, loaded.diagnostics)
    whole = loaded._replace(diagnostics=(*loaded.diagnostics, *hidden))
    return opened_from(found.root, whole, found.templates)


def opened_from(root: Path, loaded: Loaded, templates: Mapping[str, bytes] | None = None) -> Opened:
    """What was read, with the units by name."""
    workspace = loaded.workspace
    directory = Directory(workspace.units, workspace.groups)
    found = in_order(loaded.diagnostics)
    opened = Opened(root, workspace, directory, found, Lineage(workspace, directory), templates)
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[_OPENED] = opened
    return opened


def warn_of_errors_behind(mistake: click.ClickException) -> None:
    """Before a usage error: the errors in the plans, which may be why a name is not known."""
    context = mistake.ctx if isinstance(mistake, click.UsageError) else None
    opened = context.meta.get(_OPENED) if context is not None else None
    if isinstance(opened, Opened):
        warn_of_errors(opened)


def chosen_plans(opened: Opened, wanted: str | None) -> list[Plan]:
    """The plan with that id, or all plans."""
    plans = opened.workspace.plans
    if wanted is None:
        return list(plans.values())
    if wanted not in plans:
        known = ", ".join(plans) or "-"
        raise typer.BadParameter(
            say(msg("no plan “{plan}”; there are: {known}", plan=wanted, known=known)),
            param_hint="--plan",
        )
    return [plans[wanted]]


def chosen_unit(opened: Opened, name: str | None) -> Unit | None:
    """The unit of that id, name or alias; None if none was asked for."""
    return None if name is None else unit_called(opened, name, "--unit")


def unit_called(opened: Opened, name: str, option: str) -> Unit:
    """The unit of that id, name or alias; a usage error that names the option if there is none."""
    found = opened.directory.find(name)
    if isinstance(found, Unit):
        return found
    message = _of_group(opened, found, name) if found else _no_unit(opened, name)
    raise typer.BadParameter(say(message), param_hint=option)


def _of_group(opened: Opened, group: Group, name: str) -> Message:
    if group.members:
        known = ", ".join(group.members)
        return msg("“{name}” is a group; ask for one of: {known}", name=name, known=known)
    return msg(
        "“{name}” is a group whose members the plan does not name; ask for a unit ({known}), or "
        "name the members in plans/units.yaml",
        name=name, known=", ".join(opened.directory.units) or "-",
    )  # fmt: skip


def _no_unit(opened: Opened, name: str) -> Message:
    near = opened.directory.suggestions(name)
    if near:
        return msg("no unit “{name}”; did you mean: {known}?", name=name, known=", ".join(near))
    known = ", ".join(opened.directory.units) or "-"
    return msg("no unit “{name}”; there are: {known}", name=name, known=known)


def chosen_field(plans: list[Plan], wanted: str | None) -> str | None:
    """The field of that id, in any case."""
    if wanted is None:
        return None
    known = {str(area.id).casefold(): str(area.id) for plan in plans for area in plan.fields}
    if wanted.casefold() not in known:
        message = msg("no field “{field}”; there are: {known}", field=wanted,
                      known=", ".join(known.values()) or "-")  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="--field")
    return known[wanted.casefold()]


def one_of(value: str, allowed: tuple[str, ...], option: str) -> str:
    """`value` if it is allowed, else a usage error."""
    if value not in allowed:
        message = msg("“{value}” is not one of: {allowed}", value=value, allowed=", ".join(allowed))
        raise typer.BadParameter(say(message), param_hint=option)
    return value


def a_day(text: str) -> datetime.date:
    """Read a day given on the command line: 2022-04-01 or 01/4/2022."""
    pieces = text.split("-") if "-" in text else text.split("/")[::-1]
    try:
        year, month, day = (int(piece) for piece in pieces)
        found = datetime.date(year, month, day)
    except ValueError:
        message = msg("“{text}” is no date; write it as 2022-04-01 or 01/4/2022", text=text)
        raise typer.BadParameter(say(message)) from None
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        return found
    message = msg("“{text}” lies outside the years {first}–{last}", text=text, first=FIRST_YEAR,
                  last=LAST_YEAR)  # fmt: skip
    raise typer.BadParameter(say(message))


def today() -> datetime.date:
    """Today in Vietnam, wherever the machine stands."""
    return datetime.datetime.now(_VIETNAM).date()


UnitOption = Annotated[
    str | None, typer.Option("--unit", "-u", help=_("only this unit: its id, name or alias"))
]
PlanOption = Annotated[str | None, typer.Option("--plan", help=_("only this plan: its id"))]
FieldOption = Annotated[str | None, typer.Option("--field", help=_("only this field, such as II"))]
AsOfOption = Annotated[
    datetime.date | None,
    typer.Option(
        "--as-of",
        parser=a_day,
        metavar=_("DATE"),
        help=_("the day to judge by (default: today in Vietnam)"),
    ),
]


def warn_of_errors(opened: Opened, schedules: Iterable[Schedule] = ()) -> bool:
    """Say on stderr what makes a list untrustworthy; whether the plans have errors.

    That is errors, and years whose holidays were needed for the dates and are not known.
    """
    for year in sorted({year for schedule in schedules for year in schedule.missing_years}):
        complain(
            msg("no working calendar for {year}: holidays of that year are not counted", year=year),
            msg("make it with “cchc workdays {year}” and look it over", year=year),
        )
    errors = opened.errors
    if not errors:
        return False
    from cchc_cli.render.findings import plain

    write(plain(errors[:5]), sys.stderr)
    complain(
        msg("the plans have {count} errors: this list may be incomplete", count=len(errors)),
        msg("run “cchc validate” for all of them"),
    )
    return True


def read_counts(opened: Opened) -> dict[str, int]:
    """How many tasks were read, from how many files, with how many errors."""
    tasks = sum(1 for plan in opened.workspace.plans.values() for _task in in_force(plan).tasks)
    files = opened.workspace.files_read
    return {"tasks": tasks, "files": files, "errors": len(opened.errors)}
