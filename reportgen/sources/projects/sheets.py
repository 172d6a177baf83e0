"""The sheets of a workbook of projects, as rows that stream by."""

from __future__ import annotations

from pathlib import Path

from reportgen.findings import Findings
from reportgen.sources.streamed import RowSheet, row_sheet
from reportgen.sources.workbook import is_xlsx, read_workbook
from reportgen.sources.xlsx_rows import open_xlsx


def open_sheets(path: Path, findings: Findings) -> tuple[RowSheet, ...]:
    """The visible sheets; a missing or damaged file is a finding and gives none."""
    if is_xlsx(path):
        return open_xlsx(path, findings)
    return tuple(row_sheet(sheet) for sheet in read_workbook(path, findings))
