"""What a chart made by us looks like: title, legend, fonts for both scripts."""

from __future__ import annotations

from typing import Any

from reportgen.language.marks import quoted
from reportgen.language.operators import unless_typed
from reportgen.model.chart import Chart, ChartKind, Labels
from reportgen.render.word.charts.data import one_line
from reportgen.render.word.charts.order import C, element, put
from reportgen.render.word.charts.pieces import FONTS, TEXT, text
from reportgen.render.word.charts.pies import MANY, dress_pie
from reportgen.render.word.charts.plots import dress_plot

_LONG = 14  # letters: longer names stand under each other
_TITLE = 1050  # hundredths of a point
_PAPER = (
    '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
)


def dress(space: Any, chart: Chart) -> None:
    """Give a chart that python-pptx wrote its title, fonts, colours, labels, axes and legend."""
    put(space, element('<c:roundedCorners val="0"/>'))
    put(space, element(_PAPER))
    put(space, text(TEXT))
    whole = space.find(f"{C}chart")
    shown = own_title(chart)
    if shown:
        put(whole, _title())
    put(whole, element(f'<c:autoTitleDeleted val="{int(not shown)}"/>'))
    put(whole, element('<c:plotVisOnly val="1"/>'))
    area = whole.find(f"{C}plotArea")
    plot = next(part for part in area if part.tag.endswith("Chart"))
    if chart.kind is ChartKind.PIE:
        dress_pie(plot, chart)
    else:
        dress_plot(area, plot, chart)
    legend = _legend(chart)
    if legend:
        placed = f'<c:legend><c:legendPos val="{legend}"/><c:overlay val="0"/></c:legend>'
        put(whole, element(placed))


def title(chart: Chart) -> str:
    """The title printed in a chart that its author drew; shares have no unit."""
    return one_line(unless_typed(chart.title) + _unit(chart))


def own_title(chart: Chart) -> str:
    """The title printed in a chart of ours: where the title is left out, still its unit."""
    return title(chart) if chart.titled else one_line(_unit(chart))


def _unit(chart: Chart) -> str:
    is_share = chart.kind is ChartKind.PIE and chart.labels is Labels.SHARE
    return "" if is_share else quoted(chart.unit)


def _title() -> Any:
    """Room for a title; its text is set when the chart is filled."""
    return element(
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="{_TITLE}" b="0">{FONTS}</a:defRPr></a:pPr>'
        f'<a:r><a:rPr lang="zh-CN" sz="{_TITLE}" b="0">{FONTS}</a:rPr><a:t/></a:r></a:p>'
        '</c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def _legend(chart: Chart) -> str:
    """Where the legend stands; '' where the labels or the title say it already."""
    if chart.kind is ChartKind.PIE:
        beside = max(map(len, chart.categories)) > _LONG
        return "" if len(chart.categories) > MANY else "r" if beside else "b"
    return "b" if len(chart.series) > 1 else ""
