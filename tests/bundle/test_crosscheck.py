"""Slips in a bundle that its schema can't see are findings at their line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reportgen.bundle import load_bundle
from reportgen.findings import Findings

TABLES = """\
表01:
  编号: 公开01表
  标题: 总表
  版式: 定行
  栏组:
    - 名称: 收入
      列: [项目, 行次, 小计, 金额]
      行:
        - {行次: 1, 项目: 甲}
        - {行次: 2, 项目: 乙}
        - {行次: 3, 项目: 小计, 和: "1-2"}
        - {行次: 4, 项目: 总计, 和: "3"}
    - 名称: 支出
      列: [项目, 行次, 支出额]
      行次: [5, 6]
  合计列:
    小计: [金额]
  改栏名: {支出额: 支出数}
  改行名: {总计: 合计}
表06:
  编号: 公开06表
  标题: 经济科目表
  版式: 经济科目
  栏组:
    - {名称: 人员经费, 列: [科目编码, 科目名称, 金额], 科目: {301: 工资, 30101: 基本工资}}
  合计行:
    人员经费合计: [301]
"""
FILES = {
    "bundle.yaml": "名称: 例\n预算所属表: 表01\n输出: '{单位}-{年度}'\n标题: '{层级}决算'\n",
    "tables.yaml": TABLES,
    "rules.yaml": "派生: {}\n",
    "wording.yaml": (
        "增减:\n  句: '{向}{额}，{势}{率}'\n完成: {句: '完成{预算}的{率}'}\n占比: 占{率}\n"
        "图表:\n  题: 图{号} {标题}（{类型}）\n  单位: （{单位}）\n  种类: {饼图: 饼状图}\n"
    ),
}


def load(folder: Path, files: Mapping[str, str]) -> Findings:
    own = folder / "类" / "例"
    own.mkdir(parents=True)
    for name, text in files.items():
        (own / name).write_text(text, encoding="utf-8")
    findings = Findings()
    bundle = load_bundle("类/例", [folder], findings)
    assert (bundle is None) is bool(len(findings))
    return findings


def test_a_sound_bundle_has_no_findings(tmp_path: Path) -> None:
    assert len(load(tmp_path, FILES)) == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        pytest.param('"1-2"', '"一-2"', 11, "“和: 一-2”不是行次", id="no line"),
        pytest.param('"1-2"', '"2-1"', 11, "“和: 2-1”不是行次", id="backward"),
        pytest.param('"1-2"', '"1-9"', 11, "没有第 7 行", id="no such line"),
        pytest.param('"1-2"', '"1-99999"', 11, "没有第 99999 行", id="far too many"),
        pytest.param('"1-2"', '"1+4"', 11, "合计互相引用", id="cycle"),
        pytest.param('"1-2"', '"1+5"', 11, "第 5 行没有行名", id="a line without a row"),
        pytest.param('"1-2"', "[假]", 11, "“和”里没有“假”这一行", id="no such name"),
        pytest.param('"1-2"', "[甲, 乙 至 甲]", 11, "不是同一栏组里由上到下的", id="upwards"),
        pytest.param('"1-2"', "[总计]", 11, "合计互相引用", id="cycle of names"),
        pytest.param("次: 2, 项", "次: 1, 项", 10, "行次 1 已经有一行", id="number taken"),
        pytest.param("[5, 6]", "[5, 6]\n      行: [丙, 丁, 戊]", 16, "不在 [5, 6] 里", id="beyond"),
        pytest.param("[5, 6]", "[5, 999999999]", 15, "行次 5 至 999999999 有误", id="lines"),
        pytest.param("小计: [金额]", "小纪: [金额]", 17, "是否应为“小计”？", id="sum"),
        pytest.param("小计: [金额]", "小计: [金客]", 17, "是否应为“金额”？", id="part"),
        pytest.param("小计: [金额]", "小计: [项目]", 17, "“项目”不止一栏", id="several"),
        pytest.param("小计: [金额]", "小计: [支出额]", 17, "不在同一栏组", id="another block"),
        pytest.param("小计: [金额]", "小计: [小计]", 17, "互相引用", id="own part"),
        pytest.param("支出额: 支", "支出颔: 支", 18, "是否应为“支出额”？", id="renamed column"),
        pytest.param("{总计: 合", "{总记: 合", 19, "是否应为“总计”？", id="renamed row"),
        pytest.param("改行名", "加行: [{项目: 丙}]\n  改行名", 19, "没有写行次", id="no number"),
        pytest.param(
            "改行名",
            "加行: [{行次: 6, 项目: 己}, {行次: 2, 项目: 丙}]\n  改行名",
            19,
            "行次 2 已经有了",
            id="there",
        ),
        pytest.param(
            "改行名",
            '加行: [{行次: 6, 项目: 丙, 和: "5-8"}]\n  改行名',
            19,
            "没有第 7 行",
            id="added total",
        ),
        pytest.param(
            "合计行:",
            "加行: [{行次: 1, 项目: 丙}]\n  合计行:",
            26,
            "版式不能加行",
            id="no fixed rows",
        ),
        pytest.param("人员经费合计", "人圆经费合计", 27, "是否应为“人员经费合计”？", id="total"),
        pytest.param(": [301]", ": [302]", 27, "是否应为“301”？", id="code"),
        pytest.param("科目名称, 金额]", "科目名称]", 25, "没有填数字的栏", id="no figures"),
        pytest.param("定行", "定行\n  合计行: {甲合计: []}", 5, "不用合计行", id="no total"),
    ],
)
def test_tables(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in TABLES
    findings = list(load(tmp_path, {**FILES, "tables.yaml": TABLES.replace(old, new, 1)}))
    assert len(findings) == 1
    found = findings[0]
    assert (found.code, found.place.file, found.place.row) == ("C104", "类/例/tables.yaml", line)
    assert said in found.message + found.hint
    assert found.hint


def test_a_total_over_a_narrower_block(tmp_path: Path) -> None:
    tables = TABLES.replace('"1-2"', '"1+5"')
    tables = tables.replace("[5, 6]", "[5, 6]\n      行: [丙]")
    assert [
        "一行栏数不够" in f.message for f in load(tmp_path, {**FILES, "tables.yaml": tables})
    ] == [True]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("wording.yaml", "{额}", "{金额}", 2, "“增减.句”里没有“{金额}”可填。是否应为“额”？"),
        ("wording.yaml", "{预算}", "{预祘}", 3, "是否应为“预算”？"),
        ("wording.yaml", "占{率}", "占{比率}", 4, "“占比”里没有“{比率}”可填。是否应为“率”？"),
        ("wording.yaml", "占{率}", "占{率", 4, "“占比”的花括号不成对。"),
        ("wording.yaml", "占{率}", "占{}", 4, "可写：率。"),
        ("wording.yaml", "{号}", "{序}", 6, "“图表.题”里没有“{序}”可填。可写：号、标题、类型。"),
        ("wording.yaml", "（{单位}）", "（{单拉}）", 7, "没有“{单拉}”可填。是否应为“单位”？"),
        ("wording.yaml", "（{单位}）", "（{单位）", 7, "“图表.单位”的花括号不成对。"),
        ("wording.yaml", "饼状图", "'{类型}'", 8, "“图表.种类.饼图”里没有“{类型}”可填。"),
        ("bundle.yaml", "{单位}", "{单位名}", 3, "“输出”里没有“{单位名}”可填。是否应为“单位”？"),
        ("bundle.yaml", "{层级}", "{层次}", 4, "是否应为“层级”？"),
        ("bundle.yaml", "预算所属表: 表01", "预算所属表: 表11", 2, "是否应为“表01”？"),
    ],
)
def test_slots(tmp_path: Path, file: str, old: str, new: str, line: int, said: str) -> None:
    assert old in FILES[file]
    findings = list(load(tmp_path, {**FILES, file: FILES[file].replace(old, new, 1)}))
    assert [(f.code, f.place.file, f.place.row) for f in findings] == [
        ("C104", f"类/例/{file}", line)
    ]
    assert said in findings[0].message + findings[0].hint
