"""The sides of a comparison as findings name them: table, row and cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from reportgen.findings import Place
from reportgen.model import UNITS, Figure, Kind, Layout, Row, Table
from reportgen.model.addresses import ranges
from reportgen.model.rounding import CONTEXT
from reportgen.rules.terms import leaves
from reportgen.rules.wording import shown

_MOST_NAMED = 3
_UNIT_NAMES = {scale: name for name, scale in UNITS.items() if scale != 1}


class Sides:
    """Names figures by where they stand in the published tables."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = {table.profile.shown: table for table in tables.values()}

    def text(self, figure: Figure, but: Place | None = None) -> str:
        """Name, value and cells; a single cell ``but`` is not said again."""
        named = list(figure.places)
        cells = f"（{cells_of(named)}）" if named and named != [but] else ""
        return f"{self.name(figure)}{in_unit(figure.value, figure)}{cells}"

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
        sign = figure.origin.sign
        return f"{self._within(left, sign, '*/')}{sign}{self._within(right, sign, '-*/')}"

    def _within(self, part: Figure, sign: str, binding: str) -> str:
        """A part's name, in brackets where it is a formula that ``sign`` would tear apart."""
        name = self.name(part)
        is_formula = part.origin is not None and part.name == part.formula
        return f"（{name}）" if is_formula and sign in binding else name

    def _cell(self, figure: Figure) -> str:
        table_name, _, rest = figure.key.partition("/")
        key, _, column = rest.partition("/")
        table = self._tables.get(table_name)
        if table is None or not table.has_row(key or "1"):
            return ""
        profile = table.profile
        if profile.layout is Layout.SINGLE:
            found = profile.find(column) if column else profile.usual_column(profile.blocks[0])
            return f"{profile.number}{found.path[0]}“{found.leaf}”"
        row = table.row(key)
        where = f"第{row.number}行" if row.number else f"“{_labelled(row.key, row.label)}”"
        of = self._column(row, column) if len(row.block.values) > 1 else ""
        return f"{profile.number}{where}{of}"

    def _column(self, row: Row, column: str) -> str:
        """The head of a figure's column; that of a table's first one goes without saying."""
        found = row.column(column) if column else row.profile.usual_column(row.block)
        return "" if found is row.block.values[0] and not column else f"“{found.leaf}”"


def in_unit(value: Decimal, figure: Figure, *others: Figure) -> str:
    """A value as the cells behind its figures state it: 810.84万元 in a table of 万元.

    Where the cells state different units, and in 元, it is the exact value in 元.
    """
    scales = {
        leaf.scale
        for one in (figure, *others)
        for leaf in (*leaves(one).values(), *([one] if one.origin is None else ()))
    }
    scale = scales.pop() if len(scales) == 1 else Decimal(1)
    unit = _UNIT_NAMES.get(scale, "") if figure.kind is Kind.AMOUNT else ""
    if not unit:
        return shown(replace(figure, value=value))
    return f"{shown(Figure('', CONTEXT.divide(value, scale), figure.kind))}{unit}"


def _labelled(key: str, label: str) -> str:
    return label if key == label or not key.isdigit() else f"{key}{label}"


def cells_of(places: Iterable[Place]) -> str:
    """Cells with their sheet, those of one sheet together, neighbours as a range.

    >>> cells_of(Place.cell("表.xlsx", "公开01表", f"C{n}") for n in (7, 8, 9, 12))
    '表.xlsx[公开01表]!C7:C9、C12'
    >>> cells_of(Place.cell("表.xlsx", "公开01表", name) for name in ("D10", "E10", "E11"))
    '表.xlsx[公开01表]!D10:E10、E11'
    """
    texts = []
    for (file, sheet), group in groupby(places, key=lambda place: (place.file, place.sheet)):
        addresses = [place.address for place in group]
        texts.append(str(Place.cell(file, sheet, "、".join(ranges(addresses)))))
    return "；".join(texts)
