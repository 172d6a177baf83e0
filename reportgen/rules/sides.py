"""The sides of a comparison as findings name them: table, row and cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from reportgen.findings import Place
from reportgen.model import Figure, Layout, Table
from reportgen.rules.terms import leaves
from reportgen.rules.wording import shown

_MOST_NAMED = 3
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Sides:
    """Names figures by where they stand in the published tables."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables

    def text(self, figure: Figure, but: Place | None = None) -> str:
        """Name, value and cells; a single cell ``but`` is not said again."""
        named = list(leaves(figure)) or list(figure.places)
        cells = f"（{cells_of(named)}）" if named and named != [but] else ""
        return f"{self.name(figure)}{shown(figure)}{cells}"

    def name(self, figure: Figure) -> str:
        """公开01表第58行, 公开03表“合计”, or the figure's own name.

        A sum or difference names its parts where they are few.
        """
        if figure.origin is None:
            return self._cell(figure) or figure.name
        if figure.name != figure.formula:
            return figure.name
        left, right = figure.origin.left, figure.origin.right
        if len(leaves(figure)) > _MOST_NAMED:
            return f"{next(iter(leaves(figure).values())).name}等{len(leaves(figure))}个数的算式"
        return f"{self.name(left)}{figure.origin.sign}{self.name(right)}"

    def _cell(self, figure: Figure) -> str:
        table_name, _, rest = figure.key.partition("/")
        key, _, column = rest.partition("/")
        table = self._tables.get(table_name)
        if table is None or not table.has_row(key or "1"):
            return ""
        profile = table.profile
        if profile.layout is Layout.SINGLE:
            return f"{profile.number}“{column or profile.blocks[0].values[0].key}”"
        row = table.row(key)
        where = f"第{row.number}行" if row.number else f"“{_labelled(row.key, row.label)}”"
        of = f"“{profile.find(column).leaf}”" if column and len(row.block.values) > 1 else ""
        return f"{profile.number}{where}{of}"


def _labelled(key: str, label: str) -> str:
    return label if key == label or not key.isdigit() else f"{key}{label}"


def cells_of(places: Iterable[Place]) -> str:
    """Cells with their sheet, those of one sheet together, neighbours in a column as a range.

    >>> cells_of(Place.cell("表.xlsx", "公开01表", f"C{n}") for n in (7, 8, 9, 12))
    '表.xlsx[公开01表]!C7:C9、C12'
    """
    texts = []
    for (file, sheet), group in groupby(places, key=lambda place: (place.file, place.sheet)):
        addresses = [place.address for place in group]
        texts.append(str(Place.cell(file, sheet, "、".join(_ranges(addresses)))))
    return "；".join(texts)


def _ranges(addresses: Iterable[str]) -> Iterator[str]:
    """C7, C8, C9 and C12 as C7:C9 and C12."""
    first = last = ""
    for address in addresses:
        if last and _follows(last, address):
            last = address
            continue
        yield from _range(first, last)
        first = last = address
    yield from _range(first, last)


def _range(first: str, last: str) -> Iterator[str]:
    if first:
        yield first if first == last else f"{first}:{last}"


def _follows(one: str, other: str) -> bool:
    first, second = _CELL.fullmatch(one), _CELL.fullmatch(other)
    if first is None or second is None:
        return False
    return first[1] == second[1] and int(first[2]) + 1 == int(second[2])
