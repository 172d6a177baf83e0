"""上年数 of what is counted: 批次 and 辆 as well as 元, and no unit at all."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.model import Figure, Kind
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.prepare import prepare

TEMPLATES = Path(__file__).parents[1] / "data" / "templates"
NAMES = {"批次": "接待批次", "辆": "公务用车保有量", "": "公务用车购置数", "万元": "接待人次"}
SETTINGS = """\
模板: final-accounts/figures-only
单位: 某市某局
年度: 2021
文件: {补充数据: 补充数据.xlsx}
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("上年的个数")
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "上年数": [
            ("表", "行", "列", "上年数", "单位"),
            *((None, name, None, 15, unit) for unit, name in NAMES.items()),
            (None, "公务接待费", None, 15, "只"),
        ],
        "机构运行": [
            ("项目", "统计数"),
            *((f"国内公务接待{word}", 12) for word in ("批次", "人次")),
            *((f"国（境）外公务接待{word}", 0) for word in ("批次", "人次")),
            ("公务用车保有量", 16),
            ("公务用车购置数", 15),
        ],
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "补充数据.xlsx")
    (folder / "report.yaml").write_text(SETTINGS, encoding="utf-8")
    return prepare(Job(folder, TEMPLATES), Gate.DATA)


@pytest.mark.parametrize("unit", ["批次", "辆", ""])
def test_last_years_count(prepared: Prepared, unit: str) -> None:
    figure = prepared.context[NAMES[unit]]
    assert isinstance(figure, Figure)
    last = figure.lookup("上年")
    assert isinstance(last, Figure)
    assert (last.kind, last.value) == (Kind.COUNT, Decimal(15))


def test_money_stays_money_where_the_line_says_so(prepared: Prepared) -> None:
    last = prepared.context[NAMES["万元"]].lookup("上年")
    assert (last.kind, last.value) == (Kind.AMOUNT, Decimal(150000))


def test_another_word_is_no_unit(prepared: Prepared) -> None:
    told = [f for f in prepared.findings if f.code == "D111"]
    assert [(f.place.address, f.message) for f in told] == [("E6", "单位“只”不能识别。")]
