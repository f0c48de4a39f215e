"""A view → a Word file, by a Word template with Jinja tags in it (docxtpl).

Same view and same template give the same bytes: the parts of the file are sorted and undated,
and its properties name the as-of day and no person.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from cchc_cli.core.message import Message, msg
from cchc_cli.render.pictures import Picture
from cchc_cli.render.sandbox import (
    BLANK,
    TemplateFailure,
    failures,
    line_of,
    missing_name,
    reason,
    sandbox,
    short_date,
)
from cchc_cli.render.width import one_line, verbatim

if TYPE_CHECKING:  # slow to import
    from docxtpl import DocxTemplate
    from jinja2 import Environment, Template

_IN_WORD = "<template>"  # docxtpl gives Jinja each part of the file without a name
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_MAX_UNPACKED = 50_000_000
_PICTURE = 130  # mm; two charts of seven fields stand on one page
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip file can hold


class Properties(NamedTuple):
    """What the file says of itself: what it is, and as of when."""

    title: str
    as_of: date


def render(
    values: Mapping[str, object],
    template: bytes,
    file: str,
    properties: Properties,
    charts: Mapping[str, Picture] | None = None,
) -> bytes:
    """`values` by a Word template; `file` names it for people. Raises `TemplateFailure`.

    The template has `charts` by their names, or none.
    """
    environment, source = _environment()
    document = _opened(template, file)
    placed = {name: _Placed(document, one) for name, one in (charts or {}).items()}
    try:
        document.render({**values, "charts": placed}, environment)
    except failures() as failure:
        found = line_of(failure, (_IN_WORD,))
        if found is None:
            raise
        place = _place(source(), found[1], missing_name(failure))
        raise _failed(file, reason(failure), place) from failure
    except _BrokenXml as failure:
        raise _failed(file, msg("what it gives is no longer a Word document"), "") from failure
    _describe(document, properties)
    out = io.BytesIO()
    document.docx.save(out)
    return repacked(out.getvalue())


def examine(template: bytes, file: str) -> None:
    """Read a Word template without filling it in. Raises `TemplateFailure` if it is broken."""
    environment, _source = _environment()
    try:
        _opened(template, file).get_undeclared_template_variables(environment)
    except failures() as failure:
        raise _failed(file, reason(failure), "") from failure


def repacked(content: bytes) -> bytes:
    """A zip file with the same parts in order of name, and without their times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            part = zipfile.ZipInfo(name, _LONG_AGO)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 3
            part.external_attr = 0o644 << 16
            new.writestr(part, old.read(name))
    return out.getvalue()


class _BrokenXml(Exception):
    """The filled-in template is not well-formed XML."""


def _environment() -> tuple[Environment, Callable[[], str]]:
    """The sandbox, and a function that gives the part of the file it read last."""
    from jinja2 import DictLoader

    environment = sandbox(_shown, DictLoader({}))  # a Word template includes nothing
    read: list[str] = [""]
    compile_part = environment.from_string

    def from_string(source: str) -> Template:
        read[0] = source
        return compile_part(source)

    environment.from_string = from_string  # type: ignore[assignment, method-assign]
    return environment, lambda: read[0]


class _Placed(NamedTuple):
    """A picture for the part of the document that is being filled in."""

    document: DocxTemplate
    picture: Picture

    def xml(self) -> str:
        """The drawing, and its words for those who cannot see it."""
        from docx.shared import Mm

        inline = self.document.current_rendering_part.new_pic_inline(
            io.BytesIO(self.picture.png), Mm(_PICTURE), None
        )
        inline.docPr.set("descr", self.picture.words)
        drawing = f"<w:drawing>{inline.xml}</w:drawing>"
        return f'</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">'


def _opened(template: bytes, file: str) -> DocxTemplate:
    from docxtpl import DocxTemplate
    from lxml import etree

    class Checked(DocxTemplate):  # type: ignore[misc]
        def fix_tables(self, xml: str) -> object:
            """As docxtpl, which drops in silence what it cannot read: here it is an error."""
            try:
                etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))
            except etree.XMLSyntaxError as failure:
                raise _BrokenXml from failure
            return super().fix_tables(xml)

    try:
        with zipfile.ZipFile(io.BytesIO(template)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > _MAX_UNPACKED:
            raise _failed(file, msg("it unpacks to more than 50 MB; no template does"), "")
        document = Checked(io.BytesIO(template))
        document.init_docx()
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as failure:
        raise _failed(file, msg("this is not a Word file (.docx)"), "") from failure
    for address in _fetched(document):
        why = msg("it would fetch something from elsewhere: {address}", address=address)
        raise _failed(file, why, "")
    for text in _unclosed(document):
        why = msg("this is not a well-formed template: {reason}",
                  reason=msg("a tag does not end in the paragraph where it begins"))  # fmt: skip
        raise _failed(file, why, _shortened(text))
    return document


def _unclosed(document: DocxTemplate) -> Iterator[str]:
    """Paragraphs with half a tag: docxtpl would take all that follows for the rest of it."""
    from docx.oxml.ns import qn

    for paragraph in document.docx.element.body.iter(qn("w:p")):
        text = "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))
        left = _TAG.sub("", text) if "{" in text or "}" in text else ""
        if any(mark in left for mark in ("{{", "}}", "{%", "%}")):
            yield text


def _fetched(document: DocxTemplate) -> Iterator[str]:
    """What Word would load from outside the file on opening it; a link to click on is none."""
    package = document.docx.part.package
    for owner in (package, *package.iter_parts()):
        for relation in owner.rels.values():
            if relation.is_external and not relation.reltype.endswith("/hyperlink"):
                yield str(relation.target_ref)


def _failed(file: str, why: Message, place: str) -> TemplateFailure:
    if place:
        message = msg("{file}, at “{place}”: {reason}", file=file, place=place, reason=why)
    else:
        message = msg("{file}: {reason}", file=file, reason=why)
    return TemplateFailure(message, msg("mend the template in Word; nothing was written"))


def _place(source: str, line: int, name: str | None) -> str:
    """What stands in the template where it fails: the tag if it can be told, else the paragraph."""
    lines = source.splitlines()
    text = lines[line - 1] if line <= len(lines) else ""
    tags = [" ".join(_MARKUP.sub("", tag).split()) for tag in _TAG.findall(text)]
    if name is not None:
        tags = [tag for tag in tags if re.search(rf"\b{re.escape(name)}\b", tag)]
    if len(tags) == 1 or (name is not None and tags):
        return tags[0]
    return _shortened(_MARKUP.sub("", text))


def _shortened(text: str) -> str:
    shown = one_line(text)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"


def _shown(value: object) -> object:
    """How a value is printed: a day as people write it, what nobody knows as a blank.

    Blanks and line breaks stay (docxtpl makes the latter breaks in Word); a character that XML
    cannot hold is written out.
    """
    from markupsafe import Markup

    if isinstance(value, Markup):
        return value
    if isinstance(value, _Placed):
        return Markup(value.xml())  # noqa: S704  # made here
    if value is None:
        return BLANK
    if isinstance(value, date):
        return short_date(value)
    return "\n".join(verbatim(line) for line in str(value).splitlines())


def _describe(document: DocxTemplate, wanted: Properties) -> None:
    """Properties of the file: what it is and as of when; nobody's name, no time of the clock."""
    properties = document.docx.core_properties
    as_of = datetime(wanted.as_of.year, wanted.as_of.month, wanted.as_of.day)  # noqa: DTZ001
    properties.created = properties.modified = as_of
    properties.title = wanted.title
    for name in ("author", "category", "comments", "keywords", "last_modified_by", "subject"):
        setattr(properties, name, "")
    properties.revision = 1
