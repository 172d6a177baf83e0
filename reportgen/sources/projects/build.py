"""A project as it was read becomes one that templates and checks work with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from openpyxl.utils import column_index_from_string

from reportgen.findings import Findings
from reportgen.model import Fund, Kind, Project, SheetRow
from reportgen.model.project import FUND_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from reportgen.sources.cells import Sheet
from reportgen.sources.figures import Unit, read_figure, report_fault
from reportgen.sources.projects.raw import Head, RawProject, RawRow
from reportgen.sources.streamed import Fault, cell_of, text_of
from reportgen.sources.texts import clean

AMOUNTS = FUND_COLUMNS[3:]
_YES_OR_NO = ("公开自评表", "涉密")
_SCORES = ("自评得分", "分值", "得分")
_TEN_THOUSAND = Unit("万元", decimals=6)
_SCORE = Unit("分", Kind.SCORE)


def build(raw: RawProject, findings: Findings) -> Project:
    """The project of these rows; what is wrong in a cell is a finding, and no cell is lost."""
    check_secrecy(raw.row, findings)
    return Project(
        name=raw.name,
        fields=_fields(raw.row, PROJECT_COLUMNS, findings),
        funds=tuple(_fund(row, findings) for row in raw.funds),
        indicators=tuple(_fields(row, INDICATOR_COLUMNS, findings) for row in raw.indicators),
        row=_sheet_row(raw.row),
        indicator_rows=tuple(_sheet_row(row) for row in raw.indicators),
    )


def check_secrecy(row: RawRow, findings: Findings) -> None:
    """Whether a project is secret must be clear, and it must not be published then."""
    if row.text("涉密") not in ("是", "否", ""):
        _report_unclear(row, "涉密", row.text("涉密"), findings)
    if row.text("涉密") == "是" and row.text("公开自评表") == "是":
        message, hint = "涉密的项目不能公开自评表。", "请改为“否”，或核对是否涉密。"
        findings.error("D115", row.place("公开自评表"), message, hint)


def _report_unclear(row: RawRow, name: str, text: str, findings: Findings) -> None:
    message = f"“{name}”填了“{text}”，只能填是或否。"
    findings.error("D115", row.place(name), message, "请改填。")


def _sheet_row(row: RawRow) -> SheetRow:
    return SheetRow(row.head.file, row.head.sheet, row.number, _letters(row.head))


@lru_cache(maxsize=64)
def _letters(head: Head) -> dict[str, str]:
    return dict(zip(head.columns, head.letters, strict=True))


@lru_cache(maxsize=64)
def _sheet(head: Head) -> Sheet:
    """A sheet that knows how its cells are called."""
    return Sheet(head.file, head.sheet, {}, is_flat=not head.sheet)


def _fields(row: RawRow, columns: Sequence[str], findings: Findings) -> dict[str, Any]:
    """Every column of the sheet, and ``None`` for known columns that it lacks."""
    found = {name: _field(row, name, findings) for name in row.head.columns}
    return {**found, **dict.fromkeys(name for name in columns if name not in found)}


def _field(row: RawRow, name: str, findings: Findings) -> Any:
    """A score is a figure, everything else is text; an empty cell is ``None``."""
    if name in _SCORES:
        return read_number(row, name, _SCORE, findings)
    text = read_text(row, name, findings)
    if name in _YES_OR_NO and text not in ("是", "否", ""):
        _report_unclear(row, name, text, findings)
    return text or None


def read_text(row: RawRow, name: str, findings: Findings) -> str:
    """The text in a column, cleaned; '' with a finding for an error value."""
    value = row.value(name)
    if isinstance(value, Fault):
        _report(row, name, findings)
        return ""
    if isinstance(value, str):
        return clean(value, row.place(name), findings).strip()
    return text_of(value)


def read_number(row: RawRow, name: str, unit: Unit, findings: Findings) -> Any:
    """The figure in a column; ``None`` where it is blank or holds an error value."""
    value = row.value(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, Fault):
        _report(row, name, findings)
        return None
    column = row.head.letters[row.head.columns.index(name)]
    cell = cell_of(value, row.number, column_index_from_string(column))
    return read_figure(_sheet(row.head), cell, name, unit, findings)


def _report(row: RawRow, name: str, findings: Findings) -> None:
    value = row.value(name)
    column = row.head.letters[row.head.columns.index(name)]
    cell = cell_of(value, row.number, column_index_from_string(column))
    report_fault(_sheet(row.head), cell, name, findings)


def _fund(row: RawRow, findings: Findings) -> Fund:
    amounts = {name: read_number(row, name, _TEN_THOUSAND, findings) for name in AMOUNTS}
    for name in row.head.columns:
        if name not in AMOUNTS:
            read_text(row, name, findings)
    source = read_text(row, "资金来源", findings)
    return Fund(source, {name: value for name, value in amounts.items() if value is not None})
