"""Cells with their addresses, and the sheets they stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter

from reportgen.findings import Place

Content = str | Decimal | date | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its content with no float left, and what is wrong with it.

    ``fault`` is the code of a finding (D109 error value, D110 formula without a result).
    """

    row: int
    column: int
    content: Content
    fault: str = ""

    @property
    def text(self) -> str:
        """The content as text without surrounding blanks; an empty cell is ''."""
        return "" if self.content is None else str(self.content).strip()

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands here."""
        return self.text == "" and not self.fault


@dataclass(frozen=True)
class Sheet:
    """A sheet: its cells by (row, column), both counted from 1, and its merged ranges."""

    file: str
    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    rows: int = 0
    columns: int = 0

    def at(self, row: int, column: int) -> Cell:
        """Return the cell, an empty one where the sheet holds none."""
        return self.cells.get((row, column)) or Cell(row, column, None)

    def row(self, number: int) -> list[Cell]:
        """The cells of a row from the first to the last column of the sheet."""
        return [self.at(number, column) for column in range(1, self.columns + 1)]

    def filled(self) -> Iterator[Cell]:
        """The cells that hold something, row by row."""
        return iter(self.cells.values())

    def place(self, cell: Cell) -> Place:
        """The place of a cell of this sheet."""
        address = f"{get_column_letter(cell.column)}{cell.row}"
        return Place.cell(self.file, self.name, address)

    @property
    def spot(self) -> Place:
        """The place of the sheet itself."""
        return Place.cell(self.file, self.name)
