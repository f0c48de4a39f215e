"""`cchc validate`: everything that is wrong in the plan files, each with its place."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from cchc_cli.cli.console import complain, wrapped, write, writes_unicode
from cchc_cli.cli.settings import PlanOption, one_of, read
from cchc_cli.core.amendments import in_force
from cchc_cli.core.checks import run_checks
from cchc_cli.core.checks.evidence import check_evidence
from cchc_cli.core.diagnostics import Diagnostic, Severity, in_order
from cchc_cli.core.message import msg
from cchc_cli.core.model import SHARED_FOLDERS
from cchc_cli.core.source import SourceFile
from cchc_cli.i18n import _, language, say
from cchc_cli.render import findings
from cchc_cli.store.evidence import kept_files
from cchc_cli.store.files import within_repository
from cchc_cli.syntax.load import Loaded, load

HELP = _("Every mistake in the plan files, with its place and how to mend it.")
_IN_REPOSITORY = ("github", "sarif")  # for services that know files by their place in it
_FORMATS = ("text", "json", *_IN_REPOSITORY)


def run(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=_("warnings fail, too"))] = False,
    plan: PlanOption = None,
) -> int:
    """Print the findings and how many there are; 1 if there are errors."""
    one_of(output, _FORMATS, "--format")
    root, sources, problems, templates = read(ctx)
    loaded = load(sources, problems)
    _known_plan(sources, loaded, plan)
    checked = run_checks(loaded.workspace, sources, loaded.diagnostics)
    of_files: Iterable[Diagnostic] = ()
    if templates is None:
        of_files = check_evidence(loaded.workspace, kept_files(root, loaded.workspace))
    else:
        complain(msg("the files of evidence are not looked at: they are not those of the revision"))
    shown = [d for d in in_order([*checked.findings, *of_files]) if _concerns(d, plan)]
    silenced = [d for d in checked.acknowledged if _concerns(d, plan)]
    summary = _summary(shown, len(silenced), loaded, plan)
    if output in _IN_REPOSITORY:
        write(_for_service(output, shown, silenced, within_repository(root)))
        write(_counts(summary), sys.stderr)
    else:
        write(_rendered(output, shown, summary))
    return 1 if summary["errors"] or (strict and summary["warnings"]) else 0


def _known_plan(sources: list[SourceFile], loaded: Loaded, wanted: str | None) -> None:
    """A usage error unless there is a folder of that name, whatever the state of its files."""
    paths = [s.path for s in sources] + [d.span.path for d in loaded.diagnostics]
    folders = {path.split("/")[1] for path in paths if path.count("/") > 1}
    known = sorted(folders - set(SHARED_FOLDERS))
    if wanted is not None and wanted not in known:
        names = ", ".join(known) or "-"
        message = msg("no plan “{plan}”; there are: {known}", plan=wanted, known=names)
        raise typer.BadParameter(say(message), param_hint="--plan")


def _concerns(found: Diagnostic, plan: str | None) -> bool:
    """Whether a finding is about the plan asked for, or about files that all plans share."""
    folder = found.span.path.split("/")[1:-1]
    return plan is None or not folder or folder[0] in (plan, *SHARED_FOLDERS)


def _summary(
    shown: list[Diagnostic], acknowledged: int, loaded: Loaded, plan: str | None
) -> dict[str, int]:
    errors = sum(d.severity is Severity.ERROR for d in shown)
    plans = loaded.workspace.plans
    read = [p for folder, p in plans.items() if plan in (None, folder)]
    return {
        "errors": errors,
        "warnings": len(shown) - errors,
        "acknowledged": acknowledged,
        "tasks": sum(1 for each in read for _task in in_force(each).tasks),
        "files": loaded.workspace.files_read,
    }


def _for_service(
    output: str, shown: list[Diagnostic], silenced: list[Diagnostic], folder: str
) -> str:
    if output == "github":
        return findings.github(shown, folder)
    from cchc_cli.cli.explain import page_of
    from cchc_cli.render import sarif
    from cchc_cli.render.data import as_json

    pages = {found.code: page_of(found.code) for found in (*shown, *silenced)}
    log = sarif.log([*shown, *silenced], pages, language(), folder)
    return as_json(log, unicode=writes_unicode())


def _rendered(output: str, shown: list[Diagnostic], summary: dict[str, int]) -> str:
    if output == "json":
        from cchc_cli.render.data import as_json

        value = {"findings": [findings.data(d) for d in shown], "summary": summary}
        return as_json(value, unicode=writes_unicode())
    lines = findings.plain(shown).splitlines()
    return "\n".join(wrapped([*lines, _counts(summary)], hanging="  "))


def _counts(summary: dict[str, int]) -> str:
    counts = msg(
        "errors: {errors}, warnings: {warnings}, acknowledged: {acknowledged}; "
        "read {tasks} tasks from {files} files.",
        **summary,
    )
    return say(counts)
