"""The head rows of a table: which cells span how many columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.model.profile import Column, Layout, Profile


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A head: its text, and the columns and rows it covers."""

    text: str
    column: int
    width: int
    height: int


def head_rows(columns: Sequence[Column]) -> list[list[HeadCell]]:
    """Lay the heads of ``columns`` out in rows; equal neighbours under one head are joined.

    >>> paths = [("甲", "子"), ("甲", "丑"), ("乙",)]
    >>> rows = head_rows([Column(path, path[-1]) for path in paths])
    >>> [[(c.text, c.width, c.height) for c in row] for row in rows]
    [[('甲', 2, 1), ('乙', 1, 2)], [('子', 1, 1), ('丑', 1, 1)]]
    """
    depth = max((len(column.path) for column in columns), default=0)
    return [_row(columns, level, depth) for level in range(depth)]


def _row(columns: Sequence[Column], level: int, depth: int) -> list[HeadCell]:
    cells: list[HeadCell] = []
    index = 0
    while index < len(columns):
        path = columns[index].path
        if level >= len(path):
            index += 1
            continue
        leaf = level == len(path) - 1
        width = 1 if leaf else _width(columns, index, path[: level + 1])
        cells.append(HeadCell(path[level], index, width, depth - level if leaf else 1))
        index += width
    return cells


def _width(columns: Sequence[Column], start: int, upper: tuple[str, ...]) -> int:
    end = start
    while end < len(columns) and columns[end].path[: len(upper)] == upper:
        end += 1
    return end - start


def index_row(profile: Profile) -> list[str]:
    """The 栏次 row: the value columns numbered from the left; empty where a table has none.

    A bundle may say (栏次). If it doesn't, a single column is not numbered, nor are those of a
    table with heads among its rows or with codes side by side.
    """
    values = [column.key for column in profile.columns if column.is_value]
    repeats = any(sum(map(bool, r.literal)) > 1 for b in profile.blocks for r in b.rows)
    usual = len(values) > 1 and profile.layout is not Layout.ECONOMIC and not repeats
    if not (usual if profile.indexed is None else profile.indexed):
        return []
    named = {block.columns[0].key for block in profile.blocks}
    texts = {key: str(number) for number, key in enumerate(values, start=1)}
    return [texts.get(c.key, "栏次" if c.key in named else "") for c in profile.columns]
