"""Sheets of a workbook for the office: texts that stay texts, exact numbers, printed neatly."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from reportgen.findings import Place
from reportgen.language.printable import printable
from reportgen.outputs.links import Links
from reportgen.outputs.widths import row_height

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same input gives the same bytes
_LONGEST, _LONGEST_TIP, _MOST_LINKS = 32_000, 200, 60_000  # Excel: 32767, 255 and 65530
_A4 = 9


@dataclass(frozen=True, slots=True)
class Exact:
    """A number in a cell: as a number where Excel keeps every digit, else as text."""

    value: Decimal
    suffix: str = ""
    places: int = 0

    @property
    def is_number(self) -> bool:
        """Whether a spreadsheet holds it exactly: it keeps 15 significant digits."""
        _, digits, exponent = self._normal.as_tuple()
        return len(digits) <= 15 and -int(exponent) <= 15

    @property
    def format(self) -> str:
        """The number format that shows every digit, and the unit."""
        decimals = -int(self._normal.as_tuple().exponent)
        shown = max(self.places, decimals - (2 if self.suffix == "%" else 0), 0)
        return self.pattern(self.suffix, shown)

    @staticmethod
    def pattern(suffix: str, shown: int) -> str:
        """The number format with so many decimals, and the unit."""
        grouped = "#,##0" if suffix == "元" else "0"
        unit = f'"{suffix}"' if suffix not in ("", "%") else suffix
        return f"{grouped}.{'0' * shown}{unit}" if shown else f"{grouped}{unit}"

    @property
    def text(self) -> str:
        """Every digit, or the first twenty and … where a quotient does not end.

        >>> Exact(Decimal(1) / Decimal(3), "%").text, Exact(Decimal("12.50"), "元").text
        ('33.333333333333333333…%', '12.5元')
        """
        shown = self._normal.scaleb(2) if self.suffix == "%" else self._normal
        text = f"{shown:f}"
        more = len(shown.as_tuple().digits) - 20
        decimals = -int(self._normal.as_tuple().exponent)
        return (f"{text[:-more]}…" if 0 < more < decimals else text) + self.suffix

    @property
    def _normal(self) -> Decimal:
        return Decimal(0) if self.value.is_zero() else self.value.normalize()


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a place, where the place is a cell of an input."""

    text: str
    place: Place


Content = str | Exact | Link | int
Columns = Sequence[tuple[str, int]]
"""Heads with the widths of their columns."""


@dataclass
class Book:
    """A workbook in memory; ``title`` stands over every printed page."""

    title: str
    links: Links
    _buffer: io.BytesIO = field(default_factory=io.BytesIO)
    _formats: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._book = workbook(self._buffer, self.title)

    def content(self) -> bytes:
        """Close the workbook and return the file."""
        self._book.close()
        return self._buffer.getvalue()

    def add(self, name: str, columns: Columns, rows: Sequence[Sequence[Content]]) -> None:
        """Add a sheet with a head that stays in sight and is repeated on every page."""
        sheet = self._book.add_worksheet(name)
        head = self._format("head")
        for number, (title, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, title, head)
        linked = 0
        widths = [width for _, width in columns]
        for row, cells in enumerate(rows, start=1):
            shown = zip(map(_shown, cells), widths, strict=False)
            sheet.set_row(row, row_height(shown))
            for column, cell in enumerate(cells):
                linked += self._write(sheet, row, column, cell, linked < _MOST_LINKS)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        lay_out(sheet, self.title, name)

    def _write(self, sheet: Any, row: int, column: int, cell: Content, may_link: bool) -> bool:
        """Write a cell; return whether it became a link."""
        if isinstance(cell, Link):
            target = self.links.to(cell.place) if may_link else ""
            if target:
                sheet.write_url(row, column, _url(target, cell), self._format("link"))
                return True
            cell = cell.text
        if isinstance(cell, Exact) and cell.is_number:
            sheet.write_number(row, column, cell.value, self._format("number", cell.format))
        elif isinstance(cell, Exact):
            sheet.write_string(row, column, cell.text, self._format("digits"))
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, self._format("number", "#,##0"))
        elif cell == "":
            sheet.write_blank(row, column, None, self._format("text"))
        else:
            sheet.write_string(row, column, kept(str(cell)), self._format("text"))
        return False

    def _format(self, *name: str) -> Any:
        if name not in self._formats:
            self._formats[name] = self._book.add_format(look(*name))
        return self._formats[name]


def workbook(buffer: io.BytesIO, title: str) -> Any:
    """A workbook to draw in, which will be in ``buffer`` once it is closed."""
    # imported here: check and preview write no workbook
    from xlsxwriter import Workbook

    book = Workbook(buffer, _OPTIONS)
    book.set_properties({"created": _CREATED, "title": kept(title)[:255]})
    return book


def lay_out(sheet: Any, title: str, name: str) -> None:
    """A4 across, as wide as the paper, with title and page numbers."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins("0.4", "0.4", "0.6", "0.6")
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    title = kept(title).replace("&", "&&")[:150]
    sheet.set_header(f"&L{title}&R{name}")
    sheet.set_footer("&C第 &P 页，共 &N 页&R仅供内部核对")


def _shown(cell: Content) -> str:
    """The text of a cell as far as it needs lines; numbers shrink instead."""
    if isinstance(cell, Link):
        return cell.text
    return cell if isinstance(cell, str) else ""


def _url(target: str, cell: Link) -> Any:
    """A link with slashes as every system reads them; XlsxWriter makes backslashes of them."""
    from xlsxwriter.url import Url

    url = Url(target)
    url._relationship_link = target.removeprefix("external:").partition("#")[0]  # noqa: SLF001
    url.text, url.tip = kept(cell.text), kept(str(cell.place))[:_LONGEST_TIP]
    return url


def look(kind: str, number: str = "@") -> dict[str, Any]:
    """The look of a cell; texts are marked as texts, so that they stay so when edited."""
    base = {"font_name": "宋体", "font_size": 10, "valign": "top", "border": 1, "text_wrap": True}
    base["border_color"] = "#BFBFBF"
    if kind == "head":
        bold = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E7EDF4"}
        return {**base, **bold}
    if kind == "number":
        fitting = {"text_wrap": False, "shrink": True}  # rather smaller than ########
        return {**base, **fitting, "num_format": number, "align": "right"}
    text = {**base, "num_format": "@", "quote_prefix": True}
    if kind == "link":
        return {**text, "font_color": "#0563C1", "underline": 1}
    return {**text, "align": "right"} if kind == "digits" else text


def kept(text: str) -> str:
    """What a cell can hold of a text, in the units that Excel counts."""
    if len(text) <= _LONGEST // 2 and text.isprintable():  # most are, and it is known at once
        return text
    text = printable(text)
    units = text.encode("utf-16-le", "ignore")
    if len(units) <= 2 * _LONGEST:
        return units.decode("utf-16-le", "ignore")
    return units[: 2 * _LONGEST].decode("utf-16-le", "ignore") + "…"
