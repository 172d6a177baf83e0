"""Which column of a sheet is which column of the profile, by its merged heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.findings import Findings, nearest
from reportgen.model import Column, Layout, Profile, plain
from reportgen.sources.cells import Sheet
from reportgen.sources.locate import Region

_INDEX = "栏次"


@dataclass(frozen=True)
class Heads:
    """Where a table's heads are, and the sheet column of each profile column key."""

    rows: range
    columns: Mapping[str, int]
    texts: frozenset[tuple[str, ...]]

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
    paths = _paths(region.sheet, rows)
    taken: dict[str, int] = {}
    for column in profile.columns:
        match = _match(column, profile, paths, set(taken.values()))
        if match is None:
            _report_missing(column, region, paths, findings)
        else:
            taken[column.key] = match
    texts = frozenset(tuple(_texts(region.sheet, row)) for row in rows)
    return Heads(rows, taken, texts)


def _head_rows(region: Region, profile: Profile) -> range:
    """The rows of heads: from the first that names two of them down to 栏次 or the data."""
    first = 0
    for row in region.rows():
        texts = _texts(region.sheet, row)
        known = sum(text in profile.heads for text in texts)
        if (
            not first
            and known >= min(2, len(profile.columns))
            and not _is_data(row, region, profile)
        ):
            first = row
        elif first and (_is_index(texts) or _is_data(row, region, profile)):
            return range(first, row + 1 if _is_index(texts) else row)
    return range(first, region.last + 1) if first else range(0)


def _texts(sheet: Sheet, row: int) -> list[str]:
    return [plain(cell.text) for cell in sheet.row(row) if cell.text]


def _is_index(texts: list[str]) -> bool:
    """Whether the row is the 栏次 row, or the bare numbers 1 2 3 … of it."""
    return _INDEX in texts or (len(texts) > 2 and texts == [str(n + 1) for n in range(len(texts))])


def _is_data(row: int, region: Region, profile: Profile) -> bool:
    texts = _texts(region.sheet, row)
    if not texts:
        return False
    if profile.layout is Layout.SINGLE:
        return not any(text in profile.heads for text in texts)
    if profile.layout is Layout.FIXED:
        labels = {plain(label) for label in profile.labels()}
        return any(text in labels and text not in profile.heads for text in texts)
    return texts[0].isdigit() or texts[0] == "合计"


def _paths(sheet: Sheet, rows: range) -> dict[int, tuple[str, ...]]:
    """The stacked heads over each sheet column, top to bottom, repeats dropped."""
    merged = any(area[0] in rows for area in sheet.merged)
    named = [row for row in rows if not _is_index(_texts(sheet, row))]
    grid = {row: _row_heads(sheet, row, merged or row == named[-1]) for row in named}
    paths = {}
    for column in range(1, sheet.columns + 1):
        heads = [grid[row][column] for row in named]
        paths[column] = tuple(dict.fromkeys(head for head in heads if head))
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
    column: Column, profile: Profile, paths: Mapping[int, tuple[str, ...]], taken: set[int]
) -> int | None:
    """The first free sheet column with this leaf; one whose upper heads fit comes first."""
    leaves = {plain(column.leaf)}
    leaves |= {plain(alias) for alias in profile.column_aliases.get(column.leaf, ())}
    free = [number for number, path in paths.items() if number not in taken and path]
    named = [number for number in free if paths[number][-1] in leaves]
    upper = [plain(head) for head in column.path[:-1]]
    fitting = [n for n in named if all(head in paths[n][:-1] for head in upper)]
    return next(iter(fitting or named), None)


def _report_missing(
    column: Column, region: Region, paths: Mapping[int, tuple[str, ...]], findings: Findings
) -> None:
    heads = [path[-1] for path in paths.values() if path]
    hint = nearest(plain(column.leaf), heads) or "请按公开格式补上这一栏。"
    message = f"缺少“{column.leaf}”这一栏。"
    findings.error("D104", region.sheet.spot, message, hint)
