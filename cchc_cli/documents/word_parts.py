"""A Word file as its parts: the text, and what it refers to by kind (styles) or by id (headers).

Source: ISO/IEC 29500-2 (relations of a package). What lies outside the file is never looked at.
"""

from __future__ import annotations

import posixpath
from xml.etree.ElementTree import Element

from cchc_cli.core.message import msg
from cchc_cli.documents.package import CannotRead, Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict form of the standard → the one that offices write.
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1],
    "http://purl.oclc.org/ooxml/drawingml/main": A[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1],
}


class Parts:
    """The parts of one file, with the names of elements in the form that offices write."""

    body: Element

    def __init__(self, content: bytes) -> None:
        """Raises `CannotRead` if the file holds no text of Word."""
        self._package = Package(content)
        main = next(
            (name for kind, name in self._related("").values() if kind == "officeDocument"),
            "word/document.xml",
        )
        root = self._part(main)
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise CannotRead(
                msg("there is no text of Word in this file"),
                msg("open it in its program and save it again as .docx"),
            )
        self.body = body
        self._by_id = self._related(main)

    def of_kind(self, kind: str) -> Element | None:
        """The root of the part of a kind, such as "styles"; None if there is none."""
        found = (name for each, name in self._by_id.values() if each == kind)
        return self._part(next(found, ""))

    def of_id(self, relation: str) -> Element | None:
        """The root of the part that the text refers to by that id; None if there is none."""
        _kind, name = self._by_id.get(relation, ("", ""))
        return self._part(name)

    def _part(self, name: str) -> Element | None:
        root = self._package.xml(name)
        return None if root is None else _in_usual_names(root)

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """By id: the kind of each part of this file that `part` refers to, and its name."""
        folder, name = posixpath.split(part)
        root = self._package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for relation in () if root is None else root.iter(_RELATION):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = kind, target.lstrip("/")
        return found


def _in_usual_names(root: Element) -> Element:
    if root.tag[1:].partition("}")[0] in _STRICT:
        for element in root.iter():
            element.tag = _usual(element.tag)
            element.attrib = {_usual(name): value for name, value in element.attrib.items()}
    return root


def _usual(name: str) -> str:
    space, closed, local = name[1:].partition("}")
    return f"{{{_STRICT.get(space, space)}}}{local}" if closed else name
