"""The comments of a Word file: their part, its relationship and its content type."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import join, normpath
from typing import Any

from lxml import etree

from reportgen.language.printable import printable
from reportgen.sources.word import PARSER, W

_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND = f"{_OFFICE}/comments"
_EMPTY_RELATIONS = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()
_AUTHOR = {f"{W}author": "reportgen", f"{W}initials": "rg"}
_PARAGRAPH = (
    f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" '
    'w:lineRule="auto"/><w:ind w:left="0" w:firstLineChars="0" w:firstLine="0"/>'
    '<w:jc w:val="left"/></w:pPr><w:r><w:rPr><w:sz w:val="18"/></w:rPr>'
    '<w:t xml:space="preserve"/></w:r></w:p>'
)


class Comments:
    """The comments a file has, and those that are added; no dates: same input, same bytes."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._types = etree.fromstring(parts[_TYPES], PARSER)
        self._relations = etree.fromstring(parts.get(_RELATIONS, _EMPTY_RELATIONS), PARSER)
        self._name = self._related() or self._relate(parts)
        data = parts.get(self._name)
        empty = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        self._root = etree.fromstring(data, PARSER) if data else empty
        numbers = (int(comment.get(f"{W}id", "-1")) for comment in self._root)
        self._next = max(numbers, default=-1) + 1

    def add(self, text: str) -> int:
        """Add a comment of a paragraph a line; return its number."""
        number, self._next = self._next, self._next + 1
        comment = etree.SubElement(self._root, f"{W}comment", {f"{W}id": str(number), **_AUTHOR})
        for line in printable(text).split("\n"):
            comment.append(_line(line))
        return number

    def parts(self) -> dict[str, bytes]:
        """The parts that change."""
        roots = {
            _TYPES: self._types,
            _RELATIONS: self._relations,
            self._name: self._root,
        }
        return {name: _written(root) for name, root in roots.items()}

    def _related(self) -> str:
        """The part of the comments that the file has already, or ''."""
        targets = (one.get("Target", "") for one in self._relations if one.get("Type") == _KIND)
        target = next(targets, "")
        return normpath(join("/word", target)).lstrip("/") if target else ""

    def _relate(self, parts: Mapping[str, bytes]) -> str:
        """Enter a new part for comments under a name that is free."""
        names = ("comments", *(f"comments{number}" for number in range(2, len(parts) + 3)))
        name = next(name for name in names if f"word/{name}.xml" not in parts)
        taken = {one.get("Id") for one in self._relations}
        identity = next(i for n in range(1, len(taken) + 2) if (i := f"rId{n}") not in taken)
        attributes = {"Id": identity, "Type": _KIND, "Target": f"{name}.xml"}
        etree.SubElement(self._relations, f"{{{_PACKAGE}/relationships}}Relationship", attributes)
        attributes = {"PartName": f"/word/{name}.xml", "ContentType": _CONTENT}
        etree.SubElement(self._types, f"{{{_PACKAGE}/content-types}}Override", attributes)
        return f"word/{name}.xml"


def _line(text: str) -> Any:
    """A paragraph in small type without the indent that the document's own text may have."""
    paragraph = etree.fromstring(_PARAGRAPH, PARSER)
    for place in paragraph.iter(f"{W}t"):
        place.text = text
    return paragraph


def _written(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
