"""Which differences between a department and its units are transfers that were eliminated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from reportgen.checks.units.gaps import Cell, Comparison, Gap, added
from reportgen.model import LEVELS, Figure, Table, Verdict, agree, plain
from reportgen.model.names import unnumbered
from reportgen.rules.transfers import Transfers


@dataclass(frozen=True)
class Side:
    """A transfer in a table, and how much of it was eliminated there."""

    table: Table
    name: str
    amount: Figure


@dataclass
class Elimination:
    """The transfers that were left out of a department's tables, by table and name."""

    transfers: Transfers
    found: dict[tuple[str, str], dict[Cell, Gap]] = field(default_factory=dict)

    def explain(self, comparisons: Mapping[str, Comparison]) -> dict[str, list[Gap]]:
        """By table the differences that no elimination explains.

        A cell of a transfer may be smaller than the sum of the units; a row that contains
        transfers of its class may be smaller by as much as they are in the table that has them.
        """
        open_gaps: dict[str, list[Gap]] = {}
        for name, comparison in comparisons.items():
            own = {c: gap for c, gap in comparison.roots.items() if self._note(comparison, c, gap)}
            open_gaps[name] = [gap for c, gap in comparison.roots.items() if c not in own]
        for name, source in self.transfers.classes.items():
            if name in open_gaps and source in comparisons:
                table = comparisons[source].table
                comparison = comparisons[name]
                left = [
                    gap for gap in open_gaps[name] if not self._is_class(gap, comparison, table)
                ]
                open_gaps[name] = left
        return open_gaps

    def _note(self, comparison: Comparison, cell: Cell, gap: Gap) -> bool:
        """Remember a cell that may have been eliminated: no total, and too small."""
        profile = comparison.table.profile
        name = self.transfers.name_of(profile, gap.row, gap.column)
        if not name or cell in comparison.totals or gap.difference.value < 0:
            return False
        self.found.setdefault((profile.name, name), {})[cell] = gap
        return True

    def _is_class(self, gap: Gap, comparison: Comparison, table: Table) -> bool:
        """Whether a row differs by the transfers of the class of its name."""
        label = plain(unnumbered(gap.row.label))
        classes = [row for row in table.rows if len(row.key) == LEVELS["类"]]
        code = next((row.key for row in classes if plain(row.label) == label), "")
        inside = [
            found.difference
            for (name, _), cells in self.found.items()
            if name == table.profile.name
            for (key, _), found in cells.items()
            if code and key.startswith(code)
        ]
        if not inside:
            return False
        comparison.expected[gap.row.key, gap.column.key] = added(inside)
        return agree(gap.difference, added(inside)) is not Verdict.DIFFERENT

    def amount(self, table: Table, name: str) -> Figure | None:
        """How much of a transfer a table leaves out; ``None`` where the table has none."""
        holds = any(
            self.transfers.name_of(table.profile, row, column) == name
            for row in table.rows
            for column in row.block.values
        )
        cells = self.found.get((table.profile.name, name), {}).values()
        found = added([gap.difference for gap in cells]) if cells else Figure("", Decimal(0))
        return found if holds else None

    def unpaired(self, tables: Sequence[Table]) -> Iterator[tuple[Side, Side]]:
        """Incomes whose elimination is not that of the expenditure they mirror."""
        for pair in self.transfers.pairs:
            incomes, expenditures = (list(self._sides(tables, name)) for name in pair)
            for left, right in product(incomes, expenditures):
                if agree(left.amount, right.amount) is Verdict.DIFFERENT:
                    yield left, right

    def _sides(self, tables: Sequence[Table], name: str) -> Iterator[Side]:
        for table in tables:
            amount = self.amount(table, name)
            if amount is not None:
                yield Side(table, name, amount)
