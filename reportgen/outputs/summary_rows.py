"""The rows of 汇总表 as XML: there may be tens of thousands, too many to be drawn cell by cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice

from reportgen.outputs.cells import block, lines, styled
from reportgen.outputs.growing import Growing
from reportgen.outputs.sheets import Exact

Cell = str | int | Decimal
Rows = Iterable[Sequence[Cell]]
LOOKS = ("number", "text", "centered", "score")
"""What a cell may look like, by the names of formats; a sample row has them in this order."""
_CENTERED = frozenset({"序号", "自评得分", "自评等级"})
_LINE, _LOWEST, _TALLEST = 15, 20, 400
_TOGETHER = 500
_MANY = 4096
_SHEET = "xl/worksheets/sheet1.xml"
_ROW, _STYLE = re.compile(r'<row r="([0-9]+)"'), re.compile(r' s="([0-9]+)"')
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')
_END = "</sheetData>"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet in which room was left for groups of rows.

    ``left`` are the rows where groups begin, ``last`` is the last row; both count from 1. Where
    the first group will stand there is a row with a sample of each of ``LOOKS``.
    """

    columns: Sequence[str]
    widths: Sequence[int]
    left: Sequence[int]
    last: int


def filled(book: io.BytesIO, drawn: Drawn, groups: Sequence[Rows]) -> bytes:
    """The workbook of one sheet with its groups; they are read once, and packed as they come."""
    content = io.BytesIO()
    growing = Growing(content)
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            if name != _SHEET:
                growing.add(name, archive.read(name))
                continue
            part = growing.begin(name)
            for piece in _pieces(archive.read(name).decode("utf-8"), drawn, groups):
                growing.take(part, piece)
            growing.end(part)
    growing.close()
    return content.getvalue()


def _pieces(sheet: str, drawn: Drawn, groups: Sequence[Rows]) -> Iterator[bytes]:
    """The sheet as blocks: what was drawn, and between it the rows of each group."""
    letters = _letters(len(drawn.columns))
    reach = f'<dimension ref="A1:{letters[-1]}{drawn.last}"/>'
    sheet = _DIMENSION.sub(reach, sheet, count=1)  # the sample may have reached further
    done = 0
    if groups:
        before, sample, behind = _parted(sheet, drawn.left[0])
        styles = dict(zip(LOOKS, map(int, _STYLE.findall(sample)), strict=True))
        table = _Table(drawn, letters, styles)
        sheet = before + behind
    rows = [(int(row[1]), row.start()) for row in _ROW.finditer(sheet)]
    for first, group in zip(drawn.left, groups, strict=True):
        end = next((start for row, start in rows if row > first), sheet.index(_END))
        yield block([sheet[done:end]])
        yield from table.blocks(group, first)
        done = end
    yield block([sheet[done:]])


def _parted(sheet: str, row: int) -> tuple[str, str, str]:
    """What stands before a row, the row, and what stands behind it."""
    start = sheet.index(f'<row r="{row}"')
    end = sheet.index("</row>", start) + len("</row>")
    return sheet[:start], sheet[start:end], sheet[end:]


def _letters(count: int) -> list[str]:
    """A, B, …: the letters of so many columns."""
    # imported here: a run without a summary writes no such workbook
    from xlsxwriter.utility import xl_col_to_name

    return [xl_col_to_name(number) for number in range(count)]


class _Table:
    """Makes the rows of a sheet."""

    def __init__(self, drawn: Drawn, letters: Sequence[str], styles: Mapping[str, int]) -> None:
        self._number, self._score = styles["number"], styles["score"]
        looks = ("centered" if name in _CENTERED else "text" for name in drawn.columns)
        texts = (styles[look] for look in looks)
        self._columns = list(zip(letters, drawn.widths, texts, strict=True))

    def blocks(self, rows: Rows, first: int) -> Iterator[bytes]:
        """Blocks of rows, of which the first stands in the row of this number."""
        made = (self._row(number, cells) for number, cells in enumerate(rows, start=first))
        while some := list(islice(made, _TOGETHER)):
            yield block(some)

    def _row(self, number: int, cells: Sequence[Cell]) -> str:
        taken, made = 1, []
        for cell, (letter, width, style) in zip(cells, self._columns, strict=True):
            if isinstance(cell, str):
                taken = max(taken, lines(cell, width))
                content = _text(cell, style)
            elif isinstance(cell, int):
                content = f' s="{self._number}"><v>{cell}</v></c>'
            elif Exact(cell).is_number:
                content = f' s="{self._score}"><v>{cell.normalize():f}</v></c>'
            else:
                content = _text(f"{cell:f}", style)
            made.append(f'<c r="{letter}{number}"{content}')
        return f'<row r="{number}" ht="{_height(taken)}" customHeight="1">{"".join(made)}</row>'


@lru_cache(_MANY)
def _text(content: str, style: int) -> str:
    """A cell with a text, without the place where it stands."""
    return styled(content, style).removeprefix("<c")


def points(taken: int) -> int:
    """The height of a row of so many lines."""
    return max(_LOWEST, min(_LINE * taken, _TALLEST))


@cache
def _height(taken: int) -> str:
    """The same as a file has it: in pixels, of which each has three quarters of a point.

    >>> _height(1), _height(2), _height(99)
    ('20.25', '30', '399.75')
    """
    pixels = (points(taken) * 4 + 1) // 3
    return f"{Decimal(pixels * 75).scaleb(-2).normalize():f}"
