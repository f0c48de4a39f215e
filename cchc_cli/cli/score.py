"""`cchc score`: the score of a year, point by point, and what can still be won."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from cchc_cli.cli.console import wrapped, write, writes_unicode
from cchc_cli.cli.documents import WORDS
from cchc_cli.cli.settings import (
    AsOfOption,
    Opened,
    UnitOption,
    chosen_unit,
    one_of,
    open_plans,
    today,
    warn_of_errors,
)
from cchc_cli.core.agenda import Agenda
from cchc_cli.core.message import msg
from cchc_cli.core.model import CriteriaList, Plan, Unit, YearOfScores
from cchc_cli.core.scoring.measures import Year
from cchc_cli.core.scoring.score import Score, list_of, score, valid_in
from cchc_cli.core.scoring.sheet import Sheet, sheet
from cchc_cli.i18n import _
from cchc_cli.render import scoring
from cchc_cli.render.data import as_json
from cchc_cli.store.files import CannotRun

HELP = _("The score of a year by the office’s criteria: each point and why, what is lost, what can "
         "still be won.")  # fmt: skip

_FORMATS = ("table", "json", "md")
YearOption = Annotated[int, typer.Option("--year", min=1900, max=2199, help=_("the year scored"))]


def run(
    ctx: typer.Context,
    year: YearOption,
    unit: UnitOption = None,
    as_of: AsOfOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "table",
) -> int:
    """Print the score; 1 if the plans have errors."""
    one_of(output, _FORMATS, "--format")
    opened = open_plans(ctx)
    of_unit = chosen_unit(opened, unit)
    found = sheet_of(opened, year, of_unit, as_of)
    if output == "json":
        value = scoring.as_data(scored(opened, year, of_unit, as_of or today()))
        write(as_json(value, unicode=writes_unicode()))
    elif output == "md":
        write(scoring.markdown(found))
    else:
        write("\n".join(wrapped(scoring.lines(found))))
    return 1 if warn_of_errors(opened) else 0


def sheet_of(opened: Opened, year: int, unit: Unit | None, as_of: date | None) -> Sheet:
    """The score of a year, in values to be shown."""
    found = scored(opened, year, unit, as_of or today())
    return sheet(found, opened.workspace.office, unit, WORDS)


def scored(opened: Opened, year: int, unit: Unit | None, as_of: date) -> Score:
    """The score of a year, or of what one unit is responsible for, as of a day."""

    def agenda(plan: Plan, day: date) -> Agenda:
        return opened.agenda(plan, day)

    of_year = Year(year, as_of, opened.workspace.plans, agenda)
    wanted = str(unit.id) if unit else None
    return score(criteria_of(opened, year), recorded_of(opened, year), of_year, wanted)


def recorded_of(opened: Opened, year: int) -> YearOfScores | None:
    """What has been declared and appraised for a year, None if nothing."""
    return next((one for one in opened.workspace.scores if one.year == year), None)


def criteria_of(opened: Opened, year: int) -> CriteriaList:
    """The list by which a year is scored: the one its file names, else the only one valid then."""
    lists = opened.workspace.criteria
    found = list_of(lists, opened.workspace.scores, year)
    if isinstance(found, CriteriaList):
        return found
    if not lists:
        hint = msg("to begin with an example: cchc scoring init --year {year}", year=year)
        raise CannotRun(msg("there is no list of criteria in plans/scoring/criteria"), hint)
    valid = valid_in(lists, year)
    if len(valid) > 1:
        raise CannotRun(found, msg("name it in plans/scoring/{year}.yaml: criteria: {id}",
                                   year=year, id=valid[0].id))  # fmt: skip
    known = ", ".join(f"{one.id} ({one.period})" for one in lists)
    hint = msg("put the list of that year into plans/scoring/criteria, or mend a period; there "
               "are: {known}", known=known)  # fmt: skip
    raise CannotRun(found, hint)
