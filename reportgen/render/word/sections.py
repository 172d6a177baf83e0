"""How wide the text is where something stands: a Word file has sections of their own widths.

A length that is a share of the text's width is written behind a sign, for the sections are
only known when the whole body is there; then each length is settled.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator

DEFAULT_WIDTH = 8844  # twips: 156 mm, the type area of GB/T 9704
_SIGN = "\ue0f2"
_SIGN_BYTES = _SIGN.encode("utf-8")
_LENGTH = re.compile(_SIGN_BYTES + rb"(\d+)/(\d+)")
_SECTION = re.compile(rb"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", re.DOTALL)
_SIZE = re.compile(rb'<w:pgSz\b[^>]*?\bw:w="(\d+)"')
_MARGIN = re.compile(rb"<w:pgMar\b[^>]*>")
_SIDE = re.compile(rb'w:(left|right|gutter)="(-?\d+)"')
_COLUMNS = re.compile(rb'<w:cols\b(?=[^>]*\bw:num="(\d+)")(?:(?=[^>]*\bw:space="(\d+)"))?')
_SPACE = 720  # twips between columns, where the section doesn't say


def of_width(length: int, width: int) -> str:
    """A length for a text that is ``width`` wide; elsewhere it is as much wider or narrower.

    >>> settled(b'<w:tblW w:w="%b"/>' % of_width(500, 1000).encode())
    b'<w:tblW w:w="500"/>'
    """
    return f"{_SIGN}{length}/{width}"


def settled(xml: bytes) -> bytes:
    """A part with every length as its section has it, or as it was where there is none."""
    if _SIGN_BYTES not in xml:
        return xml
    found = list(_sections(xml))
    starts = [start for start, _ in found]

    def settle(match: re.Match[bytes]) -> bytes:
        length, width = int(match[1]), int(match[2])
        index = bisect(starts, match.start())
        here = found[index][1] if index < len(found) else width
        return b"%d" % (length * here // width)

    return _LENGTH.sub(settle, xml)


def last_width(document: bytes) -> int:
    """The width of the text in a document's last section."""
    widths = [width for _, width in _sections(document)]
    return widths[-1] if widths else DEFAULT_WIDTH


def _sections(document: bytes) -> Iterator[tuple[int, int]]:
    """Where the properties of each section stand, at its end, and how wide its text is."""
    for match in _SECTION.finditer(document):
        yield match.start(), _text_width(match.group())


def _text_width(section: bytes) -> int:
    size, margin = _SIZE.search(section), _MARGIN.search(section)
    if size is None or margin is None:
        return DEFAULT_WIDTH
    width = int(size.group(1)) - sum(int(value) for _, value in _SIDE.findall(margin.group()))
    columns = _COLUMNS.search(section)
    if columns is None:
        return width
    count = max(int(columns[1]), 1)
    return (width - (count - 1) * int(columns[2] or _SPACE)) // count
