"""What suspend, cancel and resume share: they stop or take up again what can be."""

from __future__ import annotations

from collections.abc import Callable

import typer

from cchc_cli.cli.amending import (
    AuthorityOption,
    Case,
    Decision,
    Entry,
    HoldsFromOption,
    ReasonOption,
    a_period,
    decide,
    label,
    refuse,
)
from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.recording import PeriodOption, TaskArgument
from cchc_cli.cli.settings import PlanOption
from cchc_cli.core.agenda import Item
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import HaltKind
from cchc_cli.core.status import DONE, HALTED, Status
from cchc_cli.i18n import say
from cchc_cli.render.labels import STATUS
from cchc_cli.syntax.emit import Value

_LISTS = {
    HaltKind.SUSPENDED: ("suspensions", msg("suspension: {what}")),
    HaltKind.CANCELLED: ("cancellations", msg("cancellation: {what}")),
    HaltKind.RESUMED: ("resumptions", msg("resumption: {what}")),
}


def recorder(kind: HaltKind) -> Callable[..., int]:
    """The function of a verb that records halts of a kind which asks for nothing more."""

    def run(
        ctx: typer.Context,
        task: TaskArgument,
        authority: AuthorityOption,
        reason: ReasonOption,
        period: PeriodOption = None,
        on: HoldsFromOption = None,
        plan: PlanOption = None,
        dry_run: DryRunOption = False,
        commit: CommitOption = False,
    ) -> int:
        """Add a halt; 1 if the result would have errors."""
        decision = Decision.of(on, authority, reason, plan, dry_run, commit)
        return decide(ctx, task, decision, lambda case: halt(case, kind, decision, period))

    return run


def halt(
    case: Case, kind: HaltKind, decision: Decision, period: str | None, **more: Value
) -> Entry:
    """The entry of a halt; a usage error if there is nothing that it could stop or take up."""
    named = a_period(case, period)
    concerned = [item for item in case.items if not named or item.period == named["period"]]
    if kind is HaltKind.RESUMED:
        _must_be_halted(case, concerned, decision)
    else:
        _must_be_open(case, concerned, decision, all_periods=not named)
    key, subject = _LISTS[kind]
    subject = msg(subject.template, what=label(case, named))
    return Entry(key, {"task": str(case.of.id), **named, **more}, subject)


def _must_be_halted(case: Case, items: list[Item], decision: Decision) -> None:
    if not any(item.status in HALTED for item in items):
        refuse(msg("{task} is not suspended or cancelled on {day}: {states}; see: "
                   "cchc show {task}",
                   task=case.of.id, day=decision.on, states=_states(items)), "TASK")  # fmt: skip


def _must_be_open(case: Case, items: list[Item], decision: Decision, *, all_periods: bool) -> None:
    still = [item for item in items if item.status not in (*DONE, *HALTED)]
    if not still:
        refuse(msg("nothing of {task} is open on {day}: {states}; see: cchc show {task}",
                   task=case.of.id, day=decision.on, states=_states(items)), "TASK")  # fmt: skip
    if all_periods and all(item.status is Status.OVERDUE for item in still):
        late: Message = msg(
            "what is open of {task} was late before {day}, and what was late stays late; to stop "
            "that, too, name its period: {periods}",
            task=case.of.id, day=decision.on,
            periods=", ".join(dict.fromkeys(i.period for i in still if i.occurrence)),
        )  # fmt: skip
        refuse(late, "--period")


def _states(items: list[Item]) -> str:
    """The statuses there are, in words, without the days of each."""
    return ", ".join(dict.fromkeys(say(STATUS[item.status]) for item in items)) or say(msg("none"))
