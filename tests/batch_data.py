"""Workbooks of projects for tests: sound ones, to be made odd."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from reportgen.model.project import FUND_COLUMNS as FUNDS
from reportgen.model.project import INDICATOR_COLUMNS as INDICATORS
from reportgen.model.project import PROJECT_COLUMNS as PROJECTS

_ANALYSIS = PROJECTS[-7:]
Cell = str | float | None


def batch_of(
    book: Path, out: Path, *more: str, template: str = "self-evaluation/shanxi"
) -> list[str]:
    """The arguments of a run over a workbook."""
    return ["batch", str(book), "-t", template, "-o", str(out), "--year", "2022", *more]


@dataclass
class Formula:
    """A formula and its result; ``None`` where it was never calculated."""

    text: str
    result: str | float | None = None


@dataclass
class Percent:
    """A number shown as a percentage."""

    value: float


@dataclass
class Sample:
    """One project as rows of the three sheets."""

    row: dict[str, Any]
    funds: list[dict[str, Any]] = field(default_factory=list)
    indicators: list[dict[str, Any]] = field(default_factory=list)


def sample(number: int, name: str = "", indicators: int = 3) -> Sample:
    """A sound project: nothing is found in it."""
    name = name or f"公共就业服务项目{number}"
    row = {
        "序号": number,
        "项目名称": name,
        "级次": "本级支出",
        "主管部门": "市人力资源和社会保障局",
        "预算单位": "市公共就业服务中心",
        "资金使用单位": "市公共就业服务中心",
        "年度目标": "做好公共就业服务，按时兑现各项补贴。",
        "实际完成情况": "全年服务工作按计划完成，补贴按时兑现。",
        "公开自评表": "是",
        "涉密": "否",
        **dict.fromkeys(_ANALYSIS, "按计划完成。"),
    }
    amount = 100 + number % 997
    budget = dict.fromkeys(("目标申报数", "预算编制数", "年初预算数", "全年预算数"), amount)
    funds = [
        {"项目名称": name, "资金来源": source, **budget, "全年执行数": amount - 4.5}
        for source in ("年度资金总额", "其中：当年财政拨款")
    ]
    rows = [_indicator(name, n, indicators, 60 + number % 13) for n in range(indicators)]
    return Sample(row, funds, rows)


def _indicator(name: str, number: int, count: int, done: int) -> dict[str, Any]:
    """One of several indicators whose weights make 90."""
    weight = 90 // count + (90 % count if number == 0 else 0)
    first, second = ("产出指标", "数量指标") if 2 * number < count else ("效益指标", "社会效益指标")
    return {
        "项目名称": name,
        "一级指标": first,
        "二级指标": second,
        "三级指标": f"服务对象人数{number + 1}",
        "年初指标值": "≥56人",
        "调整后指标值": "≥56人",
        "实际完成值": f"{done}人",
        "分值": weight,
    }


def write_book(path: Path, samples: list[Sample]) -> Path:
    """Write the workbook; texts stay texts, whatever they begin with."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(path, options) as book:
        percent = book.add_format({"num_format": "0%"})
        sheets = {
            "项目": (PROJECTS, [one.row for one in samples]),
            "资金": (FUNDS, [row for one in samples for row in one.funds]),
            "指标": (INDICATORS, [row for one in samples for row in one.indicators]),
        }
        for title, (columns, rows) in sheets.items():
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, columns)
            for number, row in enumerate(rows, start=1):
                for column, name in enumerate(columns):
                    _put(sheet, number, column, row.get(name), percent)
    return path


def _put(sheet: Any, row: int, column: int, value: Any, percent: Any) -> None:
    if isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, None, value.result or "")
    elif isinstance(value, Percent):
        sheet.write_number(row, column, value.value, percent)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)
