"""The tables of a page: which row and which column a cell stands in, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.language.lines import Line
from reportgen.model import Figure

_SPOT = re.compile(r"(?P<table>.*表\d+) 行(?P<row>\d+) 单元格(?P<cell>\d+)")
_WORDS = re.compile("[\u4e00-\u9fff]")
_COPY = re.compile(r"#\d+$")
_SHORT = 30
"""Characters of a cell that is named by its row and column; a longer one is a sentence."""


@dataclass
class _Cell:
    text: str = ""
    cited: bool = False


_Rows = dict[int, dict[int, _Cell]]


class Grids:
    """The tables of a document, read from the spots of its lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._grids: dict[str, _Rows] = {}
        for line in lines:
            match = _SPOT.fullmatch(line.spot)
            if match:
                self._add(line, match)

    def _add(self, line: Line, match: re.Match[str]) -> None:
        rows = self._grids.setdefault(match["table"], {})
        row, number = int(match["row"]), int(match["cell"])
        cell = rows.setdefault(row, {}).setdefault(number, _Cell())
        cell.text = f"{cell.text} {line.text.strip()}".strip()
        cell.cited = cell.cited or any(span.number for span in line.spans)

    def labels(self, line: Line, figures: Sequence[Figure]) -> str:
        """行政运行｜基本支出 for a cell that is a figure and little more; '' for other lines."""
        match = _SPOT.fullmatch(line.spot)
        if match is None or len(line.text) > _SHORT:
            return ""
        rows, row, number = self._grids[match["table"]], int(match["row"]), int(match["cell"])
        named = figures[0] if figures else Figure("", Decimal(0))
        label = _row_label(rows[row], number) or named.name
        column = _head(rows, row, number) or _column(named, label)
        place = "｜".join(dict.fromkeys(part for part in (label, column) if part))
        return place or line.text.strip()


def _row_label(cells: dict[int, _Cell], number: int) -> str:
    """The texts nearest to the left that are no figures: code and name, or item and line."""
    found: list[str] = []
    for place in range(number - 1, 0, -1):
        cell = cells.get(place, _Cell())
        if cell.text and not cell.cited:
            found.insert(0, cell.text)
        elif found:
            break
    return " ".join(found)


def _head(rows: _Rows, row: int, number: int) -> str:
    """The nearest words over a cell that are no figure, in rows with as many cells."""
    width = len(rows[row])
    for above in range(row - 1, 0, -1):
        cells = rows.get(above, {})
        cell = cells.get(number, _Cell())
        if len(cells) == width and not cell.cited and _WORDS.search(cell.text):
            return cell.text
    return ""


def _column(figure: Figure, label: str) -> str:
    """The column by the figure's own address or name, where the head does not say."""
    path = figure.key.split("/")[2:]
    if path:
        return _COPY.sub("", "/".join(path))
    words = (word for word in label.split() if figure.name.startswith(word))
    return figure.name.removeprefix(next(words, figure.name))
