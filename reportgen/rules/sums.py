"""Which cells of a table are sums of which others; blank totals are computed from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

from reportgen.findings import CODES, Findings, Place, Severity
from reportgen.model import (
    NO_COLUMN,
    NOT_APPLICABLE,
    NOT_GIVEN,
    TOTAL,
    Absent,
    Figure,
    Layout,
    Row,
    Table,
    Value,
    total,
)
from reportgen.rules.outcome import Outcome
from reportgen.rules.wording import shown

_MOST_NOTES = 8


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell (row key, column key) and the cells that add up to it."""

    cell: tuple[str, str]
    parts: tuple[tuple[str, str], ...]
    across: bool = False


def sums(table: Table) -> Iterator[Sum]:
    """Every sum of a table; parts come before the sums that use them."""
    entries: dict[tuple[str, str], list[Sum]] = {}
    for entry in _entries(table):
        entries.setdefault(entry.cell, []).append(entry)
    order: TopologicalSorter[tuple[str, str]] = TopologicalSorter()
    for cell, found in entries.items():
        parts = [part for entry in found for part in entry.parts if part in entries]
        order.add(cell, *dict.fromkeys(parts))
    for cell in order.static_order():
        yield from entries[cell]


def _entries(table: Table) -> Iterator[Sum]:
    keys = [row.key for row in table.rows]
    parents = _parents(table, keys)
    for row in table.rows:
        if row.key not in parents:
            yield from _across(table, row)
    for key in parents:
        row = table.row(key)
        for column in row.cells:
            yield Sum((key, column), _down(table, row, column, parents[key]))
        yield from _across(table, row)


def _down(
    table: Table, row: Row, column: str, keys: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """The same column in other rows; in another block, the column at the same position."""
    index = list(row.cells).index(column)
    parts = (table.row(key) for key in keys)
    return tuple((part.key, list(part.cells)[index]) for part in parts)


def _across(table: Table, row: Row) -> Iterator[Sum]:
    for name, parts in table.profile.sums.items():
        target = table.profile.find(name)
        if target.key in row.cells:
            columns = tuple((row.key, table.profile.find(part).key) for part in parts)
            yield Sum((row.key, target.key), columns, across=True)


def _parents(table: Table, keys: list[str]) -> dict[str, tuple[str, ...]]:
    """For every row that is a sum: the keys of the rows it adds up."""
    if table.profile.layout is Layout.TREE:
        found = {key: tuple(k for k in keys if k[:-2] == key and k != TOTAL) for key in keys}
        found[TOTAL] = tuple(key for key in keys if len(key) == 3)
        return {key: parts for key, parts in found.items() if parts}
    fixed = [row for block in table.profile.blocks for row in block.rows]
    return {row.key: row.parts for row in (*fixed, *table.profile.totals) if row.parts}


def complete(table: Table, findings: Findings) -> Table:
    """Fill blank totals from their parts and note each; other cells stay as they are.

    Of a table with many there is one note.
    """
    filled: list[tuple[Place, str, Figure]] = []
    cells: dict[str, dict[str, Value]] = {row.key: dict(row.cells) for row in table.rows}
    blanks = set(table.blanks)
    for entry in sums(table):
        key, column = entry.cell
        if entry.cell not in blanks:
            continue
        computed = total((cells[row][part] for row, part in entry.parts), "")
        if isinstance(computed, Figure) and computed.value:
            blanks.discard(entry.cell)
            old = cells[key][column]
            cells[key][column] = replace(computed, name=old.name)
            place = old.places[0] if isinstance(old, Figure) and old.places else table.place
            filled.append((place, old.name, computed))
    _note_filled(table, filled, findings)
    rows = [replace(row, cells=cells[row.key]) for row in table.rows]
    return table.with_rows(rows)


def _note_filled(
    table: Table, filled: Sequence[tuple[Place, str, Figure]], findings: Findings
) -> None:
    title = table.profile.title
    if len(filled) > _MOST_NOTES:
        message = f"“{title}”有{len(filled)}个合计空白，已按明细计算。"
        findings.note("D116", table.place, message)
        return
    for place, name, figure in filled:
        message = f"“{title}”{name}空白，已按明细计算为{shown(figure)}。"
        findings.note("D116", place, message)


def check_sums(table: Table, findings: Findings) -> Iterator[Outcome]:
    """Every total of a table against the sum of its parts, down (D211) and across (D212).

    What can't be checked, because a cell could not be read, is noted.
    """
    unread: dict[str, str] = {}
    for entry in sums(table):
        stated = _at(table, entry.cell)
        computed = total((_at(table, cell) for cell in entry.parts), "明细之和")
        missing = next((v for v in (stated, computed) if isinstance(v, Absent)), None)
        if missing is not None and missing.reason not in (NOT_APPLICABLE, NO_COLUMN, NOT_GIVEN):
            unread[missing.name] = missing.reason
        if isinstance(stated, Figure) and isinstance(computed, Figure):
            code = "D212" if entry.across else "D211"
            hint = "请核对这一格和它的明细。"
            title = CODES[code].title
            yield Outcome(code, title, Severity.ERROR, "==", stated, computed, table.place, hint)
    for name, reason in unread.items():
        message = f"缺少{name}（{reason.rstrip('。')}），没有核对含它的合计（D211、D212）。"
        findings.note("D200", table.place, message, "补上以后再检查。")


def _at(table: Table, cell: tuple[str, str]) -> Value:
    return table.row(cell[0]).cells[cell[1]]
