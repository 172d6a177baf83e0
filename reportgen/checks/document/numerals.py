"""Numerals in a line, and which of them may stand there without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportgen.language.marks import Span

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
has_digit = re.compile("[0-9\uff10-\uff19]").search
_NUMERAL = re.compile(r"[0-9]+(?:[,.][0-9]+)*%?")
_DAY = r"(?:1[0-2]|0?[1-9])月(?:3[01]|[12][0-9]|0?[1-9])日"
_START = re.compile(
    r"\s*(?:\([0-9]{1,2}\)|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}(?:[、)]|\.(?![0-9]))"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?=\s))"
)


def half(text: str) -> str:
    """Full-width signs as ASCII, each in its place.

    >>> half("（１），２０．５％")
    '(1),20.5%'
    """
    return text.translate(_WIDE)


class Allowed:
    """What may stand without a source: dates, this and last year, list numbers, phrases.

    In a phrase ``#`` is any one digit.

    >>> allowed = Allowed(2022, ["公开##表", "单价100万元"])
    >>> list(allowed.unexplained("公开03表 单价100万元，2021年，12月31日，1月32日，2019年"))
    ['1', '32', '2019']
    >>> list(allowed.unexplained("3、共12个")), list(allowed.unexplained("3.5亿元"))
    (['12'], ['3.5'])
    """

    def __init__(self, year: int, phrases: Sequence[str]) -> None:
        years = f"(?:{year}|{year - 1})年(?:(?:1[0-2]|0?[1-9])月)?(?![0-9])"
        patterns = [rf"(?:[0-9]{{4}}年)?{_DAY}", years, *map(_pattern, phrases)]
        self._known = re.compile("|".join(f"(?<![0-9])(?:{p})" for p in patterns))

    def unexplained(self, text: str, spans: Sequence[Span] = ()) -> Iterator[str]:
        """The numerals of a line that stand in no span and are not allowed."""
        return (match.group() for match in self.without_source(text, spans))

    def without_source(self, text: str, spans: Sequence[Span] = ()) -> Iterator[re.Match[str]]:
        """The same with their positions."""
        if not has_digit(text):
            return
        plain = half(text)
        covered: list[tuple[int, int]] | None = None
        for start, end in _gaps(spans, len(plain)):
            for match in _NUMERAL.finditer(plain, start, end):
                if covered is None:
                    covered = list(self._covered(plain))
                if not any(a <= match.start() and match.end() <= b for a, b in covered):
                    yield match

    def _covered(self, plain: str) -> Iterator[tuple[int, int]]:
        """Where allowed words stand."""
        first = _START.match(plain)
        if first:
            yield first.span()
        for match in self._known.finditer(plain):
            yield match.span()


def list_number(text: str) -> int:
    """Where the number of a list or heading ends with which a line begins, else 0.

    >>> list_number("（1）预算绩效"), list_number("3、运行费"), list_number("3.5亿元")
    (3, 2, 0)
    """
    found = _START.match(half(text))
    return found.end() if found else 0


def _pattern(phrase: str) -> str:
    """A phrase as an expression that takes linear time; blanks at its ends don't count."""
    return re.escape(half(phrase.strip())).replace(r"\#", "[0-9]")


def _gaps(spans: Sequence[Span], length: int) -> Iterator[tuple[int, int]]:
    """What lies between spans."""
    position = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > position:
            yield position, span.start
        position = max(position, span.end)
    if position < length:
        yield position, length
