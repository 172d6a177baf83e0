"""检查结果.xlsx: findings and waivers as a workbook to pass on and tick off."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from reportgen.findings import Finding
from reportgen.outputs.result import Result, one_line
from reportgen.outputs.widths import row_height

FINDINGS_HEAD = {
    "代码": 8,
    "标题": 24,
    "级别": 8,
    "位置": 34,
    "说明": 70,
    "处理": 40,
    "豁免理由": 40,
}
WAIVERS_HEAD = {"代码": 8, "标题": 30, "理由": 70, "位置": 20, "豁免的问题": 12}
_A4 = 9
_LONGEST = 32_000  # a cell of a workbook holds 32,767 characters


def results_workbook(result: Result) -> bytes:
    """The workbook: sheets 检查结果 and 豁免; every text stays a text."""
    # a check that shows its findings on a terminal need not know how a workbook is written
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = ""
    findings = (_finding(finding, result) for finding in result.findings.sorted())
    _fill(book.active, "检查结果", FINDINGS_HEAD, findings)
    waivers = (
        (w.code, result.title(w.code), w.reason, str(w.place), len(result.accepted(w)))
        for w in result.waivers
    )
    _fill(book.create_sheet(), "豁免", WAIVERS_HEAD, waivers)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _finding(finding: Finding, result: Result) -> Sequence[str]:
    title, severity = result.title(finding.code), str(finding.severity)
    where, waiver = str(finding.place), finding.waiver
    return finding.code, title, severity, where, finding.message, finding.hint, waiver


def _fill(
    sheet: Any, title: str, head: dict[str, int], rows: Iterable[Sequence[str | int]]
) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.title = title
    for number, row in enumerate((tuple(head), *rows), start=1):
        height = row_height(zip(map(str, row), head.values(), strict=True))
        sheet.row_dimensions[number].height = height
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _put(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=number == 1)
    for cell, width in zip(sheet[1], head.values(), strict=True):
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.paperSize = _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.auto_filter.ref = sheet.dimensions


def _put(cell: Any, value: str | int) -> None:
    """A number as a number; a text as a text, also where it begins like a formula."""
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = one_line(value)[:_LONGEST]
    if value.startswith(("=", "+", "-", "@")):
        cell.data_type = "s"
        cell.quotePrefix = True
