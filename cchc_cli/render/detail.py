"""One task or one deadline in full, as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from cchc_cli.core.agenda import Item
from cchc_cli.core.deadlines.occurrences import Occurrence, Resolution
from cchc_cli.core.deadlines.terms import Deadline
from cchc_cli.core.message import msg
from cchc_cli.core.model import Progress, Task
from cchc_cli.core.schedule import Scheduled
from cchc_cli.core.units import Assignment, Directory
from cchc_cli.i18n import day, say
from cchc_cli.render.labels import KIND, ROLE, status, who
from cchc_cli.render.width import aligned, one_line


def task(
    t: Task, scheduled: Scheduled, items: Sequence[Item], as_of: date, directory: Directory
) -> str:
    """Text, units, each occurrence with its date, how it was reached, status and evidence."""
    lines = [f"{t.id}  {one_line(t.name)}", ""]
    lines += [f"  {say(msg('Product: {text}', text=one_line(p)))}" for p in t.products]
    lines.append(f"  {say(msg('Lead: {text}', text=one_line(t.lead or '-')))}")
    lines.append(f"  {say(msg('Support: {text}', text=one_line(t.support or '-')))}")
    lines += [f"    {line}" for line in _units(directory.assignments(t))]
    lines.append(f"  {say(msg('Deadline as printed: “{text}”', text=one_line(t.deadline or '-')))}")
    if t.reading is not None:
        reading = msg("read as “{wording}”: {reason}", wording=one_line(t.reading.wording),
                      reason=one_line(t.reading.reason))  # fmt: skip
        lines.append(f"    {say(reading)}")
    lines += [f"    {line}" for line in _reading(scheduled.deadline, scheduled.resolution)]
    lines += ["", say(msg("As of {day}", day=as_of))]
    for _period, group in groupby(items, key=lambda item: item.occurrence):
        lines += _occurrence_with_status(list(group))
    return "\n".join(lines)


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
    occurrence = items[0].occurrence
    if occurrence is not None:
        lines += _dated(occurrence)
        if items[0].last_working_day is not None:
            rest = msg("a day of rest; the last working day before is {before}",
                       before=items[0].last_working_day)  # fmt: skip
            lines.append(f"      {say(rest)}")
    rows = [[who(item), say(ROLE[item.assignment.role]), status(item.standing)] for item in items]
    lines += [f"    {line}" for line in aligned(rows)]
    seen: list[Progress] = []
    for item in items:
        for record in item.records:
            if record not in seen:
                seen.append(record)
                lines += [f"      {line}" for line in _record(record)]
    return lines


def _dated(occurrence: Occurrence) -> list[str]:
    due = day(occurrence.due) if occurrence.due else "-"
    start = say(msg("from {start} ", start=occurrence.start)) if occurrence.start else ""
    head = say(msg("{period}: {start}due {due}", period=occurrence.period, start=start, due=due))
    lines = [f"  {head}"]
    for step in occurrence.steps:
        law = f" ({step.law})" if step.law else ""
        lines.append(f"      {say(step.message)}{law}")
    return lines


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
    for template, text in (
        (msg("note: {text}", text=record.note), record.note),
        (msg("difficulty: {text}", text=record.difficulty), record.difficulty),
        (msg("proposal: {text}", text=record.proposal), record.proposal),
    ):
        if text:
            lines.append(one_line(say(template)))
    return lines


def resolution(deadline: Deadline, found: Resolution) -> str:
    """The reading of a text and every date with its steps."""
    lines = [f"“{one_line(deadline.text)}”"]
    lines += [f"  {line}" for line in _reading(deadline, found)]
    for occurrence in found.occurrences:
        lines += _dated(occurrence)
    return "\n".join(lines)
