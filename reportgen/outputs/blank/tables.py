"""决算表.xlsx to fill in: every table as it is published, totals as formulas."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

from reportgen.model import Column, Layout, Profile, head_rows, index_row
from reportgen.outputs.blank.book import BlankBook, number_format
from reportgen.outputs.blank.guide import Captions, guided
from reportgen.outputs.blank.layout import Address, Slot, Spot, blank_table, formulas, lines
from reportgen.outputs.widths import columns as text_width
from reportgen.outputs.widths import row_height

_UPRIGHT, _ACROSS = 40, 26
"""Rows to fill in below the 合计 of a table whose rows are codes: as many as a page holds."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_WIDEST, _CODE, _LINE_NUMBER, _FIGURE = 36, 13, 6, 15
_NARROW = {"label": 22, "code": 7, "figure": 13}  # for blocks of codes side by side
_LARGEST = 10**13


@dataclass(frozen=True)
class Style:
    """What every table shares: unit, decimals and separator of its figures, and its caption."""

    unit: str
    decimals: int
    grouping: bool
    caption: Sequence[str]

    def format(self, unit: str = "", *, zero: bool = True) -> str:
        """The number format of an amount, or of a count of ``unit``."""
        return number_format(0 if unit else self.decimals, grouping=self.grouping, zero=zero)


def tables_workbook(
    title: str,
    profiles: Sequence[Profile],
    style: Style,
    guide: Mapping[str, Sequence[str]],
    asked: Mapping[str, str],
) -> bytes:
    """The workbook: 填表说明, and a sheet for each table in the bundle's order."""
    book = BlankBook(title)
    captions = guided(book, f"{title}填表说明", guide, asked)
    for profile in profiles:
        _Sheet(book, profile, style).write(captions)
    return book.content()


class _Sheet:
    """One table on its sheet."""

    def __init__(self, book: BlankBook, profile: Profile, style: Style) -> None:
        self._look = book.look
        self._profile = profile
        self._style = style
        self._columns = {column.key: n for n, column in enumerate(profile.columns)}
        self._spots: dict[Address, Spot] = {}
        self._open = _ACROSS if profile.landscape else _UPRIGHT
        name = _FORBIDDEN.sub("_", profile.number)[:31] or profile.name
        tall = 0 if profile.layout is Layout.TREE else 1
        self._sheet = book.sheet(name, landscape=profile.landscape, tall=tall)
        self._widths = [_width(column, profile) for column in profile.columns]

    def write(self, captions: Captions) -> None:
        """Title, caption, heads, rows, note; then what helps while filling in."""
        for number, width in enumerate(self._widths):
            self._sheet.set_column(number, number, width)
        self._titles(captions)
        first = self._heads(3)
        last = self._rows(first)
        if self._profile.layout is Layout.TREE:
            last = self._open_rows(last)
        self._note(last)
        frozen = 2 if self._profile.layout is Layout.TREE else 0
        self._sheet.freeze_panes(first, frozen)
        self._sheet.repeat_rows(0, first - 1)
        self._help(first, last)

    def _titles(self, captions: Captions) -> None:
        last = len(self._columns) - 1
        self._sheet.merge_range(0, 0, 0, last, self._profile.title, self._look("title"))
        self._sheet.set_row(0, 30)
        self._sheet.write_string(1, last, self._profile.number, self._look("right"))
        pieces = self._style.caption
        for number, pattern in enumerate(pieces):
            place = last * number // max(len(pieces) - 1, 1)
            side = "left" if number == 0 else "right" if place == last else "center"
            formula, text = captions.fill(pattern, {"表单位": self._style.unit})
            if formula:
                self._sheet.write_formula(2, place, formula, self._look(side), text)
            else:
                self._sheet.write_string(2, place, text, self._look(side))

    def _heads(self, top: int) -> int:
        """The merged heads and the 栏次 row; return the row below them."""
        heads, look = head_rows(self._profile.columns), self._look("head")
        for level, row in enumerate(heads):
            texts = []
            for cell in row:
                spot = (top + level, cell.column)
                if cell.width > 1 or cell.height > 1:
                    end = (top + level + cell.height - 1, cell.column + cell.width - 1)
                    self._sheet.merge_range(*spot, *end, cell.text, look)
                else:
                    self._sheet.write_string(*spot, cell.text, look)
                if cell.width == 1:
                    texts.append((cell.text, self._widths[cell.column] * cell.height))
            self._sheet.set_row(top + level, max(row_height(texts), 20))
        below = top + len(heads)
        index = index_row(self._profile)
        for number, text in enumerate(index):
            write = self._sheet.write_number if text.isdigit() else self._sheet.write_string
            write(below, number, int(text) if text.isdigit() else text, self._look("index"))
        if index and self._profile.layout is Layout.TREE:
            self._sheet.merge_range(below, 0, below, 1, index[0], self._look("index"))
        return below + bool(index)

    def _rows(self, top: int) -> int:
        """The lines that are always there; return the row below them."""
        table = blank_table(self._profile)
        found = [*lines(table)]
        for number, line in enumerate(found, start=top):
            for key, content in line.items():
                if isinstance(content, Slot):
                    self._spots[content.address] = (number, self._columns[key])
        sums = {**self._code_sums(top), **formulas(table, self._spots)}
        for number, line in enumerate(found, start=top):
            self._line(number, line, sums)
        return top + len(found)

    def _line(self, row: int, line: Mapping[str, str | Slot], sums: Mapping[Address, str]) -> None:
        texts = []
        for column in self._profile.columns:
            number, content = self._columns[column.key], line.get(column.key, "")
            if isinstance(content, Slot):
                self._figure((row, number), content, sums.get(content.address, ""))
            elif content.isdigit() and column.leaf == "行次":
                self._sheet.write_number(row, number, int(content), self._look("middle"))
            else:
                look = "closed" if not content and column.is_value else "label"
                self._sheet.write_string(row, number, content, self._look(look))
                texts.append((content, self._widths[number]))
        self._sheet.set_row(row, max(row_height(texts), 18))

    def _figure(self, spot: Spot, slot: Slot, formula: str) -> None:
        if formula:
            look = self._look("total", self._style.format(slot.unit, zero=False))
            self._sheet.write_formula(*spot, formula, look, 0)
        else:
            self._sheet.write_blank(*spot, None, self._look("input", self._style.format(slot.unit)))

    def _code_sums(self, top: int) -> dict[Address, str]:
        """The 合计 of a table whose rows are codes: those of three digits (类) count."""
        if self._profile.layout is not Layout.TREE:
            return {}
        codes = xl_range_abs(top + 1, 0, top + self._open, 0)
        return {
            address: f"=SUMPRODUCT(--(LEN({codes})=3),"
            f"{xl_range(top + 1, column, top + self._open, column)})"
            for address, (_, column) in self._spots.items()
        }

    def _open_rows(self, top: int) -> int:
        """Rows to fill in, their totals across as formulas; return the row below them."""
        profile, sums = self._profile, {}
        for name, parts in profile.sums.items():
            columns = [self._columns[profile.find(part).key] for part in parts]
            sums[self._columns[profile.find(name).key]] = columns
        amount, total = self._style.format(), self._style.format(zero=False)
        for row in range(top, top + self._open):
            self._sheet.set_row(row, 18)
            for number, column in enumerate(profile.columns):
                if number in sums:
                    cells = ",".join(xl_rowcol_to_cell(row, part) for part in sums[number])
                    code = xl_rowcol_to_cell(row, 0, col_abs=True)
                    formula = f'=IF({code}="","",SUM({cells}))'
                    self._sheet.write_formula(row, number, formula, self._look("total", total), "")
                else:
                    look = self._look("input", amount) if column.is_value else self._look("code")
                    self._sheet.write_blank(row, number, None, look)
        return top + self._open

    def _note(self, row: int) -> None:
        if self._profile.note:
            text, last = f"注：{self._profile.note}", len(self._columns) - 1
            self._sheet.merge_range(row, 0, row, last, text, self._look("note"))
            self._sheet.set_row(row, row_height([(text, sum(self._widths))]))

    def _help(self, first: int, last: int) -> None:
        """Numbers only in the columns of figures, codes of a right length among the codes."""
        for number, column in enumerate(self._profile.columns):
            if column.is_value:
                self._sheet.data_validation(
                    *(first, number, last - 1, number), _numbers(self._style.unit)
                )
        if self._profile.layout is Layout.TREE:
            code = xl_rowcol_to_cell(first + 1, 0)
            self._sheet.data_validation(first + 1, 0, last - 1, 0, _codes(code))


def _numbers(unit: str) -> dict[str, Any]:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -_LARGEST,
        "maximum": _LARGEST,
        "error_type": "warning",
        "error_title": "应填数字",
        "error_message": f"金额以{unit}填，只填数字，不写单位；没有的留空。不适用的可以填——。",
    }


def _codes(cell: str) -> dict[str, Any]:
    return {
        "validate": "custom",
        "value": f"=OR(LEN({cell})=3,LEN({cell})=5,LEN({cell})=7)",
        "error_type": "warning",
        "error_title": "科目编码",
        "error_message": "编码为3位（类）、5位（款）或7位（项）数字。",
    }


def _width(column: Column, profile: Profile) -> int:
    economic = profile.layout is Layout.ECONOMIC
    if column.is_value:
        return _NARROW["figure"] if economic else _FIGURE
    if column.leaf == "行次":
        return _LINE_NUMBER
    if column.leaf.endswith("编码"):
        return _NARROW["code"] if economic else _CODE
    texts = [row.label for block in profile.blocks if column in block.columns for row in block.rows]
    longest = max((text_width(text, chinese=True) for text in texts), default=_WIDEST - 6)
    return min(max(longest + 3, 16), _NARROW["label"] if economic else _WIDEST)
