"""Rows that are always there: found by label and 行次; and tables of a single row."""

from __future__ import annotations

from reportgen.findings import mistaken, nearest
from reportgen.model import Block, Column, FixedRow, Row, plain
from reportgen.model.names import fold_digits, unnumbered
from reportgen.sources.cells import Cell
from reportgen.sources.numerals import is_number
from reportgen.sources.rows import Reader, tidy


def fixed_rows(reader: Reader) -> list[Row]:
    """Read every labelled row of every block; a renamed or missing row is a finding."""
    return [row for block in reader.profile.blocks for row in _block_rows(reader, block)]


def _block_rows(reader: Reader, block: Block) -> list[Row]:
    label_column = block.columns[0]
    number_column = next((c for c in block.columns if c.leaf == "行次"), None)
    by_label: dict[str, list[int]] = {}
    by_number: dict[str, int] = {}
    for number in reader.data_rows():
        label = plain(reader.cell(number, label_column).text)
        if label:
            by_label.setdefault(label, []).append(number)
        if number_column:
            by_number.setdefault(_line(reader.cell(number, number_column)), number)
    wanted = [fixed for fixed in block.rows if fixed.label]
    rows = []
    taken: dict[int, FixedRow] = {}
    for fixed in wanted:
        number = _find(reader, fixed, by_label, by_number, taken)
        if number:
            taken[number] = fixed
        else:
            _report_missing(reader, fixed, label_column, by_label, by_number)
        cells = reader.figures(number, fixed.key, unnumbered(fixed.label), block, fixed.unit)
        place = reader.place(reader.cell(number, label_column))
        rows.append(
            Row(reader.profile, block, fixed.key, fixed.label, cells, fixed.number, place=place)
        )
    _report_unknown(reader, block, wanted, by_label)
    _report_nameless(reader, block)
    _report_repeated(reader, block, by_label, taken)
    return rows


def _line(cell: Cell) -> str:
    return fold_digits(cell.text).removesuffix(".00").removesuffix(".0")


def _find(
    reader: Reader,
    fixed: FixedRow,
    by_label: dict[str, list[int]],
    by_number: dict[str, int],
    taken: dict[int, FixedRow],
) -> int:
    """The row of this label, that of its 行次 first; 0 where there is none."""
    rows = [row for name in _names(reader, fixed) for row in by_label.get(name, ())]
    free = [row for row in rows if row not in taken]
    line = by_number.get(str(fixed.number), 0)
    return line if line in free else next(iter(free), 0)


def _names(reader: Reader, fixed: FixedRow) -> list[str]:
    names = (fixed.label, *reader.profile.row_aliases.get(fixed.label, ()))
    return [plain(name) for name in names]


def _report_nameless(reader: Reader, block: Block) -> None:
    """A number in a row without a name would be lost without a word."""
    for number in reader.data_rows():
        if not reader.cell(number, block.columns[0]).text:
            filled = [reader.cell(number, column) for column in block.values]
            for cell in filter(is_number, filled):
                message = "这一行没有行名，却填了数，没有读。"
                reader.error("D105", cell, message, "请写上公开格式的行名，或把数移到它的那一行。")


def _report_repeated(
    reader: Reader, block: Block, by_label: dict[str, list[int]], taken: dict[int, FixedRow]
) -> None:
    """A second row of one label would lose its money without a word."""
    for first, fixed in taken.items():
        rows = {row for name in _names(reader, fixed) for row in by_label.get(name, ())}
        for number in sorted(rows - set(taken)):
            filled = [reader.cell(number, column) for column in block.values]
            if any(not cell.is_blank for cell in filled):
                cell = reader.cell(number, block.columns[0])
                there = reader.place(reader.cell(first, block.columns[0]))
                message = f"“{tidy(cell.text)}”这一行已在 {there} 出现过。"
                reader.error("D107", cell, message, "请合并为一行，或改正行名。")


def _report_missing(
    reader: Reader,
    fixed: FixedRow,
    column: Column,
    by_label: dict[str, list[int]],
    by_number: dict[str, int],
) -> None:
    line = by_number.get(str(fixed.number))
    if line is not None:
        cell = reader.cell(line, column)
        message = f"行次 {fixed.number} 应为“{fixed.label}”，现为“{tidy(cell.text)}”。"
        reader.error("D105", cell, message, "请改回公开格式的行名，或在模板 tables.yaml 加别名。")
        return
    own = {plain(label) for label in reader.profile.labels()}
    slip = mistaken(plain(fixed.label), [label for label in by_label if label not in own])
    hint = f"行名“{slip}”是否应为“{fixed.label}”？" if slip else "请按公开格式补上这一行。"
    place = reader.region.sheet.spot
    reader.findings.error("D105", place, f"缺少“{fixed.label}”这一行。", hint)


def _report_unknown(
    reader: Reader, block: Block, wanted: list[FixedRow], by_label: dict[str, list[int]]
) -> None:
    """A row with money that the profile doesn't know would be lost without a word."""
    known = {plain(fixed.label) for fixed in wanted}
    known |= {plain(text) for fixed in block.rows for text in fixed.literal}
    for fixed in wanted:
        known |= {plain(name) for name in reader.profile.row_aliases.get(fixed.label, ())}
    lines = {str(fixed.number) for fixed in wanted}
    number_column = next((c for c in block.columns if c.leaf == "行次"), None)
    for label in [label for label in by_label if label not in known]:
        for number in by_label[label]:
            line = _line(reader.cell(number, number_column)) if number_column else ""
            filled = [reader.cell(number, column) for column in block.values]
            if line not in lines and any(not cell.is_blank for cell in filled):
                cell = reader.cell(number, block.columns[0])
                hint = nearest(label, known) or "请在模板 tables.yaml 中加上这一行。"
                reader.error("D105", cell, f"表样中没有“{tidy(cell.text)}”这一行。", hint)


def single_row(reader: Reader) -> list[Row]:
    """Read the one row of figures under the heads; an empty table gives zeros."""
    block = reader.profile.blocks[0]
    number, *further = [*reader.data_rows()] or [0]
    cells = reader.figures(number, "1", "", block)
    place = reader.place(Cell(number, 1, None))
    for row in further:
        numbers = [cell for cell in reader.region.sheet.row(row) if is_number(cell)]
        if numbers:
            message = f"这张表只有一行数据，已在第{number}行读取，这一行没有读。"
            reader.error("D107", numbers[0], message, "请合并为一行，或删除多余的一行。")
    return [Row(reader.profile, block, "1", "", cells, place=place)]
