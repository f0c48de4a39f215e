"""Frozen reports: putting one on record, and making its text again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from cchc_cli.cli.console import complain
from cchc_cli.cli.entries import commit, put, read_files, tell
from cchc_cli.core.message import msg
from cchc_cli.core.model import Frozen, Plan, Unit
from cchc_cli.core.report import view
from cchc_cli.i18n import say
from cchc_cli.store.evidence import checksum_of
from cchc_cli.store.files import CannotRun
from cchc_cli.store.git import commit_of, uncommitted
from cchc_cli.syntax.edit import Fact
from cchc_cli.syntax.emit import Value

_SHOWN = 3  # files named, of those that are not committed


class Sent(NamedTuple):
    """What is said of a report as it is sent; `commit` asks for a commit of the record."""

    number: str | None
    on: date | None
    commit: bool


def committed(root: Path) -> str:
    """The last commit, if the plans and templates are as it has them; else says what to do."""
    try:
        found = commit_of(root, "HEAD")
        changed = [path for path in uncommitted(root) if not path.endswith("/frozen.yaml")]
    except CannotRun as failure:
        hint = msg("a frozen report names the commit of the plans it was made of: keep them in git "
                   "and commit them, or leave out --freeze")  # fmt: skip
        raise CannotRun(failure.message, hint) from None
    if changed:
        more = ", …" if len(changed) > _SHOWN else ""
        message = msg("not committed to git: {files}; no commit would name this state of the plans",
                      files=", ".join(changed[:_SHOWN]) + more)  # fmt: skip
        raise CannotRun(message, msg("commit it first: git add plans templates, git commit; then "
                                     "freeze the report"))  # fmt: skip
    return found


def put_on_record(
    root: Path,
    revision: str,
    plan: Plan,
    unit: Unit | None,
    report: view.Report,
    text: bytes,
    sent: Sent,
) -> bool:
    """Add a report to those that have been sent; whether that could be done."""
    given: dict[str, Value | None] = {
        "period": report.period, "unit": str(unit.id) if unit else None, "number": sent.number,
        "on": sent.on, "as_of": report.as_of, "commit": revision, "checksum": checksum_of(text),
    }  # fmt: skip
    values = {key: value for key, value in given.items() if value is not None}
    files = read_files(root)
    earlier = [one for one in files.loaded.workspace.plans[str(plan.id)].frozen
               if (one.period, one.unit) == (report.period, given["unit"])]  # fmt: skip
    fact = Fact(f"plans/{plan.id}/frozen.yaml", "reports", values)
    added = put(files, [fact], dry_run=False)
    if added is None:
        return False
    about = f"{report.period} {unit.id}" if unit else report.period
    tell(say(msg("{report}: frozen, recorded in {path}", report=about, path=fact.path)))
    if earlier:
        message = msg("{report} has been frozen before ({earlier}): this record stands for a "
                      "corrected report", report=about, earlier=said_of(earlier[-1]))  # fmt: skip
        complain(message)
    if sent.commit:
        commit(root, added.changes, msg("report frozen: {what}", what=about))
    return True


def said_of(frozen: Frozen) -> str:
    """The number and day of a frozen report, and of when its figures are."""
    pieces = [
        msg("No. {number}", number=frozen.number) if frozen.number else msg("no number recorded"),
        *([msg("of {day}", day=frozen.on)] if frozen.on else []),
        msg("figures as of {day}", day=frozen.as_of),
    ]
    return ", ".join(map(say, pieces))
