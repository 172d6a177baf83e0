"""Captions in sentences, with the kind of chart in words; where they stand; titles in charts."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from jinja2 import DictLoader
from lxml import etree

from reportgen.narrative import Wording, narrative_environment
from reportgen.render.markdown import render_markdown

Write = Callable[..., Any]
Print = Callable[..., Any]
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
COLUMNS = "{{ 图表('变动', 类型='柱形图', 数据=[基本, 项目], 标题='收、支变动图') }}"
PIE = "{{ 图表('构成', 类型='饼图', 数据=[基本, 项目], 标题='支出*结构*图') }}"
SOURCE = f"变动不大。{{{{ 图名.变动 }}}}\n\n{COLUMNS}\n\n见{{{{ 图名['构成'] }}}}。\n\n{PIE}"
SENTENCE = {"题": "（图{号}：{标题}）（{类型}）", "单位": "", "题位": "无"}
SENTENCE_WORDS = {**SENTENCE, "种类": {"柱形图": "柱状图", "饼图": "饼状图"}}


def paragraphs(printed: Any) -> list[str]:
    document = docx.Document(io.BytesIO(printed.pressed.content))
    return [p.text for p in document.paragraphs if p.text or not p._p.xpath(".//w:drawing")]


def test_a_caption_stands_at_the_end_of_a_sentence_before_its_chart(press: Print) -> None:
    printed = press(SOURCE, 图表=SENTENCE_WORDS)
    assert printed.written.told == []
    assert paragraphs(printed) == [
        "变动不大。（图1：收、支变动图）（柱状图）",
        "见（图2：支出*结构*图）（饼状图）。",
    ], "and no empty paragraph is left where captions stand by default"
    assert printed.gate() == []


def test_in_markdown_too(write: Write) -> None:
    written = write(SOURCE, 图表=SENTENCE_WORDS)
    lines = [line for line in written.text.splitlines() if line and line[0] != "|"]
    assert lines == [
        "变动不大。（图1：收、支变动图）（柱状图）",
        r"见（图2：支出\*结构\*图）（饼状图）。",
    ]


def test_a_kind_that_is_not_renamed_has_its_usual_name(write: Write) -> None:
    for kind in ("柱形图", "条形图", "折线图", "饼图"):
        source = f"{{{{ 图名.图 }}}}\n\n{{{{ 图表('图', 类型='{kind}', 数据=基本) }}}}"
        assert f"图）（{kind}）" in write(source, 图表=SENTENCE).text


@pytest.mark.parametrize(
    "expression",
    ["图名.变动", "'' ~ 图名.变动", "图名.变动|trim", "图名['变动']"],
)
def test_a_caption_passes_through_what_texts_pass_through(write: Write, expression: str) -> None:
    written = write(f"见{{{{ {expression} }}}}。\n\n{COLUMNS}")
    assert written.told == []
    assert written.text.startswith("见图1：收、支变动图。")


def test_a_number_typed_by_hand_is_told(press: Print) -> None:
    printed = press(f"变动不大。（图9：收、支变动图）{{{{ 图名.变动 }}}}\n\n{COLUMNS}")
    assert printed.gate() == [
        "成文.docx 第1段 P105 “变动不大。（图9：收、支变动图）图1：收”中的“9”没有来源。"
    ]


def test_a_caption_of_no_chart_is_told_at_its_line(write: Write) -> None:
    written = write(f"一。\n见{{{{ 图名.变东 }}}}。\n再见{{{{ 图名.变东 }}}}。\n\n{COLUMNS}")
    [told] = written.told
    assert told.startswith("甲/乙/narrative.md:3 T101 “图名.变东”没有图")
    assert told.endswith("是否应为“变动”？")
    assert "【待填写：图名“变东”】" in written.text


def test_a_chart_that_could_not_be_drawn_is_told_once(write: Write) -> None:
    written = write("见{{ 图名.图 }}。\n\n{{ 图表('图', 类型='饼', 数据=零) }}")
    assert [finding.code for finding in written.findings] == ["T112"]


def test_captions_that_say_nothing_are_told_where_they_are_asked_for(write: Write) -> None:
    [told] = write(f"见{{{{ 图名.变动 }}}}。\n\n{COLUMNS}", 图表={"题": ""}).told
    assert told.startswith("甲/乙/narrative.md:2 T111 “图名.变动”是空的")
    assert "题位: 无" in told


def test_no_caption_leaves_no_empty_paragraph(press: Print) -> None:
    assert paragraphs(press(f"一。\n\n{COLUMNS}\n\n二。", 图表={"题": ""})) == ["一。", "二。"]


def test_the_markdown_layout_knows_captions(write: Write) -> None:
    written = write(COLUMNS)
    layout = {"report.md": "{{ 图名.变动 }}\n\n{{ 说明 }}"}
    text = render_markdown(
        narrative_environment(loader=DictLoader(layout)),
        "report.md",
        {},
        written.sections,
        Wording(),
        written.page,
    )
    assert written.told == []
    assert text is not None
    assert text.startswith("图1：收、支变动图\n\n图1：收、支变动图（单位：万元）\n")


@pytest.mark.parametrize(
    ("source", "words", "title"),
    [
        pytest.param(COLUMNS, {}, "收、支变动图（单位：万元）", id="as by default"),
        pytest.param(COLUMNS, {"图内标题": "无"}, "（单位：万元）", id="the unit is not lost"),
        pytest.param(COLUMNS, {"图内标题": "无", "单位": ""}, None, id="no title at all"),
        pytest.param(PIE, {"图内标题": "无"}, None, id="shares have no unit"),
    ],
)
def test_the_title_in_the_chart_may_be_left_out(
    press: Print, source: str, words: dict[str, str], title: str | None
) -> None:
    printed = press(source, 图表=words)
    root: Any = etree.fromstring(printed.parts["word/charts/chart1.xml"])
    found = root.find(f"{C}chart/{C}title")
    text = None if found is None else "".join(t.text for t in found.iter(f"{A}t"))
    deleted = root.find(f"{C}chart/{C}autoTitleDeleted").get("val")
    assert (text, deleted) == (title, "1" if title is None else "0")
    assert printed.gate() == []
    assert paragraphs(printed)[0].startswith("图1：")
