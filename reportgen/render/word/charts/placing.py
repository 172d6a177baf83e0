"""Where charts stand in a document: those of the narrative, and those drawn in the template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from reportgen.findings import Findings
from reportgen.language.marks import quoted, strip
from reportgen.language.printable import printable
from reportgen.model.chart import CaptionAt, Chart, ChartKind
from reportgen.render.word.charts.fitting import fits, report_undeclared
from reportgen.render.word.charts.parts import ChartParts, Part, chart_parts, free_relations
from reportgen.render.word.grid import number_drawings
from reportgen.render.word.sections import of_width
from reportgen.render.word.styles import Styles
from reportgen.render.word.xml import escape, paragraph, run
from reportgen.sources.word_charts import BODY, Drawn

_EMU = 635  # a twip
_USUAL, _HIGHEST = 56, 120
"""Heights in hundredths of the width: 9 to 16, in which LibreOffice lays out every chart."""
_FRAME = re.compile(r"<wp:(inline|anchor)\b.*?</wp:\1>", re.DOTALL)
_PROPERTIES = re.compile(r"<wp:docPr\b[^>]*?(/?)>")
_IDENTITY = re.compile(r"\b(?:id|name|hidden)=\"[^\"]*\"")
_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CAPTIONS = ("图题", "caption", "题注")
_CENTERED = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'
_SINGLE = '<w:spacing w:line="240" w:lineRule="auto"/>'


class Placing:
    """The charts of one document while it is rendered."""

    def __init__(
        self,
        parts: Mapping[str, bytes],
        drawn: Sequence[Drawn],
        charts: Sequence[Chart],
        styles: Styles,
    ) -> None:
        self._parts = parts
        self._drawn = drawn
        self._charts = {chart.number: chart for chart in charts}
        self._named = {chart.name: chart for chart in charts}
        self._styles = styles
        taken = {one.name for one in drawn}
        own = [chart for chart in charts if chart.name not in taken]
        self._relations = dict(
            zip((chart.number for chart in own), free_relations(parts, len(own)), strict=True)
        )

    def body(self, number: int) -> str | None:
        """A chart with its caption as body elements; '' where the template draws it itself.

        ``None`` where there is no such chart.
        """
        chart = self._charts.get(number)
        if chart is None:
            return None
        if number not in self._relations:
            return ""
        above, below = (self._caption(chart, at) for at in (CaptionAt.ABOVE, CaptionAt.BELOW))
        drawing = paragraph(
            f"<w:r>{_drawing(chart, self._relations[number], self._styles.width)}</w:r>",
            "",
            ("<w:keepNext/>" if below else "") + _SINGLE + _CENTERED,
        )
        return above + drawing + below

    def _caption(self, chart: Chart, place: CaptionAt) -> str:
        """The caption, where this is its place; '' where it has none or says nothing."""
        if chart.caption_at is not place or not chart.caption:
            return ""
        style = self._styles.id(*_CAPTIONS)
        keep = "<w:keepNext/>" if place is CaptionAt.ABOVE else ""
        look = keep + ("" if style else _CENTERED)
        return paragraph(run(chart.caption), style or self._styles.id("body text"), look)

    def finish(self, file: str, body: bytes, findings: Findings) -> ChartParts | None:
        """The parts of the charts that stand in a rendered body; ``None`` where none does.

        A chart that the template draws and the narrative doesn't declare keeps old figures:
        it is a finding.
        """
        own: list[Part] = []
        for number, relation in self._relations.items():
            if f'r:id="{relation}"'.encode() in body:
                own.append(Part(self._charts[number], relation))
        for drawn in self._drawn:
            if f'r:id="{drawn.relation}"'.encode() not in body:
                continue
            chart = self._named.get(drawn.name)
            if chart is None:
                report_undeclared(file, drawn, self._named, findings)
            elif fits(file, drawn, chart, findings):
                own.append(Part(chart, drawn.relation, drawn.part))
        return chart_parts(self._parts, own) if own else None

    def fill(self, name: str, xml: bytes) -> bytes:
        """A rendered part with every drawing numbered and described."""
        if name != BODY:
            return xml
        text = xml.decode("utf-8")
        alt = {
            one.relation: self._named[one.name] for one in self._drawn if one.name in self._named
        }
        if alt:
            text = _FRAME.sub(partial(_described, alt), text)
        return number_drawings(text).encode("utf-8")


def _described(alt: Mapping[str, Chart], match: re.Match[str]) -> str:
    """A frame of the template with the chart's figures as its alt text."""
    frame = match.group()
    chart = next((one for key, one in alt.items() if f'r:id="{key}"' in frame), None)
    if chart is None:
        return frame

    def properties(found: re.Match[str]) -> str:
        kept = " ".join(_IDENTITY.findall(found.group()))
        return f"<wp:docPr {kept} descr={_description(chart)}{found.group(1)}>"

    return _PROPERTIES.sub(properties, frame, count=1)


def _description(chart: Chart) -> str:
    """The alt text, as the value of an attribute."""
    text = " ".join(printable(strip(chart.description)).split())
    value = escape(quoted(text)).replace('"', "&quot;")
    return f'"{value}"'


def _drawing(chart: Chart, relation: str, width: int) -> str:
    across, shape = width * _EMU, _height(chart)
    wide = of_width(across, width, width * shape // 100)
    high = of_width(across * shape // 100, width, width * shape // 100)
    return (
        f'<w:drawing><wp:inline {_NAMESPACES} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{chart.number}" name="图表 {chart.number}" descr={_description(chart)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART}">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _height(chart: Chart) -> int:
    """The height in hundredths of the width; many bars need more than the usual shape."""
    bars = len(chart.categories) * len(chart.series)
    return max(_USUAL, min(20 + 3 * bars, _HIGHEST)) if chart.kind is ChartKind.BAR else _USUAL
