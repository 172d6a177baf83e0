"""What the readers of workbooks share: contents without floats, merged ranges, error values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import product

from reportgen.findings import Findings, Place
from reportgen.sources.areas import Range
from reportgen.sources.cells import Cell, Content, Sheet
from reportgen.sources.texts import clean

Spot = tuple[int, int]
_TARGET = re.compile(r"=\s*\d[\d.]*\s*(?:%|[^\x00-\x7f][^()]*)")
ERROR_VALUES = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
)


def is_error(value: object) -> bool:
    """Whether this is an error value, or no number at all; as text it counts as well.

    >>> is_error("#DIV/0!"), is_error(float("nan")), is_error("0"), is_error(0.5)
    (True, True, False, False)
    """
    if isinstance(value, float):
        return not math.isfinite(value)
    return value in ERROR_VALUES


def is_target(formula: str) -> bool:
    """Whether what looks like a formula is a target with its unit, and refers to nothing.

    >>> is_target("=100%"), is_target("=1000元/人"), is_target("=100%*B2"), is_target("=5")
    (True, True, False, False)
    """
    return _TARGET.fullmatch(formula.strip()) is not None


def content_of(value: object, place: Place, findings: Findings) -> Content:
    """A value as the libraries give it: numbers exactly as they print, texts cleaned."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, bool | Decimal) or value is None:
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return clean(str(value), place, findings)


def covered(area: Range) -> Iterator[Spot]:
    """The cells of a merged range but its first."""
    top, left, bottom, right = area
    spots = product(range(top, bottom + 1), range(left, right + 1))
    return (spot for spot in spots if spot != (top, left))


def sheet_of(
    file: str,
    name: str,
    cells: Iterable[Cell],
    merged: tuple[Range, ...] = (),
    *,
    is_flat: bool = False,
) -> Sheet:
    """The sheet of these cells; blank ones and those that a merged range covers are left out."""
    hidden = {spot for area in merged for spot in covered(area)}
    kept: Mapping[Spot, Cell] = {
        (cell.row, cell.column): cell
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column))
        if not cell.is_blank and (cell.row, cell.column) not in hidden
    }
    rows = max((row for row, _ in kept), default=0)
    columns = max((column for _, column in kept), default=0)
    return Sheet(file, name, kept, merged, rows, columns, is_flat)
