"""The line 栏次, totals of tables of codes side by side, and the width of codes in Word."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from reportgen.bundle import Bundle, load_bundle
from reportgen.findings import Findings
from reportgen.model import Figure, Profile, index_row, printed_rows
from reportgen.outputs.blank import blank_table
from reportgen.outputs.blank.tables import Style, tables_workbook
from reportgen.render.scaffold import draw
from reportgen.rules.sums import check_sums, complete
from reportgen.sources.tables import read_tables
from tests.layouts.books import Figures, write_tables

TREE = """\
表05:
  编号: 公开05表
  标题: 支出表
  版式: 科目树
  列: [{项目: [%s, 科目名称]}, 小计, 基本支出]
"""
LITERAL = """\
表10:
  编号: 公开10表
  标题: 情况表
  版式: 定行
  栏组:
    - 列: [项目, 行次, 预算数, 决算数]
      行: [{文字: %s}, 甲, 乙]
"""
CODES = """\
表06:
  编号: 公开06表
  标题: 基本支出表
  版式: 经济科目
  栏组:
    - {名称: 人员经费, 列: [科目编码, 科目名称, 金额], 科目: {301: 工资, 30101: 基本工资}}
    - {名称: 公用经费, 列: [科目编码, 科目名称, 金额], 科目: {302: 商品, 30201: 办公, 30202: 印刷}}
  合计行: %s
"""
ALL = "{合计: [301, 302]}\n"
EACH = "{人员经费合计: [301], 公用经费合计: [302], 合计: [301, 302]}\n"
FIGURES: Figures = {"表06": {("30101", "金额"): 60, ("30201", "金额"): 9, ("30202", "金额"): 1}}


def _bundle(folder: Path, tables: str) -> Bundle:
    own = folder / "类" / "例"
    own.mkdir(parents=True)
    (own / "bundle.yaml").write_text("名称: 例\n", encoding="utf-8")
    (own / "tables.yaml").write_text(tables, encoding="utf-8")
    findings = Findings()
    bundle = load_bundle("类/例", [folder], findings)
    assert bundle, [str(finding) for finding in findings]
    return bundle


def _profile(folder: Path, tables: str) -> Profile:
    return _bundle(folder, tables).profiles[0]


@pytest.mark.parametrize(
    "head", ["功能分类科目编码", "科目编码", "支出功能分类科目编码", "经济分类科目编码"]
)
def test_the_line_of_numbers_is_named_whatever_the_codes_are_called(
    tmp_path: Path, head: str
) -> None:
    assert index_row(_profile(tmp_path, TREE % head)) == ["栏次", "", "1", "2"]


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("[一、“三公”经费支出]", ["栏次", "", "1", "2"]),
        ('[二、机关运行经费, "", 统计数]', []),  # heads among the rows
    ],
)
def test_a_row_of_words_alone_keeps_it(tmp_path: Path, literal: str, expected: list[str]) -> None:
    assert index_row(_profile(tmp_path, LITERAL % literal)) == expected


@pytest.mark.parametrize(
    ("tables", "setting", "expected"),
    [
        (TREE % "科目编码", "false", []),
        (LITERAL % "[甲、]", "false", []),
        (CODES % ALL, "true", ["栏次", "", "1", "栏次", "", "2"]),
    ],
)
def test_a_bundle_may_say(tmp_path: Path, tables: str, setting: str, expected: list[str]) -> None:
    assert index_row(_profile(tmp_path, f"{tables.rstrip()}\n  栏次: {setting}\n")) == expected


def test_workbook_and_word_have_the_line(tmp_path: Path) -> None:
    bundle = _bundle(tmp_path, TREE % "科目编码" + LITERAL % "[一、]")
    content = tables_workbook("例", bundle.profiles, Style("元", 2, False, ()), {}, {})
    book = openpyxl.load_workbook(BytesIO(content))
    for name in ("公开05表", "公开10表"):
        rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
        assert ["栏次", 1, 2] in [[cell for cell in row if cell] for row in rows]
    document = docx.Document(BytesIO(draw(bundle.profiles, ["说明"], "表", [], after="说明")))
    for table in document.tables:
        assert "栏次" in [cell.text for row in table.rows for cell in row.cells]


def _lines(profile: Profile, folder: Path) -> list[list[object]]:
    write_tables(folder / "表.xlsx", [profile], FIGURES)
    findings = Findings()
    table = complete(read_tables([folder / "表.xlsx"], [profile], findings)["表06"], findings)
    assert [str(finding) for finding in findings if finding.severity != "提示"] == []
    return [
        [
            int(cell.value) if isinstance(cell, Figure) else cell
            for cell in (row[column.key] for column in profile.columns)
        ]
        for row in printed_rows(table)
    ]


@pytest.mark.parametrize("place", ["上", "下"])
def test_one_total_over_all_blocks(tmp_path: Path, place: str) -> None:
    profile = _profile(tmp_path, f"{CODES % ALL}  合计在: {place}\n")
    lines = _lines(profile, tmp_path)
    total = lines.pop(0 if place == "上" else -1)
    assert [cell for cell in total if cell != ""] == ["合计", 700000]
    assert lines[0] == ["301", "工资", 600000, "302", "商品", 100000]


def test_totals_of_blocks_share_a_line_and_that_of_all_has_its_own(tmp_path: Path) -> None:
    lines = _lines(_profile(tmp_path, CODES % EACH), tmp_path)
    told = [[cell for cell in line if cell != ""] for line in lines[-2:]]
    assert told == [["人员经费合计", 600000, "公用经费合计", 100000], ["合计", 700000]]


@pytest.mark.parametrize("place", ["上", "下"])
def test_a_total_in_the_workbook_is_read_and_held_against_its_parts(
    tmp_path: Path, place: str
) -> None:
    profile = _profile(tmp_path, f"{CODES % ALL}  合计在: {place}\n")
    total: tuple[Any, ...] = ("", "合计", None, "", "", 71)
    lines: list[tuple[Any, ...]] = [
        ("301", "工资", 60, "302", "商品", 10),
        ("30101", "基本工资", 60, "30201", "办公费", 10),
    ]
    lines.insert(0 if place == "上" else 2, total)
    book = openpyxl.Workbook()
    heads = ("科目编码", "科目名称", "金额") * 2
    for row in (("公开06表",), ("基本支出表",), ("金额单位：元",), heads, *lines):
        book.worksheets[0].append(row)
    book.save(tmp_path / "表.xlsx")
    findings = Findings()
    table = read_tables([tmp_path / "表.xlsx"], [profile], findings)["表06"]
    assert [str(finding) for finding in findings] == []
    wrong = [one for one in check_sums(table, findings) if one.left.value != one.right.value]
    assert [str(one.left.places[0].address) for one in wrong] == [f"F{5 if place == '上' else 7}"]


INDENTED = """\
表01:
  编号: 公开01表
  标题: 总表
  版式: 定行
  栏组:
    - 列: [项目, 决算数]
      行:
        - {行次: 1, 项目: 一、财政拨款收入}
        - {行次: 2, 项目: "　　其中：政府性基金收入"}
        - {行次: 3, 项目: 二、其他收入}
        - {行次: 4, 项目: 三、利息收入}
        - {行次: 5, 项目: 合计, 和: "1+3-4"}
"""


def test_a_row_without_its_number_is_found_and_added_up(tmp_path: Path) -> None:
    profile = _profile(tmp_path, INDENTED)
    (total,) = (row for row in profile.blocks[0].rows if row.label == "合计")
    assert [part.strip("　") for part in total.parts] == [
        "一、财政拨款收入",
        "二、其他收入",
        "三、利息收入",
    ]
    row = blank_table(profile).row("政府性基金收入")
    assert row.label == "　　其中：政府性基金收入"  # printed as it is written


def test_codes_and_line_numbers_stand_on_one_line(tmp_path: Path) -> None:
    wide = (TREE % "科目编码").replace("小计", ", ".join(f"数{number}" for number in range(15)))
    lines = "表01:\n  编号: 公开01表\n  标题: 总表\n  版式: 定行\n  栏组:\n"
    lines += "    - {列: [项目, 行次, 合计, 甲, 乙, 丙, 丁, 戊, 己], 行: [甲]}\n"
    bundle = _bundle(tmp_path, wide + lines)
    document = docx.Document(BytesIO(draw(bundle.profiles, ["说明"], "表", [], after="说明")))
    first, second = document.tables
    assert _room(second.columns[0], 6.5) >= 7 / 2  # a digit is half as wide as a letter
    assert _room(first.columns[1], 8.5) >= 2
    for table in document.tables:
        assert sum(column.width.twips for column in table.columns) <= 9100


def _room(column: object, size: float) -> float:
    """How many Chinese letters of a size stand in a column."""
    return (column.width.twips - 100) / (size * 20)  # type: ignore[attr-defined,no-any-return]
