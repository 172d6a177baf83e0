"""Figures get their last year, budgets, uses and reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reportgen.findings import Findings, Place, nearest
from reportgen.model import (
    NEW_UNIT,
    TOTAL,
    Absent,
    Figure,
    Layout,
    Row,
    Table,
    Value,
)

ZERO = Decimal(0)
_NAMED_ROW = "（上年或预算中的科目）"


@dataclass
class Relations:
    """What is related to table cells and to vocabulary names, in the order read.

    ``figures`` hold (table, row, column, relation, figure), ``texts`` the same with a text;
    an empty table means that the row is a vocabulary name. Lines about ``unread`` tables stay
    silent: that the table is not there is a finding already.
    """

    figures: list[tuple[str, str, str, str, Figure]] = field(default_factory=list)
    texts: list[tuple[str, str, str, str, str, Place]] = field(default_factory=list)
    last_tables: Mapping[str, Table] = field(default_factory=dict)
    budget_table: str = ""
    unread: frozenset[str] = frozenset()
    new_unit: bool = False


def relate(
    tables: Mapping[str, Table], relations: Relations, findings: Findings
) -> dict[str, Table]:
    """Return the tables with related figures and texts attached to their cells."""
    related = dict(tables)
    for name, table in tables.items():
        last = relations.last_tables.get(name)
        if relations.new_unit:
            related[name] = _map_figures(table, lambda f: f.related(上年=Absent(f.name, NEW_UNIT)))
        elif last is not None:
            related[name] = _with_last_year(table, last)
    for table_name, row, column, relation, figure in relations.figures:
        target, key = _target(table_name, row, column, relation, relations)
        if target in related:
            where = figure.places[0] if figure.places else related[target].place
            table = _with_row(related[target], key, column, _before(target, relations))
            related[target] = _attach(table, key, column, relation, figure, where, findings)
        elif target and target not in relations.unread:
            hint = nearest(target, related) or f"可用的表：{'、'.join(related)}。"
            findings.error("D115", figure.places[0], f"未知的表“{target}”。", hint)
    for table_name, row, column, name, text, place in relations.texts:
        if table_name in related:
            table = related[table_name]
            related[table_name] = _with_text(table, row, column, name, text, place, findings)
        elif table_name and table_name not in relations.unread:
            hint = nearest(table_name, related) or f"可用的表：{'、'.join(related)}。"
            findings.error("D115", place, f"未知的表“{table_name}”。", hint)
    return related


def _target(
    table: str, row: str, column: str, relation: str, relations: Relations
) -> tuple[str, str]:
    """A line of 年初预算 names no table: it belongs to the bundle's budget table by its code."""
    if table or relation == "上年":
        return table, row.split(" ", maxsplit=1)[0]
    return relations.budget_table, row or (TOTAL if TOTAL in column else "")


def _with_last_year(table: Table, last: Table) -> Table:
    """Relate cell to cell; a code that only last year had becomes an unprinted row."""
    for row in last.rows:
        if table.profile.layout is Layout.TREE:
            table = _with_row(table, row.key, row.label)
    old = {row.key: row for row in last.rows}
    return table.with_rows([_row_with_last(row, old.get(row.key), last) for row in table.rows])


def _row_with_last(row: Row, old: Row | None, last: Table) -> Row:
    cells: dict[str, Value] = {}
    for key, value in row.cells.items():
        before = old.cells.get(key) if old else Figure(value.name, ZERO, places=(last.place,))
        cells[key] = _after(value, before)
    return replace(row, cells=cells)


def _after(value: Value, before: Value | None) -> Value:
    """The cell with its last year, where both are known."""
    if isinstance(value, Figure) and before is not None:
        return value.related(上年=before)
    return value


def _before(table: str, relations: Relations) -> Value | None:
    """The last year of a code that stands only in the budget, where it is known."""
    if relations.new_unit:
        return Absent(_NAMED_ROW, NEW_UNIT)
    last = relations.last_tables.get(table)
    return Figure(_NAMED_ROW, ZERO, places=(last.place,)) if last else None


def _with_row(table: Table, key: str, label: str, before: Value | None = None) -> Table:
    """The table with a row of zeros for a code that had no money this year."""
    known = any(row.key == key for row in table.rows)
    if known or table.profile.layout is not Layout.TREE or not key.isdigit():
        return table
    block = table.profile.blocks[0]
    name = label or f"{key}{_NAMED_ROW}"
    cells: dict[str, Value] = {
        column.key: _after(
            Figure(f"{name}{column.leaf}", ZERO, key=f"{table.profile.name}/{key}"), before
        )
        for column in block.values
    }
    row = Row(table.profile, block, key, name, cells, printed=False)
    first = [r for r in table.rows if r.key == TOTAL]
    rest = sorted([*(r for r in table.rows if r.key != TOTAL), row], key=lambda r: r.key)
    return table.with_rows([*first, *rest])


def _attach(
    table: Table,
    key: str,
    column: str,
    relation: str,
    figure: Figure,
    place: Place,
    findings: Findings,
) -> Table:
    try:
        row = table.row(key)
        target = (
            row.column(column).key if relation == "上年" and column else row.block.values[0].key
        )
    except KeyError:
        _report_cell(table, key, column, place, findings)
        return table
    cell = row.cells[target]
    if isinstance(cell, Absent):
        return table
    new = replace(row, cells={**row.cells, target: cell.related(**{relation: figure})})
    return table.with_rows([new if r.key == row.key else r for r in table.rows])


def _with_text(
    table: Table, key: str, column: str, name: str, text: str, place: Place, findings: Findings
) -> Table:
    try:
        row = table.row(key)
        target = row.column(column).key if column else row.block.values[0].key
    except KeyError:
        _report_cell(table, key, column, place, findings)
        return table
    cell = row.cells[target]
    cells = dict(row.cells)
    if isinstance(cell, Figure):
        cells[target] = cell.with_texts({name: text})
    new = replace(row, cells=cells, texts={**row.texts, name: text})
    return table.with_rows([new if r.key == row.key else r for r in table.rows])


def _report_cell(table: Table, key: str, column: str, place: Place, findings: Findings) -> None:
    known = any(row.key == key for row in table.rows)
    missing = f"“{column}”这一栏" if known else f"“{key}”这一行"
    message = f"“{table.profile.title}”没有{missing}。"
    findings.error("D115", place, message, "请核对编码和栏名。")


def _map_figures(table: Table, change: Callable[[Figure], Figure]) -> Table:
    return table.with_rows(
        [
            replace(
                row,
                cells={k: change(v) if isinstance(v, Figure) else v for k, v in row.cells.items()},
            )
            for row in table.rows
        ]
    )
