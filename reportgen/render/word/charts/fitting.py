"""Whether a chart drawn in the template can take the narrative's data; what can't is told."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.findings import Findings, Place, nearest
from reportgen.model.chart import Chart, ChartKind
from reportgen.sources.word_charts import Drawn

_PIES = {"pieChart": "饼图", "pie3DChart": "饼图", "ofPieChart": "饼图", "doughnutChart": "圆环图"}
_PLOTS = {
    "barChart": "柱形图",
    "bar3DChart": "柱形图",
    "lineChart": "折线图",
    "line3DChart": "折线图",
    "areaChart": "面积图",
    "area3DChart": "面积图",
    "radarChart": "雷达图",
}
_REDRAW = "请在 Word 里改成相应的图，或从版面里删去它，由程序画图。"


def fits(file: str, drawn: Drawn, chart: Chart, findings: Findings) -> bool:
    """Whether a drawn chart has the type and as many series as the data; else it is told.

    A column, bar, line or area chart takes the data of the others: its look is the author's.
    """
    message = _misfit(drawn, chart)
    if message:
        findings.error("T112", Place.inside(file, drawn.spot), message, _REDRAW)
    return not message


def _misfit(drawn: Drawn, chart: Chart) -> str:
    suitable = _PIES if chart.kind is ChartKind.PIE else _PLOTS
    for kind in drawn.kinds:
        if kind not in suitable:
            named = {**_PIES, **_PLOTS}.get(kind, "别的图")
            return f"图表“{drawn.name}”版面里画的是{named}，正文写的是{chart.kind}。"
    if drawn.series != len(chart.series):
        return (
            f"图表“{drawn.name}”版面里画了{drawn.series}个系列，数据有{len(chart.series)}个系列。"
        )
    return ""


def report_undeclared(file: str, drawn: Drawn, known: Iterable[str], findings: Findings) -> None:
    """A chart of the template that nothing fills, and would keep its old figures."""
    if not drawn.name:
        message = "版面里的图表没有名称，印出来的会是画图时的旧数。"
        hint = "请把它的替换文字写成“图表:名称”，在 narrative.md 里写同名的图；不画数的改成图片。"
        findings.error("T113", Place.inside(file, drawn.spot), message, hint)
        return
    message = f"版面里的图表“{drawn.name}”这次没有数据：正文没有写（或没有印出）这张图。"
    hint = nearest(drawn.name, known) or (
        f"请在 narrative.md 里写 {{{{ 图表('{drawn.name}', …) }}}}，或改正、删去这张图的替换文字。"
    )
    findings.error("T113", Place.inside(file, drawn.spot), message, hint)
