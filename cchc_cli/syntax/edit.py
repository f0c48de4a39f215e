"""Edits of YAML text that add a fact and leave every other byte as it is.

Comments, order, quotes, wrapping and line ends of what is there survive because they are never
written anew: an edit is a piece of text put in at one place. Each edit is read back by whoever
asked for it, and compared, before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping

from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.core.source import SourceFile
from cchc_cli.syntax import emit
from cchc_cli.syntax.yamldoc import NULL, MappingNode, Node, ScalarNode, SequenceNode, compose


class CannotEdit(Exception):
    """The file is not in a state in which a fact can be added safely."""


def append_item(source: SourceFile, key: str, item: Mapping[str, emit.Value]) -> str:
    """The text of `source` with `item` as the last entry of its list `key`."""
    root = _mapping(source)
    for key_node, value in root.value:
        if key_node.value == key:
            return _append(source, key_node, value, item)
    lines = [f"{key}:", *emit.list_item(item, 2)]
    return _insert_lines(source.text, _last_line(root) + 1, lines)


def add_keys(
    source: SourceFile, lists: str, identity: str, values: Mapping[str, emit.Value]
) -> str:
    """The text of `source` with `values` added to the entry `identity` of its list `lists`."""
    record = _entry(_mapping(source), lists, identity)
    if record.flow_style:
        end = record.end_mark.index - 1  # before the closing brace
        inner = emit.flow(values)[1:-1]
        comma = ", " if record.value else ""
        return source.text[:end].rstrip() + f"{comma}{inner}" + source.text[end:]
    indent = record.value[0][0].start_mark.column
    return _insert_lines(source.text, _last_line(record) + 1, list(emit.block(values, indent)))


def _mapping(source: SourceFile) -> MappingNode:
    node = compose(source)
    if isinstance(node, Diagnostic) or not isinstance(node, MappingNode):
        raise CannotEdit(source.path)
    if node.flow_style:
        raise CannotEdit(source.path)
    return node


def _entry(root: MappingNode, lists: str, identity: str) -> MappingNode:
    for key_node, value in root.value:
        if key_node.value == lists and isinstance(value, SequenceNode):
            for item in value.value:
                if isinstance(item, MappingNode) and _id(item) == identity:
                    return item
    raise CannotEdit(identity)


def _id(record: MappingNode) -> str:
    return next((str(value.value) for key, value in record.value if key.value == "id"), "")


def _append(
    source: SourceFile, key: ScalarNode, value: Node, item: Mapping[str, emit.Value]
) -> str:
    if isinstance(value, SequenceNode) and value.value and not value.flow_style:
        lines = emit.list_item(item, value.start_mark.column)
        return _insert_lines(source.text, _last_line(value) + 1, lines)
    if isinstance(value, SequenceNode) and value.value:
        end = value.end_mark.index - 1  # before the closing bracket
        return source.text[:end].rstrip() + f", {emit.flow(item)}" + source.text[end:]
    empty = isinstance(value, SequenceNode) or value.tag == NULL
    if not empty:
        raise CannotEdit(source.path)
    start, end = value.start_mark.index, value.end_mark.index
    text = source.text[:start].rstrip(" ") + source.text[end:] if end > start else source.text
    lines = emit.list_item(item, key.start_mark.column + 2)
    return _insert_lines(text, key.end_mark.line + 1, lines)


def _last_line(node: Node) -> int:
    """The last line (from 0) that a node takes; the parser counts comments and blanks to it."""
    flat = isinstance(node, ScalarNode) or bool(getattr(node, "flow_style", False))
    if flat or not node.value:
        line, column = node.end_mark.line, node.end_mark.column
        return int(line - 1 if column == 0 and line > node.start_mark.line else line)
    last = node.value[-1]
    if isinstance(last, tuple):
        key, value = last
        absent = value.tag == NULL and value.value == ""
        return _last_line(key) if absent else _last_line(value)
    return _last_line(last)


def _insert_lines(text: str, line: int, lines: list[str]) -> str:
    """`text` with `lines` put before line number `line` (from 0), in its own line ends."""
    end = "\r\n" if "\r\n" in text else "\n"
    kept = text.splitlines(keepends=True)
    if kept and not kept[-1].endswith(("\n", "\r")):
        kept[-1] += end
    added = [f"{one}{end}" for one in lines]
    return "".join([*kept[:line], *added, *kept[line:]])
