"""Who does what: roles that fit together, and what Part IV charges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cchc_cli.core.checks.context import Context
from cchc_cli.core.checks.references import sections
from cchc_cli.core.diagnostics import Diagnostic, Related, warning
from cchc_cli.core.message import msg
from cchc_cli.core.model import Plan, Task, Unit
from cchc_cli.core.source import Text
from cchc_cli.core.units import Mention


def by_name(context: Context, cell: Text | None) -> list[Mention]:
    """The units, not groups, that a cell names."""
    mentions = context.directory.read(cell).mentions if cell else ()
    return [mention for mention in mentions if isinstance(mention.who, Unit)]


def check_lead_also_supports(context: Context) -> Iterator[Diagnostic]:
    """A unit that leads a task is not listed by name as coordinating it, too."""
    if not context.units_known:
        return
    for _base, plan in context.plans:
        for task in plan.tasks:
            if not (task.lead and task.support):
                continue
            support = by_name(context, task.support)
            if not support:
                continue
            leads = {mention.who.id for mention in by_name(context, task.lead)}
            for mention in support:
                if mention.who.id in leads:
                    message = msg("“{unit}” leads this task and is also listed as coordinating",
                                  unit=mention.who.name)  # fmt: skip
                    yield warning(
                        "CCHC207", context.locate(task.support, mention.start, mention.end),
                        message, subject=str(task.id), found=str(mention.who.id),
                    )  # fmt: skip


class _Charges(NamedTuple):
    """What Part IV charges whom with: the units with the text that names each."""

    fields: Mapping[str, dict[str, Text]]
    tasks: Mapping[str, dict[str, Text]]


def check_charges(context: Context) -> Iterator[Diagnostic]:
    """A unit that leads a task by name is one that Part IV charges with the task.

    Units charged with the task itself count before those charged with its whole field. Nothing is
    said of a plan that charges nobody.
    """
    for base, plan in context.plans:
        charges = _charges(context, plan)
        if charges is None or not (context.whole(f"{base}plan.yaml") and context.units_known):
            continue
        leads: dict[Text, list[Mention]] = {}
        for task in plan.tasks:
            if not task.lead:
                continue
            named = leads.get(task.lead)
            if named is None:
                named = leads[task.lead] = by_name(context, task.lead)
            charged = charges.tasks.get(task.id) or charges.fields.get(task.field or "", {})
            for mention in named:
                if mention.who.id not in charged:
                    yield _not_charged(context, task, mention, charged)


def _not_charged(
    context: Context, task: Task, mention: Mention, charged: dict[str, Text]
) -> Diagnostic:
    assert task.lead is not None
    unit = mention.who.name
    if charged:
        message = msg("“{unit}” leads this task, but Part IV charges {charged} with it",
                      unit=unit, charged=", ".join(charged))  # fmt: skip
    else:
        message = msg("“{unit}” leads this task, but Part IV charges nobody with it", unit=unit)
    related = tuple(Related(text.span, msg("charged here")) for text in charged.values())
    span = context.locate(task.lead, mention.start, mention.end)
    return warning(
        "CCHC208", span, message, related=related, subject=str(task.id), found=str(mention.who.id)
    )


def _charges(context: Context, plan: Plan) -> _Charges | None:
    """Who is charged with what; None if nobody is, or if a charge is itself in doubt."""
    fields: dict[str, dict[str, Text]] = {}
    tasks: dict[str, dict[str, Text]] = {}
    for _subject, section in sections(plan):
        if section.charge is None:
            continue
        unit, group = section.unit, context.directory.groups.get(str(section.group))
        units = [str(unit)] if unit else [str(m) for m in group.members] if group else []
        if not units or any(u not in context.directory.units for u in units):
            return None
        named = unit or section.group or section.number
        for ids, charged in ((section.charge.fields, fields), (section.charge.tasks, tasks)):
            for wanted in ids:
                charged.setdefault(str(wanted), {}).update(dict.fromkeys(units, named))
    return _Charges(fields, tasks) if fields or tasks else None
