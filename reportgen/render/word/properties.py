"""What a file says of its makers: the title and nothing else, whoever drew the template."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from reportgen.render.word.styles import PARSER
from reportgen.render.word.xml import escape_property

CORE = "docProps/core.xml"
EXTENDED = "docProps/app.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{}</dc:title></cp:coreProperties>"
)
_EXTENDED = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"/>'
)


_HISTORY = re.compile(rb' w:rsid\w*="[^"]*"|<w:rsid(?: [^>]*)?/>|<w:rsids>.*?</w:rsids>', re.DOTALL)


def without_makers(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a template that name an author, a company or sittings, with these out."""
    bare = {}
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and b"w:rsid" in data:
            bare[name] = _HISTORY.sub(b"", data)
    if CORE in parts:
        title = etree.fromstring(parts[CORE], PARSER).findtext(_TITLE) or ""
        bare[CORE] = (_HEAD + _CORE.format(escape_property(title))).encode("utf-8")
    if EXTENDED in parts:
        bare[EXTENDED] = (_HEAD + _EXTENDED).encode("utf-8")
    return bare
