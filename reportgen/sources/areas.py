"""Areas of a sheet, such as merged cells, by the address that a workbook gives of them."""

from __future__ import annotations

import re

from reportgen.model.addresses import column_number

Range = tuple[int, int, int, int]
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?")


def area_of(address: str) -> Range:
    """Its bounds: top, left, bottom, right; 0 where an area has no such bound.

    Raises ValueError for what is no address.

    >>> area_of("A2:AB$3"), area_of("C4"), area_of("B:C")
    ((2, 1, 3, 28), (4, 3, 4, 3), (0, 2, 0, 3))
    """
    found = _AREA.fullmatch(address)
    if found is None:
        return _odd(address)
    first, top, last, bottom = found.groups()
    left = column_number(first)
    return int(top), left, int(bottom or top), column_number(last) if last else left


def _odd(address: str) -> Range:
    """Whole rows and columns, small letters; openpyxl knows them, and takes long to import."""
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = (int(bound or 0) for bound in range_boundaries(address))
    return top, left, bottom, right
