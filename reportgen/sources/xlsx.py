"""Workbooks (.xlsx) become sheets of cells; no float is left after this door."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from reportgen.findings import Findings
from reportgen.findings.place import Place
from reportgen.sources.areas import Range, area_of
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.contents import Spot, content_of, is_error, is_target, sheet_of
from reportgen.sources.guard import is_safe

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)"')
_NAN = re.compile(rb'(<c r="[A-Z]+\d+")[^>]*>\s*<v>([Nn]a[Nn]|-?[Ii][Nn][Ff](?:inity)?)</v>')
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    LookupError,
    TypeError,
    ValueError,
    OSError,
    SyntaxError,
    EOFError,
    NotImplementedError,
)


def read_xlsx(path: Path, findings: Findings) -> tuple[Sheet, ...]:
    """Read every visible sheet; a damaged or unsafe file is a finding and gives no sheets."""
    if not is_safe(path, findings):
        return ()
    try:
        parts = _sheet_parts(path)
        return tuple(_sheets(path.name, _without_nan(path, parts), parts, findings))
    except _DAMAGED:
        message = "这个文件不是有效的 .xlsx 工作簿。"
        findings.error("D102", Place(path.name), message, "请用 Excel 或 WPS 另存为 .xlsx。")
        return ()


def _sheets(
    name: str, file: Path | io.BytesIO, parts: Mapping[str, bytes], findings: Findings
) -> Iterator[Sheet]:
    """The visible sheets; openpyxl's read-only mode spares us the borders of merged cells."""
    with closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book:
        unread = _formulas(file) if _has_formulas(parts.values()) else {}
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                part = parts.get(getattr(sheet, "_worksheet_path", ""), b"")
                merged = tuple(_merged(part))
                yield _sheet(name, sheet, merged, unread.get(sheet.title, {}), findings)


def _sheet_parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return {name: archive.read(name) for name in names}


def _has_formulas(sheets: Iterable[bytes]) -> bool:
    return any(b"<f>" in data or b"<f " in data for data in sheets)


def _without_nan(path: Path, sheets: Mapping[str, bytes]) -> Path | io.BytesIO:
    """The file; where a program wrote NaN as a number, a copy in which that is an error value."""
    if not any(_NAN.search(data) for data in sheets.values()):
        return path
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as target:
        for name in archive.namelist():
            target.writestr(name, _NAN.sub(rb'\1 t="e"><v>\2</v>', archive.read(name)))
    return copy


def _sheet(
    file: str,
    sheet: Any,
    merged: tuple[Range, ...],
    formulas: Mapping[Spot, str],
    findings: Findings,
) -> Sheet:
    """A sheet's cells; a formula needs a result."""
    cells = []
    for raw in _existing(sheet):
        # a formula that was calculated and gives an empty text is of type str
        formula = formulas.get((raw.row, raw.column), "") if raw.data_type != "str" else ""
        if raw.value is None and is_target(formula):
            cells.append(Cell(raw.row, raw.column, formula))
        elif raw.value is not None or formula:
            cells.append(_cell(file, raw, raw.value is None, findings))
    return sheet_of(file, sheet.title, cells, merged)


def _existing(sheet: Any) -> Iterator[Any]:
    """The cells of the file; the size that a sheet states of itself may be wrong."""
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell, ReadOnlyCell))


def _merged(part: bytes) -> Iterator[Range]:
    for reference in _MERGED.findall(part):
        yield area_of(reference.decode())


def _formulas(file: Path | io.BytesIO) -> dict[str, dict[Spot, str]]:
    """Formulas by their spots: one that was never calculated is missing, not empty."""
    with closing(openpyxl.load_workbook(file, read_only=True)) as book:
        return {
            sheet.title: {
                (cell.row, cell.column): str(cell.value)
                for cell in _existing(sheet)
                if cell.data_type == "f"
            }
            for sheet in book.worksheets
        }


def _cell(file: str, raw: Any, unread: bool, findings: Findings) -> Cell:
    if unread:
        return Cell(raw.row, raw.column, "", "D110")
    if raw.data_type == "e" or is_error(raw.value):
        return Cell(raw.row, raw.column, str(raw.value), "D109")
    place = Place.cell(file, raw.parent.title, raw.coordinate)
    content = content_of(raw.value, place, findings)
    shown = raw.number_format if isinstance(content, Decimal) else ""
    return Cell(raw.row, raw.column, content, format=shown)
