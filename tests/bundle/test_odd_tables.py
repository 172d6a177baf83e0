"""Tables numbered in other ways: 附表十, no number at all, line numbers from 1 in each block."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from reportgen.bundle import load_bundle
from reportgen.findings import Findings, Severity
from reportgen.model import Figure, Table
from reportgen.render.tables import heads_in_line
from reportgen.rules.sums import check_sums, complete
from reportgen.sources.tables import read_tables

TOTALS = """\
表01:
  编号: {number}
  标题: 收支总表
  版式: 定行
  栏组:
    - 名称: 收入
      列: [项目, 行次, 决算数]
      行次: [1, 4]
      行: [一、拨款, 二、其他, {{行次: 4, 项目: 总计, 和: "1-2"}}]
    - 名称: 支出
      列: [项目, 行次, 决算数]
      行次: [1, 4]
      行: [一、基本, 二、项目, {{行次: 4, 项目: 总计, 和: [基本 至 项目]}}]
"""
SHEET = (
    ("收支总表",),
    ("单位：万元",),
    ("项目", "行次", "决算数", "项目", "行次", "决算数"),
    ("一、拨款", 1, 8, "一、基本", 1, 7),
    ("二、其他", 2, 1, "二、项目", 2, 3),
    ("", 3, None, "", 3, None),
    ("总计", 4, None, "总计", 4, 11),
)


def bundle(folder: Path, tables: str) -> tuple[object, Findings]:
    own = folder / "类" / "例"
    own.mkdir(parents=True)
    (own / "bundle.yaml").write_text("名称: 例\n", encoding="utf-8")
    (own / "tables.yaml").write_text(tables, encoding="utf-8")
    findings = Findings()
    return load_bundle("类/例", [folder], findings), findings


@pytest.mark.parametrize("number", ['""', "附表一", "公开01表"])
def test_lines_counted_from_1_in_each_block(tmp_path: Path, number: str) -> None:
    loaded, findings = bundle(tmp_path, TOTALS.format(number=number))
    assert [str(finding) for finding in findings] == []
    book = openpyxl.Workbook()
    for row in SHEET:
        book.worksheets[0].append(row)
    book.save(tmp_path / "表.xlsx")
    profiles = loaded.profiles  # type: ignore[attr-defined]
    tables = read_tables([tmp_path / "表.xlsx"], profiles, findings)
    table = complete(tables["表01"], findings)
    assert [str(f) for f in findings if f.severity is not Severity.NOTE] == []
    assert (value(table, "收入/总计"), value(table, "支出/总计")) == (90000, 110000)
    wrong = [one for one in check_sums(table, findings) if one.left.value != one.right.value]
    assert [str(one.left.places[0].address) for one in wrong] == ["F7"]


def value(table: Table, name: str) -> object:
    figure = table.row(name).first
    assert isinstance(figure, Figure)
    return figure.value


def test_numbers_in_words_are_in_order(tmp_path: Path) -> None:
    numbers = ["附表十一", "附表三", "附表七", "附表一", "", "附表十"]
    tables = "".join(
        f'表{index}: {{编号: "{number}", 标题: 表, 版式: 单行, 列: [甲, 乙]}}\n'
        for index, number in enumerate(numbers)
    )
    loaded, _ = bundle(tmp_path, tables)
    found = [profile.number for profile in loaded.profiles]  # type: ignore[attr-defined]
    assert found == ["附表一", "附表三", "附表七", "附表十", "附表十一", ""]


HEADS = """\
表05:
  编号: 公开05表
  标题: 支出决算明细表
  版式: 经济科目
  栏组:
    - 名称: 支出
      列: [科目编码, 科目名称, 合计, {拨款: [小计, 基本支出]}, {基金: [小计, 基本支出]}]
      科目: {"301": 工资福利支出}
"""
HEADS_PRINTED = ("拨款·小计", "拨款·基本支出", "基金·小计", "基金·基本支出")


def test_markdown_names_the_heads_over_a_column_but_not_over_its_block(tmp_path: Path) -> None:
    """Two 小计 side by side are told apart by what stands over each."""
    loaded, findings = bundle(tmp_path, HEADS)
    assert [str(finding) for finding in findings] == []
    heads = heads_in_line(loaded.profiles[0])  # type: ignore[attr-defined]
    assert heads == ["科目编码", "科目名称", "合计", *HEADS_PRINTED]
