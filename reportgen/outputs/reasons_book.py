"""原因.xlsx as a workbook: drawn anew, or changed cell by cell with all else kept."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.model import plain
from reportgen.outputs.reasons_rules import add_rules
from reportgen.outputs.widths import row_height
from reportgen.sources.reasons import NAME

WIDTHS: Mapping[str, int] = {
    "章节": 26,
    "句子": 54,
    "项目": 20,
    NAME: 30,
    "基准": 10,
    "本年数": 18,
    "基准数": 18,
    "增减额": 18,
    "百分比": 10,
    "原因": 46,
    "状态": 11,
    "原本年数": 18,
    "原基准数": 18,
}
_MOST_DIGITS = 15
_AMOUNTS = ("本年数", "基准数", "增减额", "原本年数", "原基准数")
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD, _INPUT = PatternFill("solid", "DDEBF7"), PatternFill("solid", "FFF8DC")
_PAPER_A4 = 9
_AMOUNT = "#,##0.00"
_UNSET = ("General", "@", _AMOUNT)
Value = str | Decimal | None


@dataclass(frozen=True)
class Line:
    """What is to stand in a row (0: a new one) by column; columns it doesn't name are kept."""

    row: int
    values: Mapping[str, Value]


def drawn(sheet_name: str, columns: Sequence[str], lines: Iterable[Line]) -> bytes:
    """A new workbook with these lines."""
    book = openpyxl.Workbook()
    book.properties.creator = None
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(sheet_name)
    _draw(sheet, columns)
    for number, line in enumerate(lines, start=2):
        _fill(sheet, number, line.values, dict(zip(columns, range(1, 20), strict=False)))
    return _saved(book)


def changed(
    path: Path, sheet_name: str, head: int, columns: Sequence[str], lines: Sequence[Line]
) -> bytes:
    """The workbook with these lines in it; sheets, columns, widths and formats are kept.

    Columns that the sheet lacks are added at its right, where a line needs them or they are
    among ``columns``, but for the names. With ``head`` 0 the sheet is empty and gets its heads.
    """
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book[sheet_name]
    if not head:
        _draw(sheet, columns)
    named = {name for line in lines for name, value in line.values.items() if value is not None}
    wanted = [n for n in WIDTHS if n != NAME and (n in columns or n in named)]
    positions = _columns(sheet, head or 1, wanted)
    last = max(_last_row(sheet), head or 1)
    below = last
    for line in lines:
        below += line.row == 0
        _fill(sheet, line.row or below, line.values, positions, last)
    _stretch(sheet, last, below)
    return _saved(book)


def formula_cells(path: Path, sheet_name: str, head: int, names: Iterable[str]) -> list[str]:
    """The addresses of formulas in these columns: their results would be lost by a change."""
    sheet = openpyxl.load_workbook(path)[sheet_name]
    wanted = set(_columns(sheet, head, list(names)).values())
    cells = (cell for row in sheet.iter_rows(min_row=head + 1) for cell in row)
    return [c.coordinate for c in cells if c.column in wanted and c.data_type == "f"]


def _saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _draw(sheet: Worksheet, columns: Sequence[str]) -> None:
    """The head row, widths, print setup, choices and colours of a new sheet."""
    for number, name in enumerate(columns, start=1):
        _head(sheet, 1, number, name)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _PAPER_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    add_rules(sheet, {name: get_column_letter(n) for n, name in enumerate(columns, start=1)})


def _head(sheet: Worksheet, row: int, column: int, name: str) -> None:
    cell = sheet.cell(row, column, name)
    cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _BORDER
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.column_dimensions[get_column_letter(column)].width = WIDTHS[name]


def _columns(sheet: Worksheet, head: int, wanted: Sequence[str]) -> dict[str, int]:
    """The columns by name; those the head row lacks are added at its right."""
    known = {plain(name): name for name in WIDTHS}
    found = {
        known[plain(str(cell.value))]: cell.column
        for cell in sheet[head]
        if cell.value is not None and plain(str(cell.value)) in known
    }
    right = max(c.column for row in sheet.iter_rows() for c in row if c.value is not None)
    for name in wanted:
        if name not in found:
            right += 1
            found[name] = right
            _head(sheet, head, right, name)
    return found


def _last_row(sheet: Worksheet) -> int:
    rows = (c.row for row in sheet.iter_rows() for c in row if c.value is not None)
    return max(rows, default=0)


def _fill(
    sheet: Worksheet,
    row: int,
    values: Mapping[str, Value],
    positions: Mapping[str, int],
    last: int = 0,
) -> None:
    """Write values into a row; a new one looks like the ``last``."""
    is_new = row > last
    for name, column in positions.items():
        cell = sheet.cell(row, column)
        if isinstance(cell, MergedCell):
            continue
        if is_new:
            _style(sheet, cell, name, last)
        if name in values and (values[name] is not None or cell.value is not None):
            _write(cell, name, values[name])
    if is_new:
        texts = [(str(values.get(name) or ""), WIDTHS[name]) for name in positions]
        sheet.row_dimensions[row].height = row_height(texts)


def _style(sheet: Worksheet, cell: Cell, name: str, last: int) -> None:
    """The looks of a new cell: those of the row above it, or the tool's own."""
    above = sheet.cell(last, cell.column) if last > 1 else None
    if above is not None and above.has_style and not above.font.b:
        _copy_style(above, cell)
        return
    is_amount = name in _AMOUNTS
    centred = name in ("基准", "状态")
    cell.border = _BORDER
    across = "right" if is_amount or name == "百分比" else "center" if centred else "left"
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=not is_amount)
    cell.number_format = _AMOUNT if is_amount else "@"
    if name == "原因":
        cell.fill = _INPUT


def _copy_style(source: Any, target: Any) -> None:
    target._style = copy(source._style)  # noqa: SLF001 - no public way to copy all of it


def _write(cell: Cell, name: str, value: Value) -> None:
    """A number as a number where a double holds it; a text as text, even one with =."""
    content: Any = value
    if isinstance(value, Decimal):
        is_exact = len(value.normalize().as_tuple().digits) <= _MOST_DIGITS
        content = value if is_exact else f"{value:,f}"
        if name in _AMOUNTS and cell.number_format in _UNSET:
            cell.number_format = _AMOUNT if int(value.as_tuple().exponent) < 0 else "#,##0"
    cell.value = content
    if isinstance(content, str):
        cell.data_type = "s"


def _stretch(sheet: Worksheet, last: int, below: int) -> None:
    """Filters and tables that reached the last row take in the new ones."""
    if below == last:
        return
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _reaching(sheet.auto_filter.ref, last, below)
    for table in sheet.tables.values():
        table.ref = _reaching(table.ref, last, below)
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref


def _reaching(area: str, last: int, below: int) -> str:
    """An area of cells that ended at row ``last``, down to ``below``.

    >>> _reaching("A1:J12", 12, 15), _reaching("A1:J5", 12, 15)
    ('A1:J15', 'A1:J5')
    """
    return f"{area.removesuffix(str(last))}{below}" if area.endswith(f"{last}") else area
