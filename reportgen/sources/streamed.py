"""Sheets that are read row by row: what lists of any length are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reportgen.errors import ReportgenError
from reportgen.findings import Finding, Place, Severity
from reportgen.model.addresses import column_letters
from reportgen.sources.areas import Range
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.contents import ERROR_VALUES


class DamagedError(ReportgenError):
    """A file turns out to be damaged while it is read; ends in the reader as a finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file was like when it was opened: rows that are read later must be of the same."""

    path: Path
    size: int
    time: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """The stamp of a file as it is."""
        status = path.stat()
        return cls(path, status.st_size, status.st_mtime_ns)

    def check(self) -> None:
        """Raise DamagedError where somebody has written to the file since."""
        if not self.path.is_file() or Stamp.of(self.path) != self:
            message = "读取的时候这个文件被改动了，后面的没有读。"
            hint = "请保存并关闭正在编辑它的程序，再做一遍。"
            place = Place(self.path.name)
            raise DamagedError(Finding("D102", Severity.ERROR, place, message, hint))


class Fault(NamedTuple):
    """What stands in a cell that can't be used: the code of its finding, and its text."""

    code: str
    text: str


Value = str | Decimal | date | bool | Fault
"""A content without floats; a percentage is the text that shows it."""
Row = tuple[int, dict[int, Value]]
"""The number of a row, and its values by column; both counted from 1, blank cells left out."""


@dataclass(frozen=True, slots=True)
class RowSheet:
    """A sheet whose rows are read anew with every call of ``rows``, from the top.

    What can't be read raises DamagedError when it is come to. Texts are as the file has them:
    what no document can hold is still in them. A flat one is all that its file holds (.csv):
    places do not name it.
    """

    file: str
    name: str
    rows: Callable[[], Iterator[Row]]
    is_flat: bool = False
    merged: Sequence[Range] = ()

    @property
    def part(self) -> str:
        """The sheet's name as places write it."""
        return "" if self.is_flat else self.name

    @property
    def spot(self) -> Place:
        """The place of the sheet itself."""
        return Place.cell(self.file, self.part)

    def place(self, row: int, column: int) -> Place:
        """The place of a cell."""
        return Place.cell(self.file, self.part, f"{column_letters(column)}{row}")


def of_text(text: str) -> Value | None:
    """A text as a value: an error value is a fault, blanks are nothing.

    >>> of_text("#N/A"), of_text(" "), of_text("甲")
    (Fault(code='D109', text='#N/A'), None, '甲')
    """
    if text in ERROR_VALUES:
        return Fault("D109", text)
    return text if text.strip() else None


def text_of(value: Value | None) -> str:
    """A value as text without surrounding blanks, as a cell's; '' for none and for a fault.

    >>> text_of(Decimal("1E+3")), text_of(" 甲 "), text_of(True), text_of(Fault("D109", "#N/A"))
    ('1000', '甲', '是', '')
    """
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, Fault):
        return ""
    return Cell(1, 1, value).text


def cell_of(value: Value | None, row: int, column: int) -> Cell:
    """The cell that holds a value."""
    if isinstance(value, Fault):
        return Cell(row, column, value.text, value.code)
    return Cell(row, column, value)


def row_sheet(sheet: Sheet) -> RowSheet:
    """A sheet that is in memory, read by rows like the others."""
    return RowSheet(sheet.file, sheet.name, lambda: _rows(sheet), sheet.is_flat, sheet.merged)


def _rows(sheet: Sheet) -> Iterator[Row]:
    number, values = 0, dict[int, Value]()
    for cell in sheet.filled():
        if cell.row != number and values:
            yield number, values
            values = {}
        number = cell.row
        values[cell.column] = _value(cell)
    if values:
        yield number, values


def _value(cell: Cell) -> Value:
    if cell.fault:
        return Fault(cell.fault, cell.text)
    return cell.text if cell.content is None or cell.is_percent else cell.content
