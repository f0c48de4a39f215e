"""`cchc diff [A [B]]`: what has changed in the plans, in words, and what follows from it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cchc_cli.cli.console import complain, wrapped, write, writes_unicode
from cchc_cli.cli.settings import AsOfOption, one_of, plan_root, today
from cchc_cli.core.diff.changes import Change
from cchc_cli.core.diff.compare import compare, hindering
from cchc_cli.core.diff.shared import of_templates
from cchc_cli.core.message import msg
from cchc_cli.core.model import Workspace
from cchc_cli.i18n import _, say
from cchc_cli.render import changes as render
from cchc_cli.render import findings
from cchc_cli.store.files import CannotRun, read_plans
from cchc_cli.store.git import Tree, read_index, read_revision
from cchc_cli.store.templates import own_templates
from cchc_cli.syntax.load import load

HELP = _(
    "What has changed in the plans from A to B, and what follows from it. Each is a revision that "
    "git knows or a folder that holds “plans”; without them: from HEAD to the working tree."
)
_FORMATS = ("text", "md", "json", "github")

_Side = Annotated[str | None, typer.Argument(show_default=False)]


class _State(NamedTuple):
    """One side of the comparison under the name by which people know it."""

    name: str
    workspace: Workspace
    templates: dict[str, bytes]
    commit: str | None


def run(
    ctx: typer.Context,
    a: _Side = None,
    b: _Side = None,
    staged: Annotated[
        bool, typer.Option("--staged", help=_("compare with what is staged for the next commit"))
    ] = False,
    as_of: AsOfOption = None,
    output: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "text",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=_("leave with 1 if anything has changed"))
    ] = False,
) -> int:
    """Print the changes from A (HEAD) to B (the work tree); 0 unless --exit-code is given."""
    one_of(output, _FORMATS, "--format")
    if staged and b is not None:
        raise typer.BadParameter(say(msg("with --staged name one revision at most")))
    before = _named(ctx, a or "HEAD")
    if staged:
        after = _state(say(msg("what is staged")), read_index(plan_root(ctx)))
    elif b is None:
        after = _state(say(msg("working tree")), _folder(plan_root(ctx)))
    else:
        after = _named(ctx, b)
    day = as_of or today()
    found = compare(before.workspace, after.workspace, day)
    # None of them weakens accountability, so that they stand last.
    found += of_templates(before.templates, after.templates)
    compared = render.Compared(before.name, after.name, day)
    commits = render.Commits(before.commit, after.commit)
    write(_rendered(output, found, compared, commits))
    return 1 if exit_code and found else 0


def _named(ctx: typer.Context, name: str) -> _State:
    """The state that an argument names: a folder with plans if there is one, else a revision."""
    folder = Path(name)
    if (folder / "plans").is_dir():
        return _state(name, _folder(folder))
    return _state(name, read_revision(plan_root(ctx), name))


def _folder(root: Path) -> Tree:
    return Tree(*read_plans(root), own_templates(root))


def _state(name: str, tree: Tree) -> _State:
    """What the files hold; says why they cannot be compared if a part of them is not understood."""
    workspace, diagnostics = load(tree.sources, tree.problems)
    errors = hindering(diagnostics)
    if errors:
        write(findings.plain(errors[:5]), sys.stderr)
        message = msg("{count} errors in the plans of “{name}”: they cannot be compared",
                      count=len(errors), name=name)  # fmt: skip
        raise CannotRun(message, msg("mend them, or compare with a state from before they came"))
    if not tree.sources:
        complain(msg("there are no plans in “{name}”", name=name))
    return _State(name, workspace, tree.templates, tree.commit)


def _rendered(
    output: str, found: list[Change], compared: render.Compared, commits: render.Commits
) -> str:
    if output == "md":
        return render.markdown(found, compared)
    if output == "github":
        return render.github(found)
    if output == "json":
        from cchc_cli.render.data import as_json

        return as_json(render.data(found, compared, commits), unicode=writes_unicode())
    return "\n".join(wrapped(render.text(found, compared), hanging="  "))
