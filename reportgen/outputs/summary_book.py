"""汇总表 as a workbook: the table of all projects of a run, as it is published."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from reportgen.outputs.cells import lines
from reportgen.outputs.sheets import Exact, kept
from reportgen.outputs.widths import row_height

Cell = str | int | Decimal
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same input gives the same bytes
_WIDTHS = {"序号": 7, "项目名称": 46, "自评得分": 11, "自评等级": 11}
_WIDTH = 28
_SCORE = "0.00"
_CENTERED = frozenset({"序号", "自评得分", "自评等级"})
_A4 = 9
_LINE, _LOWEST, _TALLEST = 15, 20, 400
_NAME = "汇总表"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a line of their own; with no title there is no such line."""

    title: str
    rows: Iterable[Sequence[Cell]]


def summary_book(
    title: str, under: str, columns: Sequence[str], groups: Iterable[Group], notes: Sequence[str]
) -> bytes:
    """The workbook; scores are numbers with two decimals, everything else stays a text.

    Groups and their rows are read once, and no row is kept in memory.
    """
    # imported here: a run without a summary writes no such workbook
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, _OPTIONS)
    book.set_properties({"created": _CREATED, "title": kept(title)[:255]})
    drawing = _Drawing(book, columns)
    drawing.line(title, "title", 36)
    drawing.line(under, "under", 20)
    drawing.cells(columns, "head")
    drawing.sheet.repeat_rows(drawing.row - 1)
    drawing.sheet.freeze_panes(drawing.row, 0)
    for group in groups:
        if group.title:
            drawing.line(group.title, "group", 20)
        for cells in group.rows:
            drawing.cells(cells)
    for note in notes:
        drawing.line(note, "note", drawing.height(note))
    book.close()
    return buffer.getvalue()


class _Drawing:
    """A sheet that is written from above to below."""

    def __init__(self, book: Any, columns: Sequence[str]) -> None:
        self.row = 0
        self._columns = columns
        self._widths = [_WIDTHS.get(name, _WIDTH) for name in columns]
        self._formats = {name: book.add_format(look) for name, look in _looks().items()}
        self.sheet = book.add_worksheet(_NAME)
        for number, width in enumerate(self._widths):
            self.sheet.set_column(number, number, width)
        self.sheet.set_paper(_A4)
        self.sheet.set_margins("0.6", "0.6", "0.7", "0.7")
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.set_footer("&C— &P —")

    def height(self, text: str) -> int:
        """The height of a line over all columns in which a text is read whole."""
        return row_height([(text, sum(self._widths))])

    def line(self, text: str, look: str, height: int) -> None:
        """A line of text over all columns; none where there is no text."""
        if not text:
            return
        made, last = self._formats[look], len(self._columns) - 1
        self.sheet.set_row(self.row, height)
        if last:
            self.sheet.merge_range(self.row, 0, self.row, last, "", made)
        self.sheet.write_string(self.row, 0, kept(text), made)
        self.row += 1

    def cells(self, cells: Sequence[Cell], look: str = "") -> None:
        """A row of the table."""
        shown = zip(cells, self._widths, strict=True)
        taken = max(lines(cell, width) if isinstance(cell, str) else 1 for cell, width in shown)
        self.sheet.set_row(self.row, max(_LOWEST, min(_LINE * taken, _TALLEST)))
        for column, cell in enumerate(cells):
            self._write(column, cell, look)
        self.row += 1

    def _write(self, column: int, cell: Cell, look: str) -> None:
        if isinstance(cell, Decimal) and not Exact(cell).is_number:
            cell = f"{cell:f}"
        centered = self._columns[column] in _CENTERED
        if isinstance(cell, str):
            made = self._formats[look or ("centered" if centered else "text")]
            put = self.sheet.write_string if cell else self.sheet.write_blank
            put(self.row, column, kept(cell), made)
        else:
            made = self._formats["number" if isinstance(cell, int) else "score"]
            self.sheet.write_number(self.row, column, cell, made)


def _looks() -> dict[str, dict[str, Any]]:
    """The looks of lines and cells; texts are marked as texts, so that they stay so."""
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
    stays = {**base, "num_format": "@", "quote_prefix": True}
    middle = {"border": 1, "align": "center"}
    return {
        "title": {**stays, "font_name": "方正小标宋简体", "font_size": 18, "align": "center"},
        "under": {**stays, "align": "left"},
        "head": {**stays, **middle, "font_name": "黑体"},
        "group": {**stays, **middle, "bold": True},
        "text": {**stays, "border": 1},
        "centered": {**stays, **middle},
        "number": {**base, **middle, "num_format": "0"},
        "score": {**base, **middle, "num_format": _SCORE},
        "note": {**stays, "align": "left", "valign": "top"},
    }
