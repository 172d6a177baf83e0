"""The charts of a Word file as lines: the cells of their data, as those of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from reportgen.language.lines import Line
from reportgen.language.marks import read
from reportgen.model.chart import Chart
from reportgen.sources.word_charts import BODY, RELATIONS, places, related
from reportgen.sources.word_plots import Plotted, plotted


class ChartLines:
    """The charts of a marked Word file, by the paragraphs that hold them."""

    def __init__(self, parts: Mapping[str, bytes], charts: Sequence[Chart]) -> None:
        self._parts, self._charts = parts, charts

    @cached_property
    def _targets(self) -> Mapping[str, str]:
        return related(self._parts.get(RELATIONS, b""), BODY)

    def of(self, paragraph: Any) -> Iterator[Line]:
        """The lines of the charts in a paragraph of the body."""
        if self._charts:
            for relation in places(paragraph):
                xml = self._parts.get(self._targets.get(relation, ""))
                if xml is not None:
                    yield from self._lines(plotted(xml))

    def _lines(self, series: Sequence[Plotted]) -> Iterator[Line]:
        """Names of series above, names of categories to the left, as in the workbook."""
        numbers = {span.number for one in series for v in one.values for span in read(v.text)[1]}
        chart = next((chart for chart in self._charts if chart.citations & numbers), None)
        if chart is None:
            return
        spot = f"图表“{chart.name}”数据表1 行{{}} 单元格{{}}"
        for column, name in enumerate(("", *(one.name for one in series)), start=1):
            yield Line.of(spot.format(1, column), name)
        for row in range(len(chart.categories)):
            yield Line.of(spot.format(row + 2, 1), series[0].category(row))
            for column, one in enumerate(series, start=2):
                if row < len(one.values):
                    yield Line.of(spot.format(row + 2, column), one.values[row].text)
