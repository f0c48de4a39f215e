"""What is checked once every file has been read, as a list of functions.

A check is a generator of findings; its docstring is the rule. It says nothing of what may only
follow from something that could not be read. The manual of each code is in `cchc_cli/manual`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cchc_cli.core.checks.acknowledgements import sift
from cchc_cli.core.checks.assignments import check_charges, check_lead_also_supports
from cchc_cli.core.checks.calendars import check_calendar_days, check_calendar_years
from cchc_cli.core.checks.communications import check_charged, check_held_days
from cchc_cli.core.checks.context import Context
from cchc_cli.core.checks.deadlines import check_deadlines, check_duties, check_visits
from cchc_cli.core.checks.extensions import check_extensions, check_halts_and_transfers
from cchc_cli.core.checks.frozen import check_frozen, check_frozen_numbers
from cchc_cli.core.checks.ids import (
    check_duplicate_ids,
    check_numbering,
    check_shared_names,
    check_task_ids,
)
from cchc_cli.core.checks.inspections import check_findings, check_visit_days
from cchc_cli.core.checks.lineage import check_links, check_parents, check_parts, check_shares
from cchc_cli.core.checks.lives import check_lives, check_successors, check_validity
from cchc_cli.core.checks.progress import (
    check_days,
    check_done_once,
    check_existing_occurrences,
    check_own_tasks,
)
from cchc_cli.core.checks.references import check_cells, check_plan_ids, check_unit_ids
from cchc_cli.core.checks.scoring import (
    check_answers,
    check_criteria_ids,
    check_lists_of_years,
    check_names_in_scoring,
    check_overlapping_lists,
    check_proof,
    check_rules,
    check_sums_of_points,
)
from cchc_cli.core.checks.tasks import check_any_field, check_complete_tasks
from cchc_cli.core.checks.wording import (
    check_blanks,
    check_doubled,
    check_misspellings,
    check_periods_in_text,
    check_unicode_form,
)
from cchc_cli.core.diagnostics import Diagnostic, in_order
from cchc_cli.core.model import Workspace
from cchc_cli.core.source import SourceFile

Check = Callable[[Context], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    check_duplicate_ids,
    check_task_ids,
    check_numbering,
    check_shared_names,
    check_cells,
    check_unit_ids,
    check_plan_ids,
    check_parents,
    check_links,
    check_shares,
    check_parts,
    check_lives,
    check_successors,
    check_validity,
    check_lead_also_supports,
    check_charges,
    check_any_field,
    check_complete_tasks,
    check_deadlines,
    check_duties,
    check_visits,
    check_extensions,
    check_halts_and_transfers,
    check_calendar_years,
    check_calendar_days,
    check_unicode_form,
    check_misspellings,
    check_blanks,
    check_periods_in_text,
    check_doubled,
    check_existing_occurrences,
    check_done_once,
    check_days,
    check_own_tasks,
    check_frozen,
    check_frozen_numbers,
    check_visit_days,
    check_findings,
    check_held_days,
    check_charged,
    check_criteria_ids,
    check_sums_of_points,
    check_rules,
    check_lists_of_years,
    check_overlapping_lists,
    check_names_in_scoring,
    check_answers,
    check_proof,
)

# What these find hides tasks from their units, so every listing has to say so, too.
_OF_LISTINGS: tuple[Check, ...] = (check_duplicate_ids, check_cells, check_unit_ids)


class Checked(NamedTuple):
    """What is wrong, in order of place, and the warnings that have been acknowledged."""

    findings: list[Diagnostic]
    acknowledged: list[Diagnostic]


def run_checks(
    workspace: Workspace, sources: Iterable[SourceFile], reading: Iterable[Diagnostic] = ()
) -> Checked:
    """Run every check; `reading` is what was found while reading, and is part of the answer."""
    read = list(reading)
    context = Context.of(workspace, sources, read)
    found = [finding for check in CHECKS for finding in check(context)]
    standing, acknowledged = sift(context, in_order([*read, *found]))
    return Checked(in_order(standing), acknowledged)


def hiding_tasks(workspace: Workspace, reading: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What makes a listing incomplete: ids given twice, names that no unit or group bears."""
    context = Context.of(workspace, (), reading)
    return [finding for check in _OF_LISTINGS for finding in check(context)]
