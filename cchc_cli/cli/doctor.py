"""`cchc doctor`: what an installation lacks, each with what to do about it."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from cchc_cli import __version__
from cchc_cli.cli.console import wrapped, write, writes_unicode
from cchc_cli.cli.settings import one_of, plan_root, today
from cchc_cli.core.checks import run_checks
from cchc_cli.core.diagnostics import Diagnostic, Severity
from cchc_cli.core.health import Finding, Level
from cchc_cli.core.message import msg
from cchc_cli.core.model import Unit, Workspace
from cchc_cli.core.source import SourceFile
from cchc_cli.core.units import Directory
from cchc_cli.i18n import _, say
from cchc_cli.render.sandbox import TemplateFailure
from cchc_cli.store.config import config_file, read_config
from cchc_cli.store.files import CannotRun, read_plans, reason
from cchc_cli.store.fonts import font_for
from cchc_cli.store.repository import git, knows_user
from cchc_cli.store.templates import read_templates
from cchc_cli.store.writing import left_behind
from cchc_cli.syntax.load import load
from cchc_cli.syntax.schema import FILES, FOLDER, same_keys, schema_of

HELP = _("Check this installation: what is missing, and how to mend it.")

_FORMATS = ("text", "json")
_TEMPLATES = (
    "report.docx", "report.md.jinja", "reminder.docx", "reminder.md.jinja", "reminder.txt.jinja",
    "plan.docx", "plan.md.jinja", "appendix.docx", "appendix.md.jinja",
    "inspection_record.docx", "inspection_report.docx", "inspection_report.md.jinja",
    "score_form.docx", "score_report.docx", "page.html.jinja",
)  # fmt: skip
_FONT = "Times New Roman"  # Nghị định 30/2020 asks for it; the others have letters as wide as its
_AS_WIDE = (_FONT, "Liberation Serif", "Tinos", "Nimbus Roman", "TeX Gyre Termes")
_LEVELS = {
    Level.OK: msg("ok"), Level.WARNING: msg("warning"), Level.PROBLEM: msg("problem"),
}  # fmt: skip


def run(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "text",
) -> int:
    """Print a line for each finding; 1 if one of them is a problem."""
    one_of(output, _FORMATS, "--format")
    found = [
        *_of_machine(),
        *_guarded("config", _config),
        *_guarded("plans", lambda: _of_plans(plan_root(ctx))),
    ]
    if output == "json":
        from cchc_cli.render.data import as_json

        write(as_json([_data(each) for each in found], unicode=writes_unicode()))
    else:
        write("\n".join(wrapped([_line(each) for each in found], hanging="    ")))
    return 1 if any(each.level is Level.PROBLEM for each in found) else 0


def _line(found: Finding) -> str:
    level = say(_LEVELS[found.level])
    text = f"{level}: {say(found.message)}"
    return f"{text} → {say(found.hint)}" if found.hint else text


def _data(found: Finding) -> dict[str, str | None]:
    return {
        "check": found.about,
        "level": found.level.value,
        "message": say(found.message),
        "hint": say(found.hint) if found.hint else None,
    }


def _guarded(about: str, check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What a check finds; that it cannot be made is a finding, too."""
    try:
        yield from check()
    except (CannotRun, TemplateFailure) as failure:
        yield Finding(about, Level.PROBLEM, failure.message, failure.hint)
    except Exception as failure:  # noqa: BLE001  # whatever is wrong here: this is where to say so
        message = msg("{check} cannot be examined: {reason}", check=about, reason=reason(failure))
        yield Finding(about, Level.PROBLEM, message)


# -- the machine -----------------------------------------------------------------------------------


def _of_machine() -> Iterator[Finding]:
    python = msg("Python {version} ({path})", version=platform.python_version(),
                 path=sys.executable)  # fmt: skip
    yield Finding("python", Level.OK, python)
    folder = str(Path(__file__).parents[1])
    program = msg("cchc {version} ({path})", version=__version__, path=folder)
    yield Finding("cchc", Level.OK, program)
    yield from _guarded("git", _git)
    yield from _guarded("console", _console)
    yield from _guarded("font", _font)


def _git() -> Iterator[Finding]:
    here = Path()
    said = git(here, "--version")
    if said is None:
        yield Finding("git", Level.WARNING, msg("git is not installed: --commit does not work"),
                      msg("install git, or leave out --commit"))  # fmt: skip
    elif not knows_user(here):
        yield Finding(
            "git", Level.WARNING, msg("git does not know your name: --commit does not work"),
            msg('git config --global user.name "…"; git config --global user.email "…"'),
        )  # fmt: skip
    else:
        yield Finding("git", Level.OK, msg("{version}, with your name", version=said.text))


def _console() -> Iterator[Finding]:
    utf8 = (
        msg("run “chcp 65001” in this window, then try again")
        if os.name == "nt"
        else msg("choose a locale in UTF-8, such as: export LC_ALL=C.UTF-8")
    )
    encoding = sys.stdout.encoding or "ascii"
    try:
        "ợ".encode(encoding)
    except UnicodeEncodeError:
        message = msg("the console cannot write “ợ” ({encoding}): texts appear without their marks",
                      encoding=encoding)  # fmt: skip
        yield Finding("console", Level.WARNING, message, utf8)
    else:
        message = msg("the console writes Vietnamese ({encoding})", encoding=encoding)
        yield Finding("console", Level.OK, message)
    names = sys.getfilesystemencoding()
    if names.replace("-", "") != "utf8":
        message = msg("names of files are read as {encoding}, not UTF-8", encoding=names)
        yield Finding("locale", Level.WARNING, message, utf8)


def _font() -> Iterator[Finding]:
    found = font_for(_FONT)
    if found in _AS_WIDE:
        message = msg("letters print in {font}", font=found)
        yield Finding("font", Level.OK, message)
    elif found is not None:
        message = msg("{wanted} is not installed, {font} takes its place: lines and pages break "
                      "elsewhere", wanted=_FONT, font=found)  # fmt: skip
        yield Finding("font", Level.WARNING, message,
                      msg("install {wanted} or Liberation Serif", wanted=_FONT))  # fmt: skip


def _config() -> Iterator[Finding]:
    """The file can be read; whether the unit in it is known is seen once the plans are."""
    values = read_config()
    path = str(config_file())
    if "unit" in values:
        message = msg("your unit is {unit} ({path})", unit=values["unit"], path=path)
        yield Finding("config", Level.OK, message)
    else:
        message = msg("your unit is not set: every command that records needs --unit")
        yield Finding("config", Level.OK, message, msg("to set it: cchc config unit VP"))


# -- the plans -------------------------------------------------------------------------------------


def _of_plans(root: Path) -> Iterator[Finding]:
    yield Finding("root", Level.OK, msg("the plans lie in {folder}", folder=str(root.resolve())))
    sources, problems = read_plans(root)
    loaded = load(sources, problems)
    workspace = loaded.workspace
    yield from _guarded("plans", lambda: _files(workspace, sources, loaded.diagnostics))
    yield from _guarded("unit", lambda: _own_unit(workspace))
    yield from _guarded("schema", lambda: _schemas(root / "plans" / FOLDER))
    yield from _templates(root)
    yield from _guarded("left-behind", lambda: _left(root))


def _files(
    workspace: Workspace, sources: list[SourceFile], reading: tuple[Diagnostic, ...]
) -> Iterator[Finding]:
    """Errors in the files, and years without a calendar."""
    findings = run_checks(workspace, sources, reading).findings
    errors = sum(found.severity is Severity.ERROR for found in findings)
    if errors:
        message = msg("the plan files have {count} errors", count=errors)
        yield Finding("plans", Level.PROBLEM, message, msg("run “cchc validate” for all of them"))
    else:
        plans = ", ".join(workspace.plans) or "-"
        message = msg("the plan files have no errors (plans: {plans}; {files} files)", plans=plans,
                      files=workspace.files_read)  # fmt: skip
        yield Finding("plans", Level.OK, message)
    for found in findings:
        if found.code == "CCHC305":
            yield Finding("calendar", Level.WARNING, found.message, found.hint)


def _own_unit(workspace: Workspace) -> Iterator[Finding]:
    try:
        name = read_config().get("unit")
    except CannotRun:  # said before
        return
    unit = Directory(workspace.units, workspace.groups).find(name) if name else None
    if name and not isinstance(unit, Unit):
        message = msg("these plans have no unit “{unit}”, which is set as yours", unit=name)
        yield Finding("unit", Level.WARNING, message, msg("set yours: cchc config unit VP"))
    elif isinstance(unit, Unit) and unit.valid_until and unit.valid_until < today():
        message = msg("your unit {unit} ended on {day}", unit=unit.id, day=unit.valid_until)
        yield Finding("unit", Level.WARNING, message, msg("set yours: cchc config unit VP"))


def _schemas(folder: Path) -> Iterator[Finding]:
    """Nothing if there are none: they are for editors that use them."""
    if not folder.is_dir():
        return
    stale = [name for name in FILES if not _is_current(folder / f"{name}.json", name)]
    if stale:
        message = msg("the schemas in plans/{folder} are of another version: {names}",
                      folder=FOLDER, names=", ".join(stale))  # fmt: skip
        yield Finding("schema", Level.WARNING, message, msg("run “cchc schema”"))
    else:
        yield Finding("schema", Level.OK, msg("the schemas for editors are of this version"))


def _is_current(path: Path, name: str) -> bool:
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return same_keys(written, schema_of(name, say))


def _templates(root: Path) -> Iterator[Finding]:
    """The broken ones, each by itself."""
    broken = [found for name in _TEMPLATES for found in _guarded("templates", _reader(root, name))]
    yield from broken or [Finding("templates", Level.OK, msg("all templates can be read"))]


def _reader(root: Path, name: str) -> Callable[[], Iterator[Finding]]:
    """A check that reads a template; what it names is seen only when it is filled in."""

    def read() -> Iterator[Finding]:
        templates = read_templates(root, name)
        if name.endswith(".docx"):
            from cchc_cli.render.docx import examine as examine_word

            examine_word(templates.files[name], f"{templates.folder}/{name}")
        else:
            from cchc_cli.render.sandbox import examine

            examine({name: templates.texts()[name]}, templates.folder)
        yield from ()

    return read


def _left(root: Path) -> Iterator[Finding]:
    found = left_behind(root)
    if found.busy:
        message = msg("somebody else is writing to the plans: {owner}", owner=found.owner)
        yield Finding("left-behind", Level.WARNING, message,
                      msg("wait until they are done and run the command again"))  # fmt: skip
        return
    names = [*found.passing, *(["plans/.cchc.owner"] if found.owner else [])]
    if names:
        message = msg("left behind by a command that was cut off: {names}", names=", ".join(names))
        yield Finding("left-behind", Level.WARNING, message,
                      msg("delete these files; run “cchc validate”"))  # fmt: skip
