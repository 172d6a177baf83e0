"""A workbook in the layout of a bundle's tables, with figures at named rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl

from reportgen.model import Block, FixedRow, Layout, Profile, plain
from reportgen.model.heads import head_rows
from reportgen.model.names import unnumbered

Figures = Mapping[str, Mapping[tuple[str, ...], Any]]
"""Figures by table and (row, column); a row of a tree is a code with its name, 201 教育支出."""


def write_tables(path: Path, profiles: Iterable[Profile], figures: Figures) -> None:
    """Write every table on a sheet of its own; what no figure is given for stays blank."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, profile in enumerate(profiles, start=1):
        sheet = book.create_sheet(f"表{number}")
        sheet.append([profile.title])
        sheet.append([profile.number])
        sheet.append(["单位名称：某市某局", "金额单位：万元"])
        first = sheet.max_row + 1
        for level, heads in enumerate(head_rows(profile.columns)):
            for head in heads:
                top, left = first + level, head.column + 1
                sheet.cell(top, left, head.text)
                if head.width > 1 or head.height > 1:
                    bottom, right = top + head.height - 1, left + head.width - 1
                    sheet.merge_cells(None, top, left, bottom, right)
        given = dict(figures.get(profile.name, {}))
        start = first + max(len(column.path) for column in profile.columns)
        for index, line in enumerate(_lines(profile, given)):
            for column, value in enumerate(line, start=1):
                sheet.cell(start + index, column).value = value
        assert not given, f"{profile.name}没有用到{list(given)}"
    book.save(path)


def _lines(profile: Profile, given: dict[tuple[str, ...], Any]) -> Iterator[list[Any]]:
    block = profile.blocks[0]
    if profile.layout is Layout.SINGLE:
        yield [_taken(given, (column.key, "/".join(column.path))) for column in block.values]
    elif profile.layout is Layout.TREE:
        for row in dict.fromkeys(key[0] for key in given):
            code, _, name = row.partition(" ")
            values = [_taken(given, (row, c.key), (row, c.leaf)) for c in block.values]
            yield [code if name else "", name or row, *values]
    else:
        parts = [[_line(block, row, given) for row in block.rows] for block in profile.blocks]
        blank = [[None] * len(block.columns) for block in profile.blocks]
        for line in zip_longest(*parts):
            filled = [part or blank[index] for index, part in enumerate(line)]
            yield [cell for part in filled for cell in part]
        for total in profile.totals:
            yield [None, total.label, *(_taken(given, (total.label, c.leaf)) for c in block.values)]


def _line(block: Block, row: FixedRow, given: dict[tuple[str, ...], Any]) -> list[Any]:
    if row.literal:
        return [*row.literal, *[None] * (len(block.columns) - len(row.literal))]
    names = dict.fromkeys((row.name, row.label, unnumbered(row.label), row.key))
    cells: list[Any] = []
    for column in block.columns:
        if column.is_value:
            keys = [
                (*prefix, name, leaf)
                for name in names
                for leaf in (column.leaf, column.key)
                for prefix in ((block.name,), ())
                if name
            ]
            cells.append(_taken(given, *keys) if row.label else None)
        elif column.leaf == "行次":
            cells.append(row.number or None)
        else:
            cells.append(row.key if column.leaf == "科目编码" else row.label or None)
    return cells


def _taken(given: dict[tuple[str, ...], Any], *keys: tuple[str, ...]) -> Any:
    """The figure of the first of these keys, taken out of what is given."""
    wanted = [tuple(plain(part) for part in key) for key in keys]
    for key in list(given):
        if tuple(plain(part) for part in key) in wanted:
            return given.pop(key)
    single = {key[0] for key in keys if len(key) == 2}
    found = next((key for key in given if len(key) == 1 and key[0] in single), None)
    return given.pop(found) if found else None
