"""本年数: a document without published tables has its figures from a sheet, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.findings import Finding, Severity
from reportgen.language.marks import strip
from reportgen.model import NOT_GIVEN, Absent, Figure
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.prepare import prepare

TEMPLATES = Path(__file__).parents[1] / "data" / "templates"
HEADS = ("表", "行", "列", "本年数", "单位", "名称")
LINES: tuple[tuple[Any, ...], ...] = (
    ("", "收入总计", "", 100, "万元"),
    ("表01", "62", "", 100, "万元"),
    ("", "机关运行经费", "", 12.5, "万元"),
    ("", "公务用车保有量", "", 3, "辆"),
    ("表03", "合计", "", 90, "万元"),
    ("表05", "合计", "", 60, "万元"),
    ("表05", "208 社会保障和就业支出", "", 50, "万元"),
    ("表05", "210", "", 10, "万元", "卫生健康支出"),
    ("表05", "210", "项目支出", 4, "万元"),
    ("表07", "", "决算数/合计", 3, "万元"),
    ("表07", "", "预算数/合计", 4, "万元"),
)
SETTINGS = """\
模板: final-accounts/figures-only
单位: 某市某局
年度: 2021
文件: {补充数据: 补充数据.xlsx}
"""


def report(folder: Path, lines: Any = LINES, settings: str = SETTINGS) -> Prepared:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheets = {
        "本年数": [HEADS, *lines],
        "上年数": [("表", "行", "列", "上年数", "单位"), ("", "收入总计", "", 80, "万元")],
        "年初预算": [
            ("科目编码", "科目名称", "年初预算数", "单位"),
            ("208", "社会保障和就业支出", 40, "万元"),
            ("213", "农林水支出", 5, "万元"),
        ],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "补充数据.xlsx")
    (folder / "report.yaml").write_text(settings, encoding="utf-8")
    return prepare(Job(folder, TEMPLATES), Gate.NARRATIVE, layouts=("report.md",))


def told(prepared: Prepared, code: str) -> list[Finding]:
    return [finding for finding in prepared.findings if finding.code == code]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return report(tmp_path_factory.mktemp("本年数"))


def test_nothing_is_wrong(prepared: Prepared) -> None:
    assert [f for f in prepared.findings if f.severity is not Severity.NOTE] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("收入总计", 1000000), ("支出总计", 1000000), ("本年支出合计", 900000), ("公务用车保有量", 3)],
)
def test_a_name_has_its_figure_from_a_line_or_from_a_cell(
    prepared: Prepared, name: str, value: int
) -> None:
    figure = prepared.context[name]
    assert isinstance(figure, Figure)
    assert figure.value == value
    assert figure.key == name
    assert figure.places[0].sheet == "本年数"


def test_what_is_not_given_is_absent_and_never_zero(prepared: Prepared) -> None:
    context = prepared.context
    for value in (
        context["财政拨款收入"],
        context["表05"]["208", "项目支出"],
        context["表05"]["2080101", "小计"],
        context["表01"].row("27").first,
    ):
        assert isinstance(value, Absent)
        assert value.reason == NOT_GIVEN


def test_only_the_given_classes_are_there_and_those_of_the_budget(prepared: Prepared) -> None:
    rows = prepared.context["表05"].lookup("类")
    assert [(row.key, row.label, row.printed) for row in rows] == [
        ("208", "社会保障和就业支出", True),
        ("210", "卫生健康支出", True),
        ("213", "农林水支出", False),
    ]


def test_the_sentences_and_the_titles_are_printed(prepared: Prepared) -> None:
    text = strip(prepared.sections["说明"].markdown)
    assert "收入总计1,000,000.00元，增加200,000.00元，增长25%。" in text
    assert "“三公”经费30,000.00元，完成全年预算的75.00%。车辆3辆。" in text
    assert "社会保障和就业支出500,000.00元，完成年初预算的125.00%。" in text
    assert [table.lookup("标题") for table in prepared.context["表格"]][:2] == [
        "收入支出决算总表",
        "收入决算表",
    ]


def test_rules_over_what_is_not_given_are_one_note(prepared: Prepared) -> None:
    notes = [f for f in told(prepared, "D200") if NOT_GIVEN in f.message]
    assert len(notes) == 1
    assert "D302" in notes[0].message


def test_the_given_classes_are_added_up(tmp_path: Path) -> None:
    wrong = [("表05", "合计", "", 61, "万元"), *(x for x in LINES if x[:3] != ("表05", "合计", ""))]
    found = told(report(tmp_path, wrong), "D211")
    assert [(f.severity, f.place.address) for f in found] == [(Severity.ERROR, "D2")]


def test_a_figure_that_a_sentence_wants_is_missed(tmp_path: Path) -> None:
    prepared = report(tmp_path, LINES[1:])
    assert ["收入总计" in f.message for f in told(prepared, "N102")] == [True]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (("", "收入总记", "", 1), "D115", "未知的名称“收入总记”"),
        (("表99", "合计", "", 1), "D115", "未知的表“表99”"),
        (("表01", "没有的行", "", 1), "D115", "没有“没有的行”这一行"),
        (("表05", "合计", "没有的栏", 1), "D115", "没有“没有的栏”这一栏"),
        (("表05", "20", "", 1), "D112", "“20”不是科目编码"),
        (("表05", "217", "", 1), "D112", "编码 217 没有名称"),
        (("", "", "", 1), "D115", "没有写是哪个数"),
        (("", "支出总计", "", "约一百"), "D108", "“支出总计”应为数字"),
        (("", "支出总计", "", 1, "万"), "D111", "单位“万”不能识别"),
        (("", "机关运行经费", "", 1), "D107", "已在"),
        (("", "三公经费", "", 3, "万元"), "D126", "“三公经费”由决算表算出"),
    ],
)
def test_bad_lines_are_findings_at_their_cell(
    tmp_path: Path, line: tuple[Any, ...], code: str, said: str
) -> None:
    found = told(report(tmp_path, [*LINES, line]), code)
    assert [said in finding.message for finding in found] == [True]
    assert found[0].place.sheet == "本年数"
    assert str(found[0].place).endswith("13")


def test_a_table_of_the_workbook_is_not_given_twice(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    rows = [
        ("一般公共预算财政拨款支出决算表",),
        ("公开05表", "金额单位：万元"),
        ("功能分类科目编码", "科目名称", "小计", "基本支出", "项目支出"),
        ("", "合计", 1, 1, 0),
    ]
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "决算表.xlsx")
    found = told(report(tmp_path), "D126")
    assert [str(finding.place) for finding in found] == ["补充数据.xlsx[本年数]!B7"]


def test_last_year_of_a_table_without_this_year_is_a_finding(tmp_path: Path) -> None:
    without = [line for line in LINES if line[0] != "表05"]
    found = told(report(tmp_path, without), "D115")
    assert {f.message for f in found} == {"“表05”没有本年数，这一行用不上。"}


def test_a_bundle_that_prints_its_tables_needs_them(tmp_path: Path) -> None:
    settings = SETTINGS.replace("figures-only", "shandong-2021").replace("{补", "{决算表: null, 补")
    found = told(report(tmp_path, settings=settings), "D101")
    assert [f.place.file for f in found] == ["决算表.xlsx"]
