"""The sheets of a workbook of projects, as rows that stream by."""

from __future__ import annotations

from pathlib import Path

from reportgen.findings import Findings
from reportgen.sources.streamed import RowSheet, row_sheet
from reportgen.sources.workbook import read_workbook


def open_sheets(path: Path, findings: Findings) -> tuple[RowSheet, ...]:
    """The visible sheets; a missing or damaged file is a finding and gives none."""
    return tuple(row_sheet(sheet) for sheet in read_workbook(path, findings))
