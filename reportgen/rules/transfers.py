"""Money that the units of a department pay each other, eliminated when they are added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reportgen.model import Column, Profile, Row, plain
from reportgen.model.names import unnumbered


@dataclass(frozen=True)
class Transfers:
    """Pairs of an income and the expenditure it mirrors, by the names in the tables' margins.

    ``classes`` names, for a table without such columns whose rows contain the expenditures of
    functional classes, the table that has them (表01: 表03).
    """

    pairs: tuple[tuple[str, str], ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> Iterator[str]:
        """Every income and expenditure that is between units."""
        for pair in self.pairs:
            yield from pair

    def name_of(self, profile: Profile, row: Row, column: Column) -> str:
        """Which of them a cell holds, by its column or by its row; '' for other cells."""
        label = plain(unnumbered(row.label))
        for name in self.names():
            if plain(name) == label or column.answers_to(name, profile.column_aliases):
                return name
        return ""
