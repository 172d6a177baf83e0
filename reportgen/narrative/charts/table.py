"""A chart in Markdown: its caption, and its data as a table."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.language.marks import mark, mark_chart
from reportgen.language.operators import Typed
from reportgen.model.chart import CaptionAt, Chart
from reportgen.narrative.markdown import escape_markdown, quoted_markdown

_CORNER = "项目"


def chart_table(chart: Chart) -> str:
    """The chart as Markdown: what stands over it, marked with its number, then its data."""
    heads = [_CORNER, *(cell(series.name) for series in chart.series)]
    lines = [_line(heads), _line(["---", *("---:" for _ in chart.series)])]
    for number, category in enumerate(chart.categories):
        points = (series.points[number] for series in chart.series)
        figures = (mark(point.citation, point.text) for point in points)
        lines.append(_line([cell(category), *figures]))
    caption = "" if chart.caption_at is CaptionAt.NOWHERE else chart.markdown
    marked = mark_chart(chart.number) + caption + cell(chart.unit)
    return f"\n\n{marked}\n\n" + "\n".join(lines) + "\n\n"


def cell(text: str) -> str:
    """A text in a cell; what was typed into the template is no input's."""
    line = " ".join(text.split())
    return escape_markdown(line) if isinstance(text, Typed) else quoted_markdown(line)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
