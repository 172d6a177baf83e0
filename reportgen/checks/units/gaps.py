"""Cells of a department's table that are not the sum of the same cells of its units' tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from reportgen.model import (
    NOT_APPLICABLE,
    Absent,
    Column,
    Figure,
    Row,
    Table,
    Value,
    Verdict,
    agree,
    total,
)
from reportgen.rules.sums import sums

Cell = tuple[str, str]


@dataclass(frozen=True)
class Gap:
    """A cell, what the department states there, and what each unit does."""

    row: Row
    column: Column
    stated: Figure
    parts: tuple[Figure, ...]

    @cached_property
    def added(self) -> Figure:
        """The sum over the units."""
        return added(self.parts)

    @cached_property
    def difference(self) -> Figure:
        """What the units have more than the department."""
        found = self.added - self.stated
        assert isinstance(found, Figure)
        return found

    @cached_property
    def verdict(self) -> Verdict:
        """Equal, within rounding or different."""
        return agree(self.stated, self.added)


@dataclass
class Comparison:
    """A department's table against the sum of its units' tables.

    ``table`` has the rows that only units list as rows of zeros; ``unlisted`` are their keys.
    ``expected`` is how much a cell should differ for the sake of others.
    """

    table: Table
    unlisted: frozenset[str] = frozenset()
    rounded: list[Gap] = field(default_factory=list)
    roots: dict[Cell, Gap] = field(default_factory=dict)
    totals: frozenset[Cell] = frozenset()
    expected: dict[Cell, Figure] = field(default_factory=dict)


def compare(table: Table, units: Sequence[Table]) -> Comparison:
    """Every cell of ``table`` and of the rows that only units have.

    ``roots`` are the cells that differ, without the totals that differ by as much as their parts.
    """
    extra = _unlisted(table, units)
    whole = table.with_rows([*table.rows, *extra])
    indexes = [{row.key: row for row in unit.rows} for unit in units]
    found = [gap for row in whole.rows for gap in _gaps(row, indexes)]
    gaps = {(gap.row.key, gap.column.key): gap for gap in found if gap.verdict is Verdict.DIFFERENT}
    entries = list(sums(whole))
    parts = [(entry.cell, [gaps[p] for p in entry.parts if p in gaps]) for entry in entries]
    follow = {cell for cell, own in parts if cell in gaps and own and _follows(gaps[cell], own)}
    expected = {cell: _sum(own) for cell, own in parts if cell in gaps and own}
    return Comparison(
        whole,
        frozenset(row.key for row in extra),
        [gap for gap in found if gap.verdict is Verdict.ROUNDING],
        {cell: gap for cell, gap in gaps.items() if cell not in follow},
        frozenset(entry.cell for entry in entries),
        expected,
    )


def added(figures: Sequence[Figure]) -> Figure:
    """The sum of figures that are all there."""
    found = total(figures, "各单位之和")
    assert isinstance(found, Figure)
    return found


def _follows(gap: Gap, parts: Sequence[Gap]) -> bool:
    """Whether a total differs by what its parts differ."""
    return agree(gap.difference, _sum(parts)) is not Verdict.DIFFERENT


def _sum(gaps: Sequence[Gap]) -> Figure:
    return added([gap.difference for gap in gaps])


def _unlisted(table: Table, units: Sequence[Table]) -> list[Row]:
    """The rows that units have and the department has not, as rows of zeros."""
    own = {row.key for row in table.rows}
    rows = {row.key: row for unit in units for row in unit.rows if row.key not in own}
    return [replace(row, cells=_zeros(row.cells), place=None) for row in rows.values()]


def _zeros(cells: Mapping[str, Value]) -> Mapping[str, Value]:
    return {key: Figure(value.name, Decimal(0)) for key, value in cells.items()}


def _gaps(row: Row, units: Sequence[Mapping[str, Row]]) -> Iterator[Gap]:
    """The cells of a row; those that could not be read, here or there, are left out."""
    for column in row.block.values:
        stated = _known(row.cells[column.key])
        parts = [_known(_at(rows, row.key, column.key)) for rows in units]
        figures = tuple(part for part in parts if part is not None)
        if stated is not None and len(figures) == len(parts):
            yield Gap(row, column, stated, figures)


def _at(rows: Mapping[str, Row], key: str, column: str) -> Value:
    """A cell of a unit; a row that it lacks had no money."""
    return rows[key].cells[column] if key in rows else Figure("", Decimal(0))


def _known(value: Value) -> Figure | None:
    """The figure; 不适用 is 0, and what could not be read is unknown."""
    if isinstance(value, Absent):
        return Figure(value.name, Decimal(0)) if value.reason == NOT_APPLICABLE else None
    return value
