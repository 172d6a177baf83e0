"""A profile without figures: its lines from top to bottom, and what each cell adds up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import xl_range

from reportgen.findings import Place
from reportgen.model import (
    TOTAL,
    Block,
    Figure,
    FixedRow,
    Layout,
    Profile,
    Row,
    Table,
    printed_rows,
)
from reportgen.rules.sums import sums

Spot = tuple[int, int]
Address = tuple[str, str]
"""The key of a row and the key of a column."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell for a figure: the figure that belongs there, and its unit where that is no money."""

    address: Address
    unit: str = ""


Line = Mapping[str, str | Slot]
"""What stands in a line by column key: a text or the place of a figure."""


def blank_table(profile: Profile) -> Table:
    """The table with every fixed row and nothing in it."""
    return Table(profile, tuple(_rows(profile)), Place(""))


def _rows(profile: Profile) -> Iterator[Row]:
    first = profile.blocks[0]
    if profile.layout is Layout.TREE:
        yield _row(profile, first, FixedRow(TOTAL, TOTAL))
    elif profile.layout is Layout.SINGLE:
        yield _row(profile, first, FixedRow("", "1"))
    else:
        for block in profile.blocks:
            yield from (_row(profile, block, row) for row in block.rows if row.label)
        for row in profile.totals:
            yield _row(profile, profile.section(row.label)[0], row)


def _row(profile: Profile, block: Block, row: FixedRow) -> Row:
    cells = {
        column.key: Figure(row.unit, Decimal(0), key=f"{row.key}\n{column.key}")
        for column in block.values
    }
    return Row(profile, block, row.key, row.label, cells, row.number)


def lines(table: Table) -> Iterator[Line]:
    """The lines of a blank table as they are printed."""
    for printed in printed_rows(table):
        yield {key: _content(cell) for key, cell in printed.cells.items()}


def _content(cell: object) -> str | Slot:
    if not isinstance(cell, Figure):
        return str(cell)
    row, _, column = cell.key.partition("\n")
    return Slot((row, column), cell.name)


def formulas(table: Table, spots: Mapping[Address, Spot]) -> dict[Address, str]:
    """The formula of each cell that is a sum of others; one across wins over one down."""
    found: dict[Address, str] = {}
    for entry in sums(table):
        parts = [spots[part] for part in entry.parts if part in spots]
        if len(parts) == len(entry.parts) and entry.cell in spots:
            found[entry.cell] = f"=SUM({','.join(_ranges(parts))})"
    return found


def _ranges(spots: Iterable[Spot]) -> Iterator[str]:
    """Neighbours below or beside each other as one range.

    >>> list(_ranges([(0, 1), (1, 1), (2, 1), (5, 1)])), list(_ranges([(0, 1), (0, 2)]))
    (['B1:B3', 'B6'], ['B1:C1'])
    """
    runs: list[list[Spot]] = []
    for spot in spots:
        run = runs[-1] if runs else []
        step = (spot[0] - run[-1][0], spot[1] - run[-1][1]) if run else (0, 0)
        straight = len(run) < 2 or step == (run[1][0] - run[0][0], run[1][1] - run[0][1])
        if step in ((1, 0), (0, 1)) and straight:
            run.append(spot)
        else:
            runs.append([spot])
    for run in runs:
        yield xl_range(*run[0], *run[-1])
