"""项目.xlsx: projects with their funds and indicators, joined by 项目名称."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.utils import get_column_letter

from reportgen.findings import Findings, nearest
from reportgen.model import Fund, Kind, Project, SheetRow
from reportgen.model.project import FUND_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from reportgen.sources.cells import Sheet
from reportgen.sources.figures import Unit, read_figure
from reportgen.sources.lists import Record, find_sheet, named_lists, read_list
from reportgen.sources.workbook import read_workbook

_AMOUNTS = FUND_COLUMNS[3:]
_YES_OR_NO = ("公开自评表", "涉密")
_SCORES = ("自评得分", "分值", "得分")
_TEN_THOUSAND = Unit("万元", decimals=6)
_SCORE = Unit("分", Kind.SCORE)


def read_projects(paths: Sequence[Path], findings: Findings) -> tuple[Project, ...]:
    """Read the workbooks; a row that belongs to no project is a finding with its place."""
    read = [sheet for path in paths for sheet in read_workbook(path, findings)]
    sheets = named_lists(read, ("项目", "资金", "指标"), findings)
    if not sheets:
        return ()
    projects = _frame(sheets, "项目", PROJECT_COLUMNS, findings, keep_unknown=True)
    if projects.empty:
        return ()
    funds = _grouped(_frame(sheets, "资金", FUND_COLUMNS, findings), projects, findings)
    marks = _grouped(_frame(sheets, "指标", INDICATOR_COLUMNS, findings), projects, findings)
    _report_repeated(projects, findings)
    return tuple(
        _project(row, funds.get(row["项目名称"], []), marks.get(row["项目名称"], []), findings)
        for row in projects.drop_duplicates("项目名称").to_dict("records")
    )


def _frame(
    sheets: Sequence[Sheet],
    name: str,
    columns: Sequence[str],
    findings: Findings,
    *,
    keep_unknown: bool = False,
) -> pd.DataFrame:
    """A sheet's records as a frame: 项目名称 for joining, and the record with its cells."""
    sheet = find_sheet(sheets, name)
    if sheet is None:
        file = sheets[0]
        message = f"缺少工作表“{name}”。"
        findings.error("D103", file.spot, message, f"表头为：{'、'.join(columns)}。")
        return pd.DataFrame({"项目名称": [], "记录": []}, dtype=object)
    records = read_list(sheet, columns, findings, required=("项目名称",), keep_unknown=keep_unknown)
    named = [record for record in records if record.text("项目名称")]
    for record in records:
        if not record.text("项目名称"):
            findings.error("D115", record.place("项目名称"), "这一行没有项目名称。", "请补上。")
    names = [record.text("项目名称") for record in named]
    return pd.DataFrame({"项目名称": names, "记录": named}, dtype=object)


def _grouped(
    frame: pd.DataFrame, projects: pd.DataFrame, findings: Findings
) -> Mapping[Hashable, list[Record]]:
    known = projects[["项目名称"]].drop_duplicates()
    joined = frame.merge(known, on="项目名称", how="left", indicator=True)
    for row in joined[joined["_merge"] == "left_only"].to_dict("records"):
        record = row["记录"]
        hint = nearest(row["项目名称"], known["项目名称"]) or "请在“项目”表补上这个项目。"
        message = f"“项目”表没有“{row['项目名称']}”。"
        findings.error("D115", record.place("项目名称"), message, hint)
    groups = joined[joined["_merge"] == "both"].groupby("项目名称", sort=False)
    return {name: list(group["记录"]) for name, group in groups}


def _report_repeated(projects: pd.DataFrame, findings: Findings) -> None:
    for row in projects[projects.duplicated("项目名称")].to_dict("records"):
        message = f"项目“{row['项目名称']}”出现两次。"
        findings.error("D107", row["记录"].place("项目名称"), message, "请合并为一行。")


def _project(
    row: Mapping[Hashable, Any],
    funds: Sequence[Record],
    indicators: Sequence[Record],
    findings: Findings,
) -> Project:
    record: Record = row["记录"]
    if record.text("涉密") == "是" and record.text("公开自评表") == "是":
        message = f"涉密的项目“{row['项目名称']}”不能公开自评表。"
        findings.error("D115", record.place("公开自评表"), message, "请改为“否”，或核对是否涉密。")
    return Project(
        name=row["项目名称"],
        fields=_fields(record, PROJECT_COLUMNS, findings),
        funds=tuple(_fund(fund, findings) for fund in funds),
        indicators=tuple(_fields(line, INDICATOR_COLUMNS, findings) for line in indicators),
        row=_row(record),
        indicator_rows=tuple(_row(line) for line in indicators),
    )


def _row(record: Record) -> SheetRow:
    letters = {name: get_column_letter(cell.column) for name, cell in record.cells.items()}
    return SheetRow(record.sheet.file, record.sheet.part, record.number, letters)


def _fields(record: Record, columns: Sequence[str], findings: Findings) -> dict[str, Any]:
    """Every column of the sheet, and ``None`` for known columns that it lacks."""
    names = dict.fromkeys((*record.cells, *columns))
    return {name: _field(record, name, findings) for name in names}


def _field(record: Record, name: str, findings: Findings) -> Any:
    """A score is a figure, everything else is text; an empty cell is ``None``."""
    if record.cell(name).is_blank:
        return None
    if name in _YES_OR_NO and record.text(name) not in ("是", "否"):
        message = f"“{name}”填了“{record.text(name)}”，只能填是或否。"
        findings.error("D115", record.place(name), message, "请改填。")
    if name in _SCORES:
        return read_figure(record.sheet, record.cell(name), name, _SCORE, findings)
    return record.text(name)


def _fund(record: Record, findings: Findings) -> Fund:
    amounts = {
        name: read_figure(record.sheet, record.cell(name), name, _TEN_THOUSAND, findings)
        for name in _AMOUNTS
        if not record.cell(name).is_blank
    }
    return Fund(record.text("资金来源"), amounts)
