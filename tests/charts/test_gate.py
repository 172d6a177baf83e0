"""The document gate reads charts back from the finished bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

Print = Callable[..., Any]
CHART, BOOK = "word/charts/chart1.xml", "word/embeddings/Microsoft_Excel_Sheet1.xlsx"


@pytest.fixture(scope="module")
def printed(press: Print) -> Any:
    return press("本年{{ 收入总计|金额 }}。\n\n{{ 图表('构成', 类型='柱形', 数据=[基本, 项目]) }}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "<c:v>838.69</c:v>",
            "<c:v>838.96</c:v>",
            "“基本支出”画的是“838.96”，算出的是“838.69”。",
        ),
        ("<c:v>838.69</c:v>", "<c:v/>", "“基本支出”画的是“”，算出的是“838.69”。"),
        ("<c:v>项目支出</c:v>", "<c:v>项目</c:v>", "类别与正文的不同"),
        ("$B$2:$B$3", "$C$2:$C$3", "画的是“838.69”，数据表C2格是“”。"),
    ],
)
def test_a_value_that_differs_stops_the_document(
    printed: Any, spoil: Callable[..., bytes], old: str, new: str, said: str
) -> None:
    told = printed.gate(spoil(printed.parts, CHART, old.encode(), new.encode()))
    assert any(said in line for line in told)
    assert all(line.startswith("成文.docx 图表“构成” P117 ") for line in told if said in line)


def test_a_workbook_that_differs_is_told(printed: Any) -> None:
    parts = printed.parts
    book = openpyxl.load_workbook(io.BytesIO(parts[BOOK]))
    book["Sheet1"]["B2"] = 1
    changed = io.BytesIO()
    book.save(changed)
    told = printed.gate(repacked(parts, BOOK, changed.getvalue()))
    assert told == ["成文.docx 图表“构成” P117 画的是“838.69”，数据表B2格是“1”。"]


def test_a_workbook_that_does_not_open_is_told(printed: Any) -> None:
    told = printed.gate(repacked(printed.parts, BOOK, b"no workbook"))
    assert told == ["成文.docx 图表“构成” P117 里面没有可以打开的数据表。"]


def test_a_chart_of_nobodys_is_told(printed: Any) -> None:
    parts = printed.parts
    told = printed.gate(repacked(parts, "word/charts/chart7.xml", parts[CHART]))
    assert told == ["成文.docx word/charts/chart7.xml P117 画的数都没有来源。"]


def test_a_chart_that_is_gone_is_told(printed: Any) -> None:
    parts = {name: data for name, data in printed.parts.items() if name != CHART}
    told = printed.gate(repacked(parts, BOOK, parts[BOOK]))
    assert "成文.docx word/charts/chart1.xml P103 写出的文件缺少这个部分。" in told
    assert "成文.docx P106 图表“构成”有2个数没有画在文件里。" in told


def test_a_numeral_typed_into_a_title_is_told(press: Print) -> None:
    call = "图表('构成', 类型='柱形', 数据=基本, 标题={}) "
    assert press("{{ " + call.format("'2019年支出'") + "}}").gate() == [
        "成文.docx 第1段 P105 “图1：2019年支出”中的“2019”没有来源。",
        "成文.docx 图表“构成” P105 “2019年支出（单位：万元）”中的“2019”没有来源。",
    ]
    assert press("{{ " + call.format("年度 ~ '年支出'") + "}}").gate() == []


def repacked(parts: dict[str, bytes], name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in {**parts, name: content}.items():
            archive.writestr(part, data)
    return buffer.getvalue()
