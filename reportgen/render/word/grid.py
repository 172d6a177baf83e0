"""What must be put right after rendering: table grids of looped columns, drawing ids."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from lxml import etree

from reportgen.language.marks import strip
from reportgen.render.word.styles import PARSER, W

_DRAWING_ID = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*(")')
_COLUMN_TAG = re.compile(r"{%tc\s|{%\s*hm\s*%}|{%\s*colspan\s")
_FIRST_ID = 1001


def needs_grid(source: str) -> bool:
    """Whether a template makes columns or spans while it is rendered."""
    return _COLUMN_TAG.search(source) is not None


def has_drawings(source: str) -> bool:
    """Whether a template draws something, which a loop may repeat."""
    return "<wp:docPr" in source


def number_drawings(xml: str) -> str:
    """Give every drawing an id of its own: a loop repeats the template's."""
    numbers = count(_FIRST_ID)
    return _DRAWING_ID.sub(lambda match: f"{match[1]}{next(numbers)}{match[2]}", xml)


def fit_grids(xml: bytes) -> bytes:
    """Give every table as many grid columns as its widest row; its width stays."""
    root = etree.fromstring(xml, PARSER)
    for table in root.iter(f"{W}tbl"):
        grid = table.find(f"{W}tblGrid")
        if grid is not None:
            rows = list(table.iter(f"{W}tr"))
            _add(grid, max((len(row.findall(f"{W}tc")) for row in rows), default=0))
            _remove(grid, max((_width(row) for row in rows), default=0))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _width(row: Any) -> int:
    """How many grid columns a row covers."""
    spans = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc"))
    return sum(1 if span is None else int(strip(span.get(f"{W}val"))) for span in spans)


def _columns(grid: Any) -> list[tuple[Any, int]]:
    return [(column, int(column.get(f"{W}w", "0"))) for column in grid.findall(f"{W}gridCol")]


def _add(grid: Any, wanted: int) -> None:
    columns = _columns(grid)
    if not columns or wanted <= len(columns):
        return
    total = sum(width for _, width in columns)
    for column, width in columns:
        column.set(f"{W}w", str(width * len(columns) // wanted))
    for _ in range(wanted - len(columns)):
        etree.SubElement(grid, f"{W}gridCol", {f"{W}w": str(total // wanted)})


def _remove(grid: Any, wanted: int) -> None:
    columns = _columns(grid)
    kept, gone = columns[:wanted], columns[wanted:]
    if not gone or not kept:
        return
    share = sum(width for _, width in gone) // len(kept)
    for column, _ in gone:
        grid.remove(column)
    for column, width in kept:
        column.set(f"{W}w", str(width + share))
