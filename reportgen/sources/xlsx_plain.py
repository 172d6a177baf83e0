"""The rows of a sheet's XML as every program writes them, found in the bytes.

Several times as fast as a parser. It takes only what stands in a sheet that ``survey`` has found
to be plain XML; a row in which anything else stands than cells with one value, such as a formula
that was not calculated, goes to the parser. What cells hold repeats from row to row: the same
bytes are read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from reportgen.model.addresses import column_number
from reportgen.sources.streamed import Row, Value, of_text
from reportgen.sources.xlsx_values import Values
from reportgen.sources.xlsx_xml import RowReader

_END = b"</row>"
_ROW = re.compile(rb'(?:\s*<row\b[^<>]*/>)*\s*<row\b[^<>]*?\sr="(\d+)"[^<>]*(?<!/)>')
_CELL = b'<c r="'
_COLUMN = re.compile(rb"[A-Z]{1,3}")
_CONTENT = re.compile(  # what follows the address of a cell, up to the next one
    rb'(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?\s?'
    rb"(?:/>|></c>|>(<f\b[^<>]*(?:/>|>[^<]*</f>))?<v>([^<\r]*)</v></c>"
    rb'|><is><t(?: xml:space="preserve")?>([^<\r]*)</t></is></c>)\s*'
)
_REFERENCE = re.compile(r"&([^;]+);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_SHEET_END = b"</sheetData>"
_LONGEST = 32 << 20  # bytes of a row; a text in a cell has 32,767 characters at most


class _OddError(Exception):
    """A row holds what only a parser can read."""


class PlainReader:
    """Finds the rows of a sheet; ``number`` is that of the row that it came to."""

    def __init__(self, values: Values) -> None:
        self.number = 0
        self._values = values
        self._content: Callable[[bytes], Value | None] = lru_cache(maxsize=1024)(self._read)
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
        if begin:
            self.number = int(begin[1])
            try:
                return ((self.number, self._cells(piece[begin.end() :], begin[1])),)
            except _OddError:
                pass
        return self._parsed(piece + _END)

    def _parsed(self, piece: bytes) -> Sequence[Row]:
        """The row, and empty ones before it, by the parser."""
        if self._others is None:
            return ()
        self._others.number = self.number
        rows = self._others.feed(piece)
        self.number = self._others.number
        return rows

    def _cells(self, body: bytes, row: bytes) -> dict[int, Value]:
        """The cells of a row; _OddError where other tags than theirs stand in it."""
        before, *pieces = body.split(_CELL)
        if before.strip():
            raise _OddError
        end, content, cells = row + b'"', self._content, dict[int, Value]()
        for piece in pieces:
            letters, _, xml = piece.partition(end)
            column, value = _column(letters), content(xml)
            if value is not None:
                cells[column] = value
        return cells

    def _read(self, xml: bytes) -> Value | None:
        """What a cell holds, by the bytes that follow its address."""
        found = _CONTENT.fullmatch(xml)
        if found is None:
            raise _OddError
        style, kind, formula, text, inline = found.groups(b"")
        if b"&" in text:  # a number is written so by nobody, a text by some
            raise _OddError
        if formula and (not text or kind == b"inlineStr"):  # not calculated, or what is it?
            raise _OddError
        if kind == b"s" and text:
            return self._values.texts[int(text)]
        if text and kind in (b"", b"n"):
            return self._values.number(text, style)
        if kind == b"inlineStr":
            return of_text(_unescaped(inline.decode()) if b"&" in inline else inline.decode())
        return self._values.value(kind.decode(), style.decode(), text.decode(), "")


def _unescaped(text: str) -> str:
    """A text with references; an unknown one has been refused, for nothing defines it.

    >>> _unescaped("&#30002;&lt;&#x4e59;&amp;lt;")
    '甲<乙&lt;'
    """
    pieces = _REFERENCE.split(text)
    pieces[1::2] = map(_character, pieces[1::2])
    return "".join(pieces)


@lru_cache(maxsize=4096)
def _character(name: str) -> str:
    if name.startswith("#"):
        digits = name[1:]
        return chr(int(digits[1:], 16) if digits.startswith("x") else int(digits))
    return _NAMED[name]


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    """The number of a column; other letters are no address, or that of another row's cell."""
    if not _COLUMN.fullmatch(letters):
        raise _OddError
    return column_number(letters.decode())
