"""Hyperlinks from the office's folder to the cells of a report folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from reportgen.findings import Place

_LONGEST = 1000  # Excel takes 2079 characters, WPS some fewer
_ESCAPED = {sign: f"%{ord(sign):02X}" for sign in '%#" <>[]^`{}'}


class Links:
    """Where a place of the inputs is, seen from the folder in which a workbook lies."""

    def __init__(self, folder: Path, inputs: Iterable[Path]) -> None:
        self._paths = {path.name: _seen_from(folder, path) for path in inputs}

    def to(self, place: Place) -> str:
        """The target of a link to a cell, or '' where the place is no cell of an input.

        >>> links = Links(Path("/甲/out/内部"), [Path("/甲/例 1/决算表.xlsx")])
        >>> links.to(Place.cell("决算表.xlsx", "公开'01表", "C37"))
        "external:../../例%201/决算表.xlsx#'公开''01表'!C37"
        >>> links.to(Place("决算表.xlsx")), links.to(Place.cell("别的.xlsx", "表", "A1"))
        ('', '')
        >>> Links(Path("/甲/out"), [Path("/甲/支出.csv")]).to(Place.cell("支出.csv", "", "C3"))
        'external:../支出.csv'
        """
        path = self._paths.get(place.file)
        if not path or not (place.sheet or place.address):
            return ""
        if not place.sheet:
            target = f"external:{path}"  # a text file opens at its beginning
            return target if len(target) <= _LONGEST else ""
        sheet = place.sheet.replace("'", "''")
        target = f"external:{path}#'{sheet}'!{place.address or 'A1'}"
        return target if len(target) <= _LONGEST else ""


def _seen_from(folder: Path, path: Path) -> str:
    """The relative path in the form of links; the whole one where there is none (drives)."""
    try:
        found = Path(os.path.relpath(path.resolve(), folder.resolve()))
    except ValueError:
        found = path.resolve()
    target = "".join(_ESCAPED.get(sign, sign) for sign in found.as_posix())
    return f"file:///{target.lstrip('/')}" if found.is_absolute() else target
