"""The records of a .xls: what calamine leaves out of the cells, and how far they reach.

Calamine gives contents alone: an error value is an empty text, 85% is 0.85; and it ends the whole
process where a sheet reaches too far. So the records are walked here first.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import olefile

from reportgen.sources.contents import Spot

_BOF, _EOF, _PASSWORD, _SHEET = 0x0809, 0x000A, 0x002F, 0x0085
_FORMAT, _XF, _DIMENSIONS = 0x041E, 0x00E0, 0x0200
_FORMULA, _NUMBER, _RK, _RKS, _ERROR = 0x0006, 0x0203, 0x027E, 0x00BD, 0x0205
_TEXTS = frozenset({0x00FD, 0x0204, 0x00D6})  # shared, own, rich
_NUMBERS = frozenset({_FORMULA, _NUMBER, _RK})
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_LONG_DIMENSIONS = 14  # bytes, since Excel 97
_BUILT_IN = {9: "0%", 10: "0.00%"}
_IS_ERROR = b"\2"  # the first byte of a formula's result that is no number
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class LockedError(ValueError):
    """The workbook has a password."""


class DamagedError(ValueError):
    """The records contradict each other."""


@dataclass
class Facts:
    """What the records say of one sheet; rows and columns are counted from 1."""

    name: str = ""
    rows: int = 0
    columns: int = 0
    last: Spot = (0, 0)  # the cell that reaches farthest
    formats: dict[Spot, str] = field(default_factory=dict)
    errors: dict[Spot, str] = field(default_factory=dict)

    def reach(self, row: int, column: int) -> None:
        """Note that the sheet has this cell."""
        if row > self.rows or column > self.columns:
            self.rows, self.columns = max(row, self.rows), max(column, self.columns)
            self.last = (row, column)


def survey(data: bytes) -> list[Facts]:
    """The facts of every sheet in the order of the workbook.

    LockedError for a workbook under a password, DamagedError for what is no workbook.
    """
    stream = _stream(data)
    sheets: list[tuple[int, str]] = []
    formats = dict(_BUILT_IN)
    styles: list[int] = []
    for kind, record in _records(stream, 0):
        if kind == _PASSWORD:
            raise LockedError
        if kind == _SHEET:
            sheets.append((struct.unpack_from("<I", record)[0], _name(record[6:])))
        elif kind == _FORMAT:
            formats[struct.unpack_from("<H", record)[0]] = _text(record[2:])
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", record, 2)[0])
    shown = {number: formats.get(style, "") for number, style in enumerate(styles)}
    return [_facts(stream, offset, name, shown) for offset, name in sheets]


def _stream(data: bytes) -> bytes:
    """The stream of records in the container of Office 97."""
    try:
        with closing(olefile.OleFileIO(io.BytesIO(data))) as container:
            if container.exists("EncryptedPackage"):
                raise LockedError
            name = next(name for name in ("Workbook", "Book") if container.exists(name))
            stream: bytes = container.openstream(name).read()
    except (OSError, StopIteration, OverflowError) as error:
        raise DamagedError from error
    return stream


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part of the stream down to its end, without those of parts within."""
    depth, at = 0, start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        record = stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            if kind != _EOF:
                raise DamagedError  # no beginning
            return
        if depth == 1:
            yield kind, record
    raise DamagedError


def _name(record: bytes) -> str:
    """A sheet's name: its length, the kind of its characters, the characters."""
    length, wide = record[0], record[1] & 1
    if len(record) == 1 + length:  # Excel 95
        return record[1:].decode("gb18030", "replace")
    return record[2:].decode("utf-16-le" if wide else "latin-1", "replace")


def _text(record: bytes) -> str:
    """A number format: Excel 97 writes length and kind of characters, Excel 95 bytes."""
    length, wide = struct.unpack_from("<HB", record)
    if len(record) >= 3 + length * (1 + (wide & 1)):
        return record[3:].decode("utf-16-le" if wide & 1 else "latin-1", "replace")
    return record[1:].decode("latin-1")


def _facts(stream: bytes, offset: int, name: str, shown: dict[int, str]) -> Facts:
    facts = Facts(name)
    for kind, record in _records(stream, offset):
        if kind in _NUMBERS or kind in _TEXTS or kind == _ERROR:
            row, column, style = struct.unpack_from("<3H", record)
            facts.reach(row + 1, column + 1)
            _note(facts, (row + 1, column + 1), kind, record, shown.get(style, ""))
        elif kind == _DIMENSIONS:
            _check_stated(record)
        elif kind == _RKS:
            row, column = struct.unpack_from("<2H", record)
            for number, at in enumerate(range(4, len(record) - 7, 6)):
                style = struct.unpack_from("<H", record, at)[0]
                facts.reach(row + 1, column + number + 1)
                _note(facts, (row + 1, column + number + 1), kind, record, shown.get(style, ""))
    return facts


def _check_stated(record: bytes) -> None:
    """Calamine makes room for as many cells as a sheet says that it has."""
    wide = len(record) >= _LONG_DIMENSIONS
    first, last, left, right = struct.unpack_from("<2I2H" if wide else "<4H", record)
    ordered = first <= last and left <= right
    if last and right and not (ordered and last <= _MOST_ROWS and right <= _MOST_COLUMNS):
        raise DamagedError


def _note(facts: Facts, spot: Spot, kind: int, record: bytes, style: str) -> None:
    """The error value or the number format of a cell."""
    error: int | None = None
    if kind == _ERROR and record[7:8] == b"\1":
        error = record[6]
    elif kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6:7] == _IS_ERROR:
        error = record[8]
    if error is not None:
        facts.errors[spot] = _ERRORS.get(error, "#N/A")
    elif kind not in _TEXTS and style:
        facts.formats[spot] = style
