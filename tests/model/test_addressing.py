"""Tables are addressed by what stands in their margins: DESIGN, section 3."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportgen.language import Unknown, compile_expression
from reportgen.model import Blank, Figure, Row, RowList, Table, printed_rows
from reportgen.narrative import narrative_environment
from reportgen.pipeline.job import Gate, Job
from reportgen.pipeline.prepare import prepare

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022"


@pytest.fixture(scope="module")
def names() -> Mapping[str, Any]:
    return prepare(Job(EXAMPLE), upto=Gate.DATA).context


def evaluate(source: str, names: Mapping[str, Any]) -> Any:
    return compile_expression(narrative_environment(), source)(names)


@pytest.mark.parametrize(
    ("source", "value", "cell"),
    [
        ("表03['合计','基本支出']", "8714163.94", "公开03表]!D7"),
        ("表03['合计', '本年支出合计']", "62287177.64", "公开03表]!C7"),
        ("表03['合计'，'基本支出']", "8714163.94", "公开03表]!D7"),
        ("表05['2080102','项目支出']", "1424321.20", "公开05表]!E11"),
        ("表05['一般行政管理事务','项目支出']", "1424321.20", "公开05表]!E11"),
        ("表05['社会保障和 就业支出','小计']", "61443664.55", "公开05表]!C8"),
        ("表01.行[27]", "62298177.64", "公开01表]!C33"),
        ("表01.行[58]", "62287177.64", "公开01表]!F33"),
        ("表04.行[59]['支出/一般公共预算财政拨款']", "62281177.64", "公开04表]!G33"),
        ("表04.行[64]['合计']", "62281177.64", "公开04表]!F38"),
        ("表06['30103','基本支出']", "1056434.84", "公开06表]!D9"),
        ("表06['30208','其中：基本支出']", "259280", "公开06表]!H14"),
        ("表06['人员经费合计','基本支出']", "7663859.60", "公开06表]!D34"),
        ("表06['公用经费合计','金额']", "15642347.01", "公开06表]!O34"),
        ("表07['决算数/合计']", "20288.20", "公开07表]!G8"),
        ("表07['预算数/合计']", "71000", "公开07表]!A8"),
        ("表07['决算数/公务用车购置及运行维护费/小计']", "11585.20", "公开07表]!I8"),
        ("表07['决算数/因公出国（境）费']", "0", "公开07表]!H8"),
        ("表10.行[15]", "7", "公开10表]!C23"),
        ("求和(表03.类, '项目支出')", "53573013.70", "公开03表]!E8"),
        ("表03.类['208']['基本支出']", "7876650.85", "公开03表]!D8"),
    ],
)
def test_address(source: str, value: str, cell: str, names: Mapping[str, Any]) -> None:
    figure = evaluate(source, names)
    assert isinstance(figure, Figure)
    assert figure.value == Decimal(value)
    assert str(figure.places[0]).endswith(cell)


@pytest.mark.parametrize(
    "source",
    [
        "表03['合计','基本支处']",
        "表03['999','基本支出']",
        "表07['合计']",
        "表01.行[99]",
        "表03.目",
        "表03.类[208]",
        "表03['合计']['上年支出']",
    ],
)
def test_an_address_of_nothing_is_unknown(source: str, names: Mapping[str, Any]) -> None:
    assert isinstance(evaluate(source, names), Unknown)


def codes(rows: Any) -> list[str]:
    return [row.key for row in rows]


def test_levels(names: Mapping[str, Any]) -> None:
    table = names["表03"]
    assert codes(table.lookup("类")) == ["208", "210", "221"]
    assert codes(table.lookup("款"))[:2] == ["20801", "20805"]
    assert len(codes(table.lookup("项"))) == 12
    assert {len(code) for code in codes(table.lookup("项"))} == {7}


def test_a_fixed_table_has_the_classes_of_its_expenditure(names: Mapping[str, Any]) -> None:
    table = names["表04"]
    assert isinstance(table, Table)
    classes = table.lookup("类")
    assert isinstance(classes, RowList)
    called = [row.lookup("名称") for row in classes]
    assert called[0] == "一般公共服务支出"
    assert "社会保障和就业支出" in called
    assert not [name for name in called if "结转" in str(name) or "合计" in str(name)]
    assert not table.lookup("项")


def test_every_row_is_in_line(names: Mapping[str, Any]) -> None:
    rows = names["表03"].lookup("行")
    assert isinstance(rows, RowList)
    assert len(rows) == 23
    assert codes(rows)[0] == "合计"


def test_a_row_has_margins_and_figures(names: Mapping[str, Any]) -> None:
    row = names["表03"].row("2080104")
    assert isinstance(row, Row)
    assert row["科目名称"] == "综合业务管理"
    assert row["功能分类科目编码"] == "2080104"
    assert row["科目编码"] == "2080104"
    assert row.lookup("名称") == "综合业务管理"
    assert isinstance(row.lookup("用途"), Blank)
    assert isinstance(row.first, Figure)
    assert row.first.value == 1890513


def test_a_table_has_its_texts(names: Mapping[str, Any]) -> None:
    empty, full = names["表08"], names["表03"]
    assert isinstance(empty, Table)
    assert empty.lookup("空") is True
    assert full.lookup("空") is False
    assert empty.lookup("说明") == "说明：本表无数据"
    assert full.lookup("说明") == ""
    assert full.lookup("编号") == "公开03表"
    assert full.lookup("标题") == "支出决算表"
    for name in full.names():
        full.lookup(name)


def test_printed_lines_of_blocks_side_by_side(names: Mapping[str, Any]) -> None:
    lines = list(printed_rows(names["表01"]))
    assert len(lines) == 31
    assert lines[8]["收入/项目"] == ""
    assert lines[8]["收入/行次"] == "9"
    assert lines[8]["支出/项目"] == "九、卫生健康支出"
    figure = lines[8]["支出/决算数"]
    assert isinstance(figure, Figure)
    assert figure.value == Decimal("345419.33")


def test_a_use_is_that_of_the_row_in_every_column(names: Mapping[str, Any]) -> None:
    written = evaluate("表05['208', '小计'].用途", names)
    assert isinstance(written, str)
    assert evaluate("表05['208', '基本支出'].用途", names) == written
    blank = evaluate("表05['20801', '基本支出'].用途", names)
    assert isinstance(blank, Blank)
    assert blank.hint == "请在补充数据.xlsx的“用途”表补填：表“表05”，行“20801”。"
    named = evaluate("收入总计.用途", names)
    assert isinstance(named, Blank)
    assert named.hint == "请在补充数据.xlsx的“用途”表补填：行“收入总计”。"
