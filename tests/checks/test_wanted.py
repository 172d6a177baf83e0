"""What a narrative asks users for, read off its templates."""

from __future__ import annotations

from jinja2 import DictLoader

from reportgen.checks.questions import THIS_YEAR, Wanted
from reportgen.checks.wanted import wanted
from reportgen.model import USE
from reportgen.narrative import narrative_environment


def asked(text: str, **others: str) -> Wanted:
    """What a narrative asks for, with its parents."""
    environment = narrative_environment(loader=DictLoader({"narrative.md": text, **others}))
    return wanted(environment, ["narrative.md"], ["表05", "表08"])


def test_a_comparison_asks_for_its_base() -> None:
    found = asked(
        "{{ 收入总计|增减 }}{{ 支出总计|增减(年初预算) }}{{ 人员经费|完成(全年预算) }}"
        "{% if 公用经费 is 持平 %}{{ 公用经费.上年|金额 }}{% endif %}{{ 三公经费|金额 }}"
    )
    assert found.names("上年") == ["收入总计", "公用经费"]
    assert found.names("年初预算") == ["支出总计"]
    assert found.names("全年预算") == ["人员经费"]
    assert "三公经费" in found.names(THIS_YEAR)


def test_loops_and_macros_ask_for_what_they_are_given() -> None:
    found = asked(
        "{% macro 句(数) %}{{ 数|增减 }}{{ 数.用途 }}{% endmacro %}"
        "{% for 数 in [收入总计, 支出总计] %}{{ 句(数) }}{% endfor %}"
        "{% for 类 in 表05.类|非零 %}{{ 类|完成(年初预算) }}{{ 类.用途 }}{% endfor %}"
        "{{ 表08['合计', '本年收入']|增减 }}"
    )
    assert found.names("上年") == ["收入总计", "支出总计"]
    assert found.names(USE) == ["收入总计", "支出总计"]
    assert found.rows("年初预算") == found.rows(USE) == ["表05"]
    assert found.cells("上年") == [("表08", "合计", "本年收入")]


def test_a_use_is_that_of_the_row_whichever_the_column() -> None:
    found = asked("{% for 类 in 表05.类 %}{{ 类['本年支出/合计'].用途 }}{% endfor %}")
    assert found.rows(USE) == ["表05"]


def test_a_chart_asks_for_the_base_of_all_that_it_draws() -> None:
    found = asked(
        "{% macro 图(各项) %}{{ 图表('甲', 数据=各项, 对比='上年') }}"
        "{% for 项 in 各项|列示 %}{{ 项|完成(年初预算) }}{% endfor %}{% endmacro %}"
        "{{ 图([收入总计, 支出总计]) }}{{ 图表('乙', 数据=[人员经费, 公用经费]) }}"
    )
    assert found.names("上年") == found.names("年初预算") == ["收入总计", "支出总计"]


def test_texts_and_lists_are_known_by_name() -> None:
    found = asked(
        "{% block 概况 %}{{ 文字.职责|段落 }}"
        "{% for 段 in 文字.机构设置.分段 %}{% endfor %}{% endblock %}"
        "{% if 评价 %}{{ 文字['部门评价结论']|段落 }}{% endif %}"
        "{{ (绩效汇总|取('级次', '一级')).个数|计数 }}"
    )
    assert {name: (t.block, t.when, t.has_parts) for name, t in found.texts.items()} == {
        "职责": ("概况", "", False),
        "机构设置": ("概况", "", True),
        "部门评价结论": ("概况", "评价", False),
    }
    assert found.optional == {"评价"}
    assert found.choices == {"绩效汇总": {"级次": {"一级": None}}}


def test_a_text_that_is_looked_for_first_may_stay_unwritten() -> None:
    found = asked(
        "{% if 文字.人员 is 缺 %}{{ 人数|计数 }}{% else %}{{ 文字.人员|段落 }}{% endif %}"
        "{% if 文字.绩效 %}{{ 文字.绩效|段落 }}{% endif %}"
        "{% if not 文字.职责 %}{{ 文字.职责|段落 }}{% endif %}"
        "{% if 文字.机构 is 缺 %}{{ 文字.机构|段落 }}{% endif %}{{ 文字.其他|段落 }}"
    )
    assert list(found.texts) == ["职责", "机构", "其他"]


def test_a_text_that_is_looked_for_by_another_name_may_stay_unwritten() -> None:
    found = asked(
        "{% set 二级 = 文字.二级单位 %}{% if 二级 is 缺 %}无{% else %}{{ 二级 }}{% endif %}"
        "{% set 职责 = 文字.职责 %}{{ 职责|段落 }}"
    )
    assert {name: text.may_lack for name, text in found.texts.items()} == {
        "二级单位": True,
        "职责": False,
    }


def test_what_a_loop_over_a_list_asks_for_goes_with_the_list() -> None:
    found = asked(
        "{% macro 报告(评) %}{{ 文字.结论|段落 }}{% endmacro %}"
        "{% for 评 in 评价 if 评.报告 %}{{ 报告(评) }}{% else %}{{ 文字.未评价|段落 }}{% endfor %}"
        "{% set 各项 = [收入总计] %}{% for 项 in 各项 %}{{ 文字.其他|段落 }}{% endfor %}"
    )
    assert {name: text.when for name, text in found.texts.items()} == {
        "结论": "评价",
        "未评价": "",
        "其他": "",
    }


def test_explanations_of_subjects_are_asked_for() -> None:
    assert asked("{% for 项 in 表05.项 %}{{ 科目说明[项.编码]|去句号 }}{% endfor %}").subjects
    assert not asked("{{ 文字.职责|段落 }}").subjects


def test_a_block_that_a_child_writes_anew_counts_as_the_child_writes_it() -> None:
    parent = "{% block 甲 %}{{ 收入总计|增减 }}{% endblock %}"
    parent += "{% block 乙 %}{{ 人员经费|增减 }}{% endblock %}"
    child = "{% extends '父' %}{% block 甲 %}{{ 支出总计|增减 }}{% endblock %}"
    assert sorted(asked(child, 父=parent).names("上年")) == ["人员经费", "支出总计"]
