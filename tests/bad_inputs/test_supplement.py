"""补充数据.xlsx, 原因.xlsx and 项目.xlsx: sheets, columns and names that nobody asked for."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from reportgen.findings import Severity
from reportgen.pipeline.job import Gate, Job
from reportgen.pipeline.prepare import prepare

Found = Callable[..., Mapping[str, str]]
Write = Callable[..., None]
Book = Callable[..., None]
EXAMPLES = Path(__file__).parents[2] / "examples"
EXTRA, REASONS, PROJECTS = "补充数据.xlsx", "原因.xlsx", "项目.xlsx"


@pytest.mark.parametrize(
    ("place", "value", "head", "said"),
    [
        pytest.param(
            f"{EXTRA}[上年数]!B2", "收入总记", f"{EXTRA}[上年数]!D2 D115", "“收入总计”", id="name"
        ),
        pytest.param(
            f"{EXTRA}[上年数]!A13", "表5", f"{EXTRA}[上年数]!D13 D115", "“表05”", id="table"
        ),
        pytest.param(
            f"{EXTRA}[上年数]!C13",
            "小纪",
            f"{EXTRA}[上年数]!D13 D115",
            "没有“小纪”这一栏",
            id="column",
        ),
        pytest.param(
            f"{EXTRA}[上年数]!B13", "2080x", f"{EXTRA}[上年数]!D13 D115", "“2080x”这一行", id="row"
        ),
        pytest.param(
            f"{EXTRA}[上年数]!E2",
            "美元",
            f"{EXTRA}[上年数]!E2 D111",
            "“元”或“万元”；数量写它的单位，如“个”“辆”“批次”“人次”。",
            id="unit",
        ),
        pytest.param(
            f"{EXTRA}[年初预算]!A3",
            "社保",
            f"{EXTRA}[年初预算]!C3 D115",
            "“社保”这一行",
            id="budget",
        ),
        pytest.param(
            f"{EXTRA}[机构运行]!A5",
            "公务用车保有",
            f"{EXTRA}[机构运行]!A5 D115",
            "是否应为“公务用车保有量”",
            id="key",
        ),
        pytest.param(
            f"{EXTRA}[政府采购]!A2",
            "甲",
            f"{EXTRA}[政府采购]!A2 D115",
            "可用的项目：",
            id="far key",
        ),
        pytest.param(
            f"{EXTRA}[用途]!B10", "其它用车", f"{EXTRA}[用途]!B10 D115", "“其他用车”", id="use"
        ),
        pytest.param(
            f"{EXTRA}[用途]!A2", "表5", f"{EXTRA}[用途]!B2 D115", "“表05”", id="use of a table"
        ),
        pytest.param(
            f"{EXTRA}[绩效汇总]!B1", "各数", f"{EXTRA}[绩效汇总]!B1 D104", "“个数”", id="head"
        ),
        pytest.param(
            f"{REASONS}[原因]!C2", "收入总记", f"{REASONS}[原因]!C2 D115", "“收入总计”", id="reason"
        ),
        pytest.param(
            f"{REASONS}[原因]!C5",
            "表05/209",
            f"{REASONS}[原因]!C5 D115",
            "“209”这一行",
            id="row of it",
        ),
        pytest.param(
            f"{REASONS}[原因]!C5", "表5/208", f"{REASONS}[原因]!C5 D115", "“表05”", id="table of it"
        ),
        pytest.param(
            f"{REASONS}[原因]!D2", "去年", f"{REASONS}[原因]!D2 D115", "是否应为“上年”", id="base"
        ),
        pytest.param(
            f"{PROJECTS}[资金]!A14",
            "创业就业专向",
            f"{PROJECTS}[资金]!A14 D115",
            "是否应为“创业就业专项”",
            id="project of funds",
        ),
        pytest.param(
            f"{PROJECTS}[项目]!B13",
            None,
            f"{PROJECTS}[项目]!B13 D115",
            "没有项目名称",
            id="no name",
        ),
        pytest.param(
            f"{PROJECTS}[项目]!B13",
            "资料整理归档费用",
            f"{PROJECTS}[项目]!B13 D107",
            "出现两次",
            id="project twice",
        ),
    ],
)
def test_unknown(
    cell: Write, found: Found, place: str, value: str | None, head: str, said: str
) -> None:
    cell(place, value)
    told = found()
    assert next(iter(told)) == f"错误 {head}"
    assert said in told[f"错误 {head}"]


@pytest.mark.parametrize(
    ("file", "sheet", "title", "head", "said"),
    [
        pytest.param(
            EXTRA, "机构运行", "机构运型", "[机构运型] D115", "“机构运行”", id="supplement"
        ),
        pytest.param(EXTRA, "评价", "Sheet1", "[Sheet1] D115", "可用的工作表：", id="far name"),
        pytest.param(PROJECTS, "资金", "资今", "[项目] D103", "缺少工作表“资金”", id="projects"),
    ],
)
def test_sheets(
    book: Book, found: Found, file: str, sheet: str, title: str, head: str, said: str
) -> None:
    book(file, lambda workbook: setattr(workbook[sheet], "title", title))
    told = found()
    assert [where for where in told if not where.startswith("提示")] == [f"错误 {file}{head}"]
    assert said in told[f"错误 {file}{head}"]


def test_a_sheet_without_heads(book: Book, found: Found) -> None:
    def change(workbook: Workbook) -> None:
        workbook["政府采购"].delete_rows(1)

    book(EXTRA, change)
    told = found()
    assert list(told) == [f"错误 {EXTRA}[政府采购] D104"]
    assert "第一行应为：项目、" in told[f"错误 {EXTRA}[政府采购] D104"]


def test_a_code_that_only_last_year_had_is_no_fault(cell: Write, found: Found) -> None:
    cell(f"{EXTRA}[上年数]!B15", "229")
    assert found() == {}


@pytest.mark.parametrize(
    ("sheet", "head", "told"),
    [
        ("整体支出", "等级", ["[整体支出]!E2: N106 还没有填写整体支出的等级。"]),
        ("整体支出", "完成情况", ["[整体支出]!F2: N106 还没有填写整体支出的完成情况。"]),
        ("评价", "项目", ["[评价]!B2: N106 还没有填写评价的项目。"]),
        (
            "评价指标",
            "分析",
            [f"[评价指标]!E{n}: N106 还没有填写评价指标的分析。" for n in range(2, 6)],
        ),
        ("评价", "报告", []),  # the narrative looks whether there is one
    ],
)
def test_a_text_of_a_list_that_a_sentence_needs(
    tmp_path: Path, sheet: str, head: str, told: list[str]
) -> None:
    """A blank cell would leave a hole: 等级为。"""
    folder = shutil.copytree(EXAMPLES / "zibo-2021", tmp_path / "报告")
    book = openpyxl.load_workbook(folder / "补充数据.xlsx")
    (column,) = (cell.column for cell in book[sheet][1] if cell.value == head)
    for row in range(2, book[sheet].max_row + 1):
        book[sheet].cell(row, column).value = None
    book.save(folder / "补充数据.xlsx")
    found = prepare(Job(folder), Gate.NARRATIVE).judged
    missing = [str(one) for one in found if one.code == "N106"]
    assert missing == [f"补充数据.xlsx{one}请在补充数据的“{sheet}”表里补填。" for one in told]


def test_a_text_that_is_not_filled_in_is_asked_for_at_its_sheet(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES / "zibo-2021", tmp_path / "报告")
    book = openpyxl.load_workbook(folder / "补充数据.xlsx")
    (cell,) = (row[1] for row in book["绩效"].iter_rows() if row[0].value == "预算级次")
    cell.value = None
    book.save(folder / "补充数据.xlsx")
    found = prepare(Job(folder), Gate.NARRATIVE).judged
    errors = [one for one in found if one.severity is Severity.ERROR]
    assert [str(error) for error in errors] == [
        "补充数据.xlsx[绩效]: N106 还没有填写预算级次。请在补充数据的“绩效”表里补填。"
    ]
