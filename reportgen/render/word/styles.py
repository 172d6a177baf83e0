"""The styles of a Word template, found by their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from reportgen.render.word.sections import DEFAULT_WIDTH, last_width

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True)
class Styles:
    """Style ids by lower-case name, and the width of the text in twips."""

    ids: Mapping[str, str]
    width: int = DEFAULT_WIDTH

    @classmethod
    def read(cls, styles_xml: bytes, document_xml: bytes) -> Styles:
        """Read the names from styles.xml and the text width from the last section."""
        root = etree.fromstring(styles_xml, PARSER)
        ids = {}
        for style in root.iter(f"{W}style"):
            name = style.find(f"{W}name")
            if name is not None:
                ids[name.get(f"{W}val", "").lower()] = style.get(f"{W}styleId", "")
        return cls(ids, last_width(document_xml))

    def id(self, *names: str) -> str:
        """The id of the first of ``names`` that the template has, or ''."""
        return next((self.ids[name.lower()] for name in names if name.lower() in self.ids), "")

    def heading(self, level: int) -> str:
        """The id of the heading style of a level."""
        return self.id(f"heading {level}", f"标题 {level}")
