"""Rows found by their code: the tree of 功能分类科目, and the 经济分类 blocks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from reportgen.findings import nearest
from reportgen.model import TOTAL, Block, Column, FixedRow, Row, Value, plain
from reportgen.model.names import fold_digits
from reportgen.sources.cells import Cell
from reportgen.sources.codes import Codes, is_code
from reportgen.sources.numerals import parse_number
from reportgen.sources.rows import Reader, tidy


def tree_rows(reader: Reader) -> list[Row]:
    """Read 合计 and the tree of 类, 款 and 项; every code needs its parent."""
    block = reader.profile.blocks[0]
    code_column, name_column = block.columns[:2]
    rows: dict[str, Row] = {}
    own = reader.heads.columns.get(code_column.key, 0)
    codes = Codes(reader.region.sheet, reader.heads.levels or (own,))
    for number in reader.data_rows():
        code, code_cell = codes.read(number)
        key = _key(code, reader.cell(number, name_column))
        if not key and _says_nothing(reader, number, name_column, block):
            continue
        if not (key == TOTAL or is_code(key)):
            _report_code(reader, code_cell, key)
        elif key in rows:
            message = f"编码 {key} 已在 {rows[key].place} 出现过。"
            reader.error("D107", code_cell, message, "请合并为一行或改正编码。")
        else:
            label = TOTAL if key == TOTAL else tidy(reader.cell(number, name_column).text)
            cells = reader.figures(number, key, label, block)
            rows[key] = Row(reader.profile, block, key, label, cells, place=reader.place(code_cell))
    _check_parents(reader, rows)
    return _with_total(reader, rows)


def _key(code: str, name: Cell) -> str:
    text = unicodedata.normalize("NFKC", code)
    return TOTAL if TOTAL in (text, tidy(name.text)) else text


def _says_nothing(reader: Reader, number: int, name: Column, block: Block) -> bool:
    """Whether a row has no name and nothing but 0: formulas of a spare row."""
    cells = [reader.cell(number, column) for column in block.values]
    named = tidy(reader.cell(number, name).text)
    return not named and all(not cell.fault and _is_zero(cell) for cell in cells)


def _is_zero(cell: Cell) -> bool:
    number = cell.content if isinstance(cell.content, Decimal) else parse_number(cell.text or "0")
    return number is not None and number.is_zero()


def _report_code(reader: Reader, cell: Cell, key: str) -> None:
    shown = f"“{key}”不是科目编码" if key else "这一行没有科目编码"
    reader.error("D112", cell, f"{shown}。", "编码为3位（类）、5位（款）或7位（项）数字。")


def _check_parents(reader: Reader, rows: dict[str, Row]) -> None:
    for key, row in rows.items():
        if key != TOTAL and len(key) > 3 and key[:-2] not in rows and row.place:
            message = f"编码 {key}“{row.label}”没有上级 {key[:-2]}。"
            reader.findings.error("D106", row.place, message, "请补上上级科目这一行。")


def _with_total(reader: Reader, rows: dict[str, Row]) -> list[Row]:
    """The 合计 row first; where the sheet has none, an empty one that rules will fill."""
    block = reader.profile.blocks[0]
    if TOTAL not in rows:
        cells = reader.figures(0, TOTAL, TOTAL, block)
        rows = {TOTAL: Row(reader.profile, block, TOTAL, TOTAL, cells), **rows}
    return list(rows.values())


def economic_rows(reader: Reader) -> list[Row]:
    """Read the blocks of 经济分类科目 side by side, then the line of totals."""
    rows = []
    for block in reader.profile.blocks:
        rows += _block_rows(reader, block)
    for fixed in reader.profile.totals:
        rows.append(_total_row(reader, fixed))
    return rows


def _block_rows(reader: Reader, block: Block) -> list[Row]:
    code_column = block.columns[0]
    found: dict[str, tuple[int, Cell]] = {}
    known = {fixed.key: fixed for fixed in block.rows}
    totals = {plain(fixed.label) for fixed in reader.profile.totals}
    for number in reader.data_rows():
        cell = reader.cell(number, code_column)
        key = fold_digits(tidy(cell.text))
        if not key or plain(key) in totals:
            continue
        if key not in known:
            hint = nearest(key, known) or "请按政府收支分类科目填写。"
            reader.error("D112", cell, f"“{key}”不是本栏的经济分类科目编码。", hint)
        elif key in found:
            message = f"编码 {key} 已在 {reader.place(found[key][1])} 出现过。"
            reader.error("D107", cell, message, "请合并为一行或改正编码。")
        else:
            found[key] = (number, cell)
    return [_economic_row(reader, block, fixed, found) for fixed in block.rows]


def _economic_row(
    reader: Reader, block: Block, fixed: FixedRow, found: dict[str, tuple[int, Cell]]
) -> Row:
    """A code that the sheet doesn't list had no money; it is printed empty."""
    if fixed.key not in found:
        cells = reader.figures(0, fixed.key, fixed.label, block)
        return Row(reader.profile, block, fixed.key, fixed.label, cells)
    number, cell = found[fixed.key]
    cells = reader.figures(number, fixed.key, fixed.label, block)
    place = reader.place(cell)
    return Row(reader.profile, block, fixed.key, fixed.label, cells, place=place)


def _total_row(reader: Reader, fixed: FixedRow) -> Row:
    """A total stands behind its label, in the last filled columns of its section."""
    label = plain(fixed.label)
    section = reader.profile.section(fixed.label)
    for number in reader.data_rows():
        cells = reader.region.sheet.row(number)
        start = next((cell.column for cell in cells if plain(cell.text) == label), 0)
        if start:
            values = _section_totals(reader, number, start, section, fixed)
            place = reader.place(reader.region.sheet.at(number, start))
            return Row(reader.profile, section[0], fixed.key, fixed.label, values, place=place)
    values = reader.figures(0, fixed.key, fixed.label, section[0])
    return Row(reader.profile, section[0], fixed.key, fixed.label, values)


def _section_totals(
    reader: Reader, number: int, start: int, section: Sequence[Block], fixed: FixedRow
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for index, column in enumerate(section[0].values):
        cells = [reader.cell(number, block.values[index]) for block in section]
        filled = [cell for cell in cells if not cell.is_blank and cell.column > start]
        cell = replace(filled[-1]) if filled else cells[-1]
        values[column.key] = reader.figure(cell, fixed.key, fixed.label, column)
    return values
