"""Titles of tables, as they stand over them and in the names of the platform's sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportgen.model import plain
from reportgen.sources.cells import Cell, Sheet

_FORM = re.compile(r"（财决.*表）$")
_PREFIX = re.compile(r"^[A-Z]+[\d_-]*")
_BEFORE_TITLE = re.compile(r"^(?:.*\d{4}年度?|附?表[\d一二三四五六七八九十]+[、:]?)?(?:部门|单位)?")
_TOP = 5  # rows; a table's title stands above its owner, its unit and its heads


@lru_cache(maxsize=8192)
def title_of(text: str) -> str:
    """A title in comparable form, without the number of the form that platforms put behind it.

    >>> title_of("收入支出决算总表 (财决01表)"), title_of("公开01表")
    ('收入支出决算总表', '公开01表')
    """
    return _FORM.sub("", plain(text))


@lru_cache(maxsize=8192)
def bare_title(title: str) -> str:
    """A title without its number, its unit and its year.

    >>> bare_title("表5 2022年部门一般公共预算支出表"), bare_title("一般公共预算支出表")
    ('一般公共预算支出表', '一般公共预算支出表')
    >>> bare_title("某局2022年度一般公共预算支出表")
    '一般公共预算支出表'
    """
    return _BEFORE_TITLE.sub("", plain(title))


def form_of(sheet: Sheet) -> str:
    """The title in the name of a sheet of the platform's books, else ``""``.

    >>> form_of(Sheet("财决.xls", "Z01_1 财政拨款收入支出决算总表(财决01-1表)", {}))
    '财政拨款收入支出决算总表'
    >>> form_of(Sheet("决算表.xlsx", "公开01表", {}))
    ''
    """
    name = plain(sheet.name)
    return _PREFIX.sub("", title_of(name)) if _FORM.search(name) else ""


def titles(sheet: Sheet) -> Iterator[tuple[str, Cell]]:
    """What may be the title of the sheet's first table, each with its cell."""
    cells = list(sheet.filled())
    for cell in cells:
        if cell.row <= cells[0].row + _TOP:
            yield title_of(cell.text), cell
    if cells and form_of(sheet):
        yield form_of(sheet), cells[0]
