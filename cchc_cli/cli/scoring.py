"""`cchc scoring`: begin a year’s scoring, declare, appraise, and write its form and report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple, NoReturn

import typer

from cchc_cli.cli.console import write
from cchc_cli.cli.documents import in_forms, in_vietnamese
from cchc_cli.cli.entries import CommitOption, DryRunOption, commit, put, read_files, tell
from cchc_cli.cli.recording import (
    ChecksumOption,
    DocDateOption,
    DocOption,
    FileOption,
    NoteOption,
    OwnUnitOption,
    Proof,
    TitleOption,
    evidence_of,
    meant,
    own_unit,
)
from cchc_cli.cli.score import YearOption, criteria_of, recorded_of, sheet_of
from cchc_cli.cli.settings import (
    AsOfOption,
    Opened,
    UnitOption,
    a_day,
    chosen_unit,
    one_of,
    open_plans,
    opened_from,
    plan_root,
    today,
    warn_of_errors,
)
from cchc_cli.core.message import msg
from cchc_cli.core.model import CriteriaList, Criterion
from cchc_cli.core.wording import fold
from cchc_cli.i18n import _, say
from cchc_cli.render.width import one_line
from cchc_cli.store.files import CannotRun
from cchc_cli.store.output import write_file
from cchc_cli.store.starter import starter
from cchc_cli.store.writing import Change, one_writer, write_changes
from cchc_cli.syntax.edit import Fact
from cchc_cli.syntax.emit import Value, block
from cchc_cli.syntax.schema import modeline
from cchc_cli.syntax.shapes import ANSWER, DECIMAL

HELP = _("Scoring: begin with an example, declare, appraise, write the form and the report.")

_FOLDER = "plans/scoring"
_FORMS = ("docx", "xlsx", "pdf")
_SPOKEN = {"co": "yes", "khong": "no", "khong ap dung": "not_applicable"}
CriterionArgument = Annotated[
    str, typer.Argument(metavar="CRITERION", help=_("the id of the criterion"))
]
FormatOption = Annotated[
    str, typer.Option("--format", help=_("docx, xlsx, pdf, or several with commas between"))
]
OutOption = Annotated[Path, typer.Option(help=_("the folder to write to"))]


class _Scoring(NamedTuple):
    """The list of a year, and the fact to add to the year's file."""

    year: int
    criteria: CriteriaList

    def fact(self, key: str, values: dict[str, Value], to: str | None = None) -> Fact:
        """An entry of the year's file, which it begins if need be."""
        head = "\n".join([f"year: {self.year}", *block({"criteria": str(self.criteria.id)}, 0), ""])
        return Fact(f"{_FOLDER}/{self.year}.yaml", key, values, to=to, head=head)


def init(ctx: typer.Context, year: YearOption, dry_run: DryRunOption = False) -> int:
    """Begin the scoring of a year: the example list, if there is none, and the year's file."""
    root = plan_root(ctx)
    with one_writer(root):
        files = read_files(root)
        opened = opened_from(root, files.loaded)
        if recorded_of(opened, year) is not None:
            message = msg("{path} is there already", path=f"{_FOLDER}/{year}.yaml")
            raise CannotRun(message, msg("see: cchc score --year {year}", year=year))
        made = [] if opened.workspace.criteria else _example()
        known = {Path(change.path).stem for change in made}
        named = known.pop() if known else str(criteria_of(opened, year).id)
        path = f"{_FOLDER}/{year}.yaml"
        begun = f"{modeline(path)}year: {year}\ncriteria: {named}\n"
        made.append(Change(path, None, begun))
        after = opened_from(root, files.after(made).loaded)
        criteria_of(after, year)  # refuses a year that the example does not hold
        if not dry_run:
            write_changes(root, made)
    for change in made:
        write(change.path)
    write(say(msg("Now: cchc score --year {year}", year=year)))
    return 0


def _example() -> list[Change]:
    """The example list that travels with the package."""
    return [
        Change(f"{_FOLDER}/criteria/{name}", None, content.decode())
        for name, content in starter("scoring").items()
    ]


def declare(
    ctx: typer.Context,
    criterion: CriterionArgument,
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help=_("có, không, “không áp dụng”, a number, or a share such as 19/20"),
        ),
    ],
    year: YearOption,
    doc: DocOption = None,
    doc_date: DocDateOption = None,
    title: TitleOption = None,
    file: FileOption = None,
    checksum: ChecksumOption = False,
    note: NoteOption = None,
    unit: OwnUnitOption = None,
    dry_run: DryRunOption = False,
    commit_it: CommitOption = False,
) -> int:
    """Add an answer; 1 if the result would have errors."""
    evidence = evidence_of(ctx, Proof(doc, doc_date, title, file, checksum))
    given: dict[str, Value] = _answer(value)
    also: dict[str, Value] = {"evidence": evidence} if evidence else {}
    also |= {"note": note} if note is not None else {}

    def made(opened: Opened, scoring: _Scoring) -> _Entered:
        of = _criterion(scoring.criteria, criterion)
        by = own_unit(opened, unit)
        values: dict[str, Value] = {"criterion": str(of.id), **given, "unit": str(by.id),
                                    "recorded_on": today(), **also}  # fmt: skip
        about = f"{of.id} ({year}, {by.id})"
        return _Entered(str(of.id), scoring.fact("declared", values), about)

    return _enter(ctx, year, made, dry_run=dry_run, commit_it=commit_it, then=_tell_points)


class _Entered(NamedTuple):
    """What to add about a criterion, and how git is to call it."""

    criterion: str
    fact: Fact
    about: str


def _enter(
    ctx: typer.Context,
    year: int,
    made: Callable[[Opened, _Scoring], _Entered],
    *,
    dry_run: bool,
    commit_it: bool,
    then: Callable[[Opened, int, str], None] | None = None,
) -> int:
    """Add what is `made` of the plans as they are; 1 if the result would have errors."""
    root = plan_root(ctx)
    with one_writer(root):
        files = read_files(root)
        opened = opened_from(root, files.loaded)
        entered = made(opened, _Scoring(year, criteria_of(opened, year)))
        added = put(files, [entered.fact], dry_run=dry_run)
    if added is None:
        return 1
    if not dry_run:
        path = added.changes[0].path
        tell(say(msg("{task}: recorded in {path}", task=entered.criterion, path=path)))
        if then is not None:
            then(opened_from(root, added.files.loaded), year, entered.criterion)
        if commit_it:
            commit(root, added.changes, msg("scoring: {what}", what=entered.about))
    return 0


def _tell_points(opened: Opened, year: int, criterion: str) -> None:
    """The points of a criterion now, and why."""
    row = next(row for row in sheet_of(opened, year, None, None).rows if row.id == criterion)
    points = row.points or say(msg("no answer"))
    why = "; ".join(one_line(step) for step in row.why)
    write(f"  {points}/{row.maximum}: {why}")


def appraise(
    ctx: typer.Context,
    appraisal: Annotated[str, typer.Argument(metavar="ROUND", help=_("the id of the round"))],
    criterion: CriterionArgument,
    points: Annotated[str, typer.Argument(metavar="POINTS", help=_("the points given"))],
    year: YearOption,
    reason: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("why"))] = None,
    name: Annotated[
        str | None, typer.Option(metavar=_("TEXT"), help=_("begin a new round, named so"))
    ] = None,
    authority: Annotated[
        str | None,
        typer.Option(metavar=_("TEXT"), help=_("with --name: the document of the appraisal")),
    ] = None,
    on: Annotated[
        date | None,
        typer.Option(parser=a_day, metavar=_("DATE"), help=_("with --name: its day")),
    ] = None,
    dry_run: DryRunOption = False,
    commit_it: CommitOption = False,
) -> int:
    """Add the points of an appraisal; 1 if the result would have errors."""
    given = points.replace(",", ".")
    if DECIMAL.parse is None or DECIMAL.parse(given) is None:
        raise typer.BadParameter(say(msg("“{text}” is no number of points", text=points)),
                                 param_hint="POINTS")  # fmt: skip

    def made(opened: Opened, scoring: _Scoring) -> _Entered:
        of = _criterion(scoring.criteria, criterion)
        entry: dict[str, Value] = {"criterion": str(of.id), "points": given}
        if reason is not None:
            entry["reason"] = reason
        recorded = recorded_of(opened, year)
        if recorded is not None and any(one.id == appraisal for one in recorded.rounds):
            fact = scoring.fact("rounds", {"scores": [entry]}, to=appraisal)
        else:
            fact = scoring.fact("rounds", _new_round(appraisal, name, authority, on, entry))
        return _Entered(str(of.id), fact, f"{appraisal}: {of.id} ({year})")

    return _enter(ctx, year, made, dry_run=dry_run, commit_it=commit_it)


def _new_round(
    appraisal: str,
    name: str | None,
    authority: str | None,
    on: date | None,
    entry: dict[str, Value],
) -> dict[str, Value]:
    if name is None:
        message = msg("there is no round “{round}”; to begin it, name it: --name “Thẩm định lần 1”",
                      round=appraisal)  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="ROUND")
    decided: dict[str, Value | None] = {"authority": authority, "on": on}
    given = {key: value for key, value in decided.items() if value is not None}
    return {"id": appraisal, "name": name, **given, "scores": [entry]}


def _answer(text: str) -> dict[str, Value]:
    """What an answer on the command line says, by the keys of the file."""
    spoken = _SPOKEN.get(fold(text.strip()), text.strip())
    value, slash, whole = (piece.strip().replace(",", ".") for piece in spoken.partition("/"))
    assert ANSWER.parse is not None
    assert DECIMAL.parse is not None
    sound = ANSWER.parse(value) and (not slash or (DECIMAL.parse(whole) and DECIMAL.parse(value)))
    if not sound:
        message = msg("“{text}” is no answer; write có, không, “không áp dụng”, a number, or a "
                      "share such as 19/20", text=text)  # fmt: skip
        raise typer.BadParameter(say(message), param_hint="VALUE")
    return {"value": value, "of": whole} if slash else {"value": value}


def _criterion(criteria: CriteriaList, wanted: str) -> Criterion:
    """What is scored by itself under that id, in any case; a usage error with suggestions."""
    leaves = {str(leaf.id).casefold(): leaf for leaf in criteria.leaves}
    return leaves.get(wanted.casefold()) or _no_criterion(criteria, wanted)


def _no_criterion(criteria: CriteriaList, wanted: str) -> NoReturn:
    ids = [str(leaf.id) for leaf in criteria.leaves]
    parts = [c.parts for a in criteria.fields for c in a.criteria if c.id == wanted and c.parts]
    near = ", ".join(str(part.id) for part in parts[0]) if parts else meant(wanted, ids)
    message = msg("“{criterion}” is no criterion of “{list}” that is scored by itself; did you "
                  "mean: {known}?", criterion=wanted, list=criteria.id,
                  known=near)  # fmt: skip
    raise typer.BadParameter(say(message), param_hint="CRITERION")


def form(
    ctx: typer.Context,
    year: YearOption,
    unit: UnitOption = None,
    as_of: AsOfOption = None,
    output: FormatOption = "docx,xlsx",
    out: OutOption = Path("reports"),
) -> int:
    """Write the form with what is known; 1 if the plans have errors."""
    return _write(ctx, _Wanted(year, unit, as_of, "score_form", "bieu"), output, out)


def report(
    ctx: typer.Context,
    year: YearOption,
    unit: UnitOption = None,
    as_of: AsOfOption = None,
    output: FormatOption = "docx,xlsx",
    out: OutOption = Path("reports"),
) -> int:
    """Write the report on the score; 1 if the plans have errors."""
    return _write(ctx, _Wanted(year, unit, as_of, "score_report", "bao-cao"), output, out)


class _Wanted(NamedTuple):
    """A document to write, by the template of that name."""

    year: int
    unit: str | None
    as_of: date | None
    template: str
    ending: str


def _write(ctx: typer.Context, wanted: _Wanted, output: str, out: Path) -> int:
    forms = [one_of(name.strip(), _FORMS, "--format") for name in output.split(",")]
    opened = open_plans(ctx)
    unit = chosen_unit(opened, wanted.unit)
    with in_vietnamese():  # it goes into a document
        found = sheet_of(opened, wanted.year, unit, wanted.as_of)
        stem = "-".join(["cham-diem", str(wanted.year), *([unit.id] if unit else []),
                         wanted.ending])  # fmt: skip
        values = {"score": found}
        words = [name for name in forms if name != "xlsx"]
        made = in_forms(opened, wanted.template, words, values, stem, found.as_of)
        if "xlsx" in forms:
            from cchc_cli.render.xlsx import scores

            made["xlsx"] = scores(found, stem)
    for name in forms:
        write(str(write_file(out, f"{stem}.{name}", made[name])))
    return 1 if warn_of_errors(opened) else 0


VERBS: dict[str, tuple[str, object]] = {
    "init": (_("Begin the scoring of a year, with an example list if there is none."), init),
    "declare": (_("Declare an answer to a criterion, with its evidence."), declare),
    "appraise": (
        _("Enter the points that an appraisal gives, apart from the own score."),
        appraise,
    ),
    "form": (_("Write the form of a year’s scoring as Word and Excel."), form),
    "report": (_("Write the report on a year’s score as Word and Excel."), report),
}
