"""The rows of a sheet's XML as every program writes them, found in the bytes.

Three times as fast as a parser. It takes only what stands in a sheet that ``survey`` has found
to be plain XML; a row in which anything else stands than cells with one value, such as a formula,
goes to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reportgen.model.addresses import column_number
from reportgen.sources.streamed import Row, Value, of_text
from reportgen.sources.xlsx_values import Values
from reportgen.sources.xlsx_xml import RowReader

_END = b"</row>"
_ROW = re.compile(rb"(?:\s*<row\b[^<>]*/>)*\s*<row\b([^<>]*)(?<!/)>")
_NUMBER = re.compile(rb'\sr="(\d+)"')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?\s?'
    rb'(?:(/)>|><v>([^<\r]*)</v></c>|><is><t(?: xml:space="preserve")?>([^<\r]*)</t></is></c>)'
)
_REFERENCE = re.compile(r"&([^;]+);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_SHEET_END = b"</sheetData>"
_EMPTY, _VALUE, _INLINE = 1, 4, 6  # tags of a cell: without a value, with one, with its text
_LONGEST = 32 << 20  # bytes of a row; a text in a cell has 32,767 characters at most


class PlainReader:
    """Finds the rows of a sheet; ``number`` is that of the row that it came to."""

    def __init__(self, values: Values) -> None:
        self.number = 0
        self._values = values
        self._rest = b""
        self._is_over = False
        self._others: RowReader | None = None

    def feed(self, chunk: bytes) -> Sequence[Row]:
        """The rows that end in a chunk; ValueError or LookupError where they make no sense."""
        if self._is_over:
            return ()
        *pieces, self._rest = (self._rest + chunk).split(_END)
        self._is_over = _SHEET_END in self._rest
        if len(self._rest) > _LONGEST:
            raise ValueError
        if pieces and self._others is None:
            head, mark, first = pieces[0].partition(b"<row")
            self._others = RowReader(self._values)
            self._others.feed(head)  # the namespaces that the rows need
            pieces[0] = mark + first
        return [row for piece in pieces for row in self._rows(piece)]

    def _rows(self, piece: bytes) -> Sequence[Row]:
        begin = _ROW.match(piece)
        found = _NUMBER.search(begin[1]) if begin else None
        if begin and found:
            self.number = int(found[1])
            cells = self._cells(piece[begin.end() :], found[1])
            if cells is not None:
                return ((self.number, cells),)
        return self._parsed(piece + _END)

    def _parsed(self, piece: bytes) -> Sequence[Row]:
        """The row, and empty ones before it, by the parser."""
        if self._others is None:
            return ()
        self._others.number = self.number
        rows = self._others.feed(piece)
        self.number = self._others.number
        return rows

    def _cells(self, body: bytes, row: bytes) -> dict[int, Value] | None:
        """The cells of a row; ``None`` where other tags than theirs stand in it."""
        texts, number = self._values.texts, self._values.number
        cells: dict[int, Value] = {}
        tags = 0
        for letters, of_row, style, kind, empty, text, inline in _CELL.findall(body):
            tags += _EMPTY if empty else _INLINE if inline else _VALUE
            if of_row != row:
                return None
            if b"&" in text:  # a number is written so by nobody, a text by some
                return None
            if kind == b"s" and text:
                value = texts[int(text)]
            elif text and kind in (b"", b"n"):
                value = number(text, style)
            elif kind == b"inlineStr":
                value = of_text(_unescaped(inline.decode()) if b"&" in inline else inline.decode())
            else:
                value = self._values.value(kind.decode(), style.decode(), text.decode(), "")
            if value is not None:
                cells[_column(letters)] = value
        return cells if tags == body.count(b"<") else None


def _unescaped(text: str) -> str:
    """A text with references; an unknown one has been refused, for nothing defines it.

    >>> _unescaped("&#30002;&lt;&#x4e59;&amp;lt;")
    '甲<乙&lt;'
    """
    return _REFERENCE.sub(lambda found: _character(found[1]), text)


@lru_cache(maxsize=4096)
def _character(name: str) -> str:
    if name.startswith("#"):
        digits = name[1:]
        return chr(int(digits[1:], 16) if digits.startswith("x") else int(digits))
    return _NAMED[name]


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())
