"""The trace says of every plotted figure where it stands in the chart's data, and whence it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from reportgen.language.documents import STYLES, word_lines
from reportgen.outputs.rows import trace_rows


def test_a_chart_is_traced_cell_by_cell(press: Callable[..., Any]) -> None:
    call = "图表('变动', 类型='柱形', 数据=[收入总计, 支出总计], 对比='上年')"
    printed = press(f"# 一、总体\n\n{{{{ {call} }}}}\n\n完。")
    page, pressed = printed.written.page, printed.pressed
    with zipfile.ZipFile(io.BytesIO(pressed.content)) as archive:
        parts = {STYLES: archive.read(STYLES), **pressed.marked}
    rows = list(trace_rows(word_lines(parts, charts=page.charts), page.citations))
    assert [(row.section, row.spot, row.sentence, row.text, row.cells) for row in rows] == [
        (
            "一、总体",
            "图表“变动”数据表1 行2 单元格2",
            "收入总计｜2020年",
            "1,200.00",
            "决算表.xlsx[表]!C1",
        ),
        (
            "一、总体",
            "图表“变动”数据表1 行2 单元格3",
            "收入总计｜2021年",
            "2,136.61",
            "决算表.xlsx[表]!B1",
        ),
        (
            "一、总体",
            "图表“变动”数据表1 行3 单元格2",
            "支出总计｜2020年",
            "-30.00",
            "决算表.xlsx[表]!C2",
        ),
        (
            "一、总体",
            "图表“变动”数据表1 行3 单元格3",
            "支出总计｜2021年",
            "2,136.61",
            "决算表.xlsx[表]!B2",
        ),
    ]
