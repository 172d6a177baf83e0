"""What a chart made by us looks like: fonts for both scripts, colours that differ in grey."""

from __future__ import annotations

from typing import Any

from reportgen.model.chart import Chart, ChartKind, Labels
from reportgen.render.word.charts.order import C, element, put

_FONTS = (
    '<a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="Times New Roman"/>'
    '<a:ea typeface="宋体"/><a:cs typeface="Times New Roman"/>'
)
_COLOURS = ("1F4E79", "F4B183", "548235", "FFE699", "7F6000", "9DC3E6")
"""Dark and light in turn: neighbours differ when they are printed in grey."""
_PATTERNS = ("wdUpDiag", "smGrid", "dkHorz", "pct50", "dkVert", "wdDnDiag")
_TEXT, _SMALL = 900, 800  # hundredths of a point
_LETTER = 18  # tenths of a millimetre that a digit takes, beside its gap
_WIDTH = 1400  # tenths of a millimetre for the labels of all columns
_MANY = 6  # slices that a legend still tells apart
_UPRIGHT = -5_400_000


def dress(space: Any, chart: Chart) -> None:
    """Give a chart that python-pptx wrote its fonts, colours, labels, axes and legend."""
    put(space, element('<c:roundedCorners val="0"/>'))
    put(
        space,
        element(
            "<c:spPr><a:solidFill><a:srgbClr val='FFFFFF'/></a:solidFill>"
            "<a:ln><a:noFill/></a:ln></c:spPr>"
        ),
    )
    put(space, _text(_TEXT))
    whole = space.find(f"{C}chart")
    put(whole, element('<c:autoTitleDeleted val="1"/>'))
    put(whole, element('<c:plotVisOnly val="1"/>'))
    plot = next(e for e in whole.find(f"{C}plotArea") if e.tag.endswith("Chart"))
    if chart.kind is ChartKind.PIE:
        _dress_pie(plot, chart)
    else:
        _dress_plot(plot, chart)
        _dress_axes(whole.find(f"{C}plotArea"), chart)
    legend = _legend(chart)
    if legend:
        put(
            whole,
            element(f'<c:legend><c:legendPos val="{legend}"/><c:overlay val="0"/></c:legend>'),
        )


def _legend(chart: Chart) -> str:
    """Where the legend stands; '' where the labels or the caption say it already."""
    if chart.kind is ChartKind.PIE:
        return "" if len(chart.categories) > _MANY else "b"
    return "b" if len(chart.series) > 1 else ""


def _text(size: int, turned: str = "") -> Any:
    return element(
        f"<c:txPr><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="{size}" b="0">{_FONTS}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _fill(number: int) -> str:
    """The colour of a series or slice; from the seventh on with a pattern."""
    colour = _COLOURS[number % len(_COLOURS)]
    if number < len(_COLOURS):
        return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    pattern = _PATTERNS[number % len(_PATTERNS)]
    return (
        f'<a:pattFill prst="{pattern}"><a:fgClr><a:srgbClr val="{_COLOURS[0]}"/></a:fgClr>'
        '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
    )


def _dress_pie(plot: Any, chart: Chart) -> None:
    series = plot.find(f"{C}ser")
    edge = '<a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>'
    for number in range(len(chart.categories)):
        put(
            series,
            element(
                f'<c:dPt><c:idx val="{number}"/><c:bubble3D val="0"/>'
                f"<c:spPr>{_fill(number)}{edge}</c:spPr></c:dPt>"
            ),
        )
    if chart.labels is not Labels.NONE:
        put(series, _pie_labels(chart))
    put(plot, element('<c:firstSliceAng val="0"/>'))


def _pie_labels(chart: Chart) -> Any:
    value = chart.labels in (Labels.VALUE, Labels.BOTH)
    share = chart.labels in (Labels.SHARE, Labels.BOTH)
    form = chart.number_format
    if not value:
        form = "0." + "0" * chart.share_places + "%" if chart.share_places else "0%"
    named = len(chart.categories) > _MANY
    shown = {"Val": value, "CatName": named, "SerName": False, "Percent": share}
    return _labels(form, "bestFit" if named else "outEnd", shown, leader=True)


def _labels(
    form: str, position: str, shown: dict[str, bool], turned: str = "", *, leader: bool = False
) -> Any:
    flags = "".join(f'<c:show{name} val="{int(on)}"/>' for name, on in shown.items())
    size = f'<a:defRPr sz="{_SMALL}" b="0">{_FONTS}</a:defRPr>'
    return element(
        f'<c:dLbls><c:numFmt formatCode="{form}" sourceLinked="0"/><c:spPr><a:noFill/>'
        f"<a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr>"
        f'{size}</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/>{flags}'
        '<c:showBubbleSize val="0"/><c:separator>\n</c:separator>'
        + ('<c:showLeaderLines val="1"/>' if leader else "")
        + "</c:dLbls>"
    )


def _dress_plot(plot: Any, chart: Chart) -> None:
    """Columns, bars or lines: one colour a series, a value at each."""
    is_line = chart.kind is ChartKind.LINE
    put(plot, element('<c:varyColors val="0"/>'))
    for number, series in enumerate(plot.findall(f"{C}ser")):
        if is_line:
            _dress_line(series, number)
        else:
            put(series, element(f"<c:spPr>{_fill(number)}</c:spPr>"))
            put(series, element('<c:invertIfNegative val="0"/>'))
        if chart.labels is not Labels.NONE:
            shown = {"Val": True, "CatName": False, "SerName": False, "Percent": False}
            position = "t" if is_line else "outEnd"
            put(series, _labels(chart.number_format, position, shown, _turned(chart)))
    if not is_line:
        put(plot, element('<c:gapWidth val="60"/>'))
        put(plot, element('<c:overlap val="0"/>'))


def _dress_line(series: Any, number: int) -> None:
    colour = f'<a:solidFill><a:srgbClr val="{_COLOURS[number % len(_COLOURS)]}"/></a:solidFill>'
    sign = ("circle", "diamond", "square", "triangle")[number % 4]
    put(series, element(f'<c:spPr><a:ln w="22225">{colour}</a:ln></c:spPr>'))
    put(
        series,
        element(
            f'<c:marker><c:symbol val="{sign}"/><c:size val="7"/><c:spPr>{colour}'
            f"<a:ln>{colour}</a:ln></c:spPr></c:marker>"
        ),
    )
    put(series, element('<c:smooth val="0"/>'))


def _turned(chart: Chart) -> str:
    """Upright labels where they would run into each other side by side."""
    longest = max(len(point.text) for series in chart.series for point in series.points)
    count = len(chart.categories) * (len(chart.series) if chart.kind is ChartKind.COLUMN else 1)
    if chart.kind is ChartKind.BAR or count * (longest * _LETTER) <= _WIDTH:
        return ""
    return f' rot="{_UPRIGHT}" vert="horz"'


def _dress_axes(area: Any, chart: Chart) -> None:
    """Positive axis ids, faint lines, names of categories below the lowest bar."""
    ids = {}
    for number, axis in enumerate(area.findall(f"{C}catAx") + area.findall(f"{C}valAx"), start=1):
        own = axis.find(f"{C}axId")
        ids[own.get("val")] = str(1000 * chart.number + number)
    for name in ("axId", "crossAx"):
        for found in area.iter(f"{C}{name}"):
            found.set("val", ids[found.get("val")])
    line = '<a:ln w="9525"><a:solidFill><a:srgbClr val="{}"/></a:solidFill></a:ln>'
    names, values = area.find(f"{C}catAx"), area.find(f"{C}valAx")
    put(names, element('<c:numFmt formatCode="General" sourceLinked="0"/>'))
    put(names, element('<c:majorTickMark val="none"/>'))
    put(names, element('<c:tickLblPos val="low"/>'))
    put(names, element(f"<c:spPr>{line.format('7F7F7F')}</c:spPr>"))
    put(names, _text(_TEXT, ' rot="0" vert="horz"'))
    if chart.kind is ChartKind.BAR:  # the first category on top, its values below
        names.find(f"{C}scaling/{C}orientation").set("val", "maxMin")
        put(values, element('<c:crosses val="max"/>'))
    grid = element(f"<c:majorGridlines><c:spPr>{line.format('D9D9D9')}</c:spPr></c:majorGridlines>")
    put(values, grid)
    put(values, element(f'<c:numFmt formatCode="{_axis_format(chart)}" sourceLinked="0"/>'))
    put(values, element('<c:majorTickMark val="none"/>'))
    put(values, element("<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"))
    put(values, element('<c:crossBetween val="between"/>'))


def _axis_format(chart: Chart) -> str:
    """Whole numbers along the axis, unless the bars are too small for them."""
    largest = max(abs(point.value) for series in chart.series for point in series.points)
    if largest < 10:
        return "General"
    return "#,##0" if chart.grouping else "0"
