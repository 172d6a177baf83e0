"""A chart as parts of a Word file: its XML with citation marks, and its workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.chart.xmlwriter import ChartXmlWriter, SeriesXmlRewriterFactory
from pptx.oxml import parse_xml

from reportgen.language.marks import mark, quoted
from reportgen.model.chart import Chart
from reportgen.render.word.charts.data import TYPES, chart_data, workbook
from reportgen.render.word.charts.look import dress, own_title, title
from reportgen.render.word.charts.order import A, C, element, put
from reportgen.sources.word_charts import chart_name, title_of

WORKBOOK = "rId1"
"""The relationship of a chart with its workbook; a chart of ours has no other."""


@dataclass(frozen=True)
class MadeChart:
    """The chart's XML, marks and all, and its workbook."""

    xml: bytes
    book: bytes


def make(chart: Chart) -> MadeChart:
    """A chart of our own."""
    data = chart_data(chart)
    space = parse_xml(ChartXmlWriter(TYPES[chart.kind], data).xml.encode("utf-8"))
    dress(space, chart)
    _set_title(space, own_title(chart))
    return _finished(space, chart, WORKBOOK, workbook(data))


def refill(xml: bytes, chart: Chart, relation: str) -> MadeChart:
    """A chart that was drawn in the template, with our data and its own look."""
    data = chart_data(chart)
    space = parse_xml(xml)
    SeriesXmlRewriterFactory(TYPES[chart.kind], data).replace_series_data(space)
    if chart_name(title_of(space)):
        _set_title(space, title(chart))
    _drop_spare_points(space, len(chart.categories))
    return _finished(space, chart, relation, workbook(data))


def _set_title(space: Any, text: str) -> None:
    """The chart's own title, in the look of the first run of the one that it has."""
    for number, place in enumerate(space.iterfind(f"{C}chart/{C}title//{A}t")):
        place.text = "" if number else text


def _drop_spare_points(space: Any, count: int) -> None:
    """Looks and labels of single points beyond the last one would point to nothing."""
    for name in ("dPt", "dLbl"):
        for point in list(space.iter(f"{C}{name}")):
            index = point.find(f"{C}idx")
            if index is not None and int(index.get("val", "0")) >= count:
                point.getparent().remove(point)


def _finished(space: Any, chart: Chart, relation: str, book: bytes) -> MadeChart:
    put(
        space,
        element(f'<c:externalData r:id="{relation}"><c:autoUpdate val="0"/></c:externalData>'),
    )
    for series, one in zip(space.iter(f"{C}ser"), chart.series, strict=True):
        for place, point in zip(series.iterfind(f"{C}val//{C}v"), one.points, strict=True):
            place.text = mark(point.citation, f"{point.value:f}")
        for place in (*series.iterfind(f"{C}tx//{C}v"), *series.iterfind(f"{C}cat//{C}v")):
            place.text = quoted(place.text or "")
    xml: bytes = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return MadeChart(xml, book)
