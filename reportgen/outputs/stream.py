"""A workbook of any length in constant memory: blocks of packed rows, put one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportgen.outputs import frame
from reportgen.outputs.cells import opened
from reportgen.outputs.sheets import Columns
from reportgen.packing import DEFLATED, END, Member, checksum, deflate_part, ending, joined

_MOST_ROWS = 1_048_575
"""Rows of a sheet below its head."""
_MOST_BYTES = 2**31
"""Bytes of a sheet: what a zip without extensions, and the programs, can hold."""
_SHEETS = "xl/worksheets/sheet"
_FIRST = ("_rels/.rels", "docProps/core.xml")
"""Parts that don't know how many sheets there are; by them a file is known as a workbook."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """A sheet and the blocks of its rows, which are read once, when it is written."""

    name: str
    columns: Columns
    blocks: Iterable[bytes]


def write_streamed(file: BinaryIO, title: str, sheets: Sequence[Streamed]) -> None:
    """Write the workbook; ``title`` stands over every printed page. Same input, same bytes.

    Rows that one sheet does not hold go on in a next one, named 数字2 after 数字. OSError
    where the file can't be written.
    """
    _Writing(file, title).write(sheets)


@dataclass
class _Part:
    """What is known so far of a member that is being written."""

    start: int
    crc: int = 0
    size: int = 0
    rows: int = 0


def _sheet(number: int) -> str:
    """Where a sheet stands in the zip."""
    return f"{_SHEETS}{number}.xml"


class _Writing:
    """A zip that grows; the header of a sheet is mended when its length is known."""

    def __init__(self, file: BinaryIO, title: str) -> None:
        self._file, self._title = file, title
        self._entries: list[bytes] = []
        self._offset = 0
        self._sheets: list[frame.Drawn] = []

    def write(self, sheets: Sequence[Streamed]) -> None:
        drawn = [frame.Drawn(sheet.name, sheet.columns) for sheet in sheets]
        fixed = frame.parts(self._title, drawn)
        for name in _FIRST:
            self._add(name, fixed[name])
        for number, sheet in enumerate(sheets, start=1):
            self._stream(sheet, fixed[_sheet(number)])
        for name, part in frame.parts(self._title, self._sheets).items():
            if name not in _FIRST and not name.startswith(_SHEETS):
                self._add(name, part)
        listing = b"".join(self._entries)
        self._put(listing + ending(len(self._entries), len(listing), self._offset))

    def _stream(self, sheet: Streamed, drawn: bytes) -> None:
        """Write a sheet, and as many further ones as its rows need."""
        waiting, number = iter(sheet.blocks), 1
        block = next(waiting, None)
        while block is not None or number == 1:
            name = sheet.name if number == 1 else f"{sheet.name}{number}"
            shown = drawn if number == 1 else frame.continued(drawn)
            rows, block = self._rows(shown, block, waiting)
            self._sheets.append(frame.Drawn(name, sheet.columns, rows))
            number += 1

    def _rows(
        self, drawn: bytes, block: bytes | None, waiting: Iterator[bytes]
    ) -> tuple[int, bytes | None]:
        """Write one sheet; return how many rows it has, and the first block that it can't hold."""
        path = _sheet(len(self._sheets) + 1)
        head, tail = frame.around(drawn)
        part = _Part(self._offset)
        self._put(self._member(path, part).local())
        self._pack(part, head)
        while block is not None:
            rows, size, crc, packed = opened(block)
            if part.rows and (part.rows + rows > _MOST_ROWS or part.size + size > _MOST_BYTES):
                break
            self._grow(part, size, crc, packed)
            part.rows += rows
            block = next(waiting, None)
        self._pack(part, frame.filtered(tail, part.rows))
        self._put(END)
        self._mend(path, part)
        return part.rows, block

    def _pack(self, part: _Part, content: bytes) -> None:
        self._grow(part, len(content), checksum()(content), deflate_part()(content))

    def _grow(self, part: _Part, size: int, crc: int, packed: bytes) -> None:
        part.crc = joined(part.crc, crc, size) if part.size else crc
        part.size += size
        self._put(packed)

    def _member(self, path: str, part: _Part, length: int = 0) -> Member:
        return Member(path.encode(), DEFLATED, part.crc, part.size, length)

    def _mend(self, path: str, part: _Part) -> None:
        """Say in the header how long the member has become."""
        length = self._offset - part.start - len(self._member(path, part).local())
        member = self._member(path, part, length)
        self._file.seek(part.start)
        self._file.write(member.local())
        self._file.seek(self._offset)
        self._entries.append(member.central(part.start))

    def _add(self, name: str, content: bytes) -> None:
        """A member that is there as a whole."""
        packed = deflate_part()(content) + END
        member = Member(name.encode(), DEFLATED, checksum()(content), len(content), len(packed))
        self._entries.append(member.central(self._offset))
        self._put(member.local() + packed)

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._offset += len(data)
