"""`cchc collect`: what the units wrote into their forms, recorded all together or not at all."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.console import complain, write
from cchc_cli.cli.entries import CommitOption, DryRunOption, commit, progress, put, read_files, tell
from cchc_cli.cli.recording import in_brief
from cchc_cli.cli.settings import Opened, opened_from, plan_root, today
from cchc_cli.core.form import (
    Form,
    Place,
    Refusal,
    Row,
    contradictions,
    impossible,
    news,
    occurrence_of,
    says_something,
)
from cchc_cli.core.lineage import Node
from cchc_cli.core.message import Message, msg
from cchc_cli.core.model import Evidence, Plan, Progress, State, Unit
from cchc_cli.core.wording import closest
from cchc_cli.i18n import _, say
from cchc_cli.i18n import day as written
from cchc_cli.render.width import one_line
from cchc_cli.store.files import CannotRun, reason
from cchc_cli.store.writing import one_writer
from cchc_cli.syntax.edit import Fact
from cchc_cli.syntax.emit import Value
from cchc_cli.syntax.xlsx_form import MAX_BYTES, read_form

HELP = _("Read filled forms back: show what they say, and record it, all or nothing.")


class _Gathered(NamedTuple):
    """What the forms bring: new entries with their rows, rows already on record, refusals."""

    new: list[tuple[Row, Progress]]
    entries: list[Fact]
    known: list[Row]
    refused: list[Refusal]


def run(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=_("filled forms (.xlsx)"))],
    dry_run: DryRunOption = False,
    commit_it: CommitOption = False,
) -> int:
    """Record what is new; 1 if anything is refused, and then nothing is written."""
    root = plan_root(ctx)
    read = [read_form(str(file), _bytes(file)) for given in files for file in _named(given)]
    forms = [form for form, _refused in read if form is not None]
    refused = [refusal for _form, found in read for refusal in found]
    with one_writer(root):
        plans = read_files(root)
        found = _gathered(opened_from(root, plans.loaded), forms, today())
        _show(found)
        if _refuse([*refused, *found.refused]):
            return 1
        added = put(plans, found.entries, dry_run=dry_run)
    if added is None:
        return 1
    said = msg("would record {count} entries") if dry_run else msg("{count} entries recorded")
    (write if dry_run else tell)(say(Message(said.template, {"count": len(found.entries)})))
    if commit_it and added.changes and not dry_run:
        about = dict.fromkeys(f"{form.head.unit} {form.head.period}" for form in forms)
        commit(root, added.changes, msg("progress: {what}", what=", ".join(about)))
    return 0


def _named(file: Path) -> list[Path]:
    """The forms that a pattern such as `*.xlsx` stands for; shells of Windows leave it as it is."""
    if "*" not in file.name:
        return [file]
    found = sorted(file.parent.glob(file.name))
    return [f for f in found if not f.name.startswith("~$")] or [file]  # Excel has those open


def _bytes(file: Path) -> bytes:
    """A file, up to one byte more than a form may have."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as failure:
        message = msg("“{path}” cannot be read: {reason}", path=str(file),
                      reason=reason(failure))  # fmt: skip
        raise CannotRun(message, msg("give the path of a filled form (.xlsx)")) from None


# -- what is new -----------------------------------------------------------------------------------


def _gathered(opened: Opened, forms: Sequence[Form], day: datetime.date) -> _Gathered:
    found = _Gathered([], [], [], [])
    collected: dict[tuple[str, ...], list[Progress]] = {}  # of rows further up, or another form
    for form in forms:
        owner = _owner(opened, form)
        if isinstance(owner, Refusal):
            found.refused.append(owner)
            continue
        plan, unit = owner
        agenda = opened.agenda(plan, day)
        existing = {occurrence_of(item) for item in agenda.items(unit=unit)}
        for row in form.rows:
            at = Node(str(plan.id), str(row.said.task), str(row.said.period or ""))
            divided = opened.lineage.parts_of(at, str(unit.id)) if says_something(row.said) else []
            refused = list(_stale(row, form, existing)) or list(impossible(row, plan, day))
            refused = refused or list(_divided(row, divided))
            if not refused:
                key = (str(row.said.unit), str(row.said.task), str(row.said.period or ""))
                so_far = collected.setdefault((str(plan.id), *key), [])
                records = [*agenda.entries(*key), *so_far]
                new = news(row, records)
                refused = list(contradictions(row, new, records))
                if not refused and says_something(new):
                    entry = new._replace(recorded_on=day)
                    so_far.append(entry)
                    found.new.append((row, entry))
                    home = opened.lineage.home(at, str(unit.id))
                    values = {**_values(entry), "task": home.task}
                    found.entries.append(progress(home.plan, str(unit.id), values))
                elif not refused:
                    found.known.append(row)
            found.refused.extend(refused)
    return found


def _owner(opened: Opened, form: Form) -> tuple[Plan, Unit] | Refusal:
    plan = opened.workspace.plans.get(form.head.plan)
    unit = opened.directory.units.get(form.head.unit)
    if plan is not None and unit is not None:
        return plan, unit
    if plan is None:
        known = ", ".join(opened.workspace.plans) or "-"
        message = msg("the form is of the plan “{plan}”; here are: {known}", plan=form.head.plan,
                      known=known)  # fmt: skip
        hint = msg("collect it where that plan is kept (cd …, or --root)")
    else:
        near = closest(form.head.unit, opened.directory.units) or list(opened.directory.units)
        message = msg("the form is of the unit “{unit}”; here are: {known}", unit=form.head.unit,
                      known=", ".join(near))  # fmt: skip
        hint = msg("write a new form for the unit that has its tasks now")
    return Refusal(Place(form.file), message, hint)


def _stale(row: Row, form: Form, existing: set[tuple[str, str]]) -> Iterator[Refusal]:
    task, period = str(row.said.task), str(row.said.period or "")
    if (task, period) not in existing:
        message = msg("{task}, period {period}, is no longer a task of {unit}", task=task,
                      period=period or "-", unit=form.head.unit)  # fmt: skip
        yield Refusal(row.at(1), message, msg("see “cchc show {task}”; clear this row", task=task))


def _divided(row: Row, parts: Sequence[Node]) -> Iterator[Refusal]:
    if parts:
        message = msg("{task} is divided into parts, and its state follows from these; record it "
                      "for: {parts}", task=row.said.task,
                      parts=", ".join(map(in_brief, parts)))  # fmt: skip
        yield Refusal(row.at(1), message, msg("write a form of the plan that has these"))


def _values(entry: Progress) -> dict[str, Value]:
    """An entry by the keys of the file."""
    values: dict[str, Value] = {"task": str(entry.task)}
    if entry.period:
        values["period"] = str(entry.period)
    if entry.state:
        values["state"] = entry.state.value
    days = {"completed_on": entry.completed_on, "recorded_on": entry.recorded_on}
    values |= {key: day for key, day in days.items() if day is not None}
    if entry.evidence:
        values["evidence"] = [_proof(evidence) for evidence in entry.evidence]
    texts = {"note": entry.note, "difficulty": entry.difficulty, "proposal": entry.proposal}
    return {**values, **{key: str(text) for key, text in texts.items() if text}}


def _proof(evidence: Evidence) -> dict[str, Value]:
    given = {"document": evidence.document, "date": evidence.date, "title": evidence.title}
    return {key: value for key, value in given.items() if value}


# -- what people see -------------------------------------------------------------------------------


def _show(found: _Gathered) -> None:
    for row, entry in found.new:
        write(say(_line(row, "; ".join(map(say, _said(entry))))))
    for row in found.known:
        write(say(_line(row, say(msg("on record already, nothing to add")))))


def _line(row: Row, what: str) -> Message:
    said = row.said
    return msg("{file}, row {row}: {unit} {task} ({period}): {what}", file=row.place.file,
               row=row.place.row, unit=said.unit, task=said.task, period=said.period or "-",
               what=what)  # fmt: skip


def _said(entry: Progress) -> Iterator[Message]:
    if entry.state is State.DONE:
        yield msg("done on {day}", day=entry.completed_on)
    elif entry.state:
        yield msg("work has begun")
    for document, day, title, *_rest in entry.evidence:
        words = [str(document or ""), written(day) if day else "", str(title or "")]
        yield msg("document “{text}”", text=one_line(", ".join(filter(None, words))))
    if entry.note:
        yield msg("note “{text}”", text=one_line(entry.note))
    if entry.difficulty:
        yield msg("difficulty “{text}”", text=one_line(entry.difficulty))
    if entry.proposal:
        yield msg("proposal “{text}”", text=one_line(entry.proposal))


def _refuse(refusals: Sequence[Refusal]) -> bool:
    """Say what is refused, by file and cell, and that nothing was written."""
    for refusal in refusals:
        place = refusal.place
        message = (
            msg("{file}, cell {cell}: {message}", file=place.file, cell=place.cell,
                message=refusal.message)
            if place.cell
            else msg("{file}: {message}", file=place.file, message=refusal.message)
        )  # fmt: skip
        write(one_line(say(message)), sys.stderr)
        if refusal.hint is not None:
            write(say(msg("  → {hint}", hint=refusal.hint)), sys.stderr)
    if refusals:
        complain(msg("nothing was written"))
    return bool(refusals)
