"""What the verbs share that begin a plan: where it comes from, its files, and what is told then."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import typer

from cchc_cli.cli.console import wrapped, write
from cchc_cli.cli.entries import Files
from cchc_cli.cli.settings import Opened, opened_from
from cchc_cli.core.agenda import Agenda
from cchc_cli.core.checks import run_checks
from cchc_cli.core.diagnostics import Diagnostic, Severity, has_errors
from cchc_cli.core.founding import Founding
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Plan
from cchc_cli.core.periods import Years
from cchc_cli.core.planning.drafting import Draft
from cchc_cli.core.planning.wording import Reader
from cchc_cli.i18n import say
from cchc_cli.store.files import CannotRun
from cchc_cli.store.starter import starter
from cchc_cli.store.writing import Change
from cchc_cli.syntax.planting import planted_plan
from cchc_cli.syntax.starting import no_plan_id, started, with_schema


class Source(NamedTuple):
    """The plans, and the one that a new one comes from."""

    opened: Opened
    plan: Plan


def source(files: Files, wanted: str | None, fitting: Sequence[Plan], option: str) -> Source:
    """The plan wanted, or the only one fitting; plans with errors give no new one."""
    opened = opened_from(files.root, files.loaded)
    if has_errors(_checked(files)):
        raise CannotRun(msg("the plans have errors: no plan can be derived from them"),
                        msg("run “cchc validate” and mend them first"))  # fmt: skip
    plans = opened.workspace.plans
    found = list(fitting) if wanted is None else [p for p in plans.values() if p.id == wanted]
    if len(found) == 1:
        return Source(opened, found[0])
    known = ", ".join(str(plan.id) for plan in fitting or plans.values()) or "-"
    message = (
        msg("from which plan? There are: {known}", known=known)
        if wanted is None
        else msg("no plan “{plan}”; there are: {known}", plan=wanted, known=known)
    )
    raise typer.BadParameter(say(message), param_hint=option)


def free_id(files: Files, plan: str, hint: Message) -> str:
    """The id of a new plan; refused where there is anything of that name."""
    wrong = no_plan_id(plan)
    if wrong is not None:
        raise typer.BadParameter(say(wrong), param_hint="--id")
    if any((files.root / "plans" / plan).glob("*")):
        message = msg("there is a plan “{plan}” already; nothing was written", plan=plan)
        raise CannotRun(message, hint)
    return plan


def new_files(
    draft: Draft, plan: str, years: Years, notes: Mapping[str, str], beside: Sequence[str]
) -> list[Change]:
    """The files of a new plan, with notes above each; `beside` are those that begin empty."""
    base = f"plans/{plan}"
    texts = planted_plan(base, draft.plan, draft.appendix, notes)
    begun = beginnings(plan, years)
    texts |= {path: begun[path] for path in (f"{base}/{name}.yaml" for name in beside)}
    return [Change(path, None, text) for path, text in texts.items()]


def beginnings(plan: str, years: Years) -> dict[str, str]:
    """The files that every plan may begin with, and the notes in them."""
    blank = {p: c.decode() for p, c in starter("office").items() if p.startswith("plans/PLAN/")}
    texts = started(blank, Founding("", "", "", plan, years, ()))
    return {path: with_schema(path, text) for path, text in texts.items()}


def reader_of(agenda: Agenda, years: Years) -> Reader:
    """Who reads words as a plan of those years will, knowing the events that the agenda knows."""
    known = [e for e in agenda.plan.events if e.on is None or e.on <= agenda.as_of]
    return Reader(years, known, agenda.calendar)


def noted(lines: Sequence[Message]) -> str:
    """Notes for the head of a file, each broken into lines of its width."""
    return "\n".join(
        piece for line in lines for piece in textwrap.wrap(say(line), 98, break_on_hyphens=False)
    )


def findings_of(files: Files, plan: str) -> list[Diagnostic]:
    """What the checks say of the files of a plan."""
    return [d for d in _checked(files) if d.span.path.startswith(f"plans/{plan}/")]


def _checked(files: Files) -> list[Diagnostic]:
    loaded = files.loaded
    return run_checks(loaded.workspace, files.sources, loaded.diagnostics).findings


def summed_up(
    lines: Sequence[str], found: Sequence[Diagnostic], steps: Sequence[Message], *, dry_run: bool
) -> int:
    """Tell what was planted, what the checks find in it, and what to do; 1 if it has errors."""
    write("\n".join(wrapped([*lines, counted(found)], hanging="    ")))
    if dry_run:
        write(say(msg("nothing was written")))
    else:
        next_steps(steps)
    return 1 if has_errors(found) else 0


def counted(found: Sequence[Diagnostic]) -> str:
    """How many errors and warnings the checks find."""
    errors = sum(d.severity is Severity.ERROR for d in found)
    return say(msg("the checks find: errors {errors}, warnings {warnings}", errors=errors,
                   warnings=len(found) - errors))  # fmt: skip


def next_steps(steps: Sequence[Message]) -> None:
    """What to do now, step by step."""
    write("")
    for number, step in enumerate(steps, 1):
        write(say(msg("{number}. {step}", number=number, step=step)))
