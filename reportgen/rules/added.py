"""Classes that had money only last year or only in the budget: rows that are not printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from reportgen.findings import Place
from reportgen.model import LEVELS, TOTAL, Absent, Figure, Layout, Row, Table, Value, total

ZERO = Decimal(0)
_CODED = re.compile(r"(\d+)\s*([\u4e00-\u9fff].*)?")
_NAMELESS = "（上年或预算中的科目）"


def split_code(text: str) -> tuple[str, str]:
    """The code and the name in ``text``; a text without code is a key by itself.

    >>> split_code("213 农林水支出"), split_code("２１３"), split_code("1.领导用车")
    (('213', '农林水支出'), ('213', ''), ('1.领导用车', ''))
    """
    match = _CODED.fullmatch(text.strip())
    if match is None:
        return text.strip(), ""
    return unicodedata.normalize("NFKC", match[1]), (match[2] or "").strip()


def is_code(key: str) -> bool:
    """Whether ``key`` is as long as the code of a 类, a 款 or a 项."""
    return key.isascii() and key.isdigit() and len(key) in LEVELS.values()


def above(key: str) -> list[str]:
    """The codes over a code, the nearest first.

    >>> above("2130101"), above("213")
    (['21301', '213'], [])
    """
    return [key[:length] for length in (5, 3) if length < len(key)]


def has_row(table: Table, key: str) -> bool:
    """Whether a table has a row with this code."""
    return any(row.key == key for row in table.rows)


def with_before(value: Value, before: Value | None) -> Value:
    """The cell with its last year, where both are known."""
    if isinstance(value, Figure) and before is not None:
        return value.related(上年=before)
    return value


def with_row(table: Table, key: str, label: str, before: Value | None = None) -> Table:
    """The table with a row of zeros for a code that had no money this year."""
    if table.profile.layout is not Layout.TREE or has_row(table, key):
        return table
    block = table.profile.blocks[0]
    label = label or f"{key}{_NAMELESS}"
    cells: dict[str, Value] = {}
    for column in block.values:
        name = f"{label}{column.leaf}"
        own = replace(before, name=name) if before is not None else None
        figure = Figure(name, ZERO, key=table.profile.address(key, column))
        cells[column.key] = with_before(figure, own)
    row = Row(table.profile, block, key, label, cells, printed=False)
    first = [r for r in table.rows if r.key == TOTAL]
    rest = sorted([*(r for r in table.rows if r.key != TOTAL), row], key=lambda r: r.key)
    return table.with_rows([*first, *rest])


def with_last_year_below(table: Table, keys: Iterable[str]) -> Table:
    """Last year of added 款 and 类, column by column: the sum of the rows below them."""
    rows = {row.key: row for row in table.rows}
    for key in sorted(keys, key=len, reverse=True):
        for column in rows[key].cells:
            _relate(rows, key, column, "上年", _below(rows, key, column, "上年"))
    return table.with_rows(list(rows.values()))


def with_budgets(
    table: Table,
    relation: str,
    given: Collection[str],
    listed: Collection[str],
    sheet: Place,
) -> Table:
    """The budgets that a list of budgets leaves out: a sum of the rows below, or 0.

    ``given`` are the codes with this budget, ``listed`` all codes of the list. Below a code
    that is listed as one amount nothing is known.
    """
    rows = {row.key: row for row in table.rows}
    codes = sorted((key for key in rows if is_code(key)), key=len, reverse=True)
    for key in codes:
        column = table.profile.usual_column(rows[key].block).key
        if key in listed:
            continue
        if any(code != key and code.startswith(key) for code in given):
            _relate(rows, key, column, relation, _below(rows, key, column, relation))
        elif not any(code in listed for code in above(key)):
            name = f"{rows[key].label}的{relation}数"
            _relate(rows, key, column, relation, Figure(name, ZERO, places=(sheet,)))
    return table.with_rows(list(rows.values()))


def _below(rows: Mapping[str, Row], key: str, column: str, relation: str) -> Value:
    cells = (row.cells[column] for code, row in rows.items() if code[:-2] == key)
    values = [cell.relations.get(relation) for cell in cells if isinstance(cell, Figure)]
    known = [value for value in values if value is not None]
    name = f"{rows[key].label}的{relation}数"
    return total(known, name) if known and len(known) == len(values) else Absent(name)


def _relate(rows: dict[str, Row], key: str, column: str, relation: str, value: Value) -> None:
    row = rows[key]
    cell = row.cells[column]
    if isinstance(cell, Figure) and isinstance(value, Figure):
        cells = {**row.cells, column: cell.related(**{relation: value})}
        rows[key] = replace(row, cells=cells)
