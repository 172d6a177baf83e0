"""The rows of a table as they are printed: blocks side by side, fixed rows in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from reportgen.model.figure import Value
from reportgen.model.profile import Block, FixedRow, Layout, Profile
from reportgen.model.table import TOTAL, Row, Table


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One line of the printed table: a text or a figure for each column key."""

    profile: Profile
    cells: Mapping[str, Value | str]

    def __getitem__(self, name: str) -> Value | str:
        return self.cells.get(self.profile.find(name).key, "")


def printed_rows(table: Table) -> Iterator[PrintedRow]:
    """Yield the table's lines from top to bottom."""
    profile = table.profile
    if profile.layout in (Layout.TREE, Layout.SINGLE):
        for row in table.rows:
            if row.printed:
                yield PrintedRow(profile, _cells(row))
        return
    columns = [_block_lines(table, block) for block in profile.blocks]
    totals = [PrintedRow(profile, cells) for cells in _totals(table)]
    yield from totals if profile.totals_first else ()
    for parts in zip_longest(*columns, fillvalue={}):
        yield PrintedRow(profile, {key: cell for part in parts for key, cell in part.items()})
    yield from totals if not profile.totals_first else ()


def _cells(row: Row) -> dict[str, Value | str]:
    cells: dict[str, Value | str] = {}
    for column in row.block.columns:
        cells[column.key] = row[column.key]
    if row.key == TOTAL:  # the word stands in the first column, over code and name
        cells[row.block.columns[0].key], cells[row.block.columns[1].key] = TOTAL, ""
    return cells


def _block_lines(table: Table, block: Block) -> list[dict[str, Value | str]]:
    return [_line(table, block, fixed) for fixed in block.rows]


def _line(table: Table, block: Block, fixed: FixedRow) -> dict[str, Value | str]:
    if fixed.literal:
        keys = (column.key for column in block.columns)
        return dict(zip(keys, fixed.literal, strict=False))
    if fixed.label:
        return _cells(table.row(fixed.key))
    number = [column.key for column in block.columns if column.leaf == "行次"]
    return {key: str(fixed.number) for key in number}


def _totals(table: Table) -> Iterator[dict[str, Value | str]]:
    """The lines of totals of the economic table: labels among the names, figures at the right.

    Totals of different blocks share a line; that of all has one of its own.
    """
    cells: dict[str, Value | str] = {}
    for fixed in table.profile.totals:
        row = table.row(fixed.key)
        section = table.profile.section(fixed.label)
        if section[0].columns[1].key in cells:
            yield cells
            cells = {}
        cells[section[0].columns[1].key] = row.label
        for column, value in zip(section[-1].values, row.cells.values(), strict=True):
            cells[column.key] = value
    if cells:
        yield cells
