"""One rule of inheritance: maps merge by key, lists replace, null removes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.bundle import Bundle, load_bundle
from reportgen.bundle.merge import merge
from reportgen.findings import Findings
from reportgen.language import Page
from reportgen.narrative import narrative_environment, render_sections


@pytest.mark.parametrize(
    ("parent", "child", "expected"),
    [
        pytest.param({"a": 1}, {"b": 2}, {"a": 1, "b": 2}, id="maps merge"),
        pytest.param({"a": {"x": 1}}, {"a": {"y": 2}}, {"a": {"x": 1, "y": 2}}, id="at any depth"),
        pytest.param({"a": [1, 2]}, {"a": [3]}, {"a": [3]}, id="lists replace"),
        pytest.param({"a": 1, "b": 2}, {"a": None}, {"b": 2}, id="null removes"),
        pytest.param({"a": 1}, {"a": None, "b": {"c": None}}, {"b": {}}, id="null of nothing"),
        pytest.param({"a": {"x": 1}}, {"a": 5}, {"a": 5}, id="a scalar over a map"),
        pytest.param({"a": 5}, {"a": {"x": 1}}, {"a": {"x": 1}}, id="a map over a scalar"),
        pytest.param({"a": [1]}, {"a": []}, {"a": []}, id="an empty list empties"),
        pytest.param({"a": 1}, {"a": 0}, {"a": 0}, id="0 is a value"),
        pytest.param({"a": 1}, {"a": ""}, {"a": ""}, id="so is an empty text"),
        pytest.param({"a": 1}, {}, {"a": 1}, id="nothing changes nothing"),
        pytest.param({"301": 1}, {301: 2}, {"301": 2}, id="quotes make no other key"),
        pytest.param({301: {"x": 1}}, {"301": {"y": 2}}, {301: {"x": 1, "y": 2}}, id="nor none"),
        pytest.param({"301": 1, "302": 2}, {301: None}, {"302": 2}, id="null of a number"),
    ],
)
def test_merge(parent: Any, child: Any, expected: Any) -> None:
    before = repr((parent, child))
    assert merge(parent, child) == expected
    assert repr((parent, child)) == before


PARENT = {
    "bundle.yaml": "名称: 上级\n仅供继承: true\n输出: '{单位}'\n标题: 决算\n章节: [甲, 乙]\n",
    "tables.yaml": (
        "表01: {编号: 公开01表, 标题: 总表, 版式: 单行, 列: [收入, 支出], 注: 上级的注}\n"
        "表02: {编号: 公开02表, 标题: 明细, 版式: 单行, 列: [收入]}\n"
    ),
    "rules.yaml": "派生: {收入: \"表01['收入']\", 支出: \"表01['支出']\"}\n"
    "勾稽: {D901: {标题: 收支不等, 式: 收入 == 支出}, D902: {标题: 收入为零, 式: 收入}}\n",
    "wording.yaml": "金额: {单位: 元, 小数: 2}\n百分比: {占比去零: true, 增减去零: false}\n",
    "narrative.md": "{% block 甲 %}上级甲{% endblock %}\n{% block 乙 %}上级乙{% endblock %}\n",
}
CHILD = {
    "bundle.yaml": "名称: 下级\n上级: 类/上级\n",
    "tables.yaml": "表01: {标题: 本省总表, 列: [收入, 支出, 结余]}\n表02: null\n",
    "rules.yaml": "派生: {结余: \"表01['结余']\"}\n勾稽: {D901: {级别: 警告}, D902: null}\n",
    "wording.yaml": "金额: {单位: 万元}\n",
    "narrative.md": (
        '{% extends "类/上级/narrative.md" %}{% block 乙 %}下级乙，{{ super() }}{% endblock %}'
    ),
}


@pytest.fixture
def bundles(tmp_path: Path) -> Path:
    for name, files in (("上级", PARENT), ("下级", CHILD)):
        folder = tmp_path / "类" / name
        folder.mkdir(parents=True)
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
    return tmp_path


def load(folder: Path, name: str = "类/下级") -> tuple[Bundle, Findings]:
    findings = Findings()
    bundle = load_bundle(name, [folder], findings)
    assert bundle is not None, [str(finding) for finding in findings]
    return bundle, findings


def test_a_child_holds_its_differences(bundles: Path) -> None:
    bundle, findings = load(bundles)
    assert len(findings) == 0
    assert [profile.name for profile in bundle.profiles] == ["表01"]
    profile = bundle.profiles[0]
    assert (profile.title, profile.note) == ("本省总表", "上级的注")
    assert [column.key for column in profile.columns] == ["收入", "支出", "结余"]
    assert [derivation.name for derivation in bundle.derivations] == ["收入", "支出", "结余"]
    rules = {rule.code: (rule.severity.value, rule.title) for rule in bundle.reconciliations}
    assert rules == {"D901": ("警告", "收支不等")}


def test_wording_merges_setting_by_setting(bundles: Path) -> None:
    wording = load(bundles)[0].wording
    assert (wording.amount.unit, wording.amount.decimals) == ("万元", 2)
    assert (wording.percent.trim_share, wording.percent.trim_change) == (True, False)


def test_the_child_is_no_parent_only(bundles: Path) -> None:
    assert load(bundles)[0].settings.sections == ["甲", "乙"]


def test_the_parent_is_as_it_was(bundles: Path) -> None:
    bundle, _ = load(bundles, "类/上级")
    assert [profile.name for profile in bundle.profiles] == ["表01", "表02"]
    assert bundle.wording.amount.unit == "元"


def test_a_place_is_in_the_file_that_says_it(bundles: Path) -> None:
    bundle, _ = load(bundles)
    places = {derivation.name: str(derivation.place) for derivation in bundle.derivations}
    assert places["收入"].startswith("类/上级/rules.yaml:1")
    assert places["结余"].startswith("类/下级/rules.yaml:1")


def test_an_unknown_key_is_a_finding_with_its_line(bundles: Path) -> None:
    file = bundles / "类" / "下级" / "wording.yaml"
    file.write_text("金额: {单位: 万元}\n百分比:\n  占比去令: true\n", encoding="utf-8")
    findings = Findings()
    assert load_bundle("类/下级", [bundles], findings) is None
    assert [(f.code, str(f.place), f.hint) for f in findings] == [
        ("C101", "类/下级/wording.yaml:3:3", "是否应为“占比去零”？")
    ]


def test_blocks_of_the_narrative_are_inherited(bundles: Path) -> None:
    bundle, findings = load(bundles)
    environment = narrative_environment(loader=bundle.loader())
    name = bundle.template_name("narrative.md")
    page = Page(findings=findings, place=bundle.derivations[0].place)
    sections = render_sections(environment, name, ["甲", "乙"], {}, bundle.wording, page)
    assert {key: section.markdown for key, section in sections.items()} == {
        "甲": "上级甲",
        "乙": "下级乙，上级乙",
    }
    assert len(findings) == 0


def test_a_file_the_child_lacks_is_the_parent_s(bundles: Path) -> None:
    (bundles / "类" / "下级" / "narrative.md").unlink()
    bundle, _ = load(bundles)
    assert bundle.template_name("narrative.md") == "类/上级/narrative.md"


FIXED = """\
表01:
  编号: 公开01表
  标题: 统计表
  版式: 定行
  栏组:
    - 名称: 收入
      列: [项目, 行次, 金额]
      行: [{文字: [一、收入]}, {行次: 1, 项目: 甲}, {行次: 3, 项目: 乙}, {行次: 5, 项目: 丙}]
    - 名称: 支出
      列: [项目, 行次, 金额]
      行次: [6, 9]
      行: [{行次: 6, 项目: 丁}]
"""


def test_added_rows_stand_at_their_numbers(bundles: Path) -> None:
    (bundles / "类" / "上级" / "tables.yaml").write_text(FIXED, encoding="utf-8")
    (bundles / "类" / "下级" / "tables.yaml").write_text(
        '表01: {改行名: {丙: 己}, 加行: [{行次: 4, 项目: 戊, 和: "1+3"}, {行次: 8, 项目: 庚}]}\n',
        encoding="utf-8",
    )
    for name in ("上级", "下级"):
        (bundles / "类" / name / "rules.yaml").write_text("派生: {}\n", encoding="utf-8")
    bundle, _ = load(bundles)
    left, right = bundle.profiles[0].blocks
    assert [row.label for row in left.rows] == ["", "甲", "乙", "戊", "己"]
    assert left.rows[3].parts == ("1", "3")
    assert [(row.number, row.label) for row in right.rows] == [
        (6, "丁"),
        (7, ""),
        (8, "庚"),
        (9, ""),
    ]
    assert len(load(bundles, "类/上级")[0].profiles[0].blocks[0].rows) == 4


GROUPS = """\
表06:
  编号: 公开06表
  标题: 明细表
  版式: 经济科目
  栏组:
    人员: {名称: 人员经费, 列: [科目编码, 科目名称, 金额], 科目: {"301": 工资}}
    公用: {名称: 公用经费, 列: [科目编码, 科目名称, 金额], 科目: {"302": 商品}}
    其他: {名称: 公用经费, 列: [科目编码, 科目名称, 金额], 科目: {"310": 资本}}
"""


def test_one_of_named_blocks_is_changed_alone(bundles: Path) -> None:
    group = '{列: [科目编码, 科目名称, 数], 科目: {"30201": 办公费}}'
    own = f"表06: {{栏组: {{公用: {group}, 其他: null}}}}\n"
    for name, tables in (("上级", GROUPS), ("下级", own)):
        (bundles / "类" / name / "tables.yaml").write_text(tables, encoding="utf-8")
        (bundles / "类" / name / "rules.yaml").write_text("派生: {}\n", encoding="utf-8")
    bundle, _ = load(bundles)
    blocks = bundle.profiles[0].blocks
    assert [block.values[0].leaf for block in blocks] == ["金额", "数"]
    assert [[row.key for row in block.rows] for block in blocks] == [["301"], ["302", "30201"]]


def test_a_slip_in_a_named_block_is_told_at_its_line(bundles: Path) -> None:
    (bundles / "类" / "上级" / "tables.yaml").write_text(GROUPS, encoding="utf-8")
    own = "表06:\n  栏组:\n    公用:\n      列: [科目编码, 科目名称]\n"
    (bundles / "类" / "下级" / "tables.yaml").write_text(own, encoding="utf-8")
    for name in ("上级", "下级"):
        (bundles / "类" / name / "rules.yaml").write_text("派生: {}\n", encoding="utf-8")
    findings = Findings()
    assert load_bundle("类/下级", [bundles], findings) is None
    assert [str(f.place) for f in findings] == ["类/下级/tables.yaml:4:7"]
