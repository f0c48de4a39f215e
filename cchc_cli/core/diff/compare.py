"""Two states of the plans → what has changed, what weakens accountability first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from cchc_cli.core.amendments import in_force
from cchc_cli.core.diagnostics import Diagnostic, Severity
from cchc_cli.core.diff import progress, scoring, shared, tasks, texts, years
from cchc_cli.core.diff.changes import Change, Head, Kind, Words
from cchc_cli.core.diff.effects import Outlook, effect, undisturbed, weakens
from cchc_cli.core.diff.records import Family, altered, bare, between, compared, pairs, task_of
from cchc_cli.core.diff.tasks import Pair, Pairing
from cchc_cli.core.model import (
    Addition,
    Amendment,
    Extension,
    Frozen,
    Halt,
    Plan,
    Task,
    Workspace,
)
from cchc_cli.core.source import Text, span_of
from cchc_cli.core.units import Directory

_EXTENSIONS = Family(Kind.EXTENSION_ADDED, Kind.EXTENSION_REMOVED, Kind.EXTENSION_CHANGED)
_AMENDMENTS = Family(Kind.AMENDMENT_ADDED, Kind.AMENDMENT_REMOVED, Kind.AMENDMENT_CHANGED)
_EVENTS = Family(Kind.EVENT_ADDED, Kind.EVENT_REMOVED, Kind.EVENT_CHANGED)
_FIELDS = Family(Kind.FIELD_ADDED, Kind.FIELD_REMOVED, Kind.FIELD_RENAMED)
_DUTIES = Family(Kind.DUTY_ADDED, Kind.DUTY_REMOVED, Kind.DUTY_CHANGED)
_ACKNOWLEDGED = Family(
    Kind.ACKNOWLEDGEMENT_ADDED, Kind.ACKNOWLEDGEMENT_REMOVED, Kind.ACKNOWLEDGEMENT_ADDED
)
_FROZEN = Family(Kind.FROZEN_ADDED, Kind.FROZEN_REMOVED, Kind.FROZEN_CHANGED)
# Errors that leave everything in the files readable: a file missing, in no place, or misnamed; a
# hidden character.
_READABLE = ("CCHC007", "CCHC008", "CCHC202", "CCHC106")


def hindering(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The errors for which a state of the plans cannot be compared."""
    errors = (d for d in diagnostics if d.severity is Severity.ERROR)
    return [d for d in errors if d.code not in _READABLE]


def compare(before: Workspace, after: Workspace, as_of: date) -> list[Change]:
    """All changes; statuses are as of `as_of`. Places, order and comments are no difference."""
    old = new = Directory(before.units, before.groups)
    if (before.units, before.groups) != (after.units, after.groups):
        new = Directory(after.units, after.groups)
    found: list[Change] = []
    renamed = renamed_plans(before, after)
    earlier = {name: renamed.get(name, name) for name in after.plans}
    gone = before.plans.keys() - set(earlier.values())
    for name in sorted(gone | after.plans.keys()):
        was, now = before.plans.get(earlier.get(name, name)), after.plans.get(name)
        if was is not None and now is not None:
            if was.id != now.id:
                found.append(Change(Kind.PLAN_RENAMED, name, name, was.id, now.id, now.span))
            if was == now and _alike(before, after):
                continue
            found += _of_plan(
                name, Outlook(was, before, old, as_of), Outlook(now, after, new, as_of)
            )
        elif now is not None:
            found.append(Change(Kind.PLAN_ADDED, name, name, None, _outline(now), now.span))
        elif was is not None:
            found.append(
                Change(Kind.PLAN_REMOVED, name, name, _outline(was), None, was.span, weakens=True)
            )
    if not _alike(before, after):
        found += shared.changes_of(before, after)
    found += scoring.changes_of(before, after)
    return weakening_first(found)


def renamed_plans(before: Workspace, after: Workspace) -> dict[str, str]:
    """Later names of plans → earlier ones: the only one gone and come with most of its tasks."""
    gone = before.plans.keys() - after.plans.keys()
    come = after.plans.keys() - before.plans.keys()
    old = {name: _rows(before.plans[name]) for name in sorted(gone)}
    new = {name: _rows(after.plans[name]) for name in sorted(come)}
    alike = [
        (later, earlier)
        for later, rows in new.items()
        for earlier, others in old.items()
        if 2 * len(rows & others) > max(len(rows), len(others))
    ]
    counts = [Counter(pair[side] for pair in alike) for side in (0, 1)]
    return {one: other for one, other in alike if counts[0][one] == counts[1][other] == 1}


def _rows(plan: Plan) -> set[tuple[str, str]]:
    return {(str(task.id), str(task.name)) for task in plan.tasks}


def _alike(before: Workspace, after: Workspace) -> bool:
    """Whether all that plans share, and that due days and statuses rest on, is the same."""
    return all(
        getattr(before, key) == getattr(after, key)
        for key in ("office", "units", "groups", "calendar")
    )


def _outline(plan: Plan) -> Head:
    return Head(str(plan.period), plan.effective, sum(1 for _task in in_force(plan).tasks))


def _head(plan: Plan) -> Head:
    parent = str(plan.parent) if plan.parent is not None else None
    return Head(str(plan.period), plan.effective, parent=parent)


def weakening_first(changes: list[Change]) -> list[Change]:
    """What weakens accountability before everything else."""
    return sorted(changes, key=lambda change: not change.weakens)


def _of_plan(name: str, before: Outlook, after: Outlook) -> list[Change]:
    was, now = before.plan, after.plan
    pairing = tasks.paired(before.tasks, after.tasks)
    of_tasks = [
        *(change for pair in pairing.pairs for change in _of_task(name, pair, before, after)),
        *_of_amendments(name, was, now, pairing),
        *progress.changes_of(name, was.progress, now.progress, pairing.earlier),
    ]
    rank = _ranks(pairing)
    of_tasks.sort(key=lambda change: rank.get(change.subject, len(rank)))
    return [*_of_head(name, was, now), *of_tasks, *_of_rest(name, before, after)]


def _ranks(pairing: Pairing) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, pair in enumerate(pairing.pairs):
        task = pair.after or pair.before
        assert task is not None
        found.setdefault(str(task.id), place)
    return found


def _of_head(name: str, was: Plan, now: Plan) -> Iterator[Change]:
    heads = _head(was), _head(now)
    if heads[0] != heads[1]:
        yield Change(Kind.PLAN_CHANGED, name, name, *heads, now.span)
    yield from texts.changes_of(name, was, now)
    fields = pairs(
        (area._replace(tasks=()) for area in was.fields),
        (area._replace(tasks=()) for area in now.fields),
        lambda area: str(area.id),
    )
    yield from compared(fields, _FIELDS, name, lambda area: str(area.id))


def _of_task(plan: str, pair: Pair, before: Outlook, after: Outlook) -> Iterator[Change]:
    found = pair.after or pair.before
    assert found is not None
    stands = undisturbed(before, after, pair.before, pair.after)
    if stands and before.directory is after.directory:
        return
    yield from tasks.changes_of(plan, pair, before.directory, after.directory)
    follows = None if stands else effect(before, after, pair.before, pair.after)
    subject, place = str(found.id), found.span
    if pair.before is None:
        yield Change(Kind.TASK_ADDED, plan, subject, None, found, place, effect=follows)
    elif pair.after is None:
        yield Change(
            Kind.TASK_REMOVED, plan, subject, found, None, place, weakens=True, effect=follows
        )
    else:
        words = _words(pair.before, pair.after)
        if follows or words[0] != words[1]:
            yield Change(
                Kind.DEADLINE_CHANGED, plan, subject, *words,
                span_of(words[1].deadline, place), weakens(follows, after.as_of), follows,
            )  # fmt: skip


def _words(before: Task, after: Task) -> tuple[Words, Words]:
    """The words as printed where these differ, else those in force."""
    printed = _rests_on(before.printed or before), _rests_on(after.printed or after)
    if printed[0] != printed[1]:
        return printed
    return _rests_on(before), _rests_on(after)


def _rests_on(task: Task) -> Words:
    reading = task.reading
    text = None if reading is None else Text(f"{reading.wording} ({reading.reason})", task.span)
    return Words(task.deadline, text, tuple(sorted(task.events)))


class _Decision(NamedTuple):
    """What a document decides, as it is compared and as it was `found`."""

    said: Amendment
    found: Amendment


def _of_amendments(name: str, was: Plan, now: Plan, pairing: Pairing) -> Iterator[Change]:
    """Documents by what they decide of which task; a task they add is compared as a task."""

    def renamed(one: Amendment) -> Amendment:
        if isinstance(one, Addition) or str(one.task) not in pairing.earlier:
            return one
        return one._replace(task=Text(pairing.earlier[str(one.task)], one.span))

    old = [_Decision(_bare(renamed(one)), one) for one in _amendments(was)]
    new = [_Decision(_bare(one), one) for one in _amendments(now)]
    exact = list(pairs(old, new, lambda decision: decision.said))
    gone = [one for one, other in exact if one is not None and other is None]
    come = [other for one, other in exact if one is None and other is not None]
    for one, other in pairs(gone, come, lambda decision: _decided(decision.said)):
        earlier, later = one.found if one else None, other.found if other else None
        found = later or earlier
        assert found is not None
        family = _EXTENSIONS if isinstance(found, Extension) else _AMENDMENTS
        yield from between(earlier, later, family, name, task_of(found))


def _amendments(plan: Plan) -> Iterator[Amendment]:
    for one in plan.amendments:
        yield _without_row(one) if isinstance(one, Addition) else one


def _without_row(one: Addition) -> Addition:
    return one._replace(task=Task(one.task.id, Text("", one.span), Text("", one.span), one.span))


def _bare(one: Amendment) -> Amendment:
    if isinstance(one, Addition):
        one = one._replace(task=bare(one.task))
    return bare(one)


def _decided(one: Amendment) -> tuple[object, ...]:
    period = one.period if isinstance(one, Extension | Halt) else None
    return type(one), one.kind if isinstance(one, Halt) else None, task_of(one), str(period or "")


def _of_rest(name: str, before: Outlook, after: Outlook) -> Iterator[Change]:
    """Duties, inspections, communication, events, acknowledged warnings and frozen reports."""
    was, now = before.plan, after.plan
    for old, new in pairs(was.duties, now.duties, lambda duty: str(duty.id)):
        stands = undisturbed(before, after, old, new)
        follows = None if stands else effect(before, after, old, new)
        for change in compared([(old, new)], _DUTIES, name, lambda duty: str(duty.id)):
            lost = new is None or weakens(follows, after.as_of)
            yield change._replace(weakens=lost, effect=follows)
            follows = None
        if follows is not None and old is not None and new is not None:
            yield Change(
                Kind.DEADLINE_CHANGED, name, str(new.id), Words(old.deadline), Words(new.deadline),
                new.span, weakens(follows, after.as_of), follows,
            )  # fmt: skip
    yield from years.changes_of(name, before, after)
    events = pairs(was.events, now.events, lambda event: str(event.id))
    yield from compared(events, _EVENTS, name, lambda event: str(event.id))
    silenced = pairs(was.acknowledged, now.acknowledged, bare)
    yield from compared(silenced, _ACKNOWLEDGED, name, lambda one: f"{one.code} {one.at}")
    yield from _of_frozen(name, was, now)


def _of_frozen(name: str, was: Plan, now: Plan) -> Iterator[Change]:
    """Reports on record as sent; one that is gone or altered hides what was reported."""
    sides = altered(was.frozen, now.frozen, lambda one: (str(one.period), str(one.unit or "")))
    for change in compared(sides, _FROZEN, name, report_of):
        yield change._replace(weakens=change.before is not None)


def report_of(one: Frozen) -> str:
    """Which report is frozen: its period, and the unit whose it is."""
    return f"{one.period} {one.unit}" if one.unit else str(one.period)
