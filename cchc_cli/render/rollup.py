"""The picture of many offices: tables for people, and plain values under stable names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cchc_cli.core.message import Message, msg
from cchc_cli.core.report.trace import percent
from cchc_cli.core.report.view import Figures
from cchc_cli.core.rollup import (
    Asked,
    FieldRow,
    Known,
    MissingRow,
    OfficeRow,
    Rollup,
    Skipped,
    UnitRow,
    counts,
    rate,
)
from cchc_cli.i18n import day, say
from cchc_cli.render.data import harmless, iso
from cchc_cli.render.width import aligned, one_line

_SHOWN = 20  # of a list of the worst; every office, field and skipped one is shown
_SHORT = 10  # digits of a commit

_FIGURES = (
    msg("Total"), msg("Done"), msg("Rate (%)"), msg("On time"), msg("Done late"), msg("Overdue"),
    msg("With evidence"),
)  # fmt: skip
_OFFICE, _FOLDER, _DAYS = msg("Office"), msg("Folder"), msg("Longest (days)")


class Table(NamedTuple):
    """A table with its title; `more` rows are left out."""

    title: Message
    headings: tuple[Message, ...]
    rows: list[list[str]]
    more: int = 0


def tables(rollup: Rollup) -> list[Table]:
    """All tables that have rows, what went wrong last."""
    late, units, missing = rollup.late_offices(), rollup.late_units(), rollup.missing
    found = [
        Table(
            msg("By office, by the rate of what is done"),
            (msg("Rank"), _OFFICE, *_FIGURES, msg("Reports missing"), msg("Revision"),
             msg("Errors"), _FOLDER),
            [_office(row) for row in rollup.ranking()],
        ),
        Table(
            msg("By field"),
            (msg("Field"), msg("Offices"), *_FIGURES),
            [[one_line(row.name) or "-", str(row.offices), *_figures(row.figures)]
             for row in rollup.fields],
        ),
        Table(
            msg("Units with the most overdue"),
            (msg("Unit"), *_FIGURES, _DAYS, _OFFICE, _FOLDER),
            [[_named(row.unit.id, row.unit.name), *_figures(row.unit.figures),
              _number(row.unit.longest), one_line(row.agency) or "-", one_line(row.office)]
             for row in units[:_SHOWN]],
            len(units[_SHOWN:]),
        ),
        Table(
            msg("Late offices"),
            (_OFFICE, msg("Overdue"), _DAYS, _FOLDER),
            [[one_line(row.agency) or "-", str(row.figures.overdue), _number(row.longest),
              one_line(row.known.office)] for row in late[:_SHOWN]],
            len(late[_SHOWN:]),
        ),
        Table(
            msg("Missing reports"),
            (msg("Period"), msg("Report"), msg("Data until"), msg("Due"), msg("Days late"),
             msg("Units"), _OFFICE, _FOLDER),
            [_missing(row) for row in missing[:_SHOWN]],
            len(missing[_SHOWN:]),
        ),
        Table(
            msg("Not read, and in no figure"),
            (_FOLDER, msg("Reason")),
            [[one_line(one.office), one_line(say(one.reason))] for one in rollup.skipped],
        ),
    ]  # fmt: skip
    return [table for table in found if table.rows]


def _office(row: OfficeRow) -> list[str]:
    errors = str(row.known.errors) if row.known.errors else "-"
    return [
        _number(row.rank), one_line(row.agency) or "-", *_figures(row.figures),
        f"{row.reports.missing}/{row.reports.total}", _revision(row.known), errors,
        one_line(row.known.office),
    ]  # fmt: skip


def _missing(row: MissingRow) -> list[str]:
    return [
        row.period, one_line(row.name), day(row.ends), day(row.due) if row.due else "-",
        _number(row.days), ", ".join(map(one_line, row.units)), one_line(row.agency) or "-",
        one_line(row.office),
    ]  # fmt: skip


def _figures(found: Figures) -> list[str]:
    share = percent(found.done, found.total) or "-"
    numbers = (found.done_on_time, found.done_late, found.overdue, found.with_evidence)
    return [str(found.total), str(found.done), share, *map(str, numbers)]


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)


def _named(id_: str, name: str) -> str:
    return one_line(name or id_) or "-"


def _revision(known: Known) -> str:
    """The commit, with "+" where files have been changed since."""
    if known.revision is None:
        return "-"
    return known.revision[:_SHORT] + ("+" if known.changed else "")


def heading(rollup: Rollup, asked: Asked) -> list[str]:
    """As of when, and of how many offices."""
    offices = len(rollup.ranking())
    figures = rollup.total
    return [
        say(msg("As of {day}; figures of {year}, reports of {period}", day=asked.as_of,
                year=asked.year.name, period=asked.period.name)),
        say(msg("{read} offices read ({wrong} with errors in their plans), {skipped} not read",
                read=offices, wrong=rollup.with_errors, skipped=len(rollup.skipped))),
        say(msg("{total} occurrences: {done} done ({rate} %), {overdue} overdue, {evidence} with "
                "evidence; {missing} of {reports} reports missing", total=figures.total,
                done=figures.done, rate=percent(figures.done, figures.total) or "-",
                overdue=figures.overdue, evidence=figures.with_evidence,
                missing=rollup.reports.missing, reports=rollup.reports.total)),
    ]  # fmt: skip


def plain(found: Sequence[Table]) -> Iterator[str]:
    """Each table as aligned lines under its title."""
    for table in found:
        yield ""
        yield say(table.title)
        yield from aligned([_row(table), *table.rows])
        yield from _more(table)


def markdown(found: Sequence[Table]) -> Iterator[str]:
    """Each table as a table of Markdown."""
    for table in found:
        yield from ("", f"## {say(table.title)}", "")
        for row in (_row(table), ["---"] * len(table.headings), *table.rows):
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
        more = list(_more(table))
        yield from ("", *more) if more else ()


def _row(table: Table) -> list[str]:
    return [say(heading) for heading in table.headings]


def _more(table: Table) -> Iterator[str]:
    if table.more:
        yield say(msg("… and {count} more; all of them with --format json", count=table.more))


def as_csv(rollup: Rollup) -> str:
    """One line an office, in order of rank, and nothing in it that a spreadsheet would run."""
    rows = [_office_data(row) for row in rollup.ranking()]
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(harmless({**row, "plans": ",".join(row["plans"])}) for row in rows)
    return out.getvalue()


def as_data(rollup: Rollup, asked: Asked) -> dict[str, Any]:
    """Everything as plain values."""
    ranking = rollup.ranking()
    return {
        "as_of": iso(asked.as_of),
        "year": asked.period.year,
        "period": asked.period.label,
        "offices": {"read": len(ranking), "with_errors": rollup.with_errors,
                    "skipped": len(rollup.skipped)},
        "total": _with_rate(rollup.total),
        "reports": rollup.reports._asdict(),
        "by_office": [_office_data(row) for row in ranking],
        "by_field": [_field_data(row) for row in rollup.fields],
        "by_unit": [_unit_data(row) for row in rollup.units],
        "late_offices": [
            {"office": row.known.office, "agency": row.agency, "overdue": row.figures.overdue,
             "longest": row.longest} for row in rollup.late_offices()
        ],
        "missing_reports": [_missing_data(row) for row in rollup.missing],
        "skipped": list(_skipped_data(rollup.skipped)),
    }  # fmt: skip


def _with_rate(found: Figures) -> dict[str, Any]:
    return {**counts(found), "rate": rate(found)}


def _office_data(row: OfficeRow) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "office": row.known.office,
        "agency": row.agency or None,
        "revision": row.known.revision,
        "changed": row.known.changed,
        "errors": row.known.errors,
        "plans": list(row.plans),
        **_with_rate(row.figures),
        "longest": row.longest,
        "reports": row.reports.total,
        "reports_done": row.reports.done,
        "reports_late": row.reports.late,
        "reports_missing": row.reports.missing,
    }


def _field_data(row: FieldRow) -> dict[str, Any]:
    return {"field_key": row.key, "name": row.name, "offices": row.offices,
            **_with_rate(row.figures)}  # fmt: skip


def _unit_data(row: UnitRow) -> dict[str, Any]:
    unit = row.unit
    return {"office": row.office, "unit": unit.id or None, "name": unit.name or None,
            **_with_rate(unit.figures), "longest": unit.longest}  # fmt: skip


def _missing_data(row: MissingRow) -> dict[str, Any]:
    return {**row._asdict(), "agency": row.agency or None, "ends": iso(row.ends),
            "due": iso(row.due), "units": list(row.units)}  # fmt: skip


def _skipped_data(skipped: Iterable[Skipped]) -> Iterator[dict[str, Any]]:
    for one in skipped:
        yield {"office": one.office, "reason": say(one.reason)}
