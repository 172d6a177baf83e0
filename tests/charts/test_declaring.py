"""图表(…): the ways to hand over data, the table in Markdown, and every fault at its line."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

Write = Callable[..., Any]


def test_the_long_form_names_categories_and_series(write: Write) -> None:
    written = write(
        "{{ 图表('构成', 类型='饼图', 类别=['基本支出', '项目支出'],"
        " 系列={'本年支出': [基本, 项目]}, 标题='本年支出构成情况', 单位='万元') }}"
    )
    assert written.told == []
    assert written.text.splitlines()[0] == "图1：本年支出构成情况（单位：万元）"
    assert written.tables == [
        ["项目", "本年支出"],
        ["基本支出", "838.69"],
        ["项目支出", "1,297.48"],
    ]


def test_this_year_against_last_needs_no_more_than_the_figures(write: Write) -> None:
    written = write("{{ 图表('变动', 类型='柱形', 数据=[收入总计, 支出总计], 对比='上年') }}")
    assert written.told == []
    assert written.tables == [
        ["项目", "2020年", "2021年"],
        ["收入总计", "1,200.00", "2,136.61"],
        ["支出总计", "-30.00", "2,136.61"],
    ]


@pytest.mark.parametrize(
    ("data", "table"),
    [
        pytest.param(
            "数据={'基本': 基本, '项目': 项目}",
            [["项目", "金额"], ["基本", "838.69"], ["项目", "1,297.48"]],
            id="figures by name",
        ),
        pytest.param("数据=基本", [["项目", "金额"], ["基本支出", "838.69"]], id="one figure"),
        pytest.param(
            "数据=各类[:2], 栏='金额'",
            [["项目", "金额"], ["第1类支出", "1.00"], ["第2类支出", "2.00"]],
            id="records",
        ),
        pytest.param(
            "数据=[基本, 项目], 类别=['甲', '乙'], 系列名='本年'",
            [["项目", "本年"], ["甲", "838.69"], ["乙", "1,297.48"]],
            id="other names",
        ),
        pytest.param("数据=人次", [["项目", "数量"], ["人次", "12"]], id="a count"),
        pytest.param(
            "数据=各类[:1], 栏={'甲': '金额', '乙': '金额'}",
            [["项目", "甲", "乙"], ["第1类支出", "1.00", "1.00"]],
            id="columns by name",
        ),
        pytest.param(
            "数据=基本, 单位='元'", [["项目", "金额"], ["基本支出", "8,386,900.00"]], id="unit"
        ),
        pytest.param(
            "数据=新, 对比='上年', 新设按零=true, 单位='元'",
            [["项目", "2020年", "2021年"], ["新设", "0.00", "100.00"]],
            id="a new unit's last year as 0, where the author says so",
        ),
    ],
)
def test_other_forms(write: Write, data: str, table: list[list[str]]) -> None:
    written = write(f"{{{{ 图表('图', 类型='柱形图', {data}) }}}}")
    assert written.told == []
    assert written.tables == table


def test_each_plotted_figure_is_cited_with_its_cell(write: Write) -> None:
    page = write("{{ 图表('图', 类型='饼', 数据=[基本, 零, 项目]) }}").page
    assert [(c.text, str(c.figures[0].places[0])) for c in page.citations] == [
        ("838.69", "决算表.xlsx[表]!D1"),
        ("1,297.48", "决算表.xlsx[表]!D2"),
    ]
    assert page.charts[0].categories == ("基本支出", "项目支出"), "a slice of 0 is none"


def test_charts_are_numbered_through_the_document(write: Write) -> None:
    written = write(
        "{{ 图表('甲', 类型='饼', 数据=基本) }}\n\n{{ 图表('乙', 类型='饼', 数据=项目) }}",
        图表={"题": "图{号} {标题}", "单位": "单位：{单位}"},
    )
    captions = [line for line in written.text.splitlines() if line.startswith("图")]
    assert captions == ["图1 甲单位：万元", "图2 乙单位：万元"]


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        ("图表()", "T111", "要有一个名称"),
        ("图表('图', 数据=基本)", "T111", "没有写类型"),
        ("图表('图', 类型='饼型', 数据=基本)", "T111", "是否应为“饼图”？"),
        ("图表('图', 类型='柱形', 数据=基本, 标提='甲')", "T111", "是否应为“标题”？"),
        ("图表('图', 类型='柱形')", "T111", "没有写数据"),
        ("图表('图', 类型='柱形', 系列={'甲': [基本]})", "T111", "没有写类别"),
        ("图表('图', 类型='柱形', 类别=['甲'], 系列=[基本])", "T111", "系列没有名称"),
        ("图表('图', 类型='柱形', 类别=['甲', '乙'], 系列={'丙': [基本]})", "T111", "对不上"),
        ("图表('图', 类型='柱形', 数据=[基本, 项目], 类别=['甲'])", "T111", "对不上"),
        ("图表('图', 类型='柱形', 类别=['甲'], 系列={'丙': ['约七万']})", "T111", "是文字"),
        ("图表('图', 类型='柱形', 数据=[基本, 人次])", "T111", "只画一种数"),
        ("图表('图', 类型='柱形', 数据=基本, 对比='去年')", "T111", "“去年”不是对比数"),
        ("图表('图', 类型='柱形', 数据=各类, 栏='数额')", "T111", "没有“数额”"),
        ("图表('图', 类型='柱形', 数据=各类, 栏='金额', 名栏='类')", "T111", "类别应是文字"),
        ("图表('图', 类型='柱形', 数据=基本, 单位='个')", "T111", "不是金额的单位"),
        ("图表('图', 类型='柱形', 数据=基本, 标注='比例')", "T111", "不能标注比例"),
        ("图表('图', 类型='饼', 数据=收入总计, 对比='上年')", "T112", "只能有一个"),
        ("图表('图', 类型='饼', 数据=[基本, 负])", "T112", "负数"),
        ("图表('图', 类型='饼', 数据=零)", "T112", "都是0"),
        ("图表('图', 类型='柱形', 数据=基木)", "T101", "未知的名称“基木”。是否应为“基本”？"),
        ("图表('图', 类型='柱形', 数据=[基本, 基木])", "T101", "未知的名称“基木”"),
        ("图表('图', 类型='柱形', 数据=基本, 对比=上午)", "T101", "未知的名称“上午”"),
        ("图表('图', 类型='柱形', 数据=[5])", "T103", "不是数据"),
        (
            "图表('图', 类型='柱形', 类别=['甲'], 系列={'丙': [基本|金额]})",
            "T111",
            "“838.69万元”是文字",
        ),
        ("图表('图', 类型='柱形', 类别=[''], 系列={'丙': [基本]})", "T111", "类别应是文字"),
        ("图表('图', 类型='柱形', 类别=['甲'], 系列={'': [基本]})", "T111", "系列没有名称"),
        ("图表('图', 类型='柱形', 数据=没有)", "N102", "清单是空的"),
        ("图表('图', 类型='柱形', 数据=新, 对比='上年')", "N102", "新设单位"),
    ],
)
def test_a_fault_is_told_at_its_line(write: Write, call: str, code: str, said: str) -> None:
    written = write("先写一句。\n\n{{ " + call + " }}")
    [told] = written.told
    assert told.startswith(f"甲/乙/narrative.md:4 {code} ")
    assert said in told
    assert "【待填写：图表" in written.text
    assert written.page.charts == []


@pytest.mark.parametrize(
    ("name", "filtered", "told"),
    [
        ("缺", "缺|金额", "N102 缺少“住房支出”（未提供）。请在补充数据或决算表中补填。"),
        ("空", "空", "N101 还没有填写用途。请补填。"),
    ],
)
def test_what_a_chart_misses_as_its_sentence_does_is_told_once(
    write: Write, name: str, filtered: str, told: str
) -> None:
    written = write(f"{{{{ {filtered} }}}}{{{{ 图表('图', 类型='柱形', 数据=[基本, {name}]) }}}}")
    assert written.told == [f"甲/乙/narrative.md 说明 {told}"]
    assert written.page.charts == []


def test_the_caption_may_stand_below(press: Callable[..., Any]) -> None:
    above, below = ("图1：图", ""), ("", "图1：图")
    for position, texts in (("上", above), ("下", below)):
        printed = press("{{ 图表('图', 类型='饼', 数据=基本) }}", 图表={"题位": position})
        document = docx.Document(io.BytesIO(printed.pressed.content))
        assert tuple(paragraph.text for paragraph in document.paragraphs) == texts


def test_a_chart_is_not_called_in_a_word_template(
    press: Callable[..., Any], tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph("{{ 图表('图', 类型='饼', 数据=基本) }}")
    document.add_paragraph("{{p 说明 }}")
    document.save(str(tmp_path / "report.docx"))
    [told] = press("完。", tmp_path / "report.docx").written.told
    assert told.startswith("report.docx")
    assert "T111 图表只能写在 narrative.md 里。" in told


def test_the_same_name_twice_is_told_with_the_first_place(write: Write) -> None:
    one = "{{ 图表('图', 类型='饼', 数据=基本) }}"
    [told] = write(f"{one}\n\n{one}").told
    assert told.startswith(
        "甲/乙/narrative.md:4 T111 图表“图”写了两次，前一次在甲/乙/narrative.md:2"
    )
