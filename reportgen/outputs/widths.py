"""How much room a text takes: columns of a line, and lines of a cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LINE = 15
"""Points of a line of 11-point text."""
_TALLEST = 400
"""Points; Excel allows a row 409."""


def columns(text: str, *, chinese: bool = False) -> int:
    """How many columns of a terminal or a cell a text takes.

    Signs such as “” and … are as wide as a Chinese one on a ``chinese`` console only.

    >>> columns("年度: 2022"), columns("“甲”"), columns("“甲”", chinese=True), columns("e\u0301")
    (10, 4, 6, 1)
    """
    wide = "WFA" if chinese else "WF"
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in wide)
        for sign in text
    )


def row_height(cells: Iterable[tuple[str, int]]) -> int:
    """The height in points of a row in which every text is read whole at its column's width.

    Programs that only show a file don't make rows of wrapped text higher by themselves.

    >>> row_height([("甲", 8), ("乙" * 10, 12)]), row_height([]), row_height([("丙" * 9999, 9)])
    (30, 15, 400)
    """
    lines = max((_lines(text, width) for text, width in cells), default=1)
    return min(_LINE * lines, _TALLEST)


def _lines(text: str, width: int) -> int:
    room = max(width - 2, 1)
    return sum(max(1, -(-columns(line, chinese=True) // room)) for line in text.split("\n"))
