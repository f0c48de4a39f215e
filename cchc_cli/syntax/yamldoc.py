"""YAML text → nodes with places. The only module that imports yaml.

Nodes are read instead of loaded values, so that `1.10`, `010`, `12:30` and `no` stay what they
are. Anchors, aliases and tags are refused: nothing in a plan needs them, and they hide and repeat.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import msg
from cchc_cli.core.source import SourceFile, Span

Node = yaml.nodes.Node
MappingNode = yaml.nodes.MappingNode
ScalarNode = yaml.nodes.ScalarNode
SequenceNode = yaml.nodes.SequenceNode

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_NESTING = 40
MAX_NODES = 3_000_000  # 100,000 tasks have 1.8 million; each takes 300 bytes

NULL = "tag:yaml.org,2002:null"
_TEXT = "tag:yaml.org,2002:str"
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_INDICATORS = "&*!"
_BEFORE_INDICATOR = frozenset("\n\r\t\x85\u2028\u2029 [{,:-")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)

# What libyaml and PyYAML say, in words that help.
_INDENTATION = msg("the indentation does not fit, or a quote is missing above")
_NEVER_CLOSED = msg("a quote or bracket that is never closed")
_INDICATOR = msg("text that begins with & or * must stand between double quotes")
_MISFIT = msg("this line does not fit the one above: look at its indentation and at the “:” above")
_TAB = msg("a tab where only spaces may indent")
_PROBLEMS = {
    "mapping values are not allowed": msg("“: ” inside unquoted text"),
    "could not find expected ':'": msg("a key without “:”"),
    "found character": msg("a character that cannot begin a value"),
    "found a tab character": _TAB,
    "did not find expected key": _INDENTATION,
    "expected <block end>": _INDENTATION,
    "did not find expected '-' indicator": msg("the indentation of this list item does not fit"),
    "found unexpected end of stream": _NEVER_CLOSED,
    "found unexpected document indicator": _NEVER_CLOSED,
    "did not find expected ',' or": _NEVER_CLOSED,
    "expected ',' or": _NEVER_CLOSED,
    "did not find expected alphabetic": _INDICATOR,
    "expected alphabetic": _INDICATOR,
    "found unknown escape character": msg("an unknown escape after “\\” in a quoted text"),
    "but found another document": msg("a second document after “---”"),
    "did not find expected <document start>": msg(
        "text that does not belong to the structure above"
    ),
    "expected '<document start>'": msg("text that does not belong to the structure above"),
    "did not find expected node content": msg("a value is missing here"),
    "expected the node content": msg("a value is missing here"),
    "block sequence entries are not allowed": msg("a list item “- ” where none can stand"),
    "sequence entries are not allowed": msg("a list item “- ” where none can stand"),
}
_TOO_DEEP = "exceeded maximum nesting depth"  # libyaml's own bound, as of PyYAML 6.0.4
_QUOTE_IT = msg("put the whole text between double quotes")
_USE_SPACES = msg("replace the tab with two spaces")


class _TooDeepError(Exception):
    """Nesting that no plan has; the parser would crash on it sooner or later."""

    def __init__(self, mark: Any) -> None:
        super().__init__()
        self.mark = mark


class _TooManyError(Exception):
    """More nodes than any plan has; they would fill the memory."""


class _RootIsListError(Exception):
    """A list where every file has a mapping: nothing in it is worth its memory."""


def node_loader(base: Any) -> Any:
    """A loader that makes nodes and nothing else, on top of PyYAML's C or Python one.

    Of the implicit types only null is told from text. The hooks around each node keep the open
    collections in a dictionary, at the speed of C, so that their depth can be watched.
    """

    class NodeLoader(base):  # type: ignore[misc]
        def __init__(self, text: str) -> None:
            super().__init__(text)
            self.outer: dict[Any, Any] = {}
            self.descend_resolver = self.outer.setdefault
            self.ascend_resolver = self.outer.popitem
            # A node takes one character at least, so that most files need no count.
            self.resolve = self.counted if len(text) > MAX_NODES else self.tag_of
            self.nodes = 0

        def counted(self, kind: type[Node], value: str, implicit: Any) -> str:
            self.nodes += 1
            if self.nodes == 1 and kind is SequenceNode:
                raise _RootIsListError
            if self.nodes > MAX_NODES:
                raise _TooManyError
            return self.tag_of(kind, value, implicit)

        def tag_of(self, kind: type[Node], value: str, implicit: Any) -> str:
            if kind is ScalarNode:
                return NULL if value in _NULLS and implicit[0] else _TEXT
            if len(self.outer) > MAX_NESTING:
                raise _TooDeepError(next(reversed(self.outer)).start_mark)
            return ""

    return NodeLoader


_NODE_LOADER = node_loader(LOADER)


def compose(source: SourceFile) -> Node | Diagnostic:
    """The root node of a file, or what keeps it from being read."""
    text = source.text
    if not text.strip():
        return error("CCHC006", Span(source.path), msg("the file is empty"))
    refused = _conflict(source) or _anchors(source)
    if refused is not None:
        return refused
    try:
        node = _root(text)
    except _TooDeepError as problem:
        return _too_deep(source, problem.mark)
    except _TooManyError:
        message = msg("the file holds more than {limit} values; no plan has so many",
                      limit=MAX_NODES)  # fmt: skip
        return error("CCHC003", Span(source.path), message)
    except _RootIsListError:
        return _empty_list(text)
    except yaml.MarkedYAMLError as problem:
        if problem.problem == _TOO_DEEP:
            return _too_deep(source, problem.problem_mark)
        return _syntax_error(source, problem)
    except yaml.reader.ReaderError:
        return _control_character(source)
    if node is None or (node.__class__ is ScalarNode and node.tag == NULL):
        return error("CCHC006", Span(source.path), msg("the file holds only comments"))
    return node


def _root(text: str) -> Node | None:
    loader = _NODE_LOADER(text)
    try:
        root: Node | None = loader.get_single_node()
        return root
    finally:
        loader.dispose()
        del loader.resolve  # a hook of itself would keep it, and the text, for the collector


def _empty_list(text: str) -> Node:
    """The list at the root without what it holds, to be refused for being one."""
    start: Any = next(
        event.start_mark
        for event in yaml.parse(text, Loader=LOADER)
        if isinstance(event, yaml.CollectionStartEvent)
    )
    return SequenceNode("", [], start, start)


def _control_character(source: SourceFile) -> Diagnostic:
    found = yaml.reader.Reader.NON_PRINTABLE.search(source.text)
    start = found.start() if found else 0
    message = msg("a control character (U+{code:04X})", code=ord(source.text[start]))
    return error("CCHC004", source.place(start, 1), message)


def _conflict(source: SourceFile) -> Diagnostic | None:
    """Say plainly that a merge was left half done; the parser would complain in riddles."""
    if "<<<<<<<" not in source.text and ">>>>>>>" not in source.text:
        return None
    found = _CONFLICT.search(source.text)
    if found is None:
        return None
    message = msg("a merge left its conflict markers in the file")
    hint = msg("keep what is right, which in a list may be both sides, and delete the lines "
               "“<<<<<<<”, “=======”, “>>>>>>>”")  # fmt: skip
    return error("CCHC004", source.place(found.start(), len(found.group())), message, hint=hint)


def _syntax_error(source: SourceFile, problem: yaml.MarkedYAMLError) -> Diagnostic:
    said = problem.problem or ""
    known = next((text for start, text in _PROBLEMS.items() if said.startswith(start)), None)
    # What is never closed is mended where it was opened.
    marks = (problem.context_mark, problem.problem_mark)
    mark = next(m for m in (marks if known is _NEVER_CLOSED else marks[::-1]) if m is not None)
    message, hint = known or msg("YAML: {problem}", problem=said), None
    lines = source.text.splitlines()
    before = lines[mark.line][: mark.column + 1] if mark.line < len(lines) else ""
    if said.startswith("mapping values"):
        message, hint = (message, _QUOTE_IT) if ": " in before else (_MISFIT, None)
    elif "\t" in before:
        message, hint = _TAB, _USE_SPACES
    return error("CCHC004", _at(source, mark), message, hint=hint)


def _too_deep(source: SourceFile, mark: Any) -> Diagnostic:
    message = msg("brackets or lists nested too deeply")
    return error("CCHC005", _at(source, mark), message)


def _anchors(source: SourceFile) -> Diagnostic | None:
    """Refuse anchors, aliases and tags; look closely only where one may be."""
    if not _may_hold_anchor(source.text):
        return None
    depth = 0
    try:
        for event in yaml.parse(source.text, Loader=LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_NESTING:
                return _too_deep(source, event.start_mark)
            name = _anchor_or_tag(event)
            if name:
                message = msg("anchors, aliases and tags are not allowed: “{name}”", name=name)
                hint = msg("write the value out in full, in quotes if it begins with & * or !")
                return error("CCHC005", _at(source, event.start_mark), message, hint=hint)
    except yaml.YAMLError:
        return None  # the parser will say it better
    return None


def _anchor_or_tag(event: Any) -> str:
    if isinstance(event, yaml.AliasEvent):
        return f"*{event.anchor}"
    if getattr(event, "anchor", None) is not None:
        return f"&{event.anchor}"
    tag = getattr(event, "tag", None)
    return str(tag) if tag is not None else ""


def _may_hold_anchor(text: str) -> bool:
    """Whether an indicator stands where an anchor, an alias or a tag could begin."""
    for indicator in _INDICATORS:
        at = text.find(indicator)
        while at >= 0:
            if at == 0 or text[at - 1] in _BEFORE_INDICATOR:
                return True
            at = text.find(indicator, at + 1)
    return False


def _at(source: SourceFile, mark: Any) -> Span:
    line, column = mark.line + 1, mark.column + 1
    lines = f"{source.text}|".splitlines()
    if line > len(lines):  # the parser counts one line more at the end
        line, column = len(lines), len(lines[-1])
    return Span(source.path, line, column, line, column + 1)


def span(path: str, node: Node) -> Span:
    """The place of a node."""
    start, end = node.start_mark, node.end_mark
    return Span(path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
