"""Lists to fill in: 补充数据.xlsx and 项目.xlsx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.outputs.blank.book import BlankBook, number_format
from reportgen.outputs.blank.guide import guided
from reportgen.outputs.widths import columns as text_width
from reportgen.outputs.widths import row_height

_LARGEST = 10**13
_UPRIGHT, _ACROSS = 110, 190
"""How wide a sheet may be to be read on a page, upright and across; a wider one takes more."""
TEXT = "文字"
_AMOUNTS = ("元", "万元", "亿元")


@dataclass(frozen=True)
class Column:
    """A column: its head, what is filled in (a unit, or 文字), and what there is to choose."""

    name: str
    unit: str = TEXT
    width: int = 14
    choices: tuple[str, ...] = ()
    prompt: str = ""

    @property
    def is_number(self) -> bool:
        """Whether figures stand in it."""
        return self.unit != TEXT


@dataclass(frozen=True)
class List:
    """A sheet: one line that says what it is for, heads, rows known already, and blank ones.

    ``units`` are the units of single rows, where a column of figures holds several. ``keys``
    are the columns that say what a row speaks of: where that is known they are not filled in.
    """

    name: str
    hint: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, str]] = ()
    blanks: int = 0
    units: Sequence[str] = ()
    keys: Sequence[str] = ()


def lists_workbook(title: str, lists: Sequence[List], guide: Mapping[str, Sequence[str]]) -> bytes:
    """The workbook: 填表说明, and the lists."""
    book = BlankBook(title)
    guided(book, f"{title}填表说明", guide)
    for each in lists:
        _add(book, each)
    return book.content()


def _add(book: BlankBook, each: List) -> None:
    widths = [column.width for column in each.columns]
    sheet = book.sheet(each.name, landscape=sum(widths) > _UPRIGHT, wide=-(-sum(widths) // _ACROSS))
    _hint(book, sheet, each.hint, widths)
    heads = [(column.name, column.width) for column in each.columns]
    sheet.set_row(1, max(row_height(heads), 22))
    for number, column in enumerate(each.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(1, number, column.name, book.look("head"))
    blanks: Sequence[Mapping[str, str]] = [{}] * each.blanks
    for row, known in enumerate([*each.rows, *blanks]):
        unit = each.units[row] if row < len(each.units) else ""
        _fill(book, sheet, row + 2, each, known, unit)
    end = 1 + len(each.rows) + each.blanks
    for number, column in enumerate(each.columns):
        rule = {} if column.is_number and TEXT in each.units else _rule(column)
        if rule and end > 1:
            sheet.data_validation(2, number, end, number, rule)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(0, 1)
    if sum(widths) > _ACROSS:
        sheet.repeat_columns(0, min(1, len(widths) - 1))


def _hint(book: BlankBook, sheet: Any, text: str, widths: Sequence[int]) -> None:
    """The line above the heads, no wider than a window: the columns may run further."""
    wide = [n for n in range(len(widths)) if sum(widths[: n + 1]) <= _UPRIGHT]
    last = max(wide, default=0)
    if last:
        sheet.merge_range(0, 0, 0, last, text, book.look("hint"))
    else:
        sheet.write_string(0, 0, text, book.look("hint"))
    sheet.set_row(0, row_height([(text, sum(widths[: last + 1]))]) + 4)


def _fill(
    book: BlankBook,
    sheet: Any,
    row: int,
    each: List,
    known: Mapping[str, str],
    unit: str,
) -> None:
    """A row: what is known already is a label, the rest is to be filled in."""
    is_named = any(known.get(key) for key in each.keys)
    for number, column in enumerate(each.columns):
        text = known.get(column.name, "")
        if text:
            look = book.look("text" if column.choices else "label")
            sheet.write_string(row, number, text, look)
        elif is_named and column.name in each.keys:
            sheet.write_blank(row, number, None, book.look("closed"))
        elif column.is_number and unit != TEXT:
            sheet.write_blank(row, number, None, book.look("input", _format(unit or column.unit)))
        else:
            sheet.write_blank(row, number, None, book.look("text"))
    texts = [(known.get(column.name, ""), column.width) for column in each.columns]
    sheet.set_row(row, max(row_height(texts), 20))


def _format(unit: str) -> str:
    """Amounts with two decimals; counts as they are; scores with the decimals they have."""
    if unit in _AMOUNTS:
        return number_format(2)
    return "0.##" if unit == "分" else "General"


def _rule(column: Column) -> dict[str, Any]:
    """What a column offers while it is filled in; {} where it takes any text."""
    prompt = {"input_title": column.name[:32], "input_message": column.prompt[:255]}
    shown = prompt if column.prompt else {}
    if column.choices:
        source = [choice for choice in column.choices if "," not in choice]
        return {"validate": "list", "source": source, "error_type": "warning", **shown}
    if column.is_number:
        told = f"只填数字（单位：{column.unit}），不写单位；没有数据的留空，数为零的填0。"
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -_LARGEST,
            "maximum": _LARGEST,
            "error_type": "warning",
            "error_title": "应填数字",
            "error_message": told if column.unit else told.replace("（单位：）", ""),
            **shown,
        }
    return {"validate": "any", **shown} if shown else {}


def fitting(name: str, *, least: int = 10, most: int = 40) -> int:
    """The width of a column whose widest text is ``name``."""
    return min(max(text_width(name, chinese=True) + 4, least), most)
