"""How big the page is where something stands: a Word file has sections of their own sizes.

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
_LENGTH = re.compile(_SIGN_BYTES + rb"(\d+)/(\d+)/(\d+)")
_SECTION = re.compile(rb"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", re.DOTALL)
_SIZE = re.compile(rb'<w:pgSz\b(?=[^>]*\bw:w="(\d+)")(?:(?=[^>]*\bw:h="(\d+)"))?')
_MARGIN = re.compile(rb"<w:pgMar\b[^>]*>")
_SIDE = re.compile(rb'w:(left|right|gutter)="(-?\d+)"')
_COLUMNS = re.compile(rb'<w:cols\b(?=[^>]*\bw:num="(\d+)")(?:(?=[^>]*\bw:space="(\d+)"))?')
_ENDS = re.compile(rb'w:(top|bottom)="-?(\d+)"')
_SPACE = 720  # twips between columns, where the section doesn't say
_ROOM = 85  # hundredths of a page's text that one picture may take: its caption stands there too


def of_width(length: int, width: int, high: int = 0) -> str:
    """A length for a text that is ``width`` wide; elsewhere it is as much wider or narrower.

    Of a picture that is ``high`` twips high at that width, it is less where the page is low.

    >>> settled(b'<w:tblW w:w="%b"/>' % of_width(500, 1000).encode())
    b'<w:tblW w:w="500"/>'
    """
    return f"{_SIGN}{length}/{width}/{high}"


def settled(xml: bytes) -> bytes:
    """A part with every length as its section has it, or as it was where there is none."""
    if _SIGN_BYTES not in xml:
        return xml
    found = list(_sections(xml))
    starts = [start for start, _, _ in found]

    def settle(match: re.Match[bytes]) -> bytes:
        length, width, high = map(int, match.groups())
        index = bisect(starts, match.start())
        if index == len(found):
            return b"%d" % length
        _, here, room = found[index]
        if room and high * here > room * width:
            return b"%d" % (length * room // high)
        return b"%d" % (length * here // width)

    return _LENGTH.sub(settle, xml)


def last_width(document: bytes) -> int:
    """The width of the text in a document's last section."""
    widths = [width for _, width, _ in _sections(document)]
    return widths[-1] if widths else DEFAULT_WIDTH


def _sections(document: bytes) -> Iterator[tuple[int, int, int]]:
    """Where the properties of each section stand, at its end; its text's width; room upright.

    The room is 0 where the section doesn't say how high its page is.
    """
    for match in _SECTION.finditer(document):
        section = match.group()
        size, margin = _SIZE.search(section), _MARGIN.search(section)
        if size is None or margin is None:
            yield match.start(), DEFAULT_WIDTH, 0
            continue
        width = int(size[1]) - sum(int(value) for _, value in _SIDE.findall(margin.group()))
        height = int(size[2] or 0) - sum(int(value) for _, value in _ENDS.findall(margin.group()))
        yield match.start(), _column(section, width), max(height, 0) * _ROOM // 100


def _column(section: bytes, width: int) -> int:
    """The width of one column of a section's text."""
    columns = _COLUMNS.search(section)
    if columns is None:
        return width
    count = max(int(columns[1]), 1)
    return (width - (count - 1) * int(columns[2] or _SPACE)) // count
