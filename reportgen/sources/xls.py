"""Workbooks of Excel 97 (.xls) become sheets of cells: contents by calamine, the rest by records.

A formula counts with the result that the file holds: Excel 97's files always hold one.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.model.addresses import column_letters
from reportgen.sources.areas import Range
from reportgen.sources.biff import DamagedError, Facts, LockedError, survey
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.contents import Spot, content_of, is_error, sheet_of
from reportgen.sources.guard import locked, refuse
from reportgen.sources.guard_xml import MEND_EXTENT, MOST_CELLS, RefusedError

_PANIC = "pyo3_runtime"  # where the exception for a fault within calamine comes from


def read_xls(path: Path, data: bytes, findings: Findings) -> tuple[Sheet, ...]:
    """Read every visible sheet; a damaged or unsafe file is a finding and gives no sheets."""
    try:
        return tuple(_sheets(path.name, data, findings))
    except RefusedError as refused:
        findings.extend([refused.finding])
    except (CalamineError, ValueError, struct.error, IndexError):
        message = "这个文件不是有效的 .xls 工作簿。"
        findings.error("D102", Place(path.name), message, "请用 Excel 或 WPS 另存为 .xlsx。")
    return ()


def _sheets(file: str, data: bytes, findings: Findings) -> Iterator[Sheet]:
    try:
        facts = survey(data)
    except LockedError:
        locked(file)
    for own in facts:
        _check_extent(file, own)
    for name, own in zip(_contents(data), facts, strict=True):
        if name:
            yield _sheet(file, *name, own, findings)


_Rows = Sequence[Sequence[object]]
_Contents = tuple[str, tuple[Range, ...], _Rows]


def _contents(data: bytes) -> list[_Contents | None]:
    """Name, merged areas and rows of each sheet, ``None`` for one that is not seen."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                _content(book.get_sheet_by_index(number))
                if kind.visible is SheetVisibleEnum.Visible and kind.typ is SheetTypeEnum.WorkSheet
                else None
                for number, kind in enumerate(book.sheets_metadata)
            ]
    except BaseException as error:  # calamine's own faults are no Exception
        if type(error).__module__ != _PANIC:
            raise
        raise DamagedError from error


def _content(sheet: CalamineSheet) -> _Contents:
    """Calamine counts from 0, and has no grid for an empty sheet."""
    merged = tuple(
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    rows: _Rows = sheet.to_python(skip_empty_area=False) if sheet.start is not None else ()
    return sheet.name, merged, rows


def _check_extent(file: str, facts: Facts) -> None:
    """Our readers walk from A1 to the last cell, and calamine holds a grid of all between."""
    if facts.rows * facts.columns > MOST_CELLS:
        row, column = facts.last
        message = (
            f"到这个单元格为止，表有 {facts.rows:,} 行 {facts.columns:,} 列，"
            f"超过 {MOST_CELLS:,} 格；它可能是误填，或只有格式。"
        )
        place = Place.cell(file, facts.name, f"{column_letters(column)}{row}")
        raise RefusedError(Finding("D121", Severity.ERROR, place, message, MEND_EXTENT))


def _sheet(
    file: str,
    name: str,
    merged: tuple[Range, ...],
    rows: _Rows,
    facts: Facts,
    findings: Findings,
) -> Sheet:
    area = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merged)
    if area > MOST_CELLS:
        refuse(Place.cell(file, name), f"合并单元格的区域超过 {MOST_CELLS:,} 格。")
    cells = [Cell(*spot, error, "D109") for spot, error in facts.errors.items()]
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value != "" and (number, column) not in facts.errors:
                cells.append(_cell(file, name, (number, column), value, facts, findings))
    return sheet_of(file, name, cells, merged)


def _cell(
    file: str, name: str, spot: Spot, value: object, facts: Facts, findings: Findings
) -> Cell:
    if is_error(value):
        return Cell(*spot, str(value), "D109")
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # what a formula gives: a code is 2080101, not 2080101.0
    row, column = spot
    place = Place.cell(file, name, f"{column_letters(column)}{row}")
    return Cell(*spot, content_of(value, place, findings), format=facts.formats.get(spot, ""))
