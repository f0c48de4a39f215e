"""Edits of YAML text that add a fact and leave every other byte as it is.

Comments, order, quotes, wrapping and line ends of what is there survive because they are never
written anew: an edit is a piece of text put in at one place. `with_fact` reads each edit back: the
new text must hold what the old one held and the fact, no more and no less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from cchc_cli.core.diagnostics import Diagnostic
from cchc_cli.core.source import SourceFile
from cchc_cli.syntax import emit
from cchc_cli.syntax.yamldoc import NULL, MappingNode, Node, ScalarNode, SequenceNode, compose


class CannotEdit(Exception):
    """The file is not in a state in which a fact can be added safely."""


class Fact(NamedTuple):
    """What is to be added to a file under `plans/`.

    A new record at the end of the list `key`, or, where `to` names a record of such a list by its
    id (or its place, from 0), keys for that record: a list given for a key it has already is added
    to that list, any other key must be new to it or empty. Without a `key`, keys for the file as a
    whole. `head` is how a new file starts.
    """

    path: str
    key: str
    values: Mapping[str, emit.Value]
    to: str | int | None = None
    head: str = ""


def with_fact(text: str | None, fact: Fact) -> str:
    """The text of a file (None: there is none) with the fact added, read back and compared."""
    source = SourceFile(fact.path, _start(text, fact))
    if not fact.key:
        after = add_to_file(source, fact.values)
    elif fact.to is None:
        after = append_item(source, fact.key, fact.values)
    else:
        after = add_keys(source, fact.key, fact.to, fact.values)
    if data(_mapping(SourceFile(fact.path, after))) != _expected(data(_mapping(source)), fact):
        raise CannotEdit(fact.path)
    return after


def _start(text: str | None, fact: Fact) -> str:
    """A text with a mapping in it: as it is, or, of a file that holds no records yet, begun."""
    start = f"{fact.head}{fact.key}:\n" if fact.key else fact.head
    if text is None:
        return start
    lines = [line.strip() for line in text.splitlines()]
    if any(lines) and all(line.startswith("#") for line in lines if line):
        return f"{text}{_line_end(text)}{start}"
    return text


def append_item(source: SourceFile, key: str, item: Mapping[str, emit.Value]) -> str:
    """The text of `source` with `item` as the last entry of its list `key`."""
    root = _mapping(source)
    for key_node, value in root.value:
        if key_node.value == key:
            return _append(source, key_node, value, [item])
    lines = [f"{key}:", *emit.list_item(item, 2)]
    return _insert_lines(source.text, last_line(root) + 1, lines)


def add_keys(
    source: SourceFile, lists: str, identity: str | int, values: Mapping[str, emit.Value]
) -> str:
    """The text of `source` with `values` added to a record (its id, or place) of a list `lists`."""
    for key, value in values.items():
        source = source._replace(text=_add_key(source, _entry(source, lists, identity), key, value))
    return source.text


def add_to_file(source: SourceFile, values: Mapping[str, emit.Value]) -> str:
    """The text of `source` with `values` added to its mapping."""
    for key, value in values.items():
        source = source._replace(text=_add_key(source, _mapping(source), key, value))
    return source.text


def _add_key(source: SourceFile, record: MappingNode, key: str, value: emit.Value) -> str:
    for key_node, node in record.value:
        if key_node.value == key:
            return _fill(source, key_node, node, value)
    if record.flow_style:
        return _before_bracket(source.text, record, f"{key}: {emit.flow(value)}")
    indent = record.value[0][0].start_mark.column
    lines = list(emit.block({key: value}, indent))
    return _insert_lines(source.text, last_line(record) + 1, lines)


def _fill(source: SourceFile, key: ScalarNode, node: Node, value: emit.Value) -> str:
    """Put a value where there is none, or add to a list."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _append(source, key, node, value)
    if node.tag != NULL:
        raise CannotEdit(source.path)
    return _instead(source.text, node, f" {emit.flow(value)}")


def _mapping(source: SourceFile) -> MappingNode:
    node = compose(source)
    if isinstance(node, Diagnostic) or not isinstance(node, MappingNode):
        raise CannotEdit(source.path)
    if node.flow_style:
        raise CannotEdit(source.path)
    return node


def _entry(source: SourceFile, lists: str, identity: str | int) -> MappingNode:
    records = enumerate(_records(_mapping(source), lists))
    found = [record for place, record in records if identity in (place, _id(record))]
    if len(found) != 1:
        raise CannotEdit(str(identity))
    return found[0]


def _records(node: Node, lists: str) -> Iterator[MappingNode]:
    """The records of every list of that name, however deep."""
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _records(item, lists)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == lists and isinstance(value, SequenceNode):
                yield from (item for item in value.value if isinstance(item, MappingNode))
            yield from _records(value, lists)


def _id(record: MappingNode) -> str:
    return next((str(value.value) for key, value in record.value if key.value == "id"), "")


def _append(source: SourceFile, key: ScalarNode, value: Node, items: Sequence[emit.Item]) -> str:
    if isinstance(value, SequenceNode) and value.value:
        if value.flow_style:
            return _before_bracket(source.text, value, ", ".join(map(emit.flow, items)))
        lines = _lines(items, value.start_mark.column)
        return _insert_lines(source.text, last_line(value) + 1, lines)
    if not isinstance(value, SequenceNode) and value.tag != NULL:
        raise CannotEdit(source.path)
    if all(isinstance(item, str) for item in items):
        return _instead(source.text, value, f" {emit.flow(items)}")
    lines = _lines(items, key.start_mark.column + 2)
    return _insert_lines(_instead(source.text, value, ""), key.end_mark.line + 1, lines)


def _lines(items: Sequence[emit.Item], indent: int) -> list[str]:
    return [line for item in items for line in emit.list_item(item, indent)]


def _before_bracket(text: str, node: Node, piece: str) -> str:
    """`text` with one more piece at the end of a mapping or list in braces or brackets."""
    head = text[: node.end_mark.index - 1].rstrip()
    between = "" if not node.value else " " if head.endswith(",") else ", "
    return f"{head}{between}{piece}{text[len(head) :]}"


def _instead(text: str, node: Node, piece: str) -> str:
    """`text` with a piece in place of an empty value."""
    start, end = node.start_mark.index, node.end_mark.index
    return f"{text[:start].rstrip(' ')}{piece}{text[end:]}"


def last_line(node: Node) -> int:
    """The last line (from 0) that a node takes; the parser counts comments and blanks to it."""
    flat = isinstance(node, ScalarNode) or bool(getattr(node, "flow_style", False))
    if flat or not node.value:
        line, column = node.end_mark.line, node.end_mark.column
        return int(line - 1 if column == 0 and line > node.start_mark.line else line)
    last = node.value[-1]
    if isinstance(last, tuple):
        key, value = last
        absent = value.tag == NULL and value.value == ""
        return last_line(key) if absent else last_line(value)
    return last_line(last)


def _insert_lines(text: str, line: int, lines: list[str]) -> str:
    """`text` with `lines` put before line number `line` (from 0), in its own line ends."""
    end = "\r\n" if "\r\n" in text else "\n"
    kept = f"{text}{_line_end(text)}".splitlines(keepends=True)
    added = [f"{one}{end}" for one in lines]
    return "".join([*kept[:line], *added, *kept[line:]])


def _line_end(text: str) -> str:
    """The line end that is missing at the end of `text`."""
    if not text or text.endswith(("\n", "\r")):
        return ""
    return "\r\n" if "\r\n" in text else "\n"


# -- reading back ----------------------------------------------------------------------------------


def data(node: Node) -> Any:  # YAML: texts, lists and mappings
    """What a node holds, without places and styles."""
    if isinstance(node, MappingNode):
        found = {key.value: data(value) for key, value in node.value}
        if len(found) < len(node.value):  # a key given twice: which one would be added to?
            raise CannotEdit(str(node.start_mark))
        return found
    if isinstance(node, SequenceNode):
        return [data(item) for item in node.value]
    return None if node.tag == NULL else node.value


def _given(value: emit.Value | emit.Item) -> Any:
    """The same of a value that is to be added."""
    if isinstance(value, Mapping):
        return {key: _given(inner) for key, inner in value.items()}
    if isinstance(value, (str, date, int)):
        return str(value)
    return [_given(item) for item in value]


def _expected(held: Any, fact: Fact) -> Any:
    """What a file must hold that held `held`, once the fact has been added."""
    added = _given(fact.values)
    if not fact.key:
        return {**held, **added, **_longer(held, added)}
    if fact.to is None:
        return {**held, fact.key: [*(held.get(fact.key) or ()), added]}
    if isinstance(held, list):
        return [_expected(item, fact) for item in held]
    if not isinstance(held, dict):
        return held
    found = {key: _expected(value, fact) for key, value in held.items()}
    for number, record in enumerate(held.get(fact.key) or ()):
        if isinstance(record, dict) and fact.to in (number, record.get("id")):
            found[fact.key][number] = {**record, **added, **_longer(record, added)}
    return found


def _longer(record: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """The lists of a record with what is added to them."""
    return {k: [*(record.get(k) or ()), *v] for k, v in added.items() if isinstance(v, list)}
