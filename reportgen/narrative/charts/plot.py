"""The figures of a chart: checked, cited, and put into its series."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reportgen.findings import Place
from reportgen.language.marks import strip
from reportgen.language.operators import unless_typed
from reportgen.model import NEW_UNIT, Absent, Blank, Figure, Kind
from reportgen.model.chart import CaptionAt, Chart, ChartKind, Point, Series
from reportgen.narrative import exact, phrases
from reportgen.narrative.charts.captions import caption
from reportgen.narrative.charts.gather import Gathered
from reportgen.narrative.charts.options import ChartError, Options
from reportgen.narrative.charts.table import cell
from reportgen.narrative.numerals import numeral
from reportgen.narrative.scope import Scope
from reportgen.narrative.wording import AmountStyle

CHART_FUNCTION = "图表"
_MOST_SLICES = 12
_BY_ZERO = "新设单位，无上年数，按0绘制"


def plot(scope: Scope, options: Options, data: Gathered, section: Place) -> Chart | None:
    """The chart with its figures cited; ``None`` where one is missing, which is told.

    It is told of the ``section``, as by its sentences: most often one of them needs it too.
    """
    figures = {
        name: list(_figures(scope, options, row, section)) for name, row in data.series.items()
    }
    known = {
        name: [figure for figure in row if isinstance(figure, Figure)]
        for name, row in figures.items()
    }
    if any(len(known[name]) < len(row) for name, row in figures.items()):
        return None
    if not all(known):  # a single series that nobody named
        known = {name or _called(row): row for name, row in known.items()}
    style = _style(scope, options, known)
    values = {
        name: [phrases.printed(figure, style) + 0 for figure in row] for name, row in known.items()
    }
    kept = list(range(len(data.categories)))
    if options.kind is ChartKind.PIE:
        kept = _slices(scope, options, values)
    series = tuple(
        Series(name, tuple(_point(scope, known[name][n], values[name][n], style) for n in kept))
        for name in known
    )
    plotted = [point.value for one in series for point in one.points]
    number = len(scope.page.charts) + 1
    unit = options.unit or (style.unit if _is_amount(known) else "")
    words = scope.wording.charts
    return Chart(
        name=options.name,
        number=number,
        kind=options.kind,
        labels=options.labels,
        caption=caption(words, number, options.kind, unless_typed(options.title)),
        markdown=caption(words, number, options.kind, cell(options.title)),
        title=options.title,
        unit=phrases.fill(words.unit, {"单位": unit}) if unit else "",
        categories=tuple(data.categories[n] for n in kept),
        series=series,
        places=_places(plotted, style),
        share_places=scope.wording.percent.decimals,
        grouping=style.grouping,
        caption_at=CaptionAt(words.position),
        titled=words.inside == "有",
        place=scope.page.place,
    )


def _figures(
    scope: Scope, options: Options, row: list[Any], section: Place
) -> Iterator[Figure | str]:
    """The figures of a series; what is none is told, and a new unit's last year may be 0."""
    for value in row:
        if isinstance(value, str):
            message = f"图表“{options.name}”的数据“{strip(value)}”是文字，不能画图。"
            raise ChartError(message, "请写表里的数或有名称的数，不加过滤器。")
        if isinstance(value, Absent) and value.reason == NEW_UNIT and options.new_as_zero:
            yield Figure(value.name, Decimal(0), formula=_BY_ZERO)
        else:
            yield _figure(scope, value, section)


def _figure(scope: Scope, value: Any, section: Place) -> Figure | str:
    """A figure; one that users have yet to give is missed by the section, not by this line."""
    if not isinstance(value, Absent | Blank) or getattr(value, "reason", "") == NEW_UNIT:
        return scope.figure(value)
    page, line = scope.page, scope.page.place
    page.place = section
    try:
        return scope.figure(value)
    finally:
        page.place = line


def _called(row: list[Figure]) -> str:
    return "金额" if row[0].kind is Kind.AMOUNT else "数量"


def _is_amount(known: dict[str, list[Figure]]) -> bool:
    return any(figure.kind is Kind.AMOUNT for row in known.values() for figure in row)


def _style(scope: Scope, options: Options, known: dict[str, list[Figure]]) -> AmountStyle:
    """How the figures are written; amounts don't stand beside counts."""
    listed = [figure for row in known.values() for figure in row]
    kinds = {figure.kind for figure in listed}
    if len(kinds) > 1:
        named = "、".join(sorted(f"“{kind}”" for kind in kinds))
        message = f"图表“{options.name}”把{named}的数画在一起。"
        raise ChartError(message, "一张图只画一种数，请分成几张图。")
    if listed[0].kind is not Kind.AMOUNT:
        return scope.style(listed[0])
    if options.unit and options.unit not in phrases.SCALES:
        message = f"图表“{options.name}”的单位“{options.unit}”不是金额的单位。"
        raise ChartError(message, f"可用：{'、'.join(phrases.SCALES)}。")
    return scope.wording.amounts(options.unit)


def _slices(scope: Scope, options: Options, values: dict[str, list[Decimal]]) -> list[int]:
    """The numbers of the slices that a pie has: those other than 0."""
    if len(values) > 1:
        message = f"饼图“{options.name}”有{len(values)}个系列，只能有一个。"
        raise ChartError(message, "请只留一个系列，或改用 类型='柱形图'。", "T112")
    (row,) = values.values()
    if any(value < 0 for value in row):
        message = f"饼图“{options.name}”里有负数，画不出来。"
        raise ChartError(message, "请改用 类型='柱形图'，或去掉这一项。", "T112")
    kept = [number for number, value in enumerate(row) if value]
    if not kept:
        message = f"饼图“{options.name}”的数都是0，画不出来。"
        raise ChartError(message, "请把它写在 {% if %} 里，没有数时不画。", "T112")
    if len(kept) > _MOST_SLICES:
        message = f"饼图“{options.name}”有{len(kept)}块，读者看不清。"
        scope.page.findings.warning("T112", scope.page.place, message, "请改用 类型='条形图'。")
    return kept


def _point(scope: Scope, figure: Figure, value: Decimal, style: AmountStyle) -> Point:
    """A figure as it is plotted and as it is printed in the table, cited."""
    text = numeral(value, style.decimals, grouping=style.grouping, trim=style.trim)
    stated = exact.stated(text, figure, style.decimals, style.unit)
    if figure.formula == _BY_ZERO:
        stated = stated._replace(rounding=_BY_ZERO)
    number = len(scope.page.citations) + 1
    scope.cite(text, (figure,), CHART_FUNCTION, stated)
    return Point(number, value, text)


def _places(plotted: list[Decimal], style: AmountStyle) -> int | None:
    """The decimals of the chart's number format; ``None`` where each number has its own."""
    if not style.trim:
        return style.decimals
    needed = {max(-int(value.normalize().as_tuple().exponent), 0) for value in plotted}
    return needed.pop() if len(needed) == 1 else None
