"""A workbook of any length in constant memory: blocks of packed rows, put one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportgen.outputs import frame
from reportgen.outputs.cells import opened
from reportgen.outputs.growing import Growing
from reportgen.outputs.sheets import Columns

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


def _sheet(number: int) -> str:
    """Where a sheet stands in the zip."""
    return f"{_SHEETS}{number}.xml"


class _Writing:
    """A workbook whose sheets are written one after another."""

    def __init__(self, file: BinaryIO, title: str) -> None:
        self._zip, self._title = Growing(file), title
        self._sheets: list[frame.Drawn] = []

    def write(self, sheets: Sequence[Streamed]) -> None:
        drawn = [frame.Drawn(sheet.name, sheet.columns) for sheet in sheets]
        fixed = frame.parts(self._title, drawn)
        for name in _FIRST:
            self._zip.add(name, fixed[name])
        for number, sheet in enumerate(sheets, start=1):
            self._stream(sheet, fixed[_sheet(number)])
        for name, part in frame.parts(self._title, self._sheets).items():
            if name not in _FIRST and not name.startswith(_SHEETS):
                self._zip.add(name, part)
        self._zip.close()

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
        head, tail = frame.around(drawn)
        part = self._zip.begin(_sheet(len(self._sheets) + 1))
        self._zip.pack(part, head)
        while block is not None:
            rows, size, *_ = opened(block)
            if part.rows and (part.rows + rows > _MOST_ROWS or part.size + size > _MOST_BYTES):
                break
            self._zip.take(part, block)
            block = next(waiting, None)
        self._zip.pack(part, frame.filtered(tail, part.rows))
        self._zip.end(part)
        return part.rows, block
