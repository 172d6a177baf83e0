"""A chart in Markdown: its caption, and its data as a table."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.language.marks import mark, mark_chart, quoted
from reportgen.language.operators import Typed
from reportgen.model.chart import Chart
from reportgen.narrative.markdown import escape_markdown, quoted_markdown
from reportgen.narrative.phrases import fill

_CORNER = "项目"


def chart_table(chart: Chart, pattern: str) -> str:
    """The chart as Markdown: the caption marked with the chart's number, then its data."""
    heads = [_CORNER, *(_shown(series.name) for series in chart.series)]
    lines = [_line(heads), _line(["---", *("---:" for _ in chart.series)])]
    for number, category in enumerate(chart.categories):
        points = (series.points[number] for series in chart.series)
        figures = (mark(point.citation, point.text) for point in points)
        lines.append(_line([_shown(category), *figures]))
    caption = fill(pattern, {"号": quoted(str(chart.number)), "标题": _shown(chart.title)})
    marked = mark_chart(chart.number) + caption + _shown(chart.unit)
    return f"\n\n{marked}\n\n" + "\n".join(lines) + "\n\n"


def _shown(text: str) -> str:
    """A text in a cell; what was typed into the template is no input's."""
    line = " ".join(text.split())
    return escape_markdown(line) if isinstance(text, Typed) else quoted_markdown(line)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
