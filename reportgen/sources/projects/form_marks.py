"""The indicators of a filled-in form, and the line of their total."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reportgen.model.addresses import column_letters
from reportgen.sources.contents import Spot
from reportgen.sources.numerals import parse_number
from reportgen.sources.projects.form_labels import BESIDE, MARKS, SUMS, spellings
from reportgen.sources.projects.grid import NOTES, Grid
from reportgen.sources.projects.raw import Head, RawRow
from reportgen.sources.streamed import Value

_POINTS = re.compile(r"[（(]\d+(?:\.\d+)?分[）)]$")
_FIRST, _SECOND, _WEIGHT, _SCORE = "一级指标", "二级指标", "分值", "得分"
_MATTERS = ("三级指标", "年初指标值", "调整后指标值", "实际完成值", _WEIGHT, _SCORE)


@dataclass
class Marks:
    """The rows of the indicators; the cells of the total and of the grade, where there are."""

    rows: list[RawRow] = field(default_factory=list)
    score: Spot | None = None
    grade: Spot | None = None
    unclear: tuple[Spot, ...] = ()  # several numbers, of which one should be the total
    end: int = 0


def marks_row(grid: Grid) -> int:
    """The row of the heads of the indicators; 0 where there is none."""
    return grid.row_with(spellings(MARKS, "三级指标"), spellings(MARKS, _WEIGHT))


def points_of(value: Value | None) -> Value | None:
    """A score without its unit; what is no number stays.

    >>> points_of("98.29分"), points_of("良")
    (Decimal('98.29'), '良')
    """
    if not isinstance(value, str):
        return value
    number = parse_number(value.strip().removesuffix("分"))
    return value if number is None or "%" in value else number


def read_marks(grid: Grid, row: int, used: set[Spot]) -> Marks:
    """The rows below the heads, down to the line of the total."""
    heads: dict[str, Spot] = {}
    for spot in grid.row(row):
        name = MARKS.get(grid.labels.get(spot, ""))
        if name:
            heads.setdefault(name, spot)
    used.update(grid.row(row))
    letters = tuple(column_letters(column) for _, column in heads.values())
    head = Head(grid.sheet.file, grid.sheet.part, tuple(heads), letters)
    marks, above = Marks(), dict[str, Value]()
    first = max(grid.area(spot)[2] for spot in heads.values()) + 1
    marks.end = max(grid.rows(), default=0) + 1
    for number in grid.rows(first):
        if _ends(grid, number, heads):
            marks.end = number
            _read_sum(grid, number, heads, marks, used)
            break
        spots = {name: grid.under(spot, number) for name, spot in heads.items()}
        values = _values(grid, spots, above)
        used.update(spots.values())
        if any(values.get(name) is not None for name in _MATTERS):
            marks.rows.append(RawRow(head, number, tuple(values.values())))
    return marks


def _values(
    grid: Grid, spots: Mapping[str, Spot], above: dict[str, Value]
) -> dict[str, Value | None]:
    """The values of a row; of 一级 and 二级 a blank one, merged or not, means that above."""
    values = {name: grid.cells.get(spot) for name, spot in spots.items()}
    if values.get(_FIRST) is not None:
        above.clear()
    for name in (_FIRST, _SECOND):
        value = values.get(name)
        if isinstance(value, str):
            value = _POINTS.sub("", value.strip())
        if value is not None:
            above[name] = value
        if name in values:
            values[name] = above.get(name)
    for name in (_WEIGHT, _SCORE):
        if name in values:
            values[name] = points_of(values[name])
    return values


def _ends(grid: Grid, number: int, heads: Mapping[str, Spot]) -> bool:
    """Whether the indicators are over: their sum, a text of the analysis, or the notes."""
    for spot in grid.row(number):
        label = grid.labels.get(spot, "")
        if spot[1] < heads[_WEIGHT][1] and (label in SUMS or label in BESIDE):
            return True
        if NOTES.match(grid.text(spot)):
            return True
    return False


def _read_sum(
    grid: Grid, number: int, heads: Mapping[str, Spot], marks: Marks, used: set[Spot]
) -> None:
    """The total: what stands under 得分, else the only number; the grade: the text beside."""
    row = grid.row(number)
    label = next((spot for spot in row if grid.labels.get(spot) in SUMS), None)
    if label is None:
        return
    right = [spot for spot in row if spot[1] > label[1]]
    numbers = [s for s in right if isinstance(points_of(grid.cells[s]), Decimal)]
    under = grid.under(heads[_SCORE], number) if _SCORE in heads else None
    if under in numbers:
        marks.score = under
    elif len(numbers) == 1:
        marks.score = numbers[0]
    else:
        marks.unclear = tuple(numbers)
    texts = [s for s in right if s not in numbers and grid.labels.get(s) not in BESIDE]
    marks.grade = next(iter(texts), None)
    used.update(row)
