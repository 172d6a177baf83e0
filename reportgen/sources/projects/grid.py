"""A filled-in form as a grid: its cells, its merged areas, and what stands beside a label."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from reportgen.findings import Place
from reportgen.model import plain
from reportgen.model.names import unnumbered
from reportgen.sources.areas import Range
from reportgen.sources.contents import Spot
from reportgen.sources.streamed import RowSheet, Value, text_of

MOST_CELLS = 20_000  # that are filled; a form has some hundred
NOTES = re.compile(r"\s*(?:备注|注|说明|填表说明)\s*[:：]")  # how the notes below a form begin
_BRACKETS = re.compile(r"（[^（）]*）$")


def label_of(text: str) -> str:
    """A label as it is compared: without blanks, number, colon, and what its brackets add.

    >>> label_of("实际完成 指标值 (B)"), label_of("资金总额："), label_of("总 分")
    ('实际完成指标值', '资金总额', '总分')
    >>> label_of("1.项目名称"), label_of("资金结（转）余"), label_of("项目预算执行情况（10分）")
    ('项目名称', '资金结（转）余', '项目预算执行情况')
    """
    return unnumbered(_BRACKETS.sub("", plain(text).rstrip(":、"))).rstrip(":")


class Grid:
    """The cells of a sheet by their spot (row, column), and how far the merged ones reach."""

    def __init__(self, sheet: RowSheet) -> None:
        self.sheet = sheet
        self.cells: dict[Spot, Value] = {}
        self.is_too_large = False
        for number, values in sheet.rows():
            self.cells.update({(number, column): values[column] for column in sorted(values)})
            if len(self.cells) > MOST_CELLS:
                self.is_too_large = True
                break
        self._rows: dict[int, list[Spot]] = {}
        for spot in self.cells:
            self._rows.setdefault(spot[0], []).append(spot)
        self.labels: Mapping[Spot, str] = {
            spot: label_of(value) for spot, value in self.cells.items() if isinstance(value, str)
        }
        self._areas = {
            (top, left): (top, left, bottom, right) for top, left, bottom, right in sheet.merged
        }

    def area(self, spot: Spot) -> Range:
        """How far a cell reaches: top, left, bottom, right."""
        return self._areas.get(spot, (*spot, *spot))

    def row(self, number: int) -> list[Spot]:
        """The filled cells of a row, from the left."""
        return self._rows.get(number, [])

    def rows(self, first: int = 1) -> Sequence[int]:
        """The rows from one on in which something stands."""
        return [number for number in self._rows if number >= first]

    def find(self, names: Collection[str]) -> Spot | None:
        """The first cell with one of these labels."""
        return next((spot for spot, label in self.labels.items() if label in names), None)

    def row_with(self, *names: Collection[str]) -> int:
        """The first row in which a label of each of these stands; 0 where there is none."""
        for number in self._rows:
            labels = {self.labels.get(spot) for spot in self.row(number)}
            if all(labels & set(wanted) for wanted in names):
                return number
        return 0

    def right_of(self, spot: Spot, known: Collection[str]) -> Spot:
        """The cell that a label speaks of: the next that is filled, but for another label."""
        top, _, _, right = self.area(spot)
        for found in self.row(top):
            if found[1] > right:
                return (top, right + 1) if self.labels.get(found) in known else found
        return top, right + 1

    def below(self, spot: Spot, known: Collection[str]) -> Spot:
        """The cell below a head that stands under it, but for another label."""
        _, left, bottom, right = self.area(spot)
        for found in self.row(bottom + 1):
            _, begin, _, end = self.area(found)
            if begin <= right and end >= left and self.labels.get(found) not in known:
                return found
        return bottom + 1, left

    def under(self, head: Spot, row: int) -> Spot:
        """The cell of a row below a head: the first filled one in its columns."""
        _, left, _, right = self.area(head)
        filled = (found for found in self.row(row) if left <= found[1] <= right)
        return next(filled, (row, left))

    def text(self, spot: Spot) -> str:
        """The text of a cell; '' where it is blank."""
        return text_of(self.cells.get(spot))

    def place(self, spot: Spot) -> Place:
        """The place of a cell."""
        return self.sheet.place(*spot)
