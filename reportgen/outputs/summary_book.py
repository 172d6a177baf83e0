"""汇总表 as a workbook: the table of all projects of a run, as it is published."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from reportgen.outputs.cells import lines
from reportgen.outputs.sheets import kept
from reportgen.outputs.summary_rows import LOOKS, Cell, Drawn, filled, points
from reportgen.outputs.widths import row_height

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
_A4 = 9
_NAME = "汇总表"


@dataclass(frozen=True, slots=True)
class Group:
    """``count`` rows under a line of their own; with no title there is no such line."""

    title: str
    count: int
    rows: Iterable[Sequence[Cell]]


def summary_book(
    title: str, under: str, columns: Sequence[str], groups: Sequence[Group], notes: Sequence[str]
) -> bytes:
    """The workbook; scores are numbers with two decimals, everything else stays a text.

    XlsxWriter draws all but the rows of the groups. Those are read once and packed some at a
    time, and each group is put where room was left for it.
    """
    # imported here: a run without a summary writes no such workbook
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, _OPTIONS)
    book.set_properties({"created": _CREATED, "title": kept(title)[:255]})
    drawing = _Drawing(book, columns)
    drawing.line(title, "title", 36)
    drawing.line(under, "under", 20)
    drawing.head()
    for group in groups:
        if group.title:
            drawing.line(group.title, "group", 20)
        drawing.leave(group.count)
    for note in notes:
        drawing.line(note, "note", drawing.height(note))
    book.close()
    return filled(buffer, drawing.drawn, [group.rows for group in groups])


class _Drawing:
    """A sheet that is written from above to below."""

    def __init__(self, book: Any, columns: Sequence[str]) -> None:
        self._row = 0
        self._left: list[int] = []
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
        self.sheet.set_row(self._row, height)
        if last:
            self.sheet.merge_range(self._row, 0, self._row, last, "", made)
        self.sheet.write_string(self._row, 0, kept(text), made)
        self._row += 1

    def head(self) -> None:
        """The names of the columns, which are seen on every page."""
        shown = zip(self._columns, self._widths, strict=True)
        self.sheet.set_row(self._row, points(max(lines(*one) for one in shown)))
        for column, name in enumerate(self._columns):
            self.sheet.write_string(self._row, column, kept(name), self._formats["head"])
        self.sheet.repeat_rows(self._row)
        self._row += 1
        self.sheet.freeze_panes(self._row, 0)

    def leave(self, count: int) -> None:
        """Leave room for rows; in the first that is left stands a sample of every look.

        Only XlsxWriter knows under which number it keeps a look: rows made elsewhere need it.
        """
        if not self._left:
            for column, look in enumerate(LOOKS):
                self.sheet.write_blank(self._row, column, None, self._formats[look])
        self._left.append(self._row + 1)
        self._row += count

    @property
    def drawn(self) -> Drawn:
        """What has been drawn."""
        return Drawn(self._columns, self._widths, self._left, self._row)


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
