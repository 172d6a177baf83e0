"""Which column of a sheet is which column of the profile, by its merged heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.findings import Findings
from reportgen.model import LEVELS, Block, Column, Profile, plain
from reportgen.sources.cells import Sheet
from reportgen.sources.codes import level_columns
from reportgen.sources.heads_missing import Missing
from reportgen.sources.heads_named import named, spellings
from reportgen.sources.lines import (
    first_head_row,
    is_data,
    is_index,
    is_upper_head,
    texts_of,
)
from reportgen.sources.locate import Region

_Path = tuple[str, ...]


@dataclass(frozen=True)
class Heads:
    """Where a table's heads are, and the sheet column of each profile column key."""

    rows: range
    columns: Mapping[str, int]
    texts: frozenset[tuple[str, ...]]
    levels: tuple[int, ...] = ()  # the columns of 类, 款 and 项, where codes stand apart

    @property
    def first_data_row(self) -> int:
        """The first row below the heads."""
        return self.rows.stop


def read_heads(region: Region, profile: Profile, findings: Findings) -> Heads | None:
    """Match the profile's columns; a column that is not there is a finding."""
    rows = _head_rows(region, profile)
    if not rows:
        message = f"“{profile.title}”下面找不到表头。"
        hint = f"表头应含“{'、'.join(column.leaf for column in profile.columns[:4])}”等栏。"
        findings.error("D120", region.sheet.spot, message, hint)
        return None
    paths = stacked_heads(region.sheet, rows)
    taken: dict[str, int] = {}
    missing: list[Column] = []
    for block in profile.blocks:
        for column in block.columns:
            match = _match(column, block, profile, paths, set(taken.values()))
            if match is None:
                missing.append(column)
            else:
                taken[column.key] = match
    free = {number: path for number, path in paths.items() if number not in taken.values()}
    Missing(profile, region.sheet, rows, paths, free).report(missing, findings)
    above = range(region.first, rows.stop)
    texts = frozenset(tuple(texts_of(region.sheet, row)) for row in above)
    return Heads(rows, taken, texts, level_columns(region.sheet, rows))


def _head_rows(region: Region, profile: Profile) -> range:
    """The rows of heads: from the first of them down to 栏次 or the data."""
    sheet = region.sheet
    first = first_head_row(sheet, region.rows(), profile)
    if not first:
        return range(0)
    last = region.last + 1
    for row in range(first + 1, region.last + 1):
        texts = texts_of(sheet, row)
        if is_index(texts) or is_data(texts, profile):
            last = row + 1 if is_index(texts) else row
            break
    while first - 1 > region.first and is_upper_head(sheet, first - 1, profile):
        first -= 1
    return range(first, last)


def stacked_heads(sheet: Sheet, rows: range) -> dict[int, tuple[str, ...]]:
    """The stacked heads over each sheet column, top to bottom, repeats dropped.

    类, 款 and 项 under the head of codes tell no column from another.
    """
    merged = any(area[0] in rows for area in sheet.merged)
    named = [row for row in rows if not is_index(texts_of(sheet, row))]
    grid = {row: _row_heads(sheet, row, merged or row == named[-1]) for row in named}
    paths = {}
    for column in range(1, sheet.columns + 1):
        heads = [grid[row][column] for row in named]
        paths[column] = tuple(dict.fromkeys(head for head in heads if head and head not in LEVELS))
    return paths


def _row_heads(sheet: Sheet, row: int, exact: bool) -> dict[int, str]:
    """The heads of a row; unless ``exact``, an empty cell belongs to the head at its left."""
    heads = {column: plain(sheet.at(row, column).text) for column in range(1, sheet.columns + 1)}
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom:
            heads.update(dict.fromkeys(range(left, right + 1), plain(sheet.at(top, left).text)))
    if not exact:
        for column in range(2, sheet.columns + 1):
            heads[column] = heads[column] or heads[column - 1]
    return heads


def _match(
    column: Column,
    block: Block,
    profile: Profile,
    paths: Mapping[int, _Path],
    taken: set[int],
) -> int | None:
    """The first free sheet column with this leaf whose upper heads fit, else one with none.

    What stands over codes and names (项目, 科目) tells no table from another.
    """
    found = [n for n in named(column, profile, paths) if n not in taken]
    over = column.path[:-1] if column.is_value or block.name else ()
    upper = [spellings(head, profile) for head in over]
    fitting = [n for n in found if _fits(upper, paths[n])]
    bare = [n for n in found if _fits_without_name(upper, block, paths[n])]
    return next(iter(fitting or bare), None)


def _fits(upper: list[set[str]], path: _Path) -> bool:
    return all(names & set(path[:-1]) for names in upper)


def _fits_without_name(upper: list[set[str]], block: Block, path: _Path) -> bool:
    """Heads in a single row; or the row of block names (收入, 支出) is not on the sheet."""
    if len(path) == 1 or not upper:
        return True
    rest = upper[1:] if block.name else upper
    return len(path) - 1 <= len(rest) and _fits(rest, path)
