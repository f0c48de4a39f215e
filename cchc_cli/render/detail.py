"""One task or one deadline in full, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from cchc_cli.core.agenda import Item
from cchc_cli.core.deadlines.occurrences import Occurrence, Resolution
from cchc_cli.core.deadlines.terms import Deadline
from cchc_cli.core.handover import Handover
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Addition, Halt, HaltKind, Origin, Progress, Rewording, Task
from cchc_cli.core.schedule import Scheduled
from cchc_cli.core.units import Assignment, Directory
from cchc_cli.i18n import day, say
from cchc_cli.render.labels import KIND, ROLE, status, who
from cchc_cli.render.width import aligned, one_line


def task(
    t: Task, scheduled: Scheduled, items: Sequence[Item], as_of: date, directory: Directory
) -> str:
    """Text, units, each occurrence with its date, how it was reached, status and evidence."""
    printed = t.printed or t
    cells = [msg("Product: {text}", text=one_line(product)) for product in t.products]
    cells.append(msg("Lead: {text}", text=one_line(t.lead or "-")))
    cells.append(msg("Support: {text}", text=one_line(t.support or "-")))
    lines = [f"{t.id}  {one_line(t.name)}", ""]
    if printed.name != t.name:
        lines += _indented(2, [say(msg("Name as printed: “{text}”", text=one_line(printed.name)))])
    lines += _indented(2, map(say, cells))
    lines += _indented(4, _units(directory.assignments(t)))
    said = msg("Deadline as printed: “{text}”", text=one_line(printed.deadline or "-"))
    lines += _indented(2, [say(said)])
    if t.parent is not None:
        lines += _indented(2, [say(_carried_out(t.parent))])
    for step in t.amended:
        lines += _indented(2, map(say, _amended(step)))
    if t.reading is not None:
        wording, reason = one_line(t.reading.wording), one_line(t.reading.reason)
        pinned = msg("read as “{wording}”: {reason}", wording=wording, reason=reason)
        lines += _indented(4, [say(pinned)])
    lines += _indented(4, _reading(scheduled.deadline, scheduled.resolution))
    lines += ["", say(msg("As of {day}", day=as_of))]
    for _occurrence, group in groupby(items, key=lambda item: item.occurrence):
        lines += _occurrence_with_status(list(group))
    return "\n".join(lines)


def _carried_out(parent: Origin) -> Message:
    """Whose work it is part of."""
    period = f" ({one_line(parent.period)})" if parent.period else ""
    return msg("Carries out {task} of the plan above", task=f"{one_line(parent.task)}{period}")


def _amended(step: Addition | Rewording) -> Iterator[Message]:
    """What a document made of the task."""
    why = {"authority": one_line(step.authority), "on": step.on, "reason": one_line(step.reason)}
    if isinstance(step, Addition):
        yield msg("added by {authority} of {on}: {reason}", **why)
        return
    yield msg("worded anew by {authority} of {on}: {reason}", **why)
    if step.name:
        yield msg("  Name: “{text}”", text=one_line(step.name))
    for product in step.products:
        yield msg("  Product: “{text}”", text=one_line(product))
    if step.deadline:
        yield msg("  Deadline: “{text}”", text=one_line(step.deadline))


def _indented(blanks: int, lines: Iterable[str]) -> list[str]:
    return [" " * blanks + line for line in lines]


def _units(assignments: Iterable[Assignment]) -> list[str]:
    rows = []
    for a in assignments:
        name = f"{a.unit.id} · {a.unit.name}" if a.unit else say(msg("members not named"))
        via = say(msg("via “{group}”", group=a.via.name)) if a.via else say(msg("by name"))
        rows.append([say(ROLE[a.role]), name, via])
    return aligned(rows)


def _reading(deadline: Deadline, resolution: Resolution) -> list[str]:
    lines = [say(msg("kind: {kind}", kind=KIND[deadline.kind]))]
    if deadline.event:
        lines.append(say(msg("waits for: {event}", event=deadline.words(deadline.event))))
    if deadline.ad_hoc:
        lines.append(say(msg("and also on request, with no day of its own")))
    if deadline.work is not None:
        work = deadline.words(deadline.work)
        lines.append(say(msg("“{work}” is taken as the work, not its time", work=work)))
    lines += [say(msg("no date: {problem}", problem=problem)) for problem in resolution.problems]
    if resolution.missing_years:
        years = ", ".join(str(year) for year in resolution.missing_years)
        lines.append(
            say(
                msg(
                    "WARNING: no working calendar for {years}; holidays are not counted",
                    years=years,
                )
            )
        )
    return lines


def _occurrence_with_status(items: list[Item]) -> list[str]:
    lines = []
    occurrence, before = items[0].occurrence, items[0].last_working_day
    if occurrence is not None:
        lines += _dated(occurrence)
    if before is not None:
        rest = msg("a day of rest; the last working day before is {before}", before=before)
        lines += _indented(6, [say(rest)])
    rows = [[who(item), say(ROLE[item.assignment.role]), status(item.standing)] for item in items]
    lines += _indented(4, aligned(rows))
    if items[0].halt is not None:
        lines += _indented(6, [_halted(items[0].halt)])
    for step in dict.fromkeys(step for item in items for step in item.passed):
        lines += _indented(6, [_passed(step)])
    records = dict.fromkeys(record for item in items for record in item.records)
    for record in records:
        lines += _indented(6, _record(record))
    return lines


def _halted(halt: Halt) -> str:
    cancelled = halt.kind is HaltKind.CANCELLED
    why = {"day": halt.on, "authority": one_line(halt.authority), "reason": one_line(halt.reason)}
    if cancelled:
        return say(msg("cancelled from {day} on by {authority}: {reason}", **why))
    return say(msg("suspended from {day} on by {authority}: {reason}", **why))


def _passed(step: Handover) -> str:
    by = ": ".join(one_line(text) for text in (step.authority, step.reason) if text)
    passed = msg("passed from {giver} to {taker} on {day}", giver=step.giver.id,
                 taker=step.taker.id, day=step.on)  # fmt: skip
    return f"{say(passed)} ({by})" if by else say(passed)


def _dated(occurrence: Occurrence) -> list[str]:
    due = day(occurrence.due) if occurrence.due else "-"
    start = say(msg("from {start} ", start=occurrence.start)) if occurrence.start else ""
    head = say(msg("{period}: {start}due {due}", period=occurrence.period, start=start, due=due))
    steps = [f"{say(s.message)} ({s.law})" if s.law else say(s.message) for s in occurrence.steps]
    return [*_indented(2, [head]), *_indented(6, steps)]


def _record(record: Progress) -> list[str]:
    lines = []
    if record.completed_on:
        lines.append(
            say(msg("{unit}: completed on {day}", unit=record.unit, day=record.completed_on))
        )
    for evidence in record.evidence:
        text = " · ".join(
            one_line(str(piece))
            for piece in (evidence.document, evidence.title, evidence.file)
            if piece
        )
        lines.append(say(msg("evidence: {text}", text=text)))
    remarks = (
        msg("note: {text}", text=record.note),
        msg("difficulty: {text}", text=record.difficulty),
        msg("proposal: {text}", text=record.proposal),
    )
    return lines + [one_line(say(remark)) for remark in remarks if remark.values["text"]]


def resolution(deadline: Deadline, found: Resolution) -> str:
    """The reading of a text and every date with its steps."""
    lines = [f"“{one_line(deadline.text)}”", *_indented(2, _reading(deadline, found))]
    for occurrence in found.occurrences:
        lines += _dated(occurrence)
    return "\n".join(lines)
