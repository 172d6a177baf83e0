"""Charts drawn in the Word template are found by name, refilled, and keep their look."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from lxml import etree

from tests.charts.conftest import zipped
from tests.charts.test_drawing import misplaced

Print = Callable[..., Any]
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART, BOOK = "word/charts/chart1.xml", "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
OLD_PIE = "{{ 图表('旧', 类型='饼', 数据=各类[:3], 栏='金额') }}"
OLD_COLUMNS = "{{ 图表('旧', 类型='柱形', 数据=[收入总计, 支出总计], 对比='上年') }}"
PIE = "本年{{ 收入总计|金额 }}。\n\n{{ 图表('构成', 类型='饼', 数据=[基本, 项目]) }}"
COLUMN = "本年{{ 收入总计|金额 }}。\n\n{{ 图表('构成', 类型='柱形', 数据=[基本, 项目]) }}"
Draw = Callable[..., Path]


@pytest.fixture(scope="module")
def draw(press: Print, tmp_path_factory: pytest.TempPathFactory) -> Draw:
    """draw(source, **docPr): a template in which the author drew a chart with figures of old."""

    def drawn(source: str, **properties: str) -> Path:
        document = docx.Document(io.BytesIO(press(source).pressed.content))
        for name in ("descr", "title"):
            [place] = document.element.xpath("//wp:docPr")
            place.attrib.pop(name, None)
            if name in properties:
                place.set(name, properties[name])
        for part in document.part.package.iter_parts():
            if str(part.partname) == f"/{CHART}":
                part._blob = part.blob.replace(b"1F4E79", b"ABCDEF")  # the author's own colour
        for paragraph in document.paragraphs:
            if paragraph.text.startswith("图1"):
                paragraph.text = "如{{ 图名.构成 }}。"
        document.add_paragraph("{{p 说明 }}")
        path = tmp_path_factory.mktemp("drawn") / "report.docx"
        document.save(str(path))
        return path

    return drawn


@pytest.fixture(scope="module")
def refilled(press: Print, draw: Draw) -> Any:
    return press(PIE, draw(OLD_PIE, descr="图表：构成"))


def plotted(parts: dict[str, bytes]) -> list[str]:
    root = etree.fromstring(parts[CHART])
    return [v.text or "" for v in root.iterfind(f".//{C}val//{C}v")]


def test_the_authors_chart_has_todays_figures_and_its_own_look(refilled: Any) -> None:
    assert refilled.written.told == []
    assert plotted(refilled.parts) == ["838.69", "1297.48"]
    assert b"ABCDEF" in refilled.parts[CHART]
    assert [name for name in refilled.parts if name.startswith("word/charts/chart")] == [CHART]
    assert refilled.gate() == []


def test_points_that_are_no_more_leave_no_look_behind(refilled: Any) -> None:
    root = etree.fromstring(refilled.parts[CHART])
    points: list[Any] = root.findall(f".//{C}dPt/{C}idx")
    assert [point.get("val") for point in points] == ["0", "1"]


def test_a_refilled_chart_keeps_the_order_of_the_schema(refilled: Any) -> None:
    assert misplaced(etree.fromstring(refilled.parts[CHART])) == []


def test_the_author_says_where_the_axis_begins(press: Print, draw: Draw) -> None:
    both = "类别=['支出'], 系列={'基本': [基本], '项目': [项目]}"
    made = press(
        f"{{{{ 图表('构成', 类型='柱形', {both}) }}}}", draw(OLD_COLUMNS, descr="图表:构成")
    )
    assert made.written.told == []
    root = etree.fromstring(made.parts[CHART])
    assert root.find(f".//{C}valAx/{C}scaling/{C}min") is None


def test_its_workbook_holds_todays_figures(refilled: Any) -> None:
    books = [name for name in refilled.parts if name.endswith(".xlsx")]
    assert books == [BOOK]
    sheet = openpyxl.load_workbook(io.BytesIO(refilled.parts[BOOK])).active
    assert sheet is not None
    assert [row[:2] for row in sheet.iter_rows(values_only=True)] == [
        (None, "金额"),
        ("基本支出", 838.69),
        ("项目支出", 1297.48),
    ]


def test_its_alt_text_tells_todays_figures(refilled: Any) -> None:
    document = docx.Document(io.BytesIO(refilled.pressed.content))
    [properties] = document.element.xpath("//wp:docPr")
    assert properties.get("descr") == "图1：构成（单位：万元）；基本支出838.69，项目支出1,297.48。"


def test_the_author_prints_its_caption_where_it_is_drawn(refilled: Any) -> None:
    document = docx.Document(io.BytesIO(refilled.pressed.content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert [text for text in texts if "图1" in text] == ["如图1：构成。"]


def test_a_chart_is_found_by_its_title_in_words_dialogue(press: Print, draw: Draw) -> None:
    printed = press(PIE, draw(OLD_PIE, descr="一张饼图", title="图表:构成"))
    assert plotted(printed.parts) == ["838.69", "1297.48"]


def test_a_chart_is_found_by_the_title_printed_in_it(press: Print, draw: Draw) -> None:
    old = "{{ 图表('旧', 类型='饼', 数据=各类[:3], 栏='金额', 标题='图表:构成') }}"
    printed = press(PIE, draw(old))
    root = etree.fromstring(printed.parts[CHART])
    assert [t.text for t in root.iterfind(f".//{C}title//{A}t")] == ["构成"]
    assert plotted(printed.parts) == ["838.69", "1297.48"]
    assert printed.gate() == []


def test_an_unknown_name_is_told_with_its_place(press: Print, draw: Draw) -> None:
    printed = press(PIE, draw(OLD_PIE, descr="图表:构城"))
    [told] = printed.written.told
    assert told.startswith("report.docx 第2段 T113 版面里的图表“构城”这次没有数据")
    assert "是否应为“构成”？" in told


def test_a_chart_that_does_not_open_is_told(press: Print, draw: Draw, tmp_path: Path) -> None:
    with zipfile.ZipFile(draw(OLD_PIE, descr="图表:构成")) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path = tmp_path / "report.docx"
    path.write_bytes(zipped({**parts, CHART: b"<c:chartSpace"}))
    told = press(PIE, path).written.told
    assert any(line.startswith("report.docx 第2段 T112 图表“构成”") for line in told)


def test_a_chart_without_a_name_is_told(press: Print, draw: Draw) -> None:
    [told] = press(PIE, draw(OLD_PIE, descr="一张饼图")).written.told
    assert told.startswith("report.docx 第2段 T113 版面里的图表没有名称")


@pytest.mark.parametrize(
    ("old", "source", "said"),
    [
        (OLD_PIE, COLUMN, "第2段 T112 图表“构成”版面里画的是饼图，正文写的是柱形图"),
        (OLD_COLUMNS, COLUMN, "第2段 T112 图表“构成”版面里画了2个系列，数据有1个"),
    ],
)
def test_a_drawn_chart_that_does_not_fit_is_told(
    press: Print, draw: Draw, old: str, source: str, said: str
) -> None:
    [told] = press(source, draw(old, descr="图表:构成")).written.told
    assert told.startswith(f"report.docx {said}")
