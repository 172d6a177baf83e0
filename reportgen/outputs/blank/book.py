"""A workbook to fill in: its looks, and what all its sheets share."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same bundle gives the same bytes
_A4 = 9
INPUT, TOTAL, HEAD, CLOSED = "#FFF8DC", "#EDEDED", "#E7EDF4", "#F7F7F7"
_LINE = {"border": 1, "border_color": "#A6A6A6"}
_CELL = {**_LINE, "text_wrap": True, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "left": {"align": "left", "valign": "vcenter"},
    "center": {"align": "center", "valign": "vcenter"},
    "right": {"align": "right", "valign": "vcenter"},
    "note": {"text_wrap": True, "valign": "top", "font_size": 9},
    "hint": {"text_wrap": True, "valign": "vcenter", "font_color": "#595959"},
    "head": {**_CELL, "align": "center", "bold": True, "bg_color": HEAD},
    "index": {**_CELL, "align": "center", "font_color": "#595959"},
    "label": {**_CELL, "align": "left"},
    "middle": {**_CELL, "align": "center"},
    "closed": {**_CELL, "bg_color": CLOSED},
    "text": {**_CELL, "align": "left", "num_format": "@", "bg_color": INPUT},
    "code": {**_CELL, "align": "left", "num_format": "@", "bg_color": INPUT, "text_wrap": False},
    "input": {**_LINE, "valign": "vcenter", "align": "right", "bg_color": INPUT, "shrink": True},
    "total": {**_LINE, "valign": "vcenter", "align": "right", "bg_color": TOTAL, "shrink": True},
    "sum": {**_CELL, "align": "left", "bg_color": TOTAL},
    "part": {"bold": True, "font_size": 12, "valign": "vcenter"},
    "line": {"text_wrap": True, "valign": "top"},
}


class BlankBook:
    """A workbook in memory; the looks of its cells go by name."""

    def __init__(self, title: str) -> None:
        self._buffer = io.BytesIO()
        self._book = Workbook(self._buffer, _OPTIONS)
        self._book.set_properties({"created": _CREATED, "title": title})
        self._looks: dict[tuple[str, str], Any] = {}

    def sheet(self, name: str, *, landscape: bool, wide: int = 1, tall: int = 0) -> Any:
        """A new sheet on A4 across or upright, as wide as the paper."""
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(1 / 2, 1 / 2, 3 / 5, 3 / 5)
        sheet.center_horizontally()
        sheet.fit_to_pages(wide, tall)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet

    def look(self, kind: str, number: str = "") -> Any:
        """The format of a kind of cell, with a number format."""
        if (kind, number) not in self._looks:
            look = {"font_name": "宋体", "font_size": 10, **_LOOKS[kind]}
            self._looks[kind, number] = self._book.add_format(
                {**look, "num_format": number} if number else look
            )
        return self._looks[kind, number]

    def content(self) -> bytes:
        """Close the workbook and return the file."""
        self._book.close()
        return self._buffer.getvalue()


def number_format(
    decimals: int, *, grouping: bool = True, unit: str = "", zero: bool = True
) -> str:
    """A number format; without ``zero`` a zero shows nothing.

    >>> number_format(2), number_format(0, unit="辆"), number_format(2, grouping=False, zero=False)
    ('#,##0.00', '#,##0"辆"', '0.00;-0.00;')
    """
    whole = "#,##0" if grouping else "0"
    places = f".{'0' * decimals}" if decimals else ""
    shown = f'{whole}{places}"{unit}"' if unit else f"{whole}{places}"
    return shown if zero else f"{shown};-{shown};"
