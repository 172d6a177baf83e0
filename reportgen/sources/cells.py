"""Cells with their addresses, and the sheets they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from reportgen.findings import Place
from reportgen.model import half_up
from reportgen.model.addresses import column_letters
from reportgen.model.rounding import CONTEXT

_DECIMALS = re.compile(r"\.([0#?]+)%")
_LITERAL = re.compile(r'"[^"]*"|\\.')
_LONGEST = 20
_RESIDUE = Decimal("1e-9")
Content = str | Decimal | date | bool | None


@dataclass(frozen=True)
class Cell:
    """One cell: its content with no float left, and what is wrong with it.

    ``fault`` is the code of a finding (D109 error value, D110 formula without a result),
    ``format`` the number format of a number.
    """

    row: int
    column: int
    content: Content
    fault: str = ""
    format: str = ""

    @cached_property
    def text(self) -> str:
        """The content as text without surrounding blanks; an empty cell is ''.

        >>> Cell(1, 1, Decimal("0.85"), format="0.00%").text, Cell(1, 1, Decimal("1E+16")).text
        ('85%', '10000000000000000')
        >>> Cell(1, 1, True).text, Cell(1, 1, False).text
        ('是', '否')
        """
        if self.content is None:
            return ""
        if isinstance(self.content, bool):
            return "是" if self.content else "否"
        if isinstance(self.content, Decimal):
            return self._number()
        return str(self.content).strip()

    def _number(self) -> str:
        """The digits of a number; a percentage where the format shows one."""
        if not isinstance(self.content, Decimal):
            return ""
        if not self.is_percent:
            return f"{self.content:f}"
        shown = _DECIMALS.search(self.format)
        places = len(shown[1]) if shown else 0
        share = self.content.scaleb(2, CONTEXT)
        rounded = half_up(share, places) if share.adjusted() < _LONGEST else share
        exact = rounded if abs(rounded - share) < _RESIDUE else share
        digits = f"{exact:f}"
        return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits}%"

    @property
    def is_percent(self) -> bool:
        """Whether the number format shows a percentage."""
        return "%" in self.format and "%" in _LITERAL.sub("", self.format)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands here."""
        return self.text == "" and not self.fault


NOWHERE = Cell(0, 0, None)  # stands for a cell whose row or column the sheet lacks


@dataclass(frozen=True)
class Sheet:
    """A sheet: its cells by (row, column), both counted from 1, and its merged ranges.

    A flat one is all that its file holds (.csv): places do not name it. ``list_name`` is that of
    a list that is but a part of the sheet.
    """

    file: str
    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    rows: int = 0
    columns: int = 0
    is_flat: bool = False
    list_name: str = ""

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
        """The place of a cell of this sheet; the sheet's own for a cell that is nowhere."""
        if not cell.row or not cell.column:
            return self.spot
        address = f"{column_letters(cell.column)}{cell.row}"
        return Place.cell(self.file, self.part, address)

    @property
    def spot(self) -> Place:
        """The place of the sheet itself."""
        return Place.cell(self.file, self.part)

    @property
    def title(self) -> str:
        """What its content is known as."""
        return self.list_name or self.name

    @property
    def part(self) -> str:
        """The sheet's name as places write it."""
        return "" if self.is_flat else self.name
