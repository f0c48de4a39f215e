"""`cchc inspection`: the inspected units of a year, what was found, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.amending import must_exist, refuse, words
from cchc_cli.cli.console import write
from cchc_cli.cli.due_days import days_told
from cchc_cli.cli.entries import CommitOption, DryRunOption
from cchc_cli.cli.recording import (
    ChecksumOption,
    DocDateOption,
    FileOption,
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
from cchc_cli.core.agenda import Agenda
from cchc_cli.core.inspection import problems
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Inspection, Plan, Visit
from cchc_cli.core.schedule import Schedule
from cchc_cli.i18n import _, day, say
from cchc_cli.render.labels import status
from cchc_cli.render.width import aligned, one_line
from cchc_cli.store.output import write_file
from cchc_cli.syntax.edit import Fact
from cchc_cli.syntax.emit import Value

HELP = _("Inspections: plan visits, record them and what they found, write record and report.")

_NOTE = "Kiểm tra cải cách hành chính trong năm: mỗi mục của “visits” là một đơn vị được kiểm tra."

_CALLED = {"held_on": msg("day"), "record": msg("record")}

VisitArgument = Annotated[
    str, typer.Argument(metavar="VISIT", help=_("the id of the visit, such as KT.2025.1"))
]
DeadlineOption = Annotated[
    str | None,
    typer.Option("--deadline", parser=words, metavar=_("TEXT"), help=_("by when, in words")),
]
FormatOption = Annotated[str, typer.Option("--format", help=_("md, docx, pdf, or several"))]


def visit(
    ctx: typer.Context,
    year: YearArgument,
    unit: Annotated[str, typer.Option("--unit", "-u", help=_("the unit to inspect"))],
    deadline: DeadlineOption = None,
    scope: Annotated[
        str | None, typer.Option(parser=words, metavar=_("TEXT"), help=_("what is inspected"))
    ] = None,
    task: TaskOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Plan the inspection of a unit; 1 if the result would have errors."""

    def made(opened: Opened) -> Recorded:
        of = of_year(opened, plan, year)
        inspected = unit_called(opened, unit, "--unit")
        name = next_id(f"KT.{year}", (str(v.id) for i in of.inspections for v in i.visits))
        given: dict[str, Value | None] = {"deadline": deadline, "scope": scope}
        values: dict[str, Value] = {"id": name, "unit": str(inspected.id)}
        values |= {key: value for key, value in given.items() if value}
        facts = [*_of_file(of, year, task=task), Fact(_path(of, year), "visits", values)]
        subject = msg("inspection: {visit} planned ({unit})", visit=name, unit=inspected.id)

        def then(opened: Opened, now: Plan) -> Iterable[Message]:
            schedule = Schedule(now, opened.workspace.calendar, today())
            if deadline is None:
                return ()
            scheduled = in_year(schedule.of_wording(deadline), year)
            return days_told(name, deadline, scheduled)

        return Recorded(of, name, facts, subject, then)

    return enter(ctx, made, dry_run=dry_run, commit_it=commit)


def team(
    ctx: typer.Context,
    year: YearArgument,
    member: Annotated[
        str | None, typer.Option(parser=words, metavar=_("TEXT"), help=_("the name of a member"))
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(parser=words, metavar=_("TEXT"), help=_("what the document calls them")),
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", "-u", help=_("the member’s unit"))] = None,
    authority: Annotated[
        str | None,
        typer.Option(parser=words, metavar=_("TEXT"), help=_("the document that set up the team")),
    ] = None,
    on: Annotated[
        date | None, typer.Option(parser=a_day, metavar=_("DATE"), help=_("the document’s day"))
    ] = None,
    task: TaskOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Record the document that sets up the team, or a member of it; 1 if there would be errors."""
    if not (member or authority or on or task):
        refuse(msg("what is to be recorded? Give --authority, --member or --task"), "--member")
    if member is None and (role or unit):
        refuse(msg("name the member, too, with --member"), "--member")

    def made(opened: Opened) -> Recorded:
        of = of_year(opened, plan, year)
        facts = _of_file(of, year, task=task, authority=authority, on=on)
        if member:
            of_unit = str(unit_called(opened, unit, "--unit").id) if unit else None
            values = {"name": member, "role": role, "unit": of_unit}
            said: dict[str, Value] = {key: value for key, value in values.items() if value}
            facts.append(Fact(_path(of, year), "team", said))
        name = say(msg("inspection of {year}", year=year))
        return Recorded(of, name, facts, msg("inspection: team of {year}", year=year), _silent)

    return enter(ctx, made, dry_run=dry_run, commit_it=commit)


def held(
    ctx: typer.Context,
    visit: VisitArgument,
    on: Annotated[
        date | None,
        typer.Option(parser=a_day, metavar=_("DATE"), help=_("the day on which it was held")),
    ] = None,
    record: Annotated[
        str | None, typer.Option(metavar=_("TEXT"), help=_("the document that records it"))
    ] = None,
    doc_date: DocDateOption = None,
    title: TitleOption = None,
    file: FileOption = None,
    checksum: ChecksumOption = False,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add the day and the record to a visit; 1 if the result would have errors."""
    proof = evidence_of(ctx, Proof(record, doc_date, title, file, checksum))
    if on is None and not proof:
        refuse(msg("on which day was it held? Give --on"), "--on")
    values: dict[str, Value] = {} if on is None else {"held_on": past(on, "--on")}
    if proof:
        values["record"] = proof[0]

    def made(opened: Opened) -> Recorded:
        of, known = _visit(opened, plan, visit)
        for key in values:
            if getattr(known, key) is not None:
                refuse(msg("{visit} has its {what} already; if that is wrong, mend it in {path}",
                           visit=known.id, what=_CALLED[key], path=known.span.path),
                       "VISIT")  # fmt: skip
        facts = [Fact(known.span.path, "visits", values, to=str(known.id))]
        subject = msg("inspection: {visit} held", visit=known.id)
        if on is not None:
            must_exist(unit_called(opened, known.unit, "VISIT"), on, "--on")
        return Recorded(of, str(known.id), facts, subject, _silent)

    return enter(ctx, made, dry_run=dry_run, commit_it=commit)


def finding(
    ctx: typer.Context,
    visit: VisitArgument,
    problem: Annotated[
        str, typer.Argument(metavar="PROBLEM", parser=words, help=_("what was found, in words"))
    ],
    measure: Annotated[
        str | None,
        typer.Option(parser=words, metavar=_("TEXT"), help=_("what the unit is to do about it")),
    ] = None,
    deadline: DeadlineOption = None,
    plan: PlanOption = None,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Add a problem to a visit that was held; 1 if the result would have errors."""

    def made(opened: Opened) -> Recorded:
        of, known = _visit(opened, plan, visit)
        if known.held_on is None:
            refuse(msg("{visit} has not been held yet; first: cchc inspection held {visit} --on …",
                       visit=known.id), "VISIT")  # fmt: skip
        name = next_id(str(known.id), (str(found.id) for found in known.findings))
        given = {"id": name, "name": problem, "measure": measure, "deadline": deadline}
        values: dict[str, Value] = {key: value for key, value in given.items() if value}
        facts = [Fact(known.span.path, "visits", {"findings": [values]}, to=str(known.id))]
        subject = msg("inspection: {finding} found ({unit})", finding=name, unit=known.unit)

        def then(opened: Opened, now: Plan) -> Iterable[Message]:
            schedule = Schedule(now, opened.workspace.calendar, today())
            (found,) = (found for found in now.findings if found.id == name)
            yield from days_told(name, deadline, schedule.of_finding(found))
            yield msg("once it is settled: cchc done {finding} --unit {unit} --on … --doc …",
                      finding=name, unit=known.unit)  # fmt: skip

        return Recorded(of, name, facts, subject, then)

    return enter(ctx, made, dry_run=dry_run, commit_it=commit)


def show(
    ctx: typer.Context,
    year: Annotated[int | None, typer.Option("--year", help=_("only this year"))] = None,
    as_of: AsOfOption = None,
    plan: PlanOption = None,
) -> int:
    """Print every visit with what it found; 1 if the plans have errors."""
    opened = open_plans(ctx)
    agendas = [opened.agenda(each, as_of or today()) for each in chosen_plans(opened, plan)]
    visits = findings = 0
    for agenda in agendas:
        for inspection in agenda.plan.inspections:
            if year in (None, inspection.year):
                write("\n".join(_lines(agenda, inspection)))
                visits += len(inspection.visits)
                findings += sum(len(v.findings) for v in inspection.visits)
    write(say(msg("Visits: {visits}, problems found: {findings}.", visits=visits,
                  findings=findings)))  # fmt: skip
    return 1 if warn_of_errors(opened, [agenda.schedule for agenda in agendas]) else 0


def _lines(agenda: Agenda, inspection: Inspection) -> Iterator[str]:
    yield say(msg("{plan}, inspection of {year}", plan=agenda.plan.id, year=inspection.year))
    rows = []
    items_of = {id(problem.finding): problem.items for problem in problems(agenda)}
    for each in inspection.visits:
        planned = one_line(each.deadline or "-")
        was = each.held_on is not None and each.held_on <= agenda.as_of
        when = msg("held on {day}", day=each.held_on) if was else msg("not inspected yet")
        rows.append([str(each.id), str(each.unit), say(when), planned])
        for found in each.findings:
            items = items_of.get(id(found), ())
            states = "; ".join(status(item.standing) for item in items) or "-"
            days = ", ".join(day(item.due) for item in items if item.due) or "-"
            rows.append([f"  {found.id}", days, states, one_line(found.name)])
    yield from (f"  {line}" for line in aligned(rows))


def record(
    ctx: typer.Context,
    visit: VisitArgument,
    plan: PlanOption = None,
    output: FormatOption = "docx",
    out: Annotated[Path, typer.Option(help=_("the folder to write to"))] = Path("inspections"),
) -> int:
    """Write the record of a visit to be signed, and print its path; 1 if the plans have errors."""
    from cchc_cli.cli.documents import WORDS, chosen_forms, in_forms, in_vietnamese
    from cchc_cli.core.inspected import record as record_of

    forms = chosen_forms(output, ("docx", "pdf"))
    opened = open_plans(ctx)
    of, known = _visit(opened, plan, visit)
    agenda = opened.agenda(of, max(today(), known.held_on or today()))
    with in_vietnamese():
        found = record_of(agenda, opened.workspace.office, known, WORDS)
    stem = f"{of.id}-bien-ban-kiem-tra-{known.id}"
    made = in_forms(opened, "inspection_record", forms, {"record": found}, stem, agenda.as_of)
    for form, content in made.items():
        write(str(write_file(out, f"{stem}.{form}", content)))
    return 1 if warn_of_errors(opened, [agenda.schedule]) else 0


def report(
    ctx: typer.Context,
    year: YearArgument,
    as_of: AsOfOption = None,
    plan: PlanOption = None,
    output: FormatOption = "md,docx",
    out: Annotated[Path, typer.Option(help=_("the folder to write to"))] = Path("inspections"),
) -> int:
    """Write the report on a year’s inspection, and print its paths; 1 if the plans have errors."""
    from cchc_cli.cli.documents import WORDS, chosen_forms, in_forms, in_vietnamese
    from cchc_cli.core.inspected import results

    forms = chosen_forms(output)
    opened = open_plans(ctx)
    of = of_year(opened, plan, year)
    agenda = opened.agenda(of, as_of or today())
    with in_vietnamese():
        found = results(agenda, opened.workspace.office, year, WORDS, len(opened.errors))
    if found is None:
        refuse(msg("nothing is kept of the inspection of {year}; begin with: cchc inspection visit "
                   "{year} --unit …", year=year), "YEAR")  # fmt: skip
    stem = f"{of.id}-ket-qua-kiem-tra-{year}"
    made = in_forms(opened, "inspection_report", forms, {"results": found}, stem, agenda.as_of)
    for form, content in made.items():
        write(str(write_file(out, f"{stem}.{form}", content)))
    return 1 if warn_of_errors(opened, [agenda.schedule]) else 0


VERBS = {
    "visit": (_("Plan the inspection of a unit."), visit),
    "team": (_("Record the document that sets up the team, or a member of it."), team),
    "held": (_("Record the day on which a visit was held, and its record."), held),
    "finding": (_("Record a problem that a visit found, with measure and deadline."), finding),
    "list": (_("Every visit with its day and what it found."), show),
    "record": (_("Write the record (biên bản) of a visit, filled in where known."), record),
    "report": (_("Write the report on the results of a year’s inspection."), report),
}


def _path(plan: Plan, year: int) -> str:
    return f"plans/{plan.id}/inspection/{year}.yaml"


def _of_file(plan: Plan, year: int, **values: Value | None) -> list[Fact]:
    """What the file of the year is to say of itself, and does not yet."""
    kept = next((one for one in plan.inspections if one.year == year), None)
    said = {key: value for key, value in values.items() if value is not None}
    return unsaid(plan, _path(plan, year), kept, said, head(_NOTE, year))


def _visit(opened: Opened, plan: str | None, wanted: str) -> tuple[Plan, Visit]:
    every = [(of, visit) for of in chosen_plans(opened, plan)
             for inspection in of.inspections for visit in inspection.visits]  # fmt: skip
    found = only(every, wanted)
    if found is None:
        ids = [str(visit.id) for _plan, visit in every]
        refuse(msg("no visit “{visit}”; there are: {known}. Plan one with: cchc inspection visit",
                   visit=wanted, known=meant(wanted, ids)), "VISIT")  # fmt: skip
    return found


def _silent(_opened: Opened, _plan: Plan) -> Iterable[Message]:
    return ()
