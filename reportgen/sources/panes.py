"""Tables side by side on one sheet: each is read as a sheet of its own columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from reportgen.model import Profile, plain
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.titles import bare_title, title_of

Wanted = Mapping[str, Sequence[Profile]]


def wanted_titles(profiles: Iterable[Profile]) -> Wanted:
    """The profiles by title and by label (公开0N表), in comparable form."""
    wanted: dict[str, list[Profile]] = {}
    for profile in profiles:
        for text in {plain(profile.number), plain(profile.title)}:
            wanted.setdefault(text, []).append(profile)
    return wanted


def titled(sheet: Sheet, wanted: Wanted) -> Iterator[tuple[Profile, Cell]]:
    """Every title and label on a sheet, row by row."""
    for cell in sheet.filled():
        if isinstance(cell.content, str):
            title = title_of(cell.text)
            for profile in wanted.get(title, wanted.get(bare_title(title), ())):
                yield profile, cell


def panes(sheet: Sheet, wanted: Wanted) -> Sequence[Sheet]:
    """The sheet, or where one row holds the titles of several tables, its columns cut there."""
    for _, found in groupby(titled(sheet, wanted), key=lambda one: one[1].row):
        first: dict[str, int] = {}
        for profile, cell in found:
            first.setdefault(profile.name, cell.column)
        starts = sorted(set(first.values()))
        if len(starts) > 1:
            return [
                _cut(sheet, left, right)
                for left, right in zip(
                    [1, *starts[1:]], [*starts[1:], sheet.columns + 1], strict=True
                )
            ]
    return [sheet]


def _cut(sheet: Sheet, left: int, right: int) -> Sheet:
    cells = {spot: cell for spot, cell in sheet.cells.items() if left <= spot[1] < right}
    merged = tuple(area for area in sheet.merged if left <= area[1] and area[3] < right)
    return replace(sheet, cells=cells, merged=merged)
