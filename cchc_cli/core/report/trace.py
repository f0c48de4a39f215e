"""Every figure of a report with the records behind it.

The numbers that a report prints are the values of these figures, so that each can be followed to
what was recorded. A figure is called by a stable id such as `done`, `field.II.overdue`,
`unit.VP.with_evidence` or `inspection.problems`; in the report of a unit, what it leads or supports
begins with `lead.` or `support.`, and what does not is of both together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import NamedTuple

from cchc_cli.core import communication, inspection
from cchc_cli.core.agenda import Agenda, Item
from cchc_cli.core.communication import ChannelFigures
from cchc_cli.core.inspection import Problem
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Activity, Channel, Held, Progress, Task, Visit
from cchc_cli.core.progress import known_by
from cchc_cli.core.report import view
from cchc_cli.core.report.cases import Case, Cases
from cchc_cli.core.status import DONE, HALTED, NAMES, Status
from cchc_cli.core.units import Role


class Inspected(NamedTuple):
    """A unit, by its id, with the visits that it had."""

    unit: str
    visits: tuple[Visit, ...]


Behind = Case | Task | Progress | Inspected | Visit | Problem | Activity | Held


class Figure(NamedTuple):
    """A figure. Its value is the number of records behind it, or what `of` says of them.

    `number` is its line in the statistical appendix, "" if it has none. The value is None where
    nobody has told what it would be made of, and a text where it is a share in percent. `channel`
    is the one that it is about.
    """

    id: str
    name: Message
    behind: tuple[Behind, ...]
    value: int | str | None
    number: str = ""
    channel: Channel | None = None


Trace = Mapping[str, Figure]

_NAMES: Mapping[str, Message] = {
    "total": msg("occurrences in all"),
    **{status.value: NAMES[status] for status in Status},
    "halted": msg("suspended or cancelled"),
    "done": msg("done"),
    "with_evidence": msg("done, with evidence"),
    "without_evidence": msg("done, without evidence"),
}
APPENDIX = {
    "tasks": "1.1", "total": "1.2", "done": "1.3", "rate": "1.4", "done_on_time": "1.5",
    "done_late": "1.6", "unjudged": "1.7", "overdue": "1.8", "inspection.units": "2.1",
    "inspection.problems": "2.2", "inspection.settled": "2.3",
}  # fmt: skip
"""The lines that the statistical appendix always has, by the figures that fill them."""
CHANNELS = "10"
"""The part of the statistical appendix that the channels of communication are in."""
_OF_ROLE = {Role.LEAD: msg("led"), Role.SUPPORT: msg("supported")}


def traced(cases: Cases) -> Trace:
    """Every figure by its id, in the order in which a report prints them."""
    found = [*_of_roles(cases), *_of_fields(cases), *_of_units(cases)]
    updates = tuple(cases.updates)
    found.append(Figure("updates", msg("progress entries"), updates, len(updates)))
    if cases.scene.unit is None:  # nobody has said what of it is a unit's own
        found += [*_of_inspections(cases), *_of_communication(cases)]
    return {figure.id: figure for figure in found}


def entries_behind(items: Iterable[Item], agenda: Agenda) -> list[Progress]:
    """Every entry on which the items stand, as it was made: of who held the work and who leads."""
    found: dict[int, Progress] = {}
    for item in items:
        holders = [str(step.giver.id) for step in item.passed]
        units = [*holders, item.who[0], *(str(record.unit) for record in item.records)]
        for unit in dict.fromkeys(units):
            for entry in agenda.entries(unit, str(item.of.id), item.period):
                if known_by(entry, agenda.as_of):
                    found[id(entry)] = entry
    return list(found.values())


def figures_at(trace: Trace, prefix: str) -> view.Figures:
    """The counts by status under a prefix such as "" or "field.II."."""
    return view.Figures(**{name: _int(trace[f"{prefix}{name}"]) for name in _NAMES})


def statistics(trace: Trace, lead: str) -> view.Statistics:
    """The lines of the statistical appendix about tasks; `lead` is the prefix of what is led."""

    def count(name: str) -> int:
        return _int(trace[lead + name])

    rate = trace[f"{lead}rate"].value
    return view.Statistics(
        tasks=count("tasks"),
        total=count("total"),
        done=count("done"),
        rate=None if rate is None else str(rate),
        on_time=count("done_on_time"),
        late=count("done_late"),
        unjudged=count("unjudged"),
        overdue=count("overdue"),
    )


def _int(figure: Figure) -> int:
    assert isinstance(figure.value, int)
    return figure.value


# -- occurrences -----------------------------------------------------------------------------------


def _of_roles(cases: Cases) -> Iterator[Figure]:
    """Of the office, or of what the unit leads and supports."""
    whole = cases.scene.unit is None
    for role, found in cases.by_role.items():
        prefix, scope = ("", None) if whole else (f"{role.value}.", _OF_ROLE[role])
        counted = [case for case in found if cases.counted(case)]
        yield _tasks(found, prefix, scope)
        yield from _by_status(counted, prefix, scope, numbered=role is Role.LEAD)
        if role is Role.LEAD:
            yield from _judged(counted, prefix, scope)
        for field, of_field in cases.by_field(counted).items():
            if of_field or whole:
                yield from _by_status(
                    of_field, f"{prefix}field.{field}.", _named(field, scope)
                )  # fmt: skip


def _of_fields(cases: Cases) -> Iterator[Figure]:
    """Of a unit: what it leads and supports together; of the office that is what is led."""
    if cases.scene.unit is None:
        return
    yield _tasks(cases.every, "", None)._replace(number="")  # the appendix is of what is led
    for field, found in cases.by_field(cases.every).items():
        if found:
            counted = [case for case in found if cases.counted(case)]
            yield from _by_status(counted, f"field.{field}.", _named(field, None))


def _named(field: str, scope: Message | None) -> Message:
    name = msg("field {field}", field=field)
    return name if scope is None else msg("{what}, {scope}", what=name, scope=scope)


def _of_units(cases: Cases) -> Iterator[Figure]:
    if cases.scene.unit is None:
        for (unit, _name), found in cases.of_units.items():
            counted = [case for case in found if cases.counted(case)]
            if counted:
                yield from _by_status(counted, f"unit.{unit}.", msg("led by {unit}", unit=unit))


def _tasks(cases: Iterable[Case], prefix: str, scope: Message | None) -> Figure:
    tasks = tuple({id(case.task): case.task for case in cases}.values())
    return _figure(prefix, "tasks", msg("tasks of the plan"), scope, tasks)


def _by_status(
    cases: Sequence[Case], prefix: str, scope: Message | None, *, numbered: bool = False
) -> Iterator[Figure]:
    """The counts of `view.Figures`."""
    for field in fields(view.Figures):
        behind = tuple(case for case in cases if _belongs(case, field.name))
        figure = _figure(prefix, field.name, _NAMES[field.name], scope, behind)
        yield figure if numbered else figure._replace(number="")


def _belongs(case: Case, name: str) -> bool:
    status = case.standing.status
    match name:
        case "total":
            return True
        case "halted":
            return status in HALTED
        case "done":
            return status in DONE
        case "with_evidence":
            return case.evidenced
        case "without_evidence":
            return case.done and not case.evidenced
    return status.value == name


def _judged(cases: Sequence[Case], prefix: str, scope: Message | None) -> Iterator[Figure]:
    """How much is done, in percent, and what of it nobody can say was in time."""
    done = tuple(case for case in cases if case.done)
    rate = _figure(prefix, "rate", msg("done, in percent of all"), scope, done)
    yield rate._replace(value=percent(len(done), len(cases)))
    unclear = (Status.DONE_UNDATED, Status.DONE_NO_DUE_DATE)
    unjudged = tuple(case for case in done if case.standing.status in unclear)
    name = msg("done, in time or late is not known")
    yield _figure(prefix, "unjudged", name, scope, unjudged)


def percent(count: int, total: int) -> str | None:
    """A share in percent as it is written in Vietnamese, "38,5"; None of nothing.

    Only all of it is 100.
    """
    if not total:
        return None
    share = 100 * count / total
    return f"{share if count == total else min(share, 99.9):.1f}".replace(".", ",")


def _figure(
    prefix: str, name: str, what: Message, scope: Message | None, behind: tuple[Behind, ...]
) -> Figure:
    """A count; the numbers of the statistical appendix are of what is led."""
    said = what if scope is None else msg("{what}, {scope}", what=what, scope=scope)
    number = APPENDIX.get(name, "") if prefix in ("", "lead.") else ""
    return Figure(f"{prefix}{name}", said, behind, len(behind), number)


# -- inspections and communication -----------------------------------------------------------------


def _of_inspections(cases: Cases) -> Iterator[Figure]:
    """Of the days that the report covers; without any where the plan keeps none of the year."""
    found = inspection.figures(cases.agenda, cases.days)
    if found is None:
        return
    units = tuple(
        Inspected(unit, tuple(visit for visit in found.held if visit.unit == unit))
        for unit in found.units
    )
    counts: tuple[tuple[str, Message, tuple[Behind, ...]], ...] = (
        ("visits", msg("inspections held"), found.held),
        ("units", msg("units inspected"), units),
        ("problems", msg("problems found by inspections"), found.found),
        ("settled", msg("problems settled"), found.settled),
        ("open", msg("problems not settled"), found.open),
        ("overdue", msg("problems not settled and overdue"), found.overdue),
    )
    for name, what, behind in counts:
        yield _figure("", f"inspection.{name}", what, None, behind)


def _of_communication(cases: Cases) -> Iterator[Figure]:
    """Of the days that the report covers; without any where the plan keeps none of the year."""
    found = communication.figures(
        cases.agenda.plan.communications, cases.days, cases.agenda.as_of
    )  # fmt: skip
    for place, channel in enumerate(found or (), start=1):
        yield from _of_channel(channel, f"{CHANNELS}.{place}")


def _of_channel(found: ChannelFigures, number: str) -> Iterator[Figure]:
    prefix, scope = f"communication.{found.channel.id}.", msg("{text}", text=found.channel.name)
    numbered = tuple(time for time in found.held if time.quantity is not None)
    counts: tuple[tuple[str, Message, tuple[Behind, ...]], ...] = (
        ("activities", msg("activities of communication"), found.activities),
        ("times", msg("times that they were held"), found.held),
        ("quantity", _measured(found.channel), numbered),
    )
    for place, (name, what, behind) in enumerate(counts, start=1):
        figure = _figure(prefix, name, what, scope, behind)
        figure = figure._replace(number=f"{number}.{place}", channel=found.channel)
        yield figure._replace(value=found.quantity) if name == "quantity" else figure


def _measured(channel: Channel) -> Message:
    if channel.measure is None:
        return msg("quantity")
    return msg("quantity ({measure})", measure=channel.measure)
