"""图表(…): a chart of the narrative, checked, cited and printed as its data table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from reportgen.language import Page, Safe, Unknown
from reportgen.language.environment import explain
from reportgen.language.location import current_line
from reportgen.language.operators import open_to_templates
from reportgen.narrative.charts.gather import gathered
from reportgen.narrative.charts.options import ChartError, Options
from reportgen.narrative.charts.plot import plot
from reportgen.narrative.charts.table import chart_table
from reportgen.narrative.scope import Scope


@open_to_templates
@pass_context
def chart(context: Context, *names: Any, **options: Any) -> Safe:
    """图表(name, 类型=…, …): declare a chart; it stands where it is written."""
    scope = Scope.of(context)
    page, before = scope.page, scope.page.place
    page.place = current_line(before)
    try:
        _in_narrative(context)
        if _unknown(context, options.values()):
            return _missing(page, names)
        read = Options.of(names, options)
        _no_second(page, read.name)
        year = context.get("年度")
        made = plot(scope, read, gathered(read, year if isinstance(year, int) else 0), before)
    except ChartError as fault:
        page.findings.error(fault.code, page.place, fault.message, fault.hint)
        made = None
    finally:
        page.place = before
    if made is None:
        return _missing(page, names)
    page.charts.append(made)
    return Safe(chart_table(made))


def _missing(page: Page, names: tuple[Any, ...]) -> Safe:
    """What stands where a chart can't be drawn."""
    name = names[0] if names and isinstance(names[0], str) else ""
    page.undrawn.add(name)
    return Safe(f"\n\n【待填写：图表“{name}”】\n\n")


def _in_narrative(context: Context) -> None:
    """A chart is a passage of the narrative; a Word template draws one, it doesn't call it."""
    if not (context.name or "").endswith(".md"):
        raise ChartError(
            "图表只能写在 narrative.md 里。",
            "版面里要自己画图的，请画好后把替换文字写成“图表:名称”。",
        )


def _unknown(context: Context, values: Iterable[Any]) -> bool:
    """Whether an option is a name that nobody knows, which is told."""
    unknown = [value for value in values if isinstance(value, Unknown)]
    for value in unknown:
        explain(context, value)
    return bool(unknown)


def _no_second(page: Page, name: str) -> None:
    for known in page.charts:
        if known.name == name:
            message = f"图表“{name}”写了两次，前一次在{known.place}。"
            raise ChartError(message, "请给其中一个改名。")
