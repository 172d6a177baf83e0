"""The styles of a Word template, found by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_SIZE = re.compile(rb'<w:pgSz\b[^>]*?\bw:w="(\d+)"')
_MARGIN = re.compile(rb"<w:pgMar\b[^>]*>")
_SIDE = re.compile(rb'w:(left|right)="(-?\d+)"')
_DEFAULT_WIDTH = 8844  # twips: 156 mm, the type area of GB/T 9704


@dataclass(frozen=True)
class Styles:
    """Style ids by lower-case name, and the width of the text in twips."""

    ids: Mapping[str, str]
    width: int = _DEFAULT_WIDTH

    @classmethod
    def read(cls, styles_xml: bytes, document_xml: bytes) -> Styles:
        """Read the names from styles.xml and the text width from the last section."""
        root = etree.fromstring(styles_xml, PARSER)
        ids = {}
        for style in root.iter(f"{W}style"):
            name = style.find(f"{W}name")
            if name is not None:
                ids[name.get(f"{W}val", "").lower()] = style.get(f"{W}styleId", "")
        return cls(ids, _text_width(document_xml))

    def id(self, *names: str) -> str:
        """The id of the first of ``names`` that the template has, or ''."""
        return next((self.ids[name.lower()] for name in names if name.lower() in self.ids), "")

    def heading(self, level: int) -> str:
        """The id of the heading style of a level."""
        return self.id(f"heading {level}", f"标题 {level}")


def _text_width(document_xml: bytes) -> int:
    section = document_xml[max(document_xml.rfind(b"<w:sectPr"), 0) :]
    size, margin = _SIZE.search(section), _MARGIN.search(section)
    if size is None or margin is None:
        return _DEFAULT_WIDTH
    sides = {side: int(value) for side, value in _SIDE.findall(margin.group())}
    return int(size.group(1)) - sides.get(b"left", 0) - sides.get(b"right", 0)
