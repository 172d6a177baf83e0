"""Workbooks (.xlsx) become sheets of cells; no float is left after this door."""

from __future__ import annotations

import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from reportgen.findings import Findings
from reportgen.findings.place import Place
from reportgen.sources.cells import Cell, Content, Sheet
from reportgen.sources.guard import is_safe
from reportgen.sources.texts import clean

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ERROR_VALUES = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
)
_NAN = re.compile(rb'(<c r="[A-Z]+\d+")[^>]*>\s*<v>([Nn]a[Nn]|-?[Ii][Nn][Ff](?:inity)?)</v>')
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    KeyError,
    ValueError,
    OSError,
    SyntaxError,
    EOFError,
    NotImplementedError,
)


def read_workbook(path: Path, findings: Findings) -> tuple[Sheet, ...]:
    """Read every visible sheet; a missing or damaged file is a finding and gives no sheets."""
    if not path.is_file():
        findings.error(
            "D101", Place(path.name), "找不到这个文件。", "请核对 report.yaml 的“文件”。"
        )
        return ()
    if not is_safe(path, findings):
        return ()
    try:
        sheets = _sheet_parts(path)
        file = _without_nan(path, sheets)
        book = openpyxl.load_workbook(file, data_only=True)
        formulas = openpyxl.load_workbook(file) if _has_formulas(sheets.values()) else None
    except _DAMAGED:
        message = "这个文件不是有效的 .xlsx 工作簿。"
        findings.error("D102", Place(path.name), message, "请用 Excel 或 WPS 另存为 .xlsx。")
        return ()
    return tuple(
        _sheet(path.name, sheet, formulas[sheet.title] if formulas else None, findings)
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
    )


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


def _sheet(file: str, sheet: Worksheet, formulas: Worksheet | None, findings: Findings) -> Sheet:
    unread = _unread_formulas(sheet, formulas)
    cells: dict[tuple[int, int], Cell] = {}
    for place, raw in _existing(sheet):
        if raw.value is None and place not in unread:
            continue
        cell = _cell(file, raw, place in unread, findings)
        if not cell.is_blank:
            cells[place] = cell
    merged = tuple(
        (int(area.min_row), int(area.min_col), int(area.max_row), int(area.max_col))
        for area in sheet.merged_cells.ranges
    )
    rows = max((row for row, _ in cells), default=0)
    columns = max((column for _, column in cells), default=0)
    return Sheet(file, sheet.title, cells, merged, rows, columns)


def _existing(sheet: Any) -> Iterable[tuple[tuple[int, int], Any]]:
    """The cells of the file, row by row; iter_rows would make those between them as well."""
    return sorted(sheet._cells.items(), key=itemgetter(0))  # noqa: SLF001 - no public way


def _unread_formulas(sheet: Worksheet, formulas: Worksheet | None) -> set[tuple[int, int]]:
    """Cells whose formula was never calculated: their value is missing, not empty."""
    if formulas is None:
        return set()
    return {
        place
        for place, cell in _existing(formulas)
        if cell.data_type == "f" and sheet.cell(*place).value is None
    }


def _cell(file: str, raw: Any, unread: bool, findings: Findings) -> Cell:
    if unread:
        return Cell(raw.row, raw.column, "", "D110")
    if raw.data_type == "e" or raw.value in _ERROR_VALUES:
        return Cell(raw.row, raw.column, str(raw.value), "D109")
    if isinstance(raw.value, float) and not math.isfinite(raw.value):
        return Cell(raw.row, raw.column, str(raw.value), "D109")
    place = Place.cell(file, raw.parent.title, raw.coordinate)
    content = _content(raw.value, place, findings)
    shown = raw.number_format if isinstance(content, Decimal) else ""
    return Cell(raw.row, raw.column, content, format=shown)


def _content(value: object, place: Place, findings: Findings) -> Content:
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return clean(str(value), place, findings)
