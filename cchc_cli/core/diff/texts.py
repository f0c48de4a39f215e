"""The signed text, part by part and section by section, and a change of words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cchc_cli.core.checks.places import APPENDIX, OPENING, RECIPIENTS, SIGNER, SUBJECT
from cchc_cli.core.checks.references import sections
from cchc_cli.core.diff.changes import Change, Kind
from cchc_cli.core.diff.records import pairs
from cchc_cli.core.model import Appendix, Charge, Document, Plan, Section
from cchc_cli.core.source import Span, Text

_COMPARABLE = 4000  # words: beyond that, comparing them would take longer than reading them


class Piece(NamedTuple):
    """A stretch of a text that stays, or that was `before` and is now `after`."""

    before: str
    after: str

    @property
    def stays(self) -> bool:
        """Whether it is the same on both sides."""
        return self.before == self.after


def reworded(before: str, after: str) -> list[Piece]:
    """The pieces of two texts, word by word; one piece where only the spaces differ."""
    old, new = before.split(), after.split()
    if old == new or max(len(old), len(new)) > _COMPARABLE:
        return [Piece(before, after)]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [
        Piece(" ".join(old[start:end]), " ".join(new[first:last]))
        for _what, start, end, first, last in matcher.get_opcodes()
    ]


class _Passage(NamedTuple):
    """A passage of the document under the name by which people and `validate` call it."""

    name: str
    text: str
    span: Span | None


class Tie(NamedTuple):
    """What ties a section to the task table and to the units."""

    field: Text | None
    unit: Text | None
    group: Text | None
    charge: Charge | None


def changes_of(plan: str, before: Plan, after: Plan) -> Iterator[Change]:
    """Changes of the signed text, and of what ties its sections to the tasks."""
    both = pairs(_passages(before), _passages(after), lambda passage: passage.name)
    for old, new in both:
        was, now = old.text if old else None, new.text if new else None
        found = new or old
        if found is not None and was != now:
            yield Change(Kind.TEXT_CHANGED, plan, found.name, was, now, found.span)
    for one, other in pairs(sections(before), sections(after), lambda section: section[0]):
        if one is not None and other is not None and _tie(one[1]) != _tie(other[1]):
            ties = _tie(one[1]), _tie(other[1])
            yield Change(Kind.SECTION_CHANGED, plan, other[0], *ties, other[1].span)


def _passages(plan: Plan) -> Iterator[_Passage]:
    document, appendix = plan.document, plan.appendix
    if document is not None:
        yield from _of_document(document)
    if appendix is not None:
        yield _passage(APPENDIX, _of_appendix(appendix))


def _of_document(document: Document) -> Iterator[_Passage]:
    yield _passage(SUBJECT, [document.type, document.subject])
    yield _passage(OPENING, [document.preamble])
    for part in document.parts:
        name = f"Phần {part.number}"
        yield _passage(name, [part.title, part.text, part.closing], part.span)
        for section in part.sections:
            texts = [section.title, section.text, *section.items]
            yield _passage(f"{name}, mục {section.number}", texts, section.span)
    yield _passage(RECIPIENTS, document.recipients)
    yield _passage(SIGNER, document.signature or ())


def _of_appendix(appendix: Appendix) -> list[Text | None]:
    return [appendix.heading, appendix.subject, appendix.attached, *appendix.columns]


def _passage(name: str, texts: Iterable[Text | None], span: Span | None = None) -> _Passage:
    present = [text for text in texts if text is not None]
    place = span or (present[0].span if present else None)
    return _Passage(name, "\n".join(present), place)


def _tie(section: Section) -> Tie:
    charge = section.charge and Charge(*(tuple(sorted(ids)) for ids in section.charge))
    return Tie(section.field, section.unit, section.group, charge)
