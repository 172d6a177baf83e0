"""Which sheet holds a published budget (部门预算), and which of its columns says what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportgen.model import plain
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.codes import level_columns
from reportgen.sources.heads import stacked_heads
from reportgen.sources.lines import is_index, texts_of
from reportgen.sources.numerals import is_number
from reportgen.sources.titles import bare_title, titles

_CODES = frozenset(
    {"科目编码", "功能分类科目编码", "支出功能分类科目编码", "功能科目编码", "科目代码", "编码"}
)
_NAMES = frozenset({"科目名称", "功能分类科目名称", "支出功能分类科目名称", "功能科目名称", "名称"})
_OVER = frozenset({"项目", "科目", "功能分类科目", "支出功能分类科目"})
_AMOUNTS = frozenset({"合计", "小计", "总计", "支出合计", "预算数", "年初预算数", "本年预算数"})
_OTHERS = re.compile("上年|去年|执行|决算|增减|比|%|基本支出|项目支出")
_YEAR = re.compile(r"^(\d{4})年度?")
_NUMBER = r"(?:附?表[\d一二三四五六七八九十]+[、:]?)?"
_NOTE = re.compile(r"^(注|说明|备注)\s*[:：]")


@dataclass(frozen=True)
class BudgetHeads:
    """The columns of codes (one, or 类, 款 and 项 apart), of names and amounts; the data's rows."""

    codes: tuple[int, ...]
    name: int
    amount: int
    data: range


def budget_title(sheet: Sheet, known: Iterable[str]) -> Cell | None:
    """The cell with the title of a published budget; ``None`` where the sheet is another."""
    names = {plain(name) for name in known}
    return next((cell for title, cell in titles(sheet) if bare_title(title) in names), None)


def year_of(text: str) -> int:
    """The year that a title or a head begins with; 0 where there is none.

    >>> year_of("2022年预算数"), year_of("预算数")
    (2022, 0)
    """
    match = _YEAR.match(plain(text))
    return int(match[1]) if match else 0


def budget_heads(sheet: Sheet, year: int) -> BudgetHeads | None:
    """The heads of the sheet; ``None`` where codes or the year's amounts have no column."""
    first = _first_row(sheet)
    start = next((row for row in range(first, sheet.rows + 1) if _is_data(sheet, row)), 0)
    if not first or not start:
        return None
    paths = {n: path for n, path in stacked_heads(sheet, range(first, start)).items() if path}
    levels = level_columns(sheet, range(first, start))
    codes = levels or tuple(n for n, path in paths.items() if path[-1] in _CODES)
    names = [n for n, path in paths.items() if path[-1] in _NAMES]
    amounts = [n for n, path in paths.items() if _is_amount(path, year)]
    if not codes or not amounts:
        return None
    notes = (c.row for c in sheet.filled() if c.row >= start and _NOTE.match(c.text))
    data = range(start, min(notes, default=sheet.rows + 1))
    return BudgetHeads(codes, next(iter(names), 0), amounts[0], data)


def _first_row(sheet: Sheet) -> int:
    """The first row of heads: it says what codes and names are."""
    known = _CODES | _NAMES | _OVER
    rows = dict.fromkeys(cell.row for cell in sheet.filled())
    return next((row for row in rows if known & set(texts_of(sheet, row))), 0)


def _is_data(sheet: Sheet, row: int) -> bool:
    numbers = any(is_number(cell) for cell in sheet.row(row))
    return numbers and not is_index(texts_of(sheet, row))


def _is_amount(path: tuple[str, ...], year: int) -> bool:
    """Whether a column is the whole budget of the year; what names no year is the budget's own."""
    heads = [_YEAR.sub("", head) for head in path]
    return (
        all(year_of(head) in (0, year) for head in path)
        and not any(map(_OTHERS.search, heads))
        and (heads[-1] in _AMOUNTS or not heads[-1])
    )
