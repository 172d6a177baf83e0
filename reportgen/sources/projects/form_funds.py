"""The funds of a filled-in form: a line for each source, amounts in 万元."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from reportgen.model import UNITS, plain
from reportgen.model.addresses import column_letters
from reportgen.sources.contents import Spot
from reportgen.sources.numerals import parse_number
from reportgen.sources.projects.form_labels import (
    AMOUNTS,
    BELOW,
    BESIDE,
    MARKS,
    SECTIONS,
    TOTALS,
    spellings,
)
from reportgen.sources.projects.grid import Grid
from reportgen.sources.projects.raw import Head, RawRow
from reportgen.sources.streamed import Value

_UNIT = re.compile(r"单位[:：]\s*(千元|万元|亿元|元)|资金.*[（(](千元|万元|亿元|元)[）)]$")
_SOURCE, _TOTAL, _INITIAL = "资金来源", "年度资金总额", "年初预算数"
_ENDS = frozenset({*BELOW, *BESIDE, *(text for text, name in MARKS.items() if "级" in name)})


def funds_row(grid: Grid) -> int:
    """The row of the heads of the funds; 0 where there is none."""
    return grid.row_with(spellings(AMOUNTS, "全年预算数"), spellings(AMOUNTS, "全年执行数"))


def read_funds(grid: Grid, row: int, used: set[Spot]) -> tuple[list[RawRow], int]:
    """The lines below the heads, and the row in which they end."""
    heads, first = _heads(grid, row, used)
    left = min(spot[1] for spot in heads.values())
    letters = (
        column_letters(max(left - 1, 1)),
        *(column_letters(c) for _, c in heads.values()),
    )
    head = Head(grid.sheet.file, grid.sheet.part, (_SOURCE, *heads), letters)
    factor = UNITS[_unit(grid, used)] / UNITS["万元"]
    rows: list[RawRow] = []
    for number in grid.rows(first):
        labels = {grid.labels.get(spot) for spot in grid.row(number)}
        if labels & _ENDS:
            return rows, number
        spots = [grid.under(spot, number) for spot in heads.values()]
        values = [_amount(grid.cells.get(spot), factor) for spot in spots]
        name = _source(grid, number, left, used)
        if name or any(value is not None for value in values):
            rows.append(RawRow(head, number, (name or None, *values)))
            used.update(spot for spot in grid.row(number) if spot[1] >= left)
    return rows, max(grid.rows(), default=0) + 1


def _heads(grid: Grid, row: int, used: set[Spot]) -> tuple[Mapping[str, Spot], int]:
    """The columns of amounts, those of a second row of heads too; and the first row below."""
    heads, bottom = _amounts(grid, row), row
    for spot in heads.values():
        bottom = max(bottom, grid.area(spot)[2])
    lower = _amounts(grid, row + 1)
    if lower:
        bottom = max(bottom, row + 1)
        parent = heads.get(_INITIAL)
        if parent and any(parent[1] == column for _, column in lower.values()):
            del heads[_INITIAL]
    used.update(spot for number in range(row, bottom + 1) for spot in grid.row(number))
    return {**heads, **lower}, bottom + 1


def _amounts(grid: Grid, row: int) -> dict[str, Spot]:
    found: dict[str, Spot] = {}
    for spot in grid.row(row):
        name = AMOUNTS.get(grid.labels.get(spot, ""))
        if name:
            found.setdefault(name, spot)
    return found


def _unit(grid: Grid, used: set[Spot]) -> str:
    """The unit that the form states; 万元 where it states none."""
    for spot in grid.labels:
        stated = _UNIT.search(grid.text(spot))
        if stated:
            used.add(spot)
            return stated[1] or stated[2]
    return "万元"


def _source(grid: Grid, number: int, left: int, used: set[Spot]) -> str:
    """What stands nearest before the amounts, but for the label of the whole."""
    spots = [s for s in grid.row(number) if s[1] < left and grid.labels.get(s) not in SECTIONS]
    used.update(spots[-1:])
    if not spots:
        return ""
    label, text = grid.labels.get(spots[-1], ""), grid.text(spots[-1])
    return _TOTAL if label in TOTALS else text.rstrip(":：")


def _amount(value: Value | None, factor: Decimal) -> Value | None:
    """An amount in 万元; what is no number stays, and is told when the project is built."""
    if isinstance(value, str):
        number = parse_number(plain(value).removesuffix("万元"))
        value = value if number is None or "%" in value else number
    if isinstance(value, Decimal) and factor != 1:
        return value * factor
    return value
