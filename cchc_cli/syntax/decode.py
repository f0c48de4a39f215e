"""Nodes → records, by the tables in `shapes`.

Never stops at a mistake: each one becomes a diagnostic with its place, and the record is built
from what is sound. A required text that is missing is an empty text at the record's place, so that
one mistake gives one finding.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Self

from cchc_cli.core.diagnostics import Diagnostic, Related, error
from cchc_cli.core.message import Message, msg
from cchc_cli.core.source import Span, Text
from cchc_cli.core.wording import closest
from cchc_cli.syntax.shapes import DAY, TEXT, Many, Scalar, Shape
from cchc_cli.syntax.yamldoc import NULL, MappingNode, Node, ScalarNode, SequenceNode
from cchc_cli.syntax.yamldoc import span as span_of_node

_MISSING = object()
MAX_FINDINGS = 10_000  # in one file: it is no plan, and more would only fill the memory
_HIDDEN = ("Cc", "Cf", "Zl", "Zp")  # control, invisible format, line and paragraph separators


class _NodeText(Text):
    """A text that works out its place when asked: of thousands, few are ever pointed at."""

    __slots__ = ("node", "path")

    node: Any
    path: str

    def __new__(cls, node: ScalarNode, path: str) -> Self:
        text = str.__new__(cls, node.value)
        text.path = path
        text.node = node
        return text

    @property
    def span(self) -> Span:  # type: ignore[override]
        return span_of_node(self.path, self.node)

    @property
    def exact(self) -> bool:  # type: ignore[override]
        node = self.node
        start, end = node.start_mark, node.end_mark
        quotes = 2 if node.style else 0
        return bool(start.line == end.line and end.column - start.column == len(self) + quotes)


class Decoder:
    """Decodes the nodes of one file and gathers what is wrong in them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.diagnostics: list[Diagnostic] = []
        self._subject = ""

    def record(self, node: Node, shape: Shape, **extra: Any) -> Any:
        """The record of a mapping node; None if a value it cannot do without is missing."""
        if not isinstance(node, MappingNode):
            self._report("CCHC103", node, msg("expected {what}", what=shape.name))
            return None
        outer = self._subject
        values: dict[str, Any] = dict(extra)
        first: dict[str, Node] = {}
        meant: set[str] = set()
        keys, subject = shape.keys, shape.subject
        for key_node, value_node in node.value:
            key = key_node.value if key_node.__class__ is ScalarNode else ""
            spec = keys.get(key)
            if spec is None:
                meant.add(self._unknown_key(key_node, key, shape))
                continue
            if key in first:
                self._duplicate_key(key_node, key, first[key])
                continue
            first[key] = key_node
            if key == subject and value_node.__class__ is ScalarNode:
                self._subject = value_node.value
            kind = spec.kind
            if isinstance(kind, Scalar):
                if spec.required and _is_blank(value_node):
                    message = msg("“{key}” of {what} is empty", key=key, what=shape.name)
                    self._report("CCHC104", key_node, message, found=key)
                    continue
                value = self._scalar(value_node, kind, key)
            else:
                value = self._value(value_node, kind, key)
            if value is not _MISSING:
                values[key] = value
        sound = shape.required <= values.keys() or self._complete(
            node, shape, values, first.keys() | meant
        )
        if shape.spanned:
            values["span"] = span_of_node(self.path, node)
        self._subject = outer
        return shape.record(**values) if sound else None

    def _complete(self, node: Node, shape: Shape, values: dict[str, Any], seen: set[str]) -> bool:
        """Report missing keys; put an empty text in place of a text. False if that cannot be."""
        sound = True
        for key in shape.keys:
            if key not in shape.required or key in values:
                continue
            if key not in seen:
                where = span_of_node(self.path, node)
                message = msg("{what} has no “{key}”", what=shape.name, key=key)
                start = Span(where.path, where.line, where.column, where.line, where.column + 1)
                self._add(error("CCHC104", start, message, subject=self._subject, found=key))
            if shape.keys[key].kind is TEXT and key != "id":
                values[key] = Text("", span_of_node(self.path, node))
            else:
                sound = False
        return sound

    def _value(self, node: Node, kind: Many | Shape, key: str) -> Any:
        if isinstance(kind, Many):
            return self._many(node, kind, key)
        if _is_null(node):
            return _MISSING
        found = self.record(node, kind)
        return _MISSING if found is None else found

    def _many(self, node: Node, kind: Many, key: str) -> Any:
        if _is_null(node):
            return ()
        if not isinstance(node, SequenceNode):
            hint = msg("write each entry on a line of its own, after “- ”")
            self._report("CCHC103", node, msg("“{key}” must be a list", key=key), hint)
            return _MISSING
        items = []
        for child in node.value:
            if isinstance(kind.item, Scalar):
                value = self._scalar(child, kind.item, key)
                if value is _MISSING and _is_null(child):
                    self._report("CCHC103", child, msg("an empty entry in “{key}”", key=key))
            else:
                value = self.record(child, kind.item)
            if value is not None and value is not _MISSING:
                items.append(value)
        return tuple(items)

    def _scalar(self, node: Node, kind: Scalar, key: str) -> Any:
        if node.__class__ is not ScalarNode:
            message = msg(
                "“{key}” must be {what}, not a list or mapping", key=key, what=kind.expected
            )
            self._report("CCHC103", node, message)
            return _MISSING
        raw = node.value
        if node.tag == NULL:
            return _MISSING
        if not raw.isprintable():
            self._hidden_characters(raw, node)
        if kind.parse is None:
            return _NodeText(node, self.path)
        value = kind.parse(raw)
        if value is None:
            message = msg(
                "“{key}” is “{raw}”, expected {what}", key=key, raw=raw, what=kind.expected
            )
            hint = _day_hint(raw) if kind is DAY else None
            self._report("CCHC105", node, message, hint, found=raw)
            return _MISSING
        return _NodeText(node, self.path) if isinstance(value, str) else value

    def _hidden_characters(self, raw: str, node: Node) -> None:
        for character in raw:
            if character not in "\n\t" and unicodedata.category(character) in _HIDDEN:
                message = msg("a hidden character U+{code:04X} in the text", code=ord(character))
                hint = msg("delete it; it often comes along when text is pasted")
                self._report("CCHC106", node, message, hint, found=f"U+{ord(character):04X}")
                return

    def _unknown_key(self, node: Node, key: str, shape: Shape) -> str:
        """Report a key; the one that was probably meant, which then counts as given."""
        message = msg("unknown key “{key}” in {what}", key=key, what=shape.name)
        near = closest(key, shape.keys, limit=1)
        hint = msg("did you mean “{name}”?", name=near[0]) if near else _allowed(shape)
        self._report("CCHC102", node, message, hint, found=key)
        return near[0] if near else ""

    def _duplicate_key(self, node: Node, key: str, first: Node) -> None:
        related = (Related(span_of_node(self.path, first), msg("first given here")),)
        message = msg("the key “{key}” is given twice", key=key)
        span = span_of_node(self.path, node)
        self._add(
            error("CCHC101", span, message, related=related, subject=self._subject, found=key)
        )

    def _report(
        self, code: str, node: Node, message: Message, hint: Message | None = None, found: str = ""
    ) -> None:
        span = span_of_node(self.path, node)
        self._add(error(code, span, message, hint=hint, subject=self._subject, found=found))

    def _add(self, found: Diagnostic) -> None:
        if len(self.diagnostics) < MAX_FINDINGS:
            self.diagnostics.append(found)
        elif len(self.diagnostics) == MAX_FINDINGS:
            message = msg("more than {limit} mistakes: the others are left out", limit=MAX_FINDINGS)
            self.diagnostics.append(error("CCHC003", found.span, message))


def _is_null(node: Node) -> bool:
    return node.__class__ is ScalarNode and node.tag == NULL


def _is_blank(node: Node) -> bool:
    return node.__class__ is ScalarNode and (node.tag == NULL or not node.value.strip())


def _allowed(shape: Shape) -> Message:
    return msg("allowed here: {keys}", keys=", ".join(shape.keys))


def _day_hint(raw: str) -> Message | None:
    """For 15/12/2022, the spelling that is meant."""
    pieces = raw.replace(".", "/").replace("-", "/").split("/")
    if len(pieces) == 3 and all(p.isdecimal() for p in pieces) and len(pieces[2]) == 4:
        day, month, year = pieces
        iso = f"{year}-{int(month):02}-{int(day):02}"
        if DAY.parse is not None and DAY.parse(iso) is not None:
            return msg("write {iso}", iso=iso)
    return None
