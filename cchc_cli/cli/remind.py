"""`cchc remind`: a follow-up letter to each unit that owes something."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.documents import WORDS, in_vietnamese, rendered
from cchc_cli.cli.selection import WithinOption
from cchc_cli.cli.settings import (
    AsOfOption,
    Opened,
    PlanOption,
    UnitOption,
    chosen_plans,
    chosen_unit,
    one_of,
    open_plans,
    today,
    warn_of_errors,
)
from cchc_cli.core.message import Message, msg
from cchc_cli.core.reminder import Letter, Round, Sender, remind
from cchc_cli.i18n import _, say
from cchc_cli.render.labels import who
from cchc_cli.store.output import write_file

HELP = _("Write a follow-up letter to each unit that owes something.")

_FORMATS = ("md", "docx", "eml")


def run(
    ctx: typer.Context,
    unit: UnitOption = None,
    within: WithinOption = None,
    as_of: AsOfOption = None,
    plan: PlanOption = None,
    output: Annotated[
        str, typer.Option("--format", help=_("md, docx, eml, or several with commas between"))
    ] = "md,docx",
    out: Annotated[Path, typer.Option(help=_("the folder to write to"))] = Path("reminders"),
) -> int:
    """Write the letters and print their paths; 1 if the plans have errors."""
    formats = [one_of(name.strip(), _FORMATS, "--format") for name in output.split(",")]
    opened = open_plans(ctx)
    plans = chosen_plans(opened, plan)
    of_unit = chosen_unit(opened, unit)
    as_of = as_of or today()
    soon = opened.soon if within is None else within
    sender = Sender(opened.workspace.office, WORDS, soon, len(opened.errors))
    agendas = opened.agendas(plans, as_of, within)
    with in_vietnamese():
        rounds = [remind(agenda, sender, of_unit) for agenda in agendas]
    written = [
        (f"{_stem(letter)}.{form}", content)
        for found in rounds
        for letter in found.letters
        for form, content in _files(opened, letter, formats).items()
    ]
    for name, content in written:
        write(str(write_file(out, name, content)))
    for note in _notes(rounds):
        write(say(note), sys.stderr)
    return 1 if warn_of_errors(opened, [agenda.schedule for agenda in agendas]) else 0


def _stem(letter: Letter) -> str:
    return f"{letter.plan}-nhac-viec-{letter.unit_id}-{letter.as_of.isoformat()}"


def _files(opened: Opened, letter: Letter, formats: list[str]) -> dict[str, bytes]:
    """The letter in each format asked for, in their order."""

    def by(template: str) -> bytes:
        return rendered(opened, template, {"letter": letter}, _stem(letter), letter.as_of)

    word = by("reminder.docx") if {"docx", "eml"} & set(formats) else b""
    found: dict[str, bytes] = {}
    for form in formats:
        if form == "md":
            found[form] = by("reminder.md.jinja")
        elif form == "docx":
            found[form] = word
        else:
            from cchc_cli.render.eml import draft

            text = by("reminder.txt.jinja").decode()
            found[form] = draft(text, word, f"{_stem(letter)}.docx", letter.as_of)
    return found


def _notes(rounds: list[Round]) -> list[Message]:
    """Who gets no letter, and what stands in none."""
    notes = []
    if not any(found.letters for found in rounds):
        notes.append(msg("Nothing is overdue or due soon: no letter was written."))
    else:
        addressed = {letter.unit_id for found in rounds for letter in found.letters}
        free = {str(u.id): None for found in rounds for u in found.free if u.id not in addressed}
        if free:
            notes.append(msg("No letter to those who owe nothing: {units}", units=", ".join(free)))
    unaddressed = [f"{item.of.id} ({who(item)})" for found in rounds for item in found.unaddressed]
    if unaddressed:
        notes.append(
            msg(
                "In no letter, since the plan names no unit that leads it: {tasks}",
                tasks=", ".join(dict.fromkeys(unaddressed)),
            )
        )
    return notes
