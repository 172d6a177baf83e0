"""Forms as the published ones are drawn, with their merged cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Change = Callable[[Worksheet], object]

# Each line: cells by column letter; "A1:B2" keys are merged.
WITH_SOURCES: list[dict[str, Any]] = [
    {"A:J": "人才教育培训项目支出绩效自评表"},
    {"A:J": "（2022年度）"},
    {"A:B": "项目名称", "C:J": "人才教育培训"},
    {"A:B": "主管部门及代码", "C:F": "144-市人社局", "G:H": "预算单位", "I:J": "001-市人社局"},
    {
        "A+3": "项目资金预算安排及执行进度（万元）",
        "C:D": "年初预算数",
        "E+1": "全年预算数",
        "F+1": "全年执行数",
        "G+1": "资金结（转）余",
        "H+1": "执行率",
        "I+1": "得分",
    },
    {"C": "目标申报数", "D": "预算编制数"},
    {"B": "资金总额：", "C": 50, "D": 50, "E": 18.451, "F": 18.451, "G": 0, "H": 100, "I": 10},
    {"B": "市县区财政资金", "C": 50, "D": 50, "E": 18.451, "F": "18.451", "G": 0, "H": "100.00"},
    {"A+1": "项目年度绩效目标", "B:E": "年度目标", "F:J": "实际完成情况"},
    {"B:E": "提高业务水平。", "F:J": "培训170名干部。"},
    {
        "A+4": "绩效指标",
        "B": "一级指标",
        "C": "二级指标",
        "D": "三级指标",
        "E": "年初指标值",
        "F": "调整后指标值",
        "G": "实际完成值",
        "H": "分值",
        "I": "得分",
        "J": "偏差原因分析及改进措施",
    },
    {"B+1": "产出指标", "C+1": "数量指标", "D": "机关", "E": "≥30人", "F": "≥30人", "G": "≥28人",
     "H": 10, "I": 10, "J": "有两人未参加"},
    {"D": "事业单位", "E": "≥1次", "F": "≥1次", "G": "≥2次", "H": 40, "I": 40},
    {"B": "效益指标", "C": "社会效益指标", "D": "能力提升率", "E": "=30%", "F": "=30%", "G": 0.3,
     "H": 30, "I": 30},
    {"B": "满意度指标", "C": "服务对象满意度", "D": "满意度", "E": "≥95%", "F": "≥95%",
     "G": "≥95%", "H": "10分", "I": "10分"},
    {"A:H": "总 分", "I": 100, "J": "优"},
    {"A+2": "项目绩效分析", "B+1": "自评结果分析", "C:D": "项目实施的预算执行情况",
     "E:J": "按期完成。"},
    {"C:D": "产出情况及分析", "E:J": "两期。"},
    {"B:D": "项目管理中存在的主要问题及原因分析", "E:J": "无"},
    {"A:J": "备注：1. “年初预算数”项下为并列关系。"},
    {"A:J": "2. “全年预算数”的取数规则。"},
]  # fmt: skip
WITH_POINTS: list[dict[str, Any]] = [
    {"A:H": "区级预算项目支出绩效自评表"},
    {"A:H": "（2021 年度）"},
    {"H": "金额单位：万元"},
    {"A:B": "项目名称", "C:D": "人社专网费（高新区）", "E": "主管部门", "F:H": "高新区管委会"},
    {"A+4": "项目预算执行情况 (10分)", "C": "年初预算数", "D": "全年预算数 (A)",
     "E": "全年执行数 (B)", "F": "分值", "G": "执行率 (B/A)", "H": "得分"},
    {"B": "年度资金总额", "C": 8.22, "D": 8.22, "E": 6.82, "F": 10, "G": "82.91%", "H": 8.29},
    {"B": "其中：当年财政拨款", "C": 8.22, "D": 6.82, "E": 6.82, "F": "-", "H": "-"},
    {"B": "上年结转资金"},
    {"B": "其他资金"},
    {"A+1": "年度总体目标", "B:D": "年初预期目标", "E:H": "目标实际完成情况"},
    {"B:D": "保障数据传输。", "E:H": "完成。"},
    {"A": "绩效指标", "B": "一级指标", "C": "二级指标", "D": "三级指标", "E": "年度指标值 (A)",
     "F": "实际完成 指标值 (B)", "G": "分值", "H": "得分", "I": "偏差原因分 析 及改进措施"},
    {"A+2": "年度绩效指标", "B+1": "产出指标 (50分)", "C": "数量指标", "D": "社区数", "E": "70个",
     "F": "70个", "G": 10, "H": 10},
    {"C": "成本指标", "D": "费用控制率", "E": "≤100%", "F": "83%", "G": 40, "H": 40,
     "I": "成本较预期减低"},
    {"B": "满意度指标（10分）", "C": "服务对象满意度指标", "D": "满意度", "E": "≥95%", "F": "95%",
     "G": 40, "H": 40},
    {"A:C": "总分", "D:I": "98.29分"},
]  # fmt: skip


def _fill(sheet: Worksheet, lines: Iterable[dict[str, Any]]) -> None:
    for number, line in enumerate(lines, start=1):
        for key, value in line.items():
            columns, _, more = key.partition("+")
            first, _, last = columns.partition(":")
            # a cell that reaches down covers what is below it: merge after all is written
            sheet[f"{first}{number}"] = value
            if isinstance(value, str):
                sheet[f"{first}{number}"].data_type = "s"  # =30% is a target, no formula
            if key != first:
                end = f"{last or first}{number + int(more or 0)}"
                sheet.merge_cells(f"{first}{number}:{end}")


def draw(path: Path, *forms: list[dict[str, Any]], change: Change | None = None) -> Path:
    """Write a workbook with a form a sheet; ``change`` the first of them."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, lines in enumerate(forms, start=1):
        _fill(book.create_sheet(f"Sheet{number}"), lines)
    if change:
        change(book.worksheets[0])
    book.save(path)
    return path
