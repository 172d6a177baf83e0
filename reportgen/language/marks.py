"""Private-use marks around printed figures; they carry a citation's number to the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPEN, BETWEEN, CLOSE = "\ue000", "\ue001", "\ue002"
_ZERO = 0xE010
_MARK = re.compile(f"{OPEN}([\ue010-\ue019]+){BETWEEN}|{CLOSE}")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a citation's text stands in a text whose marks are gone."""

    number: int
    start: int
    end: int


def mark(number: int, text: str) -> str:
    """Wrap a figure's text; the number is written in private-use digits.

    >>> strip(mark(12, "3.00万元"))
    '3.00万元'
    """
    digits = "".join(chr(_ZERO + int(digit)) for digit in str(number))
    return f"{OPEN}{digits}{BETWEEN}{text}{CLOSE}"


def strip(text: str) -> str:
    """Remove all marks."""
    return _MARK.sub("", text) if CLOSE in text else text


def read(text: str) -> tuple[str, list[Span]]:
    """Remove all marks and say where each citation's text stands.

    >>> read("共" + mark(7, "3个") + "。")
    ('共3个。', [Span(number=7, start=1, end=3)])
    """
    parts: list[str] = []
    spans: list[Span] = []
    opened: list[tuple[int, int]] = []
    position = length = 0
    for match in _MARK.finditer(text):
        parts.append(text[position : match.start()])
        length += match.start() - position
        position = match.end()
        if match.group(1):
            number = int("".join(str(ord(digit) - _ZERO) for digit in match.group(1)))
            opened.append((number, length))
        elif opened:
            number, start = opened.pop()
            spans.append(Span(number, start, length))
    parts.append(text[position:])
    return "".join(parts), spans
