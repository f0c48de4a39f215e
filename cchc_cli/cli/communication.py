"""`cchc communication`: activities by channel, planned and held, with numbers and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

import typer

from cchc_cli.cli.amending import refuse, words
from cchc_cli.cli.console import write
from cchc_cli.cli.due_days import days_told
from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.recording import (
    ChecksumOption,
    DocDateOption,
    FileOption,
    NoteOption,
    Proof,
    TitleOption,
    evidence_of,
    meant,
    only,
    past,
)
from cchc_cli.cli.settings import (
    AsOfOption,
    Opened,
    PlanOption,
    a_day,
    chosen_plans,
    open_plans,
    today,
    unit_called,
    warn_of_errors,
)
from cchc_cli.cli.yearly import (
    Recorded,
    TaskOption,
    YearArgument,
    enter,
    head,
    in_year,
    next_id,
    of_year,
    unsaid,
)
from cchc_cli.core.communication import ChannelFigures, figures, units_in_charge
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Activity, Communication, Plan
from cchc_cli.core.periods import Period
from cchc_cli.core.schedule import Schedule
from cchc_cli.i18n import _, day, say
from cchc_cli.render.width import aligned, one_line
from cchc_cli.syntax.edit import Fact
from cchc_cli.syntax.emit import Value

HELP = _("Communication: plan activities by channel, record what was held, list.")

_NOTE = "Tuyên truyền cải cách hành chính trong năm: các kênh, các hoạt động và kết quả từng lần."


def plan_activity(
    ctx: typer.Context,
    year: YearArgument,
    name: Annotated[
        str, typer.Argument(metavar="NAME", parser=words, help=_("the activity, in words"))
    ],
    channel: Annotated[
        str, typer.Option(metavar=_("CHANNEL"), help=_("the id of its channel, such as web"))
    ],
    channel_name: Annotated[
        str | None,
        typer.Option(parser=words, metavar=_("TEXT"), help=_("make a new channel, named so")),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(parser=words, metavar=_("TEXT"), help=_("what is counted on a new channel")),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", "-u", help=_("who holds it (default: whom the plan charges)")),
    ] = None,
    deadline: Annotated[
        str | None,
        typer.Option(parser=words, metavar=_("TEXT"), help=_("when, in words")),
    ] = None,
    task: TaskOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Plan an activity; 1 if the result would have errors."""

    def made(opened: Opened) -> Recorded:
        of = of_year(opened, plan, year)
        known = [str(a.id) for c in of.communications for a in c.activities]
        given = {
            "id": next_id(f"TT.{year}", known), "channel": channel, "name": name,
            "unit": str(unit_called(opened, unit, "--unit").id) if unit else None,
            "deadline": deadline,
        }  # fmt: skip
        values: dict[str, Value] = {key: value for key, value in given.items() if value}
        path = f"plans/{of.id}/communication/{year}.yaml"
        facts = _of_file(of, path, year, task)
        facts += _channel(of, path, year, channel, channel_name, measure)
        facts.append(Fact(path, "activities", values))
        said = str(given["id"])
        subject = msg("communication: {activity} planned", activity=said)
        return Recorded(of, said, facts, subject, lambda opened, now: _planned(opened, now, said))

    return enter(ctx, made, dry_run=dry_run, commit_it=commit)


def held(
    ctx: typer.Context,
    activity: Annotated[str, typer.Argument(metavar="ACTIVITY", help=_("the id of the activity"))],
    on: Annotated[
        date, typer.Option(parser=a_day, metavar=_("DATE"), help=_("the day on which it was held"))
    ],
    quantity: Annotated[
        int | None,
        typer.Option(min=0, max=999_999_999, help=_("how many, in the measure of the channel")),
    ] = None,
    document: Annotated[
        str | None, typer.Option(metavar=_("TEXT"), help=_("the document that proves it"))
    ] = None,
    doc_date: DocDateOption = None,
    title: TitleOption = None,
    file: FileOption = None,
    checksum: ChecksumOption = False,
    note: NoteOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add what was held on a day to an activity; 1 if the result would have errors."""
    values: dict[str, Value] = {"on": past(on, "--on")}
    if quantity is not None:
        values["quantity"] = quantity
    values["recorded_on"] = today()
    evidence = evidence_of(ctx, Proof(document, doc_date, title, file, checksum))
    if evidence:
        values["evidence"] = evidence
    if note is not None:
        values["note"] = note

    def made(opened: Opened) -> Recorded:
        of, known = _activity(opened, plan, activity)
        facts = [Fact(known.span.path, "activities", {"held": [values]}, to=str(known.id))]
        subject = msg("communication: {activity} held on {day}", activity=known.id, day=on)
        return Recorded(of, str(known.id), facts, subject, lambda _o, now: _told(now, known))

    return enter(ctx, made, dry_run=dry_run, commit_it=commit)


def show(
    ctx: typer.Context,
    year: Annotated[int | None, typer.Option("--year", help=_("only this year"))] = None,
    as_of: AsOfOption = None,
    plan: PlanOption = None,
) -> int:
    """Print every channel with its figures, and its activities; 1 if the plans have errors."""
    opened = open_plans(ctx)
    as_of = as_of or today()
    count = 0
    for of in chosen_plans(opened, plan):
        for communication in of.communications:
            if year in (None, communication.year):
                write("\n".join(_lines(opened, of, communication, as_of)))
                count += len(communication.activities)
    write(say(msg("Activities: {count}.", count=count)))
    return 1 if warn_of_errors(opened) else 0


VERBS = {
    "plan": (_("Plan an activity of a year on a channel."), plan_activity),
    "held": (_("Record what was held for an activity on a day, with number and evidence."), held),
    "list": (_("Every channel with its figures, and its activities."), show),
}


# -- planning --------------------------------------------------------------------------------------


def _of_file(plan: Plan, path: str, year: int, task: str | None) -> list[Fact]:
    kept = next((one for one in plan.communications if one.year == year), None)
    return unsaid(plan, path, kept, {"task": task} if task else {}, head(_NOTE, year))


def _channel(
    plan: Plan, path: str, year: int, channel: str, name: str | None, measure: str | None
) -> list[Fact]:
    """A channel that the year does not have yet; a usage error without a name for it."""
    kept = [c for one in plan.communications if one.year == year for c in one.channels]
    if any(known.id == channel for known in kept):
        if name or measure:
            refuse(msg("the channel “{channel}” is there already; leave out --channel-name and "
                       "--measure", channel=channel), "--channel-name")  # fmt: skip
        return []
    earlier = [c for one in plan.communications for c in one.channels if c.id == channel]
    if name is None and earlier:  # as it was called last
        name, measure = str(earlier[-1].name), measure or earlier[-1].measure
    if name is None:
        known = ", ".join(str(c.id) for c in kept) or "-"
        refuse(msg("no channel “{channel}”; there are: {known}. For a new one add --channel-name",
                   channel=channel, known=known), "--channel")  # fmt: skip
    values: dict[str, Value] = {"id": channel, "name": name}
    return [Fact(path, "channels", {**values, **({"measure": str(measure)} if measure else {})})]


def _planned(opened: Opened, plan: Plan, name: str) -> Iterator[Message]:
    for communication in plan.communications:
        for activity in communication.activities:
            if activity.id == name:
                yield msg("{activity}: held by {units}", activity=name,
                          units=_units(opened, plan, communication, activity))  # fmt: skip
                if activity.deadline:
                    schedule = Schedule(plan, opened.workspace.calendar, today())
                    scheduled = in_year(schedule.by_words(activity), communication.year)
                    yield from days_told(name, activity.deadline, scheduled)


def _units(opened: Opened, plan: Plan, year: Communication, activity: Activity) -> str:
    """Who holds it: the unit that it names, or whom the plan charges."""
    named = (str(activity.unit),) if activity.unit else ()
    return ", ".join(named or units_in_charge(plan, year, opened.directory)) or "-"


# -- what was held ---------------------------------------------------------------------------------


def _activity(opened: Opened, plan: str | None, wanted: str) -> tuple[Plan, Activity]:
    every = [(of, activity) for of in chosen_plans(opened, plan)
             for year in of.communications for activity in year.activities]  # fmt: skip
    found = only(every, wanted)
    if found is None:
        ids = [str(activity.id) for _plan, activity in every]
        refuse(msg("no activity “{activity}”; there are: {known}. Plan one with: cchc "
                   "communication plan", activity=wanted,
                   known=meant(wanted, ids)), "ACTIVITY")  # fmt: skip
    return found


def _told(plan: Plan, known: Activity) -> Iterable[Message]:
    for communication in plan.communications:
        for found in (
            figures([communication], Period(communication.year, 1, 12).days, today()) or ()
        ):
            if any(activity.id == known.id for activity in found.activities):
                yield _figures(found)


def _figures(found: ChannelFigures) -> Message:
    """The figures of a channel in a year."""
    name, times = found.channel.name, len(found.held)
    if not found.held:
        return msg("{channel}: not held yet", channel=name)
    if found.quantity is None:
        return msg("{channel}: held {times} ×, no number told", channel=name, times=times)
    number = f"{found.quantity} {found.channel.measure or ''}".strip()
    if not found.unnumbered:
        return msg("{channel}: held {times} ×, {number}", channel=name, times=times, number=number)
    return msg("{channel}: held {times} ×, {number}; no number told for {count}", channel=name,
               times=times, number=number, count=len(found.unnumbered))  # fmt: skip


def _lines(opened: Opened, plan: Plan, communication: Communication, as_of: date) -> Iterator[str]:
    yield say(msg("{plan}, communication of {year}", plan=plan.id, year=communication.year))
    rows: list[list[str]] = []
    for found in figures([communication], Period(communication.year, 1, 12).days, as_of) or ():
        yield "  " + one_line(say(_figures(found)))
        for activity in found.planned:
            days = [day(held.on) for held in activity.held if held.on <= as_of]
            rows.append([
                str(activity.id), str(activity.channel),
                _units(opened, plan, communication, activity),
                ", ".join(days) or say(msg("not held yet")),
                one_line(f"{activity.name} [{activity.deadline or '-'}]"),
            ])  # fmt: skip
    yield from (f"  {line}" for line in aligned(rows))
