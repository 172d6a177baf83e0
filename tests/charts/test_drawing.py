"""Charts in Word: schema order, workbooks, axis ids, alt texts, the same bytes twice."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from lxml import etree

Print = Callable[..., Any]
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_AXIS = """axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark
    minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt"""
_LABELS = """numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent
    showBubbleSize separator showLeaderLines leaderLines extLst"""
ORDER = {  # ISO/IEC 29500-1, dml-chart.xsd
    "chartSpace": """date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource
        protection chart spPr txPr externalData printSettings userShapes extLst""",
    "chart": """title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend
        plotVisOnly dispBlanksAs showDLblsOverMax extLst""",
    "plotArea": "layout barChart lineChart pieChart catAx valAx dTable spPr extLst",
    "barChart": """barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst""",
    "lineChart": """grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId
        extLst""",
    "pieChart": "varyColors ser dLbls firstSliceAng extLst",
    "barChart/ser": """idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars
        cat val shape extLst""",
    "lineChart/ser": "idx order tx spPr marker dPt dLbls trendline errBars cat val smooth extLst",
    "pieChart/ser": "idx order tx spPr explosion dPt dLbls cat val extLst",
    "dPt": "idx invertIfNegative marker bubble3D explosion spPr pictureOptions extLst",
    "dLbls": f"dLbl delete {_LABELS}",
    "dLbl": f"idx delete layout tx {_LABELS}",
    "catAx": f"{_AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
    "valAx": f"{_AXIS} crossBetween majorUnit minorUnit dispUnits extLst",
    "legend": "legendPos legendEntry layout overlay spPr txPr extLst",
    "marker": "symbol size spPr extLst",
    "tx": "strRef rich v",
    "cat": "multiLvlStrRef numRef numLit strRef strLit",
    "val": "numRef numLit",
    "strRef": "f strCache extLst",
    "numRef": "f numCache extLst",
    "strCache": "ptCount pt extLst",
    "numCache": "formatCode ptCount pt extLst",
    "scaling": "logBase orientation max min extLst",
    "externalData": "autoUpdate",
}
CHARTS = {
    "columns": "图表('图', 类型='柱形', 数据=[收入总计, 支出总计], 对比='上年')",
    "bars": "图表('图', 类型='条形', 数据=各类, 栏='金额')",
    "lines": "图表('图', 类型='折线', 数据=[收入总计, 支出总计], 对比='上年')",
    "pie": "图表('图', 类型='饼', 数据=[基本, 项目])",
    "pie of twelve": "图表('图', 类型='饼', 数据=各类, 栏='金额', 标注='数值')",
    "no labels": "图表('图', 类型='柱形', 数据=人次, 标注='无')",
}


def misplaced(root: Any) -> list[str]:
    """The elements of charts that don't stand where the schema has them."""
    found = []
    for element in root.iter(f"{C}*"):
        name, parent = etree.QName(element).localname, element.getparent()
        key = f"{etree.QName(parent).localname}/{name}" if parent is not None else name
        order = ORDER.get(key) or ORDER.get(name)
        if order is None:
            continue
        names = [etree.QName(child).localname for child in element]
        ranks = [order.split().index(child) if child in order.split() else -1 for child in names]
        if -1 in ranks or ranks != sorted(ranks):
            found.append(f"{key}: {names}")
    return found


@pytest.fixture(scope="module", params=CHARTS)
def printed(press: Print, request: pytest.FixtureRequest) -> Any:
    made = press(f"前文。\n\n{{{{ {CHARTS[request.param]} }}}}\n\n后文。")
    assert made.written.told == []
    return made


def test_elements_keep_the_order_of_the_schema(printed: Any) -> None:
    assert misplaced(etree.fromstring(printed.parts["word/charts/chart1.xml"])) == []


def test_texts_have_fonts_for_both_scripts(printed: Any) -> None:
    root: Any = etree.fromstring(printed.parts["word/charts/chart1.xml"])
    looks = [*root.iter(f"{A}defRPr"), *root.iter(f"{A}rPr")]
    assert looks
    for look in looks:
        assert look.find(f"{A}latin").get("typeface") == "Times New Roman"
        assert look.find(f"{A}ea").get("typeface") == "宋体"


@pytest.mark.parametrize(
    ("call", "there", "gone"),
    [
        pytest.param(
            "类型='饼', 数据=[基本, 项目]",
            '<c:dLblPos val="outEnd"/>',
            "bestFit",
            id="broad slices",
        ),
        pytest.param(
            "类型='饼', 类别=['甲', '乙', '丙'], 系列={'丁': [项目, 新, 新2]}",
            '<c:dLblPos val="bestFit"/>',
            "outEnd",
            id="slim slices",
        ),
        pytest.param(
            "类型='柱形', 数据=各类, 栏=['金额', '别的']",
            'rot="-5400000"',
            "<c:layout/>",
            id="crowded columns: upright labels, with room above",
        ),
        pytest.param(
            "类型='折线', 数据=各类, 栏=['金额', '别的']",
            "<c:smooth",
            "<c:dLbls>",
            id="crowded lines: no labels",
        ),
    ],
)
def test_labels_do_not_cover_each_other(press: Print, call: str, there: str, gone: str) -> None:
    made = press(f"{{{{ 图表('图', {call}) }}}}")
    assert made.written.told == []
    xml = made.parts["word/charts/chart1.xml"].decode()
    assert there in xml
    assert gone not in xml


@pytest.mark.parametrize(
    ("call", "bounds"),
    [
        pytest.param("类型='柱形', 数据=收入总计, 对比='上年'", {"min": "0"}, id="columns"),
        pytest.param("类型='条形', 数据=[基本, 零]", {"min": "0"}, id="bars"),
        pytest.param("类型='柱形', 数据=零", {"min": "0"}, id="nothing but 0"),
        pytest.param("类型='柱形', 数据=[基本, 负]", {}, id="above and below: 0 is between"),
        pytest.param("类型='柱形', 数据=[负, 负]", {"max": "0"}, id="below only"),
        pytest.param("类型='折线', 数据=收入总计, 对比='上年'", {}, id="a line has no length"),
    ],
)
def test_columns_and_bars_begin_at_zero(press: Print, call: str, bounds: dict[str, str]) -> None:
    made = press(f"{{{{ 图表('图', {call}) }}}}")
    assert made.written.told == []
    root: Any = etree.fromstring(made.parts["word/charts/chart1.xml"])
    scaling = root.find(f".//{C}valAx/{C}scaling")
    found = {etree.QName(bound).localname: bound.get("val") for bound in scaling}
    assert {name: found[name] for name in ("min", "max") if name in found} == bounds


def test_axis_ids_are_positive_and_unique(printed: Any) -> None:
    root: Any = etree.fromstring(printed.parts["word/charts/chart1.xml"])
    axes = [axis for kind in ("catAx", "valAx") for axis in root.iter(f"{C}{kind}")]
    ids = [int(axis.find(f"{C}axId").get("val")) for axis in axes]
    crossed = [int(axis.find(f"{C}crossAx").get("val")) for axis in axes]
    used = [
        int(i.get("val"))
        for plot in root.iter(f"{C}barChart", f"{C}lineChart")
        for i in plot.findall(f"{C}axId")
    ]
    assert all(number > 0 for number in ids)
    assert sorted(ids) == sorted(crossed) == sorted(used)
    assert len(set(ids)) == len(ids)


def test_the_workbook_opens_with_what_is_plotted(printed: Any) -> None:
    [chart] = printed.written.page.charts
    book = openpyxl.load_workbook(
        io.BytesIO(printed.parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])
    )
    rows = list(book["Sheet1"].iter_rows(values_only=True))
    assert rows[0][1:] == tuple(series.name for series in chart.series)
    assert tuple(row[0] for row in rows[1:]) == chart.categories
    for number, row in enumerate(rows[1:]):
        plotted = [series.points[number].value for series in chart.series]
        assert [f"{value:.2f}" for value in row[1:]] == [f"{value:.2f}" for value in plotted]


def test_the_file_opens_and_passes_the_gate(printed: Any) -> None:
    document = docx.Document(io.BytesIO(printed.pressed.content))
    assert next(p.text for p in document.paragraphs if p.text) == "前文。"
    assert len(document.inline_shapes) == 1
    assert document.tables == []
    assert printed.gate() == []


def test_the_alt_text_tells_the_figures(press: Print) -> None:
    printed = press("{{ 图表('图', 类型='柱形', 数据={'甲&<\"乙\"': 基本}) }}")
    body = etree.fromstring(printed.parts["word/document.xml"])
    [properties] = [e for e in body.iter() if str(e.tag).endswith("}docPr")]
    assert properties.get("descr") == '图1：图（单位：万元）；甲&<"乙"838.69。'


def test_six_charts_have_ids_and_parts_of_their_own(press: Print) -> None:
    calls = (f"{{{{ 图表('图{n}', 类型='饼', 数据=[基本, 项目]) }}}}" for n in "甲乙丙丁戊己")
    printed = press("\n\n".join(calls))
    body = printed.parts["word/document.xml"].decode()
    ids = re.findall(r'<wp:docPr id="(\d+)"', body)
    assert len(set(ids)) == len(ids) == 6
    assert len(set(re.findall(r'<c:chart r:id="(\w+)"', body))) == 6
    assert sum(name.startswith("word/charts/chart") for name in printed.parts) == 6
    assert printed.gate() == []


def test_the_same_input_gives_the_same_bytes(press: Print) -> None:
    source = "{{ 图表('图', 类型='柱形', 数据=[收入总计, 支出总计], 对比='上年') }}"
    assert press(source).pressed.content == press(source).pressed.content


def test_a_text_that_looks_like_a_formula_stays_a_text(press: Print) -> None:
    printed = press("{{ 图表('图', 类型='柱形', 数据={'=1+1': 基本, 'http://a.b': 项目}) }}")
    book = openpyxl.load_workbook(
        io.BytesIO(printed.parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])
    )
    sheet = book["Sheet1"]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in sheet["A"][1:]] == [
        ("=1+1", "s", None),
        ("http://a.b", "s", None),
    ]
    assert printed.gate() == []
