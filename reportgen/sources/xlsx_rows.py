"""Workbooks (.xlsx) read row by row, in little memory, whatever their length."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.parsers import expat

from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.sources.guard import is_safe
from reportgen.sources.streamed import DamagedError, Row, RowSheet, Stamp
from reportgen.sources.xlsx_parts import chunks, formats, listing
from reportgen.sources.xlsx_plain import PlainReader
from reportgen.sources.xlsx_survey import Covered, Survey, survey
from reportgen.sources.xlsx_texts import Texts
from reportgen.sources.xlsx_values import Values
from reportgen.sources.xlsx_xml import RowReader

_FAULTS = (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, LookupError, OSError)
_SAVE = "请用 Excel 或 WPS 另存为 .xlsx。"


def open_xlsx(path: Path, findings: Findings) -> tuple[RowSheet, ...]:
    """The visible sheets; a damaged or unsafe file is a finding and gives no sheets."""
    if not is_safe(path, findings, streamed=True):
        return ()
    try:
        stamp = Stamp.of(path)
        found = listing(path)
        shared = Texts(path, found.strings)
        values = Values(shared, formats(path, found.styles), found.epoch)
        surveys = [(name, part, survey(path, part)) for name, part in found.sheets]
    except _FAULTS:
        message = "这个文件不是有效的 .xlsx 工作簿。"
        findings.error("D102", Place(path.name), message, _SAVE)
        return ()
    if not surveys:
        message, hint = "这个工作簿没有可见的工作表。", "请取消工作表的隐藏。"
        findings.error("D103", Place(path.name), message, hint)
    return tuple(
        RowSheet(
            path.name, name, partial(_rows, stamp, name, part, values, seen), merged=seen.merged
        )
        for name, part, seen in surveys
    )


def _rows(stamp: Stamp, name: str, part: str, values: Values, seen: Survey) -> Iterator[Row]:
    """The rows of a sheet; those of a file that was changed meanwhile would be other ones."""
    stamp.check()
    covered = Covered(seen.merged)
    reader = PlainReader(values) if seen.is_plain else RowReader(values)
    try:
        for chunk in chunks(stamp.path, part):
            for number, cells in reader.feed(chunk):
                for column in covered.columns(number) if seen.merged else ():
                    cells.pop(column, None)
                if cells:
                    yield number, cells
    except _FAULTS:
        stamp.check()
        place = Place.cell(stamp.path.name, name)
        message = f"第{reader.number}行起读不出来：行号、单元格的地址或内容有误。"
        finding = Finding("D102", Severity.ERROR, place, message, _SAVE)
        raise DamagedError(finding) from None
    stamp.check()
