"""A line taken to pieces: numerals, words of letters, and single characters.

Two numerals are the same piece when they are the same number, however they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportgen.checks.document.numerals import half, list_number
from reportgen.language.lines import Line

TYPED = -1
"""The owner of a piece that no span covers."""
_GAP = "[ ,\u00a0\u2009\u202f]"
_PIECE = re.compile(
    r"(?P<numeral>(?:(?<![0-9A-Za-z)])[-\u2212](?=[0-9]))?"
    rf"(?:[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
    r"(?P<unit>%|‰|[十百千万亿]+元?|元)?)|[A-Za-z]+|\S"
)
_SEPARATORS = re.compile(_GAP)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line: what it is compared by, where it stands, and which span it is in."""

    key: str
    line: Line
    start: int
    end: int
    owner: int
    is_numeral: bool
    is_list_number: bool = False

    @property
    def text(self) -> str:
        """The piece as it is written."""
        return self.line.text[self.start : self.end]


def tokens(line: Line) -> Iterator[Token]:
    """The pieces of a line; the number that a list or heading begins with is no numeral.

    >>> [t.key for t in tokens(Line("", "共１２，３４５.60元，-3%"))]
    ['共', '12345.6元', ',', '-3%']
    >>> [t.is_numeral for t in tokens(Line("", "1、3个"))]
    [False, False, True, False]
    """
    listed = list_number(line.text)
    spans = sorted(line.spans, key=lambda span: span.start)
    following = 0
    for match in _PIECE.finditer(half(line.text)):
        while following < len(spans) and spans[following].end <= match.start():
            following += 1
        inside = following < len(spans) and spans[following].start < match.end()
        owner = spans[following].number if inside else TYPED
        numeral = match["numeral"] is not None and (match.start() >= listed or inside)
        key = _number(match["numeral"], match["unit"] or "") if match["numeral"] else match.group()
        listing = match["numeral"] is not None and not numeral
        yield Token(key, line, match.start(), match.end(), owner, numeral, listing)


def _number(text: str, unit: str) -> str:
    """What a numeral is compared by: its number and its unit.

    >>> _number("62 373 182.60元", "元"), _number("0.00%", "%"), _number("001", "")
    ('62373182.6元', '0%', '001')
    """
    plain = _SEPARATORS.sub("", text.removesuffix(unit)).replace("\u2212", "-")
    whole, point, decimals = plain.partition(".")
    if point:
        plain = f"{Decimal(plain).normalize():f}" if decimals.strip("0") else whole
    return plain + unit
