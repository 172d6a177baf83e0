"""Functions that expressions may call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from reportgen.language import Unknown
from reportgen.language.operators import open_to_templates
from reportgen.model import Absent, Figure, Kind, Row, Value, half_up, total


@open_to_templates
def add_up(rows: Iterable[Any], column: str = "", relation: str = "") -> Value | Unknown:
    """求和(rows, column): add a column over rows (or funds, or plain figures).

    求和(rows, column, '上年') adds what the column's figures are related to, and
    求和(row, columns) adds several columns of one row. A blank cell of a table is read as 0
    and one that does not apply adds nothing; a blank in a list of 补充数据.xlsx is absent, and
    makes the sum absent. So does a table that could not be read.
    """
    if isinstance(rows, Absent | Unknown):
        return rows
    if isinstance(rows, Row):
        return total((_value(rows[name]) for name in column), f"{rows.label}各列之和")
    values = [_value(pick(row, column), column) for row in rows]
    if relation:
        values = [_value(value.lookup(relation)) for value in values]
    return total(values, f"各行{column}{relation and f'{relation}数'}之和")


def pick(row: Any, column: str) -> Any:
    """What stands in a column of a row, a fund or a record; the figure itself without one."""
    if not column:
        return row
    if hasattr(row, "lookup") and not isinstance(row, Row):
        return row.lookup(column)
    return row[column]


def _value(value: Any, name: str = "") -> Value:
    if value is None:
        return Absent(name, "没有填写")
    return value if isinstance(value, Figure | Absent) else Absent(str(value), "不是数字")


@open_to_templates
def count(items: Iterable[Any]) -> Figure:
    """个数(items): how many there are, as a figure."""
    return Figure("个数", Decimal(len(list(items))), Kind.COUNT)


@open_to_templates
def magnitude(value: Value) -> Value:
    """绝对值(figure)."""
    return value if isinstance(value, Absent) or value.value >= 0 else -value


@open_to_templates
def rounded(value: Value, places: int) -> Value:
    """舍入(figure, places): rounded half up, in the figure's base unit."""
    if not isinstance(value, Figure):
        return value
    return replace(value, value=half_up(value.value, places), origin=None)


FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"求和": add_up, "个数": count, "绝对值": magnitude, "舍入": rounded}
)
