"""Plans that carry out others: each link leads somewhere, and nothing of the year is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cchc_cli.core.checks.context import Context
from cchc_cli.core.checks.progress import by_id, slots_of, units_of
from cchc_cli.core.deadlines.occurrences import Occurrence
from cchc_cli.core.diagnostics import Diagnostic, error, warning
from cchc_cli.core.lineage import Node, circle
from cchc_cli.core.message import msg
from cchc_cli.core.model import HaltKind, Plan, Task, Transfer
from cchc_cli.core.status import halt_of
from cchc_cli.core.units import Role


def check_parents(context: Context) -> Iterator[Diagnostic]:
    """The plan that a plan carries out is there, and does not carry out this one."""
    plans = context.workspace.plans
    for _base, plan in context.plans:
        if plan.parent is None:
            continue
        about = {"subject": str(plan.id), "found": str(plan.parent)}
        if plan.parent not in plans:
            if f"plans/{plan.parent}/plan.yaml" not in context.unread:
                message = msg("there is no plan “{plan}”", plan=plan.parent)
                hint = context.meant(plan.parent, plans)
                yield error("CCHC216", plan.parent.span, message, hint=hint, **about)
        elif found := circle(plan, plans):
            chain = " → ".join([*found, str(plan.id)])
            message = msg("the plan carries out itself: {chain}", chain=chain)
            yield error("CCHC216", plan.parent.span, message, **about)


def check_links(context: Context) -> Iterator[Diagnostic]:
    """What a task carries out is a task of the parent plan, and a period that this one has."""
    for _base, plan in context.plans:
        above = next(context.lineage.ancestors(str(plan.id)), None)
        if above is None:
            if plan.parent is None:
                yield from _without_parent(plan)
            continue
        base = f"plans/{above.id}/"
        known = {str(t.id): t for t in context.workspace.plans[str(above.id)].tasks}
        whole = context.tasks_known(base, above)
        for task in plan.tasks:
            if task.parent is not None:
                yield from _link(context, base, task, known, whole=whole)


def _without_parent(plan: Plan) -> Iterator[Diagnostic]:
    for task in plan.tasks:
        if task.parent is not None:
            message = msg("the plan names no parent, so the task cannot carry out {task}",
                          task=task.parent.task)  # fmt: skip
            hint = msg("add “parent: …” to plan.yaml, or delete it here")
            yield error("CCHC212", task.parent.task.span, message, hint=hint,
                        subject=str(task.id), found=str(task.parent.task))  # fmt: skip


def _link(
    context: Context, base: str, task: Task, known: dict[str, Task], *, whole: bool
) -> Iterator[Diagnostic]:
    assert task.parent is not None
    wanted, period = task.parent
    of = known.get(wanted)
    if of is None:
        if whole:
            message = msg("there is no task “{id}” in {plan}", id=wanted, plan=base.split("/")[1])
            hint = context.meant(wanted, known)
            yield error("CCHC212", wanted.span, message, hint=hint, subject=str(task.id),
                        found=str(wanted))  # fmt: skip
        return
    slots = slots_of(context, base, of)
    if period is None or slots is None:
        return
    periods = [slot.period for slot in slots if slot]
    if period not in periods:
        message = msg("{task} has no period “{period}”", task=of.id, period=period)
        hint = msg("there are: {known}", known=", ".join(periods) or "-")
        yield error("CCHC212", period.span, message, hint=hint, subject=str(task.id),
                    found=str(period))  # fmt: skip


def check_shares(context: Context) -> Iterator[Diagnostic]:
    """What falls due in the years of a plan is taken up from its parent, unless it is dropped."""
    for base, plan in context.plans:
        above = next(context.lineage.ancestors(str(plan.id)), None)
        if above is None or plan.parent is None or not context.tasks_known(base, plan):
            continue
        taken = context.lineage.carried_out(str(plan.id))
        parent = context.workspace.plans[str(above.id)]
        for task, scheduled in context.scheduled(f"plans/{above.id}/"):
            for slot in scheduled.occurrences:
                at = Node(str(above.id), str(task.id), slot.period)
                due = slot.due is not None and slot.due.year in plan.period
                if due and at not in taken and not _dropped(parent, task, slot):
                    message = msg("period {period}, due {due}, is left out",
                                  period=slot.period, due=slot.due)  # fmt: skip
                    hint = msg("add a task with “parent: {{task: {task}, period: '{period}'}}”, or "
                               "acknowledge it with the reason", task=task.id,
                               period=slot.period)  # fmt: skip
                    yield warning("CCHC213", plan.parent.span, message, hint=hint,
                                  subject=str(task.id), found=slot.period)  # fmt: skip


def _dropped(plan: Plan, task: Task, slot: Occurrence) -> bool:
    halts = sorted((h for h in plan.halts if h.task == task.id), key=lambda halt: halt.on)
    found = halt_of(halts, slot, date.max)
    return found is not None and found.kind is HaltKind.CANCELLED


def check_parts(context: Context) -> Iterator[Diagnostic]:
    """A part is not due later than what it is part of, and its leads have a part in that, too."""
    for base, plan in context.plans:
        above = next(context.lineage.ancestors(str(plan.id)), None)
        if above is None:
            continue
        upper = f"plans/{above.id}/"
        known = {str(t.id): (t, s) for t, s in context.scheduled(upper)}
        due = {
            Node(str(above.id), name, slot.period): slot.due
            for name, (_task, scheduled) in known.items()
            for slot in scheduled.occurrences
        }
        own = {
            Node(str(plan.id), str(task.id), slot.period): (task, slot)
            for task, scheduled in context.scheduled(base)
            for slot in scheduled.occurrences
        }
        for at, parts in context.lineage.carried_out(str(plan.id)).items():
            for part in parts:
                if part in own and at in due:
                    yield from _later(*own[part], due[at], at)
        for task in plan.tasks:
            found = known.get(str(task.parent.task)) if task.parent else None
            if found is not None and context.sound(task.span):
                yield from _other_leads(context, task, found[0], above)


def _later(task: Task, slot: Occurrence, limit: date | None, at: Node) -> Iterator[Diagnostic]:
    if slot.due is not None and limit is not None and slot.due > limit:
        message = msg("due {due}, later than {task} ({period}), which it carries out: {limit}",
                      due=slot.due, task=at.task, period=at.period, limit=limit)  # fmt: skip
        place = task.deadline or task.id
        yield warning("CCHC214", place.span, message, subject=str(task.id),
                      found=str(task.deadline or ""))  # fmt: skip


def _other_leads(context: Context, task: Task, of: Task, above: Plan) -> Iterator[Diagnostic]:
    transfers: list[Transfer] = [t for t in above.transfers if t.task == of.id]
    units = units_of(context, by_id(above).get(str(of.id), of), transfers)
    if units is None or task.lead is None:
        return
    for assignment in context.directory.assignments(task):
        unit = assignment.unit
        if assignment.role is Role.LEAD and unit is not None and unit.id not in units:
            message = msg("“{unit}” leads this task, but has no part in {task}", unit=unit.name,
                          task=of.id)  # fmt: skip
            yield warning("CCHC215", task.lead.span, message, subject=str(task.id),
                          found=str(unit.id))  # fmt: skip
