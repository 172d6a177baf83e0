"""A published table as a template: merged heads, and one loop row for its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips

from reportgen.model import Column, Layout, Profile, head_rows, index_row

_WEIGHTS = {"行次": 1.0, "科目编码": 2.0, "功能分类科目编码": 2.2, "科目名称": 5.0, "项目": 6.4}
_VALUE = 3.0
_CELL_MARGIN = 50
_CODE_DIGITS, _LINE_WORD, _SLACK = 7, 2, 1.1  # a digit is half as wide as 行
_SIZES = ((6, 9.0), (9, 8.5), (12, 8.0), (99, 6.5))


def add_table(document: Document, profile: Profile, width: int) -> None:
    """Append the table of a profile, ``width`` twips wide."""
    heads = head_rows(profile.columns)
    index = index_row(profile)
    head_count = len(heads) + (1 if index else 0)
    table = document.add_table(rows=head_count + 3, cols=len(profile.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    grid = [list(row.cells) for row in table.rows]
    size = next(size for columns, size in _SIZES if len(profile.columns) <= columns)
    _set_widths(table, grid, _widths(profile.columns, width, size))
    for number in range(len(heads)):
        for cell in grid[number]:
            _fill(cell, "", size)
    for level, row in enumerate(heads):
        for cell in row:
            _fill(grid[level][cell.column], cell.text, size, centre=True)
    for number, text in enumerate(index):
        _fill(grid[len(heads)][number], text, size, centre=True)
    _fill_loop(grid[head_count:], profile, size)
    _merge_heads(grid, heads, profile, bool(index))
    for number, row_ in enumerate(table.rows):
        _fix_row(row_, head=number < head_count)


def _widths(columns: Sequence[Column], total: int, size: float) -> list[int]:
    """The width by weights, but room for a code of 7 digits, and for 行次, on one line."""
    weights = [_weight(column) for column in columns]
    least = [_least(column, size) for column in columns]
    narrow: set[int] = set()
    while True:
        free = total - sum(least[n] for n in narrow)
        shares = sum(weight for n, weight in enumerate(weights) if n not in narrow)
        widths = [
            least[n] if n in narrow else int(free * weight / shares)
            for n, weight in enumerate(weights)
        ]
        more = {n for n, width in enumerate(widths) if width < least[n]} - narrow
        if not more:
            return widths
        narrow |= more


def _weight(column: Column) -> float:
    ends = (weight for end, weight in _WEIGHTS.items() if column.leaf.endswith(end))
    return _WEIGHTS.get(column.leaf, next(ends, _VALUE) if not column.is_value else _VALUE)


def _least(column: Column, size: float) -> int:
    """The twips that a code or a line number needs in letters of ``size`` points."""
    if column.is_value or column.leaf.endswith(("项目", "名称")):
        return 0
    letters = _LINE_WORD if column.leaf == "行次" else _CODE_DIGITS / 2
    return int(letters * size * 20 * _SLACK) + 2 * _CELL_MARGIN


def _set_widths(table: Any, grid: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else table._tbl.tblPr.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    for row in grid:
        for cell, width in zip(row, widths, strict=True):
            cell.width = Twips(width)


def _fill_loop(rows: Sequence[Sequence[Any]], profile: Profile, size: float) -> None:
    start, body, end = rows
    _fill(start[0], f"{{%tr for 行 in {profile.name}|印行 %}}", size)
    _fill(end[0], "{%tr endfor %}", size)
    for cell, column in zip(body, profile.columns, strict=True):
        right = column.is_value
        text = f"{{{{ 行['{column.key}']|表数 }}}}"
        _fill(cell, text, size, right=right, centre=column.leaf == "行次")


def _fill(cell: Any, text: str, size: float, *, centre: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "表格文字"
    if text:
        paragraph.add_run(text).font.size = Pt(size)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _merge_heads(
    grid: Sequence[Sequence[Any]], heads: Sequence[Sequence[Any]], profile: Profile, indexed: bool
) -> None:
    for level, row in enumerate(heads):
        for cell in row:
            last = grid[level + cell.height - 1][cell.column + cell.width - 1]
            if cell.width > 1 or cell.height > 1:
                grid[level][cell.column].merge(last)
    if indexed and profile.layout is Layout.TREE:
        grid[len(heads)][0].merge(grid[len(heads)][1])


def _fix_row(row: Any, *, head: bool) -> None:
    """Rows don't split over pages; head rows are repeated on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        properties.append(repeated)
