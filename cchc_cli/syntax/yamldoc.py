"""YAML text → nodes with places. The only module that imports yaml.

Nodes are read instead of loaded values, so that `1.10`, `010`, `12:30` and `no` stay what they
are. Anchors, aliases and tags are refused: nothing in a plan needs them, and they hide and repeat.
"""

from __future__ import annotations

import re

import yaml

from cchc_cli.core.diagnostics import Diagnostic, error
from cchc_cli.core.message import Message, msg
from cchc_cli.core.source import SourceFile, Span

Node = yaml.nodes.Node
MappingNode = yaml.nodes.MappingNode
ScalarNode = yaml.nodes.ScalarNode
SequenceNode = yaml.nodes.SequenceNode

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_NESTING = 40

_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])([&*!][^\s,\[\]{}]+)", re.MULTILINE)
_FLOW = re.compile(r"(?:^|(?<=[\s\[{,:-]))[\[{]|[\]}]", re.MULTILINE)
_RUN = re.compile(r"^(?:[ \t]*[-?:][ \t]+){%d}" % MAX_NESTING, re.MULTILINE)

# What libyaml says, in words that help.
_PROBLEMS = {
    "mapping values are not allowed": msg("“: ” inside unquoted text"),
    "could not find expected ':'": msg("a key without “:”"),
    "found character '\\t' that cannot start": msg("a tab where only spaces may indent"),
    "found character that cannot start": msg("a character that cannot begin a value"),
    "did not find expected key": msg("the indentation does not fit, or a quote is missing above"),
    "did not find expected '-' indicator": msg("the indentation of this list item does not fit"),
    "found unexpected end of stream": msg("a quote or bracket that is never closed"),
    "did not find expected ',' or": msg("a “,” or closing bracket is missing"),
    "found unknown escape character": msg("an unknown escape after “\\” in a quoted text"),
    "expected a single document": msg("a second document after “---”"),
    "did not find expected <document start>": msg("text that does not belong to the structure above"),
    "did not find expected node content": msg("a value is missing here"),
    "block sequence entries are not allowed": msg("a list item “- ” where none can stand"),
    "found a tab character": msg("a tab where only spaces may indent"),
}
_QUOTE_IT = msg("put the whole text between double quotes")
_USE_SPACES = msg("replace the tab with two spaces")


def compose(source: SourceFile) -> Node | Diagnostic:
    """The root node of a file, or what keeps it from being read."""
    text = source.text
    if not text.strip():
        return error("CCHC006", Span(source.path), msg("the file is empty"))
    refused = _nesting(source) or _anchors(source)
    if refused is not None:
        return refused
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as problem:
        return _syntax_error(source, problem)
    except yaml.reader.ReaderError as problem:
        before = text[: problem.position]
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        message = msg("a control character (U+{code:04X})", code=_code(problem.character))
        return error("CCHC004", Span(source.path, line, column, line, column + 1), message)
    if node is None:
        return error("CCHC006", Span(source.path), msg("the file holds only comments"))
    return node


def _code(character: object) -> int:
    return character if isinstance(character, int) else ord(str(character)[:1] or " ")


def _syntax_error(source: SourceFile, problem: yaml.MarkedYAMLError) -> Diagnostic:
    mark = problem.problem_mark or problem.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = problem.problem or ""
    message: Message = msg("YAML: {problem}", problem=said)
    for start, known in _PROBLEMS.items():
        if said.startswith(start):
            message = known
    hint = None
    lines = source.text.splitlines()
    at_tab = 0 < line <= len(lines) and "\t" in lines[line - 1][:column]
    if said.startswith("mapping values"):
        hint = _QUOTE_IT
    elif at_tab:
        message, hint = msg("a tab where only spaces may indent"), _USE_SPACES
    span = Span(source.path, line, column, line, column + 1)
    return error("CCHC004", span, message, hint=hint)


def _nesting(source: SourceFile) -> Diagnostic | None:
    """Refuse nesting that no plan has; the parser would crash or crawl on it."""
    depth = 0
    run = _RUN.search(source.text)
    place = run.start() if run else None
    if place is None:
        for match in _FLOW.finditer(source.text):
            depth = depth + 1 if match.group() in "[{" else max(depth - 1, 0)
            if depth > MAX_NESTING:
                place = match.start()
                break
    if place is None:
        return None
    return error("CCHC005", _span(source, place, 1), msg("brackets or lists nested too deeply"))


def _anchors(source: SourceFile) -> Diagnostic | None:
    """Refuse anchors, aliases and tags; look closely only where one may be."""
    if not _ANCHOR.search(source.text):
        return None
    try:
        for event in yaml.parse(source.text, Loader=LOADER):
            anchor = getattr(event, "anchor", None)
            tag = getattr(event, "tag", None)
            if anchor is not None or tag is not None:
                mark = event.start_mark
                span = Span(source.path, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
                name = f"{anchor}" if anchor is not None else f"{tag}"
                message = msg("anchors, aliases and tags are not allowed: “{name}”", name=name)
                return error("CCHC005", span, message, hint=msg("write the value out in full"))
    except yaml.YAMLError:
        return None  # the parser will say it better
    return None


def _span(source: SourceFile, start: int, length: int) -> Span:
    """The place of an offset; both parsers count "\\n", "\\r\\n" and "\\r" as line ends."""
    before = source.text[:start]
    line = before.count("\n") + 1
    column = start - (before.rfind("\n") + 1) + 1
    return Span(source.path, line, column, line, column + length)


def span(path: str, node: Node) -> Span:
    """The place of a node."""
    start, end = node.start_mark, node.end_mark
    return Span(path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
