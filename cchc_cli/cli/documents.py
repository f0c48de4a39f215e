"""What the verbs that write official documents share: language, templates and forms of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from cchc_cli.cli.settings import Opened, one_of
from cchc_cli.core.agenda import Agenda
from cchc_cli.core.model import Plan, Unit
from cchc_cli.core.periods import Period
from cchc_cli.core.report import view
from cchc_cli.core.report.build import Before, Scene, build
from cchc_cli.core.report.cases import Cases
from cchc_cli.core.report.comparison import year_before
from cchc_cli.core.report.trace import traced
from cchc_cli.core.report.words import Words
from cchc_cli.i18n import activate, language, say
from cchc_cli.render import labels
from cchc_cli.render.pictures import Picture
from cchc_cli.render.sandbox import TemplateFailure
from cchc_cli.store.files import CannotRun
from cchc_cli.store.templates import read_templates

WORDS = Words(say, labels.status, lambda status: say(labels.STATUS[status]))


@contextmanager
def in_vietnamese() -> Iterator[None]:
    """Speak Vietnamese whatever the language of the command: it goes into a document."""
    spoken = language()
    activate("vi")
    try:
        yield
    finally:
        activate(spoken)


def scene(opened: Opened, plan: Plan, period: Period, unit: Unit | None = None) -> Scene:
    """What a report of that plan and period is about."""
    office, calendar = opened.workspace.office, opened.workspace.calendar
    return Scene(plan, office, calendar, period, unit, len(opened.errors))


def report_of(
    opened: Opened, plan: Plan, period: Period, unit: Unit | None, agenda: Agenda
) -> view.Report:
    """The report of a period as of the day of an agenda of the plan, in Vietnamese.

    It stands beside the same period of the year before, so that a second agenda is made.
    """
    about = scene(opened, agenda.plan, period, unit)
    earlier = year_before(about, agenda.as_of)
    before = None
    if earlier is not None:
        then = opened.agenda(plan, earlier.as_of)
        of_then = about._replace(plan=then.plan, period=earlier.period)
        before = Before(earlier.as_of, traced(Cases(of_then, then, opened.soon)))
    with in_vietnamese():  # whatever the language of the command: it goes into a document
        return build(about, agenda, opened.soon, WORDS, before)


def report_text(opened: Opened, report: view.Report) -> bytes:
    """The Markdown text of a report."""
    return rendered(opened, "report.md.jinja", {"report": report}, title_of(report), report.as_of)


def title_of(report: view.Report) -> str:
    """What a report is called in the properties of its files."""
    return f"{report.plan} {report.period}"


def chosen_forms(text: str, allowed: tuple[str, ...] = ("md", "docx", "pdf")) -> list[str]:
    """The forms of files asked for with --format, with commas between, each once."""
    return list(
        dict.fromkeys(one_of(name.strip(), allowed, "--format") for name in text.split(","))
    )


def in_forms(
    opened: Opened,
    name: str,
    forms: Sequence[str],
    values: Mapping[str, object],
    title: str,
    as_of: date,
    charts: Mapping[str, Picture] | None = None,
) -> dict[str, bytes]:
    """A document by the templates called `name`, in each of the forms; a PDF is made from Word.

    Markdown has no `charts`.
    """
    made: dict[str, bytes] = {}
    if "md" in forms:
        made["md"] = rendered(opened, f"{name}.md.jinja", values, title, as_of)
    if "docx" in forms or "pdf" in forms:
        made["docx"] = rendered(opened, f"{name}.docx", values, title, as_of, charts)
    if "pdf" in forms:
        from cchc_cli.store.soffice import convert

        made["pdf"] = convert(made["docx"], ".docx", "pdf")
    return {form: made[form] for form in forms}


def rendered(
    opened: Opened,
    template: str,
    values: Mapping[str, object],
    title: str,
    as_of: date,
    charts: Mapping[str, Picture] | None = None,
) -> bytes:
    """A document by the template of that name: Word, Markdown or plain text, by its ending."""
    templates = read_templates(opened.root, template, opened.templates)
    try:
        if template.endswith(".docx"):
            from cchc_cli.render.docx import Properties, render

            file = f"{templates.folder}/{template}"
            properties = Properties(title, as_of)
            return render(values, templates.files[template], file, properties, charts)
        if template.endswith(".txt.jinja"):
            from cchc_cli.render.eml import render as render_text
        else:
            from cchc_cli.render.markdown import render as render_text

        return render_text(values, template, templates.texts(), templates.folder).encode()
    except TemplateFailure as failure:
        raise CannotRun(failure.message, failure.hint) from failure
