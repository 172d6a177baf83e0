"""What reading the rows of any table shares: cells to figures, blanks, repeated heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportgen.findings import Findings, Place
from reportgen.model import NO_COLUMN, Absent, Block, Column, Kind, Profile, Value, plain
from reportgen.sources.cells import NOWHERE, Cell
from reportgen.sources.figures import Unit, read_figure
from reportgen.sources.heads import Heads
from reportgen.sources.lines import is_caption
from reportgen.sources.locate import Region


@dataclass
class Reader:
    """Reads figures of one table and remembers which cells were empty."""

    region: Region
    profile: Profile
    heads: Heads
    findings: Findings
    blanks: set[tuple[str, str]] = field(default_factory=set)

    def data_rows(self) -> Iterator[int]:
        """Row numbers with data: empty rows and heads repeated mid-table are passed over."""
        for row in range(self.heads.first_data_row, self.region.last + 1):
            texts = tuple(plain(cell.text) for cell in self.region.sheet.row(row) if cell.text)
            if texts and not self._is_heads(texts) and not is_caption(texts, self.profile):
                yield row

    def _is_heads(self, texts: tuple[str, ...]) -> bool:
        """Whether the row repeats heads: those of the table, or of a section in it."""
        return texts in self.heads.texts or (len(texts) > 1 and set(texts) <= self.profile.heads)

    def cell(self, row: int, column: Column) -> Cell:
        """The cell of a profile column; an empty one where the sheet lacks row or column."""
        number = self.heads.columns.get(column.key, 0)
        return self.region.sheet.at(row, number) if row and number else NOWHERE

    def figure(self, cell: Cell, key: str, label: str, column: Column, unit: str = "") -> Value:
        """The figure in a cell, named after its row and column; ``unit`` for counts."""
        if cell.is_blank:
            self.blanks.add((key, column.key))
        name = self.profile.named(label, column)
        stated = Unit(unit, Kind.COUNT) if unit else self.region.unit
        address = self.profile.address(key, column)
        return read_figure(self.region.sheet, cell, name, stated, self.findings, address)

    def figures(
        self, row: int, key: str, label: str, block: Block, unit: str = ""
    ) -> dict[str, Value]:
        """The figures of a row by column key; in columns the sheet lacks they are absent."""
        return {
            column.key: self.figure(self.cell(row, column), key, label, column, unit)
            if column.key in self.heads.columns
            else Absent(f"{label}{column.leaf}", NO_COLUMN)
            for column in block.values
        }

    def place(self, cell: Cell) -> Place:
        """The place of a cell of this table."""
        return self.region.sheet.place(cell)

    def error(self, code: str, cell: Cell, message: str, hint: str = "") -> None:
        """Record an error at a cell of this table."""
        self.findings.error(code, self.place(cell), message, hint)


def tidy(label: str) -> str:
    r"""Join a line-wrapped name: blanks between Chinese characters go.

    >>> tidy("社会保障和\n就业支出"), tidy(" 1. 其他用车 ")
    ('社会保障和就业支出', '1.其他用车')
    """
    return "".join(label.split())
