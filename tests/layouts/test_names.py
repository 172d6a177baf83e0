"""Who fills in calls a table by the number that is printed on it, whatever rules call it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.findings import Findings
from reportgen.model import Figure, table_names
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.prepare import prepare
from tests.layouts.books import write_tables
from tests.layouts.test_provinces import CASES, DATA

NAME = "final-accounts/sichuan-2022"
LINES = (
    ("表06", "201", "", 80, "万元"),
    ("公开13表", "", "决算数/公务接待费", 3, "万元"),
    ("一般公共预算财政拨款项目支出决算表", "合计", "", 15, "万元"),
    ("表05", "合计", "", 99, "万元"),
    ("表99", "合计", "", 99, "万元"),
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("表名")
    templates = Path(shutil.copytree(DATA, folder / "模板"))
    bundle = load_bundle(NAME, search_path(templates), Findings())
    assert bundle
    write_tables(folder / "决算表.xlsx", bundle.profiles, CASES["sichuan-2022"])
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "上年数"
    for row in (("表", "行", "列", "上年数", "单位"), *LINES):
        sheet.append(row)
    book.save(folder / "补充数据.xlsx")
    text = (
        f"模板: {NAME}\n单位: 某市某局\n年度: 2022\n上年: 有\n文件: {{补充数据: 补充数据.xlsx}}\n"
    )
    (folder / "report.yaml").write_text(text, encoding="utf-8")
    return prepare(Job(folder, templates), Gate.DATA)


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        pytest.param("表05", "201", "小计", 800000, id="表06"),
        pytest.param("表07", "1", "决算数/公务接待费", 30000, id="公开13表"),
        pytest.param("项目支出表", "合计", "项目支出", 150000, id="title"),
        pytest.param("明细表", "合计", "合计", 990000, id="the number before the name"),
    ],
)
def test_last_year_stands_where_the_number_says(
    prepared: Prepared, table: str, row: str, column: str, value: int
) -> None:
    figure = prepared.context[table].row(row)[column]
    assert isinstance(figure, Figure)
    before = figure.relations["上年"]
    assert isinstance(before, Figure)
    assert before.value == value


def test_a_table_that_nobody_has_is_told(prepared: Prepared) -> None:
    told = [str(f.place) for f in prepared.findings if "未知的表" in f.message]
    assert told == ["补充数据.xlsx[上年数]!D6"]


def test_figures_are_addressed_by_the_number(prepared: Prepared) -> None:
    figure = prepared.context["一般公共预算财政拨款支出"]
    assert figure.key == "一般公共预算财政拨款支出"
    assert prepared.context["表05"].row("201")["基本支出"].key == "表06/201/本年支出/基本支出"
    assert prepared.context["表07"].rows[0]["决算数/公务接待费"].key == "表13/1/决算数/公务接待费"


def test_findings_name_the_published_table(prepared: Prepared) -> None:
    assert prepared.bundle
    names = table_names(prepared.bundle.profiles)
    assert names["表05"] == "明细表"
    assert names["项目支出表"] == "项目支出表"
    assert not [f for f in prepared.findings if re.search("明细表“|项目支出表“", f.message)]
