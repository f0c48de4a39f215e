"""`cchc import FILE`: the plan that stands in a Word, Excel or PDF file, as YAML to be reviewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from cchc_cli.cli.console import complain, wrapped, write
from cchc_cli.cli.entries import Files, read_files
from cchc_cli.cli.founding import beginnings, counted, findings_of, next_steps
from cchc_cli.cli.settings import Opened, chosen_plans, opened_from, plan_root, today
from cchc_cli.core.diagnostics import Diagnostic, has_errors
from cchc_cli.core.founding import shortest
from cchc_cli.core.intake.content import Content, Doubt
from cchc_cli.core.intake.draft import Draft, NoTable, carried_over, drafted
from cchc_cli.core.message import msg
from cchc_cli.core.model import Plan
from cchc_cli.core.periods import Years, parse_years
from cchc_cli.documents.package import CannotRead
from cchc_cli.i18n import _, say
from cchc_cli.render import intake as render
from cchc_cli.store.files import CannotRun, reason
from cchc_cli.store.output import free_name, replace_file
from cchc_cli.store.writing import Change, one_writer, write_changes
from cchc_cli.syntax.planting import planted_plan
from cchc_cli.syntax.starting import no_plan_id

HELP = _(
    "Write the plan that stands in a Word, Excel or PDF file as YAML, with a list of every doubt; "
    "--update compares it with the plan at hand instead."
)
_LARGEST = 60_000_000  # bytes; the reader of each kind allows fewer
_ZIP, _OLD, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
_KINDS = msg("give a Word (.docx, .doc), Excel (.xlsx) or PDF file that holds the plan’s table")


class _Target(NamedTuple):
    """Where the plan goes: its id and years, and the plan there that is only begun, if any."""

    id: str
    years: Years
    begun: Plan | None
    doubts: tuple[Doubt, ...]


def run(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("the document that was signed"))],
    plan: Annotated[
        str | None, typer.Option("--plan", help=_("the id of the plan (cchc-2026-2030)"))
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(metavar="2026-2030", help=_("the plan’s years (as its title names them)")),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help=_("compare with the plan at hand; write nothing"))
    ] = False,
    out: Annotated[
        Path, typer.Option("--out", help=_("the folder for the list of doubts"))
    ] = Path(),
) -> int:
    """Write a new plan and what is to be looked at; 1 if the plan has errors."""
    root = plan_root(ctx)
    given = _years(years) if years is not None else None
    draft = _draft(file)
    if update:
        return _compare(read_files(root), draft, plan, file.name)
    with one_writer(root):
        files = read_files(root)
        target = _target(files, draft, plan, given)
        changes = _changes(files, draft, target, file.name)
        found = findings_of(files.after(changes), target.id)
        doubts = [*draft.doubts, *target.doubts]
        title = msg("To review: {plan}, from “{file}”", plan=target.id, file=file.name)
        listing = free_name(out, f"{file.stem}-can-xem-lai")
        review = render.review(title, draft.counts, doubts, found)
        replace_file(listing, review.encode())
        write_changes(root, changes)
    _tell(draft, doubts, found, changes, listing)
    _next(target, found)
    return 1 if has_errors(found) else 0


# -- the file --------------------------------------------------------------------------------------


def _draft(file: Path) -> Draft:
    try:
        return drafted(_content(file.suffix.lower(), _bytes(file)))
    except (CannotRead, NoTable) as failure:
        message = msg("{file}: {message}", file=file.name, message=failure.message)
        raise CannotRun(message, failure.hint or _KINDS) from None


def _bytes(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > _LARGEST:
            message = msg("“{path}” is larger than {limit} MB", path=str(file),
                          limit=_LARGEST // 1_000_000)  # fmt: skip
            raise CannotRun(message, msg("take pictures out of it, or import the table alone"))
        return file.read_bytes()
    except OSError as failure:
        message = msg("“{path}” cannot be read: {reason}", path=str(file), reason=reason(failure))
        raise CannotRun(message, _KINDS) from None


def _content(suffix: str, content: bytes) -> Content:
    """What stands in the file, by what it is; its name counts only where that does not tell."""
    if content.startswith(_PDF):
        from cchc_cli.documents import pdf

        return pdf.read(content)
    if content.startswith(_OLD):
        if suffix != ".doc":
            raise CannotRead(
                msg("the file has a password, or is of the old kind .xls"),
                msg("save it as .xlsx or .docx without a password"),
            )
        from cchc_cli.store.soffice import convert

        suffix, content = ".docx", convert(content, ".doc", "docx")
    if not content.startswith(_ZIP):
        raise CannotRead(
            msg("plain text does not keep the columns of a table, so it cannot be imported"),
            msg("import the Word, Excel or PDF file that the text was taken from"),
        )
    return _packed(suffix, content)


def _packed(suffix: str, content: bytes) -> Content:
    from cchc_cli.documents.package import Package

    names = Package(content).names
    if any(name.startswith("xl/") for name in names):
        from cchc_cli.documents import sheets

        return sheets.read(content)
    if any(name.startswith("word/") for name in names):
        from cchc_cli.documents import word_content

        return word_content.read(content)
    raise CannotRead(
        msg("a file of the kind “{kind}” is not read", kind=suffix or "?"),
        msg("open it in its program and save it as .docx or .xlsx"),
    )


# -- where it goes ---------------------------------------------------------------------------------


def _years(text: str) -> Years:
    found = parse_years(text)
    if found is None:
        message = msg("“{text}” are no years; write them as 2026-2030", text=text)
        raise typer.BadParameter(say(message), param_hint="--years")
    return found


def _target(files: Files, draft: Draft, plan: str | None, given: Years | None) -> _Target:
    plans = files.loaded.workspace.plans
    begun = [str(name) for name, held in plans.items() if _only_begun(held)]
    if plan is None and len(begun) == 1:
        plan = begun[0]
    held = plans.get(plan) if plan is not None else None
    years = given or (held.period if held else None) or draft.years
    if years is None:
        message = msg("the title of the document names no years; give them: --years 2026-2030")
        raise typer.BadParameter(say(message), param_hint="--years")
    plan = plan or f"cchc-{shortest(years)}"
    wrong = no_plan_id(plan)
    if wrong is not None:
        raise typer.BadParameter(say(wrong), param_hint="--plan")
    if plan not in begun and any((files.root / "plans" / plan).glob("*")):
        raise CannotRun(
            msg("there is a plan “{plan}” already; nothing was written", plan=plan),
            msg("compare it with “cchc import FILE --update --plan {plan}”, or give another id "
                "with --plan", plan=plan),
        )  # fmt: skip
    return _Target(plan, years, held, tuple(_of_years(draft, years, given)))


def _only_begun(plan: Plan) -> bool:
    """Whether a plan has no tasks and no text, so that an import destroys nothing."""
    return not plan.fields and not (plan.document and plan.document.parts)


def _of_years(draft: Draft, years: Years, given: Years | None) -> list[Doubt]:
    found = []
    if draft.years is not None and draft.years != years:
        message = msg("the title names the years {title}, the plan has {years}",
                      title=str(draft.years), years=str(years))  # fmt: skip
        found.append(Doubt(message))
    elif given is None and draft.years is not None:
        message = msg("the years {years} are those that the title names", years=str(years))
        found.append(Doubt(message))
    if draft.day:
        message = msg("“effective: {day}” is the day of the document: see whether the plan holds "
                      "from then on", day=draft.day)  # fmt: skip
        found.append(Doubt(message))
    return found


# -- what is written -------------------------------------------------------------------------------


def _changes(files: Files, draft: Draft, target: _Target, name: str) -> list[Change]:
    notes = say(msg("Imported from “{file}” by “cchc import”, word for word.", file=name))
    notes += "\n" + say(msg("This is the text of a signed document: never correct it here, put "
                            "warnings into acknowledged.yaml."))  # fmt: skip
    texts = {} if target.begun else beginnings(target.id, target.years)
    texts |= _texts(draft, target, notes)
    before = {source.path: source.text for source in files.sources}
    return [Change(path, before.get(path), text) for path, text in texts.items()]


def _texts(draft: Draft, target: _Target, notes: str = "") -> dict[str, str]:
    base = f"plans/{target.id}"
    effective = draft.day
    if target.begun is not None and target.begun.effective is not None:
        effective = target.begun.effective.isoformat()
    plan = {"id": target.id, "period": shortest(target.years), "effective": effective}
    values: dict[str, Any] = {**plan, "document": draft.document or {}}
    appendix = {"plan": target.id, **draft.appendix}
    return planted_plan(base, values, appendix, {"plan": notes, "appendix": notes})


# -- what people see -------------------------------------------------------------------------------


def _tell(
    draft: Draft,
    doubts: Sequence[Doubt],
    found: Sequence[Diagnostic],
    changes: Sequence[Change],
    listing: Path,
) -> None:
    lines = render.counted(draft.counts)
    lines += ["", say(msg("To look at: {count}", count=len(doubts))), *render.listed(doubts), ""]
    lines += [change.path for change in changes]
    lines += [say(msg("{file} (everything to look at, as a list to tick off)", file=str(listing)))]
    write("\n".join(wrapped([*lines, counted(found)], hanging="  ")))


def _next(target: _Target, found: Sequence[Diagnostic]) -> None:
    codes = {d.code for d in found}
    unknown = _unknown(found)
    steps = []
    if unknown:
        names = ", ".join(f"“{name}” ({count})" for name, count in unknown.most_common())
        message = msg(
            "units that are not known: {names}. Enter each in plans/units.yaml as a unit, an alias "
            "or a group (“open: true” where nobody has named its members); nothing in the cells is "
            "to be changed", names=names,
        )  # fmt: skip
        steps.append(message)
    if codes & {"CCHC301", "CCHC302", "CCHC310"}:
        steps.append(
            msg("deadlines that are not read: pin a “reading”; try it with “cchc resolve”")
        )
    steps += [
        msg("compare the list and the YAML with the document, line by line"),
        msg("cchc validate --plan {plan}, then cchc list --plan {plan}", plan=target.id),
        msg("git add plans/{plan}; git commit -m {plan}", plan=target.id),
    ]
    next_steps(steps)


def _unknown(found: Sequence[Diagnostic]) -> Counter[str]:
    """The names of units and groups that are not known, once whether in capitals or not."""
    names = [str(d.found) for d in found if d.code == "CCHC203"]
    first = {name.casefold(): name for name in reversed(names)}
    return Counter(first[name.casefold()] for name in names)


# -- comparing -------------------------------------------------------------------------------------


def _compare(files: Files, draft: Draft, wanted: str | None, name: str) -> int:
    """Print what the document changes in the plan at hand; nothing is written."""
    from cchc_cli.core.diff.compare import compare, hindering
    from cchc_cli.render import changes as render_changes
    from cchc_cli.syntax.load import load

    before = files.loaded.workspace
    if hindering(files.loaded.diagnostics):
        raise CannotRun(msg("the plans have errors: they cannot be compared"),
                        msg("run “cchc validate” and mend them first"))  # fmt: skip
    held = _at_hand(opened_from(files.root, files.loaded), wanted)
    target = _Target(str(held.id), held.period, held, ())
    texts = _texts(draft, target)
    sources = [s for s in files.sources if s.path not in texts]
    loaded = load([*sources, *(s._replace(text=texts[s.path]) for s in files.sources
                               if s.path in texts)])  # fmt: skip
    new = carried_over(held, loaded.workspace.plans[str(held.id)], body=bool(draft.document))
    after = before._replace(plans={**before.plans, str(held.id): new})
    day = today()
    compared = render_changes.Compared(str(held.id), name, day)
    lines = render_changes.text(compare(before, after, day), compared)
    lines += ["", say(msg("To look at: {count}", count=len(draft.doubts)))]
    lines += render.listed(draft.doubts)
    write("\n".join(wrapped(lines, hanging="  ")))
    complain(msg("nothing was written"), msg(
        "what a later document decides goes into amendments.yaml (cchc reword, add, cancel …); "
        "what was copied wrongly is mended in the file"))  # fmt: skip
    return 0


def _at_hand(opened: Opened, wanted: str | None) -> Plan:
    plans = chosen_plans(opened, wanted)
    if len(plans) != 1:
        known = ", ".join(str(plan.id) for plan in plans) or "-"
        message = msg("which plan? There are: {known}", known=known)
        raise typer.BadParameter(say(message), param_hint="--plan")
    return plans[0]
