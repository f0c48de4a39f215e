"""`cchc frozen [PERIOD]`: the reports on record as sent, and what is different since."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.console import wrapped, write
from cchc_cli.cli.documents import report_of, report_text
from cchc_cli.cli.freezing import said_of
from cchc_cli.cli.periods import read_period
from cchc_cli.cli.settings import (
    Opened,
    PlanOption,
    chosen_plans,
    chosen_unit,
    open_plans,
    opened_at,
    warn_of_errors,
)
from cchc_cli.core.diff.bearing import bearing, of_plan
from cchc_cli.core.diff.changes import Change
from cchc_cli.core.diff.compare import compare, hindering, renamed_plans
from cchc_cli.core.diff.compare import report_of as named
from cchc_cli.core.diff.shared import of_templates
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Frozen, Plan
from cchc_cli.core.periods import parse_period
from cchc_cli.i18n import _, say
from cchc_cli.render import changes as render
from cchc_cli.render import findings
from cchc_cli.store.evidence import checksum_of
from cchc_cli.store.files import CannotRun
from cchc_cli.store.git import commit_of
from cchc_cli.store.templates import own_templates

HELP = _(
    "The reports on record as sent (cchc report --freeze), and whether they would read the same "
    "today; of a period, what has changed in the plans since."
)
_COMMIT = re.compile("[0-9a-f]{40}([0-9a-f]{24})?")


class _Verdict(NamedTuple):
    """A frozen report as it would be made again.

    `then` are the plans of its commit, None if they are not to be had, for the reason `missing`.
    `confirmed` says that they give the frozen text, `same` that the plans of now do as well.
    """

    plan: Plan
    frozen: Frozen
    then: Opened | None
    missing: CannotRun | None = None
    confirmed: bool = False
    same: bool = False

    @property
    def sound(self) -> bool:
        """Whether the frozen text is still to be had."""
        return self.confirmed or self.same


def run(
    ctx: typer.Context,
    period: Annotated[
        str | None,
        typer.Argument(
            metavar=_("[PERIOD]"), show_default=False, help=_("2022, 2022-H1, 2022-Q1 or 2022-03")
        ),
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", "-u", help=_("only the reports of that unit"))
    ] = None,
    plan: PlanOption = None,
) -> int:
    """Print a line for each, and the changes of those of a period; 1 if a text is lost."""
    opened = open_plans(ctx)
    of_unit = chosen_unit(opened, unit)
    label = read_period(period, "PERIOD").label if period else None
    wanted = [
        (each, one)
        for each in chosen_plans(opened, plan)
        for one in each.frozen
        if (label is None or _label(one) == label) and (of_unit is None or one.unit == of_unit.id)
    ]
    if not wanted:
        write(say(msg("No report has been frozen. “cchc report --period … --freeze” does it.")))
    states = _States(opened)
    verdicts = [states.judged(*one) for one in wanted]
    for verdict in verdicts:
        lines = [_line(verdict), *(_explained(opened, verdict) if label else ())]
        write("\n".join(wrapped(lines, hanging="  ")))
    failed = warn_of_errors(opened) or not all(verdict.sound for verdict in verdicts)
    return 1 if failed else 0


def _label(frozen: Frozen) -> str:
    found = parse_period(str(frozen.period))
    return found.label if found else str(frozen.period)


class _States:
    """The plans of the commits that reports were made of, each opened once."""

    def __init__(self, now: Opened) -> None:
        self._now = now
        self._found: dict[str, Opened | CannotRun] = {}

    def judged(self, plan: Plan, frozen: Frozen) -> _Verdict:
        """A frozen report as it would be made again, from its commit and from now."""
        then = self._of(str(frozen.commit))
        same = _sum(self._now, plan, frozen) == frozen.checksum
        if isinstance(then, CannotRun):
            return _Verdict(plan, frozen, None, then, same=same)
        earlier = renamed_plans(then.workspace, self._now.workspace)
        was = then.workspace.plans.get(earlier.get(str(plan.id), str(plan.id)))
        confirmed = was is not None and _sum(then, was, frozen) == frozen.checksum
        return _Verdict(plan, frozen, then, None, confirmed, same)

    def _of(self, commit: str) -> Opened | CannotRun:
        if commit not in self._found:
            try:
                self._found[commit] = _opened(self._now.root, commit)
            except CannotRun as failure:
                self._found[commit] = failure
        return self._found[commit]


def _opened(root: Path, commit: str) -> Opened:
    if not _COMMIT.fullmatch(commit):  # “main” is another commit every day
        message = msg("“{revision}” is no full id of a commit", revision=commit)
        raise CannotRun(message, msg("write all of it, as “git log” has it"))
    return opened_at(root, commit_of(root, commit))


def _sum(opened: Opened, plan: Plan, frozen: Frozen) -> str | None:
    """The checksum of the report as those plans give it; None if they cannot."""
    period = parse_period(str(frozen.period))
    unit = opened.directory.units.get(str(frozen.unit))
    if period is None or (unit is None) != (frozen.unit is None):
        return None
    agenda = opened.agenda(plan, frozen.as_of)
    return checksum_of(report_text(opened, report_of(opened, plan, period, unit, agenda)))


# -- in words --------------------------------------------------------------------------------------


def _line(verdict: _Verdict) -> str:
    frozen = verdict.frozen
    values = {"plan": verdict.plan.id, "report": named(frozen), "about": said_of(frozen),
              "commit": str(frozen.commit)[:7], "result": _result(verdict)}  # fmt: skip
    return say(msg("{plan}, {report} ({about}; commit {commit}): {result}", **values))


def _result(verdict: _Verdict) -> Message:
    if verdict.missing is not None:
        rest = (msg("made again today, the text is the same") if verdict.same
                else msg("made again today, the text is another"))  # fmt: skip
        return msg("its commit cannot be read ({reason}); {rest}", reason=verdict.missing.message,
                   rest=rest)  # fmt: skip
    if verdict.same:
        return msg("unchanged when made again today")
    if verdict.confirmed:
        return msg("changed when made again today")
    return msg("neither its commit nor the plans of today give the frozen text any more: cchc’s "
               "own templates or words have changed, or the record was altered")  # fmt: skip


def _explained(opened: Opened, verdict: _Verdict) -> Iterator[str]:
    """What has changed in the plans since, as `cchc diff` tells it."""
    if verdict.missing is not None:
        if verdict.missing.hint is not None:
            yield say(verdict.missing.hint)
        return
    if verdict.same or verdict.then is None:
        return
    found = _changes(verdict.then, opened, verdict)
    if not found:
        yield say(msg("Nothing has changed in the plans that bears on it: cchc’s own templates "
                      "or words have."))  # fmt: skip
        return
    names = str(verdict.frozen.commit)[:7], say(msg("working tree"))
    yield from render.text(found, render.Compared(*names, verdict.frozen.as_of))


def _changes(then: Opened, now: Opened, verdict: _Verdict) -> list[Change]:
    """The changes that can bear on the report, those of its template last.

    Whatever makes the text another must be told: all of them if none of these seems to.
    """
    for one in (then, now):
        errors = hindering(one.diagnostics)
        if errors:
            write(findings.plain(errors[:5]), sys.stderr)
            raise CannotRun(msg("the plans have errors: what has changed cannot be told"),
                            msg("run “cchc validate” for all of them"))  # fmt: skip
    templates = [
        change
        for change in of_templates(_templates(then), _templates(now))
        if change.subject.endswith(".jinja")
    ]
    before, after, as_of = then.workspace, now.workspace, verdict.frozen.as_of
    found = [*bearing(before, after, str(verdict.plan.id), as_of), *templates]
    if found or not verdict.confirmed:
        return found
    return of_plan(compare(before, after, as_of), str(verdict.plan.id))


def _templates(opened: Opened) -> dict[str, bytes]:
    return own_templates(opened.root) if opened.templates is None else dict(opened.templates)
