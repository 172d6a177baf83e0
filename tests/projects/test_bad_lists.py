"""One odd cell in a workbook of projects: told at its cell, and the others are read as before."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from reportgen.findings import Findings, Severity
from reportgen.model import Figure, Project
from reportgen.model.project import INDICATOR_COLUMNS
from reportgen.sources.projects import build, open_projects
from tests.projects.conftest import FUND, MARK, PROJECT, save

Change = Callable[[Workbook], object]
NAMES = ("甲", "乙", "丙")
LISTS: dict[str, list[list[Any]]] = {
    "项目": [list(PROJECT), *([n, name, "否", "否"] for n, name in enumerate(NAMES, 1))],
    "资金": [list(FUND), *([name, "年度资金总额", 10, 9.5] for name in NAMES)],
    "指标": [
        list(MARK),
        *([name, f"指标{n}", "≥5个", "5个", 45, 45] for name in NAMES for n in (1, 2)),
    ],
}


def changed(path: Path, change: Change) -> Path:
    book = openpyxl.load_workbook(save(path, **LISTS))
    change(book)
    book.save(path)
    return path


def read(path: Path) -> tuple[dict[str, Project], list[str], list[int]]:
    """The projects that can be built, what is told, and whom it refuses."""
    findings = Findings()
    book = open_projects([path], findings)
    if book is None:
        return {}, [str(finding) for finding in findings], []
    built = {raw.name: build(raw, findings) for chunk in book.chunks(2) for raw in chunk}
    for faults in book.faults.values():
        findings.extend(faults)
    return built, [str(finding) for finding in findings], list(book.faults)


def cell(sheet: str, spot: str, value: object) -> Change:
    return lambda book: setattr(book[sheet][spot], "value", value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            cell("指标", "E4", "十分"), "[指标]!E4: D108 “分值”应为数字，现为“十分”", id="text"
        ),
        pytest.param(cell("指标", "E4", "NaN"), "[指标]!E4: D108 “分值”应为数字", id="nan as text"),
        pytest.param(
            cell("指标", "F4", "#DIV/0!"), "[指标]!F4: D109 “得分”的单元格是错误值", id="error"
        ),
        pytest.param(
            cell("指标", "C4", "#REF!"), "[指标]!C4: D109 “调整后指标值”的", id="error in a text"
        ),
        pytest.param(
            cell("指标", "F4", "=E4"), "[指标]!F4: D110 “得分”的单元格的公式", id="formula"
        ),
        pytest.param(cell("指标", "E4", "9" * 30), "[指标]!E4: D108 “分值”的位数太多", id="digits"),
        pytest.param(
            cell("资金", "C3", "一百"), "[资金]!C3: D108 “全年预算数”应为数字", id="amount"
        ),
        pytest.param(cell("资金", "B3", "#N/A"), "[资金]!B3: D109 “资金来源”的", id="source"),
        pytest.param(
            cell("项目", "C3", "对"), "[项目]!C3: D115 “公开自评表”填了“对”", id="yes or no"
        ),
        pytest.param(
            cell("指标", "B4", "甲_x000B_"), "[指标]!B4: D114 文字中有不可用的字符", id="sign"
        ),
    ],
)
def test_an_odd_cell_is_told_once_where_it_stands(
    tmp_path: Path, change: Change, told: str
) -> None:
    built, said, _ = read(changed(tmp_path / "项目.xlsx", change))
    assert [line.startswith(f"项目.xlsx{told}") for line in said] == [True]
    assert list(built) == list(NAMES)
    assert [len(project.indicators) for project in built.values()] == [2, 2, 2]
    assert [len(project.funds) for project in built.values()] == [1, 1, 1]


def test_a_project_that_may_be_secret_is_not_given(tmp_path: Path) -> None:
    change = cell("项目", "D3", "#N/A")
    built, said, _ = read(changed(tmp_path / "项目.xlsx", change))
    assert [line.startswith("项目.xlsx[项目]!D3: D109 “涉密”的") for line in said] == [True]
    assert list(built) == [NAMES[0], NAMES[2]]


def test_own_columns_are_no_error_where_none_of_ours_is_lacking(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for column, name in enumerate(INDICATOR_COLUMNS, start=1):
            book["指标"].cell(1, column, name)
        book["指标"].cell(1, len(INDICATOR_COLUMNS) + 1, "填表人")

    findings = Findings()
    assert open_projects([changed(tmp_path / "项目.xlsx", change)], findings) is not None
    (found,) = findings
    assert (found.code, found.severity) == ("D104", Severity.WARNING)
    assert str(found.place) == "项目.xlsx[指标]!L1"


def test_a_second_total_of_the_funds_is_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["资金"].append(["乙", "年度资金总额", 10, 9.5])

    _, said, _ = read(changed(tmp_path / "项目.xlsx", change))
    assert said == [
        (
            "项目.xlsx[资金]!B5: D107 这个项目的“年度资金总额”已在 项目.xlsx[资金]!B3 出现过。"
            "请只留一行，或改正资金来源。"
        )
    ]


@pytest.mark.parametrize("value", ["NaN", "INF", "1e400"])
def test_nan_as_a_number(tmp_path: Path, value: str) -> None:
    path = save(tmp_path / "a.xlsx", **LISTS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = "xl/worksheets/sheet3.xml"
    text, count = re.subn(r'(<c r="E4"[^>]*>)<v>45', rf"\1<v>{value}", parts[part].decode())
    assert count == 1
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**parts, part: text.encode()}.items():
            archive.writestr(name, data)
    built, said, _ = read(path)
    assert [line.startswith("a.xlsx[指标]!E4: D109 “分值”的单元格是错误值") for line in said] == [
        True
    ]
    assert built["乙"].indicators[0]["分值"] is None


def test_a_percentage_is_no_score(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["指标"]["E4"].value, book["指标"]["E4"].number_format = 0.1, "0%"
        book["指标"]["D4"].value, book["指标"]["D4"].number_format = 0.8291, "0.00%"

    built, said, _ = read(changed(tmp_path / "项目.xlsx", change))
    assert said == [
        (
            "项目.xlsx[指标]!E4: D108 “分值”以分为单位，不能是百分数，现为“10%”。"
            "请改填数字，并清除单元格的百分比格式。"
        )
    ]
    assert built["乙"].indicators[0]["实际完成值"] == "82.91%"


@pytest.mark.parametrize("text", ["长" * 32_767, "👍&<>=cmd|' /C calc'!A0", "一、\n二、"])
def test_texts_stay_as_they_are(tmp_path: Path, text: str) -> None:
    built, said, _ = read(changed(tmp_path / "a.xlsx", cell("指标", "B4", text)))
    assert said == []
    assert built["乙"].indicators[0]["三级指标"] == text


def test_names_are_taken_as_texts(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for sheet, spots in {"项目": ["B3"], "资金": ["A3"], "指标": ["A4", "A5"]}.items():
            for spot in spots:
                book[sheet][spot].value = 2022

    built, said, _ = read(changed(tmp_path / "a.xlsx", change))
    assert said == []
    assert len(built["2022"].indicators) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            lambda book: book.remove(book["项目"]), ["[资金]: D103 缺少工作表“项目”"], id="list"
        ),
        pytest.param(
            lambda book: book["项目"].delete_rows(1, 4),
            ["[项目]: D104 工作表“项目”没有表头"],
            id="empty",
        ),
        pytest.param(
            cell("项目", "B1", "名"), ["[项目]: D104 缺少“项目名称”这一栏"], id="name of projects"
        ),
        pytest.param(
            lambda book: setattr(book["项目"], "sheet_state", "hidden"),
            ["[资金]: D103 缺少工作表“项目”"],
            id="hidden",
        ),
    ],
)
def test_without_a_list_of_projects_there_is_no_book(
    tmp_path: Path, change: Change, told: list[str]
) -> None:
    built, said, _ = read(changed(tmp_path / "a.xlsx", change))
    assert built == {}
    assert [line.startswith(f"a.xlsx{head}") for line, head in zip(said, told, strict=True)] == [
        True
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            lambda book: book.remove(book["指标"]), "[项目]: D103 缺少工作表“指标”", id="list"
        ),
        pytest.param(
            lambda book: book["指标"].delete_rows(1, 9), "[指标]: D104 工作表“指标”没有", id="empty"
        ),
        pytest.param(cell("指标", "E1", "分植"), "[指标]!E1: D104 未知的栏“分植”。是否", id="head"),
        pytest.param(cell("指标", "F1", "分值"), "[指标]!F1: D104 “分值”这一栏在", id="head twice"),
        pytest.param(cell("指标", "A4", "已"), "[指标]!A4: D115 “项目”表没有“已”", id="unknown"),
        pytest.param(cell("资金", "A3", None), "[资金]!A3: D115 这一行没有项目名称", id="nameless"),
        pytest.param(
            cell("指标", "A4", "#N/A"), "[指标]!A4: D109 “项目名称”的单元格是错误值", id="error"
        ),
        pytest.param(
            cell("指标", "A4", "=项目!B3"), "[指标]!A4: D110 “项目名称”的单元格的公式", id="formula"
        ),
    ],
)
def test_faults_of_the_lists_are_told_and_the_rest_is_read(
    tmp_path: Path, change: Change, told: str
) -> None:
    findings = Findings()
    book = open_projects([changed(tmp_path / "a.xlsx", change)], findings)
    assert book is not None
    assert [one.name for one in book.listed] == list(NAMES)
    raws = [raw for chunk in book.chunks(5) for raw in chunk]
    assert [str(finding).startswith(f"a.xlsx{told}") for finding in findings] == [True]
    assert {f.severity for f in findings} == {Severity.ERROR}
    assert "丙" in {raw.name for raw in [*raws, *(r for c in book.rest(5) for r in c)]}


def test_a_workbook_without_anything(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")[1][0].startswith("a.xlsx[Sheet]: D103 缺少工作表“项目”")
    assert read(tmp_path / "没有.xlsx")[1][0].startswith("没有.xlsx: D101 找不到这个文件")


def test_a_name_merged_over_its_rows_stands_in_each(tmp_path: Path) -> None:
    rows = [list(row) for row in LISTS["指标"]]
    for number in (2, 4, 6):
        rows[number][0] = None
    path = save(tmp_path / "a.xlsx", **{**LISTS, "指标": rows})
    book = openpyxl.load_workbook(path)
    for area in ("A2:A3", "A4:A5", "A6:A7", "E2:E3"):
        book["指标"].merge_cells(area)
    book.save(path)
    built, said, _ = read(path)
    assert said == []
    assert [len(project.indicators) for project in built.values()] == [2, 2, 2]
    weights = [row["分值"] for row in built["甲"].indicators]
    assert isinstance(weights[0], Figure)
    assert weights[1] is None  # one weight for two indicators is not two weights


def test_lists_one_below_the_other_on_a_sheet(tmp_path: Path) -> None:
    rows = [row for name, lines in LISTS.items() for row in ([name], *lines, [])]
    built, said, _ = read(save(tmp_path / "a.xlsx", 数据=rows, 填表说明=[["怎样填"]]))
    assert said == []
    assert [len(project.indicators) for project in built.values()] == [2, 2, 2]
    assert str(built["丙"].indicator_rows[1].place("得分")) == "a.xlsx[数据]!F20"


def test_a_list_that_is_there_twice(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    findings = Findings()
    book = open_projects([save(first, **LISTS), save(second, 指标=LISTS["指标"])], findings)
    assert book is not None
    assert len([raw for chunk in book.chunks(5) for raw in chunk]) == 3
    assert [str(finding) for finding in findings] == [
        (
            "b.xlsx[指标]: D118 “指标”在 a.xlsx[指标] 已经有一张，这一张没有读。"
            "请合并为一张，或删去一张。"
        )
    ]
