"""What columns, bars and lines look like, and their axes."""

from __future__ import annotations

from typing import Any

from reportgen.model.chart import Chart, ChartKind, Labels
from reportgen.render.word.charts.order import C, element, put
from reportgen.render.word.charts.pieces import TEXT, UPRIGHT, colour, labels, line, text

_LETTER = 18  # tenths of a millimetre that a digit takes, beside its gap
_WIDTH = 1400  # tenths of a millimetre for the labels of all columns
_FEW, _SHORT = 3, 10  # so few columns are slim, unless their labels need the breadth
_SIGNS = ("circle", "diamond", "square", "triangle")


def dress_plot(area: Any, plot: Any, chart: Chart) -> None:
    """One colour a series, a value at each point."""
    is_line = chart.kind is ChartKind.LINE
    put(plot, element('<c:varyColors val="0"/>'))
    turned = _turned(chart)
    told = chart.labels is not Labels.NONE
    if is_line and turned and len(chart.series) > 1:
        told, turned = False, ""  # labels of one line would cover the other
    highest = max(chart.series, key=lambda one: sum(point.value for point in one.points))
    for number, series in enumerate(plot.findall(f"{C}ser")):
        if is_line:
            _dress_line(series, number)
        else:
            put(series, element(f"<c:spPr>{colour(number)}</c:spPr>"))
            put(series, element('<c:invertIfNegative val="0"/>'))
        if told:
            position = ("t" if chart.series[number] is highest else "b") if is_line else "outEnd"
            put(series, labels(chart.number_format, position, "Val", turned=turned))
    if not is_line:
        put(plot, element(f'<c:gapWidth val="{_gap(chart)}"/>'))
        put(plot, element('<c:overlap val="0"/>'))
    if told and turned:
        put(area, _headroom())
    _dress_axes(area, chart)


def _gap(chart: Chart) -> int:
    """The gap between categories, in hundredths of a column's breadth."""
    slim = len(chart.categories) <= _FEW and _longest(chart) <= _SHORT
    return 150 if slim else 60


def _longest(chart: Chart) -> int:
    return max(len(point.text) for series in chart.series for point in series.points)


def _headroom() -> Any:
    """Upright labels need room above the highest column."""
    return element(
        '<c:layout><c:manualLayout><c:layoutTarget val="outer"/><c:xMode val="edge"/>'
        '<c:yMode val="edge"/><c:x val="0.02"/><c:y val="0.22"/><c:w val="0.96"/>'
        '<c:h val="0.66"/></c:manualLayout></c:layout>'
    )


def _dress_line(series: Any, number: int) -> None:
    drawn, sign = colour(number), _SIGNS[number % len(_SIGNS)]
    put(series, element(f'<c:spPr><a:ln w="22225">{drawn}</a:ln></c:spPr>'))
    put(
        series,
        element(
            f'<c:marker><c:symbol val="{sign}"/><c:size val="7"/><c:spPr>{drawn}'
            f"<a:ln>{drawn}</a:ln></c:spPr></c:marker>"
        ),
    )
    put(series, element('<c:smooth val="0"/>'))


def _turned(chart: Chart) -> str:
    """Upright labels where they would run into each other side by side."""
    count = len(chart.categories) * (len(chart.series) if chart.kind is ChartKind.COLUMN else 1)
    fits = count * _longest(chart) * _LETTER <= _WIDTH
    return "" if chart.kind is ChartKind.BAR or fits else UPRIGHT


def _dress_axes(area: Any, chart: Chart) -> None:
    """Positive axis ids, faint lines, names of categories below the lowest bar."""
    names, values = area.find(f"{C}catAx"), area.find(f"{C}valAx")
    if chart.kind is not ChartKind.LINE:
        _from_zero(values.find(f"{C}scaling"), chart)
    own = enumerate((names, values), start=1000 * chart.number + 1)
    ids = {axis.find(f"{C}axId").get("val"): str(number) for number, axis in own}
    for name in ("axId", "crossAx"):
        for found in area.iter(f"{C}{name}"):
            found.set("val", ids[found.get("val")])
    put(names, element('<c:numFmt formatCode="General" sourceLinked="0"/>'))
    put(names, element('<c:majorTickMark val="none"/>'))
    put(names, element('<c:tickLblPos val="low"/>'))
    put(names, element(f"<c:spPr>{line('7F7F7F')}</c:spPr>"))
    put(names, text(TEXT, ' rot="0" vert="horz"'))
    if chart.kind is ChartKind.BAR:  # the first category on top, its values below
        names.find(f"{C}scaling/{C}orientation").set("val", "maxMin")
        put(values, element('<c:crosses val="max"/>'))
    grid = f"<c:majorGridlines><c:spPr>{line('D9D9D9')}</c:spPr></c:majorGridlines>"
    put(values, element(grid))
    put(values, element(f'<c:numFmt formatCode="{_axis_format(chart)}" sourceLinked="0"/>'))
    put(values, element('<c:majorTickMark val="none"/>'))
    put(values, element("<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"))
    put(values, element('<c:crossBetween val="between"/>'))


def _from_zero(scaling: Any, chart: Chart) -> None:
    """Bars are compared by their lengths: they begin at 0, which no program leaves out."""
    numbers = [point.value for series in chart.series for point in series.points]
    if min(numbers) >= 0:
        put(scaling, element('<c:min val="0"/>'))
    elif max(numbers) <= 0:
        put(scaling, element('<c:max val="0"/>'))


def _axis_format(chart: Chart) -> str:
    """Whole numbers along the axis, unless the bars are too small for them."""
    largest = max(abs(point.value) for series in chart.series for point in series.points)
    if largest < 10:
        return "General"
    return "#,##0" if chart.grouping else "0"
