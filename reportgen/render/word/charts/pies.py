"""What a pie looks like: slices that differ in grey, labels that don't cover each other."""

from __future__ import annotations

from typing import Any

from reportgen.model.chart import Chart, Labels
from reportgen.render.word.charts.order import C, element, put
from reportgen.render.word.charts.pieces import colour, labels, line

MANY = 6
"""Slices that a legend still tells apart; more have their names beside them."""
_SLIM = 20  # a slice of less than one part in so many has no room for a label at its end
_WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'


def dress_pie(plot: Any, chart: Chart) -> None:
    """Colours and labels of the slices."""
    series = plot.find(f"{C}ser")
    for number in range(len(chart.categories)):
        put(
            series,
            element(
                f'<c:dPt><c:idx val="{number}"/><c:bubble3D val="0"/>'
                f"<c:spPr>{colour(number)}{line('FFFFFF')}</c:spPr></c:dPt>"
            ),
        )
    if chart.labels is not Labels.NONE:
        put(series, _labels(chart))
    put(plot, element('<c:firstSliceAng val="0"/>'))


def _labels(chart: Chart) -> Any:
    """At the slices' ends; where that is crowded, wherever there is room, on white."""
    if chart.labels is Labels.SHARE:
        form = "0." + "0" * chart.share_places + "%" if chart.share_places else "0%"
        shown = ["Percent"]
    else:
        form, shown = chart.number_format, ["Val"]
    if len(chart.categories) > MANY:
        shown.append("CatName")
    if len(chart.categories) > MANY or _slim(chart) > 1:
        return labels(form, "bestFit", *shown, fill=_WHITE, leader=True)
    return labels(form, "outEnd", *shown, leader=True)


def _slim(chart: Chart) -> int:
    """How many slices are too slim for a label."""
    values = [point.value for series in chart.series for point in series.points]
    return sum(value * _SLIM < sum(values) for value in values)
