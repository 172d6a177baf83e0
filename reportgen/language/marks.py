"""Private-use marks around what a template printed: figures, and texts and whole numbers.

A figure's mark carries its citation's number. What came from an input as it stands (a text,
a year, a row's number) is *quoted*: the document gate then knows by position which numerals
were typed into a template. Where a chart stands, its number is marked before its caption; a
form stands between two marks, of which the second has the number 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

OPEN, BETWEEN, CLOSE, QUOTE = "\ue000", "\ue001", "\ue002", "\ue003"
QUOTED = 0
"""The number of a span that cites no figure."""
_CHART, _FORM = "\ue006", "\ue007"
_ZERO = 0xE010
_PRIVATE = {ord("0") + digit: _ZERO + digit for digit in range(10)}
_MARK = re.compile(
    f"{OPEN}([\ue010-\ue019]+){BETWEEN}|{CLOSE}|{QUOTE}|[{_CHART}{_FORM}][\ue010-\ue019]+{BETWEEN}"
)
_PLACED = re.compile(f"{_CHART}([\ue010-\ue019]+){BETWEEN}")
_FORMED = re.compile(f"{_FORM}([\ue010-\ue019]+){BETWEEN}")
_OPEN, _BETWEEN, _CLOSE, _QUOTE = (s.encode("utf-8") for s in (OPEN, BETWEEN, CLOSE, QUOTE))
_PRIVATE_DIGITS = re.compile("[\ue010-\ue019]+")
LEAD = _CLOSE[:1]
"""Their first byte, that of private-use characters: found far sooner than all three."""
_NUMBERED = re.compile(rb"\xee\x80[\x80\x86](?:\xee\x80[\x90-\x99])+\xee\x80\x81")
_SIGN = "[0-9A-Za-z\uff10-\uff19{}%]"
_TELLING = re.compile(f"{_SIGN}(?:.*{_SIGN})?", re.DOTALL)
tells = re.compile(_SIGN).search
"""Whether a text holds what the gate looks at: digits, letters, parts of a tag."""


_TELLS_BYTES = re.compile(rb"[0-9A-Za-z{}%]|\xef\xbc[\x90-\x99]").search


@dataclass(frozen=True, slots=True)
class Span:
    """Where a citation's text stands in a text whose marks are gone; number 0 is a quotation."""

    number: int
    start: int
    end: int


def mark(number: int, text: str) -> str:
    """Wrap a figure's text; the number is written in private-use digits.

    >>> strip(mark(12, "3.00万元"))
    '3.00万元'
    """
    return f"{_opening(number)}{text}{CLOSE}"


@lru_cache(maxsize=1024)
def _opening(number: int) -> str:
    return f"{OPEN}{_digits(number)}{BETWEEN}"


def mark_chart(number: int) -> str:
    """What stands before the caption of a chart, whose table follows it.

    >>> strip(mark_chart(12) + quoted("图1")), chart_number(mark_chart(12) + "图")
    ('图1', 12)
    """
    return f"{_CHART}{_digits(number)}{BETWEEN}"


def chart_number(text: str) -> int:
    """The number of the chart whose caption a text is; 0 where it is none."""
    found = _PLACED.match(text)
    return _number(found.group(1)) if found else 0


def mark_form(number: int, text: str) -> str:
    r"""The Markdown of a form as paragraphs between two marks.

    >>> strip(mark_form(3, quoted("甲1"))), form_number(mark_form(3, "甲").split()[0])
    ('\n\n\n\n甲1\n\n\n\n', 3)
    """
    begin, end = (f"{_FORM}{_digits(sign)}{BETWEEN}" for sign in (number, 0))
    return f"\n\n{begin}\n\n{text}\n\n{end}\n\n"


def form_number(text: str) -> int | None:
    """The number of the form that begins here, 0 where one ends; ``None`` for any other text."""
    found = _FORMED.fullmatch(text)
    return _number(found.group(1)) if found else None


def without_forms(text: str) -> str:
    """The same text where nothing asks for where forms begin and end.

    >>> without_forms(mark_form(3, "甲")).split()
    ['甲']
    """
    return _FORMED.sub("", text) if _FORM in text else text


def _digits(number: int) -> str:
    return str(number).translate(_PRIVATE)


def _number(digits: str) -> int:
    return int("".join(str(ord(digit) - _ZERO) for digit in digits))


def quoted(text: str) -> str:
    """Mark a text of an input from its first digit or letter to its last.

    What it says besides stays outside, so that the mark stands beside no sign of Markdown.

    >>> read(quoted("（2022）第3号"))
    ('（2022）第3号', [Span(number=0, start=1, end=8)])
    >>> quoted("办公费")
    '办公费'
    """
    if CLOSE in text:
        return text
    found = _TELLING.search(text)
    if found is None:
        return text
    return f"{text[: found.start()]}{QUOTE}{found.group()}{CLOSE}{text[found.end() :]}"


def quoted_bytes(data: bytes) -> bytes:
    """Mark a printed value whole, in UTF-8; one that is marked already stays as it is."""
    if _CLOSE in data or not _TELLS_BYTES(data):
        return data
    return _QUOTE + data + _CLOSE


def strip(text: str) -> str:
    """Remove all marks."""
    return _MARK.sub("", text) if CLOSE in text else text


def strip_bytes(data: bytes) -> bytes:
    """Remove all marks from UTF-8."""
    if LEAD not in data:
        return data
    number, text = cited_bytes(data)
    if number and LEAD not in text:
        return text
    if _OPEN in data:
        data = _NUMBERED.sub(b"", data)
    return data.replace(_QUOTE, b"").replace(_CLOSE, b"")


@lru_cache(maxsize=4096)
def cited_bytes(data: bytes) -> tuple[int, bytes]:
    """The number and the text of a value that is one citation; number 0 where it is none.

    It is asked when a document is joined and again when it is read back.

    >>> cited_bytes(mark(12, "3.00").encode()), cited_bytes(b"3.00")
    ((12, b'3.00'), (0, b'3.00'))
    """
    digits, between, text = data[len(_OPEN) : -len(_CLOSE)].partition(_BETWEEN)
    is_one = data.startswith(_OPEN) and data.endswith(_CLOSE) and between
    return (_number_of(digits), text) if is_one else (0, data)


@lru_cache(maxsize=1024)
def _number_of(digits: bytes) -> int:
    """A citation's number in private-use digits; 0 where there is anything else."""
    found = _PRIVATE_DIGITS.fullmatch(digits.decode("utf-8", "replace"))
    return _number(found.group()) if found else 0


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
        if match.group() == CLOSE:
            if opened:
                number, start = opened.pop()
                spans.append(Span(number, start, length))
        elif match.group()[0] not in (_CHART, _FORM):
            opened.append((_number(match.group(1) or chr(_ZERO)), length))
    parts.append(text[position:])
    return "".join(parts), spans
